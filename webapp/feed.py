"""How is a result followed in a feed reader? As Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree  # nosec B405 # only writes: there is no XML that it reads

_ATOM = "http://www.w3.org/2005/Atom"

#: What XML 1.0 cannot hold at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: An entry must say when it changed; a submission without a date never did, as far as known.
_UNDATED = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph in a feed."""

    id: str
    title: str
    text: str
    path: str
    date: str | None
    """ISO 8601, may be partial."""
    authors: tuple[str, ...]


def feed(base: str, page: str, own: str, entries: Sequence[Entry]) -> str:
    """A feed of *entries*; *page* and *own* are the paths of the search and of its feed."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    _child(root, "id", f"{base}{own}")
    _child(root, "title", "Pilcrow")
    _child(
        root, "updated", max((_updated(entry.date) for entry in entries), default=_updated(None))
    )
    ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{base}{own}"})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": f"{base}{page}"})
    for entry in entries:
        element = ElementTree.SubElement(root, "entry")
        _child(element, "id", f"urn:pilcrow:{entry.id}")
        _child(element, "title", entry.title)
        _child(element, "updated", _updated(entry.date))
        for author in entry.authors or ("Unknown",):
            _child(ElementTree.SubElement(element, "author"), "name", author)
        ElementTree.SubElement(element, "link", {"rel": "alternate", "href": f"{base}{entry.path}"})
        _child(element, "content", entry.text).set("type", "text")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _child(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = _NOT_XML.sub("\ufffd", text)
    return child


def _updated(date: str | None) -> str:
    year, month, day = [*(date or _UNDATED).split("-"), "01", "01"][:3]
    return f"{year}-{month}-{day}T00:00:00Z"
