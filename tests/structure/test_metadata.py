"""The TOML file beside a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.model import Submitter
from indexer.readers import read_source
from indexer.structure import Metadata, build, load_metadata
from indexer.structure.metadata import sidecar

_ALL = """
id = "mwi-2020-shore"
title = "On the shore"
kind = "joint submission"
state = "MWI"
session = 36
date = 2020-03-01
language = "fr"
source_url = "https://shore.example/mwi.txt"
rights = "Shore Alliance"
codes = ["JS5"]
encoding = "cp1252"
symbol = "A/HRC/WG.6/36/MWI/3"
[[submitters]]
name = "Shore Alliance"
emails = ["mail@shore.example"]
city = "Lilongwe"
"""


def _beside(folder: Path, toml: str, text: bytes = b"A title\n\n1. One.\n") -> Path:
    source = folder / "mwi.txt"
    source.write_bytes(text)
    source.with_suffix(".toml").write_text(toml, encoding="utf-8")
    return source


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    source = tmp_path / "Joint Submission (Malawi).txt"
    source.write_bytes(b"A title\n\n1. One.\n")
    assert load_metadata(source) == Metadata()
    assert build(read_source(source)).id == "joint-submission-malawi"


def test_every_key_overrides_the_text(tmp_path: Path) -> None:
    source = _beside(tmp_path, _ALL, "A title – on Peru\n\n1. One.\n".encode("cp1252"))
    metadata = load_metadata(source)
    submission = build(read_source(source, metadata.encoding), metadata)
    assert (submission.id, submission.title) == ("mwi-2020-shore", "On the shore")
    assert (submission.kind, submission.state) == ("joint submission", "MWI")
    assert (submission.session, submission.date) == ("36", "2020-03-01")
    assert (submission.language, submission.codes) == ("fr", ("JS5",))
    assert submission.source_url == "https://shore.example/mwi.txt"
    assert submission.rights == "Shore Alliance"
    assert submission.symbol == "A/HRC/WG.6/36/MWI/3"
    assert {found.field for found in submission.found} == set()
    assert submission.submitters == (
        Submitter("Shore Alliance", "Shore Alliance", ("mail@shore.example",), None, "Lilongwe"),
    )
    assert submission.source.encoding == "cp1252"


def test_what_it_does_not_say_stays_as_read(tmp_path: Path) -> None:
    source = _beside(tmp_path, 'id = "x"', b"UPR of Peru, 41st session\n\n1. One.\n")
    submission = build(read_source(source), load_metadata(source))
    assert (submission.state, submission.session) == ("PER", "41")


def test_sources_that_differ_in_their_endings_have_files_of_their_own(tmp_path: Path) -> None:
    source = _beside(tmp_path, 'id = "both"')
    assert load_metadata(source).id == "both"
    (tmp_path / "mwi.txt.toml").write_text('id = "the-text"')
    assert sidecar(source) == tmp_path / "mwi.txt.toml"
    assert load_metadata(source).id == "the-text"
    assert load_metadata(source.with_suffix(".pdf")).id == "both"


def test_an_answer_in_the_file_settles_what_the_text_leaves_open(tmp_path: Path) -> None:
    text = b"Review of Peru\n\nReview of Chile\n\nFor all.\n\n1. One.\n"
    source = _beside(tmp_path, 'state = "PER"', text)
    assert "state-unclear" in {p.code for p in build(read_source(source)).problems}
    settled = build(read_source(source), load_metadata(source))
    assert (settled.state, settled.problems) == ("PER", ())


@pytest.mark.parametrize(
    ("toml", "told", "cure"),
    [
        ("id = ", "cannot be read", "Correct"),
        ('name = "x"', "unknown key 'name'", "title"),
        ('id = "Kaz 2019"', "id", "hyphens"),
        ("id = 5", "id", "quotes"),
        ('title = ""', "title", "quotes"),
        ('state = "Kazakhstan"', "state", "KAZ"),
        ('session = "34th"', "session", "34"),
        ("session = true", "session", "quotes"),
        ('date = "28 March 2019"', "date", "2019-03-28"),
        ('language = "english"', "language", "en"),
        ('codes = "JS5"', "codes", "list"),
        ('symbol = "JS5"', "symbol", "A/HRC"),
        ('source_url = "shore.example"', "source_url", "http"),
        ('submitters = "ODF"', "submitters", "[[submitters]]"),
        ('[[submitters]]\nshort = "ODF"', "submitters.name", "every"),
        ('[[submitters]]\nname = "A"\nfax = "1"', "unknown key 'fax'", "website"),
        ('[[submitters]]\nname = "A"\nemails = "a@b.c"', "submitters.emails", "list"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_cure(
    tmp_path: Path, toml: str, told: str, cure: str
) -> None:
    with pytest.raises(SourceError) as refused:
        load_metadata(_beside(tmp_path, toml))
    assert "mwi.toml" in refused.value.message
    assert told in refused.value.message
    assert cure in refused.value.cure
