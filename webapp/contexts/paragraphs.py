"""What does the page of a paragraph, or of a run of paragraphs, show?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indexer import citations
from indexer.library import Change, SubmissionCard
from indexer.model import (
    DateValue,
    Entity,
    EntityType,
    Footnote,
    Mention,
    Paragraph,
    Span,
    Submission,
)
from indexer.query.results import SearchParameters
from indexer.record import footnote_record, paragraph_record
from webapp import links
from webapp.contexts.entities import TYPE_LABELS
from webapp.contexts.history import AddressChange, address_changes, change_record, stale_record
from webapp.contexts.places import SectionLink, described, doubt, section_path, submission_summary
from webapp.contexts.prose import Piece, paragraph_pieces
from webapp.contexts.submissions import Note, note

#: Paragraphs shown before and after: what a reader needs to see what "this" refers to.
AROUND = 2

STYLE_LABELS = {
    "un": "UN short form",
    "oscola": "OSCOLA",
    "chicago": "Chicago",
    "bluebook": "Bluebook",
    "apa": "APA",
}

#: Forms of the record with its pinpoint.
RECORDS = (
    ("RIS", ".ris"),
    ("BibTeX", ".bib"),
    ("CSL JSON", ".csl.json"),
    ("JSON", ".json"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to be read."""

    number: str
    anchor: str
    href: str
    pieces: tuple[Piece, ...]
    in_full: str
    """Its place in the whole text, with the query marked."""
    fragment: str
    """Its very words in the whole text."""
    doubt: str
    """What is in doubt, in a sentence; empty where nothing is."""
    eid: str
    lines: str
    """Where it stands in the source; empty where the format has no lines."""
    page: int | None
    """Page of the source where it starts, counted from 1."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the paragraphs name."""

    label: str
    href: str | None
    printed: tuple[str, ...]
    """Printed forms met here other than the label."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """What of one type is named."""

    label: str
    members: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A pinpoint from one paragraph to another."""

    source: str
    target: str
    text: str
    """The pinpoint as printed."""
    start: int
    end: int
    href: str
    """The other end."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in one style, alone and with the words quoted."""

    style: str
    label: str
    text: str
    pieces: citations.Written
    """The citation cut at its title."""
    quotation: str


