"""In which order is a page read? Down the lines; column after column; row after row of a table.

Two columns show as a strip without words that many lines leave free, and in the file's own
order: it sets one column, then the other. A table is set cell by cell, so its order changes
sides at every row. Where neither is plain, a row is read as one line.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from indexer.readers.pdf.lines import Fragment, Row
from indexer.readers.pdf.page import Line

#: Fewer lines on either side are no columns, unless another page has them there.
_FEWEST_LINES = 5
#: Text on a side of a gutter has at least this many characters a line, on average.
_COLUMN_CHARACTERS = 14
#: In the file's order, columns change sides at most once in so many lines; tables in each.
_LINES_A_SWITCH = 3
#: Rows of a table are at most this many sizes apart.
_TABLE_PITCH = 4.0
#: Lines of one cell are nearer than this many sizes.
_CELL_PITCH = 1.6
#: Columns beside columns beside columns: newspapers end there.
_DEEPEST = 3


def lines_of(rows: Sequence[Row], page: int, known: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in reading order; *known* are gutters of the document's other pages."""
    return _ordered(list(rows), page, 0, 0, known)


def gutter_of(rows: Sequence[Row]) -> float | None:
    """Where a strip without words parts two columns; None where there is none."""
    if not _stand_beside(rows):
        return None
    fragments = [fragment for row in rows for fragment in row.fragments]
    ends = {round(f.right) + 1.5 for f in fragments}
    best, most = 0.0, 0
    for end in sorted(ends):
        count = _parted(fragments, end)
        if count > most:
            best, most = end, count
    return best if most >= _FEWEST_LINES and _are_columns(fragments, best) else None


def _known_gutter(rows: Sequence[Row], known: Sequence[float]) -> float | None:
    """The gutter of another page that parts the few lines of two columns on this one."""
    if not known or not _stand_beside(rows):
        return None
    fragments = [fragment for row in rows for fragment in row.fragments]
    for gutter in known:
        if _parted(fragments, gutter) > 0 and _are_columns(fragments, gutter):
            return gutter
    return None


def _stand_beside(rows: Sequence[Row]) -> bool:
    """Whether anything stands beside anything else, on one base line or between two."""
    return any(len(row.fragments) > 1 for row in rows) or any(
        after.base - before.base < 0.8 * before.size for before, after in itertools.pairwise(rows)
    )


def _sides(
    fragments: Sequence[Fragment], gutter: float
) -> tuple[list[Fragment], list[Fragment], int]:
    """What stands left and right of a gutter beside each other, and how much crosses there."""
    left = [f for f in fragments if f.right <= gutter]
    right = [f for f in fragments if f.left >= gutter]
    if not left or not right:
        return [], [], 0
    top = max(left[0].base, right[0].base) - left[0].size
    foot = min(left[-1].base, right[-1].base) + left[-1].size
    crossing = sum(f.left < gutter < f.right and top <= f.base <= foot for f in fragments)
    return (
        [f for f in left if top <= f.base <= foot],
        [f for f in right if top <= f.base <= foot],
        crossing,
    )


def _parted(fragments: Sequence[Fragment], gutter: float) -> int:
    """How many lines a gutter parts, less those that cross it."""
    left, right, crossing = _sides(fragments, gutter)
    return min(len(left), len(right)) - crossing


