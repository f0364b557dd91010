"""Which paragraphs a citation names, items inside paragraphs included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from indexer.query.lookup import look_up


class _Numbers:
    """Two submissions: one numbered 1–10, one with recommendations 9.1–9.3."""

    _numbers: ClassVar[dict[str, tuple[str, ...]]] = {
        "jor-2013": tuple(map(str, range(1, 11))),
        "and-2020": ("8", "9", "9.1", "9.2", "9.3", "10"),
    }

    def numbered(self, number: str, submissions: Sequence[str]) -> tuple[str, ...]:
        return tuple(s for s in submissions if number in self._numbers[s])

    def numbers(self, submission: str) -> tuple[str, ...]:
        return self._numbers[submission]

    def citing(self, note: str, submission: str) -> tuple[str, ...]:
        return ("5", "2") if (note, submission) == ("3", "jor-2013") else ()

    def coded(self, code: str) -> tuple[str, ...]:
        return tuple(s for s in self._numbers if s == code)


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
