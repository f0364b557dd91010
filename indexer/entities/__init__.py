"""Who and what is named in a submission? Mentions with their spans, and the entities they name.

Recognisers read the document one after the other, each seeing what those before it found
(:func:`_by_form`); :mod:`.merge` has the rules of overlap and :mod:`.linking` those by
which two mentions are one thing. Names of particular people and bodies stand in the
authority files, not here.

>>> from pathlib import Path
>>> authority = load_authority([Path("corpus/authority")])
"""

from __future__ import annotations

from dataclasses import replace

from indexer.entities.acronyms import Acronyms
from indexer.entities.authority import Authority, load_authority
from indexer.entities.bodies import Bodies, Defined
from indexer.entities.foreign import Foreign
from indexer.entities.full_names import FullNames
from indexer.entities.known import Known, index
from indexer.entities.laws import Laws
from indexer.entities.linking import Linker
from indexer.entities.media import Media
from indexer.entities.model import LANGUAGE, Model
from indexer.entities.names import Names
from indexer.entities.nicknames import Nicknames
from indexer.entities.numbered import Numbered
from indexer.entities.organisations import Organisations
from indexer.entities.passages import read
from indexer.entities.places import Places
from indexer.entities.recogniser import Recogniser
from indexer.entities.shortened import Shortened
from indexer.entities.stems import LANGUAGES
from indexer.entities.surnames import Surnames
from indexer.model import Submission

__all__ = ["Authority", "index", "load_authority", "tag"]


def tag(submission: Submission, authority: Authority, model: bool = False) -> Submission:
    """Return *submission* with the mentions of its paragraphs, and its entities.

    With *model*, names that only the statistical model sees are among them; it must be
    installed (:func:`indexer.entities.model.is_installed`), and is asked about English only.
    """
    document = read(submission)
    recognisers = [Known(authority), *_by_form(submission.language)]
    if model and submission.language == LANGUAGE:
        recognisers.append(Model())
    for recogniser in recognisers:
        # What a recogniser finds is not yet to be seen by itself.
        document.add(list(recogniser.find(document)))
    linker = Linker(document, index(authority))
    paragraphs = tuple(
        replace(paragraph, mentions=linker.mentions(passage))
        for paragraph, passage in zip(submission.paragraphs, document.passages, strict=True)
    )
    return replace(submission, paragraphs=paragraphs, entities=linker.entities())


def _by_form(language: str) -> list[Recogniser]:
    """What finds names by their form, in its order. Most of it knows English words only;
    what holds in every language goes on in all."""
    if language == "en":
        return [
            Numbered(),
            Laws(),
            Organisations(),
            Foreign(),
            Acronyms(),
            Media(),
            Places(),
            Names(),
            Nicknames(),
            Shortened(),
            Surnames(),
        ]
    if language in LANGUAGES:
        return [
            Numbered(),
            Bodies(),
            Defined(),
            Media(),
            FullNames(),
            Surnames(),
        ]
    return [Numbered(), Media()]
