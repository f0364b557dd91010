"""What does the symbol of a United Nations document say? Its body, session, State and kind.

``A/HRC/WG.6/34/KAZ/3`` is the third document for the review of Kazakhstan at the 34th session
of the Working Group. The form of symbols is the Dag Hammarskjöld Library's; the meaning of the
last number is that of paragraph 15 of the annex to Human Rights Council resolution 5/1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMITTEES = r"(?:(?:CCPR|CAT|CEDAW|CERD|CRC|CRPD|CMW|CED)/C|E/C\.12)"
#: A symbol as a metadata file may give it.
SYMBOL = re.compile(
    r"(?:A|E|S|ST|HRI|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CMW|CED)(?:/[A-Z0-9][A-Za-z0-9.-]*){2,8}"
)
# In a masthead a symbol stands alone, beside the organisation's name or before "Distr.".
_MASTHEAD = re.compile(
    r"(?:(?:united\s+nations|nations\s+unies|naciones\s+unidas|объедин[её]нны\w+\s+наци\w+"
    r"|организация\s+объедин[её]нных\s+наций|symbol|cote|signatura)\W{0,40})?"
    rf"(?P<symbol>(?-i:{SYMBOL.pattern}))(?P<rest>\W*$|\s+(?:distr|advance|general\s+assembly)\b)",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"A/HRC/WG\.6/(?P<session>[1-9][0-9]?)/(?P<state>[A-Z]{3})/(?P<document>[123])"
)
_CONCLUSIONS = re.compile(rf"{_COMMITTEES}/(?P<state>[A-Z]{{3}})/CO/")
_STATE_REPORT = re.compile(rf"{_COMMITTEES}/(?P<state>[A-Z]{{3}})/[0-9]")
_CASE = re.compile(rf"{_COMMITTEES}/(?:[0-9]+/)?D/")
_OPINION = re.compile(r"A/HRC/WGAD/(?:19|20)[0-9]{2}/[0-9]")
_DOCUMENTS = {"1": "national report", "2": "compilation", "3": "summary"}


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a symbol says; None where it does not."""

    kind: str | None = None
    state: str | None = None
    """ISO 3166-1 alpha-3, as printed."""
    session: str | None = None
    """Of the Working Group on the Universal Periodic Review."""


def symbol_in(line: str) -> str | None:
    """The symbol that a masthead's *line* gives the document; not one that prose cites.

    >>> symbol_in("United Nations  A/HRC/WG.6/34/KAZ/3*")
    'A/HRC/WG.6/34/KAZ/3'
    >>> symbol_in("as A/HRC/WG.6/34/KAZ/3 says") is None
    True
    """
    found = _MASTHEAD.match(line.strip())
    return found["symbol"].rstrip(".-") if found else None


def read_symbol(symbol: str) -> Symbol:
    """What *symbol* says of its document.

    >>> read_symbol("A/HRC/WG.6/34/KAZ/1")
    Symbol(kind='national report', state='KAZ', session='34')
    """
    if found := _REVIEW.match(symbol):
        return Symbol(_DOCUMENTS[found["document"]], found["state"], found["session"])
    if found := _CONCLUSIONS.match(symbol):
        return Symbol("concluding observations", found["state"])
    if _CASE.match(symbol):
        return Symbol("decision")
    if found := _STATE_REPORT.match(symbol):
        return Symbol("State report", found["state"])
    return Symbol("opinion") if _OPINION.match(symbol) else Symbol()
