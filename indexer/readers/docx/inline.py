"""What text does a paragraph show? Its runs become lines, with marks of notes and links.

Insertions count, deletions and hidden text do not; of fields the result is text, not the
instruction. Word's spaces are kept as they are; a tab is a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from indexer.readers.docx.notes import Notes
from indexer.readers.docx.styles import Letters, Styles
from indexer.readers.docx.symbols import symbol
from indexer.readers.docx.wordml import (
    ALTERNATIVES,
    CHOICE,
    MATH_TEXT,
    RELATIONSHIP_ID,
    Element,
    elements,
    w,
)

#: What else may end a line on its way to the reading's text; in Word it shows as a space.
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\x85\u2028\u2029", " "))
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT_TEXT = re.compile(r"\s*[0-9]{1,4}(?:\s*[,;–-]\s*[0-9]{1,4})*\s*")
_LINK_FIELD = re.compile(r"\s*HYPERLINK\s+\"([^\"]{1,4000})\"", re.IGNORECASE)
_INNER_LINK_FIELD = re.compile(
    r"\s*(?:HYPERLINK\s+\\l\s+\"([^\"]{1,400})\"|(?:PAGE)?REF\s+(\w{1,40})(?!\w))", re.IGNORECASE
)
#: Fields that Word counts while it prints: their number is nowhere in the file.
_COUNTED_FIELD = re.compile(r"\s*(AUTONUM(?:LGL|OUT)?|LISTNUM)\b", re.IGNORECASE)
#: Longest address kept, and longest instruction of a field looked at.
_LONGEST = 4_000

#: A mark of a note is a sign or two; what is longer is text behind it.
_LONGEST_MARK = 10

_LEFT_OUT = frozenset(
    map(
        w,
        "pPr rPr sectPr tblPr sdtPr sdtEndPr del moveFrom delText delInstrText rubyPr"
        " fldData ffData".split(),
    )
)
_PICTURED = frozenset(("chart", "relIds"))


@dataclass(slots=True)
class Line:
    """A line in the making: what stands between two line breaks."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    inked: int = 0
    """Characters other than white space."""
    bold: int = 0
    """How many of them are bold."""
    anchors: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        """Add *text*; white space before all other text is left out."""
        if not self.length:
            text = text.lstrip()
        if not text:
            return
        self.parts.append(text)
        self.length += len(text)
        inked = len(text) - sum(map(str.isspace, text))
        self.inked += inked
        self.bold += inked if bold else 0

    @property
    def ends_in_space(self) -> bool:
        """Whether nothing, or a space, stands last."""
        return not self.parts or self.parts[-1][-1:].isspace()


class Place(NamedTuple):
    """How far a paragraph is read."""

    line: int
    offset: int
    part: int
    """Of the line's parts, the next one."""


_NOWHERE = Place(0, 0, 0)


@dataclass(slots=True)
class Field:
    """A field that is open."""

    instruction: str = ""
    in_result: bool = False
    address: str = ""
    start: Place = _NOWHERE
    """Where its result starts."""


@dataclass(slots=True)
class Context:
    """What the reading of a paragraph needs to know of the document around it."""

    styles: Styles
    notes: Notes
    addresses: dict[str, str]
    """Of hyperlinks, by relationship of the part that is read."""
    bookmarks: frozenset[str] = frozenset()
    """Places that links inside the document may lead to, in small letters."""
    section: int = 0


