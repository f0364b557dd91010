"""Of a submission that was withdrawn, `pilcrow index --purge` leaves no copy anywhere."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.durability.commands import Ended, disturbed, environment, index, recorded, run
from tests.durability.damage import flip
from tests.durability.indexes import ALPHA, assert_clean, write
from tests.durability.remains import remains
from tests.durability.test_readonly import IS_ROOT, POWERLESS

#: Words that nothing else has: in text, a name, a heading, a note, an address, the title.
WORDS = ("Quizzaciously", "Vladibek", "Zwieblogue", "Xylotomous", "qwyjibo", "Jabberwock")
WITHDRAWN = (
    "Joint submission of the Jabberwock Foundation on Uganda\n\nI. ZWIEBLOGUE OF THE PRESS\n\n"
    "1. Quizzaciously they were detained.¹\n2. Vladibek Ozhanov was tortured on 3 May 2019.\n"
    "3. They were detained with Vladibek Ozhanov.\n\n"
    "¹ Xylotomous report, https://qwyjibo.org/report\n"
)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus and its index, with the submission that is to be withdrawn in both generations,
    and with proposals of metadata for it."""
    folder = tmp_path_factory.mktemp("published")
    corpus, data = folder / "corpus", folder / "data"
    for alpha in (ALPHA, ALPHA.replace("First", "Foremost")):
        write(corpus, alpha=alpha, gone=WITHDRAWN)
        assert run(index(corpus, data)).status == 0
    for word in WORDS:
        assert remains(data, word), word
    assert "proposals/gone.toml" in remains(data, "Jabberwock")
    return corpus, data


