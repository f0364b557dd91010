"""What the server itself answers, on the wire: malformed requests and all that is none."""

from __future__ import annotations

import json

import pytest

from tests.webapp.conftest import Served
from webapp.channels import MOST_LINES
from webapp.headers import HEADERS

MARK = b"yerimbetov"
HOST = b"Host: localhost\r\n"
END = b"Connection: close\r\n\r\n"

#: What is sent, and the status of its answer.
UNREAD: list[tuple[bytes, int]] = [
    (b"yerimbetov\r\n\r\n", 400),
    (b"GET /yerimbetov\r\n\r\n", 400),  # HTTP/0.9
    (b"GET /yerimbetov HTTP/1.1\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.0\r\n\r\n", 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + HOST + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"host: evil.example\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\nHost : localhost\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/9.9\r\n" + END, 400),
    (b"GET /yerim betov HTTP/1.1\r\n" + HOST + END, 400),
    (b"get /yerimbetov HTTP/1.1\r\n" + HOST + END, 400),
    (b"GET /yerimbetov\nHTTP/1.1\r\n" + HOST + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"X: yerimbetov\rX: b\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"X: yerimbetov\nX: b\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"yerimbetov\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n yerimbetov: folded\r\n" + HOST + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"X: \x1b[31myerimbetov\x00\r\n" + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"a:b\r\n" * MOST_LINES + END, 400),
    (b"GET http://[yerimbetov/ HTTP/1.1\r\n" + HOST + END, 400),
    (b"GET http://evil.example/yerimbetov HTTP/1.1\r\n" + HOST + END, 400),
    (b"GET http://yerimbetov@localhost/ HTTP/1.1\r\n" + HOST + END, 400),
    (b"GET /yerimbetov HTTP/1.1\r\n" + HOST + b"Content-Length: yerimbetov\r\n" + END, 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n" + END + MARK, 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 2000\r\n" + END + MARK, 413),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 30 + b"\r\n" + END, 413),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 9999 + b"\r\n" + END, 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: yerimbetov\r\n" + END, 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n" + END + MARK + b"\r\n", 400),
    (
        b"POST / HTTP/1.1\r\n"
        + HOST
        + b"Transfer-Encoding: chunked\r\n"
        + END
        + b"fff\r\n"
        + b"a" * 0xFFF
        + b"\r\n0\r\n\r\n",
        413,
    ),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + MARK * 30_000 + b"\r\n" + END, 431),
    (b"GET /" + MARK * 30_000 + b" HTTP/1.1\r\n" + HOST + END, 431),
    (b"CONNECT yerimbetov:443 HTTP/1.1\r\n" + HOST + END, 404),
    (b"CONNECT yerimbetov:443 HTTP/1.1\r\nHost: yerimbetov:443\r\n" + END, 400),
    (b"OPTIONS * HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET *yerimbetov HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET yerimbetov HTTP/1.1\r\n" + HOST + END, 404),
    (b"YERIMBETOV / HTTP/1.1\r\n" + HOST + END, 405),
    (b"TRACE / HTTP/1.1\r\n" + HOST + b"X: yerimbetov\r\n" + END, 405),
    (b"GET //search?q=x HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET //evil.example/%2e%2e HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /%2F/evil.example HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /\\evil.example HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /search/ HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /submissions/../search HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /search;q=yerimbetov HTTP/1.1\r\n" + HOST + END, 404),
    (b"GET /\xff\xfeyerimbetov HTTP/1.1\r\n" + HOST + END, 400),
    (b"GET /%0d%0aSet-Cookie:%20yerimbetov=1 HTTP/1.1\r\n" + HOST + END, 404),
]


@pytest.mark.parametrize(("sent", "status"), UNREAD, ids=[f"{sent[:40]!r}" for sent, _ in UNREAD])
def test_what_is_no_request_of_ours_is_answered_in_our_words(
    served: Served, sent: bytes, status: int
) -> None:
    headers, body = answered(served, sent, status)
    if headers["content-type"] == "application/json":
        error = json.loads(body)["error"]
        assert set(error) == {"status", "code", "message", "cure"} and all(error.values())
        assert error["status"] == status
    else:
        assert f"Error {status}".encode() in body
    assert MARK not in body.lower()
    assert "location" not in headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/search?q=48", "/healthz", "/nowhere", "/search?page=0"])
def test_every_answer_has_our_headers_whatever_is_asked(
    served: Served, path: str, method: str
) -> None:
    status = {"/search?q=48": 303, "/nowhere": 404, "/search?page=0": 400}.get(path, 200)
    headers, body = answered(
        served, f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + END, status
    )
    assert bool(body) is (method == "GET" and status != 303)
    if status == 303:
        assert headers["location"].startswith("/submissions/")


@pytest.mark.parametrize(
    "path", ["/help", "/search?q=torture", "/search.csv?q=torture", "/nowhere"]
)
def test_head_tells_the_length_that_get_would_have(served: Served, path: str) -> None:
    status = 404 if path == "/nowhere" else 200
    lengths = []
    for method in ("GET", "HEAD"):
        sent = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + END
        lengths.append(answered(served, sent, status)[0]["content-length"])
    assert lengths[0] == lengths[1] != "0"


def test_a_body_that_is_announced_and_empty_is_not_waited_for(served: Served) -> None:
    """It was told to go on, and was answered when the connection had been idle for too long."""
    for more in (b"", b"Content-Length: 0\r\n"):
        sent = b"GET /help HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\n" + more + END
        assert b"How to ask" in answered(served, sent, 200)[1]


def test_a_refusal_of_head_has_no_body(served: Served) -> None:
    sent = b"HEAD / HTTP/1.1\r\n" + HOST + b"Content-Length: 2000\r\n" + END
    assert answered(served, sent, 413)[1] == b""


def test_what_a_browser_has_already_is_confirmed_with_the_same_headers(served: Served) -> None:
    page = answered(served, b"GET / HTTP/1.1\r\n" + HOST + END, 200)[1].decode()
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    ask = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n".encode()
    headers, body = answered(served, ask + END, 200)
    assert body and "immutable" in headers["cache-control"]
    headers, body = answered(
        served, ask + f"If-None-Match: {headers['etag']}\r\n".encode() + END, 304
    )
    assert not body and "immutable" in headers["cache-control"]


def test_a_request_in_full_is_asked_of_the_host_in_its_address(served: Served) -> None:
    sent = b"GET http://127.0.0.1/help HTTP/1.1\r\nHost: evil.example\r\n" + END
    assert b"How to ask" in answered(served, sent, 200)[1]


def test_one_request_cannot_hide_in_another(served: Served) -> None:
    hidden = b"GET /yerimbetov HTTP/1.1\r\nHost: localhost\r\n\r\n"
    sent = (
        b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
        b"\r\nzz\r\n\r\n"
    )
    body = answered(served, sent + hidden, 400)[1]
    assert b"\r\n" not in body
    two = b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"
    assert b"\r\n" not in answered(served, two + hidden, 400)[1]


def answered(served: Served, sent: bytes, status: int) -> tuple[dict[str, str], bytes]:
    """Headers, named in lower case, and body of the answer, which must be one of ours."""
    head, _, body = served.exchange(sent).partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    assert first.split(" ")[1] == str(status), first
    headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines)}
    assert len(headers) == len(lines), "a header is sent twice"
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value, name
    assert headers["cache-control"]
    assert not {"server", "via", "x-powered-by", "set-cookie"} & headers.keys()
    return headers, body
