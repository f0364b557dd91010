"""Which bodies and laws are certain in French, Spanish, Portuguese and Russian texts?

Those in capitals from their noun on; and those whose acronym stands behind them in brackets
and is made of their words' initials.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from indexer.analysis import STOP_WORDS, fold, unelided
from indexer.entities.acronyms import is_sensitive, stands_for
from indexer.entities.foreign import Foreign
from indexer.entities.merge import RANKS
from indexer.entities.occurrences import Occurrences
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.stems import stem, stems
from indexer.entities.tables import folded
from indexer.model import EntityType

#: A body's name is looked for so many words before its acronym.
_MOST_WORDS = 16
#: What a name goes on with.
_JOINTS = frozenset("de du des del pour para por contre contra sur do da dos das".split())
#: Words that an acronym leaves out like little ones: "Pacte … relatif aux droits …".
_RELATING = frozenset("relatif relative relatifs relatives relativo relativa".split())
_SHORT = regex.compile(
    r"\(\s?(?:(?:ci-après|ci-dessous|en\sadelante|en\slo\ssucesivo|doravante|далее)[\s,:–—-]*"
    r"(?:l[ae]\s|el\s|o\s|a\s|l[’'])?)?[«“\"]?\s?"
    r"(?P<short>\p{Lu}[\p{Lu}\p{Nd}]{1,9})\s?[»”\"]?\s?\)"
)


class Bodies:
    """Bodies whose names are written in capitals throughout, from their noun on."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """What :class:`Foreign` finds, save what goes on in lower case, whose end cannot be
        told, and what may be of the United Nations."""
        for candidate in Foreign(own=True).find(document):
            passage = document.passages[candidate.passage]
            after = passage.word_at(candidate.end)
            name = passage.words[passage.word_at(candidate.start) : after]
            if not _goes_on(passage, after) and not _may_be_of_united_nations(
                name, document.language
            ):
                yield candidate


def _goes_on(passage: Passage, after: int) -> bool:
    """«Union des Femmes pour la paix»."""
    following = passage.words[after : after + 1]
    return bool(following) and (
        following[0].gap == " "
        and (following[0].folded in _JOINTS or following[0].text[:2] in ("d'", "d’"))
    )


class Defined:
    """Bodies and laws with their acronyms, wherever these stand."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """The names in full, and every occurrence of their acronyms."""
        meant: dict[str, tuple[EntityType, str, str]] = {}
        for passage in document.passages:
            if "(" not in passage.text:
                continue
            for match in _SHORT.finditer(passage.text):
                found = _long(document, passage, match.start(), match["short"])
                if found is None:
                    continue
                start, end, type_ = found
                name = passage.text[start:end]
                why = f"defined in paragraph {passage.number}: {name} ({match['short']})"
                meant.setdefault(match["short"], (type_, name, why))
                yield Candidate(passage.index, start, end, type_, RANKS["organisation"])
        if not meant:
            return
        shorts = Occurrences(meant, r"(?<![\p{L}\p{Nd}\-])", r"(?![\p{L}\p{Nd}]|-\p{Lu})")
        for passage in document.passages:
            for start, end, short in shorts.find(passage.text):
                type_, name, why = meant[short]
                yield Candidate(
                    passage.index, start, end, type_, RANKS["definition"], None, name, why
                )


def _long(
    document: Document, passage: Passage, bracket: int, short: str
) -> tuple[int, int, EntityType] | None:
    """The name before a bracket whose words' initials are *short*, and what it names."""
    after = passage.word_at(bracket)
    if not after or passage.text[passage.words[after - 1].end : bracket].strip(' »”"'):
        return None
    standing = passage.covering()[after - 1]
    if standing is not None and standing.type == "organisation":
        inside = passage.words[passage.word_at(standing.start) : after]
        if is_sensitive(passage, after - len(inside), after):
            return None
        if standing.end == inside[-1].end and stands_for(short, inside):
            return standing.start, standing.end, "organisation"
    little = _little(document.language) | _RELATING
    letters = fold(short)
    for at in range(after - 1, max(-1, after - 1 - _MOST_WORDS), -1):
        word = passage.words[at]
        if word.text != word.text.lower() and _spells(passage.words[at:after], letters, little):
            rest = unelided(word.text)
            start = word.end - len(rest) if rest else word.start
            type_ = _type(passage.words[at:after], document.language)
            if is_sensitive(passage, at, after):
                return None
            return (start, passage.words[after - 1].end, type_) if type_ else None
        if word.opening or any(mark in word.gap for mark in ".;:()"):
            return None
    return None


def _spells(name: list[Word], letters: str, little: frozenset[str]) -> bool:
    """Whether the initials of a name's words are *letters*; little words may be left out."""
    spelt = {0}  # how many letters may be spelt so far
    for word in name:
        bare = fold(unelided(word.text) or word.text)
        further = {at + 1 for at in spelt if letters[at : at + 1] == bare[:1]}
        spelt = further | spelt if bare in little else further
    return len(letters) in spelt and len(name) > 1


def _type(name: list[Word], language: str) -> EntityType | None:
    """What a name is by the noun among its first words; None where it does not tell."""
    first = {stem(word, language) for word in name[:2]}
    if not first.isdisjoint(stems("laws", language)):
        return "law"
    if first.isdisjoint(stems("bodies", language)) or _may_be_of_united_nations(name, language):
        return None
    return "organisation"


@cache
def _little(language: str) -> frozenset[str]:
    """Words that hold a name's words together."""
    return STOP_WORDS[language] | folded("foreign", "links") | {"против"}


def _may_be_of_united_nations(name: list[Word], language: str) -> bool:
    """Whether a body may be one of the United Nations', which the authority files name."""
    said = [stem(w, language) for w in name if w.folded not in _little(language)]
    if not stems("united-nations", language).isdisjoint(said):
        return True
    council = not stems("councils", language).isdisjoint(said[:2])
    return council and not stems("topics", language).isdisjoint(said[:2])
