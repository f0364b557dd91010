"""What is not what was written, or may be a stranger's, is noticed before it is opened."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.generations import Generations
from tests.durability.conftest import Stage
from tests.durability.damage import (
    TO_BYTES,
    TO_FOLDER,
    TO_STATUS,
    Damage,
    flip,
    give_away,
    open_to_all,
    undone,
)
from tests.durability.indexes import Contents, assert_clean, contents_in_force
from webapp.cli import main

#: Bytes of each file at which the short form flips and cuts, besides the first and last ones.
SPREAD = 20


@pytest.fixture(scope="module")
def data(stages: dict[str, Stage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a generation and the one before it."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    assert stages["update"].data is not None
    shutil.copytree(stages["update"].data, data)
    return data


@pytest.fixture(scope="module")
def names(data: Path) -> tuple[str, str]:
    """The generation in force, and the one before it."""
    first, second, _ = (line.split()[0] for line in (data / "current").read_text().splitlines())
    return first, second


@pytest.fixture(scope="module")
def files(data: Path, names: tuple[str, str]) -> list[Path]:
    """Every file on which an answer may rest."""
    folder = data / "generations" / names[0]
    found = [data / "current", *sorted(path for path in folder.rglob("*") if path.is_file())]
    assert {path.name for path in found} >= {"manifest.json", "library.sqlite", "columns.npz"}
    return found


def told(data: Path, place: Path) -> IndexDamaged:
    """The error about *data*, if it names *place* and the cure."""
    with pytest.raises(IndexDamaged) as caught:
        Generations(data).current()
    assert str(place) in caught.value.message, caught.value.message
    assert "`pilcrow index --rebuild`" in caught.value.cure
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


def places(size: int, soak: bool) -> list[int]:
    """Where in a file of *size* bytes it is damaged."""
    if soak:
        return list(range(size))
    ends = {0, 1, size - 2, size - 1}
    return sorted(p for p in {*ends, *range(0, size, size // SPREAD + 1)} if 0 <= p < size)


def test_every_byte_counts(data: Path, files: list[Path], soak: bool) -> None:
    assert Generations(data).current().name
    for path in files:
        for place in places(path.stat().st_size, soak):
            for mask in (1 << place % 8, 0xFF):
                flip(path, place, mask)
                told(data, path)
                flip(path, place, mask)
    assert Generations(data).current().name


def test_cut_anywhere(data: Path, files: list[Path], soak: bool) -> None:
    for path in files:
        whole = path.read_bytes()
        for size in places(len(whole), soak):
            os.truncate(path, size)
            told(data, path)
            path.write_bytes(whole)
    assert Generations(data).current().name


@pytest.mark.parametrize("damage", [*TO_BYTES, *TO_STATUS], ids=lambda damage: damage.__name__)
def test_a_file_that_is_not_itself(data: Path, files: list[Path], damage: Damage) -> None:
    for path in files:
        with undone(data):
            damage(path)
            if path.name == "current" and not path.exists():
                continue  # then there is no index, and that is said
            told(data, path)
    assert Generations(data).current().name


@pytest.mark.parametrize("damage", TO_FOLDER, ids=lambda damage: damage.__name__)
def test_a_folder_that_a_stranger_could_change(
    data: Path, names: tuple[str, str], damage: Damage, opened: list[str]
) -> None:
    generation = data / "generations" / names[0]
    for folder in (data / "generations", generation, generation / "engine"):
        with undone(data):
            damage(folder)
            opened.clear()
            told(data, folder)
            assert not [path for path in opened if names[0] in path]


@pytest.mark.parametrize("damage", [open_to_all, give_away][: 1 + (os.geteuid() == 0)])
def test_a_data_folder_that_a_stranger_could_change(data: Path, damage: Damage) -> None:
    status = data.stat()
    damage(data)
    told(data, data)
    os.chown(data, status.st_uid, status.st_gid)
    data.chmod(status.st_mode)
    assert Generations(data).current().name


def test_a_file_too_many(data: Path, names: tuple[str, str]) -> None:
    generation = data / "generations" / names[0]
    for folder in (generation, generation / "engine"):
        for name in (".hidden", "_MAIN_9.toc", "library.sqlite-wal", "library.sqlite-journal"):
            (folder / name).write_bytes(b"")
            told(data, folder / name)
            (folder / name).unlink()
    assert Generations(data).current().name


@pytest.mark.parametrize("damage", TO_STATUS, ids=lambda damage: damage.__name__)
def test_nothing_of_a_stranger_is_opened(
    data: Path, names: tuple[str, str], files: list[Path], damage: Damage, opened: list[str]
) -> None:
    for path in files[1:]:
        with undone(data):
            damage(path)
            opened.clear()
            told(data, path)
            assert not [path for path in opened if names[0] in path]


def test_the_one_before_is_given_with_what_is_wrong(
    data: Path, files: list[Path], names: tuple[str, str]
) -> None:
    for path in files:
        for place in places(path.stat().st_size, soak=False):
            flip(path, place, 0xFF)
            left, damage = Generations(data).usable()
            flip(path, place, 0xFF)
            assert isinstance(damage, IndexDamaged)
            assert left.name in (names if path.name == "current" else names[1:])


def test_a_change_is_noticed_by_who_has_looked_before(data: Path, files: list[Path]) -> None:
    generations = Generations(data)
    for path in filter(lambda path: path.name != "current" and path.stat().st_size, files):
        # A file system's clock stands still for some milliseconds, within which two changes look
        # like one.
        while (data / "current").stat().st_ctime_ns <= path.stat().st_ctime_ns:
            (data / "current").touch()
        generations.current()
        stamp, status = generations.stamp(), path.stat()
        flip(path, status.st_size // 2, 0x01)
        # Whoever hides when that was cannot hide when it was hidden.
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert generations.stamp() != stamp
        with pytest.raises(IndexDamaged, match=path.name):
            generations.current()
        flip(path, status.st_size // 2, 0x01)


class _Hostile:
    """Runs a stranger's code where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return os.mkdir, (str(self._mark),)


