"""What holds between answers, whatever is asked: sets, clicks, pages, marks, and how the index
came to be."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryRefused
from indexer.model import Submission
from indexer.query.results import Offer, ResultPage, SearchParameters, Suggestion
from indexer.search import Searcher
from tests.oracle.corpora import corpora, submissions
from tests.oracle.generator import asked, cases, texts_on, worded_on
from tests.oracle.indexed import opened, searched, write
from tests.oracle.meaning import Question
from tests.oracle.test_oracle import parameters, run

Key = tuple[str, str]


def keys(page: ResultPage) -> list[Key]:
    """The paragraphs of a page, in order."""
    return [(hit.submission, hit.paragraph.number) for hit in page.hits]


@st.composite
def garbled(draw: st.DrawFn, made: Sequence[Submission]) -> str:
    """Two queries, cut and mixed anywhere."""
    pieces = []
    for _ in range(2):
        text = draw(texts_on(made)).text
        first, last = sorted(draw(st.integers(0, len(text))) for _ in range(2))
        pieces.append(text[first:last] if draw(st.booleans()) else text)
    strange = ("", " ", '"', "(", ")", "~", "*", ":", "-", " NOT ", " AND ", " OR ", "¶", "fn ",
               "\x00", "person:", "\u202e", "/", "date:2018..", "🙂", "note:\"")  # fmt: skip
    return draw(st.sampled_from(strange)).join(pieces) + draw(st.sampled_from(strange))


def test_any_text_is_answered_in_agreement_with_itself_or_refused(soak: bool) -> None:
    @run(soak, 10, 800)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        made = data.draw(corpora())
        texts = garbled(made)
        with searched(made) as searcher:
            for _ in range(6):
                q = data.draw(texts)
                try:
                    page = searcher.search(SearchParameters(q=q, size=100))
                except QueryRefused as refused:
                    assert refused.cure
                    continue
                assert page.total == len(page.hits)
                assert all(0 <= n.start <= n.end <= len(q) for n in page.notices), q
                inside = {s.id: searcher.marked(q, s.id).spans for s in made}
                if not page.lookup and not page.relaxed:
                    marks = {(h.submission, h.paragraph.number): h.highlights for h in page.hits}
                    assert marks == {
                        (id_, number): spans
                        for id_, found in inside.items()
                        for number, spans in found.items()
                        if any(submission == id_ for submission, _ in marks)  # else relaxed there
                    }, q
                for facet in page.facets:
                    assert all(0 <= value.count <= page.total for value in facet.values), q

    holds()


def counted(page: ResultPage) -> list[object]:
    """Every facet's values as they are shown."""
    return [(f.field, [(v.value, v.label, v.count) for v in f.values]) for f in page.facets]


def offered(page: ResultPage) -> list[object]:
    """What a page offers besides its hits."""
    return [*((s.text, s.count) for s in page.suggestions), *((o.id, o.count) for o in page.offers)]


def everything(searcher: Searcher) -> set[Key]:
    """Every paragraph there is."""
    return set(keys(searcher.search(SearchParameters(size=100))))


def test_operators_are_those_of_sets(soak: bool) -> None:
    @run(soak, 7, 300)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        made = data.draw(corpora())
        texts = texts_on(made)
        with searched(made) as searcher:

            def found(q: str) -> set[Key]:
                return set(keys(searcher.search(SearchParameters(q=q, size=100))))

            every = everything(searcher)
            for _ in range(4):
                # Beside OR nothing is relaxed, a citation, or a stop word that is not required.
                a, b = (f"({text} OR {text})" for text in (data.draw(texts).text for _ in range(2)))
                one, two = found(a), found(b)
                assert found(f"{a} AND {b}") == one & two, (a, b)
                assert found(f"{a} OR {b}") == one | two, (a, b)
                assert found(f"NOT {a}") == every - one, a
                assert found(f"NOT (NOT {a})") == found(f"NOT NOT {a}") == one, a
                assert found(f"{a} AND NOT {b}") == one - two, (a, b)

    holds()


def test_a_click_gives_what_its_count_says(soak: bool) -> None:
    @run(soak, 6, 250)
    @given(cases(4))
    def holds(case: tuple[list[Submission], list[Question]]) -> None:
        made, questions = case
        with searched(made) as searcher:
            for question in questions:
                page = searcher.search(parameters(question))
                offers: list[Offer | Suggestion] = [*page.offers, *page.suggestions]
                for other in offers:
                    promised = searcher.search(other.parameters)
                    assert promised.total == other.count > 0, (question, other)
                if page.relaxed or page.lookup:  # other words, or numbers in another view
                    continue
                for facet in page.facets:
                    others = tuple(pair for pair in question.filters if pair[0] != facet.field)
                    for value in facet.values:
                        alone = (*others, (facet.field, value.value))
                        clicked = searcher.search(replace(page.parameters, filters=alone))
                        given_ = 0 if clicked.relaxed else clicked.total
                        assert given_ == value.count, (question, facet.field, value.value)

    holds()


