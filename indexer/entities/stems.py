"""Which words tell names in French, Spanish, Portuguese and Russian? By their stems."""

from __future__ import annotations

from functools import cache

from indexer.analysis import analyser, fold, unelided
from indexer.entities.passages import Word
from indexer.entities.tables import words

#: ISO 639-1 codes of the languages that are known here.
LANGUAGES = frozenset({"fr", "es", "pt", "ru"})


def stem(word: Word, language: str) -> str:
    """The stem of a word without its elided article."""
    return analyser(language).forms(fold(unelided(word.text) or word.text))[1]


@cache
def stems(section: str, language: str) -> frozenset[str]:
    """The stems of a section of the table ``elsewhere``."""
    forms = analyser(language).forms
    return frozenset(forms(fold(word))[1] for word in words("elsewhere", section))