COMMANDS = {
    "search": ["search", "words"],
    "cite": ["cite", "para 1"],
    "check": ["check"],
    "suggest": ["entities", "suggest"],
}


@pytest.mark.parametrize("name", ["index", *COMMANDS])
def test_no_command_runs_a_strangers_code(
    stages: dict[str, Stage], tmp_path: Path, name: str
) -> None:
    corpus, data = stages["update"].prepare(tmp_path)
    mark = tmp_path / "was here"
    hostile = pickle.dumps(_Hostile(mark))
    pickle.loads(hostile)
    assert mark.is_dir()
    mark.rmdir()
    engines = list((data / "generations").glob("*/engine/*"))
    assert len(engines) >= 8
    for path in engines:
        path.write_bytes(hostile)
    command = COMMANDS.get(name, ["index"])
    done = CliRunner().invoke(main, [*command, "--corpus", str(corpus), "--data", str(data)])
    assert not mark.exists()
    assert "Traceback" not in done.output
    if name == "index":
        assert done.exit_code == 0, done.output
        assert "Everything was read again" in done.output
        assert but_history(contents_in_force(data)) == but_history(stages["update"].new)
        assert_clean(corpus, data)
    else:
        assert done.exit_code == 1
        assert "`pilcrow index --rebuild`" in done.output


def but_history(held: Contents) -> Contents:
    """*held* without what only earlier generations tell: how addresses came to differ."""
    return {table: rows for table, rows in held.items() if table != "change"}


def test_damage_is_mended_by_the_next_run(stages: dict[str, Stage], tmp_path: Path) -> None:
    stage = stages["update"]
    for rebuild in ([], ["--rebuild"]):
        for which in ("current", "generations/*/library.sqlite"):
            corpus, data = stage.prepare(tmp_path)
            for path in data.glob(which):
                flip(path, path.stat().st_size // 2, 0xFF)
            with pytest.raises(IndexUnavailable):
                Generations(data).current()
            options = [*rebuild, "--corpus", str(corpus), "--data", str(data)]
            done = CliRunner().invoke(main, ["index", *options])
            assert done.exit_code == 0, done.output
            assert but_history(contents_in_force(data)) == but_history(stage.new)
            assert_clean(corpus, data)


@pytest.fixture(scope="session")
def _heard() -> list[str]:
    heard: list[str] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "sqlite3.connect"):
            heard.append(str(arguments[0]))

    sys.addaudithook(hear)
    return heard


@pytest.fixture
def opened(_heard: list[str]) -> Iterator[list[str]]:
    """What is opened, by path."""
    _heard.clear()
    yield _heard
    _heard.clear()
