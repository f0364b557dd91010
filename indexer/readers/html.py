"""How is HTML read? One block a paragraph, heading, list item or line, as a browser prints it.

List numbers are printed into the text, hidden parts left out. Where the document links a
mark to a note, the mark is taken out of the text and kept as an anchor, and the note's block
bears its number. Places count in the text that is extracted, whose lines are the blocks'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from indexer.errors import SourceError
from indexer.model import Block, Problem, Reading, Source
from indexer.readers.encodings import decode
from indexer.readers.printed import Buffer, OpenList

#: Largest document, in characters and in tags: what a parser's tree may take in memory.
MAX_CHARACTERS = 8_000_000
MAX_TAGS = 100_000
#: Deepest nesting. Word processors stay below fifty; a parser's time grows with it.
MAX_DEPTH = 500

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_XML_INSTRUCTION = re.compile(r"<\?xml[^>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]{0,4000}?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# These end where the next of their kind starts: left open, they do not pile up.
_CLOSED_BY_NEXT = frozenset("p li dt dd tr td th thead tbody tfoot option".split())
# Browsers read these names as windows-1252 too (WHATWG Encoding Standard).
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"))

_UNSEEN = frozenset(
    "head script style template noscript iframe object svg math canvas audio video select button"
    " textarea input nav".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside body blockquote caption center dd details dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html li main ol p pre section summary table"
    " tbody tfoot thead tr ul".split()
) | frozenset(_HEADINGS)
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong"))
_MARK_TEXT = re.compile(r"[\[(]?\s*([0-9]{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§]{1,3})\s*[\])]?")
_BACK_TEXT = re.compile(
    r"[\[(]?\s*(?:[0-9]{1,4}|[a-z]{1,6}|[*†‡§]{1,3}|[↑↩⤴^⏎]\ufe0e?)\s*[\])]?\.?", re.IGNORECASE
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT_TEXT = re.compile(r"\s*[0-9]{1,4}(?:\s*[,;–-]\s*[0-9]{1,4})*\s*")
_OWN_NUMBER = re.compile(r"\s*(?:\(?[0-9]{1,4}(?:\.[0-9]{1,4})*[.)]|\(?[a-z]{1,2}\))\s")
_LISTS = ("ol", "ul", "dir", "menu")


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read an HTML document; raises SourceError where it is too large, too deep or no text."""
    decoded = decode(data, name, encoding, _declared(data))
    markup = decoded.text
    _check(markup, name)
    if "<" not in markup:
        markup = f"<pre>{markup}</pre>"
    soup = BeautifulSoup(_XML_INSTRUCTION.sub(" ", markup), "lxml")
    walk = _Walk(_Notes(soup))
    walk.go(soup)
    text = walk.text()
    source = Source(name, sha256, "text/html", decoded.encoding, False, len(text))
    empty = () if walk.blocks else (Problem("empty", f"{name} holds no text", None),)
    return Reading(source, text, tuple(walk.blocks), (*decoded.problems, *empty))


def _declared(data: bytes) -> str | None:
    """The encoding that the document's head names, unless a byte order mark does."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith(b"\xef\xbb\xbf"):
        return None
    found = _CHARSET.search(data, 0, 4096)
    if found is None:
        return None
    declared = found[1].decode("ascii").lower()
    return "cp1252" if declared in _LATIN else declared


def _check(markup: str, name: str) -> None:
    """Refuse what would keep the parser busy for long."""
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


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


class _Notes:
    """Which links are marks of notes, which lead back, and where notes start.

    A mark is a link whose text is a number and whose target stands after it; a link from a
    note leads back to a target before it.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self.marks: dict[int, str] = {}
        self.back: set[int] = set()
        self.starts: dict[int, str] = {}
        places: dict[str, tuple[int, Tag]] = {}
        links: list[tuple[int, Tag]] = []
        for place, tag in enumerate(soup.find_all(True)):
            for name in {_attribute(tag, "id"), _attribute(tag, "name")} - {""}:
                places.setdefault(name, (place, tag))
            if tag.name == "a" and _attribute(tag, "href").startswith("#"):
                links.append((place, tag))
        for place, link in links:
            target = places.get(_attribute(link, "href")[1:])
            text = link.get_text().strip()
            if target is None or len(text) > 12:
                continue
            mark = _MARK_TEXT.fullmatch(text)
            if target[0] > place and mark:
                self.marks[id(link)] = mark[1]
                self.starts.setdefault(id(target[1]), mark[1])
            elif target[0] < place and _BACK_TEXT.fullmatch(text):
                self.back.add(id(link))


