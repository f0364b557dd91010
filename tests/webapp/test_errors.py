"""Bad requests: one shape, for pages and JSON alike, that says what happened and the cure."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NoReturn

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import SearchTimeout
from indexer.settings import Settings
from webapp import create_app
from webapp.site import Site

ID = "kaz-2019-odf-fidu-khisr"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/search?page=0", 400, "bad-parameter"),
        ("/search?size=101", 400, "bad-parameter"),
        ("/search?size=x", 400, "bad-parameter"),
        ("/search?from=garbage", 400, "bad-parameter"),
        ("/search?from=2019&to=2018", 400, "bad-parameter"),
        ("/search?sort=x", 400, "bad-parameter"),
        ("/search?colour=red", 400, "bad-parameter"),
        ("/search?demonym=belgian", 400, "bad-parameter"),
        ("/search?q=a&q=b", 400, "bad-parameter"),
        ("/search?page=100000", 400, "bad-parameter"),
        (f"/search?law={'x' * 501}", 400, "bad-parameter"),
        # Seconds went into trying where the zeros end.
        (f"/search?page={'0' * 200_000}x", 400, "bad-parameter"),
        (f"/submissions/{ID}?page=2", 400, "bad-parameter"),
        (f"/submissions/{ID}/48?section=V", 400, "bad-parameter"),
        ("/submissions?q=torture", 400, "bad-parameter"),
        ("/help?x=1", 400, "bad-parameter"),
        ("/nowhere", 404, "not-found"),
        ("/submissions/none", 404, "not-found"),
        (f"/submissions/{ID}/85", 404, "not-found"),
        (f"/submissions/{ID}/52-45", 404, "not-found"),
        (f"/submissions/{ID}/45-99", 404, "not-found"),
        ("/entities/robot", 404, "not-found"),
        ("/entities/person/nobody-at-all", 404, "not-found"),
    ],
)
def test_a_bad_request_is_told_alike_on_the_page_and_in_json(
    client: FlaskClient, path: str, status: int, code: str
) -> None:
    address, mark, query = path.partition("?")
    page = client.get(path)
    twin = client.get(f"{address}.json{mark}{query}")
    assert (page.status_code, twin.status_code) == (status, status)
    error = twin.get_json()["error"]
    assert set(error) == {"status", "code", "message", "cure"}
    assert (error["status"], error["code"]) == (status, code)
    assert error["message"] and error["cure"]
    shown = BeautifulSoup(page.text, "lxml").get_text()
    assert "Bad Request" not in shown and "Not Found" not in shown  # words of protocols
    assert error["code"] in shown
    assert error["message"] in shown


def test_a_number_too_large_is_told_as_one(client: FlaskClient) -> None:
    error = client.get(f"/search.json?page={'9' * 5000}").get_json()["error"]
    assert "can be paged through" in error["message"]
    assert client.get("/search.json?page=0000000000001").get_json()["page"] == 1


@pytest.mark.parametrize("path", ["/search/", "//search", "/submissions//48", "/./search", "//"])
def test_an_address_is_never_guessed_at(client: FlaskClient, path: str) -> None:
    answer = client.get(f"http://localhost{path}")
    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("ending", ["csv", "ris", "bib", "csl.json", "atom"])
def test_an_export_tells_its_errors_as_json(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/search.{ending}?page=0")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["code"] == "bad-parameter"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_text_is_a_legal_query(app: Flask, q: str) -> None:
    client = app.test_client()
    for path in ("/search", "/search.json", f"/submissions/{ID}", f"/submissions/{ID}/48"):
        assert client.get(path, query_string={"q": q}).status_code in (200, 303), path


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "q=%ed%a0%80", "q", "q=+", "&&&", "q=%"])
def test_an_odd_query_string_is_read_as_well_as_it_can_be(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 200
    assert client.get(f"/search.json?{query}").status_code == 200


def test_a_query_over_the_limit_is_refused_with_the_cure(client: FlaskClient) -> None:
    long = "torture " * 1000
    for path in ("/search", "/search.json", f"/submissions/{ID}.json", f"/submissions/{ID}/48"):
        answer = client.get(path, query_string={"q": long})
        assert answer.status_code == 422, path
    error = client.get("/search.json", query_string={"q": long}).get_json()["error"]
    assert error["status"] == 422
    assert error["cure"]


@pytest.mark.parametrize(
    ("query", "cure"),
    [("?q=torture", "Use fewer"), ("?kind=narrative", "Try again"), ("?q=+", "Try again")],
)
def test_the_cure_of_what_took_too_long_is_one_for_what_was_asked(
    site: Site, query: str, cure: str
) -> None:
    """A list, or a text without a query, was told to use fewer wildcards."""
    app = create_app(site.settings, site)

    def slow() -> NoReturn:
        raise SearchTimeout("The answer took too long and was stopped", "Use fewer wildcards")

    app.add_url_rule("/slow.json", "slow", slow)
    answer = app.test_client().get(f"/slow.json{query}")
    assert answer.status_code == 422
    assert answer.get_json()["error"]["cure"].startswith(cure)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent(client: FlaskClient, method: str) -> None:
    answer = client.open("/search.json", method=method, data=b"q=torture")
    assert answer.status_code == 405
    assert answer.get_json()["error"]["code"] == "method-not-allowed"
    assert "GET" in answer.headers["Allow"]


def test_a_body_beyond_all_measure_is_refused(client: FlaskClient) -> None:
    answer = client.get("/search.json", data=b"x" * 5000)
    assert answer.status_code == 413
    assert answer.get_json()["error"]["status"] == 413


def test_without_an_index_every_page_says_what_to_do(tmp_path: Path) -> None:
    empty = Settings(data=tmp_path)
    site = Site(empty)
    try:
        client = create_app(empty, site).test_client()
        for path in ("/", "/search?q=torture", f"/submissions/{ID}", "/entities/person"):
            page = client.get(path)
            assert page.status_code == 503
            shown = BeautifulSoup(page.text, "lxml")
            assert "For whoever runs this site: Run pilcrow index." in shown.get_text()
            assert [code.get_text() for code in shown.select("code")] == [
                "pilcrow index",
                "no-index",
            ]
        health = client.get("/healthz")
        assert health.status_code == 503
        assert health.get_json()["error"]["code"] == "no-index"
        # Where the server keeps its files is no stranger's business.
        assert str(tmp_path) not in health.text
    finally:
        site.close()


def test_that_there_is_no_index_is_logged_once_whoever_asks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A line for each request said when somebody had asked."""
    site = Site(Settings(data=tmp_path))
    client = create_app(site.settings, site).test_client()
    with caplog.at_level(logging.DEBUG):
        for path in ("/", "/search?q=torture", "/healthz"):
            assert client.get(path).status_code == 503
    site.close()
    assert [record.getMessage().partition(". ")[0] for record in caplog.records] == [
        f"Nothing has been indexed in {tmp_path} yet"
    ]


def broken_app(site: Site) -> Flask:
    app = create_app(site.settings, site)

    def broken() -> str:
        raise ValueError("yerimbetov")

    app.add_url_rule("/broken", "broken", broken)
    app.add_url_rule("/broken.json", "broken_json", broken)
    return app


def test_a_defect_shows_and_logs_nothing_that_was_asked(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    client = broken_app(site).test_client()
    with caplog.at_level(logging.DEBUG):
        page = client.get("/broken?q=yerimbetov", headers={"Referer": "https://a.example/secret"})
        twin = client.get("/broken.json?q=yerimbetov")
    assert (page.status_code, twin.status_code) == (500, 500)
    assert twin.get_json()["error"]["code"] == "defect"
    for text in (page.text, twin.text):
        assert "Traceback" not in text and "ValueError" not in text
    assert "ValueError at" in caplog.text and "test_errors.py:" in caplog.text
    for private in ("yerimbetov", "broken?", "secret"):
        assert private not in caplog.text


def test_no_request_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for path in ("/search?q=yerimbetov", "/search?q=yerimbetov&page=0", "/yerimbetov"):
            client.get(path, headers={"Referer": "https://a.example/secret"})
    assert "yerimbetov" not in caplog.text
    assert "secret" not in caplog.text
