"""How long does a search page take, beside the same search in Datasette?

The same paragraphs in both, served by real processes on this machine, asked the same
questions in turn over HTTP: ten hits and all facets as one HTML page. Datasette has FTS5 on
the text, facets on section and on entities, and no highlights; Pilcrow has fourteen facets
and highlights. Datasette is asked twice: as it comes, and without its search for further
facets to suggest, which is the stricter comparison.

Run by ``make bench``. Nothing here passes or fails.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from sqlite_utils.db import Database, Table

from tests.serving import answer, free_port, serving

#: Rounds in which every question is asked once of every server; the first are not counted.
ROUNDS, WARM_UP = 40, 5


class Question(NamedTuple):
    """A search as both are asked it."""

    q: str
    section: str | None = None
    person: tuple[str, str] | None = None
    """(id, label)."""

    def to_pilcrow(self) -> str:
        """Address of the page at Pilcrow."""
        filters = [("section", self.section), ("person", self.person and self.person[0])]
        return "/search?" + urlencode([("q", self.q), *((k, v) for k, v in filters if v)])

    def to_datasette(self) -> str:
        """Address of the page at Datasette."""
        parameters = [("_search", self.q), ("_size", "10"), ("_facet", "section")]
        parameters.append(("_facet_array", "entities"))
        if self.section:
            parameters.append(("section", self.section))
        if self.person:
            parameters.append(("entities__arraycontains", self.person[1]))
        return "/pilcrow/paragraphs?" + urlencode([p for p in parameters if p[1]])

    def __str__(self) -> str:
        asked = [self.q or "(no words)", self.section and f"section {self.section}"]
        return " + ".join(filter(None, [*asked, self.person and self.person[1]]))


ABLYAZOV = ("mukhtar-ablyazov", "Mukhtar Ablyazov")

QUESTIONS = [
    Question("torture"),
    Question("prison"),
    Question("journalists"),
    Question("torture prison"),
    Question("freedom expression"),
    Question('"rule of law"'),
    Question('"freedom of association"'),
    Question("Yerimbetov"),
    Question("Mukhtar Ablyazov"),
    Question("detained", section="V"),
    Question("charges", person=ABLYAZOV),
    Question("", section="III"),
]


class Timed(NamedTuple):
    """What one server took for one question, in milliseconds, over all rounds."""

    times: list[float]
    size: int
    """Bytes of the page."""


def paragraphs(address: str) -> Iterator[dict[str, Any]]:
    """Every paragraph that Pilcrow serves, as a row for Datasette."""
    everything = json.loads(answer(f"{address}/search.json?size=100")[1])
    titles = {
        (hit["submission"], hit["number"]): hit["section_title"] for hit in everything["hits"]
    }
    if len(titles) != everything["total"]:
        raise SystemExit("More than one page of paragraphs: read them page by page first")
    for submission in sorted({submission for submission, _ in titles}):
        record = json.loads(answer(f"{address}/submissions/{quote(submission)}.json")[1])
        labels = {entity["id"]: entity["label"] for entity in record["entities"]}
        for paragraph in record["paragraphs"]:
            named = {mention["entity"] for mention in paragraph["mentions"]} & labels.keys()
            yield {
                "id": f"{submission}/{paragraph['number']}",
                "submission": submission,
                "number": paragraph["number"],
                "section": paragraph["section"],
                "section_title": titles[submission, paragraph["number"]],
                "kind": paragraph["kind"],
                "text": paragraph["text"],
                "entities": sorted(labels[entity] for entity in named),
            }


def build_database(path: Path, address: str) -> int:
    """Write the paragraphs as a Datasette user would. Returns how many."""
    table = Table(Database(path), "paragraphs")
    table.insert_all(paragraphs(address), pk="id")
    table.enable_fts(["text"], tokenize="porter unicode61")
    table.create_index(["section"])
    count: int = table.count
    return count


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, bytes]:
    """Milliseconds until the whole page at *path* has come, and the page."""
    start = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    taken = (time.perf_counter() - start) * 1000
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    return taken, body


def measure(servers: dict[str, str]) -> dict[str, list[Timed]]:
    """Ask every server every question, in turn, round after round."""
    connections = {
        name: http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        for name, address in servers.items()
    }
    found = {name: [Timed([], 0) for _ in QUESTIONS] for name in servers}
    for turn in range(WARM_UP + ROUNDS):
        for place, question in enumerate(QUESTIONS):
            # Whoever comes first in one round comes last in another.
            order = [*servers][turn % len(servers) :] + [*servers][: turn % len(servers)]
            for name in order:
                path = question.to_pilcrow() if name == "Pilcrow" else question.to_datasette()
                taken, body = ask(connections[name], path)
                if turn >= WARM_UP:
                    timed = found[name][place]
                    found[name][place] = Timed([*timed.times, taken], len(body))
    return found


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return statistics.quantiles(times, n=20)[-1]


def report(found: dict[str, list[Timed]]) -> None:
    """Print medians and 95th percentiles, and how many times longer the others take."""
    names = list(found)
    width = max(len(str(question)) for question in QUESTIONS)
    print(f"{'milliseconds':{width}}  " + "  ".join(f"{name:>22}" for name in names))
    print(f"{'':{width}}  " + "  ".join(f"{'median':>9} {'p95':>6} {'kB':>5}" for _ in names))
    for place, question in enumerate(QUESTIONS):
        cells = (found[name][place] for name in names)
        print(
            f"{question!s:{width}}  "
            + "  ".join(
                f"{statistics.median(c.times):9.1f} {p95(c.times):6.1f} {c.size / 1000:5.0f}"
                for c in cells
            )
        )
    every = {name: [t for timed in found[name] for t in timed.times] for name in names}
    print(
        f"{'all':{width}}  "
        + "  ".join(
            f"{statistics.median(times):9.1f} {p95(times):6.1f} {'':5}" for times in every.values()
        )
    )
    ours = statistics.median(every["Pilcrow"])
    for name in names[1:]:
        theirs = statistics.median(every[name])
        print(f"Pilcrow's median is {ours / theirs:.2f} of that of {name}")


def main() -> None:
    """Start the servers, measure, report."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)

        def start(label: str, *command: str, path: str) -> str:
            own = folder / label
            own.mkdir()
            port = free_port()
            return stack.enter_context(
                serving([*command, "--port", str(port)], port, own, path=path)
            )

        pilcrow = str(Path(sys.executable).parent / "pilcrow")
        data = str(folder / "data")
        ours = start("Pilcrow", pilcrow, "serve", "--data", data, path="/healthz")
        database = folder / "pilcrow.db"
        count = build_database(database, ours)
        theirs = [sys.executable, "-m", "datasette", str(database), "--setting", "suggest_facets"]
        servers = {
            "Pilcrow": ours,
            "Datasette": start("Datasette", *theirs, "on", path="/"),
            "Datasette, lean": start("Datasette, lean", *theirs, "off", path="/"),
        }
        print(f"{count} paragraphs, {len(QUESTIONS)} questions, {ROUNDS} rounds, in turn\n")
        report(measure(servers))


if __name__ == "__main__":
    main()
