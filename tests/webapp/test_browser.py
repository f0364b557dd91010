"""The journey search → filter → open → next hit → copy, as readers with different means go it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.needs("chromium")

ID = "kaz-2019-odf-fidu-khisr"
PAGES = [
    "/",
    "/search",
    "/search?q=torture+yerimbetov",
    "/search?q=torture&section=V&kind=narrative&from=2016&to=2019",
    "/search?q=%22purple+elephant%22&section=V",
    "/search?q=%22torture",
    "/submissions",
    f"/submissions/{ID}",
    f"/submissions/{ID}?q=torture#hit-2",
    f"/submissions/{ID}/48?q=torture",
    f"/submissions/{ID}/45-48",
    "/entities",
    "/entities/person",
    "/entities/person/mukhtar-ablyazov",
    "/help",
    "/about",
    "/nowhere",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Open a path in a context of its own; every request must stay on the site."""
    contexts = []
    strangers: list[str] = []

    def watch(url: str) -> None:
        if not url.startswith(address):
            strangers.append(url)

    def open_(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        context.set_default_timeout(120_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: watch(request.url))
        page.goto(f"{address}{path}")
        return page

    yield open_
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert strangers == []


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_that_a_machine_can_find(open_page: OpenPage, path: str) -> None:
    # The checker is a script of its own, which the site's policy rightly keeps out.
    page = open_page(path, color_scheme="light", bypass_csp=True)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    page.emulate_media(color_scheme="dark")
    # All that a scheme changes is colours.
    dark = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    violations = found.response["violations"] + dark.response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []


#: On how many lines the text of an element stands.
LINES = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getClientRects().length;
}"""


@pytest.mark.parametrize("script", [True, False])
def test_nothing_runs_off_a_narrow_screen(open_page: OpenPage, address: str, script: bool) -> None:
    # 320 CSS pixels are also what a window of 1280 has left at a zoom of 400 %.
    page = open_page("/", width=320, java_script_enabled=script)
    for path in PAGES:
        page.goto(f"{address}{path}")
        widest = page.evaluate("document.documentElement.scrollWidth") if script else 0
        main = page.locator("main").bounding_box()
        assert main is not None
        assert max(main["x"] + main["width"], widest) <= 320, path
        for value in page.locator(".limits dd").all():  # a letter a line also fits
            assert value.evaluate(LINES) == 1, path


def test_the_journey_by_mouse(open_page: OpenPage) -> None:
    page = open_page("/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("searchbox").fill("torture")
    page.get_by_role("button", name="Search").click()
    before = page.locator("#count").inner_text()
    page.get_by_role("checkbox", name=re.compile(r"TORTURE AND OTHER")).check()
    page.get_by_role("button", name="Apply filters").first.click()
    expect(page).to_have_url(re.compile(r"/search\?q=torture&section=V$"))
    assert page.locator("#count").inner_text() != before
    expect(page.locator(".chips li")).to_have_count(2)
    page.get_by_role("link", name=re.compile("In the full text")).first.click()
    expect(page.locator("mark").first).to_be_attached()
    page.get_by_role("link", name="First hit").click()
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 1 of")
    page.locator(".hit-links:visible").get_by_role("link", name="next").click()
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 2 of")
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.locator(".paragraph:has(mark:target) .number").click()
    copy = page.get_by_role("button", name="Copy quotation with citation").first
    wanted = copy.get_attribute("data-copy")
    copy.click()
    expect(page.locator("#told")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_the_journey_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/help", permissions=["clipboard-read", "clipboard-write"])

    def tab_to(selector: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    page.keyboard.press("/")
    page.keyboard.type("torture")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=torture")
    tab_to(".skip[href='#results']")
    page.keyboard.press("Shift+Tab")
    tab_to(".ticks input[name=section]:enabled")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=torture&section=*")
    tab_to(".skip[href='#results']")
    page.keyboard.press("Enter")
    tab_to(".actions a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/submissions/{ID}?q=torture#p*")
    page.keyboard.press("n")
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 1 of")
    page.keyboard.press("n")
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 2 of")
    page.keyboard.press("p")
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 1 of")
    tab_to(".paragraph > .number")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/submissions/{ID}/*?q=torture")
    tab_to("[data-copy]")
    wanted = page.evaluate("document.activeElement.dataset.copy")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    focused = page.evaluate("document.activeElement.dataset.copy")
    assert focused == wanted, "focus stays where the reader is"


def test_the_journey_without_script(open_page: OpenPage) -> None:
    page = open_page("/", width=400, java_script_enabled=False)
    page.get_by_role("searchbox").fill("torture")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".filters")).to_be_hidden()
    page.get_by_role("link", name="Filters").click()
    page.get_by_role("checkbox", name=re.compile(r"TORTURE AND OTHER")).check()
    page.get_by_role("button", name="Apply filters").first.click()
    expect(page.get_by_role("link", name="Filters (1)")).to_be_visible()
    page.get_by_role("link", name=re.compile("In the full text")).first.click()
    page.get_by_role("link", name="First hit").click()
    page.locator(".hit-links:visible").get_by_role("link", name="next").click()
    expect(page.locator(".hit-links:visible")).to_contain_text("Hit 2 of")
    page.locator(".paragraph:has(mark:target) .number").click()
    expect(page.locator("[data-copy]:visible")).to_have_count(0)
    expect(page.locator(".citation-text")).to_have_count(5)
    page.locator(".quotation summary").first.click()
    expect(page.locator(".quotation textarea").first).to_be_visible()
    assert "para" in page.locator(".quotation textarea").first.input_value()


def test_nothing_is_lost_without_pictures_and_script(open_page: OpenPage, address: str) -> None:
    # As in a Tor Browser at its safest: what the chart of years links to is a tick as well.
    page = open_page("/search?q=torture", java_script_enabled=False)
    page.route("**/*.svg", lambda route: route.abort())
    page.goto(f"{address}/search?q=torture")
    bars = page.locator("svg a").all()
    assert bars
    ticked = {box.get_attribute("value") for box in page.locator(".facet:has(svg) input").all()}
    for bar in bars:
        assert (bar.get_attribute("href") or "").rpartition("=")[2] in ticked
    assert page.locator("img, canvas, math, audio, video").count() == 0
    for sheet in page.locator("link[rel=stylesheet]").all():
        text = page.request.get(f"{address}{sheet.get_attribute('href')}").text()
        assert "@font-face" not in text and "url(" not in text and "@import" not in text


def test_a_chart_that_is_not_drawn_leaves_no_words_behind(open_page: OpenPage) -> None:
    """At its safest, Tor Browser draws no SVG: its elements are those of no language, and the
    names of the bars ran on as if they were a text."""
    page = open_page("/search?q=torture")
    shown = page.locator("figure.chart").evaluate(
        """(figure) => {
          const plain = (element) => {
            const made = document.createElementNS("urn:none", element.localName);
            for (const { name, value } of element.attributes) made.setAttribute(name, value);
            for (const child of element.childNodes)
              made.append(child.nodeType === Node.ELEMENT_NODE ? plain(child) : child.cloneNode());
            return made;
          };
          const drawn = figure.querySelector("svg");
          figure.closest("details").open = true;
          figure.querySelector(".unseen").remove();
          drawn.replaceWith(plain(drawn));
          return figure.innerText;
        }"""
    )
    assert shown.split() and all(year.isdigit() for year in shown.split()), shown


def test_filters_may_apply_at_once(open_page: OpenPage) -> None:
    page = open_page("/search?q=torture")
    page.get_by_role("checkbox", name="Apply at once").check()
    box = page.locator(".ticks input[name=section]:enabled").first
    id_ = box.get_attribute("id")
    box.click()  # it leads on at once: to look whether it is ticked may be too late
    page.wait_for_url("**/search?q=torture&section=*")
    expect(page.get_by_role("checkbox", name="Apply at once")).to_be_checked()
    assert page.evaluate("document.activeElement.id") == id_


def test_a_long_list_of_values_is_narrowed_by_typing(open_page: OpenPage) -> None:
    page = open_page("/search")
    more = page.locator("details.more:has([name=person])")
    more.locator("summary").click()
    rows = more.locator("li:visible")
    everyone = rows.count()
    more.get_by_role("searchbox").fill("MATAYEV")
    assert 0 < rows.count() < everyone
    assert all("Matayev" in text for text in rows.all_inner_texts())


def test_what_is_left_empty_stays_out_of_the_address(open_page: OpenPage) -> None:
    page = open_page("/search?q=torture")
    with page.expect_navigation():
        page.get_by_role("button", name="Apply filters").first.click()
    assert page.url.endswith("/search?q=torture")


def test_the_way_back_shows_what_the_address_says(open_page: OpenPage) -> None:
    page = open_page("/search?q=torture")
    page.locator("#filter-section-V").check()
    page.get_by_role("button", name="Apply filters").first.click()
    page.wait_for_url("**section=V")
    page.go_back()
    page.wait_for_url("**/search?q=torture")
    expect(page.locator("#filter-section-V")).not_to_be_checked()
    page.go_forward()
    page.wait_for_url("**section=V")
    expect(page.locator("#filter-section-V")).to_be_checked()


def test_no_target_is_smaller_than_a_fingertip(open_page: OpenPage) -> None:
    paths = (
        "/",
        "/search?q=torture&section=V",
        "/search?q=Yerimbetof",
        f"/submissions/{ID}/48",
        "/entities/person",
        "/help",
    )
    for path in paths:
        page = open_page(path, width=320)
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        small = page.evaluate(
            """() => [...document.querySelectorAll(`button, input, summary, .chips a, nav a,
                    .nothing a, .letter li > a, .references a, .guide a`)]
                .map(e => [e.closest('label') ?? e, e])
                .map(([target, e]) => [target.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
                .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
                .map(([box, html]) => html)"""
        )
        assert small == [], path


def test_marks_stay_visible_on_paper_and_in_forced_colours(open_page: OpenPage) -> None:
    path = f"/submissions/{ID}/48?q=torture"
    page = open_page(path)
    page.emulate_media(media="print")
    mark = page.locator(".own mark").first
    assert "underline" in mark.evaluate("e => getComputedStyle(e).textDecorationLine")
    for chrome in (".site-header", ".back-to", ".onward"):
        expect(page.locator(chrome)).to_be_hidden()
    page.emulate_media(media="screen", forced_colors="active")
    background = "e => getComputedStyle(e).backgroundColor"
    assert mark.evaluate(background) != page.locator("body").evaluate(background)
