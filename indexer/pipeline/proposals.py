"""Which metadata are proposed to the keeper, and where do they go?

Into a folder of their own beside the index, for each file that was read without any, once
the new index is in force.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from indexer.generations import UNFINISHED
from indexer.model import Submission
from indexer.pipeline.plan import Corpus
from indexer.structure.metadata import sidecar
from indexer.structure.proposal import is_untouched, proposal, remove_proposal, write_proposal


class Proposals:
    """The proposals that one update makes, for the *folder* that they go to."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self._paths = corpus.paths
        self._folder = folder
        self._alike = Counter(Path(name).with_suffix("") for name in corpus.paths)
        self._wanted: dict[str, str | None] = {}

    def propose(self, name: str, submission: Submission) -> None:
        """Note what is proposed for the file *name*: nothing where a keeper has given some."""
        path = self._paths[name]
        if os.path.isfile(sidecar(path)):
            self._wanted[name] = None
        else:
            self._wanted[name] = proposal(submission, path.name, self._has_namesake(name))

    def write(self, gone: Iterable[str]) -> str:
        """Write what was noted, take away what was proposed for files that are *gone*, and
        say where proposals are; empty where none were made."""
        written, failure = False, None
        for name, text in (*((name, None) for name in gone), *self._wanted.items()):
            try:
                if text is None:
                    self.remove(name)
                else:
                    place = self._place(name, self._has_namesake(name))
                    write_proposal(place, text, self._folder / UNFINISHED)
                    written = True
            except OSError as error:  # as for a name too long to have another ending
                failure = error
        if failure is not None:
            told = f"{self._folder} ({failure.strerror})"
            return f"Not every proposal of metadata can be written to {told}."
        return f"Proposed metadata for files that have none: {self._folder}" if written else ""

    def remove(self, name: str) -> None:
        """Take away what was proposed for the file *name*, unless it was edited. Raises OSError."""
        remove_proposal(self._place(name, own=True))
        # What bears the stem alone may be another's.
        if self._alike[Path(name).with_suffix("")] <= (name in self._paths):
            remove_proposal(self._place(name, own=False))

    def _has_namesake(self, name: str) -> bool:
        """Whether another file differs from *name* in its ending only."""
        return self._alike[Path(name).with_suffix("")] > 1

    def _place(self, name: str, own: bool) -> Path:
        return self._folder / (f"{name}.toml" if own else Path(name).with_suffix(".toml"))


def forget_proposals(corpus: Corpus, folder: Path) -> tuple[str, ...]:
    """Take away, edited or not, what was proposed for files that *corpus* does not have, and
    the folders that nothing is left in: where no index is whole, no other place tells for
    which. Raises OSError.

    Returns what is left of others than Pilcrow, such as proposals that were edited and what
    an editor keeps beside them: nothing tells what of an earlier text is in those.
    """
    left = []
    ours = {folder / f"{name}.toml" for name in corpus.paths}
    ours |= {folder / Path(name).with_suffix(".toml") for name in corpus.paths}
    for place, _, names in os.walk(folder, topdown=False, onerror=_unless_missing):
        for name in names:
            path = Path(place, name)
            if path.suffix == ".toml" and path not in ours:
                path.unlink()
            elif path != folder / UNFINISHED and not is_untouched(path):
                left.append(str(path))
        if not os.listdir(place):
            os.rmdir(place)
    return tuple(sorted(left))


def _unless_missing(error: OSError) -> None:
    """Raise *error*: in a folder that cannot be looked into may be what is to be forgotten."""
    if not isinstance(error, FileNotFoundError):
        raise error
