"""Which lines are a page's furniture? Running headers and footers, page numbers, symbols.

They interrupt sentences and belong to none. A line that comes again is furniture only where
pages turn: sub-headings such as "Recommendations" come again too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from indexer.structure.lines import Ending, Line, Style, ending, is_page_number

#: Longest running header, in characters.
_LONGEST = 120
#: Lines of a note that may stand between its number and the page's.
_LONGEST_NOTE = 8
_DIGITS = re.compile(r"[0-9]+")
#: A document's symbol or job number, with or without the page's number beside it.
_SYMBOL = re.compile(
    r"(?:page\s)?(?:[0-9]{1,3}\s{1,40})?"
    r"(?:[A-Z]{1,5}(?:/[A-Za-z0-9.()]{1,12}){2,8}|GE\.[0-9]{2}-[0-9]{4,6}(?:\s?\([EFSRAC]\))?)"
    r"(?:\s{1,40}(?:page\s)?[0-9]{1,6}){0,3}"
)
_LEADERS = re.compile(
    r"(?:\.{4,}|(?:\.\s){3,}\.?|…{2,}|\t)\s*(?:[0-9]{1,4}|[ivxl]{1,6})(?:\s?[-–]\s?[0-9]{1,4})?$"
)


def is_contents_line(text: str) -> bool:
    """Whether a line is of a table of contents: leaders or a tab, and a page's number."""
    return text[-1:].isalnum() and _LEADERS.search(text[-_LONGEST:]) is not None


def furniture(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that are of the page rather than of the text."""
    found = {line.index for line in lines if _SYMBOL.fullmatch(line.text)}
    groups: dict[str, list[int]] = {}
    for line in lines:
        if line.number is not None and line.number.style not in (Style.BARE, Style.DASH):
            continue  # a paragraph, not "12 Submission on Peru"
        if len(line.text) <= _LONGEST and any(c.isalpha() for c in line.text):
            groups.setdefault(_DIGITS.sub("0", line.text), []).append(line.index)
    for indices in groups.values():
        if len(indices) > 1:
            turning = sum(_page_turns(lines, index) for index in indices)
            if turning > 1 and turning * 2 >= len(indices):
                found.update(indices)
    return found


def page_numbers(lines: Sequence[Line], run: Set[int], beside: Set[int]) -> set[int]:
    """Indices of the lines that are a page's number. Digits alone are, where the page turns,
    next to a line of *beside* (furniture, notes, rules), or where they count the pages on;
    otherwise a paragraph's own number may have come to stand on a line of its own.

    *run* are the lines that open numbered paragraphs.
    """
    found: set[int] = set()
    digits: list[Line] = []
    for line in lines:
        if line.index in run or not is_page_number(line.text):
            continue
        if not line.text.isdecimal() or _is_at_page_end(lines, line.index, run, beside):
            found.add(line.index)
        if line.text.isdecimal():
            digits.append(line)
    for before, after in pairwise(digits):
        if int(after.text) == int(before.text) + 1:
            found.update((before.index, after.index))
    return found


def _is_at_page_end(lines: Sequence[Line], index: int, run: Set[int], beside: Set[int]) -> bool:
    here = lines[index]
    if any(
        near in beside or lines[near].block.page != here.block.page
        for near in (index - 1, index + 1)
        if 0 <= near < len(lines)
    ):
        return True
    # A note before the page's number may run over some lines.
    for near in range(index - 1, max(-1, index - _LONGEST_NOTE), -1):
        if near in beside or near in run:
            return near in beside
    return False


def _page_turns(lines: Sequence[Line], index: int) -> bool:
    """Whether a page ends or begins at a line, or the line cuts a sentence in two."""
    here = lines[index]
    if here.number is not None and len(here.text) > here.number.body + 4 and _DIGITS.match(
        here.text
    ) is None:  # fmt: skip
        return False
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    for near in (before, after):
        if near is not None and (
            is_page_number(near.text) or near.block.page != here.block.page
        ):  # fmt: skip
            return True
    return (
        before is not None
        and after is not None
        and here.block.blank_before
        and ending(before.text) in (Ending.OPEN, Ending.HYPHEN)
        and after.text[:1].islower()
    )
