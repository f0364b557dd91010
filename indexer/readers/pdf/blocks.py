"""Which lines make one block? Lines become paragraphs, headings, notes and their texts.

A line runs on where the next one's first word had no room in it. A wider gap, another size,
a number or letter, or a line that ends early opens a new block. A paragraph that a page or
column breaks goes on where its last line is full; its block has the page it starts on.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.readers.pdf.breaks import Vocabulary, join
from indexer.readers.pdf.notes import Note, is_mark
from indexer.readers.pdf.page import Line, Page, is_raised, pieces

#: A gap of so many times the usual distance of lines parts blocks; raised numbers push a line
#: down, so one that has some is allowed more.
_APART, _APART_WITH_MARKS = 1.22, 1.42
#: Sizes that differ by this part are different.
_OTHER_SIZE = 0.07
#: A heading's type is at least this much larger than the text's.
_LARGER = 1.08
_LONGEST_HEADING = 200
#: Places that differ by this many sizes are different.
_INDENT = 0.6


@dataclass(slots=True)
class Made:
    """A block in the making, without its place in the reader's text."""

    text: str
    page: int
    style: str | None = None
    level: int | None = None
    label: str | None = None
    anchors: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    blank_before: bool = True
    doubts: list[tuple[str, str]] = field(default_factory=list)
    """Problem codes, and the words they are about."""


@dataclass(slots=True)
class Group:
    """Lines of one block."""

    lines: list[Line]
    blank_before: bool


