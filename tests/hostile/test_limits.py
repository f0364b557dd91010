"""Every limit of the settings table holds at exactly its value, and says so with a cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.settings import Settings
from webapp import create_app
from webapp.site import Site

#: Settings that are no limit on what may be asked, or on how long it may take.
OTHERS = {
    "corpus", "data", "index_owner", "engine", "host", "port", "public_url", "trusted_hosts",
    "threads", "search_processes", "reading_processes", "reading_seconds", "reading_megabytes",
}  # fmt: skip
#: Held by tests of their own: it needs processes.
ELSEWHERE = {"search_seconds"}


@dataclass(frozen=True)
class Row:
    """A limit set to a small value, a request that is just within it and one that is beyond."""

    setting: str
    value: int
    within: dict[str, Any]
    beyond: dict[str, Any]
    status: int
    code: str
    says: str
    """Part of the message: the limit itself."""
    path: str = "/search.json"


def q(text: str) -> dict[str, str]:
    return {"q": text}


ROWS = (
    Row("query_characters", 10, q("a" * 10), q("a" * 11), 422, "query-too-long",
        "has 11 characters; 10 are allowed"),
    Row("query_terms", 3, q("torture prison law"), q('torture prison "the law" -court'), 422,
        "too-many-terms", "has 4 words; 3 are allowed"),
    Row("query_depth", 2, q("((torture prison)) OR law"), q("(((torture prison))) OR law"), 200,
        "too-deep", "deeper than 2"),
    Row("query_wildcards", 2, q("tort* pris?n"), q("tort* pris?n detai*"), 422,
        "too-many-wildcards", "has 3 wildcards; 2 are allowed"),
    Row("wildcard_letters", 4, q("tort*"), q("tor*"), 200, "short-wildcard", "needs 4 letters"),
    Row("query_near_spellings", 1, q("tortur~"), q("tortur~ prisn~"), 422,
        "too-many-near-spellings", "has 2 near spellings; 1 are allowed"),
    Row("near_spelling_edits", 1, q("tortur~1"), q("tortur~2"), 200, "distance-lowered",
        "«~2» is lowered to 1"),
    Row("phrase_distance", 7, q('"torture prison"~7'), q('"torture prison"~8'), 200,
        "distance-lowered", "«~8» is lowered to 7"),
    Row("citation_items", 3, q("paras 1, 3, 5-7"), q("paras 1, 3, 5-7, 9"), 200,
        "too-many-numbers", "has 4 numbers and ranges; the first 3"),
    Row("citation_paragraphs", 5, q("paras 1-5"), q("paras 1-6"), 200, "too-many-paragraphs",
        "more than 5 paragraphs; the first 5"),
    Row("filter_values", 2, {"section": ["V", "VI"]}, {"section": ["V", "VI"], "kind": "narrative"},
        400, "bad-parameter", "has 3 filter values; 2 are allowed"),
    Row("page_depth", 20, {"page": 2}, {"page": 3}, 400, "bad-parameter", "first 20 hits"),
)  # fmt: skip


@pytest.fixture
def limited(settings: Settings) -> Iterator[Callable[..., FlaskClient]]:
    """Makes a client of an application with other limits."""
    sites: list[Site] = []

    def make(**values: int) -> FlaskClient:
        changed = replace(settings, **values)  # type: ignore[arg-type]  # the table's numbers
        sites.append(Site(changed))
        return create_app(changed, sites[-1]).test_client()

    yield make
    for site in sites:
        site.close()


def _told(record: dict[str, Any]) -> list[dict[str, str]]:
    """What an answer says of limits: its error, or its notices."""
    if "error" in record:
        return [record["error"]]
    notices: list[dict[str, str]] = record["query"]["notices"]
    return notices


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.setting)
def test_a_limit_holds_at_exactly_its_value(row: Row, limited: Callable[..., FlaskClient]) -> None:
    client = limited(**{row.setting: row.value})
    within = client.get(f"{row.path}?{urlencode(row.within, doseq=True)}")
    assert within.status_code == 200
    assert row.code not in [told["code"] for told in _told(within.get_json())]
    beyond = client.get(f"{row.path}?{urlencode(row.beyond, doseq=True)}")
    assert beyond.status_code == row.status
    told = {told["code"]: told for told in _told(beyond.get_json())}
    assert row.says in told[row.code]["message"]
    if row.status >= 400:
        assert told[row.code]["cure"]


def test_the_page_about_the_site_states_every_limit(limited: Callable[..., FlaskClient]) -> None:
    names = {field.name for field in fields(Settings)} - OTHERS - ELSEWHERE
    values = {name: 701 + n for n, name in enumerate(sorted(names))}
    limits = limited(**values).get("/about.json").get_json()["limits"]
    stated = {int(each["limit"].split()[0]) for each in limits}
    assert set(values.values()) <= stated


def test_words_that_a_wildcard_stands_for(limited: Callable[..., FlaskClient]) -> None:
    asked = urlencode(q("detai*"))
    found = limited(query_expansions=1).get(f"/search.json?{asked}")
    assert found.status_code == 422
    error = found.get_json()["error"]
    assert error["code"] == "too-many-expansions"
    assert error["cure"]
    stands_for = int(error["message"].split("stands for ")[1].split()[0])
    assert stands_for >= 2
    enough = limited(query_expansions=stands_for).get(f"/search.json?{asked}")
    assert enough.status_code == 200
    few = limited(query_expansions=stands_for - 1).get(f"/search.json?{asked}")
    assert few.status_code == 422
    assert f"{stands_for - 1} are allowed" in few.get_json()["error"]["message"]


def test_no_page_leads_to_one_that_is_refused(limited: Callable[..., FlaskClient]) -> None:
    client = limited(page_depth=20)
    first, last = (
        BeautifulSoup(client.get(f"/search?page={page}").text, "lxml") for page in (1, 2)
    )
    assert [link["rel"] for link in first.select(".pager a")] == [["next"]]
    assert [link["rel"] for link in last.select(".pager a")] == [["prev"]]
    told = "Only the first 20 hits can be paged through"
    assert told in last.get_text() and told not in first.get_text()
    # Where that is all of them, there is nothing to tell.
    whole = BeautifulSoup(limited(page_depth=84).get("/search?page=2&size=42").text, "lxml")
    assert "can be paged through" not in whole.get_text()


@pytest.mark.parametrize("most", [3, 84, 100])
def test_an_export_stops_where_it_is_said_to(
    most: int, limited: Callable[..., FlaskClient]
) -> None:
    answer = limited(export_paragraphs=most).get("/search.csl.json")
    assert len(answer.get_json(force=True)) == min(most, 84)
    assert answer.headers["Pilcrow-Total"] == "84"
    assert answer.headers["Pilcrow-Exported"] == str(min(most, 84))


def test_a_respelling_of_many_words_is_not_tried(limited: Callable[..., FlaskClient]) -> None:
    asked = urlencode(q("tortre presoner"))
    assert limited(query_near_spellings=2).get(f"/search.json?{asked}").get_json()["suggestions"]
    few = limited(query_near_spellings=1).get(f"/search.json?{asked}").get_json()
    assert all(suggested["reason"] != "spelling" for suggested in few["suggestions"])


def test_every_limit_of_the_table_is_tried_here() -> None:
    tried = {row.setting for row in ROWS} | {"query_expansions", "export_paragraphs"}
    assert tried | OTHERS | ELSEWHERE == {field.name for field in fields(Settings)}


def test_every_setting_has_its_meaning() -> None:
    assert all(field.metadata["help"] for field in fields(Settings))
