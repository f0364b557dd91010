"""Which States does a text name? Those of the authority file, in any of their names.

Which of them a document concerns is left to :mod:`reviewed`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from indexer.settings import packaged_corpus

_WORD = re.compile(r"[^\W\d_]+")
#: Names as short as this are abbreviations: they hold in capitals only ("US", not "us").
_SHORT = 3

#: States by the first word of their names: (all words, code), the longest names first.
States = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def find_states(text: str, states: States) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, code)`` for each State that *text* names, in its order."""
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    folded = [word.casefold() for word in words]
    at = 0
    while at < len(words):
        for name, code in states.get(folded[at], ()):
            end = at + len(name)
            if tuple(folded[at:end]) == name and _as_printed(words[at:end]):
                yield found[at].start(), found[end - 1].end(), code
                at = end - 1
                break
        at += 1


def _as_printed(words: Sequence[str]) -> bool:
    if len(words) == 1 and len(words[0]) <= _SHORT:
        return words[0].isupper()
    return not words[0].islower()


@cache
def packaged_states() -> States:
    """The States of the authority file that travels with the project."""
    return states_from(packaged_corpus() / "authority" / "global.csv")


def states_from(path: Path) -> States:
    """The States in the authority file at *path*; none without a file.

    A State is a place with a country's code whose source says that it is a member of the
    United Nations.
    """
    names: dict[str, str] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                code, source = row.get("country") or "", row.get("source") or ""
                if row.get("type") == "place" and len(code) == 3 and "member States" in source:
                    printed = (row.get("label") or "", *(row.get("aliases") or "").split("|"))
                    names.update(dict.fromkeys(printed, code))
    return states_by(names)


def states_by(names: Mapping[str, str]) -> States:
    """States looked up by first word, from their *names* to their codes."""
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for printed, code in names.items():
        if words := tuple(word.casefold() for word in _WORD.findall(printed)):
            by_word.setdefault(words[0], []).append((words, code))
    for entries in by_word.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_word