@pytest.fixture
def withdrawn(published: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """The corpus without it, and a copy of the index with it."""
    write(published[0], alpha=ALPHA.replace("First", "Foremost"))
    shutil.copytree(published[1], tmp_path / "data")
    return published[0], tmp_path / "data"


def purged(corpus: Path, data: Path, temporary: Path) -> Ended:
    """Run the command."""
    ended = run(index(corpus, data, "--purge"), environment(temporary))
    assert ended.status == 0, ended.errors
    return ended


def test_nothing_is_left(withdrawn: tuple[Path, Path], temporary: Path) -> None:
    corpus, data = withdrawn
    purged(corpus, data, temporary)
    assert remains(data, *WORDS, "gone.txt") == []
    assert list(temporary.iterdir()) == []
    assert len(list((data / "generations").iterdir())) == 1
    assert_clean(corpus, data)


def test_the_plain_run_says_what_to_do(withdrawn: tuple[Path, Path], temporary: Path) -> None:
    corpus, data = withdrawn
    ended = run(index(corpus, data), environment(temporary))
    assert "Removed gone: its file is gone." in ended.errors
    assert "`pilcrow index --purge`, with any --corpus and --data as here" in ended.errors
    # The generation before still has it; the purge comes when nothing is new, and works.
    assert remains(data, *WORDS)
    assert "`pilcrow index --purge`" not in purged(corpus, data, temporary).errors
    assert remains(data, *WORDS, "gone.txt") == []


def test_nothing_is_left_of_a_damaged_index(withdrawn: tuple[Path, Path], temporary: Path) -> None:
    corpus, data = withdrawn
    for path in data.glob("generations/*/library.sqlite"):
        flip(path, 100, 0xFF)
    purged(corpus, data, temporary)
    assert remains(data, *WORDS, "gone.txt") == []


def test_nothing_is_left_where_the_pointer_is_lost(
    withdrawn: tuple[Path, Path], temporary: Path
) -> None:
    corpus, data = withdrawn
    (data / "current").unlink()
    purged(corpus, data, temporary)
    assert remains(data, *WORDS, "gone.txt") == []


def test_a_changed_text_is_purged_as_well(withdrawn: tuple[Path, Path], temporary: Path) -> None:
    corpus, data = withdrawn
    write(corpus, alpha=ALPHA, gone=WITHDRAWN.replace("Quizzaciously", "Thus"))
    purged(corpus, data, temporary)
    assert remains(data, "Quizzaciously") == []
    assert remains(data, "Vladibek")


def test_nothing_is_left_of_what_can_no_longer_be_read(
    withdrawn: tuple[Path, Path], temporary: Path
) -> None:
    """A name is taken out of a file, and the file saved as what is not read: a plain update
    keeps the text with the name, a purge may not."""
    corpus, data = withdrawn
    (corpus / "gone.txt").write_bytes(b"\0")
    ended = run(index(corpus, data), environment(temporary))
    assert (ended.status, "its earlier version stays" in ended.errors) == (3, True)
    for _ in range(2):
        ended = run(index(corpus, data, "--purge"), environment(temporary))
        assert ended.status == 3
        assert "gone.txt: holds a NUL" in ended.errors
        assert "no earlier version of it is kept" in ended.errors
        assert remains(data, *WORDS) == []
        assert_clean(corpus, data)


def test_no_name_is_left_of_a_folder(tmp_path: Path, temporary: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    write(corpus, alpha=ALPHA)
    (corpus / "Jabberwock" / "2019").mkdir(parents=True)
    (corpus / "Jabberwock" / "2019" / "gone.txt").write_text(WITHDRAWN)
    assert run(index(corpus, data)).status == 0
    assert "proposals/Jabberwock/2019/gone.toml" in remains(data, "Jabberwock")
    # What a run that was killed while it wrote that proposal leaves.
    shutil.copyfile(data / "proposals/Jabberwock/2019/gone.toml", data / "proposals" / ".new")
    shutil.rmtree(corpus / "Jabberwock")
    purged(corpus, data, temporary)
    assert remains(data, *WORDS, "gone.toml") == []


def test_what_others_wrote_among_the_proposals_is_told(
    withdrawn: tuple[Path, Path], temporary: Path
) -> None:
    """An editor keeps what it edited under names of its own, and what a keeper wrote is theirs."""
    corpus, data = withdrawn
    kept = [data / "proposals" / name for name in (".gone.toml.swp", "alpha.toml", "gone.toml~")]
    for path in kept:
        path.write_text("Jabberwock")
    shutil.copyfile(data / "proposals" / "gone.toml", data / "proposals" / ".new")
    told = purged(corpus, data, temporary).errors
    assert remains(data, *WORDS) == [f"proposals/{path.name}" for path in kept]
    for path in kept:
        assert f"Not looked into, since it is not as Pilcrow wrote it: {path}\n" in told
    assert "Where these have anything of what was withdrawn, remove them." in told
    assert ".new" not in told
    for path in kept:
        path.unlink()
    assert "Not looked into" not in purged(corpus, data, temporary).errors


def test_what_cannot_be_removed_is_told(withdrawn: tuple[Path, Path], temporary: Path) -> None:
    corpus, data = withdrawn
    closed = list(data.glob("generations/*/engine"))
    for path in closed:
        path.chmod(0o555)
    ended = run(
        [*(POWERLESS if IS_ROOT else ()), *index(corpus, data, "--purge")], environment(temporary)
    )
    assert ended.status == 1
    assert f"The new index is in force, but {closed[0].parent.parent}" in ended.errors
    assert "Remove it as the user whom it belongs to" in ended.errors
    for path in closed:
        path.chmod(0o755)
    assert run(index(corpus, data), environment(temporary)).status == 0
    assert remains(data, *WORDS, "gone.txt") == []


@pytest.mark.parametrize("left", [{}, {"empty": "\0"}])
def test_where_nothing_is_left_to_index_it_is_told_how(
    withdrawn: tuple[Path, Path], temporary: Path, left: dict[str, str]
) -> None:
    corpus, data = withdrawn
    write(corpus, **left)
    ended = run(index(corpus, data, "--purge"), environment(temporary))
    assert ended.status == 1
    assert f"The index in {data} was not purged" in ended.errors
    assert "if all of it was withdrawn, remove that folder" in ended.errors


@pytest.mark.needs("strace")
def test_a_purge_that_was_killed_is_finished_by_the_next(
    withdrawn: tuple[Path, Path], temporary: Path, tmp_path: Path, soak: bool
) -> None:
    corpus, data = withdrawn
    shutil.copytree(data, tmp_path / "kept")
    calls = recorded(index(corpus, data, "--purge"), data, tmp_path)
    switch = max(i for i, call in enumerate(calls) if call.name.startswith("rename"))
    for call in calls[switch + 2 :] if soak else calls[switch + 3 : switch + 4]:
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "kept", data)
        killing = (call.name, f"signal=SIGKILL:when={call.ordinal}")
        ended = disturbed(index(corpus, data, "--purge"), tmp_path, killing)
        assert ended.status == -signal.SIGKILL
        # Even the plain run does, with nothing to index.
        assert run(index(corpus, data), environment(temporary)).status == 0
        assert remains(data, *WORDS, "gone.txt") == []
