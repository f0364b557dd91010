"""What the server in front of the application lets through to it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from indexer.generations import Generations
from indexer.pipeline import update
from indexer.settings import Settings
from tests import processes
from tests.serving import answer, free_port, serving
from tests.webapp.conftest import Served

ROOT = Path(__file__).resolve().parents[2]
ID = "kaz-2019-odf-fidu-khisr"


def test_a_query_of_any_length_is_answered(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    command = (pilcrow, "serve", "--data", settings.data_folder, "--port", str(port))
    with serving(command, port, tmp_path) as address:
        served = Served(address, port, tmp_path)
        for letters, status in ((30, 200), (5_000, 422), (200_000, 422), (500_000, 431)):
            # Of the longest it need not read all before it answers.
            sent = f"GET /search.json?q={'a' * letters} HTTP/1.1\r\nHost: localhost\r\n"
            told = served.exchange(f"{sent}Connection: close\r\n\r\n".encode())
            assert int(told.split(b" ", 2)[1]) == status
    assert "aaaa" not in (tmp_path / "server.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "127.0.0.1"])
def test_where_it_cannot_listen_it_says_so(host: str, settings: Settings) -> None:
    """A host that has no address ended in a stack trace."""
    pilcrow = Path(sys.executable).with_name("pilcrow")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = (pilcrow, "serve", "--host", host, "--port", port)
        done = subprocess.run(
            (*command, "--data", settings.data_folder), check=False, capture_output=True, text=True
        )
    told = done.stderr.splitlines()[-1]
    assert (done.returncode, done.stdout) == (1, "")
    assert told.startswith(f"pilcrow: Cannot listen on {host} port {port} (")
    assert "--host" in told and "--port" in told


def test_where_indexing_is_impossible_the_index_in_force_is_served(tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "alpha.txt").write_text("Submission on Belarus\n\n1. First words.\n2. More words.\n")
    settings = Settings(corpus=corpus, data=data, reading_processes=1)
    update(settings)
    (corpus / "beta.txt").write_text("Submission on Uganda\n\n1. Other words.\n2. Words again.\n")
    port = free_port()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    options = ("--corpus", corpus, "--data", data, "--port", str(port))
    with Generations(data).building():
        with serving((pilcrow, "serve", *options), port, tmp_path) as address:
            assert answer(f"{address}/submissions/alpha.json")[0] == 200
            assert answer(f"{address}/submissions/beta.json")[0] == 404
        told = (tmp_path / "server.log").read_text(encoding="utf-8")
        assert "Another process is indexing" in told
        assert "The index as it was before is served" in told
    # What another process brings while pages are served is served from then on.
    with serving((pilcrow, "serve", *options), port, tmp_path) as address:
        assert answer(f"{address}/submissions/beta.json")[0] == 200
        (corpus / "beta.txt").unlink()
        assert update(settings).removed == ("beta",)
        assert answer(f"{address}/submissions/beta.json")[0] == 404


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux shows them")
def test_until_the_restart_the_old_version_is_served_whatever_becomes_of_its_files(
    tmp_path: Path,
) -> None:
    """Each process that was replaced after an update found that its index was another version's,
    and pages led to style sheets that the server did not have."""
    code = ("indexer", "webapp")
    for name in (*code, "corpus"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    port = free_port()
    command = (sys.executable, "-m", "webapp", "serve", "--data", "data", "--port", str(port))
    with serving(command, port, tmp_path) as address:
        server = psutil.Process(processes.server_of(port).pid)
        old = processes.settled(server, Settings().search_processes)
        for name in code:
            shutil.rmtree(tmp_path / name)
        for process in old:
            process.kill()
        deadline = time.monotonic() + processes.SETTLED
        while set(processes.workers(server)) & set(old) or not processes.workers(server):
            assert time.monotonic() < deadline
            answer(f"{address}/search?q=torture")
        for path in (
            "/", "/help", "/about", "/entities/person", "/submissions", f"/submissions/{ID}",
            f"/submissions/{ID}/48", "/search.csv?q=torture", "/search.atom?q=torture",
            "/search?q=torture+Yerimbetof", "/openapi.json", "/opensearch.xml", "/robots.txt",
        ):  # fmt: skip
            assert answer(f"{address}{path}")[0] == 200, path
        status, page = answer(f"{address}/nowhere")
        assert status == 404 and b"There is nothing at this address" in page
        files = re.findall(r'"(/static/[^"]+)"', page.decode())
        assert len(files) >= 5
        for path in files:
            assert answer(f"{address}{path}")[0] == 200, path
