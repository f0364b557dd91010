"""What does the front matter say of the submission? Title, kind, State, session, date.

Every answer comes from a general rule over the lines before the first paragraph; what they
do not say stays open, for the metadata file to fill.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from indexer.notation.dates import find_dates
from indexer.settings import packaged_corpus
from indexer.structure.headings import heading_of, is_capitals
from indexer.structure.lines import Line
from indexer.structure.wording import (
    DEFAULT_KIND,
    FRONT_WORDS,
    KINDS,
    LITTLE_WORDS,
    MONTHS,
    ORDINALS,
)

_MARKS = " \t*_#"
_URL_OR_MAIL = re.compile(r"@|https?:|www\.")
_ORDINAL_WORD = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SESSION = re.compile(
    rf"(?<![\w/.])(?:(?P<digits>[1-9][0-9]?)\s?(?:st|nd|rd|th|e|è?me|ère|er|[ªº°]|[.]º|\.|-?[а-я]{{1,2}})?"
    rf"|(?P<words>{_ORDINAL_WORD}))\s+"
    r"(?:\w+\s+){0,2}(?:session|sesi[oó]n|per[ií]odo\s+de\s+sesiones|сесси\w+)\b"
    r"|\b(?:session|sesi[oó]n|сесси\w+)\s+(?:no\.?\s?|nº\s?|№\s?)?(?P<after>[1-9][0-9]?)\b(?![/.])",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"^.{0,12}\b(?:human\s+rights\s+council|hrc\b|conseil\s+des|consejo\s+de|"
                      r"general\s+assembly|советa?\b)", re.IGNORECASE)  # fmt: skip
_WORKING_GROUP = re.compile(
    r"\bUPR\b|universal\s+periodic|working\s+group|\bEPU\b|examen\s+p[eé]ri[oó]di|\bУПО\b|"
    r"универсальн\w+\s+период", re.IGNORECASE
)  # fmt: skip
_DATE_LABEL = re.compile(
    r"(?:(?:submission\s+)?date(?:\s+of\s+(?:the\s+)?submission)?|submitted(?:\s+on)?|dated"
    r"|date\s+de\s+(?:la\s+)?soumission|fecha(?:\s+de\s+(?:la\s+)?presentación)?|дата(?:\s+\w+)?)\b",
    re.IGNORECASE,
)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_FOREIGN_DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>[0-3]?[0-9])(?:er|º)?\s+(?:de\s+)?)?(?P<month>{_MONTH_NAMES})\.?"
    r",?\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
#: Part of a line that is nothing but a place and a date.
_PLACE_AND = re.compile(r"(?:[^\W\d_]+[,\s]+){0,3}")
#: Front matter looked at, in characters: a cover, not a book.
_LOOKED_AT = 20_000


def title_of(front: Sequence[Line], headings: Sequence[str]) -> str | None:
    """The document's title: its first heading-like line, else its first line of words."""
    fallback = None
    for place, line in enumerate(front):
        shown = _shown(line.text)
        if not shown or _URL_OR_MAIL.search(shown) or not any(c.isalpha() for c in shown):
            continue
        if line.block.style == "heading":
            heading = heading_of(line)
            return heading.title if heading and not heading.label else shown
        if FRONT_WORDS.match(shown) and (":" in shown or len(shown) < 40):
            fallback = fallback or shown
            continue
        return _with_more_capitals(front, place, shown)
    return fallback or (headings[0] if headings else None)


def _with_more_capitals(front: Sequence[Line], place: int, shown: str) -> str:
    """A title in capitals goes on over the lines directly below."""
    parts = [shown]
    for line in front[place + 1 : place + 4]:
        if line.block.blank_before or not (is_capitals(shown) and is_capitals(_shown(line.text))):
            break
        parts.append(_shown(line.text))
    return " ".join(parts)


def _shown(text: str) -> str:
    return text.strip(_MARKS).replace("**", "")


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
        for found in _SESSION.finditer(text):
            number = found["digits"] or found["after"] or str(ORDINALS.get((found["words"] or "").lower()))
            if _COUNCIL.match(text[found.end() :]):
                continue
            if _WORKING_GROUP.search(text):
                return number
            fallback = fallback or number
    return fallback


def date_of(front: Sequence[Line]) -> str | None:
    """The date of the submission: one that says so, else one alone on its line."""
    for line in front:
        text = _shown(line.text[:_LOOKED_AT])
        label = _DATE_LABEL.match(text)
        if label and (date := _first_date(text[label.end() :])):
            return date
    for line in front:
        text = _shown(line.text)
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
        if isinstance(value, str) and "/" not in value and len(value) > 4:
            if not whole or not text[:start].strip(" ,.") + text[end:].strip(" ,."):
                return value
    found = _FOREIGN_DATE.search(text)
    if found and (not whole or found.group() == text.strip(" ,.")):
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
    scores = {
        code: sum(words[word] for word in little) for code, little in LITTLE_WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


def _script(letter: str) -> str:
    point = ord(letter)
    if 0x400 <= point < 0x530:
        return "ru"
    if 0x600 <= point < 0x780:
        return "ar"
    return "zh" if 0x3400 <= point < 0xA000 else "latin"


def state_of(front: Sequence[Line], title: str, states: Mapping[str, str]) -> str | None:
    """The State under review, as ISO 3166-1 alpha-3, from names to codes in *states*.

    The title decides, then the lines in their order that speak of the review, then whatever
    State the front matter names first.
    """
    pattern = _pattern(frozenset(states))
    lines = [_shown(line.text)[:_LOOKED_AT] for line in front]
    reviewing = [text for text in lines if _WORKING_GROUP.search(text)]
    for text in (title, *reviewing, *lines):
        named = [states[_key(m.group())] for m in pattern.finditer(text)]
        if named:
            return named[-1] if text is title else named[0]
    return None


@cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    # Short names are abbreviations and only hold as printed; case tells "US" from "us".
    ordered = sorted(names, key=len, reverse=True)
    long = "|".join(r"\s+".join(map(re.escape, n.split())) for n in ordered if len(n) > 3)
    short = "|".join(re.escape(n.upper()) for n in ordered if len(n) <= 3)
    alternatives = [f"(?i:{long})"] if long else []
    alternatives += [short] if short else []
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives) or '(?!)'})(?!\w)")


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


@cache
def packaged_states() -> Mapping[str, str]:
    """Names of States to their codes, from the authority file that travels with the project.

    States are its places that the United Nations' terminology lists as such.
    """
    return states_from(packaged_corpus() / "authority" / "global.csv")


def states_from(path: Path) -> dict[str, str]:
    """Names of States to their codes, from the authority file at *path*; empty without one."""
    states: dict[str, str] = {}
    if not path.is_file():
        return states
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = row.get("country") or ""
            if row.get("type") != "place" or len(code) != 3:
                continue
            if "member States" not in (row.get("source") or ""):
                continue
            names = [row.get("label") or "", *(row.get("aliases") or "").split("|")]
            states.update((_key(name), code) for name in names if name.strip())
    return states


def _text(front: Sequence[Line]) -> str:
    return "\n".join(line.text for line in front)[:_LOOKED_AT]
