"""Which bodies does a text name? Capitalised phrases around *Ministry*, *Association*, ….

The noun has its words before it (``Open Dialogue Foundation``), after it (``Union of
Journalists of Kazakhstan``) or both. Of an organ of the State the State's own name is no
part (``Supreme Court`` of Kenya, Polish ``Sejm``); of others it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.known import states_and_demonyms
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, is_english
from indexer.model import EntityType

_STATE = folded("organisations", "state")
_ANY = folded("organisations", "any")
_WEAK = folded("organisations", "weak")
_SINGLE = folded("organisations", "single")
_HEADS = _STATE | _ANY
_INTO = frozenset("of for on against".split())
#: Words that are capitalised only because a sentence starts with them.
FUNCTION_WORDS = frozenset(
    "the a an in on at of by for from as and but or if under this that these those its their his"
    " her our since after before while when where although according however moreover both all"
    " to with against between among during through while whereas also then thus meanwhile".split()
)
_PLAIN_GAPS = frozenset({" ", "-", "‑", "\u00a0", " & ", " - ", " – "})
#: Names have fewer words on either side of their noun than this.
_MOST = 12


class Organisations:
    """Organisations by the nouns in their names."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every noun that has words to go with it."""
        for passage in document.passages:
            if any(word.capital and word.folded in _HEADS for word in passage.words):
                yield from _Reading(document, passage).find()


