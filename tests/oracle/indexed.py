"""How is a corpus of the tests' own searched? By the real library, engine and searcher."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.documents import documents
from indexer.engines import open_engine
from indexer.library import Library, LibraryWriter
from indexer.model import Submission
from indexer.query.request import SearchRequest, SearchResult
from indexer.search import Searcher
from indexer.settings import Settings
from tests.oracle.corpora import STATES


def write(
    folder: Path,
    added: Sequence[Submission],
    removed: Sequence[str] = (),
    earlier: Path | None = None,
) -> None:
    """Put submissions into a new library and engine, or into copies of *earlier* ones."""
    if earlier is not None:
        shutil.copytree(earlier / "engine", folder / "engine")
    library = LibraryWriter(
        folder / "library.sqlite", earlier=earlier / "library.sqlite" if earlier else None
    )
    with (
        closing(library),
        closing(open_engine("whoosh", folder / "engine", writing=True)) as engine,
    ):
        for id_ in removed:
            library.remove(id_)
            engine.remove(id_)
        for submission in added:
            made = tuple(documents(submission))
            library.add(submission, b"", made, STATES.get(submission.state or ""))
            engine.add(made)


@contextmanager
def opened(folder: Path) -> Iterator[Searcher]:
    """A searcher on what was written into *folder*."""
    with closing(open_engine("whoosh", folder / "engine")) as engine:

        def ask(requests: Sequence[SearchRequest]) -> list[SearchResult]:
            return [engine.search(request) for request in requests]

        yield Searcher(Library(folder / "library.sqlite"), ask, Settings(), "0")


@contextmanager
def searched(submissions: Sequence[Submission]) -> Iterator[Searcher]:
    """A searcher on *submissions*, and on nothing else."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), submissions)
        with opened(Path(name)) as searcher:
            yield searcher
