"""What does the front matter say of the submission? Its kind, session, date and language.

Every answer comes from a general rule over the lines before the first paragraph; what they
do not say stays open, for the metadata file to fill.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.notation.dates import find_dates
from indexer.structure.lines import Line
from indexer.structure.titles import shown
from indexer.structure.wording import (
    DEFAULT_KIND,
    KINDS,
    LITTLE_WORDS,
    MONTHS,
    ORDINALS,
    SESSION,
    WORKING_GROUP,
)

_COUNCIL = re.compile(r"^.{0,12}\b(?:human\s+rights\s+council|hrc\b|conseil\s+des|consejo\s+de|"
                      r"general\s+assembly|советa?\b)", re.IGNORECASE)  # fmt: skip
_DATE_LABEL = re.compile(
    r"(?:(?:submission\s+)?date(?:\s+of\s+(?:the\s+)?submission)?|submitted(?:\s+on)?|dated"
    r"|date\s+de\s+(?:la\s+)?soumission|fecha(?:\s+de\s+(?:la\s+)?presentación)?|дата(?:\s+\w+)?)\b",
    re.IGNORECASE,
)
_DATE_INSIDE = re.compile(rf"(?<=[.;,]\s)(?:{_DATE_LABEL.pattern})\s*:", re.IGNORECASE)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_FOREIGN_DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>[0-3]?[0-9])(?:er|º)?\s+(?:de\s+)?)?(?P<month>{_MONTH_NAMES})\.?"
    r",?\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
#: What may stand around a date: punctuation, and the Russian for "year".
_AROUND = " ,.г"
#: Part of a line that is nothing but a place and a date.
_PLACE_AND = re.compile(r"(?:[^\W\d_]+\s){0,2}[^\W\d_]+,\s+(?:(?:le|el|on)\s+)?")
#: Front matter looked at, in characters: a cover, not a book.
_LOOKED_AT = 20_000


def kind_of(front: Sequence[Line], submitters: int) -> str:
    """What the document calls itself; by several submitters it is joint."""
    text = _text(front)
    for wording, kind in KINDS:
        if wording.search(text):
            return kind
    return "joint submission" if submitters > 1 else DEFAULT_KIND


def session_of(front: Sequence[Line]) -> str | None:
    """The number of the Working Group's session, as digits."""
    fallback = None
    for line in front:
        text = line.text[:_LOOKED_AT]
        of_review = WORKING_GROUP.search(text) is not None
        for found in SESSION.finditer(text):
            number = (
                found["digits"]
                or found["after"]
                or str(ORDINALS.get((found["words"] or "").lower()))
            )
            if _COUNCIL.match(text[found.end() :]):
                continue
            if of_review:
                return number
            fallback = fallback or number
    return fallback


def date_of(front: Sequence[Line]) -> str | None:
    """The date of the submission: one that says so, else one alone on its line."""
    for line in front:
        text = shown(line.text[:_LOOKED_AT])
        label = _DATE_LABEL.match(text) or _DATE_INSIDE.search(text)
        if label and (date := _first_date(text[label.end() :])):
            return date
    for line in front:
        text = shown(line.text)
        if len(text) > 60:
            continue
        place = _PLACE_AND.match(text)
        rest = text[place.end() :] if place else text
        for candidate in (text, rest):
            date = _first_date(candidate, whole=True)
            if date is not None:
                return date
    return None


def _first_date(text: str, *, whole: bool = False) -> str | None:
    """The first day or month in *text*; with *whole*, only if *text* is nothing else."""
    for start, end, value in find_dates(text):
        if not isinstance(value, str) or "/" in value or len(value) == 4:
            continue
        if not whole or not text[:start].strip(_AROUND) + text[end:].strip(_AROUND):
            return value
    found = _FOREIGN_DATE.search(text)
    if found and (not whole or found.group().rstrip(" .") == text.strip(_AROUND)):
        month = MONTHS[found["month"].lower()]
        value = f"{found['year']}-{month:02}"
        return f"{value}-{int(found['day']):02}" if found["day"] else value
    return None


def language_of(text: str) -> str:
    """The language of *text*, by its script or its little words; English if neither tells."""
    sample = text[:_LOOKED_AT]
    letters = Counter(_script(c) for c in sample if c.isalpha())
    script = letters.most_common(1)[0][0] if letters else "latin"
    if script != "latin":
        return script
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {code: sum(words[word] for word in little) for code, little in LITTLE_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


def _script(letter: str) -> str:
    point = ord(letter)
    if 0x400 <= point < 0x530:
        return "ru"
    if 0x600 <= point < 0x780:
        return "ar"
    return "zh" if 0x3400 <= point < 0xA000 else "latin"


def _text(front: Sequence[Line]) -> str:
    return "\n".join(line.text for line in front)[:_LOOKED_AT]
