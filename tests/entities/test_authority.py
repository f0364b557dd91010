"""Authority files: what they say, what they may not say, and what they keep quiet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.entities import Authority, load_authority
from indexer.errors import AuthorityError
from tests.entities.conftest import HEADER, Tag, entity, named

Rows = Callable[..., Authority]

FOUNDATION = "odf,organisation,Open Dialogue Foundation,Open Dialogue,ODF,,,,,,\n"


def test_a_later_file_corrects_an_earlier_one(rows: Rows) -> None:
    authority = rows(a=FOUNDATION, b="odf,organisation,Open Dialogue,,,,,,,,\n")
    assert [row.label for row in authority.rows] == ["Open Dialogue"]


def test_the_version_is_the_content(rows: Rows, tmp_path: Path) -> None:
    first = rows(a=FOUNDATION).version
    assert rows(a=FOUNDATION).version == first
    assert rows(a=FOUNDATION + "x,place,X,,,,,,,,\n").version != first
    assert load_authority([tmp_path / "none"]).rows == ()


@pytest.mark.parametrize(
    ("lines", "message", "cure"),
    [
        ("odf,organisation\n", "as many fields", "in quotes"),
        ("ODF!,organisation,O,,,,,,,,\n", "not a slug", "small letters"),
        ("odf,body,O,,,,,,,,\n", "unknown type 'body'", "organisation"),
        ("odf,organisation,,,,,,,,,\n", "no label", "name"),
        ("odf,organisation,O,,,,,,gone,,\n", "unknown status", "blocked"),
        ("odf,organisation,O,,,,,perhaps,,,\n", "sensitive", "yes or no"),
        ('odf,organisation,"O,,,,,,,,\n', "not a CSV table", "quote"),
    ],
)
def test_a_bad_row_is_told_with_file_line_and_cure(
    rows: Rows, lines: str, message: str, cure: str
) -> None:
    with pytest.raises(AuthorityError) as error:
        rows(bad=FOUNDATION + lines)
    assert "bad.csv, line 3" in error.value.message
    assert message in error.value.message
    assert cure in error.value.cure


def test_bad_columns_and_bad_bytes_are_told(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("name,alias\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"x\.csv, line 1: the columns"):
        load_authority([tmp_path])
    file.write_bytes(HEADER.encode() + b"a,place,\xff,,,,,,,,\n")
    with pytest.raises(AuthorityError, match=r"x\.csv, line 2: not UTF-8"):
        load_authority([tmp_path])


def test_a_country_file_speaks_of_its_country_alone(rows: Rows, tagged: Tag) -> None:
    authority = rows(arm="sevan,place,Sevan,,,ARM,,,,,\n", zzz_all="odf,place,Oshakan,,,,,,,,\n")
    text = "Sevan, Oshakan."
    assert named(tagged(text, state="ARM", rows=authority)) == [
        ("Sevan", "sevan"),
        ("Oshakan", "odf"),
    ]
    assert named(tagged(text, state="GEO", rows=authority)) == [("Oshakan", "odf")]


def test_a_weak_name_counts_beside_a_strong_one(rows: Rows, tagged: Tag) -> None:
    authority = rows(a="watch,media,Uralsk Weekly Watch,,Watch,,,,,,\n")
    assert named(tagged("In it Watch wrote so.", rows=authority)) == []
    beside = tagged("In it Watch wrote so.", "Read the Uralsk Weekly Watch.", rows=authority)
    assert named(beside) == [("Watch", "watch"), ("Uralsk Weekly Watch", "watch")]


def test_capitals_tell_a_name_from_a_word(rows: Rows, tagged: Tag) -> None:
    authority = rows(a="liberty,organisation,Liberty,,,,,,,,\nus,place,US,,,,,,,,\n")
    text = "He asked us for liberty. The NGO Liberty told US officials."
    assert named(tagged(text, rows=authority)) == [("Liberty", "liberty"), ("US", "us")]


def test_the_stop_list_stops(rows: Rows, tagged: Tag) -> None:
    text = "The report of the Unified Register Office was late."
    assert named(tagged(text, rows=rows(a="")))
    stopped = rows(a="blocked-register,,Unified Register Office,,,,,,blocked,,\n")
    assert named(tagged(text, rows=stopped)) == []


SENSITIVE = "witness,person,Amina Khalilova,Amina Halilova,,,,yes,,,\n"


@pytest.mark.parametrize(
    "text",
    [
        "Amina Khalilova saw it.",
        "Activist Amina Khalilova saw it, and Ms. Khalilova was threatened.",
        "Amina Halilova and Samir Quliyev saw it.",
        "amina khalilova was there",
        "Khalilova, Amina, spoke. Ms. Amina Khalilova left.",
        "The Amina Khalilova Foundation (AKF) was closed.",
        "In Khalilova's house Amina Khalilova was beaten; Khalilova’s sons too.",
        "Aminа spoke. Amina Xalilova and Amina Khalilova are one.",
    ],
)
def test_a_sensitive_name_is_told_to_nobody(rows: Rows, tagged: Tag, text: str) -> None:
    submission = tagged(text, rows=rows(a=SENSITIVE))
    told = " ".join(
        [f"{form} {id_}" for form, id_ in named(submission)]
        + [
            f"{e.id} {e.label} {[a.text + a.evidence for a in e.aliases]}"
            for e in submission.entities
        ]
    ).lower()
    assert "khalilova" not in told
    assert "halilova" not in told
    assert submission.paragraphs[0].text == text


def test_a_row_outranks_a_rule_and_says_so(rows: Rows, tagged: Tag) -> None:
    authority = rows(a="odf,organisation,Open Dialogue Foundation,,,POL,,,,,\n")
    submission = tagged("The Open Dialogue Foundation in Warsaw.", rows=authority)
    mention = submission.paragraphs[0].mentions[0]
    assert (mention.entity, mention.source) == ("odf", "authority")
    assert entity(submission, "odf").country == "POL"
