"""How is a Word document read? As Word prints it: numbers counted, notes tied to their marks.

:mod:`package` opens the file under limits, :mod:`styles` and :mod:`numbering` say how its
paragraphs look and are numbered, with the formats of :mod:`numerals`; :mod:`inline` makes the
lines of a paragraph, with the characters of :mod:`symbols`, :mod:`story` the order of
paragraphs, :mod:`notes` the numbers of notes, :mod:`places` where links may lead. Tracked
changes are accepted, comments and hidden text left out. What repeats other text stands in the
text but in no block: a table of contents, and, at the end, what pages bear at head and foot.
Pages are not told: where they break, whoever opens the file decides anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docx.opc.part import Part

from indexer.errors import SourceError
from indexer.model import Block, Problem, Reading, Source
from indexer.readers.docx.inline import Context
from indexer.readers.docx.notes import Notes
from indexer.readers.docx.numbering import Numbering
from indexer.readers.docx.package import MAX_PARAGRAPHS, Package
from indexer.readers.docx.places import bookmarks, pages_numbered
from indexer.readers.docx.story import Draft, Story
from indexer.readers.docx.styles import Styles

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_GAP, _BREAK = "\n\n", "\n"


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read a Word document; raises SourceError where it is none, damaged or too large.

    *encoding* is of no use here: the format has its own.
    """
    package = Package(data, name)
    styles = Styles.of(package.root(package.part("styles")))
    numbering = Numbering(package.root(package.part("numbering")), styles)
    parts = {kind: package.part(f"{kind}s") for kind in ("footnote", "endnote")}
    document = package.root(package.document)
    notes = Notes(
        {kind: package.root(part) for kind, part in parts.items()},
        package.root(package.part("settings")),
        document,
    )
    roots = [document, *map(package.root, parts.values())]
    context = Context(styles, notes, _addresses(package.document), bookmarks(roots))
    drafts = Story(context, numbering).read(document)
    for kind, part in parts.items():
        context.addresses = _addresses(part)
        read_so_far = 0
        # A note may cite another one.
        while more := notes.cited(kind, read_so_far):
            read_so_far += len(more)
            for label, text in more:
                drafts.extend(_note(Story(context, numbering, label).read(text), label))
    beside = [package.root(part) for kind in ("header", "footer") for part in package.parts(kind)]
    running = [draft.text for root in beside for draft in Story(context, numbering).read(root)]
    reading = _reading(drafts, running, notes.problems.items(), name, sha256)
    source = replace(reading.source, pages_numbered=pages_numbered(beside))
    return replace(reading, source=source)


def _addresses(part: Part | None) -> dict[str, str]:
    """The addresses that hyperlinks of *part* lead to, by the relationship's id."""
    if part is None:
        return {}
    return {id_: r.target_ref for id_, r in part.rels.items() if r.is_external}


def _note(drafts: list[Draft], label: str) -> list[Draft]:
    """A note's blocks; where it has none, its absence is told."""
    if any(draft.label for draft in drafts):
        return drafts
    return [*drafts, Draft("", problems=(("note-empty", f"Note {label} has no text"),))]


def _placed(draft: Draft, start: int, line: int) -> Block:
    return Block(
        draft.text,
        start,
        line,
        style=draft.style,
        level=draft.level,
        label=draft.label,
        anchors=draft.anchors,
        blank_before=draft.blank,
        links=draft.links,
    )


def _reading(
    drafts: Iterable[Draft],
    running: Iterable[str],
    problems: Iterable[tuple[str, str]],
    name: str,
    sha256: str,
) -> Reading:
    """Place the drafts in one text, each in lines of its own."""
    blocks: list[Block] = []
    told: list[Problem] = []
    pieces: list[str] = []
    length, line = 0, 1
    for draft in drafts:
        gap = (_GAP if draft.blank else _BREAK) if pieces else ""
        told.extend(Problem(code, message, line + len(gap)) for code, message in draft.problems)
        if not draft.text:
            continue
        length, line = length + len(gap), line + len(gap)
        if not draft.repeats:
            blocks.append(_placed(draft, length, line))
        pieces += gap, draft.text
        length += len(draft.text)
    if len(blocks) > MAX_PARAGRAPHS:
        raise SourceError(
            f"{name}: has {len(blocks):,} paragraphs, more than {MAX_PARAGRAPHS:,}", "Split it"
        )
    for text in dict.fromkeys(text for text in running if any(map(str.isalpha, text))):
        pieces += _GAP if pieces else "", text
    told.extend(Problem(code.partition(" ")[0], message) for code, message in problems)
    if not blocks:
        told.append(
            Problem("empty", f"{name} holds no text; if it shows some, that is a picture", None)
        )
    text = "".join(pieces)
    source = Source(name, sha256, MEDIA_TYPE, None, False, len(text))
    return Reading(source, text, tuple(blocks), tuple(told))
