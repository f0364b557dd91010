"""Markup of clean exports, and markup that is none."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.model import Reading
from indexer.readers.html import read
from indexer.readers.html_limits import MAX_TAGS


def _read(markup: str) -> Reading:
    return read(markup.encode(), "x.html", "", None)


BLOCKS = [
    ("<p>One <b>bold</b>\n  word.</p><p>Two.</p>", ["One bold word.", "Two."]),
    ("<div>One<p>Two</p>three</div>", ["One", "Two", "three"]),
    ("Kampala<br>Uganda", ["Kampala", "Uganda"]),
    ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
    ("<ol start=5><li>a<li value='9'>b<li>c</ol>", ["5. a", "9. b", "10. c"]),
    ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
    ("<ol type=a><li>x<li>y</ol>", ["a. x", "b. y"]),
    ("<ol type=I start=4><li>x</ol>", ["IV. x"]),
    ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", ["i. x", "ii. y"]),
    ("<ol style='list-style:none'><li>12. x</ol>", ["12. x"]),
    ("<ol><li>12. x</ol>", ["12. x"]),
    ("<ol><li>a<ol><li>b<li>c</ol>d<li>e</ol>", ["1. a", "1. b", "2. c", "d", "2. e"]),
    ("<ol><li><p>a</p><p>b</p></li></ol>", ["1. a", "b"]),
    ("<ul><li>a</ul>", ["a"]),
    ("<p>30 km<sup>2</sup>, the 21<sup>st</sup></p>", ["30 km², the 21st"]),
    ("<p>See<sup>1, 2</sup></p>", ["See¹, ²"]),
    (
        "<table><tr><td>a<td>b<tr><td><table><tr><td>c<td>d</table></table>",
        ["a b", "c d"],
    ),
    ("<pre>one\n\n  two</pre>", ["one", "two"]),
    ("<p>a&nbsp;b &amp; c</p>", ["a b & c"]),
    ("<p>a<!-- b --><script>c</script><style>d</style><template>e</template></p>", ["a"]),
    ("<p hidden>a</p><p style='display: none'>b</p><p>c</p>", ["c"]),
    ("<title>t</title><p>x", ["x"]),
    ("no markup at all", ["no markup at all"]),
    ("<?xml version='1.0'?><p>x</p>", ["x"]),
    ("a < b", ["a < b"]),
    # A line of a table is one block, a table that lays out a page is not.
    ("<table><tr><td><p>12.</p></td><td><p>Text.</p></td></tr></table>", ["12. Text."]),
    (
        "<table><tr><td><p>12.</p></td><td><p>One.</p><p>Two.</p></td></tr></table>",
        ["12. One.", "Two."],
    ),
    ("<table><tr><td><p>a</p><p>b</p></td><td><ul><li>c</ul></td></table>", ["a", "b", "c"]),
    ("<table><tr><td>2018<td>34<tr><td>2019<td>41</table>", ["2018 34", "2019 41"]),
    # Style sheets: what is hidden, raised, and how lists count.
    ("<style>.x{display:none}</style><p class='a x'>a</p><p>b</p>", ["b"]),
    ("<style>@media print{p{display:none}}</style><p>b</p>", ["b"]),
    (
        "<style>/*<!--*/ ol.r{list-style:lower-roman}</style><ol class=r><li>x<li>y</ol>",
        ["i. x", "ii. y"],
    ),
    ("<ol><li style='list-style-type:none'>x<li>y</ol>", ["x", "2. y"]),
    (
        "<style>ol{counter-reset:i;list-style:none} li{counter-increment:i}"
        " li::before{content:counters(i,'.') '. '}</style>"
        "<ol><li>a<ol><li>b<li>c</ol><li>d</ol>",
        ["1. a", "1.1. b", "1.2. c", "2. d"],
    ),
    (
        "<style>body{counter-reset:p 3} .n:before{counter-increment:p;"
        " content:counter(p, upper-roman) ') '}</style><p class=n>a</p><p>b</p><p class=n>c</p>",
        ["IV) a", "b", "V) c"],
    ),
    ("<p>See<span style='vertical-align:super'>3</span></p>", ["See³"]),
    ("<p>One<del>Two</del><ins>Three</ins></p>", ["OneThree"]),
    ("<p><span aria-hidden=true>¶</span>One</p>", ["One"]),
    ("<div aria-hidden=true>" + "Long. " * 60 + "</div>", ["Long. " * 59 + "Long."]),
    ("<details><summary>a</summary><p>b</p></details>", ["a", "b"]),
    ("<button>a</button><select><option>b</select>", ["a"]),
    ("<p><img src='data:image/png;base64," + "A" * 900 + "'>x</p>", ["x"]),
    (
        "<p><span style='mso-list:Ignore'>§<span>&nbsp; </span></span>x</p>",
        ["• x"],
    ),
]


def test_two_line_breaks_part_what_one_does_not() -> None:
    blocks = _read("<div>1. One<br>more<br><br>2. Two<br>&nbsp;<br>3. Three</div>").blocks
    assert [(b.text, b.blank_before) for b in blocks] == [
        ("1. One", True),
        ("more", False),
        ("2. Two", True),
        ("3. Three", True),
    ]


LONG = "It has been going on for years, and nobody in the village was heard by a court at all."
PAGES = [
    # The main part by its element, by its role, and by a class name of a content system.
    (f"<div>Menu</div><main><h1>T</h1><p>1. {LONG}</p></main><div>Foot</div>", ["T"]),
    (f"<div>Menu</div><div role=main><h1>T</h1><p>1. {LONG}</p></div>", ["T"]),
    (f"<div>Menu</div><div class='entry-content'><h1>T</h1><p>1. {LONG}</p></div>", ["T"]),
    # A title over the main part stays.
    (f"<div>Menu</div><h1>T</h1><article><p>1. {LONG}</p></article>", ["T"]),
    (f"<h1>T</h1><p>1. {LONG}</p><nav id=TOC>I. Introduction</nav>", ["T"]),
    (f"<h1>T</h1><p>1. {LONG}</p><div class='share-links'>Share</div>", ["T"]),
]


@pytest.mark.parametrize(("markup", "before"), PAGES)
def test_the_page_around_the_document_is_left_aside(markup: str, before: list[str]) -> None:
    reading = _read(markup)
    assert [b.text for b in reading.blocks] == [*before, f"1. {LONG}"]
    assert [p.code for p in reading.problems] == ["page-furniture"]


@pytest.mark.parametrize(
    "markup",
    [
        # Numbered paragraphs and notes are never furniture, whatever the page calls them.
        f"<main><p>1. {LONG} {LONG}</p></main><aside><p>2. {LONG}</p></aside>",
        f"<p>1. {LONG}<a href='#n'>1</a></p><aside><p id=n>1 See the law.</p></aside>",
        f"<div class='related'><p>1. {LONG}</p></div><p>2. {LONG}</p>",
        f"<section id='free-prior-and-informed-consent'><p>{LONG}</p></section><p>1. {LONG}</p>",
        "<nav>All that this page holds</nav>",
    ],
)
def test_no_part_of_a_document_is_taken_for_furniture(markup: str) -> None:
    reading = _read(markup)
    assert "page-furniture" not in [p.code for p in reading.problems]
    shown = re.sub(r"<[^>]*>", " ", markup)
    assert len("".join(reading.text.split())) >= len("".join(shown.split())) - 2


def test_what_is_left_out_is_counted() -> None:
    problems = _read("<p>One.</p><p hidden>Two two.</p><p>Three <del>four</del></p>").problems
    assert [(p.code, p.line) for p in problems] == [("hidden-text", 3), ("deleted-text", 3)]
    assert "7 characters" in problems[0].message


def test_links_of_google_docs_lead_where_they_lead() -> None:
    link = "https://www.google.com/url?q=https://a.example/x?y%3D1&amp;sa=D&amp;source=editors"
    (block,) = _read(f"<p><a href='{link}'>a</a></p>").blocks
    assert [address for _, _, address in block.links] == ["https://a.example/x?y=1"]


@pytest.mark.parametrize(("markup", "texts"), BLOCKS)
def test_blocks(markup: str, texts: list[str]) -> None:
    assert [b.text for b in _read(markup).blocks] == texts


def test_what_the_format_says_of_blocks() -> None:
    markup = (
        "<h2>A. Title</h2><p><strong>Bold line</strong></p><p><b>Half</b> bold</p>"
        "<blockquote><p>Quoted</p></blockquote><ul><li>x<ul><li>y</ul></ul>"
    )
    assert [(b.text, b.style, b.level) for b in _read(markup).blocks] == [
        ("A. Title", "heading", 2),
        ("Bold line", "bold", None),
        ("Half bold", None, None),
        ("Quoted", "quote", None),
        ("x", "list-item", 1),
        ("y", "list-item", 2),
    ]


NOTES = [
    # As pandoc writes them.
    '<p>One<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a> two.</p>'
    '<ol><li id="fn1"><p>Note text. <a href="#fnref1">↩︎</a></p></li></ol>',
    # As Word writes them.
    '<p>One<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> two.</p>'
    '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note text.</p></div>',
    # The number is in the note, but leads nowhere.
    '<p>One<sup><a href="#n">1</a></sup> two.</p><p id="n"><sup>1</sup> Note text.</p>',
    '<p>One<sup><a href="#n">1</a></sup> two.</p><p><a name="n"></a>1. Note text.</p>',
]


@pytest.mark.parametrize("markup", NOTES)
def test_notes_that_the_document_links(markup: str) -> None:
    text, note = _read(markup).blocks
    assert (text.text, text.anchors) == ("One two.", ((3, "1"),))
    assert (note.text, note.style, note.label) == ("Note text.", "footnote", "1")


def test_links_keep_their_addresses() -> None:
    (block,) = _read('<p>See <a href="https://a.example/x?y=1&amp;z">the list</a>.</p>').blocks
    assert block.links == ((4, 12, "https://a.example/x?y=1&z"),)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Zürich</p>".encode(), "Zürich"),
        ('<meta charset="windows-1251"><p>Снег</p>'.encode("cp1251"), "Снег"),
        ('<meta charset="ISO-8859-1"><p>“quoted”</p>'.encode("cp1252"), "“quoted”"),
        ("\ufeff<p>Zürich</p>".encode("utf-16-le"), "Zürich"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>Снег</p>'.encode("koi8-r"), "Снег"),
        # Said to be UTF-8, and is not.
        ('<meta charset="utf-8"><p>“Zürich” is far</p>'.encode("cp1252"), "“Zürich” is far"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert read(data, "x.html", "", None).text == text


def test_an_encoding_that_does_not_hold() -> None:
    with pytest.raises(SourceError, match="byte 3"):
        read(b"<p>\xff</p>", "x.html", "", None)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<b>" * 100_000,
        "<b a='" * 5_000 + "x",
        "<table>" * 60_000,
        "<b><i>" * 1_000 + "x",
        "<p>x" * (MAX_TAGS + 1),
    ],
)
def test_what_would_keep_the_parser_busy_is_refused(markup: str) -> None:
    with pytest.raises(SourceError, match="tags"):
        _read(markup)


def test_a_style_sheet_that_would_keep_the_reader_busy_is_refused() -> None:
    sheet = "<style>" + ".a p{display:none}" * 5_000 + "</style>"
    with pytest.raises(SourceError, match=r"x\.html: its style sheet"):
        _read(sheet + "<p>x" * 10_000)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 450 + "x",
        "<ul><li>" * 400 + "x",
        "<a href='" * 50_000,
        "<p " + "a=1 " * 200_000 + ">x",
        "&amp;" * 300_000,
        "<sup>1</sup>" * 20_000,
        "<table><tr><td>" * 150 + "x",
        "<p>" * 40_000 + "x",
        "<select><option>" * 200 + "x",
        "<table><tr><td>12.</td>" * 100 + "<td><p>x" * 10_000,
        "<p style='" + "a:b;" * 500_000 + "'>x",
        "<style>" + "@media x {" * 50_000 + "</style><p>x",
        "<style>" + "p{counter-reset:a}" * 50_000 + "</style>" + "<p>x" * 500,
        "<style>" + ".a .b{display:none}" * 5_000 + "</style>" + "<p class=b>x" * 90,
        "<img src='data:image/png;base64," + "A" * 7_000_000 + "'>x",
    ],
)
def test_hostile_markup_takes_no_longer_than_its_length(markup: str) -> None:
    started = time.process_time()
    _read(markup)
    assert time.process_time() - started < 10


_TAGS = (
    "<p>", "</p>", "<ol>", "<li>", "</li>", "</ol>", "<h1>", "</h1>", "<sup>", "</sup>",
    "<a href='#n'>", "</a>", "<div id=n>", "<br>", "<table><tr><td>", "<b>", "</b>", "<pre>",
    "&nbsp;", "1", "[1] ", "word ", " ", "\n", "<", "<!--", "-->", "<a name=n href='#m'>",
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(_TAGS), max_size=40).map("".join)))
def test_any_markup_gives_blocks_that_stand_in_the_text(markup: str) -> None:
    markup = markup.replace("\0", "")
    reading = read(markup.encode("utf-8", "replace"), "x.html", "", "utf-8")
    for block in reading.blocks:
        end = block.start + len(block.text)
        assert reading.text[block.start : end] == block.text
        assert reading.text.count("\n", 0, block.start) + 1 == block.line
        assert all(0 <= offset <= len(block.text) for offset, _ in block.anchors)


_WORDS = st.text("abcdé ,.", min_size=1, max_size=8)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = ("p", "div", "b", "span", "ul><li", "ol><li", "table><tr><td", "h2", "blockquote", "pre")
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}" + _closed(tag),
        st.sampled_from(tags),
        st.lists(inner, max_size=4),
    )


def _closed(tag: str) -> str:
    return "".join(f"</{name}>" for name in reversed(tag.split("><")))


@given(st.lists(st.recursive(_WORDS, _element, max_leaves=20), max_size=6))
def test_every_visible_character_is_in_a_block(parts: list[str]) -> None:
    markup = f"<html><body>{''.join(parts)}</body></html>"
    shown = re.sub(r"<[^>]*>", "", markup)
    # With a mark, since the encoding of one odd word among none, such as éé, would be in doubt.
    read = "".join(b.text for b in _read(f"\ufeff{markup}").blocks)
    assert re.sub(r"[\s0-9.]", "", read) == re.sub(r"[\s0-9.]", "", shown)
