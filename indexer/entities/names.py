"""What do the names mean that no form and no file tells? People, places, bodies, media by cues.

Every run of capitals left over is weighed by its own form and by what stands around it,
here and wherever else the document has it; a name in a list is what its neighbours are.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.entities import cues
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage
from indexer.entities.recogniser import Candidate
from indexer.entities.runs import Run, runs
from indexer.model import EntityType

#: A single word needs a cue of its own; of several words, people are the usual case.
_THRESHOLD_ONE, _THRESHOLD_MORE = 2.0, 1.5
#: Names longer than this are titles of works and events.
_MOST_WORDS = 6
#: From here on a name is clear enough to tell its neighbours in a list what they are.
_CLEAR = 2.5
#: Up to here a name that only its form speaks for is told by its neighbours.
_UNSURE = 3.3
_LISTED = re.compile(r"[\"”’)]{0,2}(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?:the\s)?[\"“‘]?")
_RANK: dict[EntityType, str] = {
    "person": "person", "place": "place", "organisation": "organisation", "media": "media",
}  # fmt: skip

_Weights = dict[EntityType, float]


@dataclass(slots=True)
class _Name:
    """A name with its occurrences and what speaks for each type."""

    form: _Weights
    places: dict[tuple[int, int], tuple[Run, _Weights]] = field(default_factory=dict)
    """Passage and first word → the occurrence there, and what stands around it."""

    def whole(self) -> _Weights:
        """What its form and its best occurrence for each type say."""
        total = defaultdict(float, self.form)
        around: dict[EntityType, list[float]] = defaultdict(list)
        for _, weights in self.places.values():
            for type_, weight in weights.items():
                if weight:
                    around[type_].append(weight)
        for type_ in _RANK:
            if heard := around.get(type_):
                # One clear place is enough; further ones only confirm.
                total[type_] += max(heard) + 0.5 * min(sum(w > 0 for w in heard) - 1, 3)
        return total

    def best(self) -> tuple[EntityType, float]:
        """The likeliest type and its weight."""
        return _best(self.whole())


def _best(weights: _Weights) -> tuple[EntityType, float]:
    if not weights:
        return "person", 0.0
    type_ = max(weights, key=lambda t: weights[t])
    return type_, weights[type_]


class Names:
    """Names told by what stands around them."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every occurrence of every run whose type is clear."""
        names: dict[str, _Name] = {}
        for run in runs(document):
            name = names.get(run.key)
            if name is None:
                name = names[run.key] = _Name(_summed(cues.form(document, run)))
            name.places[_place(run)] = (run, _summed(cues.around(run)))
        _tell_neighbours(document, names)
        for name in names.values():
            whole = name.whole()
            for run, here in name.places.values():
                type_ = _decide(document, run, whole, here)
                if type_ is not None:
                    rank = RANKS[_RANK[type_]]
                    yield Candidate(run.passage.index, run.start, run.end, type_, rank)


def _place(run: Run) -> tuple[int, int]:
    return run.passage.index, run.first


def _summed(weights: Iterator[cues.Weight]) -> _Weights:
    total: _Weights = defaultdict(float)
    for type_, weight in weights:
        total[type_] += weight
    return total


def _decide(document: Document, run: Run, whole: _Weights, here: _Weights) -> EntityType | None:
    """The type of one occurrence: what the document says of the name, and this place again."""
    _, weight = _best(whole)
    several = run.last > run.first
    if weight < (_THRESHOLD_MORE if several else _THRESHOLD_ONE):
        return None
    if run.last - run.first >= _MOST_WORDS and not run.quoted:
        return None
    type_, _ = _best({t: whole[t] + here.get(t, 0.0) for t in whole})
    if whole[type_] < 1:
        return None
    plain = all(document.is_plain(word) for word in run.words)
    if plain and type_ in ("person", "place") and not run.titled:
        return None
    return type_


# Lists


class _Item(NamedTuple):
    """A name in a passage, known or not, that may stand in a list."""

    start: int
    end: int
    type: EntityType | None
    run: Run | None
    is_state: bool = False


def _tell_neighbours(document: Document, names: dict[str, _Name]) -> None:
    """Let names in one list be of one type: those that are clear tell the others."""
    # Settled before anyone is told, so that the order of lists does not matter.
    likely = {key: name.best() for key, name in names.items()}
    of_passage: dict[int, list[Run]] = defaultdict(list)
    for name in names.values():
        for run, _ in name.places.values():
            of_passage[run.passage.index].append(run)
    for index, here in of_passage.items():
        if all(likely[run.key][1] >= _UNSURE for run in here):
            continue  # nobody here is to be told
        for chain in _chains(document.passages[index], here):
            _tell(chain, names, likely)


def _chains(passage: Passage, here: list[Run]) -> Iterator[list[_Item]]:
    """Lists of two names with "and", or of three and more."""
    spans = sorted((run.start, run.end) for run in here)
    items = [
        _Item(c.start, c.end, c.type, None, bool(c.row and c.row.is_state))
        for c in passage.settled()
        if c.type in _RANK and not _inside(c.start, spans)
    ]
    items += [_Item(run.start, run.end, None, run) for run in here]
    items.sort(key=lambda item: item.start)
    chain: list[_Item] = []
    joints: list[str] = []
    for item in items:
        joint = passage.text[chain[-1].end : item.start] if chain else ""
        if chain and _LISTED.fullmatch(joint):
            chain.append(item)
            joints.append(joint)
            continue
        if _is_list(joints):
            yield chain
        chain, joints = [item], []
    if _is_list(joints):
        yield chain


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect(spans, (start, sys.maxsize))
    return at > 0 and start < spans[at - 1][1]


def _is_list(joints: list[str]) -> bool:
    if len(joints) == 1:
        # Between two, ", and" parts clauses.
        return not joints[0].lstrip('"”’)').startswith(",")
    return len(joints) > 1


def _tell(
    chain: list[_Item], names: dict[str, _Name], likely: dict[str, tuple[EntityType, float]]
) -> None:
    votes: _Weights = defaultdict(float)
    for item in chain:
        if item.run is None and item.type is not None:
            votes[item.type] += 0.5 if item.is_state else 1.0
        elif item.run is not None:
            type_, weight = likely[item.run.key]
            if weight >= _CLEAR:
                votes[type_] += 1.0
    told, votes_for = _best(votes)
    if votes_for < 1.0:
        return
    for item in chain:
        if item.run is not None and likely[item.run.key][1] < _UNSURE:
            names[item.run.key].places[_place(item.run)][1][told] += _CLEAR
