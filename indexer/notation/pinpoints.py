"""How is a pinpoint to a paragraph or a footnote written? ``¶48``, ``paras 45–52``, ``fn 13``.

One grammar for the text of a submission, the search box and the citation desk. What a
pinpoint points at (whether there is a paragraph 48, what lies between 45 and 52) is left
to them: ranges stay ranges here.

Any text is legal. Sizes are limited, since a pinpoint is something a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.analysis import western_digits

#: One number, or the first and last of a range.
Item = str | tuple[str, str]
Kind = Literal["paragraph", "footnote"]

#: Longest text that can be a pinpoint as a whole: a page of numbers.
MAX_CHARACTERS = 2000
#: Most items of one pinpoint in running text.
MAX_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """What is cited: ``paras 45–48 and 50`` has the items ``("45", "48")`` and ``"50"``."""

    kind: Kind
    items: tuple[Item, ...]
    explicit: bool
    """Whether a word or sign (``para.``, ``¶``, ``fn``) says that this is a pinpoint."""
    submission: str | None = None
    """The id or code written before it: ``KAZ``, ``JS5``, ``kaz-2019-odf-fidu-khisr``."""


# Words by language: English, French, Spanish and Portuguese, Russian, Arabic. "p." is a page
# in all but Russian, whose letter is another; "n" is a note only directly before its number,
# and "par" a paragraph only with its full stop: in French it is "by".
_PARAGRAPH_WORDS = (
    r"paragraphs?|paras?|pars?|points?|paragraphes?"
    r"|p[áa]rrafos?|p[áa]rrs?|par[áa]grafos?|параграф[а-я]{0,3}|пункт[а-я]{0,3}|пп|п"
    r"|(?:ال)?فقر(?:ة|ات|تين)"
)
_FOOTNOTE_WORDS = (
    r"footnotes?|endnotes?|fns?|ftns?|notes?(?:\s+de\s+bas\s+de\s+page)?|nn?"
    r"|notas?(?:\s+al\s+pie)?|сноск[а-я]{1,3}|прим"
)
_INTRODUCER = (
    rf"(?:(?P<paragraph>(?<![^\W\d_])(?!pars?\s)(?:{_PARAGRAPH_WORDS})(?![^\W\d_])|¶{{1,2}}|§{{1,2}})"
    rf"|(?P<footnote>(?<![^\W\d_])(?:{_FOOTNOTE_WORDS})(?![^\W\d_])))"
    r"\.?\s{0,3}(?:(?:nos?\.|n[o°º]\.?(?=\s)|№)\s?)?"
)

# No leading zero: 0048 and 00-580 are no paragraphs. A year's worth of digits and more is
# left to the ranges below; six digits are more than any document has.
_COUNT = r"[1-9][0-9]{0,5}(?:\.[1-9][0-9]{0,4}){0,3}"
# Where a query says that it is a citation, it is one, also of what no document has.
_ANY_COUNT = r"[0-9]++(?:\.[0-9]++)*+"
_NUMBER_END = r"(?:bis|ter)?(?:~[1-9][0-9]?)?(?:\s?\([a-z0-9]{1,4}\)){0,4}(?![\w%]|\.\d)"
_SUBITEMS = r"(?:\([a-z0-9]{1,4}\)){1,4}"
_DASH = r"(?:\s?[-‐‑–—−]\s?|\s(?:to|through|à|a|al|по|до)\s)"
_JOIN = r"(?:\s?[,;]\s?(?:(?:and|or|&|et|ou|y|e|o|и)\s)?|\s(?:and|or|&|et|ou|y|e|o|и)\s)"

_INTRODUCED = re.compile(_INTRODUCER, re.IGNORECASE)
# In running text numbers are looked for first, being rarer than letters.
_NUMBER_START = re.compile(r"(?<![0-9A-Za-z,/_-])(?:[1-9]|u[1-9])")
_LAST_WORD = re.compile(r"[^\W\d_]{1,14}$|[¶§№º°]$")
_INTRODUCING = re.compile(
    rf"{_PARAGRAPH_WORDS}|{_FOOTNOTE_WORDS}|[¶§№º°]|nos?|page|pie", re.IGNORECASE
)
#: Characters of the longest introducer, "notes de bas de page nos. " and some space.
_LONGEST_INTRODUCER = 40
_ITEM, _ASKED = (
    re.compile(
        rf"(?P<first>u?{count}{_NUMBER_END})(?:{_DASH}(?P<last>u?{count}{_NUMBER_END}|{_SUBITEMS}))?",
        re.IGNORECASE,
    )
    for count in (_COUNT, _ANY_COUNT)
)
_JOINED = re.compile(_JOIN, re.IGNORECASE)
_SPACE = re.compile(r"\s+")

# Before a list a submission may be named. A word of the language is no name: a code has
# capitals only, or a digit or hyphen inside.
_SUBMISSION = r"(?:JS\s?[0-9]{1,3}|[A-Z][A-Z0-9]{1,11}|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+|[a-z]+[0-9]+)"
_NAMED = re.compile(rf"(?P<name>{_SUBMISSION})(?:,?\s|\s?[/#]\s?)", re.IGNORECASE)
#: The number of a paragraph that has none, which is no code: ``u1, 3`` is a list.
_UNNUMBERED = re.compile(r"u[1-9][0-9]*")
_LEAD = re.compile(
    r"(?:(?:see|cf\.?|look(?:\s+at)?|at|in|supra|voir|ver|v[ée]ase|см\.?)\s)+", re.IGNORECASE
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")

# In running text "paragraphs 12 and 3 people" must not take the 3: a later member of a list
# is not taken where a word follows that it may count.
_COUNTS = re.compile(r"\s(?!(?:above|below|supra|infra|and|or|of|in|to|on|for|as|at|by|from|with"
                     r"|that|this|the|which|where|are|is|were|was|have|has|respectively|also"
                     r"|et|ou|de|du|des|ci|y|del|и|выше|ниже)\b)[^\W\d_A-Z]{2,}")  # fmt: skip


def parse_pinpoint(text: str, submission: str | None = None) -> Pinpoint | None:
    """Read *text* as one pinpoint and nothing else, into *submission* where that is known;
    None where it is none.

    >>> parse_pinpoint("paras. 3-4 and 9").items
    (('3', '4'), '9')
    >>> parse_pinpoint("JS5, para. 20(f)").submission
    'JS5'
    >>> parse_pinpoint("1,413") is None
    True
    """
    if len(text) > MAX_CHARACTERS:
        return None
    text = _SPACE.sub(" ", western_digits(text)).strip(" .,;:")
    if text.startswith(("[", "(")) and text.endswith(("]", ")")):
        text = text[1:-1].strip()
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    name, at = _name(text, at)
    introduced = _INTRODUCED.match(text, at)
    slash = name is not None and text[at - 1 : at] in ("/", "#")
    if introduced is None and name is not None and not slash:
        return None
    if introduced is None and lead is not None and name is None:
        return None
    kind: Kind = "paragraph"
    if introduced:
        kind, at = _kind(introduced), introduced.end()
    explicit = introduced is not None or slash or submission is not None
    # As many as the characters allow.
    items, end = _items(text, at, kind, _ASKED if explicit else _ITEM, running=False)
    if not items or end != len(text):
        return None
    if not explicit and _THOUSANDS.fullmatch(text):
        return None
    return Pinpoint(kind, tuple(items), explicit, submission or name)


def find_pinpoints(text: str) -> Iterator[tuple[int, int, Pinpoint]]:
    """Yield ``(start, end, pinpoint)`` for each introduced pinpoint in running *text*.

    >>> [(s, e, p.items) for s, e, p in find_pinpoints("look point 48 of this Submission")]
    [(5, 13, ('48',))]
    """
    at, text = 0, western_digits(text)
    for number in _NUMBER_START.finditer(text):
        if number.start() < at or not _is_introduced(text, number.start()):
            continue
        start = max(at, number.start() - _LONGEST_INTRODUCER)
        introduced = _INTRODUCED.search(text, start, number.start())
        while introduced and introduced.end() < number.start():
            introduced = _INTRODUCED.search(text, introduced.end(), number.start())
        if introduced is None:
            continue
        items, at = _items(text, number.start(), _kind(introduced), _ITEM, running=True)
        if items:
            yield introduced.start(), at, Pinpoint(_kind(introduced), tuple(items), True)


def _is_introduced(text: str, at: int) -> bool:
    """Whether the word before *at* may introduce a pinpoint: a quick look at most numbers."""
    before = text[max(0, at - _LONGEST_INTRODUCER) : at].rstrip(" .\u00a0\t\n\r")
    word = _LAST_WORD.search(before[-16:])
    return word is not None and _INTRODUCING.fullmatch(word.group()) is not None


def _name(text: str, at: int) -> tuple[str | None, int]:
    """A submission's name at *at*, and where what it names begins."""
    named = _NAMED.match(text, at)
    if named is None or _INTRODUCED.match(text, at):
        return None, at
    name = named["name"]
    plain_word = name.isalpha() and not name.isupper()
    following = named.end()
    if plain_word or name[0].isdigit() or _UNNUMBERED.fullmatch(name):
        return None, at
    return _SPACE.sub("", name), following


def _kind(introduced: re.Match[str]) -> Kind:
    return "paragraph" if introduced["paragraph"] else "footnote"


def _items(
    text: str, at: int, kind: Kind, item: re.Pattern[str], *, running: bool
) -> tuple[list[Item], int]:
    """The list of numbers, each an *item*, that starts at *at*, and where it ends."""
    items: list[Item] = []
    end = at
    while (not running or len(items) < MAX_ITEMS) and (found := item.match(text, at)):
        if running and items and _COUNTS.match(text, found.end()):
            break
        items.append(_item(found))
        end = found.end()
        joined = _JOINED.match(text, end)
        if joined is None:
            break
        at = joined.end()
        if (again := _INTRODUCED.match(text, at)) is not None:  # ¶ 45, ¶ 48
            if _kind(again) != kind:
                break
            at = again.end()
    return items, end


def _item(found: re.Match[str]) -> Item:
    first = _SPACE.sub("", found["first"])
    last = found["last"]
    if last is None:
        return first
    if last.startswith("("):  # 12(a)–(c)
        last = first.partition("(")[0] + last
    return first, _SPACE.sub("", last)
