"""Who signed the submission, and how are they reached? Names and contacts in front matter.

A submitter is told by a line that opens with its name and acronym in brackets, or by the
list after words such as "Submitted by". Contacts belong to the submitter named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.model import Submitter
from indexer.notation.dates import find_dates
from indexer.structure.footnotes import urls_of
from indexer.structure.lines import Line, bullet_end
from indexer.structure.wording import FRONT_WORDS, INTRODUCTION

#: Longest line of front matter looked at, in characters.
_LOOKED_AT = 5000
#: Most lines of front matter looked at.
_MOST_LINES = 500

_CAPITALISED = r"[^\W\d_a-zа-яß][\w'’.&-]*"
_SMALL = (
    r"(?:of|for|and|the|in|on|to|against|with|de|des|du|la|le|les|pour|et|del|los|las|por|para"
    r"|y|e|&|–|-)"
)
_NAME = rf"(?:«|\"|“)?{_CAPITALISED}(?:[\s,]+(?:{_SMALL}|{_CAPITALISED})){{0,18}}(?:»|\"|”)?"
_ACRONYM = r"[^\W\d_a-z][\w&/-]{1,14}"
_NAMED = re.compile(
    rf"(?:[0-9]{{1,2}}[.)]\s+)?(?:The\s+|La\s+|Le\s+|El\s+|L['’])?(?P<name>{_NAME})\s*"
    rf"\(\s*(?:the\s+)?[\"“”‘']?(?P<short>{_ACRONYM})[\"“”’']?\s*\)"
)
_ANNOUNCED = re.compile(
    r"(?:(?:joint\s+|individual\s+|stakeholders?['’]?\s+)?(?:submission|report|contribution)\s+(?:\w+\s+){0,4}?"
    r"by|submitted\s+(?:jointly\s+)?by|presented\s+by|prepared\s+by|submitting\s+organi[sz]ations?"
    r"|submitters?|authors?|(?:soumis|présentée?|soumise)\s+(?:conjointement\s+)?par"
    r"|presentad[oa]\s+(?:conjuntamente\s+)?por|(?:представлен|подготовлен)\w*)\s*:?\s*",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,62}){1,4}"
)
_WEB_LABEL = re.compile(
    r"(?:web(?:\s?site)?|site(?:\s+web)?|sitio(?:\s+web)?|url|сайт|www)\b", re.IGNORECASE
)
_PHONE = re.compile(r"(?:tel|phone|fax|mob|тел|tél)", re.IGNORECASE)
_CITY = r"(?P<city>[^\W\d_][^\W\d_]*(?:[\s-](?:[^\W\d_]+)){0,2})"
_POSTCODE_FIRST = re.compile(
    rf"(?:[A-Z]{{1,2}}[-\s])?(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}}\s[0-9]{{2}}|[0-9]{{4,6}})\s+{_CITY}(?:,|$|\s[(/-])"
)
_POSTCODE_LAST = re.compile(
    rf"(?:^|,\s*){_CITY}(?:,\s*[A-Z]{{2}})?,?\s+(?:[0-9]{{4,6}}(?:-[0-9]{{4}})?|[A-Z]{{1,2}}[0-9][0-9A-Z]?\s[0-9][A-Z]{{2}})(?:,|$)"
)
_POSTCODE_INSIDE = re.compile(
    rf"(?:^|,\s*)(?:[A-Z]{{1,2}}-)?(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4,6}})\s+{_CITY}(?:,|$)"
)
_CITY_FIRST = re.compile(rf"{_CITY},\s+(?=[^,]*[^\W\d_])(?=.*[0-9])")
_ADDRESS_LABEL = re.compile(r"(?:address|adresse|dirección|адрес)\s*:\s*", re.IGNORECASE)
_MARKS = " \t*_#"


@dataclass(slots=True)
class _Party:
    short: str
    name: str
    line: Line
    emails: list[str] = field(default_factory=list)
    website: str | None = None
    city: str | None = None


def signed(front: Sequence[Line], title: str) -> list[tuple[Submitter, Line]]:
    """The organisations that the front matter names as its authors, in their order.

    Each with the line that names it first.
    """
    parties: list[_Party] = []
    current: _Party | None = None
    listing = False
    for line in front[:_MOST_LINES]:
        text = line.text[:_LOOKED_AT]
        text = text[bullet_end(text) :].strip(_MARKS).replace("**", "")
        announced = _ANNOUNCED.match(text)
        if not text or (text == title and announced is None):
            continue
        if announced is not None:
            listing = True
            for party in _listed(text[announced.end() :], line):
                current = _added(parties, party)
            continue
        if named := _NAMED.match(text):
            current = _added(parties, _Party(named["short"], _unquoted(named["name"]), line))
        elif listing and not _is_dated(text) and (current is None or _is_plain_name(text)):
            for party in _listed(text, line):
                current = _added(parties, party)
        if current is not None:
            _contacts(current, text)
            listing = listing and not _is_contact(text)
    if not parties:
        parties.extend(_possessor(front))
    return [
        (Submitter(p.short, p.name, tuple(dict.fromkeys(p.emails)), p.website, p.city), p.line)
        for p in parties
    ]


def _possessor(front: Sequence[Line]) -> Iterator[_Party]:
    """Who a line such as "Kite Watch's submission to the review of Peru" names first."""
    for line in front[:_MOST_LINES]:
        text = line.text[:_LOOKED_AT].strip(_MARKS)
        found = _POSSESSOR.match(text)
        if found and not _NO_AUTHOR.search(found["name"]) and _is_plain_name(found["name"]):
            yield _Party(found["name"], found["name"], line)
            return


def _added(parties: list[_Party], party: _Party) -> _Party:
    """The party that *party* is among *parties*, added if it is none of them."""
    for known in parties:
        if party.short == known.short or party.name == known.name:
            if known.short == known.name:
                known.short = party.short
            return known
    parties.append(party)
    return party


def _listed(text: str, line: Line) -> Iterator[_Party]:
    """The names in a list: ``A (AA), B (BB) and C``."""
    if cut := _ADDRESSEE.search(text):
        text = text[: cut.start()]
    at = 0
    for found in _NAMED_ANYWHERE.finditer(text):
        other, own = _parted(found["name"], found["short"])
        yield from _plainly_listed(text[at : found.start()] + other, line)
        yield _Party(found["short"], _unquoted(own), line)
        at = found.end()
    yield from _plainly_listed(text[at:], line)


def _parted(name: str, short: str) -> tuple[str, str]:
    """Another name that an "and" joins to *name*, empty if there is none, and the one that
    *short* abbreviates: of ``Kite Watch and Red Door (RD)`` what alone has these initials."""
    joints = () if _initials(name) == short else _AND_INSIDE.finditer(name)
    return next(
        (
            (name[: joint.start()], name[joint.end() :])
            for joint in joints
            if _initials(name[joint.end() :]) == short
        ),
        ("", name),
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())


def _plainly_listed(text: str, line: Line) -> Iterator[_Party]:
    """The names without an acronym."""
    parts = [part.strip(" .:;,") for part in _SEPARATOR.split(text)]
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        for printed in _both(part, in_list=place > 0) if last else (part,):
            name = printed.removeprefix("the ")
            if _is_plain_name(name) or _ACRONYM_ALONE.fullmatch(name):
                yield _Party(name, name, line)


def _both(text: str, in_list: bool) -> tuple[str, ...]:
    """The two names that an "and" joins at the end of a list, or the one whose part it is.

    It is part of one where a preposition before it is open ("Institute for Law and Peace")
    and no organisation's word follows, or where only one side could be a name.
    """
    joined = _AND.search(text)
    if joined is None:
        return (text,)
    left, right = text[: joined.start()], text[joined.end() :]
    words, following = len(left.split()), len(right.split())
    if _ACRONYM_ALONE.fullmatch(left) and _ACRONYM_ALONE.fullmatch(right):
        return left, right
    if min(words, following) < 2:
        return (left, right) if in_list and words == following else (text,)
    if _OPEN.search(left) and not _ORGANISATION.search(right):
        return (text,)
    return left, right


_SEPARATOR = re.compile(
    r"\s*[;,]\s*(?:and\s+|et\s+|y\s+|и\s+)?|^\s*(?:and|et|y|&|и)\s+"
    r"|\s+(?:together\s+with|in\s+(?:partnership|cooperation|collaboration)\s+with|as\s+well\s+as)\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|et|y|и|&)\s+(?:the\s+)?(?=\S+(?:\s+\S+)*$)")
_AND_INSIDE = re.compile(r"\s+(?:and|et|y|и|&)\s+(?:the\s+|l[ea]\s+|el\s+|l['’])?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPEN = re.compile(r"\b(?:for|of|on|against|pour|de|para|contra)\s", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:foundation|federation|cent(?:er|re)|institut\w*|association|asociación|network|coalition"
    r"|alliance|union|committee|council|society|forum|league|ligue|watch|initiative|international"
    r"|house|group|project|movement|fund|organi[sz]ation|bureau|office|observatory|réseau|red)\b",
    re.IGNORECASE,
)
_ACRONYM_ALONE = re.compile(r"[^\W\d_a-zа-я](?:[^\W_a-zа-я]|[&/-]){0,11}")
#: Where a list of names ends and the body that it is for begins.
_ADDRESSEE = re.compile(
    r"\s+(?:to|for|on|regarding|concerning|au|aux|à|para|al)\s+(?:the\s+|l['’])?(?:[0-9]+(?:st|nd|rd|th)\b"
    r"|UPR\b|UN\b|EPU\b|universal\b|united\s+nations|human\s+rights\s+council|working\s+group|review\b"
    r"|examen\b|groupe\s+de\s+travail|OHCHR\b|office\s+of)",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(
    rf"(?P<name>{_CAPITALISED}(?:\s+(?:{_SMALL}|{_CAPITALISED})){{0,12}}?)(?:['’]s?)?\s+(?i:UPR\s+"
    r"|stakeholders?['’]?\s+|individual\s+|written\s+)*(?i:(?:submission|contribution)\s+(?:to|for|on)\b)"
)
_NO_AUTHOR = re.compile(
    r"\b(?:universal|periodic|review|UPR|EPU|joint|stakeholders?|individual|alternative|NGOs?|civil"
    r"|society|written|shadow|report|information|submission|cycle|session)\b",
    re.IGNORECASE,
)
_NAMED_ANYWHERE = re.compile(
    rf"(?:The\s+|the\s+)?(?P<name>{_CAPITALISED}(?:\s+(?:{_SMALL}|{_CAPITALISED})){{0,18}})\s*"
    rf"\((?P<short>{_ACRONYM})\)"
)
_PLAIN_NAME = re.compile(rf"(?:The\s+)?{_CAPITALISED}(?:\s+(?:{_SMALL}|{_CAPITALISED})){{0,12}}")


def _is_plain_name(text: str) -> bool:
    return (
        len(text) < 120
        and not FRONT_WORDS.match(text)
        and not INTRODUCTION.match(text)
        and _PLAIN_NAME.fullmatch(text) is not None
        and any(c.islower() for c in text)
    )


def _unquoted(name: str) -> str:
    return name.strip(' ,"“”«»')


def _is_contact(text: str) -> bool:
    return bool(_EMAIL.search(text) or _WEB_LABEL.match(text) or _PHONE.match(text))


def _is_dated(text: str) -> bool:
    """Whether a month or a day is in *text*, not just a year."""
    return any(end - start > 4 for start, end, _ in find_dates(text))


def _contacts(party: _Party, text: str) -> None:
    """Take the e-mails, website and city that *text* gives."""
    emails = _EMAIL.findall(text)
    party.emails.extend(emails)
    if party.website is None and len(text) < 300 and not emails:
        urls = urls_of(text)
        if urls and (_WEB_LABEL.match(text) or text.strip("<> ").startswith(urls[0][:8])):
            party.website = urls[0]
    if party.city is None and len(text) < 200 and not emails and not _PHONE.match(text):
        address = _ADDRESS_LABEL.sub("", text)
        for form in (_POSTCODE_FIRST, _POSTCODE_INSIDE, _POSTCODE_LAST):
            if found := form.search(address):
                party.city = found["city"]
                return
        if (found := _CITY_FIRST.match(address)) and not _is_dated(address):
            party.city = found["city"]
