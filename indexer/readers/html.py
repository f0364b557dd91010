"""How is HTML read? One block a paragraph, heading, list item or line, as a browser prints it.

List numbers are printed into the text; what is hidden, deleted or a comment is left out and
counted. Where the document links a mark to a note, the mark is taken out of the text and
kept as an anchor, and the note's block bears its number. The cells of a table's row are one
block. Which blocks are the document and which the web page around it is left to
:mod:`indexer.readers.html_page`, what style sheets say to :mod:`indexer.readers.html_styles`.
Places count in the text that is extracted, whose lines are the blocks'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from indexer.model import Problem, Reading, Source
from indexer.readers.encodings import decode
from indexer.readers.html_limits import check, declared_encoding, without_pictures
from indexer.readers.html_page import address_of, furniture, main_rank, without_furniture
from indexer.readers.html_styles import Counters, Element, Sheet, Style, is_hidden
from indexer.readers.printed import Buffer, OpenList, Printed, laid_out

_XML_INSTRUCTION = re.compile(r"<\?xml[^>]{0,500}>", re.IGNORECASE)
_UNSEEN = frozenset(
    "head script style template noscript iframe object svg math canvas audio video select"
    " textarea input".split()
)
#: Longest text that ``aria-hidden`` hides. An open dialogue box sets it on the whole page.
_ARIA_HIDDEN = 200
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside body blockquote caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html li main nav ol p pre section summary"
    " table tbody tfoot thead tr ul".split()
) | frozenset(_HEADINGS)
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong"))
#: Elements that hold one note, of one or more paragraphs.
_NOTE_HOLDERS = frozenset(("div", "li", "dd", "aside", "td"))
#: Elements that make a table's row a part of the layout rather than one line of text.
_LAYOUT = frozenset(("table", "ol", "ul", "dl", "pre", "blockquote", "h1", "h2", "h3", "h4"))
#: Nodes of a row, or of a note's element, that are looked at: one line or note has fewer.
_ROW_NODES = 200
_NUMBER_ALONE = re.compile(
    r"\s*(?:\(?[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}[.)]*|\(?(?:[a-z]|[ivx]{1,5})[.)]{1,2})\s*"
)
#: A row that opens with a label alone: its other cells hold a title or a text.
_LABEL_CELL = re.compile(r"\s*(?:[IVXLC]{1,8}|[A-Z]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.)]?\s")
_MARK_TEXT = re.compile(r"[\[(]?\s*([0-9]{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§]{1,3})\s*[\])]?")
_BACK_TEXT = re.compile(
    r"[\[(]?\s*(?:[0-9]{1,4}|[a-z]{1,6}|[*†‡§]{1,3}|[↑↩⤴^⏎]\ufe0e?)\s*[\])]?\.?", re.IGNORECASE
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT_TEXT = re.compile(r"\s*[0-9]{1,4}(?:\s*[,;–-]\s*[0-9]{1,4})*\s*")
_OWN_NUMBER = re.compile(r"\s*(?:\(?[0-9]{1,4}(?:\.[0-9]{1,4})*[.)]|\(?[a-z]{1,2}\))\s")
#: Longest address that is told.
_SHOWN = 100
#: Where a browser goes without a target (HTML Standard, "indicated part of the document").
_TOP = ("", "top")
_LISTS = ("ol", "ul", "dir", "menu")
#: What Word prints as a bullet, in the fonts Symbol, Courier New and Wingdings.
_WORD_BULLETS = frozenset("·o§Øüvq-")
#: Links to comments, as Word and Google Docs write them.
_COMMENT_LINK = re.compile(r"#(?:_msocom_|_msoanchor_|cmnt[0-9]|cmnt_ref)")
_LEFT_OUT = {
    "hidden-text": "that the document hides",
    "deleted-text": "that are marked as deleted",
    "comments": "of comments beside the text",
}


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read an HTML document; raises SourceError where it is too large, too deep or no text."""
    decoded = decode(data, name, encoding, declared_encoding(data))
    markup = without_pictures(decoded.text)
    check(markup, name)
    if "<" not in markup:
        markup = f"<pre>{markup}</pre>"
    soup = BeautifulSoup(_XML_INSTRUCTION.sub(" ", markup), "lxml")
    sheet = Sheet.of((tag.get_text() for tag in soup.find_all("style")), name)
    walk = _Walk(_Notes(soup), sheet)
    walk.go(soup)
    printed, aside = without_furniture(walk.printed, walk.ranks, name)
    text, blocks = laid_out(printed)
    source = Source(name, sha256, "text/html", decoded.encoding, False, len(text))
    lines = {id(one): block.line for one, block in zip(printed, blocks, strict=True)}
    left = (
        Problem(
            code,
            f"{name}: {walk.left[code]:,} characters {told} are left out",
            next((lines[id(o)] for o in walk.printed[walk.left_at[code] :] if id(o) in lines), 1),
        )
        for code, told in _LEFT_OUT.items()
        if walk.left[code]
    )
    dead = (
        Problem(
            "dead-link",
            f"A link leads to {address[:_SHOWN]!r}, which is not there",
            lines[id(block)],
        )
        for place, address in walk.dead
        for block in walk.printed[place : place + 1]
        if id(block) in lines
    )
    empty = () if blocks else (Problem("empty", f"{name} holds no text", None),)
    return Reading(source, text, blocks, (*decoded.problems, *left, *aside, *dead, *empty))


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _attributes(tag: Tag) -> dict[str, str]:
    return {name: _attribute(tag, name) for name in tag.attrs}


