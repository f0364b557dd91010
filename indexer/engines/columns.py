"""Which paragraphs carry a facet value, a date or an address? Columns, built once.

The embedded engines keep these beside their postings. A paragraph's row is its rank in
the order of submission ids and then of the document, so that a tie in score is settled
by the row alone. Filtering and counting are a few numpy operations on whole columns:
measured at 84,000 paragraphs, 2 ms where an engine's own grouping took over a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.query.request import Dated, Keys, Linked, Tagged

Mask = NDArray[np.bool_]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the columns are built from, for one paragraph."""

    submission: str
    number: str
    order: int
    words: int
    """Length in positions, for BM25."""
    notes: int
    """Length of its footnotes in positions."""
    tags: Sequence[tuple[str, Sequence[str]]]
    dates: Sequence[tuple[int, int]]
    urls: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Column:
    values: list[str]
    rows: Rows
    codes: Rows
    """``values[codes[i]]`` is carried by row ``rows[i]``."""


class Columns:
    """The columns of one generation."""

    def __init__(self, strings: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self.submissions: list[str] = strings["submissions"]
        self.numbers: list[str] = strings["numbers"]
        self.size = len(self.numbers)
        self.submission_of: Rows = arrays["submission_of"]
        self.lengths = {"word": arrays["words"], "stem": arrays["words"], "note": arrays["notes"]}
        self._facets = {
            field: _Column(values, arrays[f"rows_{field}"], arrays[f"codes_{field}"])
            for field, values in strings["facets"].items()
        }
        self._urls: list[str] = strings["urls"]
        self._url_rows: Rows = arrays["rows_url"]
        self._url_codes: Rows = arrays["codes_url"]
        self._date_rows: Rows = arrays["rows_date"]
        self._date_first: Rows = arrays["date_first"]
        self._date_last: Rows = arrays["date_last"]
        self._row_of: dict[tuple[str, str], int] | None = None

    # Reading and writing

    def save(self, folder: Path) -> None:
        """Write the columns into *folder*."""
        strings = {
            "submissions": self.submissions,
            "numbers": self.numbers,
            "facets": {field: column.values for field, column in self._facets.items()},
            "urls": self._urls,
        }
        arrays: dict[str, NDArray[Any]] = {
            "submission_of": self.submission_of,
            "words": self.lengths["word"],
            "notes": self.lengths["note"],
            "rows_url": self._url_rows,
            "codes_url": self._url_codes,
            "rows_date": self._date_rows,
            "date_first": self._date_first,
            "date_last": self._date_last,
        }
        for field, column in self._facets.items():
            arrays[f"rows_{field}"] = column.rows
            arrays[f"codes_{field}"] = column.codes
        (folder / "columns.json").write_text(json.dumps(strings), encoding="utf-8")
        np.savez(folder / "columns.npz", **arrays)  # type: ignore[arg-type]  # its stub forbids names

    @classmethod
    def load(cls, folder: Path) -> Columns:
        """Read what :meth:`save` wrote. Raises IndexDamaged."""
        try:
            strings = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
            # Opened here: numpy leaves open what turns out to be no archive.
            with (
                (folder / "columns.npz").open("rb") as file,
                np.load(file, allow_pickle=False) as stored,
            ):
                arrays = {name: stored[name] for name in stored.files}
            return cls(strings, arrays)
        except Exception as error:  # a damaged archive or header may raise anything
            raise IndexDamaged(
                f"The facet columns in {folder.name} cannot be read ({error})",
                "Rebuild the index with `pilcrow index --rebuild`",
            ) from error

    @classmethod
    def build(cls, facts: Iterable[Facts]) -> Columns:
        """Make columns of *facts*, given in the order of their rows."""
        listed = list(facts)
        submissions = list(dict.fromkeys(f.submission for f in listed))
        code_of = {submission: code for code, submission in enumerate(submissions)}
        facets: dict[str, list[tuple[int, str]]] = {}
        for row, fact in enumerate(listed):
            for field, values in fact.tags:
                facets.setdefault(field, []).extend((row, value) for value in values)
        strings: dict[str, Any] = {
            "submissions": submissions,
            "numbers": [f.number for f in listed],
            "facets": {},
        }
        arrays: dict[str, NDArray[Any]] = {
            "submission_of": _rows(code_of[f.submission] for f in listed),
            "words": _rows(f.words for f in listed),
            "notes": _rows(f.notes for f in listed),
        }
        for field, pairs in facets.items():
            values, arrays[f"rows_{field}"], arrays[f"codes_{field}"] = _coded(pairs)
            strings["facets"][field] = values
        pairs = [(row, url.casefold()) for row, fact in enumerate(listed) for url in fact.urls]
        strings["urls"], arrays["rows_url"], arrays["codes_url"] = _coded(pairs)
        dates = [(row, *date) for row, fact in enumerate(listed) for date in fact.dates]
        for place, name in enumerate(("rows_date", "date_first", "date_last")):
            arrays[name] = _rows(date[place] for date in dates)
        return cls(strings, arrays)

    # Asking

    def key(self, row: int) -> tuple[str, str]:
        """(submission, number) of a row."""
        return self.submissions[self.submission_of[row]], self.numbers[row]

    def tagged(self, node: Tagged) -> Mask:
        """The rows that carry any of the node's values."""
        mask = np.zeros(self.size, dtype=np.bool_)
        column = self._facets.get(node.field)
        if column is not None:
            wanted = set(node.values)
            codes = [code for code, value in enumerate(column.values) if value in wanted]
            mask[column.rows[np.isin(column.codes, codes)]] = True
        return mask

    def dated(self, node: Dated) -> Mask:
        """The rows where one date mentioned lies wholly in the node's days."""
        mask = np.zeros(self.size, dtype=np.bool_)
        inside = (self._date_first >= node.first) & (self._date_last <= node.last)
        mask[self._date_rows[inside]] = True
        return mask

    def linked(self, node: Linked) -> Mask:
        """The rows one of whose addresses contains the node's part."""
        mask = np.zeros(self.size, dtype=np.bool_)
        codes = [code for code, url in enumerate(self._urls) if node.part in url]
        mask[self._url_rows[np.isin(self._url_codes, codes)]] = True
        return mask

    def rows_of(self, node: Keys) -> list[int]:
        """The rows of the node's paragraphs, in its order; unknown ones are left out."""
        if self._row_of is None:
            self._row_of = {self.key(row): row for row in range(self.size)}
        return [self._row_of[key] for key in node.keys if key in self._row_of]

    def count(self, field: str, mask: Mask) -> tuple[tuple[str, int], ...]:
        """How many rows of *mask* carry each value of a facet field."""
        column = self._facets.get(field)
        if column is None:
            return ()
        counts = np.bincount(column.codes[mask[column.rows]], minlength=len(column.values))
        return tuple(zip(column.values, counts.tolist(), strict=True))


def _rows(numbers: Iterable[int]) -> Rows:
    return np.fromiter(numbers, dtype=np.int32)


def _coded(pairs: Sequence[tuple[int, str]]) -> tuple[list[str], Rows, Rows]:
    """Values in order of first occurrence, and for each pair its row and value's code.

    A paragraph that carries a value twice counts once.
    """
    pairs = list(dict.fromkeys(pairs))
    codes: dict[str, int] = {}
    coded = [codes.setdefault(value, len(codes)) for _, value in pairs]
    return list(codes), _rows(row for row, _ in pairs), _rows(coded)
