"""How is the real command run with one of its system calls failing, or with it killed there?

By strace, which can do so to the n-th call of a kind. A run that is only recorded tells
which calls of which kind touch the data folder; the same run is then repeated, disturbed at
one of them. Only the process that indexes is traced, not those that read for it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

PILCROW = Path(sys.executable).with_name("pilcrow")

#: Seconds that one run may take: some two hundred times what it does.
RUN = 240
#: Seconds within which processes end whose parent was killed. They do at once, but for a fork
#: server that is being started: it loads its modules before it looks for who started it, for a
#: second, or for many where others have the processors.
ORPHANS = 60

#: The calls by which a file or a folder comes to be other than it was, and those that have it
#: written to the disk. Which of them a machine has depends on its processor: unknown ones are
#: passed over because of the question mark.
CHANGING = (
    *("open", "openat", "openat2", "creat", "write", "writev", "pwrite64", "pwritev"),
    *("fsync", "fdatasync", "sync_file_range", "msync", "rename", "renameat", "renameat2"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "truncate", "ftruncate", "fallocate"),
    *("link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "copy_file_range"),
    *("sendfile", "chown", "fchown", "lchown", "fchownat", "utimensat"),
)
#: The variable that marks a run.
MARK = "DURABILITY_RUN"

_TRACED = ",".join(f"?{name}" for name in CHANGING)

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")


@dataclass(frozen=True, slots=True)
class Call:
    """A system call of a run: the *ordinal*-th of its *name*, counted from 1."""

    name: str
    ordinal: int
    arguments: str

    def __str__(self) -> str:
        return f"{self.name}#{self.ordinal}({self.arguments[:90]}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    status: int
    """Exit code, or minus the signal that killed it."""
    errors: str


def index(corpus: Path, data: Path, *options: str) -> list[str | Path]:
    """The command `pilcrow index`."""
    return [PILCROW, "index", "--corpus", corpus, "--data", data, *options]


def environment(temporary: Path | None = None) -> dict[str, str]:
    """An environment in which two runs do the same in the same order, with temporary files in
    the folder *temporary*. By its mark a run's processes are found."""
    lasting = {"PYTHONHASHSEED": "0", "PILCROW_READING_PROCESSES": "1"}
    lasting["PYTHONDONTWRITEBYTECODE"] = "1"  # the first of two runs would write more
    if temporary is not None:
        lasting["TMPDIR"] = str(temporary)
    return {**os.environ, **lasting, MARK: uuid4().hex}


def run(
    command: Sequence[str | Path],
    surroundings: Mapping[str, str] | None = None,
) -> Ended:
    """Run *command* to its end, and wait until it has left no process behind: raises
    AssertionError where one stays."""
    surroundings = surroundings or environment()
    with tempfile.TemporaryFile() as errors:
        # Not a pipe: processes that are left hold the other end of it, and are looked for.
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=surroundings,
        ) as process:
            status = process.wait(RUN)
        assert_no_orphans(surroundings[MARK])
        errors.seek(0)
        return Ended(status, errors.read().decode(errors="replace"))


def assert_no_orphans(mark: str) -> None:
    """Wait until no process is left whose environment has *mark*."""
    deadline = time.monotonic() + ORPHANS
    while left := processes(mark):
        if time.monotonic() > deadline:
            told = [Path(f"/proc/{process}/cmdline").read_bytes()[:200] for process in left]
            for process in left:
                os.kill(process, signal.SIGKILL)
            raise AssertionError(f"Outliving the process that started them: {told}")
        time.sleep(0.01)


def processes(mark: str) -> list[int]:
    """The processes whose environment has *mark*."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has just ended, or is another user's
            if mark.encode() in place.read_bytes():
                found.append(int(place.parent.name))
    return found


def recorded(command: Sequence[str | Path], data: Path, temporary: Path) -> list[Call]:
    """Run *command*; gives the calls by which it changed what is in *data*, in their order."""
    log = temporary / "strace.log"
    traced: list[str | Path] = ["strace", "-y", "-s", "1", "-o", log, "-e", f"trace={_TRACED}"]
    ended = run([*traced, *command], environment(temporary))
    assert ended.status == 0, ended.errors
    ordinals: Counter[str] = Counter()
    calls = []
    for line in log.read_text(errors="replace").splitlines():
        found = _CALL.match(line)
        if not found:
            continue
        name, arguments, _ = found.groups()
        ordinals[name] += 1
        reads = name.startswith("open") and not re.search("O_WRONLY|O_RDWR|O_CREAT", arguments)
        if not reads and str(data) in arguments:
            calls.append(Call(name, ordinals[name], arguments.replace(str(data), "")))
    log.unlink()
    return calls


def disturbed(
    command: Sequence[str | Path], temporary: Path, *injections: tuple[str, str]
) -> Ended:
    """Run *command* with *injections*: the name of a call, and what strace does to it
    (``signal=SIGKILL:when=3``)."""
    options = [f"--inject={name}:{what}" for name, what in injections]
    names = ",".join(dict.fromkeys(name for name, _ in injections))
    traced: list[str | Path] = [
        "strace",
        "-o",
        temporary / "strace.log",
        "-e",
        f"trace={names}",
        *options,
    ]
    return run([*traced, *command], environment(temporary))
