"""Invented documents of every kind, read exactly; what is spoilt in them is reported.

The gold of a document says what a reader sees on its pages: ``§ id | title`` for a heading,
``number | first words | last words | notes`` for a paragraph, ``?`` after a number that must be
marked doubtful, ``fn number | first words | last words`` for a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.model import Paragraph, Submission
from indexer.readers import read_source
from indexer.readers.text import read
from indexer.structure import build

TESTS = Path(__file__).parent.parent
GOLD = sorted((Path(__file__).parent / "gold").glob("*.txt"))
NAMES = [path.stem for path in GOLD]
_LETTERS = re.compile(r"[a-zA-Z]+")


def _gold(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / "gold" / f"{name}.txt").read_text(encoding="utf-8")
    return [[part.strip() for part in line.split("|")] for line in text.splitlines()]


def _source(name: str) -> str:
    data = (TESTS / "samples" / f"{name}.txt").read_bytes().decode()
    return data.replace("\r\n", "\n").replace("\r", "\n")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _lines(read: Submission) -> Iterator[tuple[str, ...]]:
    """The reading in the order of the document, as the gold writes it."""
    placed: list[tuple[int, int, tuple[str, ...]]] = []
    for order, section in enumerate(read.sections):
        placed.append((section.spans[0].start, order, (f"§ {section.id}", section.title)))
    for order, paragraph in enumerate(read.paragraphs):
        placed.append((paragraph.spans[0].start, order, ("¶", str(order))))
    for _, _, line in sorted(placed):
        yield line


@pytest.fixture(scope="module")
def readings() -> dict[str, Submission]:
    return {name: build(read_source(TESTS / "samples" / f"{name}.txt")) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_headings_and_paragraphs_in_their_order(readings: dict[str, Submission], name: str) -> None:
    submission = readings[name]
    gold = [line for line in _gold(name) if not line[0].startswith("fn ")]
    found = list(_lines(submission))
    assert len(found) == len(gold)
    for expected, line in zip(gold, found, strict=True):
        if line[0] != "¶":
            assert line == (expected[0], expected[1])
            continue
        paragraph = submission.paragraphs[int(line[1])]
        number = expected[0].removesuffix("?")
        assert paragraph.number == number
        assert paragraph.doubtful == expected[0].endswith("?"), number
        _assert_between(paragraph.text, expected[1], expected[2])
        notes = expected[3].split() if len(expected) > 3 else []
        assert [mark.number for mark in paragraph.footnotes] == notes, number


@pytest.mark.parametrize("name", NAMES)
def test_notes(readings: dict[str, Submission], name: str) -> None:
    gold = [line for line in _gold(name) if line[0].startswith("fn ")]
    notes = readings[name].footnotes
    assert [f"fn {note.number}" for note in notes] == [line[0] for line in gold]
    for note, (_, first, last) in zip(notes, gold, strict=True):
        _assert_between(note.text, first, last)


def _assert_between(text: str, first: str, last: str) -> None:
    spaced = _spaced(text)
    assert spaced.startswith(first), spaced
    assert spaced.endswith(last), spaced


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_as_printed(readings: dict[str, Submission], name: str) -> None:
    """Every word of a paragraph stands in its spans, in order, and no word is left out."""
    source = (TESTS / "samples" / f"{name}.txt").read_bytes().decode()
    for paragraph in readings[name].paragraphs:
        printed = " ".join(source[start:end] for start, end in paragraph.spans)
        assert _LETTERS.findall(paragraph.text) == _LETTERS.findall(printed)


def test_notes_that_only_titles_cite_are_no_problem(readings: dict[str, Submission]) -> None:
    assert readings["ohchr-summary"].problems == ()


# What may happen to a document on its way. Each takes the lines, the index of a paragraph's
# first line, and the paragraph's printed number.


def _unnumbered(lines: list[str], at: int, number: str) -> list[str]:
    bare = re.sub(rf"^(\s*)[(\[]?{re.escape(number)}[.)\]]?\s*", r"\1", lines[at])
    return [*lines[:at], bare, *lines[at + 1 :]]


def _misnumbered(lines: list[str], at: int, number: str) -> list[str]:
    *above, last = number.split(".")
    other = ".".join([*above, str(int(last) + 2)])
    return [*lines[:at], lines[at].replace(number, other, 1), *lines[at + 1 :]]


def _joined(lines: list[str], at: int, number: str) -> list[str]:
    before = at - 1
    while not lines[before].strip():
        before -= 1
    return [*lines[:before], f"{lines[before]} {lines[at].strip()}", *lines[at + 1 :]]


def _doubled(lines: list[str], at: int, number: str) -> list[str]:
    return [*lines[:at], f"{number}. The same number was printed before.", "", *lines[at:]]


def _headed(lines: list[str], at: int, number: str) -> list[str]:
    """A running header comes between two lines, or inside a line that is cut for it."""
    words = lines[at].split(" ")
    cut = len(words) - 3
    if cut < 3:
        return lines
    first, second = " ".join(words[:cut]), " ".join(words[cut:])
    return [*lines[:at], first, "", "Alder House and The Ferry", "", second, *lines[at + 1 :]]


#: Places of a document that are spoilt, about: a long one repeats itself.
_MOST_PLACES = 16
MUTATIONS = [_unnumbered, _misnumbered, _joined, _doubled, _headed]
Mutation = Callable[[list[str], int, str], list[str]]


def _places(name: str) -> Iterator[tuple[int, Paragraph]]:
    """The first lines of the document's undoubted paragraphs."""
    lines = _source(name).split("\n")
    submission = build(read(_source(name).encode(), f"{name}.txt", "", "utf-8"))
    for paragraph in submission.paragraphs:
        if not paragraph.doubtful:
            at = paragraph.lines[0].start - 1
            while paragraph.number not in lines[at][:12]:  # a number on a line of its own
                at -= 1
            yield at, paragraph


