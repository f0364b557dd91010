"""In which order does a document show its paragraphs, and what is each?

The body, its tables and text boxes, and then the notes that it cites, become drafts of
blocks: one a paragraph or line, with the number that Word prints before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.readers.docx.inline import Context, Field, Inline, Line, chosen
from indexer.readers.docx.numbering import Label, Numbering
from indexer.readers.docx.wordml import ALTERNATIVES, Element, elements, integer, switch, value, w

#: Longest text that a heading's style makes a heading. Some number their paragraphs with the
#: styles of headings; what is longer than three lines of a page is one of these.
MAX_HEADING = 250
#: As much, of a numbered text that ends as a sentence does.
_MAX_SENTENCE = 100
_SENTENCE_ENDS = (".", ";", ".”", '."', "?")
_OWN_NUMBER = re.compile(r"\(?[0-9]{1,4}(?:\.[0-9]{1,4})*[.)](?:\s|$)|\(?[a-z]{1,2}\)\s")
#: A cell that holds the label of a heading in the next one.
_LABEL = re.compile(r"(?:[IVXLC]{1,8}|[A-Z]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.)]?")
_LEFT_OUT = frozenset(map(w, "sectPr tblPr tblGrid tcPr trPr sdtPr sdtEndPr del moveFrom".split()))


@dataclass(slots=True)
class Draft:
    """A block, not yet placed in the reading's text."""

    text: str
    style: str | None = None
    level: int | None = None
    label: str | None = None
    """The number of the note that starts here."""
    anchors: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    blank: bool = True
    """Whether it starts a paragraph, not only a line."""
    problems: tuple[tuple[str, str], ...] = ()
    """Code and message of what is in doubt here."""
    repeats: bool = False
    """Whether it is of a table of contents: text of the document, but no block of it."""


@dataclass(slots=True)
class _Open:
    """A paragraph in the making; the mark that ends it may be deleted or hidden."""

    inline: Inline
    properties: Element | None
    style: str | None


