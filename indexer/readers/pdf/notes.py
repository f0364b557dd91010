"""Which lines of a page are notes, and which numbers in the text are their marks?

Notes stand at the foot of a page, in smaller type or under a short rule, and open with a
number that a raised number in the page's text cites. A note may run on at the foot of the
next page. Notes at the end of a document are left in the text: the structure steps know them
by their heading or by their raised numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.readers.pdf.page import Line, Page, Word, is_raised

#: Type of notes is at most this part of the text's.
_SMALL = 0.94
#: A rule over notes is at most this part of the page's width.
_RULE_PART = 0.62
#: A number before the text of a note; some programs set no space between them.
_NUMBER = re.compile(r"[\[(]?([0-9]{1,4})[\])]?[.:]?(?=$|[^\W\d]|[\"“”„«‘(\[])")
_SIGN = re.compile(r"[*†‡§¶]{1,3}")
#: How a note ends that is whole: a sentence, or an address.
_COMPLETE = re.compile(r"(?:[.!?…][\"'”’»)\]]*|://\S*|\bwww\.\S*)$")
#: Sizes of type that differ by less, in points, are the same.
_SAME_SIZE = 0.3
_RAISED = re.compile(r"[0-9]{1,4}")


@dataclass(slots=True)
class Note:
    """A note with all its lines, from whatever pages."""

    number: str
    lines: list[Line] = field(default_factory=list)
    skip: int = 1
    """How many words of the first line are the number."""
    at_end: bool = False
    """Whether it stands in a list at the document's end, and any page may cite it."""


def marks_of(lines: Iterable[Line]) -> set[str]:
    """Numbers and signs that may be marks of notes in *lines*."""
    found: set[str] = set()
    for line in lines:
        for word in line.words:
            if is_raised(word, line):
                found.update(_RAISED.findall(word.text))
                found.update(_ranged(word.text))
            elif word.text[-1] in "*†‡§" and word is not line.words[0]:
                found.update(_SIGN.findall(word.text[-3:]))
    return found


def _ranged(text: str) -> Iterable[str]:
    first, dash, last = text.replace("–", "-").partition("-")
    if dash and first.isdecimal() and last.isdecimal() and int(last) - int(first) <= 20:
        return map(str, range(int(first), int(last) + 1))
    return ()


def number_of(line: Line) -> str | None:
    """The number or sign that *line* opens with, whether or not a space follows it."""
    first = line.words[0]
    if is_raised(first, line) and _RAISED.fullmatch(first.text):
        return first.text
    if (found := _NUMBER.match(first.text)) and (
        found.end() < len(first.text) or len(line.words) > 1
    ):
        return found[1]
    if _SIGN.fullmatch(first.text) and len(line.words) > 1:
        return first.text
    return None


def _part_number(line: Line, number: str) -> None:
    """Make the *number* that a line opens with a word of its own."""
    first = line.words[0]
    found = _NUMBER.match(first.text)
    if found is None or found.end() == len(first.text):
        return
    rest = replace(first, text=first.text[found.end() :], spaced=False)
    line.words[:1] = [replace(first, text=number), rest]


def separate(
    pages: Iterable[tuple[Page, list[Line]]], body_size: float
) -> tuple[list[Line], list[Note]]:
    """Part the lines of all pages into those of the text and the notes."""
    body: list[Line] = []
    notes: list[Note] = []
    pending: set[str] = set()
    for page, lines in pages:
        marks = marks_of(lines) | pending
        noted = len(notes)
        carries = notes[-1] if notes and notes[-1].lines[-1].page == page.number - 1 else None
        for column in _columns(lines):
            start = _start(page, column, lines, pending, body_size, carries)
            body.extend(column[:start])
            for line in column[start:]:
                _gather(line, notes, marks)
        # A mark at the foot of one page may have its note on the next.
        pending = marks - pending - {note.number for note in notes[noted:]}
    return _without_endnotes(body, notes, body_size), notes


def _without_endnotes(body: list[Line], notes: list[Note], body_size: float) -> list[Line]:
    """The text without a list of notes at its end, which is added to *notes*.

    Such a list has all the numbers that are cited and not noted yet, in order, after the last
    of their marks; they are raised, or glued to the note, or of smaller type than the text.
    """
    noted = {note.number for note in notes}
    last, cited = -1, set()
    for place, line in enumerate(body):
        found = {mark for mark in marks_of([line]) if mark.isdecimal() and mark not in noted}
        found -= {line.words[0].text} if is_raised(line.words[0], line) else set()
        if found:
            last = place
            cited |= {int(mark) for mark in found}
    if not cited:
        return body
    expected = sorted(cited)
    starts = _list_starts(body, last + 1, expected, body_size)
    if not starts:
        return body
    end = _list_end(body, starts[-1])
    for start, stop, number in zip(starts, [*starts[1:], end], expected, strict=True):
        _part_number(body[start], str(number))
        notes.append(Note(str(number), body[start:stop], at_end=True))
    return [*body[: starts[0]], *body[end:]]


