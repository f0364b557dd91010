"""One submission in the HTML of five programs: the same paragraphs, sections and notes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from indexer.model import Submission
from indexer.readers import read_source
from indexer.structure import build
from tests.readers import exports


def _built(folder: Path, data: bytes, name: str = "export.html") -> Submission:
    path = folder / name
    path.write_bytes(data)
    return build(read_source(path))


def _expect_the_submission(read: Submission) -> None:
    rows = [(str(n), text) for _, rows in exports.numbered() for n, text in rows]
    unmarked = [(n, re.sub(r"\{\d\}", "", text)) for n, text in rows]
    assert [(p.number, p.text) for p in read.paragraphs] == unmarked
    sections = [f"{s.label}. {s.title}" for s in read.sections]
    assert sections == list(exports.HEADINGS)
    assert [len(s.paragraphs) for s in read.sections] == [6, 6, 4]
    assert [(n.number, n.text, n.paragraphs) for n in read.footnotes] == [
        ("1", exports.NOTES[0], ("2",)),
        ("2", exports.NOTES[1], ("7",)),
    ]
    marks = [(p.number, m.number, m.offset) for p in read.paragraphs for m in p.footnotes]
    assert marks == [("2", "1", rows[1][1].index("{1}")), ("7", "2", rows[6][1].index("{2}"))]
    assert read.title == exports.TITLE
    assert read.remainder == ()
    assert not any(p.doubtful for p in read.paragraphs)


@pytest.mark.parametrize(
    ("program", "codes"),
    [
        ("word", ["comments", "deleted-text"]),
        ("google", ["comments"]),
        ("site", ["hidden-text", "page-furniture"]),
        ("plain", []),
    ],
)
def test_an_export_reads_as_the_submission(tmp_path: Path, program: str, codes: list[str]) -> None:
    data: bytes = getattr(exports, program)()
    if program == "plain":  # marks lead nowhere yet
        notes = "".join(f'<p id="n{n}">{n} {t}</p>' for n, t in enumerate(exports.NOTES, 1))
        data += notes.encode()
    read = _built(tmp_path, data)
    _expect_the_submission(read)
    assert sorted(p.code for p in read.problems) == codes


def test_what_stands_around_the_document_is_told_by_kind_and_length(tmp_path: Path) -> None:
    (told,) = (
        p.message for p in _built(tmp_path, exports.site()).problems if p.code == "page-furniture"
    )
    for kind in ("cookie notice", "head of the page", "navigation", "side column", "comments"):
        assert kind in told
    assert "foot of the page (41)" in told


@pytest.mark.needs("pandoc")
def test_an_export_of_pandoc(tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    source.write_bytes(exports.markdown())
    target = tmp_path / "pandoc.html"
    subprocess.run(
        ["pandoc", "--standalone", "--metadata", "title=x", "-o", target, source],
        check=True, timeout=60,
    )  # fmt: skip
    data = re.sub(rb"<header.*?</header>", b"", target.read_bytes(), flags=re.DOTALL)
    _expect_the_submission(_built(tmp_path, data))


@pytest.mark.needs("libreoffice")
@pytest.mark.needs("pandoc")
def test_an_export_of_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    source.write_bytes(exports.markdown())
    subprocess.run(["pandoc", "-o", tmp_path / "office.docx", source], check=True, timeout=60)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "html", "--outdir", tmp_path, tmp_path / "office.docx"],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    _expect_the_submission(_built(tmp_path, (tmp_path / "office.html").read_bytes()))
