"""How is an article, section or rule cited? Kind, number and the law printed beside it.

``Article 174``, ``Art. 405 of the CC``, ``Articles 19, 21 and 22 of the ICCPR``,
``section 15(2)``, ``rule 43 of the Nelson Mandela Rules``, ``Article 130 the CC`` (as
misprinted). Of a list each member is a provision; the law belongs to all, and is printed
in the last one's span. Which law is meant where none is printed is settled elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from indexer.notation.laws import law_at


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision as cited."""

    kind: str
    """``article``, ``section``, ``rule``, ``regulation``, ``principle``."""
    number: str
    """As printed without spaces: ``174``, ``193-1``, ``23(6)(c)``; a range ``19-21``."""
    law: str | None = None
    """The law as printed, None where none is; in an inflected language in the nominative."""

    @property
    def label(self) -> str:
        """How the provision is named without its law: ``Article 174``."""
        return f"{self.kind.capitalize()} {self.number}"


_KINDS = {
    "article": "article", "articles": "article", "art": "article", "arts": "article",
    "section": "section", "sections": "section", "sec": "section", "secs": "section",
    "rule": "rule", "rules": "rule", "regulation": "regulation", "regulations": "regulation",
    "principle": "principle", "principles": "principle",
}  # fmt: skip
#: A part of a provision in its brackets: the (1) of 20(1).
PART = r"(?:\s?\((?:\d{1,2}|[a-z]{1,2}|[ivx]{1,5}|[A-Z])\))"
#: The number of a provision, with its letters and brackets.
NUMBER = (
    rf"\d{{1,4}}(?:[A-Z](?![\p{{L}}\p{{Nd}}])|bis|ter|quater)?(?:[.\-‑/](?:\d{{1,3}}|[A-Z])(?![\p{{L}}\p{{Nd}}]))*"
    rf"{PART}{{0,4}}(?![\p{{L}}\p{{Nd}}]|[,.]\d{{3}})"
)
_ROMAN = r"[IVXL]{1,6}(?![\p{L}\p{Nd}])"
_NEXT = rf"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+|\s?[–—]\s?|\s+to\s+)(?P<n>{NUMBER})"
_START = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}])(?P<kind>(?:[Aa]rt|[Aa]rticle|[Ss]ection|[Ss]ec|[Rr]ule|[Rr]egulation"
    rf"|[Pp]rinciple)s?|ARTICLES?|ART)(?:\.\s?|\s)(?:(?:No|Nos)\.?\s)?(?P<n>{NUMBER}|(?P<roman>{_ROMAN}))"
)
_MORE = regex.compile(_NEXT)
_LIST = regex.compile(r"[–—]|to")
_PART = regex.compile(
    r"(?:,?\s+(?:paragraphs?|paras?\.|parts?|sub-?paragraphs?|§)\s?\d{1,2}(?:\s?\(\w{1,3}\))?"
    r"(?:\s+and\s+\d{1,2})?,?)(?=\s+of\s)"
)
_OF = regex.compile(
    r"\s+(?:of|in|under)\s+(?:the\s+|its\s+|their\s+)?(?:new\s+|revised\s+|amended\s+)?|\s+(?:the\s+)?(?=\p{Lu}\p{L}*\p{Lu})"
)
_NOT_OURS = regex.compile(
    r"\s+(?:of\s+(?:this|the)\s+(?:present\s+)?(?:report|submission|document)|above|below)\b"
)
#: How an article of a law with a name in another language is labelled: "Article 5 (Code civil)".
_BRACKETED = regex.compile(rf"Article (?P<n>{NUMBER}) \((?P<law>\p{{L}}[^()]+)\)")


def find_provisions(text: str) -> Iterator[tuple[int, int, Provision]]:
    """Yield (start, end, provision) of every provision cited in *text*, in order."""
    last = 0
    for match in _START.finditer(text):
        if match.start() < last:
            continue
        kind = _KINDS[match["kind"].lower()]
        if match["roman"] and kind != "article":
            continue  # "section IV" is a part of a document
        spans = [(match.start(), match.end(), plain(match["n"]))]
        if match["kind"].lower() != kind or regex.match(
            r"\s+and\s+\d+(?:\(\w+\))*\s+of\s", text, pos=match.end()
        ):
            spans = _members(text, spans)
        if _NOT_OURS.match(text, spans[-1][1]):
            continue
        law, end = _law(text, spans[-1][1])
        for start, stop, number in spans[:-1]:
            yield start, stop, Provision(kind, number, law)
        start, stop, number = spans[-1]
        last = end or stop
        yield start, last, Provision(kind, number, law)


def parse_provision(text: str) -> Provision | None:
    """Return the provision that *text* is and nothing else, None otherwise.

    >>> parse_provision("Art. 405 of the CC")
    Provision(kind='article', number='405', law='CC')
    """
    stripped = text.strip().rstrip(".,;")
    if bracketed := _BRACKETED.fullmatch(stripped):
        return Provision("article", plain(bracketed["n"]), bracketed["law"])
    for start, end, provision in find_provisions(stripped):
        return provision if (start, end) == (0, len(stripped)) else None
    return None


def plain(number: str) -> str:
    """A printed number without spaces, its dashes plain."""
    return regex.sub(r"[–—‑]", "-", regex.sub(r"\s", "", number))


def _members(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The list that a first number opens; a range stays one member."""
    while more := _MORE.match(text, spans[-1][1]):
        if _LIST.search(text[spans[-1][1] : more.start("n")]):
            start, _, number = spans[-1]
            spans[-1] = (start, more.end(), f"{number}-{plain(more['n'])}")
        else:
            spans.append((more.start("n"), more.end(), plain(more["n"])))
    return spans


def _law(text: str, end: int) -> tuple[str | None, int | None]:
    """The law printed after a number, and where it ends."""
    part = _PART.match(text, end)
    opening = _OF.match(text, part.end() if part else end)
    if opening is None:
        return None, None
    law_end = law_at(text, opening.end())
    if law_end is None:
        return None, None
    return text[opening.end() : law_end], law_end
