"""Nothing of a request is printed, logged or written: not its words, nor who sent it or whence."""

from __future__ import annotations

import base64
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from flask import request

from indexer.settings import Settings
from tests import processes
from tests.serving import answer, free_port, serving
from tests.webapp.conftest import Served
from tests.webapp.test_ending import ROOT, USUAL
from tests.webapp.test_wire import UNREAD
from webapp import create_app
from webapp.site import Site

#: In no corpus and in no file of ours.
MARK = b"zqXvwkj"
#: Another address of this machine, on Linux: the server prints its own.
VISITOR = "127.0.73.219"
HOST = b"Host: localhost\r\n"
END = b"Connection: close\r\n\r\n"
HEADERS = [
    "Accept", "Accept-Language", "Authorization", "Cookie", "Expect", "Forwarded", "From",
    "If-Modified-Since", "If-None-Match", "Origin", "Proxy", "Range", "Referer", "Sec-Fetch-Site",
    "TE", "Upgrade", "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Host",
    "X-HTTP-Method-Override", "X-Original-URL", "X-Real-IP", "X-Request-ID",
]  # fmt: skip
PATHS = [
    b"/zqXvwkj", b"/search?q=zqXvwkj", b"/search.json?q=zqXvwkj&page=0", b"/search.csv?q=zqXvwkj",
    b"/search.atom?q=zqXvwkj", b"/search?section=zqXvwkj", b"/search?zqXvwkj=1",
    b"/search?from=zqXvwkj", b"/submissions/zqXvwkj", b"/submissions/zqXvwkj/source",
    b"/entities/person/zqXvwkj", b"/static/zqXvwkj/zqXvwkj", b"/healthz?zqXvwkj", b"//zqXvwkj",
    b"/search?q=%22zqXvwkj", b"/search?q=zqXvwkj%ff%fe%00", b"/search?q=%1b%5B31mzqXvwkj%0d%0a",
    b"/search?q=" + b"zqXvwkj%20" * 900, b"/search?q=(" + b"zqXvwkj%20NEAR/9%20" * 200 + b")",
    b"/zqXvwkj%0d%0aX:y", b"/zqXvwkj\xff", b"http://zqXvwkj.example/",
]  # fmt: skip


def requests() -> Iterator[bytes]:
    """The mark in every place that a request has."""
    for path in PATHS:
        yield b"GET " + path + b" HTTP/1.1\r\n" + HOST + END
    for name in HEADERS:
        for value in (MARK, b"\x1b[31m" + MARK, MARK + b"\x00\xff"):
            yield b"GET / HTTP/1.1\r\n" + HOST + name.encode() + b": " + value + b"\r\n" + END
    for method in (b"POST", b"PUT", MARK.upper(), b"QUERY"):
        body = HOST + b"Content-Length: 7\r\n" + END + MARK
        yield method + b" /search HTTP/1.1\r\n" + body
    yield b"GET / HTTP/1.1\r\nHost: " + MARK + b"\r\n" + END
    yield b"GET / HTTP/1.1\r\n" + HOST + MARK + b": 1\r\n" + END
    yield b"\x16\x03\x01\x02\x00\x01" + MARK + b"\r\n\r\n"  # a TLS client that took the wrong port
    for sent, _ in UNREAD:
        yield sent.replace(b"yerimbetov", MARK)


def traces() -> list[bytes]:
    """How the mark, or the visitor, may have been written down, in lower case."""
    # Of a text in base64, these letters are the mark's alone, wherever in it the mark stands.
    encoded = [
        base64.b64encode(b"_" * before + MARK)[-(-4 * before // 3) : 4 * (before + len(MARK)) // 3]
        for before in range(3)
    ]
    return [MARK.lower(), MARK.hex().encode(), VISITOR.encode(), *(e.lower() for e in encoded)]


def nothing_is_left(folder: Path) -> None:
    """Search what a server printed, and every file in every folder that it may write to."""
    for path in folder.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        for trace in traces():
            assert trace not in content, (path, trace)


def test_what_would_be_found() -> None:
    assert b"zqxvwkj" in traces()
    for before in (b"", b"a", b"ab", b"abc"):
        assert any(t in base64.b64encode(before + MARK + b"yz").lower() for t in traces())


def test_nothing_of_a_request_is_printed_or_written(served: Served) -> None:
    source = VISITOR if sys.platform == "linux" else "127.0.0.1"
    for sent in requests():
        assert served.exchange(sent, source=source).startswith(b"HTTP/1."), sent
    nothing_is_left(served.folder)
    for line in (served.folder / "server.log").read_text(encoding="utf-8").splitlines():
        assert line.startswith(USUAL), line


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux shows them")
def test_nothing_of_a_search_that_was_ended_is_printed_or_written(
    settings: Settings, tmp_path: Path
) -> None:
    port = free_port()
    shutil.copytree(settings.data_folder, tmp_path / "data")
    command = (sys.executable, "-m", "webapp", "serve", "--data", "data", "--port", str(port))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "PILCROW_SEARCH_PROCESSES": "3",
        # A search takes longer than this, and is ended.
        "PILCROW_SEARCH_SECONDS": "0.001",
    }
    with serving(command, port, tmp_path, environment) as address:
        told = Served(address, port, tmp_path)
        mark, server = MARK.decode(), processes.server_of(port)
        ended = [f"{address}/search?q={mark}+{'*a* ' * 90}", f"{address}/search.json?q={mark}"]
        for asked in ended:
            # Who looks late, on a busy machine, may find the answer there.
            deadline = time.monotonic() + 60
            while answer(asked.replace(" ", "+"))[0] != 422:
                assert time.monotonic() < deadline
        for _ in range(3):
            # Those that were ended for their time are being replaced.
            deadline = time.monotonic() + 60
            while not (killed := processes.workers(server)):
                assert time.monotonic() < deadline
            for process in killed:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            told.exchange(b"GET /search?q=" + MARK + b" HTTP/1.1\r\n" + HOST + END)
    nothing_is_left(tmp_path)


def test_a_defect_in_the_making_of_a_page_is_told_by_its_place_alone(
    site: Site, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(site.settings, site)

    def broken(told: str) -> str:
        raise ValueError(f"{told} {request.headers['Referer']} {request.args['q']}")

    app.add_url_rule("/broken/<told>", "broken", broken)
    answered = app.test_client().get(
        f"/broken/{MARK.decode()}",
        query_string={"q": MARK},
        headers={"Referer": MARK.decode(), "User-Agent": MARK.decode()},
        environ_base={"REMOTE_ADDR": VISITOR},
    )
    assert answered.status_code == 500
    printed = "".join(capfd.readouterr()) + caplog.text
    assert "ValueError at" in printed and "test_silence.py" in printed
    for text in (printed, answered.text.replace(f'value="{MARK.decode()}"', "")):
        for trace in traces():
            assert trace not in text.lower().encode()
