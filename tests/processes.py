"""Which processes has a test started, and what do they hold? As psutil sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

import psutil


def server_of(port: int) -> psutil.Process:
    """The process of ours that serves at *port*. Raises AssertionError where there is none."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or ()
        if "serve" in words and str(port) in words:
            return process
    raise AssertionError("The server is not there")


def family(process: psutil.Process) -> list[psutil.Process]:
    """*process* and all that descend from it."""
    return [process, *process.children(recursive=True)]


def marked(name: str, value: str) -> Iterator[psutil.Process]:
    """The processes whose environment has *name* with *value*."""
    for process in psutil.process_iter():
        # It has just ended, or is another user's.
        with suppress(psutil.Error):
            if process.environ().get(name) == value:
                yield process


def memory(processes: Iterable[psutil.Process]) -> int:
    """Bytes that *processes* hold for themselves or share among each other: what several share
    is counted once, or a process that is replaced would seem to grow."""
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total


def descriptors(processes: Iterable[psutil.Process]) -> int:
    """How many files and connections *processes* have open."""
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            total += process.num_fds()
    return total
