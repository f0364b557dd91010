"""What does the first page show? The search box, what there is, and ways in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.model import EntityType
from webapp import links
from webapp.contexts.entities import TYPE_LABELS
from webapp.contexts.samples import Samples
from webapp.contexts.submissions import SubmissionEntry, entry_record

#: Submissions shown with their sections; the list has them all.
MOST_SHOWN = 6


@dataclass(frozen=True)
class HomePage:
    """The first page."""

    template = "home.html"
    title = "Find the numbered paragraph"
    submissions_href = links.SUBMISSIONS
    help_href = links.HELP

    generation: str
    entries: tuple[SubmissionEntry, ...]
    """All submissions."""
    samples: Samples
    counts: Mapping[EntityType, int]
    """Entities by type."""

    @property
    def shown(self) -> tuple[SubmissionEntry, ...]:
        """The submissions shown with their sections."""
        return self.entries[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many submissions are not shown."""
        return max(0, len(self.entries) - MOST_SHOWN)

    @property
    def submissions(self) -> int:
        """How many submissions there are."""
        return len(self.entries)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return sum(entry.card.paragraphs for entry in self.entries)

    @property
    def states(self) -> int:
        """How many States are under review."""
        return len({entry.card.state for entry in self.entries if entry.card.state})

    @property
    def entrances(self) -> tuple[tuple[str, str, int], ...]:
        """Label, link and number of each type of names."""
        return tuple(
            (TYPE_LABELS[type_], links.entities(type_), count)
            for type_, count in self.counts.items()
            if count
        )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "index": {
                "generation": self.generation,
                "submissions": self.submissions,
                "paragraphs": self.paragraphs,
            },
            "submissions": [entry_record(entry) for entry in self.entries],
            "entities": [
                {
                    "type": type_,
                    "label": TYPE_LABELS[type_],
                    "count": count,
                    "url": links.entities(type_),
                }
                for type_, count in self.counts.items()
            ],
            "examples": [
                {"text": e.q, "says": e.says, "total": e.total, "url": e.href}
                for e in self.samples.all
            ],
        }
