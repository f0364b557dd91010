"""What does a query mean? The tests' own small tree, made together with a query's text.

It knows nothing of how a query is parsed, settled or answered: what a text means is said by
who wrote it, and what the meaning finds is the oracle's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, in any form; not required where it is a stop word among others."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words one after the other, or at most *within* words of each other."""

    text: str
    within: int | None = None
    any_form: bool = False
    notes: bool = False
    """Whether they are looked for in the footnotes, not in the text."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with ``*`` and ``?``."""

    text: str
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Spelt:
    """Words spelt nearly so: at most *edits* away, or as many as the length allows."""

    text: str
    edits: int | None = None
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Carrying:
    """What a facet field says: a name, an alias or an id."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """A provision; where no paragraph cites it, the *words* that it was written with."""

    number: str
    law: str | None
    words: tuple[str, ...]
    parts: bool = False
    """Whether parts of it count too: 174(2) for 174."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case by its number, ``16/2017``; where none has it, the *text* as words."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Mentioning:
    """One date mentioned lies wholly in these days."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Linking:
    """A footnote's address holds *part*; a bare *word* is one only where any address does."""

    part: str
    word: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part. *typed* where AND or brackets say so; parts that *touch* stand next to each
    other as bare words do."""

    parts: tuple[Meaning, ...]
    typed: bool = False
    touching: tuple[bool, ...] = ()
    """For each part but the first, whether only space parts it from the one before."""


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part."""

    parts: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not the part."""

    part: Meaning


Meaning = (
    Word | Words | Pattern | Spelt | Carrying | Article | Case | Mentioning | Linking
    | All | Any | Without
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: numbers and (first, last) ranges of paragraphs, or of the footnotes that
    paragraphs cite. One that is not *explicit* is one only if all its numbers are paragraphs
    in view; otherwise it means *otherwise*."""

    items: tuple[str | tuple[str, str], ...]
    footnotes: bool = False
    explicit: bool = True
    submission: str | None = None
    """The code or id it names."""
    otherwise: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A search: its text, what the text means (None: nothing, that is everything), filters."""

    text: str
    meaning: Meaning | Cited | None
    filters: tuple[tuple[str, str], ...] = ()
    first: str | None = None
    last: str | None = None
    sort: str | None = None
    page: int = 1
    size: int = 10
