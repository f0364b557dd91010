"""Which line of the front matter is the document's title?

The caption of a case or the title of an opinion, where there is one; else the first line of
words that neither labels something nor names the body that a document is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.notation.dates import find_dates
from indexer.structure.headings import heading_of, is_capitals
from indexer.structure.lines import Line
from indexer.structure.said import Said
from indexer.structure.symbols import symbol_in
from indexer.structure.wording import FRONT_LABELS, SESSION

#: A longer line is no title.
MAX_CHARACTERS = 300
_MARKS = " \t*_#"
_CONTACT = re.compile(r"@|https?:|www\.")
#: Lines over which a title in capitals may run.
_MOST_LINES = 4
#: Lines in which a caption is looked for: a cover.
_COVER_LINES = 100

#: Lines above a title that name the body, its session or its language, and nothing else.
_MASTHEAD = re.compile(
    r"\W*(?:united\s+nations|nations\s+unies|naciones\s+unidas|general\s+assembly|assemblée\s+générale"
    r"|asamblea\s+general|human\s+rights\s+(?:council|committee)|conseil\s+des\s+droits\s+de\s+l['’]homme"
    r"|consejo\s+de\s+derechos\s+humanos|совет\s+по\s+правам\s+человека|генеральная\s+ассамблея"
    r"|committee\s+(?:against|on)\s.{4,90}|international\s+covenant\s+on\s.{4,60}"
    r"|convention\s+(?:against|on|for)\s.{4,120}|(?:upr\s+)?working\s+group(?:\s+on\s.{4,60})?"
    r"|groupe\s+de\s+travail\s.{4,80}|grupo\s+de\s+trabajo\s.{4,80}|рабочая\s+группа\s.{4,80}"
    r"|opinions?\s+adopted\s+by\s.{4,160}|distr\b.{0,80}|original\s*:.{0,60}|agenda\s+items?\b.{0,60}"
    r"|(?:advance\s+)?(?:un)?edited\s+version|(?:english|french|spanish)\s+only"
    r"|european\s+court\s+of\s+human\s+rights|cour\s+européenne\s+.{4,40}|council\s+of\s+europe"
    r"|(?:first|second|third|fourth|fifth)\s+section|grand\s+chamber"
    r"|(?:premi|deuxi|troisi|quatri|cinqui)ème\s+section|grande\s+chambre"
    r"|\(?(?:application|requête)s?\s+n[o°].{0,80}|judgment|arrêt|strasbourg|js\s?[0-9]{1,3})\W*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:CASE\s+OF|AFFAIRE|ДЕЛО)\s+(?P<applicant>.{1,300}?)\s+(?:v\.?|c\.|против)\s+(?P<respondent>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CASE_OF = re.compile(r"(?:CASE\s+OF|AFFAIRE|ДЕЛО)\s", re.IGNORECASE)
_VERSUS_LAST = re.compile(r"\s(?:v\.?|c\.|против)$", re.IGNORECASE)
_OPINION = re.compile(
    r"(?:opinion|avis|opini[óo]n|мнение)\s+(?:no\.?|nº|n°|№)\s*[0-9]+/[0-9]{4}", re.IGNORECASE
)


def shown(text: str) -> str:
    """A line of front matter without marks of emphasis."""
    return text.strip(_MARKS).replace("**", "")


def first_title(lines: Sequence[Line]) -> int | None:
    """Index of the first of *lines* that may be the document's title."""
    return next((i for i, line in enumerate(lines) if _may_be_title(shown(line.text))), None)


def title_in(front: Sequence[Line]) -> Said | None:
    """The caption of a case, or the first heading or line of words in *front* that is no label."""
    if (case := caption_of(front)) is not None:
        return Said(_joined(front, case[0]), case[0])
    for line in front[:_COVER_LINES]:
        if _OPINION.match(shown(line.text)):
            return Said(shown(line.text), line)
    place = first_title(front)
    if place is None:
        return None
    line = front[place]
    if line.block.style == "heading":
        heading = heading_of(line)
        return Said(heading.title if heading and not heading.label else shown(line.text), line)
    return Said(_with_more_capitals(front, place, shown(line.text)), line)


def caption_of(front: Sequence[Line]) -> tuple[Line, str] | None:
    """The line with the caption of a case, and the respondent that it names."""
    for line in front[:_COVER_LINES]:
        text = shown(line.text[:MAX_CHARACTERS])
        if _CASE_OF.match(text) and (case := _CAPTION.fullmatch(_joined(front, line))):
            return line, case["respondent"]
    return None


def _joined(front: Sequence[Line], line: Line) -> str:
    """A caption, with the line below where the one it starts in ends with "v."."""
    text = shown(line.text[:MAX_CHARACTERS])
    following = next((other for other in front if other.index == line.index + 1), None)
    if following is not None and _VERSUS_LAST.search(text):
        text = f"{text} {shown(following.text[:MAX_CHARACTERS])}"
    return text


def _may_be_title(text: str) -> bool:
    if (
        len(text) > MAX_CHARACTERS
        or not any(c.isalpha() for c in text)
        or text.endswith(":")
        or _CONTACT.search(text)
    ):
        return False
    if FRONT_LABELS.match(text) or SESSION.match(text) or _MASTHEAD.fullmatch(text):
        return False
    if symbol_in(text) is not None:
        return False
    return not any(start == 0 and end >= len(text) - 1 for start, end, _ in find_dates(text[:60]))


def _with_more_capitals(front: Sequence[Line], place: int, first: str) -> str:
    """A title in capitals goes on over the lines directly below."""
    parts = [first]
    for line in front[place + 1 : place + _MOST_LINES]:
        text = shown(line.text)
        if line.block.blank_before or not (is_capitals(first) and is_capitals(text)):
            break
        parts.append(text)
    return " ".join(parts)
