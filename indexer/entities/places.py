"""Which places does a text name by their nouns? ``… District``, ``… Road``, ``Prison No. 6``."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from indexer.entities.merge import RANKS
from indexer.entities.organisations import FUNCTION_WORDS
from indexer.entities.passages import Document, Passage
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, is_english

_HEADS = folded("places")
_NUMBER = regex.compile(r"\s(?:No\.?|Number|№)\s?\p{Nd}+(?![\p{Nd}/])(?:-\p{Nd}+)?")
#: A place's name has fewer words before its noun than this.
_MOST = 4


class Places:
    """Places by the nouns in their names."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every capitalised noun of places with a name before it or a number."""
        for passage in document.passages:
            if passage.capitals.isdisjoint(_HEADS):
                continue
            for at in passage.capital_at:
                word = passage.words[at]
                if word.folded in _HEADS and not word.opening:
                    found = _around(passage, at)
                    if found is not None:
                        yield Candidate(passage.index, *found, "place", RANKS["place"])


def _around(passage: Passage, at: int) -> tuple[int, int] | None:
    words = passage.words
    first = at
    strange = False
    while first > 0 and at - first < _MOST:
        before = words[first - 1]
        owner = before.possessive and not is_english(before.folded)
        if (
            not before.capital
            or owner
            or words[first].opening
            or words[first].gap not in (" ", "-")
        ):
            break
        first -= 1
        strange = strange or not is_english(before.folded)
    while first < at and words[first].folded in FUNCTION_WORDS:
        first += 1
    number = _NUMBER.match(passage.text, words[at].end)
    if number is not None:
        return words[first].start, number.end()
    if not strange or first == at:
        return None
    return words[first].start, words[at].end
