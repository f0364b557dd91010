"""Which places of a document can its links lead to, and do its pages bear numbers?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.readers.docx.wordml import Element, w

#: Where Word leads without a bookmark: the top of the document.
_ALWAYS = frozenset(("_top",))
#: The field that prints a page's number; PAGEREF and NUMPAGES print other ones.
_PAGE_FIELD = re.compile(r"(?<![A-Z])PAGE(?![A-Z])", re.IGNORECASE)


def bookmarks(roots: Iterable[Element | None]) -> frozenset[str]:
    """The names of all bookmarks, in small letters: Word does not tell these from capitals."""
    names = (
        mark.get(w("name"), "").lower()
        for root in roots
        if root is not None
        for mark in root.iter(w("bookmarkStart"))
    )
    return _ALWAYS.union(names)


def pages_numbered(running: Iterable[Element | None]) -> bool:
    """Whether a header or footer prints the number of its page."""
    for root in running:
        if root is None:
            continue
        if next(root.iter(w("pgNum")), None) is not None:
            return True
        written = "".join(field.text or "" for field in root.iter(w("instrText")))
        simple = (field.get(w("instr"), "") for field in root.iter(w("fldSimple")))
        if any(map(_PAGE_FIELD.search, (written, *simple))):
            return True
    return False
