"""How does an index come to hold what is not so? Through the libraries that wrote it.

Everything here leaves files that SQLite, Whoosh and numpy open without complaint, and a
manifest whose digests fit: nothing but what they say is wrong.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index

from indexer.documents import documents
from indexer.engines import open_engine
from indexer.engines.terms import Analysed, analysed
from indexer.library import Library, LibraryWriter
from indexer.model import Submission
from indexer.query.request import IndexDocument

#: Changes a generation's folder.
Lie = Callable[[Path], None]
Columns = dict[str, Any]

#: The submission that is lied about, and one of its paragraphs.
ID = "five-formats"


def rewritten(change: Callable[[Submission], Submission]) -> Lie:
    """The library's writer is given another submission than was read."""

    def lie(folder: Path) -> None:
        path, aside = folder / "library.sqlite", folder / "aside"
        library = Library(path)
        card, origin = library.card(ID), next(o for o in library.origins() if o.submission == ID)
        whole, content = library.submission(ID), library.source(ID)[1]
        changed = change(whole)
        assert changed != whole
        writer = LibraryWriter(aside, earlier=path)
        writer.remove(ID)
        place = (origin.path, origin.key)
        writer.add(changed, content, documents(changed), card.state_name, place)
        writer.close()
        aside.replace(path)

    return lie


def stated(sql: str, *values: object) -> Lie:
    """SQLite is told to change rows."""

    def lie(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "library.sqlite")) as database:
            assert database.execute(sql, values).rowcount > 0
            database.commit()

    return lie


def record(change: Callable[[dict[str, Any]], object]) -> Lie:
    """The stored record of the submission is another."""

    def lie(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "library.sqlite")) as database:
            rows = database.execute("SELECT record FROM submission WHERE id = ?", (ID,))
            ((packed,),) = rows.fetchall()
            whole = json.loads(zlib.decompress(packed))
            change(whole)
            packed = zlib.compress(json.dumps(whole, ensure_ascii=False).encode())
            database.execute("UPDATE submission SET record = ? WHERE id = ?", (packed, ID))
            database.commit()

    return lie


def reindexed(change: Callable[[list[IndexDocument]], Sequence[IndexDocument]]) -> Lie:
    """The engine's writer is given other paragraphs of the submission than were read."""

    def lie(folder: Path) -> None:
        listed = [d for d in Library(folder / "library.sqlite").documents() if d.submission == ID]
        with closing(open_engine("whoosh", folder / "engine", writing=True)) as writer:
            writer.remove(ID)
            writer.add(change(listed))

    return lie


def posted(change: Callable[[Analysed], object], number: str = "2") -> Lie:
    """Whoosh is given other terms of one paragraph than its text has."""

    def lie(folder: Path) -> None:
        engine = folder / "engine"
        listed = list(Library(folder / "library.sqlite").documents())
        opened = index.open_dir(engine)
        writer = opened.writer()
        for submission in {document.submission for document in listed}:
            writer.delete_by_term("submission", submission)
        for document in listed:
            fresh = analysed(document)
            if (document.submission, document.number) == (ID, number):
                change(fresh)
            writer.add_document(
                **{field: terms or None for field, terms in fresh.fields.items()},
                submission=document.submission,
                facts=fresh.facts.written(),
            )
        writer.commit(optimize=True)
        opened.close()
        np.save(engine / "rows.npy", np.arange(len(listed), dtype=np.int32))

    return lie


def columns(change: Callable[[Columns, Columns], object]) -> Lie:
    """The columns' strings and arrays are others."""

    def lie(folder: Path) -> None:
        strings_at, arrays_at = (folder / "engine" / f"columns.{kind}" for kind in ("json", "npz"))
        strings = json.loads(strings_at.read_text())
        with np.load(arrays_at) as stored:
            arrays = {name: stored[name] for name in stored.files}
        change(strings, arrays)
        strings_at.write_text(json.dumps(strings))
        np.savez(arrays_at, **arrays)

    return lie


def rows(change: Callable[[Any], Any]) -> Lie:
    """Postings are another paragraph's."""

    def lie(folder: Path) -> None:
        path = folder / "engine" / "rows.npy"
        np.save(path, change(np.load(path)))

    return lie


def paragraph(number: str, **members: Any) -> Callable[[Submission], Submission]:
    """The submission with other members of one paragraph: values, or made of those it has."""

    def change(submission: Submission) -> Submission:
        return replace(
            submission,
            paragraphs=tuple(
                replace(
                    p,
                    **{
                        name: made(getattr(p, name)) if callable(made) else made
                        for name, made in members.items()
                    },
                )
                if p.number == number
                else p
                for p in submission.paragraphs
            ),
        )

    return change
