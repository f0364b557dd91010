"""Whom does a surname alone mean? The one person whom the document names in full with it.

Where two people share it, the mention belongs to neither. The last word of a full name
counts first; then the ones between, as in Spanish and Ugandan names; then the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indexer.entities.merge import RANKS, is_hidden
from indexer.entities.passages import Document, Passage, Word, folded_words
from indexer.entities.people import people
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded

#: A surname has more letters than this, or it could be an initial.
_SHORTEST = 2


class Surnames:
    """Bare names of people named in full elsewhere in the document."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every single word that is part of a full name."""
        named = people(document)
        tiers = _tiers({person.label: person.forms for person in named})
        if not tiers:
            return
        for passage in document.passages:
            if tiers.keys().isdisjoint(passage.capitals):
                continue
            cover = passage.covering()
            for at in passage.capital_at:
                word = passage.words[at]
                if word.folded not in tiers or not _alone(passage, at):
                    continue
                claimed = cover[at]
                if claimed is not None and not _yields(claimed, word, passage, at):
                    continue
                if not _is_name(document, passage, at):
                    continue
                meant = tiers[word.folded]
                only = meant[0] if len(meant) == 1 else None
                yield Candidate(
                    passage.index, _start(passage, at), word.end, "person", RANKS["surname"],
                    name=only,
                    evidence=f"the one person named in full with it is {only}" if only else None,
                    ambiguous=only is None,
                )  # fmt: skip


def _tiers(named: dict[str, list[str]]) -> dict[str, list[str]]:
    """Folded word → labels of the people it can mean, by the best place it has in a name."""
    found: dict[str, dict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    particles = folded("particles")
    for label, forms in named.items():
        for form in forms:
            parts = folded_words(form)
            for place, part in enumerate(parts):
                if len(part) < _SHORTEST or part in particles:
                    continue
                tier = 0 if place == len(parts) - 1 else 2 if place == 0 else 1
                found[part][tier][label] = None
    return {part: list(tiers[min(tiers)]) for part, tiers in found.items()}


def _alone(passage: Passage, at: int) -> bool:
    """Whether no other capitalised word is joined to it."""
    words = passage.words
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if after is not None and after.capital and after.gap in (" ", "-") and not after.opening:
        return words[at].possessive
    return not (
        before is not None
        and before.capital
        and words[at].gap in (" ", "-")
        and not words[at].opening
        and not before.possessive
        and not before.opening
        and before.folded not in folded("titles")
        and not _ends_name(passage, at - 1)
        and not (words[at].gap == "-" and before.folded in folded("particles"))
    )


def _ends_name(passage: Passage, at: int) -> bool:
    """Whether another name ends here: «In Baku Quliyev rested»."""
    claimed = passage.covering()[at]
    return claimed is not None and not is_hidden(claimed) and claimed.type != "person"


def _start(passage: Passage, at: int) -> int:
    """Where a surname starts with its particle: «Al-Hathloul»."""
    before = passage.words[at - 1] if at else None
    joined = before is not None and passage.words[at].gap in ("-", "‑")
    if before is not None and joined and before.folded in folded("particles"):
        return before.start
    return passage.words[at].start


def _yields(claimed: Candidate, word: Word, passage: Passage, at: int) -> bool:
    """Whether a place's name is here a surname: no preposition of place before it."""
    if (claimed.start, claimed.end) != (word.start, word.end):
        return False
    if claimed.type == "person" or claimed.row is None:
        return True
    if claimed.type != "place" or claimed.row.is_state:
        return False
    before = passage.words[at - 1].folded if at and not word.opening else ""
    return before not in folded("cues", "place-before") and before != "of"


def _is_name(document: Document, passage: Passage, at: int) -> bool:
    """Whether a word that is also plain English stands here as a name."""
    word = passage.words[at]
    if not document.is_plain(word):
        return True
    before = passage.words[at - 1].folded if at else ""
    return before in folded("titles") or (not word.opening and word.possessive)
