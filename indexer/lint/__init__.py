"""What should a submitter or corpus keeper repair in a submission? ``pilcrow lint``.

:mod:`problems` passes on what the reading itself found, :mod:`pointers` looks for references
that lead nowhere, :mod:`notes` at the order of notes, :mod:`length` at the number of words and
:mod:`form` at what OHCHR asks for. :mod:`printed` sets the report for a person.

Nothing is fetched: whether a page of the web is still there is not looked at.
"""

from __future__ import annotations

from indexer.lint.finding import Finding, Places, Report
from indexer.lint.form import form_of
from indexer.lint.length import length_of, too_long
from indexer.lint.notes import marks_without_a_note, notes_in_order
from indexer.lint.pointers import dead_references
from indexer.lint.problems import told
from indexer.model import Submission

__all__ = ["Finding", "Report", "lint"]


def lint(submission: Submission) -> Report:
    """Look for what should be repaired in *submission*; findings come by their place."""
    places = Places(submission)
    length = length_of(submission)
    findings = [
        *form_of(submission),
        *too_long(submission, length),
        *told(submission, places),
        *dead_references(submission, places),
        *notes_in_order(submission, places),
        *marks_without_a_note(submission, places),
    ]
    order = {paragraph.number: place for place, paragraph in enumerate(submission.paragraphs)}
    # Of the whole document first, then in reading order; a line tells more than a paragraph.
    findings.sort(key=lambda f: (order.get(f.paragraph or "", -1), f.line or 0))
    return Report(length.body, length.notes, length.annexes, length.limit, tuple(findings))
