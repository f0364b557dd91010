"""How does a browser print a list's numbers and the white space of a block?

What the HTML reader knows of HTML's rules without knowing its parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NO_LABEL = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone")
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
    def of(cls, name: str, attributes: Mapping[str, str], items: int) -> OpenList:
        """The list that a tag opens; *items* are its own."""
        style = attributes.get("style", "").lower()
        start = attributes.get("start", "").strip()
        step = -1 if "reversed" in attributes else 1
        first = items if step < 0 else 1
        if _INTEGER.fullmatch(start):
            first = int(start)
        styled = next((kind for written, kind in _STYLED_KINDS if written in style), "1")
        kind = attributes.get("type", "").strip() or styled
        return cls(name == "ol" and not _NO_LABEL.search(style), kind, first, step)

    def label(self, value: str) -> str:
        """The label before the next item, with the space after it; *value* sets its number."""
        if not self.ordered:
            return ""
        if _INTEGER.fullmatch(value.strip()):
            self.next = int(value)
        number, self.next = self.next, self.next + self.step
        return f"{numeral(number, self.kind)}. "


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
