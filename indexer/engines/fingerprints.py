"""Does an index hold what a fresh analysis gives? One number a paragraph from each side.

A paragraph's fingerprint is the sum of a hash of each of its postings, modulo 2^64, so that
an engine may give them term by term and the analysis paragraph by paragraph, and neither
keeps more than eight bytes for a paragraph. A posting that is changed, lacking or too many
changes the sum, but for one chance in 2^64.

The hashes are Python's own, which differ between processes: both sides are made in one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.engines.columns import Columns, Facts, Rows
from indexer.engines.terms import analysed
from indexer.query.request import IndexDocument

#: A sum is kept modulo 2^64.
_SUM = (1 << 64) - 1

#: How :class:`Facts` are named among the fields of a paragraph.
_FACTS = "facts"


class Fingerprints:
    """Those of the paragraphs that an engine's *columns* name, by row."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._sums: NDArray[np.uint64] = np.zeros(columns.size, dtype=np.uint64)

    def add_postings(
        self, field: str, key: str, rows: Rows, counts: Iterable[float], packed: Iterable[bytes]
    ) -> None:
        """Add what the engine holds of one term: its rows and, in each, how often it stands
        there and where (see :func:`terms.packed`)."""
        held = zip(counts, packed, strict=True)
        hashes = np.fromiter((hash((field, key, *posting)) for posting in held), dtype=np.int64)
        # Not «+=»: a row that comes twice must count twice.
        np.add.at(self._sums, rows, hashes.view(np.uint64))

    def add_facts(self, row: Rows, written: str) -> None:
        """Add what the engine holds beside the terms of one row; see :meth:`Facts.written`."""
        self.add_postings(_FACTS, written, row, [1], [b""])

    def differing(self, documents: Iterable[IndexDocument]) -> tuple[tuple[str, str], ...]:
        """(submission, number) of the paragraphs that are held otherwise than a fresh analysis
        of *documents*, given in the order of their rows, would have them."""
        fresh = array("Q")
        columns = Columns.build(_analysed(documents, fresh))
        if misplaced := self._columns.misplaced(columns):
            return misplaced
        rows = self._columns.differing(columns)
        rows |= self._sums != np.frombuffer(fresh, dtype=np.uint64)
        return tuple(self._columns.key(int(row)) for row in np.flatnonzero(rows))


def _analysed(documents: Iterable[IndexDocument], sums: array[int]) -> Iterator[Facts]:
    """The facts of *documents*, and to *sums* the fingerprint of each."""
    for document in documents:
        fresh = analysed(document)
        total = hash((_FACTS, fresh.facts.written(), 1, b""))
        for posting in fresh.postings():
            total += hash(posting)
        sums.append(total & _SUM)
        yield fresh.facts
