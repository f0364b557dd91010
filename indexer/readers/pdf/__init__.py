"""How is a PDF read? Characters become words, lines, columns, then blocks in reading order.

:mod:`document` opens it, :mod:`characters` asks PDFium where its words stand, :mod:`lines`
and :mod:`columns` put them in reading order, :mod:`furniture` takes out running heads, feet
and page numbers, :mod:`notes` the notes at the foot, :mod:`blocks` joins lines, with
:mod:`breaks` where a word or address is broken.

The reader's text holds the text first, so that no page's end interrupts a paragraph, then the
notes, then the furniture, whose blocks are styled so and belong to nothing. Pages are the
file's own, from 1: what is printed on them may start anew or be missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from indexer.errors import SourceError
from indexer.model import Block, Problem, Reading, Source
from indexer.readers.pdf.blocks import (
    Made,
    groups_of,
    heading_sizes,
    note_of,
    settle_edges,
    style_of,
    text_of,
)
from indexer.readers.pdf.breaks import Vocabulary
from indexer.readers.pdf.columns import gutter_of, lines_of
from indexer.readers.pdf.document import read_pages
from indexer.readers.pdf.furniture import furniture
from indexer.readers.pdf.lines import Row, rows_of
from indexer.readers.pdf.notes import Note, separate
from indexer.readers.pdf.numbered import pages_numbered
from indexer.readers.pdf.page import Line, Page
from indexer.readers.pdf.report import page_problems, problems_of

#: Gutters of other pages that are tried on one with few rows; a document has one or two.
_MOST_GUTTERS = 8
_RUN_OCR = "Run OCR on it (`ocrmypdf`), or ask its author for the Word file"


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read a PDF; raises SourceError where it is damaged, locked, too large or only images.

    *encoding* is ignored: a PDF's fonts say how its text is written.
    """
    pages = read_pages(data, name)
    if not any(page.words or page.turned for page in pages) and any(page.drawn for page in pages):
        raise SourceError(f"{name}: page images without text", _RUN_OCR)
    rows = [(page, rows_of(page.words)) for page in pages]
    beside = furniture(rows)
    made = _blocks(rows, beside)
    text, blocks, problems = _placed(made)
    problems = [*page_problems(pages), *problems]
    if not blocks:
        problems.append(Problem("empty", f"{name} holds no text", None))
    numbered = pages_numbered(rows, beside)
    source = Source(name, sha256, "application/pdf", None, False, len(text), numbered)
    return Reading(source, text, blocks, tuple(problems))


def _blocks(rows: Sequence[tuple[Page, list[Row]]], beside: Mapping[int, Set[int]]) -> list[Made]:
    """The blocks of the text, then of the notes, then of what stands *beside*."""
    found = {gutter_of(all_rows) for _, all_rows in rows}
    gutters = sorted(gutter for gutter in found if gutter is not None)[:_MOST_GUTTERS]
    pages = {page.number: page for page, _ in rows}
    ordered: list[tuple[Page, list[Line]]] = []
    heads: list[Made] = []
    for page, all_rows in rows:
        taken = beside.get(page.number, set())
        left = [row for row in all_rows if id(row) not in taken]
        ordered.append((page, lines_of(left, page.number, gutters)))
        heads.extend(_beside(Line(r.words, page.number)) for r in all_rows if id(r) in taken)
        if page.turned:
            heads.append(_turned(page))
    body_size = _body_size(line for _, lines in ordered for line in lines)
    body, notes = separate(ordered, body_size)
    settle_edges(body, {number: page.width for number, page in pages.items()})
    vocabulary = Vocabulary(line for _, lines in ordered for line in lines)
    groups = groups_of(body)
    sizes = heading_sizes(groups, body_size)
    numbers = _citable(notes, pages)
    made: list[Made] = []
    for group in groups:
        block = text_of(group.lines, vocabulary, numbers, pages)
        block.blank_before = group.blank_before
        block.style, block.level = style_of(group, body_size, sizes)
        made.append(block)
    made.extend(note_of(note, vocabulary, pages) for note in notes)
    return [*made, *heads]


def _body_size(lines: Iterable[Line]) -> float:
    """The size that most characters have."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += sum(len(word.text) for word in line.words)
    return weights.most_common(1)[0][0] if weights else 0.0


def _citable(notes: Sequence[Note], pages: Iterable[int]) -> dict[int, set[str]]:
    """Numbers of notes that a raised number on each page may cite.

    They stand on that page, begin on the next, or are in a list at the end.
    """
    starts: dict[int, set[str]] = {}
    listed = {note.number for note in notes if note.at_end}
    for note in notes:
        starts.setdefault(note.lines[0].page, set()).add(note.number)
    return {
        number: starts.get(number, set()) | starts.get(number + 1, set()) | listed
        for number in pages
    }


def _beside(line: Line) -> Made:
    return Made(line.text, line.page, style="furniture")


def _turned(page: Page) -> Made:
    words = " ".join(word.text for word in page.turned)
    return Made(words, page.number, style="furniture")


def _placed(made: Sequence[Made]) -> tuple[str, tuple[Block, ...], list[Problem]]:
    """The reader's text with its blocks, and what of them is in doubt."""
    parts: list[str] = []
    blocks: list[Block] = []
    problems: list[Problem] = []
    length, line = 0, 1
    for one in made:
        if not one.text and not one.anchors:
            continue
        if parts:
            gap = "\n\n" if one.blank_before else "\n"
            parts.append(gap)
            length += len(gap)
            line += len(gap)
        blocks.append(
            Block(
                one.text,
                length,
                line,
                style=one.style,
                level=one.level,
                label=one.label,
                page=one.page,
                anchors=tuple(one.anchors),
                blank_before=one.blank_before,
                links=tuple(one.links),
                doubtful=bool(one.doubts),
            )
        )
        problems.extend(problems_of(one, line))
        parts.append(one.text)
        length += len(one.text)
    return "".join(parts), tuple(blocks), problems
