"""Which paragraphs carry a facet value, a date or an address? Columns, built once.

The embedded engines keep these beside their postings. A paragraph's row is its rank in
the order of submission ids and then of the document, so that a tie in score is settled
by the row alone. Filtering and counting are a few numpy operations on whole columns:
measured at 84,000 paragraphs, 2 ms where an engine's own grouping took over a second.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.query.request import Dated, Keys, Linked, Tagged

Mask = NDArray[np.bool_]
Rows = NDArray[np.int32]
#: What a row carries: (row, a value or a first and a last day).
Carried = list[tuple[int, ...] | tuple[int, str]]


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

    def written(self) -> str:
        """The facts as an engine keeps them beside its terms: ``Facts(*json.loads(…))``."""
        return json.dumps([getattr(self, name) for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class _Column:
    values: list[str]
    rows: Rows
    codes: Rows
    """``values[codes[i]]`` is carried by row ``rows[i]``."""

    def check(self, size: int) -> None:
        """Raise ValueError where this is no column of *size* rows."""
        _check_within(self.rows, size)
        _check_within(self.codes, len(self.values))
        if self.rows.size != self.codes.size:
            raise ValueError("a column is cut off")

    def carried(self) -> Carried:
        """Each row with each of its values."""
        values = (self.values[code] for code in self.codes)
        return list(zip(self.rows.tolist(), values, strict=True))

    def same(self, other: _Column) -> bool:
        """Whether both are made alike."""
        return (
            self.values == other.values
            and np.array_equal(self.rows, other.rows)
            and np.array_equal(self.codes, other.codes)
        )


#: The column of a field that no row carries.
_NONE = _Column([], np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))


class Columns:
    """The columns of one generation."""

    def __init__(self, strings: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self._strings = strings
        self._arrays = arrays
        self.submissions: list[str] = strings["submissions"]
        self.numbers: list[str] = strings["numbers"]
        self.size = len(self.numbers)
        self.submission_of: Rows = arrays["submission_of"]
        self.lengths = {"word": arrays["words"], "stem": arrays["words"], "note": arrays["notes"]}
        self._facets = {
            field: _Column(values, arrays[f"rows_{field}"], arrays[f"codes_{field}"])
            for field, values in strings["facets"].items()
        }
        self._urls = _Column(strings["urls"], arrays["rows_url"], arrays["codes_url"])
        self._date_rows: Rows = arrays["rows_date"]
        self._date_first: Rows = arrays["date_first"]
        self._date_last: Rows = arrays["date_last"]
        self._row_of: dict[tuple[str, str], int] | None = None

    # Reading and writing

    def save(self, folder: Path) -> None:
        """Write the columns into *folder*."""
        (folder / "columns.json").write_text(json.dumps(self._strings), encoding="utf-8")
        np.savez(folder / "columns.npz", **self._arrays)  # type: ignore[arg-type]  # its stub forbids names

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
            columns = cls(strings, arrays)
            columns._check()
            return columns
        except Exception as error:  # a damaged archive or header may raise anything
            raise IndexDamaged(
                f"The facet columns in {folder.name} cannot be read ({error})",
                "Rebuild the index with `pilcrow index --rebuild`",
            ) from error

    def _check(self) -> None:
        """Raise ValueError where an answer could not be told from these columns: a row, a code
        or a length that is not there would be an error of a search, or a wrong answer."""
        for name, numbers in self._arrays.items():
            if numbers.ndim != 1 or numbers.dtype != np.int32:
                raise ValueError(f"{name} is not a column")
        for numbers in (self.submission_of, *self.lengths.values()):
            if numbers.size != self.size:
                raise ValueError("a column is cut off")
        _check_within(self.submission_of, len(self.submissions))
        for column in (self._urls, *self._facets.values()):
            column.check(self.size)
        _check_within(self._date_rows, self.size)
        if not self._date_rows.size == self._date_first.size == self._date_last.size:
            raise ValueError("the dates are cut off")

    @classmethod
    def build(cls, facts: Iterable[Facts]) -> Columns:
        """Make columns of *facts*, given in the order of their rows; no more than one of them
        is held at once."""
        numbers: list[str] = []
        submissions: dict[str, int] = {}
        whole = {name: array("i") for name in ("submission_of", "words", "notes")}
        dated = {name: array("i") for name in ("rows_date", "date_first", "date_last")}
        facets: dict[str, _Growing] = {}
        urls = _Growing()
        for row, fact in enumerate(facts):
            numbers.append(intern(fact.number))
            code = submissions.setdefault(fact.submission, len(submissions))
            for name, number in zip(whole, (code, fact.words, fact.notes), strict=True):
                whole[name].append(number)
            for field, values in fact.tags:
                facets.setdefault(field, _Growing()).add(row, values)
            urls.add(row, (url.casefold() for url in fact.urls))
            for first, last in fact.dates:
                for name, number in zip(dated, (row, first, last), strict=True):
                    dated[name].append(number)
        grown = {**facets, "url": urls}
        strings = {
            "submissions": list(submissions),
            "numbers": numbers,
            "facets": {field: list(column.values) for field, column in facets.items()},
            "urls": list(urls.values),
        }
        arrays = {
            **{name: _rows(listed) for name, listed in (whole | dated).items()},
            **{f"rows_{name}": _rows(column.rows) for name, column in grown.items()},
            **{f"codes_{name}": _rows(column.codes) for name, column in grown.items()},
        }
        return cls(strings, arrays)

    # Comparing

    def misplaced(self, fresh: Columns) -> tuple[tuple[str, str], ...]:
        """The paragraphs that only one of these columns and *fresh* ones has or, where both
        have the same, those that are not in the same place; none where all are."""
        if (
            self.numbers == fresh.numbers
            and self.submissions == fresh.submissions
            and np.array_equal(self.submission_of, fresh.submission_of)
        ):
            return ()
        held, wanted = (
            [columns.key(row) for row in range(columns.size)] for columns in (self, fresh)
        )
        counts, other = Counter(held), Counter(wanted)
        lone = (counts - other) + (other - counts)
        return tuple(sorted(lone)) or tuple(
            key for key, there in zip(wanted, held, strict=True) if key != there
        )

    def differing(self, fresh: Columns) -> Mask:
        """The rows that carry something else than in *fresh* columns of the same paragraphs."""
        mask = np.zeros(self.size, dtype=np.bool_)
        for name in ("words", "notes"):
            mask |= self._arrays[name] != fresh._arrays[name]
        for field in self._facets.keys() | fresh._facets.keys():
            held, wanted = self._facets.get(field, _NONE), fresh._facets.get(field, _NONE)
            if not held.same(wanted):
                mask[_unlike(held.carried(), wanted.carried())] = True
        if not self._urls.same(fresh._urls):
            mask[_unlike(self._urls.carried(), fresh._urls.carried())] = True
        dates = ("rows_date", "date_first", "date_last")
        if not all(np.array_equal(self._arrays[name], fresh._arrays[name]) for name in dates):
            mask[_unlike(*(c._dates() for c in (self, fresh)))] = True
        return mask

    def _dates(self) -> Carried:
        columns = (self._date_rows, self._date_first, self._date_last)
        return list(zip(*(column.tolist() for column in columns), strict=True))

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
        codes = [code for code, url in enumerate(self._urls.values) if node.part in url]
        mask[self._urls.rows[np.isin(self._urls.codes, codes)]] = True
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


class _Growing:
    """A column in the making: values in order of first occurrence. A paragraph that carries a
    value twice counts once."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}
        self.rows = array("i")
        self.codes = array("i")
        self._row = -1
        self._carried: set[int] = set()

    def add(self, row: int, values: Iterable[str]) -> None:
        """Let *row*, no earlier one than the last, carry *values*."""
        if row != self._row:
            self._row = row
            self._carried = set()
        for value in values:
            code = self.values.setdefault(value, len(self.values))
            if code not in self._carried:
                self._carried.add(code)
                self.rows.append(row)
                self.codes.append(code)


def _rows(numbers: array[int]) -> Rows:
    return np.array(numbers, dtype=np.int32)


def _check_within(numbers: Rows, size: int) -> None:
    """Raise ValueError where one of *numbers* is not the place of one of *size* things."""
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < size):
        raise ValueError("a column points to what is not there")


def _unlike(held: Carried, wanted: Carried) -> list[int]:
    """Rows that do not carry the same in both, as often; where all do, the first whose place
    in the column is another."""
    counts, other = Counter(held), Counter(wanted)
    lone = (counts - other) + (other - counts)
    return sorted({pair[0] for pair in lone}) or next(
        [(a or b)[0]] for a, b in zip_longest(held, wanted) if a != b
    )
