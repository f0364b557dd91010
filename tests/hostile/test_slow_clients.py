"""Slow, idle and broken clients: ordinary requests go on beside them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest

from tests.hostile.asking import get, send
from tests.hostile.conftest import LONG, Served
from webapp import channels
from webapp.channels import create_server

#: Seconds that an ordinary search and ``/healthz`` may take meanwhile, on a busy machine: a tenth
#: of what they took where a client could keep the server busy.
ORDINARY, HEALTH = 8.0, 4.0

_HEAD = b"GET /search?q=torture HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def _fare(served: Served) -> None:
    """Ordinary requests are answered."""
    for target, most in ((b"/search?q=torture", ORDINARY), (b"/healthz", HEALTH)):
        started = time.monotonic()
        assert get(served.port, target).status == 200
        assert time.monotonic() - started < most


def _connected(served: Served, held: ExitStack) -> socket.socket:
    return held.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=10))


def test_hundreds_of_idle_connections(served: Served) -> None:
    """At waitress's own limit of a hundred nobody else was let in."""
    with ExitStack() as held:
        for _ in range(200):
            _connected(served, held)
        _fare(served)


@contextmanager
def _dripping(served: Served, number: int, rest: bytes) -> Iterator[list[socket.socket]]:
    """*number* connections, to each of which *rest* is sent a byte at a time."""
    stop = threading.Event()
    with ExitStack() as held:
        connections = [_connected(served, held) for _ in range(number)]

        def drip() -> None:
            for byte in rest * 1000:
                for connection in connections:
                    try:
                        connection.send(bytes([byte]))
                    except OSError:  # it was closed, as it should be
                        continue
                if stop.wait(0.05):
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield connections
        finally:
            stop.set()
            dripping.join()


@pytest.mark.parametrize(
    "rest", [_HEAD + b"X: " + b"a" * 10_000, b"X-A: b\r\n", b"POST / HTTP/1.1\r\nX: y\r\n"]
)
def test_heads_that_come_a_byte_at_a_time(rest: bytes, served: Served) -> None:
    with _dripping(served, 100, rest):
        for _ in range(3):
            _fare(served)
            time.sleep(0.3)


