"""Names that a document defines are found where it prints them, and nowhere inside others."""

from __future__ import annotations

from time import process_time

import pytest

from indexer.entities.occurrences import Occurrences

BEFORE, AFTER = r"(?<![\p{L}\p{Nd}\-])", r"(?![\p{L}\p{Nd}]|-\p{Lu})"


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["ODF", "FIDU"], "ODF and FIDU, with ODF's lawyers", ["ODF", "FIDU", "ODF"]),
        # Of two that start at one place the longer; none inside one that was found.
        (["UN", "UN Women", "Women"], "UN Women, the UN and Women", ["UN Women", "UN", "Women"]),
        # Where the longer one has no edge, the shorter may.
        (["AB", "AB-C"], "AB-Cx and AB-C", ["AB-C"]),
        (["AB", "AB-c"], "AB-cx", ["AB"]),
        # Not inside a word, behind a hyphen, or before one and a capital.
        (["HRC"], "UNHRC, HRCs, ex-HRC, HRC-NGO, (HRC)", ["HRC"]),
        (["ГКНБ"], "в ГКНБ и ГКНБА", ["ГКНБ"]),
        (["AA"], "AAA AA", ["AA"]),
    ],
)
def test_names_between_their_edges(names: list[str], text: str, found: list[str]) -> None:
    occurrences = list(Occurrences(names, BEFORE, AFTER).find(text))
    assert [text[start:end] for start, end, _ in occurrences] == found
    assert [name for _, _, name in occurrences] == found


def test_many_names_cost_no_more_than_few() -> None:
    text = "The Committee heard of NGO17 and of XQ9999 in every district. " * 400
    few = Occurrences(["NGO17", "XQ9999"], BEFORE, AFTER)
    many = Occurrences([f"NGO{n}" for n in range(10_000)] + ["XQ9999"], BEFORE, AFTER)

    def cost(names: Occurrences) -> float:
        started = process_time()
        assert len(list(names.find(text))) == 800
        return process_time() - started

    # Ten thousand alternatives tried at every place would cost hundreds of times as much.
    assert min(cost(many) for _ in range(3)) < 20 * min(cost(few) for _ in range(3)) + 0.05
