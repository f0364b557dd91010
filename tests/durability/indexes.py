"""What is indexed in these tests, what does an index hold, and is a data folder clean?"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.engines import open_engine
from indexer.generations import Generation, Generations
from indexer.query.request import Everything, SearchRequest, Word
from indexer.query.results import FACETS
from indexer.settings import Settings
from tests.durability.commands import index, run
from tests.verified import verified

ALPHA = (
    "Submission on Belarus\n\nI. TORTURE\n\n1. First words of Human Rights Watch.¹\n"
    "2. Second words on torture in Minsk.\n3. Third words on Article 174 and prisons.\n\n"
    "¹ Report of 2018, https://hrw.org/report\n"
)
BETA = "Submission on Uganda\n\nI. PRESS\n\n1. Other words.\n2. Journalists were tortured.\n"
#: The second document as it is later.
CHANGED = BETA.replace("Journalists", "Bloggers of Human Rights Watch")

#: Everything that an index holds, in a form that is the same for two that hold the same.
Contents = dict[str, Any]


def write(corpus: Path, **texts: str) -> None:
    """Make *corpus* a folder of these texts and of nothing else."""
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir()
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def settings_of(corpus: Path, data: Path) -> Settings:
    """Settings for so small a corpus."""
    return Settings(corpus=corpus, data=data, search_processes=1, reading_processes=1)


def build(corpus: Path, data: Path, *versions: dict[str, str]) -> None:
    """Index each of *versions* of *corpus* in turn, by the real command."""
    for texts in versions:
        write(corpus, **texts)
        assert run(index(corpus, data)).status == 0


def contents(generation: Generation) -> Contents:
    """What *generation* holds, but for times, the order of rows on the disk, and digests that
    depend on where the corpus is."""
    held: Contents = {}
    with closing(sqlite3.connect(f"file:{generation.library}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            columns = database.execute(f"SELECT name FROM pragma_table_info('{table}')")
            lasting = [name for (name,) in columns if name not in ("since", "key")]
            rows = database.execute(f"SELECT {', '.join(lasting)} FROM {table}")
            held[table] = sorted(map(repr, rows))
    with closing(open_engine(generation.manifest().engine, generation.engine)) as engine:
        for tree in (Everything(), Word("stem", ("tortur",)), Word("word", ("words",))):
            held[repr(tree)] = engine.search(SearchRequest(tree, size=100, facets=tuple(FACETS)))
    return held


def contents_in_force(data: Path) -> Contents:
    """What the generation in force holds, all of which was checked."""
    return contents(Generations(data).current())


def assert_clean(corpus: Path, data: Path) -> None:
    """Everything in *data* belongs to the generation in force or to the one before it, nobody
    holds the lock, and `pilcrow check` has nothing to say."""
    named = [line.split()[0] for line in (data / "current").read_text().splitlines()]
    folders = {folder.name for folder in (data / "generations").iterdir()}
    assert folders <= set(named)
    assert {entry.name for entry in data.iterdir()} <= {
        *("current", "generations", "lock", "proposals")
    }
    verified(settings_of(corpus, data))
