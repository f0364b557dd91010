"""What must a search engine do for us? The narrow protocol.

An engine is opened on an address for writing or for searching (``engines.open_engine``).
It has no query syntax of its own, takes no free keyword arguments and never answers
"nothing found" when it cannot answer: it raises ``IndexUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from indexer.query.request import IndexDocument, SearchRequest, SearchResult


class Engine(Protocol):
    """Postings, positions, BM25 and facet columns behind four verbs."""

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add paragraphs. Those of one submission come together and in order; a submission
        that was there before must be removed first."""

    def remove(self, submission: str) -> None:
        """Remove every paragraph of a submission; none there is no error."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer *request*. Ties are settled by submission id, then document order.

        Raises QueryRefused where a wildcard or near spelling stands for too many words,
        and IndexUnavailable where the engine cannot answer.
        """

    def close(self) -> None:
        """Finish: what was added and removed is findable after it, and durable."""
