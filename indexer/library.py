"""What do pages print from? The store of whole submissions, by id, in one SQLite file.

Reading side only needs the file, and never writes to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import Alias, EntityType, Footnote, Paragraph, Source, Submission


@dataclass(frozen=True, slots=True)
class SubmissionCard:
    """What a list of submissions says of one."""

    id: str
    title: str
    kind: str
    state: str | None
    session: str | None
    date: str | None
    language: str
    submitters: tuple[str, ...]
    """Short names."""
    codes: tuple[str, ...]
    paragraphs: int
    footnotes: int
    problems: int


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity over all submissions."""

    id: str
    type: EntityType
    label: str
    aliases: tuple[Alias, ...]
    paragraphs: tuple[tuple[str, str], ...]
    """(submission id, paragraph number), in document order."""
    law: str | None = None
    country: str | None = None
    suggested: bool = False


class Library:
    """One generation's library, opened for reading. Safe to share between threads."""

    def submissions(self) -> tuple[SubmissionCard, ...]:
        """All submissions, by id."""
        raise NotImplementedError

    def submission(self, submission: str) -> Submission:
        """The whole submission. Raises NotFound."""
        raise NotImplementedError

    def paragraph(self, submission: str, number: str) -> Paragraph:
        """One paragraph. Raises NotFound."""
        raise NotImplementedError

    def footnotes(self, submission: str, number: str) -> tuple[Footnote, ...]:
        """The footnotes a paragraph cites, in order."""
        raise NotImplementedError

    def source(self, submission: str) -> tuple[Source, bytes]:
        """The file as received. Raises NotFound."""
        raise NotImplementedError

    def entities(self, type_: EntityType) -> tuple[EntityCard, ...]:
        """All entities of a type, most paragraphs first, then by label."""
        raise NotImplementedError

    def entity(self, type_: EntityType, id_: str) -> EntityCard:
        """One entity. Raises NotFound."""
        raise NotImplementedError

    def resolve(self, type_: str, name: str) -> tuple[str, ...]:
        """Ids of the entities of *type_* whose id, label or alias is *name*."""
        raise NotImplementedError
