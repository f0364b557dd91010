"""What does an engine need to know of a paragraph? Its words, tags, dates and addresses.

Made once when a submission is indexed, and kept beside the paragraph in the library, so
that a page marks by exactly what the engine matched by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.analysis import slug
from indexer.model import Mention, Paragraph, Section, Span, Submission
from indexer.notation.dates import interval
from indexer.query.request import IndexDocument
from indexer.query.results import ENTITY_FACETS


def documents(submission: Submission) -> Iterator[IndexDocument]:
    """The paragraphs of *submission* as an engine is given them, in order."""
    sections = _section_names(submission.sections)
    cited: dict[str, list[int]] = {}
    for place, footnote in enumerate(submission.footnotes):
        for number in footnote.paragraphs:
            cited.setdefault(number, []).append(place)
    whole = (
        ("submission", (submission.id,)),
        ("state", (submission.state,) if submission.state else ()),
        ("session", (submission.session,) if submission.session else ()),
    )
    for order, paragraph in enumerate(submission.paragraphs):
        notes = [submission.footnotes[place] for place in cited.get(paragraph.number, ())]
        dates = [pair for mention in paragraph.mentions for pair in days(mention)]
        yield IndexDocument(
            submission=submission.id,
            number=paragraph.number,
            order=order,
            language=submission.language,
            text=paragraph.text,
            notes=tuple(note.text for note in notes),
            tags=(*whole, *_tags(paragraph, sections)),
            dates=tuple(dict.fromkeys((first, last) for first, last in dates)),
            urls=tuple(url for note in notes for url in note.urls),
        )


def days(mention: Mention) -> tuple[Span, ...]:
    """First and last day of each date a mention names, as ordinals; none for other types."""
    return tuple(
        Span(first.toordinal(), last.toordinal())
        for first, last in (interval(value) for value in _values(mention))
    )


def _values(mention: Mention) -> tuple[str, ...]:
    if mention.value is None:
        return ()
    return (mention.value,) if isinstance(mention.value, str) else mention.value


def years(mention: Mention) -> tuple[str, ...]:
    """The years a date mention names: of a range its first and its last, since those are
    what the text prints."""
    named = []
    for value in _values(mention):
        first, last = interval(value)
        named += [f"{first.year:04d}", f"{last.year:04d}"]
    return tuple(dict.fromkeys(named))


def _section_names(sections: Iterable[Section]) -> dict[str, tuple[str, ...]]:
    """Id of a section → what it counts by: its id and its title's slug, with those of all
    sections around it, outermost first, so that a filter takes in sub-sections."""
    by_id = {section.id: section for section in sections}
    names: dict[str, tuple[str, ...]] = {}
    for id_ in by_id:
        path: list[str] = []
        around: str | None = id_
        while around is not None and around in by_id:
            section = by_id[around]
            path[:0] = [name for name in (section.id, slug(section.title)) if name]
            around = section.parent
        names[id_] = tuple(dict.fromkeys(path))
    return names


def _tags(
    paragraph: Paragraph, sections: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Facet values of a paragraph."""
    yield "section", sections.get(paragraph.section or "", ())
    yield "kind", (paragraph.kind,)
    named: dict[str, dict[str, None]] = {type_: {} for type_ in ENTITY_FACETS}
    for mention in paragraph.mentions:
        if mention.entity is not None and mention.type in named:
            named[mention.type][mention.entity] = None
    yield from ((type_, tuple(ids)) for type_, ids in named.items())
    yield "year", tuple(dict.fromkeys(y for m in paragraph.mentions for y in years(m)))
