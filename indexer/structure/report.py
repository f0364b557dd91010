"""What is odd about the numbers? Gaps, repeats, restarts; notes that nobody cites.

Every reading ends with this report, so that a corpus keeper sees where a document or its
reading went wrong. Nothing is repaired here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.model import Footnote, Problem
from indexer.structure.drafts import Draft
from indexer.structure.texts import Made


def number_problems(drafts: Sequence[Draft], numbers: Sequence[str]) -> Iterator[Problem]:
    """Gaps, repeats and restarts in the run of paragraph numbers."""
    before: str | None = None
    for draft, name in zip(drafts, numbers, strict=True):
        number = draft.number
        if number is None:
            continue
        if "~" in name:
            yield Problem(
                "number-repeat", f"Number {number} comes again; here it is {name}", draft.line
            )
        if before is None:
            if _count(number)[-1] != 1:
                yield Problem("number-start", f"The first number is {number}", draft.line)
        elif (problem := _step(before, number)) is not None and not (
            problem == "number-restart" and number == before
        ):
            told = "goes back to" if problem == "number-restart" else "goes on with"
            yield Problem(problem, f"After {before} the numbering {told} {number}", draft.line)
        before = number
    if before is None:
        yield Problem("no-numbers", "No paragraph has a number", None)


def _count(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def _step(before: str, number: str) -> str | None:
    """The problem between two numbers in a row."""
    last, this = _count(before), _count(number)
    if this <= last:
        return "number-restart"
    shared = 0
    while shared < min(len(last), len(this)) and last[shared] == this[shared]:
        shared += 1
    rest = this[shared:]
    expected = last[shared] + 1 if shared < len(last) else 1
    regular = rest[0] == expected and all(n == 1 for n in rest[1:])
    return None if regular else "number-gap"


def note_problems(
    drafts: Sequence[Draft],
    footnotes: Sequence[Footnote],
    paragraphs: Sequence[Draft],
    numbers: Sequence[str],
    made: Sequence[Made],
) -> Iterator[Problem]:
    """Notes that no paragraph cites, notes that come twice, marks without a note."""
    for draft, footnote in zip(drafts, footnotes, strict=True):
        if not footnote.paragraphs:
            yield Problem("note-uncited", f"No paragraph cites note {footnote.number}", draft.line)
        if "~" in footnote.number:
            yield Problem(
                "note-repeat",
                f"Note {draft.number} comes again; here it is {footnote.number}",
                draft.line,
            )
    for paragraph, number, text in zip(paragraphs, numbers, made, strict=True):
        for mark in dict.fromkeys(text.stray):
            yield Problem(
                "note-missing", f"Paragraph {number} cites note {mark}, which is missing",
                paragraph.line,
            )  # fmt: skip
