"""Where does the front matter end and the body begin?

At the first numbered paragraph, and the headings directly over it; a heading such as
"Introduction" with text under it begins the body before. A table of contents does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from indexer.structure.headings import SURE, Heading, Shape
from indexer.structure.lines import Ending, Line, ending, is_prose
from indexer.structure.titles import first_title
from indexer.structure.wording import FRONT_WORDS, INTRODUCTION

#: Words of a title that ends in a colon; what has more announces what follows.
_WORDS_BEFORE_COLON = 6
#: What a place, a date or a name on a cover has, and hardly a heading.
_COVER = re.compile(r"[0-9]|,\s+[^\W\d_a-z]")


def body_start(lines: Sequence[Line], run: Set[int], shapes: Mapping[int, Heading]) -> int:
    """Index of the first line after the front matter.

    *run* are the lines that open numbered paragraphs, *shapes* those that may be headings.
    """
    first = min(run, default=None)
    if first is None:
        return _unnumbered_start(lines, shapes)
    title = first_title(lines)
    start = first
    below: Heading | None = None
    for index in range(first - 1, -1, -1):
        shape = shapes.get(index)
        if shape is None or not (
            _leads_in(shape, below, title)
            or (below is None and _is_one_of_many(lines, run, shapes, shape, title))
        ):
            break
        start, below = index, shape
    return _first_title_before(lines, shapes, start)


def _leads_in(shape: Heading, below: Heading | None, title: int | None) -> bool:
    """Whether a heading directly before the body is the body's, not the document's title."""
    if FRONT_WORDS.match(shape.title) and shape.label_shape is None:
        return False
    if below is not None and _is_alike(shape, below):
        return False
    if shape.label_shape is not None or INTRODUCTION.match(shape.title):
        return True
    is_title = title is None or title >= shape.line.index
    is_short = shape.title.count(" ") <= _WORDS_BEFORE_COLON
    return not is_title and (shape.shape in SURE or (shape.shape is Shape.COLON and is_short))


def _is_one_of_many(
    lines: Sequence[Line],
    run: Set[int],
    shapes: Mapping[int, Heading],
    shape: Heading,
    title: int | None,
) -> bool:
    """Whether a short line before the first paragraph is a heading as others are further on,
    rather than a place or a name on the cover."""
    if shape.shape is not Shape.PLAIN or not shape.line.block.blank_before:
        return False
    if title is None or title >= shape.line.index or _COVER.search(shape.title):
        return False
    return any(
        index + 1 in run and other.shape is Shape.PLAIN and lines[index].block.blank_before
        for index, other in shapes.items()
        if index > shape.line.index
    )


def _is_alike(shape: Heading, below: Heading) -> bool:
    """Whether two headings in a row are of a table of contents, or a title in two lines."""
    if (shape.label_shape, shape.shape) != (below.label_shape, below.shape):
        return False
    deeper = (shape.line.block.level or 1) < (below.line.block.level or 1)
    return shape.shape is not Shape.STYLED or not deeper


def _first_title_before(lines: Sequence[Line], shapes: Mapping[int, Heading], start: int) -> int:
    """The first heading before *start* with text under it that opens the body."""
    for line in lines[:start]:
        shape = shapes.get(line.index)
        if shape is None or line.index + 1 >= start or line.index + 1 in shapes:
            continue
        named = INTRODUCTION.match(shape.title) and shape.shape is not Shape.PLAIN
        numbered = shape.label in ("I", "A", "1") and shape.label_shape is not None
        if (named or numbered) and not FRONT_WORDS.match(lines[line.index + 1].text):
            return line.index
    return start


def _unnumbered_start(lines: Sequence[Line], shapes: Mapping[int, Heading]) -> int:
    """Where the body starts in a document without numbered paragraphs."""
    for line in lines:
        shape = shapes.get(line.index)
        if (
            shape is not None
            and line.index
            and (shape.shape in SURE or INTRODUCTION.match(shape.title))
            and not FRONT_WORDS.match(shape.title)
            and line.index + 1 < len(lines)
            and line.index + 1 not in shapes
            and not FRONT_WORDS.match(lines[line.index + 1].text)
        ):
            return line.index
    for line in lines:
        if is_prose(line) and ending(line.text) is Ending.SENTENCE:
            return line.index
    return len(lines)
