"""Which general words does recognition stand on? The tables, read from ``tables/``.

Each is a text file of words, in sections where a line in square brackets says so. They
hold the language of such texts (nouns of offices, titles, cues) and given names from
many countries; names of particular bodies and people belong in the authority files.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from indexer.analysis import analyser, fold

_FOLDER = Path(__file__).parent / "tables"
_SECTION = re.compile(r"\[([\w-]+)\]")
_ENGLISH = analyser("en")


@cache
def sections(table: str) -> dict[str, frozenset[str]]:
    """The sections of a table: name → words. What precedes the first is under ``""``."""
    found: dict[str, set[str]] = {"": set()}
    name = ""
    for line in (_FOLDER / f"{table}.txt").read_text(encoding="utf-8").splitlines():
        head = _SECTION.fullmatch(line.strip())
        if head:
            name = head[1]
            found[name] = set()
        elif not line.startswith("#"):
            found[name].update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def words(table: str, section: str = "") -> frozenset[str]:
    """The words of one section of a table."""
    return sections(table)[section]


@cache
def folded(table: str, section: str = "") -> frozenset[str]:
    """The words of one section, folded as :func:`indexer.analysis.fold` folds a text's."""
    return frozenset(fold(word) for word in words(table, section))


@cache
def _stems() -> frozenset[str]:
    return frozenset(_ENGLISH.forms(word)[1] for word in words("vocabulary"))


@cache
def is_english(word: str) -> bool:
    """Whether a folded word is, in some form, general English vocabulary."""
    if word in folded("vocabulary"):
        return True
    stem = _ENGLISH.forms(word)[1]
    # "Marin" is the stem of marine, and a name.
    return stem != word and stem in _stems()
