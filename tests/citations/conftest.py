"""Submissions to cite, built by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from indexer.model import Paragraph, Source, Submission, Submitter

Make = Callable[..., Submission]


def paragraph(number: str, text: str | None = None, doubtful: bool = False) -> Paragraph:
    return Paragraph(
        number=number,
        eid=f"para_{number}",
        text=text if text is not None else f"Text of {number}.",
        section=None,
        kind="narrative",
        doubtful=doubtful,
        number_in_doubt=doubtful,
    )


KAZAKHSTAN = Submission(
    id="kaz-2019-odf-fidu-khisr",
    title="THE UN UNIVERSAL PERIODIC REVIEW OF KAZAKHSTAN",
    kind="joint submission",
    state="KAZ",
    session="34",
    date="2019-03-28",
    language="en",
    source=Source("kazakhstan.txt", "0" * 64, "text/plain", "utf-8", True, 1),
    submitters=(
        Submitter("ODF", "Open Dialogue Foundation"),
        Submitter("FIDU", "Italian Federation for Human Rights"),
        Submitter("KHISR", "Kharkiv Institute for Social Research"),
    ),
    paragraphs=tuple(paragraph(str(number)) for number in range(1, 85)),
)


@pytest.fixture
def kazakhstan() -> Submission:
    """The metadata of the first submission, with 84 numbered paragraphs."""
    return KAZAKHSTAN


@pytest.fixture(scope="session")
def make() -> Make:
    """Build another submission: ``make(session="2", numbers=["1", "2"], doubtful=["2"])``."""

    def build(
        numbers: Sequence[str] | None = None, doubtful: Sequence[str] = (), **changes: Any
    ) -> Submission:
        if numbers is not None:
            changes["paragraphs"] = tuple(
                paragraph(number, doubtful=number in doubtful) for number in numbers
            )
        return replace(KAZAKHSTAN, **changes)

    return build


@pytest.fixture(scope="session")
def signed() -> Callable[[int], tuple[Submitter, ...]]:
    """Give so many submitters: Org 1 (O1), Org 2 (O2), …."""
    return lambda count: tuple(Submitter(f"O{i}", f"Org {i}") for i in range(1, count + 1))
