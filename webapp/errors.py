"""How is a failure told? One shape, for pages and JSON alike.

What is the user's to repair keeps its own message and cure. A defect of ours says only
that it is one: no stack, no value. The log learns the class and the place of a failure,
never an address, a query or a message that may repeat one.
"""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from indexer.errors import Busy, PilcrowError, SearchTimeout
from webapp import links
from webapp.answers import MACHINE_FORMS, page_answer, record_answer

LOGGER = logging.getLogger("pilcrow.web")

_CURES = {
    404: "Start from the search at /search or the list at /submissions",
    405: "Ask with GET",
    412: "Ask without If-Match",
    413: "Ask with GET and without a body",
    414: "Shorten the query",
    431: "Shorten the query",
}

#: What a page is headed, for people who know no status codes.
_TITLES = {
    400: "This cannot be asked",
    403: "Not from another site",
    404: "Nothing here",
    422: "Too much to look for",
    500: "Something went wrong",
    503: "No answer just now",
}

_UNREAD = "Ask with GET, in HTTP/1.1"

_UNAVAILABLE = {
    "no-index": "There is no index yet",
    "index-damaged": "The index cannot be read",
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A failure, as it is shown."""

    template = "error.html"

    status: int
    code: str
    """A stable slug, for example ``bad-parameter``."""
    message: str
    """What happened, and where."""
    cure: str
    q: str = ""
    """The query, so that it can be corrected in place."""

    @property
    def title(self) -> str:
        """The status in words."""
        return _TITLES.get(self.status) or HTTPStatus(self.status).phrase

    @property
    def cure_pieces(self) -> tuple[tuple[str, bool], ...]:
        """The cure, cut where a command begins and ends; whether each piece is one."""
        pieces = enumerate(self.cure.split("`"))
        return tuple((piece, at % 2 == 1) for at, piece in pieces if piece)

    @property
    def operators(self) -> bool:
        """Whether the cure is in the hands of whoever runs the site: it has a command."""
        return "`" in self.cure

    def record(self) -> dict[str, Any]:
        """The contract's error shape."""
        return {
            "error": {
                "status": self.status,
                "code": self.code,
                "message": self.message,
                "cure": self.cure,
            }
        }


def init_app(app: Flask) -> None:
    """Answer every failure in the one shape."""
    app.register_error_handler(PilcrowError, _told)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _defect)


def refusal(status: int, code: str, message: str, cure: str) -> Response:
    """The answer to what is not looked at any further; it repeats nothing that was sent."""
    return _answer(ErrorPage(status, code, message, cure))


def unread(status: int) -> tuple[str, bytes]:
    """Phrase and body (JSON) of the answer to what could not even be read as a request."""
    phrase = HTTPStatus(status).phrase
    code = "defect" if status == 500 else phrase.lower().replace(" ", "-")
    page = ErrorPage(status, code, phrase, _CURES.get(status, _UNREAD))
    return phrase, json.dumps(page.record()).encode("ascii")


def log_failure(error: BaseException) -> None:
    """Log a failure's class and place, and nothing that was asked."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    LOGGER.error("%s at %s", type(error).__name__, place)


def _told(error: PilcrowError) -> Response:
    message, cure = error.message, error.cure
    if isinstance(error, SearchTimeout) and not _asked().strip():
        # Its own cure is for words, and there are none to change.
        cure = "Try again in a moment; whoever runs this site can allow more in search_seconds"
    if isinstance(error, Busy):
        response = _answer(ErrorPage(error.status, error.code, message, cure, _asked()))
        response.headers["Retry-After"] = str(error.retry_seconds)
        return response
    if error.status >= 500:
        if not error.logged:
            log_failure(error)
        # Its own message names folders of the server, which are no stranger's business.
        message = _UNAVAILABLE.get(error.code, "The index cannot answer just now")
    return _answer(ErrorPage(error.status, error.code, message, cure, _asked()))


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    phrase = HTTPStatus(status).phrase
    code = "defect" if status >= 500 else phrase.lower().replace(" ", "-")
    message = {
        404: "There is nothing at this address",
        405: "This address cannot be asked in that way",
    }.get(status, phrase)
    response = _answer(ErrorPage(status, code, message, _CURES.get(status, ""), _asked()))
    allow = error.get_response().headers.get("Allow")
    if allow:
        response.headers["Allow"] = allow
    return response


def _defect(error: Exception) -> Response:
    log_failure(error)
    return _answer(
        ErrorPage(
            500,
            "defect",
            "Something is wrong here, not with what you asked",
            "Try again; if it stays, tell whoever runs this site when it happened",
        )
    )


def _asked() -> str:
    return request.args.get("q", "")


def _answer(page: ErrorPage) -> Response:
    machine = request.path.endswith(MACHINE_FORMS) or request.path == links.HEALTH
    response = record_answer(page) if machine else page_answer(page)
    response.status_code = page.status
    return response