@dataclass(frozen=True)
class ParagraphPage:
    """A paragraph or a run of paragraphs, with all that belongs to it."""

    template = "paragraph.html"

    submission: Submission
    card: SubmissionCard
    paragraphs: tuple[Paragraph, ...]
    """In document order, at least one."""
    footnotes: tuple[Footnote, ...]
    cited: tuple[str, ...]
    """What citations name: the paragraphs, or an item of the only one."""
    address: str
    """The number, range or item, as its one address has it."""
    base: str = ""
    """The site's public address, which citations then print with the paragraph's own."""
    q: str = ""
    marks: Mapping[str, Sequence[Span]] | None = None
    """Spans to mark by paragraph number; None without a query."""
    changed: tuple[Change, ...] = ()
    """How addresses of the submission came to differ, newest first."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The paragraphs' numbers."""
        return tuple(p.number for p in self.paragraphs)

    @property
    def label(self) -> str:
        """The number or range, as a heading says it."""
        if len(self.cited) == 1:
            return self.cited[0]
        return f"{self.cited[0]}–{self.cited[-1]}"

    @property
    def title(self) -> str:
        """The paragraph and its submission."""
        return f"¶ {self.label} – {self.submission.title}"

    @property
    def capitals(self) -> bool:
        """Whether the title is printed in capitals, to be set as small capitals."""
        return self.submission.title.isupper()

    @property
    def submission_href(self) -> str:
        """The whole text at this place."""
        anchor = links.paragraph_anchor(self.numbers[0])
        return links.submission(self.submission.id, self.q, anchor)

    @property
    def line(self) -> str:
        """One line on the submission."""
        return described(self.card)

    @property
    def back(self) -> str | None:
        """The search that led here."""
        return links.words(self.q) if self.q else None

    @property
    def permalink(self) -> str:
        """The address without the query."""
        return links.paragraph(self.submission.id, self.address)

    @property
    def url(self) -> str | None:
        """The permalink with the site's public address, if that is known."""
        return f"{self.base.rstrip('/')}{self.permalink}" if self.base else None

    @property
    def source(self) -> str:
        """The original, to download."""
        return links.source(self.submission.id)

    @cached_property
    def path(self) -> tuple[SectionLink, ...]:
        """The sections around the first paragraph."""
        return section_path(self.submission, self.paragraphs[0].section)

    @property
    def kinds(self) -> str:
        """Kinds of the paragraphs."""
        return ", ".join(dict.fromkeys(p.kind for p in self.paragraphs))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The paragraphs themselves."""
        return tuple(
            self._passage(p, (self.marks or {}).get(p.number, ())) for p in self.paragraphs
        )

    @cached_property
    def _around(self) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
        whole = self.submission.paragraphs
        numbers = [p.number for p in whole]
        first, last = numbers.index(self.numbers[0]), numbers.index(self.numbers[-1])
        return whole[max(0, first - AROUND) : first], whole[last + 1 : last + 1 + AROUND]

    @cached_property
    def before(self) -> tuple[Passage, ...]:
        """The paragraphs before."""
        return tuple(self._passage(p) for p in self._around[0])

    @cached_property
    def after(self) -> tuple[Passage, ...]:
        """The paragraphs after."""
        return tuple(self._passage(p) for p in self._around[1])

    @property
    def previous(self) -> Passage | None:
        """The paragraph right before."""
        return self.before[-1] if self.before else None

    @property
    def next(self) -> Passage | None:
        """The paragraph right after."""
        return self.after[0] if self.after else None

    def _passage(self, paragraph: Paragraph, spans: Sequence[Span] = ()) -> Passage:
        id_, number = self.submission.id, paragraph.number
        pieces = paragraph_pieces(paragraph, spans, submission=id_)
        own = paragraph.number in self.numbers
        return Passage(
            number,
            links.paragraph_anchor(number),
            links.paragraph(id_, number, self.q),
            # Notes of the paragraphs around are not on this page.
            pieces if own else tuple(p for p in pieces if p.kind == "text"),
            links.submission(id_, self.q, links.paragraph_anchor(number)),
            links.fragment(id_, number, paragraph.text),
            doubt(paragraph),
            paragraph.eid,
            _lines(paragraph.lines),
            paragraph.page,
        )

    @cached_property
    def changes(self) -> tuple[AddressChange, ...]:
        """How the addresses shown came to differ."""
        return address_changes(self.submission.id, self.changed, self.numbers)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes cited."""
        return tuple(note(footnote, self.paragraphs) for footnote in self.footnotes)

    @cached_property
    def named(self) -> tuple[NamedGroup, ...]:
        """Who and what is named, by type."""
        entities = {(e.type, e.id): e for e in self.submission.entities}
        groups: dict[EntityType, dict[tuple[str, str | None], list[Mention]]] = {}
        for paragraph in self.paragraphs:
            for mention in paragraph.mentions:
                if mention.type == "demonym":
                    continue
                key = (mention.entity or mention.text, mention.entity)
                groups.setdefault(mention.type, {}).setdefault(key, []).append(mention)
        return tuple(
            NamedGroup(
                label,
                tuple(
                    _named(entities.get((type_, str(id_))), mentions)
                    for (_, id_), mentions in groups[type_].items()
                ),
            )
            for type_, label in TYPE_LABELS.items()
            if type_ in groups
        )

    @cached_property
    def refers_to(self) -> tuple[CrossReference, ...]:
        """Pinpoints in these paragraphs."""
        return tuple(
            CrossReference(p.number, r.target, p.text[r.start : r.end], r.start, r.end, href)
            for p in self.paragraphs
            for r in p.references
            for href in (links.paragraph(self.submission.id, r.target, self.q),)
        )

    @cached_property
    def referred_from(self) -> tuple[CrossReference, ...]:
        """Pinpoints elsewhere to these paragraphs."""
        return tuple(
            CrossReference(p.number, r.target, p.text[r.start : r.end], r.start, r.end, href)
            for p in self.submission.paragraphs
            for r in p.references
            if r.target in self.numbers and p.number not in self.numbers
            for href in (links.paragraph(self.submission.id, p.number, self.q),)
        )

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citation in every style."""
        submission, numbers, state = self.submission, self.cited, self.card.state_name
        texts = citations.citations(submission, numbers, self.url, state)
        return tuple(
            Citation(
                style,
                STYLE_LABELS[style],
                text,
                citations.cite_pieces(submission, numbers, style, self.url, state),
                citations.quotation(submission, numbers, style, self.url, state),
            )
            for style, text in texts.items()
        )

    @property
    def records(self) -> tuple[tuple[str, str], ...]:
        """The record in other forms: label and link."""
        return tuple(
            (label, links.paragraph(self.submission.id, self.address, form=form))
            for label, form in RECORDS
        )

    @property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """``citation_*`` and Dublin Core tags, for reference managers."""
        submission = self.submission
        authors = [s.name or s.short for s in submission.submitters]
        date = submission.date or ""
        title = f"{submission.title}, para {self.label}"
        if len(self.numbers) > 1:
            title = f"{submission.title}, paras {self.label}"
        pairs = [
            ("citation_title", title),
            *(("citation_author", author) for author in authors),
            ("citation_publication_date", date.replace("-", "/")),
            ("citation_language", submission.language),
            ("citation_technical_report_institution", "UN Universal Periodic Review"),
            ("citation_public_url", self.url or ""),
            ("DC.title", title),
            *(("DC.creator", author) for author in authors),
            ("DC.date", date),
            ("DC.language", submission.language),
            ("DC.type", "Text"),
            ("DC.identifier", f"{submission.id}/{self.address}"),
            ("DC.isPartOf", submission.title),
        ]
        return tuple((name, content) for name, content in pairs if content)

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        shown = self.submission.source.text_is_source
        paragraphs = [paragraph_record(p, shown) for p in self.paragraphs]
        record = {
            "paragraph": paragraphs[0],
            "paragraphs": paragraphs,
            "submission": {
                **submission_summary(self.submission),
                "stale": stale_record(self.card.stale),
            },
            "changes": [change_record(c) for c in self.changed if c.number in self.numbers],
            "section_title": self.path[-1].title if self.path else None,
            "footnotes": [footnote_record(f, shown) for f in self.footnotes],
            "before": [paragraph_record(p, shown) for p in self._around[0]],
            "after": [paragraph_record(p, shown) for p in self._around[1]],
            "refers_to": [_reference_record(r, r.target) for r in self.refers_to],
            "referred_from": [_reference_record(r, r.source) for r in self.referred_from],
            "citations": {c.style: c.text for c in self.citations},
            "url": self.permalink,
        }
        if self.marks is not None:
            record["marks"] = {
                n: [list(span) for span in self.marks[n]] for n in self.numbers if n in self.marks
            }
        return record


def _reference_record(reference: CrossReference, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "source": reference.source,
        "target": reference.target,
        "text": reference.text,
        "start": reference.start,
        "end": reference.end,
        "url": reference.href.partition("?")[0],
    }


def _lines(lines: Sequence[Span]) -> str:
    """The pieces' lines in words: ``line 41``, ``lines 50 and 71–72``."""
    written = [str(a) if a == b else f"{a}–{b}" for a, b in lines]
    if not written:
        return ""
    noun = "line" if len(written) == 1 and "–" not in written[0] else "lines"
    return f"{noun} {' and '.join(written)}"


def _named(entity: Entity | None, mentions: Sequence[Mention]) -> Named:
    first = mentions[0]
    label = entity.label if entity is not None else first.text
    printed = dict.fromkeys(m.text for m in mentions if m.text != label)
    return Named(label, _named_link(entity, first), tuple(printed))


def _named_link(entity: Entity | None, mention: Mention) -> str | None:
    if mention.type == "date":
        dated = _date_query(mention.value)
        return links.search(SearchParameters(q=dated)) if dated else None
    return links.entity(entity.type, entity.id) if entity is not None else None


def _date_query(value: DateValue | None) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " OR ".join(_date_query(member) for member in value)
    return f"date:{value.replace('/', '..')}"
