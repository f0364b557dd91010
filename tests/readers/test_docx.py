"""What Word writes, and what is shown of it."""

from __future__ import annotations

import io
import time

import docx as python_docx
import pytest

from indexer.model import Block, Reading
from indexer.readers.docx import read
from tests.readers.wordfiles import (
    cited,
    item,
    level,
    list_,
    model,
    note,
    p,
    package,
    style,
    t,
    unzipped,
    zipped,
)  # fmt: skip

LIST = model(1, level(0, "%1."), level(1, "•", "bullet")) + list_(1, 1)


def _read(
    body: str, parts: dict[str, str] | None = None, links: dict[str, str] | None = None
) -> Reading:
    return read(package(body, parts, links), "x.docx", "", None)


def _texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def _field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(content: str) -> str:
    """A text box as Word writes it: twice, for itself and for older programs."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


_BR = "<w:r><w:br/></w:r>"
_DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'

# What Word's markup shows, one paragraph a row.
SHOWN = [
    (t("The police ") + '<w:proofErr w:type="spellStart"/>' + t("beat") + t(" him."),
     ["The police beat him."]),
    (t("a") + "<w:r><w:tab/></w:r>" + t("b") + "<w:r><w:tab/><w:tab/></w:r>" + t("c"), ["a b c"]),
    (t("two  spaces\u00a0stay"), ["two  spaces\u00a0stay"]),
    (t("two\nlines"), ["two lines"]),
    (t("Kampala") + _BR + t("Uganda"), ["Kampala", "Uganda"]),
    (t("Kampala") + "<w:r><w:cr/></w:r>" + t("Uganda"), ["Kampala", "Uganda"]),
    (t("one page") + '<w:r><w:lastRenderedPageBreak/></w:r>' + t(" and the next"),
     ["one page and the next"]),
    (t("Al") + "<w:r><w:noBreakHyphen/></w:r>" + t("Shabaab"), ["Al-Shabaab"]),
    (t("recom") + "<w:r><w:softHyphen/></w:r>" + t("mendation"), ["recommendation"]),
    ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + t(" ratified"), ["✓ ratified"]),
    ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + t(" 18"), ["≥ 18"]),
    (t("30 km") + t("2", '<w:vertAlign w:val="superscript"/>'), ["30 km²"]),
    (t("the 21") + t("st", '<w:vertAlign w:val="superscript"/>'), ["the 21st"]),
    (t("See") + t("1", '<w:position w:val="6"/>') + t("4", '<w:position w:val="6"/>'), ["See¹⁴"]),
    (t("kept ") + '<w:ins w:id="1">' + t("added ") + "</w:ins><w:del w:id='2'><w:r><w:delText>"
     "deleted</w:delText></w:r></w:del>" + t("end"), ["kept added end"]),
    ('<w:moveFrom w:id="1">' + t("old place") + '</w:moveFrom><w:moveTo w:id="2">'
     + t("new place") + "</w:moveTo>", ["new place"]),
    ('<w:ins w:id="1"><w:del w:id="2">' + t("both") + "</w:del></w:ins>" + t("x"), ["x"]),
    (t("secret ", "<w:vanish/>") + t("open", '<w:vanish w:val="0"/>'), ["open"]),
    (t("a ") + _field(" PAGE ", t("7")) + t(" b"), ["a 7 b"]),
    (t("a ") + '<w:fldSimple w:instr=" DATE ">' + t("May 2019") + "</w:fldSimple>", ["a May 2019"]),
    (_field(' IF x "', _field(" PAGE ", t("nested"))), ["nested"]),
    ('<w:smartTag><w:smartTag>' + t("Uganda") + "</w:smartTag></w:smartTag>", ["Uganda"]),
    ("<w:sdt><w:sdtPr><w:alias w:val='n'/></w:sdtPr><w:sdtContent>" + t("chosen")
     + "</w:sdtContent></w:sdt>", ["chosen"]),
    ('<w:bookmarkStart w:id="0" w:name="_GoBack"/>' + t("x") + '<w:bookmarkEnd w:id="0"/>', ["x"]),
    ('<w:commentRangeStart w:id="0"/>' + t("x")
     + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', ["x"]),
    ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", ["x+1"]),
    (t("before <!-- a comment -->after"), ["before after"]),
    (t("text") + _box(p("in a box") + p("and more")), ["text", "in a box", "and more"]),
    ("", []),
    (t("   "), []),
]  # fmt: skip


@pytest.mark.parametrize(("content", "texts"), SHOWN)
def test_what_a_paragraph_shows(content: str, texts: list[str]) -> None:
    assert [b.text for b in _read(p(content)).blocks] == texts


# Two paragraphs of which a mark is deleted or hidden, and what stands where they meet.
JOINED = [
    (p("one ", _DELETED_MARK) + p("two"), ["one two"]),
    (p("", _DELETED_MARK) + item("two"), ["1. two"]),
    (item("one ").replace("</w:pPr>", _DELETED_MARK + "</w:pPr>") + item("two"), ["1. one two"]),
    (p('<w:del w:id="1">' + t("gone") + "</w:del>", _DELETED_MARK) + p("two"), ["two"]),
    (p("Run-in.", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p(" Text."), ["Run-in. Text."]),
    (p(t("secret", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>") + item("one"), ["1. one"]),
    (item("one") + p("", _DELETED_MARK), ["1. one"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "texts"), JOINED)
def test_paragraphs_joined_by_a_deleted_or_hidden_mark(body: str, texts: list[str]) -> None:
    reading = _read(body, {"numbering": LIST})
    assert [b.text for b in reading.blocks] == texts
    assert reading.problems == ()


def test_a_number_that_a_joined_paragraph_loses_is_told() -> None:
    numbered = item("one").replace("</w:pPr>", _DELETED_MARK + "</w:pPr>", 1)
    reading = _read(p("x") + numbered + p(" more"), {"numbering": LIST})
    assert [b.text for b in reading.blocks] == ["x", "1. one more"]
    assert [(p.code, p.line) for p in reading.problems] == [("joined-paragraphs", 3)]


def _tc(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def _tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


# Tables of submissions: matrices of recommendations, numbers in a column of their own.
TABLES = [
    (_tbl(_tr(_tc(p("Ratify OPCAT")), _tc(p("Accepted"))), _tr(_tc(p("Abolish x")), _tc(p("")))),
     ["Ratify OPCAT Accepted", "Abolish x"]),
    (_tbl(_tr(_tc(p("1.")), _tc(p("The police beat him.")))), ["1. The police beat him."]),
    (_tbl(_tr(_tc(p("1. one")), _tc(p("2. two")))), ["1. one", "2. two"]),
    (_tbl(_tr(_tc(item("one")), _tc(item("two")))), ["1. one", "2. two"]),
    (_tbl(_tr(_tc(p("a"), p("b")), _tc(p("c")))), ["a", "b", "c"]),
    (_tbl(_tr(_tc(_tbl(_tr(_tc(p("in")), _tc(p("side")))), p("")), _tc(p("out")))),
     ["in side out"]),
    (_tbl(_tr(_tc(p("gone")), properties='<w:del w:id="1"/>'), _tr(_tc(p("x")))), ["x"]),
    (_tbl(f"<w:sdt><w:sdtContent>{_tr(_tc(p('row')))}</w:sdtContent></w:sdt>"), ["row"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "texts"), TABLES)
def test_tables(body: str, texts: list[str]) -> None:
    assert [b.text for b in _read(body, {"numbering": LIST}).blocks] == texts


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    + style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', "a")
    + style("berschrift2", "heading 2", "<w:rPr><w:b/></w:rPr>", "a")
    + style("Eigene", "My own title", "<w:rPr><w:i/></w:rPr>", "berschrift2")
    + style("Outlined", "Outlined", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>', "a")
    + style("Body", "Body", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "1")
    + style("Zitat", "Quote", "", "a")
    + style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("Loop", "Loop", "", "Loop")
)


def _styled(name: str, text: str) -> str:
    return p(text, f'<w:pStyle w:val="{name}"/>')


@pytest.mark.parametrize(
    ("body", "look", "depth"),
    [
        (_styled("1", "Introduction"), "heading", 1),
        (_styled("berschrift2", "A. Torture"), "heading", 2),
        (_styled("Eigene", "A. Torture"), "heading", 2),
        (_styled("Outlined", "(i) Police"), "heading", 4),
        (_styled("Body", "Some text."), None, None),
        (p("Torture", '<w:outlineLvl w:val="1"/>'), "heading", 2),
        (_styled("1", "The police " * 40), None, None),
        (_styled("Zitat", "Everyone has the right"), "quote", None),
        (_styled("Loop", "Some text"), None, None),
        (_styled("Unknown", "Some text"), None, None),
        (p(t("Torture", "<w:b/>") + t(" ") + t("in prisons", "<w:b/>")), "bold", None),
        (p(t("Torture", "<w:b/>") + t(" in prisons")), None, None),
        (p(t("Torture", '<w:b w:val="0"/>')), None, None),
        (p(t("Torture", '<w:rStyle w:val="Strong"/>')), "bold", None),
        (p(t("Torture", "<w:caps/>")), "bold", None),
        (item("The police beat him."), "list-item", 1),
        (item("batons", level=1), "list-item", 2),
        (item("").replace("</w:pPr>", "</w:pPr>" + t("Torture", "<w:b/>")), "bold", None),
    ],
)
def test_what_the_format_says_of_blocks(body: str, look: str | None, depth: int | None) -> None:
    (block,) = _read(body, {"styles": STYLES, "numbering": LIST}).blocks
    assert (block.style, block.level) == (look, depth)


def test_a_numbered_paragraph_in_a_heading_style_is_none() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("2", "heading 2", numbered)
    text = (
        "The police arrested Mr. Okello on 3 May 2018 and beat him with batons until he confessed."
    )
    body = _styled("2", text + " He was released.") + _styled("2", "Torture")
    blocks = _read(body, {"styles": styles, "numbering": LIST}).blocks
    assert [(b.text[:9], b.style) for b in blocks] == [
        ("1. The po", "list-item"),
        ("2. Tortur", "heading"),
    ]


def test_a_heading_in_two_lines_is_one() -> None:
    (block,) = _read(
        _styled("1", t("I. Torture") + _BR + t("in prisons")), {"styles": STYLES}
    ).blocks
    assert (block.text, block.style) == ("I. Torture in prisons", "heading")


def test_links_keep_their_addresses() -> None:
    body = p(
        t("See ")
        + '<w:hyperlink r:id="rId7" w:anchor="part">' + t("the ") + t("list") + "</w:hyperlink>"
        + t(" and ") + _field(' HYPERLINK "http://b.example" ', t("that")) + t(".")
    )  # fmt: skip
    (block,) = _read(body, links={"rId7": "https://a.example/x?y=1&amp;z"}).blocks
    assert block.text == "See the list and that."
    assert block.links == (
        (4, 12, "https://a.example/x?y=1&z#part"),
        (17, 21, "http://b.example"),
    )


def test_an_address_that_is_printed_counts_before_one_that_a_program_rewrote() -> None:
    content = '<w:hyperlink r:id="rId7">' + t("https://a.example/x?b=%2f") + "</w:hyperlink>"
    (block,) = _read(p(content), links={"rId7": "https://a.example/x?b=%2F"}).blocks
    assert block.links == ((0, 25, "https://a.example/x?b=%2f"),)


def test_a_table_of_contents_and_other_fields_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = (
        p(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("I. Torture 3"))
        + p("II. Prisons 4")
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("Text")
    )
    assert [b.text for b in _read(body).blocks] == ["I. Torture 3", "II. Prisons 4", "Text"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + t("text")) + p("more"), "field-open"),
        ('<w:altChunk r:id="rId9"/>' + p("more"), "embedded-document"),
        (p('<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>') + p("more"), "symbol"),
        (
            p('<w:r><w:drawing><c:chart xmlns:c="urn:c"/></w:drawing></w:r>') + p("more"),
            "picture-text",
        ),
    ],
)
def test_what_cannot_be_shown_is_told(body: str, code: str) -> None:
    reading = _read(body)
    assert reading.blocks[-1].text == "more"
    assert [problem.code for problem in reading.problems] == [code]


def test_headers_and_footers_stand_in_the_text_but_in_no_block() -> None:
    reading = _read(
        p("1. The police beat him."),
        {"header": p("Joint submission on Uganda"), "footer": p("4")},
    )
    assert [b.text for b in reading.blocks] == ["1. The police beat him."]
    assert reading.text == "1. The police beat him.\n\nJoint submission on Uganda"


def test_a_table_of_contents_stands_in_the_text_but_in_no_block() -> None:
    styles = style("Inhalt1", "toc 1") + style("Inhalt", "TOC Heading", "", "1") + STYLES
    body = (
        p("Kordun Rights Centre")
        + _styled("Inhalt", "Contents")
        + _styled("Inhalt1", t("I. Torture") + "<w:r><w:tab/></w:r>" + t("2"))
        + _styled("1", "I. Torture")
    )
    reading = _read(body, {"styles": styles})
    assert [(b.text, b.line) for b in reading.blocks] == [
        ("Kordun Rights Centre", 1),
        ("I. Torture", 7),
    ]
    assert reading.text.split("\n")[2:5] == ["Contents", "", "I. Torture 2"]


def test_no_text_is_told() -> None:
    reading = _read(p("<w:r><w:drawing/></w:r>"))
    assert [problem.code for problem in reading.problems] == ["empty"]


def test_places_lines_and_the_source() -> None:
    body = p(t("one") + _BR + t("two")) + p("three") + p("x" + "") + _tbl(_tr(_tc(p("four"))))
    reading = read(package(body), "y.docx", "ab12", None)
    assert [(b.text, b.line, b.blank_before) for b in reading.blocks] == [
        ("one", 1, True),
        ("two", 2, False),
        ("three", 4, True),
        ("x", 6, True),
        ("four", 8, True),
    ]
    lines = reading.text.split("\n")
    for block in reading.blocks:
        assert reading.text[block.start : block.start + len(block.text)] == block.text
        assert lines[block.line - 1] == block.text
    source = reading.source
    assert (source.name, source.sha256, source.text_is_source) == ("y.docx", "ab12", False)
    assert (source.length, source.encoding) == (len(reading.text), None)


def test_a_strict_document_reads_as_a_transitional_one() -> None:
    body = p(t("See ") + cited(2)) + item("The police beat him.")
    made = package(body, {"footnotes": note(2, "A note."), "numbering": LIST})
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
            b"http://purl.oclc.org/ooxml/wordprocessingml/",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/",
            b"http://purl.oclc.org/ooxml/officeDocument/",
        )
        for name, data in unzipped(made).items()
    }
    assert strict["word/document.xml"] != unzipped(made)["word/document.xml"]
    assert read(zipped(strict), "x", "", None) == read(made, "x", "", None)


@pytest.mark.parametrize(
    "main",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_with_macros_and_templates(main: str) -> None:
    assert _texts(read(package(p("text"), main=main), "x.docm", "", None)) == ["text"]


def test_names_of_parts_as_other_programs_write_them() -> None:
    files = unzipped(package(p("x") + item("y"), {"numbering": LIST}))
    files["word\\Numbering.xml"] = files.pop("word/numbering.xml")
    assert _texts(read(zipped(files), "x", "", None)) == ["x", "1. y"]


def test_a_document_in_utf_16() -> None:
    files = unzipped(package(p("Zürich")))
    text = files["word/document.xml"].decode().replace('"UTF-8"', '"UTF-16"')
    files["word/document.xml"] = text.encode("utf-16")
    assert _texts(read(zipped(files), "x", "", None)) == ["Zürich"]


def test_a_document_that_python_docx_makes() -> None:
    document = python_docx.Document()
    document.add_heading("Joint submission", 0)
    document.add_heading("I. Torture", 1)
    document.add_paragraph("The police beat him.", style="List Number")
    document.add_paragraph("with batons", style="List Bullet")
    document.add_paragraph("He was not charged.", style="List Number")
    document.add_paragraph("Everyone has the right", style="Intense Quote")
    made = io.BytesIO()
    document.save(made)
    blocks: tuple[Block, ...] = read(made.getvalue(), "x.docx", "", None).blocks
    assert [(b.text, b.style, b.level) for b in blocks] == [
        ("Joint submission", "heading", 1),
        ("I. Torture", "heading", 1),
        ("1. The police beat him.", "list-item", 1),
        ("with batons", "list-item", 1),
        ("2. He was not charged.", "list-item", 1),
        ("Everyone has the right", "bold", None),
    ]


def test_a_long_submission_is_read_quickly() -> None:
    runs = "".join(t(f"word {n} of a sentence, ") for n in range(12))
    made = package("".join(item("").replace("</w:p>", runs + "</w:p>") for _ in range(100)),
                   {"numbering": LIST})  # fmt: skip
    read(made, "x", "", None)
    started = time.process_time()
    assert len(read(made, "x", "", None).blocks) == 100
    assert time.process_time() - started < 0.5
