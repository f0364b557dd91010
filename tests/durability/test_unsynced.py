"""Power lost at any operation leaves the old index or the new one, whole.

`kill -9` leaves everything that was written; a power cut only what was synced, and any part
of the rest.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from indexer.errors import NoIndex
from indexer.generations import Generation, Generations
from indexer.pipeline import update
from tests.durability.conftest import Stage
from tests.durability.disk import Disk, Point, lay_out, present, synced
from tests.durability.indexes import assert_clean, contents_in_force, settings_of

NAMES = ["first", "update", "purge"]


@dataclass(slots=True)
class Run:
    """A step, and everything that a power cut in it could leave."""

    stage: Stage
    points: list[Point]
    old: Generation | None
    new: Generation
    corpus: Path
    place: Path
    """Where a crashed disk is laid out."""
    known: dict[int, str] = field(default_factory=dict)

    def outcome(self, point: Point, found: dict[str, bytes | None]) -> str:
        """Which index is in force on a disk with what was *found*: "old" or "new"."""
        seen = hash(tuple(sorted(found.items())))
        if seen not in self.known:
            shutil.rmtree(self.place, ignore_errors=True)
            lay_out(found, self.place)
            self.known[seen] = self._outcome(point)
        return self.known[seen]

    def _outcome(self, point: Point) -> str:
        try:
            left = Generations(self.place / "data").current()
        except NoIndex:
            assert self.old is None, f"none any more: {point.what}"
            return "old"
        for name, whole in (("old", self.old), ("new", self.new)):
            if whole is not None and whole.name == left.name:
                assert stored(left) == stored(whole), point.what
                return name
        raise AssertionError(f"{left.name} is neither the old nor the new: {point.what}")


def stored(generation: Generation) -> dict[str, bytes]:
    """Every file of *generation*."""
    return {
        path.relative_to(generation.folder).as_posix(): path.read_bytes()
        for path in generation.folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def runs(
    stages: dict[str, Stage], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Run]]:
    """Each step, done once while the disk is watched."""
    done = {}
    for name in NAMES:
        stage, folder = stages[name], tmp_path_factory.mktemp(name)
        corpus, data = stage.prepare(folder)
        root = folder / "disk"
        root.mkdir()
        if data.exists():
            data.rename(root / "data")
        old = None if stage.old is None else Generations(root / "data").current()
        if old is not None:
            # It may be gone before it is compared with.
            kept = folder / "kept" / old.name
            shutil.copytree(old.folder, kept)
            old = Generation(kept)
        disk = Disk(root)
        with pytest.MonkeyPatch.context() as patch, disk.watched(patch):
            update(settings_of(corpus, root / "data"), purge="--purge" in stage.options)
        new = Generations(root / "data").current()
        done[name] = Run(stage, disk.points, old, new, corpus, folder / "crashed")
    yield done


@pytest.mark.parametrize("name", NAMES)
def test_power_lost_at_any_operation(runs: dict[str, Run], name: str) -> None:
    run = runs[name]
    assert len(run.points) > 50
    for names in (synced, present):
        outcomes = [run.outcome(point, point.survivors(names, synced)) for point in run.points]
        # Once the new one is there it stays; and what a user was told is done is on the disk.
        assert outcomes == sorted(outcomes, reverse=True)
        assert (outcomes[0], outcomes[-1]) == ("old", "new")


@pytest.mark.parametrize("name", NAMES)
def test_any_part_of_what_was_not_synced_survives(
    runs: dict[str, Run], name: str, soak: bool
) -> None:
    run = runs[name]

    @hypothesis_settings(
        max_examples=20_000 if soak else 100,
        derandomize=not soak,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(run.points) - 1), st.integers(0, 2**32))
    @example(len(run.points) - 1, 0)
    def some_of_it(moment: int, seed: int) -> None:
        point, random = run.points[moment], Random(seed)

        def data(old: bytes, new: bytes) -> bytes:
            cut = random.randrange(len(new) + 1)
            return random.choice((old, new, new[:cut], bytes(cut) + new[cut:]))

        found = point.survivors(lambda *names: random.choice(names), data)
        run.outcome(point, found)

    some_of_it()


@pytest.mark.parametrize("name", NAMES)
def test_the_next_run_after_a_power_cut_finishes_the_work(
    runs: dict[str, Run], name: str, soak: bool
) -> None:
    run = runs[name]
    for point in run.points[:: 1 if soak else len(run.points) // 3]:
        shutil.rmtree(run.place, ignore_errors=True)
        lay_out(point.survivors(present, synced), run.place)
        data = run.place / "data"
        update(settings_of(run.corpus, data), purge="--purge" in run.stage.options)
        assert contents_in_force(data) == run.stage.new, point.what
        assert_clean(run.corpus, data)


def test_what_a_purge_removed_does_not_come_back(runs: dict[str, Run]) -> None:
    run = runs["purge"]
    assert run.old is not None
    for names in (synced, present):
        left = run.points[-1].survivors(names, synced)
        assert not [path for path in left if run.old.name in path]
