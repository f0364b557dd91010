"""``pilcrow lint``, as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.settings import packaged_corpus
from webapp.cli import main

SEED = packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt"
GAP = "Prisons in Peru\n\nSubmitted by: Red Door (RD)\n\n1. One.\n2. Two.\n4. Four.\n"


def pilcrow(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_json_has_the_documented_shape(tmp_path: Path) -> None:
    file = tmp_path / "gap.txt"
    file.write_text(GAP)
    told = pilcrow("lint", file, "--json")
    assert (told.exit_code, told.stderr) == (0, "")
    report = json.loads(told.stdout)
    assert list(report) == [
        "file", "words", "words_of_notes", "words_of_annexes", "limit", "findings"
    ]  # fmt: skip
    assert (report["file"], report["words"], report["limit"]) == (str(file), 3, 2815)
    gap = next(f for f in report["findings"] if f["code"] == "number-gap")
    assert set(gap) == {"code", "severity", "message", "cure", "line", "page", "paragraph"}
    assert (gap["severity"], gap["line"], gap["page"], gap["paragraph"]) == ("error", 7, None, "4")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GAP, (), 0),
        (GAP, ("--strict",), 3),
        (GAP, ("--strict", "--json"), 3),
        (GAP.replace("4. Four", "3. Three"), ("--strict",), 0),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, options: tuple[str, ...], code: int) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert pilcrow("lint", tmp_path / "a.txt", *options).exit_code == code


def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    told = pilcrow("lint", tmp_path / "a.pdf")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.count("\n") == 1 and "a.pdf" in told.stderr
    assert pilcrow("lint", tmp_path / "none.txt").exit_code == 2


def test_the_first_submission_is_told_as_text() -> None:
    told = pilcrow("lint", SEED, "--strict")
    assert told.exit_code == 0  # remarks alone do not fail it
    assert told.stdout.endswith("3 remarks.\n")
