"""In what order does a corpus become findable? Read what changed, store, switch.

The one module that knows the order of the steps. A new generation starts as a copy of the
one in force, from which is taken what changed or went, and to which is added what was read.
Everything is read again where the code, the authority files or the engine changed. A file
that cannot be read is named, its earlier version stays where there is one, and the others
go on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.documents import documents
from indexer.engines import open_engine
from indexer.entities import Authority, model
from indexer.entities.authority import Row
from indexer.errors import IndexDamaged, IndexUnavailable, NotFound, SourceError
from indexer.generations import Failure, Generation, Generations, Manifest, code_digest
from indexer.library import Change, Library, LibraryWriter, Origin, Stale, compare
from indexer.query.engine import Engine
from indexer.query.request import Everything, SearchRequest
from indexer.readers import source_bytes
from indexer.reading import Reader, shown
from indexer.reading.processes import Limits, Read, ReadingProcesses
from indexer.settings import Settings, packaged_corpus
from indexer.structure.metadata import sidecar
from indexer.structure.proposal import proposal, remove_proposal, write_proposal

#: Called with how many files are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What bringing an index up to date came to."""

    generation: str
    submissions: int
    paragraphs: int
    changed: bool
    read: int
    """Files read in this update."""
    failed: tuple[Failure, ...]
    """Files that could not be read."""
    stale: tuple[str, ...]
    """Paths of those of which an earlier version stays."""
    doubtful: int
    """Submissions in which something is in doubt."""
    removed: tuple[str, ...] = ()
    """Ids of submissions whose file is gone."""
    changes: tuple[tuple[str, tuple[Change, ...]], ...] = ()
    """By submission id, the addresses that differ from what they were."""
    offline: bool = True
    """Whether files were read without any access to a network."""
    proposals: str = ""
    """Where proposals of metadata are, in a sentence; empty where none were made."""

    def lines(self) -> Iterator[str]:
        """The summary for a person; its last line is the count."""
        for failure in self.failed:
            kept = " (its earlier version stays, marked stale)"
            yield f"pilcrow: {failure.message}{kept if failure.path in self.stale else ''}"
        for submission in self.removed:
            yield f"Removed {submission}: its file is gone."
        for submission, changes in self.changes:
            yield f"Addresses of {submission} that changed: {_told(changes)}."
        if self.read and not self.offline:
            yield "This system lets no process give up the network: files were read with it."
        if self.proposals:
            yield self.proposals
        done = "Indexed" if self.changed else "Up to date:"
        unchanged = self.submissions - (self.read if self.changed else 0) - len(self.stale)
        counts = (
            f"{self.read if self.changed else 0:,} read, {unchanged:,} unchanged",
            f"{len(self.failed):,} failed, {self.doubtful:,} doubtful",
        )
        yield (
            f"{done} {_count(self.submissions, 'submission')},"
            f" {_count(self.paragraphs, 'paragraph')}: {', '.join(counts)}."
        )


def update(
    settings: Settings, rebuild: bool = False, progress: Progress = lambda done, total: None
) -> Summary:
    """Bring library and index up to date with the corpus, and switch to them if new.

    Raises SourceError where not one document can be read, IndexUnavailable where the data
    folder cannot be written to or another process is indexing.
    """
    reader = Reader(settings.corpus)
    corpus = _Corpus(reader, settings)
    generations = Generations(settings.data_folder)
    plan = _Plan.of(corpus, generations, rebuild)
    if (summary := plan.nothing_new()) is not None:
        return summary
    with (
        generations.building() as generation,
        ReadingProcesses(
            settings.corpus, settings.reading_processes, Limits.of(settings)
        ) as processes,
    ):
        # Another process may have switched before this one had the lock.
        plan = _Plan.of(corpus, generations, rebuild)
        update_ = _Update(settings, reader, corpus, plan, generation)
        update_.run(processes, progress)
        if update_.is_nothing_new():
            assert plan.manifest is not None and plan.earlier is not None
            return _summary(plan.earlier, plan.manifest, changed=False)
        manifest = update_.manifest()
        generations.switch(generation, manifest)
        summary = update_.summary(manifest, offline=processes.network_is_cut)
    return update_.propose(summary)


