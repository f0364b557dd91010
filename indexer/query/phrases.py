"""How do typed words become terms? Words, phrases and wildcards as engine nodes.

Every term comes from the analyser. A hyphenated or prefixed compound can be passed in
two ways, by its parts and as one word, whichever way the text or the query writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import category

import regex

from indexer.analysis import Analyser, Token, analyser, fold, has_no_spaces
from indexer.query.matching import MAX_WIDTH
from indexer.query.request import (
    Edge,
    Everything,
    Near,
    Node,
    Or,
    Phrase,
    TermField,
    Wildcard,
    Word,
)

#: First parts of English compounds that are written apart, hyphenated or solid alike
#: (``pre trial``, ``non governmental``, ``anti corruption``). Other neighbours are never
#: joined, or "the rapist" would find "therapist"; nor are those of prefixes that are words
#: themselves ("over time" is not overtime, French "de fait" not "défait").
PREFIXES = frozenset(
    "anti bi co counter cyber extra hyper inter intra macro mega micro mid mini mis multi neo"
    " non post pre pro pseudo re self semi sub super trans tri ultra".split()
)

_NO_WILDCARDS = str.maketrans("*?", "  ")
# Accents and vowel signs of their own are of the word they stand in.
_NOT_OF_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}\p{Cf}]+")
#: Hyphens and apostrophes, which are no part of a printed word: co-op* is coop*.
_INNER = "-‐‑'’‘"
_RUNS = re.compile(r"[*?]+|[^*?]+")
_IZE_STEM = re.compile(r"(?<=\w{3})iz(?=[*?]|$|e|i|a)")


class Forms:
    """The terms of typed words in every language in view."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._analysers: list[Analyser] = [analyser(code) for code in languages or ("en",)]

    @property
    def _first(self) -> Analyser:
        return self._analysers[0]

    def tokens(self, text: str) -> list[Token]:
        """Tokens of a typed text, compounds included."""
        return list(self._first.tokens(text))

    def word(self, text: str) -> Word | None:
        """The node of a typed text that is one word; None where it is several or none."""
        tokens = self.tokens(text)
        if len(tokens) != 1:
            return None
        token = tokens[0]
        return Word(token.printed, self._stems(text, token))

    def joined(self, first: Word, second: Word) -> Word | None:
        """Two typed words as one compound, where the first is a prefix."""
        if first.printed not in PREFIXES:
            return None
        solid = first.printed + second.printed
        return Word(solid, self._stems_of(solid))

    def compound(self, text: str) -> Phrase | None:
        """A typed text that is several words written together, in any form, its printed form
        first. None if it has no word."""
        phrase = self.phrase(text, "stem")
        return replace(phrase, printed=self.phrase(text, "word")) if phrase else None

    def phrase(self, text: str, field: TermField) -> Phrase | None:
        """The words of *text* one after the other: as printed, or in any form where *field*
        is ``stem``. None if it has no word."""
        tokens = self.tokens(text)
        return self._phrase(text, tokens, field) if tokens else None

    def near(self, text: str, field: TermField, distance: int) -> Near | Phrase | None:
        """The words of *text*, hyphenated ones together, at most *distance* apart in any
        order. None if it has no word."""
        tokens = self.tokens(text)
        starts = [t.position for t in tokens if t.width == 1]
        if not starts:
            return None
        parts: list[Phrase] = []
        position = starts[0]
        last = starts[-1]
        while position <= last:
            here = [t for t in tokens if t.position == position]
            width = max((t.width for t in here), default=1)
            inside = [t for t in tokens if position <= t.position < position + width]
            if inside:
                parts.append(self._phrase(text, inside, field))
            position += width
        if len(parts) == 1:
            return parts[0]
        # Words that all stand together are never too far apart, however small the number.
        return Near(tuple(parts), max(distance, last - starts[0]))

    def wildcard(self, text: str, field: TermField) -> Node:
        """The pattern over printed words. ``organiz*`` also means ``organis*``. Where words
        are not parted by spaces, letters are found anywhere, and need no pattern."""
        if has_no_spaces(text):
            return self.phrase(text.translate(_NO_WILDCARDS), field) or Everything()
        runs = (run if run[0] in "*?" else _letters(run) for run in _RUNS.findall(text))
        written = "".join(runs)
        patterns = dict.fromkeys((written, _IZE_STEM.sub("is", written)))
        nodes = tuple(Wildcard(field, pattern) for pattern in patterns)
        return nodes[0] if len(nodes) == 1 else Or(nodes)

    def _stems(self, text: str, token: Token) -> tuple[str, ...]:
        if token.printed[:1].isdigit():
            return (token.stem,)
        # As the analyser stems them: a compound by its parts' joined letters, U.N. as UN.
        compound = token.width > 1
        written = token.printed if compound else text[token.start : token.end].replace(".", "")
        return self._stems_of(written, token.stem)

    def _stems_of(self, word: str, *also: str) -> tuple[str, ...]:
        """The stems of *word* in every language, each once."""
        return tuple(dict.fromkeys((*also, *(a.forms(word)[1] for a in self._analysers))))

    def _terms(self, text: str, token: Token, field: TermField) -> tuple[str, ...]:
        return self._stems(text, token) if field == "stem" else (token.printed,)

    def _phrase(self, text: str, tokens: Sequence[Token], field: TermField) -> Phrase:
        base = tokens[0].position
        singles = [t for t in tokens if t.width == 1]
        edges = [
            Edge(t.position - base, t.position - base + t.width, term, width)
            for t in tokens
            for term in self._terms(text, t, field)
            # A word typed solid also finds a compound; a compound's solid form is width 1.
            for width in (range(1, MAX_WIDTH + 1) if t.width == 1 else (1,))
        ]
        for first, second in pairwise(singles):
            if first.printed in PREFIXES and second.position == first.position + 1:
                start = first.position - base
                solid = first.printed + second.printed
                for term in self._stems_of(solid) if field == "stem" else (solid,):
                    edges.append(Edge(start, start + 2, term))
        ordered = sorted(set(edges), key=lambda e: (e.source, e.target, e.width, e.term))
        return Phrase(field, len(singles), tuple(ordered))


def _letters(run: str) -> str:
    """The letters of a wildcard's literal part, folded; marks inside a word are dropped as
    they are in a printed term."""
    return "".join(fold(part) for part in _NOT_OF_WORDS.split(run))


def letters_first(word: str) -> int:
    """How many letters and digits *word* opens with: hyphens, apostrophes, accents and vowel
    signs of their own do not count, and do not end them.

    >>> letters_first("co-op*"), letters_first("ex*ism")
    (4, 2)
    """
    letters = 0
    for character in word:
        if character.isalnum():
            letters += 1
        elif not (character in _INNER or _is_mark(character)):
            break
    return letters


def is_of_word(character: str) -> bool:
    """Whether *character* is of a word: also an accent or a vowel sign of its own."""
    return character.isalnum() or character == "_" or _is_mark(character)


def _is_mark(character: str) -> bool:
    return category(character) in ("Mn", "Mc", "Cf")
