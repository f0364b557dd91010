"""What do the names mean that no form and no file tells? People, places, bodies, media by cues.

Every run of capitals left over is weighed by what stands around it, in all the places
where the document has it: titles and callings for people, prepositions and "district"
for places, "member of" and quotes for bodies, "newspaper" for media. What weighs most is
what it is, everywhere in the document; a name in a list is what its neighbours are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.entities.merge import RANKS
from indexer.entities.passages import Document
from indexer.entities.recogniser import Candidate
from indexer.entities.runs import Run, runs
from indexer.entities.tables import folded, words
from indexer.model import EntityType

_GIVEN = folded("given_names")
_ROLES = folded("roles")
_BESIDE_ORGANISATION = folded("cues", "organisation-beside")
_AFTER_ORGANISATION = folded("cues", "organisation-after")
_BESIDE_MEDIA = folded("media", "beside")
_MEDIA_OF = folded("media", "of")
_MEMBER_OF = folded("cues", "member-of")
_PLACE_BEFORE = folded("cues", "place-before")
_PLACE_STRONG = folded("cues", "place-strong")
_PLACE_NOUN_OF = folded("cues", "place-noun-of")
_PLACE_HEADS = folded("places")
_PERSON_AFTER = folded("cues", "person-after")
_OPEN_QUOTES = "\"“„«‘'"
#: A single word needs a cue of its own; of several words, people are the usual case.
_THRESHOLD_ONE, _THRESHOLD_MORE = 2.0, 1.5
#: Names longer than this are titles of works and events.
_MOST_WORDS = 6


@dataclass(slots=True)
class _Weighed:
    """A name with its occurrences and what speaks for each type."""

    runs: list[Run] = field(default_factory=list)
    weights: dict[EntityType, float] = field(default_factory=lambda: defaultdict(float))

    def best(self) -> tuple[EntityType, float] | None:
        if not self.weights:
            return None
        type_ = max(self.weights, key=lambda t: self.weights[t])
        return type_, self.weights[type_]


class Names:
    """Names told by what stands around them."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every occurrence of every run whose type is clear."""
        weighed: dict[str, _Weighed] = defaultdict(_Weighed)
        for run in runs(document):
            entry = weighed[run.key]
            entry.runs.append(run)
            for type_, weight in _cues(document, run):
                entry.weights[type_] += weight
        for entry in weighed.values():
            for type_, weight in _form(document, entry.runs):
                entry.weights[type_] += weight
        _spread(weighed)
        for entry in weighed.values():
            decided = _decide(document, entry)
            if decided is not None:
                for run in entry.runs:
                    yield Candidate(
                        run.passage.index, run.start, run.end, decided, RANKS[_RANK[decided]]
                    )


_RANK: dict[EntityType, str] = {
    "person": "person", "place": "place", "organisation": "organisation", "media": "media",
}  # fmt: skip


def _decide(document: Document, entry: _Weighed) -> EntityType | None:
    best = entry.best()
    if best is None:
        return None
    type_, weight = best
    run = entry.runs[0]
    several = len(run.words) > 1
    if weight < (_THRESHOLD_MORE if several else _THRESHOLD_ONE):
        return None
    if len(run.words) > _MOST_WORDS:
        return None
    plain = all(document.is_plain(word) for word in run.words)
    if plain and type_ in ("person", "place") and not any(r.titled for r in entry.runs):
        return None
    return type_


def _form(document: Document, occurrences: list[Run]) -> Iterator[tuple[EntityType, float]]:
    """What the words themselves say."""
    run = occurrences[0]
    inside = run.words
    if len(inside) == 1:
        word = inside[0]
        if word.text.upper() in words("acronyms") or len(word.text) < 3:
            return
        capitals = sum(letter.isupper() for letter in word.text)
        if capitals >= 2 and word.text[:2] not in ("Mc", "Ma", "O'", "O’"):
            yield "organisation", 2.5
        return
    plain = [word for word in inside if document.is_plain(word) and word.folded not in _GIVEN]
    shouted = sum(word.shape == "upper" and len(word.text) > 2 for word in inside)
    if shouted:
        yield "organisation", 1.5
        return
    if not plain:
        yield "person", 2.0
    elif len(plain) == 1 and plain[0] is inside[0] and len(inside) == 2:
        yield "person", 0.8
    elif len(plain) < len(inside) - 1:
        yield "person", 1.0
    if inside[0].folded in _GIVEN:
        yield "person", 2.0
    if any(len(word.text) == 1 for word in inside[:-1]) or any(
        word.shape == "lower" for word in inside
    ):
        yield "person", 1.5


def _cues(document: Document, run: Run) -> Iterator[tuple[EntityType, float]]:
    """What stands around one occurrence says."""
    if run.titled:
        yield "person", 4.0
    before, second = run.before(), run.before(2)
    quoted = run.gap_before[-1:] in _OPEN_QUOTES and run.gap_before[-1:] != ""
    if before is not None:
        yield from _cues_before(run, before.folded, second.folded if second else "", quoted)
    yield from _cues_after(document, run, quoted)


