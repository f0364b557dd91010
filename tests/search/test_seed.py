"""Questions a researcher asks of the first submission, with the paragraphs that answer them.

The expected numbers were read off the text, not off the program.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from indexer.errors import ParameterError
from indexer.model import Submission
from indexer.query.results import ResultPage, SearchParameters
from webapp.site import Site

Ask = Callable[..., ResultPage]


@pytest.fixture
def ask(site: Site) -> Ask:
    """Searches the first submission."""

    def ask(q: str = "", *filters: tuple[str, str], **more: object) -> ResultPage:
        parameters = SearchParameters(q=q, filters=filters, size=100, **more)  # type: ignore[arg-type]  # a test's shorthand
        return site.view().search(parameters)

    return ask


def numbers(result: ResultPage) -> list[str]:
    """The numbers found, in order."""
    return [hit.paragraph.number for hit in result.hits]


def run(first: int, last: int) -> str:
    """``"5 6 7"`` for 5 and 7."""
    return " ".join(str(n) for n in range(first, last + 1))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("48", "48"),
        ("¶48", "48"),
        ("para. 48", "48"),
        ("Para 48", "48"),
        ("paragraph 48", "48"),
        ("paras 45–52", run(45, 52)),
        ("paras 45-47", "45 46 47"),
        ("45, 48 and 50-52", "45 48 50 51 52"),
        ("52, 45", "52 45"),
        ("fn 13", "48"),
        ("note 13", "48"),
        ("footnote 14", "50"),
        ("fn 8", "41"),
        ("KAZ para 48", "48"),
        ("kaz-2019-odf-fidu-khisr/48", "48"),
    ],
)
def test_citations_find_exactly_those_paragraphs_in_order(ask: Ask, q: str, expected: str) -> None:
    result = ask(q)
    assert result.lookup
    assert numbers(result) == expected.split()
    assert result.total == len(expected.split())


@pytest.mark.parametrize("q", ["1,413", "99.8", "2018", "46 999", "48 torture", "700"])
def test_other_numbers_are_words(ask: Ask, q: str) -> None:
    assert not ask(q).lookup


@pytest.mark.parametrize(
    ("q", "says"),
    [
        ("para 999", "Nothing in view is numbered 999"),
        ("fn 99", "No paragraph in view cites footnote 99"),
        ("paras 52-45", "52–45 runs backwards; write 45–52"),
    ],
)
def test_a_citation_of_nothing_says_so(ask: Ask, q: str, says: str) -> None:
    result = ask(q)
    assert result.lookup
    assert result.total == 0
    (notice,) = result.notices
    assert (notice.code, notice.message) == ("no-such-paragraph", says)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("1,413", "46"),
        ("1413", "46"),
        ("99.8", "40"),
        ("170 000", "38"),
        ("170000", "38"),
        ('"rule of law"', "4 73"),
        ("“rule of law”", "4 73"),
        ('"Rule of Law"', "4 73"),
        ('"in absentia"', "49"),
        ('"freedom of association"', "3"),
        ('"incites social discord"', "9"),
        ('"police detained"', "14"),
        ('"higher-level trade union"', "18"),
        ('"higher level trade union"', "18"),
        ('"ideas of the DCK"', "10"),
        ('"the Interior Ministry has repeatedly"', "50"),
        ("pretrial", "46 48"),
        ("pre-trial", "46 48"),
        ('"pre trial detention centre"', "48"),
        ("Swiacicki", "48"),
        ("Świącicki", "48"),
        (unicodedata.normalize("NFD", "Świącicki"), "48"),
        ("unicorn OR stroke", "50"),
        ("towel stick", "48"),
        ("stick NOT towel", ""),
        ("Dzhakishev, Mukhtar", "50 80"),
        ("Mukhtar Dzhakishev", "50 80"),
        ("psychiatr*", "28 62"),
        ("Yerimbet?v", "41 48 51 80"),
        ("Yerimbetof~", "41 48 51 80"),
        ("note:twitter", ""),
        ("url:ohchr.org", "8 48 50"),
        ("ohchr.org", "8 48 50"),
        ("A_HRC_WGAD_2017_16", "8"),
        ("odfoundation.eu", "11 48"),
        ("url:8949,collective", "11"),
        ("article:174", "21 22 58"),
        ("Article 174", "21 22 58"),
        ("Art. 174 of the CC", "21 22 58"),
        ("Article 174 of the Criminal Code", "21 22 58"),
        ("article:130", "21 58"),
        ("Opinion No. 16/2017", "8"),
        ("A/HRC/WGAD/2017/16", "8"),
        ("Opinion No. 67/2018", "48"),
        ("Communication No. 2304/2013", "50"),
        ("case:16/2017", "8"),
        ("submission:KAZ stroke", "50"),
        ("stick,towel", "48"),
        ('person:"Iskander Yerimbetov"', "41 48 51 80"),
        ("person:iskander-yerimbetov", "41 48 51 80"),
        ("person:Yerimbetov", "41 48 51 80"),
        ("person:Abishev", "23"),
        ("Liberty NGO", "26 39"),
        ('person:"Yerimbetov, Iskander"', "41 48 51 80"),
        ('person:"Aygul Akberdiyeva"', "23 43"),
        ('person:"Aigul Akberdiyeva"', "23 43"),
        ('person:"Max Bokayev"', "8 57"),
        ('organisation:"Interior Ministry"', "45 50 52 74"),
        ('organisation:"Ministry of Internal Affairs"', "45 50 52 74"),
        ("organisation:DCK", "9 10 11 13 14 15 22 23 38 64"),
        ("un_body:WGAD", "8 48 57 80"),
        ("place:Zhanaozen", "16 27 52 84"),
        ("date:2019-02", "13 16 37 43"),
        ("date:2018-05..2018-07", "13 28 42"),
        ("date:2011-12-16", "27 52"),
        ("date:..2010", ""),
        ("date:2019-03-22..", "13"),
        ("date:2011-12-16.", "27 52"),
        ("date:2026", ""),
        ("section:IV", run(39, 44)),
        ("section:VI", run(53, 84)),
        ("section:VI.2", run(58, 64)),
        ("section:human-rights-defenders", f"{run(39, 44)} {run(69, 73)}"),
        ("kind:recommendation", run(53, 84)),
        ("kind:introduction", run(1, 4)),
        ("state:KAZ stroke", "50"),
        ("state:Kazakhstan stroke", "50"),
        ("submitter:FIDU stroke", "50"),
        ("submitter:Amnesty", ""),
        ("session:34 stroke", "50"),
        ("NOT section:VI NOT kind:narrative", run(1, 4)),
        # headings, front matter and footnotes are no paragraphs
        ("Szucha", ""),
        ("CID", ""),
        ("informburo", ""),
    ],
)
def test_questions(ask: Ask, q: str, expected: str) -> None:
    result = ask(q)
    assert not result.relaxed
    assert sorted(numbers(result), key=int) == expected.split()


@pytest.mark.parametrize(("q", "count"), [("ban", 14), ("participating", 15), ("tortured", 19)])
def test_any_form_of_a_word(ask: Ask, q: str, count: int) -> None:
    assert ask(q).total == count


def test_printed_forms_come_first(ask: Ask) -> None:
    texts = [hit.paragraph.text.lower() for hit in ask("tortured").hits]
    printed = ["tortured" in text for text in texts]
    assert printed == sorted(printed, reverse=True)
    assert 0 < sum(printed) < len(printed)


def test_highlights_are_what_matched(ask: Ask) -> None:
    (hit,) = ask('"pre-trial detention centre" stick').hits
    marked = [hit.paragraph.text[start:end] for start, end in hit.highlights]
    assert marked == ["pre-trial detention centre", "stick", "stick"]
    assert "<mark>pre-trial detention centre</mark>" in hit.snippet or "<mark>stick" in hit.snippet


@pytest.mark.parametrize(
    "q", ["section:nope", "kind:foo", "person:Nobody", "submission:abc", "law:nope", "state:France"]
)
def test_a_value_that_names_nothing_is_told(ask: Ask, q: str) -> None:
    result = ask(q)
    assert result.total == 0
    assert [notice.code for notice in result.notices] == ["unknown-value"]


def test_nonsense_brings_no_suggestion(ask: Ask) -> None:
    assert ask("a" * 22).suggestions == ()
    assert ask("ff").suggestions == ()


def test_relaxed_when_no_paragraph_has_all_the_words(ask: Ask) -> None:
    result = ask("towel INTERPOL balloons")
    assert result.relaxed
    assert set(numbers(result)) == {"48", "29", "41", "15"}
    for strict in ("towel AND balloons", '"towel" balloons', "kind:narrative towel balloons"):
        assert not ask(strict).relaxed
        assert ask(strict).total == 0


@pytest.mark.parametrize(
    ("q", "suggested"),
    [
        ("Yerimbetof", "Yerimbetov"),
        ("Erimbetov", "Yerimbetov"),
        ("Jakishev", "Dzhakishev"),
        ("Muhtar Abliazov", "Mukhtar Ablyazov"),
        ("tortrue", "Torture"),
        ("person:Yerimbetof", 'person:"Iskander Yerimbetov"'),
        ('"police detains"', 'forms:"police detains"'),
        ("Yerimbetof stroke", "Yerimbetov stroke"),  # in no one paragraph: relaxed again
    ],
)
def test_what_finds_nothing_is_met_by_a_suggestion_that_finds(
    ask: Ask, q: str, suggested: str
) -> None:
    result = ask(q)
    assert suggested in [suggestion.text for suggestion in result.suggestions]
    for suggestion in result.suggestions:
        assert ask(suggestion.text).total == suggestion.count > 0


@pytest.mark.parametrize(
    ("q", "type_", "label", "count"),
    [
        ("WGAD", "un_body", "Working Group on Arbitrary Detention", 4),
        ("Aygul Akberdiyeva", "person", "Aigul Akberdiyeva", 2),
        ("Aigul Akberdiyeva trial", "person", "Aigul Akberdiyeva", 2),
        ("yerimbetov torture", "person", "Iskander Yerimbetov", 4),
        (
            '"Democratic Choice of Kazakhstan"',
            "organisation",
            "Democratic Choice of Kazakhstan",
            10,
        ),
        ("Interior Ministry", "organisation", "Ministry of Internal Affairs", 4),
    ],
)
def test_names_and_acronyms_bring_their_entity(
    ask: Ask, q: str, type_: str, label: str, count: int
) -> None:
    offers = {(offer.type, offer.label): offer for offer in ask(q).offers}
    offer = offers[type_, label]
    assert offer.count == count
    assert ask("", *offer.parameters.filters).total == count


def test_an_offer_counts_what_it_gives_beside_other_filters(ask: Ask) -> None:
    """Beside another person the offer gave either's paragraphs, and counted those of both."""
    for chosen in (("person", "mukhtar-ablyazov"), ("section", "V")):
        (offer,) = [o for o in ask("Yerimbetov", chosen).offers if o.type == "person"]
        assert ask("", *offer.parameters.filters).total == offer.count > 0


