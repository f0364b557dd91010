"""Which index answers this request? The generation being served, and its searcher.

A request takes one :class:`View` and asks everything of it, so that a page never mixes
two generations.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.library import Library
from indexer.model import Span
from indexer.query.results import ResultPage, SearchParameters
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One generation, as one request sees it."""

    generation: str
    library: Library

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer a search. Raises ParameterError, QueryRefused or IndexUnavailable."""
        raise NotImplementedError

    def marks(self, q: str, submission: str) -> dict[str, tuple[Span, ...]]:
        """The paragraphs of *submission* that *q* finds, in document order, with their
        highlights (a filter-only query gives empty ones). Raises as :meth:`search`."""
        raise NotImplementedError


class Site:
    """The served index; notices a new generation by itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def view(self) -> View:
        """The current generation. Raises NoIndex or IndexDamaged."""
        raise NotImplementedError

    def close(self) -> None:
        """End the search processes."""
        raise NotImplementedError
