"""A hundred thousand hostile requests to a real server, a seeded share of them where time is
short: no failure of ours, no echo that runs, and nothing grows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from indexer.query.results import FACETS
from tests.hostile.asking import Answer, faults, get, scripts, send
from tests.hostile.conftest import LONG, Served
from tests.hostile.grammar import METHODS, TARGETS
from tests.hostile.nasty import ENCODED, MARKER, TEXTS, XSS

#: Of all requests: hypothesis, and schemathesis for each operation of the description.
SHORT, LONG_RUN = 700, 88_000
SHORT_PER_OPERATION, LONG_PER_OPERATION = 6, 250
#: Nasty strings tried where time is short; otherwise all of them, everywhere.
SHORT_NASTY = 150

#: How much the memory of all processes may have grown after a warm-up. In the short form most
#: of them are still on their first questions.
GROWTH_LONG, GROWTH_SHORT = 1.05, 1.25

_PARAMETERS = ("q", "from", "to", "sort", "page", "size", *FACETS)
_SEGMENTS = (
    "/submissions/{}", "/submissions/{}.json", "/submissions/{}/1", f"/submissions/{LONG}/{{}}",
    f"/submissions/{LONG}/{{}}.json", f"/submissions/{LONG}/{{}}.ris", "/entities/{}",
    "/entities/person/{}", "/entities/person/{}.json", "/static/{}/style.css", "/{}", "/{}/{}",
)  # fmt: skip


def _nasty_targets() -> Iterator[str]:
    """Every nasty string in every parameter and every part of a path."""
    queries = [quote_plus(text, errors="surrogatepass") for text in TEXTS] + list(ENCODED)
    for value in queries:
        yield from (f"/search?{name}={value}" for name in _PARAMETERS)
        yield f"/search.json?q={value}"
        yield f"/search.csv?q={value}"
        yield f"/search.atom?q={value}"
        yield f"/search?{value}=1"
        yield f"/submissions/{LONG}?q={value}"
        yield f"/submissions/{LONG}/30?q={value}"
    parts = [quote(text, safe="", errors="surrogatepass") for text in TEXTS] + list(ENCODED)
    for value in parts:
        yield from (place.replace("{}", value) for place in _SEGMENTS)


def _check(asked: bytes, answer: Answer) -> None:
    found = faults(answer)
    assert not found, f"{asked[:600]!r}: {found}"


def test_nasty_strings_everywhere(served: Served, soak: bool) -> None:
    targets = list(_nasty_targets())
    if not soak:
        targets = random.Random(1).sample(targets, SHORT_NASTY)
    for target in targets:
        _check(target.encode(), get(served.port, target.encode()))


#: Heads and addresses that are unusual as a whole.
_WHOLE = {
    "a quarter of a megabyte of query": b"/search?q=" + b"a" * 250_000,
    "a quarter of a megabyte of spaces": b"/search?q=" + b"+" * 250_000,
    "ten thousand parameters": b"/search?" + b"&".join(b"person=p%d" % n for n in range(10_000)),
    "ten thousand unknown ones": b"/search?" + b"&".join(b"x%d=1" % n for n in range(10_000)),
    "the same one twice": b"/search?q=a&q=b",
    "another separator": b"/search?q=a;page=2",
    "a thousand filters": b"/search.json?" + b"&".join(b"law=l%d" % n for n in range(1000)),
    "no path": b"?q=a",
    "another address": b"http://127.0.0.1/search?q=torture",
    "dots": b"/static/../../../../etc/passwd",
    "a fragment": b"/search?q=a#b",
    "a deep path": b"/a" * 20_000,
}


@pytest.mark.parametrize("target", _WHOLE.values(), ids=_WHOLE.keys())
def test_unusual_addresses(target: bytes, served: Served) -> None:
    _check(target, get(served.port, target))


#: What each of these once did is in its name.
_FOUND = {
    "a year that is a digit and no number broke the chart": "/search?year=%C2%B2",
    "a year of five thousand digits": f"/search?year=1{'0' * 5000}",
}


@pytest.mark.parametrize("target", _FOUND.values(), ids=_FOUND.keys())
def test_what_was_found(target: str, served: Served) -> None:
    _check(target.encode(), get(served.port, target.encode()))


_HEADERS = {
    "a long one": b"X-Long: " + b"a" * 100_000 + b"\r\n",
    "thousands": b"".join(b"X-%d: a\r\n" % n for n in range(5000)),
    "not ASCII": b"X-Odd: \xff\xfe\xc0\xaf\r\n",
    "forwarded": b"X-Forwarded-For: ' OR 1=1\r\nX-Forwarded-Host: evil.example\r\n",
    "languages": b"Accept-Language: " + b"en;q=0.1," * 5000 + b"\r\n",
    "a range": b"Range: bytes=" + b"0-," * 5000 + b"\r\n",
    "conditions": b"If-None-Match: " + b'"a",' * 5000 + b"\r\nIf-Modified-Since: x\r\n",
    "cookies": b"Cookie: " + b"a=b; " * 5000 + b"\r\n",
    "an upgrade": b"Connection: Upgrade\r\nUpgrade: websocket\r\n",
    "expectations": b"Expect: anything\r\n",
}


@pytest.mark.parametrize("headers", _HEADERS.values(), ids=_HEADERS.keys())
def test_unusual_headers(headers: bytes, served: Served) -> None:
    _check(headers, get(served.port, b"/search?q=torture", more=headers))


def test_a_head_that_is_none(served: Served) -> None:
    for nothing in (b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\xfc\r\n\r\n"):
        assert send(served.port, nothing).status == 400


@pytest.mark.parametrize("payload", XSS)
def test_scripts_in_a_query_and_in_texts_do_not_run(payload: str, served: Served) -> None:
    for target in (
        f"/search?q={quote_plus(payload)}",
        f"/submissions/scripts?q={quote_plus(payload)}",
        f"/submissions/scripts/{XSS.index(payload) + 1}?q={quote_plus(MARKER)}",
        f"/search?q={MARKER}&size=100",
        f"/search?person={quote_plus(payload)}",
        f"/submissions/{quote(payload, safe='')}",
    ):
        answer = get(served.port, target.encode())
        assert MARKER in answer.body.decode() or answer.status == 404
        _check(target.encode(), answer)


def test_a_script_that_would_run_is_seen() -> None:
    unseen = [
        payload
        for payload in XSS
        if not scripts(f"<p>{payload}</p><b title=\"{payload}\"></b><b title='{payload}'></b>")
    ]
    # These run only where something is an address, is taken out, decoded or folded first.
    opened_by = ("javascript:", "<scr<script>", "&lt;", "\uff1c")
    assert [payload for payload in unseen if not payload.startswith(opened_by)] == []
    assert len(unseen) == len(opened_by)
    assert not scripts(f"<p>&lt;script&gt;{MARKER}&lt;/script&gt;</p>")


def test_generated_requests(served: Served, soak: bool) -> None:
    """Memory and descriptors are looked at in the course of it."""
    warm, asked = (0, 0), 0
    most = LONG_RUN if soak else SHORT

    @settings(
        max_examples=most, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(TARGETS, METHODS)
    def ask(target: bytes, method: bytes) -> None:
        nonlocal warm, asked
        asked += 1
        if asked == most // 3:
            warm = served.memory(), served.descriptors()
        _check(method + b" " + target, get(served.port, target, method))

    ask()
    assert served.memory() <= warm[0] * (GROWTH_LONG if soak else GROWTH_SHORT)
    assert served.descriptors() <= warm[1] + 5


def test_requests_from_the_description(served: Served, soak: bool) -> None:
    described = schemathesis.openapi.from_url(f"{served.address}/openapi.json")
    described.config.generation.update(modes=list(schemathesis.GenerationMode))
    examples = LONG_PER_OPERATION if soak else SHORT_PER_OPERATION
    for result in described.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @settings(
            max_examples=examples, derandomize=True, deadline=None, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(operation.as_strategy())
        def ask(case: Any) -> None:
            response = case.call(base_url=served.address)
            headers = {name: values[0] for name, values in response.headers.items()}
            _check(
                f"{case.method} {case.formatted_path} {case.query}".encode(),
                Answer(response.status_code, headers, response.content),
            )

        ask()
