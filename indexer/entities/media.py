"""Which media does a text name? Domain names, and capitalised phrases around *TV*, *Times*, …."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded

_DOMAIN = regex.compile(
    r"(?<![\p{L}\p{Nd}@/.\-_])(?P<name>(?:[\p{L}\p{Nd}][\p{L}\p{Nd}\-]*\.){1,2}"
    r"(?P<end>com|org|net|info|news|media|press|online|tv|\p{Ll}{2}|\p{Lu}{2}))"
    r"(?![\p{L}\p{Nd}@/\-]|\.\p{L})"
)
#: No domain name is without this: a quick look, since most full stops end a sentence.
_DOTTED = re.compile(r"[\w-]\.[^\W\d_]{2,6}(?![\w@/-])")
_NOT_DOMAIN = frozenset("e.g i.e a.m p.m op.cit al.in".split())
_INSIDE = folded("media", "inside")
#: "Daily Monitor", "Radio Svaboda": these also come first.
_FIRST = frozenset({"radio", "tv", "daily", "news"})


class Media:
    """Media by the form of their names."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Domain names; in English, phrases with a medium's noun at their end or start."""
        hosts: dict[str, str] = {}
        english = document.language == "en"
        for passage in document.passages:
            if _DOTTED.search(passage.text):
                for match in _DOMAIN.finditer(passage.text):
                    if _is_domain(match, english):
                        hosts.setdefault(_host(match), match["name"])
                        yield Candidate(passage.index, *match.span("name"), "media", RANKS["media"])
            if english and not passage.capitals.isdisjoint(_INSIDE):
                yield from _phrases(passage)
        for passage in document.passages if hosts else ():
            for word in (passage.words[at] for at in passage.capital_at):
                # "TUT" is TUT.BY where the document has that.
                if word.text in hosts and not (word.opening and word.shape == "cap"):
                    yield Candidate(
                        passage.index, word.start, word.end, "media", RANKS["media"],
                        name=hosts[word.text], evidence=f"the name of {hosts[word.text]}",
                    )  # fmt: skip


def _is_domain(match: regex.Match[str], english: bool) -> bool:
    name = match["name"]
    # In a Cyrillic text a full stop without its space looks like one: «слово.он».
    if not english and not name.isascii():
        return False
    host = name[: -len(match["end"]) - 1]
    if name.casefold() in _NOT_DOMAIN or len(host) < 3:
        return False
    # "TUT.BY" in capitals throughout; a full stop without its space is no domain.
    return match["end"].islower() or host.isupper()


def _host(match: regex.Match[str]) -> str:
    return match["name"][: -len(match["end"]) - 1]


def _phrases(passage: Passage) -> Iterator[Candidate]:
    words = passage.words
    cover = passage.covering()
    for at in passage.capital_at:
        word = words[at]
        if word.folded not in _INSIDE:
            continue
        first = last = at
        while (
            first > 0
            and words[first - 1].capital
            and words[first].gap == " "
            and not words[first].opening
            and not words[first - 1].possessive
            and _joins(cover[first - 1])
        ):
            first -= 1
        if (
            words[first].opening
            and words[first].folded in ("the", "a", "in", "on", "as")
            and first < at
        ):
            first += 1
        if (first == at and word.folded in _FIRST) or _is_station(word.folded):
            while (
                last + 1 < len(words)
                and words[last + 1].capital
                and words[last + 1].gap == " "
                and not words[last + 1].opening
                and last - at < 2
            ):
                last += 1
        if last > first:
            yield Candidate(
                passage.index, words[first].start, words[last].end, "media", RANKS["media"]
            )


def _joins(candidate: Candidate | None) -> bool:
    return candidate is None or candidate.type in ("place", "demonym", "media")


def _is_station(word: str) -> bool:
    return word.endswith("tv") and len(word) > 2