def test_what_must_not_be_there_is_not_suggested(ask: Ask) -> None:
    respelled = [s.text for s in ask("Yerimbetof NOT prizon").suggestions]
    assert respelled == ["Yerimbetov NOT prizon"]
    assert ask("towel -stick").suggestions == ()


def test_half_a_character_is_text(ask: Ask) -> None:
    """What a command line makes of bytes that are no UTF-8."""
    assert ask("tort\udcff.ohchr").total == 0
    assert ask("stroke OR \ud800").total == 1
    assert ask("stroke", ("submission", "\udcff")).total == 0


def test_facets_count_exactly_what_a_choice_gives(ask: Ask) -> None:
    for q in ("", "torture", '"peaceful assemblies"', "NOT torture"):
        result = ask(q)
        for facet in result.facets:
            for value in facet.values:
                assert ask(q, (facet.field, value.value)).total == value.count, (q, value)


def test_facets_are_or_within_and_and_across(ask: Ask) -> None:
    both = ask("torture", ("section", "V"), ("section", "VI"), ("kind", "recommendation"))
    assert set(numbers(both)) == {"75", "78", "79", "80", "81", "84"}
    counts = {v.value: v.count for f in both.facets if f.field == "section" for v in f.values}
    assert counts["VI"] == 6
    assert counts["V"] == 0
    selected = {v.value for f in both.facets for v in f.values if v.selected}
    assert selected == {"V", "VI", "recommendation"}


