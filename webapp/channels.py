"""How does waitress speak for itself? In our words: headers, the error shape, no echo.

What cannot be read as a request never reaches the application, and waitress would answer
it in plain text that repeats what was sent. Nothing here reads or writes a socket; one that
nobody reads from is closed.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

import waitress.server
from waitress.channel import HTTPChannel
from waitress.parser import (
    HTTPRequestParser,
    ParsingError,
    TransferEncodingNotImplemented,
)
from waitress.task import ErrorTask, WSGITask

from webapp.errors import unread
from webapp.headers import HEADERS

#: Lines of a request's head: a browser sends some twenty. waitress reads them in the thread
#: that all connections share, and a megabyte of the shortest lines took it two seconds.
MOST_LINES = 100

#: Seconds within which an answer has to be taken: the largest are some megabytes, and Tor is slow.
TAKING_SECONDS = 600.0

#: Bytes of answers that wait to be taken, over all connections: many times what those leave
#: waiting who read. Beyond it whoever has been taking longest is cut off, or else eight hundred
#: that hardly read would fill the memory.
MOST_OWED = 256 * 1024 * 1024

#: A request's first line. What is none is refused before waitress looks for a host in it: it
#: tries every way to part ten thousand characters, for many seconds.
_FIRST_LINE = re.compile(rb"[^ ]+ [^ ]+ HTTP/[0-9]\.[0-9]\s*")

#: Before a header's value waitress tries every way to part the blanks, with the same outcome.
_LONG_BLANK = re.compile(rb":[ \t\r\n]{32}")


class _Unread(ErrorTask):  # type: ignore[misc] # waitress has no types
    """Answers what could not be read as a request."""

    def execute(self) -> None:
        code = self.request.error.code
        phrase, body = unread(code)
        self.status = f"{code} {phrase}"
        told = {**HEADERS, "Cache-Control": "no-store", "Content-Type": "application/json"}
        self.response_headers.extend(told.items())
        self.set_close_on_finish()
        self.content_length = len(body)
        # An answer to HEAD has no body; of what else was asked nothing may be known.
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else body)


class _Parser(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Reads the head of a request."""

    def parse_header(self, header_plus: bytes) -> None:
        lines = header_plus.count(b"\n")
        first = header_plus.partition(b"\r\n")[0]
        if (
            lines > MOST_LINES
            or not _FIRST_LINE.fullmatch(first)
            or _LONG_BLANK.search(header_plus)
        ):
            raise ParsingError("Unreadable")
        try:
            super().parse_header(header_plus)
        except (ValueError, TransferEncodingNotImplemented) as error:
            # Half a bracket in an address, a length of thousands of digits: waitress would break
            # off without an answer. A coding unknown to it is the client's fault here, not ours.
            raise ParsingError("Unreadable") from error
        if not self.content_length and not self.chunked:
            self.expect_continue = False  # nothing will follow: waitress would wait for it


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    """Hands a request to the application, its address as it was sent."""

    def get_environment(self) -> dict[str, Any]:
        environment: dict[str, Any] = super().get_environment()
        # waitress would answer //search as /search; no address is guessed at.
        environment["PATH_INFO"] = self.request.path
        if self.request.proxy_netloc:
            # Of two hosts the one in the address counts (RFC 9112, 3.2.2).
            environment["HTTP_HOST"] = self.request.proxy_netloc
        return environment


class _Owed:
    """What the clients of a server have yet to take; for its main thread alone."""

    def __init__(self) -> None:
        # Of each since when, and how many bytes; who has been taking longest comes first.
        self._of: dict[_Channel, tuple[float, int]] = {}
        self._total = 0

    def note(self, channel: _Channel, size: int) -> None:
        """*channel* has *size* bytes to send. Who takes too long is given up, and while it is
        too much for all, who has been taking longest."""
        if not size or channel.will_close:
            self._settle(channel)
            return
        now = time.monotonic()
        since, before = self._of.get(channel, (now, 0))
        self._of[channel] = since, size
        self._total += size - before
        while self._of:
            longest, (since, _) = next(iter(self._of.items()))
            if now <= since + TAKING_SECONDS and self._total <= MOST_OWED:
                break
            longest.will_close = True
            self._settle(longest)

    def _settle(self, channel: _Channel) -> None:
        self._total -= self._of.pop(channel, (0.0, 0))[1]


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    task_class = _Task
    error_task_class = _Unread
    parser_class = _Parser

    will_close: bool
    last_activity: float
    #: When the request that is being read began.
    _begun = 0.0

    def received(self, data: bytes) -> bool:
        """Read on. A request that comes a byte at a time is no activity: it has to be whole
        within the time that a connection may be idle."""
        self.server.owed.note(self, 0)  # waitress reads on only when all is sent
        reading = self.request is not None
        if not reading:
            self._begun = self.last_activity
        done: bool = super().received(data)
        if reading and self.request is not None:
            self.last_activity = self._begun
        return done

    def writable(self) -> bool:
        """Whether to look for a chance to write. One that waitress has given up may be one
        that never reads, and is closed only once it can be written to: so that it can."""
        self.server.owed.note(self, self.total_outbufs_len)
        if self.will_close:
            with suppress(OSError):
                self.socket.shutdown(SHUT_RDWR)
        return bool(super().writable())

    def handle_close(self) -> None:
        """Let go of all that was its."""
        self.server.owed.note(self, 0)
        super().handle_close()


def create_server(application: Any, **options: Any) -> tuple[Any, int]:
    """A server of *application*, with waitress's *options*, and the port that it listens on.

    Raises OSError where it cannot listen.
    """
    channels: dict[int, Any] = {}
    server = waitress.create_server(application, map=channels, **options)
    # One for each address that the host has.
    listening = [s for s in channels.values() if isinstance(s, waitress.server.BaseWSGIServer)]
    owed = _Owed()
    for each in listening:
        each.channel_class, each.owed = _Channel, owed
    return server, int(listening[0].effective_port)
