"""How is a new generation filled? What was read is put in its place, and nothing is lost.

A file that cannot be read is named, and its earlier version stays where there is one. An id
belongs to the file that had it, until that file is gone or has another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from indexer.documents import documents
from indexer.errors import IndexDamaged, NotFound, SourceError
from indexer.generations import Failure
from indexer.library import Change, Stale, compare, restated
from indexer.pipeline.plan import Corpus, Plan
from indexer.pipeline.proposals import Proposals
from indexer.pipeline.store import Store
from indexer.reading.processes import Read, ReadingProcesses

#: Called with how many files are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Filling:
    """One update in the making."""

    corpus: Corpus
    plan: Plan
    store: Store
    proposals: Proposals
    since: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    failed: list[Failure] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, tuple[Change, ...]]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    """Path of the file that each submission id belongs to."""
    undone: set[str] = field(default_factory=set)
    """Paths of the files that are still to be read."""
    waiting: dict[str, Read] = field(default_factory=dict)
    """By path, what has an id that another file may yet give up."""
    read: int = 0

    def run(self, processes: ReadingProcesses, progress: Progress) -> None:
        """Put everything in its place."""
        plan = self.plan
        self.owners = {o.submission: path for path, o in plan.origins.items()}
        for origin in plan.gone:
            del self.owners[origin.submission]
            if plan.manifest is not None:
                self.store.remove(origin.submission)
        names = {self.corpus.paths[name]: name for name in plan.pending}
        self.undone.update(plan.pending)
        progress(0, len(names))
        for done, (path, outcome) in enumerate(processes.read(names), 1):
            name = names[path]
            self.undone.discard(name)
            if isinstance(outcome, SourceError):
                self._fail(name, outcome)
            else:
                self._place(name, outcome)
            self._settle()
            progress(done, len(names))
        while self.waiting:
            self._exchange()
            self._settle()
        order = {name: place for place, name in enumerate(plan.pending)}
        self.failed.sort(key=lambda failure: order[failure.path])

    def _place(self, name: str, read: Read) -> None:
        """Store what was read, if it has a place in the corpus."""
        if not read.submission.paragraphs:
            self._fail(name, SourceError(f"{name} has no paragraph", "Take it out of the corpus"))
        elif (owner := self._owner(name, read)) == name:
            self._take(name, read)
        elif owner in self.undone or owner in self.waiting:
            self.waiting[name] = read
        else:
            self._refuse(name, read)

    def _owner(self, name: str, read: Read) -> str:
        """Path of the file that the id of what was read from *name* belongs to."""
        return self.owners.get(read.submission.id, name)

    def _settle(self) -> None:
        """Place what waits no more: its id has become free, or stays another file's."""
        settled = True
        while settled:
            settled = False
            for name, read in list(self.waiting.items()):
                owner = self._owner(name, read)
                if owner == name or not (owner in self.undone or owner in self.waiting):
                    del self.waiting[name]
                    self._place(name, read)
                    settled = True

    def _exchange(self) -> None:
        """Place files each of which waits for the id of the next one."""
        names = _circle({name: self._owner(name, read) for name, read in self.waiting.items()})
        for name in names:
            self._release(name)
        for name in names:
            self._take(name, self.waiting.pop(name))

    def _release(self, name: str) -> None:
        """Take out what is held of the file *name*."""
        origin = self.plan.origins.get(name)
        if origin is not None and self.owners.get(origin.submission) == name:
            del self.owners[origin.submission]
            if self.plan.manifest is not None:
                self.store.remove(origin.submission)

    def _take(self, name: str, read: Read) -> None:
        """Store what was read in the place of what was held of its file."""
        id_ = read.submission.id
        before, changes = self._earlier(id_)
        self._release(name)
        self.owners[id_] = name
        self.store.add(read, (name, self.corpus.keys[name]))
        now = {p.number: p.text for p in read.submission.paragraphs}
        new = tuple(compare(before, now, self.since)) if before else ()
        self.store.add_changes(id_, (*restated(changes, new, now), *new))
        if new:
            self.changes.append((id_, new))
        origin = self.plan.origins.get(name)
        if origin is not None and origin.submission != id_:
            self.renamed.append((origin.submission, id_))
        self.read += 1
        self.proposals.propose(name, read.submission)

    def _earlier(self, submission: str) -> tuple[dict[str, str], tuple[Change, ...]]:
        """The texts that the submission had, and the changes it had seen."""
        if self.plan.library is None or self.plan.forgets:
            return {}, ()
        try:
            return self.plan.library.texts(submission), self.plan.library.changes(submission)
        except (IndexDamaged, KeyError, ValueError):  # of other code, or damaged: not to be had
            return {}, ()

    def _refuse(self, name: str, read: Read) -> None:
        """Note that the id of what was read is another file's."""
        id_ = read.submission.id
        cure = f"Give one of them another id in {Path(name).name}.toml"
        self._fail(name, SourceError(f"{name} has the id {id_}, as has {self.owners[id_]}", cure))

    def _fail(self, name: str, error: SourceError) -> None:
        """Note a failure; the file's earlier version stays if there is one, but in a purge: what
        cannot be read now may have had something taken out."""
        self.failed.append(Failure(name, self.corpus.keys[name], str(error)))
        origin, library = self.plan.origins.get(name), self.plan.library
        if self.plan.forgets:
            self._release(name)
            self.proposals.remove(name)
            return
        if origin is None or library is None:
            return
        id_ = origin.submission
        try:
            known = library.card(id_).stale
            stale = Stale(known.since if known else self.since, error.message)
            if self.plan.manifest is None:
                whole = library.submission(id_)
                content = library.source(id_)[1]
                read = Read(whole, content, tuple(documents(whole)))
                self.store.add(read, (name, origin.key), stale)
                self.store.add_changes(id_, library.changes(id_))
            elif known != stale:
                self.store.mark(id_, stale)
        except (IndexDamaged, NotFound, KeyError, TypeError, ValueError):
            # Made by other code in another shape: it cannot be kept.
            del self.owners[id_]
            return
        self.stale.append(name)


def _circle(owners: dict[str, str]) -> list[str]:
    """Files that have each other's ids, of *owners* by name, all of them among the names."""
    path: list[str] = []
    name = next(iter(owners))
    while name not in path:
        path.append(name)
        name = owners[name]
    return path[path.index(name) :]
