"""What should a corpus keeper know about a PDF's text? What cannot be read, or told from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from indexer.model import Problem
from indexer.readers.pdf.blocks import Made
from indexer.readers.pdf.page import Page

#: Pages that are named one by one in a problem.
_MOST_NAMED = 12


def page_problems(pages: Sequence[Page]) -> Iterator[Problem]:
    """What is odd about whole pages."""
    images = [page.number for page in pages if page.drawn and not (page.words or page.turned)]
    if images:
        yield Problem(
            "pages-without-text",
            f"{_named(images)} only an image or drawing, without text: run OCR"
            " (`ocrmypdf --skip-text`), or ask for the Word file",
        )
    unmapped = [page.number for page in pages if page.unmapped]
    if unmapped:
        count = sum(page.unmapped for page in pages)
        yield Problem(
            "doubtful-text",
            f"{_named(unmapped)} {count:,} characters whose font does not say which they are:"
            " compare with the print, or ask for the Word file",
        )
    recognised = [page.number for page in pages if page.recognised and page.words]
    if recognised:
        yield Problem(
            "recognised-text",
            f"{_named(recognised)} text that a program read from an image (OCR): compare with"
            " the print",
        )
    turned = [page for page in pages if page.turned]
    for page in turned[:_MOST_NAMED]:
        words = " ".join(word.text for word in page.turned)
        yield Problem(
            "turned-text",
            f"Page {page.number} has text at an angle, which is kept apart: {words[:80]}",
        )
    for page in pages:
        if page.dead_links:
            links = "a link" if page.dead_links == 1 else f"{page.dead_links} links"
            yield Problem(
                "dead-link", f"Page {page.number} has {links} to places that are not there"
            )
    backwards = [page.number for page in pages if _runs_left(page)]
    if backwards:
        yield Problem(
            "right-to-left",
            f"{_named(backwards)} text that runs from right to left; a PDF does not say in which"
            " order it is read: compare with the print, or ask for the Word file",
        )


def problems_of(made: Made, line: int) -> Iterator[Problem]:
    """What is in doubt about one block."""
    for code, words in made.doubts:
        if code == "hyphen-at-break":
            yield Problem(
                code,
                f"Page {made.page}: a line breaks at a hyphen in «{words}»; whether the word has"
                " one inside cannot be told, so it is kept",
                line,
            )
        else:
            yield Problem(
                code,
                f"Page {made.page}: an address may go on after the line's end in «{words}»",
                line,
            )


def _named(numbers: Iterable[int]) -> str:
    """A list of pages and the verb that follows it."""
    listed = list(numbers)
    if len(listed) == 1:
        return f"Page {listed[0]} holds"
    shown = ", ".join(map(str, listed[:_MOST_NAMED]))
    more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
    return f"Pages {shown}{more} hold"


def _runs_left(page: Page) -> bool:
    """Whether any word is in a script that runs to the left."""
    return any(
        word.text[0] >= "\u0590" and unicodedata.bidirectional(word.text[0]) in ("R", "AL")
        for word in page.words
    )
