"""Which lines are quoted? The lines between a quotation mark and the one that closes it.

Treaties and laws are quoted with their own numbers and headings, which number and head
nothing here. Only quotations that are seen to close count: a mark that nobody closed must not
take the rest of a document for quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.structure.lines import SUPERSCRIPTS, Line

#: Longest quotation looked for, in lines: an article with its paragraphs, not a whole law.
_MOST_LINES = 60
_PAIRS = {"“": "”", "«": "»", '"': '"'}
_AFTER_CLOSER = " .,;:)]*_" + SUPERSCRIPTS


def quoted_lines(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that begin inside a quotation, and of those that open with one."""
    quoted: set[int] = set()
    opened = -1
    opener = ""
    for line in lines:
        text = line.text
        if opened >= 0:
            state = _state(text, opener)
            if state == "closes":
                quoted.update(range(opened + 1, line.index + 1))
                opened = -1
            elif state == "opens" or line.index - opened > _MOST_LINES or line.block.style in (
                "heading", "footnote",
            ):  # fmt: skip
                opened = -1
        if opened < 0 and (opener := _left_open(text)):
            opened = line.index
    return quoted


def _left_open(text: str) -> str:
    """The quotation mark that *text* opens and does not close; empty where there is none."""
    for opener, closer in _PAIRS.items():
        if opener == closer:
            at = text.find(opener)
            before = text[:at].rstrip(" \\>*_")  # marks of Markdown aside
            if text.count(opener) % 2 and (not before or before[-1] in ":,0123456789.)"):
                return opener
        elif (at := text.rfind(opener)) > text.rfind(closer) and "„" not in text:
            return opener
    return ""


def _state(text: str, opener: str) -> str:
    """What a line does to an open quotation: ``closes`` it, goes ``on``, ``opens`` another."""
    closer = _PAIRS[opener]
    rest = text.removeprefix(opener)  # each paragraph of a quotation may open anew
    first = rest.find(closer)
    if opener == closer:
        return "closes" if first >= 0 and rest.count(closer) % 2 else "on"
    again = rest.find(opener)
    if first < 0:
        return "on" if again < 0 else "opens"
    if 0 <= again < first:
        inner = rest[first + 1 :].rstrip(_AFTER_CLOSER)
        return "closes" if inner.endswith(closer) else "opens"
    return "closes"
