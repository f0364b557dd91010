"""What does every recogniser answer? The protocol, and what a find is.

A recogniser reads a document and proposes candidates; which of them stand is decided in
:mod:`indexer.entities.merge`, and which of them are one thing in
:mod:`indexer.entities.linking`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from indexer.model import DateValue, EntityType

if TYPE_CHECKING:
    from indexer.entities.authority import Row
    from indexer.entities.passages import Document


class Candidate(NamedTuple):
    """A stretch of a passage that may be a mention."""

    passage: int
    """Index of the passage in its document."""
    start: int
    end: int
    type: EntityType
    rank: int
    """Which of two candidates stands where neither is longer: the lower one."""
    row: Row | None = None
    """The authority row that the words are a name of."""
    name: str | None = None
    """The full name that the words stand for, where it is not the words themselves."""
    evidence: str | None = None
    """Why *name* is held to be meant, for a reader."""
    value: DateValue | None = None
    """Of dates."""
    law: str | None = None
    """Of provisions: the law as printed beside it."""
    ambiguous: bool = False
    """Whether the words name one of several entities."""
    suggested: bool = False
    """Whether only the statistical model has found it."""


class Recogniser(Protocol):
    """One way to find names."""

    def find(self, document: Document) -> Iterable[Candidate]:
        """Propose candidates in *document*; what earlier recognisers found is in it."""
