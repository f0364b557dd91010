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
_COMPARE = "Compare it with what is printed, or take the Word file"
_CHANGES = "Accept or reject what is tracked, and take out what is hidden, before it is sent"

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
    "note-gap": ("warning", "Number the notes without gaps"),
    "note-empty": ("error", "Write the note, or take out its mark"),
    "note-mark": ("warning", "Number the note, or set the mark raised"),
    "line-inside": ("warning", "Take out the break, or begin a paragraph of its own"),
    "number-in-doubt": (
        "warning",
        "Set a number alone before its paragraph, and dates in one line",
    ),
    "number-format": ("warning", "Number the list with plain figures"),
    "field-number": ("error", "Turn the fields into text, then save"),
    "joined-paragraphs": ("warning", _CHANGES),
    "hidden-text": ("warning", _CHANGES),
    "deleted-text": ("warning", _CHANGES),
    "comments": ("warning", "Take out the comments before it is sent"),
    "picture-text": ("warning", "Say in the text what the picture says"),
    "page-furniture": ("info", "Nothing, if only parts of the web site are left aside"),
    "pages-without-text": ("error", "Recognise the text of these pages, or take the Word file"),
    "doubtful-text": ("warning", _COMPARE),
    "recognised-text": ("warning", _COMPARE),
    "turned-text": ("info", _COMPARE),
    "right-to-left": ("warning", _COMPARE),
    "encoding-guessed": (
        "warning",
        "Save the file as UTF-8, or give `encoding` in the metadata file",
    ),
    "empty": ("error", "Put the text into the file: it may be pictures of pages"),
    "state-unclear": ("warning", _SAY),
    "session-unclear": ("warning", _SAY),
    "symbol-unclear": ("warning", _SAY),
    "codes-unclear": ("warning", _SAY),
    "language-unclear": ("warning", _SAY),
    "dead-link": ("error", "Correct where the link leads, or take it out"),
}


def told(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding for each problem of the reading."""
    for problem in submission.problems:
        severity, cure = CURES.get(problem.code, ("warning", _LOOK))
        yield places.at_line(problem.code, severity, problem.message, cure, problem.line)