class _Walk:
    """The walk over the document, with its own stack so that depth cannot exhaust Python's."""

    def __init__(self, notes: _Notes) -> None:
        self.notes = notes
        self.blocks: list[Block] = []
        self.buffer = Buffer()
        self.lists: list[OpenList] = []
        self.open: list[Tag] = []
        self.label = ""
        self.items = 0
        self.note: str | None = None
        self.note_label: str | None = None
        self.note_owner: Tag | None = None
        self.bold = self.superscript = self.quotes = self.preformatted = 0
        self.blank = True
        self.length = 0
        self.line = 1
        self.pieces: list[str] = []

    def text(self) -> str:
        """The text of all blocks, as their places count."""
        return "".join(self.pieces)

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
            elif isinstance(node, Tag):
                if not self._is_unseen(node) and not self._enter(node):
                    self.open.append(node)
                    stack.append(iter(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._text(str(node))
        self._flush(None)

    def _is_unseen(self, tag: Tag) -> bool:
        if tag.name in _UNSEEN or tag.has_attr("hidden") or id(tag) in self.notes.back:
            # A link back may be where the note starts: <a name="_ftn1" href="#_ftnref1">.
            self._start_note(tag)
            return True
        style = _attribute(tag, "style").lower()
        return bool(style) and _HIDDEN_STYLE.search(style) is not None

    def _enter(self, tag: Tag) -> bool:
        """Open *tag*; whether it is done with already."""
        name = tag.name
        if (number := self.notes.marks.get(id(tag))) is not None:
            self.buffer.anchors.append((self.buffer.length, number))
            return True
        if name == "br":
            self._flush(tag)
            self.blank = False
            return True
        if name in _BLOCKS:
            self._flush(tag)
            self.blank = True
        self._start_note(tag)
        if name in _LISTS:
            items = sum(isinstance(c, Tag) and c.name == "li" for c in tag.contents)
            attributes = {key: _attribute(tag, key) for key in tag.attrs}
            self.lists.append(OpenList.of(name, attributes, items))
        elif name == "li":
            self.label = self.lists[-1].label(_attribute(tag, "value")) if self.lists else ""
            self.items += 1
        self._count(tag, 1)
        return False

    def _leave(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS:
            self._flush(tag)
            self.blank = True
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
        self._count(tag, -1)

    def _count(self, tag: Tag, step: int) -> None:
        name = tag.name
        if name in _BOLD:
            self.bold += step
        elif name == "sup":
            self.superscript += step
        elif name == "blockquote":
            self.quotes += step
        elif name == "pre":
            self.preformatted += step

    def _start_note(self, tag: Tag) -> None:
        """If a mark leads to *tag*, what follows in its block is that note."""
        number = self.notes.starts.get(id(tag))
        if number is None:
            return
        self._flush(tag)
        self.note = self.note_label = number
        owner = tag if tag.name in _BLOCKS else None
        self.note_owner = owner or next((t for t in reversed(self.open) if t.name in _BLOCKS), None)

    def _text(self, text: str) -> None:
        if self.superscript and _SUPERSCRIPT_TEXT.fullmatch(text):
            text = text.translate(_SUPERSCRIPT)
        if not self.preformatted:
            self.buffer.add(text, self.bold > 0)
            return
        for place, line in enumerate(text.splitlines()):
            if place:
                self.blank = not self.buffer.inked
                self._flush(None)
            self.buffer.add(line, self.bold > 0)

    def _link(self, tag: Tag) -> None:
        address = _attribute(tag, "href").strip()
        if address.lower().startswith(("http://", "https://")) and len(address) < 4000:
            written = len(tag.get_text().strip())
            end = self.buffer.length
            self.buffer.links.append((max(0, end - written), end, address))

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
        blank = self.blank
        if self.pieces:
            gap = "\n\n" if blank else "\n"
            self.pieces.append(gap)
            self.length += len(gap)
            self.line += len(gap)
        style, level = self._style(buffer)
        limit = len(shown)
        self.blocks.append(
            Block(
                shown,
                self.length,
                self.line,
                style=style,
                level=level,
                label=note_label,
                anchors=tuple((_within(o + shift, limit), n) for o, n in buffer.anchors),
                blank_before=blank,
                links=tuple(
                    (_within(s + shift, limit), _within(e + shift, limit), a)
                    for s, e, a in buffer.links
                ),
            )
        )
        self.pieces.append(shown)
        self.length += len(shown)

    def _style(self, buffer: Buffer) -> tuple[str | None, int | None]:
        if self.note is not None:
            return "footnote", None
        for tag in reversed(self.open):
            if tag.name in _HEADINGS:
                return "heading", _HEADINGS[tag.name]
            if tag.name in _BLOCKS:
                break
        if self.items:
            return "list-item", max(1, len(self.lists))
        if self.quotes:
            return "quote", None
        return ("bold", None) if buffer.inked and buffer.bold == buffer.inked else (None, None)


def _number_length(text: str, number: str) -> int:
    """Length of the note's own number at the start of *text*, however it is written."""
    raised = number.translate(_SUPERSCRIPT)
    written = rf"\s*(?:{re.escape(raised)}|[\[(]?{re.escape(number)}(?:[\]).:]|(?=\s)))+[.)]?\s*"
    found = re.match(written, text)
    return found.end() if found else 0


def _within(offset: int, length: int) -> int:
    return min(max(offset, 0), length)
