"""What is printed on every page beside the text? Running heads and feet, and page numbers.

They stand at the top or the bottom of the page, at the same height and with the same words on
several pages, numbers that count with the pages aside. Pages that alternate (left and right)
are compared with each other. A document of one page shows none of this: there, only "1/1" is
told from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from indexer.readers.pdf.lines import Row
from indexer.readers.pdf.page import Page

#: Rows from the top and the bottom that may be furniture: letterheads have some.
_DEEPEST = 5
#: Heights that differ by less, in points, are the same.
_SAME_HEIGHT = 4.0
#: In a document of more than a few pages, two that share a line may do so by chance. Furniture
#: stands on this part of the pages of one side (left or right), or on three near each other.
_SHARE = 0.6
_FEW_PAGES = 3
#: Most numbers in a row that are tried for counting with the pages.
_MOST_NUMBERS = 3
#: Between furniture and text are so many sizes of room, or it is smaller by this part.
_ROOM, _SMALLER = 1.9, 0.07
_ONLY_NUMBER = re.compile(r"\W{0,3}(?:page\s)?(?:[0-9]{1,4}|[ivxl]{1,7})\W{0,3}", re.IGNORECASE)
#: ``Page 10 of 12`` in the languages that have longer words for it.
_LONGEST_NUMBERING = 24
_NUMBER = re.compile(r"[0-9]{1,4}")
_COUNTING = re.compile("\x00r?-?[0-9]{1,4}")
_ROMAN = re.compile(r"[ivxl]{1,7}|[IVXL]{1,7}")
_OF_PAGES = re.compile(r"\b([0-9]{1,4})\s?(?:/|of|de|sur|из|von)\s?([0-9]{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row that may be furniture."""

    page: int
    depth: int
    """How many rows stand between it and the edge of the page."""
    row: Row
    text: str


def furniture(pages: Sequence[tuple[Page, Sequence[Row]]]) -> dict[int, set[int]]:
    """Which rows of each page, by their ``id``, are running heads, feet or page numbers."""
    found: dict[int, set[int]] = {}
    for top in (True, False):
        edges = [list(_edge(page, rows, top)) for page, rows in pages]
        groups = _groups([seen for edge in edges for seen in edge])
        for edge, (page, _) in zip(edges, pages, strict=True):
            taken: list[_Seen] = []
            for seen in edge:
                shared = any(_is_shared(seen, group, len(pages)) for group in groups[id(seen)])
                # Only what stands outermost is furniture: the text begins with what is not.
                if seen.depth == _DEEPEST or not (shared or _numbers_itself(seen, len(pages))):
                    break
                taken.append(seen)
            kept = taken[: _set_off(taken, edge, len(pages))]
            found.setdefault(page.number, set()).update(id(seen.row) for seen in kept)
    return found


def _set_off(taken: Sequence[_Seen], edge: Sequence[_Seen], pages: int) -> int:
    """How many of the rows *taken* from the edge are set off from what is left as text.

    A line of the text may by chance stand at the same height twice ("Recommendations:"); heads
    and feet have room between them and the text, or are smaller, or say which page it is.
    """
    for count in range(len(taken), 0, -1):
        if count == len(edge):
            return count
        last, inner = taken[count - 1].row, edge[count].row
        room = abs(last.base - inner.base) >= _ROOM * max(last.size, inner.size)
        smaller = last.size <= (1 - _SMALLER) * inner.size
        text = taken[count - 1].text
        numbering = len(text) <= _LONGEST_NUMBERING and _numbers_itself(taken[count - 1], pages)
        if room or smaller or numbering or _ONLY_NUMBER.fullmatch(text):
            return count
    return 0


def _edge(page: Page, rows: Sequence[Row], top: bool) -> Iterator[_Seen]:
    ordered = rows if top else rows[::-1]
    for depth, row in enumerate(ordered[: _DEEPEST + 1]):
        text = " ".join(word.text for word in row.words)
        if len(text) > 200:
            return
        yield _Seen(page.number, depth, row, text)


def _groups(seen: Sequence[_Seen]) -> Mapping[int, list[frozenset[int]]]:
    """For each row, the pages that have the same words at the same height."""
    by_key: dict[str, list[_Seen]] = {}
    member: dict[int, list[frozenset[int]]] = {id(one): [] for one in seen}
    for one in seen:
        for key in set(_keys(one)):
            by_key.setdefault(key, []).append(one)
    for key, alike in by_key.items():
        # Of a page that is shorter or turned, the number alone is elsewhere, yet it counts.
        anywhere = _COUNTING.fullmatch(key) is not None
        for level in [alike] if anywhere else _levels(alike):
            pages = frozenset(one.page for one in level)
            for one in level:
                member[id(one)].append(pages)
    return member


def _levels(seen: list[_Seen]) -> list[list[_Seen]]:
    """Rows of one height together."""
    levels: list[list[_Seen]] = []
    for one in sorted(seen, key=lambda one: one.row.base):
        if levels and one.row.base - levels[-1][-1].row.base <= _SAME_HEIGHT:
            levels[-1].append(one)
        else:
            levels.append([one])
    return levels


def _keys(seen: _Seen) -> Iterator[str]:
    """The row's words, every number as it is or as it counts with the pages."""
    tokens = re.split(r"([0-9]+|\s+)", seen.text)
    places = [i for i, token in enumerate(tokens) if _NUMBER.fullmatch(token)]
    if len(places) > _MOST_NUMBERS:
        # A symbol may have many numbers; the page's stands first or last.
        places = [places[0], *places[1 - _MOST_NUMBERS :]]
    for chosen in product((False, True), repeat=len(places)):
        written = list(tokens)
        for place, counts in zip(places, chosen, strict=True):
            if counts:
                written[place] = f"\x00{int(tokens[place]) - seen.page}"
        yield "".join(written)
    if _ROMAN.fullmatch(seen.text):
        yield f"\x00r{roman(seen.text) - seen.page}"


def _is_shared(seen: _Seen, numbers: frozenset[int], pages: int) -> bool:
    """Whether enough of all *pages*, or of those of one side, have the row."""
    if len(numbers) < 2:
        return False
    if pages <= _FEW_PAGES:
        return True
    run = [step for step in (-4, -2, -1, 0, 1, 2, 4) if seen.page + step in numbers]
    return len(numbers) >= _SHARE * pages / 2 or len(run) >= _FEW_PAGES


def _numbers_itself(seen: _Seen, pages: int) -> bool:
    """Whether a row says which page of how many it is on."""
    found = _OF_PAGES.search(seen.text)
    return found is not None and (int(found[1]), int(found[2])) == (seen.page, pages)


def roman(text: str) -> int:
    """The value of a Roman number up to ninety."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in text.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
