"""Processes that can be ended: what takes long gives way, ends in time and is replaced."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from indexer.errors import Busy, IndexUnavailable, NotFound, SearchTimeout
from webapp.workers import RESERVED, SHORT_SECONDS, Workers

COUNT, SECONDS = 4, 6.0


class Toy:
    """Does as it is told."""

    def __init__(self, greeting: str) -> None:
        self._greeting = greeting
        self._about = ""

    def ready(self, about: str) -> None:
        """Make ready for *about*."""
        if about == "missing":
            raise IndexUnavailable("There is none", "Make one")
        self._about = about

    def answer(self, question: tuple[str, float]) -> object:
        """Answer, after so many seconds of work where it is told to work."""
        what, seconds = question
        until = time.process_time() + seconds
        while time.process_time() < until:
            pass
        match what:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raise":
                raise NotFound("Nothing there", "Look elsewhere")
            case "odd":
                return lambda: None  # cannot be handed over
            case "nice":
                return os.nice(0)
        return os.getpid(), f"{self._greeting} {self._about}"


@contextmanager
def toys(count: int, seconds: float) -> Iterator[Workers]:
    """Processes of toys."""
    workers = Workers(count, seconds, Toy, "hello")
    try:
        yield workers
    finally:
        workers.close()


@pytest.fixture(scope="module")
def started() -> Iterator[Workers]:
    """Processes of toys, for all tests."""
    with toys(COUNT, SECONDS) as workers:
        yield workers


@pytest.fixture
def workers(started: Workers) -> Workers:
    """The same, with all of them ready: on a busy machine, replacing those that the test before
    has ended takes longer than a question waits."""
    ready(started)
    return started


def ready(workers: Workers, count: int = COUNT) -> None:
    """Wait until *count* of the processes are there and have nothing to do."""
    deadline = time.monotonic() + 60
    workers.prepare("one")
    while len(workers._idle) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_answer_is_about_what_was_asked(workers: Workers) -> None:
    assert workers.ask("one", ("say", 0))[1] == "hello one"
    assert workers.ask("two", ("say", 0))[1] == "hello two"
    assert workers.ask("one", ("say", 0))[1] == "hello one"


def test_what_is_raised_is_told(workers: Workers) -> None:
    with pytest.raises(NotFound, match="Look elsewhere"):
        workers.ask("one", ("raise", 0))
    with pytest.raises(IndexUnavailable, match="There is none"):
        workers.ask("missing", ("say", 0))
    assert workers.ask("one", ("say", 0))[1] == "hello one"


@pytest.mark.parametrize("what", ["die", "odd"])
def test_a_process_that_ends_without_an_answer_is_replaced(what: str, workers: Workers) -> None:
    for _ in range(COUNT + 1):
        ready(workers, 1)
        with pytest.raises(IndexUnavailable, match="without an answer"):
            workers.ask("one", (what, 0))
    ready(workers, 1)
    assert workers.ask("one", ("say", 0))[1] == "hello one"


def test_where_the_system_has_nothing_to_give_it_is_tried_again(workers: Workers) -> None:
    """Every process was lost for good that could not be replaced at once."""
    threading.stack_size(1 << 60)  # more than any system has: no thread can be started
    try:
        for _ in range(COUNT + 1):
            with pytest.raises(IndexUnavailable):
                workers.ask("one", ("die", 0))
    finally:
        threading.stack_size(0)
    ready(workers)
    assert workers.ask("one", ("say", 0))[1] == "hello one"


def test_a_question_that_takes_too_long_is_ended(workers: Workers) -> None:
    started = time.monotonic()
    with pytest.raises(SearchTimeout, match="more than 6 seconds") as ended:
        workers.ask("one", ("say", 60))
    assert ended.value.cure
    assert time.monotonic() - started < SECONDS + 2
    started = time.monotonic()
    workers.ask("one", ("say", 0))
    assert time.monotonic() - started < 3


def test_long_work_yields_and_its_process_is_replaced() -> None:
    # On a busy machine what yields is long in coming.
    with toys(COUNT, 600) as workers:
        ready(workers)
        assert workers.ask("one", ("nice", 0)) < 19
        assert workers.ask("one", ("nice", SHORT_SECONDS + 0.6)) == 19
        for _ in range(2 * COUNT):
            assert workers.ask("one", ("nice", 0)) < 19


def test_long_work_leaves_processes_to_short_questions(workers: Workers) -> None:
    def long(_: int) -> str:
        try:
            workers.ask("one", ("say", 60))
        except (SearchTimeout, Busy) as error:
            return error.code
        return "answered"

    with ThreadPoolExecutor(COUNT) as clients:
        asked = [clients.submit(long, n) for n in range(COUNT - RESERVED + 1)]
        for _ in range(10):
            started = time.monotonic()
            assert workers.ask("one", ("say", 0))[1] == "hello one"
            assert time.monotonic() - started < 3
            time.sleep(0.1)
        codes = sorted(client.result() for client in asked)
    assert codes == ["busy", *["search-timeout"] * (COUNT - RESERVED)]


def test_processes_end_whatever_they_are_doing() -> None:
    told: list[str] = []

    def ask(workers: Workers) -> None:
        try:
            workers.ask("one", ("say", 60))
        except IndexUnavailable as error:
            told.append(error.code)

    with toys(2, 60) as workers:
        ready(workers, 2)
        client = threading.Thread(target=ask, args=(workers,))
        client.start()
        time.sleep(0.3)
    client.join(30)
    assert told == ["busy"]
    with pytest.raises(Busy):
        workers.ask("one", ("say", 0))
