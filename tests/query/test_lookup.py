"""Which paragraphs a citation names, items inside paragraphs included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from indexer.query.lookup import look_up


class _Numbers:
    """One numbered 1–10, one with recommendations 9.1–9.3, and one whose numbers repeat, are out
    of order or missing."""

    _numbers: ClassVar[dict[str, tuple[str, ...]]] = {
        "jor-2013": tuple(map(str, range(1, 11))),
        "and-2020": ("8", "9", "9.1", "9.2", "9.3", "10"),
        "ken-2020": ("46", "47", "u1", "48", "48~2", "51", "49", "53", "47~2", "1~2", "u2", "54"),
    }

    def numbered(self, number: str, submissions: Sequence[str]) -> tuple[str, ...]:
        return tuple(s for s in submissions if number in self._numbers[s])

    def numbers(self, submission: str) -> tuple[str, ...]:
        return self._numbers[submission]

    def citing(self, note: str, submission: str) -> tuple[str, ...]:
        return ("5", "2") if (note, submission) == ("3", "jor-2013") else ()

    def coded(self, code: str) -> tuple[str, ...]:
        return ("jor-2013",) if code == "jordan" else tuple(s for s in self._numbers if s == code)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("7(2)", [("jor-2013", "7")]),
        ("7", [("jor-2013", "7")]),
        ("7 (b) (ii)", [("jor-2013", "7")]),
        ("para. 7(2)", [("jor-2013", "7")]),
        ("jor-2013/7(2)", [("jor-2013", "7")]),
        ("6(a)-(b)", [("jor-2013", "6")]),
        ("6(b)-7(2)", [("jor-2013", "6"), ("jor-2013", "7")]),
        ("9.2(a)", [("and-2020", "9.2")]),
        ("9(1)", [("jor-2013", "9"), ("and-2020", "9")]),
        ("paras 9.1–9.3", [("and-2020", "9.1"), ("and-2020", "9.2"), ("and-2020", "9.3")]),
    ],
)
def test_an_item_is_a_place_in_its_paragraph(text: str, keys: list[tuple[str, str]]) -> None:
    found = look_up(text, _Numbers(), ("jor-2013", "and-2020"))
    assert found is not None
    assert list(found.keys) == keys
    assert found.notices == ()


def test_the_paragraphs_that_cite_a_note_stand_in_document_order() -> None:
    """They came in the order in which the note lists them."""
    found = look_up("fn 3", _Numbers(), ("jor-2013", "and-2020"))
    assert found is not None
    assert found.keys == (("jor-2013", "2"), ("jor-2013", "5"))


@pytest.mark.parametrize("text", ["11(2)", "99.8(a)", "2013", "7(2) beds"])
def test_other_numbers_are_words(text: str) -> None:
    assert look_up(text, _Numbers(), ("jor-2013", "and-2020")) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("7(2)", ("7(2)",)),
        ("para. 7 (b) (ii)", ("7(b)(ii)",)),
        ("6(a), 7 and 8(1)", ("6(a)", "7", "8(1)")),
        ("paras 6-8", ("6", "7", "8")),
        ("9(1)", ("9(1)",)),
    ],
)
def test_what_was_asked_for_is_kept(text: str, asked: tuple[str, ...]) -> None:
    found = look_up(text, _Numbers(), ("jor-2013",))
    assert found is not None
    assert found.asked == asked


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # «48» alone names both paragraphs that are numbered so; «47–48» left the second out.
        ("48", ("48", "48~2")),
        ("47-48", ("47", "u1", "48", "48~2", "47~2")),
        ("paras 48–50", ("48", "48~2", "49")),
        # Where paragraph 51 is printed before 49, it is still no part of this.
        ("48-49", ("48", "48~2", "49")),
        ("49–51", ("51", "49")),
        # Nor is a list that counts anew, printed between 53 and 54.
        ("53-54", ("53", "u2", "54")),
        ("u1-48", ("u1", "48", "48~2")),
        ("paras 45-46", ("46",)),
        ("para 49-48", ()),
    ],
)
def test_a_range_names_each_of_its_numbers_wherever_it_is_printed(
    text: str, numbers: tuple[str, ...]
) -> None:
    found = look_up(text, _Numbers(), ("ken-2020",))
    assert found is not None
    assert found.keys == tuple(("ken-2020", number) for number in numbers)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("¶ 1234567", "1234567"),  # was read as words
        ("¶" + "9" * 100, "9" * 100),
        ("para. 0", "0"),
        ("paras 048", "048"),
        ("para 3.1234567", "3.1234567"),
        ("¶ 1234567(a)", "1234567(a)"),
        ("fn 1234567", "1234567"),
        ("jor-2013/1234567", "1234567"),
        ("jordan/0", "0"),
    ],
)
def test_what_says_it_is_a_citation_is_one_whatever_its_number(text: str, number: str) -> None:
    found = look_up(text, _Numbers(), ("jor-2013", "and-2020"))
    assert found is not None
    assert found.keys == ()
    assert [(notice.code, number in notice.message) for notice in found.notices] == [
        ("no-such-paragraph", True)
    ]


@pytest.mark.parametrize("text", ["¶ ٧", "الفقرة ٧", "para. ۷", "٧"])
def test_digits_of_any_script_are_numbers(text: str) -> None:
    found = look_up(text, _Numbers(), ("jor-2013",))
    assert found is not None
    assert found.keys == (("jor-2013", "7"),)