def settle_edges(lines: Sequence[Line], widths: Mapping[int, float]) -> None:
    """Say of every line where lines of its column end at most."""
    ends: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        ends.setdefault((round(widths[line.page]), line.column), []).append(line.right)
    edges = {}
    for key, rights in ends.items():
        rights.sort()
        far = [right for right in rights if right >= 0.75 * rights[-1]]
        # Beyond nine of ten, a line sticks out: a table, or an address without a break.
        edges[key] = far[min(len(far) - 1, int(0.9 * len(far)))]
    for line in lines:
        line.edge = edges[round(widths[line.page]), line.column]


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """The blocks that *lines* of text make, in reading order."""
    pitches = _pitches(lines)
    _narrow_edges(lines, pitches)
    groups: list[Group] = []
    for place, line in enumerate(lines):
        if not groups:
            groups.append(Group([line], True))
            continue
        following = lines[place + 1] if place + 1 < len(lines) else None
        opens, blank = _opens(groups[-1].lines, line, following, pitches)
        if opens:
            groups.append(Group([line], blank))
        else:
            groups[-1].lines.append(line)
    return groups


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of lines, by their size."""
    counts: dict[float, Counter[float]] = {}
    for before, line in itertools.pairwise(lines):
        distance = line.base - before.base
        same = before.page == line.page and before.column == line.column
        if same and 0.8 * line.size <= distance <= 3 * line.size:
            counts.setdefault(round(line.size), Counter())[round(distance * 2) / 2] += 1
    made = {}
    for size, seen in counts.items():
        most = seen.most_common(1)[0][1]
        # Of distances that are about as frequent, the least is that inside paragraphs.
        made[size] = min(distance for distance, count in seen.items() if count * 3 >= most)
    return made


def _pitch(line: Line, pitches: Mapping[float, float]) -> float:
    return pitches.get(round(line.size), 1.25 * line.size)


def _narrow_edges(lines: Sequence[Line], pitches: Mapping[float, float]) -> None:
    """Text that is set narrower than its column (a quotation) ends its lines earlier."""
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and _stands_under(lines[place - 1], lines[place], pitches):
            continue
        run = lines[start:place]
        start = place
        edge = max(line.right for line in run)
        if len(run) < 3 or edge > run[0].edge - 2 * run[0].size:
            continue
        full = [not _has_room(line, after, edge) for line, after in itertools.pairwise(run)]
        if all(full):
            for line in run:
                line.edge = edge


def _stands_under(before: Line, line: Line, pitches: Mapping[float, float]) -> bool:
    return (
        before.page == line.page
        and before.column == line.column
        and 0 < line.base - before.base <= _APART_WITH_MARKS * _pitch(line, pitches)
        and abs(line.left - before.left) < 3 * line.size
    )


def _has_room(line: Line, after: Line, edge: float) -> bool:
    """Whether the first word of *after* would have fitted into *line*."""
    first = after.words[0]
    return line.right + 0.3 * line.size + (first.right - first.left) < edge - 0.5


def _opens(
    group: Sequence[Line], line: Line, following: Line | None, pitches: Mapping[float, float]
) -> tuple[bool, bool]:
    """Whether *line* opens a new block, and whether that is set off from the one before."""
    before = group[-1]
    if line.opens is not None:
        return line.opens, True
    if abs(line.size - before.size) > _OTHER_SIZE * before.size or _turns_bold(before, line):
        return True, True
    short = _has_room(before, line, before.edge)
    crosses = before.page != line.page or before.column != line.column
    if crosses or line.base <= before.base:
        return _opens_after_break(group, line, following, short)
    marked = any(piece.raised for piece in pieces(line)) or before.size != line.size
    allowed = _APART_WITH_MARKS if marked else _APART
    if line.base - before.base > allowed * _pitch(line, pitches):
        return True, True
    return _opens_by_place(group, line, short), False


def _turns_bold(before: Line, line: Line) -> bool:
    return before.bold is not line.bold and any(map(str.isalpha, line.text + before.text))


def _opens_by_place(group: Sequence[Line], line: Line, short: bool) -> bool:
    """Whether a line that directly follows opens a block by its start."""
    before, first = group[-1], group[0]
    indent = _INDENT * line.size
    if is_raised(line.words[0], line):
        return True  # the number of a note
    label = line.label or (line.words[0].text if _is_number_apart(line) else "")
    ended = before.ends_sentence
    if label and (
        short or ended or line.labelled_apart or abs(line.left - _continuing_left(group)) > indent
    ):
        return True
    if short:
        return True
    left = _continuing_left(group)
    if not ended or (len(group) == 1 and (first.label or _is_number_apart(first))):
        # A sentence goes on wherever its next line starts, and under a number that hangs out.
        return False
    return line.left - left > indent or (len(group) > 1 and left - line.left > indent)


def _is_number_apart(line: Line) -> bool:
    return line.words[0].text.isdecimal() and line.labelled_apart


def _continuing_left(group: Sequence[Line]) -> float:
    """Where lines of the block start that are not its first."""
    return group[-1].left if len(group) > 1 else group[0].left


def _opens_after_break(
    group: Sequence[Line], line: Line, following: Line | None, short: bool
) -> tuple[bool, bool]:
    """Whether the first line of a page or column opens a block."""
    before = group[-1]
    ended = before.ends_sentence
    if line.text[0].islower() and not line.label and not ended:
        return False, True
    if is_raised(line.words[0], line) or _is_number_apart(line):
        return True, True
    if line.label and (ended or short or line.labelled_apart):
        return True, True
    if short:
        return True, True
    if not ended:
        return False, True
    # A full line that ends a sentence: the paragraph may be whole. Another line like the
    # paragraph's own follows where it is not; a heading or a new number where it is.
    more = (
        following is not None
        and following.page == line.page
        and (following.label or _is_number_apart(following) or following.size != line.size)
    )
    return bool(more and _has_room(line, before, line.edge)), True


def text_of(
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    numbers: Mapping[int, set[str]],
    pages: Mapping[int, Page],
    skip: int = 0,
) -> Made:
    """Join *lines* into a block.

    *numbers* are those of notes, by the page that may cite them; *skip* words of the first
    line are left out.
    """
    made = Made("", lines[0].page)
    text = ""
    linked = ""
    for place, line in enumerate(lines):
        page = pages[line.page]
        shown = pieces(line)[skip if not place else 0 :]
        if not shown:
            continue
        links = {id(piece): _link(page, piece.word.left, piece.word.base) for piece in shown}
        if text:
            first = links[id(shown[0])]
            how = join(text, shown[0].text, vocabulary, first if first == linked else "")
            if how.doubt:
                made.doubts.append((how.doubt, f"{text.rsplit(None, 1)[-1]} {shown[0].text}"))
            text = text[: len(text) - how.cut] + how.between
        spaced = False
        for index, piece in enumerate(shown):
            cited = is_mark(piece.word, line, numbers.get(line.page, set())) if piece.raised else ()
            spaced = spaced or (index > 0 and not piece.first)
            if cited:
                made.anchors.extend((len(text), number) for number in cited)
                continue
            if spaced:
                text += " "
            spaced = False
            start = len(text)
            text += piece.text
            address = links[id(piece)]
            if address:
                _add_link(made, start, len(text), address)
        linked = links[id(shown[-1])]
    made.text = text
    return made


def _link(page: Page, x: float, y: float) -> str:
    """The address that the word at a place leads to; empty where it leads nowhere."""
    for left, top, right, bottom, address in page.links:
        if left - 1 <= x <= right and top - 1 <= y <= bottom + 1:
            return address
    return ""


def _add_link(made: Made, start: int, end: int, address: str) -> None:
    last = made.links[-1] if made.links else None
    if last is not None and last[2] == address and start - last[1] <= 1:
        made.links[-1] = (last[0], end, address)
    else:
        made.links.append((start, end, address))


def style_of(
    group: Group, body_size: float, sizes: Sequence[float]
) -> tuple[str | None, int | None]:
    """The style and level that a block's type says; *sizes* are those of headings."""
    first = group.lines[0]
    if first.in_table:
        return None, None
    length = sum(len(line.text) + 1 for line in group.lines)
    labelled = first.words[0].text[:1].isdigit()
    if first.size >= _LARGER * body_size and length <= _LONGEST_HEADING and not labelled:
        return "heading", sizes.index(round(first.size)) + 1
    if all(line.bold for line in group.lines):
        return "bold", None
    return None, None


def heading_sizes(groups: Sequence[Group], body_size: float) -> list[float]:
    """The sizes of type above the text's, the largest first."""
    found = {round(group.lines[0].size) for group in groups if not group.lines[0].in_table}
    return sorted((size for size in found if size >= _LARGER * body_size - 0.5), reverse=True)


def note_of(
    note: Note,
    vocabulary: Vocabulary,
    pages: Mapping[int, Page],
) -> Made:
    """The block of a note, without its number."""
    made = text_of(note.lines, vocabulary, {}, pages, note.skip)
    made.style, made.label = "footnote", note.number or None
    return made
