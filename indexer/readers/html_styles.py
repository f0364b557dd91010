"""What do a page's style sheets say of its text? What is hidden, raised, and how lists count.

A small part of CSS, enough for the exports of word processors: rules for elements, classes
and ids, alone or under one other; counters and what is printed before an element. Layout,
media other than the screen and the order of precedence beyond "the last rule holds" are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.errors import SourceError
from indexer.readers.printed import kind_of, numeral

#: Style sheets are read to this length, in characters, and to this many rules: a page's own,
#: not a library's that would slow the reading of every element.
MAX_SHEET = 2_000_000
MAX_RULES = 5_000
#: Comparisons of a rule with an element: two seconds. Google Docs' lists take a tenth of them.
MAX_COMPARISONS = 3_000_000
#: What looking through all elements around one costs, in comparisons.
_AROUND_COST = 6
#: Elements around another that a rule is matched with.
_ANCESTORS = 30

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_TOKEN = re.compile(r"([^{}]*)([{}])")
_COMPOUND = r"(?:[a-zA-Z][a-zA-Z0-9]*|\*)?(?:[.#][\w-]+)*"
_SELECTOR = re.compile(rf"(?:({_COMPOUND})(\s*>\s*|\s+))?({_COMPOUND})(::?before)?")
_PARTS = re.compile(r"[.#]?[\w-]+")
_READ = frozenset(
    "display visibility mso-hide list-style list-style-type counter-reset counter-increment"
    " content vertical-align mso-list mso-element".split()
)
_COUNTER_CALL = re.compile(
    r"\"((?:[^\"\\]|\\.){0,200})\"|'((?:[^'\\]|\\.){0,200})'"
    r"|(counters?)\(\s*([\w-]+)\s*(?:,\s*[\"']([^\"']{0,20})[\"']\s*)?(?:,\s*([\w-]+)\s*)?\)"
)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_COUNTER_LIST = re.compile(r"([a-zA-Z_][\w-]*)(?:\s+(-?[0-9]{1,6}))?")
Style = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Element:
    """What a selector asks of an element: its name, and its classes and id as written."""

    name: str
    marks: frozenset[str]
    """``.class`` and ``#id``."""


@dataclass(frozen=True, slots=True)
class _Rule:
    element: Element
    around: Element | None
    directly: bool
    before: bool
    style: Style

    def fits(self, element: Element, around: Sequence[Element]) -> bool:
        """Whether the rule is for *element* inside *around*, outermost first."""
        if not _fits(self.element, element):
            return False
        if self.around is None:
            return True
        near = around[-1:] if self.directly else around[-_ANCESTORS:]
        return any(_fits(self.around, outer) for outer in near)


def _fits(asked: Element, element: Element) -> bool:
    return asked.name in ("", "*", element.name) and asked.marks <= element.marks


@dataclass(slots=True)
class Sheet:
    """The rules of a page, found by the name or a mark of the element they are for."""

    name: str
    """Of the file, for what is told of it."""
    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)
    count: int = 0
    compared: int = 0

    @classmethod
    def of(cls, sheets: Iterator[str], name: str) -> Sheet:
        """The rules in the text of *sheets* of the file *name*."""
        sheet = cls(name)
        for text in sheets:
            for selectors, body in _rules(_COMMENT.sub(" ", text[:MAX_SHEET])):
                style = declarations(body)
                if style and sheet.count < MAX_RULES:
                    sheet._add(selectors, style)
        return sheet

    def _add(self, selectors: str, style: Style) -> None:
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found is None or not found[3]:
                continue
            element = _element(found[3])
            around = _element(found[1]) if found[1] else None
            rule = _Rule(element, around, ">" in (found[2] or ""), found[4] is not None, style)
            key = min(element.marks, default=element.name)
            self.rules.setdefault(key, []).append(rule)
            cost = 1 if around is None or rule.directly else _AROUND_COST
            self.costs[key] = self.costs.get(key, 0) + cost
            self.count += 1

    def style(
        self, element: Element, around: Sequence[Element], inline: str
    ) -> tuple[Style, Style]:
        """The styles of *element* and of what stands before its text.

        Raises SourceError where the page would keep the reader busy for long.
        """
        own: dict[str, str] = {}
        before: dict[str, str] = {}
        for key in (element.name, *element.marks):
            self.compared += self.costs.get(key, 0)
            if self.compared > MAX_COMPARISONS:
                raise SourceError(
                    f"{self.name}: its style sheet has too many rules for its elements",
                    "Export the document anew as plain HTML or text",
                )
            for rule in self.rules.get(key, ()):
                if rule.fits(element, around):
                    (before if rule.before else own).update(rule.style)
        if inline:
            own.update(declarations(inline))
        return own, before


