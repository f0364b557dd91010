"""The first submission, printed by a program that takes raised digits from another font.

It sets them after all else of their line, so that they come last in the file.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from indexer.model import Submission
from indexer.reading import Reader
from indexer.settings import packaged_corpus


@pytest.mark.needs("libreoffice")
def test_as_a_pdf_it_has_the_same_paragraphs_and_notes(tmp_path: Path, seed: Submission) -> None:
    name = seed.source.name
    source = packaged_corpus() / "submissions" / name
    shutil.copy(source, tmp_path / name)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, timeout=120)
    printed = Reader(tmp_path).read(tmp_path / Path(name).with_suffix(".pdf"))
    assert {p.number: p.text for p in printed.paragraphs} == {
        p.number: p.text for p in seed.paragraphs
    }
    assert [(s.id, s.title) for s in printed.sections] == [(s.id, s.title) for s in seed.sections]
    assert [(f.number, f.urls, f.paragraphs) for f in printed.footnotes] == [
        (f.number, f.urls, f.paragraphs) for f in seed.footnotes
    ]
    assert all(p.page for p in printed.paragraphs)
