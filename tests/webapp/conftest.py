"""A browser, the application on a port for it, and a server process as users start it."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from indexer.settings import Settings
from tests.needs import chromium
from tests.serving import free_port, serving

#: Nothing is fetched, updated or synchronised: a test asks the site and nobody else.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the application answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium or Chrome."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=ARGUMENTS, timeout=120_000
        )
        yield browser
        browser.close()


@dataclass(frozen=True)
class Served:
    """A server process of its own."""

    address: str
    port: int
    folder: Path
    """Working folder, home, temporary files and index; what it prints is in ``server.log``."""

    def exchange(self, sent: bytes, patience: float = 30, source: str = "127.0.0.1") -> bytes:
        """All that comes back for *sent*, from the address *source*, until the server closes
        or *patience* seconds have passed."""
        with socket.create_connection(
            ("127.0.0.1", self.port), patience, source_address=(source, 0)
        ) as connection:
            with suppress(ConnectionError):  # it need not read what it refuses
                connection.sendall(sent)
            received = []
            with suppress(ConnectionError, TimeoutError):
                while chunk := connection.recv(65536):
                    received.append(chunk)
        return b"".join(received)


@pytest.fixture(scope="session")
def served(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`pilcrow serve` as a user starts it, with everything it could write to in one folder,
    and with all that Python can be made to tell."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "tmp").mkdir()
    shutil.copytree(settings.data_folder, folder / "data")
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONDEVMODE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PILCROW_SEARCH_PROCESSES": "3",
        "PILCROW_SEARCH_SECONDS": "10",
    }
    pilcrow = Path(sys.executable).with_name("pilcrow")
    command = (pilcrow, "serve", "--data", folder / "data", "--port", str(port))
    with serving(command, port, folder, environment) as address:
        yield Served(address, port, folder)
