"""When do two spellings name one person? The key that transliterations share.

Names reach English by many roads: Dzhakishev and Jakishev, Aygul and Aigul, Asset and
Aset. Words with one key may be one name; whether two *full* names are one person is for
the caller, who compares all their words. The key keeps what tells people apart: -ov and
-ova differ, as do Aset and Assel.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.analysis import fold, slug

# Applied in this order to the folded word: consonants first, while their digraphs are whole.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"shch|stsh", "sh"),
        (r"dzh|dj|zh", "j"),
        (r"tch", "ch"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"tz|ts", "c"),
        (r"ph", "f"),
        (r"ck|q|c(?![heiy])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?<=[oe])ff$", "v"),
        # Vowels: every y is an i, and an i that only glides to the next vowel is mute.
        (r"y", "i"),
        (r"ou|oo", "u"),
        (r"([a-z])\1+", r"\1"),
        (r"^i(?=[aeou])", ""),
        (r"(?<=[aeou])i(?=[aeou])", ""),
        (r"i(?=u)", ""),
    )
)


@lru_cache(maxsize=65536)
def name_key(word: str) -> str:
    """Return what *word* has in common with other transliterations of the same name.

    >>> name_key("Aygul") == name_key("Aigul"), name_key("Dzhakishev") == name_key("Jakishev")
    (True, True)
    >>> name_key("Khrapunov") == name_key("Khrapunova")
    False
    """
    key = slug(fold(word))
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
