"""The data folder belongs to who indexes; who serves, searches and checks needs to read it."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.commands import PILCROW, environment
from tests.durability.conftest import Stage
from tests.durability.damage import STRANGER
from tests.serving import answer, free_port, serving

#: Where root runs the tests, the folder is given to another user, and commands run as a root
#: that may do no more than that user may. Else it is only closed to the one user there is.
POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--")
IS_ROOT = os.geteuid() == 0 and shutil.which(POWERLESS[0]) is not None

Snapshot = dict[str, tuple[int, int, int, int]]


def snapshot(folder: Path) -> Snapshot:
    """Everything in *folder*, with what changes when it is written to."""
    return {
        str(path): (s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
        for path in (folder, *folder.rglob("*"))
        for s in (path.lstat(),)
    }


@pytest.fixture
def place(stages: dict[str, Stage], tmp_path: Path) -> Iterator[Path]:
    """A folder with a corpus, and a data folder that cannot be written to."""
    _, data = stages["update"].prepare(tmp_path)
    for path in (data, *data.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
        if IS_ROOT:
            os.chown(path, STRANGER, STRANGER)
    yield tmp_path
    for path in (data, *data.rglob("*")):
        path.chmod(stat.S_IRWXU)


def command(*arguments: str | Path) -> list[str | Path]:
    """A command of who may only read the folder."""
    return [*(POWERLESS if IS_ROOT else ()), PILCROW, *arguments]


def surroundings() -> dict[str, str]:
    """Its environment, in which the owner of the folder is named."""
    return environment() | {"PILCROW_INDEX_OWNER": str(STRANGER)}


def ended(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Such a command, run to its end."""
    return subprocess.run(
        command(*arguments), check=False, capture_output=True, text=True, env=surroundings()
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "tortured"), "beta/2"),
        (("cite", "alpha/1"), "para. 1"),
        (("check",), "2 submissions and 5 paragraphs"),
    ],
)
def test_a_command_reads_what_it_may_not_write(
    place: Path, arguments: tuple[str, ...], said: str
) -> None:
    data, corpus = place / "data", place / "corpus"
    before = snapshot(data)
    done = ended(*arguments, "--corpus", corpus, "--data", data)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert snapshot(data) == before


@pytest.mark.parametrize("name", ["current", "generations", "library.sqlite"])
def test_who_may_not_read_it_is_not_told_to_rebuild(place: Path, name: str) -> None:
    data, corpus = place / "data", place / "corpus"
    for path in data.rglob(name):
        path.chmod(0)
    done = ended("check", "--corpus", corpus, "--data", data)
    assert done.returncode == 1
    assert re.search(rf"{name}\S* cannot be read by the user", done.stderr)
    assert "chmod -R a+rX" in done.stderr
    assert "rebuild" not in done.stderr


@pytest.mark.parametrize("option", ["--rebuild", "--purge"])
def test_who_may_not_write_it_is_told_who_may(place: Path, option: str) -> None:
    """To name another folder, as was said, would purge nothing from this one."""
    data = place / "data"
    done = ended("index", "--corpus", place / "corpus", "--data", data, option)
    assert done.returncode == 1
    told = f"{data} cannot be written to (Permission denied). Run this as the user whom it belongs"
    assert told in done.stderr


@pytest.mark.parametrize(
    ("closed", "option", "status", "told"),
    [
        (".", "--rebuild", 1, "cannot be written to (Permission denied)"),
        ("data/proposals", "--rebuild", 0, "Not every proposal of metadata can be written"),
        ("data/proposals", "--purge", 1, "could not be made"),
    ],
)
def test_a_closed_folder_is_told_in_one_line(
    stages: dict[str, Stage], tmp_path: Path, closed: str, option: str, status: int, told: str
) -> None:
    """As root leaves them that once indexed into the folder of another, with umask 077."""
    corpus, data = stages["update"].prepare(tmp_path)
    (tmp_path / "within").mkdir()
    data = data.rename(tmp_path / "within" / "data")
    place = data.parent / closed
    place.chmod(0)
    done = ended("index", "--corpus", corpus, "--data", data, option)
    place.chmod(stat.S_IRWXU)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    assert told in done.stderr


@pytest.mark.parametrize("mode", [0, stat.S_IRUSR], ids=["closed", "names only"])
def test_a_folder_of_the_corpus_that_was_closed_is_told(tmp_path: Path, mode: int) -> None:
    """Its files, which cannot be looked at any more, keep their earlier versions."""
    folder = tmp_path / "corpus" / "sub"
    (folder / "deep").mkdir(parents=True)
    for path in (folder / "one.txt", folder / "deep" / "two.txt", folder.parent / "three.txt"):
        path.write_text(f"Submission {path.stem} on Togo\n\n1. One.\n2. Two.\n")
    options = ("--corpus", folder.parent, "--data", tmp_path / "data")
    assert ended("index", *options).returncode == 0
    folder.chmod(mode)
    done = ended("index", *options)
    folder.chmod(stat.S_IRWXU)
    assert done.returncode == 3, done.stderr
    for name in ("sub/one.txt", "sub/deep/two.txt"):
        told = f"{name}: cannot be read (Permission denied). Check its name and permissions"
        assert f"{told} (its earlier version stays, marked stale)" in done.stderr
    assert "Indexed 3 submissions" in done.stderr


def test_the_server_reads_what_it_may_not_write(place: Path) -> None:
    data, corpus, port = place / "data", place / "corpus", free_port()
    before = snapshot(data)
    options = ("--corpus", corpus, "--data", data, "--port", str(port))
    log = place / "server.log"
    with serving(command("serve", *options), port, place, surroundings()) as address:
        for path in ("/", "/search.json?q=tortured", "/submissions/beta", "/entities/place"):
            assert answer(f"{address}{path}")[0] == 200, path
        assert b'"ok"' in answer(f"{address}/healthz")[1]
    assert "Traceback" not in log.read_text()
    assert "The index as it was before is served" in log.read_text()
    assert snapshot(data) == before
