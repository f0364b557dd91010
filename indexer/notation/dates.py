"""How is a date written? Days, months, years, ranges and lists, in text and in queries.

A year is only a year where the text uses it as one: ``2026 cases`` and ``2304/2013`` are
not. A day or month without a year is a date where the same text gave the year before.
``1990s`` is a span of talk, not a date.

Values are ISO 8601 as far as they are known: ``2018``, ``2018-03``, ``2018-03-13``, a
range as ``2018-03/2019-03``, a list as a tuple of such values.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from indexer.model import DateValue
from indexer.notation.date_words import LANGUAGES, DateWords, words_of

_FIGURE = re.compile(r"\d")
_WITH_ACCENTS = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
#: Lists of days or months are shorter than this; without an end a list would cost its square.
_MOST_LISTED = 9
#: ``mid-2018``, ``mi-2018`` and ``2017-2018`` are years, in ``LA-2018`` and ``100-2018`` it is
#: a label.
_BEFORE_DASH = re.compile(r"(?:\b[Mm]id?|(?<!\d)(?:1[89]|20)\d\d|\b[A-Z][a-z]{2,8}\s\d{4})-$")


class _Atom(NamedTuple):
    start: int
    end: int
    days: tuple[int, ...]
    through: bool
    """Whether the days are the ends of a range."""
    month: int | None
    year: int | None
    upto: int | None = None
    """Last year of ``2018/19``."""

    def values(self) -> list[str]:
        if self.year is None:
            raise ValueError("a date without a year has no value")
        year = f"{self.year:04d}"
        if self.upto:
            return [f"{year}/{self.upto:04d}"]
        if self.month is None:
            return [year]
        month = f"{year}-{self.month:02d}"
        if not self.days:
            return [month]
        days = [f"{month}-{day:02d}" for day in self.days]
        return ["/".join(days)] if self.through else days

    def possible(self) -> bool:
        """Whether the calendar has such days, ranges in order."""
        if self.upto and self.upto <= (self.year or 0):
            return False
        if self.through and list(self.days) != sorted(set(self.days)):
            return False
        last = calendar.monthrange(self.year or 2000, self.month)[1] if self.month else 31
        return all(day <= last for day in self.days)


def find_dates(text: str, language: str = "en") -> Iterator[tuple[int, int, DateValue]]:
    """Yield (start, end, value) of every date in *text*, in order, none overlapping.

    *language* (ISO 639-1) says how it writes months, ranges and lists; in one that is not
    known, dates in figures and years are found.

    >>> [(m[2]) for m in find_dates("from 2008 to 2018, in 2026 cases (No. 2304/2013)")]
    ['2008/2018']
    >>> [(m[2]) for m in find_dates("du 1er mars au 4 avril 2019", "fr")]
    ['2019-03-01/2019-04-04']
    """
    if not _FIGURE.search(text):  # a date without a year needs one before it
        return
    if unicodedata.is_normalized("NFC", text):
        yield from _found(text, language)
        return
    composed, places = _composed(text)
    for start, end, value in _found(composed, language):
        yield places[start], places[end], value


def _composed(text: str) -> tuple[str, list[int]]:
    """*text* with its loose accents put to their letters (``février`` may be typed so), and
    where in *text* each character of it, and its end, stands."""
    pieces: list[str] = []
    places: list[int] = []
    for letter in _WITH_ACCENTS.finditer(text):
        piece = unicodedata.normalize("NFC", letter.group())
        pieces.append(piece)
        places += [letter.start()] * len(piece)
    return "".join(pieces), [*places, len(text)]


def _found(text: str, language: str) -> Iterator[tuple[int, int, DateValue]]:
    words = words_of(language)
    atoms = [atom for atom in _atoms(text, words) if atom.possible()]
    at, known = 0, None
    while at < len(atoms):
        taken, found = _joined(text, atoms, at, words)
        start, end = atoms[at].start, atoms[at + taken - 1].end
        at += taken
        if found is None:
            alone = atoms[at - 1]._replace(year=known)
            if known is None or not _settled(text, alone, words) or not alone.possible():
                continue
            found = _value(text, alone)
        first = found if isinstance(found, str) else found[-1]
        known = int(first.split("/")[-1][:4])
        yield start, end, found


def parse_date(text: str, language: str = "en") -> DateValue | None:
    """Return the value of a text that is one date and nothing else, None otherwise."""
    stripped = text.strip()
    for start, end, value in find_dates(stripped, language):
        return value if (start, end) == (0, len(stripped)) else None
    return None


def interval(value: str) -> tuple[date, date]:
    """Return the first and last day of a value; ValueError for what is no date.

    A date as people write it is understood too, in every language that has its words here.

    >>> interval("2019-02")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 28))
    >>> interval("28 mars 2019")[0]
    datetime.date(2019, 3, 28)
    """
    try:
        return _iso_interval(value)
    except ValueError:
        written = _written(value)
        if written is None:
            raise
        return _iso_interval(written)


#: No date in words is longer.
_LONGEST = 60


def _written(value: str) -> str | None:
    """The ISO value of a date with a month in words. One in figures may mean two days."""
    if len(value) > _LONGEST or not any(letter.isalpha() for letter in value):
        return None
    found = (parse_date(value, language) for language in LANGUAGES)
    return next((date for date in found if isinstance(date, str)), None)


def _iso_interval(value: str) -> tuple[date, date]:
    first, dots, last = value.partition(".." if ".." in value else "/")
    start, end = _days_of(first)
    if dots:
        end = _days_of(last)[1]
    if end < start:
        raise ValueError(f"{value!r} ends before it starts")
    return start, end


_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def _days_of(value: str) -> tuple[date, date]:
    match = _ISO.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"{value!r} is no date: write 2019, 2019-02 or 2019-02-27")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        raise ValueError(f"{value!r} has no year")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _atoms(text: str, words: DateWords) -> Iterator[_Atom]:
    for match in words.atom.finditer(text):
        start, end = match.span()
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            yield _Atom(start, end, (day,), False, month, year)
        elif match["numeric"]:
            day_month = _day_month(match["numeric"], match["mark"], words)
            if day_month:
                yield _Atom(start, end, day_month[:1], False, day_month[1], day_month[2])
        elif match["season"]:
            first, last = match["season"].split("/")
            upto = int(last) if len(last) == 4 else int(first[:2] + last)
            yield _Atom(start, end, (), False, None, int(first), upto)
        elif match["y4"]:
            if _is_year(text, start, end, words):
                yield _Atom(start, end, (), False, None, int(match["y4"][:4]))
        else:
            yield from _worded(match, text, words)


def _day_month(written: str, mark: str, words: DateWords) -> tuple[int, int, int] | None:
    """Day, month and year of a date in figures; None where it can be read two ways.

    Dots put the day first; slashes do so in some countries and not in others.
    """
    first, second, year = (int(part) for part in written.split(mark))
    if second > 12:
        return (second, first, year) if mark == "/" and first <= 12 else None
    if mark == "/" and first <= 12 and first != second and not words.day_first:
        return None
    return first, second, year


def _worded(match: re.Match[str], text: str, words: DateWords) -> Iterator[_Atom]:
    name = match["m1"] or match["m2"] or match["m3"]
    year = match["y1"] or match["y2"] or match["y3"]
    written = match["days"] or match["days2"] or ""
    end = match.end()
    if year is None and text[end - 1] == ".":
        end -= 1
    start = match.start("days") if match["days"] else match.start()
    days = tuple(int(day) for day in re.findall(r"\d+", written))
    through = len(days) == 2 and (
        words.through.search(written) is not None
        or (words.both.search(written) and words.between.search(text, 0, start)) is not None
    )
    month = words.months[name.lower() if words.folds else name.rstrip(".")]
    yield _Atom(start, end, days, through, month, int(year[:4]) if year else None)


def _is_year(text: str, start: int, end: int, words: DateWords) -> bool:
    if end - start > len("2019"):
        return True  # the word for year is there
    before = text[max(0, start - 24) : start]
    if words.numbered.search(before):
        return False
    if before.endswith("-") and not _BEFORE_DASH.search(before):
        return False
    return not (words.counted.match(text, end) and not words.definite.search(before))


def _joined(
    text: str, atoms: list[_Atom], at: int, words: DateWords
) -> tuple[int, DateValue | None]:
    """How many atoms from *at* on are one date, and its value; None where no year is known."""
    first = atoms[at]
    if at + 1 < len(atoms):
        second = atoms[at + 1]
        gap = text[first.end : second.start]
        through = words.range_gap.fullmatch(gap) or (
            words.both.fullmatch(gap)
            and words.between.search(text[max(0, first.start - 16) : first.start])
        )
        if through and second.year and _same_grain(first, second):
            left = first if first.year else first._replace(year=second.year)
            ends = (left.values()[0], second.values()[0])
            if left.possible() and not left.through and not second.through and ends[0] < ends[1]:
                return 2, "/".join(ends)
    taken = _listed(text, atoms, at, words)
    if taken > 1:
        year = atoms[at + taken - 1].year
        members = [atom._replace(year=year) for atom in atoms[at : at + taken]]
        if all(member.possible() for member in members):
            values = [value for member in members for value in member.values()]
            return taken, tuple(values)
    if first.year is None:
        return 1, None
    return 1, _value(text, first)


def _listed(text: str, atoms: list[_Atom], at: int, words: DateWords) -> int:
    """How many atoms share the year that only the last of them prints."""
    taken = 1
    most = min(len(atoms) - at, _MOST_LISTED)
    while atoms[at + taken - 1].year is None and taken < most:
        left, right = atoms[at + taken - 1], atoms[at + taken]
        if not words.list_gap.fullmatch(text[left.end : right.start]) or right.month is None:
            return 1
        taken += 1
    return taken if atoms[at + taken - 1].year else 1


def _same_grain(first: _Atom, second: _Atom) -> bool:
    if first.year is None and first.month is None:
        return False
    return bool(first.days) == bool(second.days) and (first.month is None) == (second.month is None)


def _value(text: str, atom: _Atom) -> DateValue:
    values = atom.values()
    return values[0] if len(values) == 1 else tuple(values)


def _settled(text: str, atom: _Atom, words: DateWords) -> bool:
    """Whether a date without a year is one: a day, or a month that a word before makes a time."""
    before = text[max(0, atom.start - 16) : atom.start]
    return bool(atom.days) or words.when.search(before) is not None
