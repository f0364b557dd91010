"""How is a library made? Submission by submission, into one SQLite file.

Each row belongs to one submission, so that one can be removed and the others stay as they
are. What is known of an entity over all submissions is made at the end from what each says
of it, in the order of their ids: it does not depend on what was added when.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.analysis import fold_text
from indexer.library.changes import Change
from indexer.library.rows import SCHEMA, Stale, card_row, document_row
from indexer.model import Submission
from indexer.query.request import IndexDocument
from indexer.record import stored

#: Other names of entities, by (type, id).
Names = Mapping[tuple[str, str], Iterable[str]]


class LibraryWriter:
    """Writes one generation's library file, new or from a copy of an *earlier* one.

    *names* are those that an entity may be asked for by though no submission prints them,
    *hidden* those that must not be offered to anyone; both are the same in the earlier one.
    """

    def __init__(
        self,
        path: Path,
        names: Names | None = None,
        hidden: Iterable[str] = (),
        earlier: Path | None = None,
    ) -> None:
        self._names = names or {}
        self._touched: set[tuple[str, str]] = set()
        if earlier is not None:
            shutil.copyfile(earlier, path)
        self._database = sqlite3.connect(path)
        # The file is not used before it is whole: generations/ makes it durable.
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
        )
        if earlier is None:
            self._database.executescript(SCHEMA)
            self._database.executemany(
                "INSERT OR IGNORE INTO hidden VALUES (?)",
                ((word,) for name in hidden for word in fold_text(name).split()),
            )

    def add(
        self,
        submission: Submission,
        source: bytes,
        documents: Iterable[IndexDocument],
        state_name: str | None = None,
        origin: tuple[str, str] | None = None,
        stale: Stale | None = None,
    ) -> None:
        """Store *submission* with the *source* file it was read from and the *documents*
        that the engine is given of its paragraphs. *state_name* is shown for its State;
        *origin* is its file's path below the folder of documents, and what the reading
        depended on."""
        data = self._database
        card = json.dumps(card_row(submission, state_name), ensure_ascii=False)
        whole = stored(submission)
        packed = zlib.compress(json.dumps(whole, ensure_ascii=False).encode())
        path, key = origin or (submission.source.name, "")
        data.execute(
            "INSERT INTO submission VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                submission.id,
                submission.state,
                state_name,
                submission.session,
                card,
                packed,
                zlib.compress(source),
                path,
                key,
                _stale_row(stale),
            ),
        )
        self._add_paragraphs(submission.id, whole, documents)
        self._add_names(submission)
        self._add_entities(submission)

    def remove(self, submission: str) -> None:
        """Take a submission out, with all that belongs to it."""
        data = self._database
        self._touched.update(
            data.execute("SELECT type, id FROM described WHERE submission = ?", (submission,))
        )
        data.execute("DELETE FROM submission WHERE id = ?", (submission,))

    def mark(self, submission: str, stale: Stale | None) -> None:
        """Say that a submission is, or is no more, an earlier version of its file."""
        self._database.execute(
            "UPDATE submission SET stale = ? WHERE id = ?", (_stale_row(stale), submission)
        )

    def add_changes(self, submission: str, changes: Iterable[Change]) -> None:
        """Keep how a submission's addresses came to differ."""
        self._database.executemany(
            "INSERT OR REPLACE INTO change VALUES (?,?,?,?,?,?)",
            ((submission, c.number, c.since, c.kind, c.was, c.other) for c in changes),
        )

    def rows(self, query: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        """What it holds so far, to be compared with what another library holds."""
        return self._database.execute(query, tuple(values)).fetchall()

    def _add_paragraphs(
        self, id_: str, whole: dict[str, Any], documents: Iterable[IndexDocument]
    ) -> None:
        data = self._database
        data.executemany(
            "INSERT INTO paragraph VALUES (?,?,?,?,?)",
            (
                (
                    id_,
                    document.order,
                    document.number,
                    json.dumps(record, ensure_ascii=False),
                    document_row(document),
                )
                for record, document in zip(whole["paragraphs"], documents, strict=True)
            ),
        )
        data.executemany(
            "INSERT INTO footnote VALUES (?,?,?,?,?)",
            (
                (id_, rank, f["number"], number, json.dumps(f, ensure_ascii=False))
                for rank, f in enumerate(whole["footnotes"])
                for number in f["paragraphs"] or [None]
            ),
        )
        data.executemany(
            "INSERT INTO url VALUES (?,?)",
            ((id_, u.casefold()) for f in whole["footnotes"] for u in f["urls"]),
        )

    def _add_names(self, submission: Submission) -> None:
        """What a submission goes by: its submitters, its codes."""
        data = self._database
        data.executemany(
            "INSERT OR IGNORE INTO submitter VALUES (?,?)",
            (
                (fold_text(name), submission.id)
                for submitter in submission.submitters
                for name in (submitter.short, submitter.name)
                if fold_text(name)
            ),
        )
        data.executemany(
            "INSERT OR IGNORE INTO code VALUES (?,?)",
            (
                (fold_text(code), submission.id)
                for code in (*submission.codes, submission.id, submission.state or "")
                if code
            ),
        )

    def _add_entities(self, submission: Submission) -> None:
        ranks = {p.number: rank for rank, p in enumerate(submission.paragraphs)}
        data = self._database
        for entity in submission.entities:
            self._touched.add((entity.type, entity.id))
            card = {
                "label": entity.label,
                "law": entity.law,
                "country": entity.country,
                "suggested": entity.suggested,
                "aliases": {alias.text: alias.evidence for alias in entity.aliases},
            }
            data.execute(
                "INSERT INTO described VALUES (?,?,?,?)",
                (entity.type, entity.id, submission.id, json.dumps(card, ensure_ascii=False)),
            )
            data.executemany(
                "INSERT OR IGNORE INTO named VALUES (?,?,?,?,?)",
                (
                    (entity.type, entity.id, submission.id, ranks[number], number)
                    for number in entity.paragraphs
                ),
            )

    def close(self) -> None:
        """Finish the file."""
        for type_, id_ in sorted(self._touched):
            self._describe(type_, id_)
        self._database.commit()
        self._database.close()

    def _describe(self, type_: str, id_: str) -> None:
        """Make what is known of an entity from what each submission says of it."""
        data = self._database
        entity = (type_, id_)
        data.execute("DELETE FROM entity WHERE type = ? AND id = ?", entity)
        data.execute("DELETE FROM alias WHERE type = ? AND id = ?", entity)
        described = data.execute(
            "SELECT submission, card FROM described WHERE type = ? AND id = ? ORDER BY submission",
            entity,
        )
        cards = [(submission, json.loads(card)) for submission, card in described]
        if not cards:
            return
        card = merged(cards)
        data.execute(
            "INSERT INTO entity VALUES (?,?,?)", (*entity, json.dumps(card, ensure_ascii=False))
        )
        names = (card["label"], *card["aliases"], *self._names.get(entity, ()))
        data.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?,?,?,?)",
            ((folded, type_, id_, name) for name in names if (folded := fold_text(name))),
        )


def merged(cards: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """One card of (submission, card) pairs: the first one's label, everyone's aliases."""
    first = cards[0][1]
    aliases: dict[str, str] = {}
    for submission, card in cards:
        aliases.setdefault(card["label"], f"so named in {submission}")
        for text, evidence in card["aliases"].items():
            aliases.setdefault(text, evidence)
    del aliases[first["label"]]
    return {
        **first,
        "suggested": all(card["suggested"] for _, card in cards),
        "aliases": aliases,
    }


def _stale_row(stale: Stale | None) -> str | None:
    return None if stale is None else json.dumps(asdict(stale), ensure_ascii=False)
