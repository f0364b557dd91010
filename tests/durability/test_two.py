"""Two indexers at once: the second says who holds the lock, and since when."""

from __future__ import annotations

import getpass
import os
import re
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.durability.commands import environment, index, run
from tests.durability.conftest import Stage
from tests.durability.indexes import assert_clean, contents_in_force

#: Seconds within which an indexer has begun.
BEGIN = 30


def test_the_second_is_told_of_the_first(stages: dict[str, Stage], tmp_path: Path) -> None:
    stage = stages["update"]
    corpus, data = stage.prepare(tmp_path)
    with subprocess.Popen(index(corpus, data), env=environment(), stderr=-1) as first:
        try:
            held = data / "indexing"
            deadline = time.monotonic() + BEGIN
            while not (held.exists() and held.stat().st_size):
                assert first.poll() is None and time.monotonic() < deadline
                time.sleep(0.001)
            first.send_signal(signal.SIGSTOP)
            second = run(index(corpus, data))
            assert second.status == 1
            (told,) = second.errors.splitlines()
            assert f"process {first.pid} of the user {getpass.getuser()}" in told
            assert str(data) in told and "Wait until it has ended" in told
            (since,) = re.findall(r"since (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", told)
            begun = datetime.fromisoformat(f"{since}+00:00")
            assert abs((datetime.now(UTC) - begun).total_seconds()) < BEGIN * 2
            # What is in force meanwhile is what was.
            assert contents_in_force(data) == stage.old
        finally:
            os.kill(first.pid, signal.SIGKILL)
    # The lock of a killed one is free at once, and what it left is removed.
    third = run(index(corpus, data))
    assert third.status == 0, third.errors
    assert contents_in_force(data) == stage.new
    assert_clean(corpus, data)


def test_many_at_once(stages: dict[str, Stage], tmp_path: Path, soak: bool) -> None:
    stage = stages["update"]
    for _ in range(20 if soak else 1):
        corpus, data = stage.prepare(tmp_path)
        running = [
            subprocess.Popen(index(corpus, data), env=environment(), stderr=-1) for _ in range(3)
        ]
        ended = [(process.communicate()[1].decode(), process.returncode) for process in running]
        assert {status for _, status in ended} <= {0, 1}
        assert 0 in {status for _, status in ended}
        for told, status in ended:
            assert status == 0 or "Another process is indexing" in told, told
        assert contents_in_force(data) == stage.new
        assert_clean(corpus, data)
