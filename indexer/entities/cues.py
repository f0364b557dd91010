"""What do the words around a name say it names? Weights for types, from tables of cues.

A weight near 2 is what settles a single word; the usual form of a person's name weighs as
much. The figures were set on submissions about several countries, never on one alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.passages import Document, Word
from indexer.entities.runs import Run
from indexer.entities.tables import folded, is_english, words
from indexer.model import EntityType

Weight = tuple[EntityType, float]

_GIVEN = folded("given_names")
_ROLES = folded("roles")
_BODIES = folded("cues", "organisation-beside")
_BODY_AFTER = folded("cues", "organisation-after")
_MEDIA = folded("media", "beside")
# Nouns that stand beside media and beside much else: only quotes make a cue of them.
_LOOSE_MEDIA = frozenset("agency agencies network platform platforms site blog journal".split())
_MEDIA_OF = folded("media", "of")
_MEMBER_OF = folded("cues", "member-of")
_WORKER_OF = folded("cues", "worker-of")
_PLACE_BEFORE = folded("cues", "place-before")
_PLACE_STRONG = folded("cues", "place-strong")
_PLACE_OF = folded("cues", "place-noun-of")
_PLACE_AFTER = folded("cues", "place-after")
_PLACES = folded("places")
_PEOPLES = folded("cues", "people-after")
_PERSON_AFTER = folded("cues", "person-after")
_AGENT_AFTER = folded("cues", "agent-after")
_TO_WHOM = folded("cues", "to-whom")
_ARTICLES = frozenset({"the", "a", "an"})
_EXAMPLES = frozenset("e g eg i such as like including namely called named".split())
_PLACE_VERBS = frozenset("visited reached entered fled shelled captured leaving".split())
_ORGANISATION_BEFORE = frozenset({("to", "according"), ("to", "belonging"), ("by", "run")})
_APPOSED = frozenset("a an the who whose aged then his her herself himself its".split())
_QUOTES = "\"'“”„«»‘’"


def form(document: Document, run: Run) -> Iterator[Weight]:
    """What a name's own words say."""
    inside = run.words
    if run.with_state:
        yield ("media", 5.0) if inside[0].text.endswith(("TV", "FM")) else ("organisation", 3.0)
        return
    if len(inside) == 1:
        word = inside[0]
        capitals = sum(letter.isupper() for letter in word.text)
        known = word.text.upper() in words("acronyms")
        if capitals >= 2 and len(word.text) > 2 and not known and word.text[:2] not in _HALVES:
            yield "organisation", 2.5
        return
    if run.after_city:
        yield "organisation", 2.0
        return
    if inside[0].folded in _PLACE_FIRST and len(inside) == 2:
        yield "place", 0.8
        yield "person", 0.8
        return
    plain = [word for word in inside if document.is_plain(word) and word.folded not in _GIVEN]
    if any(word.shape == "upper" and len(word.text) > 2 for word in inside):
        yield "organisation", 1.5
        return
    if not plain:
        yield "person", 2.0
    elif len(plain) == 1 and plain[0] is inside[0]:
        yield "person", 0.8 if len(inside) == 2 else 1.5
    elif len(plain) < len(inside) - 1 and plain[-1] is not inside[-1]:
        yield "person", 1.0
    if inside[0].folded in _GIVEN and len(plain) < len(inside):
        # "Martin Ennals Award" is named for a person.
        yield "person", 0.7 if document.is_plain(inside[-1]) else 2.0
    if any(len(w.text) == 1 for w in inside[:-1]) or any(w.shape == "lower" for w in inside):
        yield "person", 1.5


#: "El Alto", "San Pedro", "Al Hoceima": of two words these open places as often as names.
_PLACE_FIRST = frozenset(
    "al el la los las le les san santa santo saint st sidi ait beni oued jebel ras tel port fort"
    " puerto villa rio new nueva nuevo".split()
)
#: Capitals inside these beginnings are a surname's: McNeil, MacLeod, O'Hara.
_HALVES = frozenset({"Mc", "Ma", "O'", "O’", "De", "Di", "Al", "El", "La", "Le"})


def around(run: Run) -> Iterator[Weight]:
    """What stands before and after one occurrence of a name says."""
    if run.titled:
        yield "person", 4.0
    before = run.before()
    if before:
        yield from _before(run, before)
    after = run.after()
    if after:
        yield from _after(run, after)


def _before(run: Run, before: list[Word]) -> Iterator[Weight]:
    gap = run.gap_before.strip(_QUOTES + " \u00a0")
    while before and before[0].folded in _EXAMPLES and gap.strip(".,:(") == "":
        before, gap = before[1:], ""
    if not before:
        return
    noun = before[0].folded
    if gap:
        if gap == ",":
            yield from _named_after(noun)
        return
    # "in the Kalangala islands": an article makes a person unlikely and a place less sure.
    article = noun in _ARTICLES
    if article:
        yield "person", -1.5
        if noun == "the" and _stands_alone(run) and not is_english(run.words[-1].folded):
            yield "organisation", 1.5 if run.last > run.first else 1.0
        before = before[1:]
        if not before:
            return
    if run.after_name:
        # "Special Rapporteur on … N. N.": the holder after the office.
        yield "person", 1.0
        return
    yield from _noun(run, before, article)


