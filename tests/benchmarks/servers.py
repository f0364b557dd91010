"""Which server serves Pilcrow best: waitress, as ``pilcrow serve`` has it, or gunicorn?

The same application on the same index behind each, as real processes on this machine, asked
the same searches in turn over HTTP by 1, 4 and 16 clients at once, then by 4 while 50 slow ones
hold a connection each and send a header's letter a second.

gunicorn is measured as it would be used: with synchronous workers and with threaded ones, as
many as Pilcrow has processes for searches, each with the whole application; and with threads
that hand over to Pilcrow's own processes as waitress does, which ends what takes too long.

Run by ``make bench``. Nothing here passes or fails.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Flask

from indexer.pipeline import update
from indexer.settings import Settings, load_settings
from tests.benchmarks.datasette import QUESTIONS, p95
from tests.processes import marked, memory
from tests.serving import free_port, serving
from webapp import create_app

#: Seconds that one server is asked at a time, and how many times each is.
SECONDS, ROUNDS = 4.0, 3
CLIENTS = (1, 4, 16)
SLOW = 50
#: Ordinary clients beside the slow ones.
BESIDE = 4
#: Seconds after which a client gives up.
PATIENCE = 10.0

PROCESSES = load_settings({}, {}).search_processes

_PATHS = [question.to_pilcrow() for question in QUESTIONS]
_MARK = "PILCROW_MEASURED"


def whole() -> Flask:
    """The application that answers all in its own process."""
    return create_app(load_settings())


def handing() -> Flask:
    """The application that has Pilcrow's processes answer."""
    from webapp.handing import PRELOAD, hand_over, started
    from webapp.site import Site
    from webapp.workers import fork_from

    fork_from(PRELOAD)
    settings = load_settings()
    site = Site(settings)
    app, workers = create_app(settings, site), started(settings)
    hand_over(app, site, workers)
    return app


class Server(NamedTuple):
    """How one is started; a port is added."""

    name: str
    command: list[str]


def _gunicorn(kind: str, *options: str) -> list[str]:
    app = f"tests.benchmarks.servers:{kind}()"
    return [sys.executable, "-m", "gunicorn", app, *options, "--bind"]


SERVERS = (
    Server("waitress", [str(Path(sys.executable).parent / "pilcrow"), "serve", "--port"]),
    Server("gunicorn sync", _gunicorn("whole", "--workers", str(PROCESSES))),
    Server(
        "gunicorn gthread",
        _gunicorn("whole", "--workers", str(PROCESSES), "--threads", "4", "-k", "gthread"),
    ),
    Server("gunicorn handing", _gunicorn("handing", "--threads", "16", "-k", "gthread")),
)


class Asked(NamedTuple):
    """What the clients of one server saw."""

    times: list[float]
    """Milliseconds of every page that came."""
    refused: int
    """Answers other than a page, most of them «come back in a moment»."""
    broken: int
    """Connections that were cut, or gave nothing within the patience."""
    seconds: float


def ask(address: str, clients: int, seconds: float = SECONDS) -> Asked:
    """Have *clients* ask one question after the other; who is told to come back later does."""
    times: list[float] = []
    refused: list[int] = []
    broken: list[str] = []
    start = time.perf_counter()

    def client(first: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
        turn = first
        while time.perf_counter() - start < seconds:
            asked = time.perf_counter()
            turn += 1
            try:
                connection.request("GET", _PATHS[turn % len(_PATHS)])
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as error:
                broken.append(type(error).__name__)
                connection.close()
                continue
            if response.status == 200:
                times.append((time.perf_counter() - asked) * 1000)
            else:
                refused.append(response.status)
                time.sleep(float(response.headers.get("Retry-After", 0)))
        connection.close()

    threads = [threading.Thread(target=client, args=(number * 5,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Asked(times, len(refused), len(broken), time.perf_counter() - start)


@contextmanager
def slow_clients(address: str, count: int) -> Iterator[None]:
    """Hold *count* connections that send a letter of a header a second and never finish."""
    place = urlsplit(address)
    ended = threading.Event()
    held: list[socket.socket] = []

    def drip() -> None:
        while not ended.wait(1):
            for number, connection in enumerate(held):
                try:
                    connection.sendall(b"x")
                except OSError:  # given up on: come back, as such clients do
                    held[number] = connect()

    def connect() -> socket.socket:
        connection = socket.create_connection((place.hostname or "", place.port or 0), 5)
        connection.sendall(b"GET /search?q=torture HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        return connection

    held += [connect() for _ in range(count)]
    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for connection in held:
            connection.close()


def _cell(rounds: list[Asked]) -> str:
    rate = statistics.median(len(asked.times) / asked.seconds for asked in rounds)
    times = [t for asked in rounds for t in asked.times]
    worst = f"{p95(times):5.0f}" if len(times) > 1 else "    –"
    lost = f"{sum(a.refused for a in rounds)}/{sum(a.broken for a in rounds)}"
    return f"{rate:6.1f} {worst} {lost:>7}"


def start(server: Server, folder: Path, data: Path, stack: ExitStack) -> tuple[str, float]:
    """The address of *server*, once it has given a first page, and the seconds until then."""
    folder.mkdir()
    port = free_port()
    last = str(port) if server.command[-1] == "--port" else f"127.0.0.1:{port}"
    root = str(Path(__file__).parents[2])
    own = {"PILCROW_DATA": str(data), "PYTHONPATH": root, _MARK: str(port)}
    started = time.perf_counter()
    address = stack.enter_context(
        serving([*server.command, last], port, folder, {**os.environ, **own}, _PATHS[0])
    )
    return address, time.perf_counter() - started


def main() -> None:
    """Start the servers, measure, report."""
    settings = [(f"{count} clients", count, 0) for count in CLIENTS]
    settings.append((f"{BESIDE} and {SLOW} slow", BESIDE, SLOW))
    found: dict[tuple[str, str], list[Asked]] = {}
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        data = Path(name, "data")
        update(Settings(data=data))
        running = {
            server.name: start(server, Path(name, str(number)), data, stack)
            for number, server in enumerate(SERVERS)
        }
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; a cell has pages a")
        print("second, 95th percentile in ms, answers refused/connections broken\n")
        for turn in range(ROUNDS):
            for label, count, slow in settings:
                for server in SERVERS[turn % len(SERVERS) :] + SERVERS[: turn % len(SERVERS)]:
                    address, _ = running[server.name]
                    with slow_clients(address, slow):
                        found.setdefault((server.name, label), []).append(ask(address, count))
        print(f"{'':18}{'start':>6}{'MB':>6}" + "".join(f"{s[0]:>22}" for s in settings))
        for server in SERVERS:
            address, seconds = running[server.name]
            cells = "".join(f"{_cell(found[server.name, s[0]]):>22}" for s in settings)
            used = memory(marked(_MARK, str(urlsplit(address).port))) / 1e6
            print(f"{server.name:18}{seconds:5.1f}s{used:6.0f}{cells}")


if __name__ == "__main__":
    main()
