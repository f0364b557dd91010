"""Which paragraphs does a citation name? Exactly those, in the order it names them.

A text is a citation where it says so (``¶48``, ``paras 45–52``, ``fn 13``), or where it is
nothing but numbers that each name a paragraph in view; otherwise its numbers are words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.notation.items import split_item
from indexer.notation.pinpoints import Pinpoint, parse_pinpoint
from indexer.query.results import Notice
from indexer.settings import Settings

#: The table of settings as it is without anybody's.
_TABLE = Settings()


class Numbering(Protocol):
    """What must be known of the paragraphs' numbers."""

    def numbered(self, number: str, submissions: Sequence[str]) -> tuple[str, ...]:
        """Those of *submissions* that have a paragraph *number*."""

    def numbers(self, submission: str) -> tuple[str, ...]:
        """All paragraph numbers of a submission, in order."""

    def citing(self, note: str, submission: str) -> tuple[str, ...]:
        """Numbers of the paragraphs that cite footnote *note*."""

    def coded(self, code: str) -> tuple[str, ...]:
        """Ids of the submissions that go by a code, a State's code or an id."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A citation settled."""

    keys: tuple[tuple[str, str], ...]
    """(submission, number), by submission and then in the order cited."""
    understood: str
    notices: tuple[Notice, ...]
    asked: tuple[str, ...] = ()
    """For each key what was asked for: the paragraph, or an item inside it (``20(f)``)."""


def look_up(
    text: str,
    numbering: Numbering,
    in_view: Sequence[str],
    *,
    items: int = _TABLE.citation_items,
    paragraphs: int = _TABLE.citation_paragraphs,
) -> Lookup | None:
    """Settle *text* as a citation into the submissions *in_view*; None where it is none.

    Of more than *items* numbers and ranges, or *paragraphs*, the first are taken, with a notice.
    """
    pinpoint = _pinpoint(text, numbering)
    if pinpoint is None:
        return None
    submissions = list(in_view)
    if pinpoint.submission is not None:
        coded = set(numbering.coded(pinpoint.submission))
        submissions = [s for s in submissions if s in coded]
        if not coded:
            unknown = Notice(
                "no-such-submission",
                f"No submission goes by {pinpoint.submission}",
                0,
                len(text),
            )
            return Lookup((), _reads(pinpoint), (unknown,))
    if not pinpoint.explicit and not _all_named(pinpoint, numbering, submissions):
        return None
    notices: list[Notice] = []
    if len(pinpoint.items) > items:
        notices.append(
            Notice(
                "too-many-numbers",
                f"The citation has {len(pinpoint.items)} numbers and ranges; the first {items}"
                " are looked up. Ask for the others apart",
                0,
                len(text),
            )
        )
        pinpoint = replace(pinpoint, items=pinpoint.items[:items])
    keys, missing = _keys(pinpoint, numbering, submissions, paragraphs)
    if len(keys) > paragraphs:
        notices.append(
            Notice(
                "too-many-paragraphs",
                f"The citation names more than {paragraphs} paragraphs; the first {paragraphs}"
                " are shown. Name fewer, or filter by submission",
                0,
                len(text),
            )
        )
    else:
        notices += [
            Notice("no-such-paragraph", _unfound(item, pinpoint.kind), 0, len(text))
            for item in missing
        ]
    asked = tuple(keys.values())[:paragraphs]
    return Lookup(tuple(keys)[:paragraphs], _reads(pinpoint), tuple(notices), asked)


