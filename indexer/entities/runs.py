"""Which capitalised words has nobody claimed yet? Runs of them, with what stands around.

A run is a name's worth of words: capitals with the small particles of names between them
(``Nguyen Van A``, ``Ludwig van B.``, ``Abdulhadi al-K.``), titles before it left out; or
all that stands in quotes, if it is written as a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from indexer.entities.merge import is_hidden
from indexer.entities.organisations import FUNCTION_WORDS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, words

_INITIAL_GAPS = (". ", ".", ".\u00a0")
_JOINS = (" ", "\u00a0", "-", "‑")
_QUOTES = {"“": "”", "«": "»", "‘": "’'", '"': '"', "„": "“”", "'": "'’"}
_LINKS = frozenset("of for on and in the to against with".split())
#: Quoted names are shorter than this; longer quotes are quoted speech.
_MOST_QUOTED = 9
#: A single word of these types may be part of a name all the same.
_READ_THROUGH = frozenset({"place", "demonym", "media"})
#: Small particles that a name may start with.
_OPENING = frozenset("al el ben bin ibn ould de".split())
_ADDRESS = frozenset(
    "mr mrs ms miss dr prof professor justice judge gen col lt capt maj sheikh ayatollah"
    " sgt".split()
)


class Run(NamedTuple):
    """Neighbouring capitalised words of a passage."""

    passage: Passage
    first: int
    last: int
    titled: bool
    """Whether a title stands right before it."""
    quoted: bool
    """Whether it stands in quotes."""
    with_state: bool
    """Whether its last word is a State's name, without "of"."""
    after_city: bool
    """Whether its first word is a city's name."""
    after_name: bool
    """Whether another name ends right before it."""
    key: str
    """What two occurrences of one name share."""

    @property
    def words(self) -> list[Word]:
        """Its words."""
        return self.passage.words[self.first : self.last + 1]

    @property
    def start(self) -> int:
        """Where it starts in the passage's text."""
        return self.passage.words[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the passage's text."""
        return self.passage.words[self.last].end

    def before(self) -> list[Word]:
        """Up to four words before it in its sentence, the nearest first; demonyms left out."""
        found: list[Word] = []
        at = self.first
        known = self.passage.covering()
        while at > 0 and len(found) < 4 and not self.passage.words[at].opening:
            at -= 1
            claimed = known[at]
            if claimed is None or claimed.type != "demonym":
                found.append(self.passage.words[at])
        return found

    def after(self) -> list[Word]:
        """Up to three words after it in its sentence, the nearest first."""
        found: list[Word] = []
        for word in self.passage.words[self.last + 1 : self.last + 4]:
            if word.opening:
                break
            found.append(word)
        return found

    @property
    def gap_before(self) -> str:
        """What stands between the word before and it."""
        return self.passage.words[self.first].gap

    @property
    def gap_after(self) -> str:
        """What stands between it and the word after."""
        following = self.passage.words[self.last + 1 : self.last + 2]
        return self.passage.text[self.end : following[0].start if following else None]


def runs(document: Document) -> Iterator[Run]:
    """The runs of *document* in the words that no standing candidate covers."""
    for passage in document.passages:
        yield from _Reading(document, passage).runs()


class _Reading:
    """One passage, read for its runs."""

    def __init__(self, document: Document, passage: Passage) -> None:
        self.document = document
        self.passage = passage
        self.words = passage.words
        self.cover = passage.covering()

    def runs(self) -> Iterator[Run]:
        words, at = self.words, 0
        while at < len(words):
            word = words[at]
            if not (word.capital or word.folded in _OPENING):  # most words, left out at once
                at += 1
                continue
            last = self._quoted(at)
            quoted = last is not None
            if last is None:
                if not self._is_free(at):
                    at += 1
                    continue
                last = at
                while (following := self._following(at, last)) is not None:
                    last = following
            last, with_state = self._to_state(at, last)
            first, titled = self._stripped(at, last, quoted)
            if first <= last and self._may_name(first, last, quoted, titled):
                yield Run(
                    self.passage, first, last, titled, quoted, with_state,
                    self._is_city(first) and first < last, self._follows_name(first),
                    " ".join([word.folded for word in words[first : last + 1]]),
                )  # fmt: skip
            at = last + 1

    def _may_name(self, first: int, last: int, quoted: bool, titled: bool) -> bool:
        """Whether the words are more than a sentence's first, or a letter."""
        word = self.words[first]
        if first < last or quoted or titled:
            return True
        return len(word.text) > 1 and not (word.opening and self.document.is_plain(word))

    # Quotes

    def _quoted(self, at: int) -> int | None:
        """Index of the last word of the quoted name that opens at *at*."""
        word = self.words[at]
        closing = _QUOTES.get(word.gap[-1:])
        if closing is None or not word.capital:
            return None
        for last in range(at, min(at + _MOST_QUOTED, len(self.words))):
            inside = self.words[last]
            if not (inside.capital or inside.shape == "number" or inside.folded in _LINKS):
                return None
            if last > at and (inside.opening or inside.gap.strip(" -,&")):
                return None
            if self.passage.text[inside.end : inside.end + 1] in closing:
                return last if self._is_unclaimed(at, last) else None
        return None

    def _is_unclaimed(self, first: int, last: int) -> bool:
        claimed = self.cover[first]
        whole = (self.words[first].start, self.words[last].end)
        return claimed is None or (claimed.start, claimed.end) != whole

    # Words in a row

    def _is_free(self, at: int) -> bool:
        """Whether a word can be a name's: a capital that nobody claims, or only a place that is
        also a given name and has a name's word after it."""
        word = self.words[at]
        if not word.capital and not self._opens_particle(at):
            return False
        claimed = self.cover[at]
        if claimed is None:
            return True
        if at + 1 >= len(self.words) or not self._is_single(claimed, at):
            return False
        after = self.words[at + 1]
        if is_hidden(claimed):
            # The stop list stops a word by itself: "Chapter" is none of "Chapter Four Uganda".
            return after.shape == "cap" and after.gap == " " and not after.opening
        return (
            (word.folded in folded("given_names") or self._is_city_before_name(claimed, at))
            and after.capital
            and after.gap == " "
            and not after.opening
            and self.cover[at + 1] is None
        )

    def _is_city_before_name(self, claimed: Candidate, at: int) -> bool:
        """«Grodno Azot»: a city's name and one word of a body's."""
        words_after = self.words[at + 1 : at + 3]
        before = self.words[at - 1].folded if at and not self.words[at].opening else ""
        if before in folded("cues", "place-before"):
            return False  # "In Baku Quliyev rested."
        return (
            claimed.row is not None
            and claimed.type == "place"
            and not claimed.row.is_state
            and len(words_after) > 0
            and words_after[0].capital
            and not self.document.is_plain(words_after[0])
            and not (len(words_after) > 1 and words_after[1].capital and words_after[1].gap == " ")
        )

    def _is_single(self, claimed: Candidate, at: int) -> bool:
        word = self.words[at]
        stopped = claimed.row is not None and claimed.row.blocked
        return (claimed.start, claimed.end) == (word.start, word.end) and (
            stopped or claimed.type in _READ_THROUGH
        )

    def _opens_particle(self, at: int) -> bool:
        """«al-Khawaja» starts with a small particle."""
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        return (
            self.words[at].folded in _OPENING
            and after is not None
            and after.gap in "-‑"
            and after.capital
        )

    def _following(self, first: int, last: int) -> int | None:
        """Index of the next word of the run, None at its end."""
        if last + 1 >= len(self.words):
            return None
        word, after = self.words[last], self.words[last + 1]
        if word.possessive or self._ends_acronym(first, last):
            return None
        initial = len(word.text) == 1 and word.capital
        joined = after.gap in _JOINS or (initial and after.gap in _INITIAL_GAPS)
        if not joined or (after.opening and not initial):
            return None
        if after.capital:
            if self.cover[last + 1] is None:
                return last + 1
            return last + 1 if self._is_surname(last + 1, first) else None
        end = last + 1
        while (
            end < len(self.words)
            and self.words[end].folded in folded("particles")
            and not self.words[end].capital
            and self.words[end].gap in _JOINS
            and end - last <= 3
        ):
            end += 1
        if last + 1 < end < len(self.words) and self.words[end].gap in _JOINS:
            return end if self.words[end].capital and self.cover[end] is None else None
        return None

    def _ends_acronym(self, first: int, last: int) -> bool:
        """Whether a body's acronym ends here and a person's name follows."""
        word = self.words[last]
        following = self.words[last + 1 : last + 3]
        return (
            first == last
            and word.shape == "upper"
            and len(word.text) > 2
            and word.text not in words("acronyms")
            and len(following) == 2
            and all(w.shape == "cap" and not self.document.is_plain(w) for w in following)
            and all(c is None for c in self.cover[last + 1 : last + 3])
        )

    def _is_surname(self, at: int, first: int) -> bool:
        """Whether a place's or people's name is the last word of a person's."""
        claimed, word = self.cover[at], self.words[at]
        if claimed is None or not self._is_single(claimed, at) or word.gap != " ":
            return False
        before = self.words[at - 1]
        return before.folded in folded("given_names") or (
            at - first >= 2 and before.folded in folded("particles")
        )

    def _to_state(self, first: int, last: int) -> tuple[int, bool]:
        """Take a State's name into a run that it follows directly: «PEN Belarus»."""
        at = last + 1
        if at >= len(self.words) or self.words[last].possessive:
            return last, False
        claimed, word = self.cover[at], self.words[at]
        tied = (
            claimed is not None
            and claimed.row is not None
            and claimed.row.is_state
            and word.gap in (" ", "-")
            and not word.opening
            and claimed.start == word.start
        )
        if not tied or claimed is None or self.words[first].folded in FUNCTION_WORDS:
            return last, False
        while at + 1 < len(self.words) and self.words[at + 1].start < claimed.end:
            at += 1
        return at, True

    def _is_city(self, at: int) -> bool:
        claimed = self.cover[at]
        given = self.words[at].folded in folded("given_names")
        return claimed is not None and claimed.type == "place" and not given

    def _follows_name(self, at: int) -> bool:
        if at == 0 or self.words[at].opening or self.words[at].gap not in _JOINS:
            return False
        claimed = self.cover[at - 1]
        return claimed is not None and not is_hidden(claimed) and not self.words[at - 1].possessive

    def _stripped(self, first: int, last: int, quoted: bool) -> tuple[int, bool]:
        """First word of a run without titles and little words, and whether a title was there."""
        titles, given = folded("titles"), folded("given_names")
        before = self.words[first - 1] if first and not self.words[first].opening else None
        titled = before is not None and (
            before.folded in _ADDRESS or (before.capital and before.folded in titles)
        )
        while first <= last:
            word = self.words[first]
            rest = last - first
            if word.text == "The" or (word.opening and word.folded in FUNCTION_WORDS):
                first += 1
                continue
            if quoted:
                break
            if word.folded in titles and not (word.folded in given and rest):
                titled = True
            elif not (word.opening and rest and self._opens_plain(first, last)):
                break
            first += 1
        return first, titled

    def _opens_plain(self, first: int, last: int) -> bool:
        """Whether a sentence's first word is plain and what follows is a name by itself."""
        word = self.words[first]
        if word.folded in folded("given_names") or not self.document.is_plain(word):
            return False
        return not any(self.document.is_plain(w) for w in self.words[first + 1 : last + 1])
