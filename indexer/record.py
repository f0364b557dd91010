"""How is a submission written down? As the JSON of the contract, and back.

``pilcrow read --json``, ``/submissions/<id>.json`` and the library all use this one
shape. What the outside does not see (spans into extracted text, evidence) is kept in
members of its own, so that nothing is lost on the way back.
"""

from __future__ import annotations

from typing import Any

from indexer.model import (
    Alias,
    Entity,
    Footnote,
    FootnoteMark,
    Found,
    Mention,
    Paragraph,
    Problem,
    Reference,
    Remainder,
    Section,
    Source,
    Span,
    Submission,
    Submitter,
)

Json = dict[str, Any]


def submission_record(submission: Submission) -> Json:
    """The contract's JSON of a whole submission."""
    shown = submission.source.text_is_source
    return {
        "id": submission.id,
        "title": submission.title,
        "kind": submission.kind,
        "state": submission.state,
        "session": submission.session,
        "date": submission.date,
        "language": submission.language,
        "codes": list(submission.codes),
        "source_url": submission.source_url,
        "rights": submission.rights,
        "symbol": submission.symbol,
        "source": _members(submission.source),
        "submitters": [_members(s) for s in submission.submitters],
        "sections": [_section_record(s, shown) for s in submission.sections],
        "paragraphs": [paragraph_record(p, shown) for p in submission.paragraphs],
        "footnotes": [footnote_record(f, shown) for f in submission.footnotes],
        "entities": [_entity_record(e) for e in submission.entities],
        "front": {
            "spans": _spans(submission.front, shown),
            "text": submission.front_text,
            "found": [_members(f) for f in submission.found],
        },
        "remainder": [_members(r) for r in submission.remainder],
        "problems": [_members(p) for p in submission.problems],
    }


def paragraph_record(paragraph: Paragraph, shown: bool) -> Json:
    """A paragraph; *shown* says whether its spans count in the source itself."""
    return {
        "number": paragraph.number,
        "eid": paragraph.eid,
        "text": paragraph.text,
        "section": paragraph.section,
        "kind": paragraph.kind,
        "footnotes": [_members(m) for m in paragraph.footnotes],
        "references": [_members(r) for r in paragraph.references],
        "mentions": [mention_record(m) for m in paragraph.mentions],
        "spans": _spans(paragraph.spans, shown),
        "lines": [list(s) for s in paragraph.lines],
        "page": paragraph.page,
        "doubtful": paragraph.doubtful,
        "number_in_doubt": paragraph.number_in_doubt,
    }


def mention_record(mention: Mention) -> Json:
    """A mention; only dates have a ``value``."""
    record = _members(mention)
    if mention.type != "date":
        del record["value"]
    elif isinstance(mention.value, tuple):
        record["value"] = list(mention.value)
    return record


def footnote_record(footnote: Footnote, shown: bool) -> Json:
    """A footnote with its addresses and the paragraphs that cite it."""
    return {
        "number": footnote.number,
        "text": footnote.text,
        "urls": list(footnote.urls),
        "paragraphs": list(footnote.paragraphs),
        "spans": _spans(footnote.spans, shown),
    }


def _section_record(section: Section, shown: bool) -> Json:
    return {
        "id": section.id,
        "label": section.label,
        "title": section.title,
        "level": section.level,
        "parent": section.parent,
        "paragraphs": list(section.paragraphs),
        "spans": _spans(section.spans, shown),
    }


def _entity_record(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "type": entity.type,
        "label": entity.label,
        "aliases": [alias.text for alias in entity.aliases],
        "evidence": [_members(alias) for alias in entity.aliases],
        "paragraphs": list(entity.paragraphs),
        "law": entity.law,
        "country": entity.country,
        "suggested": entity.suggested,
    }


def _members(piece: Any) -> Json:
    """The members of a flat dataclass by name: a fourth of the time of ``asdict``, which
    copies what is in them."""
    return {name: getattr(piece, name) for name in piece.__slots__}


def _spans(spans: tuple[Span, ...], shown: bool) -> list[list[int]] | None:
    return [list(span) for span in spans] if shown else None


def stored(submission: Submission) -> Json:
    """The contract's JSON with every span, for the library."""
    record = submission_record(submission)
    if not submission.source.text_is_source:
        for made, kept in (
            (record["paragraphs"], submission.paragraphs),
            (record["footnotes"], submission.footnotes),
            (record["sections"], submission.sections),
            ([record["front"]], (None,)),
        ):
            for piece, origin in zip(made, kept, strict=True):
                spans = submission.front if origin is None else origin.spans
                piece["spans"] = [list(span) for span in spans]
    return record


def submission_from(record: Json) -> Submission:
    """Rebuild a submission from what :func:`stored` gave."""
    return Submission(
        id=record["id"],
        title=record["title"],
        kind=record["kind"],
        state=record["state"],
        session=record["session"],
        date=record["date"],
        language=record["language"],
        codes=tuple(record["codes"]),
        source_url=record["source_url"],
        rights=record["rights"],
        symbol=record["symbol"],
        found=tuple(Found(**f) for f in record["front"]["found"]),
        source=Source(**record["source"]),
        submitters=tuple(
            Submitter(**{**s, "emails": tuple(s["emails"])}) for s in record["submitters"]
        ),
        sections=tuple(
            Section(**{**s, "paragraphs": tuple(s["paragraphs"]), "spans": _spans_from(s["spans"])})
            for s in record["sections"]
        ),
        paragraphs=tuple(paragraph_from(p) for p in record["paragraphs"]),
        footnotes=tuple(footnote_from(f) for f in record["footnotes"]),
        entities=tuple(_entity_from(e) for e in record["entities"]),
        front=_spans_from(record["front"]["spans"]),
        front_text=record["front"]["text"],
        remainder=tuple(Remainder(**r) for r in record["remainder"]),
        problems=tuple(Problem(**p) for p in record["problems"]),
    )


def paragraph_from(record: Json) -> Paragraph:
    """Rebuild a paragraph."""
    return Paragraph(
        number=record["number"],
        eid=record["eid"],
        text=record["text"],
        section=record["section"],
        kind=record["kind"],
        footnotes=tuple(FootnoteMark(**m) for m in record["footnotes"]),
        references=tuple(Reference(**r) for r in record["references"]),
        mentions=tuple(_mention_from(m) for m in record["mentions"]),
        spans=_spans_from(record["spans"]),
        lines=_spans_from(record["lines"]),
        page=record["page"],
        doubtful=record["doubtful"],
        number_in_doubt=record["number_in_doubt"],
    )


def footnote_from(record: Json) -> Footnote:
    """Rebuild a footnote."""
    return Footnote(
        number=record["number"],
        text=record["text"],
        urls=tuple(record["urls"]),
        paragraphs=tuple(record["paragraphs"]),
        spans=_spans_from(record["spans"]),
    )


def _mention_from(record: Json) -> Mention:
    value: Any = record.get("value")
    return Mention(**{**record, "value": tuple(value) if isinstance(value, list) else value})


def _entity_from(record: Json) -> Entity:
    return Entity(
        id=record["id"],
        type=record["type"],
        label=record["label"],
        aliases=tuple(Alias(**a) for a in record["evidence"]),
        paragraphs=tuple(record["paragraphs"]),
        law=record["law"],
        country=record["country"],
        suggested=record["suggested"],
    )


def _spans_from(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in spans)
