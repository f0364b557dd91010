"""How is a query text answered? From engine and library, one result page at a time.

Useful for a front (page, command) that wants an answer. Not useful for finding out where
the engine runs: it is asked through a function, in this process or another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from indexer.documents import days
from indexer.errors import ParameterError
from indexer.library import Library
from indexer.model import Paragraph
from indexer.query.grammar import Limits, parse
from indexer.query.highlight import Matcher, snippet
from indexer.query.interpret import Interpretation, date_range, interpret, relaxed
from indexer.query.lookup import look_up
from indexer.query.request import (
    Dated,
    EngineHit,
    Keys,
    Node,
    SearchRequest,
    SearchResult,
    Tagged,
)
from indexer.query.results import (
    FACETS,
    Hit,
    IndexState,
    Marked,
    ResultPage,
    SearchParameters,
    Suggestion,
)
from indexer.search.facets import active_values, shown_facets
from indexer.search.suggestions import Speller, offers, suggestions
from indexer.settings import Settings

#: Asks an engine several questions in one go.
Ask = Callable[[Sequence[SearchRequest]], Sequence[SearchResult]]

#: Most hits on one page.
MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search settled: what the engine is asked, and how the query reads."""

    request: SearchRequest
    interpretation: Interpretation
    lookup: bool = False


