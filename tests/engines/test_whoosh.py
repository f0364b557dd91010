from __future__ import annotations

import gc
import random
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.errors import IndexDamaged, IndexUnavailable, NoIndex, QueryRefused, SettingsError
from indexer.query.engine import Engine
from indexer.query.request import And, Everything, IndexDocument, SearchRequest
from tests.engines.contract import DOCUMENTS, EngineContract, tree


class TestWhoosh(EngineContract):
    @classmethod
    def make(cls, folder: Path, documents: Sequence[IndexDocument]) -> Engine:
        writer = open_engine("whoosh", folder, writing=True)
        writer.add(documents)
        writer.close()
        return open_engine("whoosh", folder)

    @classmethod
    def change(cls, folder: Path, removed: str, added: Sequence[IndexDocument]) -> Engine:
        writer = open_engine("whoosh", folder, writing=True)
        writer.remove(removed)
        writer.add(added)
        writer.close()
        return open_engine("whoosh", folder)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="pilcrow index"):
        open_engine("whoosh", tmp_path)


def test_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="whoosh"):
        open_engine("elastic:9200", tmp_path)


@pytest.mark.parametrize("name", ["columns.json", "columns.npz", "rows.npy"])
def test_damaged_columns_are_named(tmp_path: Path, name: str) -> None:
    writer = open_engine("whoosh", tmp_path, writing=True)
    writer.add(DOCUMENTS)
    writer.close()
    path = tmp_path / name
    whole = path.read_bytes()
    changed = bytes(byte ^ 0x5A for byte in whole)
    # Cut off, and changed within: numpy tells of each in another way.
    for damaged in (b"no", whole[:40], whole[:30] + changed[30:90] + whole[90:], changed):
        path.write_bytes(damaged)
        with pytest.raises(IndexDamaged, match="--rebuild"):
            open_engine("whoosh", tmp_path)


#: One question for each way of reading postings.
QUESTIONS = (
    tree("detained"),
    tree('"rule of law"'),
    tree('"police detained"~5'),
    tree("detent*"),
    tree("swiacika~"),
    tree("note:complaint"),
    tree("nosuchword"),
    Everything(),
)


# Whoosh leaves open what it cannot read; the end of the test closes it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_damaged_bytes_are_told_as_damage(tmp_path: Path) -> None:
    """Whatever Whoosh, pickle, zlib and numpy raise: a page says 503 with the cure, not 500."""
    TestWhoosh.make(tmp_path / "whole", DOCUMENTS).close()
    chosen = random.Random(4)  # the same bytes every time
    told = 0
    for path in sorted((tmp_path / "whole").iterdir()):
        content = path.read_bytes()
        for trial in range(24):
            folder = tmp_path / f"{path.name}{trial}"
            shutil.copytree(tmp_path / "whole", folder)
            at = chosen.randrange(len(content)) if content else 0
            flipped = content[:at] + bytes(b ^ 0xFF for b in content[at : at + 1])
            cut = trial % 4 == 0
            (folder / path.name).write_bytes(flipped[:at] if cut else flipped + content[at + 1 :])
            told += _told(folder)
            shutil.rmtree(folder)
    gc.collect()
    assert told > 60


def _told(folder: Path) -> bool:
    """Whether a question is answered with damage; whatever else is raised fails the test."""
    try:
        engine = open_engine("whoosh", folder)
        try:
            for question in QUESTIONS:
                with suppress(QueryRefused):
                    engine.search(SearchRequest(question, facets=("section",)))
            engine.differing(DOCUMENTS)
        finally:
            engine.close()
    except IndexUnavailable as damage:
        assert "pilcrow index" in damage.cure or "pilcrow check" in damage.cure
        return True
    return False


def test_a_defect_of_ours_is_not_told_as_damage(tmp_path: Path) -> None:
    engine = TestWhoosh.make(tmp_path, DOCUMENTS)
    with pytest.raises(TypeError):
        engine.search(SearchRequest(And(None)))  # type: ignore[arg-type]  # no parts at all
    engine.close()


@pytest.mark.parametrize("writing", [False, True])
def test_an_index_without_its_list_of_segments_is_no_new_index(
    tmp_path: Path, writing: bool
) -> None:
    TestWhoosh.make(tmp_path, DOCUMENTS).close()
    next(tmp_path.glob("*.toc")).unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_engine("whoosh", tmp_path, writing=writing)
