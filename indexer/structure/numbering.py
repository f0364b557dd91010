"""Which of the numbers at line starts number the paragraphs? The best run of them all.

A line may open with a number for many reasons: it is a paragraph, an item of a list inside
one, a numbered heading, a date, a quantity, a quoted article of a treaty, a page. No rule on
one line tells them apart; the run does. Every candidate has a worth by its looks, every step
from one number to the next a price by how regular it is, and the run with the most worth
wins. Steps that follow on are looked up by number, others priced alike, so that the search
is linear in the number of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from indexer.structure.lines import Ending, Line, Style, ending

# Worths and prices are in paragraphs: a step that costs 6 is taken for 7 paragraphs more.
_WORTH_TITLE = 0.4
"""Looks like a title: short, and ends no sentence. A run of such is still a run."""
_WORTH_QUOTED = -0.2
"""Stands inside a quotation: an article's number, unless the run needs it. Less than nothing,
for ``1.5`` goes on to an article's ``2`` as well as to ``2.1``."""
_WORTH_MID_SENTENCE = 0.2
"""Stands where a line was broken inside a sentence: mostly a quantity or a year."""
_WORTH_LIST = -0.05
"""Item of a list that the line before announces, while below the paragraph's own number."""
_WORTH_LIST_BEYOND = 0.55
"""Such an item above it: may as well be the next paragraph, if the run needs it; but less than
what a second paragraph of that number would add."""
_WORTH_OTHER_STYLE = 0.5
"""Set off otherwise than most numbers are."""
_WORTH_ALONE_OR_BARE = 0.7
"""A number without a dot or bracket, where most have none either."""
_WORTH_CLOSE = 0.8
"""Not set off by a blank line, where most numbers are."""
_PRICE_GAP = 0.5
_PRICE_GAP_EACH = 0.1
"""One number missing is a slip of the author's, ten are not; see LONGEST_GAP."""
_PRICE_REPEAT = 0.6
_PRICE_JUMP = 6.0
"""Backwards, or far ahead, in running text: a list inside a paragraph has rarely more items."""
_PRICE_JUMP_AT_TITLE = 1.5
"""The same where a title stands between: lists of recommendations do count anew."""
_PRICE_LATE_START = 1.0

#: Most numbers that may be missing between two paragraphs in a row.
LONGEST_GAP = 10

#: Items of an announced list beyond the paragraph's own number that are held for such.
_LONGEST_LIST = 50
_TITLE_CHARACTERS = 100
_TITLE_WORDS = 14
_SENTENCE_INSIDE = re.compile(r"[.!?]\s+[^\W\d_]")


def looks_like_title(text: str) -> bool:
    """Whether *text* may be a heading by its shape: short, capital first, no sentence."""
    text = text.strip(" *_#")
    if not text or len(text) > _TITLE_CHARACTERS or text.count(" ") >= _TITLE_WORDS:
        return False
    first = next((c for c in text if c.isalnum()), "")
    if not first.isalpha() or first.islower():
        return False
    if text[-1] in ".;,!?…" or ending(text) is Ending.SENTENCE:
        return False
    return not _SENTENCE_INSIDE.search(text)


@dataclass(slots=True)
class _Candidate:
    line: Line
    count: tuple[int, ...]
    worth: float
    after_title: int
    """How many titles stand before it."""


def best_run(
    lines: Sequence[Line],
    quoted: Set[int],
    is_candidate: Callable[[Line], bool],
    is_title: Callable[[Line], bool],
) -> set[int]:
    """Indices of the *lines* that open a numbered paragraph.

    *quoted* are the lines inside quotations; *is_candidate* says which numbers may number
    paragraphs at all, *is_title* which lines without such a number look like headings.
    """
    candidates = _candidates(lines, is_candidate, is_title)
    for candidate in candidates:
        if candidate.line.index in quoted:
            candidate.worth = min(candidate.worth, _WORTH_QUOTED)
    if not candidates:
        return set()
    chosen = _search(candidates)
    chosen += _out_of_order(candidates, chosen)
    return {candidates[i].line.index for i in chosen}