class _Reading:
    """One passage, read for its organisations."""

    def __init__(self, document: Document, passage: Passage) -> None:
        self.document = document
        self.passage = passage
        self.words = passage.words
        self.marks = states_and_demonyms(passage.found)
        self.cover = passage.covering()

    def find(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self.words):
            word = self.words[at]
            if not word.capital or word.folded not in _HEADS or self._is_cited(at):
                at += 1
                continue
            first, last = self._left(at), self._right(at)
            first = self._trimmed(first, at)
            if self._is_name(first, at, last):
                yield self._candidate(first, last)
                at = max(last, at)
            at += 1

    def _is_cited(self, at: int) -> bool:
        candidate = self.cover[at]
        return candidate is not None and candidate.type in ("law", "case", "provision", "date")

    def _candidate(self, first: int, last: int) -> Candidate:
        start, end = self.words[first].start, self.words[last].end
        type_: EntityType = "organisation"
        if self.words[first].folded == "un" or (
            self.words[first].folded == "united" and self.words[first + 1].folded == "nations"
        ):
            type_ = "un_body"
        return Candidate(self.passage.index, start, end, type_, RANKS["organisation"])

    # Before the noun

    def _left(self, at: int) -> int:
        first = at
        while first > 0 and at - first < _MOST:
            if self.words[first].opening or self.words[first].gap not in _PLAIN_GAPS:
                break
            before = self.words[first - 1]
            if (before.capital and not self._is_owner(first - 1) and not self._is_cited(first - 1)) or (
                before.shape == "number"
                and first > 1
                and self.words[first - 2].shape == "lower"
                and before.text.isdigit() is False
            ):
                first -= 1
            elif before.folded == "and" and self._crosses(first - 2):
                first -= 2
            else:
                break
        return first

    def _is_owner(self, at: int) -> bool:
        """Whether a possessive is somebody's and not, as in "People's Court", the name's."""
        word = self.words[at]
        return word.possessive and not is_english(word.folded)

    def _crosses(self, at: int) -> bool:
        """Whether "and" joins two parts of one name: both plain words, no noun of its own."""
        if at < 0 or self.words[at + 1].gap != " ":
            return False
        word = self.words[at]
        return (
            word.capital
            and not word.opening
            and word.folded not in _HEADS
            and word.start not in self.marks
            and is_english(word.folded)
        )

    def _trimmed(self, first: int, at: int) -> int:
        """Leave out words that only a sentence's start, a title or the State puts there."""
        titles = folded("titles")
        while first < at:
            word = self.words[first]
            mark = self.marks.get(word.start)
            if word.folded in FUNCTION_WORDS or (
                word.opening and word.folded in titles and first + 1 < at
            ) or (mark == "demonym" and self.words[at].folded in _STATE and not word.possessive) or (mark is not None and word.possessive) or word.folded == "and":
                first += 1
            else:
                break
        return first

    # After the noun

    def _right(self, at: int) -> int:
        last = at
        linked = False
        while last + 1 < len(self.words) and last - at < _MOST:
            following = self.words[last + 1]
            if following.opening or self.words[last].possessive:
                break
            step = self._step(at, last, linked)
            if step is None:
                break
            linked = linked or self.words[last + 1].folded in _INTO
            last = step
        return last

    def _step(self, at: int, last: int, linked: bool) -> int | None:
        """Index of the next word that belongs to the name, None at its end."""
        following = self.words[last + 1]
        if following.gap in (" ", "\u00a0") and following.folded in _INTO:
            return self._after_link(at, last, following)
        if following.gap in (" ", "\u00a0") and following.folded in ("and", "&"):
            return self._after_and(last + 2) if linked else None
        if following.gap == ", ":
            return self._in_series(last + 1) if linked else None
        if not following.capital or following.gap not in _PLAIN_GAPS or self._is_cited(last + 1):
            return None
        if following.gap in (" - ", " – ", "-"):
            return last + 1
        if following.start in self.marks and not linked:
            return None if last == at and following.folded in _STATE else last + 1
        if linked or is_english(following.folded) or self.words[last].folded in _HEADS:
            named = self._capitals(last + 1)
            known = self.cover[last + 1]
            if (
                known is not None
                and known.type in ("person", "un_body", "organisation")
                and known.start == following.start
            ):
                return None
            if (
                linked
                or named == 1
                or all(is_english(w.folded) for w in self.words[last + 1 : last + 1 + named])
            ):
                return last + 1
        return None

    def _capitals(self, at: int) -> int:
        """How many capitalised words stand in a row from *at* on."""
        count = 0
        while at + count < len(self.words):
            word = self.words[at + count]
            if not word.capital or (count and (word.gap != " " or word.opening)):
                break
            count += 1
        return count

    def _after_link(self, at: int, last: int, link: Word) -> int | None:
        position = last + 2
        if position < len(self.words) and self.words[position].folded == "the":
            position += 1
        if position >= len(self.words):
            return None
        word = self.words[position]
        if not word.capital or word.gap != " " or word.opening:
            return None
        organ = self.words[at].folded in _STATE
        if organ and link.folded == "of" and self.marks.get(word.start) == "state":
            return None
        if organ and link.folded == "of" and word.folded in ("republic", "kingdom"):
            return None
        return position

    def _after_and(self, position: int) -> int | None:
        """«Ministry of Planning and Investment»: plain words, and no second noun."""
        if position >= len(self.words):
            return None
        end = position
        while (
            end < len(self.words)
            and self.words[end].capital
            and (end == position or self.words[end].gap == " ")
        ):
            end += 1
        joined = self.words[position:end]
        if not joined or any(w.folded in _HEADS or w.start in self.marks for w in joined):
            return None
        if not all(is_english(word.folded) for word in joined):
            return None
        return end - 1

    def _in_series(self, position: int) -> int | None:
        """«Ministry of Education, Science and Technology»."""
        word = self.words[position]
        after = self.words[position + 1] if position + 1 < len(self.words) else None
        plain = word.capital and is_english(word.folded) and word.folded not in _HEADS
        if not plain or word.start in self.marks or after is None:
            return None
        if after.folded == "and" or after.gap == ", ":
            return position if self._series_ends(position + 1) else None
        return None

    def _series_ends(self, position: int) -> bool:
        while position < len(self.words) and self.words[position].gap == ", ":
            position += 1
        return (
            position < len(self.words)
            and self.words[position].folded == "and"
            and self._after_and(position + 1) is not None
        )

    def _is_name(self, first: int, at: int, last: int) -> bool:
        """Whether the phrase names one body rather than a kind of body."""
        inside = self.words[first : last + 1]
        if len(inside) == 1:
            return inside[0].folded in _SINGLE and not inside[0].opening
        own = [w for w in inside if w.folded not in _HEADS and w.capital]
        if not own:
            return False
        if all(word.folded in folded("titles") for word in own) and first == at:
            return False
        if self.words[at].folded in _WEAK and last == at:
            strange = any(not is_english(word.folded) for word in own)
            return strange or len(inside) > 2
        return True