def _comes(true: Callable[[], bool]) -> bool:
    """Whether it comes to be *true*, some seconds later at most."""
    deadline = time.monotonic() + 30
    while not (come := true()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return come


def _emptied(server: Any) -> bool:
    """Whether *server* lets go of all its connections."""
    return _comes(lambda: not server.active_channels)


@contextmanager
def _running(server: Any) -> Iterator[None]:
    """Have *server* run in a thread, in which it is also closed: closed by another, it might
    just be about to wait for what is closed."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
        assert _emptied(server)
    finally:
        server.trigger.pull_trigger(server.close)
        thread.join(30)
    assert not thread.is_alive()


#: Bytes that the system takes of an answer for its client. What it has taken is no longer kept
#: by the server: of its own accord that may be nothing, or many megabytes.
_TAKEN = 1 << 16


def _connected_to(server: Any, port: int, held: ExitStack) -> socket.socket:
    """A connection on which the system takes little."""
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _TAKEN)  # inherited
    client = held.enter_context(socket.socket())
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _TAKEN)
    client.settimeout(10)
    client.connect(("127.0.0.1", port))
    return client


@pytest.fixture
def impatient() -> Iterator[int]:
    """The port of a server that waits for nobody longer than a second."""
    server, port = create_server(
        lambda _environment, _start: [], host="127.0.0.1", port=0,
        channel_timeout=1, cleanup_interval=1,
    )  # fmt: skip
    with _running(server):
        yield port


@pytest.mark.parametrize("byte", [b"", b"a"])
def test_a_head_that_never_ends_is_given_up(byte: bytes, impatient: int) -> None:
    with socket.create_connection(("127.0.0.1", impatient), timeout=0.1) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                connection.sendall(byte)
                assert connection.recv(1000) == b""
                return
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                return
    pytest.fail("It was waited for")


#: Heads that waitress alone would read for ten seconds and more, in the thread of all.
_PUZZLES = {
    "an address that may end anywhere": b"GET a://" + b"1" * 9_000 + b" x\r\n",
    "the same, before a port": b"GET a://" + b"1" * 9_000 + b"\tHTTP/1.1 x\r\n",
    "blanks before a value": _HEAD + b"X:" + b" \t" * 10_000 + b"a\r\n",
    "blanks before nothing": _HEAD + b"X:" + b" " * 40_000 + b"\x01\r\n",
    "blanks on many lines": _HEAD + b"X:\r\n" + (b" " * 1_000 + b"\r\n") * 40 + b" a\r\n",
    "many lines": _HEAD + b"a:b\r\n" * 50_000,
    "lines that go on": _HEAD + b"a: b\r\n" + b" b\r\n" * 50_000,
}


@pytest.mark.parametrize("head", _PUZZLES.values(), ids=_PUZZLES.keys())
def test_heads_that_are_hard_to_read(head: bytes, served: Served) -> None:
    with ExitStack() as held:
        for _ in range(10):
            _connected(served, held).sendall(head + b"\r\n")
        _fare(served)
        assert send(served.port, head + b"\r\n").status == 400


def test_bodies_that_never_come(served: Served) -> None:
    with ExitStack() as held:
        for _ in range(50):
            _connected(served, held).sendall(
                b"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\nhalf"
            )
        _fare(served)


def _abort(connection: socket.socket) -> None:
    # A reset, as of a client whose process was killed.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    connection.close()


def _half_a_head(connection: socket.socket) -> None:
    connection.sendall(_HEAD[:20])


def _unread(connection: socket.socket) -> None:
    connection.sendall(f"GET /submissions/{LONG} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())


def _partly_read(connection: socket.socket) -> None:
    _unread(connection)
    connection.recv(1)


def _many_at_once(connection: socket.socket) -> None:
    connection.sendall((_HEAD + b"\r\n") * 50)


@pytest.mark.parametrize("before", [_half_a_head, _unread, _partly_read, _many_at_once])
def test_clients_that_break_off(before: Callable[[socket.socket], None], served: Served) -> None:
    for _ in range(10):
        connection = socket.create_connection(("127.0.0.1", served.port), timeout=10)
        before(connection)
        _abort(connection)
    _fare(served)


def test_clients_that_do_not_read(served: Served) -> None:
    """Each of them would hold a thread, were the answer not kept for it."""
    with ExitStack() as held:
        connections = [_connected(served, held) for _ in range(30)]
        for connection in connections:
            _unread(connection)
        for connection in connections:
            connection.recv(1)  # it was made: they are not in the way of others who ask
        _fare(served)


@pytest.mark.parametrize("reading", [False, True])
def test_a_client_that_hardly_reads_is_given_up(
    reading: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It held its connection and its answer for good: eight hundred of them were all."""
    if reading:
        monkeypatch.setattr(channels, "TAKING_SECONDS", 2.0)

    def much(_environment: object, start: Callable[..., object]) -> list[bytes]:
        start("200 OK", [("Content-Length", "20000000")])
        return [b"x" * 20_000_000]

    server, port = create_server(
        much, host="127.0.0.1", port=0,
        channel_timeout=60 if reading else 1, cleanup_interval=1, outbuf_high_watermark=10**9,
        asyncore_loop_timeout=1,
    )  # fmt: skip
    with _running(server), ExitStack() as held:
        connection = _connected_to(server, port, held)
        connection.sendall(_HEAD + b"\r\n")
        connection.recv(1)
        assert server.active_channels
        deadline = time.monotonic() + 30
        while reading and server.active_channels and time.monotonic() < deadline:
            connection.recv(65536)
            time.sleep(0.1)
        assert _emptied(server)


def _waiting(server: Any, size: int) -> list[bool]:
    """Of each connection of *server*, whether an answer of *size* bytes waits to be taken."""
    return [c.total_outbufs_len > size / 2 for c in list(server.active_channels.values())]


def test_answers_that_nobody_takes_do_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first to have been kept waiting for is cut off, the others are kept."""
    size = 20_000_000  # room for two of them
    monkeypatch.setattr(channels, "MOST_OWED", 2 * size)

    def much(_environment: object, start: Callable[..., object]) -> list[bytes]:
        start("200 OK", [("Content-Length", str(size))])
        return [b"x" * size]

    server, port = create_server(
        much, host="127.0.0.1", port=0, outbuf_high_watermark=10**9, asyncore_loop_timeout=1
    )
    with _running(server), ExitStack() as held:
        clients = []
        for number in range(1, 5):
            client = _connected_to(server, port, held)
            client.sendall(_HEAD + b"\r\n")
            assert client.recv(1) == b"H"
            clients.append(client)
            # Its whole answer waits, not the head alone, and one that is too many has left.
            kept = [True] * min(number, 2)
            assert _comes(lambda kept=kept: _waiting(server, size) == kept)  # type: ignore[misc]
        whole = [sum(map(len, _received(client))) > size for client in clients]
    assert whole == [False, False, True, True]


def _received(connection: socket.socket) -> Iterator[bytes]:
    """What comes until nothing does for seconds, or the connection ends."""
    connection.settimeout(3)
    with suppress(TimeoutError, ConnectionResetError):
        while chunk := connection.recv(1 << 20):
            yield chunk


def test_requests_that_do_not_wait_for_answers(served: Served) -> None:
    with ExitStack() as held:
        connection = _connected(served, held)
        connection.sendall((_HEAD + b"\r\n") * 9 + _HEAD + b"Connection: close\r\n\r\n")
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 10
