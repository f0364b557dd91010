"""In which language is a text? By its script, its letters and its little words.

Only what tells a language for certain counts; where nothing does, the answer says so, and
English is what the text is then taken for. Paragraphs are not told apart: a submission that
quotes another language is in one language all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indexer.analysis import STOP_WORDS, fold
from indexer.model import Problem

#: Text looked at, in characters: some pages of prose.
_LOOKED_AT = 20_000
#: Fewer words than this are no submission: a guess is all there can be, and nothing is told.
_FEWEST_WORDS = 100
#: Prose of a language consists of its own little words for a third to a half, of those it
#: shares with a neighbour for a sixth: measured on a page each of the eleven lists.
_LEAST_SHARE, _LEAST_LEAD = 0.2, 1.25
#: Foreign names bring a few letters that the text's own language lacks; below this share of
#: all letters they are no sign of another.
_NAMES_SHARE = 0.015
#: Share of kana from which a text with Chinese characters is Japanese.
_KANA_SHARE = 0.05
#: Bulgarian uses ъ as a vowel, Russian hardly at all.
_BULGARIAN_SHARE = 0.005

_WORD = re.compile(r"[^\W\d_]+")

# Where each script's letters begin, in order; letters in between count with the one before.
_SCRIPTS = (
    (0x0000, "latin"), (0x0370, "el"), (0x0400, "cyrillic"), (0x0530, "hy"), (0x0590, "he"),
    (0x0600, "arabic"), (0x0700, ""), (0x0900, "devanagari"), (0x0980, "bn"), (0x0A00, "pa"),
    (0x0A80, "gu"), (0x0B00, ""), (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"),
    (0x0D00, "ml"), (0x0D80, "si"), (0x0E00, "th"), (0x0E80, "lo"), (0x0F00, "bo"),
    (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "am"), (0x13A0, ""),
    (0x1780, "km"), (0x1800, ""), (0x1E00, "latin"), (0x1F00, "el"), (0x2000, ""),
    (0x3040, "kana"), (0x3130, "ko"), (0x31A0, ""), (0x31F0, "kana"), (0x3200, ""),
    (0x3400, "han"), (0xA000, ""), (0xAC00, "ko"), (0xD7B0, ""), (0xF900, "han"),
    (0xFB00, "latin"), (0xFB13, "hy"), (0xFB1D, "he"), (0xFB50, "arabic"), (0xFF00, ""),
    (0xFF66, "kana"), (0xFFA0, "ko"), (0x20000, "han"),
)  # fmt: skip
_STARTS = [start for start, _ in _SCRIPTS]
#: Scripts of one language each, so far as reviews of States are written in them; Ethiopic
#: and Devanagari serve several, which are not told apart.
_DOUBTFUL_SCRIPTS = {"am": "am", "devanagari": "hi"}

#: The letters a language adds to those of Russian, or of Arabic.
_CYRILLIC = {
    "be": "ўі", "kk": "әғқңөұүһі", "ky": "ңөү", "mk": "ѓѕјљњќџ", "mn": "өү", "sr": "ђјљњћџ",
    "tg": "ғӣқӯҳҷ", "tt": "әҗңөүһ", "uk": "ґєії", "uz": "ғқўҳ",
}  # fmt: skip
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_PERSIAN = "پچژگیک"
_ARABIC = {
    "ku": "پچژگڤڕڵۆێەیک", "fa": _PERSIAN, "ps": _PERSIAN + "ټډړږښڼېۍځڅ",
    "ug": "پچژگڭۇۆۈۋېەھک", "ur": _PERSIAN + "ٹڈڑںےہھ",
}  # fmt: skip
_ARABIC_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي")


class Recognised(NamedTuple):
    """The language of a text, and whether the text settles it."""

    language: str
    """ISO 639-1 code."""
    certain: bool


def language_of(text: str) -> Recognised:
    """The language of *text*; English, uncertain, where nothing tells.

    >>> language_of("Настоящее представление подготовлено коалицией организаций.").language
    'ru'
    """
    # Each word is looked at once: most of a text are a few hundred words.
    # The one capital whose small form would break a word in two.
    words = Counter(_WORD.findall(text[:_LOOKED_AT].replace("İ", "i").lower()))
    scripts: Counter[str] = Counter()
    for word, count in words.items():
        scripts[_script(word)] += count * len(word)
    if not scripts:
        return Recognised("en", True)
    script = scripts.most_common(1)[0][0]
    if script in ("han", "kana"):
        kana = scripts["kana"] / (scripts["han"] + scripts["kana"])
        return Recognised("ja" if kana >= _KANA_SHARE else "zh", True)
    own = Counter({word: count for word, count in words.items() if _script(word) == script})
    if script == "latin":
        return _by_little_words(own)
    if script == "cyrillic":
        return _cyrillic(own)
    if script == "arabic":
        return Recognised(_by_letters(own, _ARABIC, _ARABIC_LETTERS) or "ar", True)
    if script in _DOUBTFUL_SCRIPTS or not script:
        return Recognised(_DOUBTFUL_SCRIPTS.get(script, "en"), False)
    return Recognised(script, True)


def doubtful_language(found: Recognised) -> Iterator[Problem]:
    """The problem of a language that is not certain."""
    if not found.certain:
        yield Problem(
            "language-unclear",
            f"The language is not certain; it is taken as {found.language}. If it is another,"
            " give `language` in the metadata",
        )


def _script(word: str) -> str:
    # Japanese writes the stem of a word in Chinese characters and its ending in kana.
    sign = word[-1] if "\u3400" <= word[0] < "\ua000" else word[0]
    return _SCRIPTS[bisect_right(_STARTS, ord(sign)) - 1][1]


def _by_little_words(words: Counter[str]) -> Recognised:
    if not words:
        return Recognised("en", True)
    counted: Counter[str] = Counter()
    for word, count in words.items():
        counted[fold(word)] += count
    shares = sorted(
        (sum(counted[word] for word in little) / words.total(), code)
        for code, little in STOP_WORDS.items()
    )
    (second, _), (best, language) = shares[-2:]
    if best >= _LEAST_SHARE and best >= _LEAST_LEAD * second:
        return Recognised(language, True)
    return Recognised("en", words.total() < _FEWEST_WORDS)


def _cyrillic(words: Counter[str]) -> Recognised:
    found = _by_letters(words, _CYRILLIC, _RUSSIAN)
    if found is not None:
        return Recognised(found, True)
    letters = Counter("".join(words.elements()))
    if letters["ъ"] >= _BULGARIAN_SHARE * letters.total() and not letters["ы"] + letters["э"]:
        return Recognised("bg", True)
    return Recognised("ru", True)


def _by_letters(
    words: Counter[str], alphabets: Mapping[str, str], common: frozenset[str]
) -> str | None:
    """The language whose further letters are those the words have, the one with the fewest
    others; None where they have too few, or of several languages."""
    letters = Counter("".join(words.elements()))
    further = Counter({c: n for c, n in letters.items() if c not in common})
    if further.total() < _NAMES_SHARE * letters.total():
        return None
    most = {code: sum(further[c] for c in added) for code, added in alphabets.items()}
    enough = (1 - _NAMES_SHARE) * further.total()
    having = [code for code, count in most.items() if count >= enough]
    return min(having, key=lambda code: len(alphabets[code]), default=None)
