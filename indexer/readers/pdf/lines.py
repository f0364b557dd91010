"""Which words stand on one line? Words in the file's order, then rows of the page.

A fragment is what the file sets in one go on one base line, without a wide gap. Fragments on
one base line make a row. Whether the fragments of a row are one line, cells of a table or
lines of two columns is left to :mod:`indexer.readers.pdf.columns`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.readers.pdf.page import LABEL, WIDE_GAP, Word, main_size

#: Words whose base lines are this part of the size apart may be one line: raised numbers.
_RISE = 0.62
#: Rows whose base lines are nearer than this part of the size are one.
_SAME_ROW = 0.25
#: A fragment of at most so many characters may be a mark above or below its row.
_MARK_CHARACTERS = 8
#: A line of so many words is spaced evenly if no gap is so many times the least.
_FEWEST_WORDS, _UNEVEN = 4, 2.0
#: Less than this part of the size between words is no space, as before a note's mark.
_GLUED = 0.08


@dataclass(slots=True)
class Fragment:
    """Words set in one go."""

    words: list[Word]
    base: float
    size: float
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.words[0].left
        self.right = max(word.right for word in self.words)

    def add(self, word: Word) -> None:
        """Go on with *word*; the largest type has the base line."""
        self.words.append(word)
        self.right = max(self.right, word.right)
        if word.size > self.size:
            self.size, self.base = word.size, word.base

    @property
    def order(self) -> int:
        """Its place in the file's order."""
        return self.words[0].order

    @property
    def length(self) -> int:
        """Its characters."""
        return sum(len(word.text) for word in self.words)

    @property
    def is_label(self) -> bool:
        """Whether it is only a number, letter or bullet, or a note's number."""
        text = self.words[0].text
        return len(self.words) == 1 and (
            LABEL.fullmatch(text) is not None or (len(text) <= 4 and text.isdecimal())
        )


@dataclass(slots=True)
class Row:
    """Fragments on one base line, from left to right."""

    fragments: list[Fragment] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0

    @property
    def words(self) -> list[Word]:
        """All its words, from left to right."""
        return [word for fragment in self.fragments for word in fragment.words]

    @property
    def left(self) -> float:
        """Where it starts."""
        return min(fragment.left for fragment in self.fragments)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(fragment.right for fragment in self.fragments)


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The rows of a page, from top to bottom."""
    return _rows(_fragments(words))


def _fragments(words: Sequence[Word]) -> list[Fragment]:
    made: list[Fragment] = []
    for word in words:
        if made and _goes_on(made[-1], word):
            made[-1].add(word)
        else:
            made.append(Fragment([word], word.base, word.size))
    for fragment in made:
        fragment.size = main_size(fragment.words)
        fragment.base = next(w.base for w in fragment.words if w.size >= fragment.size - 0.01)
    return made


def _goes_on(fragment: Fragment, word: Word) -> bool:
    last = fragment.words[-1]
    size = max(fragment.size, word.size)
    near = abs(word.base - fragment.base) <= (
        _RISE * size if word.size != fragment.size else _SAME_ROW * size
    )
    return near and -0.5 * size <= word.left - last.right <= WIDE_GAP * size


def _rows(fragments: Sequence[Fragment]) -> list[Row]:
    rows: list[Row] = []
    for fragment in sorted(fragments, key=lambda f: (f.base, f.left)):
        row = next((r for r in reversed(rows[-3:]) if _in_row(r, fragment)), None)
        if row is None:
            rows.append(Row([fragment], fragment.base, fragment.size))
            continue
        if fragment.size > row.size:
            row.base, row.size = fragment.base, fragment.size
        row.fragments.append(fragment)
    rows.sort(key=lambda row: row.base)
    for row in rows:
        row.fragments.sort(key=lambda fragment: fragment.left)
        fragments = _put_in(_without_doubles(row.fragments))
        row.fragments = _with_labels(_justified(fragments))
    return rows


def _in_row(row: Row, fragment: Fragment) -> bool:
    apart = abs(fragment.base - row.base)
    large, small = max(row.size, fragment.size), min(row.size, fragment.size)
    if apart <= _SAME_ROW * small:
        return True
    mark = fragment if fragment.size < row.size else row.fragments[0]
    return small < 0.9 * large and mark.length <= _MARK_CHARACTERS and apart <= _RISE * large


def _without_doubles(fragments: list[Fragment]) -> list[Fragment]:
    """Without what is printed twice in one place, as a cheap way to make it bold."""
    kept: list[Fragment] = []
    for fragment in fragments:
        double = any(
            [word.text for word in other.words] == [word.text for word in fragment.words]
            and abs(other.left - fragment.left) < 0.2 * fragment.size
            for other in kept[-2:]
        )
        if not double:
            kept.append(fragment)
    return kept


def _put_in(fragments: list[Fragment]) -> list[Fragment]:
    """Short fragments put where they are printed, in a gap of the fragment they were set after.

    A program that takes some letters from another font, such as raised digits, may set these
    after all others of the line: ``DCK⁴.`` comes as ``DCK`` and ``.``, then ``⁴``.
    """
    kept: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.order):
        host = next((other for other in reversed(kept) if _has_gap(other, fragment)), None)
        if host is None:
            kept.append(fragment)
            continue
        at = next(i for i, word in enumerate(host.words) if word.left >= fragment.left)
        before, first = host.words[at - 1], fragment.words[0]
        # The space that was seen before the next word was this gap.
        host.words[at] = replace(host.words[at], spaced=False)
        glued = first.left - before.right <= _GLUED * first.size
        if glued and (before.size, before.base) == (first.size, first.base):
            # Digits of one number from two fonts: what follows keeps its place after them.
            whole = replace(before, text=before.text + first.text, right=first.right)
            host.words[at - 1 : at] = [whole, *fragment.words[1:]]
        else:
            host.words[at:at] = fragment.words
    return sorted(kept, key=lambda fragment: fragment.left)


def _has_gap(host: Fragment, fragment: Fragment) -> bool:
    """Whether *fragment* is printed between two words of *host*."""
    if fragment.length > _MARK_CHARACTERS or fragment.order < host.words[-1].order:
        return False
    reach = _GLUED * fragment.size
    return (
        host.left < fragment.left
        and fragment.right < host.right
        and all(
            word.right <= fragment.left + reach or fragment.right <= word.left + reach
            for word in host.words
        )
    )


def _justified(fragments: list[Fragment]) -> list[Fragment]:
    """One fragment of a line whose words are spaced out evenly, to fill it."""
    words = [word for fragment in fragments for word in fragment.words]
    set_in_one_go = all(b.order == a.order + 1 for a, b in itertools.pairwise(words))
    if len(fragments) < 2 or len(words) < _FEWEST_WORDS or not set_in_one_go:
        return fragments
    apart = (b.left - a.right for a, b in itertools.pairwise(words))
    gaps = sorted(gap for gap in apart if gap > _GLUED * words[0].size)
    if not gaps or gaps[-1] > _UNEVEN * gaps[0]:
        return fragments
    return [Fragment(words, fragments[0].base, main_size(words))]


def _with_labels(fragments: list[Fragment]) -> list[Fragment]:
    """A number that hangs out belongs to what follows it."""
    if len(fragments) > 1 and fragments[0].is_label:
        first, second, *rest = fragments
        merged = Fragment([*first.words, *second.words], second.base, second.size)
        return [merged, *rest]
    return fragments
