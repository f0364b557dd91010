"""How far may a text's own controls of direction reach? To its end, and no further.

Texts, titles and names are strangers', and a control such as U+202E turns round whatever
follows it: a paragraph's number, a count, a citation. ``<bdi>`` isolates what stands in it,
but browsers carry that out with the very characters that a text may hold itself: a closing
U+2069, or a separator of paragraphs, ends the isolation before its time. The characters
taken out here cannot be seen; records, quotations and exports keep them.
"""

from __future__ import annotations

import re

_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"

#: What ends a paragraph, and with it every isolation (Unicode's bidirectional class B); line
#: ends are left out, which are spaces in HTML.
_SEPARATORS = re.compile("[\x1c-\x1e\x85\u2029]")

#: All controls of direction.
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def isolated(text: str) -> str:
    """*text* as it can stand in a ``<bdi>``: without what would end its isolation."""
    text = _SEPARATORS.sub(" ", text)
    if _CLOSING not in text:
        return text
    kept, open_ = [], 0
    for character in text:
        if character == _CLOSING and not open_:
            continue
        open_ += (character in _OPENING) - (character == _CLOSING)
        kept.append(character)
    return "".join(kept)


def undirected(text: str) -> str:
    """*text* for a window's title, which knows no ``<bdi>``, or for words of ours that repeat
    what was asked somewhere among them."""
    return _CONTROLS.sub("", _SEPARATORS.sub(" ", text))
