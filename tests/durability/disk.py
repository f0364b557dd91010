"""What would be on the disk if the power failed now? A folder that forgets what was not synced.

The model is that of POSIX, without what single file systems add to it: a file's bytes are on
the disk as they were when the file was last synced, and a folder's names as they were when the
folder was. Of everything later any part may be there as well, or none of it. The folder itself
is a real one and really written to; only what an `fsync` promises is kept beside it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

#: What Python tells of before it does so, and what changes names. Writing to a file that is
#: open needs no telling: until it is synced, nothing of it need be on the disk.
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
_CHANGES |= {"os.truncate", "os.chmod", "sqlite3.connect"}

Choose = Callable[[Any, Any], Any]
"""Which of two survives: what was synced, or what is there now."""


@dataclass(slots=True)
class State:
    """Folders and files, by inode."""

    names: dict[int, dict[str, int]] = field(default_factory=dict)
    """What is in a folder."""
    data: dict[int, bytes] = field(default_factory=dict)
    """What is in a file."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment at which the power may fail."""

    what: str
    root: int
    synced: State
    now: State

    def survivors(self, name: Choose, data: Choose) -> dict[str, bytes | None]:
        """What is found afterwards, by path: a file's bytes, None for a folder."""
        found: dict[str, bytes | None] = {}
        pending = [("", self.root)]
        while pending:
            path, inode = pending.pop()
            folder = inode in self.now.names or inode in self.synced.names
            if not folder:
                synced = self.synced.data.get(inode, b"")
                now = self.now.data.get(inode, synced)  # not there any more: as it was
                found[path] = synced if synced == now else data(synced, now)
                continue
            found[path] = None
            before, after = (s.names.get(inode, {}) for s in (self.synced, self.now))
            for entry in sorted(before.keys() | after.keys()):
                left, right = before.get(entry), after.get(entry)
                chosen = left if left == right else name(left, right)
                if chosen is not None:
                    pending.append((f"{path}/{entry}".lstrip("/"), chosen))
        return found


def synced(old: Any, new: Any) -> Any:
    """Nothing survives that was not synced."""
    return old


def present(old: Any, new: Any) -> Any:
    """Everything survives."""
    return new


class Disk:
    """The folder *root*, all of which is on the disk at first, and from then on what is synced."""

    def __init__(self, root: Path) -> None:
        self.points: list[Point] = []
        self._root = root
        self._held: dict[int, int] = {}
        self._busy = False
        self._synced = self._look()

    @contextmanager
    def watched(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Note what the disk holds before every change of a name and after every sync."""
        sync = os.fsync

        def noted(descriptor: int) -> None:
            sync(descriptor)
            self._note_synced(descriptor)

        patch.setattr(os, "fsync", noted)
        _watching.append(self._note)
        try:
            yield
            self._note("the end")
        finally:
            _watching.remove(self._note)
            patch.setattr(os, "fsync", sync)
            for descriptor in self._held.values():
                os.close(descriptor)

    def _note(self, what: str) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            now = self._look()
            synced = State(dict(self._synced.names), dict(self._synced.data))
            self.points.append(Point(what, self._root.stat().st_ino, synced, now))
        finally:
            self._busy = False

    def _note_synced(self, descriptor: int) -> None:
        self._note("before a sync")
        inode = os.fstat(descriptor).st_ino
        now = self.points[-1].now
        if inode in now.names:
            self._synced.names[inode] = now.names[inode]
        elif inode in now.data:
            self._synced.data[inode] = now.data[inode]
        self._note("after a sync")

    def _look(self) -> State:
        """What is there now. No inode is given to another file while its file is held open."""
        state = State()
        pending = [self._root]
        while pending:
            folder = pending.pop()
            names = state.names[self._hold(folder)] = {}
            for path in folder.iterdir():
                inode = names[path.name] = self._hold(path)
                if stat.S_ISDIR(path.lstat().st_mode):
                    pending.append(path)
                else:
                    state.data[inode] = path.read_bytes()
        return state

    def _hold(self, path: Path) -> int:
        inode = path.stat().st_ino
        if inode not in self._held:
            self._held[inode] = os.open(path, os.O_RDONLY)
        return inode


_watching: list[Callable[[str], None]] = []


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, which cannot be taken away again: it does nothing where nobody watches."""
    if not _watching:
        return
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if event in _CHANGES or writes:
        for note in _watching:
            note(f"{event} {arguments[0]}")


sys.addaudithook(_heard)


def lay_out(found: dict[str, bytes | None], folder: Path) -> None:
    """Write what survives into *folder*."""
    for path, data in found.items():
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)
