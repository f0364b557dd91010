"""What every answer tells the browser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

ID = "kaz-2019-odf-fidu-khisr"
PAGES = [
    "/",
    "/search",
    "/search?q=torture",
    "/search?q=nothing-of-the-kind",
    "/submissions",
    f"/submissions/{ID}",
    f"/submissions/{ID}?q=torture",
    f"/submissions/{ID}/48",
    f"/submissions/{ID}/45-52?q=torture",
    "/entities",
    "/entities/person",
    "/entities/person/mukhtar-ablyazov",
    "/help",
    "/about",
    "/nowhere",
    "/search?page=0",
]
OTHERS = [
    "/index.json",
    "/search.json",
    "/search.csv",
    "/healthz",
    "/openapi.json",
    "/opensearch.xml",
    "/robots.txt",
    f"/submissions/{ID}/source",
    f"/submissions/{ID}/48.ris",
]


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_answer_is_closed_in(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/search?q=torture", "/search.json?q=torture", "/nowhere"])
def test_what_was_asked_is_kept_in_no_cache(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_only_its_own(client: FlaskClient, path: str) -> None:
    soup = BeautifulSoup(client.get(path).text, "lxml")
    loaded = [
        *(tag["src"] for tag in soup.select("[src]")),
        *(tag["href"] for tag in soup.select("link[rel=stylesheet], link[rel=icon]")),
        *(tag["action"] for tag in soup.select("form")),
    ]
    assert loaded
    for address in loaded:
        assert str(address).startswith("/") and not str(address).startswith("//")
    assert not soup.select("style, [style], script:not([src]), iframe, object, embed, base")
    inline = [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert inline == []


@pytest.mark.parametrize("path", PAGES)
def test_links_out_carry_no_trace_of_where_they_were(client: FlaskClient, path: str) -> None:
    soup = BeautifulSoup(client.get(path).text, "lxml")
    for link in soup.select("a[href]"):
        address = str(link["href"])
        if not address.startswith(("/", "#")):
            assert address.lower().startswith(("http://", "https://"))
            assert link["rel"] == ["noreferrer", "noopener"]


def test_static_files_are_kept_for_good_under_their_digest(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/help").text, "lxml")
    tags = soup.select("head [href^='/static'], head [src^='/static']")
    files = [str(tag.get("href") or tag.get("src")) for tag in tags]
    assert len(files) >= 5
    for address in files:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
        stale = address.replace(address.split("/")[2], "0" * 16)
        assert client.get(stale).status_code == 404
    assert client.get(f"{files[0].rsplit('/', 1)[0]}/..%2F__init__.py").status_code == 404


def test_a_static_file_is_had_whole_or_its_error_has_our_shape(client: FlaskClient) -> None:
    """It was sent with 412, to be kept for good as that."""
    address = str(BeautifulSoup(client.get("/help").text, "lxml").select("link")[0]["href"])
    with client.get(address) as answer:
        whole = answer.data
    for asked in ("bytes=0-9", "bytes=99999999-"):
        with client.get(address, headers={"Range": asked}) as answer:
            assert (answer.status_code, answer.data) == (200, whole)
    failed = client.get(address, headers={"If-Match": '"another"'})
    assert failed.status_code == 412
    assert failed.headers["Cache-Control"] == "no-store"
    assert "Error 412" in failed.text and "Ask without If-Match" in failed.text


def test_the_original_is_only_to_be_saved(client: FlaskClient) -> None:
    answer = client.get(f"/submissions/{ID}/source")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["localhost:47113", "[::1]:47113", "127.0.0.1.:47113"])
def test_no_address_is_made_from_the_host_header(client: FlaskClient, host: str) -> None:
    """Of hosts that are ours, by a port that is not: others are refused before."""
    told = {"Host": host, "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "47113"}
    redirected = 0
    for path in (*PAGES, *OTHERS, "/search?q=48", "/search.atom", "/search/", "/help/", "//x"):
        answer = client.get(path, headers=told)
        assert answer.status_code != 400 or path == "/search?page=0"
        for text in (answer.text, str(answer.headers)):
            assert "47113" not in text and "evil" not in text, path
        redirected += answer.status_code == 303
        assert not answer.headers.get("Location", "/").startswith(("http", "//"))
    assert redirected == 1


def test_a_page_has_its_landmarks_and_headings_in_order(client: FlaskClient) -> None:
    for path in PAGES:
        soup = BeautifulSoup(client.get(path).text, "lxml")
        assert len(soup.select("h1")) == 1, path
        assert len(soup.select("main")) == 1 and soup.select("header") and soup.select("footer")
        assert len(soup.select("form[role=search]")) == 1, path
        skip = soup.select_one("a.skip")
        assert isinstance(skip, Tag) and soup.select_one(str(skip["href"])), path
        levels = [int(tag.name[1]) for tag in soup.select("h1, h2, h3, h4, h5, h6")]
        for above, below in pairwise(levels):
            assert below <= above + 1, (path, levels)
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids)), path
        for label in soup.select("label[for]"):
            assert soup.find(id=str(label["for"])), path
