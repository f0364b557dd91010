"""Which bodies does a text name? Capitalised phrases around *Ministry*, *Association*, ….

The noun has its words before it (``Open Dialogue Foundation``), after it (``Union of
Journalists of Kazakhstan``) or both. Of an organ of the State the State's own name is no
part (``Supreme Court`` of Kenya, Polish ``Sejm``); of others it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.known import states_and_demonyms
from indexer.entities.merge import RANKS, is_hidden
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, is_english
from indexer.model import EntityType

_STATE = folded("organisations", "state")
_ANY = folded("organisations", "any")
_WEAK = folded("organisations", "weak")
_SINGLE = folded("organisations", "single")
_HEADS = _STATE | _ANY
_PLACES = folded("places")
_TITLES = folded("titles")
_GIVEN = folded("given_names")
_PARTICLES = folded("particles") - {"the", "y", "e", "o"}
_INTO = frozenset("of for on against".split())
#: Words that are capitalised only because a sentence starts with them.
FUNCTION_WORDS = frozenset(
    "the a an in on at of by for from as and but or if under this that these those its their his"
    " her our since after before while when where although according however moreover both all"
    " to with against between among during through whereas also then thus meanwhile another"
    " other some many several such each every no one two three now today later yet".split()
)
_SPACES = frozenset({" ", "\u00a0"})
_JOINS = _SPACES | {"-", "‑", " & ", " - ", " – "}
_QUOTE_PAIRS = {"“": "”", "«": "»", "‘": "’", '"': '"', "„": "“"}
#: Names have fewer words on either side of their noun than this.
_MOST = 12


class Organisations:
    """Organisations by the nouns in their names."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every noun that has words to go with it."""
        for passage in document.passages:
            if not passage.capitals.isdisjoint(_HEADS):
                yield from _Reading(passage).find()


