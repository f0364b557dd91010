"""Which candidates become mentions? The rules of overlap, all of them here.

1. Mentions are flat: no two share a character.
2. A sensitive name stands before everything: nothing that holds it is told.
3. The longest candidate stands: in ``Democratic Choice of Kazakhstan`` the country is no
   mention of its own.
4. Of two that are equally long, the one of the earlier source stands, in this order:
   blocked and sensitive rows, acronyms that the text defines, surnames of people it names in
   full, authority, provisions, cases, dates, laws, organisations, media, persons, places,
   the statistical model (``RANKS``).
5. What still ties: the one that starts first.

A row that is blocked or sensitive takes part like any other, so that nothing else claims
its words, and is then left out.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable

from indexer.entities.recogniser import Candidate

#: Rank of a candidate by where it comes from; the lower stands.
RANKS = {
    name: rank
    for rank, name in enumerate(
        "hidden definition surname authority provision case date law organisation media person"
        " place model".split()
    )
}


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of one passage that stand, in the order of the text."""
    ordered = sorted(
        candidates,
        key=lambda c: (not (c.row and c.row.sensitive), c.start - c.end, c.rank, c.start),
    )
    standing: list[Candidate] = []
    starts: list[int] = []
    for candidate in ordered:
        at = bisect(starts, candidate.start)
        if at and standing[at - 1].end > candidate.start:
            continue
        if at < len(starts) and starts[at] < candidate.end:
            continue
        standing.insert(at, candidate)
        starts.insert(at, candidate.start)
    return standing


def is_hidden(candidate: Candidate) -> bool:
    """Whether a standing candidate must not be told to anyone."""
    return candidate.row is not None and (candidate.row.blocked or candidate.row.sensitive)
