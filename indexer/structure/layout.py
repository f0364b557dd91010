"""What is each line of the document? Front matter, heading, paragraph, note, or none of them.

One walk over the lines, with the run of numbers, the openings of notes and the shapes of
headings at hand. What runs on from what is settled here: a paragraph that a page break cut
goes on after it, whatever stands between.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Problem
from indexer.structure.body import body_start
from indexer.structure.doubts import Doubts, follows_item, stops_short, waits_for_text
from indexer.structure.drafts import Draft, Layout, Piece
from indexer.structure.footnotes import Openings, ends_in_address, is_addresses, openings
from indexer.structure.furniture import furniture, is_contents_line, page_numbers
from indexer.structure.headings import (
    SURE,
    Heading,
    Shape,
    follows_label,
    heading_of,
    settle_letters,
)
from indexer.structure.lines import (
    Ending,
    Line,
    Style,
    bullet_end,
    ending,
    is_item,
    is_listed,
    is_prose,
    is_rule,
    list_marks_end,
)
from indexer.structure.numbering import best_run
from indexer.structure.quotes import quoted_lines
from indexer.structure.wording import INTRODUCTION, LEAD_IN, MAIN_TITLE

#: Headings of all levels that may follow each other before the first paragraph under them.
_MOST_HEADINGS_IN_A_ROW = 6
#: Words of a title that ends in a colon; what has more announces the items under it.
_WORDS_BEFORE_COLON = 6
_MAY_BE_ITEMS = frozenset({Shape.LETTER, Shape.NUMBER, Shape.ROMAN, Shape.ITEM})


def lay_out(lines: Sequence[Line], furniture_apart: bool = False) -> Layout:
    """Say of every line what it is; *furniture_apart* where the reader saw to running heads.

    A reader that knows places needs no guess by words: a line that comes twice is then text.
    """
    opened = openings(lines)
    quoted = quoted_lines(lines)
    furniture_lines = set() if furniture_apart else furniture(lines)
    aside = furniture_lines | {line.index for line in lines if is_contents_line(line.text)}
    shapes = {
        line.index: h
        for line in lines
        if line.index not in quoted
        and line.index not in aside
        and (h := _heading(line, opened)) is not None
    }
    taken = opened.by_line.keys() | opened.zone | aside
    run = best_run(
        lines,
        quoted,
        lambda line: line.index not in taken,
        lambda line: line.index in shapes and shapes[line.index].shape is not Shape.NUMBER,
    )
    run -= _numbered_titles(lines, run, shapes)
    rules = {line.index for line in lines if is_rule(line.text)}
    beside = furniture_lines | rules | opened.by_line.keys() | opened.zone | {len(lines) - 2}
    aside |= page_numbers(lines, run, beside)
    walk = _Walk(lines, run, opened, shapes, quoted, aside)
    walk.go()
    settle_letters(walk.layout.headings)
    return walk.layout


def _heading(line: Line, opened: Openings) -> Heading | None:
    if line.index in opened.by_line or line.index in opened.titles or line.index in opened.zone:
        return None
    return heading_of(line)


def _numbered_titles(lines: Sequence[Line], run: set[int], shapes: dict[int, Heading]) -> set[int]:
    """Members of the run that number sections: a title before ``1.1``, or before prose."""
    ordered = sorted(run)
    titles, sure = set(), set()
    for place, index in enumerate(ordered):
        shape = shapes.get(index)
        number = lines[index].number
        if shape is None or shape.label_shape is not Shape.NUMBER or number is None:
            continue
        after = lines[index + 1] if index + 1 < len(lines) else None
        following = ordered[place + 1] if place + 1 < len(ordered) else -1
        if after is not None and after.index == following and after.number is not None:
            deeper = after.number.count
            announces = shape.line.text.endswith(":") and (
                LEAD_IN.search(shape.title) or shape.title.count(" ") > _WORDS_BEFORE_COLON
            )
            if len(deeper) > len(number.count) and deeper[:-1] == number.count and not announces:
                sure.add(index)
        elif after is not None and is_prose(after):
            titles.add(index)
    if len(titles) >= max(2, 0.6 * (len(ordered) - len(sure))):
        return titles | sure
    return sure


class _Walk:
    """The walk over the lines, and what stands open at each."""

    def __init__(
        self,
        lines: Sequence[Line],
        run: set[int],
        opened: Openings,
        shapes: dict[int, Heading],
        quoted: set[int],
        aside: set[int],
    ) -> None:
        self.lines = lines
        self.quoted = quoted
        self.aside = aside
        self.run = run
        self.opened = opened
        self.shapes = shapes
        self.dense = 2 * sum(lines[index].block.blank_before for index in run) < len(run)
        """Whether paragraphs follow on each other without blank lines."""
        self.doubts = Doubts(lines, run, shapes, quoted)
        self.layout = Layout(openings=opened)
        self.paragraph: Draft | None = None
        self.note: Draft | None = None
        self.interrupted = False
        """Whether a page's end (notes, a page number) stands after the open paragraph."""

    def go(self) -> None:
        """Walk."""
        body = body_start(self.lines, self.run, self.shapes)
        for line in self.lines:
            if line.index in self.opened.by_line:
                self._open_note(line)
            elif line.index in self.run:
                self._open_paragraph(line)
            elif line.index in self.opened.titles or is_rule(line.text):
                self.interrupted = True
            elif line.index < body:
                self._front(line)
            elif line.index in self.aside:
                self.interrupted = True
            elif not self._take_heading(line):
                self._run_on(line)

    def _front(self, line: Line) -> None:
        if self.note is not None and self._continues_note(line):
            self._more(self.note, line)
        else:
            self.layout.front.append(line)

    # Openings

    def _open_note(self, line: Line) -> None:
        opening = self.opened.by_line[line.index]
        self.note = Draft(opening.number, len(self.layout.headings) - 1)
        self.note.pieces.append(Piece(line, opening.body, "", True))
        self.layout.notes.append(self.note)
        self.interrupted = True

    def _open_paragraph(self, line: Line) -> None:
        number = line.number
        assert number is not None
        self._paragraph(line, number.printed, number.body)

    def _paragraph(self, line: Line, number: str | None, body: int) -> Draft:
        draft = Draft(number, len(self.layout.headings) - 1)
        draft.pieces.append(Piece(line, body, "", True))
        self.layout.paragraphs.append(draft)
        self.paragraph, self.note, self.interrupted = draft, None, False
        return draft

    # Headings

    def _take_heading(self, line: Line) -> bool:
        shape = self.shapes.get(line.index)
        if shape is None or (line.block.style == "table-row" and shape.label_shape is None):
            return False
        if self._runs_on_title(line, shape):
            self.layout.headings[-1].more.append(line)
            return True
        if not self._is_heading(line, shape):
            return False
        self.layout.headings.append(shape)
        self.paragraph = self.note = None
        return True

    def _runs_on_title(self, line: Line, shape: Heading) -> bool:
        """Whether a title in capitals goes on in this line."""
        if not self.layout.headings or line.block.blank_before or not shape.in_capitals:
            return False
        last = self.layout.headings[-1]
        before = last.more[-1] if last.more else last.line
        return (
            before.index == line.index - 1
            and shape.shape is Shape.CAPITALS
            and last.in_capitals
            and last.shape is not Shape.STYLED
        )

    def _is_heading(self, line: Line, shape: Heading) -> bool:
        before = self._before(line)
        stands_open = before is not None and before in (Ending.OPEN, Ending.HYPHEN)
        alone = line.block.blank_before or not stands_open
        if shape.shape is Shape.STYLED:
            return True
        if shape.shape in _MAY_BE_ITEMS and before is Ending.LIST:
            return False
        if shape.shape is Shape.ITEM and not self._heads_first_or_next(line, shape):
            return False
        if shape.shape in (Shape.NUMBER, Shape.ITEM):
            return self._leads_to_number(line) and alone
        if shape.shape in SURE or (alone and self._is_main_title(line, shape)):
            return alone or (self._is_next(shape) and self._leads_to_number(line))
        if line.block.style == "list-item" or not self._leads_to_number(line):
            return False
        if shape.shape is Shape.COLON:
            return alone and not LEAD_IN.search(shape.title)
        if not line.block.blank_before:
            return self.dense and not stands_open and before is not Ending.LIST
        return not stands_open or self._may_end_here(shape)

    def _may_end_here(self, shape: Heading) -> bool:
        """Whether the open paragraph may be whole, though no full stop ends it."""
        assert self.paragraph is not None
        if INTRODUCTION.match(shape.title) or MAIN_TITLE.match(shape.title):
            return True
        return not stops_short(self.paragraph.last.text)

    def _is_apart(self, line: Line) -> bool:
        """Whether a line stands apart from the one before as paragraphs do here."""
        return line.block.blank_before or self.dense

    def _heads_first_or_next(self, line: Line, shape: Heading) -> bool:
        """Whether ``(a)`` heads a section: the first of them, or after one that does."""
        if not self._is_apart(line):
            return False
        last = next((h for h in self.layout.headings[::-1] if h.shape is Shape.ITEM), None)
        return shape.label in ("a", "i") or (
            last is not None and ord(shape.label[-1]) - ord(last.label[-1]) in (1, -12, 13)
        )

    def _is_next(self, shape: Heading) -> bool:
        """Whether a label follows on the last of its kind: ``C.`` after ``B.``."""
        for last in self.layout.headings[::-1]:
            if last.label_shape is shape.label_shape or len(last.label) == len(shape.label) == 1:
                return follows_label(last.label, shape.label)
        return False

    def _is_main_title(self, line: Line, shape: Heading) -> bool:
        """Whether a title such as "Annex" stands alone, or the title of an annex below it."""
        if not line.block.blank_before or shape.shape is not Shape.PLAIN:
            return False
        last = self.layout.headings[-1] if self.layout.headings else None
        below = last is not None and last.line.index == line.index - 1
        return bool(MAIN_TITLE.fullmatch(shape.title)) or (
            below and last is not None and MAIN_TITLE.fullmatch(last.title) is not None
        )

    def _leads_to_number(self, line: Line) -> bool:
        """Whether a numbered paragraph or a sure heading follows, under more headings or not."""
        following = line.index + 1
        for _ in range(_MOST_HEADINGS_IN_A_ROW):
            while following < len(self.lines) and following in self.opened.by_line:
                following += 1
            if following in self.run:
                return True
            if following >= len(self.lines):
                return False
            below = self.lines[following]
            if not self.run and is_prose(below):
                return True
            shape = self.shapes.get(following)
            if shape is None or shape.shape in SURE:
                return shape is not None
            if not self._is_apart(below):
                return False
            following += 1
        return False

    def _before(self, line: Line) -> Ending | None:
        """How the open paragraph breaks off; None where none is open."""
        if self.paragraph is None:
            return None
        if self.paragraph.last.block.style == "table-row":  # it is whole without a full stop
            return Ending.SENTENCE
        return ending(self.paragraph.last.text)

    # What runs on

    def _run_on(self, line: Line) -> None:
        if self.note is not None and self._continues_note(line):
            self._more(self.note, line)
        elif self.paragraph is None:
            self._unnumbered(line)
        elif "table-row" in (line.block.style, self.paragraph.last.block.style):
            self._row(line)
        elif self._is_part(line):
            self._continue_paragraph(line)
        else:
            self._unnumbered(line)

    def _continues_note(self, line: Line) -> bool:
        """Whether *line* is more of the open note rather than of the text."""
        assert self.note is not None
        if line.index in self.opened.zone or line.block.style == "footnote":
            return True
        if self.note.last.index != line.index - 1:
            return False
        if is_addresses(line.text):
            return True
        said = self.note.pieces[-1]
        if len(said.line.text) <= said.body:  # the number stood alone on its line
            return True
        complete = ending(said.line.text) is Ending.SENTENCE or ends_in_address(said.line.text)
        if line.block.blank_before:
            return (
                not complete
                and self._before(line) not in (Ending.OPEN, Ending.HYPHEN)
                and (line.text[0].islower())
            )
        cut = self._before(line) in (Ending.OPEN, Ending.HYPHEN)
        return not (complete and cut)

    def _row(self, line: Line) -> None:
        """A table that no colon announces is a block without a number; so is what stands below."""
        assert self.paragraph is not None
        last = self.paragraph.last
        goes_on = last.block.style == line.block.style and last.index == line.index - 1
        if goes_on or ending(last.text) is Ending.LIST:
            self._more(self.paragraph, line)
        else:
            self._unnumbered(line)

    def _is_part(self, line: Line) -> bool:
        """Whether *line* belongs to the open paragraph."""
        assert self.paragraph is not None
        text, block = line.text, line.block
        before = ending(self.paragraph.last.text)
        item = bullet_end(text) or is_item(text) or line.number is not None
        if self.paragraph.bulleted and bullet_end(text):
            return False
        if self._may_count_anew(line) and before is not Ending.LIST:
            return False
        if waits_for_text(self.paragraph) or item or block.style in ("quote", "list-item"):
            return True
        if line.index in self.quoted:
            return True
        if before is not Ending.SENTENCE or text[0].islower() or not block.blank_before:
            return True
        return self.interrupted or self._closes_list(line)

    def _closes_list(self, line: Line) -> bool:
        """Whether *line* stands between the list or quotation that ends the open paragraph and
        the next number or heading: more of the paragraph, rather than one without a number."""
        assert self.paragraph is not None
        if self.paragraph.number is None or len(self.paragraph.pieces) == 1:
            return False
        if not any(ending(piece.line.text) is Ending.LIST for piece in self.paragraph.pieces[:-1]):
            return False
        last = self.paragraph.last
        listed = is_listed(last) or last.index in self.quoted
        following = line.index + 1
        while following in self.opened.by_line or following in self.opened.zone:
            following += 1
        return listed and (following in self.run or following in self.shapes)

    def _may_count_anew(self, line: Line) -> bool:
        """Whether numbered lines after a paragraph without a number may be paragraphs too, as
        in an annex that counts for itself."""
        assert self.paragraph is not None
        if line.number is None or line.index in self.quoted or not line.block.blank_before:
            return False
        if self.paragraph.number is None:
            return line.number.count == (1,)
        own = self.paragraph.pieces[0].line.number
        follows = own is not None and own.count[-1] + 1 == line.number.count[-1]
        return self.paragraph.number_in_doubt and follows

    def _continue_paragraph(self, line: Line) -> None:
        paragraph = self.paragraph
        assert paragraph is not None
        before = ending(paragraph.last.text)
        listed = bullet_end(line.text) or is_item(line.text) or line.block.style == "list-item"
        if before is Ending.SENTENCE and self.interrupted and not listed and line.number is None:
            paragraph.doubtful = True
            self._tell(
                "break-after-sentence",
                f"Line {line.block.line} has no number: taken as more of paragraph"
                f" {paragraph.number or 'without number'}, which a page break follows",
                line,
            )
        elif before is Ending.SENTENCE and self._closes_list(line) and not is_listed(line):
            paragraph.doubtful = True
            self._tell(
                "text-after-list",
                f"Line {line.block.line} has no number: taken as more of paragraph"
                f" {paragraph.number}, whose list it follows",
                line,
            )
        elif self.doubts.may_be_title(paragraph, line) or self.doubts.may_be_another(
            paragraph, line, self.interrupted
        ):
            paragraph.doubtful = True
            self._tell(
                "line-inside",
                f"Line {line.block.line} may be no part of paragraph"
                f" {paragraph.number or 'without number'}, whose text it is taken for",
                line,
            )
        alone = line.number is not None and line.number.style is Style.ALONE
        if line.number is not None and (
            alone
            or self.doubts.is_child(paragraph, line)
            or not self.doubts.goes_on_counting(paragraph, line)
        ):
            paragraph.doubtful = True
            self._tell(
                "number-inside",
                f"Line {line.block.line} opens with {line.number.printed}: taken as text of"
                f" paragraph {paragraph.number or 'without number'}",
                line,
            )
        self._more(paragraph, line)

    def _unnumbered(self, line: Line) -> None:
        bullet = bullet_end(line.text)
        number = line.number
        if number is not None and number.style is not Style.BARE and line.index not in self.quoted:
            draft = self._paragraph(line, number.printed, number.body)
            told = f"Whether {number.printed} in line {line.block.line} numbers a paragraph is open"
            self._tell("number-in-doubt", told, line)
        else:
            told = f"Line {line.block.line} is text without a number"
            editorial = line.text[:1] == "[" and line.text[-1] == "]"  # [Adopted on 3 May 2018]
            goes_on = ending(line.text) is Ending.SENTENCE or self.doubts.is_full(line)
            apart = editorial or not goes_on or line.block.style == "table-row"
            if self.paragraph is not None and self.paragraph.number is not None and not apart:
                # Without it the paragraph may not be whole.
                self.paragraph.doubtful = True
                told += f": it may be more of paragraph {self.paragraph.number}"
            draft = self._paragraph(line, None, list_marks_end(line.text))
            self._tell("unnumbered", told, line)
        draft.doubtful = draft.number_in_doubt = True
        draft.bulleted = bool(bullet) or line.block.style == "list-item"

    def _more(self, draft: Draft, line: Line) -> None:
        """Add *line* to *draft*."""
        body = list_marks_end(line.text)
        apart = line.block.blank_before or draft.last.index != line.index - 1
        join = self._join(draft, line, apart)
        if join == "" and draft.number is not None and draft is self.paragraph:
            draft.doubtful = True
            self._tell(
                "hyphen-at-break",
                f"Paragraph {draft.number} breaks at a hyphen; whether the word has one inside"
                " cannot be told, so it is kept",
                line,
            )
        draft.pieces.append(Piece(line, body, join, apart))
        self.note = self.note if draft is self.note else None
        if draft is self.paragraph:
            self.interrupted = False

    def _join(self, draft: Draft, line: Line, apart: bool) -> str:
        if draft is self.note:
            return " "
        if draft is self.paragraph and waits_for_text(self.paragraph):
            return " "
        before = ending(draft.last.text)
        listed = is_listed(line)
        if before is Ending.HYPHEN and line.text[0].isalpha():
            return ""
        if (
            before is Ending.OPEN
            and not bullet_end(line.text)
            and not (listed and (apart or is_item(line.text) or follows_item(draft, line)))
            and line.block.style not in ("list-item", "table-row")
        ):
            return " "
        if listed or before is Ending.LIST:
            return "\n"
        if self.interrupted:
            return " "
        wrapped = self.doubts.is_full(draft.last)
        return " " if not apart and wrapped else "\n"

    def _tell(self, code: str, message: str, line: Line) -> None:
        self.layout.problems.append(Problem(code, message, line.block.line))
