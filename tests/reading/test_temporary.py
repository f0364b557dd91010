"""Folders for temporary files: gone when they are not needed, and nothing else with them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.reading.temporary import TemporaryFolder

#: A process that makes a folder, and is killed in the middle of its work.
KILLED = (
    "import os, signal\n"
    "from indexer.reading.temporary import TemporaryFolder\n"
    "(TemporaryFolder().path / 'half converted').write_text('Yerimbetov')\n"
    "os.kill(os.getpid(), signal.SIGKILL)\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary files are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_it_is_there_for_its_owner_alone_and_then_gone(place: Path) -> None:
    folder = TemporaryFolder()
    assert folder.path.parent == place
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_has_left_is_removed_by_the_next(place: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(place.glob("*/half converted"))) == 1
    TemporaryFolder().remove()
    assert list(place.iterdir()) == []


def test_what_is_in_use_stays(place: Path) -> None:
    first, second = TemporaryFolder(), TemporaryFolder()
    assert {first.path, second.path} == set(place.iterdir())
    first.remove()
    second.remove()


@pytest.mark.parametrize("name", ["pilcrow-data", "pilcrow-reading-data"])
def test_a_data_folder_among_temporary_files_stays(place: Path, name: str) -> None:
    data = place / name
    data.mkdir()
    with FileLock(data / "lock"):
        pass
    (data / "current").write_text("the index in force")
    TemporaryFolder().remove()
    assert (data / "current").read_text() == "the index in force"


def test_a_link_to_one_is_left_alone(place: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED], check=False)
    (left,) = place.iterdir()
    elsewhere = left.rename(place / "elsewhere")
    left.symlink_to(elsewhere)
    TemporaryFolder().remove()
    assert (elsewhere / "half converted").exists()
    assert left.is_symlink()
