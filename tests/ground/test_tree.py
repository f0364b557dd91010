"""Is the tree what it should be: nothing stray, nothing of one machine, no room too large?"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TOP = {
    *("indexer", "webapp", "corpus", "tests", "requirements"),
    *("pyproject.toml", "Makefile", ".ci", ".gitignore"),
    *("README.md", "README.png", "ARCHITECTURE.md", "DECISIONS.md", "CHANGELOG.md"),
    *("GUIDE.md", "SECURITY.md", "DEPLOYMENT.md", "LICENSE", "deploy"),
}

# In pieces, so that this file does not hold what it looks for.
OF_ONE_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"(?:work|root|farm|home/\w+|Users/\w+)/",
            r"\.py" + r"env/",
            r"py" + r"pi\.org",
            r"python" + r"hosted\.org",
            r"registry\.npm" + r"js",
            r"deb\.deb" + r"ian\.org",
        ]
    )
)

MOST_LINES = 500
MOST_FUNCTION_LINES = 60


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file that git tracks; where the tree came without git, every file of a known kind."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for entry in TOP for path in _files(ROOT / entry)]
    return [path for path in paths if path.is_file()]


def _files(entry: Path) -> Iterator[Path]:
    if entry.is_file():
        yield entry
    elif entry.is_dir():
        yield from (p for p in entry.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def test_the_top_level_holds_what_it_should(tracked: list[Path]) -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked} - TOP == set()


def test_no_file_names_a_place_on_one_machine(tracked: list[Path]) -> None:
    # A submission is as its authors sent it.
    texts = [path for path in tracked if not path.is_relative_to(ROOT / "corpus" / "submissions")]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in texts
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), 1)
        if OF_ONE_MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see /" + "work/notes.txt", True),
        ("'/" + "home/ana/corpus'", True),
        ("https://py" + "pi.org/simple", True),
        ("https://example.org/homework/1", False),
        ("the network/rooted", False),
    ],
)
def test_the_pattern_for_places_knows_them(line: str, found: bool) -> None:
    assert bool(OF_ONE_MACHINE.search(line)) is found


def test_no_module_or_function_is_too_long(tracked: list[Path]) -> None:
    long: list[str] = []
    for path in (p for p in tracked if p.suffix == ".py"):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        if source.count("\n") > MOST_LINES:
            long.append(f"{name}: {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_FUNCTION_LINES:
                    long.append(f"{name}: {node.name} has {lines} lines")
    assert long == []


def test_every_module_says_what_it_is_for(tracked: list[Path]) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] != "tests"
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
