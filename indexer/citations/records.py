"""How does a reference manager take over a cited paragraph? As RIS or CSL-JSON.

A record describes the whole document, and reference managers expect a pinpoint only when
somebody cites from it. Here the pinpoint is what the reader came for, so it travels along,
always with its mark ("para. 48"), for a bare 48 would be read as a page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from indexer.citations.cited import COUNCIL, WORKING_GROUP, Cited, Day, gather
from indexer.citations.pinpoint import written
from indexer.citations.styles import UN_FORM
from indexer.model import Submission

#: Whom the document is addressed to, given as institution in every record.
INSTITUTION = f"{COUNCIL}, {WORKING_GROUP}"


def pinpoint(cited: Cited) -> str:
    """The pinpoint of a record, without what may be doubtful about it."""
    return written(cited.places, UN_FORM)


def pinpoint_note(cited: Cited) -> str:
    """The pinpoint of a record's note, with what is doubtful about it."""
    return " ".join(filter(None, (pinpoint(cited), cited.doubt)))


def ris(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> str:
    """Return a RIS record of type RPRT, its lines ended by CR LF, ready to be joined to others.

    The pinpoint is in the note and in SP, the only field for a place in a document.
    RIS knows persons only: it takes what follows a comma in a name for forenames, and has
    no escape for that. Names are given as they are.
    """
    cited = gather(submission, numbers, url, state_name)
    fields = [
        ("TY", "RPRT"),
        ("ID", cited.key),
        *(("AU", name) for name in cited.authors),
        ("TI", cited.title),
        ("PY", f"{cited.day.year:04}" if cited.day else ""),
        ("DA", _ris_date(cited.day) if cited.day else ""),
        ("M3", cited.genre),
        ("SN", cited.code or ""),  # of a report: its number
        ("PB", INSTITUTION),
        ("SP", pinpoint(cited)),
        ("LA", cited.language),
        # Readers part the field at semicolons, into several addresses.
        ("UR", (cited.url or "").replace(";", "%3B")),
        ("N1", pinpoint_note(cited)),
        ("N1", cited.abstract),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER")


def _ris_date(day: Day) -> str:
    """``2019/03/28/``: four parts by the specification, the last free."""
    month = f"{day.month:02}" if day.month else ""
    return f"{day.year:04}/{month}/{f'{day.day:02}' if day.day else ''}/"


def csl_item(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> dict[str, Any]:
    """Return a CSL-JSON item of type ``report``.

    CSL keeps a pinpoint apart from the item, as the ``locator`` of one citation; an item
    has no such member. It is in ``note`` and in ``section``, which is meant for the part
    that is cited; not in ``page``, which styles print with a "p." before it.
    """
    cited = gather(submission, numbers, url, state_name)
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "report",
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "issued": {"date-parts": [[part for part in cited.day if part]]} if cited.day else None,
        "genre": cited.genre,
        "number": cited.code,
        "authority": INSTITUTION,
        "publisher": INSTITUTION,
        "collection-title": _series(cited),
        "section": pinpoint(cited),
        "note": pinpoint_note(cited),
        "language": cited.language,
        "URL": cited.url,
    }
    return {name: value for name, value in item.items() if value}


def _series(cited: Cited) -> str | None:
    """The session, as a series of papers: where styles print it, and importers keep it."""
    words = cited.session_words()
    return f"{WORKING_GROUP}, {words}" if words else None


def csl_json(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> str:
    """Return CSL-JSON data, a list, with the one item of :func:`csl_item`."""
    return json.dumps([csl_item(submission, numbers, url, state_name)], ensure_ascii=False) + "\n"
