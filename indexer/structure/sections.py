"""How do the headings nest, what are their ids, and of what kind are their paragraphs?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.model import ParagraphKind, Section, Span
from indexer.structure.headings import Heading, levels_of
from indexer.structure.lines import SUPERSCRIPTS, plain_digits
from indexer.structure.marks import Glued
from indexer.structure.wording import EARLIER_RECOMMENDATIONS, INTRODUCTION, RECOMMENDATION

_MARKS = re.compile(rf"[{SUPERSCRIPTS}]+|\[\^?[^\]\s]{{1,40}}\]|\*\*|__")
_NOTE = re.compile(r"\[\^?[^\]\s]{1,40}\]")
_RAISED = re.compile(rf"[{SUPERSCRIPTS}]+")
_SPACE = re.compile(r"\s+")


def sections_of(
    headings: Sequence[Heading],
    paragraphs: Sequence[tuple[str, int]],
    glued: Mapping[int, Sequence[Glued]],
) -> list[Section]:
    """Sections in their order; *paragraphs* are numbers with the index of their heading,
    *glued* the marks of notes in plain digits, by line."""
    under: list[list[str]] = [[] for _ in headings]
    for number, index in paragraphs:
        if index >= 0:
            under[index].append(number)
    sections: list[Section] = []
    open_sections: list[Section] = []
    children: dict[str | None, int] = {}
    taken: set[str] = set()
    for heading, level, numbers in zip(headings, levels_of(headings), under, strict=True):
        del open_sections[level - 1 :]
        parent = open_sections[-1] if open_sections else None
        parent_id = parent.id if parent else None
        children[parent_id] = place = children.get(parent_id, 0) + 1
        section = Section(
            id=_free(_id(heading.label, parent, place), taken),
            label=heading.label,
            title=_title(heading, glued),
            level=level,
            parent=parent_id,
            paragraphs=tuple(numbers),
            spans=_spans(heading),
        )
        taken.add(section.id)
        sections.append(section)
        open_sections.append(section)
    return sections


def _id(label: str, parent: Section | None, place: int) -> str:
    own = label or str(place)
    if parent is None or (label and own.startswith(f"{parent.label}.")):
        return own
    return f"{parent.id}.{own}"


def _free(wanted: str, taken: set[str]) -> str:
    """*wanted*, or with ``~2`` and so on where a heading before has it."""
    if wanted not in taken:
        return wanted
    count = 2
    while f"{wanted}~{count}" in taken:
        count += 1
    return f"{wanted}~{count}"


def marks_in(headings: Sequence[Heading], glued: Mapping[int, Sequence[Glued]]) -> set[str]:
    """Numbers of the notes that titles cite."""
    cited: set[str] = set()
    for line in (line for heading in headings for line in (heading.line, *heading.more)):
        cited.update(found.strip("[]^") for found in _NOTE.findall(line.text))
        cited.update(plain_digits(mark) for mark in _RAISED.findall(line.text))
        cited.update(number for _, number in line.block.anchors)
        cited.update(mark.number for mark in glued.get(line.index, ()))
    return cited


def _title(heading: Heading, glued: Mapping[int, Sequence[Glued]]) -> str:
    parts = [heading.title, *(line.text for line in heading.more)]
    for place, line in enumerate((heading.line, *heading.more)):
        for mark in glued.get(line.index, ()):
            before = line.text[max(0, mark.start - 2) : mark.start]
            parts[place] = parts[place].replace(before + mark.number, before)
    joined = _SPACE.sub(" ", _MARKS.sub("", " ".join(parts))).strip(" *")
    return joined.removesuffix(":").rstrip()


def _spans(heading: Heading) -> tuple[Span, ...]:
    last = heading.more[-1] if heading.more else heading.line
    return (Span(heading.line.start, last.end),)


def kinds_of(sections: Sequence[Section]) -> dict[str | None, ParagraphKind]:
    """The kind of the paragraphs in each section; None is before the first heading."""
    kinds: dict[str | None, ParagraphKind] = {None: "introduction" if sections else "narrative"}
    for section in sections:
        inherited = kinds[section.parent] if section.parent else "narrative"
        kinds[section.id] = _kind(section.title, inherited)
    return kinds


def _kind(title: str, inherited: ParagraphKind) -> ParagraphKind:
    if inherited == "recommendation":
        return inherited
    if RECOMMENDATION.search(title) and not EARLIER_RECOMMENDATIONS.search(title):
        return "recommendation"
    return "introduction" if INTRODUCTION.match(title) else inherited
