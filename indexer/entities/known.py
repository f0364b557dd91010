"""Which names stand in the authority files? Matching of all of them at once.

Names are compared by folded words, so that case, accents and typography do not matter,
and then by their capitals, so that the NGO "Liberty" is not the word. The automaton
costs the same for ten names and for fifty thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from indexer.entities.authority import Authority, Row
from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage, Word, folded_words, split_words
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded

#: "The Special Rapporteur" is who the paragraph has named in full before.
_OFFICES = ("Special Rapporteur", "Independent Expert", "Special Representative")
_ARABIC_ARTICLES = frozenset("al el an ar as ash at ad az".split())
_STOPS = frozenset(";:()[]\n\t")
_QUOTES = frozenset("\"'“”„«»‘’")
#: Names of so many words are told from plain English without their capitals.
_LONG = 4


class Name(NamedTuple):
    """A name of a row."""

    row: Row
    strong: bool
    shapes: tuple[str, ...]
    """Of each word of the name as the authority file prints it."""
    tail: str
    """A closing quote that belongs to the name."""
    ascii: bool = False
    """Whether the authority file prints it without accents."""


class Index:
    """The names of an authority."""

    def __init__(self, authority: Authority) -> None:
        self._names: dict[str, list[Name]] = {}
        for row in authority.rows:
            for alias in row.aliases:
                self._enter(row, alias, strong=True)
            for alias in row.weak:
                self._enter(row, alias, strong=False)
        self._automaton = ahocorasick.Automaton()
        for key in self._names:
            self._automaton.add_word(f" {key} ", key)
        if self._names:
            self._automaton.make_automaton()
        self.sensitive = [row for row in authority.rows if row.sensitive]

    def _enter(self, row: Row, alias: str, strong: bool) -> None:
        words = split_words(alias)
        if words:
            tail = alias[words[-1].end :] if alias[-1] in '"”»’' else ""
            name = Name(row, strong, tuple(word.shape for word in words), tail, alias.isascii())
            self._names.setdefault(" ".join(word.folded for word in words), []).append(name)

    def named(self, text: str, state: str | None) -> list[Name]:
        """Names that *text* is, likeliest first."""
        key = " ".join(folded_words(text))
        names = [name for name in self._names.get(key, ()) if name.row.scope in (None, state)]
        return sorted(names, key=lambda name: _likelihood(name, state))

    def matches(
        self, words: list[Word], state: str | None
    ) -> Iterator[tuple[int, int, list[Name]]]:
        """Yield (first word, word after the last, names) of every match, overlapping or not."""
        if not self._names:
            return
        text = f" {' '.join([word.folded for word in words])} "
        for end, key in self._automaton.iter(text):
            after = text.count(" ", 0, end)  # one before every word, and none inside
            first = after - key.count(" ") - 1
            names = [
                name
                for name in self._names[key]
                if name.row.scope in (None, state)
                and _written_so(name, words[first:after])
                and _unbroken(name, words[first + 1 : after])
            ]
            if len(names) > 1:
                names.sort(key=lambda name: _likelihood(name, state))
            if names:
                yield first, after, names


@lru_cache(maxsize=4)
def index(authority: Authority) -> Index:
    """The index of an authority, made once."""
    return Index(authority)


def _unbroken(name: Name, words: list[Word]) -> bool:
    """Whether what stands between the words leaves them one name: no stop, bracket or, save in
    a law's name, quote."""
    marks = _STOPS if name.row.type == "law" else _STOPS | _QUOTES
    return not any(
        word.opening or len(word.gap) > 3 or any(mark in marks for mark in word.gap)
        for word in words
    )


def _likelihood(name: Name, state: str | None) -> tuple[bool, bool, bool, bool, bool]:
    row = name.row
    home = state is not None and state in (row.scope, row.country)
    return (
        not (row.blocked or row.sensitive),
        not name.strong,
        not (row.scope is not None and row.scope == state),
        not home,
        row.country is not None and not row.is_state,
    )


