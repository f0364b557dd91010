"""How is a text laid out on a page? As pieces: plain, marked, linked, or a note's mark.

The text itself is never changed: the pieces that are not note marks, put together, are
the paragraph's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from indexer.model import Footnote, Paragraph, Span
from webapp import links

#: An address that is not found again in its note's text is listed after it.
Address = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is set in one way, or the mark of a note."""

    text: str
    kind: Literal["text", "note"] = "text"
    marked: bool = False
    hit: Hit | None = None
    """Set on the first piece of a hit that can be jumped to."""
    href: str | None = None
    anchor: str = ""
    outside: bool = False
    """Whether ``href`` leaves the site."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that can be jumped to, and the places before and after it."""

    number: int
    total: int
    anchor: str
    previous: str
    """Link to the hit before; from the first to the last."""
    next: str


def hit(number: int, total: int) -> Hit:
    """Hit *number* of *total*, from 1."""
    return Hit(
        number,
        total,
        links.hit_anchor(number),
        f"#{links.hit_anchor(number - 1 or total)}",
        f"#{links.hit_anchor(number % total + 1)}",
    )


def paragraph_pieces(
    paragraph: Paragraph,
    marks: Sequence[Span] = (),
    *,
    first_hit: int | None = None,
    total_hits: int = 0,
    submission: str | None = None,
) -> tuple[Piece, ...]:
    """Lay out a paragraph's text.

    *marks* are the spans to mark, in order and apart. With *first_hit*, each is a place
    to jump to, numbered from it. References link to an anchor on the same page, or to
    the paragraph's own page where *submission* is given.
    """
    text = paragraph.text
    cuts = {0, len(text)}
    cuts |= {mark.offset for mark in paragraph.footnotes}
    cuts |= {cut for mark in marks for cut in mark}
    cuts |= {cut for r in paragraph.references for cut in (r.start, r.end)}
    pieces: list[Piece] = []
    pieces += _note_pieces(paragraph, 0)
    for start, end in pairwise(sorted(cuts)):
        index = next((i for i, mark in enumerate(marks) if mark[0] <= start < mark[1]), None)
        target = next((r.target for r in paragraph.references if r.start <= start < r.end), None)
        place = None
        if first_hit is not None and index is not None and marks[index][0] == start:
            place = hit(first_hit + index, total_hits)
        href = None if target is None else _reference_link(target, submission)
        pieces.append(Piece(text[start:end], marked=index is not None, hit=place, href=href))
        pieces += _note_pieces(paragraph, end)
    return tuple(pieces)


def _note_pieces(paragraph: Paragraph, offset: int) -> list[Piece]:
    return [
        Piece(
            mark.number,
            kind="note",
            href=f"#{links.note_anchor(mark.number)}",
            anchor=mark_anchor(paragraph, index),
        )
        for index, mark in enumerate(paragraph.footnotes)
        if mark.offset == offset
    ]


def mark_anchor(paragraph: Paragraph, index: int) -> str:
    """Where the paragraph's note mark at *index* stands."""
    number = paragraph.footnotes[index].number
    earlier = sum(mark.number == number for mark in paragraph.footnotes[:index])
    again = f"-{earlier + 1}" if earlier else ""
    return f"mark-{paragraph.number}-{number}{again}"


def _reference_link(target: str, submission: str | None) -> str:
    if submission is None:
        return f"#{links.paragraph_anchor(target)}"
    return links.paragraph(submission, target)


def footnote_pieces(footnote: Footnote) -> tuple[Piece, ...]:
    """Lay out a footnote's text with its addresses as links.

    An address of another scheme than the web's stays plain text. One that the text does
    not hold in one piece (it was cut by a line end) is not linked inside it; see
    :func:`loose_addresses`.
    """
    pieces: list[Piece] = []
    done = 0
    for url in footnote.urls:
        start = footnote.text.find(url, done)
        if start < 0:
            continue
        if start > done:
            pieces.append(Piece(footnote.text[done:start]))
        pieces.append(Piece(url, href=links.outside(url), outside=True))
        done = start + len(url)
    if done < len(footnote.text):
        pieces.append(Piece(footnote.text[done:]))
    return tuple(pieces)


def loose_addresses(footnote: Footnote) -> tuple[Address, ...]:
    """The addresses that the note's text does not hold in one piece, each with its link."""
    return tuple((url, links.outside(url)) for url in footnote.urls if url not in footnote.text)


#: Characters of context at each side of a name, about a line and a half of print.
_CONTEXT = 110


def excerpt(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The words around the first of *spans*, with all of *spans* in reach marked."""
    if not spans:
        return (Piece(_cut(text, 0, 2 * _CONTEXT)),)
    start = _word_start(text, max(0, spans[0][0] - _CONTEXT))
    end = _word_end(text, min(len(text), spans[0][1] + _CONTEXT))
    inside = [span for span in spans if span[0] >= start and span[1] <= end]
    cuts = sorted({start, end, *(cut for span in inside for cut in span)})
    pieces = [
        Piece(text[a:b], marked=any(span[0] <= a < span[1] for span in inside))
        for a, b in pairwise(cuts)
    ]
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return (*before, *pieces, *after)


def _cut(text: str, start: int, length: int) -> str:
    end = _word_end(text, min(len(text), start + length))
    return text[start:end] + (" …" if end < len(text) else "")


def _word_start(text: str, offset: int) -> int:
    space = text.find(" ", offset)
    return 0 if offset == 0 else (space + 1 if 0 <= space < offset + 30 else offset)


def _word_end(text: str, offset: int) -> int:
    if offset == len(text):
        return offset
    space = text.rfind(" ", 0, offset)
    return space if space > offset - 30 else offset
