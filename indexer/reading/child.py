"""What does a process that reads do? One file after the other, until it is told no more.

It is confined before it opens the first. What goes wrong with a file is an answer; what
ends the process is told by :mod:`indexer.reading.processes`, which waits for it.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
import traceback
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType

from indexer.documents import documents
from indexer.entities import index
from indexer.errors import PilcrowError, SourceError, one_line
from indexer.reading import Reader, network, shown
from indexer.reading.answers import Answer, Failed, Read, Ready, packed, receive, send
from indexer.reading.limits import Limits, allow_processor, confine, is_large

#: Bytes of the longest path that Linux takes; macOS takes a fourth.
LONGEST_PATH = 4096
#: Seconds that a process has to leave in order once it is told to, before it is killed.
LEAVING_SECONDS = 1.0


def serve(line: socket.socket, corpus: Path, limits: Limits, here: Path, folder: str) -> None:
    """Confine this process, then answer every path that comes with what is in the file.

    Paths count from *here*. Whatever is written meanwhile goes into *folder*, which the
    parent removes.
    """
    os.chdir(here)
    _silence()
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    # A session of its own: the terminal's signals go to the parent, which ends this one.
    os.setsid()
    signal.signal(signal.SIGTERM, _leave)
    network.cut()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    confine(limits)
    reader = Reader(corpus)
    try:
        index(reader.authority)  # made before the first file's time is counted
    except PilcrowError as error:
        send(line, *packed(Answer(_failed(error), last=True)))
        return
    # What is loaded stays: it is not looked through for garbage, and what one file needs
    # is looked through seldom. A fifth of the time that reading takes.
    gc.freeze()
    gc.set_threshold(50_000)
    send(line, *packed(Answer(Ready(network.is_cut()))))
    # The parent closes its end when there is no more.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while asked := receive(line, (LONGEST_PATH, 0)):
            path = Path(os.fsdecode(asked[0]))
            allow_processor(limits.seconds)
            (said, content), last = _answer(reader, path, shown(path, corpus), limits)
            send(line, said, content)
            if last:
                return


def _answer(
    reader: Reader, path: Path, name: str, limits: Limits
) -> tuple[tuple[bytes, bytes], bool]:
    """The packed answer for the file at *path*, called *name*, and whether it is the last one."""
    try:
        submission, content = reader.read_with_content(path)
        listed = tuple(documents(submission))
        last = is_large(limits)
        message = packed(Answer(Read(submission, content, listed), last))
        if len(message[0]) > limits.output_bytes:
            raise SourceError(
                f"{name}: more than {limits.output_megabytes:,} MB come of it",
                "Split it",
                "too-large",
            )
        return message, last
    except SourceError as error:
        return packed(Answer(_failed(error), is_large(limits))), is_large(limits)
    except MemoryError:
        failed = Failed(
            f"{name}: needs more than {limits.megabytes:,} MB of memory to be read",
            "Split it, or allow more with the setting reading_megabytes",
            "too-large",
        )
        return packed(Answer(failed, last=True)), True
    except RecursionError:
        failed = Failed(f"{name}: nested too deep", "Simplify it", "too-deep")
        return packed(Answer(failed)), False
    except Exception as error:
        return packed(Answer(_defect(name, error))), False


def _defect(shown: str, error: Exception) -> Failed:
    """A defect of ours, told so that it can be found."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = one_line(f"{type(error).__name__}: {error}"[:200])
    return Failed(
        f"{shown}: reading it failed ({what}, in {Path(place.filename).name}:{place.lineno})",
        "Report this as a defect of Pilcrow, with the file",
        "defect",
    )


def _leave(number: int, frame: FrameType | None) -> None:
    """Told to end: readers end the programs that they have started, and remove their files."""
    raise SystemExit(128 + number)


def _end_with_parent() -> None:
    """However the parent ends, nothing that was started for it goes on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LEAVING_SECONDS)
        os.killpg(0, signal.SIGKILL)


def _failed(error: PilcrowError) -> Failed:
    return Failed(error.message, error.cure, error.code)


def _silence() -> None:
    """What libraries print about a file is not for the user's terminal."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    os.close(nothing)
