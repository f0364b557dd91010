"""How does text become the terms that are searched? The one analyser.

Indexing, querying and highlighting all call :meth:`Analyser.tokens`; engines store and
are asked for the terms it gives, and do no linguistics of their own. So every engine
finds the same paragraphs and what is marked is what matched.

A word gives a *printed* term (folded: case, accents, quotes and apostrophes,
possessive 's, -ize/-ise) and a *stem*. Hyphenated words also give their joined form,
with a ``width``: how many positions the joined form covers. ``pre-trial`` is
``pre``, ``trial`` and, over both, ``pretrial``; so all three ways of writing it meet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex
import Stemmer

#: Snowball's stemmer for an ISO 639-1 code; other languages are not stemmed.
SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip

#: English words that are never required of a paragraph when typed bare. They are
#: indexed all the same, since "rule of law" needs its "of".
STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his i if in into is it its"
    " no not of on or our she so such than that the their them then there these they this"
    " those to was we were which who will with would you your".split()
)

# Letters that NFKD leaves whole but that readers type without their mark.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th",
     "æ": "ae", "œ": "oe", "ŋ": "n", "ə": "a", "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None}
)  # fmt: skip

_APOSTROPHES = "'’‘ʼʻ`´＇"
_NO_APOSTROPHES = dict.fromkeys(map(ord, _APOSTROPHES))
_JOINERS = "\u00ad\u200c\u200d\u2060"
_HYPHENS = "-‐‑"

# A number keeps its inner marks (1,413 99.8 16/2017); a word keeps inner apostrophes;
# single letters with dots are one word (U.N.). Superscript digits are category No, and
# therefore in none of these: a footnote mark never becomes part of a word.
_TOKEN = regex.compile(
    rf"""
      (?P<number>\p{{Nd}}+(?:[.,/]\p{{Nd}}+)+(?![\p{{L}}\p{{M}}]))
    | (?P<dotted>(?<![\p{{L}}\p{{Nd}}])(?:\p{{L}}\.){{2,}}\p{{L}}?(?![\p{{L}}\p{{M}}]))
    | (?P<word>[\p{{L}}\p{{Nd}}][\p{{L}}\p{{M}}\p{{Nd}}{_JOINERS}]*
        (?:[{_APOSTROPHES}][\p{{L}}\p{{M}}]+)*)
    """,
    regex.VERBOSE,
)
_THOUSANDS = regex.compile(r"\p{Nd}{1,3}(?:,\p{Nd}{3})+")
_SPACED_HEAD = regex.compile(r"\p{Nd}{1,3}")
_SPACED_TAIL = regex.compile(r"\p{Nd}{3}")
_IZE = regex.compile(r"(?<=\w{3})iz(?=(?:e|es|ed|er|ers|ing|ings|ation|ations|ational|able)$)")
_ACRONYMS = regex.compile(r"(\p{Lu}{2,})s")
_SLUG_PART = regex.compile(r"[a-z0-9]+")
_POSSESSIVE = regex.compile(rf"[{_APOSTROPHES}]s$", regex.IGNORECASE)

#: Parts of a hyphenated word that are joined into one further term. Longer chains
#: (quoted slogans) only give their parts.
MAX_JOINED_PARTS = 4


class Token(NamedTuple):
    """A term at a position, and where its text stands."""

    position: int
    width: int
    """Positions covered: 1, or the number of parts of a joined compound."""
    start: int
    end: int
    printed: str
    """The printed word, folded."""
    stem: str


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold what readers do not distinguish: case, accents, apostrophes, -ize/-ise.

    The same for NFC and NFD input. Possessive 's goes, as do inner apostrophes.

    >>> fold("Świącicki"), fold("organization"), fold("Kazakhstan’s")
    ('swiacicki', 'organisation', 'kazakhstan')
    """
    word = _POSSESSIVE.sub("", word)
    return _IZE.sub("is", _plain(word).translate(_NO_APOSTROPHES))


def _plain(text: str) -> str:
    """Small letters without accents and format characters."""
    if text.isascii():  # nothing to take apart, as in nearly all words of an English text
        return text.lower()
    # Decomposed before and after: some capitals only appear when a letter is decomposed.
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not _is_accent(c)).translate(_LETTERS)


