"""Which posting lists were read lately? They stay decoded from one question to the next.

Half of a search for common words was the decoding of their lists, the same each time.
"""

from __future__ import annotations

from indexer.engines.evaluation import Inverted, Postings

#: Postings that are kept, some 25 MB of them.
MOST = 250_000


class Recent:
    """The lists that were used last. For one thread only, as its reader."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lists: dict[tuple[str, str], Postings] = {}
        self._size = 0

    def postings(self, index: Inverted, field: str, key: str) -> Postings | None:
        """A term's list: as it was read, or read from *index* now."""
        found = self._lists.pop((field, key), None)
        if found is None:
            found = index.postings(field, key)
            if found is None:
                return None
            self._size += found.rows.size
        self._lists[field, key] = found  # the last one is the one used last
        while self._size > self._most and len(self._lists) > 1:
            self._size -= self._lists.pop(next(iter(self._lists))).rows.size
        return found
