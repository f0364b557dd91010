"""What may a page cost, and what does it say of its encoding? Asked before it is parsed."""

from __future__ import annotations

import re
from collections import Counter

from indexer.errors import SourceError

#: Largest document, in characters and in tags: what a parser's tree may take in memory.
MAX_CHARACTERS = 8_000_000
MAX_TAGS = 100_000
#: Deepest nesting. Word processors stay below fifty; a parser's time grows with it.
MAX_DEPTH = 500

_CHARSET = re.compile(
    rb"(?:charset\s*=|<\?xml\s[^>]{0,200}?encoding\s*=)\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>]{0,4000}/>)?)")
#: A picture inside an attribute: its characters are no text and cost the parser little.
_PICTURE = re.compile(r"([\"'])data:[^\"'<>\s]{100,}")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# These end where the next of their kind starts: left open, they do not pile up.
_CLOSED_BY_NEXT = frozenset("a p li dt dd tr td th thead tbody tfoot option".split())
# Browsers read these names so too (WHATWG Encoding Standard); a page that can say it is
# UTF-16 in plain bytes is none.
_READ_AS = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"
    ),
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the document's head names."""
    found = _CHARSET.search(data, 0, 4096)
    if found is None:
        return None
    declared = found[1].decode("ascii").lower()
    return _READ_AS.get(declared, declared)


def without_pictures(markup: str) -> str:
    """*markup* with the pictures written into it left out."""
    return _PICTURE.sub(r"\1", markup)


def check(markup: str, name: str) -> None:
    """Refuse what would keep the parser busy for long. Raises SourceError."""
    cure = "Export the document anew as plain HTML or text"
    if len(markup) > MAX_CHARACTERS:
        raise SourceError(f"{name}: longer than {MAX_CHARACTERS:,} characters", cure)
    if markup.count("<") > MAX_TAGS:
        raise SourceError(f"{name}: more than {MAX_TAGS:,} tags", cure)
    open_tags: Counter[str] = Counter()
    depth = 0
    for closing, written, empty in _TAG.findall(markup):
        tag = written.lower()
        if tag in _VOID or empty:
            continue
        if not closing:
            open_tags[tag] += 1
            depth += tag not in _CLOSED_BY_NEXT
            if depth > MAX_DEPTH:
                raise SourceError(f"{name}: tags nested more than {MAX_DEPTH} deep", cure)
        elif open_tags[tag]:
            open_tags[tag] -= 1
            depth -= tag not in _CLOSED_BY_NEXT
