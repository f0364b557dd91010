"""How are the cited paragraphs written? ``para. 48``, ``paras 45–52``, ``¶¶ 45, 48``.

Numbers come as they stand in a submission and are written in the order given.
Neighbours in the document whose printed numbers follow on each other become a range.
Reading a pinpoint that somebody typed is left to :mod:`indexer.notation`.

Three kinds of number are not written as they are stored:

* ``26~2`` is ``26 (second)``, and its first namesake ``26 (first)``, for as a plain
  ``26`` it would send a reader to either of them;
* ``u1`` is ``unnumbered para. 1``, the first paragraph of the document without a number;
* ``20(f)``, an item inside paragraph 20, is written so, though only 20 is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.errors import NotFound
from indexer.model import Paragraph, Submission

# Nine digits at most: int() refuses thousands of them.
_REPEATED = re.compile(r"(.+)~(\d{1,9})", re.ASCII)
_UNNUMBERED = re.compile(r"u(\d+)", re.ASCII)
_ITEM = re.compile(r"([^()]+)((?:\([^()]+\))+)")
_COUNT = re.compile(r"(.*?)(\d{1,9})", re.ASCII | re.DOTALL)

_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def ordinal(number: int) -> str:
    """Return *number* as an English ordinal.

    >>> ordinal(2), ordinal(11), ordinal(33), ordinal(112)
    ('2nd', '11th', '33rd', '112th')
    """
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


@dataclass(frozen=True, slots=True)
class Place:
    """A cited paragraph, or an item inside one."""

    paragraph: Paragraph
    asked: str
    """The number as the caller gave it: ``26~2``, ``20(f)``."""
    position: int
    """The paragraph's rank in the document, from 0."""
    printed: str
    """The number as a citation writes it."""
    plain: bool
    """Whether it is simply the printed number: only such ones can form a range."""
    unnumbered: bool

    def precedes(self, other: Place) -> bool:
        """Whether *other* is the next paragraph of the document and bears the next number.

        ``48`` precedes ``49`` and ``3.9`` precedes ``3.10``; ``47`` does not precede
        ``49`` where the document has no 48, since "47–49" would promise one.
        """
        if other.position != self.position + 1 or self.unnumbered != other.unnumbered:
            return False
        mine, theirs = _COUNT.fullmatch(self.printed), _COUNT.fullmatch(other.printed)
        if not (self.plain and other.plain and mine and theirs):
            return False
        return mine[1] == theirs[1] and int(mine[2]) + 1 == int(theirs[2])


def places(submission: Submission, numbers: Sequence[str]) -> tuple[Place, ...]:
    """Look up *numbers*, in their order and each once; one string counts as one number.

    Raises NotFound for a number that the submission does not have.
    """
    if isinstance(numbers, str):  # a string is a sequence too: "48" is not "4" and "8"
        numbers = (numbers,)
    ranks = {paragraph.number: i for i, paragraph in enumerate(submission.paragraphs)}
    return tuple(_place(submission, ranks, number) for number in dict.fromkeys(numbers))


def _place(submission: Submission, ranks: dict[str, int], number: str) -> Place:
    item = None if number in ranks else _ITEM.fullmatch(number)
    key = item[1] if item else number
    if key not in ranks:
        raise NotFound(
            f"{submission.id}: there is no paragraph {number!r}",
            "Give the number as it is printed there, for example "
            f"{submission.paragraphs[0].number!r}"
            if submission.paragraphs
            else "It has no paragraphs at all",
        )
    printed, plain, unnumbered = key, True, False
    if repeated := _REPEATED.fullmatch(key):
        printed, plain = f"{repeated[1]} ({_nth(int(repeated[2]))})", False
    elif f"{key}~2" in ranks:
        printed, plain = f"{key} (first)", False
    elif found := _UNNUMBERED.fullmatch(key):
        printed, unnumbered = found[1], True
    if item:
        printed, plain = printed + item[2], False
    rank = ranks[key]
    return Place(submission.paragraphs[rank], number, rank, printed, plain, unnumbered)


def _nth(number: int) -> str:
    known = 1 <= number <= len(_ORDINAL_WORDS)
    return _ORDINAL_WORDS[number - 1] if known else ordinal(number)


def passages(cited: Sequence[Place]) -> list[list[Place]]:
    """Part *cited* into stretches that the document prints one after the other."""
    found: list[list[Place]] = []
    for place in cited:
        if found and found[-1][-1].position + 1 == place.position:
            found[-1].append(place)
        else:
            found.append([place])
    return found


@dataclass(frozen=True, slots=True)
class Form:
    """How a style writes pinpoints."""

    one: str
    many: str
    last: str
    """Between the last two of three or more members of a list."""
    pair: str
    """Between the members of a list of two."""


def written(cited: Sequence[Place], form: Form) -> str:
    """Return the pinpoint to *cited* in a style's *form*; empty if nothing is cited."""
    parts = []
    for unnumbered, group in groupby(cited, key=lambda place: place.unnumbered):
        runs = _runs(list(group))
        many = len(runs) > 1 or "–" in runs[0]
        mark = form.many if many else form.one
        if unnumbered:
            mark = f"unnumbered {mark}"
        parts.append(f"{mark} {listed(runs, form.pair, form.last)}")
    # A semicolon, since a list of numbers may hold commas and an "and" of its own.
    return "; ".join(parts)


def _runs(group: Sequence[Place]) -> list[str]:
    runs: list[list[Place]] = []
    for place in group:
        if runs and runs[-1][-1].precedes(place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        run[0].printed if len(run) == 1 else f"{run[0].printed}–{run[-1].printed}" for run in runs
    ]


def listed(members: Sequence[str], pair: str, last: str) -> str:
    """Join *members* with commas, the last two with *pair* or, of three or more, *last*.

    >>> listed(["45", "48", "50"], " and ", ", and ")
    '45, 48, and 50'
    """
    if len(members) <= 2:
        return pair.join(members)
    return f"{', '.join(members[:-1])}{last}{members[-1]}"


def doubt(cited: Sequence[Place]) -> str:
    """Return what has to be said of doubtful numbers among *cited*, or nothing."""
    doubtful = [
        f"unnumbered {place.printed}" if place.unnumbered else place.printed
        for place in cited
        if place.paragraph.number_in_doubt
    ]
    if not doubtful:
        return ""
    if len(doubtful) == len(cited):
        return "[numbering doubtful]"
    return f"[numbering doubtful: {listed(doubtful, ' and ', ' and ')}]"
