"""Are these files what was written, by whom it was written? Owners, digests, the disk.

Whoosh's files are pickles: opening those of a stranger would run the stranger's code.
Digests notice accidents; only ownership keeps a stranger out, who could write digests too.
Nothing here opens a file before its owner and permissions, and those of the folders
above it, are settled.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import IndexDamaged, SettingsError
from indexer.generations.manifest import StoredFile

#: Whether this system has users and permissions of the kind that are looked at here.
_HAS_USERS = os.name == "posix"

#: Writable by others than the owner.
_SHARED = stat.S_IWGRP | stat.S_IWOTH

#: What tells that a file is not the one it was: name, size, times, inode, owner and mode.
Fingerprint = tuple[tuple[str, int, int, int, int, int, int], ...]

_CURE = "rebuild it with `pilcrow index --rebuild`"


def damaged(place: Path, cause: str, cure: str = "") -> IndexDamaged:
    """The error that tells of *place*."""
    first = f"{cure}, then {_CURE}" if cure else f"{_CURE[0].upper()}{_CURE[1:]}"
    return IndexDamaged(f"{place} {cause}", first)


def unreadable(place: Path, error: Exception) -> IndexDamaged:
    """The error that tells of *place*, which could not be read."""
    if isinstance(error, PermissionError):
        # Not to be rebuilt: another index would be as closed to this user.
        return IndexDamaged(
            f"{error.filename or place} cannot be read by {this_user()}",
            "Have its owner let that user read it (chmod -R a+rX)",
        )
    return damaged(place, f"cannot be read ({error})")


class Owners:
    """Who an index may belong to: root, the user of this process, and the *other*, who has a
    name or a number. Raises SettingsError where no user has that name."""

    def __init__(self, other: str = "") -> None:
        self._ids = {0}
        if _HAS_USERS:
            self._ids |= {os.geteuid(), *([_number(other)] if other else [])}

    def check(self, path: Path, status: os.stat_result) -> None:
        """Raise IndexDamaged where a stranger owns *path* or may write to it."""
        if not _HAS_USERS:
            return
        if status.st_uid not in self._ids:
            raise damaged(
                path,
                f"belongs to {user(status.st_uid)}, and whoever wrote it could have this"
                " process do anything",
                "If that is the user who indexes, name it in the setting index_owner; if not,"
                " remove it",
            )
        if status.st_mode & _SHARED:
            raise damaged(
                path,
                "can be written to by others than its owner",
                "Take that from them (chmod -R go-w)",
            )


def _number(name: str) -> int:
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        if name.isdecimal() and name.isascii():
            return int(name)
        raise SettingsError(
            f"index_owner: there is no user {name!r} on this machine",
            "Name one that is there, or leave it out",
        ) from None


def user(uid: int) -> str:
    """A user as a person is told of it."""
    try:
        import pwd

        return f"the user {pwd.getpwuid(uid).pw_name}"
    except (ImportError, KeyError):
        return f"the user {uid}"


def this_user() -> str:
    """The user of this process, as a person is told of it."""
    return user(os.geteuid()) if _HAS_USERS else "a user"


def contents(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below *folder* and the folder itself, as (path from it on, status of itself
    and not of what it may link to), a folder before what is in it.

    Raises OSError where it cannot be looked at, as where it is not a folder.
    """
    yield "", folder.lstat()
    pending = [""]
    while pending:
        above = pending.pop()
        with os.scandir(folder / above) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                status = entry.stat(follow_symlinks=False)
                name = f"{above}{entry.name}"
                yield name, status
                if stat.S_ISDIR(status.st_mode):
                    pending.append(f"{name}/")


def fingerprint(folder: Path) -> Fingerprint:
    """What changes whenever anything in *folder* is written to, replaced, added or removed.

    Raises OSError where it cannot be looked at.
    """
    return tuple(
        (name, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino, s.st_uid, s.st_mode)
        for name, s in contents(folder)
    )


def trusted_files(folder: Path, owners: Owners) -> dict[str, Path]:
    """The files below *folder* by their path from it on, no stranger's, none of them opened.

    Raises IndexDamaged where an owner or a permission is not what it must be, or where
    there is something that is neither a file nor a folder.
    """
    files: dict[str, Path] = {}
    for name, status in contents(folder):
        path = folder / name
        # Before its permissions: those of a link say nothing and cannot be taken back.
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise damaged(path, "is neither a file nor a folder", "Remove it")
        owners.check(path, status)
        if stat.S_ISREG(status.st_mode):
            files[name] = path
    return files


def compare(folder: Path, files: dict[str, Path], expected: tuple[StoredFile, ...]) -> None:
    """Read every one of the *files* of *folder*.

    Raises IndexDamaged where they are not those that are *expected*.
    """
    written = {file.path: file for file in expected}
    for name in sorted(written.keys() ^ files.keys()):
        if name in files:
            raise damaged(files[name], "is no part of the index", "Take it out")
        raise damaged(folder / name, "is missing")
    for name, path in files.items():
        size = path.stat().st_size
        if size != written[name].size:
            raise damaged(path, f"has {size} bytes where {written[name].size} were written")
        if digest(path) != written[name].sha256:
            raise damaged(path, "is not what was written (its SHA-256 is another)")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stored_files(folder: Path) -> tuple[StoredFile, ...]:
    """Every file below *folder*, read back from the disk."""
    return tuple(
        StoredFile(name, status.st_size, _digest_on_disk(folder / name))
        for name, status in sorted(contents(folder))
        if stat.S_ISREG(status.st_mode)
    )


def _digest_on_disk(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):  # or what was just written would be read from memory
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_durable(folder: Path) -> None:
    """Have the system write everything below *folder*, and its name, to the disk, with no
    one but the owner allowed to write there."""
    for name, status in reversed(list(contents(folder))):
        withdraw(folder / name, status)
        sync(folder / name)
    sync(folder.parent)


def withdraw(path: Path, status: os.stat_result) -> None:
    """Take the right to write to *path* from all but its owner. Raises OSError."""
    if _HAS_USERS and status.st_mode & _SHARED:
        path.chmod(stat.S_IMODE(status.st_mode) & ~_SHARED)


def write_anew(path: Path, text: str) -> None:
    """Write a new file in the place of whatever is called *path*: what that may link to stays
    as it is. Raises OSError."""
    path.unlink(missing_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def sync(path: Path) -> None:
    """Have the system write a file, or a folder's names, to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems cannot sync a folder, and there is no other way to ask; any other
        # error is that of a disk which has not written it.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP) or path.is_file():
            raise
    finally:
        os.close(descriptor)