class _Reading:
    """One passage, read for its organisations."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words = passage.words
        self.marks = states_and_demonyms(passage.found)
        self.cover = passage.covering()

    def find(self) -> Iterator[Candidate]:
        """Every organisation, from its noun to both sides."""
        taken = -1
        for at in self.passage.capital_at:
            if at <= taken or self.words[at].folded not in _HEADS or self._is_cited(at):
                continue
            first, last = self._left(at), self._right(at)
            first = self._trimmed(first, at)
            if self._is_name(first, at, last):
                yield self._candidate(first, last)
                taken = last

    def _is_cited(self, at: int) -> bool:
        candidate = self.cover[at]
        return candidate is not None and candidate.type in ("law", "case", "provision", "date")

    def _candidate(self, first: int, last: int) -> Candidate:
        start, end = self.words[first].start, self.words[last].end
        quoted = self._quoted_tail(last)
        known = self.cover[first]
        type_: EntityType = "organisation"
        if known is not None and known.type == "un_body" and known.start == start:
            type_ = "un_body"
        return Candidate(self.passage.index, start, quoted or end, type_, RANKS["organisation"])

    def _quoted_tail(self, last: int) -> int | None:
        """End of a quoted proper name that follows: «Association "Dignity"»."""
        text, end = self.passage.text, self.words[last].end
        closing = _QUOTE_PAIRS.get(text[end + 1 : end + 2])
        if text[end : end + 1] != " " or closing is None:
            return None
        stop = text.find(closing, end + 2, end + 60)
        inside = text[end + 2 : stop] if stop > 0 else ""
        if not inside or not all(part[0].isupper() for part in inside.split()):
            return None
        return stop + 1

    # Before the noun

    def _left(self, at: int) -> int:
        first = at
        while first > 0 and at - first < _MOST and self.words[at].folded not in _SINGLE:
            word = self.words[first]
            if word.opening or word.gap not in _JOINS:
                break
            step = self._before(first)
            if step == first:
                break
            first = step
        return first

    def _before(self, first: int) -> int:
        """Index of the first word of the name once the word before *first* is asked for."""
        before = self.words[first - 1]
        if self._is_cited(first - 1):
            return first
        if before.capital and not (before.possessive and not is_english(before.folded)):
            return first - 1
        if before.shape == "number":
            # "The 88 Project", "the 50K Fund"; but "the 46 Council members".
            counted = before.text.isdigit() and not (
                first > 1 and self.words[first - 2].text == "The"
            )
            return first if counted else first - 1
        if before.folded == "and" and self._crosses(first - 2) and not self._headed(first - 2):
            return first - 2
        if before.folded in _PARTICLES and first > 1 and self.words[first - 2].capital:
            return first - 2 if before.gap in _SPACES else first
        if before.folded == "the" and first > 2 and self.words[first - 2].folded == "of":
            return first - 3 if self._owns(first - 3) else first
        if before.folded == "of":
            return first - 2 if self._owns(first - 2) else first
        return first

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

    def _headed(self, at: int) -> bool:
        """Whether the capitalised words up to *at* have a noun of their own."""
        while self.words[at].capital:
            if self.words[at].folded in _HEADS:
                return True
            if at == 0 or self.words[at].opening or self.words[at].gap != " ":
                break
            at -= 1
        return False

    def _owns(self, at: int) -> bool:
        """Whether "of" joins a plain word to the name: "Children of the Sun Foundation"."""
        return self._crosses(at) and self.words[at].folded not in _TITLES

    def _trimmed(self, first: int, at: int) -> int:
        """Leave out words that only a sentence's start, a title or the State puts there."""
        organ = self.words[at].folded in _STATE
        while first < at:
            word = self.words[first]
            mark = self.marks.get(word.start)
            opening = word.opening and word.folded in _TITLES and first + 1 < at
            owner = mark is not None and (word.possessive or (organ and mark == "demonym"))
            if not (word.folded in FUNCTION_WORDS or opening or owner):
                break
            first += 1
        return first

    # After the noun

    def _right(self, at: int) -> int:
        last = at
        linked = False
        while last + 1 < len(self.words) and last - at < _MOST:
            following = self.words[last + 1]
            if following.opening or self.words[last].possessive or self._is_cited(last + 1):
                break
            if following.gap in _SPACES and not following.capital:
                step = self._after_link(at, last, linked)
            elif following.gap == ", ":
                step = self._in_series(last + 1) if linked else None
            else:
                step = self._capital(at, last, linked)
            if step is None:
                break
            linked = linked or following.folded in _INTO
            last = step
        return last

    def _after_link(self, at: int, last: int, linked: bool) -> int | None:
        """Index of the word that a small word ties to the name, None if it ties none."""
        link = self.words[last + 1].folded
        if link in ("and", "&"):
            return self._after_and(last + 2) if linked else None
        if link not in _INTO and link != "in":
            return None
        position = last + 2
        if position < len(self.words) and self.words[position].folded == "the":
            position += 1
        if position >= len(self.words) or self._is_cited(position):
            return None
        word = self.words[position]
        if not word.capital or word.gap != " " or word.opening:
            return None
        mark = self.marks.get(word.start)
        organ = self.words[at].folded in _STATE
        if link == "in":
            # "Union of Poles in Belarus", "Media in Education"; not where an office sits.
            tied = linked and (mark == "state" or is_english(word.folded))
            return position if tied and self.words[at].folded in _ANY else None
        if organ and (mark == "state" or word.folded in ("republic", "kingdom")):
            return None
        if self.words[at].folded in _SINGLE:
            return None
        return position

    def _capital(self, at: int, last: int, linked: bool) -> int | None:
        """Index of the next capitalised word if it still belongs to the name."""
        following = self.words[last + 1]
        if not following.capital or following.gap not in _JOINS:
            return None
        if following.gap not in _SPACES:
            return last + 1
        if following.start in self.marks:
            return None if self.words[at].folded in _STATE and not linked else last + 1
        known = self.cover[last + 1]
        if (
            known is not None
            and known.type in ("person", "un_body", "organisation")
            and not is_hidden(known)
        ):
            return None if known.start == following.start else last + 1
        if is_english(following.folded):
            return last + 1 if linked or self.words[last].folded in _HEADS or last > at else None
        # A strange word after the name may be its own ("Center Viasna"), or a person.
        strange = self._strange(last + 1)
        tied = (
            self.words[last].folded not in _HEADS
            and linked
            and not is_english(self.words[last].folded)
        )
        if following.folded in _GIVEN and strange > 1:
            return None
        return last + 1 if tied or strange == 1 else None

    def _strange(self, at: int) -> int:
        """How many capitalised words that are no English stand in a row from *at* on."""
        count = 0
        while at + count < len(self.words):
            word = self.words[at + count]
            if not word.capital or (count and (word.gap != " " or word.opening)):
                break
            count += 1
        return count

    def _after_and(self, position: int) -> int | None:
        """«Ministry of Planning and Investment»: plain words, and no second noun."""
        end = position
        while (
            end < len(self.words)
            and self.words[end].capital
            and (end == position or self.words[end].gap == " ")
            and not self.words[end].opening
        ):
            end += 1
        joined = self.words[position:end]
        if not joined or any(self._is_apart(word) for word in joined):
            return None
        return end - 1

    def _is_apart(self, word: Word) -> bool:
        """Whether a word after "and" starts something else."""
        return (
            word.folded in _HEADS
            or word.folded in FUNCTION_WORDS
            or word.start in self.marks
            or not is_english(word.folded)
        )

    def _in_series(self, position: int) -> int | None:
        """«Ministry of Education, Science and Technology»."""
        end = position
        while end < len(self.words) and self.words[end].gap == ", ":
            if not self.words[end].capital or self._is_apart(self.words[end]):
                return None
            end += 1
        if end < len(self.words) and self.words[end].folded == "and":
            return position if self._after_and(end + 1) is not None else None
        return None

    def _is_name(self, first: int, at: int, last: int) -> bool:
        """Whether the phrase names one body rather than a kind of body."""
        inside = self.words[first : last + 1]
        head = self.words[at]
        member = (
            first > 1
            and self.words[first - 1].folded == "of"
            and (self.words[first - 2].folded in ("member", "members"))
        )
        if len(inside) == 1:
            return (
                head.folded in _SINGLE
                and not head.opening
                and not (member and self.words[first - 2].capital)
            )
        if inside[-1].folded in _PLACES and all(word.capital for word in self.words[at:last]):
            return False
        own = [w for w in inside if w.folded not in _HEADS and (w.capital or w.shape == "number")]
        if not own:
            return False
        if first == at and all(word.folded in _TITLES for word in own):
            return False
        if head.folded in _WEAK and last == at:
            strange = any(not is_english(word.folded) for word in own)
            return strange or len(inside) > 2
        return True
