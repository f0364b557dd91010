"""What does a paragraph or note say, as a reader would copy it? Its pieces become a text.

Marks of emphasis and of footnotes are taken out, the latter kept with the place where they
stood; everything else stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.model import FootnoteMark, Span
from indexer.structure.drafts import Piece
from indexer.structure.footnotes import Notation
from indexer.structure.lines import SUPERSCRIPTS, plain_digits
from indexer.structure.marks import Glued

_SUP = rf"[{SUPERSCRIPTS}]{{1,4}}"
_SPECIAL = re.compile(rf"[{SUPERSCRIPTS}\[*_\\<]")
_MARKS = re.compile(
    rf"(?P<superscript>{_SUP}(?:[,;⁻–-]\s?{_SUP}){{0,20}})"
    r"|\[\^(?P<markdown>[^\]\s]{1,40})\](?!:)"
    r"|\[(?P<bracket>[0-9]{1,4})\]"
    r"|(?P<bold>\*{2,3}|__)"
    r"|(?P<linked>\[[^\[\]\n]{1,300})(?P<address>\]\((?:[^()\s]|\([^()\s]{0,200}\)){1,2000}\))"
    r"|(?P<angle><)https?://[^\s<>]{1,4000}>"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_ONE_MARK = re.compile(_SUP)
# Single signs of emphasis are markup in Markdown alone: elsewhere they may be printed.
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]{1,400})(?<=\S)\*(?![\w*])"
    r"|(?<![\w/_])_(?=[^\s_])(?P<line>[^_\n]{1,400})(?<=\S)_(?![\w_])"
)
#: Most marks in a row that are looked over for the space before them.
MAX_ADJACENT = 20
#: Units that are written with a superscript of their own: square and cubic metres.
_UNIT = re.compile(r"(?:[0-9]|\b)\s?[kcmdh]?m$")
_BEFORE_MARK = " \t\u00a0"
_AFTER_MARK = ' \t\u00a0.,;:!?)”’"»]'


@dataclass(slots=True)
class Known:
    """The notes that there are, by the notation of their marks."""

    numbers: Mapping[Notation, frozenset[str]]
    markdown: bool = False
    glued: Mapping[int, Sequence[Glued]] = field(default_factory=dict)
    """Marks in plain digits, by line."""

    def of(self, notation: Notation) -> frozenset[str]:
        """Numbers of the notes that a mark written so may stand for."""
        found = self.numbers.get(notation, frozenset())
        if notation is Notation.MARKDOWN:
            return found
        return found | self.numbers.get(Notation.PLAIN, frozenset())


@dataclass(slots=True)
class Made:
    """A text and what was found making it."""

    text: str = ""
    marks: list[FootnoteMark] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    """Marks that stand for no note: they stay in the text."""


@dataclass(slots=True)
class _Cut:
    start: int
    end: int
    notes: tuple[str, ...] = ()


def made_of(pieces: Sequence[Piece], known: Known) -> Made:
    """Join *pieces* into a text with its marks and places."""
    made = Made()
    parts: list[str] = []
    length = 0
    for piece in pieces:
        raw = piece.line.text
        cleaned, marks = _clean(raw, piece, known, made.stray)
        if not cleaned and not marks:
            if len(raw) > piece.body:
                _place(made, piece, len(raw))
            continue
        join = piece.join if length else ""
        if join == " " and parts and parts[-1].endswith(" "):
            join = ""
        parts.append(join + cleaned)
        length += len(join)
        made.marks.extend(FootnoteMark(number, length + offset) for offset, number in marks)
        length += len(cleaned)
        _place(made, piece, len(raw))
    made.text = "".join(parts)
    return made


def _place(made: Made, piece: Piece, end: int) -> None:
    """Note where *piece* stands; lines that directly follow are one piece."""
    start = piece.line.start
    line = piece.line.block.line
    last = line + piece.line.text.count("\n")
    if made.spans and not piece.apart:
        made.spans[-1] = Span(made.spans[-1].start, start + end)
        made.lines[-1] = Span(made.lines[-1].start, last)
    else:
        made.spans.append(Span(start + piece.body, start + end))
        made.lines.append(Span(line, last))


def _clean(
    raw: str, piece: Piece, known: Known, stray: list[str]
) -> tuple[str, list[tuple[int, str]]]:
    """The text of one piece, and its marks as (offset, number)."""
    body = piece.body
    anchors = piece.line.block.anchors
    glued = known.glued.get(piece.line.index, ())
    if not anchors and not glued and _SPECIAL.search(raw, body) is None:
        return raw[body:].strip(), []
    cuts = [_Cut(offset, offset, notes=(number,)) for offset, number in anchors if offset >= body]
    cuts.extend(_Cut(m.start, m.end, (m.number,)) for m in glued if m.start >= body)
    cuts.extend(_cuts(raw, body, known, stray))
    if known.markdown:
        taken = {(cut.start, cut.end) for cut in cuts}
        cuts.extend(_emphasis(raw, body, taken))
    cuts.sort(key=lambda cut: (cut.start, cut.end))
    return _cut_out(raw, body, cuts)


def _cut_out(raw: str, body: int, cuts: Sequence[_Cut]) -> tuple[str, list[tuple[int, str]]]:
    parts: list[str] = []
    marks: list[tuple[int, str]] = []
    at, length = body, 0
    for place, cut in enumerate(cuts):
        if cut.start < at:
            continue
        kept = raw[at : cut.start]
        after = _after(raw, cuts, place)
        if cut.notes and (not after or after in _AFTER_MARK):
            kept = kept.rstrip(_BEFORE_MARK)
        if not parts or not length:
            kept = kept.lstrip()
        parts.append(kept)
        length += len(kept)
        marks.extend((length, number) for number in cut.notes)
        at = cut.end
    rest = raw[at:].rstrip()
    parts.append(rest if length else rest.lstrip())
    text = "".join(parts)
    stripped = text.rstrip()
    return stripped, [(min(offset, len(stripped)), number) for offset, number in marks]


def _after(raw: str, cuts: Sequence[_Cut], place: int) -> str:
    """The character that follows a cut, and all cuts that directly follow it."""
    end = cuts[place].end
    for cut in cuts[place + 1 : place + MAX_ADJACENT]:
        if cut.start != end:
            break
        end = cut.end
    return raw[end : end + 1]


def _cuts(raw: str, body: int, known: Known, stray: list[str]) -> list[_Cut]:
    cuts = []
    for found in _MARKS.finditer(raw, body):
        kind = found.lastgroup
        start, end = found.span()
        if kind == "bold":
            if _is_markup(raw, start, end):
                cuts.append(_Cut(start, end))
        elif kind in ("escaped", "address", "angle"):
            if known.markdown:
                cuts.extend(_unmarked(found))
        elif (numbers := _numbers(raw, found, known, stray)) is not None:
            cuts.append(_Cut(start, end, notes=numbers))
    return cuts


def _unmarked(found: re.Match[str]) -> Iterator[_Cut]:
    """What Markdown's escapes and links have beside their text."""
    start, end = found.span()
    if found["escaped"]:
        yield _Cut(start, start + 1)
    elif found["linked"]:
        yield _Cut(start, start + 1)
        yield _Cut(found.start("address"), end)
    else:
        yield _Cut(start, start + 1)
        yield _Cut(end - 1, end)


