"""Reading, searching and indexing at once: no answer mixes two editions, nothing grows.

Every paragraph of every edition of the corpus says which edition it is, so that an answer
that mixes two, or is labelled with another generation than its texts are of, shows it.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import pytest

from tests import processes
from tests.serving import free_port, serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is shared")

#: Seconds of the short and of the long form.
SHORT, LONG = 8, 600
#: Share by which the memory of all processes may grow after the first third. In the short form
#: most processes are still on their first questions.
GROWTH_LONG, GROWTH_SHORT = 0.05, 0.5
CLIENTS = 3

EDITION = re.compile(r"[Ee]dition number (\d+)")
QUERIES = [
    "edition", '"edition number"', "tortur*", "tortrue~", "prison OR press", "NOT press",
    "para. 2", "section:I", "person:\"Human Rights Watch\"", "date:2019", "absent words only",
    '"police detained"~5', "-torture", "2", "",
]  # fmt: skip


def write_edition(folder: Path, edition: int) -> None:
    """Edition *edition* of a corpus of three to five files; one has a name of its own."""
    for path in folder.iterdir():
        path.unlink()
    for number in range(3 + edition % 3):
        own = f"{edition}" if number == 2 else ""
        paragraphs = "\n".join(
            f"{n}. This is edition number {edition}. In {n % 12 + 1:02} 2019 Human Rights Watch"
            f" wrote on torture in prison {n}, and that police had detained the press.\n"
            for n in range(1, 8 + edition % 5)
        )
        text = f"Submission {number} on Belarus\n\nI. TORTURE\n\n{paragraphs}"
        (folder / f"file{number}{own}.txt").write_text(text, encoding="utf-8")


@dataclass(slots=True)
class Seen:
    """What all clients saw."""

    editions: dict[str, set[str]] = field(default_factory=dict)
    """By generation, the editions of the texts in answers that bear its name."""
    answers: int = 0
    faults: list[str] = field(default_factory=list)


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Status and body at *path*."""
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read()


def visit(port: int, seen: Seen, until: threading.Event, seed: int) -> None:
    """Ask one thing after the other, and look at each answer."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    ids = ["file0"]
    while not until.is_set():
        path = chance.choice(
            [
                f"/search.json?q={quote(chance.choice(QUERIES))}&size=100",
                f"/search?q={quote(chance.choice(QUERIES))}",
                f"/search.csv?q={quote(chance.choice(QUERIES))}",
                f"/submissions/{chance.choice(ids)}.json",
                f"/submissions/{chance.choice(ids)}?q=edition",
                f"/submissions/{chance.choice(ids)}/2.json",
                "/healthz",
                "/",
            ]
        )
        status, body = ask(connection, path)
        seen.answers += 1
        # A submission of an edition that is no more is gone.
        if status != 200 and not (status == 404 and path.startswith("/submissions/")):
            seen.faults.append(f"{status} at {path}: {body[:200]!r}")
            continue
        text = body.decode()
        if path.endswith("/2.json"):
            # How a paragraph read before is told there, and is of another edition.
            text = json.dumps({**json.loads(text), "changes": []})
        editions = set(EDITION.findall(text))
        if len(editions) > 1:
            seen.faults.append(f"{path} mixes the editions {editions}")
        if path.startswith("/search.json"):
            record = json.loads(body)
            seen.editions.setdefault(record["index"]["generation"], set()).update(editions)
            ids = sorted({hit["submission"] for hit in record["hits"]}) or ids
            seen.faults += contradictions(path, record)
    connection.close()


def contradictions(path: str, record: dict[str, Any]) -> Iterator[str]:
    """What in an answer cannot be together."""
    total, hits, facets = record["total"], record["hits"], record["facets"]
    if len(hits) != min(total, 100):
        yield f"{path}: {len(hits)} hits of {total}"
    for facet in facets:
        if facet["field"] in ("submission", "kind"):
            counted = sum(value["count"] for value in facet["values"])
            if counted != total:
                yield f"{path}: {counted} by {facet['field']}, {total} in all"


def measured(port: int) -> tuple[float, int]:
    """Megabytes and open files of the server at *port*, with all its processes."""
    serving = processes.family(processes.server_of(port))
    return processes.memory(serving) / 1e6, processes.descriptors(serving)


def test_reading_searching_and_indexing_at_once(tmp_path: Path, soak: bool) -> None:
    from indexer.pipeline import update
    from indexer.settings import Settings

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_edition(corpus, 0)
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    update(settings)
    port, seen, until = free_port(), Seen(), threading.Event()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    options = ("--corpus", corpus, "--data", settings.data_folder, "--port", str(port))
    seconds = LONG if soak else SHORT
    samples: list[tuple[float, int]] = []
    with serving((pilcrow, "serve", *options), port, tmp_path):
        # What starts meanwhile would pass for growth.
        processes.settled(processes.server_of(port), settings.search_processes)
        clients = [
            threading.Thread(target=visit, args=(port, seen, until, seed))
            for seed in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        started = time.monotonic()
        edition = 0
        while time.monotonic() - started < seconds:
            edition += 1
            write_edition(corpus, edition)
            update(settings, rebuild=edition % 7 == 0, purge=edition % 5 == 0)
            time.sleep(0.2)
            if time.monotonic() - started > seconds / 3:
                samples.append(measured(port))
        until.set()
        for client in clients:
            client.join()
    assert seen.faults == []
    assert [found for found in seen.editions.values() if len(found) > 1] == []
    # That much was seen is what makes this a test; the short form runs on machines that are busy.
    assert len(seen.editions) > (seconds / 6 if soak else 1)
    assert seen.answers > seconds * (10 if soak else 2)
    early, late = samples[: len(samples) // 3 or 1], samples[-(len(samples) // 3 or 1) :]
    memory = [sum(s[0] for s in part) / len(part) for part in (early, late)]
    # Not the most: while a process is replaced there is one more.
    files = [median(s[1] for s in part) for part in (early, late)]
    print(
        f"{seen.answers} answers, {edition} editions, {memory[0]:.0f} MB then {memory[1]:.0f},"
        f" {files[0]} files then {files[1]}"
    )
    assert memory[1] <= memory[0] * (1 + (GROWTH_LONG if soak else GROWTH_SHORT))
    assert files[1] <= files[0] + 5
