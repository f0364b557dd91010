"""What do the list of submissions and a whole submission show?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indexer.library import SubmissionCard
from indexer.model import Footnote, Paragraph, Span, Submission
from indexer.query.results import Marked, Notice, SearchParameters
from indexer.record import submission_record
from webapp import links
from webapp.contexts.history import stale_record
from webapp.contexts.places import SectionLink, described, doubt, section_link
from webapp.contexts.prose import (
    Address,
    Hit,
    Piece,
    footnote_pieces,
    hit,
    loose_addresses,
    mark_anchor,
    paragraph_pieces,
)
from webapp.contexts.search import TOLD

#: Depth of a top section's heading on the page; h6 is the deepest there is.
_TOP_HEADING = 2
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class SubmissionEntry:
    """A submission in a list, with an overview of its sections."""

    card: SubmissionCard
    href: str
    search: str
    """A search within it."""
    line: str
    sections: tuple[SectionLink, ...]

    @property
    def capitals(self) -> bool:
        """Whether the title is printed in capitals, to be set as small capitals."""
        return self.card.title.isupper()


def entry(card: SubmissionCard) -> SubmissionEntry:
    """A submission as an entry of a list."""
    return SubmissionEntry(
        card,
        links.submission(card.id),
        links.search(SearchParameters(filters=(("submission", card.id),))),
        described(card),
        tuple(section_link(card.id, *section[:4]) for section in card.sections),
    )


def entry_record(of: SubmissionEntry) -> dict[str, Any]:
    """A list's JSON of a submission."""
    card = of.card
    return {
        "id": card.id,
        "title": card.title,
        "kind": card.kind,
        "state": card.state,
        "state_name": card.state_name,
        "session": card.session,
        "date": card.date,
        "language": card.language,
        "submitters": list(card.submitters),
        "codes": list(card.codes),
        "sections": [
            {"id": id_, "label": label, "title": title, "level": level}
            for id_, label, title, level, _ in card.sections
        ],
        "paragraphs": card.paragraphs,
        "footnotes": card.footnotes,
        "problems": card.problems,
        "stale": stale_record(card.stale),
        "url": of.href,
    }


@dataclass(frozen=True)
class SubmissionsPage:
    """All submissions."""

    template = "submissions.html"
    title = "Submissions"

    entries: tuple[SubmissionEntry, ...]

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "total": len(self.entries),
            "submissions": [entry_record(entry) for entry in self.entries],
        }


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in the whole text."""

    number: str
    anchor: str
    href: str
    """Its own page, with the query marked."""
    pieces: tuple[Piece, ...]
    hit: Hit | None
    """Set where the paragraph as a whole is what was found."""
    found: bool
    doubt: str
    """What is in doubt, in a sentence; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading in the whole text."""

    section: SectionLink
    anchor: str
    depth: int
    """Level of the HTML heading."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with the way back to each of its marks."""

    number: str
    anchor: str
    pieces: tuple[Piece, ...]
    loose: tuple[Address, ...]
    back: tuple[tuple[str, str], ...]
    """(paragraph number, link) of each mark."""


