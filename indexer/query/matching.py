"""Where in a text does a query match? Positions, phrases, patterns and near spellings.

Engines use this on their postings, the highlighter on a text's tokens; so what an engine
finds and what a page marks are settled by the same lines.
"""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from indexer.analysis import MAX_JOINED_PARTS
from indexer.query.request import Near, Phrase

#: A stretch of positions, half-open.
Stretch = tuple[int, int]
#: Positions of a term key in one paragraph.
Positions = Callable[[str], Collection[int]]

#: The most positions a term can cover.
MAX_WIDTH = MAX_JOINED_PARTS

#: Positions left free between two footnotes, so that no phrase runs from one to the next.
NOTE_GAP = 1000

_WIDTH_MARK = "\x1f"  # never in a token: tokens hold letters, digits and . , /


def term_key(term: str, width: int = 1) -> str:
    """The key a term of *width* positions is indexed under; one of width 1 is itself."""
    return term if width == 1 else f"{term}{_WIDTH_MARK}{width}"


def term_of(key: str) -> str:
    """The term of a key, whatever its width."""
    return key.partition(_WIDTH_MARK)[0]


def width_of(key: str) -> int:
    """How many positions the term of a key covers."""
    _, _, width = key.partition(_WIDTH_MARK)
    return int(width or 1)


def all_keys(term: str) -> tuple[str, ...]:
    """The keys of a term in every width it can have."""
    return tuple(term_key(term, width) for width in range(1, MAX_WIDTH + 1))


def phrase_stretches(phrase: Phrase, positions: Positions) -> list[Stretch]:
    """Every stretch of positions that *phrase* covers, in order.

    >>> from indexer.query.request import Edge
    >>> rule = Phrase("word", 2, (Edge(0, 1, "rule"), Edge(1, 2, "law")))
    >>> phrase_stretches(rule, {"rule": [3, 9], "law": [4]}.__getitem__)
    [(3, 5)]
    """
    reached: list[set[Stretch]] = [set() for _ in range(phrase.length + 1)]
    for edge in phrase.edges:
        places = positions(term_key(edge.term, edge.width))
        if not places:
            continue
        if edge.source == 0:
            reached[edge.target].update((p, p + edge.width) for p in places)
        else:
            reached[edge.target].update(
                (start, end + edge.width) for start, end in reached[edge.source] if end in places
            )
    return sorted(reached[phrase.length])


def near_stretches(near: Near, positions: Positions) -> list[Stretch]:
    """The occurrences of the parts of *near* that stand close enough together.

    Close enough is a window that holds every part, a part given twice two times, whose
    first and last position are at most ``near.distance`` apart.
    """
    needed = Counter(near.parts)
    events = sorted(
        (stretch, index)
        for index, part in enumerate(needed)
        for stretch in phrase_stretches(part, positions)
    )
    wanted = list(needed.values())
    found: set[Stretch] = set()
    for at, ((first, _), _part) in enumerate(events):
        window = []
        for (start, end), part in events[at:]:
            if start - first > near.distance:
                break
            if end - 1 - first <= near.distance:
                window.append(((start, end), part))
        have = Counter(part for _, part in window)
        if all(have[index] >= count for index, count in enumerate(wanted)):
            found.update(stretch for stretch, _ in window)
    return sorted(found)


@lru_cache(maxsize=1024)
def pattern(wildcard: str) -> re.Pattern[str]:
    """The compiled form of a wildcard over a printed word (``*`` and ``?`` only)."""
    literal = wildcard.replace("[", "[[]")
    return re.compile(fnmatch.translate(literal))


def is_near(word: str, other: str, distance: int) -> bool:
    """Whether *other* is at most *distance* edits from *word*."""
    return DamerauLevenshtein.distance(word, other, score_cutoff=distance) <= distance


def near_words(word: str, words: Sequence[str], distance: int) -> list[str]:
    """Those of *words* that are near *word*, nearest first, then in alphabetical order."""
    candidates = (w for w in words if abs(len(w) - len(word)) <= distance)
    scored = ((DamerauLevenshtein.distance(word, w, score_cutoff=distance), w) for w in candidates)
    return [w for d, w in sorted(scored) if d <= distance]
