"""In which order is a page read? Down the lines; column after column; row after row of a table.

Two columns show as a strip without words that many rows leave free, and in the file's own
order: it sets one column, then the other. A table is set cell by cell, so its order changes
sides at every row. Where neither is plain, a row is read as one line.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from indexer.readers.pdf.lines import Fragment, Row
from indexer.readers.pdf.page import Line

#: Fewer rows with text on both sides are no columns.
_FEWEST_ROWS = 5
#: Text on a side of a gutter has at least this many characters a row, on average.
_COLUMN_CHARACTERS = 14
#: In the file's order, columns change sides at most once in so many rows; tables in each.
_ROWS_A_SWITCH = 3
#: Rows of a table are at most this many sizes apart.
_TABLE_PITCH = 4.0
#: Lines of one cell are nearer than this many sizes.
_CELL_PITCH = 1.6
#: Columns beside columns beside columns: newspapers end there.
_DEEPEST = 3


def lines_of(rows: Sequence[Row], page: int) -> list[Line]:
    """The lines of a page in reading order."""
    return _ordered(list(rows), page, 0, 0)


def _ordered(rows: list[Row], page: int, column: int, depth: int) -> list[Line]:
    gutter = _gutter(rows) if depth < _DEEPEST else None
    if gutter is None:
        return _single(rows, page, column)
    lines: list[Line] = []
    band: list[Row] = []
    for row in rows:
        crosses = any(f.left < gutter < f.right for f in row.fragments)
        if crosses:
            lines.extend(_band(band, gutter, page, column, depth))
            band = []
            lines.extend(_single([row], page, column))
        else:
            band.append(row)
    lines.extend(_band(band, gutter, page, column, depth))
    return lines


def _band(rows: list[Row], gutter: float, page: int, column: int, depth: int) -> list[Line]:
    """Rows of two columns: all of the left, then all of the right."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for side, chosen in zip(sides, (True, False), strict=True):
            part = [f for f in row.fragments if (f.right <= gutter) is chosen]
            if part:
                side.append(Row(part, part[0].base, max(f.size for f in part)))
    lines: list[Line] = []
    for place, side in enumerate(sides):
        lines.extend(_ordered(side, page, column * 2 + place + 1, depth + 1))
    return lines


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where a strip without words parts two columns; None where there is none."""
    gaps = [
        (before.right, after.left)
        for row in rows
        for before, after in zip(row.fragments, row.fragments[1:], strict=False)
    ]
    if len(gaps) < _FEWEST_ROWS:
        return None
    best, most = 0.0, 0
    for left, right in gaps:
        middle = (left + right) / 2
        count = sum(a < middle < b for a, b in gaps)
        if count > most:
            best, most = middle, count
    return best if most >= _FEWEST_ROWS and _are_columns(rows, best) else None


def _are_columns(rows: Sequence[Row], gutter: float) -> bool:
    parted = [
        row
        for row in rows
        if row.left < gutter < row.right
        and not any(f.left < gutter < f.right for f in row.fragments)
    ]
    fragments = sorted((f for row in parted for f in row.fragments), key=lambda f: f.order)
    left = [f for f in fragments if f.right <= gutter]
    right = [f for f in fragments if f.left >= gutter]
    if not parted or any(
        sum(f.length for f in side) < _COLUMN_CHARACTERS * len(parted) for side in (left, right)
    ):
        return False
    sides = [f.right <= gutter for f in fragments]
    switches = sum(a != b for a, b in itertools.pairwise(sides))
    return switches <= max(2, len(parted) // _ROWS_A_SWITCH)


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
    """Whether a fragment alone in its row overlaps just one column of cells."""
    starts = {round(left / 6) for left, right in cells if part.left < right and left < part.right}
    return 0 < len(starts) <= 2


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
