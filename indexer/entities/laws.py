"""Which laws does a text name that no authority file has? Phrases around *Act*, *Code*, …."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.known import states_and_demonyms
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document
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
                for word in passage.words:
                    if word.start == start and start in owners:
                        if owners[start] == "demonym" or word.possessive:
                            start = _next_word(passage.text, word.end)
                        break
                if end - start > len("Law"):
                    yield Candidate(passage.index, start, end, "law", RANKS["law"])


def _next_word(text: str, end: int) -> int:
    """Start of the word after a possessive or plain one that ends at *end*."""
    space = text.find(" ", end)
    return space + 1 if space >= 0 else end
