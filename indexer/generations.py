"""Where is the index, and which one is in force? Generations in a data folder.

::

    <data>/current                the name of the generation in force
    <data>/generations/<name>/    library.sqlite, engine/, manifest.json

A generation is built in a folder of its own and switched to by replacing ``current`` in
one atomic rename. Those who read the one before are not disturbed: it stays until the
next switch.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex
from indexer.settings import PACKAGE

#: Names beside the one in force that are kept: readers may still be in the last one.
KEPT = 1


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
class Manifest:
    """What a generation was made from."""

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


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index."""

    folder: Path

    @property
    def name(self) -> str:
        """What answers are labelled with."""
        return self.folder.name

    @property
    def library(self) -> Path:
        """The library's file."""
        return self.folder / "library.sqlite"

    @property
    def engine(self) -> Path:
        """The engine's folder."""
        return self.folder / "engine"

    def manifest(self) -> Manifest:
        """What it was made from. Raises IndexDamaged, and NoIndex where other code than this
        made it: what it stored may be of another shape."""
        path = self.folder / "manifest.json"
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            failed = tuple(Failure(**failure) for failure in record["failed"])
            stale = tuple(record["stale"])
            manifest = Manifest(**{**record, "failed": failed, "stale": stale})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(
                f"{path} cannot be read ({error})", "Rebuild it with `pilcrow index --rebuild`"
            ) from error
        if manifest.code != code_digest():
            raise NoIndex(
                f"The index {self.name} was made by another version of Pilcrow",
                "Run `pilcrow index`",
            )
        return manifest


class Generations:
    """The generations in a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._pointer = data / "current"

    def current(self) -> Generation:
        """The generation in force. Raises NoIndex where there is none, IndexDamaged where its
        folder is gone."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NoIndex(
                f"Nothing has been indexed in {self._data} yet", "Run `pilcrow index`"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(
                f"{self._pointer} cannot be read ({error})", "Run `pilcrow index --rebuild`"
            ) from error
        generation = Generation(self._data / "generations" / name)
        if not name or os.sep in name or not generation.library.is_file():
            raise IndexDamaged(
                f"The index generation {name!r} is not in {self._data}",
                "Run `pilcrow index --rebuild`",
            )
        return generation

    def stamp(self) -> tuple[int, int]:
        """A value that changes with every switch: cheap enough to ask at every request."""
        try:
            status = self._pointer.stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    @contextmanager
    def building(self) -> Iterator[Generation]:
        """A new folder to build a generation in, alone. What is not switched to is removed.

        Raises IndexUnavailable where another process is building.
        """
        folder = self._data / "generations"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._data / "lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise IndexUnavailable(
                f"Another process is indexing into {self._data}", "Wait until it has ended"
            ) from None
        except OSError as error:
            raise IndexUnavailable(
                f"{self._data} cannot be written to ({error.strerror})",
                "Name another folder with --data",
            ) from error
        try:
            made = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
            generation = Generation(folder / f"{made}-{secrets.token_hex(3)}")
            generation.folder.mkdir()
            yield generation
        finally:
            self._prune()
            lock.release()

    def switch(self, generation: Generation, manifest: Manifest) -> None:
        """Put *generation* in force, whole and on disk before its name is."""
        path = generation.folder / "manifest.json"
        path.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        for folder, _, names in os.walk(generation.folder, topdown=False):
            for name in names:
                _sync(Path(folder) / name)
            _sync(Path(folder))
        _sync(generation.folder.parent)
        aside = self._pointer.with_suffix(".new")
        aside.write_text(generation.name + "\n", encoding="utf-8")
        _sync(aside)
        aside.replace(self._pointer)
        _sync(self._data)

    def _prune(self) -> None:
        """Remove all but the generation in force and the :data:`KEPT` finished ones before it."""
        try:
            current = self.current().name
        except IndexUnavailable:
            current = ""
        finished: list[Path] = []
        litter: list[Path] = []
        for folder in sorted((self._data / "generations").iterdir(), reverse=True):
            if folder.name != current:
                whole = (folder / "manifest.json").is_file() and folder.name < current
                (finished if whole else litter).append(folder)
        for folder in finished[KEPT:] + litter:
            shutil.rmtree(folder, ignore_errors=True)


@cache
def code_digest() -> str:
    """Digest of the reading and indexing code and its tables: a change to any of them may
    change what is read and how it is stored."""
    digest = hashlib.sha256()
    corpus = PACKAGE / "corpus"
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".csv", ".txt") and corpus not in path.parents:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Have the system write a file, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some systems cannot sync a folder; there is no other way to ask
        if path.is_file():
            raise
    finally:
        os.close(descriptor)
