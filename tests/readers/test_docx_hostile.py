"""Packages that are broken, locked, too large or no documents: what each is told to be."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.readers.docx import read
from indexer.readers.docx.package import MAX_PARTS
from tests.readers.wordfiles import MAIN, NAMES, item, note, p, package, style, unzipped, zipped

GOOD = package(p("1. The police beat him."), {"styles": style("a", "Normal")})


def _with(part: str, data: bytes | None, level: int = 6) -> bytes:
    """A good document with one part replaced, or taken away, packed as well as *level* says."""
    files = unzipped(GOOD)
    files.pop(part, None)
    return zipped(files if data is None else {**files, part: data}, level)


def _renamed(document: bytes) -> bytes:
    """The same document with another prefix for Word's names."""
    return document.replace(b"w:", b"x:").replace(b":w=", b":x=")


def _changed() -> bytes:
    """A good document with a byte of its packed text changed."""
    made = bytearray(GOOD)
    made[made.find(b"word/document.xml") + 60] ^= 0xFF
    return bytes(made)


def _document(body: str, before: str = "") -> bytes:
    return f"{before}<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()


def _declared_small(data: bytes) -> bytes:
    """A zip whose document says that it is a thousand bytes long, whatever it is."""
    made = bytearray(data)
    name = b"word/document.xml"
    for signature, size, at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = made.find(signature)
        while made[place + at : place + at + len(name)] != name:
            place = made.find(signature, place + 1)
        struct.pack_into("<I", made, place + size, 1_000)
    return bytes(made)


def _twice() -> bytes:
    made = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/document.xml", _document(p("2. Another text.")))
    return made.getvalue()


def _locked() -> bytes:
    made = bytearray(GOOD)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(signature)
        while place >= 0:
            made[place + flags] |= 1
            place = made.find(signature, place + 4)
    return bytes(made)


