"""A document whose every place is hostile: nothing of it runs, loads, or turns round the page."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from indexer.pipeline import update
from indexer.settings import Settings, packaged_corpus
from webapp import create_app
from webapp.isolation import isolated, undirected
from webapp.site import Site

pytestmark = pytest.mark.needs("chromium")

ID = "hostile"
#: Each breaks out of another place: text, attribute, title, textarea, comment, script, style.
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=//evil.example/x onerror=alert(2)>',
    "' autofocus onfocus='alert(3)",
    "</title></textarea></style><svg onload=alert(4)>",
    "--><iframe srcdoc='<script>alert(5)</script>'></iframe>",
    "{{ 7*191 }}{% raw %}${7*191}",
    "javascript:alert(6)",
    "&lt;script&gt;alert(7)&lt;/script&gt;",
)
ALL = " ".join(PAYLOADS)
#: Turns round what follows, after ending every isolation that it stands in.
TURNING = "\u2069\u2069\u202c\u202e"
#: Two spaces, joiners that words need, a soft hyphen, controls of direction.
INVISIBLE = "Two  spaces, خانه\u200cهای, ක්\u200dෂ, soft\u00adhyphens, \u2067דו\u2069 \u200f."
ADDRESSES = (
    "javascript:alert(8)", "data:text/html,<script>alert(9)</script>", "vbscript:alert(10)",
    "file:///etc/passwd", "JaVaScRiPt://x/%0aalert(11)", "//evil.example/x",
    "https://ohchr.org@evil.example/", "https://plain.example/a", "\uff48ttps://wide.example/",
)  # fmt: skip


def source() -> str:
    """The document."""
    notes = "\n".join(f"[{n}] See {address} of 2019." for n, address in enumerate(ADDRESSES, 1))
    marks = " ".join(f"word[{n}]." for n in range(1, len(ADDRESSES) + 1))
    return f"""Submission on Kazakhstan {ALL}
Submitted by {PAYLOADS[1]}

A. {PAYLOADS[0]} HEADING {TURNING}

1. Torture {ALL} in Almaty.
2. Mr. Evil <b>Bold</b> Name met the Committee {PAYLOADS[3]} on 5 March 2018. {marks}
3. The turning {TURNING} torture of 12 persons, see paragraph 1 above.

B. {ALL}

4. Article 7 {PAYLOADS[1]} of the Law on {PAYLOADS[2]} Things. TURNED NAME is here.
5. {INVISIBLE}

