"""How is a report of lint set for a person? By subject, each finding with place and cure."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.errors import one_line
from indexer.lint.finding import Finding, Report

#: Subjects in their order, by how a finding's code begins; what fits none is of the text.
_SUBJECTS = (
    ("Form", ("names-", "state-", "session-", "date-", "symbol-", "codes-", "page-numbers",
              "no-page-numbers", "format", "language", "word-limit", "empty")),
    ("Numbers", ("number-", "no-numbers", "unnumbered")),
    ("References", ("paragraph-nowhere", "note-nowhere", "section-nowhere", "dead-link")),
    ("Notes", ("note-",)),
    ("Text", ("",)),
)  # fmt: skip
_NAMES = {"error": "error", "warning": "warning", "info": "remark"}


def printed(report: Report, file: str) -> Iterator[str]:
    """The lines of the report."""
    name = one_line(file)
    words = f"{name}: {report.words:,} words in headings and paragraphs"
    if report.words_of_annexes:
        words += f", {report.words_of_annexes:,} in annexes"
    words += f", {report.words_of_notes:,} in notes"
    yield f"{words}; the limit is {report.limit:,}." if report.limit else f"{words}."
    for subject, _ in _SUBJECTS:
        findings = [f for f in report.findings if _subject(f.code) == subject]
        if findings:
            yield ""
            yield subject
        for finding in findings:
            place = _place(finding)
            yield f"  {place + ': ' if place else ''}{_NAMES[finding.severity]} {finding.code}"
            yield f"    {one_line(finding.message)}."
            yield f"    → {one_line(finding.cure)}."
    yield ""
    yield _counts(report)


def _subject(code: str) -> str:
    return next(
        subject for subject, starts in _SUBJECTS if any(code.startswith(start) for start in starts)
    )


def _place(finding: Finding) -> str:
    parts = []
    if finding.line is not None:
        parts.append(f"line {finding.line}")
    if finding.page is not None:
        parts.append(f"page {finding.page}")
    if finding.paragraph is not None:
        parts.append(f"paragraph {finding.paragraph}")
    return ", ".join(parts)


def _counts(report: Report) -> str:
    if not report.findings:
        return "Nothing to repair."
    counted = []
    for severity, name in _NAMES.items():
        count = sum(finding.severity == severity for finding in report.findings)
        if count:
            counted.append(f"{count} {name}{'' if count == 1 else 's'}")
    return ", ".join(counted) + "."
