"""Kill −9 at any file operation leaves the old index or the new one, whole."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from indexer.errors import NoIndex
from indexer.pipeline import update
from tests.durability.commands import Call, disturbed, index, recorded
from tests.durability.conftest import Stage
from tests.durability.indexes import assert_clean, contents_in_force, settings_of

#: Places in each step at which the short form kills, besides the switch and the end.
SPREAD = 2

pytestmark = pytest.mark.needs("strace")


@pytest.mark.parametrize("name", ["first", "update", "purge"])
def test_killed_at_any_file_operation(
    stages: dict[str, Stage], name: str, tmp_path: Path, soak: bool
) -> None:
    stage = stages[name]
    corpus, data = stage.prepare(tmp_path)
    calls = recorded(index(corpus, data, *stage.options), data, tmp_path)
    assert len(calls) > 50
    # The switch itself is always among them, and what comes after it, which cleans up.
    switch = max(i for i, call in enumerate(calls) if call.name.startswith("rename"))
    few = {*range(0, len(calls), len(calls) // SPREAD + 1), switch, switch + 1}
    outcomes = {
        killed_at(stage, call, tmp_path) for i, call in enumerate(calls) if soak or i in few
    }
    assert outcomes == {"old", "new"}


def killed_at(stage: Stage, call: Call, folder: Path) -> str:
    """Kill the command before *call*; which index is there then, "old" or "new"."""
    corpus, data = stage.prepare(folder)
    killing = (call.name, f"signal=SIGKILL:when={call.ordinal}")
    ended = disturbed(index(corpus, data, *stage.options), folder, killing)
    assert ended.status == -signal.SIGKILL, (str(call), ended)
    outcome = outcome_in(stage, data, str(call))
    # The next run has no stale lock in its way, brings the index up to date and cleans up.
    update(settings_of(corpus, data), purge="--purge" in stage.options)
    assert contents_in_force(data) == stage.new, str(call)
    assert_clean(corpus, data)
    return outcome


def outcome_in(stage: Stage, data: Path, where: str) -> str:
    """Which index is in force."""
    try:
        held = contents_in_force(data)
    except NoIndex:
        assert stage.old is None, f"none any more after {where}"
        return "old"
    assert held in (stage.old, stage.new), where
    return "new" if held == stage.new else "old"