def _numbers(
    raw: str, found: re.Match[str], known: Known, stray: list[str]
) -> tuple[str, ...] | None:
    """The notes that a mark stands for; None where it is none."""
    if found["markdown"]:
        number = found["markdown"]
        if number in known.of(Notation.MARKDOWN):
            return (number,)
        stray.append(number)
        return None
    if found["bracket"]:
        return (found["bracket"],) if found["bracket"] in known.of(Notation.BRACKET) else None
    before = raw[max(0, found.start() - 8) : found.start()]
    written = found["superscript"]
    if written in ("²", "³") and _UNIT.search(before):
        return None
    numbers = _expanded(written)
    if known.of(Notation.SUPERSCRIPT).issuperset(numbers):
        return numbers
    if not before[-1:].isdigit():  # 10⁶ is a power
        stray.extend(numbers)
    return None


def _expanded(written: str) -> tuple[str, ...]:
    """The numbers of ``¹``, ``¹,²`` or ``¹⁻³``."""
    numbers = [plain_digits(mark.group()) for mark in _ONE_MARK.finditer(written)]
    if len(numbers) == 2 and any(dash in written for dash in "⁻–-"):
        first, last = map(int, numbers)
        if first < last <= first + 20:
            return tuple(map(str, range(first, last + 1)))
    return tuple(numbers)


def _is_markup(raw: str, start: int, end: int) -> bool:
    """Whether a double mark opens or closes emphasis: text on one side, none on the other."""
    before = raw[start - 1 : start] if start else ""
    after = raw[end : end + 1]
    opens = after.strip() != "" and not before.isalnum()
    closes = before.strip() != "" and not after.isalnum()
    if raw[start] == "_":  # a blank to be filled in, or part of an address
        return (opens or closes) and before != "_" and after not in ("_", "/")
    return opens or closes


def _emphasis(raw: str, body: int, taken: set[tuple[int, int]]) -> list[_Cut]:
    cuts = []
    for found in _EMPHASIS.finditer(raw, body):
        for at in (found.start(), found.end() - 1):
            if (at, at + 1) not in taken:
                cuts.append(_Cut(at, at + 1))
    return cuts
