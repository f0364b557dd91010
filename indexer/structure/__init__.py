"""How is a document built up? Blocks become front matter, sections, paragraphs and notes.

The way of a document: :mod:`lines` looks at every line, :mod:`footnotes` finds where notes
open, with :mod:`unmarked` where nothing but their marks says so, :mod:`quotes` what is quoted,
:mod:`furniture` what is the page's, :mod:`headings` what may be a heading, :mod:`numbering` the
run of paragraph numbers, :mod:`body` where the body starts; :mod:`layout` says what each line
is, in :mod:`drafts`, and :mod:`doubts` where that is not certain. :mod:`texts` makes the texts,
with :mod:`marks` in plain digits, :mod:`sections` the tree of headings, :mod:`references` the
pinpoints. The front matter is read by :mod:`cover`, with :mod:`titles`, :mod:`symbols`,
:mod:`front`, :mod:`submitters` and, for the State, :mod:`states` and :mod:`reviewed`; :mod:`said`
ties an answer to its line. :mod:`report` says what is odd, :mod:`account` what is nowhere, and
:mod:`assembly` puts all together. :mod:`metadata` is what a corpus keeper adds, :mod:`proposal`
what is proposed to them, :mod:`wording` the words by language.

Who and what a paragraph names is left to :mod:`indexer.entities`.
"""

from __future__ import annotations

from indexer.model import Reading, Submission
from indexer.structure.assembly import assemble
from indexer.structure.metadata import Metadata, load_metadata
from indexer.structure.states import packaged_states

__all__ = ["Metadata", "build", "load_metadata"]


def build(reading: Reading, metadata: Metadata | None = None) -> Submission:
    """Build the submission, without entities, that *reading* holds.

    What *metadata* say overrides the text. Names of States are those of the packaged
    authority file, and those in the language of the submission. Any reading gives a submission:
    what is odd about it is in its ``problems``.
    """
    return assemble(reading, metadata or Metadata(), packaged_states)