class Story:
    """One flow of text: the body, a text box, a cell, a note."""

    def __init__(self, context: Context, numbering: Numbering, note: str | None = None) -> None:
        """*note* is the label of the note whose text this is."""
        self.drafts: list[Draft] = []
        self._context = context
        self._numbering = numbering
        self._note = note
        self._note_label = note
        self._fields: list[Field] = []
        self._open: _Open | None = None
        self._handlers: dict[str, Callable[[Element], None]] = {
            w("p"): self._paragraph,
            w("tbl"): self._table,
            w("altChunk"): self._chunk,
            ALTERNATIVES: self._alternatives,
        }

    def read(self, parent: Element) -> list[Draft]:
        """The blocks in *parent*."""
        self._inside(parent)
        self._close(cut_off=True)
        return self.drafts

    def _inside(self, parent: Element) -> None:
        for child in elements(parent):
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)
            elif child.tag not in _LEFT_OUT:
                self._inside(child)

    def _alternatives(self, element: Element) -> None:
        form = chosen(element)
        if form is not None:
            self._inside(form)

    def _chunk(self, _: Element) -> None:
        told = (
            "embedded-document",
            "A document embedded in this one is left out. Open this one in Word and save it again",
        )
        self.drafts.append(Draft("", problems=(told,)))

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        styles = self._context.styles
        properties = element.find(w("pPr"))
        style = styles.style_of(properties)
        if self._open is None:
            self._open = _Open(Inline(self._context, self._fields), properties, style)
        elif not self._open.inline.inked:
            self._open.properties, self._open.style = properties, style
        elif _list_of(self._open.properties) != _list_of(properties):
            self._open.inline.tell(
                "joined-paragraphs",
                "Two paragraphs are one after a tracked change or a hidden mark, and their"
                " numbers differ: look whether the right one is printed",
            )
        self._open.inline.read(element, style)
        mark = None if properties is None else properties.find(w("rPr"))
        if not (_is_deleted(mark) or styles.look(style, mark).hidden):
            self._close()
        if properties is not None and properties.find(w("sectPr")) is not None:
            self._context.section += 1

    def _close(self, *, cut_off: bool = False) -> None:
        """End the open paragraph; *cut_off* where no mark ends it."""
        ended, self._open = self._open, None
        if ended is None:
            return
        inline, styles = ended.inline, self._context.styles
        label = None
        if inline.inked or not cut_off:
            label = self._numbering.label(ended.properties, ended.style)
        if label is not None and label.doubt:
            inline.tell(
                "number-format", f"The number {label.text} may be printed otherwise: {label.doubt}"
            )
        made = self._drafts(ended, label) or [Draft("")]
        made[0].problems = tuple(inline.problems)
        for draft in made:
            draft.repeats = styles.is_contents(ended.style)
        self.drafts.extend(draft for draft in made if draft.text or draft.problems)
        for box in inline.boxes:
            self.drafts.extend(Story(self._context, self._numbering, self._note).read(box))

    def _drafts(self, ended: _Open, label: Label | None) -> list[Draft]:
        """The lines of a paragraph as blocks."""
        styles = self._context.styles
        lines = [line for line in ended.inline.lines if line.inked or line.anchors]
        printed = label.text if label is not None else ""
        heading = styles.heading_level(ended.properties, ended.style)
        if heading is not None and self._note is None and _may_be_title(lines, label):
            return self._blocks([_joined(lines)] if lines else [], printed, "heading", heading)
        if not lines and printed:
            lines = [Line()]
        style, level = None, None
        if self._note is not None:
            style = "footnote"
        elif label is not None:
            style, level = "list-item", label.level
        elif styles.is_quote(ended.style):
            style = "quote"
        return self._blocks(lines, printed, style, level, ended.inline.shows_own_mark)

    def _blocks(
        self,
        lines: list[Line],
        printed: str,
        style: str | None,
        level: int | None,
        shows_own_mark: bool = False,
    ) -> list[Draft]:
        made = []
        for place, line in enumerate(lines):
            note, self._note_label = self._note_label, None
            text = "".join(line.parts).rstrip()
            cut = 0
            if note is not None and not shows_own_mark:
                cut = _mark_length(text, note)
            shown = f"{printed} {text[cut:]}".strip() if printed and not place else text[cut:]
            shift = len(shown) - len(text)
            look: tuple[str | None, int | None] = (style, level)
            if style in (None, "list-item", "quote") and line.inked and line.bold == line.inked:
                look = ("bold", None)
            made.append(
                Draft(
                    shown,
                    *look,
                    label=note,
                    anchors=tuple((_within(o + shift, shown), n) for o, n in line.anchors),
                    links=tuple(
                        (_within(s + shift, shown), _within(e + shift, shown), a)
                        for s, e, a in line.links
                    ),
                    blank=not place,
                )
            )
        return made

    # Tables

    def _table(self, table: Element) -> None:
        self._close()
        for row in _children(table, "tr"):
            properties = row.find(w("trPr"))
            if properties is not None and (
                properties.find(w("del")) is not None or switch(properties, "hidden")
            ):
                continue
            cells = [
                Story(self._context, self._numbering, self._note).read(cell)
                for cell in _children(row, "tc")
                if cell.find(f"{w('tcPr')}/{w('cellDel')}") is None
            ]
            self.drafts.extend(_row([cell for cell in cells if cell]))


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, content controls around them opened."""
    for child in elements(parent):
        if child.tag == w(name):
            yield child
        elif child.tag == ALTERNATIVES:
            form = chosen(child)
            yield from () if form is None else _children(form, name)
        elif child.tag not in _LEFT_OUT and child.tag != w("tblPrEx"):
            yield from _children(child, name)


def _row(cells: list[list[Draft]]) -> list[Draft]:
    """A row as one line; where that would hide a paragraph or its number, cell by cell."""
    drafts = [draft for cell in cells for draft in cell]
    whole = len(cells) > 1 and all(len(cell) == 1 for cell in cells)
    numbers = any(_OWN_NUMBER.match(draft.text) for draft in drafts[1:])
    if not whole or numbers or any(draft.label for draft in drafts):
        return drafts
    first = drafts[0]
    text = ""
    anchors: list[tuple[int, str]] = []
    links: list[tuple[int, int, str]] = []
    problems: list[tuple[str, str]] = []
    for draft in drafts:
        at = len(text) + 1 if text and draft.text else len(text)
        text = f"{text} {draft.text}".strip()
        anchors.extend((offset + at, number) for offset, number in draft.anchors)
        links.extend((start + at, end + at, address) for start, end, address in draft.links)
        problems.extend(draft.problems)
    style, level = first.style, first.level
    bold = style == "bold" and not _LABEL.fullmatch(first.text.strip())
    if any(draft.style != style for draft in drafts) or style is None or bold:
        style, level = "table-row", None
    return [
        replace(
            first,
            text=text,
            style=style,
            level=level,
            anchors=tuple(anchors),
            links=tuple(links),
            problems=tuple(problems),
        )
    ]


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    own = None if properties is None else properties.find(w("numPr"))
    return value(own, "numId"), integer(value(own, "ilvl"))


def _is_deleted(mark: Element | None) -> bool:
    return mark is not None and (
        mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None
    )


def _may_be_title(lines: Iterable[Line], label: Label | None) -> bool:
    text = " ".join("".join(line.parts).strip() for line in lines)
    if label is not None and label.text and text.endswith(_SENTENCE_ENDS):
        return len(text) <= _MAX_SENTENCE
    return len(text) <= MAX_HEADING


def _joined(lines: list[Line]) -> Line:
    """The lines of a heading as one."""
    whole = Line()
    for line in lines:
        if not whole.ends_in_space:
            whole.add(" ", False)
        at = whole.length
        whole.anchors.extend((offset + at, number) for offset, number in line.anchors)
        whole.links.extend((start + at, end + at, address) for start, end, address in line.links)
        for part in line.parts:
            whole.add(part, False)
    return whole


def _mark_length(text: str, label: str) -> int:
    """Length of a note's number where it is typed at the start of the note."""
    mark = re.escape(label.partition("~")[0])
    found = re.match(rf"[\[(]?{mark}[\])]?(?:[.:]?\s+|$)", text)
    return found.end() if found else 0


def _within(offset: int, text: str) -> int:
    return min(max(offset, 0), len(text))
