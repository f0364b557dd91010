"""What would a metadata file for this submission say? A proposal that a keeper edits.

Every key stands in it: with the value that was found and the line it was found in, or
commented out with a hint of what it is for. Proposals are written into a folder of their own,
since the folder of sources is the keeper's; one that a person has changed is left alone.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import SourceError, one_line
from indexer.model import Submission, Submitter
from indexer.structure.metadata import parse_metadata

#: Each key with what it is for, in the order in which a keeper thinks of them.
_HINTS = {
    "id": "the submission's address: small letters, digits and single hyphens",
    "title": "as it is cited",
    "kind": "what it is: joint submission, individual submission, national report, …",
    "state": "the State concerned, in the three capitals of ISO 3166-1: KAZ",
    "session": "the session of the UPR Working Group: 34",
    "date": "2019-03-28, 2019-03 or 2019",
    "language": "the two letters of ISO 639-1: en, fr, es, ru, ar, zh, …",
    "symbol": "of a United Nations document: A/HRC/WG.6/34/KAZ/3",
    "codes": 'what the summary of stakeholders\' submissions calls it: ["JS5"]',
    "source_url": "where the file is published: https://…",
    "rights": "whose the text is, and what may be done with it",
    "encoding": "of a text file, if it was not told rightly: utf-8, cp1251, koi8-r, mac-roman, …",
}
_SUBMITTERS_HINT = """\
# [[submitters]]                # one such table for each organisation that signed
# short = "ODF"
# name = "Open Dialogue Foundation"
# emails = ["…"]
# website = "https://…"
# city = "Warsaw"
"""
#: How a proposal opens. A digest of what follows tells whether a person has changed it.
_MARK = "# As written by Pilcrow: "
#: Characters above are escaped with eight digits.
_LAST_SHORT = 0xFFFF
_ESCAPED = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}


def proposal(submission: Submission, source_name: str, own: bool = False) -> str:
    """The text of a metadata file for *submission*, read from the file *source_name*. It is to
    be the file's *own* where another source differs from it in the ending only.

    :func:`~indexer.structure.metadata.parse_metadata` reads it back as what was found.
    """
    beside = f"{source_name}.toml" if own else Path(source_name).with_suffix(".toml").name
    lines = [
        f"# Proposed metadata of «{one_line(source_name)}». Correct it, then put it beside",
        f"# that file as «{one_line(beside)}»: what it says goes before what the text says.",
        "",
    ]
    places: dict[str, list[str]] = {}
    for found in submission.found:
        place = f"line {found.line}: «{one_line(found.text)}»"
        places.setdefault(found.field, []).append(place)
    for key, hint in _HINTS.items():
        value = _value(submission, key)
        where = places.get(key, [])
        lines += [f"# {hint}", *(f"# {place}" for place in where)]
        lines += [f"{key} = {value}" if value is not None else f"# {key} = ", ""]
    lines += [f"# {place}" for place in places.get("submitters", [])]
    for submitter in submission.submitters:
        lines += ["", *_table(submitter)]
    if not submission.submitters:
        lines.append(_SUBMITTERS_HINT.rstrip("\n"))
    body = "\n".join(lines) + "\n"
    return f"{_MARK}{_digest(body)}\n{body}"


def _value(submission: Submission, key: str) -> str | None:
    """The value of *key* in TOML; None where it is not known or a metadata file cannot say it."""
    if key == "codes":
        codes = [code for code in submission.codes if code.strip()]
        return f"[{', '.join(map(quoted, codes))}]" if codes else None
    if key == "encoding":
        # What is UTF-8 is told by itself.
        encoding = submission.source.encoding
        return None if encoding in (None, "utf-8") else quoted(str(encoding))
    value: str | None = getattr(submission, key)
    if value is None or not value.strip():
        return None
    written = quoted(value)
    try:
        parse_metadata(f"{key} = {written}", Path("proposal"))
    except SourceError:
        return None
    return written


def _table(submitter: Submitter) -> Iterator[str]:
    yield "[[submitters]]"
    for key in ("short", "name", "website", "city"):
        value: str | None = getattr(submitter, key)
        if value is not None and value.strip():
            yield f"{key} = {quoted(value)}"
    if emails := [email for email in submitter.emails if email.strip()]:
        yield f"emails = [{', '.join(map(quoted, emails))}]"


def quoted(text: str) -> str:
    """*text* as a basic string of TOML 1.0; what no TOML file may hold becomes U+FFFD."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if (escaped := _ESCAPED.get(character)) is not None:
        return escaped
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= _LAST_SHORT else f"\\U{code:08X}"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


# Writing


def write_proposal(path: Path, text: str, aside: Path) -> None:
    """Write the proposal *text* to *path*, unless a person has changed what is there. Until it
    is whole it is at *aside*, on the same disk.

    Raises OSError where it cannot be written.
    """
    there = path.is_file() or path.is_symlink()
    content = text.encode()
    if there and (not is_untouched(path) or path.read_bytes() == content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(content)
    aside.replace(path)


def remove_proposal(path: Path) -> None:
    """Remove the proposal at *path*, if there is one that nobody has changed. Raises OSError
    where it cannot be looked at or removed."""
    try:
        if is_untouched(path):
            path.unlink()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:  # nothing has such a name
            raise


def is_untouched(path: Path) -> bool:
    """Whether *path* is a proposal as it was written. Raises OSError where it cannot be read."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        mark, _, body = path.read_bytes().decode().partition("\n")
    except UnicodeDecodeError:
        return False
    return mark == f"{_MARK}{_digest(body)}"
