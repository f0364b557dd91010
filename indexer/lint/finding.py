"""What is a finding of lint, and where is it? A code, a message, a cure and a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from indexer.model import Paragraph, Submission

#: ``error``: something in the document is wrong; ``warning``: probably; ``info``: advice, or
#: what could not be told.
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a submitter or corpus keeper should look at."""

    code: str
    """A stable slug."""
    severity: Severity
    message: str
    cure: str
    line: int | None = None
    """1-based, where the format has lines."""
    page: int | None = None
    """Where the format tells pages."""
    paragraph: str | None = None
    """Number of the paragraph that it is in, or that it comes after."""


@dataclass(frozen=True, slots=True)
class Report:
    """What lint found in one file, by place."""

    words: int
    """Words of headings and paragraphs, annexes aside."""
    words_of_notes: int
    words_of_annexes: int
    limit: int | None
    """Words that OHCHR takes; None for a document that is no submission."""
    findings: tuple[Finding, ...]

    def record(self, file: str) -> Mapping[str, Any]:
        """The JSON of ``pilcrow lint --json``."""
        return {
            "file": file,
            "words": self.words,
            "words_of_notes": self.words_of_notes,
            "words_of_annexes": self.words_of_annexes,
            "limit": self.limit,
            "findings": [asdict(finding) for finding in self.findings],
        }


class Places:
    """Where the lines and paragraphs of a submission are."""

    def __init__(self, submission: Submission) -> None:
        self._has_lines = submission.source.text_is_source
        self._paragraphs = {p.number: p for p in submission.paragraphs}
        pieces = sorted(
            (lines.start, paragraph.number)
            for paragraph in submission.paragraphs
            for lines in paragraph.lines
        )
        self._starts = [start for start, _ in pieces]
        self._numbers = [number for _, number in pieces]

    def at_line(
        self, code: str, severity: Severity, message: str, cure: str, line: int | None
    ) -> Finding:
        """A finding at a line of the reader's text, with the paragraph that it is in or after."""
        place = bisect_right(self._starts, line) - 1 if line is not None else -1
        paragraph = self._paragraphs[self._numbers[place]] if place >= 0 else None
        return Finding(
            code,
            severity,
            message,
            cure,
            line if self._has_lines else None,
            paragraph.page if paragraph else None,
            paragraph.number if paragraph else None,
        )

    def in_paragraph(
        self, code: str, severity: Severity, message: str, cure: str, paragraph: Paragraph
    ) -> Finding:
        """A finding in *paragraph*."""
        line = paragraph.lines[0].start if paragraph.lines and self._has_lines else None
        return Finding(code, severity, message, cure, line, paragraph.page, paragraph.number)
