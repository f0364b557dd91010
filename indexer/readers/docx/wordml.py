"""How are WordprocessingML's elements named and their values written?

Names are those of ISO/IEC 29500-1, chapter 17, in the Transitional namespaces: Strict
documents are brought into these before they are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: An element of a parsed part. lxml's own types say too little to be of use here.
Element = Any

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_OFF = frozenset(("0", "false", "off"))


def w(name: str) -> str:
    """The full name of a Word element or attribute.

    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return f"{{{_WORD}}}{name}"


VAL = w("val")
RELATIONSHIP_ID = f"{{{_RELATIONSHIPS}}}id"
MATH_TEXT = f"{{{_MATH}}}t"
ALTERNATIVES = f"{{{_COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{_COMPATIBILITY}}}Choice"
FALLBACK = f"{{{_COMPATIBILITY}}}Fallback"


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of the child *name*; None where there is none."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL)


def integer(text: str | None) -> int | None:
    """The whole number that *text* writes; None where it is none, or absurd.

    Word's own numbers have 32 bits.
    """
    try:
        number = int(text) if text is not None and len(text) < 12 else None
    except ValueError:
        return None
    return number


def number(parent: Element | None, name: str) -> int | None:
    """The whole number in the ``w:val`` of the child *name*."""
    return integer(value(parent, name))


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether the child *name* switches something on or off; None where it is absent.

    An element without a value switches on (17.3.2).
    """
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL, "1") not in _OFF


def elements(parent: Element) -> Iterator[Element]:
    """The children of *parent* that are elements, comments and instructions left out."""
    return (child for child in parent if isinstance(child.tag, str))
