"""What is known of a submission besides its text? The TOML file beside the source.

``name.toml`` beside ``name.txt`` says what the text cannot say or says wrongly; every key
overrides what was read. Where two sources differ in their endings only, ``name.txt.toml`` is
of one of them::

    id = "kaz-2019-odf-fidu-khisr"
    title = "…"              kind = "joint submission"
    state = "KAZ"            session = "34"            date = 2019-03-28
    language = "en"          encoding = "cp1251"       codes = ["JS5"]
    source_url = "https://…" rights = "…"              symbol = "A/HRC/WG.6/34/KAZ/3"
    [[submitters]]
    short = "ODF"            name = "Open Dialogue Foundation"
    emails = ["…"]           website = "https://…"     city = "Warsaw"
"""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from indexer.analysis import ascii_slug
from indexer.errors import SourceError
from indexer.model import Submitter
from indexer.structure.symbols import SYMBOL

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STATE = re.compile(r"[A-Z]{3}")
_SESSION = re.compile(r"[1-9][0-9]{0,2}")
_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_LANGUAGE = re.compile(r"[a-z]{2}")
_URL = re.compile(r"https?://\S+")
_FORMS = {
    "id": (_ID, "small letters and digits with single hyphens between, such as kaz-2019-odf"),
    "state": (_STATE, "the three capitals of ISO 3166-1, such as KAZ"),
    "session": (_SESSION, "the number of a UPR session, such as 34"),
    "date": (_DATE, "a date such as 2019-03-28"),
    "language": (_LANGUAGE, "the two letters of ISO 639-1, such as en"),
    "source_url": (_URL, "an address that starts with http:// or https://"),
    "symbol": (SYMBOL, "the symbol of a United Nations document, such as A/HRC/WG.6/34/KAZ/3"),
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar says; None where it says nothing."""

    id: str | None = None
    title: str | None = None
    kind: str | None = None
    state: str | None = None
    session: str | None = None
    date: str | None = None
    language: str | None = None
    submitters: tuple[Submitter, ...] | None = None
    source_url: str | None = None
    rights: str | None = None
    codes: tuple[str, ...] | None = None
    encoding: str | None = None
    symbol: str | None = None


def sidecar(source: Path) -> Path:
    """The path of the TOML file beside *source*, whether there is one or not."""
    own = source.with_name(f"{source.name}.toml")
    # Not «is_file()», which raises where a folder is closed or the name becomes too long.
    return own if os.path.isfile(own) else source.with_suffix(".toml")


def load_metadata(source: Path) -> Metadata:
    """Read the TOML file beside *source*; without one, nothing is known.

    Raises SourceError, with file, key and cure, for what cannot be used.
    """
    path = sidecar(Path(source))
    try:
        return parse_metadata(path.read_text(encoding="utf-8-sig"), path)
    except FileNotFoundError:
        return Metadata()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {error}", "Correct the file") from error


def parse_metadata(text: str, path: Path) -> Metadata:
    """What the TOML *text* of the file at *path* says; raises SourceError as load_metadata."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: cannot be read: {error}", "Correct the file") from error
    known = {field.name for field in fields(Metadata)}
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise SourceError(
                f"{path}: unknown key {key!r}", f"Known are {', '.join(sorted(known))}"
            )
        checked[key] = _checked(path, key, value)
    return Metadata(**checked)


def default_id(name: str) -> str:
    """The id of a submission whose metadata give none: a slug of its file's name.

    >>> default_id("Joint Submission (Uganda).txt")
    'joint-submission-uganda'
    """
    return ascii_slug(Path(name).stem) or "submission"


def _checked(path: Path, key: str, value: Any) -> Any:
    if key == "submitters":
        if not isinstance(value, list):
            raise _bad(path, key, "a list of tables, each under [[submitters]]")
        return tuple(_submitter(path, entry) for entry in value)
    if key == "codes":
        return _texts(path, key, value)
    if key == "date" and isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if key == "session" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise _bad(path, key, "a text in quotes")
    value = value.strip()
    if key in _FORMS:
        form, told = _FORMS[key]
        if not form.fullmatch(value):
            raise _bad(path, key, told)
    return value


def _submitter(path: Path, entry: Any) -> Submitter:
    if not isinstance(entry, dict):
        raise _bad(path, "submitters", "a list of tables, each under [[submitters]]")
    known = {field.name for field in fields(Submitter)}
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise SourceError(
                f"{path}: unknown key {key!r} in submitters",
                f"Known are {', '.join(sorted(known))}",
            )
        name = f"submitters.{key}"
        if key == "emails":
            values[key] = _texts(path, name, value)
        elif isinstance(value, str) and value.strip():
            values[key] = value.strip()
        else:
            raise _bad(path, name, "a text in quotes")
    if "name" not in values:
        raise _bad(path, "submitters.name", "given for every submitter")
    values.setdefault("short", values["name"])
    return Submitter(**values)


def _texts(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _bad(path, key, "a list of texts in quotes")
    return tuple(v.strip() for v in value)


def _bad(path: Path, key: str, told: str) -> SourceError:
    return SourceError(f"{path}: {key} is not what it must be", f"It must be {told}")
