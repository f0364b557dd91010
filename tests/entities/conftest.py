"""Small documents and the packaged authority files for the tests of recognition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.entities import Authority, load_authority, tag
from indexer.model import Entity, Paragraph, Source, Submission
from indexer.settings import packaged_corpus

Tag = Callable[..., Submission]

HEADER = "id,type,label,aliases,weak_aliases,country,valid,sensitive,status,note,source\n"


def document(*texts: str, state: str | None = None) -> Submission:
    """A submission of paragraphs 1, 2, … with these texts."""
    source = Source("x.txt", "0" * 64, "text/plain", "utf-8", True, 0)
    paragraphs = tuple(
        Paragraph(str(n), f"para_{n}", text, None, "narrative") for n, text in enumerate(texts, 1)
    )
    return Submission(
        "x", "X", "submission", state, None, None, "en", source, paragraphs=paragraphs
    )


def entity(submission: Submission, id_: str) -> Entity:
    """The entity of that id."""
    return next(e for e in submission.entities if e.id == id_)


def named(submission: Submission, type_: str | None = None) -> list[tuple[str, str | None]]:
    """(text, entity) of the mentions, of one type or all, in order."""
    return [
        (m.text, m.entity)
        for p in submission.paragraphs
        for m in p.mentions
        if type_ in (None, m.type)
    ]


@pytest.fixture(scope="session")
def authority() -> Authority:
    return load_authority([packaged_corpus() / "authority"])


@pytest.fixture(scope="session")
def tagged(authority: Authority) -> Tag:
    def make(*texts: str, state: str | None = None, rows: Authority = authority) -> Submission:
        return tag(document(*texts, state=state), rows)

    return make


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., Authority]:
    """Authority from lines of one or more files."""

    def make(**files: str) -> Authority:
        for name, lines in files.items():
            (tmp_path / f"{name}.csv").write_text(HEADER + lines, encoding="utf-8")
        return load_authority([tmp_path])

    return make
