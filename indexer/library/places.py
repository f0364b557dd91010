"""Does everything that a submission names lie where it says? Offsets, numbers and spans.

Of every submission, in whatever format it came: a mention's text stands in its paragraph at
its offsets, marks and references lie inside the text, whatever is named by number is there,
and the pieces of the source lie inside it, in order, no two of them over one another. Of
plain text and Markdown, where spans count in the file itself, the letters of a paragraph and
of a note are those of its pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.model import Paragraph, Span, Submission


def check_places(submission: Submission, source: str | None) -> int:
    """Look at every place in *submission*, with the decoded *source* where spans count in it.

    Returns how many were looked at. Raises ValueError that names the first one that is wrong.
    """
    looked = 0
    for faults in (_paragraphs(submission), _named(submission), _spans(submission, source)):
        for fault in faults:
            looked += 1
            if fault:
                raise ValueError(f"{submission.id}: {fault}")
    return looked


def _paragraphs(submission: Submission) -> Iterator[str]:
    """For every place inside the texts of paragraphs what is wrong with it, or nothing."""
    numbers = _unique(paragraph.number for paragraph in submission.paragraphs)
    entities = {(entity.type, entity.id) for entity in submission.entities}
    notes = {note.number for note in submission.footnotes}
    sections = {section.id for section in submission.sections}
    for paragraph in submission.paragraphs:
        here = f"paragraph {paragraph.number}"
        yield from _texts(paragraph, here)
        for mention in paragraph.mentions:
            lost = mention.entity and (mention.type, mention.entity) not in entities
            yield f"{here} names {mention.entity}, which is no entity of it" if lost else ""
        for mark in paragraph.footnotes:
            lost = mark.number not in notes
            yield f"{here} cites note {mark.number}, which is not there" if lost else ""
        for reference in paragraph.references:
            lost = reference.target not in numbers
            yield f"{here} refers to {reference.target}, which is not there" if lost else ""
        lost = paragraph.section is not None and paragraph.section not in sections
        yield f"{here} is in section {paragraph.section}, which is not there" if lost else ""


def _texts(paragraph: Paragraph, here: str) -> Iterator[str]:
    length = len(paragraph.text)
    for mention in paragraph.mentions:
        start, end = mention.start, mention.end
        right = 0 <= start < end and paragraph.text[start:end] == mention.text
        yield "" if right else f"{here} has not {mention.text!r} at {start}–{end}"
    for mark in paragraph.footnotes:
        right = 0 <= mark.offset <= length
        yield "" if right else f"{here} cites note {mark.number} outside its text ({mark.offset})"
    for reference in paragraph.references:
        right = 0 <= reference.start < reference.end <= length
        place = f"{reference.start}–{reference.end}"
        yield "" if right else f"{here} refers to {reference.target} outside its text ({place})"


def _named(submission: Submission) -> Iterator[str]:
    """For everything that names paragraphs by number what is wrong with it, or nothing."""
    numbers = _unique(paragraph.number for paragraph in submission.paragraphs)
    sections = _unique(section.id for section in submission.sections)
    naming: list[tuple[str, Sequence[str]]] = [
        *((f"note {note.number}", note.paragraphs) for note in submission.footnotes),
        *((f"section {section.id}", section.paragraphs) for section in submission.sections),
        *((f"{entity.type} {entity.id}", entity.paragraphs) for entity in submission.entities),
    ]
    inside: dict[str | None, list[str]] = {}
    for paragraph in submission.paragraphs:
        inside.setdefault(paragraph.section, []).append(paragraph.number)
    for what, paragraphs in naming:
        lost = next((number for number in paragraphs if number not in numbers), None)
        yield "" if lost is None else f"{what} names paragraph {lost}, which is not there"
    for section in submission.sections:
        alone = section.parent is not None and section.parent not in sections
        yield f"section {section.id} is in {section.parent}, which is not there" if alone else ""
        same = inside.get(section.id, []) == list(section.paragraphs)
        yield "" if same else f"section {section.id} and its paragraphs do not name each other"


def _spans(submission: Submission, source: str | None) -> Iterator[str]:
    """For every piece of the source what is wrong with it, or nothing."""
    length = submission.source.length
    if source is not None:
        yield "" if len(source) == length else f"the source has {len(source)} characters"
    kinds: dict[str, list[tuple[Span, ...]]] = {
        "the front matter": [submission.front],
        "the headings": [section.spans for section in submission.sections],
        "the paragraphs": [paragraph.spans for paragraph in submission.paragraphs],
        "the notes": [note.spans for note in submission.footnotes],
        "the remainder": [(Span(r.start, r.end),) for r in submission.remainder],
    }
    taken: list[tuple[Span, str]] = []
    for what, pieces in kinds.items():
        at = 0
        for start, end in (span for spans in pieces for span in spans):
            right = at <= start <= end <= length
            yield "" if right else f"{what} have {start}–{end} out of order or outside the source"
            at = end
            taken.append((Span(start, end), what))
    taken.sort()
    for (before, one), (after, other) in pairwise(taken):
        right = before.end <= after.start
        yield "" if right else f"{one} and {other} share the source at {after.start}"
    if source is not None:
        yield from _letters(submission, source)


def _letters(submission: Submission, source: str) -> Iterator[str]:
    for remainder in submission.remainder:
        start, end = remainder.start, remainder.end
        right = source[start:end] == remainder.text
        yield "" if right else f"the remainder at {start}–{end} is not in the source"
    printed = [
        *((f"paragraph {p.number}", p.text, p.spans) for p in submission.paragraphs),
        *((f"note {note.number}", note.text, note.spans) for note in submission.footnotes),
    ]
    for what, text, spans in printed:
        # Marks and line ends are left out of a text, but nothing is put into it.
        letters = iter("".join(source[start:end] for start, end in spans))
        right = all(letter in letters for letter in text if letter.isalnum())
        yield "" if right else f"{what} is not what stands at its places in the source"


def _unique(names: Iterable[str]) -> set[str]:
    """*names*, each of which may be there once. Raises ValueError."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} is there twice")
        seen.add(name)
    return seen
