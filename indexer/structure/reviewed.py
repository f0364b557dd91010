"""Which State does a document concern: the one under review, or the respondent of a case?

The front matter names many States: those of organisations, of addresses, of other reviews.
What it says expressly ("review of Peru", "State party: Peru", "v. Peru") goes before what it
only names. Two that are named alike are both given: which of them it is, a person must say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from indexer.structure.lines import Line
from indexer.structure.said import Said, unlike
from indexer.structure.states import States, find_states
from indexer.structure.titles import caption_of, shown
from indexer.structure.wording import WORKING_GROUP

#: Front matter looked at, in characters a line and in lines: a cover, not a book.
_LOOKED_AT = 2_000
_MOST_LINES = 100
#: Characters before a name that say what it is named for.
_CLAUSE = 120
#: Spaces of a line that, with a full stop at its end, is a sentence rather than a title.
_SENTENCE = 15
#: Longer lines tell of an organisation, in sentences.
_SHORT_LINE = 200

_LABEL = re.compile(
    r"(?:state\s+(?:party|under\s+review)|country(?:\s+under\s+review)?|respondent(?:\s+state)?"
    r"|état\s+(?:partie|examiné)|pays|estado\s+(?:parte|examinado)|pa[íi]s"
    r"|государство-участник|страна)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_OPINION = re.compile(r"(?:opinion|avis|opini[óo]n|мнение)\s+(?:no|nº|n°|№)", re.IGNORECASE)
#: From a preposition to a State's name: "of the", "in the Republic of".
_FORM = (
    r"(?:the\s+|la\s+|le\s+|los\s+|el\s+|l['’])?(?:(?:\w+\s+){0,2}(?:republic|kingdom|government"
    r"|federation|commonwealth|union|sultanate|principality|duchy|situation|r[ée]publique|rep[úu]blica"
    r"|республик\w+)\s+(?:of|in|de|du|d['’])?\s*(?:the\s+)?)?$"
)
_FORM_ALONE = re.compile(r"\W*" + _FORM, re.IGNORECASE)
_PREPOSITION = (
    r"(?:\b(?:of|on|in|for|about|regarding|concerning|du|de|des|del|en|au|aux|sur|sobre|para|в|о|об"
    r"|по|на)\s+|\bd['’])"
)
_OF = re.compile(_PREPOSITION + _FORM, re.IGNORECASE)
_REVIEW_OF = re.compile(
    r"(?:\breview|\bUPR|\bEPU|examen\s+p[ée]ri[óo]di\w+(?:\s+univers\w+)?|обзор\w*|\bУПО)"
    rf"(?:\W+\w+){{0,3}}?\W+(?:{_PREPOSITION}{_FORM}|$)"
    r"|(?:\breview|\bUPR|\bEPU|\bУПО)\s*(?:20[0-9]{2}\s*)?[:,–—-]?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|par|por)\b[^.;:]{0,80}$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|and|&|et|y|и)\s*(?:the\s+)?", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:(?:jointly\s+)?(?:submitted|presented|prepared)\b|(?:joint\s+)?(?:submission|report)\s+by\b"
    r"|soumis|présenté|presentad|представлен|подготовлен)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"@|https?:|www\.|\b(?:tel|phone|fax|address)\b|[0-9]{4}", re.IGNORECASE)


class _Sure(IntEnum):
    """How surely a name is that of the State concerned."""

    REVIEWED = 0
    SPOKEN_OF = 1
    NAMED = 2
    AUTHOR = 3


def concerned(front: Sequence[Line], title: str, states: States) -> tuple[Said, ...]:
    """The State that *front* says its document concerns, as ISO 3166-1 alpha-3.

    None where no State is named as such, more than one where the front matter names them alike.
    """
    lines = [(shown(line.text[:_LOOKED_AT]), line) for line in front[:_MOST_LINES]]
    if (expressly := _expressly(lines, states)) or not lines:
        return expressly
    titled = next((line for text, line in lines if text and text in title), lines[0][1])
    said: list[list[Said]] = [[], [], []]
    aside: list[Said] = []
    prose: list[Said] = []
    for text, line, is_title in (
        (title[:_LOOKED_AT], titled, True),
        *((text, line, False) for text, line in lines),
    ):
        if not is_title and _SIGNED.match(text):
            continue
        reviewing = is_title or WORKING_GROUP.search(text) is not None
        if not is_title and (len(text) >= _SHORT_LINE or _is_sentence(text)):
            if reviewing:
                prose += [
                    Said(code, line)
                    for sure, code, _ in _named(text, states)
                    if sure is _Sure.REVIEWED
                ]
            continue
        for sure, code, whole in _named(text, states):
            if sure is _Sure.REVIEWED or (reviewing and sure is not _Sure.AUTHOR) or whole:
                said[sure].append(Said(code, line))
            elif sure is _Sure.SPOKEN_OF and not _CONTACT.search(text):
                aside.append(Said(code, line))
    return next((unlike(found) for found in (*said, aside, prose) if found), ())


def _expressly(lines: Sequence[tuple[str, Line]], states: States) -> tuple[Said, ...]:
    """By the caption of a case, a label, or the brackets at the end of an opinion's title."""
    case = caption_of([line for _, line in lines])
    if case is not None:
        line, respondent = case
        return unlike([Said(code, line) for _, _, code in find_states(respondent, states)])
    said = []
    for text, line in lines:
        at = None
        if label := _LABEL.match(text):
            at = label.end()
        elif _OPINION.match(text) and text.endswith(")"):
            at = text.rfind("(")
        if at is not None:
            said += [Said(code, line) for _, _, code in find_states(text[at:], states)]
    return unlike(said)


def _named(text: str, states: States) -> Iterator[tuple[_Sure, str, bool]]:
    """How sure, which State, and whether *text* is only its name, for each that it names."""
    last, sure = -1, _Sure.NAMED
    for start, end, code in find_states(text, states):
        joined = last >= 0 and _AND.fullmatch(text[last:start]) is not None
        if not joined:
            sure = _sure(text[:start])
        last = end
        alone = _FORM_ALONE.match(text[:start]) and not text[end:].strip(" .,:;–—-()*")
        yield sure, code, bool(alone)


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and text.count(" ") >= _SENTENCE


def _sure(before: str) -> _Sure:
    before = before[-_CLAUSE:]
    if _REVIEW_OF.search(before):
        return _Sure.REVIEWED
    if _OF.search(before):
        return _Sure.SPOKEN_OF
    return _Sure.AUTHOR if _BY.search(before) else _Sure.NAMED
