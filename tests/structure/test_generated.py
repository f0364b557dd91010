"""Documents made at random: every paragraph is read as it was made, and all adds up."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Submission
from indexer.readers.text import read
from indexer.structure import build

_WORDS = (
    "river court school night letter teacher roof market witness bridge summer law police"
    " family answer door field paper harbour village"
).split()
_BEFORE = ("The", "A", "Every", "Their", "No", "One")
_QUANTITIES = ("in 2016", "on 10 December 2014", "of 1,413", "at 2.5 per cent", "under article 9")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEADS = ("The river", "Courts and prisons", "Schools", "Those who spoke", "What was promised")
_ROMANS = ("I", "II", "III", "IV", "V")
#: Words before a page's end: with fewer, a cut paragraph looks like a heading.
_FEWEST_WORDS = 16


@dataclass
class Document:
    """A document as it was made."""

    lines: list[str] = field(default_factory=list)
    paragraphs: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Paragraphs that a page's end cut after a full stop: they must be in doubt, or right."""


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=4, max_size=16))
    if draw(st.booleans()):
        words.insert(len(words) // 2, draw(st.sampled_from(_QUANTITIES)))
    return f"{draw(st.sampled_from(_BEFORE))} {' '.join(words)}."


@st.composite
def documents(draw: st.DrawFn) -> Document:
    made = Document()
    style = draw(st.sampled_from(("{}. ", "{}) ", "({}) ", "{}.\t", "**{}.** ", "¶{} ", "{}.  ")))
    apart = draw(st.booleans())
    note_style = draw(st.sampled_from(("superscript", "bracket", "none")))
    made.lines += ["Submission on Peru", "", "River House", ""]
    number = note = page = 0
    pending: list[str] = []
    for place in range(draw(st.integers(1, 4))):
        label = _ROMANS[place]
        made.lines += ["", f"{label}. {_HEADS[place].upper()}", ""]
        made.sections[label] = []
        for _ in range(draw(st.integers(2, 6))):
            number += 1
            said = draw(st.lists(sentences(), min_size=1, max_size=4))
            text = " ".join(said)
            printed = text
            if note_style != "none" and draw(st.integers(0, 3)) == 0:
                note += 1
                mark = str(note).translate(_SUPERSCRIPTS)
                printed += mark if note_style == "superscript" else f" [{note}]"
                made.notes[str(note)] = f"Report No. {note} of River House, page {number}."
                pending.append(
                    (mark if note_style == "superscript" else f"[{note}]")
                    + f" {made.notes[str(note)]}"
                )
            items = draw(st.integers(0, 5)) == 0
            line = style.format(number) + printed
            words = line.split(" ")
            if len(words) > 2 * _FEWEST_WORDS and draw(st.integers(0, 3)) == 0:
                page += 1
                cut = draw(st.integers(_FEWEST_WORDS, len(words) - 1))
                cut -= words[cut].startswith("[")  # a mark stays with its word
                line, rest = " ".join(words[:cut]), " ".join(words[cut:])
                made.lines += [line, "", *pending, "", f"- {page} -", "", rest]
                pending = []
                if line.rstrip().endswith("."):
                    made.broken.add(str(number))
            else:
                made.lines.append(line)
            if items:
                made.lines[-1] = made.lines[-1].rstrip() + " The State should:"
                text += " The State should:\n(a) open the door;\n(b) answer the letter."
                made.lines += ["(a) open the door;", "(b) answer the letter."]
            if apart:
                made.lines.append("")
            made.paragraphs[str(number)] = text
            made.sections[label].append(str(number))
    if pending:
        made.lines += ["", *pending]
    return made


def _read(made: Document, ending: str) -> Submission:
    return build(read(ending.join(made.lines).encode(), "made.txt", "", "utf-8"))


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_paragraph_is_read_as_it_was_made(made: Document, ending: str) -> None:
    submission = _read(made, ending)
    assert [p.number for p in submission.paragraphs] == list(made.paragraphs)
    for paragraph in submission.paragraphs:
        if not (paragraph.doubtful and paragraph.number in made.broken):
            assert paragraph.text == made.paragraphs[paragraph.number]
            assert not paragraph.number_in_doubt
    assert {s.label: list(s.paragraphs) for s in submission.sections} == made.sections
    assert {n.number: n.text for n in submission.footnotes} == made.notes
    assert all(note.paragraphs for note in submission.footnotes)


@settings(max_examples=25, deadline=None)
@given(documents(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_left_over_is_only_the_pages(made: Document, ending: str) -> None:
    for left in _read(made, ending).remainder:
        for line in left.text.split():
            assert line.strip("-").isdecimal() or line == "-"


@pytest.mark.parametrize("missing", ["2", "4"])
@settings(max_examples=25, deadline=None)
@given(made=documents())
def test_a_number_that_is_gone_is_missed(missing: str, made: Document) -> None:
    style_gone = [
        line
        for line in made.lines
        if not line.lstrip("(*¶").startswith((f"{missing}.", f"{missing})", f"{missing} "))
    ]
    if len(style_gone) == len(made.lines) or missing == list(made.paragraphs)[-1]:
        return
    made.lines = style_gone
    assert _read(made, "\n").problems != ()
