"""The processes themselves: what they may take, how they end, and that nothing outlives them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from indexer.documents import documents
from indexer.errors import AuthorityError, SettingsError, SourceError
from indexer.reading import Reader
from indexer.reading.limits import Limits, confine
from indexer.reading.network import cut, is_cut
from indexer.reading.processes import AHEAD, Read, ReadingProcesses
from indexer.settings import packaged_corpus
from tests.processes import family, has_ended
from tests.reading.hostile import HONEST

PILCROW = Path(sys.executable).with_name("pilcrow")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short document, and one that takes many seconds."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "short.txt").write_text(HONEST)
    sentence = "The Ministry of Justice of Ruritania told Ms. Anna Example on 3 May 2019 (S/1). "
    slow = "\n\n".join(f"{number}. {sentence * 40}" for number in range(1, 10_000))
    (corpus / "slow.txt").write_text(slow)
    return corpus


@pytest.fixture
def short(corpus: Path) -> Path:
    """The short document."""
    return corpus / "short.txt"


@pytest.fixture
def slow(corpus: Path) -> Path:
    """The one that takes long."""
    return corpus / "slow.txt"


def test_what_comes_is_what_a_reader_makes_in_order() -> None:
    corpus = packaged_corpus()
    sources = Reader(corpus).sources()
    with ReadingProcesses(corpus, 2) as processes:
        results = list(processes.read(sources * 3))
    assert [path for path, _ in results] == sources * 3
    for path, result in results:
        assert isinstance(result, Read)
        submission = Reader(corpus).read(path)
        assert result.submission == submission
        assert result.documents == tuple(documents(submission))
        assert result.content == path.read_bytes()


def test_a_file_that_takes_too_long_is_ended(corpus: Path, short: Path, slow: Path) -> None:
    started = time.monotonic()
    with ReadingProcesses(corpus, 1, Limits(seconds=2)) as processes:
        first, late, last = (result for _, result in processes.read([short, slow, short]))
    assert isinstance(first, Read) and isinstance(last, Read)
    assert isinstance(late, SourceError)
    assert str(late).startswith("slow.txt: takes more than 2 seconds to read")
    assert time.monotonic() - started < 30


def test_a_slow_file_does_not_keep_the_others_waiting(
    corpus: Path, short: Path, slow: Path
) -> None:
    """While the first is read by one process, the other reads ahead, though not without end."""
    asked = 0

    def paths() -> Iterator[Path]:
        nonlocal asked
        for path in [slow] + [short] * 20:
            asked += 1
            yield path

    with ReadingProcesses(corpus, 2, Limits(seconds=5)) as processes:
        results = processes.read(paths())
        next(results)
        assert asked == 2 * AHEAD
        assert all(isinstance(result, Read) for _, result in results)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS holds no limit on memory")
def test_a_file_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    names = ("small.txt", "large.txt", "small.txt")
    (tmp_path / "small.txt").write_text(HONEST)
    (tmp_path / "large.txt").write_text("\n\n".join(f"{n}. {'ab ' * 350}" for n in range(35_000)))
    limits = Limits(seconds=60, megabytes=100)
    with ReadingProcesses(tmp_path, 1, limits) as processes:
        first, large, last = (r for _, r in processes.read(tmp_path / name for name in names))
    assert isinstance(first, Read) and isinstance(last, Read)
    assert isinstance(large, SourceError) and large.code == "too-large"
    assert str(large).startswith("large.txt: needs more than 100 MB of memory to be read")


def test_what_comes_of_a_file_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("\n\n".join(f"{n}. {'ab ' * 300}" for n in range(1, 1200)))
    (tmp_path / "small.txt").write_text(HONEST)
    with ReadingProcesses(tmp_path, 1, Limits(output_megabytes=1)) as processes:
        large, small = (result for _, result in processes.read(Reader(tmp_path).sources()))
    assert str(large) == "large.txt: more than 1 MB come of it. Split it"
    assert isinstance(small, Read)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_process_that_crashes_costs_one_file(
    corpus: Path, short: Path, slow: Path, number: signal.Signals
) -> None:
    with ReadingProcesses(corpus, 1) as processes:
        results = processes.read([short, slow, short])
        next(results)
        (process,) = multiprocessing.active_children()
        assert process.pid is not None
        os.kill(process.pid, number)
        _, crashed = next(results)
        _, last = next(results)
    assert str(crashed).startswith(f"slow.txt: the process that read it broke off ({number.name})")
    assert isinstance(last, Read)


def test_a_process_that_ended_while_it_had_nothing_to_do_costs_none(
    corpus: Path, short: Path
) -> None:
    with ReadingProcesses(corpus, 1) as processes:
        for _ in range(2):
            ((_, result),) = processes.read([short])
            assert isinstance(result, Read)
            (process,) = multiprocessing.active_children()
            process.kill()
            process.join()


def test_reading_that_is_left_is_ended_and_can_begin_anew(
    corpus: Path, short: Path, slow: Path
) -> None:
    with ReadingProcesses(corpus, 1) as processes:
        left = processes.read([short, slow])
        next(left)
        left.close()  # type: ignore[attr-defined]  # a generator
        ((path, result),) = processes.read([short])
        assert path == short and isinstance(result, Read)
    assert multiprocessing.active_children() == []


def test_what_concerns_every_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(HONEST)
    with (
        ReadingProcesses(tmp_path, 1, Limits(megabytes=1)) as processes,
        pytest.raises(SettingsError, match="could start within 1 MB"),
    ):
        list(processes.read([tmp_path / "short.txt"]))
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "broken.csv").write_text("no\n")
    with (
        ReadingProcesses(tmp_path, 1) as processes,
        pytest.raises(AuthorityError, match=r"broken\.csv"),
    ):
        list(processes.read([tmp_path / "short.txt"]))


def test_names_count_from_where_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here.txt").write_text(HONEST)
    monkeypatch.chdir(tmp_path)
    with ReadingProcesses(Path("nowhere"), 1) as processes:
        here, gone = (r for _, r in processes.read([Path("here.txt"), Path("gone.txt")]))
    assert isinstance(here, Read)
    assert str(gone).startswith("gone.txt: cannot be read")


def confined(folder: Path, answers: multiprocessing.connection.Connection) -> None:
    """What a confined process may do: run in one."""
    confine(Limits(file_megabytes=1, open_files=64))
    cut()
    said: list[str] = []
    try:
        (folder / "large").write_bytes(b"\0" * 2_000_000)
    except OSError as error:
        said.append(str(error.strerror))
    try:
        kept = [open(os.devnull) for _ in range(100)]  # noqa: SIM115 - to have many
        said.append(f"{len(kept)} files")
    except OSError as error:
        said.append(str(error.strerror))
    said.append("cut" if is_cut() else "not cut")
    one, other = socket.socketpair(socket.AF_UNIX)
    one.send(b"to itself")
    said.append(other.recv(9).decode())
    answers.send(said)


def test_a_confined_process_cannot_write_much_open_much_or_reach_the_network(
    tmp_path: Path, corpus: Path, short: Path
) -> None:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=confined, args=(tmp_path, theirs))
    process.start()
    said = ours.recv()
    process.join()
    assert said[:2] == ["File too large", "Too many open files"]
    assert said[3] == "to itself"
    with ReadingProcesses(corpus, 1) as processes:
        assert not processes.network_is_cut
        list(processes.read([short]))
        assert processes.network_is_cut == (said[2] == "cut")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses a process the network")
def test_linux_refuses_the_network(corpus: Path, short: Path) -> None:
    with ReadingProcesses(corpus, 1) as processes:
        list(processes.read([short]))
    assert processes.network_is_cut


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_command(slow: Path, tmp_path: Path, number: signal.Signals) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = subprocess.Popen(
        [PILCROW, "read", slow],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    until = time.monotonic() + 60
    # The fork server, the tracker of resources, and the process that reads.
    while len(started := family(psutil.Process(command.pid))[1:]) < 3:
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.5)
    command.send_signal(number)
    _, said = command.communicate(timeout=60)
    assert len(started) == 3
    assert all(map(has_ended, started))
    assert "Traceback" not in said
    if number != signal.SIGKILL:
        assert list(temporary.iterdir()) == []
        assert command.returncode not in (0, 3)


#: Reads a file, and prints which signals are blocked in what the process was forked from.
BLOCKED = """
import sys
from pathlib import Path
from psutil import Process
from indexer.reading.processes import ReadingProcesses
path = Path(sys.argv[1])
with ReadingProcesses(path.parent, 1) as processes:
    list(processes.read([path]))
    (server,) = (c for c in Process().children() if "forkserver" in " ".join(c.cmdline()))
    status = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    print(*(int(line.split()[1], 16) for line in status if line.startswith("SigBlk")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="blocked signals are seen as Linux shows them")
def test_what_forks_the_processes_hears_no_interrupt_while_it_starts(short: Path) -> None:
    """Ctrl-C goes to every process of a terminal, and this one told of it in a stack trace."""
    command = (sys.executable, "-c", BLOCKED, str(short))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) & 1 << signal.SIGINT - 1


def test_the_command_tells_of_a_bad_file_in_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a pipe.txt")
    done = subprocess.run(
        [PILCROW, "read", "a pipe.txt"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "pilcrow: a pipe.txt: is no file but a pipe. Put a file in its place\n"


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """An office program that starts another and never comes back."""
    programs = tmp_path / "programs"
    programs.mkdir()
    office = programs / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 1000 &\necho $$ $! > '{tmp_path}/started'\nwait\n")
    office.chmod(0o755)
    (tmp_path / "hanging.rtf").write_text("{\\rtf1 1. A paragraph.\\par}")
    done = subprocess.run(
        [PILCROW, "read", "hanging.rtf"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PILCROW_READING_SECONDS": "4",
        },
    )
    assert done.stderr.startswith("pilcrow: hanging.rtf: takes more than 4 seconds to read")
    assert done.returncode == 1
    started = [int(pid) for pid in (tmp_path / "started").read_text().split()]
    assert len(started) == 2
    assert all(map(has_ended, started))
