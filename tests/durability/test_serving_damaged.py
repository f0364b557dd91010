"""A running server whose index is damaged serves the one before it and says so, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.durability.commands import MARK, PILCROW, environment, index, processes, run
from tests.durability.damage import Damage, flip, give_away, open_to_all
from tests.durability.indexes import ALPHA, BETA, build, write
from tests.serving import answer, free_port, serving

#: Pages of every kind, and their twins.
PAGES = (
    *("/", "/search?q=words", "/search.json?q=words", "/submissions", "/submissions/alpha"),
    *("/submissions/alpha/1.json", "/submissions/alpha.json", "/entities/place", "/search.csv?q=a"),
)


@contextmanager
def served(corpus: Path, data: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """A server on *data*: its address, and the mark of its processes."""
    port = free_port()
    surroundings = environment() | {"PILCROW_SEARCH_PROCESSES": "2"}
    command = (PILCROW, "serve", "--corpus", corpus, "--data", data, "--port", str(port))
    with serving(command, port, folder, surroundings) as address:
        yield address, surroundings[MARK]


def health(address: str) -> dict[str, object]:
    """What /healthz says, by whatever status."""
    record: dict[str, object] = json.loads(answer(f"{address}/healthz")[1])
    return record


def statuses(address: str, *paths: str) -> list[int]:
    """The status of the answer at each of *paths*."""
    return [answer(f"{address}{path}")[0] for path in paths]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of two documents and its index; the one before has the first only."""
    folder = tmp_path_factory.mktemp("built")
    build(folder / "corpus", folder / "data", {"alpha": ALPHA}, {"alpha": ALPHA, "beta": BETA})
    return folder / "corpus", folder / "data"


@pytest.fixture
def corpus(built: tuple[Path, Path]) -> Path:
    """The corpus as it was indexed."""
    write(built[0], alpha=ALPHA, beta=BETA)
    return built[0]


@pytest.fixture
def data(built: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the index."""
    shutil.copytree(built[1], tmp_path / "data")
    return tmp_path / "data"


def generations(data: Path) -> list[Path]:
    """The generation in force and the one before it."""
    lines = (data / "current").read_text().splitlines()[:-1]
    return [data / "generations" / line.split()[0] for line in lines]


def test_damage_while_it_serves(corpus: Path, data: Path, tmp_path: Path, soak: bool) -> None:
    newest, before = generations(data)
    files = sorted(path for path in newest.rglob("*") if path.is_file() and path.stat().st_size)
    with served(corpus, data, tmp_path) as (address, _):
        assert health(address)["status"] == "ok"
        assert statuses(address, "/submissions/beta", "/submissions/alpha") == [200, 200]
        for path in files if soak else [files[0], newest / "library.sqlite"]:
            flip(path, path.stat().st_size // 2, 0x10)
            told = health(address)
            assert (told["status"], told["generation"]) == ("damaged", before.name)
            assert path.relative_to(data).as_posix() in str(told["damage"]) and "--rebuild" in str(
                told["damage"]
            )
            page = answer(f"{address}/search?q=words")[1].decode()
            assert "The newest index cannot be used as it is. What you see was made on" in page
            # What only the damaged one has is not there; all else is as it was.
            assert statuses(address, "/submissions/beta", "/submissions/alpha") == [404, 200]
            flip(path, path.stat().st_size // 2, 0x10)
            assert health(address)["status"] == "ok"
            assert statuses(address, "/submissions/beta", "/search.json?q=press") == [200, 200]
        for folder in (newest, before):
            flip(folder / "library.sqlite", 100, 0xFF)
        for page in (*PAGES, "/healthz"):
            status, body = answer(f"{address}{page}")
            assert status == 503, page
            assert b"pilcrow index --rebuild" in body, page
        assert run(index(corpus, data)).status == 0
        assert health(address)["status"] == "ok"
        assert health(address)["generation"] not in (newest.name, before.name)
        assert set(statuses(address, *PAGES, "/submissions/beta")) == {200}


@pytest.mark.parametrize("damage", [open_to_all, give_away][: 1 + (os.geteuid() == 0)])
def test_what_becomes_a_strangers_is_served_no_more(
    corpus: Path, data: Path, tmp_path: Path, damage: Damage
) -> None:
    newest, _ = generations(data)
    with served(corpus, data, tmp_path) as (address, _):
        damage(newest / "library.sqlite")
        assert health(address)["status"] == "damaged"
        assert statuses(address, "/submissions/beta", "/submissions/alpha") == [404, 200]
        assert run(index(corpus, data, "--rebuild")).status == 0
        assert health(address)["status"] == "ok"
        assert statuses(address, "/submissions/beta") == [200]


def test_after_a_purge_no_removed_file_is_held_open(
    corpus: Path, data: Path, tmp_path: Path
) -> None:
    with served(corpus, data, tmp_path) as (address, mark):
        assert statuses(address, "/submissions/beta", "/search.json?q=press") == [200, 200]
        assert opened(mark, data)
        (corpus / "beta.txt").unlink()
        assert run(index(corpus, data, "--purge")).status == 0
        assert statuses(address, "/submissions/beta", "/search.json?q=words") == [404, 200]
        deadline = time.monotonic() + 30
        while removed := [path for path in opened(mark, data) if path.endswith("(deleted)")]:
            assert time.monotonic() < deadline, removed
            time.sleep(0.05)


def opened(mark: str, data: Path) -> list[str]:
    """The files in *data* that the processes with *mark* hold open."""
    held = []
    for process in processes(mark):
        with suppress(OSError):  # it has just ended
            for place in Path(f"/proc/{process}/fd").iterdir():
                with suppress(OSError):  # or has just closed it
                    held.append(os.readlink(place))
            # What is mapped into memory is held as well.
            maps = Path(f"/proc/{process}/maps").read_text(errors="replace").splitlines()
            held += [line.split(maxsplit=5)[5] for line in maps if str(data) in line]
    return [path for path in held if path.startswith(str(data))]
