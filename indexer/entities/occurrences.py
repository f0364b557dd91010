"""Where does a document print these very names? All of them looked for at once.

For names that a document itself defines: letter for letter, capitals and all. What they
mean is left to the recognisers. The cost is that of reading the text, whether a document
defines ten names or ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick
import regex


class Occurrences:
    """Finds names, each between the edges that it must stand between."""

    def __init__(self, names: Iterable[str], before: str, after: str) -> None:
        """*before* and *after* are patterns of no width for a name's two edges."""
        self._before = regex.compile(before)
        self._after = regex.compile(after)
        self._automaton = ahocorasick.Automaton()
        for name in names:
            self._automaton.add_word(name, name)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, name), in order, none overlapping; of two from one place the
        longer."""
        found = [
            (last + 1 - len(name), last + 1, name) for last, name in self._automaton.iter(text)
        ]
        found.sort(key=lambda occurrence: (occurrence[0], -occurrence[1]))
        free = 0
        for start, end, name in found:
            if start >= free and self._before.match(text, start) and self._after.match(text, end):
                yield start, end, name
                free = end
