from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex
from indexer.generations import Generation, Generations, Manifest, code_digest

MANIFEST = Manifest(
    "digest", "whoosh", "2026-01-01T00:00:00+00:00", 1, 84, code_digest(), (), (), 0
)


def make(generations: Generations) -> Generation:
    """A generation with something in it, in force."""
    with generations.building() as generation:
        generation.library.write_bytes(b"library")
        generation.engine.mkdir()
        (generation.engine / "postings").write_bytes(b"postings")
        generations.switch(generation, MANIFEST)
    return generation


def test_the_new_one_is_in_force_and_the_one_before_is_kept(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    stamps, made = [generations.stamp()], []
    for _ in range(3):
        made.append(make(generations))
        stamps.append(generations.stamp())
        assert generations.current() == made[-1]
        assert made[-1].manifest() == MANIFEST
    assert len(set(stamps)) == 4
    kept = {folder.name for folder in (tmp_path / "generations").iterdir()}
    assert kept == {made[1].name, made[2].name}


def test_what_is_not_finished_is_never_in_force_and_is_removed(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    whole = make(generations)
    with pytest.raises(RuntimeError, match="power"), generations.building() as generation:
        generation.library.write_bytes(b"half a libr")
        raise RuntimeError("power cut")
    assert generations.current() == whole
    assert not generation.folder.exists()


def test_litter_of_a_killed_build_is_removed_by_the_next(tmp_path: Path) -> None:
    litter = tmp_path / "generations" / "20250101T000000Z-abcdef"
    litter.mkdir(parents=True)
    (litter / "library.sqlite").write_bytes(b"half")
    make(Generations(tmp_path))
    assert not litter.exists()


def test_two_cannot_build_at_once(tmp_path: Path) -> None:
    with (
        Generations(tmp_path).building(),
        pytest.raises(IndexUnavailable, match="Another process"),
        Generations(tmp_path).building(),
    ):
        pass


def test_nothing_indexed(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="pilcrow index"):
        Generations(tmp_path).current()


@pytest.mark.parametrize("name", ["", "../..", "nosuchgeneration", "\x00"])
def test_a_pointer_to_nowhere_is_damage(tmp_path: Path, name: str) -> None:
    make(Generations(tmp_path))
    (tmp_path / "current").write_text(name)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Generations(tmp_path).current()


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"corpus": 1}'])
def test_an_unreadable_manifest_is_damage(tmp_path: Path, text: str) -> None:
    generation = make(Generations(tmp_path))
    (generation.folder / "manifest.json").write_text(text)
    with pytest.raises(IndexDamaged, match="manifest"):
        generation.manifest()


def test_an_index_of_another_version_is_not_read(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    with generations.building() as generation:
        generation.library.write_bytes(b"library")
        generations.switch(generation, replace(MANIFEST, code="other"))
    with pytest.raises(NoIndex, match="another version"):
        generation.manifest()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with (
        pytest.raises(IndexUnavailable, match="--data"),
        Generations(blocked / "data").building(),
    ):
        pass
