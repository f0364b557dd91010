"""What does a page of results show? Hits, filters, and how the query was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from indexer import citations
from indexer.library import Library
from indexer.query.results import (
    FACETS,
    Facet,
    FacetValue,
    Hit,
    Notice,
    Offer,
    ResultPage,
    SearchParameters,
    Suggestion,
)
from indexer.settings import Settings
from webapp import links
from webapp.contexts.facets import FacetBox, facet_boxes
from webapp.contexts.places import SectionLink, section_link

#: The citation that one click copies from a list of results: the UN's own short form.
QUICK_STYLE = "un"

#: Most remarks on a query that are told: a line of brackets would bring thousands.
TOLD = 20

#: Forms that a whole result can be had in.
EXPORTS = (
    ("CSV", ".csv"),
    ("RIS", ".ris"),
    ("BibTeX", ".bib"),
    ("CSL JSON", ".csl.json"),
    ("Atom feed", ".atom"),
    ("JSON, this page", ".json"),
)


@dataclass(frozen=True, slots=True)
class HitRow:
    """A paragraph found."""

    number: str
    href: str
    """Its own page, with the query marked."""
    in_full: str
    """Its place in the whole text, with the query marked."""
    cite: str
    """Its citations."""
    submission: str
    capitals: bool
    """Whether its title is printed in capitals, to be set as small capitals."""
    path: tuple[SectionLink, ...]
    kind: str
    snippet: str
    """Escaped HTML whose only markup is ``<mark>``."""
    citation: str
    language: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied filter and the search without it."""

    facet: str
    label: str
    href: str

    @property
    def capitals(self) -> bool:
        """Whether the label is printed in capitals, to be set as small capitals."""
        return self.label.isupper()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the same result."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class SearchPage:
    """A page of results."""

    template = "search.html"

    result: ResultPage
    library: Library
    """Of the same generation; knows what a citation needs."""
    most_exported: int = Settings().export_paragraphs
    """Most paragraphs that an export holds."""
    most_paged: int = Settings().page_depth
    """Most hits that can be paged through."""

    @property
    def title(self) -> str:
        """The query, or what is shown without one."""
        return f"{self.q} – Search" if self.q.strip() else "Every paragraph"

    @property
    def parameters(self) -> SearchParameters:
        """What was asked."""
        return self.result.parameters

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be read as meant, the first of it where it is too much to tell."""
        return self.result.notices[:TOLD]

    @property
    def q(self) -> str:
        """The query as typed."""
        return self.parameters.q

    @property
    def asked(self) -> bool:
        """Whether there are words or filters at all."""
        return bool(self.q.strip() or self.filtered)

    @property
    def filtered(self) -> bool:
        """Whether any filter is applied."""
        p = self.parameters
        return bool(p.filters or p.from_ or p.to)

    @property
    def filter_count(self) -> int:
        """How many filters are applied."""
        return len(self.chips)

    @cached_property
    def hits(self) -> tuple[HitRow, ...]:
        """The paragraphs of this page."""
        return tuple(self._row(hit) for hit in self.result.hits)

    def _row(self, hit: Hit) -> HitRow:
        submission = self.library.submission(hit.submission)
        card = self.library.card(hit.submission)
        number = hit.paragraph.number
        return HitRow(
            number=number,
            href=links.paragraph(hit.submission, number, self.q),
            in_full=links.submission(hit.submission, self.q, links.paragraph_anchor(number)),
            cite=f"{links.paragraph(hit.submission, number, self.q)}#cite",
            submission=hit.submission_title,
            capitals=hit.submission_title.isupper(),
            path=tuple(
                section_link(hit.submission, id_, label, title, depth)
                for depth, (id_, label, title) in enumerate(hit.section_path, 1)
            ),
            kind=hit.paragraph.kind,
            snippet=hit.snippet,
            citation=citations.cite(submission, (number,), QUICK_STYLE, state_name=card.state_name),
            language=submission.language,
            doubtful=hit.paragraph.doubtful,
        )

    @property
    def first(self) -> int:
        """Rank of the first hit shown, from 1."""
        return (self.parameters.page - 1) * self.parameters.size + 1

    @property
    def last(self) -> int:
        """Rank of the last hit shown."""
        return self.first + len(self.result.hits) - 1

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """The applied filters."""
        return tuple(self._chips())

    def _chips(self) -> Iterator[Chip]:
        p = self.parameters
        for (field, _), value in zip(p.filters, self.result.active, strict=True):
            label = value.label.removeprefix(f"{FACETS[field]}: ")
            yield Chip(FACETS[field], label, links.search(value.parameters))
        if p.from_:
            yield Chip("From", p.from_, links.search(replace(p, from_=None, page=1)))
        if p.to:
            yield Chip("To", p.to, links.search(replace(p, to=None, page=1)))

    @property
    def clear(self) -> str:
        """The same words and order without any filter."""
        return links.search(replace(self.parameters, filters=(), from_=None, to=None, page=1))

    @cached_property
    def facets(self) -> tuple[FacetBox, ...]:
        """The filters, one box a facet."""
        return facet_boxes(self.result)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Parameters that the form sends along unseen."""
        p = self.parameters
        size = (("size", str(p.size)),) if p.size != SearchParameters().size else ()
        return ((("sort", p.sort),) if p.sort else ()) + size

    @property
    def sorts(self) -> tuple[Choice, ...]:
        """The orders that can be chosen."""
        if self.result.lookup or not self.q.strip():
            return ()
        return tuple(
            Choice(
                label,
                links.search(replace(self.parameters, sort=sort, page=1)),
                self.result.sort == sort,
            )
            for sort, label in (("relevance", "Best first"), ("document", "As in the document"))
        )

    @property
    def previous(self) -> str | None:
        """The page before."""
        page = min(self.parameters.page - 1, self.result.pages)
        return self._page_link(page) if page >= 1 else None

    @property
    def next(self) -> str | None:
        """The page after, if it can be asked for."""
        page = self.parameters.page + 1
        there = page <= self.result.pages and not self.ends_early
        return self._page_link(page) if there else None

    @property
    def ends_early(self) -> bool:
        """Whether this is the last page that can be asked for, though there are more hits."""
        p = self.parameters
        last = (p.page + 1) * p.size > self.most_paged
        return last and p.page < self.result.pages

    def _page_link(self, page: int) -> str:
        return links.search(replace(self.parameters, page=page))

    @property
    def exported(self) -> int | None:
        """How many paragraphs an export holds, where that is not all."""
        return self.most_exported if self.result.total > self.most_exported else None

    @property
    def exports(self) -> tuple[tuple[str, str], ...]:
        """The result in other forms: label and link."""
        whole = replace(self.parameters, page=1)
        return tuple(
            (label, links.search(self.parameters if form == ".json" else whole, form))
            for label, form in EXPORTS
        )

    @property
    def suggestions(self) -> tuple[tuple[Suggestion, str], ...]:
        """Other queries that have results, each with its link."""
        return tuple((s, links.search(s.parameters)) for s in self.result.suggestions)

    @property
    def offers(self) -> tuple[tuple[Offer, str, str], ...]:
        """Entities that the words spell: a search for each, and its own page."""
        return tuple(
            (offer, links.search(offer.parameters), links.entity(offer.type, offer.id))
            for offer in self.result.offers
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        result = self.result
        return {
            "query": {
                "text": result.parameters.q,
                "understood": result.understood,
                "lookup": result.lookup,
                "relaxed": result.relaxed,
                "notices": [
                    {"code": n.code, "message": n.message, "start": n.start, "end": n.end}
                    for n in self.notices
                ],
            },
            "suggestions": [
                {"text": s.text, "url": url, "reason": s.reason, "count": s.count}
                for s, url in self.suggestions
            ],
            "entities": [
                {
                    "type": offer.type,
                    "id": offer.id,
                    "label": offer.label,
                    "count": offer.count,
                    "aliases": list(offer.aliases),
                    "url": url,
                }
                for offer, url, _ in self.offers
            ],
            "total": result.total,
            "page": result.parameters.page,
            "pages": result.pages,
            "size": result.parameters.size,
            "sort": result.sort,
            "hits": [_hit_record(hit) for hit in result.hits],
            "facets": [_facet_record(facet) for facet in result.facets],
            "index": {
                "generation": result.index.generation,
                "submissions": result.index.submissions,
                "paragraphs": result.index.paragraphs,
            },
        }


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {
        "submission": hit.submission,
        "submission_title": hit.submission_title,
        "number": hit.paragraph.number,
        "url": links.paragraph(hit.submission, hit.paragraph.number),
        "section": hit.paragraph.section,
        "section_title": hit.section_title,
        "kind": hit.paragraph.kind,
        "score": hit.score,
        "text": hit.paragraph.text,
        "highlights": [list(span) for span in hit.highlights],
        "snippet": hit.snippet,
        "doubtful": hit.paragraph.doubtful,
    }


def _facet_record(facet: Facet) -> dict[str, Any]:
    return {
        "field": facet.field,
        "label": facet.label,
        "values": [_value_record(value) for value in facet.values],
    }


def _value_record(value: FacetValue) -> dict[str, Any]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "url": links.search(value.parameters),
    }
