"""Searches that run too long, in real processes on a real index."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.engines.processes import SearchProcesses
from indexer.errors import NoIndex, QueryRefused, SearchTimeout
from indexer.query.request import Everything, Fuzzy, Or, SearchRequest, Wildcard
from tests.engines.contract import document

LIMIT_SECONDS = 1.0
#: Near spellings of many long words over a vocabulary of some 40,000: seconds of work.
WORST = SearchRequest(Or(tuple(Fuzzy("word", f"abcdefghij{n:04}", 2) for n in range(2000))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a large vocabulary."""
    folder = tmp_path_factory.mktemp("engine")
    letters = random.Random(7)  # the same words every time
    engine = open_engine("whoosh", folder, writing=True)
    engine.add(
        document(
            str(number),
            " ".join("".join(letters.choices("abcdefghij", k=12)) for _ in range(400)),
        )
        for number in range(1, 101)
    )
    engine.close()
    return folder


@pytest.fixture(scope="module")
def processes() -> Iterator[SearchProcesses]:
    """One search process."""
    processes = SearchProcesses(1, LIMIT_SECONDS)
    yield processes
    processes.close()


def test_several_questions_in_one_go(processes: SearchProcesses, folder: Path) -> None:
    requests = [SearchRequest(Everything(), size=3), SearchRequest(Wildcard("word", "abc*"))]
    first, second = processes.ask("whoosh", folder, requests)
    assert [hit.number for hit in first.hits] == ["1", "2", "3"]
    assert 0 < second.total < first.total == 100


def test_a_search_that_runs_too_long_is_ended_and_the_next_is_answered(
    processes: SearchProcesses, folder: Path
) -> None:
    processes.ask("whoosh", folder, [SearchRequest(Everything())])
    started = time.monotonic()
    with pytest.raises(SearchTimeout, match="more than 1 second"):
        processes.ask("whoosh", folder, [WORST])
    assert time.monotonic() - started < LIMIT_SECONDS + 1
    (result,) = processes.ask("whoosh", folder, [SearchRequest(Everything())])
    assert result.total == 100


def test_errors_cross_from_the_process(
    processes: SearchProcesses, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(QueryRefused) as refused:
        processes.ask("whoosh", folder, [SearchRequest(Wildcard("word", "abc*"), expansions=1)])
    assert refused.value.code == "too-many-expansions"
    assert refused.value.cure
    with pytest.raises(NoIndex):
        processes.ask("whoosh", tmp_path, [SearchRequest(Everything())])