class Inline:
    """The lines of one paragraph, or of several that are joined."""

    def __init__(self, context: Context, fields: list[Field]) -> None:
        """*fields* are those left open by the paragraphs before."""
        self.context = context
        self.fields = fields
        self.lines = [Line()]
        self.boxes: list[Element] = []
        """Text boxes that are anchored here."""
        self.problems: list[tuple[str, str]] = []
        """Code and message of what is in doubt."""
        self.shows_own_mark = False
        """Whether this is of a note and prints the note's number itself."""
        self._style: str | None = None
        self._look = Letters()
        self._taken: set[Element] = set()
        """Texts that are marks of notes."""
        self._handlers: dict[str, Callable[[Element], None]] = {
            w("r"): self._run,
            w("t"): lambda e: self._text(e.text or ""),
            MATH_TEXT: lambda e: self._text(e.text or ""),
            w("tab"): self._tab,
            w("ptab"): self._tab,
            w("br"): self._break,
            w("cr"): self._break,
            w("noBreakHyphen"): lambda _: self._text("-"),
            w("sym"): self._symbol,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
            w("footnoteRef"): self._own_mark,
            w("endnoteRef"): self._own_mark,
            w("fldChar"): self._field,
            w("fldSimple"): self._simple_field,
            w("instrText"): self._instruction,
            w("hyperlink"): self._hyperlink,
            w("txbxContent"): self.boxes.append,
            ALTERNATIVES: lambda e: self._inside(chosen(e)),
        }

    @property
    def inked(self) -> bool:
        """Whether anything shows."""
        return any(line.inked or line.anchors for line in self.lines)

    def tell(self, code: str, message: str) -> None:
        """Report a problem, once."""
        if (code, message) not in self.problems:
            self.problems.append((code, message))

    def read(self, paragraph: Element, style: str | None) -> None:
        """Read a *paragraph* of this *style*."""
        self._style = style
        self._inside(paragraph)
        if any(not field.in_result for field in self.fields):
            self.tell(
                "field-open", "A field is not closed: what it hides may be text of the document"
            )
            self.fields[:] = [field for field in self.fields if field.in_result]
        # A link goes on in the next paragraph, but not on the same line.
        for open_ in self.fields:
            open_.address = ""

    def _inside(self, parent: Element | None) -> None:
        if parent is None:
            return
        for child in elements(parent):
            handler = self._handlers.get(child.tag)
            if child in self._taken:
                continue
            if handler is not None:
                handler(child)
            elif child.tag not in _LEFT_OUT:
                self._other(child)

    def _other(self, element: Element) -> None:
        if element.tag.rpartition("}")[2] in _PICTURED:
            self.tell("picture-text", "A chart or diagram is left out, with the text in it")
        self._inside(element)

    def _run(self, run: Element) -> None:
        before, self._look = self._look, self.context.styles.look(self._style, run.find(w("rPr")))
        self._inside(run)
        self._look = before

    # Text

    @property
    def _silent(self) -> bool:
        return bool(self._look.hidden) or any(not field.in_result for field in self.fields)

    def _text(self, text: str) -> None:
        if self._silent or not text:
            return
        text = text.translate(_SPACES)
        if self._look.raised and _SUPERSCRIPT_TEXT.fullmatch(text):
            text = text.translate(_SUPERSCRIPT)
        self.lines[-1].add(text, bool(self._look.bold))

    def _tab(self, _: Element) -> None:
        if not self.lines[-1].ends_in_space:
            self._text(" ")

    def _break(self, _: Element) -> None:
        if not self._silent:
            self.lines.append(Line())

    def _symbol(self, element: Element) -> None:
        text = symbol(element.get(w("font"), ""), element.get(w("char"), ""))
        if text is None:
            self.tell(
                "symbol", f"A symbol of the font {element.get(w('font'))} is not known: � stands"
                " in its place",
            )  # fmt: skip
        self._text(text or "\ufffd")

    # Notes

    def _note(self, element: Element) -> None:
        kind = element.tag.rpartition("}")[2].removesuffix("Reference")
        mark = self._custom_mark(element)
        if self._silent:
            return
        context = self.context
        label = context.notes.cite(kind, element.get(w("id"), ""), context.section, mark)
        line = self.lines[-1]
        line.anchors.append((line.length, label))

    def _custom_mark(self, reference: Element) -> str | None:
        """The mark that follows a *reference*, if it has one of its own; it is then no text."""
        if reference.get(w("customMarkFollows"), "0") in ("0", "false", "off"):
            return None
        run = reference.getparent()
        parts = list(reference.itersiblings(w("t"), w("sym")))
        following = run.getnext()
        if not parts and following is not None and following.tag == w("r"):
            parts = list(following.iterchildren(w("t"), w("sym")))
        written = "".join(filter(None, map(_written, parts))).strip()
        if not written or len(written) > _LONGEST_MARK:
            self.tell("note-mark", "A note has a mark of its own, which cannot be told from text")
            return "*"
        self._taken.update(parts)
        return written

    def _own_mark(self, _: Element) -> None:
        self.shows_own_mark = True

    # Fields and links

    def _place(self) -> Place:
        return Place(len(self.lines) - 1, self.lines[-1].length, len(self.lines[-1].parts))

    def _link(self, start: Place, address: str) -> None:
        """Note that what was added since *start* leads to *address*."""
        web = address.lower().startswith(("http://", "https://"))
        line = self.lines[-1]
        begin, part = start[1:] if start.line == len(self.lines) - 1 else (0, 0)
        if not web or begin >= line.length or len(address) >= _LONGEST:
            return
        shown = "".join(line.parts[part:]).strip()
        # Programs rewrite addresses (%2f, a closing slash); the one that is printed counts.
        line.links.append((begin, line.length, shown if _alike(shown, address) else address))

    def _hyperlink(self, element: Element) -> None:
        start = self._place()
        self._inside(element)
        address = self.context.addresses.get(element.get(RELATIONSHIP_ID, ""), "")
        place = element.get(w("anchor"))
        if address and place:
            address = f"{address}#{place}"
        elif place:
            self._tell_if_nowhere(place)
        self._link(start, address)

    def _tell_if_nowhere(self, place: str) -> None:
        if place.lower() not in self.context.bookmarks:
            self.tell("dead-link", f"A link leads to the bookmark {place!r}, which is not there")

    def _field(self, element: Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append(Field())
        elif not self.fields:
            return
        elif kind == "separate":
            self._start_result(self.fields[-1])
        elif kind == "end":
            ended = self.fields.pop()
            if ended.in_result:
                self._link(ended.start, ended.address)
            else:
                self._tell_if_counted(ended.instruction)

    def _start_result(self, open_: Field) -> None:
        open_.in_result = True
        open_.start = self._place()
        if found := _LINK_FIELD.match(open_.instruction):
            open_.address = found[1]
        elif found := _INNER_LINK_FIELD.match(open_.instruction):
            self._tell_if_nowhere(found[1] or found[2])

    def _instruction(self, element: Element) -> None:
        if self.fields and len(self.fields[-1].instruction) < _LONGEST:
            self.fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        before = self._place()
        self._inside(element)
        if before == self._place():
            self._tell_if_counted(element.get(w("instr"), ""))

    def _tell_if_counted(self, instruction: str) -> None:
        if (found := _COUNTED_FIELD.match(instruction)) and not self._look.hidden:
            self.tell(
                "field-number",
                f"A number that Word counts by a field ({found[1].upper()}) is not in the file."
                " Select all in Word and press Ctrl+Shift+F9, then save",
            )


def _alike(shown: str, address: str) -> bool:
    """Whether two addresses differ in their spelling only."""
    one, other = (unquote(text).rstrip("/").casefold() for text in (shown, address))
    return one == other


def _written(element: Element) -> str | None:
    """What a ``w:t`` or ``w:sym`` shows."""
    if element.tag == w("t"):
        return str(element.text or "")
    return symbol(element.get(w("font"), ""), element.get(w("char"), ""))


def chosen(alternatives: Element) -> Element | None:
    """Of the same content in several forms the first that has text, else the last."""
    found = None
    for form in elements(alternatives):
        found = form
        if form.tag == CHOICE and next(form.iter(w("t"), w("txbxContent")), None) is not None:
            break
    return found
