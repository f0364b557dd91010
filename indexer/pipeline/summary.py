"""What did an update come to? Counts and names, as a person is told them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import one_line
from indexer.generations import Failure, Generation, Manifest
from indexer.library import Change


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
    renamed: tuple[tuple[str, str], ...] = ()
    """Ids that files had, each with the one that its file has now."""
    changes: tuple[tuple[str, tuple[Change, ...]], ...] = ()
    """By submission id, the addresses that differ from what they were."""
    offline: bool = True
    """Whether files were read without any access to a network."""
    purged: bool = False
    """Whether no earlier index was kept."""
    mended: str = ""
    """What was wrong with the index so far; empty where nothing was."""
    proposals: str = ""
    """Where proposals of metadata are, in a sentence; empty where none were made."""
    left: tuple[str, ...] = ()
    """Paths of files among the proposals that others have written, and a purge has not touched."""

    @classmethod
    def of_nothing_new(cls, generation: Generation, manifest: Manifest) -> Summary:
        """The summary of an update that has left *generation* in force."""
        return cls(
            generation.name,
            manifest.submissions,
            manifest.paragraphs,
            changed=False,
            read=0,
            failed=manifest.failed,
            stale=manifest.stale,
            doubtful=manifest.doubtful,
        )

    def lines(self) -> Iterator[str]:
        """The summary for a person; its last line is the count."""
        if self.mended:
            yield f"pilcrow: {self.mended}. Everything was read again."
        for failure in self.failed:
            fate = (
                " (its earlier version stays, marked stale)" if failure.path in self.stale else ""
            )
            if self.purged:
                fate = " (no earlier version of it is kept)"
            yield f"pilcrow: {failure.message}{fate}"
        for submission in self.removed:
            yield f"Removed {submission}: its file is gone."
        if self.removed and not self.purged:
            # Without the folders that were given here, another index would be purged.
            told = "run `pilcrow index --purge`, with any --corpus and --data as here"
            yield f"To leave no copy of what was removed, {told}."
        for before, now in self.renamed:
            yield f"{before} is now {now}: its addresses with the old id lead nowhere."
        for submission, changes in self.changes:
            yield f"Addresses of {submission} that changed: {_told(changes)}."
        if self.read and not self.offline:
            yield "This system lets no process give up the network: files were read with it."
        if self.proposals:
            yield self.proposals
        for path in self.left:
            yield f"Not looked into, since it is not as Pilcrow wrote it: {one_line(path)}"
        if self.left:
            yield "Where these have anything of what was withdrawn, remove them."
        done = "Indexed" if self.changed else "Up to date:"
        unchanged = self.submissions - self.read - len(self.stale)
        counts = (
            f"{self.read:,} read, {unchanged:,} unchanged",
            f"{len(self.failed):,} failed, {self.doubtful:,} doubtful",
        )
        yield (
            f"{done} {counted(self.submissions, 'submission')},"
            f" {counted(self.paragraphs, 'paragraph')}: {', '.join(counts)}."
        )


def counted(number: int, noun: str) -> str:
    """``1 paragraph``, ``2 paragraphs``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


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
