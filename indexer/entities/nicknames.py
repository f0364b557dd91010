"""By what other name is a person known? «…, known as N.», «… alias N.», «… (“N.”)».

The other name is the person's wherever the document has it.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from indexer.entities.merge import RANKS
from indexer.entities.occurrences import Occurrences
from indexer.entities.passages import Document
from indexer.entities.recogniser import Candidate

_NAME = r"\p{Lu}[\p{L}\p{M}’'\-]+(?:\s\p{Lu}[\p{L}\p{M}’'\-]+){0,2}"
_KNOWN_AS = regex.compile(
    r"(?:,|\s\()?\s?(?:(?:who\sis\s|who\swas\s)?(?:also|better|widely|commonly|popularly|otherwise)?"
    r"\s?known\s(?:\w+\s){0,2}?as|alias|a\.?k\.?a\.?|nicknamed|called|n[ée]e?)\s[“\"‘']?"
    rf"(?P<name>{_NAME})|\s\([“\"‘](?P<name>{_NAME})[”\"’]\)"
)


class Nicknames:
    """Other names of people named in full."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Every occurrence of every other name."""
        known: dict[str, tuple[str, str]] = {}
        for passage in document.passages:
            for person in passage.settled():
                if person.type == "person" and not person.ambiguous:
                    match = _KNOWN_AS.match(passage.text, person.end)
                    if match is not None:
                        full = person.name or passage.text[person.start : person.end]
                        why = f"paragraph {passage.number}: {full}{match.group()}"
                        known.setdefault(match["name"], (full, why))
        if not known:
            return
        names = Occurrences(known, r"(?<![\p{L}\p{Nd}])", r"(?![\p{L}\p{Nd}])")
        for passage in document.passages:
            for start, end, name in names.find(passage.text):
                full, why = known[name]
                yield Candidate(
                    passage.index, start, end, "person", RANKS["definition"],
                    name=full, evidence=why,
                )  # fmt: skip
