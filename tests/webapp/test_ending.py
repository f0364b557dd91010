"""A server told to end, at any moment of its start, ends quietly and leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from indexer.settings import Settings
from tests.processes import of_group
from tests.serving import answer, free_port

ROOT = Path(__file__).resolve().parents[2]
#: Seconds within which everything has ended.
END = 60
#: What a server says when nothing is the matter, and what any command does when Ctrl-C comes
#: before it has begun.
USUAL = ("Up to date", "Pilcrow is at", "Aborted!")


@pytest.fixture(scope="module")
def data(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of its own: one that others look at may be made anew meanwhile."""
    folder = tmp_path_factory.mktemp("ending") / "data"
    shutil.copytree(settings.data_folder, folder)
    return folder


@contextmanager
def started(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = (sys.executable, "-m", "webapp", "serve", "--data", data, "--port", str(port))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Status, and the unusual lines among what was printed. Nothing may be left."""
    printed, _ = process.communicate(timeout=END)
    deadline = time.monotonic() + END
    while of_group(process.pid):
        assert time.monotonic() < deadline, "a process is left behind"
        time.sleep(0.02)
    odd = [line for line in printed.splitlines() if line and not line.startswith(USUAL)]
    # Python tells of Ctrl-C itself until the first line of ours is run.
    own = any(name in printed for name in ("/webapp/", "/indexer/", "site-packages"))
    return process.returncode, odd if own or "KeyboardInterrupt" not in printed else []


def test_told_to_end_at_any_moment_of_its_start_it_does_so_quietly(data: Path, soak: bool) -> None:
    moments = [step * 0.05 for step in range(60)] if soak else [0.1, 0.4, 0.7, 1.1, 1.6]
    for moment in moments:
        # Of a service only the server is told, at a terminal every process is.
        for told, tell in ((signal.SIGTERM, os.kill), (signal.SIGINT, os.killpg)):
            with started(data, free_port()) as process:
                time.sleep(moment)
                tell(process.pid, told)
                status, odd = ended(process)
            assert not odd, (moment, told, odd)
            # Before it can tell what it is told, the system ends it.
            assert status in (0, -told, 1 if told == signal.SIGINT else 0), (moment, told, status)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_twice_it_ends_whole(data: Path, told: signal.Signals) -> None:
    port = free_port()
    with started(data, port) as process:
        deadline = time.monotonic() + END
        while not answers(port):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        for _ in range(5):
            process.send_signal(told)
            time.sleep(0.005)
        assert ended(process) == (0, [])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's limits")
def test_no_process_leaves_a_dump_of_its_memory(data: Path) -> None:
    port = free_port()
    with started(data, port) as process:
        deadline = time.monotonic() + END
        while not answers(port):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        limits = [Path(f"/proc/{p.pid}/limits").read_text() for p in of_group(process.pid)]
        process.terminate()
        assert ended(process) == (0, [])
    assert len(limits) >= 3  # the server, the one that forks, those that answer
    for told in limits:
        line = next(line for line in told.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"]


def answers(port: int) -> bool:
    try:
        return answer(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except OSError:
        return False
