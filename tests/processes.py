"""Which processes has a test started, and what do they hold? As psutil sees them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress

import psutil

#: Seconds within which processes are there, or gone, as they should be: on a busy machine.
SETTLED = 60


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


def workers(server: psutil.Process) -> list[psutil.Process]:
    """The processes that answer: those that another one of the server's began."""
    below = family(server)[1:]
    found = []
    for process in below:
        # One that has been ended is there until it is buried.
        with suppress(psutil.NoSuchProcess):
            if process.parent() in below and is_running(process):
                found.append(process)
    return found


def settled(server: psutil.Process, count: int) -> list[psutil.Process]:
    """The processes of *server* that answer, once there are *count*: no ended one is yet to be
    replaced, or to leave. Raises AssertionError where that does not come to be."""
    deadline = time.monotonic() + SETTLED
    while len(found := workers(server)) != count:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def is_running(process: psutil.Process) -> bool:
    """Whether *process* has not ended; who should have taken notice may not have yet."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def has_ended(process: psutil.Process | int) -> bool:
    """Whether *process*, or the one of that number, ends: at once, but for a busy machine."""
    try:
        process = psutil.Process(process) if isinstance(process, int) else process
    except psutil.NoSuchProcess:
        return True
    deadline = time.monotonic() + SETTLED
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(process)


def of_group(group: int) -> list[psutil.Process]:
    """The processes of *group* that run."""
    found = []
    for process in psutil.process_iter():
        with suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and is_running(process):
                found.append(process)
    return found


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
