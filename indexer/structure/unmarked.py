"""Which plainly numbered lines are notes, though no heading or sign says so?

A copy of a page has notes at its foot, or a list at the end, that look like paragraphs: ``1
Report of …``. What tells them is the marks in the text: a line with the next note's number,
after a mark of that number, set off otherwise than paragraphs are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from indexer.structure.lines import Line, Style
from indexer.structure.marks import glued_marks


def unmarked_notes(lines: Sequence[Line], taken: Set[int], cited: Set[int]) -> dict[int, int]:
    """Lines that open notes, with where their text starts.

    *taken* are lines that are known to be of notes; *cited* are the numbers of raised marks
    (superscripts, brackets, the format's own).
    """
    numbered = [line for line in lines if line.number is not None and line.index not in taken]
    styles = Counter(line.number.style for line in numbered if line.number is not None)
    if not styles:
        return {}
    main = styles.most_common(1)[0][0]
    listed = _list_at_the_end(numbered, cited)
    if listed:
        return listed
    bare = [
        line
        for line in numbered
        if line.number is not None
        and line.number.style is not main
        and line.number.style is Style.BARE
        and len(line.number.count) == 1
    ]
    return _at_the_foot(lines, bare, cited) if bare else {}


def _list_at_the_end(numbered: Sequence[Line], cited: Set[int]) -> dict[int, int]:
    """A list of as many lines as there are marks, that nothing numbered follows."""
    found: dict[int, int] = {}
    expected = None
    for line in reversed(numbered):
        number = line.number
        assert number is not None
        if len(number.count) != 1 or (expected is not None and number.count[0] != expected):
            return {}
        found[line.index] = number.body
        expected = number.count[0] - 1
        if not expected:
            break
    complete = expected == 0 and len(found) < len(numbered)
    return found if complete and cited == set(range(1, len(found) + 1)) else {}


def _at_the_foot(lines: Sequence[Line], bare: Sequence[Line], cited: Set[int]) -> dict[int, int]:
    """Lines that follow each other by number, each after a mark of its own number."""
    own = {line.index for line in bare}
    wanted = {line.number.printed for line in bare if line.number is not None}
    glued = glued_marks(
        [line for line in lines if line.index not in own],
        {number for number in wanted if int(number) not in cited},
    )
    first: dict[int, int] = {}
    for index in sorted(glued):
        for mark in glued[index]:
            first.setdefault(int(mark.number), index)
    found: dict[int, int] = {}
    expected = 1
    for line in bare:
        number = line.number
        assert number is not None
        value = number.count[0]
        marked = value in cited or first.get(value, line.index) < line.index
        marked = marked or line.index - 1 in found  # its mark may come on the next page
        if value == expected and marked:
            found[line.index] = number.body
            expected += 1
    return found
