"""In which encoding are these bytes? Told where it is told, guessed where nothing else fits.

A byte order mark, strict UTF-8 and the NULs of UTF-16 tell themselves. Otherwise every code
page in use is tried, and one is taken only if each other that would read differently gives
what no writer prints. A wrong decoding is worse than a refusal: what stays open is refused,
with the first byte in doubt and what it would read as.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.errors import SourceError
from indexer.model import Problem
from indexer.readers.alphabets import FOREIGN_LETTER, LATIN, SHARES, UNKNOWN_LETTER
from indexer.readers.plausible import category, flaws, script

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
#: Code pages that are taken if nothing else fits, the commonest first.
_TAKEN = (
    "cp1252", "cp1251", "mac_roman", "koi8_r", "cp1250", "iso8859_2", "koi8_u", "mac_cyrillic",
    "kz1048", "iso8859_5", "cp866",
)  # fmt: skip
#: Code pages that only speak against those: rare, but a file may be in one.
_RIVALS = (
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_7", "iso8859_13",
    "iso8859_15", "iso8859_16", "mac_latin2", "mac_greek", "mac_turkish", "mac_croatian",
    "mac_romanian", "mac_iceland", "cp855", "cp850", "cp852", "cp437", "gb18030", "big5",
    "shift_jis", "euc_jp", "cp949",
)  # fmt: skip
#: Different words that are judged: evidence enough, and the cost stays bounded.
_WORDS = 2000
#: Bytes of a word that are judged. Longer stretches without a space are not words.
_WORD_BYTES = 60
#: A script other than Latin is there only if one word has this many letters of it in a row,
_LETTERS_OF_A_WORD = 3
#: save for those that write words with fewer.
_WORDS_OF_ONE = frozenset(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))
#: A code page is out if this part of what it reads differently cannot stand.
_OUT_SHARE = 0.1
#: Different words with letters that the text's language does not have, to rule out a page.
_FOREIGN_WORDS = 3
_FOREIGN_SHARE = 0.3
#: Small words that tell a language.
_SMALL_WORDS = 6
#: A reading is out if another is this much likelier by its letters (natural logarithm:
#: one in three million).
_LIKELIER = 15.0
_CURE = "Save the file as UTF-8, or name its encoding in a .toml file of the same name:"

_LONG_CHARACTER = re.compile("[\u0800-\U0010ffff]")
_WORD = re.compile(rb"[^\s<>]+")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ISO_2022 = re.compile(rb"\x1b[$(][@-Z]|\x1b\$[()]?[@-Z]")
_CONTRACTION = re.compile(r"(?:s|t|re|ve|ll|d|m|em)(?![^\W\d_])", re.IGNORECASE)
_ELISION = re.compile(
    r"(?<![^\W\d_])(?:[cdjlmnstoun]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|un|(?:d|n|s)?[eau]ll)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what is odd about it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str, encoding: str | None, declared: str | None = None) -> Decoded:
    """The text of *data*, without a byte order mark.

    *encoding* is what the corpus keeper says, and holds; *declared* what the document says of
    itself, and holds unless the bytes speak against it. Raises SourceError where *data* is no
    text, or is not in that encoding, or its encoding stays in doubt.
    """
    told: tuple[Problem, ...] = ()
    if encoding is not None:
        text = _strictly(data, encoding, name, 0)
    else:
        mark = next((m for m in _MARKS if data.startswith(m[0])), None)
        if mark is not None:
            encoding = mark[1]
            text = _strictly(data, encoding, name, mark[2])
        else:
            encoding, told = _told_by_bytes(data, name, declared)
            text = _strictly(data, encoding, name, 0)
    null = text.find("\0")
    if null >= 0:
        raise SourceError(
            f"{name}: holds a NUL at character {null}, so it is no text file", "Save it as UTF-8"
        )
    text = text.removeprefix("\ufeff")
    return Decoded(text, encoding, (*told, *_damage(text, name)))


def _strictly(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        return data[skipped:].decode(encoding)
    except LookupError as error:
        raise SourceError(
            f"{name}: there is no encoding {encoding!r}", "Correct `encoding` in its .toml file"
        ) from error
    except UnicodeDecodeError as error:
        place = skipped + error.start
        raise SourceError(
            f"{name}: byte {place} (line {_line(data, place)}) is not {encoding.upper()}",
            f'{_CURE} encoding = "cp1251"',
        ) from error
    except ValueError as error:  # codecs that do not turn bytes into text, or are not for this
        raise SourceError(
            f"{name}: cannot be decoded as {encoding!r} ({error})",
            "Correct `encoding` in its .toml file",
        ) from error


def _line(data: bytes, place: int) -> int:
    returns = data.count(b"\r", 0, place) - data.count(b"\r\n", 0, place)
    return data.count(b"\n", 0, place) + returns + 1


def _told_by_bytes(data: bytes, name: str, declared: str | None) -> tuple[str, tuple[Problem, ...]]:
    """The encoding of *data* without a mark, and what is to be said of it."""
    if b"\0" in data:
        return _without_mark(data, declared), ()
    if _ISO_2022.search(data):
        raise SourceError(
            f"{name}: switches its characters by escape sequences, as ISO-2022 does",
            f'{_CURE} encoding = "iso-2022-jp"',
        )
    if data.isascii():
        return "utf-8", ()
    if (declared is None or _names(declared) == "utf-8") and _certainly_utf8(data):
        return "utf-8", ()
    words = Words(data)
    utf8 = _reading(words, "utf_8") if _is(data, "utf-8") else None
    if declared is not None and _names(declared) != "utf-8":
        return _as_declared(data, name, declared, words, utf8)
    if utf8 is None:
        encoding = words.decide(name)
        said = f", though it says {declared}" if declared else ""
        return encoding, (_guessed(name, f"taken to be {_shown(encoding)}{said}", words),)
    # Few sequences of two bytes may be chance: a curly apostrophe and a capital in MacRoman.
    if utf8.flawed and len(words.places) <= _FOREIGN_WORDS and max("".join(utf8.words)) < "\u0800":
        rivals = [r for r in words.readings() if not r.flawed and r.encoding in _TAKEN]
        if rivals:
            raise words.doubt(name, [utf8, *rivals])
    return "utf-8", ()


def _certainly_utf8(data: bytes) -> bool:
    """Whether *data* is UTF-8 with a character of three bytes, such as a curly quote: what no
    other encoding gives by chance. Most files are, and need no look at their words."""
    try:
        return _LONG_CHARACTER.search(data.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _as_declared(
    data: bytes, name: str, declared: str, words: Words, utf8: Reading | None
) -> tuple[str, tuple[Problem, ...]]:
    """The encoding of *data* that says it is *declared*."""
    if not _is(data, declared):
        if utf8 is not None:
            return "utf-8", (_guessed(name, f"is UTF-8, though it says {declared}", words),)
        encoding = words.decide(name)
        return encoding, (
            _guessed(name, f"taken to be {_shown(encoding)}, though it says {declared}", words),
        )
    said = _reading(words, declared)
    if said.flawed <= _OUT_SHARE * said.judged:
        return declared, ()
    if utf8 is not None and not utf8.flawed:
        return "utf-8", (_guessed(name, f"is UTF-8, though it says {declared}", words),)
    better = [r for r in words.readings() if not r.flawed and r.words != said.words]
    if better:
        raise words.doubt(name, [said, *better])
    return declared, ()


def _guessed(name: str, told: str, words: Words) -> Problem:
    return Problem("encoding-guessed", f"{name} {told}", words.line)


def _shown(encoding: str) -> str:
    """The usual name of an encoding."""
    return {"mac_roman": "MacRoman", "mac_cyrillic": "MacCyrillic"}.get(
        encoding, encoding.replace("_", "-").replace("iso8859", "iso-8859")
    )


def _names(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _without_mark(data: bytes, declared: str | None) -> str:
    """UTF-16 by its NULs: all on one side, and a text results. Else what NULs are refused as."""
    low, high = data[0::2].count(0), data[1::2].count(0)
    for encoding, there, nowhere in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if there and not nowhere and len(data) % 2 == 0 and _is(data, encoding):
            sample = data[:200_000].decode(encoding, "ignore")
            kinds = Counter(map(category, sample))
            printed = not any(kinds[kind] for kind in ("Cn", "Co", "Cs"))
            controls = kinds["Cc"] - sum(map(sample.count, "\t\n\r\f\v"))
            scripts = {script(c) for c in set(sample)} - {""}
            if printed and not controls and len(scripts) < 4 and (" " in sample or "\n" in sample):
                return encoding
    return "utf-8"


class Reading:
    """What one code page makes of the words."""

    __slots__ = ("encoding", "flawed", "judged", "marked", "words")

    def __init__(self, encoding: str, words: list[str]) -> None:
        self.encoding = encoding
        self.words = words
        stray = _stray_scripts(words)
        self.marked = [
            any(flaws(word)) or not stray.isdisjoint(map(script, word)) for word in words
        ]
        self.flawed = sum(self.marked)
        self.judged = len(words)


def _stray_scripts(words: list[str]) -> frozenset[str]:
    """Scripts with words of several letters that have none here: single letters among others."""
    seen: set[str] = set()
    whole: set[str] = set()
    for word in words:
        row, last = 0, ""
        for char in word:
            this = script(char) if char >= "\x80" else ""
            row = row + 1 if this and this == last else 1
            last = this
            seen.add(this)
            if row >= _LETTERS_OF_A_WORD:
                whole.add(this)
    return frozenset(seen - whole - _WORDS_OF_ONE - {"", "LATIN"})


def _reading(words: Words, encoding: str) -> Reading:
    return Reading(encoding, [raw.decode(encoding, "replace") for raw in words.places])


class Words:
    """The different words of *data* that are not plain ASCII, and what they may read as."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.places: dict[bytes, int] = {}
        small: Counter[bytes] = Counter()
        for found in _WORD.finditer(data):
            word = found.group()
            if word.isascii():
                if len(word) < 5:
                    small[word] += 1
            elif len(self.places) < _WORDS:
                self._take(word, found.start())
        self.high = sum(byte >= 0x80 for word in self.places for byte in word)
        self.line = _line(data, next(iter(self.places.values()), 0))
        self.languages = _languages(small)
        self.letters = frozenset().union(*(LATIN[language][1] for language in self.languages))

    def _take(self, word: bytes, start: int) -> None:
        for at in range(0, len(word), _WORD_BYTES):
            piece = word[at : at + _WORD_BYTES]
            if not piece.isascii() and len(self.places) < _WORDS:
                self.places.setdefault(piece, start + at)

    def readings(self) -> list[Reading]:
        """What the code pages make of the words: each reading once, by its first page."""
        found: dict[tuple[str, ...], Reading] = {}
        for encoding in (*_TAKEN, *_RIVALS):
            reading = _reading(self, encoding)
            found.setdefault(tuple(reading.words), reading)
        return list(found.values())

    def decide(self, name: str) -> str:
        """The one code page that fits. Raises SourceError where none or several do."""
        covered = sum(len(m) for m in _MULTIBYTE.findall(self.data))
        high = len(self.data.translate(None, bytes(range(128))))
        if 2 * covered > high:
            _strictly(self.data, "utf-8", name, 0)
        readings = self.readings()
        best = min(readings, key=lambda r: (r.flawed, -_likelihood(r, self.high)))
        open_ = [best, *(r for r in readings if r is not best and not self._is_out(r, best))]
        fits = best.encoding in _TAKEN and best.flawed <= 0.02 * best.judged
        if len(open_) == 1 and fits and _is(self.data, best.encoding):
            return best.encoding
        raise self.doubt(name, open_)

    def _is_out(self, rival: Reading, best: Reading) -> bool:
        """Whether *rival* cannot be what the bytes mean if *best* can."""
        differing = [i for i, word in enumerate(rival.words) if word != best.words[i]]
        flawed = sum(1 for i in differing if rival.marked[i])
        own = sum(1 for i in differing if best.marked[i])
        if flawed >= _OUT_SHARE * len(differing) and flawed > 10 * own:
            return True
        if self.languages:
            foreign = {rival.words[i] for i in differing if self._is_foreign(rival.words[i])}
            own = sum(1 for i in differing if self._is_foreign(best.words[i]))
            if (
                len(foreign) >= max(_FOREIGN_WORDS, _FOREIGN_SHARE * len(differing))
                and len(foreign) > 10 * own
            ):
                return True
        return _likelihood(best, self.high) - _likelihood(rival, self.high) > _LIKELIER

    def _is_foreign(self, word: str) -> bool:
        """Whether the text's language does not write *word* so; names may be foreign."""
        english = self.languages == ("en",)
        own = word.lstrip("\"'“‘„«([¿¡")
        named = own[:1].isupper() and english
        for place, char in enumerate(word):
            if char < "\x80":
                continue
            if char.isalpha():
                if not named and char.lower() not in self.letters:
                    return True
            elif char in "’—–" and word[place - 1 : place].isalpha():
                after = word[place + 1 :]
                elided = char == "’" and (
                    _ELISION.search(word[:place]) or (english and _CONTRACTION.match(after))
                )
                if after[:1].islower() and not elided:
                    return True
        return False

    def doubt(self, name: str, readings: list[Reading]) -> SourceError:
        """What to say where *readings* stay open."""
        raws = list(self.places)
        first = next((i for i in range(len(raws)) if len({r.words[i] for r in readings}) > 1), 0)
        raw = raws[first]
        inside = next(i for i, byte in enumerate(raw) if byte >= 0x80)
        place = self.places[raw] + inside
        shown = ", ".join(
            f"{reading.words[first]!r} as {_shown(reading.encoding)}" for reading in readings[:4]
        )
        likely = next((r.encoding for r in readings if r.encoding in _TAKEN), "cp1252")
        return SourceError(
            f"{name}: the encoding is in doubt at byte {place} (line {_line(self.data, place)}),"
            f" which may read {shown}",
            f'{_CURE} encoding = "{likely}"',
        )


