"""Which lines may be headings, with what label and title, and on what level?

A heading is told by what the format says (``#``, ``<h2>``), by a label (``IV.``, ``B.``), by
its letters (capitals, bold), by a closing colon, or only by standing alone before a numbered
paragraph. Whether a line that may be one is one is settled in the run of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from indexer.structure.lines import Ending, Line, ending, list_marks_end
from indexer.structure.numbering import looks_like_title
from indexer.structure.wording import INTRODUCTION, MAIN_TITLE

#: Longest heading, in characters; headings in submissions run over two lines at most.
MAX_CHARACTERS = 200

_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LABELLED = re.compile(
    r"(?:(?P<word>part|section|chapter|partie|chapitre|parte|sección|capítulo|часть|раздел|глава)\s+)?"
    r"(?P<label>[IVXLC]{1,8}|[^\W\d_]|[1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){0,3})"
    r"(?P<mark>\s?\\?[.):]\s*|\s?[-–—]\s+|\s+(?=\S))"
    r"(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LETTERED = re.compile(r"\((?P<label>[a-z]|[ivx]{2,5})\)\s+(?P<title>\S.*)", re.DOTALL)
_HASHES = re.compile(r"#{1,6}\s+")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_BOLD = re.compile(r"(?P<mark>\*\*\*|\*\*|__)(?P<inside>[^*_].*?)(?P=mark):?", re.DOTALL)
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]")
_ADDRESS = re.compile(r"[0-9]|,\s+[^\W\d_a-z]")
# The last row of a table: "Total 2,915 21".
_FIGURES = re.compile(r"(?:\s+[0-9][0-9.,]*%?){2,}$")
_CONTACT = re.compile(r"@|https?:|www\.|[0-9]{5}")


class Shape(Enum):
    """By what a line may be told for a heading, the surest first."""

    STYLED = "the format says so"
    ROMAN = "IV."
    LETTER = "B."
    NUMBER = "3."
    ITEM = "(c)"
    CAPITALS = "IN CAPITALS"
    BOLD = "**bold**"
    COLON = "ends with a colon:"
    PLAIN = "short and alone"


#: Shapes that need no numbered paragraph after them to be believed.
SURE = frozenset({Shape.STYLED, Shape.ROMAN, Shape.LETTER, Shape.CAPITALS, Shape.BOLD})


@dataclass(slots=True)
class Heading:
    """A line that may be a heading."""

    line: Line
    shape: Shape
    label: str
    title: str
    """With emphasis and footnote marks, if it has such."""
    label_shape: Shape | None
    """Of styled and bold headings too: what their label looks like."""
    more: list[Line] = field(default_factory=list)
    """Lines that the title runs on to."""

    @property
    def in_capitals(self) -> bool:
        """Whether the title has no small letter."""
        return is_capitals(self.title)


def is_capitals(text: str) -> bool:
    """Whether *text* is printed in capitals; scripts without them have none."""
    return text.isupper() and sum(c.isalpha() for c in text) >= 4


def heading_of(line: Line) -> Heading | None:
    """The heading that *line* may be by its shape."""
    text = line.text
    if line.block.style == "heading":
        bare = _CLOSING_HASHES.sub("", _HASHES.sub("", text, count=1))
        return _labelled(line, Shape.STYLED, _unbold(bare))
    if len(text) > MAX_CHARACTERS or line.block.style in ("quote", "footnote"):
        return None
    bare = text[list_marks_end(text) :]
    bold = _BOLD.fullmatch(bare)
    if line.block.style == "bold" or (bold and "**" not in bold["inside"]):
        inside = _unbold(bare)
        label = _LABELLED.fullmatch(inside)  # "III. Detention" is no two sentences
        title = label["title"] if label is not None else inside
        sentence = _SENTENCE_INSIDE.search(title) or inside.endswith((".", ";", ","))
        return None if sentence else _labelled(line, Shape.BOLD, inside)
    return _by_label(line, _unbold(bare)) or _by_letters(line, _unbold(bare))


def _by_letters(line: Line, bare: str) -> Heading | None:
    """A heading without a label, told by its capitals, its colon or its shortness."""
    if not bare or _CONTACT.search(bare):
        return None
    if is_capitals(bare) and (bare[-1] not in ".;," or _is_formula(bare)):
        return Heading(line, Shape.CAPITALS, "", _untrailed(bare), None)
    if line.number is not None or bare != line.text.strip("*_ "):  # an item of a list
        return None
    if bare.endswith(":") and looks_like_title(bare[:-1]):
        return Heading(line, Shape.COLON, "", _untrailed(bare), None)
    if looks_like_title(bare) and ":" not in bare and not _FIGURES.search(bare):
        return Heading(line, Shape.PLAIN, "", bare, None)
    return None


def _is_formula(bare: str) -> bool:
    """Whether capitals that end in a comma open what a court decides, on a line alone."""
    return bare[-1] == "," and bare.count(" ") > 2


def _by_label(line: Line, bare: str) -> Heading | None:
    """A heading told by its Roman number, letter or number alone."""
    if (item := _LETTERED.fullmatch(bare)) and looks_like_title(item["title"]):
        return Heading(line, Shape.ITEM, item["label"], _untrailed(item["title"]), Shape.ITEM)
    found = _LABELLED.fullmatch(bare)
    if found is None:
        return None
    label, title, mark = found["label"], found["title"], found["mark"]
    shape = _label_shape(label)
    if (
        shape is None
        or not _is_title(title)
        or (shape is Shape.NUMBER and ending(title) is Ending.SENTENCE)
    ):
        return None
    spaced = not mark.strip() and not found["word"] and not is_capitals(title)
    if spaced and (shape is not Shape.NUMBER or not _is_bare_title(line, title)):
        return None
    return Heading(line, shape, label, _untrailed(title), shape)


def _is_bare_title(line: Line, title: str) -> bool:
    """Whether a title after a number without a stop is one: no date, address or quantity."""
    return line.number is not None and looks_like_title(title) and not _ADDRESS.search(title)


def _is_title(title: str) -> bool:
    first = next((c for c in title if c.isalnum()), "")
    if not first or first.islower() or _CONTACT.search(title):
        return False
    if _SENTENCE_INSIDE.search(title) or title[-1] in ";,":
        return False
    return not title.endswith(".") or title.count(" ") < 8


def _labelled(line: Line, shape: Shape, bare: str) -> Heading:
    """A heading that is told otherwise, with its label if it has one."""
    label, title, label_shape = "", bare, None
    if found := _LABELLED.fullmatch(bare):
        label_shape = _label_shape(found["label"])
        spaced = not found["mark"].strip() and not found["word"]
        if spaced and label_shape is not Shape.NUMBER and not is_capitals(found["title"]):
            label_shape = None
        if label_shape is not None:
            label, title = found["label"], found["title"]
    return Heading(line, shape, label, _untrailed(title), label_shape)


def _label_shape(label: str) -> Shape | None:
    if label[:1].isdigit():
        return Shape.NUMBER
    if _ROMAN.fullmatch(label):
        return Shape.ROMAN
    return Shape.LETTER if len(label) == 1 and label.isupper() else None


def _unbold(text: str) -> str:
    return text.replace("**", "").replace("__", "").strip(" *")


def _untrailed(title: str) -> str:
    """The title without a closing colon."""
    return title.rstrip().removesuffix(":").rstrip()


def roman_value(label: str) -> int:
    """The value of a Roman number.

    >>> roman_value("XIV")
    14
    """
    values = [_ROMAN_VALUES[c] for c in label]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def follows_label(before: str, label: str) -> bool:
    """Whether *label* is the next after *before*, as a letter or as a Roman number.

    >>> follows_label("B", "C"), follows_label("IX", "X"), follows_label("A", "C")
    (True, True, False)
    """
    if len(before) == len(label) == 1 and ord(before) + 1 == ord(label):
        return True
    roman = _ROMAN.fullmatch(before) and _ROMAN.fullmatch(label)
    return bool(roman) and roman_value(before) + 1 == roman_value(label)


def settle_letters(headings: Sequence[Heading]) -> None:
    """Tell the letters C, D, I, L, V, X from Roman numbers by what stands before them."""
    roman = letter = 0
    for heading in headings:
        label = heading.label
        if heading.label_shape is Shape.ROMAN and len(label) == 1:
            follows_roman = roman_value(label) == roman + 1
            follows_letter = ord(label) - 64 == letter + 1
            if (follows_letter and not follows_roman) or (label not in "IVX" and not follows_roman):
                heading.label_shape = Shape.LETTER
                if heading.shape is Shape.ROMAN:
                    heading.shape = Shape.LETTER
        if heading.label_shape is Shape.ROMAN:
            roman, letter = roman_value(label), 0
        elif heading.label_shape is Shape.LETTER:
            letter = ord(label) - 64


def levels_of(headings: Sequence[Heading]) -> list[int]:
    """Levels from 1, by the order in which shapes nest in this document."""
    ranks = _ranks(headings)
    levels: list[int] = []
    open_ranks: list[tuple[int, ...]] = []
    for rank in ranks:
        while open_ranks and open_ranks[-1] >= rank:
            open_ranks.pop()
        open_ranks.append(rank)
        levels.append(len(open_ranks))
    return levels


def _ranks(headings: Sequence[Heading]) -> list[tuple[int, ...]]:
    """What outranks what: the less, the higher in the tree."""
    styled = {h.line.block.level for h in headings if h.shape is Shape.STYLED}
    by_style = len(styled) > 1
    top = _top_group(headings)
    main = _main_titles(headings)
    over = any(
        h.label_shape is None and _group(h) <= top and h.title.lower() not in main for h in headings
    )
    order: dict[Shape, int] = {}
    ranks: list[tuple[int, ...]] = []
    for heading in headings:
        above = 1 if by_style else 0
        if by_style and heading.shape is Shape.STYLED:
            ranks.append((0, heading.line.block.level or 1))
        elif heading.label_shape is not None:
            place = order.setdefault(heading.label_shape, len(order) + 1)
            ranks.append((above, place, heading.label.count(".")))
        elif over and _group(heading) <= top:
            ranks.append((above, 0))
        elif heading.title.lower() in main or _group(heading) <= top:
            ranks.append((above, 1, 0))
        else:
            ranks.append((above, 9 + _group(heading)))
    return ranks


def _main_titles(headings: Sequence[Heading]) -> set[str]:
    """Titles such as "Conclusions" that stand on the first level without a label: those that
    come once, since "Recommendations" may also close each section."""
    titles = [h.title.lower() for h in headings if h.label_shape is None and _is_main(h)]
    return {title for title in titles if titles.count(title) == 1}


def _is_main(heading: Heading) -> bool:
    return bool(INTRODUCTION.match(heading.title) or MAIN_TITLE.match(heading.title))


def _group(heading: Heading) -> int:
    """How plainly a heading without a label is set off; the least is plainest."""
    if heading.shape is Shape.STYLED or heading.in_capitals:
        return 0
    return 1 if heading.shape is Shape.BOLD else 2


def _top_group(headings: Sequence[Heading]) -> int:
    """The group that is on the first level: below labels, only capitals among capitals."""
    labelled = [h for h in headings if h.label_shape is not None]
    if labelled:
        return 0 if any(h.in_capitals or h.shape is Shape.STYLED for h in labelled) else -1
    return min((_group(h) for h in headings if not _is_main(h)), default=0)