def _are_columns(fragments: Sequence[Fragment], gutter: float) -> bool:
    left, right, _ = _sides(fragments, gutter)
    if any(sum(f.length for f in side) < _COLUMN_CHARACTERS * len(side) for side in (left, right)):
        return False
    ordered = sorted((*left, *right), key=lambda f: f.order)
    switches = sum(
        (a.right <= gutter) is not (b.right <= gutter) for a, b in itertools.pairwise(ordered)
    )
    return switches <= max(1, min(len(left), len(right)) // _LINES_A_SWITCH)


def _ordered(
    rows: list[Row], page: int, column: int, depth: int, known: Sequence[float]
) -> list[Line]:
    gutter = gutter_of(rows) if depth < _DEEPEST else None
    if gutter is None and not depth:
        gutter = _known_gutter(rows, known)
    if gutter is None:
        return _single(rows, page, column)
    lines: list[Line] = []
    band: list[Row] = []
    for row in rows:
        crosses = any(f.left < gutter < f.right for f in row.fragments)
        if crosses:
            lines.extend(_band(band, gutter, page, column, depth, known))
            band = []
            lines.extend(_single([row], page, column))
        else:
            band.append(row)
    lines.extend(_band(band, gutter, page, column, depth, known))
    return lines


def _band(
    rows: list[Row], gutter: float, page: int, column: int, depth: int, known: Sequence[float]
) -> list[Line]:
    """Rows of two columns: all of the left, then all of the right."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for side, chosen in zip(sides, (True, False), strict=True):
            part = [f for f in row.fragments if (f.right <= gutter) is chosen]
            if part:
                side.append(Row(part, part[0].base, max(f.size for f in part)))
    # Short lines below both columns that the file sets after both: text over the full width.
    left, right = sides
    last = max((f.order for row in right for f in row.fragments), default=-1)
    below = len(left)
    while right and below and left[below - 1].fragments[0].order > last:
        below -= 1
    tail = left[below:] if below and left[below:] and left[below].base > right[-1].base else []
    lines: list[Line] = []
    for place, side in enumerate((left[: len(left) - len(tail)], right)):
        lines.extend(_ordered(side, page, column * 2 + place + 1, depth + 1, known))
    lines.extend(_single(tail, page, column))
    return lines


def _single(rows: Sequence[Row], page: int, column: int) -> list[Line]:
    """Rows of one column, with the tables in it."""
    lines: list[Line] = []
    at = 0
    after_table = False
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at + 1:
            lines.extend(_table(rows[at:end], page, column))
            at = end
            after_table = True
            continue
        line = Line(rows[at].words, page, column)
        line.opens = True if after_table else None
        lines.append(line)
        after_table = False
        at += 1
    return lines


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Index after the last row of the table that starts at *start*; *start* if none does."""
    if len(rows[start].fragments) < 2:
        return start
    cells = [(f.left, f.right) for f in rows[start].fragments]
    end = at = start + 1
    while at < len(rows):
        row = rows[at]
        if row.base - rows[at - 1].base > _TABLE_PITCH * max(row.size, rows[at - 1].size):
            break
        parts = row.fragments
        if len(parts) > 1 and _shares_cells(parts, cells):
            cells.extend((f.left, f.right) for f in parts)
            end = at + 1
        elif len(parts) != 1 or not _inside(parts[0], cells):
            break
        at += 1
    # What follows the last full row directly may be the rest of its cells.
    while end < at and rows[end].base - rows[end - 1].base < 1.35 * rows[end].size:
        end += 1
    return end if end > start + 1 else start


def _shares_cells(parts: Sequence[Fragment], cells: Sequence[tuple[float, float]]) -> bool:
    """Whether at least two fragments stand where cells of the rows above do."""
    return sum(any(f.left < right and left < f.right for left, right in cells) for f in parts) > 1


def _inside(part: Fragment, cells: Sequence[tuple[float, float]]) -> bool:
    """Whether a fragment alone in its row is more of one cell, and no text below the table."""
    over = [left for left, right in cells if part.left < right and left < part.right]
    edge = max(right for _, right in cells)
    return bool(over) and max(over) - min(over) < part.size and part.right < edge + part.size


def _table(rows: Sequence[Row], page: int, column: int) -> list[Line]:
    """The lines of a table's cells in the file's order; the first of each row opens a block."""
    fragments = sorted((f for row in rows for f in row.fragments), key=lambda f: f.order)
    lines: list[Line] = []
    reach = floor = float("-inf")
    before: Fragment | None = None
    for fragment in fragments:
        fresh = before is None or (
            fragment.base > floor + 0.5
            and (
                fragment.left < reach - fragment.size
                or (
                    abs(fragment.left - before.left) < fragment.size
                    and fragment.base - before.base > _CELL_PITCH * fragment.size
                )
            )
        )
        if fresh:
            reach = floor = float("-inf")
        reach = max(reach, fragment.left)
        floor = max(floor, fragment.base)
        line = Line(fragment.words, page, column, in_table=True)
        line.opens = fresh
        lines.append(line)
        before = fragment
    return lines
