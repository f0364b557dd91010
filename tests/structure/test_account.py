"""Nothing is lost: the pieces of every document add up to the document."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Reading, Remainder, Span, Submission
from indexer.readers import read_source
from indexer.readers.text import read
from indexer.structure import build
from indexer.structure.account import remainder

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.*"))

#: What may stand outside all spans: white space, list and bold marks, numbers, note marks.
_MARKS = re.compile(
    r"[\s>*+•_–-]*(?:\*\*|__)?(?:\(?[0-9.]+\\?[.):]?(?:\*\*|__)?|\[\^?\w+\]:?|[⁰¹²³⁴-⁹]+)?[\s*_]*"
)

_BITS = (
    "1. ", "2. ", "3) ", "(a) ", "- ", "**", "I. ", "II. ", "A. ", "TITLE", "Notes", "¹", "² ",
    "[1]", "[^1]", "[^1]: ", "http://a.b/c", "Word", "word", "the ", ".", " ", ":", "\n", "\n\n",
    "\r", "\f", "___", "7", "10 December 2014", "para 1", "paras 1-3 above", "# ", "¶", "1.1 ",
    "é", "Introduction", "Recommendations", "\u00a0", "-\n", "*", "_", "\\", "<", ">", "12(a) ",
    "E-mail: a@b.c", "Joint submission by:", "(AB)",
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(_BITS), max_size=60).map("".join)
)


def _spans(submission: Submission) -> list[Span]:
    return [
        *submission.front,
        *(span for section in submission.sections for span in section.spans),
        *(span for paragraph in submission.paragraphs for span in paragraph.spans),
        *(span for footnote in submission.footnotes for span in footnote.spans),
        *(Span(r.start, r.end) for r in submission.remainder),
    ]


def _overlapping(spans: list[Span]) -> list[tuple[Span, Span]]:
    """Neighbours that share a character."""
    ordered = sorted(spans)
    return [(a, b) for a, b in pairwise(ordered) if a.end > b.start]


def _assert_adds_up(reading: Reading, submission: Submission) -> None:
    spans = _spans(submission)
    assert _overlapping(spans) == []
    at = 0
    for start, end in [*sorted(spans), Span(len(reading.text), len(reading.text))]:
        assert at <= start <= end <= len(reading.text)
        assert _MARKS.fullmatch(reading.text[at:start]), reading.text[at:start]
        at = end
    for left in submission.remainder:
        assert reading.text[left.start : left.end] == left.text


def test_the_first_submission_adds_up(first_reading: Reading, first: Submission) -> None:
    _assert_adds_up(first_reading, first)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_add_up(path: Path) -> None:
    reading = read_source(path)
    _assert_adds_up(reading, build(reading))


@given(_TEXTS, st.sampled_from(["x.txt", "x.md"]))
def test_any_text_gives_a_submission_that_adds_up(text: str, name: str) -> None:
    reading = read(text.replace("\0", "").encode("utf-8", "replace"), name, "", "utf-8")
    submission = build(reading)
    assert _overlapping(_spans(submission)) == []
    numbers = [p.number for p in submission.paragraphs]
    assert len(set(numbers)) == len(numbers)
    assert len({s.id for s in submission.sections}) == len(submission.sections)
    assert sorted(n for s in submission.sections for n in s.paragraphs) == sorted(
        p.number for p in submission.paragraphs if p.section is not None
    )
    notes = {note.number for note in submission.footnotes}
    for paragraph in submission.paragraphs:
        assert paragraph.text == paragraph.text.strip()
        assert len(paragraph.spans) == len(paragraph.lines)
        for mark in paragraph.footnotes:
            assert mark.number in notes
            assert 0 <= mark.offset <= len(paragraph.text)
        for reference in paragraph.references:
            assert reference.target in numbers


def test_what_is_nowhere_becomes_the_remainder() -> None:
    text = "front 1. text  lost  tail"
    spans, marks = [Span(0, 5), Span(9, 13)], [Span(6, 8)]
    assert remainder(text, spans, marks) == (Remainder(15, 25, "lost  tail"),)


_HOSTILE = {
    "digits": "1" * 5_000_000,
    "dots": "." * 5_000_000,
    "brackets": "[" * 5_000_000,
    "angles": "<" * 5_000_000,
    "stars": "*" * 5_000_000,
    "single stars": "*a " * 600_000,
    "notes": "[1]" * 300_000,
    "links": "[a](b" * 300_000,
    "capitals": "A " * 1_000_000,
    "pinpoints": "1. " + "paras 1-9, " * 100_000,
    "sessions": "1 session " * 200_000,
    "addresses": "¹ http://a" + ")" * 1_000_000,
    "numbers alone": "12. \n" * 30_000,
    "hyphens": "a-\n" * 30_000,
    "headings": "I. X\n" * 30_000,
    "lists": "9. a:\n1. b\n" * 15_000,
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length(
    kind: str, written: Callable[..., Submission]
) -> None:
    started = time.process_time()
    written(_HOSTILE[kind])
    assert time.process_time() - started < 20
