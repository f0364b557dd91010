"""How is a law named? The phrases around *Law*, *Act*, *Code*, *Decree*, *Convention*, ….

A law's name has its noun last (``Public Order Management Act 2013``, ``2013 Constitution``)
or first (``Law on Mass Events``, ``Law "On …"``, ``Decree No. 53/2022/ND-CP``), with its
number and year. A noun alone (``the Act``) names nothing, save ``Constitution``.
Which law a name means is not settled here.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

#: Nouns that make a law of the capitalised words around them.
_NOUN = (
    r"(?:Acts?|Codes?|Laws?|Constitution|Conventions?|Covenants?|Charter|Protocols?|Decree-Law"
    r"|Decree|Edict|Ordinance|Statutes?|Treaty|Declaration|Directive|Rules|Regulations?|Principles"
    r"|Agreement|Pact|Proclamation|Guidelines|Dahir|Ukase)"
)
#: These make one only together with a number.
_NUMBERED_NOUN = r"(?:Order|Decision|Resolution|Instruction|Circular|Ruling|Bill)"
_WORD = r"[\p{Lu}][\p{L}\p{M}’']*(?:[-‑–/][\p{L}\p{M}’']+)*"
_LINK = r"(?:and|of|for|on|in|to|against|with|from|the|concerning|relating\sto|regarding|by|or|&)"
_DATE = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+\p{Lu}\p{L}+\s+)?(?:1[89]|20)\d\d(?![\p{L}\p{Nd}/])"
_NUMBER = (
    r"(?:No|Nr|N|Number)\b\.?\s?[\p{L}\p{Nd}][\p{L}\p{Nd}/\-–.]*(?<![.\-–])|№\s?[\p{L}\p{Nd}/\-]+"
)
_YEARED = (
    rf"(?:\s+of\s+{_DATE}|,?\s+(?:1[89]|20)\d\d(?![\p{{L}}\p{{Nd}}/])|\s+\((?:1[89]|20)\d\d\))"
)
_TAIL = rf"(?:,?\s+(?:{_NUMBER}))?(?:{_YEARED})?(?:,?\s+(?:{_NUMBER}))?"
_QUOTED = r"\s*[\"“”„«‘'](?=\p{Lu})[^\"“”«»\n]{3,200}?[\"”“»’](?![\p{L}])"
_STATE = (
    r"(?:\s+of\s+(?:the\s+)?(?:Republic|Kingdom|State|Federation|Union|Commonwealth)"
    rf"(?:\s+of\s+(?:the\s+)?{_WORD}(?:\s+{_WORD}){{0,2}})?)"
)
_AFTER = regex.compile(
    rf"{_STATE}?(?:{_QUOTED}|\s+(?:on|for|of|to|against|concerning|relating\s+to|regarding)\s+"
    rf"(?:the\s+)?{_WORD}(?:(?:,?\s+{_LINK}){{0,3}}\s+{_WORD}"
    rf"|,\s+(?!{_NOUN}\b){_WORD}(?=,|\s+(?:and|{_WORD})))"
    r"{0,14})?"
)
_TAIL_RE = regex.compile(_TAIL)
_TAIL_NEEDED = regex.compile(rf"\s+(?:{_NUMBER})(?:{_YEARED})?")
# Of "Penal Code Act" and "Constitution (Amendment) Act" the last noun is the law's.
_NOUN_RE = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}\-‑])(?:(?P<noun>{_NOUN})|(?P<weak>{_NUMBERED_NOUN}))"
    rf"(?![\p{{L}}\p{{M}}\-‑]|\s(?:\(\p{{Lu}}[\p{{L}}\s,.]{{2,60}}\)\s)?{_NOUN}(?![\p{{L}}\p{{M}}]))"
)
_NOUN_WORD = regex.compile(_NOUN)
_BEFORE = regex.compile(
    rf"(?:(?P<year>(?:1[89]|20)\d\d)|(?P<word>{_WORD})|(?P<link>and|of|&))"
    r",?\s+$"
)
#: "Computer Misuse (Amendment) Act", "Criminal Law (Codification and Reform) Act".
_AMENDED = regex.compile(r"\(\p{Lu}[\p{L}\s,.]{2,60}\)\s+$")
_LONGEST_AMENDED = 70
_LAST_WORD = regex.compile(r"[^\s]+\s+$")
#: Capitalised words that open a sentence or stand for a title, and no law.
_NOT_FIRST = frozenset(
    "The A An In On At Of By For To From As And Or But If Under This That These Those Its Their"
    " His Her Our Since After Before While When Where Although According However Moreover"
    " Article Articles Section Sections Art Arts Rule Chapter Part Both Such New Former".split()
)
# "International Law", "Rule of Law", "Faculty of Law": fields and offices, no enactments.
_NO_LAW = regex.compile(
    r"(?:International|Humanitarian|Rights|Customary|Martial|Sharia|Islamic|Domestic|National"
    r"|Case|Common|Natural|Criminal|Public|Private|Administrative|Constitutional|Rule\s+of"
    r"|Faculty\s+of|School\s+of|Minister\s+of|Department\s+of|Doctor\s+of)\s+Laws?"
)
#: After these a number needs no "No.": "Decree 1066 of 2015", "Directive 24", "Law 26.485".
_BARE_NUMBERED = frozenset({"Decree", "Decree-Law", "Directive", "Law", "Ordinance", "Edict"})
_BARE_NUMBER = regex.compile(
    rf"\s\p{{Nd}}{{1,5}}(?![\p{{L}}\p{{Nd}}])(?:[./\-]\p{{Nd}}+)*(?:/\p{{L}}[\p{{L}}\-]*)*(?:{_YEARED})?"
)
#: Nouns that, alone or first, need more than a following place to name a law.
_ALONE = frozenset({"Constitution"})
#: A name has fewer words than this before its noun.
_MOST_BEFORE = 14


def find_laws(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every name of a law in *text*, in order, none overlapping."""
    last = 0
    for match in _NOUN_RE.finditer(text):
        if match.start() < last:
            continue
        span = _span(text, match, last)
        if span is not None:
            yield span
            last = span[1]


