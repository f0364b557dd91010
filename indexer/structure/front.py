"""What does the front matter say of the submission? Its kind, session and date.

Every answer comes from a general rule over the lines before the first paragraph; what they
do not say stays open, for the metadata file to fill. Which State is concerned is left to
:mod:`reviewed`, what to do with two answers to :mod:`cover`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.notation.dates import find_dates
from indexer.structure.lines import Line
from indexer.structure.said import Said, unlike
from indexer.structure.symbols import read_symbol, symbol_in
from indexer.structure.titles import caption_of, shown
from indexer.structure.wording import (
    DEFAULT_KIND,
    KINDS,
    MONTHS,
    ORDINALS,
    SESSION,
)

_COUNCIL = re.compile(
    r"^.{0,12}\b(?:human\s+rights\s+co(?:uncil|mmittee)|hrc\b|conseil\s+des|consejo\s+de"
    r"|general\s+assembly|commission\b|committee\b|советa?\b)",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\bUPR|universal\s+periodic|\bEPU\b|examen\s+p[eé]ri[oó]di|\bУПО\b|универсальн\w+\s+период",
    re.IGNORECASE,
)
_OTHER_BODY = re.compile(
    r"human\s+rights\s+co(?:uncil|mmittee)|committee\s+(?:against|on)|general\s+assembly"
    r"|arbitrary\s+detention|\bcommission\b|conseil\s+des\s+droits|consejo\s+de\s+derechos"
    r"|совет\w*\s+по\s+правам|комитет\w*\s+по",
    re.IGNORECASE,
)
#: A body's name heads its session, agenda item and dates: this many lines, its own included.
_BODY_LINES = 4
#: "4th cycle, 48th session": the first number is none of a session.
_CYCLE = re.compile(
    r"\b(?:[0-9](?:st|nd|rd|th|e|er|ème|º|ª|-?[а-я]{1,2})?|first|second|third|fourth|fifth|premier"
    r"|deuxième|troisième|quatrième|primer|segundo|tercer|cuarto|[а-я]{4,10}й)\s+(?:upr\s+)?"
    r"(?:cycles?|ciclos?|цикл\w*)\b",
    re.IGNORECASE,
)
#: Quick looks for what most lines have not.
_CYCLE_WORD = re.compile(r"c[yi]cl|цикл", re.IGNORECASE)
_SESSION_WORD = re.compile(r"sessi[oó]n|sesion|сесси", re.IGNORECASE)
_CODE = re.compile(
    r"[(\[]?(?:joint\s+submission\s+(?:no\.?\s?)?[0-9]{1,3}\s*[(–—-]\s*|code\s*:\s*)?"
    r"JS\s?-?(?P<number>[1-9][0-9]{0,2})[)\]]?",
    re.IGNORECASE,
)
_DECISION = re.compile(r"decision|décision", re.IGNORECASE)
#: How the documents of the United Nations open that have no wording of their own in KINDS.
_UN_KINDS = (
    (re.compile(r"report\s+of\s+the\s+working\s+group\s+on\s+the\s+universal", re.IGNORECASE),
     "working group report"),
    (re.compile(r"summary\s+(?:of|prepared|report)\b.{0,80}(?:stakeholders?|high\s+commissioner)",
                re.IGNORECASE), "summary"),
    (re.compile(r"compilation\s+(?:on|of|prepared)\b", re.IGNORECASE), "compilation"),
    (re.compile(r"concluding\s+observations\s+on\b", re.IGNORECASE), "concluding observations"),
    (re.compile(r"opinion\s+no\.?\s*[0-9]+/[0-9]{4}", re.IGNORECASE), "opinion"),
    (re.compile(r"(?:views|decision)\s+adopted\s+by\s+the\s+committee", re.IGNORECASE), "decision"),
)  # fmt: skip
_DISTRIBUTION = re.compile(r"(?:.{0,60}\s)?distr(?:ibution)?\b", re.IGNORECASE)
#: "Distr.: General" and the date follow each other, with at most one line between.
_DATE_LINES = 3
_DATE_LABEL = re.compile(
    r"(?:(?:submission\s+)?date(?:\s+of\s+(?:the\s+)?submission)?(?!\s+of\b)|submitted(?:\s+on)?|dated"
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
#: Longer lines are sentences.
_SHORT_LINE = 200


def kind_of(front: Sequence[Line], symbol: str | None, submitters: int) -> str:
    """What a symbol or the document itself calls it; by several submitters it is joint."""
    if symbol is not None and (kind := read_symbol(symbol).kind) is not None:
        return kind
    if caption_of(front) is not None:
        decided = any(_DECISION.fullmatch(shown(line.text)) for line in front)
        return "decision" if decided else "judgment"
    lines = [shown(line.text[:_LOOKED_AT]) for line in front]
    for opening, kind in _UN_KINDS:
        if any(opening.match(text) for text in lines):
            return kind
    text = _text(front)
    for wording, kind in KINDS:
        if wording.search(text):
            return kind
    joint = submitters > 1 or bool(codes_of(front))
    return "joint submission" if joint else DEFAULT_KIND


def symbols_of(front: Sequence[Line]) -> tuple[Said, ...]:
    """The symbol in the masthead."""
    return unlike(
        Said(symbol, line)
        for line in front
        if len(line.text) < _SHORT_LINE and (symbol := symbol_in(shown(line.text))) is not None
    )


def codes_of(front: Sequence[Line]) -> tuple[Said, ...]:
    """The code that OHCHR's summary gives the submission, where a line is nothing else."""
    return unlike(
        Said(f"JS{found['number']}", line)
        for line in front
        if (found := _CODE.fullmatch(shown(line.text))) is not None
    )


