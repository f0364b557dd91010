"""What is a lettered or restarted item's address, and is there such an item? ``20(f)``, ``95(12)``.

An item is no paragraph of its own but a place inside one. Its label is printed as ``(f)``
anywhere, or as ``f)``, ``f.``, ``12.`` at the start of a line or after what ends the item before.
"""

from __future__ import annotations

import re

#: An address: the paragraph's number and the labels inside it, outermost first.
_ADDRESS = re.compile(r"(?P<number>[^()\s]+)\s?(?P<labels>(?:\([^()\s]{1,8}\)\s?)+)")
_LABEL = re.compile(r"\(([^()]+)\)")
_PRINTED = re.compile(
    r"(?<!\w)\((?P<both>[a-z]{1,4}|[0-9]{1,3})\)"
    r"|(?:^|\n|(?<=[;:,.]\s))\s*(?:[-–•]\s*)?(?P<single>[a-z]{1,4}|[0-9]{1,3})[.)](?=\s|[A-Z])",
    re.IGNORECASE,
)


def split_item(address: str) -> tuple[str, tuple[str, ...]]:
    """The paragraph's number and the item's labels, which may be none.

    >>> split_item("20(f)(ii)"), split_item("48")
    (('20', ('f', 'ii')), ('48', ()))
    """
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return address, ()
    return found["number"], tuple(_LABEL.findall(found["labels"]))


def has_item(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a paragraph's *text* prints the item of these *labels*, each after the one around it.

    >>> has_item("We ask that you (a) open it; (b) close it.", ("b",))
    True
    """
    printed = (found["both"] or found["single"] for found in _PRINTED.finditer(text))
    here = iter(label.lower() for label in printed)
    return bool(labels) and all(label.lower() in here for label in labels)
