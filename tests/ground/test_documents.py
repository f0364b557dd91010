"""Do README, ARCHITECTURE and DECISIONS still speak of what is there?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from webapp.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [t.partition("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in t]
    assert [target for target in targets if target and not (ROOT / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_shown_exists(page: Path) -> None:
    shown = set(re.findall(r"\bpilcrow ([a-z]+)", "\n".join(code(page))))
    assert shown <= set(main.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_shown_exists(page: Path) -> None:
    for line in code(page):
        for name, rest in re.findall(r"\bpilcrow ([a-z]+)([^\n|#]*)", line):
            help_ = CliRunner().invoke(main, [name, "--help"]).output
            for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
                assert option in help_, f"pilcrow {name} has no {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_shown_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", "\n".join(code(page)))) <= targets


def code(page: Path) -> list[str]:
    """What *page* sets as code: lines of blocks, and spans in a line."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?$(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", text)
    return [line for block in blocks for line in block.splitlines()] + spans


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [
        f"{package}/{entry.name}" + ("/" if entry.is_dir() else "")
        for package in ("indexer", "webapp")
        for entry in (ROOT / package).iterdir()
        if entry.name[0] not in "_." and (entry.is_dir() or entry.suffix == ".py")
    ]
    assert [room for room in rooms if f"`{room}`" not in text] == []


def test_every_path_in_the_architecture_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:indexer|webapp|corpus|tests|requirements)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_dependency_has_its_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    names = [Requirement(line).name for line in project["dependencies"]]
    assert [name for name in names if name.lower() not in text.lower()] == []
