"""What does the page about the site show? What it is, what it keeps, where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.settings import Settings


@dataclass(frozen=True)
class AboutPage:
    """The page about the site."""

    template = "about.html"
    title = "About Pilcrow"

    version: str
    generation: str
    submissions: int
    paragraphs: int
    settings: Settings

    @property
    def limits(self) -> tuple[tuple[str, str], ...]:
        """Every limit on what is asked: what is limited, and to what."""
        s = self.settings
        return (
            ("Length of a query", f"{s.query_characters:,} characters"),
            ("Words in a query", f"{s.query_terms:,}"),
            ("Nesting of brackets", f"{s.query_depth:,} deep"),
            ("Wildcards in a query", f"{s.query_wildcards:,}"),
            ("Letters before a wildcard", f"{s.wildcard_letters:,} or more"),
            ("Near spellings in a query", f"{s.query_near_spellings:,}"),
            ("Letters a near spelling is away", f"{s.near_spelling_edits:,}"),
            ("Words a wildcard or near spelling stands for", f"{s.query_expansions:,}"),
            ("Distance between words of a phrase", f"{s.phrase_distance:,}"),
            ("Numbers and ranges in a citation", f"{s.citation_items:,}"),
            ("Paragraphs a citation names", f"{s.citation_paragraphs:,}"),
            ("Values of filters in a search", f"{s.filter_values:,}"),
            ("Time of an answer", f"{s.search_seconds:g} seconds"),
            ("Hits that can be paged through", f"{s.page_depth:,}"),
            ("Paragraphs in an exported file", f"{s.export_paragraphs:,}"),
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "name": "Pilcrow",
            "version": self.version,
            "index": {
                "generation": self.generation,
                "submissions": self.submissions,
                "paragraphs": self.paragraphs,
            },
            "limits": [{"what": what, "limit": limit} for what, limit in self.limits],
        }
