"""Which problems of a reading are for the submitter to repair, and how?

Every reading ends with its problems. Here each code gets its weight and its cure; a code that
is not in the table is passed on as a warning, so that no problem is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.lint.finding import Finding, Places, Severity
from indexer.model import Submission

_RENUMBER = "Number the paragraphs in one run, each number once"
_NOTES = "Give each note one number, and cite it where it belongs"
_SAY = "Say it once in the front matter, or in the metadata file"
_LOOK = "Look at this place in the file"

#: Weight and cure by the code of a problem.
CURES: dict[str, tuple[Severity, str]] = {
    "number-gap": ("error", _RENUMBER),
    "number-repeat": ("error", _RENUMBER),
    "number-restart": ("error", _RENUMBER),
    "number-start": ("warning", "Begin with 1, unless a part of the document is missing"),
    "no-numbers": ("error", "Number the paragraphs: OHCHR asks for it, and none can be cited now"),
    "number-inside": (
        "warning",
        "Begin a paragraph of its own, or indent what is quoted or listed",
    ),
    "unnumbered": ("warning", "Give it a number, or join it to the paragraph it belongs to"),
    "break-after-sentence": ("warning", "Take out the break inside the paragraph, or number it"),
    "hyphen-at-break": ("info", "Write the word in one piece"),
    "note-uncited": ("warning", "Cite the note where it belongs, or take it out"),
    "note-missing": ("error", "Add the note, or take out its mark"),
    "note-repeat": ("error", _NOTES),
    "empty": ("error", "Put the text into the file: it may be pictures of pages"),
    "state-unclear": ("warning", _SAY),
    "session-unclear": ("warning", _SAY),
    "symbol-unclear": ("warning", _SAY),
    "codes-unclear": ("warning", _SAY),
    "dead-link": ("error", "Correct where the link leads, or take it out"),
}


def told(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding for each problem of the reading."""
    for problem in submission.problems:
        severity, cure = CURES.get(problem.code, ("warning", _LOOK))
        yield places.at_line(problem.code, severity, problem.message, cure, problem.line)
