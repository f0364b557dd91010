"""Who is who? The authority files: names, aliases, what they name, and what is not to be named.

A file is a table in CSV with the columns of ``COLUMNS``; ``|`` stands between aliases.
A later row with the same type and id replaces an earlier one, so that a corpus can
correct the packaged files. A file named by a State's code (``kaz.csv``) speaks only of
submissions on that State.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from indexer.errors import AuthorityError
from indexer.model import EntityType

COLUMNS = ("id", "type", "label", "aliases", "weak_aliases", "country", "valid", "sensitive",
           "status", "note", "source")  # fmt: skip
#: Columns that `pilcrow entities suggest` adds for a keeper; a file may still have them.
EVIDENCE = ("paragraphs", "submissions", "samples", "near")
_REQUIRED = frozenset(COLUMNS[:4])
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPES = frozenset(get_args(EntityType))
_STATE_FILE = re.compile(r"[a-z]{3}")
#: A note that opens with this marks a place as a State.
_STATE_NOTE = "State"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing and its names."""

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...]
    """Strong names, the label among them: they count wherever they stand."""
    weak: tuple[str, ...]
    """Names that count only in a document that also has a strong one."""
    country: str | None
    sensitive: bool
    blocked: bool
    is_state: bool
    file: str
    scope: str | None
    """ISO 3166-1 alpha-3 code of the State whose submissions the row is for; None for all."""


@dataclass(frozen=True)
class Authority:
    """All rows in force."""

    # Thousands of rows would be hashed for each document: their digest stands for them.
    rows: tuple[Row, ...] = field(default=(), hash=False)
    version: str = ""
    """Digest of the content: the same rows, the same version."""


def load_authority(folders: Iterable[Path]) -> Authority:
    """Read every ``*.csv`` of *folders*, in their order and, inside one, by name.

    A folder that does not exist has no rows. Raises AuthorityError, which names file and
    line, for a table that is not as described above.
    """
    rows: dict[tuple[str, str], Row] = {}
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.glob("*.csv")):
            content = _content(file)
            digest.update(f"{file.name}\0{len(content)}\0".encode())
            digest.update(content)
            for row in _rows(file, content):
                rows[row.type, row.id] = row
    return Authority(tuple(rows.values()), digest.hexdigest()[:16])


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AuthorityError(
            f"{file}: the authority file cannot be read ({error.strerror})",
            "Make it readable, or take it out of the folder",
        ) from error


def _rows(file: Path, content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise AuthorityError(
            f"{file}, line {line}: not UTF-8", "Save the file as «CSV UTF-8»"
        ) from error
    last = 1
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        names = set(reader.fieldnames or ())
        if not names >= _REQUIRED or not names <= {*COLUMNS, *EVIDENCE}:
            raise _bad(file, 1, "the columns are not those of an authority file",
                       f"Write the first line as {','.join(COLUMNS)}")  # fmt: skip
        for record in reader:
            yield _row(file, reader.line_num, record)
            last = reader.line_num
    except csv.Error as error:
        raise _bad(file, last + 1, f"not a CSV table ({error})",
                   "Close every quote, and double a quote inside a field") from error  # fmt: skip


def _row(file: Path, line: int, record: dict[str, str | None]) -> Row:
    if None in record or None in record.values():
        raise _bad(file, line, "the row has not as many fields as the first line has columns",
                   "Put fields with a comma in quotes")  # fmt: skip
    value = {name: (text or "").strip() for name, text in record.items()}
    status, sensitive = value.get("status", ""), value.get("sensitive", "")
    if status not in ("", "blocked"):
        raise _bad(file, line, f"unknown status {status!r}", "Leave it empty or write blocked")
    if sensitive not in ("", "yes", "no"):
        raise _bad(file, line, f"sensitive is {sensitive!r}", "Leave it empty, or write yes or no")
    blocked = status == "blocked"
    if not _ID.fullmatch(value["id"]):
        raise _bad(file, line, f"the id {value['id']!r} is not a slug",
                   "Use small letters, digits and single hyphens")  # fmt: skip
    # The stop list stops words whatever they would be taken for.
    type_ = value["type"] or ("organisation" if blocked else "")
    if type_ not in _TYPES:
        raise _bad(file, line, f"unknown type {value['type']!r}",
                   f"Write one of {', '.join(sorted(_TYPES))}")  # fmt: skip
    if not value["label"]:
        raise _bad(file, line, "the row has no label", "Give the name it should be shown by")
    scope = file.stem.upper() if _STATE_FILE.fullmatch(file.stem) else None
    names = [value["label"], *value["aliases"].split("|")]
    return Row(
        id=value["id"],
        type=type_,  # type: ignore[arg-type]  # one of _TYPES, checked above
        label=value["label"],
        aliases=_names(names),
        weak=_names(value.get("weak_aliases", "").split("|")),
        country=value.get("country") or None,
        sensitive=sensitive == "yes",
        blocked=blocked,
        is_state=type_ == "place" and value.get("note", "").startswith(_STATE_NOTE),
        file=file.name,
        scope=scope,
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _bad(file: Path, line: int, what: str, cure: str) -> AuthorityError:
    return AuthorityError(f"{file}, line {line}: {what}", cure)
