"""How does Whoosh answer? Only with postings and positions.

Documents go in as the analyser's terms; queries are evaluated here, term by term, over
Whoosh's posting lists. Its parser, analysers, collectors and highlighter are not used:
they crash on hostile input, stem wrongly and lose phrases. One evaluation opens one
fresh searcher, since a searcher shared between threads gives wrong answers.

Scores are BM25 with the exact length of every paragraph (Whoosh keeps lengths to about
10 %), so that equal paragraphs have equal scores.
"""

from __future__ import annotations

import json
import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, index
from whoosh.reading import TermNotFound

from indexer.analysis import analyser
from indexer.engines.columns import Columns, Facts, Mask
from indexer.errors import IndexDamaged, NoIndex, QueryRefused
from indexer.query.matching import (
    NOTE_GAP,
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
    EngineHit,
    Everything,
    Fuzzy,
    IndexDocument,
    Keys,
    Linked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    SearchRequest,
    SearchResult,
    Tagged,
    Wildcard,
    Word,
)

#: BM25's usual constants (Robertson and Zaragoza 2009, The Probabilistic Relevance
#: Framework): how soon repetition saturates, and how much length counts.
K1, B = 1.2, 0.75

Scores = NDArray[np.float64]


class _Terms(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of ready terms: its value is {term key: positions}."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False  # lengths are in the columns
        self.stored = False
        self.unique = False
        self.vector = None

    def index(
        self, value: dict[str, list[int]], **_: Any
    ) -> Iterator[tuple[bytes, int, int, bytes]]:
        for key, positions in value.items():
            packed = array("I", positions).tobytes()
            yield key.encode(), len(positions), len(positions), packed


def _schema() -> fields.Schema:
    return fields.Schema(
        word=_Terms(),
        stem=_Terms(),
        note=_Terms(),
        submission=fields.ID(),
        facts=fields.STORED(),
    )


class WhooshWriter:
    """Adds to and removes from an index in a folder; :meth:`close` makes it findable."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        if index.exists_in(folder):
            self._index = index.open_dir(folder)
        else:
            self._index = index.create_in(folder, _schema())
        # A limit on memory before a run is spilled to disk; at 256 MB the seed's largest
        # imaginable single submission never spills.
        self._writer = self._index.writer(limitmb=256)

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add paragraphs."""
        for document in documents:
            terms = analyser(document.language)
            words: dict[str, list[int]] = defaultdict(list)
            stems: dict[str, list[int]] = defaultdict(list)
            length = 0
            for token in terms.tokens(document.text):
                words[term_key(token.printed, token.width)].append(token.position)
                stems[term_key(token.stem, token.width)].append(token.position)
                length = token.position + 1
            notes, notes_length = _note_terms(document)
            self._writer.add_document(
                word=words,
                stem=stems,
                note=notes or None,
                submission=document.submission,
                facts=json.dumps(_facts_row(document, length, notes_length)),
            )

    def remove(self, submission: str) -> None:
        """Remove a submission's paragraphs."""
        self._writer.delete_by_term("submission", submission)

    def search(self, request: SearchRequest) -> SearchResult:
        """What is being written is not yet findable."""
        raise NoIndex("The index is being written", "Open it for searching once it is closed")

    def close(self) -> None:
        """Commit, then build the columns from what is now stored."""
        self._writer.commit()
        with self._index.reader() as reader:
            stored = [
                (doc, Facts(*json.loads(fields_["facts"]))) for doc, fields_ in reader.iter_docs()
            ]
            stored.sort(key=lambda pair: (pair[1].submission, pair[1].order))
            rows = np.full(reader.doc_count_all(), -1, dtype=np.int32)
        for row, (doc, _) in enumerate(stored):
            rows[doc] = row
        np.save(self._folder / "rows.npy", rows)
        Columns.build(facts for _, facts in stored).save(self._folder)
        self._index.close()


def _note_terms(document: IndexDocument) -> tuple[dict[str, list[int]], int]:
    """Positions of the printed words of a paragraph's footnotes, and how many there are."""
    found: dict[str, list[int]] = defaultdict(list)
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


def _facts_row(document: IndexDocument, words: int, notes: int) -> list[Any]:
    """The arguments of :class:`Facts`, in order."""
    return [
        document.submission,
        document.number,
        document.order,
        words,
        notes,
        document.tags,
        document.dates,
        document.urls,
    ]


class WhooshReader:
    """Searches an index. For one thread only: a process that searches owns its reader."""

    def __init__(self, folder: Path) -> None:
        if not index.exists_in(folder):
            raise NoIndex(f"There is no index in {folder.name}", "Make one with `pilcrow index`")
        try:
            self._index = index.open_dir(folder)
            self._rows: NDArray[np.int32] = np.load(folder / "rows.npy", allow_pickle=False)
        except Exception as error:  # numpy reads a header as Python: damage raises anything
            raise IndexDamaged(
                f"The index in {folder.name} cannot be opened ({error})",
                "Rebuild it with `pilcrow index --rebuild`",
            ) from error
        self.columns = Columns.load(folder)
        self._lexicons: dict[str, list[str]] = {}

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """An open index is never written to."""
        raise IndexDamaged("This index is open for searching", "Write to a new generation")

    def remove(self, submission: str) -> None:
        """An open index is never written to."""
        raise IndexDamaged("This index is open for searching", "Write to a new generation")

    def close(self) -> None:
        """Close the files."""
        self._index.close()

    def lexicon(self, field: str) -> list[str]:
        """Every term key of a field, sorted."""
        if field not in self._lexicons:
            with self._index.reader() as reader:
                self._lexicons[field] = sorted(key.decode() for key in reader.lexicon(field))
        return self._lexicons[field]

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer *request*; see the protocol."""
        columns = self.columns
        with self._index.reader() as reader:
            evaluation = _Evaluation(self, reader, self._rows, request.expansions)
            found = evaluation.node(request.tree)
        base = found.mask if request.dated is None else found.mask & columns.dated(request.dated)
        masks = {tagged.field: columns.tagged(tagged) for tagged in request.filters}
        matched = _all(base, masks)
        facets = {
            field: columns.count(field, _all(base, masks, ignoring=field))
            for field in request.facets
        }
        ranked = self._ranked(request, matched, found.scores)
        chosen = ranked[request.offset : request.offset + request.size]
        hits = tuple(EngineHit(*columns.key(row), float(found.scores[row])) for row in chosen)
        return SearchResult(len(ranked), hits, facets, tuple(evaluation.terms))

    def _ranked(self, request: SearchRequest, matched: Mask, scores: Scores) -> list[int]:
        rows = np.flatnonzero(matched)
        if request.sort == "keys" and isinstance(request.tree, Keys):
            return [row for row in self.columns.rows_of(request.tree) if matched[row]]
        if request.sort == "relevance":
            # Rounded, so that a sum's order of addition cannot break a tie.
            rows = rows[np.lexsort((rows, -np.round(scores[rows], 9)))]
        return [int(row) for row in rows]


def _all(base: Mask, masks: dict[str, Mask], ignoring: str | None = None) -> Mask:
    for field, mask in masks.items():
        if field != ignoring:
            base = base & mask
    return base


@dataclass(frozen=True, slots=True)
class _Found:
    mask: Mask
    scores: Scores


class _Postings:
    """One term's posting list, by row."""

    def __init__(self, matcher: Any, rows: NDArray[np.int32]) -> None:
        ids, counts, self._packed = [], [], []
        while matcher.is_active():
            ids.append(matcher.id())
            counts.append(matcher.weight())
            self._packed.append(matcher.value())
            matcher.next()
        self.rows = rows[np.array(ids, dtype=np.int64)]
        self.counts = np.array(counts, dtype=np.float64)

    @cached_property
    def _at(self) -> dict[int, int]:
        return {int(row): place for place, row in enumerate(self.rows)}

    def positions(self, row: int) -> frozenset[int]:
        """Positions in one row."""
        place = self._at.get(row)
        if place is None:
            return frozenset()
        packed = array("I")
        packed.frombytes(self._packed[place])
        return frozenset(packed)


class _Evaluation:
    """One query's walk over the posting lists."""

    def __init__(
        self, engine: WhooshReader, reader: Any, rows: NDArray[np.int32], expansions: int
    ) -> None:
        self._engine = engine
        self._columns = engine.columns
        self._reader = reader
        self._rows = rows
        self._expansions = expansions
        self._postings: dict[tuple[str, str], _Postings | None] = {}
        self.terms: dict[str, None] = {}

    def node(self, node: Node) -> _Found:
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

    def _wildcard(self, node: Wildcard) -> _Found:
        accepts = pattern(node.pattern).match
        prefix = node.pattern.partition("*")[0].partition("?")[0]
        lexicon = self._engine.lexicon(node.field)
        start = bisect_left(lexicon, prefix)
        keys = []
        for key in lexicon[start:]:
            if not key.startswith(prefix):
                break
            if accepts(term_of(key)):
                keys.append(key)
        return self._union(node.field, keys, node.pattern)

    def _fuzzy(self, node: Fuzzy) -> _Found:
        terms = sorted({term_of(key) for key in self._engine.lexicon(node.field)})
        near = near_words(node.word, terms, node.distance)
        keys = [key for term in near for key in all_keys(term)]
        return self._union(node.field, keys, node.word + "~")

    def _unscored(self, mask: Mask) -> _Found:
        return _Found(mask, np.zeros(self._columns.size))

    def _and(self, parts: list[_Found]) -> _Found:
        mask = np.logical_and.reduce([part.mask for part in parts])
        return _Found(mask, np.where(mask, sum(part.scores for part in parts), 0.0))

    def _or(self, parts: list[_Found]) -> _Found:
        mask = np.logical_or.reduce([part.mask for part in parts])
        scores = sum(np.where(part.mask, part.scores, 0.0) for part in parts)
        return _Found(mask, np.asarray(scores))

    def _posting(self, field: str, key: str) -> _Postings | None:
        if (field, key) not in self._postings:
            try:
                matcher = self._reader.postings(field, key.encode())
            except TermNotFound:
                self._postings[field, key] = None
            else:
                self._postings[field, key] = _Postings(matcher, self._rows)
        return self._postings[field, key]

    def _counts(self, field: str, keys: Iterable[str]) -> Scores:
        """How often any of *keys* stands in each row."""
        counts = np.zeros(self._columns.size)
        for key in keys:
            posting = self._posting(field, key)
            if posting is not None:
                counts[posting.rows] += posting.counts
        return counts

    def _union(self, field: str, keys: list[str], written: str) -> _Found:
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

    def _word(self, word: Word) -> _Found:
        stems = (key for stem in dict.fromkeys(word.stems) for key in all_keys(stem))
        printed = self._counts("word", all_keys(word.printed))
        # The printed form is found even where a language's stem of it differs.
        counts = np.maximum(self._counts("stem", stems), printed)
        return self._preferring("stem", counts, printed)

    def _preferring(self, field: str, counts: Scores, printed: Scores) -> _Found:
        """Scores of *counts*, where a *printed* form outranks any other form however often
        that one stands there: it gets one more than BM25 can give."""
        found = self._scored(field, counts)
        bonus = self._rarity(counts) * (K1 + 1)
        return _Found(found.mask, found.scores + bonus * (printed > 0))

    def _phrase(self, node: Phrase | Near, parts: tuple[Phrase, ...]) -> _Found:
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

    def _scored(self, field: str, counts: Scores) -> _Found:
        lengths = self._columns.lengths[field]
        mean = max(float(lengths.mean()) if lengths.size else 1.0, 1.0)
        scores = (
            self._rarity(counts) * counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / mean))
        )
        return _Found(counts > 0, scores)
