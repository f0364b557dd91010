"""Hostile text comes out as text, wherever a query, a name or a number is shown again."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

ID = "kaz-2019-odf-fidu-khisr"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "{{ 7*7 }}${7*7}",
    "javascript:alert(1)",
    "torture <mark>torture</mark>",
    "\u202etorture\u202c \u0000 \ufeff",
    "%3Cscript%3E",
    "&lt;script&gt;",
    '"<b>torture</b>" OR torture',
]
#: Everything the site's own pages are made of; what is not here came from the query.
FORBIDDEN = "img, iframe, object, embed, style, b, [onerror], [onload], [onmouseover]"


@pytest.mark.parametrize("q", HOSTILE)
@pytest.mark.parametrize(
    "path", ["/search", f"/submissions/{ID}", f"/submissions/{ID}/48", f"/submissions/{ID}/45-48"]
)
def test_a_hostile_query_is_shown_as_text(client: FlaskClient, path: str, q: str) -> None:
    answer = client.get(path, query_string={"q": q})
    assert answer.status_code in (200, 303)
    soup = BeautifulSoup(answer.text, "lxml")
    assert not soup.select(FORBIDDEN)
    assert all(tag.get("src") for tag in soup.select("script"))
    assert "49" not in [tag.get_text(strip=True) for tag in soup.select("bdi, q, strong")]
    for link in soup.select("a[href]"):
        assert not str(link["href"]).lower().startswith(("javascript", "data"))


@pytest.mark.parametrize("q", HOSTILE)
def test_a_hostile_query_is_kept_word_for_word(client: FlaskClient, q: str) -> None:
    soup = BeautifulSoup(client.get("/search", query_string={"q": q}).text, "lxml")
    box = soup.select_one("input[name=q]")
    assert box is not None
    # HTML cannot hold a NUL; everything else comes back as it was typed.
    assert str(box["value"]).replace("\ufffd", "\x00") == q
    twin = client.get("/search.json", query_string={"q": q}).get_json()
    assert twin["query"]["text"] == q


@pytest.mark.parametrize("q", HOSTILE)
def test_a_snippets_only_markup_is_mark(client: FlaskClient, q: str) -> None:
    for hit in client.get("/search.json", query_string={"q": q}).get_json()["hits"]:
        soup = BeautifulSoup(f"<p>{hit['snippet']}</p>", "lxml")
        assert {tag.name for tag in soup.find_all(True)} <= {"html", "body", "p", "mark"}


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_filter_is_shown_as_text(client: FlaskClient, value: str) -> None:
    answer = client.get("/search", query_string={"person": value, "section": value})
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "lxml")
    assert not soup.select(FORBIDDEN)
    assert len(soup.select(".chips .chip-facet")) == 2


@pytest.mark.parametrize("part", ["<script>alert(1)<", "%22%3E%3Cimg src=x%3E", "{{7*7}}"])
@pytest.mark.parametrize(
    "path",
    ["/{}", "/submissions/{}", f"/submissions/{ID}/{{}}", "/entities/{}", "/entities/person/{}"],
)
def test_a_hostile_address_is_not_found_and_not_repeated_raw(
    client: FlaskClient, path: str, part: str
) -> None:
    answer = client.get(path.format(part))
    assert answer.status_code == 404
    soup = BeautifulSoup(answer.text, "lxml")
    assert not soup.select(FORBIDDEN)
    assert all(tag.get("src") for tag in soup.select("script"))


#: Turns round whatever follows it.
TURNING = "\u202e"


@pytest.mark.parametrize(
    ("path", "arguments", "place", "said"),
    [
        ("/search", {"q": f"{TURNING}to* torture"}, ".notice", "«to*» is taken as plain words"),
        ("/search", {f"{TURNING}live": "1"}, ".lead", "live is neither a parameter nor a facet"),
        ("/search", {"page": f"{TURNING}9"}, ".lead", "page must be 1 or more, got 9."),
        (f"/submissions/{TURNING}live", {}, ".lead", "There is no submission live."),
        (f"/entities/person/{TURNING}live", {}, ".lead", "No person has the id live."),
    ],
)
def test_what_was_asked_never_turns_the_sites_own_words_round(
    client: FlaskClient, path: str, arguments: dict[str, str], place: str, said: str
) -> None:
    soup = BeautifulSoup(client.get(path, query_string=arguments).text, "lxml")
    assert any(said in told.get_text() for told in soup.select(place))
    # Nor does a word that runs from right to left, where it is the first.
    assert not any(told.has_attr("dir") for told in soup.select(place))
