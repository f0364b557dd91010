"""Where is the index, and which one is in force? Generations in a data folder.

::

    <data>/current                the generation in force and the one before it
    <data>/generations/<name>/    library.sqlite, engine/, manifest.json
    <data>/lock, <data>/indexing  held while one is built; who holds it, since when

``current`` has a line for each of the two, ``<name> <SHA-256 of its manifest>``, and the
SHA-256 of these lines; the manifest has that of every other file. A generation is built in
a folder of its own, written to the disk, read back and switched to by replacing ``current``
in one atomic rename. Those who read the one before are not disturbed: it stays until the
next switch.

Nobody is given a generation of which anything is not what was written, or which a stranger
may have written: that is looked at before any of its files is opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex
from indexer.generations import files
from indexer.generations.files import Fingerprint, Owners, damaged
from indexer.generations.manifest import (
    Failure,
    Manifest,
    code_digest,
    code_versions,
    files_from,
    manifest_from,
)
from indexer.generations.pointer import NAME, lines_in, text_of
from indexer.settings import Settings

__all__ = [
    "UNFINISHED",
    "Failure",
    "Generation",
    "Generations",
    "Manifest",
    "code_digest",
    "code_versions",
]

MANIFEST = "manifest.json"
LIBRARY = "library.sqlite"

#: Name of what is being written among the proposals of metadata, until it has its own.
UNFINISHED = ".new"

#: All that is ours in a data folder.
_OURS = {"current", "current.new", "generations", "indexing", "lock", "proposals"}

#: Generations that are remembered as whole: the one in force, the one before it and one that
#: is to be switched to. A server sees new ones for as long as it runs.
_REMEMBERED = 3

_Seen = TypeVar("_Seen")


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
        return self.folder / LIBRARY

    @property
    def engine(self) -> Path:
        """The engine's folder."""
        return self.folder / "engine"

    def manifest(self) -> Manifest:
        """What it was made from. Raises IndexDamaged, and NoIndex where other code than this
        made it: what it stored may be of another shape."""
        path = self.folder / MANIFEST
        try:
            return manifest_from(path.read_bytes())
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise files.unreadable(path, error) from error