class _Corpus:
    """The files of a corpus, and what their readings depend on."""

    def __init__(self, reader: Reader, settings: Settings) -> None:
        self.paths = {shown(path, settings.corpus): path for path in reader.sources()}
        self.keys = {name: _key(path) for name, path in self.paths.items()}
        self.basis = _basis(settings)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done about each file."""

    earlier: Generation | None
    """The generation in force, if its library can be read at all."""
    manifest: Manifest | None
    """Its manifest, if what it holds can be built upon."""
    origins: dict[str, Origin]
    """By path, what it holds."""
    pending: tuple[str, ...]
    """Paths that must be read."""
    gone: tuple[Origin, ...]
    """What it holds of files that are no more."""

    @classmethod
    def of(cls, corpus: _Corpus, generations: Generations, rebuild: bool) -> _Plan:
        """Compare the corpus with the generation in force."""
        try:
            earlier = generations.current()
            origins = {o.path: o for o in Library(earlier.library).origins()}
        except IndexUnavailable:
            return cls(None, None, {}, tuple(corpus.paths), ())
        try:
            manifest = earlier.manifest()
        except IndexUnavailable:
            manifest = None
        if manifest is not None and (rebuild or manifest.basis != corpus.basis):
            manifest = None
        unchanged = {
            path
            for path, origin in origins.items()
            if manifest is not None and not origin.stale and corpus.keys.get(path) == origin.key
        }
        pending = tuple(path for path in corpus.paths if path not in unchanged)
        gone = tuple(o for path, o in origins.items() if path not in corpus.paths)
        return cls(earlier, manifest, origins, pending, gone)

    def nothing_new(self) -> Summary | None:
        """The summary of an update that has nothing to do."""
        if self.manifest is None or self.earlier is None or self.pending or self.gone:
            return None
        return _summary(self.earlier, self.manifest, changed=False)


@dataclass(slots=True)
class _Update:
    """One update in the making."""

    settings: Settings
    reader: Reader
    corpus: _Corpus
    plan: _Plan
    generation: Generation
    since: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    failed: list[Failure] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    changes: list[tuple[str, tuple[Change, ...]]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    """Path of the file that each submission id belongs to."""
    read: int = 0
    proposals: dict[str, str | None] = field(default_factory=dict)
    """By path of a file read, the metadata proposed; None where a keeper has given some."""

    def run(self, processes: ReadingProcesses, progress: Progress) -> None:
        """Fill the new generation. Raises SourceError where it would be empty."""
        plan, authority = self.plan, self.reader.authority
        states = {row.country: row.label for row in authority.rows if row.is_state and row.country}
        copied = plan.earlier if plan.manifest is not None else None
        if copied is not None:
            shutil.copytree(copied.engine, self.generation.engine)
            self.owners = {o.submission: o.path for o in plan.origins.values()}
        with (
            closing(
                LibraryWriter(
                    self.generation.library,
                    _names(authority),
                    (name for row in authority.rows if row.sensitive for name in _all(row)),
                    copied.library if copied else None,
                )
            ) as library,
            closing(
                open_engine(self.settings.engine, self.generation.engine, writing=True)
            ) as engine,
        ):
            store = _Store(library, engine, states)
            if copied is not None:
                for origin in plan.gone:
                    store.remove(origin.submission)
                    del self.owners[origin.submission]
            self._read(store, processes, progress)

    def _read(self, store: _Store, processes: ReadingProcesses, progress: Progress) -> None:
        names = {self.corpus.paths[name]: name for name in self.plan.pending}
        progress(0, len(names))
        for done, (path, outcome) in enumerate(processes.read(names), 1):
            name = names[path]
            try:
                if isinstance(outcome, SourceError):
                    raise outcome
                self._take(store, name, outcome)
            except SourceError as error:
                self._fail(store, name, error)
            progress(done, len(names))

    def _take(self, store: _Store, name: str, read: Read) -> None:
        """Store what was read. Raises SourceError where it has no place in the corpus."""
        submission = read.submission
        if not submission.paragraphs:
            raise SourceError(f"{name} has no paragraph", "Take it out of the corpus")
        owner = self.owners.get(submission.id, name)
        if owner != name:
            raise SourceError(
                f"{name} has the id {submission.id}, as has {owner}",
                f"Give one of them another id in {Path(name).name}.toml",
            )
        before, changes = self._earlier(submission.id)
        origin = self.plan.origins.get(name)
        if origin is not None and self.plan.manifest is not None:
            store.remove(origin.submission)
            self.owners.pop(origin.submission, None)
        self.owners[submission.id] = name
        store.add(read, (name, self.corpus.keys[name]))
        now = {p.number: p.text for p in submission.paragraphs}
        new = tuple(compare(before, now, self.since)) if before else ()
        store.library.add_changes(submission.id, (*changes, *new))
        if new:
            self.changes.append((submission.id, new))
        self.read += 1
        path = self.corpus.paths[name]
        given = sidecar(path).is_file()
        self.proposals[name] = None if given else proposal(submission, path.name)

    def _earlier(self, submission: str) -> tuple[dict[str, str], tuple[Change, ...]]:
        """The texts that the submission had, and the changes it had seen."""
        if self.plan.earlier is None:
            return {}, ()
        library = Library(self.plan.earlier.library)
        try:
            return library.texts(submission), library.changes(submission)
        except (IndexDamaged, KeyError, ValueError):  # of other code, or damaged: not to be had
            return {}, ()

    def _fail(self, store: _Store, name: str, error: SourceError) -> None:
        """Note a failure; the file's earlier version stays if there is one."""
        self.failed.append(Failure(name, self.corpus.keys[name], str(error)))
        origin = self.plan.origins.get(name)
        if origin is None or self.plan.earlier is None:
            return
        library = Library(self.plan.earlier.library)
        try:
            known = library.card(origin.submission).stale
            stale = Stale(known.since if known else self.since, error.message)
            if self.plan.manifest is None:
                if origin.submission in self.owners:
                    return
                whole = library.submission(origin.submission)
                content = library.source(origin.submission)[1]
                read = Read(whole, content, tuple(documents(whole)))
                changes = library.changes(origin.submission)
                store.add(read, (name, origin.key), stale)
                store.library.add_changes(origin.submission, changes)
                self.owners[origin.submission] = name
            elif known != stale:
                store.library.mark(origin.submission, stale)
        except (IndexDamaged, NotFound, KeyError, TypeError, ValueError):
            return  # made by other code in another shape: it cannot be kept
        self.stale.append(name)

    def propose(self, summary: Summary) -> Summary:
        """Write proposals of metadata for what was read without any, and say where they are."""
        folder = self.settings.data_folder / "proposals"
        wanted = {o.path: self.proposals.get(o.path) for o in self.plan.gone}
        wanted.update(self.proposals)
        written = False
        try:
            for name, text in wanted.items():
                path = folder / Path(name).with_suffix(".toml")
                if text is None:
                    remove_proposal(path)
                else:
                    write_proposal(path, text)
                    written = True
        except OSError as error:
            told = f"Proposals of metadata cannot be written to {folder} ({error.strerror})."
        else:
            told = f"Proposed metadata for files that have none: {folder}" if written else ""
        return replace(summary, proposals=told)

    def is_nothing_new(self) -> bool:
        """Whether all that was pending had failed before in the same way."""
        manifest = self.plan.manifest
        return (
            manifest is not None
            and not self.plan.gone
            and not self.read
            and tuple(self.failed) == manifest.failed
        )

    def manifest(self) -> Manifest:
        """What the finished generation was made from. Raises SourceError where it is empty."""
        library = Library(self.generation.library)
        submissions, paragraphs = library.state()
        if not submissions:
            told = "\n".join(failure.message for failure in self.failed)
            raise SourceError(f"Not one document could be read:\n{told}")
        return Manifest(
            basis=self.corpus.basis,
            engine=self.settings.engine,
            made=self.since,
            submissions=submissions,
            paragraphs=paragraphs,
            code=code_digest(),
            failed=tuple(self.failed),
            stale=tuple(self.stale),
            doubtful=sum(card.problems > 0 for card in library.submissions()),
        )

    def summary(self, manifest: Manifest, offline: bool) -> Summary:
        """What the update came to."""
        return Summary(
            self.generation.name,
            manifest.submissions,
            manifest.paragraphs,
            changed=True,
            read=self.read,
            failed=manifest.failed,
            stale=manifest.stale,
            doubtful=manifest.doubtful,
            removed=tuple(o.submission for o in self.plan.gone if o.submission not in self.owners),
            changes=tuple(self.changes),
            offline=offline,
        )


