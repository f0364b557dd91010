"""What can go wrong, as one tree.

::

    PilcrowError
    ├── InputError            the user's file, argument or query is at fault
    │   ├── SourceError         a source file cannot be read
    │   ├── AuthorityError      an authority file cannot be used
    │   ├── SettingsError       a setting has a value it cannot have
    │   ├── ParameterError      a request's parameter has a value it cannot have (400)
    │   ├── NotFound            nothing has that name or number (404)
    │   └── QueryRefused        a query is over a stated limit (422)
    │       └── SearchTimeout     it was stopped at the time limit
    └── IndexUnavailable      library or engine cannot answer (503)
        ├── NoIndex             nothing was indexed yet
        ├── IndexDamaged        what is stored is not what was written
        └── Busy                too much is asked at once

Every error says what happened, where, and the cure. An error of ours (a defect) is
never one of these: it is whatever Python raises.
"""

from __future__ import annotations

from unicodedata import category


def one_line(text: str) -> str:
    r"""*text* as it can be printed and stored anywhere: on one line, what cannot be seen or
    encoded (controls, undecodable bytes of a file's name) written out.

    >>> print(one_line("a\nb\udcff.txt"))
    a\nb\udcff.txt
    """
    return "".join(
        c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


class PilcrowError(Exception):
    """Base of all errors that are told to a user.

    ``message`` says what and where, ``cure`` what to do about it, ``code`` is a stable
    slug for scripts.
    """

    code = "error"
    status = 500
    #: Whether a log has it already, so that it does not get a line from each who asks.
    logged = False

    def __init__(self, message: str, cure: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message}. {self.cure}" if self.cure else self.message

    def __reduce__(self) -> tuple[type[PilcrowError], tuple[str, str, str]]:
        # Errors cross from a process that answers to the server's.
        return (type(self), (self.message, self.cure, self.code))


class InputError(PilcrowError):
    """What the user gave cannot be used."""

    code = "bad-input"
    status = 400


class SourceError(InputError):
    """A source file cannot be read."""

    code = "unreadable-source"


class AuthorityError(InputError):
    """An authority file cannot be used."""

    code = "bad-authority"


class SettingsError(InputError):
    """A setting has a value it cannot have."""

    code = "bad-setting"


class ParameterError(InputError):
    """A request's parameter has a value it cannot have."""

    code = "bad-parameter"


class NotFound(InputError):
    """Nothing has that id, number or address."""

    code = "not-found"
    status = 404


class QueryRefused(InputError):
    """A query is over one of the stated limits."""

    code = "query-refused"
    status = 422


class SearchTimeout(QueryRefused):
    """A search ran into the time limit and was stopped."""

    code = "search-timeout"


class IndexUnavailable(PilcrowError):
    """Library or engine cannot answer just now; never "no results"."""

    code = "index-unavailable"
    status = 503


class NoIndex(IndexUnavailable):
    """Nothing was indexed yet."""

    code = "no-index"


class IndexDamaged(IndexUnavailable):
    """What is stored is not what was written."""

    code = "index-damaged"


class Busy(IndexUnavailable):
    """Too much is asked at once; a moment later it can be answered."""

    code = "busy"

    #: Seconds after which asking again makes sense: the longest that an answer takes.
    retry_seconds = 2
