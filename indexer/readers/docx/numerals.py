"""How does Word write a number in each of its formats?

The formats are ST_NumberFormat of ISO/IEC 29500-1, 17.18.59.
"""

from __future__ import annotations

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Without ё, й, ъ and ь, as the standard lists them.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LETTERS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN,
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN,
    "chicago": "*†‡§",
}
_FULL_WIDTH = {ord("0") + n: 0xFF10 + n for n in range(10)}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
#: Word's own limit of a list's number. A Roman number or a repeated letter grows with it.
MAX_NUMBER = 32_767
#: Numerals that are made by repeating a letter are written in digits beyond these many.
_MOST_REPEATS = 30
# Formats that have a character for each number: the first, and how many there are.
_DRAWN = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
}

#: Formats that print no number: what stands before a paragraph is an ornament, or nothing.
UNNUMBERED = frozenset(("bullet", "none"))
#: Formats that :func:`numeral` writes as Word does.
KNOWN = (
    frozenset(_LETTERS)
    | frozenset(_DRAWN)
    | frozenset(
        "decimal decimalZero decimalHalfWidth decimalFullWidth lowerRoman upperRoman ordinal"
        " numberInDash custom".split()
    )
)


def numeral(number: int, kind: str, pattern: str = "") -> str:
    """Write *number* in the format *kind*; in plain digits where that has no numeral for it.

    *pattern* is the ``w:format`` of a custom format, such as ``001, 002, …``.

    >>> numeral(28, "lowerLetter"), numeral(1999, "upperRoman"), numeral(12, "ordinal")
    ('bb', 'MCMXCIX', '12th')
    """
    plain = str(number)
    if kind == "decimalZero":
        return plain.zfill(2)
    if kind == "custom":
        return plain.zfill(len(pattern.partition(",")[0].strip()))
    if not 0 < number <= MAX_NUMBER:
        return plain
    if kind in _LETTERS:
        return _cased(_repeated(number, _LETTERS[kind]), kind)
    if kind in ("lowerRoman", "upperRoman"):
        return _cased(_roman(number), kind)
    if kind == "ordinal":
        return plain + _ordinal_ending(number)
    if kind == "numberInDash":
        return f"- {plain} -"
    if kind == "decimalFullWidth":
        return plain.translate(_FULL_WIDTH)
    first, last = _DRAWN.get(kind, ("", 0))
    return chr(ord(first) + number - 1) if number <= last else plain


def _cased(text: str, kind: str) -> str:
    return text.upper() if kind.startswith("upper") or kind.endswith("Upper") else text


def _repeated(number: int, letters: str) -> str:
    """After the last letter Word doubles the first: z, aa, bb."""
    times, place = divmod(number - 1, len(letters))
    return letters[place] * (times + 1) if times < _MOST_REPEATS else str(number)


def _roman(number: int) -> str:
    written = ""
    for amount, letters in _ROMAN:
        times, number = divmod(number, amount)
        written += letters * times
    return written


def _ordinal_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