def _languages(small: Counter[bytes]) -> tuple[str, ...]:
    """The language whose small words these are, and others that it may be; () if none leads."""
    words: Counter[str] = Counter()
    for raw, count in small.items():
        words[raw.decode("ascii").strip(".,;:()\"'").lower()] += count
    scores = {name: sum(words[w] for w in little) for name, (little, _) in LATIN.items()}
    best = max(scores.values())
    if best < _SMALL_WORDS or best < 0.15 * words.total():
        return ()
    return tuple(name for name, score in scores.items() if score > 0.7 * best)


def _likelihood(reading: Reading, high: int) -> float:
    """How likely the letters beyond ASCII are, in the language that fits best.

    *high* are the bytes they come from. Of Latin letters too few are beyond ASCII to tell.
    """
    signs: Counter[str] = Counter()
    for word in reading.words:
        signs.update(c for c in word.lower() if c >= "\x80")
    modelled = sum(n for c, n in signs.items() if script(c) in ("CYRILLIC", "GREEK"))
    if 2 * modelled <= signs.total():
        return high * UNKNOWN_LETTER
    return max(
        sum(
            count * (shares.get(sign, FOREIGN_LETTER) if sign.isalpha() else UNKNOWN_LETTER)
            for sign, count in signs.items()
        )
        for shares in SHARES.values()
    )


