"""A real `pilcrow serve` on a corpus made to hurt: the first submission, hostile texts, and
texts with a large vocabulary and long paragraphs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from indexer.settings import Settings, packaged_corpus
from tests import processes
from tests.hostile.large import write
from tests.hostile.nasty import XSS
from tests.serving import free_port, serving

#: The submission with the longest paragraph.
LONG = "large-0000"


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    address: str
    port: int
    pid: int

    def workers(self) -> list[psutil.Process]:
        """The processes that answer, once all of them are there."""
        return processes.settled(psutil.Process(self.pid), Settings().search_processes)

    def memory(self) -> int:
        """Bytes that the server and all processes below it hold, once all are there."""
        self.workers()
        return processes.memory(processes.family(psutil.Process(self.pid)))

    def descriptors(self) -> int:
        """How many files and connections the server itself has open."""
        return psutil.Process(self.pid).num_fds()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that hurt."""
    folder = tmp_path_factory.mktemp("hostile") / "corpus"
    write(folder, number=11, paragraphs=60, vocabulary=20_000, longest=8_000)
    shutil.copy(
        packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt",
        folder / "submissions",
    )
    lines = ["Submission of scripts to the Universal Periodic Review of Kazakhstan", "", "I. One"]
    for number, payload in enumerate(XSS, 1):
        lines += ["", f"{number}. The court said {payload} and the State replied."]
    (folder / "submissions" / "scripts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def served(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server."""
    port, folder = free_port(), tmp_path_factory.mktemp("serving")
    command: list[str | Path] = [
        Path(sys.executable).with_name("pilcrow"), "serve",
        "--port", str(port), "--corpus", corpus, "--data", folder / "data",
    ]  # fmt: skip
    with serving(command, port, folder) as address:
        yield Served(address, port, processes.server_of(port).pid)
