"""A page of another site, in the browser of someone who has Pilcrow on their own machine."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.needs import chromium
from tests.webapp.conftest import ARGUMENTS, Served

pytestmark = pytest.mark.needs("chromium")

#: Of the same machine, so of the same site, at another port; and of another site.
STRANGERS = ["127.0.0.1", "evil.example"]
#: Addresses whose answers differ from each other in everything that could be seen from outside.
PATHS = ["/search?q=torture", "/search?q=48", "/search.json?q=nothingofthekind"]


class Stranger(http.server.BaseHTTPRequestHandler):
    """A site that is not ours."""

    page: ClassVar[bytes] = b"<!doctype html><title>stranger</title><p id=x>A page"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def stranger_port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def rebound(browser: Browser) -> Iterator[Browser]:
    """A browser for which every name is this machine, as after DNS rebinding."""
    rules = [
        "--host-resolver-rules=MAP * 127.0.0.1",
        # Newer browsers ask their user before a page may reach the own machine; not all do.
        "--disable-features=LocalNetworkAccessChecks",
    ]
    rebound = browser.browser_type.launch(
        executable_path=chromium(), args=[*ARGUMENTS, *rules], timeout=120_000
    )
    yield rebound
    rebound.close()


@pytest.fixture(params=STRANGERS)
def stranger(
    rebound: Browser, stranger_port: int, request: pytest.FixtureRequest
) -> Iterator[Page]:
    context: BrowserContext = rebound.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"http://{request.param}:{stranger_port}/")
    yield page
    assert context.cookies() == []
    context.close()


def seen(page: Page, script: str, address: str) -> set[str]:
    """What *script* sees of each of our addresses; one answer means that it learns nothing."""
    told = [
        page.evaluate(f"async (url) => JSON.stringify(await ({script})(url))", f"{address}{path}")
        for path in PATHS
    ]
    assert len(told) == len(PATHS)
    return set(told)


FETCH = """async (url) => {
  try { const a = await fetch(url, OPTIONS); return [a.type, a.status, (await a.text()).length]; }
  catch (error) { return error.name; }
}"""

# After three seconds nothing more is to come: long enough, on a busy machine, for every event that
# comes at all. One that comes for one address, and late for another, would pass for a difference.
LOADS = """(url) => new Promise((done) => {
  const tag = document.createElement("TAG");
  const told = (what) => () => {
    let rules;
    try { rules = tag.sheet?.cssRules?.length; } catch (error) { rules = error.name; }
    done([what, tag.naturalWidth, rules]);
  };
  tag.onload = told("load"); tag.onerror = told("error");
  ATTRIBUTES;
  document.body.append(tag);
  setTimeout(told("silence"), 3000);
})"""

FRAMES = """(url) => new Promise((done) => {
  const tag = document.createElement("TAG");
  const told = () => {
    let inside;
    try { inside = tag.contentDocument && tag.contentDocument.body.innerText; }
    catch (error) { inside = error.name; }
    let frames;
    try { frames = tag.contentWindow && tag.contentWindow.length; } catch (e) { frames = e.name; }
    done([inside, frames, tag.offsetWidth]);
  };
  tag.onload = told; tag.onerror = told;
  ATTRIBUTES;
  document.body.append(tag);
  setTimeout(told, 3000);
})"""


@pytest.mark.parametrize(
    "options",
    [
        "{}",
        "{mode: 'no-cors'}",
        "{credentials: 'include'}",
        "{mode: 'no-cors', cache: 'force-cache'}",
        "{headers: {'X-Own': '1'}}",
        "{method: 'POST', mode: 'no-cors', body: 'q=torture'}",
        "{referrerPolicy: 'no-referrer', mode: 'no-cors', redirect: 'follow'}",
    ],
)
def test_it_can_fetch_nothing(stranger: Page, served: Served, options: str) -> None:
    assert seen(stranger, FETCH.replace("OPTIONS", options), served.address) == {'"TypeError"'}


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("img", "tag.src = url"),
        ("script", "tag.src = url"),
        ("script", "tag.type = 'module'; tag.src = url"),
        ("link", "tag.rel = 'stylesheet'; tag.href = url"),
        ("link", "tag.rel = 'preload'; tag.as = 'image'; tag.href = url"),
        ("link", "tag.rel = 'prefetch'; tag.href = url"),
        ("video", "tag.src = url"),
    ],
)
def test_it_can_load_nothing(stranger: Page, served: Served, tag: str, attributes: str) -> None:
    script = LOADS.replace("TAG", tag).replace("ATTRIBUTES", attributes)
    told = seen(stranger, script, served.address)
    assert len(told) == 1
    assert '"load"' not in told.pop()


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("iframe", "tag.src = url"),
        ("object", "tag.data = url"),
        ("embed", "tag.src = url"),
    ],
)
def test_it_can_frame_nothing(stranger: Page, served: Served, tag: str, attributes: str) -> None:
    script = FRAMES.replace("TAG", tag).replace("ATTRIBUTES", attributes)
    told = seen(stranger, script, served.address)
    assert len(told) == 1 and "torture" not in told.pop()


def test_our_style_and_picture_are_no_sign_that_we_are_here(stranger: Page, served: Served) -> None:
    page = served.exchange(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for name in ("page.css", "pilcrow.svg", "pilcrow.js"):
        path = next(p for p in page.decode().split('"') if p.endswith(name))
        for tag, attributes in (("img", "tag.src = url"), ("script", "tag.src = url")):
            script = LOADS.replace("TAG", tag).replace("ATTRIBUTES", attributes)
            told = stranger.evaluate(f"(url) => ({script})(url)", served.address + path)
            assert told[0] == "error"


def test_what_it_times_is_a_refusal(stranger: Page, served: Served) -> None:
    script = """async (url) => {
      await fetch(url, {mode: "no-cors"}).catch(() => 0);
      await new Promise((done) => setTimeout(done, 50));
      return performance.getEntriesByName(url).map((e) =>
        [e.transferSize, e.encodedBodySize, e.decodedBodySize, e.responseStatus, e.nextHopProtocol,
         e.redirectEnd, e.requestStart, e.responseStart]);
    }"""
    for entry in seen(stranger, script, served.address):
        assert not any(character in entry for character in "123456789")


def test_a_window_that_it_opens_is_out_of_its_reach(stranger: Page, served: Served) -> None:
    for path in PATHS:
        with stranger.context.expect_page() as opened:
            stranger.evaluate("(url) => { window.it = open(url); }", f"{served.address}{path}")
        # The reader sees the page, as by any link; the opener sees that there is no window.
        opened.value.wait_for_url(f"{served.address}/**")
        assert opened.value.evaluate("window.opener") is None
        told = stranger.evaluate(
            """() => { try { return [it.closed, it.length, it.document?.title]; }
                       catch (error) { return error.name; } }"""
        )
        assert told in ([True, 0, None], "SecurityError"), told
        opened.value.close()


def test_it_can_lead_a_reader_here_and_send_nothing_along(stranger: Page, served: Served) -> None:
    home = stranger.url
    form = """([url, method]) => {
      const form = document.createElement("form");
      form.action = url; form.method = method;
      const field = document.createElement("input");
      field.name = "q"; field.value = "torture";
      form.append(field); document.body.append(form); form.submit();
    }"""
    for method, status in (("get", 200), ("post", 403)):
        with stranger.expect_navigation() as there:
            stranger.evaluate(form, [f"{served.address}/search", method])
        assert there.value.status == status
        stranger.goto(home)


def test_it_can_open_no_socket(stranger: Page, served: Served) -> None:
    script = """(url) => new Promise((done) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      socket.onopen = () => done("open"); socket.onerror = () => done("error");
    })"""
    assert seen(stranger, script, served.address) == {'"error"'}
    events = """(url) => new Promise((done) => {
      const source = new EventSource(url);
      source.onopen = () => done("open"); source.onerror = () => done("error");
    })"""
    assert seen(stranger, events, served.address) == {'"error"'}


def test_a_name_that_became_this_machine_is_refused(rebound: Browser, served: Served) -> None:
    page = rebound.new_page()
    evil = f"http://evil.example:{served.port}"
    # Its page came when the name was still its own; for the browser all is one origin now.
    lure = "<!doctype html><title>lure</title>"
    page.route("**/lure", lambda route: route.fulfill(body=lure, content_type="text/html"))
    page.goto(f"{evil}/lure")
    for path in PATHS:
        script = (
            "async (path) => { const a = await fetch(path); return [a.status, await a.text()]; }"
        )
        status, text = page.evaluate(script, path)
        assert status == 400
        assert "torture" not in text and "evil" not in text
    answered = page.goto(f"{evil}/search?q=torture")
    assert answered is not None and answered.status == 400
    page.context.close()
