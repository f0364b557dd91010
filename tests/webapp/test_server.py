"""What the server in front of the application lets through to it."""

from __future__ import annotations

import sys
from pathlib import Path

from indexer.generations import Generations
from indexer.pipeline import update
from indexer.settings import Settings
from tests.serving import answer, free_port, serving


def test_a_query_of_any_length_is_answered(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    command = (pilcrow, "serve", "--data", settings.data_folder, "--port", str(port))
    with serving(command, port, tmp_path) as address:
        for letters, status in ((30, 200), (5_000, 422), (200_000, 422), (500_000, 431)):
            assert answer(f"{address}/search.json?q={'a' * letters}")[0] == status
    assert "aaaa" not in (tmp_path / "server.log").read_text(encoding="utf-8")


def test_where_indexing_is_impossible_the_index_in_force_is_served(tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "alpha.txt").write_text("Submission on Belarus\n\n1. First words.\n2. More words.\n")
    settings = Settings(corpus=corpus, data=data, reading_processes=1)
    update(settings)
    (corpus / "beta.txt").write_text("Submission on Uganda\n\n1. Other words.\n2. Words again.\n")
    port = free_port()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    options = ("--corpus", corpus, "--data", data, "--port", str(port))
    with Generations(data).building():
        with serving((pilcrow, "serve", *options), port, tmp_path) as address:
            assert answer(f"{address}/submissions/alpha.json")[0] == 200
            assert answer(f"{address}/submissions/beta.json")[0] == 404
        told = (tmp_path / "server.log").read_text(encoding="utf-8")
        assert "Another process is indexing" in told
        assert "The index as it was before is served" in told
    # What another process brings while pages are served is served from then on.
    with serving((pilcrow, "serve", *options), port, tmp_path) as address:
        assert answer(f"{address}/submissions/beta.json")[0] == 200
        (corpus / "beta.txt").unlink()
        assert update(settings).removed == ("beta",)
        assert answer(f"{address}/submissions/beta.json")[0] == 404
