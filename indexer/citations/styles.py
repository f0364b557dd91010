"""How does each style arrange a citation? One function a style.

A submission has no document symbol and no publisher: every style treats it as an
unpublished paper of the organisations that signed it. What each style settles itself
(joining of names, when "and others" begins, months, ordinals, marks) stands in its
function. Non-breaking spaces are not used, so that what is copied can be searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.citations.cited import Cited, Day
from indexer.citations.pinpoint import Form, listed, ordinal, written

STYLES: dict[str, str] = {
    "un": "UN short form",
    "oscola": "OSCOLA (4th ed.)",
    "chicago": "Chicago (notes, 18th ed.)",
    "bluebook": "Bluebook (21st ed.)",
    "apa": "APA (7th ed.)",
}

#: Outer quotation marks of a style, around quoted paragraphs.
QUOTATION_MARKS: dict[str, tuple[str, str]] = {
    "un": ("“", "”"),
    "oscola": ("‘", "’"),
    "chicago": ("“", "”"),
    "bluebook": ("“", "”"),
    "apa": ("“", "”"),
}

#: UN pinpoints: also the form that records carry.
UN_FORM = Form("para.", "paras.", last=" and ", pair=" and ")
_OSCOLA_FORM = Form("para", "paras", last=" and ", pair=" and ")
_CHICAGO_FORM = Form("para.", "paras.", last=", and ", pair=" and ")
# Bluebook and APA lists of pinpoints have commas only.
_BLUEBOOK_FORM = Form("¶", "¶¶", last=", ", pair=", ")
_APA_FORM = Form("para.", "paras.", last=", ", pair=", ")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_BLUEBOOK_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip

_DOUBLE_QUOTED = re.compile(r"[“„\"]([^“”„\"]*)[”“\"]")


class Written(NamedTuple):
    """A citation in three pieces, so that the title can be set in italics."""

    before: str
    title: str
    after: str
    italic: bool = False


def un(cited: Cited) -> Written:
    """UN documents: the code of OHCHR's summary is the whole name of a submission.

    Without a code its signatories' acronyms stand for it, with title and date; more than
    three are the first "and others" (United Nations Editorial Manual). No full stop.
    """
    pinpoint = _pinpoint(cited, UN_FORM, ", ")
    if cited.code:
        return Written("", cited.code, pinpoint)
    names = cited.short_authors
    by = f"{names[0]} and others" if len(names) > 3 else listed(names, " and ", " and ")
    of = f" ({cited.state})" if cited.state else ""
    when = f", {_day_first(cited.day)}" if cited.day else ""
    return Written(f"{by}, “" if by else "“", _within_double(cited.title), f"”{of}{when}{pinpoint}")


def oscola(cited: Cited) -> Written:
    """OSCOLA: up to three authors, then the first "and others"; title in single marks."""
    names = cited.authors
    by = f"{names[0]} and others" if len(names) > 3 else listed(names, " and ", " and ")
    when = _day_first(cited.day) if cited.day else "undated"
    what = f"({cited.description(session=cited.session_words())}, {when})"
    pinpoint = _pinpoint(cited, _OSCOLA_FORM, " ")
    address = f" <{cited.url}>" if cited.url else ""
    return Written(
        f"{by}, ‘" if by else "‘",
        cited.title,
        f"’ {what}{pinpoint}{address}.",
    )


def chicago(cited: Cited) -> Written:
    """Chicago, note form: since the 18th edition three authors are already "et al."."""
    by = _et_al(cited.authors, " and ")
    when = _month_first(cited.day, _MONTHS) if cited.day else "n.d."
    what = cited.description(session=cited.session_words())
    pinpoint = _pinpoint(cited, _CHICAGO_FORM, ", ")
    address = f", {cited.url}" if cited.url else ""
    after = f",” {what}, {when}{pinpoint}{address}"
    return Written(f"{by}, “" if by else "“", _within_double(cited.title), _with_full_stop(after))


def bluebook(cited: Cited) -> Written:
    """Bluebook rule 17, unpublished works: the pinpoint follows the title, the date the pinpoint.

    Ordinals are 2d and 3d (rule 6.2(b)). Institutions' names are not abbreviated: that is
    allowed only where nobody could misread it, which no rule can see.
    """
    by = _et_al(cited.authors, " & ")
    when = _month_first(cited.day, _BLUEBOOK_MONTHS) if cited.day else "n.d."
    session = cited.session
    if cited.session_number is not None:
        session = f"{re.sub('nd$|rd$', 'd', ordinal(cited.session_number))} Sess."
    what = cited.description("U.N. Human Rights Council", session)
    pinpoint = _pinpoint(cited, _BLUEBOOK_FORM, " ")
    address = f", {cited.url}" if cited.url else ""
    return Written(f"{by}, " if by else "", cited.title, f"{pinpoint} ({when}) ({what}){address}.")


def apa(cited: Cited) -> Written:
    """APA reference: up to twenty authors; without one the title moves before the date.

    The pinpoint stands where APA puts parts of a report, in brackets behind the title.
    """
    names = cited.authors
    if len(names) > 20:
        by = f"{', '.join(names[:19])}, . . . {names[-1]}"
    else:
        by = listed(names, ", & ", ", & ")
    when = f"({_year_first(cited.day)})." if cited.day else "(n.d.)."
    pinpoint = _pinpoint(cited, _APA_FORM, "")
    what = f" ({pinpoint})" if pinpoint else ""
    what += f" [{cited.abstract}]."
    address = f" {cited.url}" if cited.url else ""
    if not by:
        return Written("", cited.title, f"{what} {when}{address}", italic=True)
    return Written(f"{_with_full_stop(by)} {when} ", cited.title, f"{what}{address}", italic=True)


WRITERS: dict[str, Callable[[Cited], Written]] = {
    "un": un,
    "oscola": oscola,
    "chicago": chicago,
    "bluebook": bluebook,
    "apa": apa,
}


def _pinpoint(cited: Cited, form: Form, separator: str) -> str:
    """The pinpoint after *separator*, with what is doubtful about it; empty without places."""
    where = written(cited.places, form)
    note = f" {cited.doubt}" if cited.doubt else ""
    return f"{separator}{where}{note}" if where else ""


def _et_al(names: Sequence[str], pair: str) -> str:
    return f"{names[0]} et al." if len(names) > 2 else pair.join(names)


def _with_full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _within_double(title: str) -> str:
    """*title* as it stands inside double marks: its own pairs of double marks become single."""
    return _DOUBLE_QUOTED.sub(r"‘\1’", title)


def _day_first(day: Day) -> str:
    """``28 March 2019``."""
    parts = [str(day.day)] if day.day else []
    parts += [_MONTHS[day.month - 1]] if day.month else []
    return " ".join([*parts, f"{day.year:04}"])


def _month_first(day: Day, months: Sequence[str]) -> str:
    """``March 28, 2019``."""
    if day.month is None:
        return f"{day.year:04}"
    month = months[day.month - 1]
    return f"{month} {day.day}, {day.year:04}" if day.day else f"{month} {day.year:04}"


def _year_first(day: Day) -> str:
    """``2019, March 28``."""
    parts = [_MONTHS[day.month - 1]] if day.month else []
    parts += [str(day.day)] if day.day else []
    return f"{day.year:04}, {' '.join(parts)}" if parts else f"{day.year:04}"
