"""What does a query string ask? The parameters of a search, read and checked.

Any text is a legal query; a parameter that cannot be is a ParameterError (400). An
empty value is one not given, because forms send their empty fields. A name that is
neither a parameter nor a facet is refused: a filter misspelt and passed over would
show more than was asked for, and nobody would notice.
"""

from __future__ import annotations

import re
from datetime import date

from werkzeug.datastructures import MultiDict

from indexer.errors import ParameterError
from indexer.query.results import FACETS, SearchParameters

SORTS = ("relevance", "document")
LARGEST_SIZE = 100

#: Characters of the longest value of a filter, far more than any id has. Each link of a page
#: repeats them all.
LONGEST_VALUE = 500

#: Characters of a bad value that its error repeats.
_ECHOED = 40
_SCALARS = ("q", "from", "to", "sort", "page", "size")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d+", re.ASCII)

#: Digits that are read of a number: any that has more is beyond every limit anyway.
_DIGITS = 10


def search_parameters(arguments: MultiDict[str, str]) -> SearchParameters:
    """Read the query string of a search. Raises ParameterError."""
    for name in arguments:
        if name not in _SCALARS and name not in FACETS:
            raise ParameterError(
                f"{_echo(name)} is neither a parameter nor a facet",
                f"Parameters are {', '.join(_SCALARS)}; facets are {', '.join(FACETS)}",
            )
    sort = _scalar(arguments, "sort")
    if sort and sort not in SORTS:
        raise ParameterError(
            f"sort must be relevance or document, got {_echo(sort)}", "Leave it out for the default"
        )
    filters = [
        (name, value)
        for name, values in arguments.lists()
        if name in FACETS
        for value in values
        if value
    ]
    for name, value in filters:
        if len(value) > LONGEST_VALUE:
            raise ParameterError(
                f"{name} has a value of {len(value)} characters; {LONGEST_VALUE} are allowed",
                "Choose one from the facets of a search",
            )
    return SearchParameters(
        q=_scalar(arguments, "q"),
        filters=tuple(dict.fromkeys(filters)),
        from_=_partial_date(arguments, "from"),
        to=_partial_date(arguments, "to"),
        sort=sort or None,
        page=_whole_number(arguments, "page", 1, None),
        size=_whole_number(arguments, "size", SearchParameters().size, LARGEST_SIZE),
    )


def only_words(arguments: MultiDict[str, str]) -> str:
    """The query of a page that takes ``q`` and nothing else. Raises ParameterError."""
    no_parameters(arguments, besides=("q",))
    return _scalar(arguments, "q").strip()


def no_parameters(arguments: MultiDict[str, str], besides: tuple[str, ...] = ()) -> None:
    """Refuse parameters on a page that takes none. Raises ParameterError."""
    for name in arguments:
        if name not in besides:
            known = f"only {', '.join(besides)}" if besides else "no parameter"
            raise ParameterError(
                f"{_echo(name)} is no parameter of this page", f"It takes {known}; leave it out"
            )


def _scalar(arguments: MultiDict[str, str], name: str) -> str:
    values = arguments.getlist(name)
    if len(values) > 1:
        raise ParameterError(f"{name} is given {len(values)} times", "Give it once")
    return values[0] if values else ""


def _whole_number(
    arguments: MultiDict[str, str], name: str, default: int, largest: int | None
) -> int:
    written = _scalar(arguments, name)
    if not written:
        return default
    digits = written.lstrip("0")[:_DIGITS] if _WHOLE_NUMBER.fullmatch(written) else ""
    number = int(digits or 0)
    if number < 1 or (largest is not None and number > largest):
        allowed = "1 or more" if largest is None else f"from 1 to {largest}"
        raise ParameterError(
            f"{name} must be {allowed}, got {_echo(written)}", f"Leave {name} out for {default}"
        )
    return number


def _partial_date(arguments: MultiDict[str, str], name: str) -> str | None:
    written = _scalar(arguments, name).strip()
    if not written:
        return None
    match = _PARTIAL_DATE.fullmatch(written)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 1 for part in match.groups())
        date(year, month, day)
    except ValueError:
        raise ParameterError(
            f"{name} must be a year, a month or a day, got {_echo(written)}",
            "Write it as 2019, 2019-02 or 2019-02-14",
        ) from None
    return written


def _echo(value: str) -> str:
    return value if len(value) <= _ECHOED else f"{value[:_ECHOED]}…"
