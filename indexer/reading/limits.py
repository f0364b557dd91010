"""How much may the reading of one file take? The limits, and how the system holds them.

They are the second net: a reader refuses what it knows to be hostile, and these end what
it did not foresee. macOS does not hold the limit on memory.
"""

from __future__ import annotations

import contextlib
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from indexer.settings import Settings

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take; units are in the names."""

    seconds: float = 60.0
    """Of the clock, and of the processor."""
    megabytes: int = 2048
    """Of address space, on top of what the process starts with, for the process and for each
    program that it starts."""
    output_megabytes: int = 100
    """Of the submission that comes of it: the largest file holds 40, and its text is kept
    once as read and once in words of footnotes and names."""
    file_megabytes: int = 200
    """Of one file written: an office program's conversion of the largest file."""
    open_files: int = 256
    """An office program opens some 100."""

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that are set."""
        return cls(settings.reading_seconds, settings.reading_megabytes)

    @property
    def output_bytes(self) -> int:
        """``output_megabytes`` in bytes."""
        return self.output_megabytes * _MEGABYTE


def confine(limits: Limits) -> None:
    """Hold this process, and all it starts, to *limits*."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_FSIZE, limits.file_megabytes * _MEGABYTE)
    _limit(resource.RLIMIT_AS, _taken() + limits.megabytes * _MEGABYTE)


def _taken() -> int:
    """Bytes of address space that this process has: libraries reserve some for each
    processor of the machine. 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def allow_processor(seconds: float) -> None:
    """Let this process compute for *seconds* from now; then the system ends it (SIGXCPU)."""
    _limit(resource.RLIMIT_CPU, int(time.process_time() + seconds) + 1, soft=True)


def is_large(limits: Limits) -> bool:
    """Whether this process once held so much that the next file may not have its share."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) > limits.megabytes * _MEGABYTE / 4


def _limit(what: int, most: int, soft: bool = False) -> None:
    _, allowed = resource.getrlimit(what)
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    # Where the system does not take it (macOS: memory), the limit on time remains.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, allowed if soft else most))
