"""Which names should a keeper look at? Those that rules found and no authority file knows.

They are written as rows of an authority file, with how often and where they stand and what
they resemble, so that a keeper can edit them and put them into a file of their own. Nothing
here changes what is indexed.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from rapidfuzz import fuzz, process

from indexer.analysis import fold_text
from indexer.entities import Authority
from indexer.entities.authority import COLUMNS, EVIDENCE
from indexer.library import EntityCard, Library
from indexer.model import EntityType
from indexer.notation.names import name_key

#: What an authority file can list and a pattern cannot: no provisions, cases or dates.
TYPES: tuple[EntityType, ...] = (
    "person", "organisation", "un_body", "media", "place", "law", "demonym",
)  # fmt: skip
#: Paragraphs named as samples: enough to see who is meant.
_SAMPLES = 3
#: Names given as near ones.
_NEAREST = 3
#: From this similarity on (of 100) two names are near: below it, on the names of the packaged
#: authority files, more pairs were strangers than kin.
_NEAR = 86.0


@dataclass(frozen=True, slots=True)
class Known:
    """A name that a candidate may be near to."""

    label: str
    id: str
    sensitive: bool
    listed: bool
    """Whether an authority file has it."""

    def __str__(self) -> str:
        kept = " (sensitive)" if self.sensitive else ""
        return f"{self.label} [{self.id if self.listed else 'a candidate'}]{kept}"


def candidates(library: Library, authority: Authority) -> Iterator[dict[str, str]]:
    """A row for each entity of *library* that no row of *authority* is for, by type and then
    the most frequent first. Its columns are those of an authority file."""
    listed = {(row.type, row.id) for row in authority.rows}
    for type_ in TYPES:
        cards = library.entities(type_)
        new = [card for card in cards if (type_, card.id) not in listed]
        near = _Near(
            [
                (name, Known(row.label, row.id, row.sensitive, True))
                for row in authority.rows
                if row.type == type_ and not row.blocked
                for name in (*row.aliases, *row.weak)
            ]
            + [(card.label, Known(card.label, card.id, False, False)) for card in new]
        )
        for card in new:
            yield _row(card, near)


def write(rows: Iterable[dict[str, str]], file: TextIO) -> int:
    """Write *rows* as CSV to *file*; returns how many there were."""
    writer = csv.DictWriter(file, (*COLUMNS, *EVIDENCE), lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _row(card: EntityCard, near: _Near) -> dict[str, str]:
    submissions = dict.fromkeys(submission for submission, _ in card.paragraphs)
    # One paragraph of each submission before a second one of any.
    firsts = dict(reversed(card.paragraphs))
    places = dict.fromkeys([*firsts.items(), *card.paragraphs])
    samples = sorted(list(places)[:_SAMPLES], key=card.paragraphs.index)
    return dict.fromkeys(COLUMNS, "") | {
        "id": card.id,
        "type": card.type,
        "label": card.label,
        "aliases": "|".join(alias.text for alias in card.aliases),
        "country": card.country or "",
        "paragraphs": str(len(card.paragraphs)),
        "submissions": str(len(submissions)),
        "samples": "|".join(f"{submission}/{number}" for submission, number in samples),
        "near": "|".join(map(str, near.to(card))),
    }


class _Near:
    """Names of one type, to be compared with."""

    def __init__(self, names: list[tuple[str, Known]]) -> None:
        self._known: dict[str, dict[Known, None]] = defaultdict(dict)
        self._sounding: dict[str, dict[Known, None]] = defaultdict(dict)
        for name, known in names:
            self._known[fold_text(name)][known] = None
            self._sounding[_sound(name)][known] = None
        self._folded = list(self._known)

    def to(self, card: EntityCard) -> list[Known]:
        """What *card* may be another name of: what sounds the same in another
        transliteration, then what is written almost alike."""
        found = dict(self._sounding[_sound(card.label)])
        alike = process.extract(
            fold_text(card.label),
            self._folded,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_NEAR,
            limit=2 * _NEAREST,
        )
        for name, _, _ in alike:
            found |= self._known[name]
        return [known for known in found if known.listed or known.id != card.id][:_NEAREST]


def _sound(name: str) -> str:
    return " ".join(sorted(name_key(word) for word in fold_text(name).split()))
