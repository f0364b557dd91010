"""What is copied with a quotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.citations import STYLES, cite, quotation
from indexer.errors import ParameterError
from indexer.model import Submission

Make = Callable[..., Submission]


def with_text(submission: Submission, number: str, text: str) -> Submission:
    return replace(
        submission,
        paragraphs=tuple(
            replace(p, text=text) if p.number == number else p for p in submission.paragraphs
        ),
    )


#: (numbers, style, the quoted words)
QUOTED = [
    ("48", "un", "“Text of 48.”"),
    ("48", "oscola", "‘Text of 48.’"),
    ("48", "chicago", "“Text of 48.”"),
    ("48", "bluebook", "“Text of 48.”"),
    ("48", "apa", "“Text of 48.”"),
    # Every paragraph of a passage opens with a mark, the last one closes.
    ("45 46 47", "un", "“Text of 45.\n\n“Text of 46.\n\n“Text of 47.”"),
    ("45 46", "oscola", "‘Text of 45.\n\n‘Text of 46.’"),
    # What is not printed in one piece is not quoted as one.
    ("45 47 48", "un", "“Text of 45.”\n\n“Text of 47.\n\n“Text of 48.”"),
    ("46 45", "un", "“Text of 46.”\n\n“Text of 45.”"),
    ("20(f)", "un", "“Text of 20.”"),
]


@pytest.mark.parametrize(("numbers", "style", "words"), QUOTED)
def test_words_and_citation(kazakhstan: Submission, numbers: str, style: str, words: str) -> None:
    chosen = numbers.split()
    citation = cite(kazakhstan, chosen, style)
    assert quotation(kazakhstan, chosen, style) == f"{words}\n\n{citation}"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "text",
    [
        "He said “no” and 'yes' and \"perhaps\" – 2,5  years; 1,413 cases…",
        "An opening:\n(a) first;\n(b) second.",
        " spaced\u00a0out ",
        "التعذيب ممنوع",
        "",
    ],
)
def test_words_are_untouched(kazakhstan: Submission, text: str, style: str) -> None:
    submission = with_text(kazakhstan, "48", text)
    copied = quotation(submission, ["48"], style)
    assert copied[1:].startswith(text)
    assert copied[1 + len(text)] in "”’"


def test_the_citation_has_address_and_state(make: Make) -> None:
    submission = make(title="Joint Submission")
    url = "https://pilcrow.example/48"
    copied = quotation(submission, ["48"], "oscola", url=url, state_name="Kazakhstan")
    assert copied.endswith(cite(submission, ["48"], "oscola", url=url, state_name="Kazakhstan"))
    assert url in copied
    assert "on Kazakhstan" in copied


def test_without_numbers_there_is_nothing_to_quote(kazakhstan: Submission) -> None:
    assert quotation(kazakhstan, [], "un") == cite(kazakhstan, [], "un")


def test_an_unknown_style_is_refused(kazakhstan: Submission) -> None:
    with pytest.raises(ParameterError):
        quotation(kazakhstan, ["48"], "mla")
