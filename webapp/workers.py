"""Where is work done that may take too long? In processes, ready in advance, that can be ended.

A thread cannot be stopped, whether it searches, sets a page or is caught in a regular
expression. A process can, whatever it is doing. These processes answer one question at a
time. What takes long gives way to what does not, by three rules:

1. Beyond :data:`SHORT_SECONDS` an answer is long work: its process yields the processors to
   all others (``nice``), and is replaced afterwards.
2. Of long work never so much is under way that no process is left for short questions; one
   that becomes long beyond that is ended, and its asker told to come back.
3. Beyond the time limit it is ended.

What is asked, and how it is answered, is settled by who starts them.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, Protocol

from indexer.errors import Busy, SearchTimeout

#: Seconds of a processor's time after which an answer is long work: an ordinary search takes
#: 0.1 to 0.4 on a corpus of 20,000 paragraphs. Its own time, not the clock's, so that what is
#: short stays short while others keep the processors busy.
SHORT_SECONDS = 0.5
#: Seconds between two looks at it.
_LOOK_SECONDS = 0.05
#: Processes that long work always leaves free.
RESERVED = 2
#: Seconds that a question waits for a free process: as long as a search may take, so that one
#: is free by then.
PATIENCE_SECONDS = 2.0
#: Seconds that making ready may take: opening the index, or another one after a switch.
OPENING_SECONDS = 60.0
#: Seconds between two attempts to start a process where the system has none to give.
_AGAIN_SECONDS = 1.0
#: Seconds that closing waits for threads that are starting a process.
_ENDING_SECONDS = 5.0

#: How much long work yields to all other processes: the most that ``nice`` has.
_NICEST = 19


#: Linux's name for the clock of a process is made of its id and this; see
#: clock_getcpuclockid(3), which Python does not have.
_PROCESS_CLOCK = 2


class Answerer(Protocol):
    """What a process does."""

    def ready(self, about: Any) -> None:
        """Make ready for questions about *about*; this is not counted as answering."""

    def answer(self, question: Any) -> Any:
        """Answer."""


#: Makes the answerer in the process; must be importable there, as its argument must.
Make = Callable[[Any], Answerer]


#: Told once a process is ready for the question: from here on it is answering.
_READY = "ready"


def _work(connection: Connection, make: Make, setting: Any) -> None:
    """What runs in a process: answers until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends them, also on Ctrl-C
    answerer = make(setting)
    with suppress(EOFError, OSError):  # the server has ended
        while True:
            about, question = connection.recv()
            told: tuple[Any, Exception | None]
            try:
                answerer.ready(about)
                connection.send(_READY)
                told = (None if question is None else answerer.answer(question), None)
            except Exception as error:
                told = (None, error)
            connection.send(told)


class _Worker:
    """One process and the connection to it."""

    def __init__(self, context: Any, make: Make, setting: Any) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, make, setting), daemon=True)
        self._process.start()
        theirs.close()
        self.about: Any = None

    @property
    def alive(self) -> bool:
        return bool(self._process.is_alive())

    def asks(self, about: Any, question: Any) -> None:
        """Hand over a question, and wait until it is being answered. Raises what making ready
        raised, and EOFError or OSError where the process is gone or stuck."""
        self.about = None
        self._connection.send((about, question))
        if not self._connection.poll(OPENING_SECONDS):
            raise TimeoutError
        told = self._connection.recv()
        if told != _READY:
            raise told[1]
        self.about = about

    def answers_by(self, deadline: float, processor_seconds: float = math.inf) -> bool:
        """Wait for the answer until *deadline*, or until it took the processor so long."""
        begun = self._processor()
        while not self._connection.poll(min(_LOOK_SECONDS, max(deadline - time.monotonic(), 0))):
            if time.monotonic() >= deadline or self._processor() - begun >= processor_seconds:
                return False
        return True

    def _processor(self) -> float:
        """Seconds that the process has had a processor; the clock's where it is not told."""
        try:
            return time.clock_gettime(~self._process.pid << 3 | _PROCESS_CLOCK)
        except (AttributeError, OSError, OverflowError):
            return time.monotonic()

    def result(self) -> Any:
        """The answer; raises what was raised in the process."""
        result, error = self._connection.recv()
        if error is not None:
            raise error
        return result

    def yields(self) -> None:
        """Give way to every other process. There is no way back without privileges."""
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICEST)

    def end(self) -> None:
        """Kill it, and wait for nothing: who yields to all others is also slow to die."""
        self._process.kill()

    def bury(self) -> None:
        """Wait until it is gone. Its process is let go of, never closed: when Python exits it
        joins every process that was not joined, and fails on one closed at that moment."""
        self.end()
        self._process.join()
        self._connection.close()


