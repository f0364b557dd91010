"""What the last part of a paragraph's address may name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import NotFound
from indexer.model import Submission
from webapp.addresses import addressed
from webapp.site import Site


@pytest.mark.parametrize(
    ("address", "shown"),
    [("48", ["48"]), ("50-52", ["50", "51", "52"]), ("50–52", ["50", "51", "52"]), ("9-9", ["9"])],
)
def test_a_number_or_a_run(site: Site, seed: Submission, address: str, shown: list[str]) -> None:
    named = addressed(site.view().library, seed, address)
    assert list(named.shown) == list(named.cited) == shown


@pytest.mark.parametrize(
    ("written", "address"), [("48", "48"), ("50–52", "50-52"), ("50 - 52", "50-52"), ("9-9", "9")]
)
def test_it_has_one_address_however_it_is_written(
    site: Site, seed: Submission, written: str, address: str
) -> None:
    assert addressed(site.view().library, seed, written).address == address


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("20(f)", "The State should: (e) ratify; (f) repeal the decree."),
        ("20(f)", "The State should: e) ratify; f) repeal the decree."),
        ("20(12)", "We recommend: 11. To ratify. 12. To repeal."),
        ("20(f)(ii)", "The State should (f) repeal (i) the decree and (ii) the order."),
    ],
)
def test_an_item_is_cited_and_its_paragraph_shown(
    site: Site, seed: Submission, address: str, text: str
) -> None:
    paragraphs = tuple(replace(p, text=text) if p.number == "20" else p for p in seed.paragraphs)
    named = addressed(site.view().library, replace(seed, paragraphs=paragraphs), address)
    assert (named.shown, named.cited) == (("20",), (address,))


@pytest.mark.parametrize(
    "address", ["0", "85", "52-50", "1-99", "20(zz)", "85(a)", "x", "1-2-3", "-"]
)
def test_what_is_not_there_is_not_found(site: Site, seed: Submission, address: str) -> None:
    with pytest.raises(NotFound):
        addressed(site.view().library, seed, address)
