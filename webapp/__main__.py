"""How is the command `pilcrow` begun? So that Ctrl-C just ends it while it is being loaded."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the commands, and run the one that is asked for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from webapp.cli import main as commands

    signal.signal(signal.SIGINT, signal.default_int_handler)
    commands()


if __name__ == "__main__":
    main()
