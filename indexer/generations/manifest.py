"""What was a generation made from, and of which files does it consist? Its manifest.

The manifest is what makes a generation whole: it is written last, names every other file
with its SHA-256, and is itself named by its own in the pointer to the generation.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from indexer.errors import NoIndex
from indexer.settings import PACKAGE

#: Which rooms of the code make what of an index, as its manifest names them.
_PARTS = {
    "reader": ("readers", "structure", "entities", "notation", "reading"),
    "analyser": ("analysis.py",),
    "schema": ("model.py", "record.py", "documents.py", "library", "engines", "generations"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read."""

    path: str
    """How the file is named to a user: from the corpus on."""
    key: str
    """What the reading depended on; see ``pipeline``."""
    message: str
    """What was wrong, and the cure."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a generation."""

    path: str
    """From the generation's folder on, with ``/`` between the parts."""
    size: int
    """In bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from, and the files in it."""

    basis: str
    """Digest of what every reading depends on; see ``pipeline``."""
    engine: str
    """Address of the engine it was written for."""
    made: str
    """ISO 8601 time in UTC."""
    submissions: int
    paragraphs: int
    code: str
    """Digest of the code that made it; see :func:`code_digest`."""
    failed: tuple[Failure, ...]
    """The files that could not be read."""
    stale: tuple[str, ...]
    """Paths of those of which an earlier version is kept."""
    doubtful: int
    """How many submissions have something in doubt."""
    corpus: str = ""
    """Digest of the corpus: its files' names, and what the reading of each depends on."""
    versions: dict[str, str] = field(default_factory=dict)
    """Digests of the reader, the analyser, the schema and the authority files."""
    files: tuple[StoredFile, ...] = ()
    """Every file in its folder but itself, by path."""

    def written(self) -> bytes:
        """The manifest as it is stored."""
        return json.dumps(asdict(self), indent=1).encode()


def manifest_from(stored: bytes) -> Manifest:
    """What :meth:`Manifest.written` gave.

    Raises NoIndex where other code than this wrote it, for what that stored may be of
    another shape, and ValueError, TypeError or KeyError where it is no manifest.
    """
    record: dict[str, Any] = json.loads(stored)
    if record["code"] != code_digest():
        raise NoIndex(
            "The index was made by another version of Pilcrow",
            "Run `pilcrow index`; a server that was started before an update must be restarted",
        )
    record["failed"] = tuple(Failure(**failure) for failure in record["failed"])
    record["stale"] = tuple(record["stale"])
    record["files"] = files_from(record)
    return Manifest(**record)


def files_from(record: dict[str, Any]) -> tuple[StoredFile, ...]:
    """The files that a manifest of any version names. Raises as :func:`manifest_from`."""
    return tuple(StoredFile(**file) for file in record["files"])


@cache
def code_digest() -> str:
    """Digest of the reading and indexing code and its tables: a change to any of them may
    change what is read and how it is stored."""
    return _digest(PACKAGE)


@cache
def code_versions() -> dict[str, str]:
    """Digests of the code of the reader, of the analyser and of what is stored."""
    return {
        name: hashlib.sha256(
            "".join(_digest(PACKAGE / part) for part in parts).encode()
        ).hexdigest()
        for name, parts in _PARTS.items()
    }


def _digest(place: Path) -> str:
    digest = hashlib.sha256()
    corpus = PACKAGE / "corpus"
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.suffix in (".py", ".csv", ".txt") and corpus not in path.parents:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
