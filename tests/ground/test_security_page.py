"""Is every promise of SECURITY.md held by a test that there is?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

#: A row of a table: what is promised, and what holds it.
ROW = re.compile(r"^\| (?!promise )(?!-)(?P<promise>.+?) \| (?P<held>.*?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def promises(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each promise of *page* with its tests, as (file, name)."""
    return [(row["promise"], TEST.findall(row["held"])) for row in ROW.finditer(page)]


def functions(file: str) -> set[str]:
    """The tests in *file*; none where there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return set()
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def missing(page: str) -> list[str]:
    """What of *page* names no test, or one that is not there."""
    found: list[str] = []
    for promise, tests in promises(page):
        if not tests:
            found.append(promise)
        found += [f"{file}::{name}" for file, name in tests if name not in functions(file)]
    return found


def test_every_promise_names_tests_that_exist() -> None:
    assert len(promises(PAGE)) >= 20
    assert missing(PAGE) == []


@pytest.mark.parametrize(
    "row",
    [
        "| Nothing is promised | by nobody |",
        "| A promise | `tests/ground/test_security_page.py::test_that_is_not_there` |",
        "| A promise | `tests/ground/test_that_is_not_there.py::test_a` |",
    ],
)
def test_a_promise_without_a_test_is_noticed(row: str) -> None:
    assert len(missing(f"{PAGE}\n{row}\n")) == 1


def test_every_test_it_names_stands_beside_a_promise() -> None:
    # In a sentence it would hold nothing.
    held = [test for _, tests in promises(PAGE) for test in tests]
    assert sorted(TEST.findall(PAGE)) == sorted(held)


def test_every_attacker_is_told_what_is_not_promised() -> None:
    for part in PAGE.split("\n## ")[2:-2]:
        assert "\nNot promised: " in part, part.splitlines()[0]


#: What an SQL statement opens with.
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|ATTACH|PRAGMA)\b")


def composed(source: str) -> list[str]:
    """The statements in *source* that are put together when they are run."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = [node.func.value] if node.func.attr in ("format", "join", "replace") else []
        elif isinstance(node, ast.BinOp):
            parts = [node.left]
        else:
            parts = node.values[:1] if isinstance(node, ast.JoinedStr) else []
        for part in parts:
            if isinstance(part, ast.Constant) and SQL.match(str(part.value)):
                found.append(ast.unparse(node))
    return found


def test_no_query_reaches_sql_as_text() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for package in ("indexer", "webapp")
        for path in (ROOT / package).rglob("*.py")
    ]
    assert sum("sqlite3.connect" in source for source in sources) >= 2
    assert [statement for source in sources for statement in composed(source)] == []


@pytest.mark.parametrize(
    "statement",
    [
        'f"SELECT id FROM {table}"',
        "\"SELECT id FROM a WHERE b = '%s'\" % name",
        '"DELETE FROM " + table',
        '"INSERT INTO a VALUES ({})".format(name)',
    ],
)
def test_a_composed_statement_is_noticed(statement: str) -> None:
    assert len(composed(f"run({statement})")) == 1


def unexplained(path: Path) -> list[str]:
    """The lines of *path* that except something from bandit without saying which and why."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found: list[str] = []
    for above, line in zip(["", *lines], lines, strict=False):
        excepted = re.search(r"# nosec(?P<what>[^#]*)(?:# (?P<why>.+))?", line)
        if excepted:
            named = re.fullmatch(r" B\d{3}(, B\d{3})* *", excepted["what"])
            why = excepted["why"] or above.partition("#")[2]
            if not named or len(why.split()) < 4:
                found.append(line.strip())
    return found


def test_bandit_looks_at_all_and_every_exception_has_its_reason(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^check:(?:.*\n\t)+.*/bandit .*--recursive .*indexer webapp$", makefile, re.M)
    for package in ("indexer", "webapp"):
        for path in (ROOT / package).rglob("*.py"):
            assert unexplained(path) == [], path
    silent = tmp_path / "silent.py"
    silent.write_text("run()  # nosec B603\nrun()  # nosec\n", encoding="utf-8")
    assert len(unexplained(silent)) == 2
