"""Where in a text do words, phrases, patterns and near spellings stand? By trying every place.

Only the analyser is the project's: what a word is, and which forms it has, is settled there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from indexer.analysis import Token, analyser, fold, has_no_spaces, unelided
from tests.oracle.meaning import Pattern, Spelt, Word, Words

#: A stretch of words, or of code points, half-open.
Stretch = tuple[int, int]
#: First parts of compounds that are written apart, hyphenated or solid alike.
PREFIXES = ("anti", "co", "non", "pre", "re")


class Text:
    """A text as words, each place with what is written from there on: a word, or a compound."""

    def __init__(self, text: str, language: str, *, typed: bool = False) -> None:
        tokens = list(analyser(language).tokens(text))
        self.words = [token for token in tokens if token.width == 1]
        self.all = tokens
        self.pieces: dict[int, list[tuple[int, Token]]] = defaultdict(list)
        for token in tokens:
            self.pieces[token.position].append((token.width, token))
        for token in self.words[:-1] if typed else ():
            if token.printed in PREFIXES:
                solid = token.printed + self.words[token.position + 1].printed
                self.pieces[token.position].append(
                    (2, token._replace(printed=solid, stem=analyser(language).forms(solid)[1]))
                )

    def span(self, stretch: Stretch) -> Stretch:
        """Code points of a stretch of words."""
        return self.words[stretch[0]].start, self.words[stretch[1] - 1].end


text_of = lru_cache(maxsize=4096)(Text)


def runs(
    wanted: Text, found: Text, same: Callable[[int, int, Token], bool], first: int, last: int
) -> set[Stretch]:
    """Where the words *first* to *last* of *wanted* stand one after the other in *found*.

    A compound on one side is the same as its solid form on the other.
    """

    def ends(at: int, here: int) -> Iterator[int]:
        if at == last:
            yield here
            return
        for place, (width, _) in enumerate(wanted.pieces[at]):
            for there, token in found.pieces.get(here, ()):
                if at + width <= last and 1 in (width, there) and same(at, place, token):
                    yield from ends(at + width, here + there)

    starts = range(len(found.words))
    return {(start, end) for start in starts for end in ends(first, start)}


class Finder:
    """Finds what was typed in texts, where the corpus is in *languages*."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages

    def stretches(self, leaf: Word | Words | Pattern | Spelt, text: Text) -> set[Stretch]:
        match leaf:
            case Word():
                whole, rest = Words(leaf.text), unelided(leaf.text)
                if rest is not None:  # better with its article, found without it
                    return self.stretches(Word(rest), text) | self.phrase(whole, text)
                return self.phrase(replace(whole, any_form=True), text) | self.phrase(whole, text)
            case Words():
                return self.phrase(leaf, text) if leaf.within is None else self.near(leaf, text)
            case Pattern() if has_no_spaces(leaf.text):
                return self.phrase(Words(leaf.text.strip("*")), text)
            case Pattern():
                accepts = patterns(leaf.text)
                chosen = [t for t in text.all if any(p.fullmatch(t.printed) for p in accepts)]
            case Spelt():
                word = fold(leaf.text)
                most = leaf.edits or (1 if len(word) <= 5 else 2)
                chosen = [
                    t for t in text.all if DamerauLevenshtein.distance(word, t.printed) <= most
                ]
        return {(t.position, t.position + t.width) for t in chosen}

    def same(self, leaf: Words) -> Callable[[int, int, Token], bool]:
        """Whether a piece of a typed text is the same word as one of a paragraph's."""
        typed = [text_of(leaf.text, language, typed=True) for language in self.languages]

        def same(at: int, place: int, token: Token) -> bool:
            if not leaf.any_form:
                return typed[0].pieces[at][place][1].printed == token.printed
            return any(t.pieces[at][place][1].stem == token.stem for t in typed)

        return same

    def phrase(self, leaf: Words, text: Text) -> set[Stretch]:
        wanted = text_of(leaf.text, self.languages[0], typed=True)
        return runs(wanted, text, self.same(leaf), 0, len(wanted.words)) if wanted.words else set()

    def near(self, leaf: Words, text: Text) -> set[Stretch]:
        """Every word of the phrase, hyphenated ones as one, in a window of so many words."""
        wanted = text_of(leaf.text, self.languages[0], typed=True)
        units: list[Stretch] = []
        while not units or units[-1][1] < len(wanted.words):
            at = units[-1][1] if units else 0
            width = max(t.width for _, t in wanted.pieces[at])
            units.append((at, at + width))
        needed = Counter(
            "".join(word.printed for word in wanted.words[first:last]) for first, last in units
        )
        places = {
            "".join(word.printed for word in wanted.words[first:last]): runs(
                wanted, text, self.same(leaf), first, last
            )
            for first, last in units
        }
        if len(units) == 1:
            return next(iter(places.values()))
        most = max(leaf.within or 0, len(wanted.words) - 1)
        found: set[Stretch] = set()
        for first in range(len(text.words)):
            inside = {
                unit: {(a, b) for a, b in stretches if first <= a and b - 1 <= first + most}
                for unit, stretches in places.items()
            }
            if all(len(inside[unit]) >= count for unit, count in needed.items()):
                found |= set().union(*inside.values())
        return found


def patterns(wildcard: str) -> list[re.Pattern[str]]:
    """A wildcard as patterns; -iz- of -ize is -is- too."""
    pieces = re.findall(r"[*?]|[^*?]+", wildcard)
    written = "".join(
        {"*": ".*", "?": "."}.get(p, re.escape(fold("".join(c for c in p if c not in "-'’"))))
        for p in pieces
    )
    return [re.compile(written), re.compile(re.sub(r"(?<=\w{3})iz(?=[.eia]|$)", "is", written))]


def merged(stretches: list[Stretch]) -> list[Stretch]:
    """In order, overlapping ones made one."""
    kept: list[Stretch] = []
    for start, end in sorted(stretches):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], end)
        else:
            kept.append((start, end))
    return kept
