"""What is an engine asked? A typed query tree, filters, and what to return.

Terms are what :mod:`indexer.analysis` emits. The tree is closed: an engine handles
every node kind or does not type-check.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

#: The term fields: words as printed (folded), their stems, and footnotes' printed words.
TermField = Literal["word", "stem", "note"]


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word in any form: any of its *stems*. Paragraphs with the *printed* term
    rank above all others that match as well."""

    printed: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a phrase, from one of its states to a later one, by a *term* that
    covers *width* positions in the text."""

    source: int
    target: int
    term: str
    width: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms one after the other: every way along *edges* from state 0 to state *length*.

    Usually a chain; a joined compound gives a second way past its parts, so that
    ``pre-trial detention`` and ``pretrial detention`` are one phrase. Edges are in
    order of their source.
    """

    field: TermField
    length: int
    edges: tuple[Edge, ...]
    printed: Phrase | None = None
    """Of a bare compound in any form: the same as printed. Paragraphs that have it match, and
    rank above all others that do, as those with a :class:`Word`'s printed term."""


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases that stand, in any order, with all their positions at most *distance* apart."""

    parts: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Printed words that match a pattern of letters, ``*`` and ``?``."""

    field: TermField
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Printed words at most *distance* edits (Damerau-Levenshtein) away."""

    field: TermField
    word: str
    distance: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """Paragraphs that carry any of *values* in the facet column *field*."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Paragraphs where one date mentioned lies wholly in [first, last], both proleptic
    Gregorian ordinals (``datetime.date.toordinal``)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Paragraphs one of whose footnotes has an address containing *part* (folded)."""

    part: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Exactly these paragraphs, as (submission, number)."""

    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paragraph."""


@dataclass(frozen=True, slots=True)
class And:
    """Paragraphs that satisfy every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Paragraphs that satisfy any part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Paragraphs that do not satisfy the part."""

    part: Node


Node = (
    Word | Phrase | Near | Wildcard | Fuzzy | Tagged | Dated | Linked | Keys | Everything
    | And | Or | Not
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine."""

    tree: Node
    filters: tuple[Tagged, ...] = ()
    """One a facet field: OR within, AND across. A field's counts ignore its own."""
    dated: Dated | None = None
    sort: Literal["relevance", "document", "keys"] = "relevance"
    """``keys``: in the order of the tree's :class:`Keys`."""
    offset: int = 0
    size: int = 10
    facets: tuple[str, ...] = ()
    """Facet fields to count."""
    expansions: int = 2000
    """Most words that a wildcard or near spelling may stand for."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A paragraph found; its text comes from the library."""

    submission: str
    number: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An engine's answer."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Per field (value, count), values in the engine's order of first occurrence; a value
    that the other filters leave nothing of has count 0."""
    terms: tuple[str, ...] = ()
    """The printed words that a near spelling or a wildcard stood for: of a near spelling
    the nearest first."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """What an engine is given of a paragraph."""

    submission: str
    number: str
    order: int
    """Rank in the document, from 0."""
    language: str
    text: str
    notes: tuple[str, ...] = ()
    """Texts of the footnotes it cites."""
    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(facet field, values)."""
    dates: tuple[tuple[int, int], ...] = ()
    """First and last day of each date mentioned, as ordinals."""
    urls: tuple[str, ...] = ()
