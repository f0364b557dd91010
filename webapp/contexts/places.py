"""Where does a paragraph stand? Its submission and sections, as pages name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.library import SubmissionCard
from indexer.model import Paragraph, Section, Submission
from indexer.query.results import SearchParameters
from webapp import links


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section's heading, with where it is read and where it is searched."""

    id: str
    label: str
    title: str
    level: int
    href: str
    """Its place in the whole text."""
    search: str
    """A search in this section of this submission."""

    @property
    def capitals(self) -> bool:
        """Whether the title is printed in capitals, to be set as small capitals."""
        return self.title.isupper()


def section_link(submission: str, id_: str, label: str, title: str, level: int) -> SectionLink:
    """A section of *submission* as a link."""
    filters = (("submission", submission), ("section", id_))
    return SectionLink(
        id_,
        label,
        title,
        level,
        links.submission(submission, anchor=links.section_anchor(id_)),
        links.search(SearchParameters(filters=filters)),
    )


def section_path(submission: Submission, section: str | None) -> tuple[SectionLink, ...]:
    """The sections around a paragraph, outermost first."""
    by_id: dict[str, Section] = {s.id: s for s in submission.sections}
    path: list[SectionLink] = []
    while section is not None and section in by_id and len(path) < len(by_id):
        found = by_id[section]
        path.append(section_link(submission.id, found.id, found.label, found.title, found.level))
        section = found.parent
    return tuple(reversed(path))


def submission_summary(submission: Submission) -> dict[str, Any]:
    """What the JSON of a paragraph says of its submission."""
    return {
        "id": submission.id,
        "title": submission.title,
        "kind": submission.kind,
        "state": submission.state,
        "session": submission.session,
        "date": submission.date,
        "language": submission.language,
        "codes": list(submission.codes),
        "submitters": [s.short for s in submission.submitters],
        "url": links.submission(submission.id),
        "source": {"name": submission.source.name, "sha256": submission.source.sha256},
    }


def described(card: SubmissionCard) -> str:
    """One line on a submission: who, what kind, on which State, when."""
    session = f"session {card.session}" if card.session else None
    state = card.state_name or card.state
    parts = (", ".join(card.submitters), card.kind, state, session, card.date)
    return " · ".join(part for part in parts if part)


def doubt(paragraph: Paragraph) -> str:
    """What the source leaves in doubt about a paragraph, in a sentence; empty for nothing."""
    if paragraph.number_in_doubt:
        return "The source leaves the number of this paragraph in doubt."
    return "The source leaves this reading in doubt." if paragraph.doubtful else ""
