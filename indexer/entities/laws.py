"""Which laws does a text name that no authority file has? Phrases around *Act*, *Code*, …."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.known import states_and_demonyms
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage
from indexer.entities.recogniser import Candidate
from indexer.notation.laws import find_laws


class Laws:
    """Names of laws by their form."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Law phrases, without a State's possessive or a demonym before them."""
        for passage in document.passages:
            spans = list(find_laws(passage.text))
            if not spans:
                continue
            owners = states_and_demonyms(passage.found)
            for start, end in spans:
                first = _after_owner(passage, start, owners)
                if end - first > len("Law"):
                    yield Candidate(passage.index, first, end, "law", RANKS["law"])


def _after_owner(passage: Passage, start: int, owners: dict[int, str]) -> int:
    """Start of a law's name behind «Kazakhstan's» or «Kazakhstani»."""
    at = passage.word_at(start)
    word = passage.words[at]
    if word.start in owners and (owners[word.start] == "demonym" or word.possessive):
        return passage.words[at + 1].start
    return start
