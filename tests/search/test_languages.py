"""A corpus in three languages, from the files to the page: English, French, Russian."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.pipeline import update
from indexer.query.results import ResultPage, SearchParameters
from indexer.settings import Settings
from webapp import create_app
from webapp.cli import main
from webapp.site import Site

SAMPLES = Path(__file__).parent.parent / "samples"
FRENCH, RUSSIAN, ENGLISH = "contribution-fr", "predstavlenie", "lake"
METADATA = {
    FRENCH: ("contribution-en-francais.txt", 'codes = ["JS5"]'),
    RUSSIAN: ("predstavlenie-na-russkom.txt", 'codes = ["JS2"]'),
    ENGLISH: ("plain.md", 'codes = ["JS5x"]'),
}

Ask = Callable[..., ResultPage]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of the three."""
    corpus = tmp_path_factory.mktemp("three")
    for id_, (name, more) in METADATA.items():
        source = shutil.copy(SAMPLES / name, corpus / f"{id_}{Path(name).suffix}")
        Path(source).with_suffix(".toml").write_text(f'id = "{id_}"\n{more}\n')
    settings = Settings(corpus=corpus, data=tmp_path_factory.mktemp("data"), search_processes=1)
    update(settings)
    return settings


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[Site]:
    """The index being served."""
    site = Site(settings)
    yield site
    site.close()


@pytest.fixture(scope="module")
def client(settings: Settings, site: Site) -> FlaskClient:
    """A client of the application on the three."""
    return create_app(settings, site).test_client()


@pytest.fixture
def ask(site: Site) -> Ask:
    """Searches the three."""

    def ask(q: str = "", *filters: tuple[str, str]) -> ResultPage:
        return site.view().search(SearchParameters(q=q, filters=filters, size=100))

    return ask


def found(result: ResultPage) -> dict[str, list[str]]:
    """The numbers found by submission, each with what is marked in it."""
    return {
        f"{hit.submission}/{hit.paragraph.number}": [
            hit.paragraph.text[start:end] for start, end in hit.highlights
        ]
        for hit in result.hits
    }


@pytest.mark.parametrize(
    ("q", "marks"),
    [
        ("detenu", {"8": ["détenus", "détenu"], "12": ["détenue"], "18": ["détenus"]}),
        ("DÉTENUS", {"8": ["détenus", "détenu"], "12": ["détenue"], "18": ["détenus"]}),
        ("lois", {"9": ["lois", "loi"]}),
        ("tribunal", {"13": ["tribunal", "tribunaux"]}),
        ('"droits de l’homme"', {"3": ["droits de l'homme"]}),
        ('"droits de l\'homme"', {"3": ["droits de l'homme"]}),
        ('"droit de l\'homme"', {}),
        ("l'internet pendant les jours", {"7": ["l'internet", "jours"]}),
        ("qu'il s'agisse", {"2": ["s'agisse"]}),
        ("dans les provinces du lac", {"3": ["provinces", "lac"]}),
        ("d'avocats", {"6": ["d'avocats"]}),
    ],
)  # fmt: skip
def test_french(ask: Ask, q: str, marks: dict[str, list[str]]) -> None:
    result = ask(q)
    assert not result.relaxed
    assert found(result) == {f"{FRENCH}/{number}": words for number, words in marks.items()}


@pytest.mark.parametrize("q", ["organisation", "l'organisation", "L’ORGANISATION", "organisations"])
def test_an_elided_article_is_no_part_of_a_word(ask: Ask, q: str) -> None:
    result = ask(q, ("submission", FRENCH))
    assert sorted(int(hit.paragraph.number) for hit in result.hits) == [4, 6, 16]


@pytest.mark.parametrize(
    ("q", "marks"),
    [
        ("прав", {"1": ["прав"], "7": ["правами"], "9": ["Право"], "18": ["право"]}),
        ("правами", {"1": ["прав"], "7": ["правами"], "9": ["Право"], "18": ["право"]}),
        ("еще", {"3": ["Ещё"]}),
        ("ПЫТКИ", {"1": ["пыток"], "8": ["пытками", "пытке"], "11": ["пыткой"],
                   "14": ["пытках"], "17": ["пытках"]}),
        ('"прав человека"', {"1": ["прав человека"]}),
        ('"права человека"', {}),
        ("воин", {"10": ["воин"]}),
        ("война", {"10": ["Война"]}),
        ("о свободе слова и о тюрьме под стражей", {}),
        ("на острове в прошлом", {"3": ["прошлом", "острове"]}),
    ],
)  # fmt: skip
def test_russian(ask: Ask, q: str, marks: dict[str, list[str]]) -> None:
    result = ask(q)
    hits = {} if result.relaxed else found(result)
    expected = {f"{RUSSIAN}/{number}": words for number, words in marks.items()}
    if q == "ПЫТКИ":  # the genitive without an ending is another stem for Snowball
        del expected[f"{RUSSIAN}/1"]
    assert hits == expected


def test_words_of_three_languages_in_one_query(ask: Ask) -> None:
    result = ask("torturer OR пытками OR boats")
    assert {hit.submission for hit in result.hits} == {FRENCH, RUSSIAN, ENGLISH}
    # "torture" is a word of two languages, found as printed in either
    assert f"{FRENCH}/17" in found(ask("torture"))