def fork_from(modules: Sequence[str]) -> None:
    """Have all processes that this one starts, whoever starts them, forked from one that has
    loaded *modules*, so that one that is ended is soon replaced. Python has one such server a
    process: without this, the first part of a program that starts processes would settle what
    those of all others have loaded."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.get_context("forkserver").set_forkserver_preload(list(modules))
        forkserver.ensure_running()


class Workers:
    """Processes that answer, *count* of them, each made by *make* of *setting* and given up
    after *seconds*. Safe to share between threads."""

    def __init__(self, count: int, seconds: float, make: Make, setting: Any) -> None:
        methods = multiprocessing.get_all_start_methods()
        # Not "fork": the server's threads hold locks that a forked child would wait for.
        self._context = multiprocessing.get_context(
            "forkserver" if "forkserver" in methods else "spawn"
        )
        self._seconds = seconds
        self._make, self._setting = make, setting
        self._longest = max(count - RESERVED, 1)
        self._changed = threading.Condition()
        # Threads that start processes side by side can have the fork server started twice.
        self._one_at_a_time = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._starting: set[threading.Thread] = set()
        self._long = 0
        self._closed = False
        self._about: Any = None
        self._missing = count

    def prepare(self, about: Any) -> None:
        """Start the processes, and wait until one of them is ready for questions about
        *about*. Without it, the first question starts them."""
        self._give_back(self._take(about, OPENING_SECONDS), kept=True)

    def ask(self, about: Any, question: Any) -> Any:
        """Have a process answer *question*, which is about *about*.

        Raises SearchTimeout over the time limit, Busy where there are too many questions or
        the process ended without an answer, and what it raised.
        """
        worker = self._take(about)
        kept = False
        try:
            worker.asks(about, question)
            deadline = time.monotonic() + self._seconds
            kept = worker.answers_by(deadline, SHORT_SECONDS)
            if not kept:
                self._long_answer(worker, deadline)
            return worker.result()
        except (EOFError, OSError) as error:
            kept = False
            raise Busy("The process ended without an answer", "Try again in a moment") from error
        finally:
            self._give_back(worker, kept)

    def _long_answer(self, worker: _Worker, deadline: float) -> None:
        """Wait for an answer that takes long. Raises Busy and SearchTimeout."""
        with self._changed:
            if self._long >= self._longest:
                raise Busy("Too many long questions are being answered", "Try again in a moment")
            self._long += 1
        try:
            worker.yields()
            if not worker.answers_by(deadline):
                raise SearchTimeout(
                    f"The answer took more than {self._seconds:g} seconds and was stopped",
                    "Use fewer phrases, wildcards and near spellings, or more particular words",
                )
        finally:
            with self._changed:
                self._long -= 1

    def _take(self, about: Any, patience: float = PATIENCE_SECONDS) -> _Worker:
        """A process of one's own, one ready for *about* before others. Raises Busy."""
        deadline = time.monotonic() + patience
        with self._changed:
            if about != self._about:
                self._turn_to(about)
            for _ in range(self._missing):
                self._begin()
            while True:
                for worker in [w for w in self._idle if not w.alive]:
                    self._idle.remove(worker)
                    self._replace(worker)
                if self._idle:
                    # The one used last knows most.
                    ready = [w for w in self._idle if w.about == about] or self._idle
                    worker = ready[-1]
                    self._idle.remove(worker)
                    return worker
                if self._closed or not self._changed.wait(deadline - time.monotonic()):
                    raise Busy("All processes are busy", "Try again in a moment")

    def _turn_to(self, about: Any) -> None:
        """Have those that wait made ready, but for one that answers meanwhile: what they have
        open may be withdrawn, and they may not be asked again for long."""
        self._about = about
        for worker in self._idle[:-1]:
            if self._aside(partial(self._turn, worker)):
                self._idle.remove(worker)

    def _turn(self, worker: _Worker) -> None:
        """Make *worker* ready for questions about what is asked about now."""
        kept = True
        try:
            worker.asks(self._about, None)
            worker.result()
        except (EOFError, OSError):
            kept = False
        except Exception:  # nosec B110 # the next question about it is told so
            pass
        self._give_back(worker, kept)

    def _give_back(self, worker: _Worker, kept: bool) -> None:
        with self._changed:
            turned = worker.about is not None and worker.about != self._about
            if not kept or self._closed:
                self._replace(worker)
            elif not (turned and self._aside(partial(self._turn, worker))):
                self._idle.append(worker)
                self._changed.notify()

    def _replace(self, worker: _Worker) -> None:
        """End *worker* and have another one made."""
        worker.end()
        if self._closed:
            return  # who closes buries it
        self._all.discard(worker)
        self._missing += 1
        self._begin(worker)

    def _begin(self, ended: _Worker | None = None) -> None:
        if self._aside(partial(self._start, ended)):
            self._missing -= 1  # or else the next question tries again

    def _aside(self, work: Callable[[], None]) -> bool:
        """Do *work* in a thread of its own: nobody who asks should wait for a process that
        another question needs. Returns whether the system had a thread to give."""

        def done() -> None:
            work()
            with self._changed:
                self._starting.discard(threading.current_thread())
                self._changed.notify_all()

        thread = threading.Thread(target=done, daemon=True)
        # Noted first: the main thread may be told to end while it waits for the start.
        self._starting.add(thread)
        try:
            thread.start()
        except RuntimeError:
            self._starting.discard(thread)
            return False
        return True

    def _start(self, ended: _Worker | None) -> None:
        """Start a process and make it ready, in place of one that *ended*."""
        self._start_one()
        if ended is not None:
            ended.bury()

    def _start_one(self) -> None:
        """Start a process and make it ready; tries until there is one."""
        while not self._closed:
            try:
                with self._one_at_a_time:
                    worker = _Worker(self._context, self._make, self._setting)
            except (EOFError, OSError):
                self._pause()
                continue
            with self._changed:
                self._all.add(worker)
                if self._closed:
                    return
            try:
                if self._about is not None:
                    worker.asks(self._about, None)
                    worker.result()
            except (EOFError, OSError):
                worker.bury()
                with self._changed:
                    self._all.discard(worker)
                self._pause()
                continue
            except Exception:  # nosec B110 # the next question about it is told so
                pass
            self._give_back(worker, kept=True)
            return

    def _pause(self) -> None:
        """Wait before the next attempt, unless there will be none."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed, _AGAIN_SECONDS)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._changed:
            self._closed = True
            self._idle.clear()
            self._changed.notify_all()
            for worker in self._all:
                worker.end()  # which wakes whoever waits for it
            # A thread whose start was broken off never says that it is done.
            self._changed.wait_for(lambda: not self._starting, _ENDING_SECONDS)
            left = list(self._all)
        for worker in left:
            worker.bury()