def _named_after(noun: str) -> Iterator[Weight]:
    """«their lawyer, N. N.», «the daily, N.»."""
    if noun in _ROLES:
        yield "person", 2.0
    elif noun in _MEDIA - _LOOSE_MEDIA - _MEDIA_OF:
        yield "media", 2.5
    elif noun in _BODIES:
        yield "organisation", 1.5


def _noun(run: Run, before: list[Word], article: bool) -> Iterator[Weight]:
    """What the word right before a name, its article left out, says."""
    noun = before[0].folded
    # Of "the newspaper "X" editor N. N." the noun's own name stands before it.
    named = len(before) > 1 and (
        (before[1].capital and not before[1].opening)
        or any(mark in before[0].gap for mark in _QUOTES)
    )
    second = before[1].folded if len(before) > 1 else ""
    if noun in _MEDIA and not named and (run.quoted or noun not in _LOOSE_MEDIA):
        yield "media", 7.0 if run.quoted else 4.5
    elif noun in _BODIES and not named:
        yield "organisation", 4.0 if run.quoted else 2.5
    elif noun in _ROLES and not article:
        yield "person", 2.5
    elif noun == "of":
        yield from _of(run, before)
    elif (noun, second) in _ORGANISATION_BEFORE:
        yield "organisation", 1.5
    elif noun in _PLACE_BEFORE and not _is_acronym(run):
        yield from _in(noun, second, article, run)
    elif noun in _PLACE_VERBS:
        yield "place", 2.0


def _stands_alone(run: Run) -> bool:
    """Whether a name with "the" is no mere attribute of the noun after it."""
    after = run.after()
    gap = run.gap_after.strip(" \u00a0")
    if not after or gap or after[0].capital:
        return not after or bool(gap)
    return after[0].folded in _AGENT_AFTER or after[0].folded in folded("cues", "goes-on")


def _in(noun: str, second: str, article: bool, run: Run) -> Iterator[Weight]:
    """Prepositions of place."""
    if noun in _PLACE_STRONG:
        weight = 3.0
    elif noun in ("between", "to") and second in _TO_WHOM:
        return
    else:
        weight = 2.0
    if run.gap_before[-1:] in _QUOTES:
        weight /= 2
    yield "place", weight / 2 if article else weight


def _of(run: Run, before: list[Word]) -> Iterator[Weight]:
    """«member of …», «city of …», «editor of …», «N. N. of …»."""
    if len(before) < 2:
        return
    owner = before[1]
    noun = owner.folded
    if noun in _MEDIA_OF or [w.folded for w in before[1:4]] == ["chief", "in", "editor"]:
        yield "media", 4.5
    elif noun in _PLACES and not owner.capital:
        yield "place", 3.5
    elif noun in _MEMBER_OF:
        yield "organisation", 0.0 if is_english(run.key) else 3.0
    elif noun in _WORKER_OF:
        yield "organisation", 2.0
    elif noun in _PLACE_OF:
        yield "place", 2.2
    elif owner.capital and not all(is_english(word.folded) for word in run.words):
        # "N. N. of Lawtrend": a name before "of" is whoever belongs to it.
        yield "organisation", 2.0
        yield "person", -1.0


def _after(run: Run, after: list[Word]) -> Iterator[Weight]:
    gap = run.gap_after.strip(_QUOTES + " \u00a0")
    word = after[0].folded
    if gap == "":
        yield from _right_after(run, word)
    elif gap == "," and word in _APPOSED:
        yield from _apposed(run, word, after[1:])


def _right_after(run: Run, word: str) -> Iterator[Weight]:
    if run.words[-1].possessive:
        yield "person", 0.5
        return
    if word in _PEOPLES:
        yield "person", -3.0
        yield "organisation", -1.0
    if word in _PLACES and word not in ("department", "camp"):
        yield "place", 3.0
    elif word in _PLACE_AFTER and not _is_acronym(run):
        yield "place", 2.0
    elif word == "news" or (word in _MEDIA and (run.quoted or word not in _LOOSE_MEDIA)):
        yield "media", 7.0 if run.quoted else 4.5
    elif word in _BODIES and word not in ("opposition", "community"):
        yield "organisation", 3.0 if run.quoted else 2.0
    elif word in _BODY_AFTER:
        yield "organisation", 2.0
    elif word in _AGENT_AFTER:
        yield "organisation", 1.0 if _has_article(run) else 0.0
        yield "person", 0.0 if _has_article(run) else 0.5
    if word in _PERSON_AFTER:
        yield "person", 0.5


def _has_article(run: Run) -> bool:
    before = run.before()
    return bool(before) and before[0].folded == "the" and run.gap_before == " "


def _apposed(run: Run, word: str, following: list[Word]) -> Iterator[Weight]:
    """«…, a journalist», «…, a tabloid», «…, an NGO», «…, who»."""
    nouns = {w.folded for w in following[:2]}
    if nouns & _ROLES or word in ("who", "aged", "whose", "his", "her", "himself", "herself"):
        yield "person", 2.0 if run.last > run.first else 1.2
    elif nouns & (_MEDIA - _LOOSE_MEDIA):
        yield "media", 2.5
    elif nouns & _BODIES:
        yield "organisation", 2.5
    elif nouns & _PLACES:
        yield "place", 2.0
    else:
        yield "person", 0.7


def _is_acronym(run: Run) -> bool:
    return run.first == run.last and run.words[0].shape in ("upper", "mixed")