{notes}
"""


SIDECAR = f"""
id = "{ID}"
title = {json.dumps(f"Title {ALL} {TURNING} end")}
kind = {json.dumps(f"kind {ALL}")}
state = "KAZ"
session = "34"
date = "2019"
rights = {json.dumps(f"rights {ALL} {TURNING}")}
source_url = "https://example.org/\\"><script>alert(12)</script>"
codes = ["JS1"]
[[submitters]]
short = {json.dumps(f"S {PAYLOADS[0]} {TURNING}")}
name = {json.dumps(f"Name {ALL} {TURNING}")}
city = {json.dumps(f"City {PAYLOADS[1]} {TURNING}")}
website = "javascript:alert(13)"
emails = ["x@example.org\\"><script>alert(14)</script>"]
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the document is served."""
    folder = tmp_path_factory.mktemp("hostile")
    texts, authority = folder / "corpus" / "submissions", folder / "corpus" / "authority"
    texts.mkdir(parents=True)
    authority.mkdir()
    name = "a'><img src=x onerror=alert(15)>\u202e.txt"
    (texts / name).write_text(source(), encoding="utf-8")
    (texts / f"{name}.toml").write_text(SIDECAR, encoding="utf-8")
    columns = (packaged_corpus() / "authority" / "global.csv").read_text("utf-8").splitlines()[0]
    with (authority / "global.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, columns.split(","))
        writer.writeheader()
        label = f"Turned {ALL.replace('|', '')} {TURNING}"
        writer.writerow(
            {"id": "turned", "type": "person", "label": label, "aliases": "TURNED NAME"}
        )
    settings = Settings(corpus=folder / "corpus", data=folder / "data", reading_processes=1)
    assert update(settings).failed == ()
    site = Site(settings)
    server = make_server("127.0.0.1", 0, create_app(settings, site), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    site.close()


@pytest.fixture
def page(browser: Browser, hostile: str) -> Iterator[Page]:
    """A page on which nothing may run, be loaded from elsewhere or be kept by the policy."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    odd: list[str] = []

    def dialog(shown: object) -> None:
        odd.append(f"dialog {shown}")

    page.on("dialog", dialog)
    page.on("request", lambda r: odd.append(r.url) if not r.url.startswith(hostile) else None)
    page.on("console", lambda told: odd.append(told.text) if "olicy" in told.text else None)
    page.on("pageerror", lambda error: odd.append(str(error)))
    page.on("popup", lambda popup: odd.append(popup.url))
    page.goto(hostile)
    yield page
    assert odd == []
    assert context.cookies() == []
    context.close()


def addresses(page: Page, hostile: str) -> list[str]:
    """Every address that can be reached by links, of each kind of page."""
    seen, waiting = {"/"}, ["/", "/search?q=torture", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"]
    found: list[str] = []
    while waiting and len(found) < 60:
        path = waiting.pop(0)
        found.append(path)
        answer = page.request.get(f"{hostile}{path}")
        assert answer.status == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        links = BeautifulSoup(answer.text(), "lxml").select("a[href^='/']")
        for link in links:
            path = str(link["href"]).partition("#")[0]
            kind = path if "/search?" not in path else path.partition("=")[0]
            if kind not in seen:
                seen.add(kind)
                waiting.append(path)
    return found


#: What no page of ours has; whatever of it is there came out of a text.
FOREIGN = (
    "img, iframe, object, embed, style, b, base, video, script:not([src]), [onerror], [onload],"
    " [onfocus], [autofocus], [srcdoc], svg[onload]"
)


def test_nothing_of_a_hostile_document_runs_or_loads(page: Page, hostile: str) -> None:
    paths = addresses(page, hostile)
    assert any("/entities/person/" in path for path in paths)
    assert any(path.startswith("/search.csv") for path in paths)
    for path in paths:
        kind = page.request.get(f"{hostile}{path}").headers
        if "attachment" in kind.get("content-disposition", ""):
            continue
        if not kind["content-type"].startswith(("text/html", "application/json")):
            continue
        page.goto(f"{hostile}{path}")
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        if kind["content-type"].startswith("text/html"):
            assert page.locator(FOREIGN).count() == 0, path
            assert "1337" not in page.content(), path
        for href in page.evaluate("[...document.querySelectorAll('a')].map((a) => a.href)"):
            assert href.startswith((hostile, "https://plain.example/a")), (path, href)


def test_only_what_says_where_it_leads_is_a_link(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/submissions/{ID}")
    links = page.locator("a[href^='http']")
    outside = [link.get_attribute("href") for link in links.all()]
    assert set(outside) == {"https://plain.example/a"}
    assert {link.get_attribute("rel") for link in links.all()} == {"noreferrer noopener"}
    text = page.locator(".notes").inner_text()
    assert "https://ohchr.org@evil.example/" in text and "javascript:alert(8)" in text


def test_exports_hold_the_texts_and_break_nothing(page: Page, hostile: str) -> None:
    got = {
        ending: page.request.get(f"{hostile}/search.{ending}?q=torture")
        for ending in ("csv", "ris", "bib", "csl.json", "atom", "json")
    }
    assert all(answer.status == 200 for answer in got.values())
    rows = list(csv.DictReader(got["csv"].text().splitlines()))
    assert any(PAYLOADS[0] in row["text"] for row in rows)
    assert any("\u202e" in row["text"] for row in rows)
    feed = ElementTree.fromstring(got["atom"].text())
    assert any(PAYLOADS[0] in (node.text or "") for node in feed.iter())
    json.loads(got["csl.json"].text())
    for ending in ("csv", "ris", "bib"):
        assert "attachment" in got[ending].headers["content-disposition"]
        assert "html" not in got[ending].headers["content-type"]
    source = page.request.get(f"{hostile}/submissions/{ID}/source")
    assert PAYLOADS[0] in source.text()
    assert "sandbox" in source.headers["content-security-policy"]


#: The letters of an element in the order in which they are seen, line by line.
SEEN = """(root) => {
  const letters = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    for (let i = 0; i < node.length; i++) {
      const range = document.createRange();
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (box && box.width) letters.push([Math.round(box.bottom / 4), box.left, node.data[i]]);
    }
  }
  letters.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return letters.map((letter) => letter[2]).join("").replace(/\\s+/g, " ");
}"""


@pytest.mark.parametrize(
    ("path", "selector", "text"),
    [
        (f"/submissions/{ID}", ".submitters li", ", City "),
        (f"/submissions/{ID}?q=12#hit-1", ".hit-links:visible", "Hit 1 of "),
        (f"/submissions/{ID}?q={TURNING}zz", ".hit-summary p >> nth=0", ". Without a query"),
        ("/search?q=turning", ".hit .where", " · narrative"),
        (f"/submissions/{ID}/3", ".citation-text >> nth=0", ", para. 3"),
        (f"/search?q={TURNING}zz&section=Z", ".nothing p >> nth=0", "with the filters applied."),
        (f"/search?q={TURNING}torture", ".result-head .understood", "Searched for: "),
    ],
)
def test_what_a_text_turns_round_is_itself_alone(
    page: Page, hostile: str, path: str, selector: str, text: str
) -> None:
    page.goto(f"{hostile}{path}")
    shown = page.locator(selector).first
    seen = shown.evaluate(SEEN)
    assert text in seen, seen
    # A control on the site's own words is what would be seen otherwise.
    shown.evaluate("(root) => root.prepend('\u202e')")
    assert text not in shown.evaluate(SEEN)


def test_an_address_says_where_it_leads_whatever_stands_before_it(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/submissions/{ID}")
    link = page.locator(".notes a[href^='https://plain']")
    link.evaluate("(a) => a.before('\u202e')")
    assert link.evaluate(SEEN) == "https://plain.example/a"


def test_a_citation_runs_from_left_to_right_whatever_its_title_is_written_in(
    page: Page, hostile: str
) -> None:
    page.goto(f"{hostile}/submissions/{ID}/3")
    cited = page.locator(".citation-text").nth(1)
    cited.evaluate(
        "(p) => { p.firstChild.data = '‘'; p.querySelector('bdi').textContent = 'דו״ח משותף'; }"
    )
    seen = cited.evaluate(SEEN)
    assert seen.startswith("‘ף") and seen.endswith(") para 3."), seen


def test_a_paragraph_is_copied_as_it_is_printed(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/submissions/{ID}/5?q=spaces")
    copied = page.locator(".paragraph.own > p").evaluate(
        """(paragraph) => {
          getSelection().selectAllChildren(paragraph);
          return getSelection().toString();
        }"""
    )
    assert copied == INVISIBLE


def test_the_windows_title_is_turned_round_by_nothing(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/submissions/{ID}")
    assert page.title().endswith(" end · Pilcrow")
    assert "\u202e" not in page.title() and "\u2069" not in page.title()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a\u202eb"),
        ("a\u2069b", "ab"),
        ("a\u2067b\u2069c", "a\u2067b\u2069c"),
        ("a\u2067b\u2069\u2069c", "a\u2067b\u2069c"),
        ("\u2069\u2066\u2069\u2069", "\u2066\u2069"),
        ("a\u2029b\x85c\x1cd", "a b c d"),
    ],
)
def test_what_would_end_an_isolation_is_left_out(text: str, wanted: str) -> None:
    assert isolated(text) == wanted
    assert undirected(f"{text}\u202e\u2069\u200f") == undirected(wanted)


def test_every_isolated_text_is_kept_from_ending_its_isolation() -> None:
    templates = Path(create_app.__code__.co_filename).parent / "templates"
    printed = [
        part.partition("</bdi>")[0]
        for template in templates.glob("*.html")
        for part in template.read_text("utf-8").split("<bdi")[1:]
    ]
    assert len(printed) > 30
    assert [text for text in printed if "|isolated }}" not in text] == []
