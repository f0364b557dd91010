"""What do recognisers read? Paragraphs as words with their shapes, and what was found so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
from indexer.model import Paragraph, Submission

_APOSTROPHES = "'’ʼ‘"
_WORD = regex.compile(
    rf"((?:\p{{Lu}}\.){{2,}}\p{{Lu}}?(?![\p{{L}}\p{{M}}])"
    rf"|[\p{{L}}\p{{Nd}}][\p{{L}}\p{{M}}\p{{Nd}}]*(?:[{_APOSTROPHES}][\p{{L}}\p{{M}}]+)*)"
)
_ENDS_SENTENCE = regex.compile(r"[.?!…]['\"”’»)\]]*\s|\n|:\s*[“\"‘«]|•")
_FOREIGN = folded("foreign", "words") | folded("foreign", "heads")
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
    capital_at: list[int]
    """Which of its words have a capital: the few that most recognisers look at."""
    capitals: frozenset[str]
    """Those, folded."""
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
        words = self.words
        cover: list[Candidate | None] = [None] * len(words)
        for candidate in self.settled():
            at = bisect_right(words, candidate.start, key=attrgetter("end"))
            while at < len(words) and words[at].start < candidate.end:
                cover[at] = cover[at] or candidate  # of two in one word, the first
                at += 1
        self._covering = cover
        return cover


@dataclass(slots=True)
class Document:
    """A submission as recognisers read it."""

    language: str
    """ISO 639-1 code."""
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
        return word.folded in self.lower or is_english(word.folded) or word.folded in _FOREIGN


def read(submission: Submission) -> Document:
    """The paragraphs of *submission* as passages."""
    passages = [_passage(index, paragraph) for index, paragraph in enumerate(submission.paragraphs)]
    lower = frozenset(
        word.folded for passage in passages for word in passage.words if word.shape == "lower"
    )
    return Document(submission.language, submission.state, passages, lower - folded("particles"))


def _passage(index: int, paragraph: Paragraph) -> Passage:
    words = _words(paragraph.text)
    capital_at = [at for at, word in enumerate(words) if word.capital]
    capitals = frozenset([words[at].folded for at in capital_at])
    return Passage(index, paragraph.number, paragraph.text, words, capital_at, capitals)


def split_words(text: str) -> list[Word]:
    """The words of any text, for instance a name from an authority file."""
    return _words(text)


@lru_cache(maxsize=65536)
def folded_words(name: str) -> tuple[str, ...]:
    """The folded words of a name. A document has the same names again and again."""
    return tuple(word.folded for word in _words(name))


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    # Split by the pattern, a text is gaps and words in turn; a match for each would cost more.
    pieces = _WORD.split(text)
    for gap, written in zip(pieces[::2], pieces[1::2], strict=False):
        start = end + len(gap)
        end = start + len(written)
        bare, folded_, shape, capital, owner = _forms(written)
        stop = start + len(bare)
        if not words:
            words.append(Word(start, stop, bare, folded_, shape, capital, True, gap, owner))
        elif gap == " " or (gap in _PLURAL_OWNER and _owns_plural(words)):  # "Peoples' Party"
            words.append(Word(start, stop, bare, folded_, shape, capital, False, " ", owner))
        else:
            ended = _ENDS_SENTENCE.search(gap) is not None
            opening = ended and not _is_abbreviation(words[-1], gap)
            words.append(Word(start, stop, bare, folded_, shape, capital, opening, gap, owner))
    return words


@lru_cache(maxsize=65536)
def _forms(written: str) -> tuple[str, str, str, bool, bool]:
    """A word without its possessive 's, that folded, its shape, whether it is written as a
    name's word would be, and whether it has that 's."""
    owner = len(written) > 2 and written[-1] in "sS" and written[-2] in _APOSTROPHES
    bare = written[:-2] if owner else written
    match = _SHAPES.match(bare)
    shape = match.lastgroup if match and match.lastgroup else "lower"
    capital = shape in ("cap", "upper", "mixed")
    # A ligature that stands for a phrase, such as ﷺ, is one word all the same.
    folded_ = fold(bare.replace(".", "")).replace(" ", "")
    return bare, folded_, shape, capital, owner


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
