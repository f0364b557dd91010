"""What does a citation have to say? The facts of it, before any style arranges them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.analysis import fold_text
from indexer.citations.pinpoint import Place, doubt, ordinal, places
from indexer.citations.titles import cited_title, one_line
from indexer.model import Submission

#: The body that submissions to the review are addressed to. Sessions are the Working
#: Group's, not the Council's: naming the Council alone would point to another session.
COUNCIL = "UN Human Rights Council"
WORKING_GROUP = "Working Group on the Universal Periodic Review"

# BibTeX keys may hold neither tilde nor brackets: 26~2 is 26x2 there, and 20(f) is 20.f.
_KEY_LETTERS = str.maketrans({"~": "x", "(": ".", ")": None})
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Day(NamedTuple):
    """A date of any precision."""

    year: int
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Cited:
    """The facts of one citation, each text on one line."""

    id: str
    key: str
    """Stable name of the cited place: ``kaz-2019-odf-fidu-khisr:48``."""
    authors: tuple[str, ...]
    """Names in the order printed."""
    short_authors: tuple[str, ...]
    """Acronyms, or names where there are none."""
    title: str
    kind: str
    state: str | None
    """The State's name, if the caller gave one and the title does not say it."""
    session: str | None
    day: Day | None
    language: str
    code: str | None
    places: tuple[Place, ...]
    doubt: str
    url: str | None

    def description(self, council: str = COUNCIL, session: str | None = None) -> str:
        """Return what kind of document it is, to whom it was sent, and the *session*."""
        on = f" on {self.state}" if self.state else ""
        at = f", {session}" if session else ""
        return f"{self.kind}{on} to the {council}, {WORKING_GROUP}{at}"

    @property
    def genre(self) -> str:
        """The kind of document, opening with a capital."""
        return _capital(self.kind)

    @property
    def abstract(self) -> str:
        """The whole description as a sentence of its own would open."""
        return _capital(self.description(session=self.session_words()))

    def session_words(self) -> str | None:
        """The session in words: ``34th session``."""
        number = self.session_number
        return self.session if number is None else f"{ordinal(number)} session"

    @property
    def session_number(self) -> int | None:
        """The session's number; None where it has none or is called something else."""
        match = re.fullmatch(r"\d{1,4}", self.session or "")
        return int(match[0]) if match else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def gather(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> Cited:
    """Collect what a citation of *numbers* says; no numbers cite the whole document.

    A *url* that is not absolute http(s) is left out: no reader could follow it. Raises
    NotFound for a number that the submission does not have.
    """
    cited = places(submission, numbers)
    codes = tuple(filter(None, map(one_line, submission.codes)))
    pairs = [(one_line(s.name), one_line(s.short)) for s in submission.submitters]
    acronyms = frozenset({short for _, short in pairs if short.isupper()}.union(codes))
    title = cited_title(submission.title, submission.language, acronyms)
    state = one_line(state_name or "")
    named = f" {fold_text(state)} " in f" {fold_text(title)} "
    return Cited(
        id=submission.id,
        key=_key(submission.id, cited),
        authors=tuple(name or short for name, short in pairs if name or short),
        short_authors=tuple(short or name for name, short in pairs if name or short),
        title=title or "[untitled]",
        kind=one_line(submission.kind) or "submission",
        state=state if state and not named else None,
        session=one_line(submission.session or "") or None,
        day=_day(submission.date),
        language=submission.language,
        code=codes[0] if codes else None,
        places=cited,
        doubt=doubt(cited),
        url=absolute(url),
    )


def absolute(url: str | None) -> str | None:
    """Return *url* if it is an absolute web address without white space, else None."""
    if not url or one_line(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _day(iso: str | None) -> Day | None:
    """Read an ISO 8601 date of any precision; anything else counts as undated."""
    match = _ISO.fullmatch(iso or "")
    if match is None:
        return None
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.groups()[1:])
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Day(year, month, day)


def _key(submission: str, cited: Sequence[Place]) -> str:
    """The submission's id and the places, in characters that every format keeps."""
    numbers: list[str] = []
    for i, place in enumerate(cited):
        number = place.asked.translate(_KEY_LETTERS)
        if i and cited[i - 1].precedes(place):
            numbers[-1] = f"{numbers[-1].partition('..')[0]}..{number}"
        else:
            numbers.append(number)
    whole = f"{submission}:{'+'.join(numbers)}" if numbers else submission
    return re.sub(r"[^A-Za-z0-9:.+_/-]", "-", whole)
