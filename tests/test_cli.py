"""Does a command's cure, followed to the letter, do what it promises?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli import main


@pytest.mark.parametrize("command", [("search", "torture"), ("cite", "48"), ("check",)])
def test_the_cure_of_folders_that_were_given_names_them(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """Without them another index was made, and this one stayed as it was."""
    run = CliRunner().invoke(main, [*command, f"--data={tmp_path}", "--corpus", str(tmp_path)])
    assert run.exit_code == 1
    assert run.stderr.endswith("Run `pilcrow index`, with --corpus and --data as here\n")


def test_the_cure_of_folders_that_were_not_given_is_the_bare_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILCROW_DATA", str(tmp_path))
    run = CliRunner().invoke(main, ["search", "torture"])
    assert run.exit_code == 1
    assert run.stderr.endswith("Run `pilcrow index`\n")
