"""What is damaged is made again, and what cannot be looked at is not taken for gone."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import pytest

from indexer.errors import AuthorityError, IndexUnavailable
from indexer.generations import Generations
from indexer.library import Origin
from indexer.pipeline import update
from indexer.pipeline.plan import Corpus
from indexer.reading import Reader
from indexer.settings import Settings
from tests.verified import verified

TEXT = "Submission on Belarus\n\n1. First words of {0}.\n2. Second words of {0}.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus of two documents, one in a folder, and where its index goes."""
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "alpha.txt").write_text(TEXT.format("alpha"))
    (folder / "sub" / "beta.txt").write_text(TEXT.format("beta"))
    return Settings(corpus=folder, data=tmp_path / "data", search_processes=1, reading_processes=1)


@pytest.mark.parametrize("lost", ["", "_MAIN_1.toc", "rows.npy", "columns.npz", "columns.json"])
def test_a_damaged_engine_is_made_again(settings: Settings, lost: str) -> None:
    update(settings)
    place = Generations(settings.data_folder).current().engine / lost
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    (settings.corpus / "alpha.txt").write_text(TEXT.format("alpha and more"))
    assert update(settings).read == 2
    assert "2 submissions and 4 paragraphs, each in library and index" in verified(settings)


def test_damage_beside_the_library_costs_nothing_that_it_alone_knows(settings: Settings) -> None:
    update(settings)
    (settings.corpus / "alpha.txt").write_bytes(b"\0")
    update(settings)
    for path in settings.data_folder.glob("generations/*/engine/rows.npy"):
        path.write_bytes(path.read_bytes() + b"0")
    summary = update(settings)
    assert "rows.npy" in summary.mended
    assert summary.submissions == 2
    assert len(summary.stale) == 1


def test_a_folder_that_cannot_be_looked_into_is_not_gone(settings: Settings) -> None:
    corpus = Corpus(Reader(settings.corpus), settings)
    origins = {
        name: Origin(name, "", "beta", stale=False) for name in ("sub/beta.txt", "other/beta.txt")
    }
    corpus.add_what_is_closed(origins)
    assert list(corpus.paths) == ["alpha.txt", "sub/beta.txt"]
    # So it is listed where its names cannot be: as the folder.
    del corpus.paths["sub/beta.txt"]
    corpus.paths["sub"] = settings.corpus / "sub"
    corpus.add_what_is_closed(origins)
    assert list(corpus.paths) == ["alpha.txt", "sub", "sub/beta.txt"]
    assert corpus.paths["sub/beta.txt"] == settings.corpus / "sub" / "beta.txt"


def test_a_disk_that_is_full_is_told_and_costs_nothing(settings: Settings) -> None:
    update(settings)
    before = Generations(settings.data_folder).current().name
    (settings.corpus / "alpha.txt").write_text(TEXT.format("another"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow beyond this: what a system says of a full disk, but for the name.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(IndexUnavailable, match=r"could not be made in .*as it was before"):
            update(settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert Generations(settings.data_folder).current().name == before
    assert len(list(settings.data_folder.glob("generations/*"))) == 1
    assert update(settings).read == 1


def test_an_authority_file_that_is_none_is_named(settings: Settings) -> None:
    (settings.corpus / "authority" / "ours.csv").mkdir(parents=True)
    with pytest.raises(AuthorityError, match=r"ours\.csv: the authority file cannot be read"):
        update(settings)
