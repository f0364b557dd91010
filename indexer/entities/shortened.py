"""Which bodies does a text name without their country? «Chapter Four» for «Chapter Four Uganda»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indexer.entities.merge import RANKS, is_hidden
from indexer.entities.passages import Document, Passage
from indexer.entities.recogniser import Candidate

#: Shorter forms of fewer words may mean anything.
_FEWEST = 2


class Shortened:
    """Names of bodies without the State's name at their end."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Every occurrence of such a shorter form."""
        short: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for passage in document.passages:
            for key, name in _of(passage):
                short[key[0]][key] = name
        for passage in document.passages:
            if short.keys().isdisjoint(passage.capitals):
                continue
            words = passage.words
            cover = passage.covering()
            for at in passage.capital_at:
                word = words[at]
                if word.folded not in short or not _is_free(cover[at]):
                    continue
                for key, name in short[word.folded].items():
                    here = words[at : at + len(key)]
                    if tuple(w.folded for w in here) == key and all(w.capital for w in here):
                        yield Candidate(
                            passage.index, word.start, here[-1].end, "organisation",
                            RANKS["organisation"], name=name,
                            evidence=f"short for {name}, named in the document",
                        )  # fmt: skip


def _is_free(claimed: Candidate | None) -> bool:
    return claimed is None or is_hidden(claimed)


def _of(passage: Passage) -> Iterator[tuple[tuple[str, ...], str]]:
    states = {c.end: c.start for c in passage.found if c.row is not None and c.row.is_state}
    for candidate in passage.settled():
        if candidate.type == "organisation":
            yield from _shorter(passage, candidate, states)


def _shorter(
    passage: Passage, candidate: Candidate, states: dict[int, int]
) -> Iterator[tuple[tuple[str, ...], str]]:
    inside = passage.words[passage.word_at(candidate.start) : passage.word_at(candidate.end)]
    start = states.get(candidate.end, candidate.end)
    own = [word for word in inside if word.start < start]
    if start < candidate.end and len(own) >= _FEWEST and all(word.capital for word in own):
        yield tuple(w.folded for w in own), passage.text[candidate.start : candidate.end]
