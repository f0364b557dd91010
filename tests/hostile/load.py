"""How do ordinary requests fare while others ask the worst? Clients, and what they measured.

``python -m tests.hostile.load ADDRESS SUBMISSION SECONDS`` prints it for a server that runs.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlsplit

from tests.hostile.worst import worst_addresses

#: What people ask.
ORDINARY = (
    "/search?q=torture",
    "/search?q=torture+law",
    "/search.json?q=%22the+state%22",
    "/search?q=court&sort=document",
    "/search?q=law+court+state",
)
#: Seconds a client waits for an answer: more than any promise.
PATIENCE = 30


@dataclass
class Measured:
    """What one kind of client saw."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        """Seconds within which 95 % were answered."""
        return (
            statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]
            if len(self.seconds) > 1
            else 0.0
        )

    def __str__(self) -> str:
        worst = max(self.seconds, default=0)
        middle = statistics.median(self.seconds) if self.seconds else 0
        return (
            f"{len(self.seconds)} answers {dict(self.statuses)}, median {middle * 1000:.0f} ms,"
            f" 95 % within {self.p95 * 1000:.0f} ms, worst {worst * 1000:.0f} ms"
        )


def ask(address: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own: status, headers, body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def _client(
    address: str, paths: Iterator[str], until: float, pause: float, measured: Measured
) -> None:
    while time.monotonic() < until:
        started = time.monotonic()
        status, _, _ = ask(address, next(paths))
        measured.seconds.append(time.monotonic() - started)
        measured.statuses[status] += 1
        time.sleep(pause)


def load(
    address: str, submission: str, seconds: float, hostile: int = 4
) -> tuple[Measured, Measured, Measured]:
    """Ask ordinary searches and ``/healthz`` for *seconds* while *hostile* clients ask the
    worst without a pause: what ordinary searches, health and hostile clients saw."""
    ordinary, health, worst = Measured(), Measured(), Measured()
    until = time.monotonic() + seconds
    clients: list[tuple[Callable[[], Iterator[str]], float, Measured]] = [
        (lambda: cycle(ORDINARY), 0.05, ordinary),
        (lambda: cycle(("/healthz",)), 0.02, health),
    ]
    clients += [
        (lambda seed=seed: worst_addresses(submission, seed), 0.0, worst)  # type: ignore[misc]
        for seed in range(hostile)
    ]
    threads = [
        threading.Thread(target=_client, args=(address, paths(), until, pause, measured))
        for paths, pause, measured in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ordinary, health, worst


if __name__ == "__main__":
    for kind, found in zip(
        ("ordinary", "/healthz", "worst"),
        load(sys.argv[1], sys.argv[2], float(sys.argv[3])),
        strict=True,
    ):
        print(f"{kind}: {found}")
