"""What does a file hold? Its bytes become a text and the blocks in it, one file a format.

A reader takes the bytes of one format and gives a :class:`~indexer.model.Reading`. It
judges nothing about meaning: which block is a paragraph, a heading or a footnote is left
to :mod:`indexer.structure`; the reader only carries what the format says of itself.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Protocol

from indexer.errors import SourceError
from indexer.model import Reading

#: Largest file read. A submission has some 6,000 words; a thousand times that is no
#: submission, and would only keep the machine busy.
MAX_BYTES = 40_000_000

_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
#: Endings of the files that a corpus folder is searched for.
SUFFIXES = (*_TEXT_SUFFIXES, *_HTML_SUFFIXES)

#: How formats that are not read yet begin, and what to do about them.
_FOREIGN = (
    (b"%PDF-", "a PDF", "Save it as text or HTML"),
    (b"PK\x03\x04", "a Word or other zipped document", "Save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "Save it as text or HTML"),
    (b"{\\rtf", "an RTF document", "Save it as text or HTML"),
)
_HTML_START = re.compile(
    rb"\s{0,1000}(?:<!--.{0,2000}?-->\s{0,100})?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class Reader(Protocol):
    """What each format's module offers as ``read``."""

    def __call__(self, data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
        """Read the *data* of the file *name*.

        Raises SourceError where it is not what its format allows.
        """


def read_source(path: Path, encoding: str | None = None) -> Reading:
    """Read the file at *path*, in *encoding* if that is known from elsewhere.

    The format is told by the content where that is unmistakable, else by the suffix.
    Raises SourceError, naming file, place and cure, for what cannot be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror})", "Check its name and permissions"
        ) from error
    if len(data) > MAX_BYTES:
        raise SourceError(f"{path}: larger than {MAX_BYTES:,} bytes", "Split it")
    reader = _reader(data, path)
    return reader(data, path.name, hashlib.sha256(data).hexdigest(), encoding)


def _reader(data: bytes, path: Path) -> Reader:
    for start, kind, cure in _FOREIGN:
        if data.startswith(start):
            raise SourceError(f"{path}: is {kind}, which is not read", cure)
    suffix = path.suffix.lower()
    html = suffix in _HTML_SUFFIXES or (
        suffix not in (".md", ".markdown") and _HTML_START.match(data.removeprefix(b"\xef\xbb\xbf"))
    )
    if html:  # lxml is only loaded for HTML
        from indexer.readers.html import read as read_html

        return read_html
    if suffix not in _TEXT_SUFFIXES and suffix:
        raise SourceError(
            f"{path}: {suffix} is no format that is read", f"Known are {', '.join(SUFFIXES)}"
        )
    from indexer.readers.text import read as read_text

    return read_text
