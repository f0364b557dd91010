"""What does a line of the front matter say of the submission?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the line that says it."""

    value: str
    line: Line


def unlike(said: Iterable[Said]) -> tuple[Said, ...]:
    """The first of *said* for each value."""
    first: dict[str, Said] = {}
    for one in said:
        first.setdefault(one.value, one)
    return tuple(first.values())
