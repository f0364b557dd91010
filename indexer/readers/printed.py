"""How does a browser print a list's numbers, the white space of a block, and the blocks in a row?

What the HTML reader knows of HTML's rules without knowing its parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.model import Block

_STYLED_KINDS = (
    ("lower-alpha", "a"), ("upper-alpha", "A"), ("lower-latin", "a"), ("upper-latin", "A"),
    ("lower-roman", "i"), ("upper-roman", "I"),
)  # fmt: skip
_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_INTEGER = re.compile(r"-?[0-9]{1,6}")


@dataclass(slots=True)
class OpenList:
    """A list that is open, and what its next item is numbered."""

    ordered: bool
    kind: str
    """As ``<ol type>`` says it: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    next: int
    step: int

    @classmethod
    def of(cls, name: str, attributes: Mapping[str, str], style: str, items: int) -> OpenList:
        """The list that a tag opens, of that list *style*; *items* are its own."""
        start = attributes.get("start", "").strip()
        step = -1 if "reversed" in attributes else 1
        first = items if step < 0 else 1
        if _INTEGER.fullmatch(start):
            first = int(start)
        kind = kind_of(style) or attributes.get("type", "").strip() or "1"
        return cls(name == "ol" and "none" not in style, kind, first, step)

    def label(self, value: str, style: str) -> str:
        """The label before the next item, with the space after it.

        *value* sets the item's number, *style* how it is written.
        """
        if not self.ordered:
            return ""
        if _INTEGER.fullmatch(value.strip()):
            self.next = int(value)
        number, self.next = self.next, self.next + self.step
        return "" if "none" in style else f"{numeral(number, kind_of(style) or self.kind)}. "


def kind_of(style: str) -> str | None:
    """The kind of numeral that a value of ``list-style`` or a counter's style names."""
    return next((kind for written, kind in _STYLED_KINDS if written in style), None)


def numeral(number: int, kind: str) -> str:
    """Write *number* as a list of that *kind* does.

    >>> numeral(28, "a"), numeral(14, "I"), numeral(0, "i")
    ('ab', 'XIV', '0')
    """
    if kind in ("a", "A") and 1 <= number <= 702:
        number -= 1
        head = chr(96 + number // 26) if number >= 26 else ""
        written = head + chr(97 + number % 26)
    elif kind in ("i", "I") and 1 <= number < 400:
        written = ""
        for value, letters in _ROMAN:
            written += letters * (number // value)
            number %= value
    else:
        return str(number)
    return written.upper() if kind.isupper() else written


@dataclass(slots=True)
class Buffer:
    """The block in the making."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    inked: int = 0
    """Characters other than white space."""
    bold: int = 0
    """How many of them are bold."""
    anchors: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        """Add *text* with its white space as a browser shows it."""
        words = text.split()
        ended = not self.length or self.parts[-1][-1:].isspace()
        shown = " ".join(words)
        if text[:1].isspace() and not ended:
            shown = f" {shown}" if words else " "
        if words and text[-1:].isspace():
            shown += " "
        if not shown:
            return
        self.parts.append(shown)
        self.length += len(shown)
        inked = sum(map(len, words))
        self.inked += inked
        self.bold += inked if bold else 0


@dataclass(frozen=True, slots=True)
class Printed:
    """A block of a page, before its place in the text is known."""

    text: str
    style: str | None
    level: int | None
    label: str | None
    anchors: tuple[tuple[int, str], ...]
    links: tuple[tuple[int, int, str], ...]
    blank: bool
    furniture: int | None = None
    """The element that says it is furniture of the page, by its identity."""
    page_part: str | None = None
    """What that element or another part of the page is."""
    parts: tuple[int, ...] = ()
    """The elements around it that may be the main part of the page, outermost first."""


def laid_out(printed: Sequence[Printed]) -> tuple[str, tuple[Block, ...]]:
    """The text of all blocks, one under the other, and the blocks with their places in it."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length, line = 0, 1
    for one in printed:
        if pieces:
            gap = "\n\n" if one.blank else "\n"
            pieces.append(gap)
            length += len(gap)
            line += len(gap)
        blocks.append(
            Block(
                one.text,
                length,
                line,
                style=one.style,
                level=one.level,
                label=one.label,
                anchors=one.anchors,
                blank_before=one.blank,
                links=one.links,
            )
        )
        pieces.append(one.text)
        length += len(one.text)
    return "".join(pieces), tuple(blocks)
