"""Do the notes run in order? They are cited as they are numbered.

Gaps, notes without a mark and raised marks without a note are told by the reading itself. A number
in brackets that is no note's may be a mark, or part of a quotation: it is told here, where it
continues the count of notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.lint.finding import Finding, Places
from indexer.model import Submission

#: A number in brackets at the end of a word or sentence.
_BRACKETED = re.compile(r"(?<=[^\s\[])\[([1-9][0-9]{0,2})\]")


def notes_in_order(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding where a note is cited first after a later one."""
    cure = "Number the notes in the order in which the text cites them"
    highest, seen = 0, set[int]()
    for paragraph in submission.paragraphs:
        for mark in paragraph.footnotes:
            if not mark.number.isdecimal():
                continue
            number = int(mark.number)
            if number < highest and number not in seen:
                yield places.in_paragraph(
                    "note-order", "warning", f"Note {number} is cited first after note {highest}",
                    cure, paragraph,
                )  # fmt: skip
            highest = max(highest, number)
            seen.add(number)


def marks_without_a_note(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding for each number in brackets that goes on counting notes, but is no note's."""
    known = {int(n.number) for n in submission.footnotes if n.number.isdecimal()}
    counted = known | {0}
    for paragraph in submission.paragraphs:
        for found in _BRACKETED.finditer(paragraph.text):
            number = int(found[1])
            if number not in known and number - 1 in counted:
                counted.add(number)
                yield places.in_paragraph(
                    "note-missing", "error",
                    f"Paragraph {paragraph.number} cites note {number}, which is missing",
                    "Add the note, or take out its mark", paragraph,
                )  # fmt: skip
