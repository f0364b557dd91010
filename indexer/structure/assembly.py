"""How do the steps come together? What each line is becomes the submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace

from indexer.model import (
    Footnote,
    FootnoteMark,
    Paragraph,
    Problem,
    Reading,
    Section,
    Span,
    Submission,
)
from indexer.structure.account import remainder
from indexer.structure.cover import cover_of
from indexer.structure.drafts import Draft, Layout
from indexer.structure.footnotes import Notation, inline_marks, urls_of
from indexer.structure.languages import Recognised, doubtful_language, language_of
from indexer.structure.layout import lay_out
from indexer.structure.lines import Line, lines_of
from indexer.structure.marks import glued_marks, left_over
from indexer.structure.metadata import Metadata, default_id
from indexer.structure.references import references_in
from indexer.structure.report import note_problems, number_inside, number_problems, prove
from indexer.structure.sections import kinds_of, marks_in, sections_of
from indexer.structure.states import States
from indexer.structure.texts import Known, Made, made_of

#: What metadata say to the reading, not of the submission.
_NOT_OVERRIDING = ("id", "encoding")


def assemble(
    reading: Reading, metadata: Metadata, states_in: Callable[[str], States]
) -> Submission:
    """Build the submission that *reading* holds; *states_in* gives States by their names in a
    language."""
    lines = lines_of(reading)
    layout = lay_out(lines, reading.source.media_type == "application/pdf")
    prove(layout.paragraphs)
    layout.problems.extend(number_inside(layout.paragraphs))
    numbers = _numbered(layout.paragraphs)
    known = _known(lines, layout, reading)
    sections = sections_of(
        layout.headings,
        [(n, draft.heading) for n, draft in zip(numbers, layout.paragraphs, strict=True)],
        known.glued,
    )
    made = [made_of(draft.pieces, known) for draft in layout.paragraphs]
    _tell_left_over(layout, numbers, made)
    footnotes, marks = _footnotes(layout, known, numbers, made)
    paragraphs = _paragraphs(layout.paragraphs, numbers, made, marks, sections)
    problems = [
        *reading.problems,
        *layout.problems,
        *_run_problems(layout, known, numbers, footnotes, made),
    ]
    front = _front_spans(layout)
    pieces: Sequence[Section | Paragraph | Footnote] = (*sections, *paragraphs, *footnotes)
    spans = [*front, *(span for piece in pieces for span in piece.spans)]
    language = _language(reading, metadata)
    heading = sections[0].title if sections else ""
    cover = cover_of(layout.front, heading, states_in(language.language))
    problems += [*cover.problems, *doubtful_language(language)]
    submission = Submission(
        id=metadata.id or default_id(reading.source.name),
        title=cover.title or heading or default_id(reading.source.name),
        kind=cover.kind,
        state=cover.state,
        session=cover.session,
        date=cover.date,
        language=language.language,
        symbol=cover.symbol,
        codes=cover.codes,
        found=cover.found,
        source=reading.source,
        submitters=cover.submitters,
        sections=tuple(sections),
        paragraphs=tuple(paragraphs),
        footnotes=tuple(footnotes),
        front=front,
        front_text="\n".join(reading.text[start:end].strip() for start, end in front),
        remainder=remainder(reading.text, spans, _marks(layout)),
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )
    return _overridden(submission, metadata)


def _run_problems(
    layout: Layout,
    known: Known,
    numbers: Sequence[str],
    footnotes: Sequence[Footnote],
    made: Sequence[Made],
) -> Iterator[Problem]:
    """What is odd about the runs of paragraphs and of notes."""
    yield from number_problems(layout.paragraphs, numbers)
    in_headings = marks_in(layout.headings, known.glued)
    yield from note_problems(layout.notes, footnotes, layout.paragraphs, numbers, made, in_headings)


def _language(reading: Reading, metadata: Metadata) -> Recognised:
    """The language that the metadata give, or else the text tells."""
    if metadata.language:
        return Recognised(metadata.language, True)
    return language_of(reading.text)


def _numbered(drafts: Sequence[Draft]) -> list[str]:
    """Each paragraph's number, unlike all others."""
    seen: Counter[str] = Counter()
    unnumbered = 0
    numbers = []
    for draft in drafts:
        if draft.number is None:
            unnumbered += 1
            numbers.append(f"u{unnumbered}")
            continue
        seen[draft.number] += 1
        count = seen[draft.number]
        numbers.append(draft.number if count == 1 else f"{draft.number}~{count}")
    return numbers


def _known(lines: Sequence[Line], layout: Layout, reading: Reading) -> Known:
    """What marks of notes there may be in the texts."""
    body = [piece.line for draft in layout.paragraphs for piece in draft.pieces]
    body += [line for heading in layout.headings for line in (heading.line, *heading.more)]
    body.sort(key=lambda line: line.index)
    # The marks of these are never plain digits.
    notations = _notations(layout)
    written = notations.get(Notation.MARKDOWN, frozenset()) | notations.get(
        Notation.LINKED, frozenset()
    )
    notes = {str(draft.number) for draft in layout.notes} - written
    _, cited = inline_marks(body)
    glued = glued_marks(body, notes - set(map(str, cited)))
    for draft in layout.paragraphs:
        marks = [m for piece in draft.pieces for m in glued.get(piece.line.index, ())]
        for mark in marks:
            if mark.doubtful:
                draft.doubtful = True
                layout.problems.append(
                    Problem(
                        "note-mark",
                        f"Two digits in the text could be the mark of note {mark.number}",
                        lines[mark.line].block.line,
                    )
                )
    markdown = reading.source.media_type == "text/markdown"
    return Known(notations, markdown, glued)