def test_pages_one_after_the_other_are_the_whole(soak: bool) -> None:
    @run(soak, 10, 400)
    @given(cases(4), st.sampled_from((1, 2, 3)))
    def holds(case: tuple[list[Submission], list[Question]], size: int) -> None:
        made, questions = case
        with searched(made) as searcher:
            for question in questions:
                whole = searcher.search(parameters(question))
                pages = [
                    searcher.search(replace(whole.parameters, size=size, page=number + 1))
                    for number in range(-(-whole.total // size))
                ]
                assert [hit for page in pages for hit in page.hits] == list(whole.hits)
                assert all(counted(page) == counted(whole) for page in pages)
                assert {page.total for page in pages} <= {whole.total}
                beyond = searcher.search(replace(whole.parameters, size=size, page=len(pages) + 1))
                assert (beyond.hits, beyond.total) == ((), whole.total)

    holds()


def test_what_is_marked_in_a_whole_text_is_what_is_found_in_it(soak: bool) -> None:
    @run(soak, 10, 400)
    @given(cases(5))
    def holds(case: tuple[list[Submission], list[Question]]) -> None:
        made, questions = case
        with searched(made) as searcher:
            for question in questions:
                for submission in made:
                    page = searcher.search(
                        SearchParameters(
                            question.text,
                            (("submission", submission.id),),
                            sort="document",
                            size=100,
                        )
                    )
                    found = {hit.paragraph.number: hit.highlights for hit in page.hits}
                    assert searcher.marked(question.text, submission.id).spans == found, (
                        question.text
                    )

    holds()


def test_another_submission_changes_no_match(soak: bool) -> None:
    @run(soak, 10, 400)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        made = data.draw(corpora())
        other = data.draw(submissions("zzz"))
        # What is a stop word, and which forms a word has, the languages of the corpus say.
        other = replace(other, language=made[0].language)
        texts = worded_on(made)
        with searched(made) as before, searched([*made, other]) as after:
            for _ in range(5):
                q = f"({data.draw(texts).text}) OR nosuchwordatall"
                then, now = (s.search(SearchParameters(q=q, size=100)) for s in (before, after))
                own = [hit for hit in now.hits if hit.submission != "zzz"]
                assert sorted(keys(then)) == sorted(
                    (h.submission, h.paragraph.number) for h in own
                ), q
                marks = {(h.submission, h.paragraph.number): h.highlights for h in own}
                assert {
                    (h.submission, h.paragraph.number): h.highlights for h in then.hits
                } == marks

    holds()


def test_an_index_brought_up_to_date_answers_as_one_made_anew(soak: bool) -> None:
    @run(soak, 6, 250)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        before = data.draw(corpora())
        gone = data.draw(st.sampled_from([s.id for s in before]))
        changed = data.draw(submissions(before[-1].id))
        new = data.draw(submissions("zzz"))
        after = [s for s in before[:-1] if s.id != gone] + [changed, new]
        questions = data.draw(asked([*before, *after], 6))
        with tempfile.TemporaryDirectory() as name:
            earlier, updated, anew = (Path(name, part) for part in ("earlier", "updated", "anew"))
            for folder in (earlier, updated, anew):
                folder.mkdir()
            write(earlier, before)
            write(updated, [new, changed], sorted({gone, changed.id}), earlier)
            write(anew, after)
            with opened(updated) as one, opened(anew) as other:
                for question in questions:
                    _same(one, other, parameters(question))

    holds()


def _same(one: Searcher, other: Searcher, asked_: SearchParameters) -> None:
    left, right = one.search(asked_), other.search(asked_)
    assert keys(left) == keys(right), asked_
    assert [round(hit.score, 9) for hit in left.hits] == [round(h.score, 9) for h in right.hits]
    assert [hit.highlights for hit in left.hits] == [hit.highlights for hit in right.hits]
    assert counted(left) == counted(right), asked_
    assert (left.understood, left.notices, left.relaxed) == (
        right.understood, right.notices, right.relaxed,
    )  # fmt: skip
    assert offered(left) == offered(right), asked_
