"""What is asked of a process while the index is made anew: answered, and not told as damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.generations import Generations
from indexer.pipeline import update
from indexer.settings import Settings
from webapp import create_app
from webapp.handing import Pages, hand_over
from webapp.site import Site
from webapp.workers import Workers


class Here(Workers):
    """Answers in this process, after something has happened to the index."""

    def __init__(self, settings: Settings) -> None:
        self._pages = Pages(settings)
        self.before: list[Callable[[], object]] = []

    def ask(self, about: Any, question: Any) -> Any:
        """The answer."""
        self._pages.ready(about)
        while self.before:
            self.before.pop()()
        return self._pages.answer(question)


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """Settings with an index of one document."""
    (tmp_path / "corpus").mkdir()
    text = "Submission on Togo\n\n1. They were detained.\n2. They were released.\n"
    (tmp_path / "corpus" / "togo.txt").write_text(text)
    settings = Settings(corpus=tmp_path / "corpus", data=tmp_path / "data", reading_processes=1)
    update(settings)
    return settings


@pytest.fixture
def workers(small: Settings) -> Here:
    """Who is asked."""
    return Here(small)


@pytest.fixture
def client(small: Settings, workers: Here) -> Iterator[FlaskClient]:
    """A client of the application, in which pages are handed over."""
    site = Site(small)
    app = create_app(small, site)
    hand_over(app, site, workers)
    yield app.test_client()
    site.close()


def test_what_a_purge_took_away_meanwhile_is_not_told(
    small: Settings, workers: Here, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    workers.before.append(lambda: update(small, purge=True))
    answered = client.get("/search.json?q=detained")
    assert (answered.status_code, answered.get_json()["total"]) == (200, 1)
    assert answered.get_json()["index"]["generation"] == Generations.of(small).current().name
    assert caplog.messages == []


def test_what_fails_at_the_second_look_as_well_is_told(
    small: Settings, workers: Here, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def damage() -> None:
        for path in small.data_folder.glob("generations/*/engine/*.seg"):
            path.unlink()

    workers.before.append(damage)
    assert client.get("/search.json?q=detained").status_code == 503
    assert [message for message in caplog.messages if ".seg is missing" in message]
    assert not [message for message in caplog.messages if message.startswith("IndexDamaged at")]


def test_a_defect_is_told_by_its_place(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Quizzaciously")

    monkeypatch.setattr("webapp.search.SearchPage", broken)
    assert client.get("/search.json?q=detained").status_code == 500
    assert [message.partition(" at ")[0] for message in caplog.messages] == ["ValueError"]
    assert "Quizzaciously" not in caplog.text


def test_health_is_told_of_an_index_that_was_purged_meanwhile(small: Settings) -> None:
    site = Site(small)
    view = site.view()
    update(small, purge=True)
    assert view.library.state() == (1, 2)
    site.close()
