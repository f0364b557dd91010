"""How does a server end? Quietly and whole, at whatever moment it is told to.

Ctrl-C and SIGTERM are the same to it: what is under way is left as Python leaves it when it
exits, every process of its own with it. Nothing of what was asked stays behind, not even in
the dump of a process that crashed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import resource_tracker
from types import FrameType
from typing import NoReturn

#: Both ways of being told; each of them ends with 0, since nothing has failed.
_TOLD = (signal.SIGINT, signal.SIGTERM)

#: Seconds until an ending that Python dropped is tried again.
_AGAIN_SECONDS = 0.05


def leave_no_dump() -> None:
    """Have neither this process nor those it starts write its memory, which holds queries,
    to a file when it crashes."""
    with suppress(ImportError, ValueError, OSError):  # not every platform has this limit
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_when_told() -> None:
    """From here on, end with status 0 when told; to be called by the main thread, early."""
    sys.unraisablehook = _unraisable
    for told in _TOLD:
        signal.signal(told, _end)
    if not hasattr(signal, "pthread_sigmask"):
        return
    # Ctrl-C is sent to every process of the terminal, and those that this one starts would
    # each tell of it while they start. They inherit what is blocked here: for them Ctrl-C
    # never comes, and they end with this one. What starts first would lift the block.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=_pass_on, daemon=True).start()


def _pass_on() -> None:
    """Wait for Ctrl-C, and have the main thread end."""
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    for told in _TOLD:
        signal.signal(told, signal.SIG_IGN)  # told twice, it must still end whole
    sys.exit(0)


def _unraisable(dropped: sys.UnraisableHookArgs, /) -> None:
    """Where Python can raise nothing (in finalizers), the ending is tried again."""
    if dropped.exc_type is not SystemExit:
        sys.__unraisablehook__(dropped)
        return
    signal.signal(signal.SIGTERM, _end)
    again = threading.Timer(_AGAIN_SECONDS, os.kill, (os.getpid(), signal.SIGTERM))
    again.daemon = True
    again.start()
