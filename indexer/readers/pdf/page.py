"""What is a page to the PDF reader? Words with places, lines of them, and what is drawn beside.

Places are in points of the page as it is read: ``x`` to the right, ``y`` down, whatever way
the file turns the page. ``base`` is the ``y`` of the line that letters stand on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

#: A gap of more than this many ems is no space between words: a tab, a cell, a column.
WIDE_GAP = 1.2
#: Without a space character between them, words this far apart (in ems) are two.
_SPACE_GAP = 0.15
#: A mark of a note is at most this part of the size of its line, and raised by at least that.
_MARK_SIZE, _MARK_RISE = 0.87, 0.12

#: What ends a sentence, or announces or parts items; what may stand after it.
_END = ".!?…:;。؟"
_AFTER_END = '"”’»)]¹²³⁴⁵⁶⁷⁸⁹⁰*'

_SUPERSCRIPT = str.maketrans("0123456789-–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_RAISED_NUMBER = re.compile(r"[0-9]{1,4}(?:[,;–-][0-9]{1,4})*[,;]?")

#: What numbers, letters and bullets stand before a paragraph or an item of a list.
LABEL = re.compile(
    r"(?:[(\[]?[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}\s?[.)\]:]{1,2}|[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}"
    r"|[(\[]?(?:[a-z]{1,2}|[ivxlc]{1,6})[.)\]]|[(\[]?(?:[A-Z]|[IVXLC]{1,7})[.)\]]"
    r"|[•·‣▪■●○◦➢✓–—-]|[0-9]{1,3}\([a-z]{1,3}\))"
)


@dataclass(slots=True)
class Word:
    """A stretch of characters without a space, in one size on one base line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    order: int
    """Its place in the file's own order."""
    spaced: bool
    """Whether the file has, or PDFium sees, a space before it."""


@dataclass(slots=True)
class Line:
    """Words that are read from left to right on one base line."""

    words: list[Word]
    page: int
    column: int = 0
    edge: float = 0.0
    """Where lines of its column end at most."""
    opens: bool | None = None
    """Whether it opens a block (a table's row) or runs on (its cells); None: by its look."""
    in_table: bool = False
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Settle place and size by the words."""
        words = self.words
        self.left = min(word.left for word in words)
        self.right = max(word.right for word in words)
        main = main_size(words)
        self.size = main
        self.base = next(word.base for word in words if word.size >= main - 0.01)
        self.bold = all(word.bold for word in words if any(map(str.isalnum, word.text)))

    @property
    def text(self) -> str:
        """As printed, with single spaces."""
        return "".join(piece.text if piece.first else f" {piece.text}" for piece in pieces(self))

    @property
    def label(self) -> str:
        """The number, letter or bullet it opens with; empty where there is none."""
        first = self.words[0]
        if is_raised(first, self):
            return ""
        return first.text if LABEL.fullmatch(first.text) else ""

    @property
    def ends_sentence(self) -> bool:
        """Whether its text ends with a sentence's or clause's end, notes' marks aside."""
        for word in reversed(self.words):
            text = word.text.rstrip(_AFTER_END)
            if text and not is_raised(word, self):
                return text[-1] in _END
        return False

    @property
    def labelled_apart(self) -> bool:
        """Whether a wide gap follows its first word, as after a number that hangs out."""
        if len(self.words) < 2:
            return False
        first, second = self.words[0], self.words[1]
        return second.left - first.right > 0.6 * self.size


@dataclass(slots=True)
class Piece:
    """A word as it goes into the text."""

    text: str
    word: Word
    first: bool
    """Whether no space stands before it."""
    raised: bool


@dataclass(slots=True)
class Page:
    """A page with what is on it."""

    number: int
    """Physical, from 1."""
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    turned: list[Word] = field(default_factory=list)
    """Words printed at another angle than most: a watermark, a stamp, an axis."""
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    """Thin level lines: left, right, y."""
    links: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    """Left, top, right, bottom and address."""
    dead_links: int = 0
    """Links into the document whose place it does not have."""
    drawn: bool = False
    """Whether anything is on it at all, text or not."""
    unmapped: int = 0
    """Characters that the file does not say how to read."""
    recognised: bool = False
    """Whether its text is invisible, as programs that read scans leave it."""


def main_size(words: Sequence[Word]) -> float:
    """The size that most characters of *words* have."""
    first = words[0].size
    if all(word.size == first for word in words):
        return first
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    # A long mark after a short word is still a mark: the larger of nearly equals.
    most = max(weights.values())
    return max(size for size, weight in weights.items() if weight * 2 >= most)


def is_raised(word: Word, line: Line) -> bool:
    """Whether *word* is a number in small type above the base line."""
    return (
        word.size <= _MARK_SIZE * line.size
        and line.base - word.base >= _MARK_RISE * line.size
        and _RAISED_NUMBER.fullmatch(word.text) is not None
    )


def pieces(line: Line) -> list[Piece]:
    """The words of *line* with the spaces between them, raised numbers as superscript digits."""
    made: list[Piece] = []
    before: Word | None = None
    for word in line.words:
        raised = is_raised(word, line)
        text = word.text.translate(_SUPERSCRIPT) if raised else word.text
        if before is None:
            joined = True
        elif word.order == before.order + 1 and word.spaced:
            joined = False
        else:
            gap = word.left - before.right
            joined = gap <= _SPACE_GAP * max(word.size, before.size)
        made.append(Piece(text, word, joined, raised))
        before = word
    return made