def law_at(text: str, start: int) -> int | None:
    """Return the end of the law's name that starts at *start*, None if none does.

    Here an acronym (``ICCPR``, ``CC``) and a noun alone (``Covenant``) are laws too: what
    stands before says so.
    """
    window = text[start : start + 240]
    for match in _NOUN_RE.finditer(window):
        span = _span(window, match, 0)
        if span is not None and span[0] == 0:
            return start + span[1]
        if match.start() == 0 and match["noun"]:
            return start + match.end()
        if span is not None:
            break
    acronym = _ACRONYM.match(text, start)
    return acronym.end() if acronym else None


_ACRONYM = regex.compile(
    r"(?=\p{L}*\p{Lu}\p{L}*\p{Lu})[\p{Lu}][\p{L}]{1,9}(?:-OP\d|-\p{Lu}+)?(?![\p{L}\p{Nd}\-.]\w)"
)


def _span(text: str, match: regex.Match[str], floor: int) -> tuple[int, int] | None:
    """The name of a law around its noun, None where the noun names nothing."""
    numbered = _TAIL_NEEDED.match(text, match.end())
    if numbered is None and match.group() in _BARE_NUMBERED:
        numbered = _BARE_NUMBER.match(text, match.end())
    if match["weak"]:
        # "Decision No. 1970/QD-TTg" is an enactment; "Decision No. 12/2018" a case.
        if numbered is None or not regex.search(r"/\p{Lu}{2}|\d-\p{Lu}", numbered.group()):
            return None
        return match.start(), numbered.end()
    start = _start(text, match.start(), floor)
    end = match.end()
    noun = match.group()
    if numbered:
        end = numbered.end()
    else:
        after = _AFTER.match(text, end)
        if after and after.end() > end and (start == match.start() or noun not in ("Act", "Rules")):
            end = _before_next_law(text, end, after.end())
        tail = _TAIL_RE.match(text, end)
        end = tail.end() if tail else end
    name = text[start:end]
    if name == noun and noun not in _ALONE:
        return None
    if noun == "Law" and regex.match(r"Law of (?!the (?:Republic|Kingdom|State))", name):
        return None
    if _NO_LAW.fullmatch(name) or (start == match.start() and _ruled(text, start)):
        return None
    if text.startswith(" and Order", end):
        return None
    return start, end


def _before_next_law(text: str, start: int, end: int) -> int:
    """Where a name ends that the next is joined to: "… against Torture and the Rome Statute"."""
    for joint in regex.finditer(r",?\sand\s", text, pos=start, endpos=end):
        noun = _NOUN_WORD.search(text, joint.end(), end)
        if noun and text[noun.start() - 1] == " ":
            return joint.start()
    return end


def _ruled(text: str, start: int) -> bool:
    """Whether "Law" is the object in "the Rule of Law"."""
    return (
        regex.search(
            r"\b(?:[Rr]ule|[Ff]aculty|[Ss]chool)\s+of\s+$", text[max(0, start - 16) : start]
        )
        is not None
    )


def _start(text: str, noun: int, floor: int) -> int:
    """Walk back over the capitalised words before a noun."""
    start = noun
    position = noun
    linked = False
    for _ in range(_MOST_BEFORE):
        amended = _AMENDED.search(text, max(floor, position - _LONGEST_AMENDED), position)
        if amended is not None:
            position = amended.start()
            start = position
            continue
        window = text[max(floor, position - 40) : position]
        last = _LAST_WORD.search(window)
        step = _BEFORE.search(window[last.start() :] if last else window)
        if step is None or (last is not None and step.start() != 0):
            break
        if "," in step.group():
            break
        length = len(window[last.start() :]) if last else len(window)
        position -= length
        if step["link"]:
            linked = True
            continue
        if step["year"]:
            return position if start == position + length else start
        word = step["word"]
        if word in _NOT_FIRST or (linked and word and _NOUN_WORD.fullmatch(word)):
            break
        linked = False
        start = position
    return start
