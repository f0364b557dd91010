"""A whole result in other forms: complete, parsable, and safe to open."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
import rispy
from flask.testing import FlaskClient
from pybtex.database import parse_string

from indexer.model import Submission
from webapp.exports import CSV_COLUMNS, Exported, csv_text
from webapp.feed import Entry, feed

ATOM = "{http://www.w3.org/2005/Atom}"


def total(client: FlaskClient, query: str) -> int:
    found: int = client.get(f"/search.json?{query}").get_json()["total"]
    return found


def test_csv_holds_every_paragraph_as_printed(client: FlaskClient, seed: Submission) -> None:
    answer = client.get("/search.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pilcrow.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [(row["number"], row["text"]) for row in rows] == [
        (p.number, p.text) for p in seed.paragraphs
    ]
    assert answer.headers["Pilcrow-Total"] == answer.headers["Pilcrow-Exported"] == "84"


def test_an_export_takes_the_filters_and_passes_over_pages(client: FlaskClient) -> None:
    query = "q=torture&section=V"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/search.csv?{query}&page=2&size=1").text)))
    assert len(rows) == total(client, query) > 3
    assert {row["section"] for row in rows} == {"V"}
    assert rows[0]["url"] == f"/submissions/{rows[0]['submission']}/{rows[0]['number']}"
    assert rows[0]["number"] in rows[0]["citation"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+1 and more", "'+1 and more"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("\0=1", "'\0=1"),
        ("\uff1d1+1", "'\uff1d1+1"),  # full-width, where that is typed
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        ('He said "no", twice\nover', 'He said "no", twice\nover'),
        ("'quoted'", "'quoted'"),
    ],
)
def test_a_cell_never_runs(client: FlaskClient, seed: Submission, text: str, cell: str) -> None:
    from dataclasses import replace

    from webapp.answers import view

    with client.application.test_request_context():
        from indexer.query.results import SearchParameters

        current = view()
        hit = current.search(SearchParameters(size=1)).hits[0]
        card = current.library.card(seed.id)
    spoilt = replace(hit, paragraph=replace(hit.paragraph, text=text))
    written = csv_text([Exported(spoilt, seed, card)])
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["text"] == cell


def test_ris_bibtex_and_csl_are_parsed_whole(client: FlaskClient) -> None:
    query = "q=torture"
    expected = total(client, query)
    assert len(rispy.loads(client.get(f"/search.ris?{query}").text)) == expected
    assert len(parse_string(client.get(f"/search.bib?{query}").text, "bibtex").entries) == expected
    items = client.get(f"/search.csl.json?{query}").get_json(force=True)
    assert len({item["id"] for item in items}) == expected


def test_atom_is_a_feed_of_the_paragraphs(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/search.atom?q=torture&section=V").data)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == total(client, "q=torture&section=V")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.findtext(f"{ATOM}updated") == "2019-03-28T00:00:00Z"
        assert entry.findtext(f"{ATOM}content")


def test_a_feed_holds_what_xml_cannot() -> None:
    entry = Entry("a/1", "¶ 1", "bell \x07, <b> & \ud800", "/submissions/a/1", None, ())
    written = feed("https://p.example", "/search", "/search.atom", [entry])
    content = ElementTree.fromstring(written).findtext(f"{ATOM}entry/{ATOM}content")
    assert content == "bell \ufffd, <b> & \ufffd"


def test_an_empty_result_is_still_a_file(client: FlaskClient) -> None:
    query = "q=%22purple+elephant%22"
    assert client.get(f"/search.csv?{query}").text.strip().split(",") == [
        f'"{column}"' for column in CSV_COLUMNS
    ]
    assert client.get(f"/search.csl.json?{query}").get_json(force=True) == []
    assert ElementTree.fromstring(client.get(f"/search.atom?{query}").data).tag == f"{ATOM}feed"


def test_opensearch_names_the_settings_address(client: FlaskClient) -> None:
    described = client.get("/opensearch.xml", headers={"Host": "localhost:99"})
    root = ElementTree.fromstring(described.data)
    templates = [str(url.get("template")) for url in root.iter() if url.get("template")]
    assert templates and all(t.startswith("http://127.0.0.1:8000/search") for t in templates)
