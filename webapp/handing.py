"""Which requests are answered where? Health and static files here, all others in processes.

The server's own threads only read requests, refuse what no page answers, and pass answers on.
Whatever looks at an index is asked of :class:`webapp.workers.Workers`, whose processes each
have the whole application, so that every step of an answer, from the query's characters to
the page's, can be ended.
"""

from __future__ import annotations

import gc
import io
import logging
import sys
import threading
from dataclasses import dataclass

from flask import Flask, Response, request
from werkzeug.test import run_wsgi_app

from indexer.errors import Busy, IndexUnavailable
from indexer.generations import Generation, code_digest
from indexer.query.results import SearchParameters
from indexer.settings import Settings
from webapp.answers import DAMAGE
from webapp.application import create_app
from webapp.errors import LOGGER
from webapp.site import Site, View
from webapp.workers import Workers

#: Of the server's threads, so many are never taken by questions: they answer what is answered
#: here, and tell others that all are busy.
FREE_THREADS = 2

#: Of a request, what its answer depends on. Whose it is, and whence it comes, stays here.
PASSED_ON = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "wsgi.url_scheme",
)

#: What a process has to import; see :func:`webapp.workers.fork_from`.
PRELOAD = [__name__, "indexer.engines.whoosh"]

# Settled with the code, in the process that all others are forked from: one begun after an
# update replaced the files would take the index for another version's.
code_digest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process answers to a request."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    logged: tuple[str, ...] = ()
    """What is to be logged if this is the answer that is given."""

    @property
    def failed(self) -> bool:
        """Whether the asker is not to blame."""
        return self.status.startswith("5")


class _Log(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.lines.append(record.getMessage())


class Pages:
    """The application in a process, on one generation at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._generation: Generation | None = None
        self._app: Flask | None = None

    def ready(self, about: Generation) -> None:
        """Open the generation, and what its first search would wait for."""
        if self._generation != about:
            self._generation = self._app = None
            gc.collect()  # or the files of the one before stay open, withdrawn or not
            site = Site(self._settings, about)
            site.view().search(SearchParameters())
            self._app = create_app(self._settings, site)
            self._generation = about

    def answer(self, question: dict[str, str]) -> Answer:
        """Answer the request of an environment (PEP 3333)."""
        assert self._app is not None  # made ready
        environment = {**question, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
        # Nothing is printed here: who asks may find that the failure was no damage, but a switch.
        log, LOGGER.propagate = _Log(), False
        LOGGER.addHandler(log)
        try:
            chunks, status, headers = run_wsgi_app(self._app.wsgi_app, environment, buffered=True)
            return Answer(status, list(headers), b"".join(chunks), tuple(log.lines))
        finally:
            LOGGER.removeHandler(log)
            LOGGER.propagate = True


def started(settings: Settings) -> Workers:
    """The processes that *settings* ask for."""
    return Workers(settings.search_processes, settings.search_seconds, Pages, settings)


def hand_over(app: Flask, site: Site, workers: Workers) -> None:
    """Have *app* pass on what looks at the index of *site*."""
    seats = threading.BoundedSemaphore(max(site.settings.threads - FREE_THREADS, 1))

    def handed() -> Response | None:
        if request.endpoint is None or request.blueprint == "status":
            return None
        try:
            view = site.view()
        except IndexUnavailable:  # the pages say what is the matter
            return None
        if not seats.acquire(blocking=False):
            raise Busy("Too many questions are asked at once", "Try again in a moment")
        try:
            answer = asked_of(view)
        finally:
            seats.release()
        # In a list the body settles no length: to HEAD it is empty, the length is that of GET.
        return Response([answer.body], status=answer.status, headers=answer.headers)

    def asked_of(view: View) -> Answer:
        texts = {name: request.environ[name] for name in PASSED_ON}
        texts[DAMAGE] = "damaged" if view.damage is not None else ""
        try:
            answer: Answer = workers.ask(view.source, texts)
        except IndexUnavailable:
            if site.view().source == view.source:
                raise
        else:
            if not answer.failed or site.view().source == view.source:
                for line in answer.logged:
                    LOGGER.error("%s", line)
                return answer
        # The generation was switched from, and perhaps removed, while it was being asked.
        return asked_of(site.view())

    app.before_request(handed)
