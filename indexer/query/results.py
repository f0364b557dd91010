"""What does a search answer? The result page, as every front prints it.

Addresses are not here: the web makes them (``webapp/links.py``) from the parameters
that each suggestion, facet value and offer carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexer.model import Paragraph, Span

#: Facet fields with their labels, in the order they are shown.
FACETS: dict[str, str] = {
    "submission": "Submission",
    "state": "State",
    "session": "Session",
    "section": "Section",
    "kind": "Kind",
    "person": "People",
    "organisation": "Organisations",
    "un_body": "UN bodies",
    "place": "Places",
    "law": "Laws",
    "provision": "Provisions",
    "case": "Cases",
    "media": "Media",
    "year": "Years",
}

#: The facet fields whose values are entities.
ENTITY_FACETS = ("person", "organisation", "un_body", "place", "law", "provision", "case", "media")


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """What a user asks: the query string of ``/search``, read and checked."""

    q: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    """(facet field, value) in the order given; OR within a field, AND across."""
    from_: str | None = None
    """ISO date, may be partial: only dates mentioned on or after its first day."""
    to: str | None = None
    """ISO date, may be partial: only dates mentioned up to its last day."""
    sort: str | None = None
    """``relevance``, ``document``, or None for the default."""
    page: int = 1
    size: int = 10

    def with_query(self, q: str) -> SearchParameters:
        """The same filters with other words, from the first page."""
        return replace(self, q=q, page=1)

    def toggled(self, field_: str, value: str) -> SearchParameters:
        """The same search with one filter value switched on or off, from the first page."""
        pair = (field_, value)
        filters = (
            tuple(f for f in self.filters if f != pair)
            if pair in self.filters
            else (*self.filters, pair)
        )
        return replace(self, filters=filters, page=1)

    def values(self, field_: str) -> tuple[str, ...]:
        """The values chosen in one facet field."""
        return tuple(value for name, value in self.filters if name == field_)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the query that was not understood as typed, or was limited."""

    code: str
    message: str
    start: int
    """Code points into the query text."""
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """What a query finds in one submission."""

    spans: Mapping[str, tuple[Span, ...]]
    """By number, in document order, the paragraphs that it finds with their highlights (a
    filter-only query gives empty ones)."""
    notices: tuple[Notice, ...]
    relaxed: bool
    """Whether no paragraph has all the words, and these have some of them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that has results."""

    text: str
    parameters: SearchParameters
    reason: str = "spelling"
    """``spelling``, ``word-forms`` or ``any-word``."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """An entity that the query's words spell, with all its printed forms."""

    type: str
    id: str
    label: str
    count: int
    parameters: SearchParameters
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found."""

    submission: str
    submission_title: str
    paragraph: Paragraph
    section_title: str | None
    """Title of the innermost section, as printed."""
    section_path: tuple[tuple[str, str, str], ...]
    """(id, label, title) of the sections around it, outermost first."""
    score: float
    highlights: tuple[Span, ...]
    """Into the paragraph's text; a phrase is one span."""
    snippet: str
    """Escaped HTML whose only markup is ``<mark>``."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, with what choosing it gives."""

    value: str
    label: str
    count: int
    selected: bool
    parameters: SearchParameters
    """This search with the value switched."""
    level: int = 1
    """Depth of a section below its top section."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field and its values, selected ones first to be shown wherever they rank."""

    field: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which index answered."""

    generation: str
    submissions: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a search's answer, with everything that is said about it."""

    parameters: SearchParameters
    understood: str
    """The query as read, in words."""
    lookup: bool
    """Whether the query was a citation, answered by exactly those paragraphs in order."""
    relaxed: bool
    """Whether no paragraph had all the words, so that any of them count."""
    notices: tuple[Notice, ...]
    suggestions: tuple[Suggestion, ...]
    offers: tuple[Offer, ...]
    total: int
    pages: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    index: IndexState
    sort: str = "relevance"
    """The order in force."""
    active: tuple[FacetValue, ...] = field(default=())
    """The chosen filter values with their labels, each with the search without it; their
    facet is ``parameters`` compared with this search's."""
