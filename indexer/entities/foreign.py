"""Which bodies does a text name in another language? ``Ligue des Droits de l'Homme``, ….

English texts leave many names of French, Spanish, Portuguese and other bodies as they
are. Such a name opens with its noun, and small words of its language hold it together.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import folded, is_english

_HEADS = folded("foreign", "heads")
_LINKS = folded("foreign", "links")
_WORDS = folded("foreign", "words")
#: Small words between two parts of a name: "pour la Défense de la".
_MOST_LINKS = 3
#: In a text of their own language these stand between two bodies rather than in one's name,
#: save before a common word: "Populares e Indígenas".
_AND = frozenset({"et", "y", "e"})
_ELIDED = ("l'", "d'", "l’", "d’")


class Foreign:
    """Organisations with names in other languages."""

    def __init__(self, own: bool = False) -> None:
        """*own* says that the text is in the names' language, not in English."""
        self._own = own

    def find(self, document: Document) -> Iterator[Candidate]:
        """A candidate for every noun with words of its language after or before it."""
        for passage in document.passages:
            if passage.capitals.isdisjoint(_HEADS):
                continue
            at = 0
            while at < len(passage.words):
                word = passage.words[at]
                if not word.capital or word.folded not in _HEADS:
                    at += 1
                    continue
                first, last = _span(passage, at, self._own)
                if _is_foreign(passage.words[first : last + 1]):
                    yield Candidate(
                        passage.index,
                        passage.words[first].start,
                        passage.words[last].end,
                        "organisation",
                        RANKS["organisation"],
                    )
                at = last + 1


def _span(passage: Passage, at: int, own: bool) -> tuple[int, int]:
    words = passage.words
    first = last = at
    before = words[at - 1] if at else None
    if (
        before is not None
        and not words[at].opening
        and words[at].gap == " "
        and before.capital
        and before.folded in _HEADS | _WORDS
    ):
        first = at - 1
    while last + 1 < len(words):
        step = last + 1
        while (
            step < len(words)
            and step - last <= _MOST_LINKS
            and words[step].shape == "lower"
            and words[step].folded in _LINKS
            and words[step].gap in (" ", "'", "’")
        ):
            step += 1
        if step >= len(words) or words[step].opening:
            break
        joint = own and any(word.folded in _AND for word in words[last + 1 : step])
        if joint and (step > last + 2 or words[step].folded not in _WORDS):
            break
        if words[step].gap not in (" ", "-", "'", "’") or not _is_part(words[step]):
            break
        last = step
    return first, last


def _is_part(word: Word) -> bool:
    """Whether a word is written as part of a name: a capital, also behind an article's elision."""
    return word.capital or (word.text[:2] in _ELIDED and word.text[2:3].isupper())


def _is_foreign(name: list[Word]) -> bool:
    """Whether the phrase is of another language: a small word or a common word of it."""
    if len(name) < 2:
        return False
    own = [word for word in name if word.folded in _LINKS or word.text[:2] in _ELIDED]
    common = [w for w in name if w.folded in _WORDS and not is_english(w.folded)]
    head = any(word.folded in _HEADS and not is_english(word.folded) for word in name)
    return bool(own or common) or (head and len(name) > 1)
