"""Which capitalised words has nobody claimed yet? Runs of them, with what stands around.

A run is a name's worth of words: capitals with the small particles of names between them
(``Nguyen Van A``, ``Ludwig van B.``, ``Abdulhadi al-K.``), titles before it left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.entities.organisations import FUNCTION_WORDS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded

_INITIAL_GAPS = (". ", ".", ".\u00a0")


@dataclass(slots=True)
class Run:
    """Neighbouring capitalised words of a passage."""

    passage: Passage
    first: int
    last: int
    titled: bool
    """Whether a title stands right before it."""

    @property
    def words(self) -> list[Word]:
        return self.passage.words[self.first : self.last + 1]

    @property
    def start(self) -> int:
        return self.passage.words[self.first].start

    @property
    def end(self) -> int:
        return self.passage.words[self.last].end

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def key(self) -> str:
        """What two occurrences of one name share."""
        return " ".join(word.folded for word in self.words)

    def before(self, count: int = 1) -> Word | None:
        """The word so many places before, None across the start of a sentence."""
        at = self.first
        for _ in range(count):
            if at == 0 or self.passage.words[at].opening:
                return None
            at -= 1
        return self.passage.words[at]

    def after(self, count: int = 1) -> Word | None:
        """The word so many places after, None across the end of a sentence."""
        at = self.last
        for _ in range(count):
            at += 1
            if at >= len(self.passage.words) or self.passage.words[at].opening:
                return None
        return self.passage.words[at]

    @property
    def gap_before(self) -> str:
        return self.passage.words[self.first].gap

    @property
    def gap_after(self) -> str:
        words = self.passage.words
        if self.last + 1 < len(words):
            return self.passage.text[self.end : words[self.last + 1].start]
        return self.passage.text[self.end :]


def runs(document: Document) -> Iterator[Run]:
    """The runs of *document* in the words that no standing candidate covers."""
    for passage in document.passages:
        yield from _of(passage)


def _of(passage: Passage) -> Iterator[Run]:
    words = passage.words
    cover = passage.covering()
    at = 0
    while at < len(words):
        if not _free(passage, cover, at):
            at += 1
            continue
        last = at
        while last + 1 < len(words):
            following = _following(passage, cover, last)
            if following is None:
                break
            last = following
        run = _stripped(passage, at, last)
        if run is not None:
            yield run
        at = last + 1


def _free(passage: Passage, cover: list[Candidate | None], at: int) -> bool:
    """Whether a word can be a name's: a capital that nobody claims, or only a place that is
    also a given name and has a name's word after it."""
    word = passage.words[at]
    if not word.capital and not _opens_particle(passage, at):
        return False
    claimed = cover[at]
    if claimed is None:
        return True
    single = claimed.start == word.start and claimed.end == word.end
    if not single or claimed.type not in ("place", "demonym", "media") or at + 1 >= len(cover):
        return False
    after = passage.words[at + 1]
    return (
        word.folded in folded("given_names")
        and after.capital
        and after.gap == " "
        and not after.opening
        and cover[at + 1] is None
    )


def _opens_particle(passage: Passage, at: int) -> bool:
    """«al-Khawaja» starts with a small particle and a hyphen."""
    words = passage.words
    return (
        words[at].folded in ("al", "el", "ben", "bin", "ibn", "ould")
        and at + 1 < len(words)
        and words[at + 1].gap in "-‑ "
        and words[at + 1].capital
    )


def _following(passage: Passage, cover: list[Candidate | None], last: int) -> int | None:
    """Index of the next word of the run, None at its end."""
    words = passage.words
    word, after = words[last], words[last + 1]
    if word.possessive:
        return None
    initial = len(word.text) == 1 and word.capital
    joined = after.gap in (" ", "\u00a0", "-", "‑", "’", "'") or (
        initial and after.gap in _INITIAL_GAPS
    )
    if not joined or (after.opening and not initial):
        return None
    if after.capital:
        if cover[last + 1] is None:
            return last + 1
        return last + 1 if _is_surname_place(passage, cover, last + 1) else None
    end = last + 1
    while end < len(words) and words[end].folded in folded("particles") and end - last <= 3:
        end += 1
        if end >= len(words) or words[end].gap not in (" ", "-", "‑", "\u00a0", "'", "’"):
            return None
    if end > last + 1 and words[end].capital and cover[end] is None:
        return end
    return None


def _is_surname_place(passage: Passage, cover: list[Candidate | None], at: int) -> bool:
    """Whether a place's name is the last word of a name that a given name opens."""
    claimed, before = cover[at], passage.words[at - 1]
    return (
        claimed is not None
        and claimed.type in ("place", "demonym")
        and (claimed.start, claimed.end) == (passage.words[at].start, passage.words[at].end)
        and passage.words[at].gap == " "
        and before.folded in folded("given_names")
    )


def _stripped(passage: Passage, first: int, last: int) -> Run | None:
    """The run without the titles and little words at its front."""
    words = passage.words
    titles = folded("titles")
    titled = first > 0 and not words[first].opening and words[first - 1].folded in _ADDRESS
    while first <= last:
        word = words[first]
        if word.folded in titles and not _is_given(words, first, last):
            titled = True
        elif word.folded in FUNCTION_WORDS and word.opening:
            pass
        else:
            break
        first += 1
    if first > last:
        return None
    return Run(passage, first, last, titled)


_ADDRESS = frozenset(
    "mr mrs ms miss dr prof professor justice judge gen col lt capt maj sheikh ayatollah sgt".split()
)


def _is_given(words: list[Word], first: int, last: int) -> bool:
    """Whether a title's word is here a given name: "Bishop" alone with one word after it."""
    return words[first].folded in folded("given_names") and first < last