def sessions_of(front: Sequence[Line]) -> tuple[Said, ...]:
    """The number of the Working Group's session, as digits, however often it is given.

    A line that speaks of the review goes before one that does not. Sessions of other bodies
    are told by the body named in the same line, or in the lines above it.
    """
    reviewing: list[Said] = []
    others: list[Said] = []
    body, age = "", 0
    for line in front:
        text = line.text[:_LOOKED_AT]
        age += 1
        if len(text) > _SHORT_LINE and not _SESSION_WORD.search(text):
            continue
        if _CYCLE_WORD.search(text):
            text = _CYCLE.sub(lambda cycle: " " * len(cycle.group()), text)
        of_review = _REVIEW.search(text) is not None
        if of_review or _OTHER_BODY.search(text):
            body, age = "review" if of_review else "other", 1
        for found in SESSION.finditer(text):
            if _COUNCIL.match(text[found.end() :]):
                continue
            number = (
                found["digits"]
                or found["after"]
                or str(ORDINALS.get((found["words"] or "").lower()))
            )
            near = body if age <= _BODY_LINES else ""
            if near != "other":
                (reviewing if near else others).append(Said(number, line))
    return unlike(reviewing) or unlike(others)


def date_of(front: Sequence[Line]) -> Said | None:
    """The date of the document: the masthead's, one that says so, one alone on its line."""
    return _masthead_date(front) or _labelled_date(front) or _date_alone(front)


def _masthead_date(front: Sequence[Line]) -> Said | None:
    """The date beside or below "Distr."."""
    for place, line in enumerate(front):
        if _DISTRIBUTION.match(shown(line.text)):
            for below in front[place : place + _DATE_LINES]:
                if date := _first_date(shown(below.text)[:_SHORT_LINE]):
                    return Said(date, below)
    return None


def _labelled_date(front: Sequence[Line]) -> Said | None:
    for line in front:
        text = shown(line.text[:_LOOKED_AT])
        label = _DATE_LABEL.match(text) or _DATE_INSIDE.search(text)
        if label and (date := _first_date(text[label.end() :])):
            return Said(date, line)
    return None


def _date_alone(front: Sequence[Line]) -> Said | None:
    before = ""
    for line in front:
        text = shown(line.text)
        of_session = SESSION.search(before) or _REVIEW.search(before)
        before = text[:_LOOKED_AT]
        if len(text) > 60:
            continue
        place = _PLACE_AND.match(text)
        rest = text[place.end() :] if place else text
        for candidate in (text, rest):
            date = _first_date(candidate, whole=True)
            # A month under a session's line is mostly the session's.
            if date is not None and not (of_session and len(date) < len("2019-03-28")):
                return Said(date, line)
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


def _text(front: Sequence[Line]) -> str:
    return "\n".join(line.text for line in front)[:_LOOKED_AT]
