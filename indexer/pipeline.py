"""In what order does a file become findable? Read, structure, tag, store, switch.

The one module that knows the order of the steps. A file that cannot be read is named and
the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.documents import documents
from indexer.engines import open_engine
from indexer.errors import IndexDamaged, IndexUnavailable, SourceError
from indexer.generations import Generation, Generations, Manifest, code_digest
from indexer.library import Library, LibraryWriter
from indexer.model import Submission
from indexer.query.request import Everything, SearchRequest
from indexer.reading import Reader
from indexer.settings import Settings, packaged_corpus

#: Called with how many files are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What bringing an index up to date came to."""

    generation: str
    submissions: int
    paragraphs: int
    changed: bool
    failed: tuple[str, ...]
    """One message a file that could not be read."""
    doubtful: int
    """Problems that were found in the files read."""

    def sentence(self) -> str:
        """The summary for a person."""
        done = "Indexed" if self.changed else "Up to date:"
        parts = [f"{done} {_count(self.submissions, 'submission')}"]
        parts.append(_count(self.paragraphs, "paragraph"))
        if self.doubtful:
            parts.append(f"{_count(self.doubtful, 'doubt')} (see `pilcrow read`)")
        if self.failed:
            parts.append(f"{_count(len(self.failed), 'file')} failed")
        return ", ".join(parts) + "."


def update(
    settings: Settings, rebuild: bool = False, progress: Progress = lambda done, total: None
) -> Summary:
    """Bring library and index up to date with the corpus, and switch to them if new.

    Raises SourceError where not one document can be read, IndexUnavailable where the data
    folder cannot be written to or another process is indexing.
    """
    reader = Reader(settings.corpus)
    sources = reader.sources()
    generations = Generations(settings.data_folder)
    digest = _digest(sources, settings)
    if not rebuild and (current := _made_from(generations, digest)) is not None:
        return _summary(current, changed=False)
    with generations.building() as generation:
        failed: list[str] = []
        doubtful = _build(generation, reader, sources, settings.engine, failed, progress)
        submissions, paragraphs = Library(generation.library).state()
        if not submissions:
            raise SourceError("Not one document could be read:\n" + "\n".join(failed))
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(
            digest,
            settings.engine,
            made,
            submissions,
            paragraphs,
            code_digest(),
            tuple(failed),
            doubtful,
        )
        generations.switch(generation, manifest)
    return _summary(generation, changed=True)


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


def _build(
    generation: Generation,
    reader: Reader,
    sources: list[Path],
    engine: str,
    failed: list[str],
    progress: Progress,
) -> int:
    """Fill a new generation; what cannot be read is added to *failed*. Returns the number
    of problems in what was read."""
    rows = reader.authority.rows
    states = {row.country: row.label for row in rows if row.is_state and row.country}
    read: dict[str, Path] = {}
    doubtful = 0
    progress(0, len(sources))
    with (
        closing(LibraryWriter(generation.library)) as library,
        closing(open_engine(engine, generation.engine, writing=True)) as index,
    ):
        for done, path in enumerate(sources, 1):
            try:
                submission = reader.read(path)
                if not submission.paragraphs:
                    raise SourceError(f"{path} has no paragraph", "Take it out of the corpus")
                _unlike(read, submission, path)
                content = path.read_bytes()
            except SourceError as error:
                failed.append(str(error))
            except OSError as error:
                failed.append(f"{path} cannot be read ({error.strerror})")
            else:
                listed = list(documents(submission))
                library.add(submission, content, listed, states.get(submission.state or ""))
                index.add(listed)
                doubtful += len(submission.problems)
            progress(done, len(sources))
        for row in rows:
            if not (row.sensitive or row.blocked):
                library.name(row.type, row.id, (*row.aliases, *row.weak))
    return doubtful


def _unlike(read: dict[str, Path], submission: Submission, path: Path) -> None:
    """Note a submission's id. Raises SourceError where another file has it."""
    other = read.setdefault(submission.id, path)
    if other != path:
        raise SourceError(
            f"{path} has the id {submission.id}, as has {other}",
            f"Give one of them another id in {path.with_suffix('.toml').name}",
        )


def _made_from(generations: Generations, digest: str) -> Generation | None:
    """The generation in force, if it was made from what *digest* stands for."""
    try:
        current = generations.current()
        return current if current.manifest().corpus == digest else None
    except IndexUnavailable:
        return None


def _summary(generation: Generation, changed: bool) -> Summary:
    manifest = generation.manifest()
    return Summary(
        generation.name,
        manifest.submissions,
        manifest.paragraphs,
        changed,
        manifest.failed,
        manifest.doubtful,
    )


def _digest(sources: list[Path], settings: Settings) -> str:
    """Digest of everything an index depends on: documents with their metadata, authority
    files, the code that reads them, and the engine."""
    digest = hashlib.sha256(settings.engine.encode())
    digest.update(code_digest().encode())
    for path in _parts(sources, settings.corpus):
        digest.update(str(path).encode(errors="surrogateescape"))
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:  # named again, and told of, when it is read
            digest.update(str(error.errno).encode())
    return digest.hexdigest()


def _parts(sources: list[Path], corpus: Path) -> Iterator[Path]:
    for path in sources:
        yield path
        if path.with_suffix(".toml").is_file():
            yield path.with_suffix(".toml")
    for folder in (packaged_corpus() / "authority", corpus / "authority"):
        yield from sorted(folder.glob("*.csv"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
