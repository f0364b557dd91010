"""Where does what is read go? Into library and engine of a new generation.

It starts as a copy of the one in force where that can be built upon, and is not made before
something has to be written: a file that still cannot be read costs no copy of everything.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import ExitStack, closing
from types import TracebackType

from indexer.engines import open_engine
from indexer.entities import Authority
from indexer.entities.authority import Row
from indexer.generations import Generation
from indexer.library import Change, LibraryWriter, Stale
from indexer.query.engine import Engine
from indexer.reading.processes import Read
from indexer.settings import Settings


class Store:
    """Library and engine of the *generation* in the making; a context manager."""

    def __init__(
        self,
        settings: Settings,
        authority: Authority,
        generation: Generation,
        copied: Generation | None,
    ) -> None:
        self._settings = settings
        self._authority = authority
        self._generation = generation
        self._copied = copied
        self._states = {
            row.country: row.label for row in authority.rows if row.is_state and row.country
        }
        self._open = ExitStack()
        self._writers: tuple[LibraryWriter, Engine] | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish both, if there is anything in them."""
        self._open.__exit__(kind, error, trace)

    @property
    def is_made(self) -> bool:
        """Whether anything was written."""
        return self._writers is not None

    def make(self) -> tuple[LibraryWriter, Engine]:
        """What writes to library and engine, opened when it is first asked for."""
        if self._writers is None:
            copied = self._copied
            if copied is not None:
                shutil.copytree(copied.engine, self._generation.engine)
            rows = self._authority.rows
            library = LibraryWriter(
                self._generation.library,
                {(r.type, r.id): _all(r) for r in rows if not (r.sensitive or r.blocked)},
                (name for row in rows if row.sensitive for name in _all(row)),
                copied.library if copied else None,
            )
            self._open.enter_context(closing(library))
            engine = open_engine(self._settings.engine, self._generation.engine, writing=True)
            self._open.enter_context(closing(engine))
            self._writers = library, engine
        return self._writers

    def add(self, read: Read, origin: tuple[str, str], stale: Stale | None = None) -> None:
        """Put a submission into both."""
        library, engine = self.make()
        state = self._states.get(read.submission.state or "")
        library.add(read.submission, read.content, read.documents, state, origin, stale)
        engine.add(read.documents)

    def remove(self, submission: str) -> None:
        """Take a submission out of both."""
        library, engine = self.make()
        library.remove(submission)
        engine.remove(submission)

    def mark(self, submission: str, stale: Stale) -> None:
        """Say that a submission is an earlier version of its file."""
        self.make()[0].mark(submission, stale)

    def add_changes(self, submission: str, changes: Iterable[Change]) -> None:
        """Keep how a submission's addresses came to differ."""
        self.make()[0].add_changes(submission, changes)


def _all(row: Row) -> tuple[str, ...]:
    return (*row.aliases, *row.weak)
