"""Two sources that differ in their endings have metadata of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.errors import SourceError
from indexer.reading import Reader
from webapp.cli import main

TEXT = "Prisons in Peru\n\n1. One.\n2. Two.\n"


def test_each_is_read_with_its_own(tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "a.md").write_text(TEXT)
    arguments = ["index", "--corpus", str(corpus), "--data", str(data)]
    told = CliRunner().invoke(main, arguments)
    assert told.exit_code == 3
    assert "another id in a.txt.toml" in told.stderr
    (corpus / "a.txt.toml").write_text('id = "the-text"')
    assert Reader(corpus).read(corpus / "a.txt").id == "the-text"
    assert Reader(corpus).read(corpus / "a.md").id == "a"
    assert CliRunner().invoke(main, arguments).exit_code == 0
    (corpus / "a.txt.toml").write_text('id = "else"')
    assert CliRunner().invoke(main, arguments).exit_code == 0
    found = CliRunner().invoke(main, ["cite", "else/2", "--data", str(data)])
    assert "para. 2" in found.stdout


def test_a_mistake_is_told_of_the_metadata_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt.toml").write_text("id = 5")
    with pytest.raises(SourceError) as refused:
        Reader(tmp_path).read(tmp_path / "a.txt")
    assert refused.value.message.startswith("a.txt.toml: id ")
