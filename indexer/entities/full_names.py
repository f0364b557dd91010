"""Who is named in full in a French, Spanish, Portuguese or Russian text?

Who has a known given name, a patronymic, or what he or she is before the name. What is no
more than capitalised is nobody's name here: there is no vocabulary on which to weigh it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from indexer.analysis import STOP_WORDS, unelided
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.stems import stem, stems
from indexer.entities.tables import folded, words
from indexer.notation.names import name_key

#: "y" and "e" stand inside few names and between many.
_PARTICLES = folded("particles") - {"y", "e"}
#: A person's name has so many words at most, particles left out.
_MOST_NAMES = 5
_PATRONYMIC = regex.compile(
    r"\p{Lu}\p{Ll}+(?:[оеь]вич(?:а|у|ем|е)?|ич(?:а|у)?|(?:ов|ев|ич|инич)н(?:а|ы|е|у|ой))"
)
# Enough to look a given name up among those written in Latin letters.
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True))
    | {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
       "я": "ya", "ь": "", "ъ": ""}
)  # fmt: skip
_CASES = regex.compile(r"(?:a|u|e|y|i|ya|yu|om|em|oi|ei)$")


class FullNames:
    """People named in full."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every run of capitals that a given name, a patronymic or a calling
        makes a person's."""
        people = stems("people", document.language)
        after = stems("after-people", document.language)
        for passage in document.passages:
            free = -1
            for at in passage.capital_at:
                if at <= free:
                    continue
                first, last = _run(document, passage, at)
                free = max(at, last)
                while first < last and (
                    stem(passage.words[first], document.language) in people
                    or _is_article(passage.words[first], document.language)
                ):
                    first += 1
                if stem(passage.words[first], document.language) in after:
                    continue
                before = _before(passage, first, document.language)
                if before in after or not _is_full(
                    document, passage, first, last, before in people
                ):
                    continue
                start, end = passage.words[first].start, passage.words[last].end
                yield Candidate(passage.index, start, end, "person", RANKS["person"])


def _run(document: Document, passage: Passage, at: int) -> tuple[int, int]:
    """The capitalised words from *at* on that may be one name, particles between them."""
    cover = passage.covering()
    last = at - 1
    step = at
    while step < len(passage.words):
        word = passage.words[step]
        joined = step == at or (
            not word.opening and (word.gap in (" ", "-") or (word.gap == ". " and step > at))
        )
        if not joined or cover[step] is not None:
            break
        if word.capital:
            last = step
        elif word.folded not in _PARTICLES or last < at:
            break
        step += 1
    return at, last


def _is_article(word: Word, language: str) -> bool:
    return word.opening and word.folded in STOP_WORDS[language]


def _is_full(document: Document, passage: Passage, first: int, last: int, called: bool) -> bool:
    inside = [w for w in passage.words[first : last + 1] if w.folded not in _PARTICLES]
    if not 2 <= len(inside) <= _MOST_NAMES or passage.words[last].shape == "lower":
        return False
    no_names = folded("elsewhere", "no-names")
    if passage.words[first].folded in no_names or any(_is_word(document, w) for w in inside):
        return False
    if document.language == "ru":
        if any(_PATRONYMIC.fullmatch(word.text) for word in inside[1:]):
            return True
        return called or any(_is_given_in_cyrillic(word.folded) for word in inside[:2])
    given = name_key(inside[0].folded) in _given_keys()
    return given or (called and not inside[0].opening)


def _is_word(document: Document, word: Word) -> bool:
    """Whether a word is known to be one of the language, or no name's for its form."""
    return (
        word.folded in document.lower
        or word.folded in STOP_WORDS[document.language]
        or word.folded in folded("foreign", "heads")
        or word.folded in folded("foreign", "words")
        or word.shape == "number"
        or unelided(word.text) is not None
        or (word.shape == "upper" and len(word.text) < 3 and "." not in word.text)
    )


@cache
def _given_keys() -> frozenset[str]:
    return frozenset(name_key(name) for name in words("given_names"))


@cache
def _is_given_in_cyrillic(word: str) -> bool:
    """Whether a folded word is a given name, in any case of the declension."""
    latin = word.translate(_LATIN)
    stem = _CASES.sub("", latin)
    forms = {latin, stem, f"{stem}a", f"{stem}i", f"{stem}ya"}
    return any(len(form) > 2 and name_key(form) in _given_keys() for form in forms)


def _before(passage: Passage, first: int, language: str) -> str:
    """Stem of the word right before a name in its sentence, "" if there is none."""
    if first == 0 or passage.words[first].gap not in (" ", ". ", "\u00a0"):
        return ""
    if passage.words[first].opening:
        return ""
    return stem(passage.words[first - 1], language)
