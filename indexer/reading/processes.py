"""How are many files read at once, so that none of them harms the others? In processes.

A library that reads PDF or Word may crash, hang or take all memory on a hostile file. Then
only the process that reads it is lost: the file is named, and the others go on. A process
reads one file after the other, because starting one costs as much as reading several.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from indexer.errors import AuthorityError, SettingsError, SourceError
from indexer.readers import FORMATS, MAX_BYTES
from indexer.reading import shown
from indexer.reading.answers import (
    Answer,
    BadAnswer,
    Failed,
    Read,
    Ready,
    receive,
    send,
    unpacked,
)
from indexer.reading.child import LEAVING_SECONDS, serve
from indexer.reading.limits import Limits
from indexer.reading.temporary import TemporaryFolder

__all__ = ["Limits", "Read", "ReadingProcesses"]

#: Files read ahead of the one that is waited for, for each process: a slow file should not
#: keep the others idle, and what was read ahead is kept in memory.
AHEAD = 4
#: Seconds that a process may take to start: a hundred times what it does.
_START_SECONDS = 60.0
#: Seconds that a process may take to end when it was told to, or was killed.
_END_SECONDS = 5.0
#: What the server that processes are forked from has loaded.
LOADED = ("indexer.reading.child", *(f"indexer.readers.{name}" for name in FORMATS))


@dataclass(slots=True)
class _Task:
    """A file to be read, and what came of it."""

    path: Path
    result: Read | SourceError | None = None


class ReadingProcesses:
    """Processes that read the files of one corpus; a context manager.

    They are started when there is something to read, and ended, with all they have
    started, when the context ends, however it does.
    """

    def __init__(self, corpus: Path, count: int, limits: Limits | None = None) -> None:
        self._corpus = corpus
        self._count = count
        self._limits = limits or Limits()
        self._processes: list[_Process] = []
        self._cut: list[bool] = []

    @property
    def network_is_cut(self) -> bool:
        """Whether the processes that have read were without network."""
        return bool(self._cut) and all(self._cut)

    def __enter__(self) -> ReadingProcesses:
        self._folder = TemporaryFolder()
        self._handled = (
            threading.current_thread() is threading.main_thread()
            and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        )
        if self._handled:
            signal.signal(signal.SIGTERM, _end)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.tell_to_end()
        for process in self._processes:
            process.end()
        self._processes.clear()
        self._folder.remove()
        if self._handled:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def read(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Read | SourceError]]:
        """Each of *paths*, in order, with what was read from it or why nothing was.

        Raises AuthorityError where an authority file cannot be used, SettingsError where
        the limits are too small for a process to start: neither is a matter of one file.
        """
        left = iter(paths)
        tasks: deque[_Task] = deque()
        try:
            while True:
                self._feed(left, tasks)
                if not tasks:
                    return
                self._collect(patient=tasks[0].result is None)
                # What has become free meanwhile works while the caller does.
                self._feed(left, tasks)
                while tasks and (result := tasks[0].result) is not None:
                    yield tasks.popleft().path, result
        finally:
            # Left in the middle: what is still being read is for nobody.
            for process in [process for process in self._processes if process.task]:
                self._drop(process)

    def _feed(self, left: Iterator[Path], tasks: deque[_Task]) -> None:
        """Give every free process a file, and start processes while there are too few."""
        while len(tasks) < AHEAD * self._count:
            free = next((process for process in self._processes if process.task is None), None)
            if free is None and len(self._processes) == self._count:
                return
            path = next(left, None)
            if path is None:
                return
            tasks.append(_Task(path))
            while True:
                free = free or self._start()
                if free.take(tasks[-1]):
                    break
                # It has ended while it had nothing to do.
                self._drop(free)
                free = None

    def _start(self) -> _Process:
        process = _Process(self._corpus, self._limits, str(self._folder.path))
        self._processes.append(process)
        answer = process.first_answer()
        if isinstance(answer, Failed):
            raise AuthorityError(answer.message, answer.cure, answer.code)
        if not isinstance(answer, Ready):
            raise SettingsError(
                f"No process for reading could start within {self._limits.megabytes:,} MB of"
                f" memory ({process.ending()})",
                "Allow more with the setting reading_megabytes",
            )
        self._cut.append(answer.network_is_cut)
        return process

    def _drop(self, process: _Process) -> None:
        self._processes.remove(process)
        process.end()

    def _collect(self, patient: bool) -> None:
        """Take what has been read; where *patient*, wait until something has been."""
        busy = {process.line: process for process in self._processes if process.task}
        now = time.monotonic()
        until = min((process.deadline for process in busy.values()), default=now)
        ready: list[Any] = wait(list(busy), max(0.0, until - now) if patient else 0)
        now = time.monotonic()  # what one does not finish telling is not held against others
        for line, process in busy.items():
            task = process.task
            if task is None:
                continue
            if line in ready:
                task.result, last = self._result(process, task)
            elif now >= process.deadline:
                task.result, last = self._too_slow(task), True
            else:
                continue
            process.task = None
            if last:
                self._drop(process)

    def _result(self, process: _Process, task: _Task) -> tuple[Read | SourceError, bool]:
        """What *process* has answered, and whether it has ended."""
        try:
            answer = process.answer()
        except TimeoutError:
            return self._too_slow(task), True
        except BadAnswer:
            return self._bad_answer(task), True
        match answer:
            case None:
                return self._ended(process, task), True
            case Answer(Read() as read, last):
                return read, last
            case Answer(Failed(message, cure, code), last):
                return SourceError(message, cure, code), last
        return self._bad_answer(task), True

    def _ended(self, process: _Process, task: _Task) -> SourceError:
        """Why there is no answer from a process that has ended."""
        ending = process.ending()
        if ending == signal.Signals.SIGXCPU.name:
            return self._too_slow(task)
        return SourceError(
            f"{shown(task.path, self._corpus)}: the process that read it broke off ({ending})",
            "It is damaged or needs too much memory: save it again in another program or format",
            "reading-broke-off",
        )

    def _bad_answer(self, task: _Task) -> SourceError:
        return SourceError(
            f"{shown(task.path, self._corpus)}: the process that read it gave no answer that"
            " can be believed",
            "Do not open the file: it may be made to take a program over",
            "bad-answer",
        )

    def _too_slow(self, task: _Task) -> SourceError:
        return SourceError(
            f"{shown(task.path, self._corpus)}: takes more than {self._limits.seconds:g}"
            " seconds to read",
            "Split it, or allow more with the setting reading_seconds",
            "too-slow",
        )


class _Process:
    """One process that reads, as its parent knows it."""

    def __init__(self, corpus: Path, limits: Limits, folder: str) -> None:
        self.task: _Task | None = None
        self.deadline = 0.0
        self._seconds = limits.seconds
        self._folder = tempfile.mkdtemp(dir=folder)
        # Not "fork": the parent may have threads, whose locks a forked child would wait for.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(LOADED))
        self._most = (limits.output_bytes, MAX_BYTES)
        self.line, theirs = socket.socketpair()
        self._process = context.Process(
            target=serve, args=(theirs, corpus, limits, Path.cwd(), self._folder), daemon=True
        )
        # The server that forks inherits this: it would tell of an interrupt that comes while
        # it starts, and so would a child. Both end with the parent. What starts first would
        # lift the block.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()

    def first_answer(self) -> Ready | Read | Failed | None:
        """What it says when it has started; None if it has not."""
        self.deadline = time.monotonic() + _START_SECONDS
        with suppress(BadAnswer, TimeoutError):
            if answer := self.answer():
                return answer.content
        return None

    def take(self, task: _Task) -> bool:
        """Have it read the file of *task*. Returns whether it is there to do so."""
        try:
            self.line.settimeout(_END_SECONDS)
            send(self.line, os.fsencode(task.path))
        except OSError:
            return False
        self.task = task
        self.deadline = time.monotonic() + self._seconds
        return True

    def answer(self) -> Answer | None:
        """What it says; None if it has ended without a word. Raises BadAnswer, and
        TimeoutError where it does not come to an end."""
        # The parent may have looked late: what waits to be taken is taken.
        until = max(self.deadline, time.monotonic() + _END_SECONDS)
        try:
            message = receive(self.line, self._most, until)
        except TimeoutError:
            raise
        except OSError:
            return None
        return unpacked(*message) if message else None

    def ending(self) -> str:
        """How it has ended: the name of a signal, or a status."""
        self._process.join(_END_SECONDS)
        code = self._process.exitcode
        if code is not None and code < 0:
            with suppress(ValueError):
                return signal.Signals(-code).name
        return f"status {code}"

    def tell_to_end(self) -> None:
        """Have it leave in order, without waiting until it has."""
        self._process.terminate()

    def end(self) -> None:
        """End it, with all that it has started, and remove what it has written."""
        self.tell_to_end()
        self._process.join(LEAVING_SECONDS)
        self.line.close()
        pid = self._process.pid
        if pid is not None:
            # The group is there only once the process has made it.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()
        self._process.join(_END_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)


def _end(number: int, frame: FrameType | None) -> None:
    """Asked to terminate: the contexts are left in order, and so the processes end."""
    raise SystemExit(128 + number)
