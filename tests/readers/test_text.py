"""Bytes of every kind of text file, and what is refused with which cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.readers import read_source
from indexer.readers.text import MAX_LINES, read
from indexer.structure import build


def _write(folder: Path, data: bytes, name: str = "document.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Zürich.\n1. Śnieg".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Zürich.\n1. Śnieg".encode(), "utf-8"),
        ("\ufeffZürich.\n1. Śnieg".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffZürich.\n1. Śnieg".encode("utf-16-be"), "utf-16-be"),
        ("\ufeffZürich.\n1. Śnieg".encode("utf-32-le"), "utf-32-le"),
        ("Zürich.\n1. Śnieg".encode("utf-16-le"), "utf-16-le"),
        ("Zürich.\n1. Śnieg".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_that_a_file_tells_of_itself(tmp_path: Path, data: bytes, encoding: str) -> None:
    reading = read_source(_write(tmp_path, data))
    assert reading.source.encoding == encoding
    assert reading.text == "Zürich.\n1. Śnieg"
    assert [(b.text, b.start, b.line) for b in reading.blocks] == [
        ("Zürich.", 0, 1),
        ("1. Śnieg", 8, 2),
    ]


def test_an_encoding_known_from_elsewhere(tmp_path: Path) -> None:
    path = _write(tmp_path, "1. Снег".encode("cp1251"))
    assert read_source(path, "cp1251").text == "1. Снег"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_in_the_offsets(end: str) -> None:
    text = f"A title{end}{end}  1. One{end}2. Two{end}"
    reading = read(text.encode(), "x.txt", "", None)
    assert reading.text == text
    assert [(b.text, b.line, b.blank_before) for b in reading.blocks] == [
        ("A title", 1, True),
        ("1. One", 3, True),
        ("2. Two", 4, False),
    ]
    assert all(text[b.start : b.start + len(b.text)] == b.text for b in reading.blocks)


@pytest.mark.parametrize("end", ["\n", "\r"])
@pytest.mark.parametrize("page", ["utf-8", "mac_roman"])
def test_a_number_on_a_line_before_its_text(end: str, page: str) -> None:
    lines = (
        "Une communication", "", "I. Introduction", "1.", "Les détenus n’ont pas été entendus.",
        "2.", "Leurs familles ont été privées de visites à la prison.", "3.", "Où sont-ils ?",
    )  # fmt: skip
    built = build(read(end.join(lines).encode(page), "x.txt", "", None))
    assert [(p.number, p.text) for p in built.paragraphs] == [
        ("1", lines[4]), ("2", lines[6]), ("3", lines[8]),
    ]  # fmt: skip
    assert not any(p.doubtful for p in built.paragraphs)


def test_a_form_feed_starts_a_page_and_no_line() -> None:
    reading = read(b"1. One\f2. Two\n3. Three", "x.txt", "", None)
    assert [(b.page, b.line) for b in reading.blocks] == [(1, 1), (2, 1), (2, 2)]


def test_headings_of_markdown() -> None:
    text = "# One\n\nTwo\n===\n\nThree\n---\n\n#four\n"
    blocks = read(text.encode(), "x.md", "", None).blocks
    assert [(b.text, b.style, b.level) for b in blocks if b.style] == [
        ("# One", "heading", 1),
        ("Two", "heading", 1),
        ("Three", "heading", 2),
    ]


def test_a_rule_in_plain_text_makes_no_heading() -> None:
    assert read(b"some text\n---\n", "x.txt", "", None).blocks[0].style is None


@pytest.mark.parametrize(
    ("data", "name", "told", "cure"),
    [
        (b"one\ntwo \xff three", "document.txt", "byte 8 (line 2)", "UTF-8"),
        (b"1.\0One" * 500_000, "document.txt", "NUL at character 2", "UTF-8"),
        (b"%PDF-1.7 ...", "document.txt", "PDF", "again"),
        (b"PK\x03\x04 ...", "document.docx", "cut off or damaged", "again"),
        (b"x", "document.xyz", ".xyz", ".txt"),
        (b"x\n" * (MAX_LINES + 1), "document.txt", "lines", "Split"),
    ],
)
def test_refusals_name_the_file_the_place_and_the_cure(
    tmp_path: Path, data: bytes, name: str, told: str, cure: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read_source(_write(tmp_path, data, name))
    assert name in refused.value.message
    assert told in refused.value.message
    assert cure in refused.value.cure


@pytest.mark.parametrize("encoding", ["klingon", "hex", "undefined"])
def test_an_encoding_that_is_none(encoding: str) -> None:
    with pytest.raises(SourceError, match=encoding):
        read(b"\xff\xfe. x", "x.txt", "", encoding)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.txt"):
        read_source(tmp_path / "missing.txt")


def test_an_empty_file_is_read_and_reported(tmp_path: Path) -> None:
    reading = read_source(_write(tmp_path, b" \n\n"))
    assert reading.blocks == ()
    assert [p.code for p in reading.problems] == ["empty"]


def test_html_is_told_by_its_content(tmp_path: Path) -> None:
    reading = read_source(_write(tmp_path, b"<!DOCTYPE html><p>1. One</p>"))
    assert reading.source.media_type == "text/html"
    assert reading.text == "1. One"


@given(st.text())
def test_every_character_that_shows_is_in_a_block(text: str) -> None:
    text = text.replace("\0", "").removeprefix("\ufeff")
    data = text.encode("utf-8", "surrogatepass")
    if any("\ud800" <= c <= "\udfff" for c in text):
        with pytest.raises(SourceError):
            read(data, "x.txt", "", "utf-8")
        return
    reading = read(data, "x.txt", "", "utf-8")
    shown = "".join("".join(b.text.split()) for b in reading.blocks)
    assert shown == "".join(reading.text.split())
