"""Which index answers this request? The generation being served, and its searcher.

A request takes one :class:`View` and asks everything of it, so that a page never mixes
two generations.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import partial

from indexer.engines.processes import SearchProcesses
from indexer.errors import IndexUnavailable, one_line
from indexer.generations import Generations
from indexer.library import Library
from indexer.model import Span
from indexer.query.results import ResultPage, SearchParameters
from indexer.search import Searcher
from indexer.settings import Settings

LOGGER = logging.getLogger("pilcrow.web")


@dataclass(frozen=True, slots=True)
class View:
    """One generation, as one request sees it."""

    generation: str
    library: Library
    searcher: Searcher
    damage: IndexUnavailable | None = None
    """Why this is not the generation that was made last, or what else is wrong."""

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer a search. Raises ParameterError, QueryRefused or IndexUnavailable."""
        return self.searcher.search(parameters)

    def marks(self, q: str, submission: str) -> dict[str, tuple[Span, ...]]:
        """The paragraphs of *submission* that *q* finds, in document order, with their
        highlights (a filter-only query gives empty ones). Raises as :meth:`search`."""
        return self.searcher.marks(q, submission)


class Site:
    """The served index; notices by itself a new generation, and damage to this one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._generations = Generations.of(settings)
        self._processes = SearchProcesses(settings.search_processes, settings.search_seconds)
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] | None = None
        self._view: View | IndexUnavailable | None = None

    def view(self) -> View:
        """The generation in force or, where that is damaged, the one before it.

        Raises IndexUnavailable where neither can be read.
        """
        stamp = self._generations.stamp()
        view = self._view
        if view is None or stamp != self._stamp:
            with self._lock:
                if self._view is None or stamp != self._stamp:
                    self._view, self._stamp = self._opened(), stamp
                view = self._view
        if isinstance(view, IndexUnavailable):
            raise view
        return view

    def _opened(self) -> View | IndexUnavailable:
        try:
            view = self._open()
        except IndexUnavailable as error:
            LOGGER.error("%s", one_line(str(error)))
            return error
        if view.damage is not None:
            LOGGER.error("%s. %s is served", one_line(str(view.damage)), view.generation)
        return view

    def _open(self) -> View:
        generation, damage = self._generations.usable()
        address = generation.manifest().engine
        library = Library(generation.library)
        ask = partial(self._processes.ask, address, generation.engine)
        searcher = Searcher(library, ask, self.settings, generation.name)
        return View(generation.name, library, searcher, damage)

    def told(self, error: IndexUnavailable) -> str:
        """What *error* says, for strangers: without the server's own folders."""
        return error.message.replace(f"{self.settings.data_folder}/", "")

    def close(self) -> None:
        """End the search processes."""
        self._processes.close()
