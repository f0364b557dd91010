"""An index follows its corpus, and addresses tell what became of them."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.errors import SourceError
from indexer.generations import Generations
from indexer.library import Library, compare
from indexer.pipeline import update
from indexer.query.request import Everything, SearchRequest, Word
from indexer.query.results import FACETS
from indexer.settings import Settings
from tests.sealing import seal_again
from tests.verified import verified
from webapp import create_app
from webapp.site import Site

ALPHA = (
    "Submission on Belarus\n\nI. TORTURE\n\n1. First words of Human Rights Watch.\n"
    "2. Second words on torture.\n3. Third words on prisons in Minsk.\n"
)
BETA = "Submission on Uganda\n\nI. PRESS\n\n1. Other words.\n2. Journalists were tortured.\n"
BROKEN = b"1. \xff\xfe\x00 no text"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus of two documents, and where its index goes."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "alpha.txt").write_text(ALPHA)
    (folder / "beta.txt").write_text(BETA)
    return Settings(corpus=folder, data=tmp_path / "data", search_processes=1, reading_processes=1)


def current(settings: Settings) -> Library:
    """The library in force."""
    return Library(Generations(settings.data_folder).current().library)


def everything(settings: Settings) -> dict[str, Any]:
    """All that library and engine hold, but for times and the order of rows on the disk."""
    generation = Generations(settings.data_folder).current()
    database = sqlite3.connect(generation.library)
    tables = [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    held: dict[str, Any] = {
        table: sorted(map(repr, database.execute(f"SELECT * FROM {table}")))
        for table in tables
        if table != "change"
    }
    database.close()
    engine = open_engine("whoosh", generation.engine)
    for tree in (Everything(), Word("stem", ("tortur",)), Word("word", ("words",))):
        held[repr(tree)] = engine.search(SearchRequest(tree, size=100, facets=tuple(FACETS)))
    engine.close()
    return held


def test_only_what_changed_is_read(settings: Settings) -> None:
    assert update(settings).read == 2
    again = update(settings)
    assert (again.read, again.changed) == (0, False)
    (settings.corpus / "beta.txt").write_text(BETA + "3. New words.\n")
    changed = update(settings)
    assert (changed.read, changed.submissions, changed.paragraphs) == (1, 2, 6)
    (settings.corpus / "alpha.toml").write_text('session = "50"\n')
    assert update(settings).read == 1
    assert current(settings).card("alpha").session == "50"
    assert update(settings, rebuild=True).read == 2


def test_a_changed_authority_file_has_everything_read(settings: Settings) -> None:
    update(settings)
    folder = settings.corpus / "authority"
    folder.mkdir()
    (folder / "ours.csv").write_text(
        "id,type,label,aliases,weak_aliases,country,valid,sensitive,status,note\n"
        "house-of-words,organisation,House of Words,,,,,,,\n"
    )
    assert update(settings).read == 2


@pytest.mark.parametrize(
    "change",
    ["edit", "add", "remove", "rename", "replace", "other id", "break and mend"],
)
def test_a_chain_of_updates_holds_what_a_rebuild_holds(settings: Settings, change: str) -> None:
    update(settings)
    beta = settings.corpus / "beta.txt"
    match change:
        case "edit":
            beta.write_text(BETA.replace("Journalists", "Bloggers of Human Rights Watch"))
        case "add":
            (settings.corpus / "aa.txt").write_text(ALPHA.replace("First", "Foremost"))
        case "remove":
            (settings.corpus / "alpha.txt").unlink()
        case "rename":
            beta.rename(settings.corpus / "gamma.txt")
        case "replace":
            beta.unlink()
            (settings.corpus / "gamma.txt").write_text(ALPHA)
        case "other id":
            (settings.corpus / "beta.toml").write_text('id = "zeta"\n')
        case "break and mend":
            beta.write_bytes(BROKEN)
            update(settings)
            beta.write_text(BETA)
    update(settings)
    followed = everything(settings)
    update(settings, rebuild=True)
    assert everything(settings) == followed
    assert "each in library and index" in verified(settings)


def test_what_has_no_metadata_gets_a_proposal(settings: Settings) -> None:
    proposed = settings.data_folder / "proposals" / "alpha.toml"
    assert any(str(proposed.parent) in line for line in update(settings).lines())
    assert 'state = "BLR"' in proposed.read_text()
    # Put beside the source, it changes nothing, and is no proposal any more.
    before = current(settings).submission("alpha")
    shutil.copy(proposed, settings.corpus / "alpha.toml")
    assert update(settings).read == 1
    assert replace(current(settings).submission("alpha"), found=()) == replace(before, found=())
    assert not proposed.exists()
    (settings.corpus / "beta.txt").unlink()
    update(settings)
    assert not (proposed.parent / "beta.toml").exists()


def test_a_removed_file_leaves_nothing_behind(settings: Settings) -> None:
    update(settings)
    (settings.corpus / "beta.txt").write_text(BETA.replace("Other", "Altered"))
    update(settings)
    (settings.corpus / "beta.txt").unlink()
    summary = update(settings)
    assert summary.removed == ("beta",)
    assert "Removed beta: its file is gone." in summary.lines()
    library = Generations(settings.data_folder).current().library
    database = sqlite3.connect(library)
    held = "\n".join(
        repr(row)
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        for row in database.execute(f"SELECT * FROM {table}")
    )
    database.close()
    assert "Journalists" not in held and "Other words" not in held and "'beta'" not in held


def test_a_bad_file_keeps_its_earlier_version_marked_stale(settings: Settings) -> None:
    update(settings)
    beta = settings.corpus / "beta.txt"
    beta.write_bytes(BROKEN)
    summary = update(settings)
    assert (summary.submissions, summary.stale) == (2, ("beta.txt",))
    (failure,) = summary.failed
    assert failure.path == "beta.txt" and "beta.txt" in failure.message
    assert any("earlier version stays" in line for line in summary.lines())
    stale = current(settings).card("beta").stale
    assert stale is not None and "beta.txt" in stale.reason
    since = stale.since
    # Trying again in vain makes no new index, and a rebuild keeps the version too.
    assert not update(settings).changed
    update(settings, rebuild=True)
    stale = current(settings).card("beta").stale
    assert stale is not None and stale.since == since
    assert current(settings).paragraph("beta", "2").text == "Journalists were tortured."
    beta.write_text(BETA)
    mended = update(settings)
    assert (mended.read, mended.failed, mended.stale) == (1, (), ())
    assert current(settings).card("beta").stale is None


def test_a_file_that_could_never_be_read_is_tried_again(settings: Settings) -> None:
    (settings.corpus / "gamma.txt").write_bytes(BROKEN)
    first = update(settings)
    assert (first.submissions, len(first.failed), first.stale) == (2, 1, ())
    second = update(settings)
    assert (second.changed, second.failed) == (False, first.failed)
    (settings.corpus / "gamma.txt").write_text(ALPHA)
    assert update(settings).submissions == 3


def test_not_one_document_can_be_read(settings: Settings) -> None:
    for name in ("alpha.txt", "beta.txt"):
        (settings.corpus / name).write_bytes(BROKEN)
    with pytest.raises(SourceError, match=r"(?s)Not one document.*alpha\.txt.*beta\.txt"):
        update(settings)


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        ({"1": "a"}, {"1": "a"}, []),
        ({"1": "a"}, {"1": "b"}, [("1", "text", "a", None)]),
        ({"1": "a", "2": "b"}, {"1": "a"}, [("2", "gone", "b", None)]),
        ({"1": "a"}, {"1": "a", "2": "b"}, []),  # an added paragraph moves no address
        ({"1": "a"}, {"1": "b", "2": "a"}, [("1", "text", "a", "2"), ("2", "new", "", "1")]),
        # Two alike: which of them the text went to cannot be said.
        ({"1": "a"}, {"2": "a", "3": "a"}, [("1", "gone", "a", None), ("2", "new", "", "1"),
                                            ("3", "new", "", "1")]),
    ],
)  # fmt: skip
def test_what_became_of_addresses(
    before: dict[str, str], now: dict[str, str], changes: list[tuple[str, str, str, str | None]]
) -> None:
    found = list(compare(before, now, "2026-01-01"))
    assert [(c.number, c.kind, c.was, c.other) for c in found] == changes


def test_changes_of_addresses_are_told_and_kept(settings: Settings) -> None:
    update(settings)
    alpha = settings.corpus / "alpha.txt"
    # A paragraph goes in before the second, and the last is taken out.
    alpha.write_text(
        "Submission on Belarus\n\nI. TORTURE\n\n1. First words of Human Rights Watch.\n"
        "2. Words put in between.\n3. Second words on torture.\n"
    )
    summary = update(settings)
    ((submission, changes),) = summary.changes
    assert submission == "alpha"
    assert [(c.number, c.kind, c.other) for c in changes] == [
        ("2", "text", "3"),
        ("3", "text", None),
    ]
    told = "2 reads otherwise, its text is now 3; 3 reads otherwise"
    assert f"Addresses of alpha that changed: {told}." in summary.lines()
    # Kept when other files change, and when everything is read again.
    (settings.corpus / "beta.txt").unlink()
    update(settings)
    update(settings, rebuild=True)
    kept = current(settings).changes("alpha")
    assert [(c.number, c.was) for c in kept] == [
        ("2", "Second words on torture."),
        ("3", "Third words on prisons in Minsk."),
    ]


def test_the_pages_tell_what_became_of_an_address(settings: Settings) -> None:
    update(settings)
    alpha = settings.corpus / "alpha.txt"
    alpha.write_text(ALPHA.replace("2. Second words on torture.\n3.", "2."))
    beta = settings.corpus / "beta.txt"
    beta.write_bytes(BROKEN)
    update(settings)
    site = Site(settings)
    try:
        client = create_app(settings, site).test_client()
        page = client.get("/submissions/alpha/2").get_data(as_text=True)
        assert "another text stood here" in page and "Second words on torture." in page
        twin = client.get("/submissions/alpha/2.json").get_json()
        (change,) = twin["changes"]
        assert (change["kind"], change["was"]) == ("text", "Second words on torture.")
        gone = client.get("/submissions/alpha/3.json")
        assert gone.status_code == 404
        error = gone.get_json()["error"]
        assert error["code"] == "gone" and error["cure"].endswith("/submissions/alpha/2")
        for address in ("/submissions", "/submissions/beta", "/submissions/beta/1"):
            assert "An earlier version." in client.get(address).get_data(as_text=True)
        assert "beta.txt" in client.get("/submissions/beta.json").get_json()["stale"]["reason"]
        assert "stale" not in client.get("/submissions/alpha.json").get_json()
        assert "since" in client.get("/submissions/beta/1.json").get_json()["submission"]["stale"]
    finally:
        site.close()


def test_what_other_code_has_stored_is_read_again_and_compared(settings: Settings) -> None:
    update(settings)
    seal_again(settings.data_folder, code="other")
    (settings.corpus / "alpha.txt").write_text(ALPHA.replace("Second", "Next"))
    (settings.corpus / "beta.txt").write_bytes(BROKEN)
    summary = update(settings)
    assert (summary.read, summary.stale) == (1, ("beta.txt",))
    ((submission, (change,)),) = summary.changes
    assert (submission, change.number, change.was) == ("alpha", "2", "Second words on torture.")


def test_what_was_stored_cannot_be_read_at_all(settings: Settings) -> None:
    update(settings)
    for library in settings.data_folder.glob("generations/*/library.sqlite"):
        library.write_bytes(b"no database")
    summary = update(settings)
    assert summary.read == 2
    assert "library.sqlite has 11 bytes" in summary.mended


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_the_index_in_force(settings: Settings, number: int) -> None:
    update(settings)
    before = (settings.data_folder / "current").read_text()
    slow = settings.corpus / "slow.txt"  # read for many seconds, on any machine
    sentence = "The Ministry of Justice told Ms. Anna Example on 3 May 2019 (S/1). " * 40
    slow.write_text("\n\n".join(f"{number}. {sentence}" for number in range(1, 10_000)))
    command = [sys.executable, "-c", "from webapp.cli import main; main()", "index"]
    options = ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]
    started = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while len(list(settings.data_folder.glob("generations/*"))) < 2:
        assert time.monotonic() < until and started.poll() is None
        time.sleep(0.01)
    time.sleep(0.5)
    os.kill(started.pid, number)
    _, told = started.communicate(timeout=60)
    assert started.returncode != 0
    assert "Traceback" not in told
    assert number != signal.SIGINT or "The index is as it was before" in told
    assert (settings.data_folder / "current").read_text() == before
    slow.unlink()
    assert not update(settings).changed
    assert len(list(settings.data_folder.glob("generations/*"))) == 1
