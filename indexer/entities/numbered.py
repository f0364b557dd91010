"""Which provisions, cases and dates does a text cite? What the notation modules find."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.merge import RANKS
from indexer.entities.passages import Document
from indexer.entities.recogniser import Candidate
from indexer.notation import articles
from indexer.notation.cases import find_cases
from indexer.notation.dates import find_dates
from indexer.notation.provisions import Provision, find_provisions


class Numbered:
    """Provisions, cases and dates by their patterns."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Every one; a provision carries the law printed beside it."""
        language = document.language
        for passage in document.passages:
            text, index = passage.text, passage.index
            for start, end, provision in _provisions(text, language):
                yield Candidate(
                    index, start, end, "provision", RANKS["provision"],
                    name=f"{provision.kind} {provision.number}", law=provision.law,
                )  # fmt: skip
            for start, end, case in find_cases(text, language):
                yield Candidate(index, start, end, "case", RANKS["case"], name=case.key)
            for start, end, value in find_dates(text, language):
                yield Candidate(index, start, end, "date", RANKS["date"], value=value)


def _provisions(text: str, language: str) -> Iterator[tuple[int, int, Provision]]:
    if language in articles.LANGUAGES:
        return articles.find_articles(text, language)
    return find_provisions(text)
