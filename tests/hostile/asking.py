"""How is a request sent byte by byte, and what must hold of every answer, whatever was asked?"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.hostile.nasty import MARKER
from webapp.headers import HEADERS

#: Seconds that an answer may take: the limit on a search, the wait for a process, and the cure.
PATIENCE = 10.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def send(port: int, request: bytes, patience: float = PATIENCE) -> Answer:
    """Send the bytes of *request* on a connection of their own, and read to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.settimeout(patience)
        received = b""
        try:
            connection.sendall(request)
            while chunk := connection.recv(65536):
                received += chunk
                if _whole(received):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was read: what was answered counts
    return parsed(received)


def _whole(received: bytes) -> bool:
    """Whether a body of the stated length was read: not every connection is closed then."""
    answer = parsed(received)
    length = answer.headers.get("content-length", "")
    return bool(answer.body) and length.isdigit() and len(answer.body) >= int(length)


def parsed(received: bytes) -> Answer:
    """The first answer in *received*; status 0 where there is none."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    parts = first.split(b" ", 2)
    if len(parts) < 2 or not parts[1].isdigit():
        return Answer(0, {}, b"")
    headers = dict(line.decode("latin-1").split(": ", 1) for line in lines)
    return Answer(int(parts[1]), {k.lower(): v for k, v in headers.items()}, body)


def get(port: int, target: bytes, method: bytes = b"GET", more: bytes = b"") -> Answer:
    """Ask for *target*, as it is."""
    head = b"%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sConnection: close\r\n\r\n"
    return send(port, head % (method, target, more))


#: Attributes, besides those of events, of which a browser makes more than text. In a ``content``
#: stands where a page is led on to.
_RUNNING = {"src", "srcdoc", "action", "formaction", "data", "content"}


class _Scripts(HTMLParser):
    """Finds the marker where a browser would run it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            runs = name.startswith("on") or name in _RUNNING
            leads = name == "href" and not (value or "").startswith(("/", "#"))
            if MARKER in (value or "") and (runs or leads):
                self.found.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and MARKER in data:
            self.found.append(f"<{self._inside}>{data}")


def scripts(page: str) -> list[str]:
    """Where the marker would run in *page*."""
    finder = _Scripts()
    finder.feed(page)
    finder.close()
    return finder.found


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    found = []
    told_to_return = answer.status == 503 and "retry-after" in answer.headers
    if answer.status == 0 or (answer.status >= 500 and not told_to_return):
        found.append(f"status {answer.status}: {answer.body[:300]!r}")
    if "set-cookie" in answer.headers:
        found.append("a cookie")
    content = answer.headers.get("content-type", "")
    if content.startswith("text/html"):
        found += [f"runs: {script}" for script in scripts(answer.body.decode())]
    if content.startswith("application/json") and answer.body:
        record = json.loads(answer.body)
        if answer.status >= 400 and not record["error"]["message"]:
            found.append("an error without a message")
        if answer.status == 422 and not record["error"]["cure"]:
            found.append("a refusal without a cure")
    if answer.status:
        kept = [*HEADERS, "Cache-Control"]
        found += [f"without {name}" for name in kept if not answer.headers.get(name.lower())]
    return found
