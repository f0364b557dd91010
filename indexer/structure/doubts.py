"""What leaves it in doubt whether a line belongs to the paragraph that stands open?

A paragraph may have lost its number, a page's header may stand inside a sentence, a heading
may be taken for a paragraph. Such a line is still taken for text, so that nothing is lost, and
the paragraph is marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from indexer.structure.drafts import Draft
from indexer.structure.headings import Heading, Shape
from indexer.structure.lines import Ending, Line, bullet_end, ending, is_item
from indexer.structure.numbering import looks_like_title
from indexer.structure.wording import LITTLE_WORDS

#: Longest line that may be a page's header.
_LONGEST_HEADER = 100
#: Longest lines of a text that was broken to a width; beyond, a line is a paragraph.
_WIDTH = 140
#: A line of such a text that is shorter than this part of the width ends a paragraph.
_SHORT_PART = 0.6


class Doubts:
    """What is asked about a line, with what is known of the whole document."""

    def __init__(
        self,
        lines: Sequence[Line],
        run: Set[int],
        shapes: Mapping[int, Heading],
        quoted: Set[int],
    ) -> None:
        self.lines = lines
        self.run = run
        self.shapes = shapes
        self.quoted = quoted
        longest = max((len(line.text) for line in lines), default=0)
        self.width = longest if longest <= _WIDTH else 0
        self.parents = {
            number.count[:-1]
            for index in run
            if (number := lines[index].number) is not None and len(number.count) > 1
        }
        """Numbers that have numbers below them."""

    def is_full(self, line: Line) -> bool:
        """Whether a line reaches so far that the text was broken after it to keep a width."""
        return self.width > 0 and len(line.text) >= _SHORT_PART * self.width

    def may_be_another(self, paragraph: Draft, line: Line, interrupted: bool) -> bool:
        """Whether a line without number may be a paragraph that lost its own, or a page's
        header between two parts of a sentence."""
        last, block = paragraph.last, line.block
        if (
            line.number is not None
            or line.index in self.quoted
            or waits_for_text(paragraph)
            or bullet_end(line.text)
            or is_item(line.text)
            or block.style in ("list-item", "quote")
            or not line.text.lstrip("\"“«'([*_")[:1].isupper()
        ):
            return False
        before = ending(last.text)
        if before is Ending.SENTENCE:
            wrapped = self.is_full(last)
            return not block.blank_before and not interrupted and not wrapped
        if before is Ending.LIST and self._is_of_a_list(paragraph):
            return True
        after = self.lines[line.index + 1] if line.index + 1 < len(self.lines) else None
        return (
            not last.text.endswith(":")
            and block.blank_before
            and ending(line.text) is Ending.OPEN
            and len(line.text) <= _LONGEST_HEADER
            and after is not None
            and after.block.blank_before
            and after.index not in self.run
        )

    def _is_of_a_list(self, paragraph: Draft) -> bool:
        """Whether the paragraph is an item of a list of paragraphs, or announces one as others
        do: then text without a number may be the next item."""
        own = paragraph.pieces[0].line.number
        if own is None or paragraph.number is None:
            return False
        if paragraph.last.text.endswith(":"):
            alike = any(len(parent) == len(own.count) for parent in self.parents)
            return alike and own.count not in self.parents
        runs_on = all(piece.join == " " for piece in paragraph.pieces[1:])
        return runs_on and own.count[:-1] in self.parents

    def is_child(self, paragraph: Draft, line: Line) -> bool:
        """Whether a line's number is below or beside the paragraph's: ``9.2`` inside 9."""
        assert line.number is not None
        own = paragraph.pieces[0].line.number
        if own is None or paragraph.number is None or line.index in self.quoted:
            return False
        count, length = line.number.count, len(own.count)
        if len(count) > 1:
            beside = length > 1 and count[: length - 1] == own.count[:-1]
            return beside or count[:length] == own.count
        return length > 1 and count[0] > own.count[0] and not follows_item(paragraph, line)

    def may_be_title(self, paragraph: Draft, line: Line) -> bool:
        """Whether what the paragraph has so far may be a numbered heading instead."""
        first = paragraph.pieces[0]
        if len(paragraph.pieces) > 1 or paragraph.number is None:
            return False
        shape = self.shapes.get(first.line.index)
        title = shape is not None and shape.shape is Shape.NUMBER and looks_like_title(shape.title)
        begins = line.number is not None or line.text[:1].isupper()
        return title and line.block.blank_before and begins and not stops_short(first.line.text)

    def goes_on_counting(self, paragraph: Draft, line: Line) -> bool:
        """Whether a number inside a paragraph is one of a list's, or of a broken sentence."""
        assert line.number is not None
        before = paragraph.last
        if line.index in self.quoted:
            return True
        if ending(before.text) is not Ending.SENTENCE:
            return True
        last = before.number.count if before.number is not None else ()
        count = line.number.count
        in_list = len(paragraph.pieces) > 1
        return in_list and last[:-1] == count[:-1] and last[-1:] == (count[-1] - 1,)


def waits_for_text(paragraph: Draft) -> bool:
    """Whether the paragraph's number stood alone on its line."""
    piece = paragraph.pieces[-1]
    return len(paragraph.pieces) == 1 and not piece.line.text[piece.body :].strip()


def follows_item(draft: Draft, line: Line) -> bool:
    """Whether *line* is the next item of the list that *draft* ends with."""
    if len(draft.pieces) < 2:
        return False
    if line.number is None:
        return False
    before = draft.last.number
    return before is not None and before.count[-1] + 1 == line.number.count[-1]


def stops_short(text: str) -> bool:
    """Whether a text ends in a word that another must follow, or in a comma."""
    last = text[-40:].rsplit(None, 1)[-1].lower()
    return not last[-1:].isalnum() or any(last in words for words in LITTLE_WORDS.values())
