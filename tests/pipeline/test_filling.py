"""What was read finds its place: ids that move, files that fail, addresses that come back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from indexer.generations import Generations
from indexer.library import Change, Library, compare, restated
from indexer.pipeline import Summary, update
from indexer.settings import Settings
from tests.verified import verified

TEXT = "Submission on Belarus\n\nI. TORTURE\n\n1. First words of {0}.\n2. Second words of {0}.\n"
BROKEN = b"1. \xff\xfe\x00 no text"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus of three documents, and where its index goes."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("alpha", "beta", "gamma"):
        (folder / f"{name}.txt").write_text(TEXT.format(name))
    return Settings(corpus=folder, data=tmp_path / "data", search_processes=1, reading_processes=1)


def named(settings: Settings, **ids: str) -> Summary:
    """An update after files were given these ids."""
    for name, id_ in ids.items():
        (settings.corpus / f"{name}.toml").write_text(f'id = "{id_}"\n')
    return update(settings)


def current(settings: Settings) -> Library:
    """The library in force."""
    return Library(Generations(settings.data_folder).current().library)


def owners(settings: Settings) -> dict[str, str]:
    """The file of each submission in force, whose text is that file's."""
    library = current(settings)
    found = {origin.submission: origin.path for origin in library.origins()}
    for submission, path in found.items():
        assert path.removesuffix(".txt") in library.texts(submission)["1"]
    assert "each in library and index" in verified(settings)
    return found


@pytest.mark.parametrize(
    ("ids", "held"),
    [
        # The first file takes what the second gives up later in the same update.
        ({"alpha": "beta", "beta": "delta"}, {"beta": "alpha", "delta": "beta", "gamma": "gamma"}),
        # Two files, and three, exchange theirs.
        ({"alpha": "beta", "beta": "alpha"}, {"beta": "alpha", "alpha": "beta", "gamma": "gamma"}),
        (
            {"alpha": "beta", "beta": "gamma", "gamma": "alpha"},
            {"beta": "alpha", "gamma": "beta", "alpha": "gamma"},
        ),
    ],
)
def test_ids_may_change_hands_in_one_update(
    settings: Settings, ids: dict[str, str], held: dict[str, str]
) -> None:
    update(settings)
    summary = named(settings, **ids)
    assert summary.failed == ()
    expected = {id_: f"{name}.txt" for id_, name in held.items()}
    assert owners(settings) == expected
    assert update(settings, rebuild=True).failed == ()
    assert owners(settings) == expected


def test_who_wants_an_id_that_others_exchange_keeps_its_own(settings: Settings) -> None:
    update(settings)
    summary = named(settings, alpha="beta", beta="alpha", gamma="beta")
    assert [failure.path for failure in summary.failed] == ["gamma.txt"]
    assert summary.stale == ("gamma.txt",)
    assert owners(settings) == {"beta": "alpha.txt", "alpha": "beta.txt", "gamma": "gamma.txt"}


def test_an_id_stays_with_the_file_that_had_it_when_everything_is_read_again(
    settings: Settings,
) -> None:
    update(settings)
    (settings.corpus / "aa.txt").write_text(TEXT.format("aa"))
    named(settings, aa="beta")
    assert owners(settings)["beta"] == "beta.txt"
    summary = update(settings, rebuild=True)
    assert [failure.path for failure in summary.failed] == ["aa.txt"]
    assert "aa.txt has the id beta, as has beta.txt" in next(summary.lines())
    assert owners(settings)["beta"] == "beta.txt"


def test_another_id_is_told(settings: Settings) -> None:
    update(settings)
    summary = named(settings, beta="delta")
    assert summary.renamed == (("beta", "delta"),)
    assert any(line.startswith("beta is now delta:") for line in summary.lines())


def test_files_that_still_cannot_be_read_cost_no_copy_of_the_index(settings: Settings) -> None:
    (settings.corpus / "never.txt").write_bytes(BROKEN)
    update(settings)
    (settings.corpus / "beta.txt").write_bytes(BROKEN)
    first = update(settings)
    assert first.stale == ("beta.txt",)
    generations = settings.data_folder / "generations"
    made: set[str] = set()

    def watch(done: int, total: int) -> None:
        made.update(str(path) for path in generations.glob("*/engine"))

    before = {str(path) for path in generations.glob("*/engine")}
    again = update(settings, progress=watch)
    assert (again.changed, again.failed, again.stale) == (False, first.failed, first.stale)
    assert made <= before
    # One more that fails is new all the same, and so is one less.
    (settings.corpus / "more.txt").write_bytes(BROKEN)
    assert [f.path for f in update(settings).failed] == ["beta.txt", "more.txt", "never.txt"]
    (settings.corpus / "more.txt").unlink()
    assert [f.path for f in update(settings).failed] == ["beta.txt", "never.txt"]
    assert "each in library and index" in verified(settings)


def test_an_address_that_says_again_what_it_said_has_no_history(settings: Settings) -> None:
    update(settings)
    beta = settings.corpus / "beta.txt"
    whole = beta.read_text()
    beta.write_text(whole.replace("2. Second words of beta.\n", ""))
    assert len(update(settings).changes) == 1
    assert len(current(settings).changes("beta")) == 1
    beta.write_text(whole)
    update(settings)
    assert current(settings).changes("beta") == ()


VERSIONS: list[tuple[list[dict[str, str]], list[tuple[str, str, str, str | None]]]] = [
    # A text moves on twice: the first address leads to where it stands today.
    (
        [{"1": "a"}, {"1": "x", "2": "a"}, {"1": "x", "2": "y", "3": "a"}],
        [("1", "text", "a", "3"), ("2", "text", "a", "3"), ("3", "new", "", "2")],
    ),
    # It is there again, with another text.
    ([{"1": "a", "2": "b"}, {"1": "a"}, {"1": "a", "2": "c"}], [("2", "gone", "b", None)]),
    # It is gone from where it went.
    (
        [{"1": "a", "2": "b"}, {"1": "x", "2": "a"}, {"1": "x"}],
        [("1", "text", "a", None), ("2", "text", "b", None), ("2", "gone", "a", None)],
    ),
    # There and back.
    ([{"1": "a"}, {"1": "b"}, {"1": "a"}], [("1", "text", "b", None)]),
]


@pytest.mark.parametrize(("versions", "held"), VERSIONS)
def test_earlier_changes_stay_true(
    versions: list[dict[str, str]], held: list[tuple[str, str, str, str | None]]
) -> None:
    changes: tuple[Change, ...] = ()
    for day, (before, now) in enumerate(pairwise(versions)):
        new = tuple(compare(before, now, f"2026-01-0{day + 1}"))
        changes = (*restated(changes, new, now), *new)
    assert sorted((c.number, c.kind, c.was, c.other) for c in changes) == sorted(
        held, key=lambda change: change[:3]
    )