def _packed_strangely() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in unzipped(GOOD).items():
            archive.writestr(name, data)
    return made.getvalue()


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_RELS = "word/_rels/document.xml.rels"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "three million paragraphs": (
        lambda: _with("word/document.xml", _document("<w:p/>" * 3_000_000), level=1),
        "3,000,000 paragraphs",
    ),
    "as many under another prefix": (
        lambda: _with("word/document.xml", _renamed(_document("<w:p/>" * 3_000_000)), level=1),
        "tags",
    ),
    "as many, packed well": (
        lambda: _with("word/document.xml", _document("<w:p/>" * 3_000_000)),
        "grows to more than",
    ),
    "80 MB of text": (
        lambda: _with("word/document.xml", _document(p("a" * 80_000_000))),
        "grows to more than",
    ),
    "a bomb that says it is small": (
        lambda: _declared_small(_with("word/document.xml", _document(p("a" * 10_000_000)))),
        "is damaged",
    ),
    "a bomb in the notes": (
        lambda: package(p("x"), {"footnotes": note(1, "a" * 50_000_000)}),
        "grows to more than",
    ),
    "many parts": (
        lambda: zipped({**unzipped(GOOD), **{f"x{n}": b"" for n in range(MAX_PARTS)}}),
        "parts",
    ),
    "nested deeply": (
        lambda: _with("word/document.xml", _document("<w:sdt>" * 5000 + "</w:sdt>" * 5000)),
        "that can be opened",
    ),
    "entities": (lambda: _with("word/document.xml", _document(p("&b;"), _ENTITIES)), "entities"),
    "a file from elsewhere": (
        lambda: _with("word/document.xml", _document(p("&a;"), _OUTSIDE)),
        "entities",
    ),
    "entities in the styles": (
        lambda: _with("word/styles.xml", f"{_ENTITIES}<w:styles {NAMES}/>".encode()),
        "word/styles.xml",
    ),
    "entities in the relationships": (
        lambda: _with(_RELS, f"{_ENTITIES}<Relationships/>".encode()),
        "entities",
    ),
    "entities hidden by an encoding": (
        lambda: _with(
            "word/document.xml", _document(p("&b;"), _ENTITIES).decode().encode("utf-16")
        ),
        "entities",
    ),
    "entities hidden by a declaration": (
        lambda: _with(
            "word/document.xml",
            b'<?xml version="1.0" encoding="utf-7"?>'
            + _document(p("&b;"), _ENTITIES).decode().encode("utf-7"),
        ),
        "entities",
    ),
    "an encoding that is none": (
        lambda: _with(
            "word/document.xml", b'<?xml version="1.0" encoding="klingon"?>' + _document(p("x"))
        ),
        "klingon",
    ),
    "no XML": (lambda: _with("word/document.xml", b"<w:document>"), "that can be opened"),
    "notes that are no XML": (
        lambda: zipped(
            {
                **unzipped(package(p("x"), {"footnotes": ""})),
                "word/footnotes.xml": b"<w:footnotes>",
            }
        ),
        "word/footnotes.xml",
    ),
    "relationships that are no XML": (lambda: _with(_RELS, b"<"), _RELS),
    "no document": (lambda: _with("word/document.xml", None), "main part is missing"),
    "no relationships": (lambda: _with("_rels/.rels", None), "main part is missing"),
    "no content types": (lambda: _with("[Content_Types].xml", None), "no Word document"),
    "a workbook": (lambda: package(p("x"), main=_XLSX), "an Excel workbook"),
    "two documents in one": (_twice, "two parts word/document.xml"),
    "locked": (_locked, "protected by a password"),
    "packed in another way": (_packed_strangely, "packed in a way"),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], "cut off or damaged"),
    "no end": (lambda: b"PK\x03\x04 ...", "cut off or damaged"),
    "a changed byte": (_changed, "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_file_what_is_wrong_and_the_cure(name: str) -> None:
    make, told = REFUSED[name]
    data = make()
    started = time.process_time()
    with pytest.raises(SourceError) as refused:
        read(data, "hostile.docx", "", None)
    assert time.process_time() - started < 10
    assert refused.value.message.startswith("hostile.docx: ")
    assert told in refused.value.message
    assert len(refused.value.message) < 400
    assert refused.value.cure


def test_paragraphs_under_another_prefix_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.docx.MAX_PARAGRAPHS", 20)
    many = _with("word/document.xml", _renamed(_document(p("a") * 21)))
    with pytest.raises(SourceError, match="21 paragraphs"):
        read(many, "x.docx", "", None)


MENDED = {
    "a picture that is missing": (
        _RELS,
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="NULL"/></Relationships>',
    ),
    "notes that are missing": (
        _RELS,
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    ),
    "a template elsewhere": (
        _RELS,
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="file:///x.dotm" TargetMode="External"/>'
        b"</Relationships>",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_the_text_does_not_need_may_be_missing(name: str) -> None:
    part, old, new = MENDED[name]
    changed = unzipped(GOOD)[part].replace(old, new)
    assert changed != unzipped(GOOD)[part]
    reading = read(_with(part, changed), "x.docx", "", None)
    assert [block.text for block in reading.blocks] == ["1. The police beat him."]


def test_a_bomb_in_a_part_that_is_not_read_does_no_harm() -> None:
    data = zipped({**unzipped(GOOD), "word/media/image1.png": b"\0" * 50_000_000})
    assert len(read(data, "x.docx", "", None).blocks) == 1


def test_deep_tables_are_read() -> None:
    body = p("x")
    for _ in range(50):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert [b.text for b in read(package(body), "x.docx", "", None).blocks] == ["x"]


def test_a_list_of_large_numbers_takes_no_long_time() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2147483647"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="' + "%1" * 50 + '"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    reading = read(package(item("x"), {"numbering": numbering}), "x.docx", "", None)
    assert reading.blocks[0].text == "2147483647" * 50 + " x"


_PIECES = st.sampled_from(
    [
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>1. one</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>",
        "</w:tr>", "<w:tc>", "</w:tc>", "<w:br/>", "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="end"/>', '<w:fldChar w:fldCharType="separate"/>',
        '<w:footnoteReference w:id="1"/>',
        '<w:footnoteReference w:id="x" w:customMarkFollows="1"/>',
        "<w:txbxContent>", "</w:txbxContent>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "<w:del>", "</w:del>",
        "<w:hyperlink>", "</w:hyperlink>", "<w:sectPr/>", "<w:instrText>AUTONUM</w:instrText>",
        "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30))
def test_any_markup_gives_blocks_that_stand_in_the_text_or_a_refusal(pieces: list[str]) -> None:
    markup = "".join(pieces)
    data = package(markup, {"footnotes": note(1, "x")}, main=MAIN)
    try:
        reading = read(data, "x.docx", "", None)
    except SourceError:
        return
    lines = reading.text.split("\n")
    for block in reading.blocks:
        assert block.text
        assert reading.text[block.start : block.start + len(block.text)] == block.text
        assert lines[block.line - 1] == block.text
        assert all(0 <= offset <= len(block.text) for offset, _ in block.anchors)
        assert all(0 <= s <= e <= len(block.text) for s, e, _ in block.links)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_changes_nothing(place: int, value: int) -> None:
    data = GOOD[:place] + bytes([value]) + GOOD[place + 1 :]
    try:
        reading = read(data, "x.docx", "", None)
    except SourceError:
        return
    assert [block.text for block in reading.blocks] == ["1. The police beat him."]
