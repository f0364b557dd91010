"""How printed titles are written in a citation."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.citations.titles import cited_title, one_line

TITLES = [
    (
        "THE UN UNIVERSAL PERIODIC REVIEW OF KAZAKHSTAN",
        "The UN Universal Periodic Review of Kazakhstan",
    ),
    (
        "JOINT NGO SUBMISSION ON LGBTI RIGHTS AND HIV/AIDS IN THE USA",
        "Joint NGO Submission on LGBTI Rights and HIV/AIDS in the USA",
    ),
    # Small words are small only inside.
    ("OF HUMAN BONDAGE: THE STATE WE LIVE IN", "Of Human Bondage: The State We Live In"),
    ("KAZAKHSTAN'S AND THE EU’S PROMISES", "Kazakhstan's and the EU’s Promises"),
    ("JUSTICE FOR O'BRIEN", "Justice for O'Brien"),
    ("NON-GOVERNMENTAL VIEWS", "Non-Governmental Views"),
    ("PART II OF THE 3RD CYCLE, 2015-2019", "Part II of the 3rd Cycle, 2015-2019"),
    ("VIEWS OF NGOS ON IDPS", "Views of NGOs on IDPs"),
    ("THE U.N. AND UGANDA", "The U.N. and Uganda"),
    ("ÉTAT OF AFFAIRS", "État of Affairs"),
    ("E\u0301TAT OF AFFAIRS", "État of Affairs"),
    ('"FREE AND FAIR" ELECTIONS', '"Free and Fair" Elections'),
    ("REPORT BY ODF", "Report by ODF"),
    ("UPR", "UPR"),
    ("KAZAKHSTAN.", "Kazakhstan"),
    ("Submission to the U.N.", "Submission to the U.N."),
    # Any lower-case letter: as printed.
    ("Universal periodic review of KAZAKHSTAN", "Universal periodic review of KAZAKHSTAN"),
    ("iPHONES", "iPHONES"),
    ("التقرير الوطني", "التقرير الوطني"),
    ("2019", "2019"),
    ("", ""),
    ("Torture\nin\r\n prisons\u2028today", "Torture in prisons today"),
]


@pytest.mark.parametrize(("printed", "expected"), TITLES)
def test_titles(printed: str, expected: str) -> None:
    assert cited_title(printed, "en", frozenset({"ODF"})) == expected


def test_capitals_of_another_language_are_left_as_printed() -> None:
    printed = "EXAMEN PÉRIODIQUE UNIVERSEL DU MAROC"
    assert cited_title(printed, "fr") == printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\u00a0 c\x85d\x1ce", "a b c d e"),
        ("a\x00b\x1bc", "abc"),
        ("\u202eabc\u2066", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("\x00 a \x07 b", "a b"),
        # Marks that join or order letters are part of a word.
        ("می\u200cخواهم\u200f", "می\u200cخواهم\u200f"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@given(st.text())
def test_recasing_changes_nothing_but_case(title: str) -> None:
    cited = cited_title(title, "en")
    assert cited_title(cited, "en").casefold() == cited.casefold()
    printed = cited_title(title, "xx")
    assert sorted(_plain(cited)) == sorted(_plain(printed))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold()).casefold()
