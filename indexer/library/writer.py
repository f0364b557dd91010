"""How is a library made? Submission by submission, into one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indexer.analysis import fold_text
from indexer.library.rows import SCHEMA, card_row, document_row
from indexer.model import EntityType, Submission
from indexer.query.request import IndexDocument
from indexer.record import stored


class LibraryWriter:
    """Writes one generation's library file."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        # The file is not used before it is whole: generations.py makes it durable.
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        self._entities: dict[tuple[str, str], dict[str, Any]] = {}
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}

    def add(
        self,
        submission: Submission,
        source: bytes,
        documents: Iterable[IndexDocument],
        state_name: str | None = None,
    ) -> None:
        """Store *submission* with the *source* file it was read from and the *documents*
        that the engine is given of its paragraphs. *state_name* is shown for its State."""
        data = self._database
        card = json.dumps(card_row(submission, state_name), ensure_ascii=False)
        whole = stored(submission)
        packed = zlib.compress(json.dumps(whole, ensure_ascii=False).encode())
        data.execute(
            "INSERT INTO submission VALUES (?,?,?,?,?,?,?)",
            (
                submission.id,
                submission.state,
                state_name,
                submission.session,
                card,
                packed,
                zlib.compress(source),
            ),
        )
        self._add_paragraphs(submission.id, whole, documents)
        self._add_names(submission)
        self._add_entities(submission)

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
            "INSERT INTO url VALUES (?)",
            ((u.casefold(),) for f in whole["footnotes"] for u in f["urls"]),
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
        for entity in submission.entities:
            card = self._entities.setdefault(
                (entity.type, entity.id),
                {
                    "label": entity.label,
                    "law": entity.law,
                    "country": entity.country,
                    "suggested": True,
                    "aliases": {},
                },
            )
            card["suggested"] = card["suggested"] and entity.suggested
            for alias in entity.aliases:
                if alias.text != card["label"]:
                    card["aliases"].setdefault(alias.text, alias.evidence)
            self._database.executemany(
                "INSERT OR IGNORE INTO named VALUES (?,?,?,?,?)",
                (
                    (entity.type, entity.id, submission.id, ranks[number], number)
                    for number in entity.paragraphs
                ),
            )

    def name(self, type_: EntityType, id_: str, names: Iterable[str]) -> None:
        """Let an entity be asked for by *names* that its submissions may not print.

        Names of what no submission names are passed over.
        """
        if (type_, id_) in self._entities:
            self._names[type_, id_] = tuple(names)

    def close(self) -> None:
        """Finish the file."""
        data = self._database
        for (type_, id_), card in self._entities.items():
            data.execute(
                "INSERT INTO entity VALUES (?,?,?)",
                (type_, id_, json.dumps(card, ensure_ascii=False)),
            )
            data.executemany(
                "INSERT OR IGNORE INTO alias VALUES (?,?,?,?)",
                (
                    (fold_text(name), type_, id_, name)
                    for name in (
                        card["label"],
                        *card["aliases"],
                        *self._names.get((type_, id_), ()),
                    )
                    if fold_text(name)
                ),
            )
        data.commit()
        data.close()
