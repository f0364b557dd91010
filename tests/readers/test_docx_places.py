"""Whether a Word document's pages bear numbers, and where its links lead."""

from __future__ import annotations

import pytest

from indexer.model import Reading
from indexer.readers.docx import read
from tests.readers.wordfiles import note, p, package, t


def _field(*instructions: str) -> str:
    written = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instructions)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{written}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t("1")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _read(body: str, **parts: str) -> Reading:
    return read(package(body, parts), "a.docx", "", None)


@pytest.mark.parametrize(
    ("parts", "numbered"),
    [
        ({}, False),
        ({"footer": p("A note at the foot")}, False),
        ({"footer": p(_field(" PAGE "))}, True),
        ({"header": p(_field(" PA", "GE \\* MERGEFORMAT "))}, True),
        ({"footer": p(f'<w:fldSimple w:instr="PAGE">{t("1")}</w:fldSimple>')}, True),
        ({"footer": p("<w:r><w:pgNum/></w:r>")}, True),
        ({"footer": p(_field(" NUMPAGES "))}, False),
        ({"footer": p(_field(" PAGEREF here "))}, False),
    ],
)
def test_page_numbers(parts: dict[str, str], numbered: bool) -> None:
    assert _read(p("Text."), **parts).source.pages_numbered is numbered


_BOOKMARK = '<w:bookmarkStart w:id="1" w:name="Here"/><w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("content", "dead"),
    [
        (f'<w:hyperlink w:anchor="Here">{t("see")}</w:hyperlink>', False),
        (f'<w:hyperlink w:anchor="here">{t("see")}</w:hyperlink>', False),
        (f'<w:hyperlink w:anchor="_top">{t("see")}</w:hyperlink>', False),
        (f'<w:hyperlink w:anchor="There">{t("see")}</w:hyperlink>', True),
        (_field(' HYPERLINK \\l "Here" '), False),
        (_field(' HYPERLINK \\l "There" '), True),
        (_field(" REF There \\h "), True),
        (_field(" REF Here \\h "), False),
        (_field(' HYPERLINK "https://a.example/#there" '), False),
    ],
)
def test_links_that_lead_nowhere(content: str, dead: bool) -> None:
    reading = _read(p("First.") + p(content) + p(_BOOKMARK + t("Last.")))
    told = [(problem.code, problem.line) for problem in reading.problems]
    assert told == ([("dead-link", reading.blocks[1].line)] if dead else [])


def test_a_link_may_lead_into_a_note() -> None:
    body = p('<w:hyperlink w:anchor="Here"><w:r><w:t>see</w:t></w:r></w:hyperlink>'
             '<w:r><w:footnoteReference w:id="2"/></w:r>')  # fmt: skip
    assert not _read(body, footnotes=note(2, _BOOKMARK + t("A note."))).problems