@dataclass(frozen=True)
class SubmissionPage:
    """A whole submission, with what a query finds marked."""

    template = "submission.html"

    submission: Submission
    card: SubmissionCard
    q: str = ""
    marked: Marked | None = None
    """What the query finds; None without one."""

    @property
    def marks(self) -> Mapping[str, Sequence[Span]] | None:
        """Spans to mark by paragraph number; None without a query."""
        return self.marked.spans if self.marked else None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What of the query could not be read as meant, the first of it."""
        return self.marked.notices[:TOLD] if self.marked else ()

    @property
    def title(self) -> str:
        """The submission's title."""
        return self.submission.title

    @property
    def capitals(self) -> bool:
        """Whether the title is printed in capitals, to be set as small capitals."""
        return self.submission.title.isupper()

    @property
    def line(self) -> str:
        """One line on it."""
        return described(self.card)

    @property
    def search(self) -> str:
        """A search within this submission."""
        filters = (("submission", self.submission.id),)
        return links.search(SearchParameters(q=self.q, filters=filters))

    @property
    def unmarked(self) -> str:
        """The page without the marks."""
        return links.submission(self.submission.id)

    @property
    def twin(self) -> str:
        """The page's JSON."""
        return links.submission(self.submission.id, form=".json")

    @property
    def source(self) -> str:
        """The original, to download."""
        return links.source(self.submission.id)

    @cached_property
    def sections(self) -> tuple[SectionLink, ...]:
        """The table of contents."""
        return tuple(self._section(rank) for rank in range(len(self.submission.sections)))

    def _section(self, rank: int) -> SectionLink:
        s = self.submission.sections[rank]
        return section_link(self.submission.id, s.id, s.label, s.title, s.level)

    @cached_property
    def first_hits(self) -> dict[str, int]:
        """Number of the first hit in each paragraph found, in document order."""
        numbers: dict[str, int] = {}
        following = 1
        for number, spans in (self.marks or {}).items():
            numbers[number] = following
            following += max(1, len(spans))
        return numbers

    @cached_property
    def hits(self) -> int:
        """How many places can be jumped to."""
        return sum(max(1, len(spans)) for spans in (self.marks or {}).values())

    @property
    def first_hit(self) -> Hit | None:
        """Where to start reading the hits."""
        return hit(1, self.hits) if self.hits else None

    @cached_property
    def body(self) -> tuple[Heading | Block, ...]:
        """Headings and paragraphs in document order."""
        parts: list[Heading | Block] = []
        ranks = {s.id: rank for rank, s in enumerate(self.submission.sections)}
        done = 0
        for paragraph in self.submission.paragraphs:
            upto = ranks.get(paragraph.section or "", -1) + 1
            parts += [self._heading(rank) for rank in range(done, upto)]
            done = max(done, upto)
            parts.append(self._block(paragraph))
        parts += [self._heading(rank) for rank in range(done, len(ranks))]
        return tuple(parts)

    def _heading(self, rank: int) -> Heading:
        section = self.sections[rank]
        depth = min(_TOP_HEADING + section.level, _DEEPEST_HEADING)
        return Heading(section, links.section_anchor(section.id), depth)

    def _block(self, paragraph: Paragraph) -> Block:
        number = paragraph.number
        found = self.marks is not None and number in self.marks
        spans = self.marks[number] if self.marks is not None and found else ()
        first = self.first_hits.get(number)
        return Block(
            number,
            links.paragraph_anchor(number),
            links.paragraph(self.submission.id, number, self.q),
            paragraph_pieces(paragraph, spans, first_hit=first, total_hits=self.hits),
            hit(first, self.hits) if first is not None and not spans else None,
            found,
            doubt(paragraph),
        )

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes."""
        return tuple(
            note(footnote, self.submission.paragraphs) for footnote in self.submission.footnotes
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin: the submission, and with a query the marks."""
        record = submission_record(self.submission)
        # Only where it is: else the twin is what `pilcrow read --json` prints.
        if self.card.stale is not None:
            record["stale"] = stale_record(self.card.stale)
        if self.marks is not None:
            record["marks"] = {n: [list(s) for s in spans] for n, spans in self.marks.items()}
        return record


def note(footnote: Footnote, paragraphs: Sequence[Paragraph]) -> Note:
    """A footnote, linked back to its marks in those of *paragraphs* that cite it."""
    citing = [p for p in paragraphs if p.number in footnote.paragraphs]
    back = tuple(
        (paragraph.number, f"#{mark_anchor(paragraph, index)}")
        for paragraph in citing
        for index, mark in enumerate(paragraph.footnotes)
        if mark.number == footnote.number
    )
    return Note(
        footnote.number,
        links.note_anchor(footnote.number),
        footnote_pieces(footnote),
        loose_addresses(footnote),
        back,
    )
