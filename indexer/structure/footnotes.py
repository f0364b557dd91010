"""Where does a note begin, which numbers do marks in the text have, what does a note say?

Notes are printed at the foot of a page, in between paragraphs, or at the end. Each begins
with its number: superscript, in brackets, as Markdown writes it, or plain under a heading
such as "Notes". Which paragraph cites a note is told by the mark in the paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from indexer.structure.lines import (
    SUPERSCRIPTS,
    Ending,
    Line,
    Style,
    ending,
    is_rule,
    plain_digits,
)
from indexer.structure.unmarked import unmarked_notes
from indexer.structure.wording import NOTES


class Notation(Enum):
    """How a note's number is written before its text, and so its mark in the text."""

    SUPERSCRIPT = "¹"
    BRACKET = "[1]"
    MARKDOWN = "[^1]"
    PLAIN = "1."
    LINKED = "the format links it"


@dataclass(slots=True)
class Opening:
    """The number that opens a note."""

    number: str
    body: int
    """Where the note's text starts, in the line's text."""
    notation: Notation


@dataclass(slots=True)
class Openings:
    """What lines are of notes: those that open one, and those in a list of notes."""

    by_line: dict[int, Opening] = field(default_factory=dict)
    titles: set[int] = field(default_factory=set)
    """Lines such as "Notes"."""
    zone: set[int] = field(default_factory=set)
    """Lines in a list of notes, where whatever has no number runs on."""


_SUPERSCRIPT = re.compile(rf"([{SUPERSCRIPTS}]{{1,4}})[.)]?\s*")
_BRACKET = re.compile(r"(?:[-*]\s+)?\[([0-9]{1,4})\]:?\s*")
_PLAIN = re.compile(r"\(?([1-9][0-9]{0,3})[.)]?\s+(?=[^\W\d_]|\S*/)")
# A copy of a page's foot: "1Act No. 89 of 2011", "2Ibid.".
_GLUED = re.compile(r"([1-9][0-9]{0,2})(?=[^\W\d_a-z][^\W\d_]+[\s.,]|https?://)")
#: Numbers of notes that may be missing in a list of them.
_LONGEST_GAP = 4
_MARKDOWN = re.compile(r"\[\^([^\]\s]{1,40})\]:\s*")
_INLINE_BRACKET = re.compile(r"\[([0-9]{1,4})\]")
_INLINE_SUPERSCRIPT = re.compile(rf"[{SUPERSCRIPTS}]{{1,4}}")
_URL_START = re.compile(r"<?(?:https?://|www\.)")
_TITLE_MARKS = " *_#:.-–—=0123456789IVX"

#: An address in a note. White space, angle brackets and quotes end it; what of the rest is
#: the sentence's punctuation is settled by :func:`_untrailed`.
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"“”«»„]{1,4000}", re.IGNORECASE)
_TRAILING = ".,;:!?'’…*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def openings(lines: Sequence[Line]) -> Openings:
    """Find where notes open in *lines*."""
    found = Openings()
    brackets, cited = inline_marks(lines)
    brackets = brackets if _are_notes(lines) else set()
    zone = False
    last = 0
    after_rule = below_rule = False
    for line in lines:
        text = line.text
        opening = _opening(line, brackets)
        if opening is not None:
            found.by_line[line.index] = opening
            last = int(opening.number) if opening.number.isdecimal() else last
            zone = zone and opening.notation in (Notation.PLAIN, Notation.BRACKET)
        elif (glued := _GLUED.match(text)) and int(glued[1]) == last + 1:
            found.by_line[line.index] = Opening(glued[1], glued.end(), Notation.PLAIN)
            last += 1
        elif _is_notes_title(line):
            found.titles.add(line.index)
            zone, last = True, 0 if not found.by_line else last
            continue
        elif line.block.style == "heading":
            zone = False
        elif (plain := _plain(line, lines)) is not None:
            value = int(plain.number)
            listed = zone and (0 < value - last <= _LONGEST_GAP or not last or value == 1)
            at_foot = (after_rule or below_rule) and value == last + 1
            if listed or (at_foot and (below_rule or value in cited)):
                found.by_line[line.index] = plain
                zone, last = zone or listed, value
                below_rule = at_foot
            elif zone:
                zone = False
        if zone:
            found.zone.add(line.index)
        after_rule = is_rule(text)
        below_rule = below_rule and not line.block.blank_before
    taken = found.by_line.keys() | found.zone
    for index, body in unmarked_notes(lines, taken, cited - _numbers(found)).items():
        number = lines[index].number
        assert number is not None
        found.by_line[index] = Opening(number.printed, body, Notation.PLAIN)
    return found


