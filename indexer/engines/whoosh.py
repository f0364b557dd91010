"""How does Whoosh answer? Only with postings and positions.

Documents go in as the analyser's terms, and come out as posting lists, over which queries
are evaluated by :mod:`.evaluation`. Whoosh's parser, analysers, collectors and highlighter
are not used: they crash on hostile input, stem wrongly and lose phrases; nor are its scores,
for it keeps lengths to about 10 %. One evaluation opens one fresh reader, since one shared
between threads gives wrong answers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, formats, index
from whoosh.reading import TermNotFound

from indexer.engines.columns import Columns, Facts, Mask, Rows
from indexer.engines.evaluation import Evaluation, Postings, Scores, damaged
from indexer.engines.fingerprints import Fingerprints
from indexer.engines.recent import Recent
from indexer.engines.terms import Terms, analysed, packed
from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex
from indexer.query.request import (
    EngineHit,
    IndexDocument,
    Keys,
    SearchRequest,
    SearchResult,
)


class _Terms(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of ready terms: its value is {term key: positions}."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False  # lengths are in the columns
        self.stored = False
        self.unique = False
        self.vector = None

    def index(self, value: Terms, **_: Any) -> Iterator[tuple[bytes, int, int, bytes]]:
        for key, positions in value.items():
            yield key.encode(), len(positions), len(positions), packed(positions)


def _schema() -> fields.Schema:
    return fields.Schema(
        word=_Terms(),
        stem=_Terms(),
        note=_Terms(),
        submission=fields.ID(),
        facts=fields.STORED(),
    )


#: The file that has the terms of removed paragraphs alone; see :func:`_gone`.
GONE = "gone.json"


class WhooshWriter:
    """Adds to and removes from an index in a folder; :meth:`close` makes it findable."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        # Not «where none is found»: of an index that lost its list of segments, what is
        # added now would be all that is left.
        if any(folder.iterdir()):
            with _reading(folder):
                self._index = index.open_dir(folder)
        else:
            self._index = index.create_in(folder, _schema())
        # A limit on memory before a run is spilled to disk; at 256 MB the seed's largest
        # imaginable single submission never spills.
        self._writer = self._index.writer(limitmb=256)

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add paragraphs."""
        for document in documents:
            fresh = analysed(document)
            self._writer.add_document(
                **{field: terms or None for field, terms in fresh.fields.items()},
                submission=document.submission,
                facts=fresh.facts.written(),
            )

    def remove(self, submission: str) -> None:
        """Remove a submission's paragraphs."""
        self._writer.delete_by_term("submission", submission)

    def search(self, request: SearchRequest) -> SearchResult:
        """What is being written is not yet findable."""
        raise NoIndex("The index is being written", "Open it for searching once it is closed")

    def differing(self, documents: Iterable[IndexDocument]) -> tuple[tuple[str, str], ...]:
        """What is being written cannot yet be compared."""
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
            gone = _gone(reader)
        for row, (doc, _) in enumerate(stored):
            rows[doc] = row
        # numpy leaves the writing of a file to C, where the error of a full disk is lost.
        np.save(written := io.BytesIO(), rows)
        (self._folder / "rows.npy").write_bytes(written.getvalue())
        (self._folder / GONE).write_text(json.dumps(gone), encoding="utf-8")
        Columns.build(facts for _, facts in stored).save(self._folder)
        self._index.close()


def _gone(reader: Any) -> dict[str, list[str]]:
    """By field, the terms that only paragraphs that were removed have: Whoosh keeps them until
    it merges, and no word may stand for them."""
    if not reader.has_deletions():
        return {}
    return {
        field: [
            key.decode()
            for key in reader.lexicon(field)
            if not reader.postings(field, key).is_active()
        ]
        for field in sorted(reader.indexed_field_names())
    }


