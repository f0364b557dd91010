"""Is the index what was written, and what was written the truth? What ``pilcrow check`` says.

Four checks, each of which rests on the one before: the files are those of the manifest; the
library is what its texts give; engine and library have the same paragraphs; and what the
engine holds of each is what a fresh analysis of its text gives.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from indexer.engines import open_engine
from indexer.errors import IndexDamaged, IndexUnavailable, SourceError, one_line
from indexer.generations import Generation, Generations
from indexer.library import Library
from indexer.model import Source
from indexer.pipeline.summary import counted
from indexer.query.engine import Engine
from indexer.query.request import Everything, SearchRequest
from indexer.readers import read_content
from indexer.settings import Settings

#: Hits asked for at once when all paragraphs are listed.
_HITS = 10_000


@dataclass(slots=True)
class Check:
    """One of the checks, as far as it was made."""

    name: str
    """``files``, ``library``, ``paragraphs`` or ``postings``."""
    checked: int = 0
    """How many files, places named in the texts, or paragraphs; 0 of a check that failed."""
    whole: bool = False


@dataclass(slots=True)
class Verification:
    """What checking an index came to."""

    generation: str | None = None
    """Its name, where there is one that can be read."""
    submissions: int = 0
    checks: list[Check] = field(default_factory=list)
    """Those that were made: the first that fails is the last one."""
    error: IndexUnavailable | None = None
    """What is wrong, where, and the cure."""

    @contextmanager
    def check(self, name: str) -> Iterator[Check]:
        """Around one of the checks, which is whole if nothing is raised."""
        check = Check(name)
        self.checks.append(check)
        yield check
        check.whole = True

    def record(self) -> dict[str, Any]:
        """As JSON; see ``pilcrow check --help``."""
        error = self.error
        return {
            "generation": self.generation,
            "whole": error is None,
            "checks": [asdict(check) for check in self.checks],
            "error": error
            and {name: one_line(getattr(error, name)) for name in ("code", "message", "cure")},
        }

    def told(self) -> str:
        """As a sentence for a person, where nothing is wrong."""
        files, places, paragraphs, _ = (check.checked for check in self.checks)
        return (
            f"{self.generation}: {counted(self.submissions, 'submission')} and"
            f" {counted(paragraphs, 'paragraph')}, each in library and index as its text gives"
            f" it; {counted(places, 'place')} named in the texts,"
            f" {counted(files, 'file')} as written."
        )


def examine(settings: Settings) -> Verification:
    """Check the generation in force. What is wrong with it is told, not raised."""
    generations = Generations.of(settings)
    while True:
        stamp = generations.stamp()
        done = _examined(generations)
        # What another process has switched from meanwhile, and removed, was not damaged.
        if done.error is None or generations.stamp() == stamp:
            return done


def _examined(generations: Generations) -> Verification:
    done = Verification()
    try:
        with done.check("files") as check:
            generation, *before = generations.kept()
            done.generation = generation.name
            manifest = generation.manifest()
            check.checked = sum(map(_files, (generation, *before)))
        library = Library(generation.library)
        with done.check("library") as check:
            places = library.verify(decoded)
            done.submissions, paragraphs = library.state()
            if (done.submissions, paragraphs) != (manifest.submissions, manifest.paragraphs):
                raise _unlike(
                    generation,
                    f"{counted(manifest.submissions, 'submission')} and"
                    f" {counted(manifest.paragraphs, 'paragraph')} were written,"
                    f" the library has {done.submissions:,} and {paragraphs:,}",
                )
            check.checked = places
        with done.check("paragraphs") as check:
            check.checked = compare(generation, manifest.engine)
        with done.check("postings") as check:
            engine = open_engine(manifest.engine, generation.engine)
            with closing(engine):
                differing = engine.differing(library.documents())
            if differing:
                others = f" and {len(differing) - 1:,} more" if differing[1:] else ""
                raise _unlike(
                    generation,
                    f"what the index holds of {'/'.join(differing[0])}{others}"
                    " is not what the text gives",
                )
            check.checked = paragraphs
    except IndexUnavailable as error:
        done.error = error
    return done


def _files(generation: Generation) -> int:
    """How many files a generation has."""
    return sum(len(names) for _, _, names in os.walk(generation.folder))


def decoded(source: Source, content: bytes) -> str:
    """The text of a file in which the spans of its submission count. Raises ValueError where
    the file cannot be read again."""
    try:
        return read_content(content, Path(source.name), source.encoding).text
    except SourceError as error:
        raise ValueError(f"the source {source.name} cannot be read again: {error}") from error


def compare(generation: Generation, address: str) -> int:
    """How many paragraphs there are, each in the library and in the engine at *address*, once
    and in the same order. Raises IndexDamaged."""
    count = 0
    library = Library(generation.library)
    with closing(open_engine(address, generation.engine)) as engine:
        for kept, found in zip_longest(library.addresses(), _found(engine)):
            if kept != found:
                told = ("/".join(key) if key else "no more" for key in (kept, found))
                raise _unlike(generation, "the library has {}, the index {}".format(*told))
            count += 1
    return count


def _found(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every paragraph that the engine finds, in its order."""
    offset, total = 0, 1
    while offset < total:
        request = SearchRequest(Everything(), sort="document", offset=offset, size=_HITS)
        result = engine.search(request)
        yield from ((hit.submission, hit.number) for hit in result.hits)
        offset, total = offset + _HITS, result.total


def _unlike(generation: Generation, cause: str) -> IndexDamaged:
    return IndexDamaged(
        f"Library and index of {generation.name} differ: {cause}",
        "Rebuild them with `pilcrow index --rebuild`",
    )
