"""Is what a library holds what its texts give? Every table, made again and compared.

A submission's record and source are what all else is made from: they bear checksums. From
them each row that the library keeps of the submission is made anew, by the same writer, in
memory. Only the histories of addresses, the names to hide and the State's name cannot be
made from a text; they are read, and the rest must agree with them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

from indexer.analysis import fold_text
from indexer.documents import documents
from indexer.library.places import check_places
from indexer.library.rows import card_from
from indexer.library.writer import LibraryWriter, merged
from indexer.model import Source
from indexer.record import stored, submission_from

#: Runs a query, and gives its rows one by one.
Rows = Callable[..., Iterable[tuple[Any, ...]]]

#: The text of a file of which the spans count in the file itself.
Decode = Callable[[Source, bytes], str]

#: What reading a damaged record may raise; none of it is raised by a record as it was written.
DAMAGED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    sqlite3.Error,
    zlib.error,
)

#: Members of a row that are longer than this do not name it, in characters.
_SHORT = 80

#: What is kept of one submission, in an order that does not depend on when it was written.
_OF_SUBMISSION = {
    "submission": "SELECT id, state, state_name, session, card FROM submission WHERE id = ?",
    "paragraph": "SELECT * FROM paragraph WHERE submission = ? ORDER BY rank, number",
    "footnote": "SELECT * FROM footnote WHERE submission = ? ORDER BY rank, paragraph, record",
    "url": "SELECT * FROM url WHERE submission = ? ORDER BY url",
    "described": "SELECT * FROM described WHERE submission = ? ORDER BY type, id",
    "named": "SELECT * FROM named WHERE submission = ? ORDER BY type, id, rank",
    "submitter": "SELECT * FROM submitter WHERE submission = ? ORDER BY name",
    "code": "SELECT * FROM code WHERE submission = ? ORDER BY code",
}

#: Rows that belong to no submission.
_ASTRAY = """
SELECT 'paragraph', submission FROM paragraph WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'footnote', submission FROM footnote WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'url', submission FROM url WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'described', submission FROM described WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'named', submission FROM named WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'submitter', submission FROM submitter WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'code', submission FROM code WHERE submission NOT IN (SELECT id FROM submission)
UNION ALL
SELECT 'change', submission FROM change WHERE submission NOT IN (SELECT id FROM submission)
"""


def verify_rows(rows: Rows, decode: Decode) -> int:
    """Read everything, make it again, and look at every place in it. Returns how many places.

    Raises ValueError, naming what is wrong, and the others of ``DAMAGED``.
    """
    for (told,) in rows("PRAGMA integrity_check(1)"):
        if told != "ok":
            raise ValueError(told)
    for table, submission in rows(_ASTRAY):
        raise ValueError(f"{table} has rows of {submission}, which is not there")
    ids = [id_ for (id_,) in rows("SELECT id FROM submission ORDER BY id")]
    looked = sum(_verify_submission(rows, id_, decode) for id_ in ids)
    _verify_entities(rows)
    for word in rows("SELECT word FROM hidden"):
        if fold_text(str(word[0])) != word[0]:
            raise ValueError(f"the hidden word {word[0]!r} is not as words are compared")
    return looked


def _verify_submission(rows: Rows, id_: str, decode: Decode) -> int:
    ((packed, packed_source, state_name, card, stale),) = rows(
        "SELECT record, source, state_name, card, stale FROM submission WHERE id = ?", (id_,)
    )
    record = json.loads(zlib.decompress(packed))
    content = zlib.decompress(packed_source)
    submission = submission_from(record)
    if json.loads(json.dumps(stored(submission))) != record:
        raise ValueError(f"{id_}: its record has what no submission has")
    source = submission.source
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise ValueError(f"{id_}: its source is not the file that was read")
    looked = check_places(submission, decode(source, content) if source.text_is_source else None)
    card_from(card, stale)
    fresh = LibraryWriter(Path(":memory:"))
    fresh.add(submission, b"", documents(submission), state_name)
    for table, query in _OF_SUBMISSION.items():
        held, wanted = list(rows(query, (id_,))), fresh.rows(query, (id_,))
        if held != wanted:
            place = _differing(id_, held, wanted)
            raise ValueError(f"{id_}: {table} {place} is not as its text gives it")
    fresh.close()
    return looked


def _differing(id_: str, held: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]]) -> str:
    """The first row of *id_* that should not be there, or else is not, by what names it."""
    kept, made = Counter(held), Counter(wanted)
    lone = [*(kept - made), *(made - kept)]
    members = map(str, lone[0] if lone else ())
    return " ".join(member for member in members if member != id_ and len(member) < _SHORT)


def _verify_entities(rows: Rows) -> None:
    """What is known of an entity over all submissions is what each says of it."""
    described = groupby(
        rows("SELECT type, id, submission, card FROM described ORDER BY type, id, submission"),
        key=itemgetter(0, 1),
    )
    wanted = ((entity, merged([(s, json.loads(c)) for *_, s, c in of])) for entity, of in described)
    held = rows("SELECT type, id, card FROM entity ORDER BY type, id")
    for made, kept in zip_longest(wanted, held):
        if made is None or kept is None or made != (kept[:2], json.loads(kept[2])):
            type_, id_ = min(entity[0] for entity in (made, kept and (kept[:2],)) if entity)
            raise ValueError(f"the {type_} {id_} is not what its submissions say of it")
        _verify_names(rows, *made)
    for type_, id_ in rows("SELECT type, id FROM alias EXCEPT SELECT type, id FROM entity"):
        raise ValueError(f"the {type_} {id_} has names, but is not there")


def _verify_names(rows: Rows, entity: tuple[str, str], card: dict[str, Any]) -> None:
    printed: dict[str, str] = {}
    for name in (card["label"], *card["aliases"]):
        printed.setdefault(fold_text(name), name)
    printed.pop("", None)
    known: dict[str, str] = dict(
        rows("SELECT name, printed FROM alias WHERE type = ? AND id = ?", entity)
    )
    # Authority files give an entity names that no submission prints.
    folded = all(fold_text(name) == key for key, name in known.items())
    if not (printed.items() <= known.items() and folded):
        raise ValueError(f"the names of the {entity[0]} {entity[1]} are not those it has")
