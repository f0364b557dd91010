"""What is a document in the making? Pieces of lines become drafts, drafts a layout."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.model import Problem
from indexer.structure.footnotes import Openings
from indexer.structure.headings import Heading
from indexer.structure.lines import Line


@dataclass(slots=True)
class Piece:
    """A line's share of a paragraph or note."""

    line: Line
    body: int
    """Where the text starts in the line, after number and marks."""
    join: str
    """What stands between the text before and this: a space, nothing, or a line break."""
    apart: bool
    """Whether something stands between in the source: a blank line, a page break, notes."""


@dataclass(slots=True)
class Draft:
    """A paragraph or note in the making."""

    number: str | None
    heading: int
    """Index of the heading it stands under; -1 before the first."""
    pieces: list[Piece] = field(default_factory=list)
    doubtful: bool = False
    number_in_doubt: bool = False
    """Whether it is the number that is in doubt; then the paragraph is doubtful too."""
    bulleted: bool = False

    @property
    def line(self) -> int:
        """The source's line it starts in."""
        return self.pieces[0].line.block.line

    @property
    def last(self) -> Line:
        """The last line it has so far."""
        return self.pieces[-1].line


@dataclass(slots=True)
class Layout:
    """What the lines are."""

    front: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    paragraphs: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    openings: Openings = field(default_factory=Openings)
    problems: list[Problem] = field(default_factory=list)
