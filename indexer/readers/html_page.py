"""Which part of a web page is the document? What the page's markup calls its furniture is not.

Navigation, banners, side columns, share buttons and comments are told by their elements,
roles and class names; a main part by the same. Nothing that holds numbered paragraphs or
notes is ever taken for furniture, and what is left aside is reported with its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from indexer.model import Problem
from indexer.readers.printed import Printed

_BY_NAME = {"nav": "navigation", "aside": "side column", "dialog": "dialogue"}
_BY_ROLE = {
    "navigation": "navigation", "complementary": "side column", "search": "search",
    "banner": "head of the site", "contentinfo": "foot of the site", "dialog": "dialogue",
    "alertdialog": "dialogue", "menu": "navigation", "menubar": "navigation",
}  # fmt: skip
#: Words of class names and ids, as content systems for web sites write them.
_BY_WORD = {
    word: kind
    for kind, words in (
        ("navigation", "nav navbar navigation menu breadcrumb breadcrumbs pagination pager skip"),
        ("cookie notice", "cookie cookies gdpr cookiebar cookieconsent"),
        ("side column", "sidebar"),
        ("share buttons", "share sharing sharedaddy social addtoany"),
        ("related pages", "related recommended"),
        ("comments", "comments respond disqus"),
        ("newsletter", "newsletter subscribe"),
        ("head of the site", "masthead"),
    )
    for word in words.split()
}
_WORDED = frozenset("div ul ol section aside header footer form".split())
_MAIN_WORDS = frozenset(
    "content main maincontent main-content page-content entry-content post-content article-body"
    " article-content node-content field-name-body".split()
)
_WORD = re.compile(r"[a-z0-9]+")
_NUMBERED = re.compile(r"\(?[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}[.)]?\s")
#: A numbered paragraph has at least so many characters; an entry of a menu has fewer.
_PROSE = 80
#: Furniture holds at most this part of a page's characters; a main part at least the other.
_MOST = 0.4
_MAIN_SHARE = 0.6
_SURE = 2


def furniture(name: str, attributes: Mapping[str, str]) -> str | None:
    """The kind of furniture that an element says it is."""
    role = attributes.get("role", "").lower()
    if role.startswith("doc-") and role != "doc-toc":
        return None
    found = _BY_ROLE.get(role) or _BY_NAME.get(name)
    if found is None and name == "div" and attributes.get("title") in ("header", "footer"):
        found = f"{attributes['title']} of the pages"  # as LibreOffice writes them
    if found is None and name in _WORDED:
        # An id is a word of the text more often than of the page: two words at most.
        words = _WORD.findall(attributes.get("class", "").lower())
        marked = _WORD.findall(attributes.get("id", "").lower())
        words += marked if len(marked) <= (1 if name == "section" else 2) else []
        found = next((_BY_WORD[word] for word in words if word in _BY_WORD), None)
    return found


def main_rank(name: str, attributes: Mapping[str, str]) -> int:
    """How surely an element is the main part: 2 by element or role, 1 by class; else 0."""
    if name in ("main", "article") or attributes.get("role") in ("main", "article"):
        return _SURE
    words = {attributes.get("id", "").lower(), *attributes.get("class", "").lower().split()}
    return int(name in ("div", "td", "section") and not words.isdisjoint(_MAIN_WORDS))


def without_furniture(
    printed: Sequence[Printed], ranks: Mapping[int, int], name: str
) -> tuple[list[Printed], tuple[Problem, ...]]:
    """The blocks of the document itself, and a problem that says what was left aside.

    *ranks* are the main parts' ranks by their identity, as the blocks' ``parts`` name them.
    """
    aside = _told(printed)
    rest = [block for block in printed if id(block) not in aside]
    main = _main_part(rest, ranks)
    if main is not None:
        titled = any(block.level == 1 and main in block.parts for block in rest)
        for block in rest:
            if main not in block.parts and (titled or block.level != 1):
                aside[id(block)] = block.page_part or "around the main part"
    kept = [block for block in printed if id(block) not in aside]
    if not aside or not kept:
        return list(printed), ()
    lengths: Counter[str] = Counter()
    for block in printed:
        if id(block) in aside:
            lengths[aside[id(block)]] += len(block.text)
    shown = ", ".join(f"{kind} ({length:,})" for kind, length in lengths.items())
    return kept, (
        Problem(
            "page-furniture",
            f"{name}: {lengths.total():,} characters of the web page around the document are"
            f" left aside: {shown}",
        ),
    )


def _told(printed: Sequence[Printed]) -> dict[int, str]:
    """The blocks that stand in furniture, with its kind."""
    groups: dict[int, list[Printed]] = {}
    for block in printed:
        if block.furniture is not None:
            groups.setdefault(block.furniture, []).append(block)
    total = sum(len(block.text) for block in printed)
    aside = {}
    for group in groups.values():
        length = sum(len(block.text) for block in group)
        if length <= _MOST * total and not _holds_text(group):
            aside.update({id(block): block.page_part or "" for block in group})
    return aside


def _holds_text(blocks: Sequence[Printed]) -> bool:
    """Whether notes or numbered paragraphs are among *blocks*."""
    return any(
        block.style == "footnote"
        or block.anchors
        or (len(block.text) >= _PROSE and _NUMBERED.match(block.text))
        for block in blocks
    )


def _main_part(rest: Sequence[Printed], ranks: Mapping[int, int]) -> int | None:
    """The innermost main part that holds most of the text and all its numbers.

    One that is told by a class name only counts where no element or role tells one.
    """
    total = sum(len(block.text) for block in rest)
    lengths: Counter[int] = Counter()
    for block in rest:
        for part in block.parts:
            lengths[part] += len(block.text)
    likely = [part for part, length in lengths.items() if length >= _MAIN_SHARE * total]
    for part in sorted(likely, key=lambda part: (ranks[part] < _SURE, lengths[part])):
        if not _holds_text([block for block in rest if part not in block.parts]):
            return part
    return None


def address_of(href: str) -> str:
    """The address that a link leads to, also where Google Docs writes its own before it."""
    if href.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        try:
            return parse_qs(urlsplit(href).query).get("q", [href])[0]
        except ValueError:
            return href
    return href
