"""What can befall a file? Damage that is done to one, and undone."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: A user that no machine has, and to whom nothing of ours can belong.
STRANGER = 54_321

Damage = Callable[[Path], None]


def flip(path: Path, place: int, mask: int) -> None:
    """Change the byte at *place*, in it the bits of *mask*; no other byte, and no size."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ mask]))


def remove(path: Path) -> None:
    """Take it away."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def grow(path: Path) -> None:
    """Add a byte at its end."""
    with path.open("ab") as file:
        file.write(b"\0")


def become_link(path: Path) -> None:
    """Have a link in its place, to what it was."""
    aside = path.parent.parent / f"aside-{path.name}"
    path.rename(aside)
    path.symlink_to(aside)


def become_folder(path: Path) -> None:
    """Have a folder in its place."""
    path.unlink()
    path.mkdir()


def become_pipe(path: Path) -> None:
    """Have a pipe in its place, for which whoever opens it waits."""
    path.unlink()
    os.mkfifo(path)


def open_to_group(path: Path) -> None:
    """Allow its group to write to it."""
    path.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IWGRP)


def open_to_all(path: Path) -> None:
    """Allow everyone to write to it."""
    path.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IWOTH)


def give_away(path: Path) -> None:
    """Have it belong to another user; only root can."""
    os.chown(path, STRANGER, -1)


#: What happens to what is in a file, or to whether it is there.
TO_BYTES: tuple[Damage, ...] = (remove, grow, become_folder)
#: What must be noticed without opening anything.
TO_STATUS: tuple[Damage, ...] = (
    *(become_link, become_pipe, open_to_group, open_to_all),
    *((give_away,) if os.geteuid() == 0 else ()),
)
#: The same of a folder.
TO_FOLDER: tuple[Damage, ...] = (
    *(become_link, open_to_group, open_to_all),
    *((give_away,) if os.geteuid() == 0 else ()),
)


@contextmanager
def undone(data: Path) -> Iterator[None]:
    """Whatever is done to *data* meanwhile is undone."""
    kept = data.with_name("kept")
    shutil.copytree(data, kept)
    try:
        yield
    finally:
        shutil.rmtree(data)
        kept.rename(data)