class Generations:
    """The generations in a data folder, which belongs to root, to the user of this process or
    to its *owner*."""

    def __init__(self, data: Path, owner: str = "") -> None:
        self._data = data
        self._folder = data / "generations"
        self._pointer = data / "current"
        self._holder = data / "indexing"
        self._owners = Owners(owner)
        self._verified: dict[tuple[str, str], Fingerprint] = {}

    @classmethod
    def of(cls, settings: Settings) -> Generations:
        """Those of *settings*."""
        return cls(settings.data_folder, settings.index_owner)

    # Reading

    def current(self) -> Generation:
        """The generation in force, whole.

        Raises NoIndex where there is none, and IndexDamaged where a file is not what was
        written or may be a stranger's.
        """
        return self.kept(1)[0]

    def known(self) -> tuple[Generation, IndexDamaged | None]:
        """The newest generation of which at least the library is whole, and what is wrong with
        the one in force. Where anything is, nothing but that library may be opened: it knows
        what no file says any more.

        Raises NoIndex where there is no generation, IndexDamaged where no library is whole.
        """

        def look() -> tuple[Generation, IndexDamaged | None]:
            lines, damage = self._lines()
            for line in lines:
                try:
                    return self._checked(*line), damage
                except IndexDamaged as error:
                    damage = damage or error
                with suppress(IndexDamaged):
                    return self._checked(*line, only=LIBRARY), damage
            raise damage or _nothing(self._data)

        return self.unswitched(look)

    def usable(self) -> tuple[Generation, IndexUnavailable | None]:
        """The generation in force or, where that is damaged or this code cannot read it, the
        one before it, and what is wrong. Raises NoIndex where there is none that this code can
        read, IndexDamaged where neither is whole."""

        def look() -> tuple[Generation, IndexUnavailable | None]:
            lines, damage = self._lines()
            failure: IndexUnavailable | None = damage
            for line in lines:
                try:
                    generation = self._checked(*line)
                    generation.manifest()
                except IndexUnavailable as error:
                    failure = failure or error
                else:
                    return generation, failure
            raise failure or _nothing(self._data)

        return self.unswitched(look)

    def kept(self, most: int = 2) -> tuple[Generation, ...]:
        """The generation in force and the one before it, or *most* of them, all of it whole.
        Raises as :meth:`current`."""

        def look() -> tuple[Generation, ...]:
            lines, damage = self._lines()
            if damage is not None:
                raise damage
            return tuple(self._checked(*line) for line in lines[:most])

        return self.unswitched(look)

    def unswitched(self, look: Callable[[], _Seen]) -> _Seen:
        """What *look* gives or raises. Where another process has switched meanwhile, and may
        have removed what was looked at, it looks again."""
        while True:
            pointer = self._pointer_is()
            try:
                seen = look()
            except IndexUnavailable:
                if self._pointer_is() == pointer:
                    raise
            else:
                if self._pointer_is() == pointer:
                    return seen

    def _pointer_is(self) -> tuple[int, ...]:
        """What changes with every switch; nothing where there is no pointer."""
        try:
            status = self._pointer.lstat()
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_ino

    def stamp(self) -> tuple[object, ...]:
        """A value that changes with every switch and with every change of a generation's files:
        cheap enough to ask at every request."""
        pointer = self._pointer_is()
        try:
            lines, _ = self._lines()
        except IndexUnavailable:
            return ()
        return (*pointer, *(self._fingerprint(name) for name, _ in lines))

    def _fingerprint(self, name: str) -> Fingerprint:
        try:
            return files.fingerprint(self._folder / name)
        except OSError:
            return ()

    def _lines(self) -> tuple[list[tuple[str, str]], IndexDamaged | None]:
        """Name and manifest's digest of the generation in force, then of the one before it;
        and what is wrong with the pointer to them.

        Raises NoIndex where there is none, IndexDamaged where it cannot be read at all.
        """
        self._check_places()
        try:
            written = self._pointer.read_bytes().decode(errors="replace")
        except FileNotFoundError:
            raise _nothing(self._data) from None
        except OSError as error:
            raise files.unreadable(self._pointer, error) from error
        found, is_whole = lines_in(written)
        return found, None if is_whole else damaged(self._pointer, "is not what was written")

    def named(self) -> str:
        """Name of the generation in force, whole or not; empty where none can be told."""
        with suppress(IndexUnavailable):
            return next(iter(self._lines()[0]), ("",))[0]
        return ""

    def _check_places(self) -> None:
        """Raise IndexDamaged where a stranger could exchange what is in the data folder."""
        for place, status in self._places():
            self._owners.check(place, status)

    def _places(self) -> Iterator[tuple[Path, os.stat_result]]:
        """The data folder and what all else depends on in it, as far as it is there. Raises
        IndexDamaged where one of these is a link, or of another kind."""
        kinds = {self._data: stat.S_ISDIR, self._folder: stat.S_ISDIR, self._pointer: stat.S_ISREG}
        for place, is_kind in kinds.items():
            try:
                # Whoever names the data folder may name a link to it.
                status = place.stat(follow_symlinks=place == self._data)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise files.unreadable(place, error) from error
            if not is_kind(status.st_mode):
                if place == self._data:  # whatever was named by mistake is to stay
                    raise IndexDamaged(f"{place} is no folder", "Name one with --data")
                cause = "is a link" if stat.S_ISLNK(status.st_mode) else "is of another kind"
                raise damaged(place, cause, "Remove it")
            yield place, status

    def _checked(self, name: str, digest: str, only: str = "") -> Generation:
        """The generation *name*, if it, or *only* this file in it, is what was written. Raises
        IndexDamaged."""
        generation = Generation(self._folder / name)
        place = generation.folder
        try:
            seen = files.fingerprint(place)
            if self._verified.get((name, digest)) == seen:
                return generation
            found = files.trusted_files(place, self._owners)
            path = found.pop(MANIFEST, None)
            if path is None:
                raise damaged(place / MANIFEST, "is missing")
            stored = path.read_bytes()
            if hashlib.sha256(stored).hexdigest() != digest:
                raise damaged(path, f"is not the one that {self._pointer} names")
            expected = files_from(json.loads(stored))
            if only:
                found = {only: found[only]} if only in found else {}
                expected = tuple(file for file in expected if file.path == only)
            files.compare(place, found, expected)
        except FileNotFoundError as error:
            raise damaged(Path(error.filename), "is missing") from error
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise files.unreadable(place, error) from error
        if only:
            return generation
        self._verified[name, digest] = seen
        while len(self._verified) > _REMEMBERED:
            del self._verified[next(iter(self._verified))]
        return generation

    # Writing

    @contextmanager
    def building(self) -> Iterator[Generation]:
        """A new folder to build a generation in, alone. What is not switched to is removed.

        Raises IndexUnavailable where another process is building, or where the data folder
        cannot be written to or is a stranger's.
        """
        made = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        generation = Generation(self._folder / f"{made}-{secrets.token_hex(3)}")
        lock = self._locked()
        try:
            generation.folder.mkdir(mode=0o755)
            yield generation
        finally:
            self._prune(generation.folder)
            lock.release()

    def _locked(self) -> FileLock:
        lock = FileLock(self._data / "lock", timeout=0)
        try:
            self._make_folders()
            lock.acquire()
        except Timeout:
            raise IndexUnavailable(
                f"Another process is indexing into {self._data}{self._told_holder()}",
                "Wait until it has ended",
            ) from None
        except OSError as error:
            raise IndexUnavailable(
                f"{self._data} cannot be written to ({error.strerror})",
                # In this order: another folder would purge nothing from this one.
                "Run this as the user whom it belongs to, or have another index made with --data",
            ) from error
        with suppress(OSError):  # who cannot be told of it waits as well
            since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            told = f"process {os.getpid()} of {files.this_user()}, since {since}\n"
            files.write_anew(self._holder, told)
        return lock

    def _told_holder(self) -> str:
        try:
            with self._holder.open(encoding="utf-8") as file:
                return f" ({file.readline(200).strip()})"
        except (OSError, UnicodeDecodeError):
            return ""

    def _make_folders(self) -> None:
        """Make the data folder, durable and nobody else's. Raises OSError and IndexDamaged, and
        IndexUnavailable where it is another program's: what that keeps would pass for litter."""
        missing = [p for p in (self._folder, *self._folder.parents) if not p.exists()]
        for place in reversed(missing):
            with suppress(FileExistsError):
                place.mkdir(mode=0o755)
        # Also where they are there already: who made them may have been killed before this.
        for place in (self._data, *missing):
            with suppress(PermissionError):
                files.sync(place.parent)
        # A folder that holds other things, such as /tmp, is not ours to close.
        if {entry.name for entry in self._data.iterdir()} <= _OURS:
            for place, status in self._places():
                with suppress(FileNotFoundError, PermissionError):
                    files.withdraw(place, status)
        self._check_places()
        if not os.path.lexists(self._pointer):
            names = {place.name for place in self._folder.iterdir()}
            if foreign := [name for name in names if not NAME.fullmatch(name)]:
                raise IndexUnavailable(
                    f"{self._folder / min(foreign)} is no part of an index",
                    "Take it away, or name another folder with --data",
                )

    def seal(self, generation: Generation, manifest: Manifest) -> Manifest:
        """Finish *generation*: have all of it on the disk and read back, and its *manifest*
        written with what was read. Returns that. Raises OSError, and IndexDamaged where the
        manifest is not read back as it was written."""
        files.make_durable(generation.folder)
        sealed = replace(manifest, files=files.stored_files(generation.folder))
        path = generation.folder / MANIFEST
        path.write_bytes(sealed.written())
        for place in (path, generation.folder):
            files.withdraw(place, place.stat())
            files.sync(place)
        if path.read_bytes() != sealed.written():
            raise damaged(path, "is not what was written")
        return sealed

    def switch(self, generation: Generation, *, alone: bool = False) -> None:
        """Put *generation*, which is sealed, in force; the one so far stays beside it unless
        this is to be *alone*.

        Raises OSError, and IndexDamaged where it is not on the disk as it was sealed.
        """
        # Where these have been changed meanwhile, what is in force could neither be told nor kept.
        self._check_places()
        stored = (generation.folder / MANIFEST).read_bytes()
        lines = [(generation.name, hashlib.sha256(stored).hexdigest())]
        self._checked(*lines[0])
        if not alone:
            lines += self._kept()
        aside = self._pointer.with_suffix(".new")
        files.write_anew(aside, text_of(lines))
        files.withdraw(aside, aside.stat())
        files.sync(aside)
        aside.replace(self._pointer)
        files.sync(self._data)

    def _kept(self) -> list[tuple[str, str]]:
        """The newest generation so far that is whole, to go back to."""
        with suppress(IndexUnavailable):
            for line in self._lines()[0]:
                with suppress(IndexDamaged):
                    self._checked(*line)
                    return [line]
        return []

    def forget(self) -> None:
        """Remove what a switch to a generation alone leaves, within :meth:`building`.

        Raises IndexUnavailable where it cannot be removed: it holds what was to be forgotten.
        """
        self._remove(self._litter())
        if left := self._litter():
            raise IndexUnavailable(
                f"The new index is in force, but {min(left)}, which holds an earlier one, cannot"
                " be removed",
                "Remove it as the user whom it belongs to",
            )

    def tidy(self) -> None:
        """Remove what a process that was killed has left. Nothing is done where there is no
        such thing, where another process is indexing, or where nothing can be written."""
        if not self._litter() and not os.path.lexists(self._holder):
            return
        with suppress(IndexUnavailable):
            lock = self._locked()
            try:
                self._prune(None)
            finally:
                lock.release()

    def _litter(self) -> set[Path]:
        """What is in the data folder that no generation in force or kept needs."""
        try:
            self.current()
            named = {name for name, _ in self._lines()[0]}
        except NoIndex:
            named = set()
        except IndexDamaged:
            # What is whole cannot be told here from what is not: it stays until a switch.
            return set()
        places = {self._pointer.with_suffix(".new"), self._data / "proposals" / UNFINISHED}
        # Not «exists()», which raises where a folder is closed.
        litter = {place for place in places if os.path.lexists(place)}
        with suppress(OSError):
            litter.update(place for place in self._folder.iterdir() if place.name not in named)
        return litter

    def _prune(self, built: Path | None) -> None:
        """Remove what is not needed, and what was *built* if it was not switched to."""
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
        litter = self._litter()
        if built is not None and not self._names(built.name):
            litter.add(built)
        self._remove(litter)

    def _remove(self, litter: set[Path]) -> None:
        for place in litter:
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)
            else:
                with suppress(OSError):
                    place.unlink()
        if litter:
            # Or a power cut would bring back what was purged.
            for folder in (self._folder, self._data):
                with suppress(OSError):
                    files.sync(folder)

    def _names(self, name: str) -> bool:
        """Whether the pointer names a generation, as far as can be told: it may where the
        pointer cannot be looked at."""
        try:
            return name in (named for named, _ in self._lines()[0])
        except NoIndex:
            return False
        except IndexDamaged:
            return True


def _nothing(data: Path) -> NoIndex:
    return NoIndex(f"Nothing has been indexed in {data} yet", "Run `pilcrow index`")
