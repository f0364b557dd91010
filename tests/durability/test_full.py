"""A disk that is full, or fails, leaves the old index, one message, and no litter."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import NoIndex
from indexer.pipeline import update
from tests.durability.commands import Call, Ended, disturbed, index, recorded, run
from tests.durability.conftest import Stage
from tests.durability.indexes import assert_clean, contents_in_force, settings_of

#: Calls that need room on the disk.
NEED_ROOM = {"openat", "write", "pwrite64", "mkdir", "rename", "sendfile", "copy_file_range"}
NEED_ROOM |= {"fsync", "ftruncate"}
#: What else may go wrong with a disk, and with a process.
ERRORS = ("EIO", "EDQUOT", "EROFS", "EMFILE", "EACCES")

#: Places at which the short form has a call fail.
SPREAD = 2

#: Kilobytes of the smallest disk, and what the next one has more: in all sizes up to the first
#: on which an index of two small documents can be made.
SMALLEST, STEP, SHORT_STEP = 4, 12, 320


def assert_told(stage: Stage, ended: Ended, data: Path, where: str) -> None:
    """The command ended with 1 and one message of place, cause and cure: another folder, but
    for a purge."""
    assert ended.status == 1, (where, ended)
    last = ended.errors.splitlines()[-1]
    assert last.startswith("pilcrow: "), (where, ended.errors)
    cure = "not purged" if "--purge" in stage.options else "--data"
    assert str(data) in last and cure in last, (where, last)
    assert "Traceback" not in ended.errors, (where, ended.errors)


def assert_old(stage: Stage, data: Path, where: str) -> None:
    """The index is as it was."""
    try:
        assert contents_in_force(data) == stage.old, where
    except NoIndex:
        assert stage.old is None, where


def assert_next_run_works(stage: Stage, corpus: Path, data: Path, where: str) -> None:
    """The next run finishes the work and leaves no litter."""
    update(settings_of(corpus, data), purge="--purge" in stage.options)
    assert contents_in_force(data) == stage.new, where
    assert_clean(corpus, data)


@pytest.mark.needs("strace")
@pytest.mark.parametrize("name", ["first", "update"])
def test_a_call_fails(stages: dict[str, Stage], name: str, tmp_path: Path, soak: bool) -> None:
    stage = stages[name]
    corpus, data = stage.prepare(tmp_path)
    calls = recorded(index(corpus, data), data, tmp_path)
    at_risk = [
        call for call in calls if call.name in NEED_ROOM and "indexing" not in call.arguments
    ]
    assert len(at_risk) > 50
    chosen = at_risk if soak else at_risk[1 :: len(at_risk) // SPREAD + 1]
    # Written by numpy itself, a file cut short was no error until it was read.
    chosen += [c for c in at_risk if c.name == "write" and "rows.npy" in c.arguments and not soak]
    for i, call in enumerate(chosen):
        # ENOSPC at every one in the long form, and the others in turn.
        errors = ("ENOSPC", ERRORS[i % len(ERRORS)]) if soak else ("ENOSPC", *ERRORS)[i % 6 :][:1]
        for error in errors:
            outcome(stage, call, f"error={error}:when={call.ordinal}", tmp_path)
    counts = Counter(call.name for call in calls)
    for kind in ("pwrite64", "fsync", "mkdir") if soak else ("pwrite64",):
        first = next(call for call in calls if call.name == kind)
        assert counts[kind] > 1
        outcome(stage, first, f"error=ENOSPC:when={first.ordinal}+", tmp_path)


def outcome(stage: Stage, call: Call, what: str, folder: Path) -> None:
    """Have *call* fail in the way of *what*: either that is told and nothing has changed, or
    the call was not needed and the new index is there."""
    corpus, data = stage.prepare(folder)
    where = f"{call} {what}"
    ended = disturbed(index(corpus, data), folder, (call.name, what))
    if ended.status == 0:
        assert contents_in_force(data) == stage.new, where
    else:
        assert_told(stage, ended, data, where)
        # The switch itself may have been made when the sync after it fails.
        if not (call.name == "fsync" and contents_in(data) == stage.new):
            assert_old(stage, data, where)
    assert_next_run_works(stage, corpus, data, where)


def contents_in(data: Path) -> object:
    """What is in force, None where nothing is."""
    try:
        return contents_in_force(data)
    except NoIndex:
        return None


#: Runs pilcrow where the data folder is a file system of its own, of so many kilobytes, with
#: what was in the folder; leaves in another folder what is in it afterwards.
_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$1"k,mode=755 tmpfs "$2"
cp -a "$3/." "$2" 2>/dev/null || exit 99
shift_data="$2" after="$4"
shift 4
status=0
"$@" || status=$?
cp -a "$shift_data/." "$after"
exit $status
"""


def on_small_disk(stage: Stage, size: int, folder: Path) -> tuple[Ended, Path, Path]:
    """Run the step where the data folder has *size* kilobytes: how it ended, corpus and data
    folder. Status 99 where not even what was there before fits in."""
    corpus, data = stage.prepare(folder)
    before, after = folder / "before", folder / "after"
    for place in (before, after):
        shutil.rmtree(place, ignore_errors=True)
    if data.exists():
        data.rename(before)
    for place in (before, after, data):
        place.mkdir(exist_ok=True)
    arguments = (str(size), data, before, after, *index(corpus, data, *stage.options))
    ended = run([*UNSHARED, "sh", "-c", _SMALL_DISK, "sh", *arguments])
    data.rmdir()
    after.rename(data)
    return ended, corpus, data


def with_short_files(stage: Stage, size: int, folder: Path) -> tuple[Ended, Path, Path]:
    """Run the step where no file may become longer than *size* kilobytes."""
    corpus, data = stage.prepare(folder)
    limited = ("sh", "-c", f'trap "" XFSZ; ulimit -f {size * 2}; exec "$@"', "sh")
    return run([*limited, *index(corpus, data, *stage.options)]), corpus, data


Small = Callable[[Stage, int, Path], tuple[Ended, Path, Path]]


def _unshared() -> tuple[str, ...]:
    """What lets a command mount a file system of its own; empty where nothing does."""
    ways = (("unshare", "-m"), ("unshare", "-rm"))
    for way in ways[0 if os.geteuid() == 0 else 1 :]:
        mounts = [*way, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if (
            shutil.which("unshare")
            and not subprocess.run(mounts, check=False, capture_output=True).returncode
        ):
            return way
    return ()


UNSHARED = _unshared()


@pytest.mark.parametrize("name", ["first", "update", "purge"])
@pytest.mark.parametrize("small", [on_small_disk if UNSHARED else with_short_files])
def test_room_for_ever_more(
    stages: dict[str, Stage], name: str, small: Small, tmp_path: Path, soak: bool
) -> None:
    stage, size, failed = stages[name], SMALLEST, 0
    while True:
        ended, corpus, data = small(stage, size, tmp_path)
        where = f"{size} kB"
        if ended.status == 0:
            break
        if ended.status != 99:
            assert_told(stage, ended, data, where)
            assert_old(stage, data, where)
            assert_next_run_works(stage, corpus, data, where)
            failed += 1
        size += STEP if soak else SHORT_STEP
        assert size < 4_000
    assert failed
    assert contents_in_force(data) == stage.new
    assert_clean(corpus, data)
