"""Readings of the first submission and of the samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import Reading, Submission
from indexer.readers import read_source
from indexer.readers.text import read
from indexer.settings import packaged_corpus
from indexer.structure import build, load_metadata

SAMPLES = Path(__file__).parent.parent / "samples"
SEED = packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt"


@pytest.fixture(scope="session")
def first_reading() -> Reading:
    return read_source(SEED)


@pytest.fixture(scope="session")
def first(first_reading: Reading) -> Submission:
    """The first submission, without entities."""
    return build(first_reading, load_metadata(SEED))


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Submission]:
    """A sample by its file's name."""
    return lambda name: build(read_source(SAMPLES / name))


@pytest.fixture(scope="session")
def written() -> Callable[..., Submission]:
    """A submission from its text."""

    def build_text(text: str, name: str = "written.txt") -> Submission:
        return build(read(text.encode(), name, "", "utf-8"))

    return build_text
