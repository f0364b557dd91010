"""The search finds what looking at every word finds: paragraphs, counts, highlights, order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from indexer.analysis import analyser
from indexer.model import Submission
from indexer.query.results import FACETS, ResultPage, SearchParameters
from indexer.search import Searcher
from tests.oracle.corpora import STATES
from tests.oracle.generator import cases
from tests.oracle.indexed import searched
from tests.oracle.meaning import Question
from tests.oracle.oracle import Answer, Oracle


def parameters(question: Question) -> SearchParameters:
    """The search that asks *question*, its hits on one page."""
    return SearchParameters(
        question.text, question.filters, question.first, question.last, question.sort, 1, 100
    )


def compare(question: Question, expected: Answer, page: ResultPage, oracle: Oracle) -> None:
    """Fail where the page is not the answer."""
    note(f"{question}\nunderstood: {page.understood}; {[n.code for n in page.notices]}")
    keys = [(hit.submission, hit.paragraph.number) for hit in page.hits]
    assert (page.lookup, page.relaxed) == (expected.lookup, expected.relaxed)
    assert sorted(keys) == sorted(expected.keys)
    assert page.total == len(keys)
    marks = {
        (hit.submission, hit.paragraph.number): [tuple(span) for span in hit.highlights]
        for hit in page.hits
    }
    assert marks == expected.highlights
    compare_order(question, expected, page, keys)
    compare_counts(question, expected, page, oracle)


def compare_order(
    question: Question, expected: Answer, page: ResultPage, keys: list[tuple[str, str]]
) -> None:
    """Document order or a citation's; by score, as far as the contract says."""
    if page.lookup or page.sort == "document" or question.meaning is None:
        assert keys == expected.keys
    if question.sort == "document" or page.lookup:
        assert page.sort == "document"
    if page.sort == "document":
        return
    place = {key: place for place, key in enumerate(expected.keys)}
    for before, after in zip(page.hits, page.hits[1:], strict=False):
        assert before.score >= after.score - 1e-8
        if before.score == after.score:
            assert (
                place[before.submission, before.paragraph.number]
                < place[after.submission, after.paragraph.number]
            )
    if expected.bare:
        whole = [key for key in keys if expected.printed[key] == expected.bare]
        without = [key for key in keys if expected.printed[key] == 0]
        if not expected.relaxed and whole and without:
            assert max(map(keys.index, whole)) < min(map(keys.index, without))


def compare_counts(question: Question, expected: Answer, page: ResultPage, oracle: Oracle) -> None:
    """Each value with its count, and none left out that has one."""
    wanted = {name: [v for f, v in question.filters if f == name] for name, _ in question.filters}
    single = len(oracle.in_view(wanted)) == 1
    ids = {section.id for s in oracle.submissions for section in s.sections}
    assert [facet.field for facet in page.facets] == list(FACETS)
    for facet in page.facets:
        counts = {value.value: value.count for value in facet.values}
        due = expected.counts[facet.field]
        if facet.field == "section":
            due_values = {v for v in due if (v in ids) == single}
        else:
            due_values = set(due)
        assert counts == {value: due[value] for value in counts}, facet.field
        assert due_values <= set(counts), facet.field


def whole(searcher: Searcher, question: Question) -> ResultPage:
    """The answer with the hits of all its pages."""
    page = first = searcher.search(parameters(question))
    hits = list(first.hits)
    while len(hits) < first.total and page.hits:
        page = searcher.search(replace(page.parameters, page=page.parameters.page + 1))
        hits += page.hits
    return replace(first, hits=tuple(hits))


def ask(searcher: Searcher, oracle: Oracle, asked: Sequence[Question]) -> None:
    for question in asked:
        expected = oracle.ask(question)
        compare(question, expected, whole(searcher, question), oracle)


def run(soak: bool, short: int, long: int) -> settings:
    """Settings for so many examples, the same ones in every run. What fails is not made
    smaller: that takes minutes, and the question is printed."""
    return settings(
        max_examples=long if soak else short,
        database=None,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_the_search_finds_what_looking_at_every_word_finds(soak: bool) -> None:
    @run(soak, 70, 2000)
    @given(cases(10))
    def agree(case: tuple[list[Submission], list[Question]]) -> None:
        submissions, asked = case
        with searched(submissions) as searcher:
            ask(searcher, Oracle(submissions, STATES), asked)

    agree()


#: Letters whose folding needs no table: with accents in one code point or two, and scripts
#: without case.
_PLAIN = st.text("abcdeginortuABEIŚéÉñçÅüαΩжЖدב" + "\u0301\u0308", min_size=1, max_size=8)


def test_words_are_what_a_plain_folding_makes_of_them(soak: bool) -> None:
    """The one thing shared with the search is its analyser: here it is held by itself."""

    @run(soak, 150, 5000)
    @given(st.lists(_PLAIN, max_size=6), st.sampled_from((" ", ", ", "; ", " – ", "\n")))
    def holds(written: list[str], between: str) -> None:
        text = between.join(f"x{word}" for word in written)
        found = [token.printed for token in analyser("en").tokens(text) if token.width == 1]
        plain = unicodedata.normalize("NFD", text.lower())
        letters = "".join(c for c in plain if not unicodedata.combining(c))
        assert found == re.findall(r"\w+", letters)

    holds()
