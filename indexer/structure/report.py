"""What is odd about the numbers? Gaps, repeats, restarts; notes that nobody cites.

Every reading ends with this report, so that a corpus keeper sees where a document or its
reading went wrong. Nothing is repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from indexer.model import Footnote, Problem
from indexer.structure.drafts import Draft
from indexer.structure.lines import SUPERSCRIPTS
from indexer.structure.texts import Made

#: Missing numbers that are looked for inside the paragraph before.
_MOST_MISSING = 12
_INSIDE = re.compile(
    rf"[.!?:;”\"»)][{SUPERSCRIPTS}0-9\[\]^]{{0,6}}\s{{1,4}}\(?"
    r"(?P<number>[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,3})[.)\s]\s*(?![a-z0-9])[^\W_]"
)
#: A title that lost the end of its line, with the paragraph under it.
_TITLE_AND_NUMBER = re.compile(
    r"[^\W\d_][^.;:,!?]{2,80}\s(?P<number>[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,3})\.\s+[^\W\d_a-z]"
)


def prove(drafts: Sequence[Draft]) -> None:
    """Mark the paragraphs whose number or text the run of numbers leaves in doubt.

    After the numbering went back, numbers are in doubt until it goes on from where it was.
    Where numbers are missing, the paragraph before may hold them: it does where one is
    printed inside its text.
    """
    highest: tuple[int, ...] = ()
    before: Draft | None = None
    back = False
    for draft in drafts:
        if draft.number is None or draft.number_in_doubt:
            continue
        count = _count(draft.number)
        last = _count(before.number) if before is not None and before.number else ()
        if back and last != highest and not _is_gap(highest, count):
            back = False
        elif highest and count <= highest and count != last:
            back = True
        if back or count == last:
            draft.number_in_doubt = draft.doubtful = True
        highest = max(highest, count)
        before = draft


def number_inside(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Numbers that are missing from the run and printed inside the paragraph before."""
    numbered = [draft for draft in drafts if draft.number is not None]
    present = {str(draft.number) for draft in numbered}
    for draft in numbered:
        own = str(draft.number)
        missing = (_next(own) - present) | {own, _successor(own)}
        if (number := _printed_inside(draft, missing)) is not None:
            draft.doubtful = True
            yield Problem(
                "number-inside", f"Paragraph {own} seems to have {number} inside", draft.line
            )


def _printed_inside(draft: Draft, missing: Set[str]) -> str | None:
    """The first of *missing* that stands inside a line of *draft*, and is not of a list that
    counts up to it there."""
    first = draft.pieces[0].line.text[draft.pieces[0].body :]
    if (found := _TITLE_AND_NUMBER.match(first)) and found["number"] in missing:
        return found["number"]
    for piece in draft.pieces:
        before = ""
        for found in _INSIDE.finditer(piece.line.text, piece.body):
            number = found["number"]
            if number in missing and _successor(before or "0") != number:
                return number
            before = number
    return None


def _successor(number: str) -> str:
    """The number after *number* on its level.

    >>> _successor("3.9")
    '3.10'
    """
    *above, last = _count(number)
    return ".".join(map(str, (*above, last + 1)))


def _next(number: str) -> set[str]:
    """Numbers that could come next after *number*, some of them missing."""
    count = _count(number)
    found = [(*count, 1)]
    for length in range(len(count), 0, -1):
        above, last = count[: length - 1], count[length - 1]
        steps = _MOST_MISSING if length == len(count) else 2
        found += [(*above, last + step) for step in range(1, steps)]
        found.append((*above, last + 1, 1))
    return {".".join(map(str, each)) for each in found}


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
    return "number-gap" if _is_gap(last, this) else None


def _is_gap(last: tuple[int, ...], this: tuple[int, ...]) -> bool:
    """Whether numbers are missing between *last* and *this*, which is not before it."""
    if this <= last:
        return True
    shared = 0
    while shared < min(len(last), len(this)) and last[shared] == this[shared]:
        shared += 1
    rest = this[shared:]
    expected = last[shared] + 1 if shared < len(last) else 1
    return not (rest[0] == expected and all(n == 1 for n in rest[1:]))


def _printed(draft: Draft) -> str:
    return draft.number or ""


def note_problems(
    drafts: Sequence[Draft],
    footnotes: Sequence[Footnote],
    paragraphs: Sequence[Draft],
    numbers: Sequence[str],
    made: Sequence[Made],
    in_titles: Set[str],
) -> Iterator[Problem]:
    """Notes that nothing cites, notes that come twice, marks without a note; *in_titles* are
    numbers of the marks in headings."""
    for draft, footnote in zip(drafts, footnotes, strict=True):
        if not footnote.paragraphs and draft.number not in in_titles:
            yield Problem("note-uncited", f"No paragraph cites note {footnote.number}", draft.line)
        if "~" in footnote.number:
            yield Problem(
                "note-repeat",
                f"Note {draft.number} comes again; here it is {footnote.number}",
                draft.line,
            )
    for before, after in pairwise(drafts):
        last, this = (int(n) if n.isdecimal() else 0 for n in map(_printed, (before, after)))
        if last and this > last + 1:
            yield Problem("note-gap", f"After note {last} comes note {this}", after.line)
    for paragraph, number, text in zip(paragraphs, numbers, made, strict=True):
        for mark in dict.fromkeys(text.stray):
            yield Problem(
                "note-missing", f"Paragraph {number} cites note {mark}, which is missing",
                paragraph.line,
            )  # fmt: skip
