"""Which short names does a text define for itself? «… Foundation (ODF)» and the reverse.

What a document says of its own acronyms holds in all of it, before any authority file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from indexer.entities.authority import Row
from indexer.entities.merge import RANKS, is_hidden
from indexer.entities.occurrences import Occurrences
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, words
from indexer.model import EntityType

_QUOTES = "\"'“”„«»‘’"
_SHORT = r"\p{Lu}[\p{L}\p{Nd}&]*(?:[-./]\p{L}[\p{L}\p{Nd}]*)*(?:\s\p{Lu}[\p{L}]*){0,2}"
_BRACKET = regex.compile(
    r"\(\s*(?:(?:hereinafter|hereafter|henceforth|further|also|formerly|now|or|the|known|referred"
    rf"|to|as|abbreviated|in|short|acronym|called)[\s,:]+){{0,6}}[{_QUOTES}]?(?P<short>{_SHORT})"
    rf"[{_QUOTES}]?\s*\)"
)
_REVERSE = regex.compile(
    rf"(?P<short>\p{{Lu}}[\p{{Lu}}\p{{Nd}}\-]{{1,10}})[{_QUOTES}]?\s\("
    rf"(?:the\s)?[{_QUOTES}]?(?P<long>\p{{Lu}}[^()]{{4,120}}?)[{_QUOTES}]?\)"
)
#: A name's words before the bracket are looked for so far back.
_MOST_WORDS = 16
_LINKS = frozenset(
    "of for on in and the to against with de la du des el y e da do dos der und &".split()
)
_NAMED = frozenset({"organisation", "un_body", "law", "media", "place"})


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name and what the text says it stands for."""

    short: str
    long: str
    type: EntityType
    row: Row | None
    evidence: str


class Acronyms:
    """Short names a text defines, wherever the text uses them."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """The long names, and every occurrence of the short ones."""
        defined: dict[str, Definition] = {}
        for passage in document.passages:
            if "(" not in passage.text:
                continue
            for definition, candidate in _definitions(document, passage):
                defined.setdefault(definition.short, definition)
                if candidate is not None:
                    yield candidate
        if not defined:
            return
        shorts = Occurrences(defined, r"(?<![\p{L}\p{Nd}\-])", r"(?![\p{L}\p{Nd}]|-\p{Lu})")
        for passage in document.passages:
            for start, end, short in shorts.find(passage.text):
                meant = defined[short]
                yield Candidate(
                    passage.index, start, end, meant.type, RANKS["definition"],
                    meant.row, meant.long, meant.evidence,
                )  # fmt: skip


def _definitions(
    document: Document, passage: Passage
) -> Iterator[tuple[Definition, Candidate | None]]:
    text = passage.text
    for match in _BRACKET.finditer(text):
        short = match["short"]
        long = _before(passage, match.start(), short)
        if long is not None:
            yield _definition(passage, match.start("short"), short, long)
    for match in _REVERSE.finditer(text):
        inside = slice(passage.word_at(match.start("long")), passage.word_at(match.end("long")))
        first = passage.words[inside]
        if is_sensitive(passage, inside.start, inside.stop):
            continue
        if first and stands_for(match["short"], first) and _is_name(first):
            long = (match.start("long"), match.end("long"), None)
            yield _definition(passage, match.start("short"), match["short"], long)


_Long = tuple[int, int, Candidate | None]


def _definition(
    passage: Passage, at: int, short: str, long: _Long
) -> tuple[Definition, Candidate | None]:
    start, end, known = long
    name = passage.text[start:end]
    type_: EntityType = known.type if known else _type(passage, start, end)
    evidence = f"defined in paragraph {passage.number}: {name} ({short})"
    row = known.row if known else None
    if known is not None and known.name and known.type != "case":
        name = known.name
    definition = Definition(short, name, type_, row, evidence)
    if known is not None:
        return definition, None
    return definition, Candidate(passage.index, start, end, type_, RANKS["organisation"])


def _type(passage: Passage, start: int, end: int) -> EntityType:
    inside = [w.folded for w in passage.words[passage.word_at(start) : passage.word_at(end)]]
    if inside[0] in ("un", "united") and inside[:2] != ["united", "states"]:
        return "un_body"
    if inside[-1] in folded("media", "inside") or inside[0] in ("radio", "tv"):
        return "media"
    return "organisation"


def _before(passage: Passage, bracket: int, short: str) -> _Long | None:
    """The name that ends before a bracket: what was found there, or what the letters spell."""
    text = passage.text
    end = len(text[:bracket].rstrip().rstrip(_QUOTES))
    if bracket - end > 3:
        return None
    at = passage.word_at(end)
    standing = passage.covering()[at - 1] if at else None
    if standing is not None and (
        standing.end != end or standing.type not in _NAMED or is_hidden(standing)
    ):
        standing = None
    before = passage.words[max(0, at - _MOST_WORDS) : at]
    acronym = sum(letter.isupper() for letter in short) >= 2
    if acronym:
        spelt = _spelt(before, short)
        if spelt is not None and is_sensitive(passage, passage.word_at(spelt), at):
            return None
        if spelt is not None and (standing is None or spelt <= standing.start):
            same = standing is not None and spelt == standing.start
            return spelt, end, standing if same else None
        general = short.upper() in words("acronyms")
        if standing is not None and standing.end - standing.start > len(short) and not general:
            return standing.start, end, standing
        return None
    # "Human Rights Center Viasna (Viasna)": a word of the name itself.
    if standing is not None and standing.type != "place":
        inside = {w.folded for w in before if w.start >= standing.start}
        parts = short.split()
        if len(inside) > len(parts) and all(part.casefold() in inside for part in parts):
            generic = folded("organisations", "any") | folded("organisations", "state")
            if not all(part.casefold() in generic for part in parts):
                return standing.start, end, standing
    return None


def is_sensitive(passage: Passage, first: int, after: int) -> bool:
    """Whether a name that nobody is to be told stands in these words."""
    return any(c and c.row and c.row.sensitive for c in passage.covering()[first:after])


def _spelt(before: list[Word], short: str) -> int | None:
    """Start of the nearest run of words that *short* abbreviates, None if none does."""
    for at in range(len(before) - 1, -1, -1):
        word = before[at]
        if at + 1 < len(before) and (before[at + 1].opening or _stops(before[at + 1].gap)):
            return None
        if not word.capital and word.folded not in _LINKS and word.shape != "number":
            return None
        if word.capital and stands_for(short, before[at:]):
            if len(before) - at < 2 or not _is_name(before[at:]):
                continue
            return word.start
    return None


def _stops(gap: str) -> bool:
    return any(mark in gap for mark in '.;:()“”"')


def _is_name(name: list[Word]) -> bool:
    return len(name) >= 2 and all(
        word.capital or word.folded in _LINKS or word.shape == "number" for word in name
    )


def stands_for(short: str, name: list[Word]) -> bool:
    """Whether the letters of *short* come in the words of *name*, in order, initials first."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    if not name or not letters or name[0].text[0].casefold() != letters[0]:
        return False
    capitals = [word for word in name if word.capital or word.shape == "number"]
    if len(capitals) < 2 or len(capitals) > len(letters) + 3:
        return False
    at = initials = 0
    for word in name:
        if at < len(letters) and word.text[0].casefold() == letters[at]:
            at += 1
            initials += 1
            for letter in word.text[1:].casefold():
                following = letters[at] if at < len(letters) else None
                ahead = any(w.text[0].casefold() == following for w in name if w.start > word.start)
                if following == letter and not ahead:
                    at += 1
    return at == len(letters) and initials >= 2
