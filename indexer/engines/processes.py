"""Where do searches run? In processes of their own, that can be ended.

Whoosh is pure Python: a thread that searches cannot be stopped, and one searcher shared
by threads gives wrong answers. A process that searches can be killed at the time limit,
whatever it is doing, and shares nothing. Asking one costs about 0.3 ms.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import TimeoutError as NotAnswered
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from indexer.engines import open_engine
from indexer.errors import IndexUnavailable, SearchTimeout
from indexer.query.engine import Engine
from indexer.query.request import SearchRequest, SearchResult

#: How many times the search limit a question may wait for a free process before the site
#: says that it is busy.
PATIENCE = 5

_opened: tuple[Path, Engine] | None = None


def answer(address: str, folder: Path, requests: Sequence[SearchRequest]) -> list[SearchResult]:
    """Answer *requests* in this process, keeping the engine open for the next ones."""
    global _opened  # noqa: PLW0603 - a search process's one engine
    if _opened is None or _opened[0] != folder:
        if _opened is not None:
            _opened[1].close()
            _opened = None
        _opened = (folder, open_engine(address, folder))
    engine = _opened[1]
    return [engine.search(request) for request in requests]


class SearchProcesses:
    """A few processes that search."""

    def __init__(self, count: int, seconds: float) -> None:
        methods = multiprocessing.get_all_start_methods()
        # Not "fork": the server's threads hold locks that a forked child would wait for.
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if context.get_start_method() == "forkserver":
            # A killed process is replaced by a fork of one that has imported everything.
            context.set_forkserver_preload([__name__, "indexer.engines.whoosh"])
        self._seconds = seconds
        self._pool = ProcessPool(max_workers=count, context=context)

    def ask(
        self, address: str, folder: Path, requests: Sequence[SearchRequest]
    ) -> Sequence[SearchResult]:
        """Answer *requests*.

        Raises SearchTimeout over the time limit, IndexUnavailable where no process can
        answer, and whatever the engine raises.
        """
        try:
            future = self._pool.schedule(
                answer, args=[address, folder, list(requests)], timeout=self._seconds
            )
        except RuntimeError as error:
            raise IndexUnavailable("The server is shutting down", "Start it again") from error
        try:
            results: list[SearchResult] = future.result(timeout=self._seconds * PATIENCE)
        except ProcessExpired as error:
            raise IndexUnavailable(
                "The search process ended without an answer", "Try again"
            ) from error
        except NotAnswered as error:
            if future.cancel():
                raise IndexUnavailable(
                    "All search processes are busy", "Try again in a moment"
                ) from error
            raise SearchTimeout(
                f"The search took more than {self._seconds:g} seconds and was stopped",
                "Use fewer wildcards and near spellings, or more particular words",
            ) from error
        return results

    def close(self) -> None:
        """End the processes."""
        self._pool.stop()
        self._pool.join()
