"""What do pages print from? The store of whole submissions, by id, in one SQLite file.

A library is written once, as part of an index generation, and then only read. It knows
nothing of engines: what it answers is looked up by key, never searched.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indexer.analysis import fold_text, slug
from indexer.errors import IndexDamaged, NotFound
from indexer.library.changes import Change, compare, restated
from indexer.library.rows import (
    EntityCard,
    Name,
    Origin,
    Stale,
    SubmissionCard,
    card_from,
    document_from,
    entity_card,
)
from indexer.library.verification import DAMAGED, Decode, verify_rows
from indexer.library.writer import LibraryWriter
from indexer.model import EntityType, Footnote, Paragraph, Source, Submission
from indexer.query.request import IndexDocument
from indexer.record import footnote_from, paragraph_from, submission_from

__all__ = [
    "Change",
    "EntityCard",
    "Library",
    "LibraryWriter",
    "Name",
    "Origin",
    "Stale",
    "SubmissionCard",
    "compare",
    "restated",
]

#: Facet fields that belong to whole submissions, each with what asks for them. The values go
#: over as one JSON array: SQLite takes no more than some 32,000 parameters, a filter may have more.
_SUBMISSION_FIELDS = {
    "submission": "SELECT id FROM submission WHERE id IN (SELECT value FROM json_each(?))",
    "state": "SELECT id FROM submission WHERE state IN (SELECT value FROM json_each(?))",
    "session": "SELECT id FROM submission WHERE session IN (SELECT value FROM json_each(?))",
}


class Library:
    """One generation's library, opened for reading. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        # A library never changes, so what was read once stays true. The sizes keep a
        # process small on a large corpus.
        self._submission = lru_cache(maxsize=16)(self._read_submission)
        self._cached_card = lru_cache(maxsize=1024)(self._read_card)
        self._cached_labels = lru_cache(maxsize=None)(self._read_labels)
        self._cached_view = lru_cache(maxsize=64)(self._read_view)

    def _connection(self) -> sqlite3.Connection:
        """The one of this thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = self._local.connection = sqlite3.connect(address, uri=True)
        return connection

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            rows: list[tuple[Any, ...]] = self._connection().execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return rows

    def submissions(self) -> tuple[SubmissionCard, ...]:
        """All submissions, by id."""
        return tuple(
            card_from(*row) for row in self._rows("SELECT card, stale FROM submission ORDER BY id")
        )

    def state(self) -> tuple[int, int]:
        """How many submissions and paragraphs there are."""
        return self._state

    @cached_property
    def _state(self) -> tuple[int, int]:
        rows = self._rows(
            "SELECT (SELECT count(*) FROM submission), (SELECT count(*) FROM paragraph)"
        )
        return rows[0][0], rows[0][1]

    def card(self, submission: str) -> SubmissionCard:
        """What a list says of one submission. Raises NotFound."""
        return self._cached_card(submission)

    def _read_card(self, submission: str) -> SubmissionCard:
        rows = self._rows("SELECT card, stale FROM submission WHERE id = ?", (submission,))
        if not rows:
            raise _no_submission(submission)
        return card_from(*rows[0])

    def origins(self) -> tuple[Origin, ...]:
        """Which file each submission was read from, by id."""
        rows = self._rows("SELECT path, key, id, stale FROM submission ORDER BY id")
        return tuple(Origin(path, key, id_, stale is not None) for path, key, id_, stale in rows)

    def texts(self, submission: str) -> dict[str, str]:
        """Every paragraph's text by its number, in document order."""
        rows = self._rows(
            "SELECT number, record FROM paragraph WHERE submission = ? ORDER BY rank", (submission,)
        )
        return {number: json.loads(record)["text"] for number, record in rows}

    def changes(self, submission: str) -> tuple[Change, ...]:
        """How addresses of a submission came to differ from what they were, newest first."""
        rows = self._rows(
            "SELECT number, kind, since, was, other FROM change WHERE submission = ?"
            " ORDER BY since DESC",
            (submission,),
        )
        return tuple(Change(*row) for row in rows)

    def submission(self, submission: str) -> Submission:
        """The whole submission. Raises NotFound."""
        return self._submission(submission)

    def _read_submission(self, submission: str) -> Submission:
        rows = self._rows("SELECT record FROM submission WHERE id = ?", (submission,))
        if not rows:
            raise _no_submission(submission)
        return submission_from(json.loads(self._unpacked(rows[0][0])))

    def source(self, submission: str) -> tuple[Source, bytes]:
        """The file as received. Raises NotFound."""
        described = self.submission(submission).source
        rows = self._rows("SELECT source FROM submission WHERE id = ?", (submission,))
        return described, self._unpacked(rows[0][0])

    def _unpacked(self, packed: bytes) -> bytes:
        """What was stored, which bears a checksum. Raises IndexDamaged."""
        try:
            return zlib.decompress(packed)
        except zlib.error as error:
            raise self._damaged(error) from error

    def _damaged(self, reason: object, told: str = "cannot be read") -> IndexDamaged:
        return IndexDamaged(
            f"The library {self._path.name} {told} ({reason})",
            "Rebuild it with `pilcrow index --rebuild`",
        )

    def verify(self, decode: Decode) -> int:
        """Read everything, make again what was made of the texts, and look at every place that
        is named in them. *decode* gives the text of a file in which the spans count.

        Returns how many places were looked at. Raises IndexDamaged, with the place, where
        something is not what was written.
        """
        try:
            return verify_rows(self._streamed, decode)
        except DAMAGED as error:
            reason = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"
            raise self._damaged(reason, "is damaged") from error

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(submission, number) of every paragraph, by submission and in document order."""
        for submission in self.in_view(()):
            yield from ((submission, number) for number in self.numbers(submission))

    def documents(self) -> Iterator[IndexDocument]:
        """What the engine was given of every paragraph, in the order of :meth:`addresses`."""
        for submission in self.in_view(()):
            for record, document in self._rows(
                "SELECT record, document FROM paragraph WHERE submission = ? ORDER BY rank",
                (submission,),
            ):
                yield document_from(submission, paragraph_from(json.loads(record)), document)

    def _streamed(self, sql: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one by one."""
        try:
            yield from self._connection().execute(sql, tuple(values))
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def paragraph(self, submission: str, number: str) -> Paragraph:
        """One paragraph. Raises NotFound."""
        rows = self._rows(
            "SELECT record FROM paragraph WHERE submission = ? AND number = ?", (submission, number)
        )
        if not rows:
            raise NotFound(
                f"Submission {submission} has no paragraph {number}",
                f"See all its paragraphs at /submissions/{submission}",
            )
        return paragraph_from(json.loads(rows[0][0]))

    def hit(self, submission: str, number: str) -> tuple[Paragraph, IndexDocument]:
        """A paragraph and what the engine was given of it. Raises NotFound."""
        rows = self._rows(
            "SELECT record, document FROM paragraph WHERE submission = ? AND number = ?",
            (submission, number),
        )
        if not rows:
            raise NotFound(f"Submission {submission} has no paragraph {number}", "Search again")
        paragraph = paragraph_from(json.loads(rows[0][0]))
        return paragraph, document_from(submission, paragraph, rows[0][1])

    def footnotes(self, submission: str, number: str) -> tuple[Footnote, ...]:
        """The footnotes a paragraph cites, in order."""
        rows = self._rows(
            "SELECT record FROM footnote WHERE submission = ? AND paragraph = ? ORDER BY rank",
            (submission, number),
        )
        return tuple(footnote_from(json.loads(row[0])) for row in rows)

    def entities(self, type_: EntityType) -> tuple[EntityCard, ...]:
        """All entities of a type, most paragraphs first, then by label."""
        places: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, submission, number in self._rows(
            "SELECT id, submission, number FROM named WHERE type = ? ORDER BY submission, rank",
            (type_,),
        ):
            places[id_].append((submission, number))
        cards = (
            entity_card(type_, id_, card, places[id_])
            for id_, card in self._rows("SELECT id, card FROM entity WHERE type = ?", (type_,))
            if id_ in places  # a law named only inside a provision has no paragraph of its own
        )
        return tuple(sorted(cards, key=lambda card: (-len(card.paragraphs), card.label, card.id)))

    def count(self, type_: EntityType) -> int:
        """How many entities of a type the paragraphs name."""
        rows = self._rows("SELECT count(DISTINCT id) FROM named WHERE type = ?", (type_,))
        return int(rows[0][0])

    def entity(self, type_: EntityType, id_: str) -> EntityCard:
        """One entity. Raises NotFound."""
        rows = self._rows("SELECT card FROM entity WHERE type = ? AND id = ?", (type_, id_))
        if not rows:
            raise NotFound(f"No {type_} has the id {id_}", f"See them all at /entities/{type_}")
        places = self._rows(
            "SELECT submission, number FROM named WHERE type = ? AND id = ?"
            " ORDER BY submission, rank",
            (type_, id_),
        )
        return entity_card(type_, id_, rows[0][0], [(s, n) for s, n in places])

    def label(self, type_: str, id_: str) -> str | None:
        """An entity's label, if there is one of that id."""
        return self.labels(type_).get(id_)

    def labels(self, type_: str) -> dict[str, str]:
        """Label of every entity of a type, by id."""
        return self._cached_labels(type_)

    def _read_labels(self, type_: str) -> dict[str, str]:
        rows = self._rows("SELECT id, card FROM entity WHERE type = ?", (type_,))
        return {id_: json.loads(card)["label"] for id_, card in rows}

    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the submissions' languages, most frequent first."""
        return self._languages

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        counted = Counter(card.language for card in self.submissions())
        return tuple(language for language, _ in counted.most_common())

    def submitted_by(self, name: str) -> tuple[str, ...]:
        """Ids of the submissions that an organisation signed, by either of its names."""
        rows = self._rows(
            "SELECT submission FROM submitter WHERE name = ? ORDER BY submission",
            (fold_text(name),),
        )
        return tuple(row[0] for row in rows)

    def states(self, name: str) -> tuple[str, ...]:
        """Codes of the States under review that go by *name* or have it as their code."""
        wanted = fold_text(name)
        return tuple(
            code
            for code, printed in self.state_names().items()
            if wanted in (fold_text(code), fold_text(printed))
        )

    def state_names(self) -> dict[str, str]:
        """Names of the States under review, by code."""
        return self._state_names

    @cached_property
    def _state_names(self) -> dict[str, str]:
        rows = self._rows(
            "SELECT DISTINCT state, state_name FROM submission WHERE state IS NOT NULL"
        )
        return {code: printed or code for code, printed in rows}

    def sections(self, name: str) -> tuple[str, ...]:
        """The section ids and title slugs, of any submission, that go by *name*."""
        known = self._section_names
        names = dict.fromkeys((name, name.upper(), slug(name)))
        return tuple(candidate for candidate in names if candidate in known)

    @cached_property
    def _section_names(self) -> frozenset[str]:
        ids = (section[0] for card in self.submissions() for section in card.sections)
        return frozenset(ids) | self.section_titles().keys()

    def section_titles(self) -> dict[str, str]:
        """Every section title as first printed, by its slug."""
        return self._section_titles

    @cached_property
    def _section_titles(self) -> dict[str, str]:
        titles: dict[str, str] = {}
        for card in self.submissions():
            for _, _, title, *_ in card.sections:
                titles.setdefault(slug(title), title)
        return titles

    def in_view(self, filters: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
        """Ids of the submissions that (field, values) filters leave, by id. Only the fields
        ``submission``, ``state`` and ``session`` are looked at."""
        return self._cached_view(tuple(f for f in filters if f[0] in _SUBMISSION_FIELDS))

    def _read_view(self, filters: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
        left = {id_ for (id_,) in self._rows("SELECT id FROM submission")}
        for field, allowed in filters:
            rows = self._rows(_SUBMISSION_FIELDS[field], (json.dumps(allowed),))
            left &= {id_ for (id_,) in rows}
        return tuple(sorted(left))

    def resolve(self, type_: str, name: str) -> tuple[str, ...]:
        """Ids of the entities of *type_* whose id, label or alias is *name*, however it is
        cased and accented, also as ``Surname, Given name``."""
        folded = {fold_text(name)}
        if "," in name:
            family, _, given = name.partition(",")
            folded.add(fold_text(f"{given} {family}"))
        found = self._rows("SELECT id FROM entity WHERE type = ? AND id = ?", (type_, name))
        for key in sorted(folded - {""}):
            found += self._rows("SELECT id FROM alias WHERE type = ? AND name = ?", (type_, key))
        if not found and type_ == "person":
            return self._people(fold_text(name))
        return tuple(dict.fromkeys(row[0] for row in found))

    def _people(self, part: str) -> tuple[str, ...]:
        """Ids of the people whose full name has every word of *part*: a surname that two
        share is no alias of either, and asks for both."""
        words = set(part.split())
        return tuple(
            id_
            for id_, label in self.labels("person").items()
            if words and words <= set(fold_text(label).split())
        )

    def named(self, name: str) -> tuple[tuple[EntityType, str], ...]:
        """(type, id) of every entity that the folded *name* spells in full."""
        rows = self._rows("SELECT type, id FROM alias WHERE name = ? ORDER BY type, id", (name,))
        return tuple((type_, id_) for type_, id_ in rows)

    def names(self) -> Iterator[Name]:
        """Every printed form that names an entity."""
        for printed, type_, id_ in self._rows("SELECT printed, type, id FROM alias"):
            yield Name(printed, type_, id_)

    def hidden(self) -> frozenset[str]:
        """Folded words of names that must not be offered to anyone."""
        return frozenset(row[0] for row in self._rows("SELECT word FROM hidden"))

    def provisions(self) -> tuple[tuple[str, str, str | None], ...]:
        """(id, label, law's id) of every provision."""
        rows = self._rows("SELECT id, card FROM entity WHERE type = 'provision'")
        cards = ((id_, json.loads(card)) for id_, card in rows)
        return tuple((id_, card["label"], card["law"]) for id_, card in cards)

    def numbered(self, number: str, submissions: Sequence[str]) -> tuple[str, ...]:
        """Those of *submissions*, in their order, that have a paragraph *number*."""
        rows = self._rows("SELECT submission FROM paragraph WHERE number = ?", (number,))
        having = {row[0] for row in rows}
        return tuple(submission for submission in submissions if submission in having)

    def run(self, submission: str, first: str, last: str) -> tuple[str, ...]:
        """Numbers of the paragraphs from *first* to *last* in document order, both included;
        empty if one of them is not there or *last* stands before *first*."""
        numbers = self.numbers(submission)
        if first not in numbers or last not in numbers:
            return ()
        return numbers[numbers.index(first) : numbers.index(last) + 1]

    def numbers(self, submission: str) -> tuple[str, ...]:
        """All paragraph numbers of a submission, in document order."""
        rows = self._rows(
            "SELECT number FROM paragraph WHERE submission = ? ORDER BY rank", (submission,)
        )
        return tuple(row[0] for row in rows)

    def citing(self, note: str, submission: str) -> tuple[str, ...]:
        """Numbers of the paragraphs that cite footnote *note*."""
        rows = self._rows(
            "SELECT DISTINCT paragraph FROM footnote WHERE number = ? AND submission = ?"
            " AND paragraph IS NOT NULL ORDER BY rank",
            (note, submission),
        )
        return tuple(row[0] for row in rows)

    def coded(self, code: str) -> tuple[str, ...]:
        """Ids of the submissions that go by a code, a State's ISO code or an id."""
        rows = self._rows(
            "SELECT submission FROM code WHERE code = ? ORDER BY submission", (fold_text(code),)
        )
        return tuple(row[0] for row in rows)

    def has_url(self, part: str) -> bool:
        """Whether a footnote's address contains *part*, in any case, from the beginning of a
        word on: ``e.g`` is not in ``https://site.gov``."""
        wanted = part.casefold()
        escaped = wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        rows = self._rows("SELECT url FROM url WHERE url LIKE ? ESCAPE '!'", (f"%{escaped}%",))
        opens = re.compile(rf"(?<![^\W_]){re.escape(wanted)}")
        return any(opens.search(row[0]) for row in rows)


def _no_submission(submission: str) -> NotFound:
    return NotFound(f"There is no submission {submission}", "See them all at /submissions")
