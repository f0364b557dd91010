"""Which rows does a query find, and how well? Its tree, walked over posting lists.

An engine gives posting lists, term by term; how they are stored is nothing to this.

Scores are BM25 with the exact length of every paragraph, so that equal paragraphs have equal
scores.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.columns import Columns, Mask, Rows
from indexer.engines.terms import unpacked
from indexer.errors import IndexDamaged, QueryRefused
from indexer.query.matching import (
    all_keys,
    near_stretches,
    near_words,
    pattern,
    phrase_stretches,
    term_key,
    term_of,
)
from indexer.query.request import (
    And,
    Dated,
    Everything,
    Fuzzy,
    Keys,
    Linked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Tagged,
    Wildcard,
    Word,
)

#: BM25's usual constants (Robertson and Zaragoza 2009, The Probabilistic Relevance
#: Framework): how soon repetition saturates, and how much length counts.
K1, B = 1.2, 0.75

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """What a node of a query comes to."""

    mask: Mask
    scores: Scores


class Postings:
    """One term's posting list, by row: how often it stands in each and, packed, where."""

    def __init__(self, rows: Rows, counts: Scores, packed: list[bytes]) -> None:
        self.rows = rows
        self.counts = counts
        self.packed = packed

    @cached_property
    def _at(self) -> dict[int, int]:
        return {int(row): place for place, row in enumerate(self.rows)}

    def positions(self, row: int) -> frozenset[int]:
        """Positions in one row. Raises IndexDamaged."""
        place = self._at.get(row)
        if place is None:
            return frozenset()
        try:
            return frozenset(unpacked(self.packed[place]))
        except ValueError as error:
            raise damaged("postings", error) from error


def damaged(place: str, reason: object) -> IndexDamaged:
    """The error that tells of an index that cannot be read."""
    return IndexDamaged(
        f"The index in {place} cannot be read ({reason})",
        "Rebuild it with `pilcrow index --rebuild`",
    )


class Inverted(Protocol):
    """An open index, term by term. What it cannot read it tells as IndexDamaged."""

    def lexicon(self, field: str) -> list[str]:
        """Every term key of a field, sorted."""

    def postings(self, field: str, key: str) -> Postings | None:
        """Those of one term; None where it has none."""


