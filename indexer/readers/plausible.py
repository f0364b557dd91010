"""Can a text stand as it reads? What no writer prints: the traces of a wrong decoding.

A letter of another script inside a word, a capital after a small letter, a quotation mark
that opens in the middle of a word. Judged are the characters beyond ASCII of one word with
the punctuation around it; which code page that speaks for is left to
:mod:`indexer.readers.encodings`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CLOSING = frozenset(",;:!?.)]}\"'”’»…")
#: Letters beyond ASCII that are a word by themselves.
_SINGLE = frozenset("àÀáÁèÈéÉêÊÓôÔöÖåÅøØ")
_LOW_QUOTES = frozenset("„‚")
_QUOTES = frozenset("“«‹”»›")
#: Signs that may touch a letter: footnote digits, trademarks, degrees, dashes, the ellipsis.
_TOUCHING = frozenset("¹²³®™©°–—‒…’‘·ˈ§‐‑№\u00a0\u00ad\u202f\u200b\u200c\u200d\u200e\u200f\u2009")
#: Signs that may stand between two letters.
_JOINING = frozenset("–—‒…’‘·‐‑\u00a0\u00ad\u202f\u200c\u200d\u200b")
_FOOTNOTES = frozenset("¹²³")
#: Most accented letters in a row in a word of a Latin alphabet.
_ACCENTS_IN_A_ROW = 3
#: Most signs beyond ASCII in a row: an ellipsis, a quotation mark and a note's number.
_SIGNS_IN_A_ROW = 3
_SHAPES = frozenset("■□▪▫●○◦▲►▼◄")


@lru_cache(maxsize=4096)
def category(char: str) -> str:
    """Unicode's general category."""
    return unicodedata.category(char)


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of a letter, by its Unicode name; empty for what is no letter.

    >>> script("й"), script("q"), script("³")
    ('CYRILLIC', 'LATIN', '')
    """
    if not char.isalpha():
        return ""
    name = unicodedata.name(char, "").split(" ")
    return name[0] if len(name) > 1 else ""


def flaws(word: str) -> list[bool]:
    """For every character of *word* whether it cannot stand where it does.

    *word* is a stretch between white space, with its punctuation. Only characters beyond
    ASCII are judged.
    """
    row = signs = 0
    found = []
    for place, char in enumerate(word):
        if char < "\x80":
            row = signs = 0
            found.append(False)
            continue
        before = word[place - 1] if place else ""
        after = word[place + 1] if place + 1 < len(word) else ""
        kind = category(char)
        if kind in ("Cc", "Cn", "Co", "Cs") or char == "\ufffd":
            flawed = True
        elif kind[0] == "L":
            latin = script(char) == "LATIN"
            row = row + 1 if latin else 0
            flawed = row > _ACCENTS_IN_A_ROW or _is_flawed_letter(char, before, after, word, place)
        elif kind[0] == "M":
            flawed = _is_flawed_mark(char, before)
        else:
            flawed = _is_flawed_sign(char, kind, before, after)
        if kind[0] != "L":
            row = 0
        signs = signs + 1 if kind[0] in "PSN" else 0
        found.append(flawed or signs > _SIGNS_IN_A_ROW)
    return found


def _is_flawed_mark(char: str, before: str) -> bool:
    """Whether a combining mark stands on nothing, or on a letter of another script."""
    own = unicodedata.name(char, "").split(" ")[0]
    if not before.isalpha():
        return category(before or " ")[0] != "M"
    return own not in (script(before), "COMBINING")


def _is_flawed_letter(char: str, before: str, after: str, word: str, place: int) -> bool:
    if char in "ªº":
        return not (before.isdigit() or before in ("N", "n", "D", "M", "."))
    if char in "µƒˆ˜ˇ":
        return before.isalpha() or after.isalpha() or category(char) == "Lm"
    own = script(char)
    if any(other.isalpha() and script(other) != own for other in (before, after)):
        return True
    if before.isdigit() or after.isdigit():
        return own == "LATIN"
    if (char.islower() and after.isupper()) or (char.isupper() and before.islower()):
        return True
    if before.isalpha():
        return False
    follows = word[place + 2] if place + 2 < len(word) else ""
    if after.isalpha():
        capital_pair = char.isupper() and after.isupper() and follows.islower()
        # No Latin word is two accented letters.
        accents = own == "LATIN" and after >= "\x80" and not follows.isalpha()
        return capital_pair or accents
    return own == "LATIN" and _is_flawed_alone(char, before, after)


def _is_flawed_alone(char: str, before: str, after: str) -> bool:
    """Whether a letter that is all of a word is none that can be: initials can."""
    initial = after == "." and char.isupper()
    return not initial and before != "-" and (before in _CLOSING or char not in _SINGLE)


def _is_flawed_sign(char: str, kind: str, before: str, after: str) -> bool:
    between = before.isalpha() and after.isalpha()
    if char in _LOW_QUOTES or char in "¿¡":
        flawed = before.isalnum() or not after
    elif char in _QUOTES:
        symbol = before >= "\x80" and category(before)[0] == "S"
        flawed = between or (symbol and (after.isalpha() or before not in _TOUCHING))
    elif char == "―":  # the dash of Greek dialogue alone
        flawed = True
    elif kind == "Zs":
        flawed = False
    elif kind[0] in "SN" and _is_flawed_symbol(char, before, after):
        flawed = True
    elif char in _TOUCHING:
        flawed = between and char not in _JOINING and not char.isdigit()
    elif kind[0] == "P":
        flawed = between
    else:
        flawed = before.isalpha() or after.isalpha()
    return flawed


def _is_flawed_symbol(char: str, before: str, after: str) -> bool:
    """Whether a symbol follows another, opens a word as no note's mark does, or draws a box."""
    if before >= "\x80" and category(before)[0] in "SN":
        return True
    if char in _FOOTNOTES and after.islower() and not before.isalnum():
        return True
    return 0x2500 <= ord(char) < 0x2600 and char not in _SHAPES
