"""How is the command `pilcrow` begun? With every stream, writing what no other may write, and so
that Ctrl-C just ends it while it is being loaded."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Load the commands, and run the one that is asked for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _open_streams()
    os.umask(os.umask(0o022) | 0o022)
    from webapp.cli import main as commands

    signal.signal(signal.SIGINT, signal.default_int_handler)
    commands()


def _open_streams() -> None:
    """Open those that were closed by whoever started this, in the order of their numbers: each
    new file takes the lowest that is free, and what is printed would be written into it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)  # the processes that are started need it as well
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