class Evaluation:
    """One query's walk over the posting lists."""

    def __init__(self, index: Inverted, columns: Columns, expansions: int) -> None:
        self._index = index
        self._columns = columns
        self._expansions = expansions
        self._postings: dict[tuple[str, str], Postings | None] = {}
        self.terms: dict[str, None] = {}

    def node(self, node: Node) -> Found:
        """Rows and scores of any node."""
        match node:
            case And():
                return self._and([self.node(part) for part in node.parts])
            case Or():
                return self._or([self.node(part) for part in node.parts])
            case Not():
                return self._unscored(~self.node(node.part).mask)
            case Word():
                return self._word(node)
            case Phrase():
                return self._phrase(node, (node,))
            case Near():
                return self._phrase(node, node.parts)
            case Wildcard():
                return self._wildcard(node)
            case Fuzzy():
                return self._fuzzy(node)
            case _:
                return self._unscored(self._facts(node))

    def _facts(self, node: Tagged | Dated | Linked | Keys | Everything) -> Mask:
        match node:
            case Tagged():
                return self._columns.tagged(node)
            case Dated():
                return self._columns.dated(node)
            case Linked():
                return self._columns.linked(node)
            case Keys():
                mask = np.zeros(self._columns.size, dtype=np.bool_)
                mask[self._columns.rows_of(node)] = True
                return mask
            case Everything():
                return np.ones(self._columns.size, dtype=np.bool_)

    def _wildcard(self, node: Wildcard) -> Found:
        accepts = pattern(node.pattern).match
        prefix = node.pattern.partition("*")[0].partition("?")[0]
        lexicon = self._index.lexicon(node.field)
        start = bisect_left(lexicon, prefix)
        keys = []
        for key in lexicon[start:]:
            if not key.startswith(prefix):
                break
            if accepts(term_of(key)):
                keys.append(key)
        return self._union(node.field, keys, node.pattern)

    def _fuzzy(self, node: Fuzzy) -> Found:
        terms = sorted({term_of(key) for key in self._index.lexicon(node.field)})
        near = near_words(node.word, terms, node.distance)
        keys = [key for term in near for key in all_keys(term)]
        return self._union(node.field, keys, node.word + "~")

    def _unscored(self, mask: Mask) -> Found:
        return Found(mask, np.zeros(self._columns.size))

    def _and(self, parts: list[Found]) -> Found:
        mask = np.logical_and.reduce([part.mask for part in parts])
        return Found(mask, np.where(mask, sum(part.scores for part in parts), 0.0))

    def _or(self, parts: list[Found]) -> Found:
        mask = np.logical_or.reduce([part.mask for part in parts])
        scores = sum(np.where(part.mask, part.scores, 0.0) for part in parts)
        return Found(mask, np.asarray(scores))

    def _posting(self, field: str, key: str) -> Postings | None:
        if (field, key) not in self._postings:
            self._postings[field, key] = self._index.postings(field, key)
        return self._postings[field, key]

    def _counts(self, field: str, keys: Iterable[str]) -> Scores:
        """How often any of *keys* stands in each row."""
        counts = np.zeros(self._columns.size)
        for key in keys:
            posting = self._posting(field, key)
            if posting is not None:
                counts[posting.rows] += posting.counts
        return counts

    def _union(self, field: str, keys: list[str], written: str) -> Found:
        terms = dict.fromkeys(term_of(key) for key in keys)
        if len(terms) > self._expansions:
            raise QueryRefused(
                f"«{written}» stands for {len(terms)} different words;"
                f" {self._expansions} are allowed",
                "Add letters to narrow it",
                "too-many-expansions",
            )
        self.terms.update(terms)
        return self._scored(field, self._counts(field, keys))

    def _word(self, word: Word) -> Found:
        stems = (key for stem in dict.fromkeys(word.stems) for key in all_keys(stem))
        printed = self._counts("word", all_keys(word.printed))
        # The printed form is found even where a language's stem of it differs.
        counts = np.maximum(self._counts("stem", stems), printed)
        return self._preferring("stem", counts, printed)

    def _preferring(self, field: str, counts: Scores, printed: Scores) -> Found:
        """Scores of *counts*, where a *printed* form outranks any other form however often
        that one stands there: it gets one more than BM25 can give."""
        found = self._scored(field, counts)
        bonus = self._rarity(counts) * (K1 + 1)
        return Found(found.mask, found.scores + bonus * (printed > 0))

    def _phrase(self, node: Phrase | Near, parts: tuple[Phrase, ...]) -> Found:
        field = parts[0].field
        counts = self._phrase_counts(node, parts)
        if isinstance(node, Phrase) and node.printed is not None:
            printed = self._phrase_counts(node.printed, (node.printed,))
            return self._preferring(field, np.maximum(counts, printed), printed)
        return self._scored(field, counts)

    def _phrase_counts(self, node: Phrase | Near, parts: tuple[Phrase, ...]) -> Scores:
        """How often a phrase, or parts of it near each other, stand in each row."""
        field = parts[0].field
        counts = np.zeros(self._columns.size)
        # Most stems of most languages stand nowhere, and are asked for once, not in each row.
        parts = tuple(self._possible(part) for part in parts)
        node = parts[0] if isinstance(node, Phrase) else replace(node, parts=parts)
        candidates = np.logical_and.reduce([self._reach(part) for part in parts])
        for row in np.flatnonzero(candidates):

            def positions(key: str, row: int = int(row)) -> frozenset[int]:
                posting = self._posting(field, key)
                return posting.positions(row) if posting else frozenset()

            stretches = (
                phrase_stretches(node, positions)
                if isinstance(node, Phrase)
                else near_stretches(node, positions)
            )
            counts[row] = len(stretches)
        return counts

    def _possible(self, phrase: Phrase) -> Phrase:
        """The phrase without the steps that no row takes."""
        field, edges = phrase.field, phrase.edges
        found = (e for e in edges if self._posting(field, term_key(e.term, e.width)) is not None)
        return replace(phrase, edges=tuple(found))

    def _reach(self, phrase: Phrase) -> Mask:
        """Rows that hold the terms of at least one way through the phrase."""
        reached = np.zeros((phrase.length + 1, self._columns.size), dtype=np.bool_)
        reached[0] = True
        for edge in phrase.edges:
            posting = self._posting(phrase.field, term_key(edge.term, edge.width))
            if posting is not None:
                rows = posting.rows
                reached[edge.target][rows] |= reached[edge.source][rows]
        return np.asarray(reached[phrase.length])

    def _rarity(self, counts: Scores) -> float:
        """BM25's inverse document frequency, in the form that is never negative."""
        found = int(np.count_nonzero(counts))
        return math.log(1 + (self._columns.size - found + 0.5) / (found + 0.5))

    def _scored(self, field: str, counts: Scores) -> Found:
        lengths = self._columns.lengths[field]
        mean = max(float(lengths.mean()) if lengths.size else 1.0, 1.0)
        scores = (
            self._rarity(counts) * counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / mean))
        )
        return Found(counts > 0, scores)
