"""Is every character of the source somewhere? What is nowhere becomes the remainder.

The text outside all spans may be white space, or a mark that says where something starts (a
number, a list mark, a footnote's number). Anything else is listed, so that nothing is lost
in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.model import Remainder, Span


def remainder(text: str, spans: Iterable[Span], marks: Iterable[Span]) -> tuple[Remainder, ...]:
    """What of *text* lies neither in *spans* nor in *marks*, white space aside.

    *spans* are of front matter, headings, paragraphs and footnotes, *marks* of the numbers
    and list marks before them.
    """
    return tuple(
        Remainder(start, end, text[start:end])
        for start, end in _gaps(sorted([*spans, *marks]), len(text))
        for start, end in _ink(text, start, end)
    )


def _gaps(taken: list[Span], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in taken:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _ink(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the white space around it, if anything is left."""
    gap = text[start:end]
    stripped = gap.strip()
    if stripped.strip("> \n\r\t"):  # an empty line of a quotation in Markdown
        lead = len(gap) - len(gap.lstrip())
        yield start + lead, start + lead + len(stripped)
