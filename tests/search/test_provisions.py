"""Articles and cases as they are printed, in any of their forms."""

from __future__ import annotations

import pytest

from indexer.pipeline import update
from indexer.query.results import SearchParameters
from indexer.settings import Settings
from webapp.cli import open_searcher

TEXT = """\
Submission to the Universal Periodic Review of Ghana

1. Article 20(1) of the Constitution and Article 12A of the Criminal Code name 20 goats.

2. Article 20(2) of the Constitution and Article 335-B of the Criminal Code name 1 goat.

3. Article 20 of the Constitution is cited beside Opinion No. 16/2017.

4. See A/HRC/WGAD/2018/45 and A/HRC/WGAD/2018/145.
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of that text."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "gha.txt").write_text(TEXT, "utf-8")
    settings = Settings(corpus=corpus, data=tmp_path_factory.mktemp("data"), search_processes=1)
    update(settings)
    return settings


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        # Its brackets were the language's: Article 20 and the word 1.
        ("Article 20(1)", "1"),
        ("Article 20 (1) of the Constitution", "1"),
        ("Article 20", "3"),
        ("article:20", "1 2 3"),
        ("article:20(2)", "2"),
        ('article:"20 (2)"', "2"),
        ("article:2", ""),
        # Letters of an article were never found.
        ("article:12A", "1"),
        ("article:12a", "1"),
        ("article:335-B", "2"),
        ("article:335", ""),
        ("case:16/2017", "3"),
        # Cited by its symbol alone.
        ("case:45/2018", "4"),
        ("case:5/2018", ""),
        ("case:2018", ""),
        ("Opinion No. 45/2018", "4"),
    ],
)
def test_provisions_and_cases(settings: Settings, q: str, numbers: str) -> None:
    found = open_searcher(settings).search(SearchParameters(q=q, size=100, sort="document"))
    assert " ".join(hit.paragraph.number for hit in found.hits) == numbers
