"""Does what is built hold all it needs, and serve from any folder it is installed for?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.serving import answer, free_port, serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist of the project."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist"]
    subprocess.run([*command, "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
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
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
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
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install"]
    subprocess.run(
        [*pip, "--quiet", "--no-deps", "--no-index", "--ignore-installed", str(wheel)],
        check=True,
        capture_output=True,
    )


def from_the_registry(folder: Path, wheel: Path) -> None:
    """Install *wheel* in an empty environment, with the newest dependencies it admits."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)


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
    for name in ("read", "index", "serve", "search", "cite", "check"):
        assert name in done.stdout
    assert done.stderr == ""


def test_it_serves_the_packaged_corpus_from_an_empty_folder(command: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    port = free_port()
    serve = [str(command), "serve", "--port", str(port)]
    with serving(serve, port, folder, environment(tmp_path)) as address:
        health = json.loads(answer(f"{address}/healthz")[1])
        assert (health["submissions"], health["paragraphs"]) == (1, 84)
        found = json.loads(answer(f"{address}/search.json?q=%22rule+of+law%22")[1])
        assert found["total"] > 0
        status, page = answer(f"{address}/search?q=torture")
        assert (status, b"<mark>" in page) == (200, True)
