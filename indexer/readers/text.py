"""How is plain text or Markdown read? One block a line, with its place in the file.

Lines are all that such a file says of itself, besides Markdown's headings. Whether lines
belong together is left to the structure steps, how bytes become characters to
:mod:`indexer.readers.encodings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.errors import SourceError
from indexer.model import Block, Problem, Reading, Source
from indexer.readers.encodings import decode

#: Most lines that are read: a hundred times a long submission. Each costs time and memory.
MAX_LINES = 200_000

#: Columns of indentation that are looked at: what is deeper is indented too.
_MOST_INDENT = 40

# What ends a line. A form feed starts a page, and is no line of an editor's count.
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\r\n|[\r\n\f\v\x85\u2028\u2029]")
_COUNTED = ("\r\n", "\n", "\r")
_HEADING = re.compile(r"(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"=+\s*|-{3,}\s*")
_QUOTE = re.compile(r"\s{0,3}>\s")
# A note of Markdown goes on in indented paragraphs below it, blank lines between or not.
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_INDENTED = re.compile(r" {2,}|\t")
_ROW = re.compile(r"\|.*\|")


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read plain text or Markdown; raises SourceError where the bytes are no text."""
    decoded = decode(data, name, encoding)
    text = decoded.text
    markdown = name.lower().endswith((".md", ".markdown"))
    media_type = "text/markdown" if markdown else "text/plain"
    source = Source(name, sha256, media_type, decoded.encoding, True, len(text))
    lines = text.count("\n") + text.count("\r") + text.count("\f")
    if lines > MAX_LINES:
        raise SourceError(f"{name}: has {lines:,} lines, more than {MAX_LINES:,}", "Split it")
    found = list(_lines(text))
    blocks = tuple(_marked_down(_underlined(found, True), text) if markdown else _underlined(found))
    empty = () if blocks else (Problem("empty", f"{name} holds no text", None),)
    return Reading(source, text, blocks, (*decoded.problems, *empty))


def _lines(text: str) -> Iterator[Block]:
    """Each line that is not blank, without white space around it."""
    line, page = 1, 1
    paged = "\f" in text
    blank = True
    empty = True
    for match in _LINE.finditer(text):
        found = match.group()
        if found in _COUNTED or found in "\f\v\x85\u2028\u2029":
            blank, empty = blank or empty, True
            if found in _COUNTED:
                line += 1
            elif found == "\f":
                page += 1
            continue
        stripped = found.strip()
        if not stripped:
            continue
        empty = False
        start = match.start() + len(found) - len(found.lstrip())
        heading = _HEADING.match(stripped)
        style = "heading" if heading else "quote" if _QUOTE.match(found) else None
        yield Block(
            stripped,
            start,
            line,
            style=style,
            level=len(heading[1]) if heading else None,
            page=page if paged else None,
            blank_before=blank,
        )
        blank = False


def _marked_down(blocks: Iterable[Block], text: str) -> Iterator[Block]:
    """Mark what indentation makes part of a note, and the rows of tables; an empty line of a
    quotation is a blank line inside it."""
    in_note = blank = False
    for block in blocks:
        if block.text == ">":
            blank = True
            yield block
            continue
        before = text[max(0, block.start - _MOST_INDENT) : block.start]
        indented = _INDENTED.fullmatch(before.rpartition("\n")[2]) is not None
        # A line that directly follows goes on with the note, as with any paragraph.
        in_note = _NOTE.match(block.text) is not None or (
            in_note and (indented or not block.blank_before) and block.style is None
        )
        if in_note and _NOTE.match(block.text) is None:
            yield replace(block, style="footnote")
        elif block.style is None and _ROW.fullmatch(block.text):
            yield replace(block, style="table-row")
        else:
            yield replace(block, blank_before=block.blank_before or blank)
        blank = False


def _underlined(blocks: list[Block], markdown: bool = False) -> Iterator[Block]:
    """Mark the lines that a Markdown line of ``===`` or ``---`` makes headings."""
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if (
            following is not None
            and not following.blank_before
            and block.style is None
            and (markdown or following.text[0] == "=")
            and _UNDERLINE.fullmatch(following.text)
            and not _UNDERLINE.fullmatch(block.text)
        ):
            level = 1 if following.text[0] == "=" else 2
            yield Block(
                block.text, block.start, block.line, "heading", level, None, block.page,
                (), block.blank_before,
            )  # fmt: skip
        else:
            yield block
