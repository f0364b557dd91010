"""How does text become the terms that are searched? The one analyser.

Indexing, querying and highlighting all call :meth:`Analyser.tokens`; engines store and
are asked for the terms it gives, and do no linguistics of their own. So every engine
finds the same paragraphs and what is marked is what matched.

A word gives a *printed* term (folded: case, accents, quotes and apostrophes,
possessive 's, -ize/-ise) and a *stem*. Words are parted alike in every language, so that
a query needs none; only stems differ. A stem bears the code of its language (``fr:droit``),
so that «important», whose French stem is «import», does not find English imports. Stems of
English, and words that are not stemmed, bear none: they are what a word is by itself.

Hyphenated words also give their joined form, with a ``width``: how many positions the
joined form covers. ``pre-trial`` is ``pre``, ``trial`` and, over both, ``pretrial``; so all
three ways of writing it meet. An elided article is a part of the same kind: ``l'homme`` is
``l``, ``homme`` and ``lhomme``. Scripts that put no space between words are taken letter by
letter, or syllable by syllable: a word is then a phrase of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex
import Stemmer

#: Snowball's stemmer for an ISO 639-1 code; other languages are not stemmed.
SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

#: The script of a stemmed language where it is not Latin alone. A word in another script
#: (a name, a citation) is not its stemmer's to shorten.
_SCRIPTS = {
    "ar": "Arabic", "el": "Greek", "fa": "Arabic", "hi": "Devanagari", "hy": "Armenian",
    "ne": "Devanagari", "ru": "Cyrillic", "ta": "Tamil", "yi": "Hebrew",
}  # fmt: skip
_ANY_SCRIPT = frozenset({"sr"})  # Serbian is written in two

#: Little words that are never required of a paragraph when typed bare, folded, by
#: language. They are indexed all the same, since "rule of law" needs its "of".
STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and are as at be been but by for from had has have he her his i if in into"
        " is it its no not of on or our she so such than that the their them then there these"
        " they this those to was we were which who will with would you your",
        "fr": "a ai ainsi apres au aucun aucune aussi aux avait avant avec avoir c ce cela celle"
        " celui ces cet cette ceux chez comme d dans de depuis des donc dont du elle elles en"
        " entre est et etaient etait etant ete etre eu eux font ici il ils j je jusqu jusque l la"
        " le les leur leurs lors lorsqu lorsque lui m ma mais me mes meme moi mon n ne ni nos"
        " notre nous on ont ou par pas pendant peut plus pour puisque qu quand que quel quelle qui"
        " quoi s sa sans se selon sera ses si sien soit son sont sous sur t ta te tes toi ton"
        " tous tout toute toutes tres tu un une vers vos votre vous y",
        "es": "a al algo ante antes asi aun aunque cada como con contra cual cuando de del desde"
        " donde durante e el ella ellas ellos en entre era eran es esa esas ese eso esos esta"
        " estaba estan este esto estos fue fueron ha haber habia han hasta hay la las le les lo"
        " los mas me mi mientras muy ni no nos o otra otras otro otros para pero por porque que"
        " quien quienes se sea segun ser si sido sin sobre son su sus tal tambien tanto te tiene"
        " todo todos tras u un una unas uno unos y ya",
        "pt": "a ainda ao aos aquela aquele as ate cada com como contra da das de dela dele deles"
        " depois desde do dos durante e ela elas ele eles em entre era eram essa essas esse esses"
        " esta estao estas este estes foi foram ha isso isto ja lhe mais mas mesmo muito na nao"
        " nas nem no nos nossa nosso num numa o os ou para pela pelas pelo pelos por porque"
        " qual quando que quem sao se seja sem ser seu seus sido sob sobre sua suas tambem tem"
        " todos um uma",
        "it": "a ad ai al alla alle agli anche c che chi ci come con da dagli dai dal dalla dalle"
        " d dei degli del della delle dello di e ed era erano essere fra gli ha hanno i il in"
        " io l la le lo loro ma nei nel nella nelle noi non o per piu quale quali quando quella"
        " questa questo se senza si sia solo sono stata stati stato su sua sue sui sul sulla suo"
        " tra tutti un una uno",
        "de": "aber als am an auch auf aus bei bis bzw da dass dem den der des die diese diesem"
        " diesen dieser dieses durch ein eine einem einen einer eines er es fur gegen hat hatte"
        " ich ihre ihrem ihren ihrer im in ist kein keine mit nach nicht noch nur oder ohne sehr"
        " sein seine seiner sich sie sind so sowie uber um und unter vom von vor war waren was"
        " wegen weil wenn werden wie wir wird wo wurde wurden zu zum zur zwischen",
        "nl": "aan als bij dan dat de der des deze die dit door een en er had heeft het hij hun"
        " in is maar met naar niet of om ook op over te tot uit van voor was werd wordt ze zich"
        " zij zijn zo",
        "ru": "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где"
        " да даже для до его ее если есть еще же за и из или им их к как когда который"
        " которая которого которое которой котором которую которые которым которых ко кто ли либо"
        " между меня мне мы на над наш не него нее нет ни них но ну о об однако он она они оно от"
        " по под при про с свои своей своего себя со так также такие такой там те тем то того той"
        " только том тот у уже чем что чтобы эта эти этим этих это этого этой этом этот я",
        "uk": "а або але без був була були було бути в вже вiд від він вона вони все всі для до"
        " є же з за зі і із її їй їм їх його й коли ми на над не немає ні о об при про по під"
        " та так також те того тому то у усі ця ці цього це цей що щоб як яка яке який які якого"
        " яких",
        "kk": "ал арқылы бар барлық бен бойынша болып бұл да де деген деп еді екен және жоқ кейін"
        " қана мен мұндай не немесе ол осы олар оның пен сол сондай соң сияқты тек туралы үшін"
        " ғана",
        "tr": "ama ancak bir biri bu bunun da daha de degil en gibi hem her icin ile ise"
        " kadar ki mi mu ne o olan olarak oldugu onun sonra su tum uzere var ve veya ya",
        "ar": "ال الذي الذين التي اللذان الي الا ان انه انها او اي اذا بان بعد بعض بل بها به بين"
        " تلك تم ثم حتي حول حيث خلال دون ذلك ضد ضمن عبر عدم عن عند عليها عليه غير في فيها"
        " فيه قبل قد كان كانت كل كما لا لدي لكن لم لن له لها لهم ليس ما مع من منذ منها منه نحو هذا"
        " هذه هم هناك هو هي هل و وان وفي وقد ولا ولم وهو وهي ومن يا",
        "ca": "a al als amb com d de del dels des el els en entre era es ha han hi i l la les li"
        " lo mes n no o on per perque pero que s se segons sense ser seu seva son sobre tambe un"
        " una",
    }.items()
}  # fmt: skip

#: Little words of one language that are words of substance in another: a "war" or a "son"
#: is left out only where the rest of the query, or the whole corpus, is in that language.
_SUBSTANCE_ELSEWHERE = frozenset(
    "car care come den die door due era hat hay hun man per sin sole solo son sur van war".split()
)

# Letters that NFKD leaves whole but that readers type without their mark, and in Arabic
# the forms of alef, ya, kaf and ta marbuta that print interchanges, with the tatweel that
# only stretches a word.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th",
     "æ": "ae", "œ": "oe", "ŋ": "n", "ə": "a", "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None,
     "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None}
)  # fmt: skip
# Cyrillic letters that NFKD takes apart but that no reader confuses with what is left, as
# ё is with е.
_KEPT_WHOLE = regex.compile("и\u0306|у\u0306|і\u0308|г\u0301|к\u0301")

# Russian and its neighbours as the UN transliterates names, without marks.
_LATIN = str.maketrans(
    {"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
     "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
     "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
     "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye",
     "ґ": "g", "ў": "u", "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u",
     "һ": "h", "ҷ": "j", "ҳ": "h"}
)  # fmt: skip

_APOSTROPHES = "'’‘ʼʻ`´＇"
_NO_APOSTROPHES = dict.fromkeys(map(ord, _APOSTROPHES))
_JOINERS = "\u00ad\u200c\u200d\u2060"
_HYPHENS = "-‐‑"

# Scripts written without spaces, and Korean, whose particles are written to their word:
# each letter with its marks is a token, a syllable in conjoining jamo too.
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc\uff70"
)
_IS_UNSPACED = regex.compile(rf"[[{_UNSPACED}]&&\p{{L}}]", regex.VERSION1)
_LETTER_BY_LETTER = regex.compile(
    rf"[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*|[[{_UNSPACED}]&&\p{{L}}]\p{{M}}*"
    rf"|[[\p{{L}}\p{{M}}\p{{Nd}}{_JOINERS}{_APOSTROPHES}]--[[{_UNSPACED}]&&\p{{L}}]]+",
    regex.VERSION1,
)
# Articles and little words that lose their vowel before another: French, Italian, Catalan.
# What follows is a word, or the one letter of à, a, y: "D's" and "UN's" are no such.
_ELIDED = regex.compile(
    r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|[dns]?all|dall|dell|nell|sull|quell)"
    rf"[{_APOSTROPHES}](?=\p{{L}}\p{{M}}*\p{{L}}|[aeouhy]\p{{M}}*$|[àâéèêôù]$)",
    regex.IGNORECASE,
)

# A number keeps its inner marks (1,413 99.8 16/2017); a word keeps inner apostrophes;
# single letters with dots are one word (U.N.). Superscript digits are category No, and
# therefore in none of these: a footnote mark never becomes part of a word.
_TOKEN = regex.compile(
    rf"""
      (?P<number>\p{{Nd}}+(?:[.,/٫٬]\p{{Nd}}+)+(?![\p{{L}}\p{{M}}]))
    | (?P<dotted>(?<![\p{{L}}\p{{Nd}}])(?:\p{{L}}\.){{2,}}\p{{L}}?(?![\p{{L}}\p{{M}}]))
    | (?P<word>[\p{{L}}\p{{Nd}}][\p{{L}}\p{{M}}\p{{Nd}}{_JOINERS}]*
        (?:[{_APOSTROPHES}][\p{{L}}\p{{M}}]+)*)
    """,
    regex.VERBOSE,
)
_THOUSANDS = regex.compile(r"\p{Nd}{1,3}(?:[,٬]\p{Nd}{3})+")
_SPACED_HEAD = regex.compile(r"\p{Nd}{1,3}")
_SPACED_TAIL = regex.compile(r"\p{Nd}{3}")
_IZE = regex.compile(r"(?<=\w{3})iz(?=(?:e|es|ed|er|ers|ing|ings|ation|ations|ational|able)$)")
# What Snowball's stemmers leave: the plural of loi and détenu, and the Arabic article with
# what is written to it, which it takes only where it spoils the noun (الإنسان).
_FRENCH_PLURAL = regex.compile(r"(?<=\w\w[aiou])s$")
_ARABIC_HEAD = regex.compile(r"^(?:[وف]?(?:[بك]?ال|لل)(?=\w{3}))+")
_OTHER_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.VERSION1)
_ACRONYMS = regex.compile(r"(\p{Lu}{2,})s")
_ASCII_PART = regex.compile(r"[a-z0-9]+")
_SLUG_PART = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
_POSSESSIVE = regex.compile(rf"[{_APOSTROPHES}]s$", regex.IGNORECASE)

#: Parts of a word written together that are joined into one further term. Longer chains
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
    """With the code of its language, unless that is English or the word has no stemmer."""


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
    """Small letters without accents and format characters; digits of any script as 0 to 9."""
    if text.isascii():  # nothing to take apart, as in nearly all words of an English text
        return text.lower()
    # Decomposed before and after: some capitals only appear when a letter is decomposed.
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = _KEPT_WHOLE.sub(_composed, unicodedata.normalize("NFKD", folded))
    kept = "".join(c for c in decomposed if not _is_accent(c)).translate(_LETTERS)
    return kept if kept.isascii() else western_digits(kept)


def western_digits(text: str) -> str:
    """*text*, of the same length, with the digits of any script as 0 to 9.

    >>> western_digits("الفقرة ٤٨")
    'الفقرة 48'
    """
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _composed(letter: regex.Match[str]) -> str:
    return unicodedata.normalize("NFC", letter.group())


def _is_accent(character: str) -> bool:
    # Vowel signs are letters in all but name: of Indic scripts and kana by a combining class
    # below that of any accent, of Thai, Lao and Tibetan by one between those of the points
    # of Hebrew and Arabic and those of accents (Unicode 15, table 4-3).
    combining = unicodedata.combining(character)
    return (
        _FIRST_POINT <= combining <= _LAST_POINT
        or combining >= _FIRST_ACCENT
        or unicodedata.category(character) == "Cf"
    )


#: Combining classes: the points of Hebrew, Arabic and Syriac, and what stands above or
#: below a letter.
_FIRST_POINT, _LAST_POINT, _FIRST_ACCENT = 10, 36, 200


@lru_cache(maxsize=16384)  # names, which come again and again
def fold_text(text: str) -> str:
    """Return the folded words of *text* joined by single spaces: a key for look-ups.

    >>> fold_text("The “Rule of Law”")
    'the rule of law'
    """
    folded = (fold(match.group()) for match in _TOKEN.finditer(text))
    return " ".join(word for word in folded if word)


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """Return *text* as a lower-case slug in its own script; empty without letter or digit.

    >>> slug("Torture & other CID treatment"), slug("Свобода слова")
    ('torture-other-cid-treatment', 'свобода-слова')
    """
    kept = _plain(text).translate(_NO_APOSTROPHES)
    # Put together again: what an address bar shows is what a reader would type.
    kept = kept if kept.isascii() else unicodedata.normalize("NFC", kept)
    return "-".join(_SLUG_PART.findall(kept))


def ascii_slug(text: str) -> str:
    """Return *text* as a slug for a name in every file system: Cyrillic is transliterated,
    letters of other scripts are left out.

    >>> ascii_slug("Доклад за 2019 год")
    'doklad-za-2019-god'
    """
    return "-".join(_ASCII_PART.findall(slug(text).translate(_LATIN)))


def is_stop_word(printed: str) -> bool:
    """Whether a folded word is a little word of some language."""
    return any(printed in words for words in STOP_WORDS.values())


def left_out(printed: Sequence[str], languages: Collection[str]) -> frozenset[str]:
    """Those of a query's *printed* words that are not required of a paragraph, in a corpus
    of *languages*: their stop words, but for a word of substance in another language.

    >>> sorted(left_out(["son", "of", "the", "minister"], ["en", "fr"]))
    ['of', 'the']
    >>> sorted(left_out(["dans", "son", "pays"], ["en", "fr"]))
    ['dans', 'son']
    """
    spoken = {code: STOP_WORDS[code] for code in languages if code in STOP_WORDS}
    found: set[str] = set()
    for code, words in spoken.items():
        others = [other for other in spoken if other != code]
        own = {word for word in printed if word in words}
        plain = own - _SUBSTANCE_ELSEWHERE if code != "en" else own
        found |= plain
        shared = {word for word in plain if any(word in spoken[other] for other in others)}
        if plain - shared or len(languages) == 1:
            found |= own
    return frozenset(found)


def unelided(word: str) -> str | None:
    """*word* without the elided little word it opens with; None where there is none.

    >>> unelided("l'organisation"), unelided("O'Brien")
    ('organisation', None)
    """
    found = _ELIDED.match(word)
    return word[found.end() :] if found else None


def has_no_spaces(text: str) -> bool:
    """Whether *text* has letters of a script that is taken letter by letter."""
    return _IS_UNSPACED.search(text) is not None


class _Part(NamedTuple):
    """One word of a text, before it has a position."""

    start: int
    end: int
    printed: str
    stem: str
    elided: bool = False


class Analyser:
    """Text of one language to tokens."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        name = SNOWBALL.get(language)
        self._stem_word: Callable[[str], str] | None = (
            Stemmer.Stemmer(name).stemWord if name else None
        )
        self._is_own: Callable[[str], object] = regex.compile(
            r"\p{L}" if language in _ANY_SCRIPT else rf"\p{{{_SCRIPTS.get(language, 'Latin')}}}"
        ).match
        self._cache: dict[str, tuple[str, str]] = {}

    def forms(self, word: str) -> tuple[str, str]:
        """Return the printed term and the stem of one *word*."""
        found = self._cache.get(word)
        if found is None:
            printed = fold(word)
            found = (printed, self._stem(word, printed))
            if len(self._cache) < 200_000:  # a corpus' vocabulary, not an attacker's
                self._cache[word] = found
        return found

    def _stem(self, word: str, printed: str) -> str:
        if self._stem_word is None or not self._is_own(word):
            return printed
        if self.language == "en":
            # Snowball keeps the s of NGOs, for want of a vowel before the o.
            singular = _ACRONYMS.fullmatch(word)
            return self._stem_word(fold(singular[1]) if singular else printed)
        # Snowball expects a language's own letters; fold what it returns.
        word = unicodedata.normalize("NFC", word)
        if self.language == "tr":  # the small letter of I has no dot, that of İ has one
            word = word.replace("I", "ı").replace("İ", "i")
        word = word.casefold()
        if self.language == "ar":
            word = _ARABIC_HEAD.sub("", _plain(word))
        stem = self._stem_word(word)
        if self.language == "fr" and len(stem) == len(word) and _FRENCH_PLURAL.search(stem):
            stem = self._stem_word(word[:-1])
        return f"{self.language}:{fold(stem)}"

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of *text* in order of position, compounds after their first part."""
        words = [part for match in _TOKEN.finditer(text) for part in self._parts(match)]
        chain_end = 0
        for position, (start, end, printed, stem, elided) in enumerate(words):
            yield Token(position, 1, start, end, printed, stem)
            if position >= chain_end:
                chain_end = self._chain_end(words, position, text)
                width = chain_end - position
                if 1 < width <= MAX_JOINED_PARTS:
                    last = words[chain_end - 1].end
                    joined = "".join(word.printed for word in words[position:chain_end])
                    joined_printed, joined_stem = self.forms(joined)
                    yield Token(position, width, start, last, joined_printed, joined_stem)
                if elided:  # what follows is joined for itself too: l'avant-garde
                    chain_end = position + 1

    def _parts(self, match: regex.Match[str]) -> Iterator[_Part]:
        """The words in what is written without a space."""
        written, start = match.group(), match.start()
        if match.lastgroup == "number":
            if _THOUSANDS.fullmatch(written):
                written = written.replace(",", "").replace("٬", "")
            printed = _plain(written)
            yield _Part(start, match.end(), printed, printed)
        elif match.lastgroup == "dotted":
            yield from self._word(start, match.end(), written.replace(".", ""))
        elif written.isascii() or not _IS_UNSPACED.search(written):
            yield from self._unelided(start, written)
        else:
            for part in _LETTER_BY_LETTER.finditer(written):
                yield from self._unelided(start + part.start(), part.group())

    def _unelided(self, start: int, written: str) -> Iterator[_Part]:
        # A word without an apostrophe is its own letters, as nearly all are.
        found = None if written.isalpha() else _ELIDED.match(written)
        while found:
            end = start + found.end() - 1
            printed, stem = self.forms(written[: found.end() - 1])
            yield _Part(start, end, printed, stem, elided=True)
            start, written = end + 1, written[found.end() :]
            found = _ELIDED.match(written)
        yield from self._word(start, start + len(written), written)

    def _word(self, start: int, end: int, written: str) -> Iterator[_Part]:
        printed, stem = self.forms(written)
        if not printed:
            return
        possessive = _POSSESSIVE.search(written)
        yield _Part(start, end - len(possessive.group()) if possessive else end, printed, stem)

    @staticmethod
    def _chain_end(words: list[_Part], first: int, text: str) -> int:
        """Index after the last word that is written together with word *first*.

        Written together are words with a hyphen between them, an elided word and the next,
        and the groups of a number with spaces for thousands (``170 000``).
        """
        last = first
        while last + 1 < len(words):
            gap = text[words[last].end : words[last + 1].start]
            left, right = words[last].printed, words[last + 1].printed
            if len(gap) == 1 and gap in _HYPHENS:
                if left.isdigit() and right.isdigit():  # a range of numbers or years
                    break
            elif gap in (" ", "\u00a0", "\u202f"):
                head = last > first or bool(_SPACED_HEAD.fullmatch(left))
                if not (head and left.isdigit() and _SPACED_TAIL.fullmatch(right)):
                    break
            elif not words[last].elided:
                break
            last += 1
        return last + 1


@lru_cache(maxsize=64)
def analyser(language: str) -> Analyser:
    """Return the analyser of a language, one a process."""
    return Analyser(language)
