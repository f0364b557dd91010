"""What the server in front of the application lets through to it."""

from __future__ import annotations

import sys
from pathlib import Path

from indexer.settings import Settings
from tests.serving import answer, free_port, serving


def test_a_query_of_any_length_is_answered(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    pilcrow = Path(sys.executable).with_name("pilcrow")
    command = (pilcrow, "serve", "--data", settings.data_folder, "--port", str(port))
    with serving(command, port, tmp_path) as address:
        for letters, status in ((30, 200), (5_000, 422), (500_000, 422)):
            assert answer(f"{address}/search.json?q={'a' * letters}")[0] == status
    assert "aaaa" not in (tmp_path / "server.log").read_text(encoding="utf-8")
