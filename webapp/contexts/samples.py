"""Which questions does this corpus answer? Examples made from what it holds.

Every example has been asked, and has results: a reader who tries one is never met by
an empty page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.analysis import is_stop_word
from indexer.errors import PilcrowError
from indexer.library import EntityCard, Library
from indexer.model import EntityType, Submission
from indexer.query.results import SearchParameters
from webapp import links
from webapp.site import View

#: Submissions looked into for examples; one is enough, a few are for corpora in which
#: the first has no footnotes, references or sections.
_LOOKED_INTO = 5

#: Words of a section's title that make a phrase worth searching, at most.
_PHRASE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A query that has results."""

    q: str
    says: str
    """What it asks for, in words."""
    href: str
    total: int


@dataclass(frozen=True, slots=True)
class Samples:
    """Examples by what they show; a kind the corpus has nothing for is missing."""

    by_kind: dict[str, Example] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Example, ...]:
        """The examples in the order they are shown."""
        return tuple(self.by_kind.values())

    def get(self, kind: str) -> Example | None:
        """The example of a kind."""
        return self.by_kind.get(kind)


def samples(view: View) -> Samples:
    """Ask the candidates and keep the first of each kind that has results."""
    found: dict[str, Example] = {}
    for kind, q, says in _candidates(view.library):
        if kind in found:
            continue
        try:
            total = view.search(SearchParameters(q=q, size=1)).total
        except PilcrowError:
            # An example is a comfort: a page never fails for want of one.
            continue
        if total:
            found[kind] = Example(q, says, links.words(q), total)
    return Samples(found)


def _candidates(library: Library) -> Iterator[tuple[str, str, str]]:
    people = library.entities("person")
    bodies = library.entities("un_body")
    if people:
        yield "words", people[0].label, "these words, in any form"
    looked_into = [library.submission(card.id) for card in library.submissions()[:_LOOKED_INTO]]
    for submission in looked_into:
        for phrase in _phrases(submission):
            yield "phrase", f'"{phrase}"', "exactly these words in this order"
    for person in people[:3]:
        for body in bodies[:5]:
            yield "and", f'person:"{person.label}" AND un_body:"{body.label}"', "both are named"
    yield from _named(library, "provision", "provision", "a provision, however it is printed")
    yield from _named(library, "case", "case", "a case or document, by its number")
    for year in _years(looked_into):
        yield "date", f"date:{year}", "dates mentioned that lie in this year"
    for submission in looked_into:
        for paragraph in submission.paragraphs:
            for reference in paragraph.references:
                yield "citation", f"¶{reference.target}", "the paragraph itself"
        for note in submission.footnotes:
            if note.paragraphs:
                yield "note", f"fn {note.number}", "the paragraph that cites this footnote"
        if submission.paragraphs:
            yield "citation", f"¶{submission.paragraphs[0].number}", "the paragraph itself"
    yield "recommendation", "kind:recommendation", "every recommendation"


def _named(
    library: Library, type_: EntityType, kind: str, says: str
) -> Iterator[tuple[str, str, str]]:
    cards: tuple[EntityCard, ...] = library.entities(type_)
    for card in cards[:5]:
        yield kind, card.label, says


def _phrases(submission: Submission) -> Iterator[str]:
    for section in submission.sections:
        words = section.title.lower().split()
        for length in range(min(len(words), _PHRASE_WORDS), 1, -1):
            phrase = " ".join(words[:length])
            if phrase.replace(" ", "").isalpha() and not is_stop_word(words[length - 1]):
                yield phrase


def _years(submissions: list[Submission]) -> list[str]:
    counts: dict[str, int] = {}
    for submission in submissions:
        for paragraph in submission.paragraphs:
            for mention in paragraph.mentions:
                if mention.type == "date" and isinstance(mention.value, str):
                    counts[mention.value[:4]] = counts.get(mention.value[:4], 0) + 1
    return sorted(counts, key=lambda year: (-counts[year], year))[:3]
