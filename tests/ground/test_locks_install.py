"""Is every locked file to be had, and is it the one whose hash is in the lock?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

LOCKS = sorted((Path(__file__).parents[2] / "requirements").glob("*.txt"))

HASH = re.compile(r"(?<=--hash=sha256:)[0-9a-f]{64}")


def download(folder: Path, *locks: Path) -> subprocess.CompletedProcess[str]:
    """Get every file of *locks* that this Python on this machine would install, afresh.

    pip compares each with the hashes of its pin before anything else is done with it.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--quiet",
        "--no-deps",
        "--no-cache-dir",
    ]
    named = [argument for lock in locks for argument in ("--requirement", str(lock))]
    return subprocess.run(
        [*command, "--require-hashes", "--dest", str(folder), *named],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.needs("registry")
def test_every_locked_file_is_the_one_of_its_hash(tmp_path: Path) -> None:
    # All at once: what stands in several locks is fetched once.
    done = download(tmp_path, *LOCKS)
    assert done.returncode == 0, done.stderr  # in which it may tell that it tried again
    got = {re.split(r"-\d", path.name)[0].lower().replace("-", "_") for path in tmp_path.iterdir()}
    assert {"whoosh_reloaded", "flask", "numpy", "spacy", "pytest", "ruff", "datasette"} <= got


@pytest.mark.needs("registry")
def test_a_file_that_is_not_the_locked_one_is_refused(tmp_path: Path) -> None:
    (lock,) = (path for path in LOCKS if path.stem == "runtime")
    entry = re.search(
        r"^waitress==[^\n]*\\\n(?: +--hash=[^\n]*\n)+", lock.read_text(), re.MULTILINE
    )
    assert entry
    tampered = tmp_path / "tampered.txt"
    tampered.write_text(HASH.sub("0" * 64, entry[0]), encoding="utf-8")
    done = download(tmp_path / "files", tampered)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert "waitress" in done.stderr
