"""Which plain digits in a text are the marks of notes? ``decision12``, where note 12 exists.

A copy of a text loses what raised its marks: they become digits glued to a word or to the
stop after it. One alone proves nothing (``article2``, ``CO2``), but marks come in the order of
their notes: the longest rising chain of glued digits that are numbers of notes is believed.
A number that could stand at two places of the chain is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from indexer.structure.lines import Line
from indexer.structure.wording import MONTHS

#: Digits after a word of two letters or more or the stop, bracket or quote after it; neither
#: part of a longer number or name nor inside an address.
_GLUED = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,})|(?<=[^\W\d_]|[)”\"’»%0-9])[.,;:!?]|(?<=\w[.,;:!?])[”\"’»)]|(?<=\w)[)”\"’»])"
    r"(?P<digits>[1-9][0-9]{0,2})"
    r"(?![\w%/-]|[.,:][0-9]|\([a-z])"
)
#: Marks that a copy set apart: ``Covenant. 3 According to``; in doubt, for a quantity or a day
#: of a month may stand so.
_APART = re.compile(r"(?<=[^\W\d_][.”)])\s(?P<digits>[1-9][0-9]{0,2})(?=\s[^\W\d_a-z]|$)")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.|\w+@)\S+|\S*/\S*[0-9]\S*")
#: ``99.8 per cent``: a mark after a number's stop has a new sentence after it.
_DECIMAL = re.compile(r"[0-9][.,][0-9]+(?:\s?%|\s+[a-z])")
#: Codes such as JS2, CO2, G20: capitals only, and short.
_LONGEST_CODE = 6
#: ``Covenant.3 According``: nothing else is written so.
_AFTER_STOP = re.compile(r"(?<=[\w)”\"][.”)])\s?(?P<digits>[1-9][0-9]{0,2})(?=\s+[^\W\d_a-z]|\s*$)")
#: Fewest marks that are believed where no note is printed.
_FEWEST_LEFT = 2
#: Part of the notes that must have a mark in the chain before any of it is believed.
_LEAST_PART = 0.5


@dataclass(frozen=True, slots=True)
class Glued:
    """Digits at ``line.text[start:end]`` that mark note ``number``."""

    line: int
    start: int
    end: int
    number: str
    doubtful: bool = False
    """Whether another place could as well have the mark of this note."""


def glued_marks(lines: Sequence[Line], notes: Set[str]) -> dict[int, list[Glued]]:
    """The marks among *lines*, in their order, by line; *notes* are numbers without a mark."""
    wanted = {number for number in notes if number.isdecimal()}
    if not wanted:
        return {}
    found = [
        mark
        for line in lines
        for mark in sorted(_candidates(line, wanted), key=lambda mark: mark.start)
    ]
    chain = _longest_rising(found)
    if len(chain) < _LEAST_PART * len(wanted):
        return {}
    marks: dict[int, list[Glued]] = {}
    places = [*chain, len(found)]
    for before, at, after in zip([-1, *chain], places, places[1:], strict=False):
        mark = found[at]
        rivals = (found[i] for i in range(before + 1, after) if i != at)
        doubtful = any(rival.number == mark.number for rival in rivals)
        marks.setdefault(mark.line, []).append(
            Glued(mark.line, mark.start, mark.end, mark.number, doubtful or mark.doubtful)
        )
    return marks


def _candidates(line: Line, wanted: Set[str]) -> Iterator[Glued]:
    text = line.text
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    for found in _GLUED.finditer(text):
        start, end = found.span("digits")
        word = found["word"]
        if found["digits"] not in wanted or any(a <= start < b for a, b in addresses):
            continue
        if word is not None and word.isupper() and len(word) <= _LONGEST_CODE:
            continue
        if _DECIMAL.match(text, max(0, found.start() - 1)):
            continue
        yield Glued(line.index, start, end, found["digits"])
    for found in _APART.finditer(text):
        if found["digits"] in wanted and not _is_dated(text, found.end()):
            start, end = found.span("digits")
            yield Glued(line.index, start, end, found["digits"], doubtful=True)


def _longest_rising(marks: Sequence[Glued]) -> list[int]:
    """Indices of the longest chain of *marks* whose numbers rise."""
    tails: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for at, mark in enumerate(marks):
        value = int(mark.number)
        place = bisect_left(values, value)
        before.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(at)
            values.append(value)
        else:
            tails[place], values[place] = at, value
    chain: list[int] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def left_over(texts: Sequence[str]) -> dict[int, str]:
    """Digits at the end of sentences that look like marks of notes which a copy has lost: the
    first of them by its text. Only marks whose numbers rise tell, not one alone."""
    found = [
        Glued(place, *mark.span("digits"), mark["digits"])
        for place, text in enumerate(texts)
        for mark in _AFTER_STOP.finditer(text)
        if not _is_dated(text, mark.end())
    ]
    chain = [found[at] for at in _longest_rising(found)]
    left = {mark.line: mark.number for mark in reversed(chain)}
    return left if len(chain) >= _FEWEST_LEFT else {}


def _is_dated(text: str, end: int) -> bool:
    """Whether a month follows: ``3 May``."""
    following = _WORD.search(text, end)
    return following is not None and following.group().lower() in MONTHS
