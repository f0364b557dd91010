"""How is a PDF opened? PDFium takes it apart; what it cannot take is refused with the cure.

Script, attachments and forms are never looked at. How much memory a hostile file may take
is the limit of the process that reads; here are limits on what it may hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from indexer.errors import SourceError
from indexer.readers.pdf.characters import read_page
from indexer.readers.pdf.page import Page

#: Most pages. Reports of treaty bodies reach some hundreds.
MAX_PAGES = 2_000
#: Most characters, of all pages and of one. A full page of small type has under ten thousand.
MAX_CHARACTERS = 8_000_000
MAX_PAGE_CHARACTERS = 200_000
#: Most objects drawn on one page; a dense map has some ten thousand.
MAX_OBJECTS = 300_000

_CAUSES = {
    raw.FPDF_ERR_FORMAT: (
        "is damaged or no PDF",
        "Download or export it again, or repair it with `qpdf`",
    ),
    raw.FPDF_ERR_PASSWORD: (
        "is locked with a password",
        "Save it without one, or ask its author for the Word file",
    ),
    raw.FPDF_ERR_SECURITY: (
        "is encrypted in a way that cannot be opened",
        "Save it without encryption, or ask its author for the Word file",
    ),
}


def read_pages(data: bytes, name: str) -> list[Page]:
    """Read every page of *data*; raises SourceError, naming place and cure."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what, cure = _CAUSES.get(error.err_code, _CAUSES[raw.FPDF_ERR_FORMAT])
        raise SourceError(f"{name}: {what}", cure) from error
    try:
        return list(_pages(document, name))
    finally:
        document.close()


def _pages(document: Any, name: str) -> Iterator[Page]:
    count = len(document)
    if not count:
        raise SourceError(f"{name}: has no pages", "Export it again")
    if count > MAX_PAGES:
        raise SourceError(f"{name}: has {count:,} pages, more than {MAX_PAGES:,}", "Split it")
    characters = 0
    for place in range(count):
        where = f"{name}, page {place + 1}"
        try:
            page = document[place]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise SourceError(
                f"{where}: is damaged", "Download or export it again, or repair it with `qpdf`"
            ) from error
        length = text.count_chars()
        characters += length
        if length > MAX_PAGE_CHARACTERS or characters > MAX_CHARACTERS:
            raise SourceError(
                f"{where}: more than {MAX_PAGE_CHARACTERS:,} characters on a page"
                f" or {MAX_CHARACTERS:,} in all",
                "Split it",
            )
        if raw.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
            raise SourceError(
                f"{where}: more than {MAX_OBJECTS:,} things are drawn on it", "Export it anew"
            )
        yield read_page(page, text, place + 1)
        text.close()
        page.close()