def _tell_left_over(layout: Layout, numbers: Sequence[str], made: Sequence[Made]) -> None:
    """Put in doubt the paragraphs that seem to have marks of notes left in their text."""
    for place, mark in left_over([text.text for text in made]).items():
        layout.paragraphs[place].doubtful = True
        layout.problems.append(
            Problem(
                "note-mark",
                f"The {mark} after a sentence of paragraph {numbers[place]} seems to be the mark of"
                " a note that is not there: it is left in the text",
                layout.paragraphs[place].line,
            )
        )


def _notations(layout: Layout) -> dict[Notation, frozenset[str]]:
    found: dict[Notation, set[str]] = {}
    for opening in layout.openings.by_line.values():
        found.setdefault(opening.notation, set()).add(opening.number)
    return {notation: frozenset(numbers) for notation, numbers in found.items()}


def _footnotes(
    layout: Layout, known: Known, numbers: Sequence[str], made: Sequence[Made]
) -> tuple[list[Footnote], list[tuple[FootnoteMark, ...]]]:
    """The notes with the paragraphs that cite them, and each paragraph's marks."""
    names: dict[str, list[int]] = {}
    for place, draft in enumerate(layout.notes):
        names.setdefault(draft.number or "", []).append(place)
    citing: list[dict[str, None]] = [{} for _ in layout.notes]
    unlike = _numbered(layout.notes)
    used: Counter[str] = Counter()
    marks: list[tuple[FootnoteMark, ...]] = []
    for number, text in zip(numbers, made, strict=True):
        settled = []
        for mark in text.marks:
            places = names.get(mark.number, [])
            if not places:
                continue
            # Where a number comes twice, its second mark cites its second note.
            place = places[min(used[mark.number], len(places) - 1)]
            used[mark.number] += 1
            citing[place][number] = None
            settled.append(FootnoteMark(unlike[place], mark.offset))
        marks.append(tuple(settled))
    nothing = Known({}, known.markdown)
    footnotes = []
    for draft, name, paragraphs in zip(layout.notes, unlike, citing, strict=True):
        note = made_of(draft.pieces, nothing)
        raw = " ".join(piece.line.text[piece.body :] for piece in draft.pieces)
        links = (link[2] for piece in draft.pieces for link in piece.line.block.links)
        urls = tuple(dict.fromkeys((*urls_of(raw), *links)))
        footnotes.append(
            Footnote(
                name, _unbracketed(note.text, urls), urls, tuple(paragraphs), tuple(note.spans)
            )
        )
    return footnotes, marks


def _unbracketed(text: str, urls: Sequence[str]) -> str:
    """The text of a note without the angle brackets that mark its addresses."""
    for url in urls:
        text = text.replace(f"<{url}>", url)
    return text


def _paragraphs(
    drafts: Sequence[Draft],
    numbers: Sequence[str],
    made: Sequence[Made],
    marks: Sequence[tuple[FootnoteMark, ...]],
    sections: Sequence[Section],
) -> list[Paragraph]:
    kinds = kinds_of(sections)
    places = {number: place for place, number in enumerate(numbers)}
    paragraphs = []
    for draft, number, text, noted in zip(drafts, numbers, made, marks, strict=True):
        section = sections[draft.heading].id if draft.heading >= 0 else None
        paragraphs.append(
            Paragraph(
                number=number,
                eid=f"para_{number.replace('~', '-')}",
                text=text.text,
                section=section,
                kind=kinds[section],
                footnotes=noted,
                references=tuple(references_in(text.text, numbers, places)),
                spans=tuple(text.spans),
                lines=tuple(text.lines),
                page=draft.pieces[0].line.block.page,
                doubtful=draft.doubtful or any(piece.line.block.doubtful for piece in draft.pieces),
                number_in_doubt=draft.number_in_doubt or number != draft.number,
            )
        )
    return paragraphs


def _front_spans(layout: Layout) -> tuple[Span, ...]:
    """One span for each run of front lines that nothing else interrupts."""
    spans: list[Span] = []
    last: Line | None = None
    for line in layout.front:
        if last is not None and last.index == line.index - 1:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
        last = line
    return tuple(spans)


def _marks(layout: Layout) -> Iterator[Span]:
    """The numbers and list marks before the texts."""
    for draft in (*layout.paragraphs, *layout.notes):
        for piece in draft.pieces:
            if piece.body:
                yield Span(piece.line.start, piece.line.start + piece.body)


def _overridden(submission: Submission, metadata: Metadata) -> Submission:
    """The submission with what the metadata file says of it."""
    said = {
        field.name: value
        for field in fields(metadata)
        if field.name not in _NOT_OVERRIDING
        and (value := getattr(metadata, field.name)) is not None
    }
    return replace(
        submission,
        **said,
        found=tuple(found for found in submission.found if found.field not in said),
        problems=tuple(
            problem
            for problem in submission.problems
            if problem.code.removesuffix("-unclear") not in said
        ),
    )