def _said(submission: Submission) -> set[tuple[str, str]]:
    return {(p.number, _spaced(p.text)) for p in submission.paragraphs}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_spoilt_is_never_silent(name: str, mutation: Mutation) -> None:
    source = _source(name)
    lines = source.split("\n")
    before = build(read(source.encode(), f"{name}.txt", "", "utf-8"))
    known = {(p.code, p.message.split("ine ")[0]) for p in before.problems}
    texts = _said(before)
    silent = []
    places = list(_places(name))
    if mutation is not _headed:
        del places[0]  # what stands before is the cover
    for at, paragraph in places[:: max(1, len(places) // _MOST_PLACES)]:
        spoilt = mutation(lines, at, paragraph.number)
        after = build(read("\n".join(spoilt).encode(), f"{name}.txt", "", "utf-8"))
        wrong = [p for p in after.paragraphs if (p.number, _spaced(p.text)) not in texts]
        new = [p for p in after.problems if (p.code, p.message.split("ine ")[0]) not in known]
        if (wrong or len(_said(after)) < len(texts)) and not (
            new or len(after.problems) > len(before.problems) or all(p.doubtful for p in wrong)
        ):
            silent.append((paragraph.number, [(p.number, p.text[-90:]) for p in wrong]))
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_without_blank_lines_nothing_is_wrong_in_silence(name: str) -> None:
    source = _source(name)
    first = re.search(r"^\s*(?:1|1\.1)[.\s]", source, re.MULTILINE)
    assert first is not None
    cover, body = source[: first.start()], re.sub(r"\n\n+", "\n", source[first.start() :])
    apart = build(read(source.encode(), f"{name}.txt", "", "utf-8"))
    dense = build(read((cover + body).encode(), f"{name}.txt", "", "utf-8"))
    texts = _said(apart)
    assert [
        paragraph.number
        for paragraph in dense.paragraphs
        if (paragraph.number, _spaced(paragraph.text)) not in texts and not paragraph.doubtful
    ] == []
