"""In what order does a corpus become findable? Read what changed, store, switch.

The one place that knows the order of the steps. A new generation starts as a copy of the
one in force, from which is taken what changed or went, and to which is added what was read.
Everything is read again where the code, the authority files or the engine changed. A file
that cannot be read is named, its earlier version stays where there is one, and the others
go on.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from indexer.errors import IndexUnavailable, SourceError
from indexer.generations import Generation, Generations, Manifest, code_digest, code_versions
from indexer.library import Library
from indexer.pipeline.filling import Filling, Progress
from indexer.pipeline.plan import Corpus, Plan
from indexer.pipeline.proposals import Proposals, forget_proposals
from indexer.pipeline.store import Store
from indexer.pipeline.summary import Summary
from indexer.pipeline.verification import compare, examine
from indexer.reading import Reader
from indexer.reading.processes import Limits, ReadingProcesses
from indexer.settings import Settings

__all__ = ["Summary", "examine", "update"]


def update(
    settings: Settings,
    rebuild: bool = False,
    progress: Progress = lambda done, total: None,
    purge: bool = False,
) -> Summary:
    """Bring library and index up to date with the corpus, and switch to them if new.

    With *rebuild* everything is made anew, and with *purge* nothing that was made before
    is kept beside it: of what was withdrawn no copy stays in the data folder.

    Raises SourceError where not one document can be read, AuthorityError where an authority
    file cannot be used, IndexUnavailable where the data folder cannot be written to, another
    process is indexing, or what is to be purged cannot be removed.
    """
    try:
        return _updated(settings, rebuild, progress, purge)
    except SourceError as error:
        if not purge or not Generations.of(settings).named():
            raise
        cure = f"{error.cure}; or, " if error.cure else "Mend these or, "
        raise SourceError(
            f"The index in {settings.data_folder} was not purged: {error.message}",
            f"{cure}if all of it was withdrawn, remove that folder",
            error.code,
        ) from error


def _updated(settings: Settings, rebuild: bool, progress: Progress, purge: bool) -> Summary:
    reader = Reader(settings.corpus)
    corpus = Corpus(reader, settings)
    generations = Generations.of(settings)
    generations.tidy()
    before = generations.named()
    rebuild = rebuild or purge
    if (summary := Plan.of(corpus, generations, rebuild).nothing_new()) is not None:
        return summary
    try:
        with generations.building() as generation:
            # Another process may have switched before this one had the lock.
            plan = replace(Plan.of(corpus, generations, rebuild), forgets=purge)
            if (summary := plan.nothing_new()) is not None:
                return summary
            place = settings.data_folder / "proposals"
            left = forget_proposals(corpus, place) if purge else ()
            proposals = Proposals(corpus, place)
            summary = _filled(
                settings, reader, corpus, plan, generation, progress, generations, proposals
            )
            if not summary.changed:
                return summary
            generations.switch(generation, alone=purge)
            told = proposals.write(origin.path for origin in plan.gone)
            if purge:
                generations.forget()
            return replace(summary, purged=purge, proposals=told, left=left)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        # In another folder nothing would be purged.
        elsewhere = "" if purge else ", or name another folder with --data"
        if generations.named() != before:
            raise IndexUnavailable(
                f"The new index in {settings.data_folder} is in force, but what comes after"
                f" it was not finished ({reason})",
                f"Mend what is the matter there{elsewhere}, and run the command again",
            ) from error
        raise IndexUnavailable(
            f"The index could not be made in {settings.data_folder} ({reason}),"
            f" and is as it was before{': it was not purged' if purge else ''}",
            f"Make room there{elsewhere}",
        ) from error


def _filled(
    settings: Settings,
    reader: Reader,
    corpus: Corpus,
    plan: Plan,
    generation: Generation,
    progress: Progress,
    generations: Generations,
    proposals: Proposals,
) -> Summary:
    """Fill and seal *generation*, and look at it; where nothing is new it stays unfinished."""
    copied = plan.earlier if plan.manifest is not None else None
    with (
        ReadingProcesses(
            settings.corpus, settings.reading_processes, Limits.of(settings)
        ) as processes,
        Store(settings, reader.authority, generation, copied) as store,
    ):
        filling = Filling(corpus, plan, store, proposals)
        filling.run(processes, progress)
        if (
            plan.manifest is not None
            and plan.earlier is not None
            and not store.is_made
            and tuple(filling.failed) == plan.manifest.failed
        ):
            return Summary.of_nothing_new(plan.earlier, plan.manifest)
        store.make()
    manifest = generations.seal(generation, _manifest(settings, corpus, generation, filling))
    compare(generation, manifest.engine)
    return Summary(
        generation.name,
        manifest.submissions,
        manifest.paragraphs,
        changed=True,
        read=filling.read,
        failed=manifest.failed,
        stale=manifest.stale,
        doubtful=manifest.doubtful,
        removed=tuple(o.submission for o in plan.gone if o.submission not in filling.owners),
        renamed=tuple(filling.renamed),
        changes=tuple(filling.changes),
        offline=processes.network_is_cut,
        mended=plan.damage.message if plan.damage else "",
    )


def _manifest(
    settings: Settings, corpus: Corpus, generation: Generation, filling: Filling
) -> Manifest:
    """What the finished generation was made from. Raises SourceError where it is empty."""
    library = Library(generation.library)
    submissions, paragraphs = library.state()
    if not submissions:
        told = "\n".join(failure.message for failure in filling.failed)
        raise SourceError(f"Not one document could be read:\n{told}")
    return Manifest(
        basis=corpus.basis,
        engine=settings.engine,
        made=filling.since,
        submissions=submissions,
        paragraphs=paragraphs,
        code=code_digest(),
        failed=tuple(filling.failed),
        stale=tuple(filling.stale),
        doubtful=sum(card.problems > 0 for card in library.submissions()),
        corpus=corpus.digest,
        versions={**code_versions(), "authority": corpus.authority},
    )
