"""Which questions take longest? A list of shapes, and a generator of ever new ones.

Each shape once cost seconds, or costs as much as the limits allow: many near spellings, wide
wildcards, the commonest words in phrases and near each other, deep nesting, all pages at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

_COMMON = ("the", "of", "and", "to", "in", "that", "for", "state", "torture")
_LETTERS = "abdegiklmnoprstu"


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_LETTERS, k=length))


def _near_spellings(chance: random.Random) -> str:
    return " OR ".join(f"{_word(chance, chance.randint(6, 12))}~2" for _ in range(60))


def _misspelt(chance: random.Random) -> str:
    """Words that nothing has: each is looked for among all near spellings."""
    return " ".join(_word(chance, chance.randint(6, 14)) for _ in range(100))


def _wildcards(chance: random.Random) -> str:
    return " OR ".join(f"{_word(chance, 3)}*" for _ in range(60))


def _inner_wildcards(chance: random.Random) -> str:
    return " OR ".join(f"{_word(chance, 3)}*a*e*i*o*u*{_word(chance, 1)}?" for _ in range(60))


def _phrases(chance: random.Random) -> str:
    return " OR ".join(f'"{" ".join(chance.choices(_COMMON, k=4))}"' for _ in range(60))


def _long_phrase(chance: random.Random) -> str:
    return '"' + " ".join(chance.choices(_COMMON, k=120)) + '"'


def _near_each_other(chance: random.Random) -> str:
    return " OR ".join(f'"{" ".join(chance.choices(_COMMON, k=5))}"~100' for _ in range(40))


def _same_word_near_itself(chance: random.Random) -> str:
    return f'"{" ".join([chance.choice(_COMMON)] * 60)}"~100'


def _negations(chance: random.Random) -> str:
    return " ".join(f"NOT (NOT {chance.choice(_COMMON)} OR {_word(chance, 5)})" for _ in range(60))


def _nested(chance: random.Random) -> str:
    return "(" * 1900 + " OR ".join(_COMMON) + ")" * 1900


def _every_word(chance: random.Random) -> str:
    return " OR ".join(chance.sample(_COMMON, len(_COMMON)) * 10)


def _forms(chance: random.Random) -> str:
    return f'forms:"{" ".join(chance.choices(_COMMON, k=100))}"~100'


def _hyphens(chance: random.Random) -> str:
    return "-".join(chance.choices(_COMMON, k=600))


def _articles(chance: random.Random) -> str:
    numbers = (f"Article {chance.randint(1, 999)}({chance.randint(1, 99)})" for _ in range(120))
    return " ".join(numbers)


def _citation(chance: random.Random) -> str:
    return "paras " + ", ".join(f"{n}-999999" for n in range(1, 180))


def _notes(chance: random.Random) -> str:
    return "fn " + ", ".join(f"{n}-999999" for n in range(1, 180))


def _addresses(chance: random.Random) -> str:
    return " ".join(f"{_word(chance, 4)}.{_word(chance, 3)}/" for _ in range(120))


def _names(chance: random.Random) -> str:
    return " ".join(f'person:"{_word(chance, 8)} {_word(chance, 9)}"' for _ in range(90))


SHAPES = (
    _near_spellings,
    _misspelt,
    _wildcards,
    _inner_wildcards,
    _phrases,
    _long_phrase,
    _near_each_other,
    _same_word_near_itself,
    _negations,
    _nested,
    _every_word,
    _forms,
    _hyphens,
    _articles,
    _citation,
    _notes,
    _addresses,
    _names,
)

#: Addresses that take a query, besides the search itself.
_WHERE = ("/search", "/search.json", "/search.csv", "/search.atom", "/search.csl.json")


def worst_queries(seed: int = 1) -> Iterator[tuple[str, str]]:
    """Each shape once, with its name."""
    chance = random.Random(seed)
    for shape in SHAPES:
        yield shape.__name__.lstrip("_"), shape(chance)


def worst_addresses(submission: str, seed: int = 1) -> Iterator[str]:
    """Addresses with the worst queries, without end; *submission* is one with long paragraphs."""
    chance = random.Random(seed)
    while True:
        q = chance.choice(SHAPES)(chance)
        if chance.random() < 0.2:
            yield f"/submissions/{quote(submission)}?{urlencode({'q': q})}"
        else:
            asked = {"q": q, "size": "100", "page": str(chance.randint(1, 5))}
            yield f"{chance.choice(_WHERE)}?{urlencode(asked)}"
