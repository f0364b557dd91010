"""Do library and index hold the same? What ``pilcrow check`` says."""

from __future__ import annotations

from indexer.engines import open_engine
from indexer.errors import IndexDamaged
from indexer.generations import Generations
from indexer.library import Library
from indexer.pipeline.summary import counted
from indexer.query.request import Everything, SearchRequest
from indexer.settings import Settings


def verify(settings: Settings) -> str:
    """Read the library, and compare it with the engine: each paragraph must be in both, once.

    Returns a sentence for a person. Raises IndexUnavailable where they differ, or where what
    is stored is not what was written.
    """
    generation = Generations.of(settings).current()
    library = Library(generation.library)
    library.verify()
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
        f"{generation.name}: {counted(submissions, 'submission')} and"
        f" {counted(paragraphs, 'paragraph')}, each in library and index."
    )
