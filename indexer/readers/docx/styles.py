"""What do a document's styles say of a paragraph and of its letters?

Styles inherit from one another. What a paragraph says of itself goes before what its style
says; bold and hidden, which switch, are counted over the kinds of style (ISO/IEC 29500-1,
17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.readers.docx.wordml import Element, number, switch, value, w

#: Longest chain of styles. Word allows eleven; a chain without an end is a broken file.
_MAX_CHAIN = 50
#: Built-in names are stored in English whatever language Word speaks.
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLES = frozenset(("title",))
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of (?:figures|authorities)")
_QUOTES = frozenset(("quote", "intense quote", "block text"))
#: Levels 0 to 8 are headings; 9 is body text (17.3.1.20).
_BODY_LEVEL = 9


@dataclass(slots=True)
class Style:
    """One style, without what it inherits."""

    id: str
    name: str
    based_on: str | None
    paragraph: Element | None
    letters: Element | None


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look, as far as it matters here; None where nothing is said."""

    bold: bool | None = None
    """Or in capitals, which make a title of a line as well."""
    hidden: bool | None = None
    raised: bool | None = None


_PLAIN = Letters()


@dataclass(slots=True)
class Styles:
    """The styles part."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    """The style of paragraphs that name none."""
    _letters: dict[str | None, Letters] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Read the part with this *root*."""
        styles = cls()
        for element in () if root is None else root.findall(w("style")):
            style = Style(
                element.get(w("styleId"), ""),
                (value(element, "name") or "").lower(),
                value(element, "basedOn"),
                element.find(w("pPr")),
                element.find(w("rPr")),
            )
            styles.by_id[style.id] = style
            kind = element.get(w("type"))
            if kind == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                styles.default = style.id
        return styles

    def chain(self, style: str | None) -> list[Style]:
        """The style and what it inherits from, nearest first."""
        found: list[Style] = []
        while style in self.by_id and len(found) < _MAX_CHAIN:
            found.append(self.by_id[style])
            style = found[-1].based_on
        return found

    def style_of(self, properties: Element | None) -> str | None:
        """The id of the style that a paragraph with these *properties* has."""
        named = value(properties, "pStyle")
        return named if named in self.by_id else self.default

    def heading_level(self, properties: Element | None, style: str | None) -> int | None:
        """The level, from 1, of a heading; None where a paragraph is none."""
        level = number(properties, "outlineLvl")
        for inherited in self.chain(style):
            if level is not None:
                break
            level = number(inherited.paragraph, "outlineLvl")
            if level is None and (named := _HEADING.fullmatch(inherited.name)):
                level = int(named[1]) - 1
            if level is None and inherited.name in _TITLES:
                level = 0
        return level + 1 if level is not None and 0 <= level < _BODY_LEVEL else None

    def is_quote(self, style: str | None) -> bool:
        """Whether a paragraph's style is one of Word's for quotations."""
        return any(inherited.name in _QUOTES for inherited in self.chain(style))

    def is_contents(self, style: str | None) -> bool:
        """Whether a paragraph is of a table of contents, which repeats headings."""
        named = self.by_id.get(style or "")
        return named is not None and _CONTENTS.fullmatch(named.name) is not None

    def letters(self, style: str | None) -> Letters:
        """How a paragraph or character style makes letters look."""
        if style not in self._letters:
            found = _PLAIN
            for inherited in self.chain(style):
                found = _over(found, letters_of(inherited.letters))
            self._letters[style] = found
        return self._letters[style]

    def look(self, paragraph_style: str | None, properties: Element | None) -> Letters:
        """How the letters of a run with these *properties* look in a paragraph."""
        own = letters_of(properties)
        below = self.letters(paragraph_style)
        named = value(properties, "rStyle")
        above = self.letters(named) if named is not None else _PLAIN
        return Letters(
            _switched(own.bold, below.bold, above.bold),
            _switched(own.hidden, below.hidden, above.hidden),
            next((r for r in (own.raised, above.raised, below.raised) if r is not None), False),
        )


def _switched(own: bool | None, below: bool | None, above: bool | None) -> bool:
    return own if own is not None else bool(below) != bool(above)


def _over(near: Letters, far: Letters) -> Letters:
    return Letters(
        near.bold if near.bold is not None else far.bold,
        near.hidden if near.hidden is not None else far.hidden,
        near.raised if near.raised is not None else far.raised,
    )


def letters_of(properties: Element | None) -> Letters:
    """What run *properties* say themselves."""
    if properties is None or not len(properties):
        return _PLAIN
    bold = switch(properties, "b")
    if not bold:
        bold = switch(properties, "caps") or bold
    raised = None
    if (alignment := value(properties, "vertAlign")) is not None:
        raised = alignment == "superscript"
    elif (position := number(properties, "position")) is not None:
        raised = position > 0
    return Letters(bold, switch(properties, "vanish"), raised)
