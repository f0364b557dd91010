"""Which search engine stands at an address? One file an engine, one protocol for all.

Useful for opening an engine on a generation's folder. Not useful for asking what a query
means: engines are given a typed tree and only find.
"""

from __future__ import annotations

from pathlib import Path

from indexer.errors import SettingsError
from indexer.query.engine import Engine

#: Engines by the name their address opens with.
ENGINES = ("whoosh",)


def open_engine(address: str, folder: Path, *, writing: bool = False) -> Engine:
    """Open the engine at *address* on *folder*, for searching or for *writing*.

    Raises SettingsError for an address no engine has, NoIndex or IndexDamaged where the
    folder holds no usable index.
    """
    if address == "whoosh":
        # Imported here: a process opens one engine and should not load the others.
        from indexer.engines.whoosh import WhooshReader, WhooshWriter

        return WhooshWriter(folder) if writing else WhooshReader(folder)
    raise SettingsError(f"There is no engine at {address!r}", f"Known are: {', '.join(ENGINES)}")