class WhooshReader:
    """Searches an index. For one thread only: a process that searches owns its reader."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir() or not any(folder.iterdir()):
            raise NoIndex(f"There is no index in {folder.name}", "Make one with `pilcrow index`")
        self._folder = folder
        with _reading(folder):
            self._index = index.open_dir(folder)
            self._rows: Rows = np.load(folder / "rows.npy", allow_pickle=False)
            gone = json.loads((folder / GONE).read_text(encoding="utf-8"))
            self._gone = {field: frozenset(keys) for field, keys in gone.items()}
        self.columns = Columns.load(folder)
        self._check_rows()
        self._lexicons: dict[str, list[str]] = {}
        self._recent = Recent()

    def _check_rows(self) -> None:
        """Raise IndexDamaged where not each paragraph stands in one row, and each row for one."""
        with _reading(self._folder):
            rows = self._rows[self._rows >= 0]
            if not (
                self._rows.dtype == np.int32
                and self._rows.size == self._index.doc_count_all()
                and rows.size == self.columns.size == self._index.doc_count()
                and np.array_equal(np.bincount(rows, minlength=rows.size), np.ones(rows.size))
            ):
                raise ValueError("rows.npy, the columns and the postings are not of one index")

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """An open index is never written to."""
        raise IndexDamaged("This index is open for searching", "Write to a new generation")

    def remove(self, submission: str) -> None:
        """An open index is never written to."""
        raise IndexDamaged("This index is open for searching", "Write to a new generation")

    def close(self) -> None:
        """Close the files."""
        self._index.close()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer *request*; see the protocol."""
        columns = self.columns
        with self._inverted() as inverted:
            evaluation = Evaluation(_Kept(inverted, self._recent), columns, request.expansions)
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

    @contextmanager
    def _inverted(self) -> Iterator[_Inverted]:
        """The postings, by a Whoosh reader of their own."""
        with _reading(self._folder):
            reader = self._index.reader()
        try:
            yield _Inverted(self._folder, reader, self._rows, self._gone, self._lexicons)
        finally:
            reader.close()

    def differing(self, documents: Iterable[IndexDocument]) -> tuple[tuple[str, str], ...]:
        """Compare what is held with a fresh analysis; see the protocol."""
        held = Fingerprints(self.columns)
        with self._inverted() as inverted:
            for row, facts in inverted.stored():
                held.add_facts(row, facts)
            for field in inverted.fields():
                for key in inverted.keys(field):
                    posting = inverted.postings(field, key)
                    if posting is None:
                        raise damaged(self._folder.name, f"the postings of {key!r} are not found")
                    held.add_postings(field, key, posting.rows, posting.counts, posting.packed)
        return held.differing(documents)

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


class _Inverted:
    """The postings that one Whoosh reader reads, by row."""

    def __init__(
        self,
        folder: Path,
        reader: Any,
        rows: Rows,
        gone: dict[str, frozenset[str]],
        lexicons: dict[str, list[str]],
    ) -> None:
        self._folder = folder
        self._reader = reader
        self._rows = rows
        self._gone = gone
        self._lexicons = lexicons

    def fields(self) -> list[str]:
        """The fields that have terms."""
        with _reading(self._folder):
            return sorted(self._reader.indexed_field_names())

    def keys(self, field: str) -> list[str]:
        """Every term key that is kept of a field, sorted."""
        with _reading(self._folder):
            return sorted(key.decode() for key in self._reader.lexicon(field))

    def lexicon(self, field: str) -> list[str]:
        """Every term key of a field that a paragraph has, sorted."""
        if field not in self._lexicons:
            gone = self._gone.get(field, frozenset())
            self._lexicons[field] = [key for key in self.keys(field) if key not in gone]
        return self._lexicons[field]

    def postings(self, field: str, key: str) -> Postings | None:
        """Those of one term; None where it has none."""
        ids, counts, packed_ = [], [], []
        with _reading(self._folder):
            try:
                matcher = self._reader.postings(field, key.encode())
            except TermNotFound:
                return None
            while matcher.is_active():
                ids.append(matcher.id())
                counts.append(matcher.weight())
                # A field without positions has None.
                packed_.append(matcher.value() or b"")
                matcher.next()
            rows = _inside(self._rows[np.array(ids, dtype=np.int64)])
        return Postings(rows, np.array(counts, dtype=np.float64), packed_)

    def stored(self) -> Iterator[tuple[Rows, str]]:
        """The row and the facts of each paragraph, as they are kept beside the postings."""
        with _reading(self._folder):
            for doc, kept in self._reader.iter_docs():
                yield _inside(self._rows[[doc]]), kept["facts"]


class _Kept:
    """The same postings, those read lately as they were read."""

    def __init__(self, inverted: _Inverted, recent: Recent) -> None:
        self._inverted = inverted
        self._recent = recent

    def lexicon(self, field: str) -> list[str]:
        """Every term key of a field, sorted."""
        return self._inverted.lexicon(field)

    def postings(self, field: str, key: str) -> Postings | None:
        """Those of one term; None where it has none."""
        return self._recent.postings(self._inverted, field, key)


def _inside(rows: Rows) -> Rows:
    """*rows*, if each is a paragraph's. Raises ValueError."""
    if rows.size and rows.min() < 0:
        raise ValueError("a posting belongs to no paragraph")
    return rows


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Around what reads an index's bytes: of damaged ones Whoosh, zlib, pickle and numpy may
    raise anything, and all of it is told as damage. What is around evaluates what was read:
    there an error is a defect of ours and stays one."""
    try:
        yield
    except IndexUnavailable:
        raise
    except MemoryError as error:  # a length that is damaged asks for more than there is
        raise IndexUnavailable(
            f"The index in {folder.name} is damaged, or memory does not suffice to read it",
            "Let `pilcrow check` tell which of the two",
        ) from error
    except Exception as error:
        raise damaged(folder.name, f"{type(error).__name__}: {error}") from error