class _Notes:
    """Which links are marks of notes, which lead back, and where notes start.

    A mark is a link whose text is a number and whose target stands after it; a link from a
    note leads back to a target before it.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self.marks: dict[int, str] = {}
        self.back: set[int] = set()
        self.starts: dict[int, str] = {}
        self.comments: set[int] = set()
        self.nowhere: set[int] = set()
        """Links into the page whose target it does not have."""
        places: dict[str, tuple[int, Tag]] = {}
        links: list[tuple[int, Tag]] = []
        for place, tag in enumerate(soup.find_all(True)):
            for name in {_attribute(tag, "id"), _attribute(tag, "name")} - {""}:
                places.setdefault(name, (place, tag))
            if tag.name == "a" and _attribute(tag, "href").startswith("#"):
                links.append((place, tag))
        for place, link in links:
            name = _attribute(link, "href")[1:]
            target = places.get(name) or places.get(unquote(name))
            text = link.get_text().strip()
            if target is None and name.lower() not in _TOP:
                self.nowhere.add(id(link))
            if target is None or len(text) > 12:
                continue
            mark = _MARK_TEXT.fullmatch(text)
            if _COMMENT_LINK.match(_attribute(link, "href")) and target[0] > place:
                self.comments.add(id(link))
            elif target[0] > place and mark:
                self.marks[id(link)] = mark[1]
                self.starts.setdefault(id(target[1]), mark[1])
            elif target[0] < place and _BACK_TEXT.fullmatch(text):
                self.back.add(id(link))
                if _COMMENT_LINK.match(_attribute(link, "href")):
                    self.comments.add(id(link.find_parent("div") or link.find_parent("p") or link))


@dataclass(slots=True)
class _Open:
    """An element that is open, and what it says of the text inside."""

    tag: Tag
    element: Element
    raised: bool
    bullet: bool


class _Walk:
    """The walk over the document, with its own stack so that depth cannot exhaust Python's."""

    def __init__(self, notes: _Notes, sheet: Sheet) -> None:
        self.notes = notes
        self.sheet = sheet
        self.counters = Counters()
        self.printed: list[Printed] = []
        self.ranks: dict[int, int] = {}
        self.left: Counter[str] = Counter()
        self.left_at: dict[str, int] = {}
        """Which block was next where something was first left out."""
        self.dead: list[tuple[int, str]] = []
        """Links to nowhere: which block they are in, and where they would lead."""
        self.buffer = Buffer()
        self.lists: list[OpenList] = []
        self.open: list[_Open] = []
        self.around: list[Element] = []
        self.rows: list[int] = []
        """Of each open row how many cells hold text, where it is one line of text; else 0."""
        self.parts: list[tuple[Tag, int]] = []
        self.furniture: tuple[Tag, str] | None = None
        self.page_part: tuple[Tag, str] | None = None
        self.label = ""
        self.items = 0
        self.note: str | None = None
        self.note_label: str | None = None
        self.note_owner: Tag | None = None
        self.bold = self.superscript = self.quotes = self.preformatted = self.bullets = 0
        self.blank = True

    def go(self, root: Tag) -> None:
        """Walk from *root*."""
        stack: list[Iterator[object]] = [iter(root.contents)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                if self.open:
                    self._leave(self.open[-1])
                    self.open.pop()
                    self.around.pop()
                    self.counters.leave(len(self.open))
            elif isinstance(node, Tag):
                if self._visit(node):
                    stack.append(iter(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._text(str(node))
        self._flush(None)

    # What is not shown

    def _visit(self, tag: Tag) -> bool:
        """Open *tag*; whether it is to be walked."""
        if tag.name in _UNSEEN or id(tag) in self.notes.back:
            # A link back may be where the note starts: <a name="_ftn1" href="#_ftnref1">.
            self._start_note(tag)
            return False
        marks = [f".{mark}" for mark in _attribute(tag, "class").split()]
        if tag.has_attr("id"):
            marks.append(f"#{_attribute(tag, 'id')}")
        element = Element(tag.name, frozenset(marks))
        style, before = self.sheet.style(element, self.around, _attribute(tag, "style"))
        left = self._left_out(tag, style)
        if left is not None:
            self.left[left] += len("".join(tag.get_text().split()))
            self.left_at.setdefault(left, len(self.printed))
            self._start_note(tag)
            return False
        if self._enter(tag, style, before):
            return False
        raised = style.get("vertical-align") == "super" and tag.name != "sup"
        opened = _Open(tag, element, raised, style.get("mso-list") == "ignore")
        self.open.append(opened)
        self.around.append(element)
        self._count(opened, 1)
        return True

    def _left_out(self, tag: Tag, style: Style) -> str | None:
        """Why *tag* is no part of the text, if it is none."""
        if tag.has_attr("hidden") or is_hidden(style):
            return "hidden-text"
        if _attribute(tag, "aria-hidden") == "true" and len(tag.get_text()) < _ARIA_HIDDEN:
            return "hidden-text"
        if tag.name == "del":
            return "deleted-text"
        if id(tag) in self.notes.comments or style.get("mso-element") == "comment-list":
            return "comments"
        return None

    # Opening and closing

    def _enter(self, tag: Tag, style: Style, before: Style) -> bool:
        """Open *tag*; whether it is done with already."""
        name = tag.name
        if (number := self.notes.marks.get(id(tag))) is not None:
            self.buffer.anchors.append((self.buffer.length, number))
            return True
        if name == "br":
            standing = bool(self.buffer.inked or self.buffer.anchors)
            self._flush(tag)
            self.blank = not standing  # a second one in a row leaves an empty line
            return True
        if name in _BLOCKS:
            self._break(tag)
        self._start_note(tag)
        self._enter_part(tag)
        counted = self.counters.enter(style, before, len(self.open))
        listed = style.get("list-style-type") or style.get("list-style") or ""
        if name in _LISTS:
            items = sum(isinstance(c, Tag) and c.name == "li" for c in tag.contents)
            self.lists.append(OpenList.of(name, _attributes(tag), listed, items))
        elif name == "li":
            own = self.lists[-1].label(_attribute(tag, "value"), listed) if self.lists else ""
            self.label = counted or own
            self.items += 1
        elif name == "tr":
            self.rows.append(_cells_in_line(tag))
        elif counted:
            self.buffer.add(counted, self.bold > 0)
        return False

    def _enter_part(self, tag: Tag) -> None:
        """Note what part of a web page *tag* is."""
        name = tag.name
        attributes = _attributes(tag)
        rank = main_rank(name, attributes)
        if rank:
            self.ranks[id(tag)] = rank
            self.parts.append((tag, id(tag)))
        if self.furniture is None and id(tag) not in self.notes.starts:
            kind = furniture(name, attributes)
            if kind is None and name == "footer" and not self.parts:
                kind = "foot of the page"
            self.furniture = (tag, kind) if kind else None
        if self.page_part is None and name in ("header", "footer"):
            self.page_part = (tag, "head of the page" if name == "header" else "foot of the page")

    def _leave(self, opened: _Open) -> None:
        tag = opened.tag
        name = tag.name
        if name == "tr" and self.rows:
            self._flush(tag)
            self.rows.pop()
            self.blank = True
        elif name in _BLOCKS:
            self._break(tag)
        elif name in _CELLS:
            self.buffer.add(" ", False)
        elif name == "a":
            self._link(tag)
        if name in _LISTS and self.lists:
            self.lists.pop()
        elif name == "li":
            self.label, self.items = "", self.items - 1
        if tag is self.note_owner:
            self.note = self.note_owner = self.note_label = None
        if self.parts and self.parts[-1][0] is tag:
            self.parts.pop()
        if self.furniture is not None and self.furniture[0] is tag:
            self.furniture = None
        if self.page_part is not None and self.page_part[0] is tag:
            self.page_part = None
        self._count(opened, -1)

    def _count(self, opened: _Open, step: int) -> None:
        name = opened.tag.name
        if name in _BOLD:
            self.bold += step
        elif name == "sup" or opened.raised:
            self.superscript += step
        elif name == "blockquote":
            self.quotes += step
        elif name == "pre":
            self.preformatted += step
        if opened.bullet:
            self.bullets += step

    def _start_note(self, tag: Tag) -> None:
        """If a mark leads to *tag*, what follows in its block is that note."""
        number = self.notes.starts.get(id(tag))
        if number is None:
            return
        self._flush(tag)
        self.note = self.note_label = number
        open_ = (opened.tag for opened in reversed(self.open) if opened.tag.name in _BLOCKS)
        self.note_owner = self._around_note(tag if tag.name in _BLOCKS else next(open_, None))

    def _around_note(self, owner: Tag | None) -> Tag | None:
        """The element that holds a note's further paragraphs too, where one holds nothing else."""
        around = owner.parent if owner is not None else None
        if owner is None or around is None or around.name not in _NOTE_HOLDERS:
            return owner
        if next((c for c in around.children if isinstance(c, Tag)), None) is not owner:
            return owner
        starts = int(id(around) in self.notes.starts)
        for nodes, node in enumerate(around.descendants):
            starts += id(node) in self.notes.starts
            other = id(node) in self.notes.marks or getattr(node, "name", None) in _HEADINGS
            if nodes > _ROW_NODES or starts > 1 or other:
                return owner
        return around

    def _text(self, text: str) -> None:
        if self.superscript and _SUPERSCRIPT_TEXT.fullmatch(text):
            text = text.translate(_SUPERSCRIPT)
        elif self.bullets and text.strip() in _WORD_BULLETS:
            text = text.replace(text.strip(), "•") if text.strip() else text
        if not self.preformatted:
            self.buffer.add(text, self.bold > 0)
            return
        for place, line in enumerate(text.splitlines()):
            if place:
                self.blank = not self.buffer.inked
                self._flush(None)
            self.buffer.add(line, self.bold > 0)

    def _link(self, tag: Tag) -> None:
        address = address_of(_attribute(tag, "href").strip())
        if id(tag) in self.notes.nowhere and tag.get_text().strip():
            self.dead.append((len(self.printed), _attribute(tag, "href")))
        if address.lower().startswith(("http://", "https://")) and len(address) < 4000:
            written = len(tag.get_text().strip())
            end = self.buffer.length
            self.buffer.links.append((max(0, end - written), end, address))

    # Blocks

    def _break(self, tag: Tag) -> None:
        """End the block in the making, unless it goes on in the next cell of its row."""
        if self.rows and tag.name != "tr":
            number = len(self.buffer.parts) < 8 and _NUMBER_ALONE.fullmatch(
                "".join(self.buffer.parts)
            )
            if self.rows[-1] or (number and self.note is None):
                self.buffer.add(" ", False)
                return
        self._flush(tag)
        self.blank = True

    def _flush(self, tag: Tag | None) -> None:
        """End the block in the making."""
        buffer = self.buffer
        if not buffer.inked and not buffer.anchors:
            if buffer.parts:
                self.buffer = Buffer()
            return
        self.buffer = Buffer()
        text = "".join(buffer.parts)
        cut = 0
        note_label, self.note_label = self.note_label, None
        if note_label is not None:
            cut = _number_length(text, note_label)
        label = self.label if note_label is None and self.note is None else ""
        if label and _OWN_NUMBER.match(text):
            label = ""
        self.label = ""
        shown = label + text[cut:].rstrip()
        self._append(shown, len(label) - cut, buffer, note_label)

    def _append(self, shown: str, shift: int, buffer: Buffer, note_label: str | None) -> None:
        style, level = self._style(buffer)
        limit = len(shown)
        part = self.furniture or self.page_part
        self.printed.append(
            Printed(
                shown,
                style,
                level,
                note_label,
                tuple((_within(o + shift, limit), n) for o, n in buffer.anchors),
                tuple(
                    (_within(s + shift, limit), _within(e + shift, limit), a)
                    for s, e, a in buffer.links
                ),
                self.blank,
                id(self.furniture[0]) if self.furniture is not None else None,
                part[1] if part is not None else None,
                tuple(place for _, place in self.parts),
            )
        )

    def _style(self, buffer: Buffer) -> tuple[str | None, int | None]:
        if self.note is not None:
            return "footnote", None
        for opened in reversed(self.open):
            if opened.tag.name in _HEADINGS:
                return "heading", _HEADINGS[opened.tag.name]
            if opened.tag.name in _BLOCKS:
                break
        if self.items:
            return "list-item", max(1, len(self.lists))
        if self.rows and self.rows[-1] > 1 and not _LABEL_CELL.match("".join(buffer.parts)):
            return "table-row", None
        if self.quotes:
            return "quote", None
        return ("bold", None) if buffer.inked and buffer.bold == buffer.inked else (None, None)


def _cells_in_line(row: Tag) -> int:
    """How many cells with text a table's row has, where it is one line of text: no cell holds
    more than one block. Otherwise 0."""
    blocks = cells = 0
    for nodes, node in enumerate(row.descendants):
        if isinstance(node, Tag):
            if node.name in _CELLS:
                blocks = 0
                cells += bool(node.get_text().strip())
            elif node.name in _BLOCKS:
                blocks += bool(node.get_text().strip()) if node.name == "p" else 1
        if nodes > _ROW_NODES or blocks > 1 or (isinstance(node, Tag) and node.name in _LAYOUT):
            return 0
    return max(1, cells)


def _number_length(text: str, number: str) -> int:
    """Length of the note's own number at the start of *text*, however it is written."""
    raised = number.translate(_SUPERSCRIPT)
    written = rf"\s*(?:{re.escape(raised)}|[\[(]?{re.escape(number)}(?:[\]).:]|(?=\s)))+[.)]?\s*"
    found = re.match(written, text)
    return found.end() if found else 0


def _within(offset: int, length: int) -> int:
    return min(max(offset, 0), length)
