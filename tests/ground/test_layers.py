"""Do the rooms know only those below them, and does a process load only what it needs?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_contract_of_layers_is_kept() -> None:
    # In a process of its own: import-linter switches off every logger there is.
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def loaded_by(statement: str) -> set[str]:
    """Names of the modules that a new interpreter has loaded after *statement*."""
    program = f"import json, sys\n{statement}\nprint(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(json.loads(done.stdout))


def test_the_package_itself_loads_nothing() -> None:
    ours = {name for name in loaded_by("import indexer") if name.startswith("indexer")}
    assert ours == {"indexer"}


def test_the_web_process_loads_no_reader_and_no_engine() -> None:
    program = "import webapp; from indexer.settings import Settings; webapp.create_app(Settings())"
    modules = loaded_by(program)
    assert "flask" in modules
    unwanted = ("bs4", "lxml", "whoosh", "ahocorasick", "indexer.readers", "indexer.structure")
    assert [name for name in unwanted if name in modules] == []
