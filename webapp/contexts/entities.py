"""What do the lists of names and the page of one name show?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, get_args

from indexer.analysis import fold_text
from indexer.library import EntityCard
from indexer.model import EntityType, Mention, Paragraph, Span, Submission
from indexer.query.results import ENTITY_FACETS, SearchParameters
from webapp import links
from webapp.contexts.places import SectionLink, section_path
from webapp.contexts.prose import Piece, excerpt

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)

#: Headings of the types, in the order they are shown.
TYPE_LABELS: dict[EntityType, str] = {
    "person": "People",
    "organisation": "Organisations",
    "un_body": "UN bodies",
    "place": "Places",
    "law": "Laws",
    "provision": "Provisions",
    "case": "Cases and documents",
    "media": "Media",
    "date": "Dates",
    "demonym": "Demonyms",
}

#: The types that are shown as names: those that can be filtered by.
NAMED_TYPES = tuple(type_ for type_ in TYPE_LABELS if type_ in ENTITY_FACETS)

#: Paragraphs shown with their words on an entity's page; a search shows the others.
MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity in a list."""

    card: EntityCard
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The entities that begin with one letter."""

    letter: str
    anchor: str
    rows: tuple[EntityRow, ...]


@dataclass(frozen=True)
class EntityTypesPage:
    """The types of names, with how many of each there are."""

    template = "names.html"
    title = "Names"

    counts: Mapping[EntityType, int]

    @property
    def rows(self) -> tuple[tuple[str, str, int], ...]:
        """Label, link and number of entities of each type that has any."""
        return tuple(
            (TYPE_LABELS[type_], links.entities(type_), count)
            for type_, count in self.counts.items()
            if count
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "types": [
                {
                    "type": type_,
                    "label": TYPE_LABELS[type_],
                    "count": count,
                    "url": links.entities(type_),
                }
                for type_, count in self.counts.items()
            ]
        }


@dataclass(frozen=True)
class EntitiesPage:
    """All entities of a type, from A to Z."""

    template = "entities.html"

    type: EntityType
    cards: tuple[EntityCard, ...]

    @property
    def title(self) -> str:
        """The type in words."""
        return TYPE_LABELS[self.type]

    @cached_property
    def rows(self) -> tuple[EntityRow, ...]:
        """The entities by label."""
        return tuple(
            EntityRow(card, links.entity(card.type, card.id), len(card.paragraphs))
            for card in sorted(self.cards, key=lambda c: (fold_text(c.label), c.id))
        )

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The entities by first letter."""
        return tuple(
            Letter(letter, f"letter-{rank}", tuple(rows))
            for rank, (letter, rows) in enumerate(
                groupby(self.rows, key=lambda row: _letter(row.card.label))
            )
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "type": self.type,
            "total": len(self.cards),
            "entities": [_card_record(row.card) for row in self.rows],
        }


def _letter(label: str) -> str:
    first = fold_text(label)[:1]
    if unicodedata.category(first or " ").startswith("L"):
        return first.upper()
    return "0–9" if first else "Other"


def _card_record(card: EntityCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "label": card.label,
        "aliases": [alias.text for alias in card.aliases],
        "count": len(card.paragraphs),
        "paragraphs": [{"submission": s, "number": n} for s, n in card.paragraphs],
        "suggested": card.suggested,
        "url": links.entity(card.type, card.id),
    }


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A paragraph that names the entity, with the words around the name."""

    number: str
    href: str
    path: tuple[SectionLink, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The paragraphs of one submission."""

    title: str
    href: str
    language: str
    rows: tuple[Occurrence, ...]

    @property
    def capitals(self) -> bool:
        """Whether the title is printed in capitals, to be set as small capitals."""
        return self.title.isupper()


@dataclass(frozen=True)
class EntityPage:
    """One entity over all submissions."""

    template = "entity.html"

    card: EntityCard
    submissions: tuple[Submission, ...]
    """Those that name it."""
    law: tuple[str, str] | None = None
    """Of a provision: label and link of the law it belongs to."""
    provisions: tuple[tuple[str, str], ...] = ()
    """Of a law: label and link of its provisions named in the corpus."""

    @property
    def title(self) -> str:
        """Its label."""
        return self.card.label

    @property
    def type_label(self) -> str:
        """Its type in words."""
        return TYPE_LABELS[self.card.type]

    @property
    def type_href(self) -> str:
        """All of its type."""
        return links.entities(self.card.type)

    @property
    def count(self) -> int:
        """How many paragraphs name it."""
        return len(self.card.paragraphs)

    @property
    def more(self) -> int:
        """How many of them are not shown here."""
        return max(0, self.count - MOST_PLACES)

    @property
    def search(self) -> str | None:
        """A search with it as a filter."""
        if self.card.type not in ENTITY_FACETS:
            return None
        return links.search(SearchParameters(filters=((self.card.type, self.card.id),)))

    @cached_property
    def places(self) -> tuple[Occurrences, ...]:
        """The paragraphs that name it, by submission."""
        shown = self.card.paragraphs[:MOST_PLACES]
        groups = []
        for submission in self.submissions:
            paragraphs = {p.number: p for p in submission.paragraphs}
            rows = tuple(
                self._occurrence(submission, paragraphs[number])
                for id_, number in shown
                if id_ == submission.id and number in paragraphs
            )
            if rows:
                href = links.submission(submission.id)
                groups.append(Occurrences(submission.title, href, submission.language, rows))
        return tuple(groups)

    def _occurrence(self, submission: Submission, paragraph: Paragraph) -> Occurrence:
        return Occurrence(
            paragraph.number,
            links.paragraph(submission.id, paragraph.number),
            section_path(submission, paragraph.section),
            excerpt(paragraph.text, [Span(m.start, m.end) for m in self._mentions(paragraph)]),
        )

    def _mentions(self, paragraph: Paragraph) -> list[Mention]:
        card = self.card
        return [m for m in paragraph.mentions if (m.type, m.entity) == (card.type, card.id)]

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            **_card_record(self.card),
            "type": self.card.type,
            "evidence": [{"text": a.text, "evidence": a.evidence} for a in self.card.aliases],
            "law": self.card.law,
            "country": self.card.country,
        }
