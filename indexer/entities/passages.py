"""What do recognisers read? Paragraphs as words with their shapes, and what was found so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

import regex

from indexer.analysis import fold
from indexer.entities import merge
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, is_english
from indexer.model import Submission

_APOSTROPHES = "'’ʼ‘"
_WORD = regex.compile(
    rf"(?:\p{{Lu}}\.){{2,}}\p{{Lu}}?(?![\p{{L}}\p{{M}}])"
    rf"|[\p{{L}}\p{{Nd}}][\p{{L}}\p{{M}}\p{{Nd}}]*(?:[{_APOSTROPHES}][\p{{L}}\p{{M}}]+)*"
)
_ENDS_SENTENCE = regex.compile(r"[.?!…]['\"”’»)\]]*\s|\n|:\s*[“\"‘«]|•")
_SHAPES = regex.compile(
    r"(?P<number>\p{Nd}.*)|(?P<upper>\p{Lu}[\p{Lu}\p{Nd}.]+)|(?P<mixed>\p{Lu}+\p{Ll}+\p{Lu}.*)"
    r"|(?P<cap>\p{Lu}.*)|(?P<lower>.*)",
    regex.DOTALL,
)


class Word(NamedTuple):
    """A word of a passage, possessive 's left out."""

    start: int
    end: int
    text: str
    folded: str
    shape: str
    """``lower``, ``cap``, ``upper`` (all capitals, two or more), ``mixed``, ``number``."""
    capital: bool
    """Whether it is written as a name's word would be: ``cap``, ``upper`` or ``mixed``."""
    opening: bool
    """Whether a sentence starts with it, so that its capital says nothing."""
    gap: str
    """What stands between the word before and this one."""
    possessive: bool


@dataclass(slots=True)
class Passage:
    """A paragraph's text, its words, and the candidates found in it."""

    index: int
    number: str
    text: str
    words: list[Word]
    found: list[Candidate] = field(default_factory=list)
    _settled: list[Candidate] | None = None
    _covering: list[Candidate | None] | None = None

    def settled(self) -> list[Candidate]:
        """The candidates that stand as things are, in the order of the text."""
        if self._settled is None:
            self._settled = merge.settle(self.found)
        return self._settled

    def word_at(self, offset: int) -> int:
        """Index of the first word that starts at *offset* or later."""
        return bisect_left(self.words, offset, key=attrgetter("start"))

    def add(self, candidate: Candidate) -> None:
        """Take up a candidate."""
        self.found.append(candidate)
        self._settled = self._covering = None

    def covering(self) -> list[Candidate | None]:
        """For each word the standing candidate it belongs to."""
        if self._covering is not None:
            return self._covering
        cover: list[Candidate | None] = [None] * len(self.words)
        standing = iter(self.settled())
        candidate = next(standing, None)
        for at, word in enumerate(self.words):
            while candidate is not None and candidate.end <= word.start:
                candidate = next(standing, None)
            if candidate is not None and candidate.start < word.end:
                cover[at] = candidate
        self._covering = cover
        return cover


@dataclass(slots=True)
class Document:
    """A submission as recognisers read it."""

    state: str | None
    passages: list[Passage]
    lower: frozenset[str]
    """Folded words that the document also writes in lower case."""

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Take up what a recogniser found."""
        for candidate in candidates:
            self.passages[candidate.passage].add(candidate)

    def is_plain(self, word: Word) -> bool:
        """Whether a word is known to be no name by itself: vocabulary, or written small here."""
        return (
            word.folded in self.lower
            or is_english(word.folded)
            or word.folded in folded("foreign", "words")
            or word.folded in folded("foreign", "heads")
        )


def read(submission: Submission) -> Document:
    """The paragraphs of *submission* as passages."""
    passages = [
        Passage(index, paragraph.number, paragraph.text, _words(paragraph.text))
        for index, paragraph in enumerate(submission.paragraphs)
    ]
    lower = frozenset(
        word.folded for passage in passages for word in passage.words if word.shape == "lower"
    )
    return Document(submission.state, passages, lower - folded("particles"))


def split_words(text: str) -> list[Word]:
    """The words of any text, for instance a name from an authority file."""
    return _words(text)


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        written = match.group()
        start, end = match.span()
        gap = text[last:start]
        last = end
        owner = len(written) > 2 and written[-1] in "sS" and written[-2] in _APOSTROPHES
        if owner:
            written = written[:-2]
            end -= 2
        opening = not words
        if words and gap != " ":
            if gap in _PLURAL_OWNER and _owns_plural(words):
                gap = " "  # "Peoples' Party"
            else:
                opening = _ENDS_SENTENCE.search(gap) is not None and not _is_abbreviation(
                    words[-1], gap
                )
        folded_, shape, capital = _forms(written)
        words.append(Word(start, end, written, folded_, shape, capital, opening, gap, owner))
    return words


@lru_cache(maxsize=65536)
def _forms(written: str) -> tuple[str, str, bool]:
    """A word folded, its shape, and whether it is written as a name's word would be."""
    shape = _SHAPES.match(written)
    kind = shape.lastgroup if shape and shape.lastgroup else "lower"
    return fold(written.replace(".", "")), kind, kind in ("cap", "upper", "mixed")


_PLURAL_OWNER = frozenset({"' ", "’ "})


def _owns_plural(words: list[Word]) -> bool:
    """Whether an apostrophe after the last word is a plural's, not the end of a quote."""
    quoted = any(mark in word.gap for word in words[-8:] for mark in "‘'")
    return words[-1].capital and words[-1].text.endswith("s") and not quoted


_SHORT_TITLES = frozenset(
    "mr mrs ms dr prof gen lt col capt sgt st no nos art arts eng rev hon".split()
)


def _is_abbreviation(word: Word, gap: str) -> bool:
    """Whether the full stop after *word* shortens it rather than ends a sentence."""
    if not gap.startswith("."):
        return False
    return len(word.text) == 1 or word.folded in _SHORT_TITLES