@dataclass(frozen=True, slots=True)
class _Store:
    """Library and engine of the generation in the making."""

    library: LibraryWriter
    engine: Engine
    states: dict[str, str]
    """Names of States by ISO 3166-1 alpha-3 code."""

    def add(self, read: Read, origin: tuple[str, str], stale: Stale | None = None) -> None:
        """Put a submission into both."""
        state = self.states.get(read.submission.state or "")
        self.library.add(read.submission, read.content, read.documents, state, origin, stale)
        self.engine.add(read.documents)

    def remove(self, submission: str) -> None:
        """Take a submission out of both."""
        self.library.remove(submission)
        self.engine.remove(submission)


def verify(settings: Settings) -> str:
    """Compare library and engine: each paragraph must be in both, once.

    Returns a sentence for a person. Raises IndexUnavailable where they differ.
    """
    generation = Generations(settings.data_folder).current()
    library = Library(generation.library)
    engine = open_engine(generation.manifest().engine, generation.engine)
    submissions, paragraphs = library.state()
    result = engine.search(SearchRequest(Everything(), sort="document", size=paragraphs + 1))
    engine.close()
    found = [(hit.submission, hit.number) for hit in result.hits]
    kept = [
        (submission, number)
        for submission in library.in_view(())
        for number in library.numbers(submission)
    ]
    if found != kept or result.total != paragraphs:
        differing = sorted(set(found) ^ set(kept))
        place = "/".join(differing[0]) if differing else "the order of paragraphs"
        raise IndexDamaged(
            f"Library and index of {generation.name} differ in {place}",
            "Rebuild them with `pilcrow index --rebuild`",
        )
    return (
        f"{generation.name}: {_count(submissions, 'submission')} and"
        f" {_count(paragraphs, 'paragraph')}, each in library and index."
    )