def _list_starts(
    body: Sequence[Line], first: int, numbers: Sequence[int], body_size: float
) -> list[int]:
    """Indices of the lines from *first* on that open the notes of a list with these *numbers*;
    empty where there is none. Type larger than the notes' ends a list, and the last list counts:
    what came before, such as a quoted article with its numbers, was none."""
    whole: list[int] = []
    starts: list[int] = []
    for place in range(first, len(body)):
        line = body[place]
        if starts and line.size > body[starts[0]].size + _SAME_SIZE:
            starts = []
        if len(starts) < len(numbers) and _lists(line, str(numbers[len(starts)]), body_size):
            starts.append(place)
            whole = starts if len(starts) == len(numbers) else whole
    return whole


def _lists(line: Line, number: str, body_size: float) -> bool:
    """Whether *line* opens the note with that *number* in a list of notes."""
    first = line.words[0]
    if number_of(line) != number:
        return False
    small = line.size <= _SMALL * body_size and line.size > 0
    return small or is_raised(first, line) or first.text.lstrip("0123456789")[:1].isalpha()


def _list_end(body: Sequence[Line], start: int) -> int:
    """Index after the last line of the note that opens at *start*, the last of its list."""
    first = body[start]
    end = start + 1
    while end < len(body):
        line, before = body[end], body[end - 1]
        apart = line.page == before.page and line.base - before.base > 2 * line.size
        if abs(line.size - first.size) > 0.3 or (line.bold and not first.bold) or apart:
            break
        end += 1
    return end


def _gather(line: Line, notes: list[Note], marks: set[str]) -> None:
    """Add a *line* of notes to the note that it opens or that stands open."""
    number = number_of(line)
    if number is not None and (not notes or _is_next(number, line, notes, marks)):
        _part_number(line, number)
        notes.append(Note(number, [line], 1))
    elif notes:
        notes[-1].lines.append(line)
    else:
        notes.append(Note("", [line], 0))


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches of lines that go down one column."""
    made: list[list[Line]] = []
    for line in lines:
        if made and made[-1][-1].column == line.column:
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _start(
    page: Page,
    column: Sequence[Line],
    lines: Sequence[Line],
    pending: set[str],
    body_size: float,
    open_note: Note | None,
) -> int:
    """Index in *column* of its first line of notes; its length where there is none."""
    end = len(column)
    small = end
    while small and column[small - 1].size <= _SMALL * body_size:
        small -= 1
    ruled = _ruled(page, column, body_size)
    above = set(map(id, column[min(small, ruled) :]))
    marks = marks_of(line for line in lines if id(line) not in above) | pending
    for start in sorted({small, ruled}):
        opening = next(
            (i for i in range(start, end) if _opens(column[i], marks)),
            end,
        )
        if opening == start < end:
            return start
        if start < end and is_raised(column[start].words[0], column[start]):
            return end  # a list of notes that other pages cite
        if open_note is not None and _carries(open_note, column[start:], start == ruled):
            return start
        if opening < end:
            return opening
    # Notes as large as the text, without a rule: only their raised numbers tell them.
    for i, line in enumerate(column):
        if (
            is_raised(line.words[0], line)
            and line.words[0].text in marks_of(column[:i])
            and all(_is_note_like(later, line) for later in column[i:])
        ):
            return i
    return end


def _carries(note: Note, lines: Sequence[Line], ruled: bool) -> bool:
    """Whether *lines* at a page's foot go on with the *note* of the page before."""
    size = note.lines[-1].size + 0.3
    if not lines or any(line.size > size for line in lines):
        return False
    return ruled or not _COMPLETE.search(note.lines[-1].text)


def _is_note_like(line: Line, first: Line) -> bool:
    return line.size <= first.size + 0.3 and not (line.bold and not first.bold)


def _opens(line: Line, marks: set[str]) -> bool:
    number = number_of(line)
    return number is not None and number in marks


def _ruled(page: Page, column: Sequence[Line], body_size: float) -> int:
    """Index of the first line under a rule that notes stand under."""
    end = len(column)
    if not page.rules:
        return end
    left = min(line.left for line in column)
    for i in range(end - 1, 0, -1):
        if column[i].size > body_size + 0.3:
            return end
        over, under = column[i - 1].base, column[i].base
        for start, stop, y in page.rules:
            short = stop - start <= _RULE_PART * page.width
            if short and over < y < under and abs(start - left) < 3 * body_size:
                return i
    return end


def _is_next(number: str, line: Line, notes: Sequence[Note], marks: set[str]) -> bool:
    """Whether a number at the start of a line opens a note, rather than stands in one."""
    last = notes[-1].number
    follows = number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1
    raised = is_raised(line.words[0], line)
    if number not in marks:
        return raised and follows
    return raised or follows or not number.isdecimal() or not last.isdecimal() or number == "1"


def is_mark(word: Word, line: Line, numbers: set[str]) -> tuple[str, ...]:
    """The notes, of those with *numbers*, that a raised *word* cites; none where it is no mark."""
    if not is_raised(word, line):
        return ()
    cited = tuple(_ranged(word.text)) or tuple(_RAISED.findall(word.text))
    return cited if numbers.issuperset(cited) else ()