#: UTF-8 that was once read as windows-1252 or windows-1251 and saved so.
_MOJIBAKE = re.compile(
    "[ÃÂÄÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    '|â€[\u0080-\u00bf\u0153\u0161\u0178\u017e\u2018-\u203a\u2122œ™˜¦“”"]'
    "|(?:[ÐÑ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2018-\u203a\u20ac\u2122]){2}"
    "|(?:[РС][\u00a0-\u00bbЂ-Џђ-џѐ‘’“”•–—™€‚ƒ„…†‡‰‹›µ№]){3}"
)
#: What mojibake starts with: a quick look, since nearly all texts hold none.
_MOJIBAKE_START = re.compile("[ÃÂÄÅâÐÑРС]")
#: Lines that a problem names.
_LINES_NAMED = 10


def _damage(text: str, name: str) -> Iterator[Problem]:
    """What of *text* was damaged before it came here."""
    for code, places, told in (
        (
            "mojibake",
            [m.start() for m in _MOJIBAKE.finditer(text)] if _MOJIBAKE_START.search(text) else [],
            "holds UTF-8 that was once read in another encoding (such as «â€™» for «’»)",
        ),
        (
            "replacement-character",
            [m.start() for m in re.finditer("\ufffd", text)],
            "holds U+FFFD, which stands for a character that was lost",
        ),
    ):
        if places:
            lines = list(dict.fromkeys(_lines_of(text, places)))
            shown = ", ".join(map(str, lines[:_LINES_NAMED]))
            more = f" and {len(lines) - _LINES_NAMED} more" if len(lines) > _LINES_NAMED else ""
            noun = "line" if len(lines) == 1 else "lines"
            yield Problem(code, f"{name} {told}: {noun} {shown}{more}", lines[0])


def _lines_of(text: str, places: list[int]) -> Iterator[int]:
    line, at = 1, 0
    for place in places:
        line += text.count("\n", at, place)
        line += text.count("\r", at, place) - text.count("\r\n", at, place)
        at = place
        yield line
