"""Does a command's cure, followed to the letter, do what it promises?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.generations import Generation, Manifest
from indexer.pipeline import update
from indexer.settings import Settings
from webapp.cli import main

PILCROW = str(Path(sys.executable).with_name("pilcrow"))


@pytest.mark.parametrize("command", [("search", "torture"), ("cite", "48"), ("check",)])
def test_the_cure_of_folders_that_were_given_names_them(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """Without them another index was made, and this one stayed as it was."""
    run = CliRunner().invoke(main, [*command, f"--data={tmp_path}", "--corpus", str(tmp_path)])
    assert run.exit_code == 1
    assert run.stderr.endswith("Run `pilcrow index`, with --corpus and --data as here\n")


def test_the_cure_of_a_data_folder_alone_asks_for_its_corpus(tmp_path: Path) -> None:
    """Without it the packaged corpus was indexed there, and what had been there removed."""
    run = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])
    assert run.exit_code == 1
    told = "Run `pilcrow index`, with --data as here and the --corpus that belongs to it\n"
    assert run.stderr.endswith(told)


def test_an_empty_data_folder_is_not_the_present_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a shell's variable that is not set."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Submission on Belarus\n\n1. The police of Minsk met.\n")
    run = CliRunner().invoke(main, ["index", "--corpus", str(tmp_path), "--data", ""])
    assert run.exit_code == 2
    assert "Invalid value for '--data': Give the path of a folder" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_the_cure_of_folders_that_were_not_given_is_the_bare_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILCROW_DATA", str(tmp_path))
    run = CliRunner().invoke(main, ["search", "torture"])
    assert run.exit_code == 1
    assert run.stderr.endswith("Run `pilcrow index`\n")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("search", "Minsk"), "a/1\tThe police of Minsk"),
        (("search", "Minsk", "--json"), '"total": 1'),
        (("cite", "1"), "para. 1"),
        (("entities", "suggest"), "id,type,label"),
    ],
)
def test_what_was_purged_meanwhile_was_not_damaged(
    command: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Submission on Belarus\n\n1. The police of Minsk met.\n")
    settings = Settings(corpus=corpus, data=data, reading_processes=1)
    update(settings)
    manifest = Generation.manifest
    purged: list[Generation] = []

    def purged_once_known(generation: Generation) -> Manifest:
        known = manifest(generation)
        if not purged:
            purged.append(generation)
            update(settings, purge=True)
        return known

    monkeypatch.setattr(Generation, "manifest", purged_once_known)
    run = CliRunner().invoke(main, [*command, f"--corpus={corpus}", f"--data={data}"])
    assert (run.exit_code, len(purged)) == (0, 1), run.stderr
    assert told in run.stdout


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_text_commands_the_terminal_it_is_printed_on(
    form: tuple[str, ...], tmp_path: Path
) -> None:
    """A title that sets the clipboard, a colour, and one by the single byte of C1."""
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    hostile = "torture \x1b]52;c;cm0gLXJm\x07 \x1b[31mred \x9b8m gone\x7f."
    (corpus / "a.txt").write_text(f"Submission on Uganda\n\n1. {hostile}\n", encoding="utf-8")
    folders = [f"--corpus={corpus}", f"--data={data}"]
    assert CliRunner().invoke(main, ["index", *folders]).exit_code == 0
    for command in (["read", str(corpus / "a.txt")], ["search", "torture", *folders]):
        run = CliRunner().invoke(main, [*command, *form])
        assert run.exit_code == 0
        assert "cm0gLXJm" in run.stdout
        assert {c for c in run.output if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
        if form:
            record = json.loads(run.stdout)
            (found,) = record["paragraphs"] if "paragraphs" in record else record["hits"]
            assert found["text"] == hostile


def test_what_cannot_be_printed_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Submission on Uganda\n\n1. The court’s word.\n", encoding="utf-8"
    )
    command = (PILCROW, "read", str(tmp_path / "a.txt"))
    latin = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    run = subprocess.run(command, check=False, capture_output=True, text=True, env=latin)
    assert (run.returncode, run.stdout) == (2, "")
    assert "latin-1, in which this is to be printed, has no '\\u2019'. Set PYTHON" in run.stderr
    if not Path("/dev/full").exists():
        return
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert run.returncode == 1
    assert run.stderr == "pilcrow: Cannot print (No space left on device). Print to another place\n"


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    """The folders of a corpus of one document, as options."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Submission on Uganda\n\n1. Anna Okello was held.\n")
    return [f"--corpus={tmp_path / 'corpus'}", f"--data={tmp_path / 'data'}"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_table_that_cannot_be_printed_is_told_in_one_line(small: list[str]) -> None:
    assert CliRunner().invoke(main, ["index", *small]).exit_code == 0
    command = (PILCROW, "entities", "suggest", *small)
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert run.returncode == 1
    assert "Cannot print (No space left on device)" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell")
def test_a_command_needs_no_stream(small: list[str]) -> None:
    """As something that started it may have closed them: then files got their numbers."""
    closed = ("sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", PILCROW, "index", *small)
    assert subprocess.run(closed, check=False).returncode == 0
    assert CliRunner().invoke(main, ["check", *small]).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such permissions")
def test_nobody_else_may_write_what_a_command_writes(small: list[str], tmp_path: Path) -> None:
    """The lock, by which others could keep us from indexing, and what is proposed."""
    subprocess.run((PILCROW, "index", *small), check=True, umask=0)
    written = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert tmp_path / "data" / "proposals" / "a.toml" in written
    assert [path for path in written if path.stat().st_mode & 0o022] == []
