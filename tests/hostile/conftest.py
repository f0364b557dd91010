"""A real `pilcrow serve` on a corpus made to hurt: the first submission, hostile texts, and
texts with a large vocabulary and long paragraphs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.settings import packaged_corpus
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

    def processes(self) -> list[int]:
        """Ids of the server and all processes below it."""
        below: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    stat = (entry / "stat").read_text()
                except OSError:  # it ended
                    continue
                below.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(
                    int(entry.name)
                )
        found = [self.pid]
        for pid in found:
            found += below.get(pid, [])
        return found

    def memory(self) -> int:
        """Bytes that these processes hold for themselves or share among each other."""
        return sum(_proportional(pid) for pid in self.processes())

    def descriptors(self) -> int:
        """How many files and connections the server itself has open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def _proportional(pid: int) -> int:
    # What several share is counted once: a process that is replaced would seem to grow.
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def _server(port: int) -> int:
    """Id of the process of ours that was started with *port*."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                arguments = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"serve" in arguments and str(port).encode() in arguments:
                return int(entry.name)
    raise RuntimeError("The server is not there")


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
        yield Served(address, port, _server(port))
