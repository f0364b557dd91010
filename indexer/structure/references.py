"""Which paragraphs of the same submission does a paragraph point to?

``look point 48 of this Submission`` does; ``para. 48 of General Comment No. 34`` and
``article 3, paragraph 2`` point elsewhere. The grammar is :mod:`indexer.notation.pinpoints`;
here is only what stands around a pinpoint, which tells whose paragraph it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from indexer.model import Reference
from indexer.notation.pinpoints import Item, find_pinpoints

#: Most paragraphs one phrase may point to; a longer range is the whole submission.
_MOST_TARGETS = 200
#: Characters before and after that are looked at: a clause.
_CONTEXT = 60

_OWN = (
    r"(?:this|the\s+present|our|the\s+current)\s+(?:joint\s+|stakeholders?'?\s+)?"
    r"(?:submission|report|document|paper|contribution)"
)
_SAID_OWN = re.compile(
    rf"\s?,?\s?(?:\(?(?:above|below|supra|infra|ci-dessus|ci-dessous|hereof|выше|ниже)\b"
    rf"|(?:of|in|to|from)\s+{_OWN})"
    r"|\s(?:du\s+présent|de\s+(?:la|cette)\s+présente"
    r"|(?:de\s+ce(?:tte)?|del?\s+(?:la\s+)?(?:presente|est[ea]))\s+(?:\w+\s+)?(?:rapport|document"
    r"|contribution|communication|soumission|informe|documento|comunicación|contribución"
    r"|presentación)|настоящ\w+|данн\w+\s+(?:доклад|представлен|документ|сообщен)\w*)",
    re.IGNORECASE,
)
_SAID_OTHER = re.compile(
    rf"\s?,?\s?(?:of|in|to|from|under|du|de|des|del|dans|en)\s+(?!{_OWN})(?=\S)"
    r"|\s?[’']s\b|\s(?:ст\.|(?:стат[ьией]|закон|конституци|кодекс|конвенци|пакт|протокол|резолюци"
    r"|постановлени|решени|указ|приказ|замечани|доклад|договор|устав|декларац|мнени|соображени"
    r"|заключени)\w*)|\s(?:من|في)\s",
    re.IGNORECASE,
)
_LOOK = re.compile(
    r"(?:\b(?:see|look(?:\s+at)?|cf\.?|compare|refer(?:red|s)?(?:\s+to)?|also|e\.g\.|i\.e\.|above|below"
    r"|supra|infra|and|(?:noted|mentioned|described|discussed|stated|explained|detailed|set\s+out"
    r"|indicated|reported|shown|outlined)\s+(?:in|at|under)|voir|véase|ver|см\.?),?)\s*\(?$",
    re.IGNORECASE,
)
# A document, article or title directly before, with or without a comma.
_AFTER_DOCUMENT = re.compile(
    r"(?:[^\s(]\s?,|[”\"»’]|[^\W_][)\]]|\b(?:article|art\.?|section|rule|opinion|comment|no\.?|ibid\.?|id\.)"
    r"\s?[\w./-]{0,30})\s*\(?$|\b(?:its|their|his|new|former)\s+$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![.!?:;]\s)(?<!^)\b[A-Z][\w.-]*\s$|\b[A-Z][A-Z0-9]+\s$")
# "at this point 3 people" has the word too; it is a pinpoint only where one is told to look.
_DOUBTFUL_WORD = re.compile(r"points?\b|n\b|pts?\b", re.IGNORECASE)


_SAID_OWN_BEFORE = re.compile(r"\b(?:above|below|supra|infra),?\s*\(?$", re.IGNORECASE)


class Whose(Enum):
    """Whose paragraph, note or section a pinpoint means."""

    OWN = "this document's: it says so"
    LIKELY = "this document's, as far as the words around it tell"
    OTHER = "another document's"


def references_in(
    text: str, numbers: Sequence[str], places: Mapping[str, int]
) -> Iterator[Reference]:
    """Yield a reference for each paragraph that *text* points to.

    *numbers* are the submission's in their order, *places* the place of each in it. All
    targets of one phrase have the span of the whole phrase.
    """
    for start, end, pinpoint in find_pinpoints(text):
        if pinpoint.kind == "paragraph" and whose(text, start, end) is not Whose.OTHER:
            seen = dict.fromkeys(
                t for item in pinpoint.items for t in _targets(item, numbers, places)
            )
            for target in list(seen)[:_MOST_TARGETS]:
                yield Reference(start, end, target)


def whose(text: str, start: int, end: int) -> Whose:
    """Whose the pinpoint at ``text[start:end]`` is, by the words around it."""
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    if _SAID_OWN.match(after):
        return Whose.OWN
    if _SAID_OTHER.match(after):
        return Whose.OTHER
    if _LOOK.search(before):
        return Whose.OWN if _SAID_OWN_BEFORE.search(before) else Whose.LIKELY
    if _DOUBTFUL_WORD.match(text, start):
        return Whose.OTHER
    if _AFTER_DOCUMENT.search(before) or _CAPITALISED.search(before):
        return Whose.OTHER
    return Whose.LIKELY


def _targets(item: Item, numbers: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The paragraphs that an item names: a range as the document prints it."""
    if isinstance(item, str):
        number = item if item in places else item.partition("(")[0]
        return [number] if number in places else []
    first, last = (end if end in places else end.partition("(")[0] for end in item)
    if first not in places or last not in places:
        return [end for end in (first, last) if end in places]
    return list(numbers[places[first] : places[last] + 1][:_MOST_TARGETS])
