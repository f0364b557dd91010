"""The terms of typed words in a corpus of several languages."""

from __future__ import annotations

import pytest

from indexer.query.highlight import Matcher
from tests.engines.contract import document, tree


@pytest.mark.parametrize(
    ("q", "language", "text"),
    [
        # Stemmed with its hyphen or its dots in every language but the first.
        ("avant-gardes", "fr", "une avantgarde"),
        ("avant-garde", "fr", "des avantgardes"),
        ('forms:"U.N. reports"', "en", "a UN report"),
        ("co-operations", "en", "cooperation"),
        ("S\u0301wia*", "en", "Świącicki"),
        ("co-op*", "en", "cooperated"),
        ("यातन*", "hi", "यातनाएँ"),
    ],
)
@pytest.mark.parametrize("languages", [("tr", "fr", "en", "hi"), ("hi", "en", "fr"), ("fr", "hi")])
def test_a_word_is_found_whichever_language_comes_first(
    q: str, language: str, text: str, languages: tuple[str, ...]
) -> None:
    if language not in languages:
        languages = (*languages, language)
    found = document("1", text, language=language)
    assert Matcher(found).holds(tree(q, *languages))
