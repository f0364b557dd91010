"""Lettered, Roman and restarted items: places inside a paragraph."""

from __future__ import annotations

import pytest

from indexer.notation.items import has_item, split_item

_LIST = (
    "The State should, by 12 May 2020:\n(a) open the port;\n(b) tell\n(i) the crews;\n"
    "(ii) the owners;\n(c) answer.\n12. Lastly, rest."
)


@pytest.mark.parametrize(
    ("address", "number", "labels"),
    [
        ("48", "48", ()),
        ("20(f)", "20", ("f",)),
        ("20 (f) (ii)", "20", ("f", "ii")),
        ("95(12)", "95", ("12",)),
        ("3.6(iv)", "3.6", ("iv",)),
        ("26~2(a)", "26~2", ("a",)),
        ("(a)", "(a)", ()),
    ],
)
def test_an_address_is_a_number_and_labels(
    address: str, number: str, labels: tuple[str, ...]
) -> None:
    assert split_item(address) == (number, labels)


@pytest.mark.parametrize(
    "labels", [("a",), ("b",), ("b", "ii"), ("ii",), ("C",), ("12",), ("c", "12")]
)
def test_an_item_is_there_where_it_is_printed(labels: tuple[str, ...]) -> None:
    assert has_item(_LIST, labels)


@pytest.mark.parametrize("labels", [("d",), ("a", "z"), ("ii", "b", "a"), ("2020",), ("5",), ()])
def test_what_is_not_printed_is_no_item(labels: tuple[str, ...]) -> None:
    assert not has_item(_LIST, labels)


@pytest.mark.parametrize(
    "text",
    [
        "1) Inspect houses\n2) Fine those",
        "- 1. One\n- 2. Two",
        "We ask: (1) peace; (2) rest.",
        "We recommend: 1. To ratify. 2. To repeal.",
    ],
)
def test_restarted_items_in_any_style(text: str) -> None:
    assert has_item(text, ("2",))
    assert not has_item(text, ("3",))