def _keys(
    pinpoint: Pinpoint, numbering: Numbering, submissions: Sequence[str], most: int
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """What *pinpoint* names, each with what was asked for, until it is more than *most*; and
    the items that name nothing."""
    keys: dict[tuple[str, str], str] = {}
    missing: dict[str, None] = dict.fromkeys(_written(item) for item in pinpoint.items)
    for submission in _holding(pinpoint, numbering, submissions):
        numbers = numbering.numbers(submission)
        for item in pinpoint.items:
            found = _numbers(item, pinpoint, numbering, submission, numbers)
            if found:
                missing.pop(_written(item), None)
            inside = isinstance(item, str) and item not in found and pinpoint.kind == "paragraph"
            for number in found:
                labels = str(item).removeprefix(_paragraph(str(item))) if inside else ""
                keys.setdefault((submission, number), number + labels)
            if len(keys) > most:
                return keys, []
    return keys, list(missing)


def _pinpoint(text: str, numbering: Numbering) -> Pinpoint | None:
    """The citation that *text* is. Before a slash any id of a submission counts, also one
    that looks like a word."""
    before, slash, after = text.strip().rpartition("/")
    if slash and numbering.coded(before):
        return parse_pinpoint(after, before)
    return parse_pinpoint(text)


def _all_named(pinpoint: Pinpoint, numbering: Numbering, submissions: Sequence[str]) -> bool:
    """Whether each number of a bare list names a paragraph."""
    return all(
        bool(
            numbering.numbered(number, submissions)
            or numbering.numbered(_paragraph(number), submissions)
        )
        for item in pinpoint.items
        for number in (item if isinstance(item, tuple) else (item,))
    )


def _holding(pinpoint: Pinpoint, numbering: Numbering, submissions: Sequence[str]) -> Sequence[str]:
    """The submissions worth looking into, so that one number does not read them all."""
    if pinpoint.kind == "footnote" or any(isinstance(item, tuple) for item in pinpoint.items):
        return submissions
    wanted = {_paragraph(item) for item in pinpoint.items if isinstance(item, str)}
    holding = {s for number in wanted for s in numbering.numbered(number, submissions)}
    return [s for s in submissions if s in holding]


def _numbers(
    item: str | tuple[str, str],
    pinpoint: Pinpoint,
    numbering: Numbering,
    submission: str,
    numbers: tuple[str, ...],
) -> list[str]:
    """The paragraphs of one submission that an item of a citation names."""
    if pinpoint.kind == "footnote":
        cited = (set(numbering.citing(note, submission)) for note in _notes(item))
        return [n for citing in cited if citing for n in numbers if n in citing]
    if isinstance(item, str):
        # An address such as 20(f) is a place inside paragraph 20, unless that is printed.
        wanted = item if item in numbers else _paragraph(item)
        return [n for n in numbers if n == wanted or n.startswith(f"{wanted}~")]
    first, last = (end if end in numbers else _paragraph(end) for end in item)
    return _range(first, last, numbers)


def _range(first: str, last: str, numbers: tuple[str, ...]) -> list[str]:
    """The paragraphs from *first* to *last*, in document order: those numbered so, each as often
    as a single number names it, and what has no such number and stands between them."""
    if first.isdecimal() and last.isdecimal():
        counts = {n: int(p) for n in numbers if (p := _printed(n)).isdecimal()}
        named = {n for n, count in counts.items() if int(first) <= count <= int(last)}
        places = [place for place, n in enumerate(numbers) if n in named and n.isdecimal()]
        between = numbers[places[0] : places[-1]] if places else ()
        named.update(n for n in between if n not in counts)
    elif first in numbers and last in numbers:
        named = set(numbers[numbers.index(first) : numbers.index(last) + 1])
    else:
        return []
    return [n for n in numbers if n in named or _printed(n) in named]


def _printed(number: str) -> str:
    """A number as it is printed, which a repeated one is not: 26~2."""
    return number.partition("~")[0]


def _notes(item: str | tuple[str, str]) -> list[str]:
    if isinstance(item, str):
        return [item]
    first, last = item
    if first.isdecimal() and last.isdecimal():
        return [str(n) for n in range(int(first), min(int(last), int(first) + 999) + 1)]
    return [first, last]


def _paragraph(item: str) -> str:
    """The number of the paragraph that an item such as 20(f) or 95(12) stands in."""
    return split_item(item)[0]


def _written(item: str | tuple[str, str]) -> str:
    return item if isinstance(item, str) else f"{item[0]}–{item[1]}"


def _unfound(written: str, kind: str) -> str:
    """What to say of an item, as it is written, that names nothing."""
    first, _, last = written.partition("–")
    if first.isdecimal() and last.isdecimal() and int(first) > int(last):
        return f"{written} runs backwards; write {last}–{first}"
    if kind == "footnote":
        return f"No paragraph in view cites footnote {written}"
    return f"Nothing in view is numbered {written}"


def _reads(pinpoint: Pinpoint) -> str:
    noun = "footnote" if pinpoint.kind == "footnote" else "paragraph"
    several = len(pinpoint.items) > 1 or isinstance(pinpoint.items[0], tuple)
    listed = ", ".join(_written(item) for item in pinpoint.items)
    of = f" of {pinpoint.submission}" if pinpoint.submission else ""
    return f"{noun}{'s' if several else ''} {listed}{of}"
