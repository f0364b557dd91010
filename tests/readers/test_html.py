"""Markup of clean exports, and markup that is none."""

from __future__ import annotations

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
]


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
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert read(data, "x.html", "", None).text == text


def test_an_encoding_that_does_not_hold() -> None:
    with pytest.raises(SourceError, match="byte 3"):
        read(b"<p>\xff</p>", "x.html", "", None)


@pytest.mark.parametrize(
    "markup", ["<div>" * 100_000, "<b><i>" * 1_000 + "x", "<p>x" * (MAX_TAGS + 1)]
)
def test_what_would_keep_the_parser_busy_is_refused(markup: str) -> None:
    with pytest.raises(SourceError, match="tags"):
        _read(markup)


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
