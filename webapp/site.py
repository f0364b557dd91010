"""Which index answers this request? The generation being served, and its searcher.

A request takes one :class:`View` and asks everything of it, so that a page never mixes
two generations.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial

from indexer.engines.processes import SearchProcesses
from indexer.errors import IndexUnavailable
from indexer.generations import Generations
from indexer.library import Library
from indexer.model import Span
from indexer.query.results import ResultPage, SearchParameters
from indexer.search import Searcher
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One generation, as one request sees it."""

    generation: str
    library: Library
    searcher: Searcher

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer a search. Raises ParameterError, QueryRefused or IndexUnavailable."""
        return self.searcher.search(parameters)

    def marks(self, q: str, submission: str) -> dict[str, tuple[Span, ...]]:
        """The paragraphs of *submission* that *q* finds, in document order, with their
        highlights (a filter-only query gives empty ones). Raises as :meth:`search`."""
        return self.searcher.marks(q, submission)


class Site:
    """The served index; notices a new generation by itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._generations = Generations(settings.data_folder)
        self._processes = SearchProcesses(settings.search_processes, settings.search_seconds)
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (0, 0)
        self._view: View | None = None

    def view(self) -> View:
        """The current generation. Raises NoIndex or IndexDamaged."""
        stamp = self._generations.stamp()
        view = self._view
        if view is None or stamp != self._stamp:
            with self._lock:
                if self._view is None or stamp != self._stamp:
                    self._view, self._stamp = self._opened(), stamp
                view = self._view
        return view

    def _opened(self) -> View:
        """The generation in force; where it cannot be opened, the one served so far."""
        try:
            return self._open()
        except IndexUnavailable:
            if self._view is None:
                raise
            return self._view

    def _open(self) -> View:
        generation = self._generations.current()
        address = generation.manifest().engine
        library = Library(generation.library)
        ask = partial(self._processes.ask, address, generation.engine)
        searcher = Searcher(library, ask, self.settings, generation.name)
        return View(generation.name, library, searcher)

    def close(self) -> None:
        """End the search processes."""
        self._processes.close()