def _is_accent(character: str) -> bool:
    # Vowel signs of Indic scripts are letters in all but name: their combining class is
    # below that of any accent.
    return (
        unicodedata.combining(character) >= _FIRST_ACCENT or unicodedata.category(character) == "Cf"
    )


#: Combining classes below are nukta, virama and the vowel signs (Unicode 15, table 4-3).
_FIRST_ACCENT = 10


def fold_text(text: str) -> str:
    """Return the folded words of *text* joined by single spaces: a key for look-ups.

    >>> fold_text("The “Rule of Law”")
    'the rule of law'
    """
    folded = (fold(match.group()) for match in _TOKEN.finditer(text))
    return " ".join(word for word in folded if word)


def slug(text: str) -> str:
    """Return *text* as a lower-case ASCII slug; empty if it has no Latin letter or digit.

    >>> slug("Torture & other CID treatment")
    'torture-other-cid-treatment'
    """
    return "-".join(_SLUG_PART.findall(_plain(text).translate(_NO_APOSTROPHES)))


def is_stop_word(printed: str) -> bool:
    """Whether a bare word is never required of a paragraph."""
    return printed in STOP_WORDS


class Analyser:
    """Text of one language to tokens."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        name = SNOWBALL.get(language)
        self._stem_word: Callable[[str], str] = (
            Stemmer.Stemmer(name).stemWord if name else lambda word: word
        )
        self._cache: dict[str, tuple[str, str]] = {}

    def forms(self, word: str) -> tuple[str, str]:
        """Return the printed term and the stem of one *word*."""
        found = self._cache.get(word)
        if found is None:
            printed = fold(word)
            if self.language == "en":
                # Snowball keeps the s of NGOs, for want of a vowel before the o.
                singular = _ACRONYMS.fullmatch(word)
                stem = self._stem_word(fold(singular[1]) if singular else printed)
            else:  # Snowball expects a language's own letters; fold what it returns.
                stem = fold(self._stem_word(unicodedata.normalize("NFC", word.casefold())))
            found = (printed, stem)
            if len(self._cache) < 200_000:  # a corpus' vocabulary, not an attacker's
                self._cache[word] = found
        return found

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of *text* in order of position, compounds after their first part."""
        words = [word for match in _TOKEN.finditer(text) if (word := self._word(match))[2]]
        chain_end = 0
        for position, (start, end, printed, stem) in enumerate(words):
            yield Token(position, 1, start, end, printed, stem)
            if position >= chain_end:
                chain_end = self._chain_end(words, position, text)
                width = chain_end - position
                if 1 < width <= MAX_JOINED_PARTS:
                    last = words[chain_end - 1][1]
                    joined = "".join(word[2] for word in words[position:chain_end])
                    joined_printed, joined_stem = self.forms(joined)
                    yield Token(position, width, start, last, joined_printed, joined_stem)

    def _word(self, match: regex.Match[str]) -> tuple[int, int, str, str]:
        written = match.group()
        if match.lastgroup == "number":
            number = written.replace(",", "") if _THOUSANDS.fullmatch(written) else written
            printed = unicodedata.normalize("NFKD", number)
            return match.start(), match.end(), printed, printed
        if match.lastgroup == "dotted":
            printed, stem = self.forms(written.replace(".", ""))
        else:
            printed, stem = self.forms(written)
        end = match.end()
        possessive = _POSSESSIVE.search(written)
        if possessive:
            end -= len(possessive.group())
        return match.start(), end, printed, stem

    @staticmethod
    def _chain_end(words: list[tuple[int, int, str, str]], first: int, text: str) -> int:
        """Index after the last word that is written together with word *first*.

        Written together are words with a hyphen between them, and the groups of a
        number with spaces for thousands (``170 000``).
        """
        last = first
        while last + 1 < len(words):
            gap = text[words[last][1] : words[last + 1][0]]
            left, right = words[last][2], words[last + 1][2]
            if len(gap) == 1 and gap in _HYPHENS:
                if left.isdigit() and right.isdigit():  # a range of numbers or years
                    break
            elif gap in (" ", "\u00a0", "\u202f"):
                head = last > first or bool(_SPACED_HEAD.fullmatch(left))
                if not (head and left.isdigit() and _SPACED_TAIL.fullmatch(right)):
                    break
            else:
                break
            last += 1
        return last + 1


@lru_cache(maxsize=64)
def analyser(language: str) -> Analyser:
    """Return the analyser of a language, one a process."""
    return Analyser(language)