def _candidates(
    lines: Sequence[Line], is_candidate: Callable[[Line], bool], is_title: Callable[[Line], bool]
) -> list[_Candidate]:
    found: list[_Candidate] = []
    titles = 0
    for line in lines:
        if is_candidate(line) and line.number is not None:
            found.append(_Candidate(line, line.number.count, 1.0, titles))
        elif is_title(line):
            titles += 1
    main = _main_style(found)
    indents = sorted(c.line.indent for c in found)
    usual_indent = indents[len(indents) // 4] if indents else 0
    apart = sum(c.line.block.blank_before for c in found) * 2 > len(found)
    announced = _announced(lines, found, main)
    for candidate in found:
        candidate.worth = _worth(lines, candidate, main, usual_indent)
        if apart and not candidate.line.block.blank_before:
            candidate.worth *= _WORTH_CLOSE
        if candidate.line.index in announced:
            candidate.worth = min(candidate.worth, announced[candidate.line.index])
    return found


def _worth(lines: Sequence[Line], candidate: _Candidate, main: Style, usual_indent: int) -> float:
    line = candidate.line
    number = line.number
    assert number is not None
    body = line.text[number.body :]
    worth = 1.0
    if body and looks_like_title(body) and not body.endswith(":"):
        worth = _WORTH_TITLE
    if number.style in (Style.BARE, Style.ALONE):
        worth *= _WORTH_ALONE_OR_BARE
    if number.style is not main:
        worth *= _WORTH_OTHER_STYLE
    if line.indent > usual_indent + 1:
        worth *= _WORTH_OTHER_STYLE
    if line.index and not line.block.blank_before:
        before = lines[line.index - 1].text
        if ending(before) in (Ending.OPEN, Ending.HYPHEN) and len(before) > _TITLE_CHARACTERS // 2:
            worth *= _WORTH_MID_SENTENCE
    return worth


def _main_style(candidates: Sequence[_Candidate]) -> Style:
    """The style whose numbers follow on each other most often."""
    follow: dict[Style, int] = {}
    last: dict[Style, tuple[int, ...]] = {}
    for candidate in candidates:
        number = candidate.line.number
        assert number is not None
        before = last.get(number.style)
        weight = 1 if number.style in (Style.BARE, Style.ALONE, Style.BOTH) else 2
        if before is not None and _follows(before, number.count):
            follow[number.style] = follow.get(number.style, 0) + weight
        last[number.style] = number.count
    if not follow:
        return Style.DOT
    return max(follow, key=lambda style: follow[style])


def _follows(before: tuple[int, ...], count: tuple[int, ...]) -> bool:
    if len(before) == len(count):
        same = before[:-1] == count[:-1] and count[-1] == before[-1] + 1
        return same or (count[-1] == 1 and len(count) > 1 and count[0] == before[0] + 1)
    if len(count) == len(before) + 1:
        return count[:-1] == before and count[-1] == 1
    return len(count) < len(before) and before[len(count) - 1] + 1 == count[-1]


def _announced(
    lines: Sequence[Line], candidates: Sequence[_Candidate], main: Style
) -> dict[int, float]:
    """Worth of the items of lists that a line ending in a colon announces, by line."""
    worths: dict[int, float] = {}
    own = 0
    for i, candidate in enumerate(candidates):
        index = candidate.line.index
        if index in worths:
            continue
        opens_list = (
            candidate.count == (1,)
            and index > 0
            and ending(lines[index - 1].text) is Ending.LIST
            and not _is_title_line(lines, index - 1)
        )
        if not opens_list or not own:
            own = candidate.count[0]
            continue
        step = 1
        while i + step <= len(candidates) and step <= own + _LONGEST_LIST:
            item = candidates[i + step - 1]
            if item.count != (step,):
                break
            unlike = item.line.number is not None and item.line.number.style is not main
            surely = unlike or step <= own
            worths[item.line.index] = _WORTH_LIST if surely else _WORTH_LIST_BEYOND
            step += 1
    return worths


def _is_title_line(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ending in a colon is a title, not the end of a sentence that was broken
    to keep a width."""
    line = lines[index]
    alone = line.block.blank_before or ending(lines[index - 1].text) is not Ending.OPEN
    return alone and looks_like_title(line.text.rstrip(":"))


@dataclass(slots=True)
class _Best:
    score: float = float("-inf")
    index: int = -1

    def offer(self, score: float, index: int) -> None:
        if score > self.score:
            self.score, self.index = score, index


def _search(candidates: Sequence[_Candidate]) -> list[int]:
    """The run with the most worth, as indices into *candidates*."""
    previous: list[int] = []
    ending_in: dict[tuple[int, ...], _Best] = {}  # runs whose last number begins so
    exactly: dict[tuple[int, ...], _Best] = {}
    overall, before_title = _Best(), _Best()
    titles = 0
    for i, candidate in enumerate(candidates):
        if candidate.after_title > titles:
            titles = candidate.after_title
            before_title = _Best(overall.score, overall.index)
        count = candidate.count
        best = _Best(-_late_start(count), -1)
        for score, index in _steps(count, ending_in, exactly):
            best.offer(score, index)
        best.offer(overall.score - _PRICE_JUMP, overall.index)
        best.offer(before_title.score - _PRICE_JUMP_AT_TITLE, before_title.index)
        previous.append(best.index)
        score = best.score + candidate.worth
        exactly.setdefault(count, _Best()).offer(score, i)
        for length in range(1, len(count) + 1):
            ending_in.setdefault(count[:length], _Best()).offer(score, i)
        overall.offer(score, i)
    chosen, at = [], overall.index
    while at >= 0:
        chosen.append(at)
        at = previous[at]
    return chosen[::-1]


def _out_of_order(candidates: Sequence[_Candidate], run: Sequence[int]) -> list[int]:
    """The candidates that have a number which the *run* lacks, and look like its paragraphs in
    all: printed before or after their turn (``3, 5, 4, 6``).

    Of what stands between two of the run, all must be such or none is: other numbers there
    are of a list, or of a text that is quoted.
    """
    has = {candidates[i].count for i in run}
    highest = max(has)
    found: list[int] = []
    for before, after in pairwise(run):
        near = candidates[before].count[0]
        between = candidates[before + 1 : after]
        if all(
            c.worth >= 1
            and c.count not in has
            and c.count < highest
            and abs(c.count[0] - near) <= LONGEST_GAP
            for c in between
        ):
            found += range(before + 1, after)
            has |= {c.count for c in between}
    return found


def _late_start(count: tuple[int, ...]) -> float:
    return 0.0 if count[0] == 1 else _PRICE_LATE_START + min(count[0] * 0.05, 2.0)


def _steps(
    count: tuple[int, ...],
    ending_in: dict[tuple[int, ...], _Best],
    exactly: dict[tuple[int, ...], _Best],
) -> list[tuple[float, int]]:
    """Scores and last candidates of the runs that *count* continues."""
    steps = []
    above, last = count[:-1], count[-1]
    for gap in range(min(LONGEST_GAP + 1, last - 1)):
        price = _PRICE_GAP + _PRICE_GAP_EACH * gap if gap else 0.0
        found = ending_in.get((*above, last - 1 - gap))
        if found is not None:
            steps.append((found.score - price, found.index))
    if above and last == 1:
        parent = exactly.get(above)
        if parent is not None:  # 3 → 3.1
            steps.append((parent.score, parent.index))
        chapter = ending_in.get((*above[:-1], above[-1] - 1))
        if chapter is not None:  # 2.9 → 3.1
            steps.append((chapter.score, chapter.index))
    repeat = exactly.get(count)
    if repeat is not None:
        steps.append((repeat.score - _PRICE_REPEAT, repeat.index))
    return steps
