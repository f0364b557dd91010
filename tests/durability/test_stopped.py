"""Whoever stops an index, or whose disk fails, is told which index is in force now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.commands import Call, Ended, disturbed, index, recorded
from tests.durability.conftest import Stage
from tests.durability.indexes import contents_in_force

pytestmark = pytest.mark.needs("strace")

#: The message of each way to be stopped, with the new index in force and without.
TOLD = {
    "signal=SIGINT": ("Stopped. The new index is in force.", "Stopped. The index is as it was"),
    "error=EIO": (
        "is in force, but what comes after it was not finished",
        "is as it was before: it was not purged",
    ),
}


@pytest.fixture
def calls(stages: dict[str, Stage], tmp_path: Path) -> list[Call]:
    """The calls of a purge, which has most to do after the switch."""
    corpus, data = stages["purge"].prepare(tmp_path)
    return recorded(index(corpus, data, "--purge"), data, tmp_path)


def stopped(stage: Stage, call: Call, how: str, folder: Path) -> tuple[Ended, Path]:
    corpus, data = stage.prepare(folder)
    command = index(corpus, data, *stage.options)
    return disturbed(command, folder, (call.name, f"{how}:when={call.ordinal}")), data


@pytest.mark.parametrize("how", TOLD)
def test_it_is_told_which_index_is_in_force(
    how: str, calls: list[Call], stages: dict[str, Stage], tmp_path: Path
) -> None:
    switch = max(i for i, call in enumerate(calls) if call.name.startswith("rename"))
    syncs = [i for i, call in enumerate(calls) if call.name == "fsync"]
    after = next(i for i in syncs if i > switch)
    before = [i for i in syncs if i < switch][-2]
    new, old = TOLD[how]
    for place, told, contents in (
        (after, new, stages["purge"].new),
        (before, old, stages["purge"].old),
    ):
        ended, data = stopped(stages["purge"], calls[place], how, tmp_path)
        assert ended.status == 1
        assert told in ended.errors, (str(calls[place]), ended.errors)
        assert contents_in_force(data) == contents