def _cues_before(
    run: Run, word: str, second: str, quoted: bool
) -> Iterator[tuple[EntityType, float]]:
    direct = run.gap_before.strip(_OPEN_QUOTES + " ”’»\u00a0") == ""
    if not direct:
        if word in _ROLES and run.gap_before.strip() == ",":
            yield "person", 2.0
        elif run.gap_before.strip() == "," and word in _BESIDE_MEDIA:
            yield "media", 2.5
        return
    if word in ("the", "a", "an"):
        if second in _PLACE_BEFORE and len(run.words) == 1 and not quoted:
            yield "place", 0.5
        word, second = second, ""
        yield "person", -1.5
    if word in _BESIDE_MEDIA and (quoted or word not in ("agency", "network", "platform")):
        yield "media", 3.5
    elif word in _BESIDE_ORGANISATION:
        yield "organisation", 4.0 if quoted else 2.5
    elif word in _ROLES:
        yield "person", 2.5
    elif word == "of" and second:
        yield from _cues_of(second, run)
    elif word in _PLACE_STRONG:
        yield "place", 3.0
    elif word in _PLACE_BEFORE:
        yield "place", 2.0 if word in ("at", "from") else 1.5
    elif word in ("named", "called", "alias"):
        yield "person", 1.0


def _cues_of(noun: str, run: Run) -> Iterator[tuple[EntityType, float]]:
    if noun in _MEDIA_OF:
        yield "media", 3.5
    elif noun in _PLACE_HEADS or noun in _PLACE_NOUN_OF:
        yield "place", 3.5 if noun in _PLACE_HEADS else 2.0
    elif noun in _MEMBER_OF:
        yield "organisation", 3.0
    elif len(run.words) == 1:
        # "N. N. of Lawtrend": a name before "of" is whoever belongs to it.
        subject = run.before(2)
        if subject is not None and subject.capital:
            yield "organisation", 1.5


def _cues_after(document: Document, run: Run, quoted: bool) -> Iterator[tuple[EntityType, float]]:
    after = run.after()
    if after is None:
        return
    gap = run.gap_after
    word = after.folded
    if gap.strip("\"”’'»«“ \u00a0") == "" and word != "s":
        if (word in _PLACE_HEADS and word not in ("department", "camp")) or word == "metro":
            yield "place", 3.0
        if word in _BESIDE_MEDIA and word not in ("site", "blog", "network", "agency", "platform"):
            yield "media", 3.5
        elif (word in ("agency", "network", "platform") and quoted) or word == "news":
            yield "media", 3.0
        elif word in _BESIDE_ORGANISATION and word != "opposition":
            yield "organisation", 3.0 if quoted else 2.0
        elif word in _AFTER_ORGANISATION:
            yield "organisation", 1.5
        elif word in _PERSON_AFTER:
            yield "person", 1.0
    elif gap.startswith(","):
        if word in ("a", "an", "the", "who", "whose", "aged", "then", "his", "her", "herself"):
            second = run.after(2)
            noun = second.folded if second else ""
            third = run.after(3)
            nouns = {noun, third.folded if third else ""}
            if nouns & _BESIDE_MEDIA and not nouns & _ROLES:
                yield "media", 2.5
            elif nouns & (_BESIDE_ORGANISATION - {"unit"}) and not nouns & _ROLES:
                yield "organisation", 2.0
            elif nouns & _PLACE_HEADS and not nouns & _ROLES:
                yield "place", 2.0
            elif word in ("who", "aged", "whose", "his", "her") or nouns & _ROLES:
                yield "person", 2.0
            else:
                yield "person", 0.5


def _spread(weighed: dict[str, _Weighed]) -> None:
    """Let names in one list be of one type: those already clear tell their neighbours."""
    by_passage: dict[int, list[Run]] = defaultdict(list)
    for entry in weighed.values():
        for run in entry.runs:
            by_passage[run.passage.index].append(run)
    for neighbours in by_passage.values():
        neighbours.sort(key=lambda run: run.first)
        for _ in range(2):
            _spread_in(neighbours, weighed)
            neighbours.reverse()
            _spread_in(neighbours, weighed)
            neighbours.reverse()


def _spread_in(neighbours: list[Run], weighed: dict[str, _Weighed]) -> None:
    if not neighbours:
        return
    cover = neighbours[0].passage.covering()
    for run in neighbours:
        for type_ in _listed_with(run, cover, neighbours, weighed):
            entry = weighed[run.key]
            best = entry.best()
            if best is None or best[1] < 2.5:
                entry.weights[type_] = max(entry.weights[type_], 2.6 if type_ == "place" else 2.2)


def _listed_with(
    run: Run,
    cover: list[Candidate | None],
    neighbours: list[Run],
    weighed: dict[str, _Weighed],
) -> Iterator[EntityType]:
    """Types of the names next to *run* in a list."""
    at_words = run.passage.words
    for step in (-1, 1):
        at = run.first - 1 if step < 0 else run.last + 1
        if not 0 <= at < len(at_words):
            continue
        gap = at_words[run.first].gap if step < 0 else at_words[at].gap
        if at_words[at].folded in ("and", "or") and gap.strip(" ,") == "":
            at += step
        elif gap.strip('”“"') != ", ":
            continue
        if not 0 <= at < len(at_words) or (at_words[at].opening and step > 0):
            continue
        known = cover[at]
        if known is not None:
            if known.type in _RANK and not (known.type == "organisation" and len(run.words) > 3):
                yield known.type
            continue
        for other in neighbours:
            if other.first <= at <= other.last and other is not run:
                best = weighed[other.key].best()
                if best is not None and best[1] >= 2.5:
                    yield best[0]
