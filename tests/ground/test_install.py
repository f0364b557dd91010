"""Does what is built hold all it needs, and serve from any folder it is installed for?"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Seconds within which a first start has read the packaged corpus and answers.
START = 60
#: Seconds within which a server that was told to end has ended, with all its processes.
END = 10


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist of the project."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist"]
    subprocess.run([*command, "-d", folder], cwd=ROOT, check=True, capture_output=True)
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file of *folder* that *pattern* names."""
    (path,) = folder.glob(pattern)
    return path


def test_the_wheel_holds_packages_corpus_and_what_pages_need(built: Path) -> None:
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    checkout = {
        path.relative_to(ROOT).as_posix()
        for package in ("indexer", "webapp", "corpus")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == {
        n.replace("corpus/", "indexer/corpus/", 1) if n[0] == "c" else n for n in checkout
    }


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = only(tmp_path, "pilcrow-*")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    with (
        zipfile.ZipFile(only(tmp_path, "*.whl")) as again,
        zipfile.ZipFile(only(built, "*.whl")) as first,
    ):
        assert {i.filename: i.CRC for i in again.infolist()} == {
            i.filename: i.CRC for i in first.infolist()
        }


def environment(home: Path) -> dict[str, str]:
    """Nothing but a search path, a home of its own, and how pip reaches its registry."""
    kept = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_CERT_"))}
    return {**kept, "PATH": os.defpath, "HOME": str(home)}


def with_our_packages(folder: Path, wheel: Path) -> None:
    """Install *wheel* where the dependencies are those that run this test: no network."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = only(folder, "lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--ignore-installed", wheel],
        check=True,
        capture_output=True,
    )


def from_the_registry(folder: Path, wheel: Path) -> None:
    """Install *wheel* in an empty environment, with the newest dependencies it admits."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, wheel], check=True, capture_output=True)


@pytest.fixture(
    scope="module",
    params=[
        with_our_packages,
        pytest.param(from_the_registry, marks=pytest.mark.needs("registry")),
    ],
)
def command(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The installed command."""
    folder = tmp_path_factory.mktemp("environment")
    request.param(folder, only(built, "*.whl"))
    return folder / "bin" / "pilcrow"


def test_the_command_explains_itself(command: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [command, "--help"],
        cwd=tmp_path,
        env=environment(tmp_path),
        check=True,
        capture_output=True,
        text=True,
    )
    for name in ("read", "index", "serve", "search", "cite", "check", "lint"):
        assert name in done.stdout
    assert done.stderr == ""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def answer(address: str) -> tuple[int, bytes]:
    """Status and body at *address*."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@contextmanager
def serving(command: Path, folder: Path) -> Iterator[str]:
    """``pilcrow serve`` in *folder*: its address, once it answers."""
    port = free_port()
    with subprocess.Popen(
        [command, "serve", "--port", str(port)],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(END)
            finally:
                left = alive(process.pid)
                if left:
                    os.killpg(process.pid, signal.SIGKILL)
        assert not left, "processes outlived the server"


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once *address* answers 200."""
    last = ""
    for _ in range(START * 10):
        if process.poll() is not None:
            assert process.stdout is not None
            pytest.fail(f"the server ended by itself:\n{process.stdout.read().decode()}")
        try:
            status, body = answer(address)
        except OSError as error:
            last = str(error)
        else:
            if status == 200:
                return
            last = body.decode()
        time.sleep(0.1)
    pytest.fail(f"no answer in {START} seconds: {last}")


def alive(group: int) -> bool:
    """Whether any process of *group* is left, after a moment for the last to go."""
    for _ in range(20):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_it_serves_the_packaged_corpus_from_an_empty_folder(command: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with serving(command, folder) as address:
        health = json.loads(answer(f"{address}/healthz")[1])
        assert (health["submissions"], health["paragraphs"]) == (1, 84)
        found = json.loads(answer(f"{address}/search.json?q=%22rule+of+law%22")[1])
        assert found["total"] > 0
        status, page = answer(f"{address}/search?q=torture")
        assert (status, b"<mark>" in page) == (200, True)
