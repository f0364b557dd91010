"""Which terms has a paragraph, at which positions, in which field? The same for every engine.

What is written into an index and what an index is checked against are made here, once. How
a term is kept is the engine's own.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis import analyser
from indexer.engines.columns import Facts
from indexer.query.matching import NOTE_GAP, term_key
from indexer.query.request import IndexDocument

#: Positions of each term key.
Terms = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an index holds of one paragraph."""

    fields: dict[str, Terms]
    """``word``: the printed words; ``stem``: their stems; ``note``: the printed words of the
    footnotes it cites."""
    facts: Facts

    def postings(self) -> Iterator[tuple[str, str, int, bytes]]:
        """(field, term key, how often, packed positions) of every term, and of the submission,
        by which an engine finds what is to be removed."""
        yield "submission", self.facts.submission, 1, b""
        for field, terms in self.fields.items():
            for key, positions in terms.items():
                yield field, key, len(positions), packed(positions)


def analysed(document: IndexDocument) -> Analysed:
    """The terms of *document* and what its columns are built from."""
    words: Terms = defaultdict(list)
    stems: Terms = defaultdict(list)
    length = 0
    for token in analyser(document.language).tokens(document.text):
        words[term_key(token.printed, token.width)].append(token.position)
        stems[term_key(token.stem, token.width)].append(token.position)
        length = token.position + 1
    notes, notes_length = _note_terms(document)
    facts = Facts(
        document.submission,
        document.number,
        document.order,
        length,
        notes_length,
        document.tags,
        document.dates,
        document.urls,
    )
    return Analysed({"word": words, "stem": stems, "note": notes}, facts)


def _note_terms(document: IndexDocument) -> tuple[Terms, int]:
    """Positions of the printed words of a paragraph's footnotes, and how many there are."""
    found: Terms = defaultdict(list)
    base = length = 0
    terms = analyser(document.language)
    for note in document.notes:
        last = 0
        for token in terms.tokens(note):
            last = token.position + 1
            found[term_key(token.printed, token.width)].append(base + token.position)
        length += last
        base += last + NOTE_GAP
    return found, length


def packed(positions: list[int]) -> bytes:
    """Positions as they are stored: four bytes each."""
    return array("I", positions).tobytes()


def unpacked(stored: bytes) -> array[int]:
    """What :func:`packed` gave. Raises ValueError where that is cut off."""
    positions = array("I")
    positions.frombytes(stored)
    return positions
