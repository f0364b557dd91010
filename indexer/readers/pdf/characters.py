"""Which words are on a page, where, and how large? Asked of PDFium as seldom as will do.

A call for every character and property would cost more than all else together. A word's
place is told by its first and last character; only where these differ, or a number may be
raised inside it, is every character looked at.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from indexer.readers.pdf.page import Page, Word

#: PDFium's signs for a hyphen at a line's end, in its list of characters and in its text.
_LINE_END_HYPHENS = "\x02\ufffe"
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHENS}]*[{_LINE_END_HYPHENS}]|\S+")
_NUMBER_INSIDE = re.compile(r"[^\d\s]\d|\d[^\d\s]")
#: Bullets that Word sets in the Symbol and Wingdings fonts, at private places in Unicode.
_BULLETS = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "◦",
        "\uf0a8": "•", "\uf06e": "■", "\uf071": "■", "\uf02d": "-",
    }
)  # fmt: skip
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1b\x7f]")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
#: Rules over notes are drawn this thin, and this wide.
_RULE_HEIGHT, _RULE_WIDTH = 2.5, 30.0
#: Drawn things looked at for rules; beyond, a page is a drawing.
_MOST_OBJECTS = 3_000
_MOST_LINKS = 500
_NAME_BYTES = 128
_WEB = ("http://", "https://")


@dataclass(slots=True)
class _Glyph:
    """Where a character stands, in the file's own directions."""

    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float


