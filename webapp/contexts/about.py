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
        """The stated limits: what is limited, and to what."""
        s = self.settings
        return (
            ("Length of a query", f"{s.query_characters:,} characters"),
            ("Words in a query", f"{s.query_terms:,}"),
            ("Nesting of brackets", f"{s.query_depth:,} deep"),
            ("Words a wildcard stands for", f"{s.query_expansions:,}"),
            ("Time of a search", f"{s.search_seconds:g} seconds"),
            ("Hits that can be paged through", f"{s.page_depth:,}"),
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
