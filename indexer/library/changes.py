"""Does an address still say what it said? How a submission differs from its earlier reading.

An address that somebody has cited must not come to mean something else unnoticed. Where a
new version of a source, or of the code that reads it, gives an address another text, takes
it away, or gives a text another number, that is kept beside the submission and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

ChangeKind = Literal["text", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one address of a submission."""

    number: str
    """The paragraph number that the address has."""
    kind: ChangeKind
    """``text``: it says something else now; ``gone``: it is not there any more; ``new``:
    it was not there before."""
    since: str
    """ISO 8601 time in UTC of the update that brought the change."""
    was: str
    """The text that stood there before; empty for ``new``."""
    other: str | None
    """Of ``text`` and ``gone`` the number where that text stands now, of ``new`` the number
    where its text stood before; None where it stands, or stood, nowhere else."""


def compare(before: Mapping[str, str], now: Mapping[str, str], since: str) -> Iterator[Change]:
    """The changes between two readings, each a text by paragraph number in document order.

    A paragraph that was added and moves no other is no change: nobody can have cited it.

    >>> [(c.number, c.kind, c.other) for c in compare(
    ...     {"1": "a", "2": "b"}, {"1": "a", "2": "x", "3": "b"}, "2026-01-01")]
    [('2', 'text', '3'), ('3', 'new', '2')]
    """
    stands, stood = _numbers(now), _numbers(before)
    for number, text in before.items():
        if number not in now:
            yield Change(number, "gone", since, text, _one(stands, text))
        elif now[number] != text:
            yield Change(number, "text", since, text, _one(stands, text))
    for number, text in now.items():
        if number not in before and (earlier := _one(stood, text)) is not None:
            yield Change(number, "new", since, "", earlier)


def restated(
    earlier: Iterable[Change], new: Iterable[Change], now: Mapping[str, str]
) -> Iterator[Change]:
    """The *earlier* changes of a submission as they are true after *new* ones, which led to
    the texts that it has *now*.

    An address that says again what it said has not changed. Where a text stands is looked
    up anew, since it may have moved on; what an address was told to have taken over is
    dropped once its text is another.

    >>> away = Change("2", "gone", "2026-01-01", "b", None)
    >>> list(restated([away], [], {"1": "a", "2": "b"}))
    []
    >>> [c.other for c in restated([away], [], {"1": "a", "7": "b"})]
    ['7']
    """
    stands = _numbers(now)
    otherwise = {change.number for change in new}
    for change in earlier:
        if change.kind == "new":
            if change.number in now and change.number not in otherwise:
                yield change
        elif now.get(change.number) != change.was:
            yield replace(change, other=_one(stands, change.was))


def _numbers(texts: Mapping[str, str]) -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, text in texts.items():
        numbers[text].append(number)
    return numbers


def _one(numbers: Mapping[str, list[str]], text: str) -> str | None:
    """The number that bears *text*, if exactly one does."""
    found = numbers.get(text, ())
    return found[0] if len(found) == 1 else None
