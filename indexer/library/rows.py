"""How does the library keep what it keeps? Its tables, and rows to objects and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from indexer.model import Alias, EntityType, Paragraph, Submission
from indexer.query.request import IndexDocument

SCHEMA = """
CREATE TABLE submission (
  id TEXT PRIMARY KEY, state TEXT, state_name TEXT, session TEXT, card TEXT NOT NULL,
  record BLOB NOT NULL, source BLOB NOT NULL,
  path TEXT NOT NULL UNIQUE, key TEXT NOT NULL, stale TEXT
) WITHOUT ROWID;
CREATE TABLE paragraph (
  submission TEXT, rank INTEGER, number TEXT, record TEXT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (submission, number)
) WITHOUT ROWID;
CREATE INDEX paragraph_number ON paragraph (number);
CREATE TABLE footnote (
  submission TEXT, rank INTEGER, number TEXT, paragraph TEXT, record TEXT NOT NULL
);
CREATE INDEX footnote_paragraph ON footnote (submission, paragraph);
CREATE INDEX footnote_number ON footnote (number);
CREATE TABLE url (submission TEXT, url TEXT);
CREATE INDEX url_submission ON url (submission);
CREATE TABLE described (type TEXT, id TEXT, submission TEXT, card TEXT NOT NULL,
  PRIMARY KEY (type, id, submission)) WITHOUT ROWID;
CREATE INDEX described_submission ON described (submission);
CREATE TABLE entity (type TEXT, id TEXT, card TEXT NOT NULL, PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TABLE named (
  type TEXT, id TEXT, submission TEXT, rank INTEGER, number TEXT,
  PRIMARY KEY (type, id, submission, rank)
) WITHOUT ROWID;
CREATE INDEX named_submission ON named (submission);
CREATE TABLE alias (name TEXT, type TEXT, id TEXT, printed TEXT,
  PRIMARY KEY (name, type, id)) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias (type, id);
CREATE TABLE submitter (name TEXT, submission TEXT,
  PRIMARY KEY (name, submission)) WITHOUT ROWID;
CREATE INDEX submitter_submission ON submitter (submission);
CREATE TABLE code (code TEXT, submission TEXT, PRIMARY KEY (code, submission)) WITHOUT ROWID;
CREATE INDEX code_submission ON code (submission);
CREATE TABLE hidden (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE change (submission TEXT, number TEXT, since TEXT, kind TEXT, was TEXT, other TEXT,
  PRIMARY KEY (submission, number, since)) WITHOUT ROWID;
CREATE TRIGGER submission_removed AFTER DELETE ON submission BEGIN
  DELETE FROM paragraph WHERE submission = OLD.id;
  DELETE FROM footnote WHERE submission = OLD.id;
  DELETE FROM url WHERE submission = OLD.id;
  DELETE FROM described WHERE submission = OLD.id;
  DELETE FROM named WHERE submission = OLD.id;
  DELETE FROM submitter WHERE submission = OLD.id;
  DELETE FROM code WHERE submission = OLD.id;
  DELETE FROM change WHERE submission = OLD.id;
END;
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file a submission was read from, and in which state."""

    path: str
    """How the file is named to a user: from the corpus on."""
    key: str
    """What the reading depended on; see ``pipeline``."""
    submission: str
    """The submission's id."""
    stale: bool
    """Whether the file could not be read since, and this is an earlier version of it."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a submission is an earlier version of its file, and since when."""

    since: str
    """ISO 8601 time in UTC."""
    reason: str
    """What kept the file from being read."""


@dataclass(frozen=True, slots=True)
class SubmissionCard:
    """What a list of submissions says of one."""

    id: str
    title: str
    kind: str
    state: str | None
    state_name: str | None
    session: str | None
    date: str | None
    language: str
    submitters: tuple[str, ...]
    """Short names."""
    codes: tuple[str, ...]
    sections: tuple[tuple[str, str, str, int, str | None], ...]
    """(id, label, title, level, parent's id) in document order."""
    paragraphs: int
    footnotes: int
    problems: int
    stale: Stale | None = None
    """Set where the file could not be read since, and this is an earlier version of it."""

    def path(self, section: str | None) -> tuple[tuple[str, str, str], ...]:
        """(id, label, title) of a section and those around it, outermost first."""
        by_id = {id_: (label, title, parent) for id_, label, title, _, parent in self.sections}
        path: list[tuple[str, str, str]] = []
        while section is not None and section in by_id:
            label, title, parent = by_id[section]
            path.insert(0, (section, label, title))
            section = parent
        return tuple(path)


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity over all submissions."""

    id: str
    type: EntityType
    label: str
    aliases: tuple[Alias, ...]
    paragraphs: tuple[tuple[str, str], ...]
    """(submission id, paragraph number), by submission and in document order."""
    law: str | None = None
    country: str | None = None
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A printed form that names an entity."""

    printed: str
    type: EntityType
    id: str


def document_row(document: IndexDocument) -> str:
    """What is kept of a document beside its paragraph."""
    row = [
        document.order,
        document.language,
        document.notes,
        document.tags,
        document.dates,
        document.urls,
    ]
    return json.dumps(row, ensure_ascii=False)


def document_from(submission: str, paragraph: Paragraph, row: str) -> IndexDocument:
    """The document that :func:`document_row` kept."""
    order, language, notes, tags, dates, urls = json.loads(row)
    return IndexDocument(
        submission=submission,
        number=paragraph.number,
        order=order,
        language=language,
        text=paragraph.text,
        notes=tuple(notes),
        tags=tuple((field, tuple(values)) for field, values in tags),
        dates=tuple((first, last) for first, last in dates),
        urls=tuple(urls),
    )


def card_row(submission: Submission, state_name: str | None) -> dict[str, Any]:
    """What is kept of a :class:`SubmissionCard`."""
    return {
        "id": submission.id,
        "title": submission.title,
        "kind": submission.kind,
        "state": submission.state,
        "state_name": state_name,
        "session": submission.session,
        "date": submission.date,
        "language": submission.language,
        "submitters": [s.short for s in submission.submitters],
        "codes": list(submission.codes),
        "sections": [[s.id, s.label, s.title, s.level, s.parent] for s in submission.sections],
        "paragraphs": len(submission.paragraphs),
        "footnotes": len(submission.footnotes),
        "problems": len(submission.problems),
    }


def card_from(text: str, stale: str | None) -> SubmissionCard:
    """The card that :func:`card_row` made, from its JSON and that of its :class:`Stale`."""
    card = json.loads(text)
    card["stale"] = None if stale is None else Stale(**json.loads(stale))
    card["submitters"] = tuple(card["submitters"])
    card["codes"] = tuple(card["codes"])
    card["sections"] = tuple(tuple(section) for section in card["sections"])
    return SubmissionCard(**card)


def entity_card(
    type_: EntityType, id_: str, text: str, places: list[tuple[str, str]]
) -> EntityCard:
    """An entity from its JSON and the paragraphs that name it."""
    card = json.loads(text)
    return EntityCard(
        id=id_,
        type=type_,
        label=card["label"],
        aliases=tuple(Alias(name, evidence) for name, evidence in card["aliases"].items()),
        paragraphs=tuple(places),
        law=card["law"],
        country=card["country"],
        suggested=card["suggested"],
    )