@pytest.mark.parametrize(
    ("from_", "to", "expected"),
    [
        ("2019-02", "2019-02", "13 16 37 43"),
        ("2019-02-14", "2019-02-14", "43"),
        ("2019-03-22", None, "13"),
        (None, "2011", "27 45 52 84"),
    ],
)
def test_dates_limit_to_paragraphs_that_mention_one(
    ask: Ask, from_: str | None, to: str | None, expected: str
) -> None:
    assert numbers(ask("", from_=from_, to=to)) == expected.split()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"page": 0}, "page must be 1 or more, got 0"),
        ({"size": 101}, "size must be from 1 to 100"),
        ({"filters": (("colour", "blue"),)}, "no facet"),
        ({"from_": "garbage"}, "from must be a date"),
        ({"from_": "2019", "to": "2018"}, "is after"),
        ({"page": 2000}, "paged through"),
    ],
)
def test_parameters_that_cannot_be(site: Site, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        site.view().search(SearchParameters(**wrong))  # type: ignore[arg-type]  # as above


def test_marks_of_a_whole_text_are_those_of_the_results(ask: Ask, site: Site) -> None:
    result = ask("torture prison")
    marks = site.view().marked("torture prison", "kaz-2019-odf-fidu-khisr").spans
    assert marks == {hit.paragraph.number: hit.highlights for hit in result.hits}
    assert list(marks) == sorted(marks, key=int)


def test_every_paragraph_is_found_by_its_own_words(ask: Ask, seed: Submission) -> None:
    """Nothing that is printed is unfindable."""
    for paragraph in seed.paragraphs:
        words = " ".join(paragraph.text.split()[:12]).replace('"', " ").replace("“", " ")
        assert paragraph.number in numbers(ask(f'"{words}"')), paragraph.number


@pytest.mark.parametrize(
    ("q", "understood"),
    [
        ("Yerimbetof~", "yerimbetof~"),
        # The number and the field were left out: other paragraphs than those shown.
        ("Yerimbetof~1", "yerimbetof~1"),
        ("note:ohcr~1", "note:ohcr~1"),
    ],
)
def test_what_was_understood_asks_for_the_same(ask: Ask, q: str, understood: str) -> None:
    assert ask(q).understood == understood
    assert numbers(ask(understood)) == numbers(ask(q))
