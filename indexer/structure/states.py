"""Which States does a text name? Those of the authority file, in any of their names.

The English names are those that entities go by. Names in other languages are a table of their
own, used for a text in its language only: Maurice, Dominique and Granada are States in one
language, and people or cities in another. Which of the States named a document concerns is
left to :mod:`reviewed`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from indexer.analysis import fold
from indexer.settings import packaged_corpus

_WORD = re.compile(r"[^\W\d_]+")
#: Names as short as this are abbreviations: they hold in capitals only ("US", not "us").
_SHORT = 3
#: Russian names decline, and are looked up without their case's ending; the и of Индия and
#: Нигерия stays, so that neither is инд nor Нигер. Shorter stems are those of other words
#: too; the table lists the cases of such names.
_ENDING = re.compile(
    r"(?<=\w{3}и)(?:я|и|ю|ей)$"
    r"|(?<=\w{4})(?:[оеы]го|[оеы]му|[аяыи]ми|[оеыая][йехмя]|и[йехм]|ов|ью|[аеоуыюяиьй])$"
)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_TABLE = Path(__file__).with_name("state_names.csv")

#: States by the first word of their names: (all words, code), the longest names first.
States = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def find_states(text: str, states: States) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, code)`` for each State that *text* names, in its order."""
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    folded = [_key(word) for word in words]
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
    if len(words) == 1 and len(words[0]) <= _SHORT and not _CYRILLIC.match(words[0]):
        return words[0].isupper()
    return not words[0].islower()


def _key(word: str) -> str:
    """What the forms of one word of a name have in common."""
    folded = fold(word)
    return _ENDING.sub("", folded) if _CYRILLIC.match(folded) else folded


@cache
def packaged_states(language: str = "en") -> States:
    """The States by their English names, from the authority file that travels with the
    project, and by their names in *language*."""
    english = _english(packaged_corpus() / "authority" / "global.csv")
    own = [*_in_language(language)] if language != "en" else []
    # A name's own language goes before English: «Congo» alone is one State in both.
    return states_by({**english, **dict(own)})


def _in_language(language: str) -> Iterator[tuple[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row.get(language) or "").split("|"):
                yield name, row["code"]


def _english(path: Path) -> Mapping[str, str]:
    """Names of the States in the authority file at *path*; none without a file.

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
    return names


def states_by(names: Mapping[str, str]) -> States:
    """States looked up by first word, from their *names* to their codes."""
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for printed, code in names.items():
        if words := tuple(_key(word) for word in _WORD.findall(printed)):
            by_word.setdefault(words[0], []).append((words, code))
    for entries in by_word.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_word
