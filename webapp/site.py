"""Which index answers this request? The generation being served, and its searcher.

A request takes one :class:`View` and asks everything of it, so that a page never mixes
two generations.
"""

from __future__ import annotations

import gc
import logging
import re
import threading
import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from indexer.engines import open_engine
from indexer.errors import IndexUnavailable, one_line
from indexer.generations import Generation, Generations
from indexer.library import Library
from indexer.query.engine import Engine
from indexer.query.request import SearchRequest, SearchResult
from indexer.query.results import Marked, ResultPage, SearchParameters
from indexer.search import Searcher
from indexer.settings import Settings

#: Seconds after which an index that cannot be opened is looked at again: reading a large one
#: whole takes some of them.
AGAIN_SECONDS = 30.0

LOGGER = logging.getLogger("pilcrow.web")


@dataclass(frozen=True, slots=True)
class View:
    """One generation, as one request sees it."""

    source: Generation
    library: Library
    searcher: Searcher
    damage: IndexUnavailable | None = None
    """Why this is not the generation that was made last, or what else is wrong."""

    @property
    def generation(self) -> str:
        """The generation's name."""
        return self.source.name

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer a search. Raises ParameterError, QueryRefused or IndexUnavailable."""
        return self.searcher.search(parameters)

    def marked(self, q: str, submission: str) -> Marked:
        """What *q* finds in *submission*. Raises as :meth:`search`, and NotFound."""
        return self.searcher.marked(q, submission)


class _Asking:
    """Asks a generation's engine in this process. The engine is opened by the first question
    and, being for one thread only, asked by one after the other."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._lock = threading.Lock()
        self._engine: Engine | None = None

    def __call__(self, requests: Sequence[SearchRequest]) -> list[SearchResult]:
        with self._lock:
            if self._engine is None:
                address = self._generation.manifest().engine
                self._engine = open_engine(address, self._generation.engine)
            return [self._engine.search(request) for request in requests]

    def close(self) -> None:
        """Close the engine, where it was opened."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None


class Site:
    """The served index; notices by itself a new generation, and damage to this one. Of a
    *generation* that was looked at already, this one and no other."""

    def __init__(self, settings: Settings, generation: Generation | None = None) -> None:
        self.settings = settings
        self._asking: _Asking | None = None
        self._fixed = None if generation is None else self._view_of(generation, None)
        self._generations = Generations.of(settings)
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] | None = None
        self._view: View | IndexUnavailable | None = None
        self._opened_at = 0.0

    def view(self) -> View:
        """The generation in force or, where that is damaged, the one before it.

        Raises IndexUnavailable where neither can be read.
        """
        if self._fixed is not None:
            return self._fixed
        stamp = self._generations.stamp()
        view = self._view
        if self._is_due(stamp):
            with self._lock:
                if self._is_due(stamp):
                    self._view, self._stamp = self._opened(), stamp
                    self._opened_at = time.monotonic()
                    view = None
                    gc.collect()  # or the files of the one before stay open, withdrawn or not
                view = self._view
        assert view is not None
        if isinstance(view, IndexUnavailable):
            # One of its own for each request: an error that is raised again keeps the frames of
            # all before, with what was asked there.
            error = copy(view)
            error.logged = True
            raise error
        return view

    def _is_due(self, stamp: tuple[object, ...]) -> bool:
        """Whether the index is to be opened anew: it changed, or could not be opened some time
        ago, perhaps for want of something that is there again."""
        failed = isinstance(self._view, IndexUnavailable)
        waited = time.monotonic() - self._opened_at
        return self._view is None or stamp != self._stamp or (failed and waited > AGAIN_SECONDS)

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
        def look() -> View:
            view = self._view_of(*self._generations.usable())
            view.library.state()  # what health tells is known once this is not there any more
            return view

        return self._generations.unswitched(look)

    def _view_of(self, generation: Generation, damage: IndexUnavailable | None) -> View:
        library = Library(generation.library)
        self._asking = _Asking(generation)
        searcher = Searcher(library, self._asking, self.settings, generation.name)
        return View(generation, library, searcher, damage)

    def told(self, error: IndexUnavailable) -> str:
        """What *error* says, for strangers: without the server's own folders."""
        ours = re.escape(f"{self.settings.data_folder}/")
        return re.sub(rf"(?<!\S){ours}", "", error.message)  # where a path begins, not inside one

    def close(self) -> None:
        """Close the engine's files."""
        if self._asking is not None:
            self._asking.close()
