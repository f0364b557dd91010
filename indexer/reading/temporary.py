"""Where do reading processes put what they need for a while? Into a folder that never stays.

A process that is killed cannot remove its folder, which may hold a document half converted.
So each folder bears a lock that the system lets go of with its process, and the next one to
make a folder removes those of which nobody holds the lock.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "pilcrow-reading-"
#: How a folder is called until its lock is held: under a name that nobody looks for.
_UNLOCKED = f".{_PREFIX}"
#: Named as no other program's, nor any other of ours: what bears it is removed. A data folder
#: has a lock too, and may stand here under any name.
_LOCK = ".pilcrow-reading-lock"


class TemporaryFolder:
    """A folder for temporary files, there until :meth:`remove`."""

    def __init__(self) -> None:
        _remove_left()
        made = Path(tempfile.mkdtemp(prefix=_UNLOCKED))
        self._lock = FileLock(made / _LOCK, timeout=0)
        self._lock.acquire()
        # The lock is the file's, not the name's, and stays held.
        self.path = made.rename(made.with_name(made.name.removeprefix(".")))

    def remove(self) -> None:
        """Remove it, with all that is in it; what cannot be removed is left to the next."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()


def _remove_left() -> None:
    """Remove the folders that killed processes of this user have left."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):  # in use, or another has removed it
            ours = not hasattr(os, "geteuid") or path.lstat().st_uid == os.geteuid()
            if ours and not path.is_symlink() and (path / _LOCK).is_file():
                with FileLock(path / _LOCK, timeout=0):
                    shutil.rmtree(path, ignore_errors=True)