def test_sections_go_by_their_titles_in_any_script(ask: Ask, client: FlaskClient) -> None:
    result = ask("", ("section", "свобода-слова"))
    assert [hit.paragraph.number for hit in result.hits] == ["4", "5", "6", "7"]
    titles = {
        value.value: value.label
        for facet in ask().facets if facet.field == "section"
        for value in facet.values
    }  # fmt: skip
    assert titles["свобода-слова"] == "Свобода слова"
    assert titles["liberte-dexpression"] == "Liberté d'expression"
    answer = client.get("/search.json?section=свобода-слова").get_json()
    assert answer["total"] == 4
    assert found(ask('section:"Свобода слова" журналистам')).keys() == {
        f"{RUSSIAN}/4", f"{RUSSIAN}/5",
    }  # fmt: skip


def test_a_title_chosen_in_one_submission_is_its_section(ask: Ask) -> None:
    result = ask("", ("submission", RUSSIAN), ("section", "свобода-слова"))
    (facet,) = (facet for facet in result.facets if facet.field == "section")
    assert [value.value for value in facet.values] == ["I", "II", "III", "IV", "V"]
    (chosen,) = (value for value in facet.values if value.selected)
    assert (chosen.value, chosen.count) == ("II", 4)
    assert chosen.parameters.filters == (("submission", RUSSIAN),)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("state", {"TCD": 18, "UZB": 18}),
        ("session", {"44": 18, "45": 18}),
        ("submission", {FRENCH: 18, RUSSIAN: 18}),
        ("kind", {"introduction": 6, "recommendation": 6}),
    ],
)
def test_facets_over_several_submissions(ask: Ask, field: str, values: dict[str, int]) -> None:
    (facet,) = (facet for facet in ask().facets if facet.field == field)
    counts = {value.value: value.count for value in facet.values}
    if field == "kind":  # without the English one's
        both = ask("", ("submission", FRENCH), ("submission", RUSSIAN))
        (facet,) = (facet for facet in both.facets if facet.field == field)
        counts = {value.value: value.count for value in facet.values}
    assert values.items() <= counts.items()
    for value in facet.values:
        if field != "kind":
            assert ask("", (field, value.value)).total == value.count


def test_counts_are_what_a_click_gives_also_across_languages(ask: Ask) -> None:
    chosen = ask("torture", ("submission", FRENCH))
    (facet,) = (facet for facet in chosen.facets if facet.field == "submission")
    for value in facet.values:
        assert ask("torture", ("submission", value.value)).total == value.count


@pytest.mark.parametrize(
    ("q", "address"),
    [
        ("JS5 para 8", f"{FRENCH}/8"),
        ("JS5, par. 8", f"{FRENCH}/8"),
        ("TCD para 8", f"{FRENCH}/8"),
        ("TCD/8", f"{FRENCH}/8"),
        ("JS2 п. 8", f"{RUSSIAN}/8"),
        ("UZB пункт 8", f"{RUSSIAN}/8"),
        (f"{RUSSIAN}/8", f"{RUSSIAN}/8"),
    ],
)
def test_citations_by_code_and_state(
    ask: Ask, settings: Settings, client: FlaskClient, q: str, address: str
) -> None:
    result = ask(q)
    assert result.lookup
    assert list(found(result)) == [address]
    cited = CliRunner().invoke(main, ["cite", q, "--data", str(settings.data)])
    assert cited.exit_code == 0, cited.output
    assert "para. 8" in cited.stdout
    page = client.get("/search", query_string={"q": q}, follow_redirects=True)
    assert page.request.path == f"/submissions/{address}"


def test_a_number_alone_is_that_paragraph_everywhere(ask: Ask) -> None:
    assert list(found(ask("paras 17-18"))) == [
        f"{FRENCH}/17", f"{FRENCH}/18", f"{RUSSIAN}/17", f"{RUSSIAN}/18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("q", "mark"),
    [("détenu", "<mark>détenus</mark>"), ("правами", "<mark>прав</mark>")],
)
def test_pages_mark_the_words_of_each_language(client: FlaskClient, q: str, mark: str) -> None:
    page = client.get("/search", query_string={"q": q}).get_data(as_text=True)
    assert mark in page
    first = client.get("/search.json", query_string={"q": q}).get_json()["hits"][0]
    whole = client.get(first["url"]).get_data(as_text=True)
    assert first["text"][:20].replace("'", "&#39;") in whole


def test_beginnings_are_offered_where_a_language_has_no_stems(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = "Қазақстан туралы\n\nКІРІСПЕ\n\n1. Адам құқықтары бұзылды.\n2. Осы туралы айтылды.\n"
    (corpus / "kk.txt").write_text(text)
    (corpus / "kk.toml").write_text('id = "kk"\nlanguage = "kk"\n')
    settings = Settings(corpus=corpus, data=tmp_path / "data", search_processes=1)
    update(settings)
    site = Site(settings)
    result = site.view().search(SearchParameters(q="құқық"))
    site.close()
    assert result.total == 0
    assert [(s.text, s.reason, s.count) for s in result.suggestions] == [
        ("құқық*", "word-forms", 1)
    ]
