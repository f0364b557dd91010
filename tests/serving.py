"""How is a real server started for a test, waited for, and ended with all its processes?"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import processes

#: Seconds within which a first start has read the packaged corpus and answers.
START = 180
#: Seconds within which a server that was told to end has ended.
END = 30


def free_port() -> int:
    """A port nobody listens on: below those that Linux gives to connections of its own accord,
    or one might have it before the server does."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port


def answer(address: str) -> tuple[int, bytes]:
    """Status and body at *address*."""
    try:
        with urllib.request.urlopen(address, timeout=START) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@contextmanager
def serving(
    command: Sequence[str | Path],
    port: int,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    path: str = "/healthz",
) -> Iterator[str]:
    """Run *command* in *folder*; gives its address once *path* answers 200.

    What the server prints is in ``server.log`` in *folder*. Raises RuntimeError where it
    does not start, does not end, or leaves a process behind.
    """
    log = folder / "server.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}{path}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            left = _end(process)
    if left:
        raise RuntimeError(f"A server left {left} behind; it printed:\n{log.read_text()}")


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = ""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended by itself; it printed:\n{log.read_text()}")
        try:
            status, body = answer(address)
        except OSError as error:
            last = str(error)
        else:
            if status == 200:
                return
            last = body.decode(errors="replace")
        time.sleep(0.05)
    raise RuntimeError(f"No answer in {START} seconds ({last}); it printed:\n{log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> str:
    """Tell *process* to end. Returns what had to be killed, or nothing."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return "itself"
    deadline = time.monotonic() + END
    while processes.of_group(process.pid):
        if time.monotonic() > deadline:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return "other processes"
        time.sleep(0.05)
    return ""
