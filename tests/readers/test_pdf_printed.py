"""PDFs that LibreOffice and Chromium print say what the web page they were made from says."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.model import Submission
from indexer.readers import read_source
from indexer.structure import build
from tests.needs import chromium
from tests.readers.invented import Look, as_html, as_odt, invent

_SEED = 5
#: As the UN sets its documents, as organisations do, and what makes reading hard.
_LOOKS = {
    "un": Look(size=10, mirrored=True, margin="3cm"),
    "hanging": Look(
        paper="Letter", font="Liberation Sans", hang=28, justify=False, line_height="115%"
    ),
    "columns": Look(size=10, columns=2, margin="1.8cm"),
    "narrow": Look(size=12, margin="5cm", spacing=0),
    "endnotes": Look(endnotes=True, size=12, line_height="150%"),
    "plain": Look(spacing=0, numbers_of_pages=False, justify=False, hang=20),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("printed")
    document = invent(_SEED, paragraphs=40)
    for name, look in _LOOKS.items():
        (made / f"{name}.fodt").write_text(as_odt(document, look), encoding="utf-8")
        (made / f"{name}.html").write_text(as_html(document, look), encoding="utf-8")
    return made


def _office(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", *arguments], check=True, capture_output=True, timeout=180
    )


@pytest.fixture(scope="module")
def libreoffice(folder: Path) -> Path:
    out = folder / "libreoffice"
    files = [str(folder / f"{name}.fodt") for name in _LOOKS]
    _office(folder, "--convert-to", "pdf", "--outdir", str(out), *files)
    return out


@pytest.fixture(scope="module")
def browser(folder: Path) -> Path:
    out = folder / "chromium"
    out.mkdir()

    def print_one(name: str) -> None:
        command = [
            str(chromium()), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder / name}", "--no-pdf-header-footer",
            f"--print-to-pdf={out / name}.pdf", (folder / f"{name}.html").as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(print_one, _LOOKS))
    return out


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _numbered(submission: Submission) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Text and note numbers of every numbered paragraph."""
    return {
        p.number: (p.text, tuple(mark.number for mark in p.footnotes))
        for p in submission.paragraphs
        if p.number[0].isdigit()
    }


def _compare(pdf: Path, page: Path) -> None:
    want, got = build(read_source(page)), build(read_source(pdf))
    assert _numbered(got) == _numbered(want)
    assert len(_numbered(got)) == 40
    assert {n.number: _plain(n.text) for n in got.footnotes} == {
        n.number: _plain(n.text) for n in want.footnotes
    }
    labelled = [(s.label, s.title) for s in want.sections if s.label]
    assert [(s.label, s.title) for s in got.sections if s.label] == labelled
    assert got.title == want.title
    assert all(p.page for p in got.paragraphs)
    assert not [p.number for p in got.paragraphs if p.doubtful and p.number[0].isdigit()]


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("name", _LOOKS)
def test_libreoffice(libreoffice: Path, folder: Path, name: str) -> None:
    _compare(libreoffice / f"{name}.pdf", folder / f"{name}.html")


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("name", _LOOKS)
def test_chromium(browser: Path, folder: Path, name: str) -> None:
    _compare(browser / f"{name}.pdf", folder / f"{name}.html")


@pytest.mark.needs("libreoffice")
def test_hyphens_that_a_program_put_in_are_taken_out_or_told(folder: Path) -> None:
    look = Look(size=12, margin="6cm")
    document = invent(7, paragraphs=30, tables=False)
    # Soft hyphens, as no dictionary may be there to put hyphens in.
    markup = as_odt(document, look)
    head, body = markup.split("<office:body>")
    body = re.sub(r"(?<=[ >])([A-Za-z]{3,5})([a-z]{4,})(?=[ .,;])", "\\1\u00ad\\2", body)
    (folder / "hyphens.fodt").write_text(f"{head}<office:body>{body}", encoding="utf-8")
    (folder / "hyphens.html").write_text(as_html(document, look), encoding="utf-8")
    _office(folder, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "hyphens.fodt"))
    want = {p.number: p for p in build(read_source(folder / "hyphens.html")).paragraphs}
    got = {p.number: p for p in build(read_source(folder / "hyphens.pdf")).paragraphs}
    assert got.keys() == want.keys()
    wrong = [n for n in want if _plain(got[n].text) != _plain(want[n].text)]
    assert all(got[number].doubtful for number in wrong)
    # Some forty lines break in a word; of these, one word ("reservations") stands nowhere whole.
    assert [number for number in want if got[number].doubtful] == wrong
    assert len(wrong) <= 4


@pytest.mark.needs("libreoffice")
def test_a_locked_file_is_refused_with_the_cure(folder: Path) -> None:
    how = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"tarvos"}}'
    )
    _office(
        folder, "--convert-to", how, "--outdir", str(folder / "locked"), str(folder / "un.fodt")
    )
    with pytest.raises(SourceError, match=r"un\.pdf: is locked with a password\. Save it without"):
        read_source(folder / "locked" / "un.pdf")
