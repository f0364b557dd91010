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
    """Postings, positions, BM25 and facet columns behind a few verbs."""

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add paragraphs. Those of one submission come together and in order; a submission
        that was there before must be removed first."""

    def remove(self, submission: str) -> None:
        """Remove every paragraph of a submission; none there is no error."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer *request*. Ties are settled by submission id, then document order.

        Raises QueryRefused where a wildcard or near spelling stands for too many words,
        and IndexUnavailable where the engine cannot answer: IndexDamaged where what it reads
        cannot be what was written.
        """

    def differing(self, documents: Iterable[IndexDocument]) -> tuple[tuple[str, str], ...]:
        """(submission, number) of the paragraphs that the index holds otherwise than a fresh
        analysis of *documents* would have them; none where it is whole.

        *documents* are all there should be, by submission id and then in document order.
        Compared are every term of every field at every position, tags, dates, addresses,
        lengths and the order. Where one side has a paragraph that the other has not, only
        such paragraphs are named. Takes time in proportion to the text, and a few dozen bytes
        a paragraph. Raises IndexDamaged where the index cannot be read.
        """

    def close(self) -> None:
        """Finish: what was added and removed is findable after it. That it lasts is seen to by
        ``generations``."""