def _element(compound: str) -> Element:
    parts = _PARTS.findall(compound)
    name = parts[0].lower() if parts and parts[0][0] not in ".#" else ""
    return Element(name, frozenset(part for part in parts if part[0] in ".#"))


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule for the screen."""
    open_: list[str] = []
    for found in _TOKEN.finditer(text):
        said, brace = found.groups()
        if brace == "{":
            open_.append(said.rsplit(";", 1)[-1].strip())
        elif open_:
            selectors = open_.pop()
            shown = all(_is_for_screen(outer) for outer in open_)
            if not selectors.startswith("@") and shown:
                yield selectors, said


def _is_for_screen(outer: str) -> bool:
    return not outer.startswith("@media") or "print" not in outer


def declarations(body: str) -> dict[str, str]:
    """The declarations that are read, by property.

    >>> declarations("color: red; DISPLAY : None !important")
    {'display': 'none'}
    """
    found = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in _READ:
            value = value.replace("!important", "").strip()
            found[name] = value if name in ("content", *_COUNTERS) else value.lower()
    return found


_COUNTERS = ("counter-reset", "counter-increment")


def is_hidden(style: Style) -> bool:
    """Whether a browser does not show an element of that style."""
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
    )


class Counters:
    """The page's counters, each with the scopes that are open (CSS Lists, 4)."""

    def __init__(self) -> None:
        self._scopes: dict[str, list[list[int]]] = {}
        self._open: list[tuple[int, str]] = []
        """Depth and name of every open scope; none is deeper than the next."""

    def enter(self, style: Style, before: Style, depth: int) -> str:
        """Count an element at *depth*; what is printed before it, if that counts something."""
        for part in (style, before):
            for name, value in _counted(part.get("counter-reset", ""), 0):
                self._reset(name, depth, value)
            for name, value in _counted(part.get("counter-increment", ""), 1):
                if not self._scopes.get(name):
                    self._reset(name, depth, 0)
                self._scopes[name][-1][1] += value
        content = before.get("content", "")
        return self._printed(content) if "counter" in content else ""

    def leave(self, depth: int) -> None:
        """Close what was opened inside an element at *depth*."""
        while self._open and self._open[-1][0] > depth:
            self._scopes[self._open.pop()[1]].pop()

    def _reset(self, name: str, depth: int, value: int) -> None:
        scopes = self._scopes.setdefault(name, [])
        if scopes and scopes[-1][0] >= depth:
            scopes[-1][1] = value
        else:
            scopes.append([depth, value])
            self._open.append((depth, name))

    def _printed(self, content: str) -> str:
        parts = []
        for found in _COUNTER_CALL.finditer(content):
            double, single, call, name, between, kind = found.groups()
            if call is None:
                parts.append(_ESCAPE.sub(_unescaped, double or single or ""))
                continue
            values = [value for _, value in self._scopes.get(name, [])] or [0]
            shown = values if call == "counters" else values[-1:]
            kind = kind_of(kind or "") or "1"
            parts.append((between or "").join(numeral(value, kind) for value in shown))
        return "".join(parts)


def _counted(said: str, default: int) -> Iterator[tuple[str, int]]:
    for found in _COUNTER_LIST.finditer(said):
        if found[1] != "none":
            yield found[1], int(found[2]) if found[2] else default


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        point = int(found[1], 16)
        return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
    return found[2]
