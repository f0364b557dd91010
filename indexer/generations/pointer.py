"""Which generation is in force, and which one was before it? What ``current`` says.

A line for each of the two, ``<name> <SHA-256 of its manifest>``, and the SHA-256 of these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

#: How a generation is named: when it was begun, and what no other begun then has.
NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{6}")
_LINE = re.compile(rf"({NAME.pattern}) ([0-9a-f]{{64}})\n")


def text_of(lines: Sequence[tuple[str, str]]) -> str:
    """What ``current`` holds for generations of these names and digests."""
    text = "".join(f"{name} {digest}\n" for name, digest in lines)
    return f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n"


def lines_in(text: str) -> tuple[list[tuple[str, str]], bool]:
    """The names and digests that are in *text*, and whether it is what was written."""
    found: list[tuple[str, str]] = _LINE.findall(text)
    return found, bool(found) and text == text_of(found)