#: Letters of scripts that run from right to left.
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class _TextPage:
    """PDFium's text of a page, with the variables its answers are written to."""

    def __init__(self, text: Any) -> None:
        self.raw = text.raw
        self.length: int = text.count_chars()
        self.text = self._text(text)
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._bold: dict[bytes, bool] = {}
        self._maps: dict[bytes, dict[str, bool]] = {}

    def _text(self, text: Any) -> str:
        """One character for each of PDFium's."""
        if not self.length:
            return ""
        whole: str = text.get_text_range()
        if len(whole) == self.length:
            return whole
        codes = (raw.FPDFText_GetUnicode(self.raw, i) for i in range(self.length))
        return "".join(
            "\ufffd" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code) for code in codes
        )

    def glyph(self, index: int) -> _Glyph:
        box = self._box
        raw.FPDFText_GetLooseCharBox(self.raw, index, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(self.raw, index, ctypes.byref(self._x), ctypes.byref(self._y))
        return _Glyph(box.left, box.bottom, box.right, box.top, self._x.value, self._y.value)

    def direction(self, index: int) -> tuple[float, float, float]:
        """Which way the character is printed, and its size."""
        matrix = self._matrix
        if not raw.FPDFText_GetMatrix(self.raw, index, ctypes.byref(matrix)):
            return 1.0, 0.0, float(raw.FPDFText_GetFontSize(self.raw, index))
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        size = float(raw.FPDFText_GetFontSize(self.raw, index)) * scale
        return matrix.a, matrix.b, round(size, 1)

    def font(self, index: int) -> bytes:
        """The name of the character's font."""
        length = raw.FPDFText_GetFontInfo(
            self.raw, index, self._name, _NAME_BYTES, ctypes.byref(self._flags)
        )
        return self._name.value if 0 < length <= _NAME_BYTES else b""

    def is_bold(self, font: bytes, index: int) -> bool:
        bold = self._bold.get(font)
        if bold is None:
            heavy = raw.FPDFText_GetFontWeight(self.raw, index) >= _BOLD_WEIGHT
            bold = self._bold[font] = bool(_BOLD.search(font)) or heavy
        return bold

    def unmapped(self, font: bytes, start: int, end: int) -> int:
        """How many characters the font does not map to Unicode; each is asked of once a font."""
        seen = self._maps.setdefault(font, {})
        count = 0
        for index in range(start, end):
            letter = self.text[index]
            if letter not in seen:
                seen[letter] = raw.FPDFText_HasUnicodeMapError(self.raw, index) == 1
            count += seen[letter]
        return count


def read_page(page: Any, text: Any, number: int) -> Page:
    """Read what is on *page*; *text* is PDFium's text of it."""
    found = _TextPage(text)
    runs = list(_runs(found))
    turn = _turn(runs)
    width, height = page.get_size()
    made = Page(number, width, height)
    for order, run in enumerate(runs):
        word, upright = _word(run, order, turn)
        (made.words if upright else made.turned).append(word)
        made.unmapped += run.unmapped
    _look_at_objects(page, made, turn)
    _look_at_links(page, made, turn)
    return made


@dataclass(slots=True)
class _Run:
    """Characters in a row with one size on one base line."""

    text: str
    first: _Glyph
    last: _Glyph
    dx: float
    dy: float
    size: float
    bold: bool
    spaced: bool
    unmapped: int


def _runs(found: _TextPage) -> Iterator[_Run]:
    text = found.text
    for match in _WORD.finditer(text):
        start, end = match.span()
        spaced = start > 0 and text[start - 1] in " \u00a0\t"
        for begin, stop, first, last in _split(found, match.group(), start, end):
            dx, dy, size = found.direction(begin)
            shown = _readable(text[begin:stop])
            font = found.font(begin)
            bold = found.is_bold(font, begin)
            odd = found.unmapped(font, begin, stop) or len(_UNREADABLE.findall(shown))
            yield _Run(shown, first, last, dx, dy, size, bold, spaced and begin == start, odd)


def _readable(text: str) -> str:
    last = text[-1]
    if last in _LINE_END_HYPHENS:
        text = text[:-1] + "-"
    return text.translate(_BULLETS)


def _split(
    found: _TextPage, word: str, start: int, end: int
) -> Iterator[tuple[int, int, _Glyph, _Glyph]]:
    """Where size or base line change inside a word, or it goes back; with the first and last
    glyph of each part."""
    first = found.glyph(start)
    if end - start == 1:
        yield start, end, first, first
        return
    last = found.glyph(end - 1)
    # As where a letter from another font is set after those it stands among.
    back = last.x < first.x - 0.5 and not _LEFTWARDS.search(word) and found.direction(start)[0] > 0
    level = abs(first.y - last.y) < 0.5 or abs(first.x - last.x) < 0.5
    if level and not back and not _NUMBER_INSIDE.search(word):
        yield start, end, first, last
        return
    begin, before = start, first
    for index in range(start + 1, end):
        glyph = found.glyph(index)
        if (back and glyph.x < before.x - 0.5) or (
            abs(glyph.y - before.y) > 0.5 and abs(glyph.x - before.x) > 0.5
        ):
            yield begin, index, first, before
            begin, first = index, glyph
        before = glyph
    yield begin, end, first, before


def _turn(runs: list[_Run]) -> int:
    """How many quarters the page's text is turned to the left."""
    quarters: Counter[int] = Counter()
    for run in runs:
        quarters[_quarter(run)] += len(run.text)
    del quarters[-1]
    return quarters.most_common(1)[0][0] if quarters else 0


def _quarter(run: _Run) -> int:
    """0 for text that runs to the right, 1 up, 2 to the left, 3 down; -1 for none of these."""
    dx, dy = run.dx, run.dy
    if abs(dy) <= 0.02 * abs(dx):
        return 0 if dx >= 0 else 2
    if abs(dx) <= 0.02 * abs(dy):
        return 1 if dy > 0 else 3
    return -1


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point in the directions of the page as it is read, y down."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def _word(run: _Run, order: int, turn: int) -> tuple[Word, bool]:
    first, last = run.first, run.last
    corners = [
        _turned(x, y, turn)[0]
        for glyph in (first, last)
        for x, y in ((glyph.left, glyph.bottom), (glyph.right, glyph.top))
    ]
    base = _turned(first.x, first.y, turn)[1]
    word = Word(run.text, min(corners), max(corners), base, run.size, run.bold, order, run.spaced)
    return word, _quarter(run) == turn


def _look_at_objects(page: Any, made: Page, turn: int) -> None:
    """Note rules, and whether anything is drawn."""
    count = raw.FPDFPage_CountObjects(page.raw)
    made.drawn = count > 0
    edges = [ctypes.c_float() for _ in range(4)]
    invisible = visible = 0
    for index in range(min(count, _MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            mode = raw.FPDFTextObj_GetTextRenderMode(thing)
            invisible += mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            visible += mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(
            thing, *(ctypes.byref(edge) for edge in edges)
        ):
            left, bottom, right, top = (edge.value for edge in edges)
            ax, ay = _turned(left, bottom, turn)
            bx, by = _turned(right, top, turn)
            if abs(ay - by) <= _RULE_HEIGHT and abs(ax - bx) >= _RULE_WIDTH:
                made.rules.append((min(ax, bx), max(ax, bx), (ay + by) / 2))
    made.recognised = invisible > visible


def _look_at_links(page: Any, made: Page, turn: int) -> None:
    """Note the web addresses that parts of the page lead to, and what leads nowhere."""
    place = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    box = raw.FS_RECTF()
    document = page.pdf.raw
    while len(made.links) < _MOST_LINKS and raw.FPDFLink_Enumerate(
        page.raw, ctypes.byref(place), ctypes.byref(link)
    ):
        action = raw.FPDFLink_GetAction(link)
        made.dead_links += _leads_nowhere(document, link, action)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 0 < length < 4000 or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace")
        if address.lower().startswith(_WEB):
            ax, ay = _turned(box.left, box.bottom, turn)
            bx, by = _turned(box.right, box.top, turn)
            made.links.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), address))


def _leads_nowhere(document: Any, link: Any, action: Any) -> bool:
    """Whether *link* should lead into the document, and its place is not there."""
    if action and raw.FPDFAction_GetType(action) != raw.PDFACTION_GOTO:
        return False
    place = raw.FPDFLink_GetDest(document, link)
    if not place and action:
        place = raw.FPDFAction_GetDest(document, action)
    return not place or raw.FPDFDest_GetDestPageIndex(document, place) < 0
