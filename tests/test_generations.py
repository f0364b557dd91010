from __future__ import annotations

import errno
import json
import os
import pickle
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex, SettingsError
from indexer.generations import Generation, Generations, Manifest, code_digest, files

MANIFEST = Manifest(
    "digest", "whoosh", "2026-01-01T00:00:00+00:00", 1, 84, code_digest(), (), (), 0
)


def make(data: Path, manifest: Manifest = MANIFEST, *, alone: bool = False) -> Generation:
    """A generation with something in it, in force."""
    generations = Generations(data)
    with generations.building() as generation:
        generation.library.write_bytes(b"library")
        generation.engine.mkdir()
        (generation.engine / "postings").write_bytes(b"postings")
        generations.seal(generation, manifest)
        generations.switch(generation, alone=alone)
    return generation


def kept(data: Path) -> set[str]:
    """Names of all that is in the folder of generations."""
    return {folder.name for folder in (data / "generations").iterdir()}


def test_the_new_one_is_in_force_and_the_one_before_is_kept(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    stamps, made = [generations.stamp()], []
    for _ in range(3):
        made.append(make(tmp_path))
        stamps.append(generations.stamp())
        assert generations.current() == made[-1]
        assert replace(made[-1].manifest(), files=()) == MANIFEST
    assert len(set(stamps)) == 4
    assert kept(tmp_path) == {made[1].name, made[2].name}


def test_a_server_does_not_remember_all_it_has_ever_seen(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    sizes = []
    for _ in range(8):
        make(tmp_path)
        generations.kept()
        sizes.append(len(pickle.dumps(generations)))
    assert sizes[-1] == sizes[3]


def test_alone_nothing_is_kept_beside_it(tmp_path: Path) -> None:
    make(tmp_path)
    made = make(tmp_path, alone=True)
    assert kept(tmp_path) == {made.name}
    assert Generations(tmp_path).known() == (made, None)


def test_the_manifest_names_every_file(tmp_path: Path) -> None:
    files = make(tmp_path).manifest().files
    assert [(file.path, file.size) for file in files] == [
        ("engine/postings", 8),
        ("library.sqlite", 7),
    ]


def test_what_is_not_finished_is_never_in_force_and_is_removed(tmp_path: Path) -> None:
    whole = make(tmp_path)
    with (
        pytest.raises(RuntimeError, match="power"),
        Generations(tmp_path).building() as generation,
    ):
        generation.library.write_bytes(b"half a libr")
        raise RuntimeError("power cut")
    assert Generations(tmp_path).current() == whole
    assert not generation.folder.exists()


LITTER = [
    "generations/20250101T000000.000000Z-abcdef/library.sqlite",
    "current.new",
    "indexing",
    "proposals/.new",
]


@pytest.mark.parametrize("name", LITTER)
@pytest.mark.parametrize("remove", [make, lambda data: Generations(data).tidy()])
def test_litter_of_a_killed_build_is_removed_by_the_next(
    tmp_path: Path, name: str, remove: Callable[[Path], object]
) -> None:
    make(tmp_path)
    litter = tmp_path / name
    litter.parent.mkdir(exist_ok=True)
    litter.write_bytes(b"half")
    remove(tmp_path)
    assert not litter.exists()
    assert len(kept(tmp_path)) == (2 if remove is make else 1)


def test_two_cannot_build_at_once_and_the_second_is_told_who_does(tmp_path: Path) -> None:
    with Generations(tmp_path).building():
        with (
            pytest.raises(IndexUnavailable, match="Another process") as refused,
            Generations(tmp_path).building(),
        ):
            pass
        told = rf"process {os.getpid()} of the user \S+, since \d{{4}}-\d\d-\d\d [\d:]{{8}} UTC"
        assert re.search(told, str(refused.value))
        Generations(tmp_path).tidy()
        assert (tmp_path / "indexing").exists()
        (tmp_path / "indexing").unlink()
        with (
            pytest.raises(IndexUnavailable, match=rf"into {tmp_path}\. Wait until"),
            Generations(tmp_path).building(),
        ):
            pass
    assert not (tmp_path / "indexing").exists()


def test_nothing_indexed(tmp_path: Path) -> None:
    for ask in (Generations(tmp_path).current, Generations(tmp_path).usable):
        with pytest.raises(NoIndex, match="pilcrow index"):
            ask()


def edit(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Path], None]:
    """A way to damage the file *name* below a generation, or the pointer."""

    def damage(data: Path, generation: Path) -> None:
        path = (data if name == "current" else generation) / name
        path.write_bytes(change(path.read_bytes()))

    return damage


def remove(_: Path, generation: Path) -> None:
    (generation / "engine" / "postings").unlink()


def remove_manifest(_: Path, generation: Path) -> None:
    (generation / "manifest.json").unlink()


def link(_: Path, generation: Path) -> None:
    aside = (generation / "library.sqlite").rename(generation.parent / "elsewhere")
    (generation / "library.sqlite").symlink_to(aside)


def add(_: Path, generation: Path) -> None:
    (generation / "engine" / "more").write_bytes(b"")


def pipe(_: Path, generation: Path) -> None:
    (generation / "library.sqlite").unlink()
    os.mkfifo(generation / "library.sqlite")


def exchange(_: Path, generation: Path) -> None:
    generation.rename(generation.with_name("aside"))
    generation.write_bytes(b"no folder")


def open_up(name: str, mode: int) -> Callable[[Path, Path], None]:
    def damage(_: Path, generation: Path) -> None:
        (generation / name).chmod(mode)

    return damage


DAMAGE = {
    "pointer emptied": (edit("current", lambda _: b""), "current is not what was written", False),
    "pointer cut": (edit("current", lambda old: old[:-1]), "current is not what was", True),
    "pointer bytes": (edit("current", lambda old: old[:9] + b"\xff" + old[10:]), "current", True),
    "pointer name": (edit("current", lambda old: old[:7] + b"9" + old[8:]), "current", True),
    "pointer digest": (edit("current", lambda old: old.replace(b"Z-", b"Z+")), "current", False),
    "manifest": (edit("manifest.json", lambda old: old + b" "), r"manifest\.json is not the", True),
    "flipped": (edit("engine/postings", lambda _: b"postingz"), "postings is not what was", True),
    "cut": (edit("library.sqlite", lambda old: old[:-1]), "has 6 bytes where 7 were", True),
    "grown": (edit("library.sqlite", lambda old: old + b"0"), "has 8 bytes where 7 were", True),
    "missing": (remove, "postings is missing", True),
    "no manifest": (remove_manifest, r"manifest\.json is missing", True),
    "more": (add, "more is no part of the index", True),
    "a link": (link, r"library\.sqlite is neither a file nor a folder", True),
    "a pipe": (pipe, r"library\.sqlite is neither a file nor a folder", True),
    "no folder": (exchange, "cannot be read", True),
    "shared file": (open_up("engine/postings", 0o664), "postings can be written to by", True),
    "shared folder": (open_up("engine", 0o777), "engine can be written to by others", True),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_told_and_a_whole_generation_stays_usable(tmp_path: Path, case: str) -> None:
    damage, told, one_is_usable = DAMAGE[case]
    before, now = make(tmp_path), make(tmp_path)
    generations = Generations(tmp_path)
    assert generations.usable() == (now, None)
    stamp = generations.stamp()
    damage(tmp_path, now.folder)
    assert generations.stamp() != stamp
    with pytest.raises(IndexDamaged, match=told) as error:
        generations.current()
    assert "`pilcrow index --rebuild`" in error.value.cure
    if one_is_usable:
        usable, wrong = generations.usable()
        assert usable in (before, now)
        assert str(wrong) == str(error.value)
    else:
        with pytest.raises(IndexDamaged, match=told):
            generations.usable()
    mended = make(tmp_path)
    assert Generations(tmp_path).usable() == (mended, None)


def test_where_there_are_no_users_digests_alone_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HAS_USERS", False)
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    tmp_path.chmod(0o777)
    made = make(tmp_path)
    assert Generations(tmp_path).current() == made
    edit("library.sqlite", lambda _: b"otherly")(tmp_path, made.folder)
    with pytest.raises(IndexDamaged, match="its SHA-256 is another"):
        Generations(tmp_path).current()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another")
def test_the_files_of_a_stranger_are_not_opened(tmp_path: Path) -> None:
    generation = make(tmp_path)
    os.chown(generation.engine / "postings", 12345, -1)
    with pytest.raises(IndexDamaged, match=r"postings belongs to the user 12345.*index_owner"):
        Generations(tmp_path).current()
    assert Generations(tmp_path, owner="12345").current() == generation
    os.chown(tmp_path, 12345, -1)
    with (
        pytest.raises(IndexDamaged, match="belongs to the user 12345"),
        Generations(tmp_path).building(),
    ):
        pass


def test_an_owner_who_is_nobody_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no user 'nobody-of-that-name'"):
        Generations(tmp_path, owner="nobody-of-that-name")


def test_a_shared_data_folder_is_closed_unless_it_holds_other_things(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
        folder.chmod(0o1777)
    (theirs / "letter.txt").write_text("Dear")
    make(ours)
    assert ours.stat().st_mode & 0o777 == 0o755
    with pytest.raises(IndexDamaged, match="theirs can be written to by others"):
        make(theirs)
    assert theirs.stat().st_mode & 0o777 == 0o777


def test_a_manifest_that_is_none_is_damage(tmp_path: Path) -> None:
    generation = make(tmp_path)
    for text in ("", "{}", "no json", json.dumps({"code": code_digest()})):
        (generation.folder / "manifest.json").write_text(text)
        with pytest.raises(IndexDamaged, match="manifest"):
            generation.manifest()


def test_an_index_of_another_version_is_whole_but_of_no_use(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    before = make(tmp_path)
    other = make(tmp_path, replace(MANIFEST, code="other"))
    assert generations.known() == (other, None)
    with pytest.raises(NoIndex, match="another version"):
        other.manifest()
    usable, wrong = generations.usable()
    assert usable == before
    assert isinstance(wrong, NoIndex)


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with (
        pytest.raises(IndexUnavailable, match="--data"),
        Generations(blocked / "data").building(),
    ):
        pass
    with pytest.raises(IndexDamaged, match=r"data cannot be read .*Not a directory"):
        Generations(blocked / "data").current()


def test_what_is_in_force_is_not_removed_where_the_folder_was_opened_meanwhile(
    tmp_path: Path,
) -> None:
    before = make(tmp_path)
    generations = Generations(tmp_path)
    with (
        pytest.raises(IndexDamaged, match="can be written to by others"),
        generations.building() as generation,
    ):
        generations.seal(generation, MANIFEST)
        tmp_path.chmod(0o777)
        generations.switch(generation)
    tmp_path.chmod(0o755)
    assert Generations(tmp_path).usable() == (before, None)
    with generations.building() as generation:
        generations.seal(generation, MANIFEST)
        generations.switch(generation)
        tmp_path.chmod(0o777)
    tmp_path.chmod(0o755)
    assert Generations(tmp_path).kept() == (generation, before)


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("ask", ["current", "known", "usable", "kept"])
def test_a_switch_while_one_looks_is_no_damage(
    tmp_path: Path, ask: str, is_before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    make(tmp_path)
    made: list[Generation] = []
    compare = files.compare

    def purged_meanwhile(*given: Any) -> None:
        monkeypatch.setattr(files, "compare", compare)
        if is_before:
            made.append(make(tmp_path, alone=True))
        compare(*given)
        made.append(make(tmp_path, alone=True))

    monkeypatch.setattr(files, "compare", purged_meanwhile)
    found = getattr(Generations(tmp_path), ask)()
    assert len(made) == 1
    assert found in (made[0], (made[0],), (made[0], None))


def test_a_manifest_that_the_disk_gives_back_otherwise_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = files.sync

    def sync_badly(path: Path) -> None:
        sync(path)
        if path.name == "manifest.json":
            path.write_bytes(path.read_bytes().replace(b"84", b"85"))

    monkeypatch.setattr(files, "sync", sync_badly)
    with pytest.raises(IndexDamaged, match=r"manifest\.json is not what was written"):
        make(tmp_path)
    with pytest.raises(NoIndex):
        Generations(tmp_path).current()


@pytest.mark.parametrize(("number", "is_told"), [(errno.EIO, True), (errno.EINVAL, False)])
def test_a_folder_that_could_not_be_written_to_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_told: bool
) -> None:
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    if is_told:
        with pytest.raises((OSError, IndexUnavailable), match=os.strerror(number)):
            make(tmp_path)
    else:
        assert make(tmp_path) == Generations(tmp_path).current()


@pytest.mark.parametrize("name", ["indexing", "current.new"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear")
    data = tmp_path / "data"
    make(data)
    edit("current", lambda old: old[:-1])(data, data)  # what is damaged is not tidied
    (data / name).symlink_to(letter)
    make(data)
    assert letter.read_text() == "Dear"
    assert not (data / name).is_symlink()


def test_what_a_link_leads_to_is_not_closed(tmp_path: Path) -> None:
    shared, data = tmp_path / "shared", tmp_path / "data"
    shared.mkdir()
    shared.chmod(0o777)
    data.mkdir()
    (data / "generations").symlink_to(shared)
    with pytest.raises(IndexDamaged, match=r"generations is a link.*Remove it"):
        make(data)
    assert shared.stat().st_mode & 0o777 == 0o777


def test_what_was_named_by_mistake_is_not_to_be_removed(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear")
    with pytest.raises(IndexDamaged, match=r"letter.txt is no folder. Name one with --data$"):
        Generations(letter).current()
    with pytest.raises(IndexUnavailable, match=r"letter.txt cannot be written to"):
        make(letter)


def test_what_another_program_keeps_is_not_removed_as_litter(tmp_path: Path) -> None:
    photograph = tmp_path / "generations" / "1990s" / "photograph.jpg"
    photograph.parent.mkdir(parents=True)
    photograph.write_bytes(b"grandmother")
    Generations(tmp_path).tidy()
    told = r"1990s is no part of an index. Take it away, or name another folder with --data"
    with pytest.raises(IndexUnavailable, match=told):
        make(tmp_path)
    assert photograph.read_bytes() == b"grandmother"


@pytest.mark.parametrize(
    ("name", "is_newest"), [("engine/postings", True), ("library.sqlite", False)]
)
def test_a_whole_library_is_known_though_all_else_is_damaged(
    tmp_path: Path, name: str, is_newest: bool
) -> None:
    before, now = make(tmp_path), make(tmp_path)
    edit(name, lambda old: old + b"0")(tmp_path, now.folder)
    known, damage = Generations(tmp_path).known()
    assert known == (now if is_newest else before)
    assert name in str(damage)
    assert Generations(tmp_path).usable()[0] == before
    (now.folder / "library.sqlite").unlink()
    assert Generations(tmp_path).known()[0] == before
