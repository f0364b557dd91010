"""Has the submission the form that OHCHR asks for? Names, State, pages, format and language.

Asked for are a Word document in a language of the United Nations, with numbered pages, and the
names of all who submit it at its top. What a document is that no stakeholder submits (a report
of the United Nations, a judgment) is not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.lint.finding import Finding, Severity
from indexer.lint.length import SUBMISSIONS
from indexer.model import Submission

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The official languages of the United Nations.
_LANGUAGES = frozenset(("ar", "en", "es", "fr", "ru", "zh"))


def form_of(submission: Submission) -> Iterator[Finding]:
    """What of the form is missing."""
    if submission.kind not in SUBMISSIONS:
        return
    yield from _names(submission)
    codes = {problem.code for problem in submission.problems}
    for field, severity, told, cure in _SAID:
        if getattr(submission, field) is None and f"{field}-unclear" not in codes:
            yield Finding(f"{field}-missing", severity, told, cure)
    media_type = submission.source.media_type
    if submission.source.pages_numbered is False:
        yield Finding(
            "no-page-numbers", "error", "The pages have no numbers",
            "Put page numbers into the footer: OHCHR asks for them",
        )  # fmt: skip
    elif submission.source.pages_numbered is None:
        yield Finding(
            "page-numbers-untold", "info",
            "Whether the pages are numbered cannot be told from this format",
            "See that they are: OHCHR asks for it",
        )  # fmt: skip
    if media_type != WORD:
        yield Finding(
            "format", "info", f"The file is {media_type}; OHCHR asks for a Word document",
            "Send it as .docx",
        )  # fmt: skip
    if submission.language not in _LANGUAGES:
        yield Finding(
            "language", "warning",
            f"The text is in {submission.language!r}, no official language of the United Nations",
            "Translate it, or correct `language` in the metadata file",
        )  # fmt: skip


#: Fields of a submission that its front matter should give.
_SAID: tuple[tuple[str, Severity, str, str], ...] = (
    ("state", "warning", "The front matter does not say which State is under review",
     "Name it in the title"),
    ("session", "info", "The front matter does not say for which session this is",
     "Write for example «for the 48th session of the UPR Working Group»"),
    ("date", "info", "The front matter has no date", "Write when it was submitted"),
)  # fmt: skip


def _names(submission: Submission) -> Iterator[Finding]:
    count = len(submission.submitters)
    if submission.kind == "joint submission" and count < 2:
        seen = "only one is named" if count else "none is named"
        yield Finding(
            "names-missing", "error", f"A joint submission names all its submitters; here {seen}",
            "Put all names at the top: «Joint submission by: A (AA), B (BB)»",
        )  # fmt: skip
    elif not count:
        yield Finding(
            "names-missing", "warning", "The front matter does not say who submits this",
            "Put the name at the top: «Submitted by: A (AA)»",
        )  # fmt: skip
