"""What does a file hold? Its bytes become a text and the blocks in it, one file a format.

A reader takes the bytes of one format and gives a :class:`~indexer.model.Reading`. It
judges nothing about meaning: which block is a paragraph, a heading or a footnote is left
to :mod:`indexer.structure`; the reader only carries what the format says of itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from importlib import import_module
from pathlib import Path
from typing import Protocol

from indexer.errors import SourceError, one_line
from indexer.model import Reading

#: Largest file read. A submission has some 6,000 words; a thousand times that is no
#: submission, and would only keep the machine busy.
MAX_BYTES = 40_000_000

#: A file that changed while it was read is read once more.
_ATTEMPTS = 2

#: Modules that read, one a format.
FORMATS = ("text", "html", "docx", "office", "pdf")

_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
#: Formats that an office program turns into a Word document first.
_OFFICE_SUFFIXES = (".doc", ".odt", ".rtf")
#: Endings of the files that a corpus folder is searched for.
SUFFIXES = (*_TEXT_SUFFIXES, *_HTML_SUFFIXES, ".docx", ".docm", ".dotx", *_OFFICE_SUFFIXES, ".pdf")

#: A PDF may have this many bytes of something else before it (ISO 32000, annex H.3.4.1).
_PDF_START = 1024
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
# The first entry of an OpenDocument package says what it is (ODF 1.3, part 2, 3.3).
_ODT_START = re.compile(
    rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL
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

    Raises SourceError, naming file, place and cure, for what cannot be read.
    """
    return read_content(source_bytes(path), path, encoding)


def read_content(data: bytes, path: Path, encoding: str | None = None) -> Reading:
    """Read *data*, which the file at *path* holds.

    The format is told by the content where that is unmistakable, else by the suffix.
    Raises SourceError as :func:`read_source` does.
    """
    reader = _reader(data, path)
    return reader(data, one_line(path.name), hashlib.sha256(data).hexdigest(), encoding)


def source_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """What the file at *path* holds: at most *most* bytes.

    Raises SourceError for what is no file, is too large, or changes while it is read.
    """
    try:
        for _ in range(_ATTEMPTS):
            data, unchanged = _opened_bytes(path, most)
            if unchanged:
                return data
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror})", "Check its name and permissions"
        ) from error
    raise SourceError(f"{path}: changes while it is read", "Wait until it is complete", "changing")


def _opened_bytes(path: Path, most: int) -> tuple[bytes, bool]:
    """The bytes of a file, and whether it stayed the same meanwhile."""
    _check_kind(path, os.stat(path).st_mode)
    # It may be another by now: without O_NONBLOCK, opening a pipe that nobody writes to
    # would wait for ever.
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with open(number, "rb") as file:
        before = os.fstat(number)
        _check_kind(path, before.st_mode)
        data = file.read(most + 1) if before.st_size <= most else b""
        after = os.fstat(number)
    if before.st_size > most or len(data) > most:
        raise SourceError(f"{path}: larger than {most:,} bytes", "Split or shorten it", "too-large")
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data, same and len(data) == after.st_size


def _check_kind(path: Path, mode: int) -> None:
    """Raises SourceError where something else stands where a file should."""
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    if not stat.S_ISREG(mode):
        kind = kinds.get(stat.S_IFMT(mode), "a device")
        raise SourceError(f"{path}: is no file but {kind}", "Put a file in its place")


def _reader(data: bytes, path: Path) -> Reader:
    """The reader for *data*; a reader's library is loaded when its format is met first."""
    reader: Reader = import_module(f"indexer.readers.{_format(data, path)}").read
    return reader


def _format(data: bytes, path: Path) -> str:
    """The module that reads *data*."""
    suffix = path.suffix.lower()
    if data.startswith(_ZIP):
        other = suffix == ".odt" and b"[Content_Types].xml" not in data
        return "office" if other or _ODT_START.match(data) else "docx"
    if data.startswith((_OLE, _RTF)):
        return "office"
    if b"%PDF-" in data[:_PDF_START] and suffix not in _TEXT_SUFFIXES + _HTML_SUFFIXES:
        return "pdf"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if suffix in _HTML_SUFFIXES or (
        suffix not in (".md", ".markdown") and _HTML_START.match(data.removeprefix(b"\xef\xbb\xbf"))
    ):
        return "html"
    if suffix not in _TEXT_SUFFIXES and suffix:
        known = suffix in SUFFIXES
        raise SourceError(
            f"{path}: is no {suffix} file"
            if known
            else f"{path}: {suffix} is no format that is read",
            "Save it again in that format" if known else f"Known are {', '.join(SUFFIXES)}",
        )
    return "text"
