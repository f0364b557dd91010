"""Do the notes run in order? They are cited as they are numbered, without gaps.

Notes without a mark and marks without a note are told by the reading itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indexer.lint.finding import Finding, Places
from indexer.model import Submission


def notes_in_order(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding where a note is cited first after a later one, and where numbers are missing."""
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
    printed = sorted({int(n.number) for n in submission.footnotes if n.number.isdecimal()})
    for before, after in pairwise(printed):
        if after > before + 1:
            message = f"After note {before} the notes go on with {after}"
            yield Finding("note-gap", "warning", message, cure)