def _numbers(found: Openings) -> set[int]:
    """Numbers of the notes found so far."""
    return {int(o.number) for o in found.by_line.values() if o.number.isdecimal()}


def _are_notes(lines: Sequence[Line]) -> bool:
    """Whether lines that open with ``[1]`` are notes: their marks come before them, or other
    numbers open more lines. Some courts number their paragraphs so."""
    marked: set[str] = set()
    after = before = others = 0
    for line in lines:
        text = line.text
        others += line.number is not None and line.number.style is not Style.SQUARE
        if "[" not in text:
            continue
        if found := _BRACKET.match(text):
            after, before = after + (found[1] in marked), before + (found[1] not in marked)
        marked.update(m[1] for m in _INLINE_BRACKET.finditer(text, 1))
    return after >= before or after + before <= others


def inline_marks(lines: Sequence[Line]) -> tuple[set[str], set[int]]:
    """Numbers in brackets, and all numbers of marks, that stand inside a line."""
    brackets: set[str] = set()
    cited: set[int] = set()
    for line in lines:
        text = line.text
        if "[" in text:
            brackets.update(m[1] for m in _INLINE_BRACKET.finditer(text, 1))
        for mark in _INLINE_SUPERSCRIPT.finditer(text, 1):
            cited.add(int(plain_digits(mark.group())))
        cited.update(int(number) for _, number in line.block.anchors if number.isdecimal())
    cited.update(map(int, brackets))
    return brackets, cited


def _opening(line: Line, brackets: set[str]) -> Opening | None:
    """The note that *line* opens wherever it stands."""
    text, block = line.text, line.block
    if block.style == "footnote":
        if block.label is None:
            return None
        return Opening(block.label.strip(" .)[]^"), 0, Notation.LINKED)
    if found := _SUPERSCRIPT.match(text):
        return Opening(plain_digits(found[1]), found.end(), Notation.SUPERSCRIPT)
    if found := _MARKDOWN.match(text):
        return Opening(found[1], found.end(), Notation.MARKDOWN)
    if (found := _BRACKET.match(text)) and found[1] in brackets:
        return Opening(found[1], found.end(), Notation.BRACKET)
    number = line.number
    if (
        number is not None
        and number.style in (Style.BARE, Style.DOT, Style.PAREN)
        and len(number.count) == 1
        and _URL_START.match(text, number.body)
    ):
        return Opening(number.printed, number.body, Notation.PLAIN)
    return None


def _plain(line: Line, lines: Sequence[Line]) -> Opening | None:
    """The plain number that may open a note: its text may begin with a small letter, where
    what stands before is whole."""
    number = line.number
    if number is not None:
        if len(number.count) > 1:
            return None
        return Opening(number.printed, number.body, Notation.PLAIN)
    found = _PLAIN.match(line.text)
    if found is None or not line.index:
        return None
    if not line.block.blank_before and ending(lines[line.index - 1].text) is not Ending.SENTENCE:
        return None
    return Opening(found[1], found.end(), Notation.PLAIN)


def _is_notes_title(line: Line) -> bool:
    text = line.text
    return len(text) < 60 and NOTES.fullmatch(text.strip(_TITLE_MARKS)) is not None


def is_addresses(text: str) -> bool:
    """Whether a line holds addresses and nothing else."""
    return _URL_START.match(text) is not None and not _URL.sub("", text).strip(" <>;,.()")


def ends_in_address(text: str) -> bool:
    """Whether the last word is an address, after which no full stop need stand."""
    last = text.rsplit(None, 1)[-1]
    return "://" in last or last.lower().lstrip("<(").startswith("www.")


def urls_of(text: str) -> tuple[str, ...]:
    """The addresses in a note, as printed and each once.

    >>> urls_of("See <https://a.org/x_(y)>; (http://b.org/é,1).")
    ('https://a.org/x_(y)', 'http://b.org/é,1')
    """
    found = (_untrailed(match.group()) for match in _URL.finditer(text))
    absolute = (f"http://{url}" if url[:4].lower() == "www." else url for url in found)
    return tuple(dict.fromkeys(absolute))


def _untrailed(url: str) -> str:
    """The address without punctuation of the sentence it stands in."""
    while url:
        last = url[-1]
        unopened = last in _BRACKETS and url.count(last) > url.count(_BRACKETS[last])
        if last not in _TRAILING and not unopened:
            break
        url = url[:-1]
    return url