def _written_so(name: Name, words: list[Word]) -> bool:
    """Whether the capitals of *words* are those of a name."""
    first = words[0]
    if len(words) == 1:
        shape = name.shapes[0]
        # "Germán" is a name, "German" a demonym.
        if name.row.type == "demonym" and not first.text.isascii() and name.ascii:
            return False
        if shape == "upper":
            return first.shape == "upper" or (not first.text.islower() and len(first.text) > 4)
        return first.capital or shape in ("lower", "number") or first.shape == "number"
    if name.shapes[0] == "upper" and set(name.shapes) <= {"upper", "number"}:
        return first.shape == "upper"
    if name.row.sensitive or (len(words) >= _LONG and name.row.type in ("law", "un_body")):
        return True
    return first.capital or first.shape == "number" or name.shapes[0] == "lower"


class Known:
    """Names from the authority files."""

    def __init__(self, authority: Authority) -> None:
        self._index = index(authority)

    def find(self, document: Document) -> Iterator[Candidate]:
        """Strong names, weak ones of what a strong one names, and shadows of hidden people."""
        weak: list[tuple[Passage, int, int, list[Name]]] = []
        office: dict[int, Row] = {}
        strong: set[tuple[str, str]] = set()
        for passage in document.passages:
            for first, after, names in self._index.matches(passage.words, document.state):
                best = names[0]
                if not best.strong:
                    weak.append((passage, first, after, names))
                elif not _is_part(document, passage, first, after, best):
                    if not best.row.blocked:
                        strong.add((best.row.type, best.row.id))
                    if best.row.type == "un_body" and best.row.label.startswith(_OFFICES):
                        office[passage.index] = best.row
                    short = office.get(passage.index)
                    if best.row.blocked and short is not None and _is_office(passage, first, after):
                        meant = _candidate(passage, first, after, Name(short, True, (), ""))
                        yield meant._replace(
                            evidence=f"the office that paragraph {passage.number} names in full"
                        )
                        continue
                    yield _candidate(passage, first, after, best)
        for passage, first, after, names in weak:
            named = [name for name in names if (name.row.type, name.row.id) in strong]
            if named:
                yield _candidate(passage, first, after, named[0])
        yield from self._shadows(document, strong)

    def _shadows(self, document: Document, strong: set[tuple[str, str]]) -> Iterator[Candidate]:
        """Single words of a sensitive person's name, in a document that has the name."""
        for row in self._index.sensitive:
            if row.type != "person" or ("person", row.id) not in strong:
                continue
            parts = {
                word
                for alias in row.aliases
                for word in folded_words(alias)
                if word not in folded("particles") and len(word) > 1
            }
            for passage in document.passages:
                for at in passage.capital_at:
                    word = passage.words[at]
                    if word.folded in parts:
                        name = Name(row, True, (word.shape,), "")
                        yield _candidate(passage, at, at + 1, name)


def _is_office(passage: Passage, first: int, after: int) -> bool:
    """Whether words are the short form of a mandate that their passage names in full."""
    words = passage.words[first:after]
    return words[0].capital and " ".join(w.text for w in words) in _OFFICES


def _is_part(document: Document, passage: Passage, first: int, after: int, name: Name) -> bool:
    """Whether a one-word name is only a common word with a sentence's capital, or the second
    half of «Al-Riyadh»."""
    word = passage.words[first]
    if word.gap in ("-", "‑") and first and passage.words[first - 1].folded in _ARABIC_ARTICLES:
        return after == first + 1
    return (
        after == first + 1
        and word.opening
        and word.shape == "cap"
        and not name.row.blocked
        and name.row.type != "demonym"
        and document.is_plain(word)
    )


def _candidate(passage: Passage, first: int, after: int, name: Name) -> Candidate:
    end = passage.words[after - 1].end
    if name.tail and passage.text[end : end + 1] in '"”»’':
        end += 1
    row = name.row
    rank = RANKS["hidden" if row.blocked or row.sensitive else "authority"]
    return Candidate(passage.index, passage.words[first].start, end, row.type, rank, row)


def states_and_demonyms(candidates: Iterable[Candidate]) -> dict[int, str]:
    """Start of every State's and demonym's name → ``state`` or ``demonym``."""
    return {
        c.start: "demonym" if c.type == "demonym" else "state"
        for c in candidates
        if c.row is not None and (c.type == "demonym" or c.row.is_state)
    }
