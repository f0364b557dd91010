"""What stands between two lines of one paragraph: a space, nothing, or a hyphen to take out?

A hyphen at a line's end was printed anyway ("non-governmental") or put there to break the
word. Which, the document's other words tell: the word without the hyphen, or with it, stands
elsewhere inside a line. Where neither does, the hyphen is kept and the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.readers.pdf.page import Line

#: Hyphens as keyboards and typesetters write them.
_HYPHENS = "-\u2010"
_SOFT = "\u00ad"
#: Enough letters after a break to know a word again by them: "demon-stration", "demonstrators".
_KNOWN_AFTER = 4
_TOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_HEAD = re.compile(r"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[-\u2010\u00ad]$")
_TAIL = re.compile(r"[^\W\d_]+")
#: "pre- and post-trial": the hyphen stands for a word that follows later.
_SUSPENDED = frozenset("and or to nor und oder bis et ou y o e и или".split())
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
#: How an address goes on in the next line: as no word of a sentence does, "and/or" aside.
_ADDRESS_MORE = re.compile(
    r"\S*[=&%?#_~]|\S*/(?!or\b)\S*|\S*\.(?:html?|pdf|php|aspx?|docx?|shtml|jsp)\b", re.IGNORECASE
)
_ADDRESS_OPEN = tuple("-_=&?%#~")


@dataclass(frozen=True, slots=True)
class Join:
    """How two lines are joined."""

    between: str
    cut: int = 0
    """Characters to take off the end of the first."""
    doubt: str | None = None
    """What cannot be told, as a problem's code."""


_SPACE = Join(" ")


class Vocabulary:
    """The words that stand whole inside the document's lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        self._starts: set[str] = set()
        broken = False
        for line in lines:
            texts = [word.text for word in line.words]
            hyphen_at_end = texts[-1][-1] in _HYPHENS + _SOFT
            inner = texts[1 if broken else 0 : len(texts) - 1 if hyphen_at_end else None]
            broken = hyphen_at_end
            for text in inner:
                if "://" in text:
                    continue
                for token in _TOKEN.findall(text):
                    word = token.lower().replace("\u2010", "-")
                    self._words.add(word)
                    # All compounds of a word are looked up by their starts too.
                    for part in range(_KNOWN_AFTER + 1, len(word)):
                        self._starts.add(word[:part])

    def knows(self, head: str, tail: str) -> bool:
        """Whether *head* and *tail* together are a word, or begin one, of the document."""
        word = head + tail
        enough = len(tail) > _KNOWN_AFTER
        return word in self._words or (
            enough and (word in self._starts or head + tail[: _KNOWN_AFTER + 1] in self._starts)
        )


def join(before: str, after: str, vocabulary: Vocabulary, linked: str = "") -> Join:
    """How the text *before* a line break and the text *after* it are joined.

    *linked* is the address that both lines lead to, if the file says so.
    """
    last = before.rsplit(None, 1)[-1]
    first = after.split(None, 1)[0]
    if linked and (last + first in linked or linked.startswith((last + first).lstrip("(<["))):
        return Join("")
    if _ADDRESS.search(last):
        return _join_address(last, first)
    if last.endswith(_SOFT):
        return Join("", cut=1)
    if last[-1] in _HYPHENS:
        return _join_hyphen(last, first, vocabulary)
    if last[-1] in "/–—" and len(last) > 1 and first[0].isalnum():
        return Join("")
    return _SPACE


def _join_address(last: str, first: str) -> Join:
    if first.lower().startswith(("http", "www.")) or first[0] in "<([":
        return _SPACE
    more = _ADDRESS_MORE.match(first) is not None
    if more or last.endswith(_ADDRESS_OPEN):
        return Join("")
    if last[-1] == "/" and first[0].isalnum():
        return Join(" ", doubt="address-at-break")
    return _SPACE


def _join_hyphen(last: str, first: str, vocabulary: Vocabulary) -> Join:
    head = _HEAD.search(last)
    tail = _TAIL.match(first)
    if head is None:  # a dash, or "2018-" before "2019"
        return Join("") if len(last) > 1 and first[0].isalnum() else _SPACE
    if tail is None:
        return Join("") if first[0].isalnum() else _SPACE
    if tail[0].lower() in _SUSPENDED and len(first) == len(tail[0]):
        return _SPACE
    if not first[0].islower() and first[0].lower() != first[0]:
        return Join("")  # no typesetter breaks a word before a capital
    whole = head[1].lower().replace("\u2010", "-"), tail[0].lower()
    hyphenated = vocabulary.knows(f"{whole[0]}-", whole[1])
    joined = vocabulary.knows(*whole)
    if joined and not hyphenated:
        return Join("", cut=1)
    return Join("", doubt=None if hyphenated and not joined else "hyphen-at-break")