class Searcher:
    """Answers searches on one index generation. Safe to share between threads."""

    def __init__(self, library: Library, ask: Ask, settings: Settings, generation: str) -> None:
        self._library = library
        self._ask = ask
        self._settings = settings
        self._limits = Limits.of(settings)
        self._state = IndexState(generation, *library.state())
        self._speller = Speller(library)
        # A generation's texts do not change. Half the time of a search went into analysing
        # its hits again; a paragraph's terms take some 30 kB.
        self._matcher = lru_cache(maxsize=1000)(self._read_matcher)

    @property
    def library(self) -> Library:
        """The library of the same generation."""
        return self._library

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer *parameters*.

        Raises ParameterError for a value that cannot be, QueryRefused over a limit,
        IndexUnavailable where the index cannot answer.
        """
        parameters = self._readable(parameters)
        asked = self._settle(parameters)
        offered = offers(parameters, asked.interpretation.runs, self._library)
        counting = [
            replace(self._settle(offer.parameters).request, offset=0, size=0, facets=())
            for offer in offered
        ]
        result, *counts = self._ask([asked.request, *counting])
        suggested: tuple[Suggestion, ...] = ()
        is_relaxed = False
        if result.total == 0 and not asked.lookup:
            suggested = suggestions(
                parameters,
                asked.interpretation,
                asked.request,
                self._ask,
                self._speller,
                lambda other: self._settle(other).request,
                self._limits,
            )
            if asked.interpretation.relaxable:
                any_word = replace(asked.request, tree=relaxed(asked.request.tree))
                (result,) = self._ask([any_word])
                is_relaxed = result.total > 0
                asked = replace(asked, request=any_word)
        return ResultPage(
            parameters=parameters,
            understood=asked.interpretation.understood,
            lookup=asked.lookup,
            relaxed=is_relaxed,
            notices=tuple(asked.interpretation.notices),
            suggestions=suggested,
            offers=tuple(
                offer.counted(count.total)
                for offer, count in zip(offered, counts, strict=True)
                if count.total
            ),
            total=result.total,
            pages=-(-result.total // parameters.size),
            hits=tuple(self._hit(hit, asked.request.tree) for hit in result.hits),
            facets=shown_facets(result.facets, parameters, self._library),
            index=self._state,
            sort="relevance" if asked.request.sort == "relevance" else "document",
            active=active_values(parameters, self._library),
        )

    def whole(self, parameters: SearchParameters, most: int) -> tuple[tuple[Hit, ...], int]:
        """The first *most* of all that *parameters* find, and how many that is. Nothing is
        highlighted. Raises as :meth:`search`."""
        asked = self._settle(self._readable(replace(parameters, page=1, size=1)))
        request = replace(asked.request, size=most, facets=())
        (result,) = self._ask([request])
        if result.total == 0 and asked.interpretation.relaxable:
            (result,) = self._ask([replace(request, tree=relaxed(request.tree))])
        hits = tuple(
            self._shown(hit, self._library.paragraph(hit.submission, hit.number))
            for hit in result.hits
        )
        return hits, result.total

    def marked(self, q: str, submission: str) -> Marked:
        """What *q* finds in *submission*. Raises as :meth:`search`, and NotFound."""
        self._library.card(submission)  # raises NotFound
        asked = self._settle(
            SearchParameters(q=_storable(q), filters=(("submission", submission),), sort="document")
        )
        request = replace(asked.request, size=self._state.paragraphs, facets=())
        (result,) = self._ask([request])
        is_relaxed = False
        if result.total == 0 and asked.interpretation.relaxable:
            request = replace(request, tree=relaxed(request.tree))
            (result,) = self._ask([request])
            is_relaxed = result.total > 0
        found = {hit.number for hit in result.hits}
        spans = {
            number: self._matcher(submission, number)[1].spans(request.tree)
            for number in self._library.numbers(submission)
            if number in found
        }
        return Marked(spans, tuple(asked.interpretation.notices), is_relaxed)

    @staticmethod
    def _readable(parameters: SearchParameters) -> SearchParameters:
        """The parameters with texts that a store can be asked for."""
        filters = tuple((name, _storable(value)) for name, value in parameters.filters)
        return replace(parameters, q=_storable(parameters.q), filters=filters)

    def _settle(self, parameters: SearchParameters) -> _Asked:
        """What the engine is asked for *parameters*."""
        if not 1 <= parameters.size <= MAX_SIZE:
            raise ParameterError(
                f"size must be from 1 to {MAX_SIZE}, got {parameters.size}", "Ask for fewer hits"
            )
        if parameters.page < 1:
            raise ParameterError(f"page must be 1 or more, got {parameters.page}", "Begin at 1")
        offset = (parameters.page - 1) * parameters.size
        if offset + parameters.size > self._settings.page_depth:
            raise ParameterError(
                f"Only the first {self._settings.page_depth} hits can be paged through",
                "Narrow the search with a filter or another word",
            )
        if len(parameters.filters) > self._settings.filter_values:
            raise ParameterError(
                f"The search has {len(parameters.filters)} filter values;"
                f" {self._settings.filter_values} are allowed",
                "Leave some of them out",
            )
        chosen = {name: parameters.values(name) for name, _ in parameters.filters}
        unknown = sorted(set(chosen) - set(FACETS))
        if unknown:
            raise ParameterError(
                f"There is no facet {unknown[0]!r}", f"Facets are {', '.join(FACETS)}"
            )
        request = SearchRequest(
            tree=Keys(()),
            filters=tuple(Tagged(name, values) for name, values in chosen.items()),
            dated=_dated(parameters),
            offset=offset,
            size=parameters.size,
            facets=tuple(FACETS),
            expansions=self._settings.query_expansions,
        )
        self._limits.check_length(parameters.q)
        in_view = self._library.in_view(tuple(chosen.items()))
        lookup = look_up(
            parameters.q,
            self._library,
            in_view,
            items=self._settings.citation_items,
            paragraphs=self._settings.citation_paragraphs,
        )
        if lookup is not None:
            tree = Keys(lookup.keys)
            interpretation = Interpretation(tree, lookup.understood, list(lookup.notices))
            return _Asked(replace(request, tree=tree, sort="keys"), interpretation, lookup=True)
        interpretation = interpret(parse(parameters.q, self._limits), self._library)
        sort = self._sort(parameters, interpretation)
        return _Asked(replace(request, tree=interpretation.tree, sort=sort), interpretation)

    @staticmethod
    def _sort(
        parameters: SearchParameters, interpretation: Interpretation
    ) -> Literal["relevance", "document"]:
        if parameters.sort == "document" or (parameters.sort is None and not interpretation.scored):
            return "document"
        return "relevance"

    def _read_matcher(self, submission: str, number: str) -> tuple[Paragraph, Matcher]:
        paragraph, document = self._library.hit(submission, number)
        return paragraph, Matcher(document, paragraph.mentions, days)

    def _hit(self, hit: EngineHit, tree: Node) -> Hit:
        paragraph, matcher = self._matcher(hit.submission, hit.number)
        spans = matcher.spans(tree)
        shown = self._shown(hit, paragraph)
        return replace(shown, highlights=spans, snippet=snippet(paragraph.text, spans))

    def _shown(self, hit: EngineHit, paragraph: Paragraph) -> Hit:
        """A hit with nothing highlighted."""
        card = self._library.card(hit.submission)
        path = card.path(paragraph.section)
        return Hit(
            submission=hit.submission,
            submission_title=card.title,
            paragraph=paragraph,
            section_title=path[-1][2] if path else None,
            section_path=path,
            score=hit.score,
            highlights=(),
            snippet="",
        )


def _storable(text: str) -> str:
    """*text* of the same length without lone surrogates, which no store can be asked for:
    half a character is how a command line hands on bytes that are no UTF-8."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _dated(parameters: SearchParameters) -> Dated | None:
    """The days that ``from`` and ``to`` leave. Raises ParameterError."""
    if not parameters.from_ and not parameters.to:
        return None
    for name, value in (("from", parameters.from_), ("to", parameters.to)):
        if value and (".." in value or date_range(value) is None):
            raise ParameterError(
                f"{name} must be a date such as 2019, 2019-02 or 2019-02-14, got {value!r}",
                "Write the year first",
            )
    days_ = date_range(f"{parameters.from_ or ''}..{parameters.to or ''}")
    if days_ is None:
        raise ParameterError(
            f"from {parameters.from_} is after to {parameters.to}", "Swap the two dates"
        )
    return days_
