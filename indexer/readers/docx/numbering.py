"""Which number does Word print before a paragraph?

The number is nowhere in the text: it is counted. A paragraph, or its style, names a list and a
level; the list (``w:num``) is made after a model (``w:abstractNum``) that holds a format for
each of nine levels. All lists of one model count on together, unless one says that it starts
anew. The rules are ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.readers.docx.numerals import KNOWN, UNNUMBERED, numeral
from indexer.readers.docx.styles import Style, Styles
from indexer.readers.docx.wordml import (
    ALTERNATIVES,
    FALLBACK,
    Element,
    integer,
    number,
    switch,
    value,
    w,
)

#: Levels of a list (17.9.6).
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    kind: str
    pattern: str
    """Of a custom format."""
    text: str
    """With ``%1`` to ``%9`` where the levels' numbers go."""
    restart: int | None
    """The level, from 1, whose numbers start this one anew; 0: none; None: any above."""
    legal: bool
    """Whether all numbers are printed in plain digits."""
    style: str | None
    """The paragraph style that is tied to the level."""


@dataclass(slots=True)
class _List:
    """A ``w:num``: a list made after a model."""

    model: str
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that start anew where this list first uses them."""
    levels: dict[int, Level] = field(default_factory=dict)
    """Levels that this list formats in its own way."""


@dataclass(slots=True)
class _Model:
    """A ``w:abstractNum``."""

    levels: dict[int, Level]
    taken_from: str | None
    """The numbering style that holds the levels instead (``numStyleLink``)."""
    gives: str | None
    """The numbering style whose levels these are (``styleLink``)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed before a paragraph."""

    text: str
    """Without white space around it; empty before bulleted paragraphs."""
    level: int
    """From 1."""
    doubt: str | None = None
    """Why the number may be printed otherwise."""


class Numbering:
    """The numbering part, and the count as far as the document is read."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._models: dict[str, _Model] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if root is None else root.findall(w("abstractNum")):
            self._models[element.get(w("abstractNumId"), "")] = _Model(
                dict(_levels(element)),
                value(element, "numStyleLink"),
                value(element, "styleLink"),
            )
        for element in () if root is None else root.findall(w("num")):
            self._lists[element.get(w("numId"), "")] = self._list(element)

    def _list(self, element: Element) -> _List:
        made = _List(self._model(value(element, "abstractNumId") or ""))
        for override in element.findall(w("lvlOverride")):
            place = integer(override.get(w("ilvl")))
            if place is None:
                continue
            start = number(override, "startOverride")
            if start is not None:
                made.starts[place] = start
            made.levels.update(_levels(override))
        return made

    def _model(self, model: str) -> str:
        """The model that holds the levels of *model*: itself, or one that a style names."""
        link = self._models[model].taken_from if model in self._models else None
        if link is None or self._models[model].levels:
            return model
        return next((id_ for id_, other in self._models.items() if other.gives == link), model)

    def label(self, properties: Element | None, style: str | None) -> Label | None:
        """Count the next paragraph and say what is printed before it; None: nothing is.

        To be asked once of each paragraph, in their order. *properties* are the paragraph's
        own, *style* the id of its style.
        """
        place = self._place(properties, style)
        if place is None:
            return None
        id_, depth = place
        made = self._lists[id_]
        level = self._level(made, depth)
        if level is None:
            return None
        counts = self._counts.setdefault(made.model, {})
        skipped = [d for d in range(depth) if d not in counts]
        self._count(id_, made, depth, level, counts)
        text, unknown = self._printed(made, depth, level, counts)
        doubt = None
        if unknown:
            doubt = f"the format {unknown} of its number is not known here"
        elif any(f"%{d + 1}" in level.text and self._is_counted(made, d) for d in skipped):
            doubt = "a level above it was not counted before"
        return Label(text, depth + 1, doubt) if text or level.kind == "bullet" else None

    # Which list and level

    def _place(self, properties: Element | None, style: str | None) -> tuple[str, int] | None:
        """The list and the level, from 0, of a paragraph."""
        own = None if properties is None else properties.find(w("numPr"))
        id_, depth = value(own, "numId"), number(own, "ilvl")
        chain = self._styles.chain(style)
        if id_ is None:
            id_ = next(filter(None, map(_list_of, chain)), None)
            if depth is None and id_ in self._lists:
                depth = self._depth(self._lists[id_], chain)
        if id_ not in self._lists:  # 0 among them, which takes a style's number away
            return None
        depth = depth or 0
        return (id_, depth) if 0 <= depth < _LEVELS else None

    def _depth(self, made: _List, chain: list[Style]) -> int:
        """The level of a paragraph whose style names the list."""
        levels = {**self._levels_of(made), **made.levels}
        for style in chain:
            tied = next((d for d, level in levels.items() if level.style == style.id), None)
            if tied is not None:
                return tied
            properties = None if style.paragraph is None else style.paragraph.find(w("numPr"))
            if (depth := number(properties, "ilvl")) is not None:
                return depth
        return 0

    def _levels_of(self, made: _List) -> dict[int, Level]:
        model = self._models.get(made.model)
        return model.levels if model is not None else {}

    def _level(self, made: _List, depth: int) -> Level | None:
        return made.levels.get(depth) or self._levels_of(made).get(depth)

    # Counting

    def _count(
        self, id_: str, made: _List, depth: int, level: Level, counts: dict[int, int]
    ) -> None:
        if depth in made.starts and (id_, depth) not in self._begun:
            counts[depth] = made.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = made.starts.get(depth, level.start)
        self._begun.add((id_, depth))
        for above in range(depth):
            if above not in counts and (passed := self._level(made, above)) is not None:
                counts[above] = made.starts.get(above, passed.start)
        for below in [d for d in counts if d > depth]:
            deeper = self._level(made, below)
            restart = below if deeper is None or deeper.restart is None else deeper.restart
            if depth < restart:
                del counts[below]

    def _is_counted(self, made: _List, depth: int) -> bool:
        level = self._level(made, depth)
        return level is not None and level.kind not in UNNUMBERED

    def _printed(
        self, made: _List, depth: int, level: Level, counts: dict[int, int]
    ) -> tuple[str, str | None]:
        """The text of the number, and a format in it that is not known."""
        if level.kind == "bullet":
            return "", None
        parts: list[str] = []
        unknown = None
        at = 0
        for found in _PLACE.finditer(level.text):
            parts.append(level.text[at : found.start()])
            at = found.end()
            counted = int(found[1]) - 1
            source = self._level(made, counted)
            if counted > depth or source is None or counted not in counts:
                continue
            if source.kind in UNNUMBERED:
                continue
            kind = "decimal" if level.legal else source.kind
            unknown = unknown or (None if kind in KNOWN else kind)
            parts.append(numeral(counts[counted], kind, source.pattern))
        parts.append(level.text[at:])
        return "".join(parts).strip(), unknown


def _list_of(style: Style) -> str | None:
    properties = None if style.paragraph is None else style.paragraph.find(w("numPr"))
    return value(properties, "numId")


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    """The levels that a model, or a list's own formats, hold."""
    for element in parent.findall(w("lvl")):
        depth = integer(element.get(w("ilvl")))
        if depth is None:
            continue
        kind, pattern = _format(element)
        start = number(element, "start")
        yield (
            depth,
            Level(
                0 if start is None else start,
                kind,
                pattern,
                value(element, "lvlText") or "",
                number(element, "lvlRestart"),
                bool(switch(element, "isLgl")),
                value(element, "pStyle"),
            ),
        )


def _format(level: Element) -> tuple[str, str]:
    """The number format of a *level*, and its pattern if it is a custom one."""
    chosen = level.find(w("numFmt"))
    if chosen is None:
        # A format that older programs do not know is written with a fallback for them.
        alternatives = level.find(ALTERNATIVES)
        for choice in () if alternatives is None else alternatives:
            chosen = choice.find(w("numFmt"))
            if chosen is not None and choice.tag != FALLBACK:
                break
    if chosen is None:
        return "decimal", ""
    return chosen.get(w("val"), "decimal"), chosen.get(w("format"), "")
