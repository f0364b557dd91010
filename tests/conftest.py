"""What do tests share? The real submission, its index, and the application on it.

What a test may lack on a user's machine, ``tests/needs.py`` knows.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.model import Submission
from indexer.pipeline import update
from indexer.reading import Reader
from indexer.settings import Settings, packaged_corpus
from webapp import create_app
from webapp.site import Site

pytest_plugins = ["tests.needs"]

SEED = packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt"


@pytest.fixture(scope="session")
def seed() -> Submission:
    """The first submission, read and tagged."""
    return Reader(packaged_corpus()).read(SEED)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with an index of the packaged corpus."""
    settings = Settings(data=tmp_path_factory.mktemp("data"), search_processes=1)
    update(settings)
    return settings


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[Site]:
    """The index being served, with its search process."""
    site = Site(settings)
    yield site
    site.close()


@pytest.fixture(scope="session")
def app(settings: Settings, site: Site) -> Flask:
    """The application."""
    app = create_app(settings, site)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()
