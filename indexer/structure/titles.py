"""Which line of the front matter is the document's title?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.notation.dates import find_dates
from indexer.structure.headings import heading_of, is_capitals
from indexer.structure.lines import Line
from indexer.structure.wording import FRONT_LABELS, SESSION

#: A longer line is no title.
MAX_CHARACTERS = 300
_MARKS = " \t*_#"
_CONTACT = re.compile(r"@|https?:|www\.")
#: Lines over which a title in capitals may run.
_MOST_LINES = 4


def shown(text: str) -> str:
    """A line of front matter without marks of emphasis."""
    return text.strip(_MARKS).replace("**", "")


def first_title(lines: Sequence[Line]) -> int | None:
    """Index of the first of *lines* that may be the document's title."""
    return next((i for i, line in enumerate(lines) if _may_be_title(shown(line.text))), None)


def title_of(front: Sequence[Line]) -> str | None:
    """The first heading or line of words in *front* that is no label."""
    place = first_title(front)
    if place is None:
        return None
    line = front[place]
    if line.block.style == "heading":
        heading = heading_of(line)
        return heading.title if heading and not heading.label else shown(line.text)
    return _with_more_capitals(front, place, shown(line.text))


def _may_be_title(text: str) -> bool:
    if (
        len(text) > MAX_CHARACTERS
        or not any(c.isalpha() for c in text)
        or text.endswith(":")
        or _CONTACT.search(text)
    ):
        return False
    if FRONT_LABELS.match(text) or SESSION.match(text):
        return False
    return not any(start == 0 and end >= len(text) - 1 for start, end, _ in find_dates(text[:60]))


def _with_more_capitals(front: Sequence[Line], place: int, first: str) -> str:
    """A title in capitals goes on over the lines directly below."""
    parts = [first]
    for line in front[place + 1 : place + _MOST_LINES]:
        text = shown(line.text)
        if line.block.blank_before or not (is_capitals(first) and is_capitals(text)):
            break
        parts.append(text)
    return " ".join(parts)
