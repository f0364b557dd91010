from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.errors import IndexDamaged, NoIndex, SettingsError
from indexer.query.engine import Engine
from indexer.query.request import IndexDocument
from tests.engines.contract import DOCUMENTS, EngineContract


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