def _names(authority: Authority) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names that authority files give an entity, by its type and id."""
    return {
        (row.type, row.id): _all(row)
        for row in authority.rows
        if not (row.sensitive or row.blocked)
    }


def _all(row: Row) -> tuple[str, ...]:
    return (*row.aliases, *row.weak)


def _summary(generation: Generation, manifest: Manifest, changed: bool) -> Summary:
    return Summary(
        generation.name,
        manifest.submissions,
        manifest.paragraphs,
        changed,
        0,
        manifest.failed,
        manifest.stale,
        manifest.doubtful,
    )


def _told(changes: Iterable[Change]) -> str:
    """Changes of addresses in few words: ``3 reads otherwise; 4 is gone, now 5``."""
    told = []
    for change in changes:
        if change.kind == "new":
            told.append(f"{change.number} was {change.other}")
        else:
            moved = f", its text is now {change.other}" if change.other else ""
            what = "is gone" if change.kind == "gone" else "reads otherwise"
            told.append(f"{change.number} {what}{moved}")
    return "; ".join(told)


def _basis(settings: Settings) -> str:
    """Digest of what every reading depends on: code, model, authority files, engine."""
    digest = hashlib.sha256(settings.engine.encode())
    digest.update(bytes([model.is_installed()]))
    digest.update(code_digest().encode())
    for folder in (packaged_corpus() / "authority", settings.corpus / "authority"):
        for path in sorted(folder.glob("*.csv")):
            digest.update(os.fsencode(path.name))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _key(path: Path) -> str:
    """Digest of what the reading of one file depends on: its bytes and those beside it."""
    digest = hashlib.sha256()
    for part in (path, sidecar(path)):
        try:
            digest.update(hashlib.sha256(source_bytes(part)).digest())
        except SourceError as error:  # told of when the file is read
            digest.update(str(error).encode(errors="surrogateescape"))
    return digest.hexdigest()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
