"""One document as text, Markdown, HTML, Word and PDF: the same paragraphs, sections and notes.

The document is Markdown; pandoc and LibreOffice make the others of it, as an author's own
programs would.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from indexer.model import Submission
from indexer.readers import read_source
from indexer.structure import build

SOURCE = Path(__file__).parent / "samples" / "five-formats.md"

pytestmark = pytest.mark.needs("pandoc")
MADE = [
    pytest.param("txt"),
    pytest.param("html"),
    pytest.param("docx"),
    pytest.param("pdf", marks=pytest.mark.needs("libreoffice")),
]
#: ``(c)`` of a list is ``c.`` once pandoc has made HTML of it.
_LETTER = re.compile(r"^\(([a-z])\)|^([a-z])\.(?= )", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(scope="module")
def markdown() -> Submission:
    return build(read_source(SOURCE))


def _made(folder: Path, suffix: str) -> Submission:
    """The document in another format, read."""
    if suffix == "pdf":
        word = _converted(folder, "docx")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, word)
        return build(read_source(word.with_suffix(".pdf")))
    return build(read_source(_converted(folder, suffix)))


def _converted(folder: Path, suffix: str) -> Path:
    written = folder / f"submission.{suffix}"
    to = {"txt": "plain", "html": "html5", "docx": "docx"}[suffix]
    title = ["--standalone", "--metadata", "pagetitle=submission"] if suffix == "html" else []
    # Without "smart" the quotation marks stay those of the source.
    _run("pandoc", "-f", "markdown-smart", "-t", to, *title, "-o", written, SOURCE)
    return written


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)


def _texts(read: Submission) -> list[tuple[str, str]]:
    """Numbers and texts, a line a line; the width of the space after a number aside."""
    return [
        (p.number, "\n".join(" ".join(line.split()) for line in _lettered(p.text).split("\n")))
        for p in read.paragraphs
    ]


def _lettered(text: str) -> str:
    return _LETTER.sub(lambda found: f"({found[1] or found[2]})", text)


def _references(read: Submission) -> list[tuple[str, str, str]]:
    return [
        (p.number, p.text[r.start : r.end], r.target) for p in read.paragraphs for r in p.references
    ]


def test_the_source_reads_as_it_was_written(markdown: Submission) -> None:
    assert [p.number for p in markdown.paragraphs] == [str(n) for n in range(1, 31)]
    assert markdown.problems == ()
    assert [n.number for n in markdown.footnotes] == list("12345678")
    assert [s.id for s in markdown.sections] == [
        "I", "II", "II.A", "II.B", "III", "III.A", "III.B", "III.C", "IV", "V",
    ]  # fmt: skip
    assert [r[::2] for r in _references(markdown)] == [
        ("7", "3"), ("14", "11"), ("14", "12"), ("14", "13"), ("24", "21"), ("29", "19"),
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", MADE)
def test_every_format_reads_alike(markdown: Submission, folder: Path, suffix: str) -> None:
    read = _made(folder, suffix)
    assert _texts(read) == _texts(markdown)
    assert [(s.id, s.label, s.title, s.level, s.paragraphs) for s in read.sections] == [
        (s.id, s.label, s.title, s.level, s.paragraphs) for s in markdown.sections
    ]
    notes = [(n.number, n.text, n.urls, n.paragraphs) for n in read.footnotes]
    assert notes == [(n.number, n.text, n.urls, n.paragraphs) for n in markdown.footnotes]
    marks = [[(m.number, m.offset) for m in p.footnotes] for p in read.paragraphs]
    assert marks == [[(m.number, m.offset) for m in p.footnotes] for p in markdown.paragraphs]
    assert _references(read) == _references(markdown)
    assert not [p.number for p in read.paragraphs if p.number_in_doubt]
    front = (read.title, read.state, read.session, read.date)
    assert front == (markdown.title, markdown.state, markdown.session, markdown.date)
