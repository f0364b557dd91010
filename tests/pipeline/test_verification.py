"""Damage to what is stored is found by the check and told by the pages, never printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged
from indexer.generations import Generations
from indexer.library import Library
from indexer.pipeline import update, verify
from indexer.settings import Settings

TEXT = "Submission on Belarus\n\n1. First words of alpha.\n2. Second words of alpha.\n"


def _flipped(column: str) -> Callable[[sqlite3.Connection], None]:
    def flip(database: sqlite3.Connection) -> None:
        ((blob,),) = database.execute(f"SELECT {column} FROM submission")
        middle = len(blob) // 2
        damaged = blob[:middle] + bytes([blob[middle] ^ 0xFF]) + blob[middle + 1 :]
        database.execute(f"UPDATE submission SET {column} = ?", (damaged,))

    return flip


def _other_text(database: sqlite3.Connection) -> None:
    database.execute("UPDATE paragraph SET record = replace(record, 'First', 'Fjrst')")


def _no_record(database: sqlite3.Connection) -> None:
    database.execute("UPDATE paragraph SET record = '{'")


@pytest.mark.parametrize(
    "damage", [_flipped("record"), _flipped("source"), _other_text, _no_record]
)
def test_damage_is_found(tmp_path: Path, damage: Callable[[sqlite3.Connection], None]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "alpha.txt").write_text(TEXT)
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    update(settings)
    assert "1 submission and 2 paragraphs" in verify(settings)
    database = sqlite3.connect(Generations(settings.data_folder).current().library)
    damage(database)
    database.commit()
    database.close()
    with pytest.raises(IndexDamaged, match=r"library\.sqlite cannot be read.*--rebuild"):
        verify(settings)
    assert update(settings, rebuild=True).read == 1
    assert "1 submission and 2 paragraphs" in verify(settings)


def test_a_damaged_text_is_told_as_such(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "alpha.txt").write_text(TEXT)
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    update(settings)
    path = Generations(settings.data_folder).current().library
    database = sqlite3.connect(path)
    _flipped("record")(database)
    database.commit()
    database.close()
    with pytest.raises(IndexDamaged, match="Rebuild it"):
        Library(path).submission("alpha")
