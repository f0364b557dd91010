"""What became of an address? How its text differs from what was read there before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from indexer.errors import NotFound
from indexer.library import Change, Stale
from webapp import links


@dataclass(frozen=True, slots=True)
class AddressChange:
    """One change of a paragraph's address, as its page tells it."""

    number: str
    day: str
    """ISO 8601 day of the update that brought it."""
    told: str
    """A sentence without its end, which is the link to :attr:`other` if there is one."""
    was: str
    """The text that stood there; empty where none did."""
    other: str | None
    href: str | None
    """Where the text stands now, or the number it had, leads today."""


def address_changes(
    submission: str, changes: Iterable[Change], numbers: Iterable[str]
) -> tuple[AddressChange, ...]:
    """The changes of the addresses *numbers*, newest first."""
    wanted = set(numbers)
    return tuple(_told(submission, change) for change in changes if change.number in wanted)


def _told(submission: str, change: Change) -> AddressChange:
    day = change.since[:10]
    if change.kind == "new":
        told = f"Until {day} this text had the number"
    elif change.other is None:
        told = f"Until {day} another text stood here"
    else:
        told = f"Until {day} another text stood here, which is now"
    href = links.paragraph(submission, change.other) if change.other is not None else None
    return AddressChange(change.number, day, told, change.was, change.other, href)


def change_record(change: Change) -> dict[str, Any]:
    """A change in JSON."""
    return asdict(change)


def stale_record(stale: Stale | None) -> dict[str, Any] | None:
    """In JSON, why a submission is an earlier version of its file."""
    return None if stale is None else asdict(stale)


def gone(submission: str, changes: Iterable[Change], number: str) -> NotFound | None:
    """What is told of an address that is not there any more; None if it never was."""
    for change in changes:
        if change.number == number and change.kind == "gone":
            if change.other is None:
                cure = f"See all its paragraphs at {links.submission(submission)}"
            else:
                cure = f"Its text is now {links.paragraph(submission, change.other)}"
            return NotFound(
                f"Submission {submission} had a paragraph {number} until {change.since[:10]}",
                cure,
                "gone",
            )
    return None
