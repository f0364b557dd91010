"""How is a case cited? Opinions, communications, judgments, resolutions, UN symbols.

One thing has one key however it is printed: ``Opinion No. 16/2017`` is
``A/HRC/WGAD/2017/16``; ``Communication No. 2304/2013`` is ``CCPR/C/115/D/2304/2013``,
whatever the session; ``resolution 47/19`` is ``A/HRC/RES/47/19``. The key does not say
which body numbered a communication or resolution, since the short forms do not either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Case:
    """A case as cited."""

    key: str
    """What all printed forms of one case share, for example ``opinion 16/2017``."""


_SYMBOL = (
    r"(?:A|E|S|ST|HRI|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CMW|CED|DP|GC)"
    r"(?:/[\p{Lu}\p{Nd}][\p{L}\p{Nd}.\-]*)+(?:/(?:Add|Rev|Corr|L)\.\d+)*(?:\s\(\d{4}\))?"
)
_BEFORE = (
    r"(?:(?:Constitutional|Civil|Criminal|Administrative|Election|Electoral|Miscellaneous|Misc\."
    r"|Writ|Human\sRights|Special|Advisory|Individual|Joint|Original|Supreme\sCourt"
    r"|High\sCourt)\s)*"
)
_NOUN = (
    r"(?:Opinions?|Communications?|Petitions?|Appeals?|Applications?|Cases?|Complaints?"
    r"|Judge?ments?|Decisions?|Rulings?|Resolutions?|Suits?|Causes?|References?|Verdicts?"
    r"|Sentences?|Views|Orders?|General\s(?:Comments?|Recommendations?)|Recommendations?|Docket)"
)
_NUMBER = r"[\p{Lu}]{0,5}[-./]?\p{Nd}[\p{L}\p{Nd}]*(?:[-/.–][\p{L}\p{Nd}]+)*"
_NO = r"(?:Nos?\.?|Numbers?|Nr\.?|N[°º]|№|#)"
_NAMED = (
    rf"{_BEFORE}(?i:{_NOUN})(?:\s(?i:{_NO})\s?|\s(?=\p{{Nd}}+/\p{{Nd}}))"
    rf"(?P<number>{_NUMBER})(?P<of>\s(?:of|/)\s?(?:19|20)\d\d(?!\p{{Nd}}))?(?:\s\(\d{{4}}\))?"
)
_STRASBOURG = r"(?i:nos?\.)\s(?P<application>\p{Nd}{2,5}/\p{Nd}{2})(?!\p{Nd})"
_FIND = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}/])(?:(?P<symbol>{_SYMBOL})|(?P<named>{_NAMED})|(?P<echr>{_STRASBOURG}))"
)
#: Symbols and applications alone: looking for nouns costs fifty times as much.
_SLASHED = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}/])(?:(?P<symbol>{_SYMBOL})|(?P<echr>{_STRASBOURG}))"
)
#: Without this, and a noun before it, no case is named: a quick look, since few paragraphs do.
_NUMBERED = re.compile(
    r"\s(?:(?:nos?\.?|numbers?|nr\.?|n[°º]|№|#)\s?[^\W\d_]{0,5}[-./]?\d|\d+/\d)", re.IGNORECASE
)
_NOUN_BACKWARDS = regex.compile(rf"(?ri:{_NOUN})")
_MORE = regex.compile(r"(?:,\s|\sand\s|,\sand\s|\s&\s)(?P<number>\p{Nd}+/\p{Nd}+)")
_NOUN_RE = regex.compile(rf"(?i:{_NOUN})")
_VERSUS = regex.compile(r"\sv(?:s?\.|s?)\s(?=\p{Lu}|the\s\p{Lu})")
_PARTY = r"[\p{Lu}][\p{L}\p{M}’'\-]*\.?"
_LEFT = regex.compile(
    rf"(?:{_PARTY}|&)(?:(?:\s|,\s)(?:{_PARTY}|&|and\s[Oo]thers|of|the|et\sal\.?))*$"
)
_RIGHT = regex.compile(
    rf"(?:the\s)?{_PARTY}(?:\s(?:of\s(?:the\s)?)?{_PARTY}){{0,6}}"
    r"(?:(?:\s(?:&|and)\s|,\s)(?:\p{Nd}+\s)?[Oo]thers)?"
)
_NOT_PARTY = frozenset("In The See Case Cf In Also Under Citing".split())
#: A party's name is looked for in so many characters before "v.".
_LEFT_WINDOW = 80


def find_cases(text: str, language: str = "en") -> Iterator[tuple[int, int, Case]]:
    """Yield (start, end, case) of every case cited in *text*, in order, none overlapping.

    *language* is an ISO 639-1 code. Symbols, and numbers after English nouns, are found in
    every one; so are parties, save that a bare ``v`` between them is a word in some.
    """
    found = [*_numbered(text), *_versus(text, language)]
    last = 0
    for start, end, case in sorted(found, key=lambda item: (item[0], -item[1])):
        if start >= last:
            yield start, end, case
            last = end


def parse_case(text: str) -> Case | None:
    """Return the case that *text* is and nothing else, None otherwise.

    >>> parse_case("Opinion No. 16/2017") == parse_case("A/HRC/WGAD/2017/16")
    True
    """
    stripped = text.strip().rstrip(".,;")
    for start, end, case in find_cases(stripped):
        return case if (start, end) == (0, len(stripped)) else None
    return None


def _numbered(text: str) -> Iterator[tuple[int, int, Case]]:
    if any(_NOUN_BACKWARDS.match(text, 0, n.start()) for n in _NUMBERED.finditer(text)):
        pattern = _FIND
    elif "/" in text:
        pattern = _SLASHED
    else:
        return
    for match in pattern.finditer(text):
        start, end = match.span()
        if match["symbol"]:
            symbol = match["symbol"].rstrip(".-")
            if regex.search(r"\d", symbol) and symbol.count("/") >= 2:
                yield start, start + len(symbol), Case(_symbol_key(symbol))
        elif match["echr"]:
            yield start, end, Case(f"application {match['application']}")
        elif not regex.search(r"\d-\p{Lu}|/\p{Lu}{2}", match["number"]):
            yield from _named(text, match)


def _named(text: str, match: regex.Match[str]) -> Iterator[tuple[int, int, Case]]:
    words = match.group()[: match.start("number") - match.start()]
    noun = _NOUN_RE.findall(words)[-1].lower()
    qualifier = words[: words.lower().rindex(noun)].strip().lower()
    noun = regex.sub(
        r"ment$", "ment", noun.removesuffix("s") if noun != "views" else "communication"
    )
    number = match["number"] + (
        regex.sub(r"\D", "", match["of"]).join(("/", "")) if match["of"] else ""
    )
    end = match.end()
    yield match.start(), end, Case(_named_key(f"{qualifier} {noun}".strip(), number))
    while more := _MORE.match(text, end):
        if "/" not in match["number"]:
            break
        end = more.end()
        yield more.start("number"), end, Case(_named_key(noun, more["number"]))


def _named_key(noun: str, number: str) -> str:
    return f"{noun.replace('judgement', 'judgment')} {number.lower()}"


_SYMBOL_KEYS = (
    (regex.compile(r"A/HRC/WGAD/(\d{4})/(\d+)"), r"opinion \2/\1"),
    (regex.compile(r"[A-Z]+/C/\d+/DR?/(\d+)/(\d{4})"), r"communication \1/\2"),
    (regex.compile(r"A/(?:HRC/)?RES/(?:S-)?(\d+)/(\d+)"), r"resolution \1/\2"),
    (regex.compile(r"S/RES/(\d+)(?:\s\(\d{4}\))?"), r"resolution \1"),
    (regex.compile(r"CCPR/C/GC/(\d+)"), r"general comment \1"),
)


def _symbol_key(symbol: str) -> str:
    for pattern, key in _SYMBOL_KEYS:
        match = pattern.fullmatch(symbol)
        if match:
            return match.expand(key)
    return symbol.lower()


def _versus(text: str, language: str) -> Iterator[tuple[int, int, Case]]:
    """«Toonen v. Australia»: the capitalised names on both sides."""
    for match in _VERSUS.finditer(text):
        if language != "en" and "." not in match.group():
            continue
        left = _LEFT.search(text[max(0, match.start() - _LEFT_WINDOW) : match.start()])
        right = _RIGHT.match(text, match.end())
        if left is None or right is None:
            continue
        start = match.start() - len(left.group())
        words = left.group().split(" ")
        while len(words) > 1 and (words[0] in _NOT_PARTY or words[0].islower()):
            start += len(words.pop(0)) + 1
        end = right.end()
        if text[end - 1] == "." and text[end - 3 : end - 2].isalpha():
            end -= 1  # the sentence's, not an initial's
        key = f"{text[start : match.start()]} v {text[match.end() : end]}"
        yield start, end, Case(regex.sub(r"[^\w ]", "", key).lower())
