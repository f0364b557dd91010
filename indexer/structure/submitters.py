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
    emails: list[str] = field(default_factory=list)
    website: str | None = None
    city: str | None = None


def submitters_of(front: Sequence[Line], title: str) -> tuple[Submitter, ...]:
    """The organisations that the front matter names as its authors, in their order."""
    parties: list[_Party] = []
    current: _Party | None = None
    listing = False
    for line in front[:_MOST_LINES]:
        text = line.text[:_LOOKED_AT]
        text = text[bullet_end(text) :].strip(_MARKS).replace("**", "")
        if text == title or not text:
            continue
        if announced := _ANNOUNCED.match(text):
            listing = True
            for party in _listed(text[announced.end() :]):
                current = _added(parties, party)
            continue
        if named := _NAMED.match(text):
            current = _added(parties, _Party(named["short"], _unquoted(named["name"])))
        elif listing and (current is None or _is_plain_name(text)):
            for party in _listed(text):
                current = _added(parties, party)
        if current is not None:
            _contacts(current, text)
            listing = listing and not _is_contact(text)
    return tuple(
        Submitter(p.short, p.name, tuple(dict.fromkeys(p.emails)), p.website, p.city)
        for p in parties
    )


def _added(parties: list[_Party], party: _Party) -> _Party:
    """The party that *party* is among *parties*, added if it is none of them."""
    for known in parties:
        if party.short == known.short or party.name == known.name:
            if known.short == known.name:
                known.short = party.short
            return known
    parties.append(party)
    return party


def _listed(text: str) -> Iterator[_Party]:
    """The names in a list: ``A (AA), B (BB) and C``."""
    at = 0
    for found in _NAMED_ANYWHERE.finditer(text):
        yield from _plainly_listed(text[at : found.start()])
        yield _Party(found["short"], _unquoted(found["name"]))
        at = found.end()
    yield from _plainly_listed(text[at:])


def _plainly_listed(text: str) -> Iterator[_Party]:
    """The names without an acronym; an "and" inside may be part of a name."""
    for part in _SEPARATOR.split(text):
        name = part.strip(" .:;,")
        if _is_plain_name(name):
            yield _Party(name, name)


_SEPARATOR = re.compile(r"\s*[;,]\s*(?:and\s+|et\s+|y\s+)?|^\s*(?:and|et|y|&)\s+")
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
        dated = any(end - start > 4 for start, end, _ in find_dates(address))
        for form in (_POSTCODE_FIRST, _POSTCODE_INSIDE, _POSTCODE_LAST):
            if found := form.search(address):
                party.city = found["city"]
                return
        if (found := _CITY_FIRST.match(address)) and not dated:
            party.city = found["city"]
