"""What does a line look like? Its number or letter, its list marks, how it ends.

The steps of structure ask this of every line, so each is looked at once. What a look means
in the run of the document (paragraph, heading, item of a list) is theirs to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indexer.analysis import western_digits
from indexer.model import Block, Reading
from indexer.structure.wording import MONTHS


class Ending(Enum):
    """How a text breaks off."""

    SENTENCE = "ended a sentence"
    LIST = "announces or separates items"
    HYPHEN = "inside a hyphenated word"
    OPEN = "in the middle of a sentence"


#: Words of a line that is running text rather than a title or an address.
_PROSE_WORDS = 15
#: Columns of indentation that are looked at: deeper is a table or a centred line.
MAX_INDENT = 40

#: Superscript digits; the first three are not in the block of the others.
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")


def plain_digits(superscript: str) -> str:
    """Return a superscript number in plain digits.

    >>> plain_digits("¹⁴")
    '14'
    """
    return superscript.translate(_DIGITS)


_LIST_MARK = r"(?:[-*+•·‣▪■●○◦–—>➢✓]\s+){0,3}"
_EMPHASIS = r"(?:\*\*|__|[*_])?"
_COUNT = r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,3}"
# 12(a) is an address inside paragraph 12; 28.03.2019 and 2.5 are numbers of other things.
_NUMBER = re.compile(
    rf"(?P<lead>{_LIST_MARK}{_EMPHASIS})(?:"
    rf"\((?P<both>{_COUNT})\)|\[(?P<square>{_COUNT})\]"
    rf"|(?:[¶§]\s?)?(?P<count>{_COUNT})(?:\*\*|__)?"
    r"(?:(?P<dot>\s?\\?\.|\s?:(?=\s))(?![0-9])|(?P<paren>\))|(?P<dash>\s?[-–—](?=\s)|/(?=\s))"
    r"|(?P<bare>(?=\s|$)))"
    r")(?:\*\*|__|[*_])?(?P<gap>\s*)"
)
_LIST_MARKS = re.compile(_LIST_MARK)
_BULLET = re.compile(r"(?:[-*+•·‣▪■●○◦–—➢✓]\s+){1,3}(?=\S)")
_ITEM = re.compile(
    r"\\?(?:\(?[a-z]{1,2}\\?\)|\(?[ivx]{1,5}\\?\)|[a-z]\.|\(?[0-9]{1,3}\([a-z]{1,3}\))(?=\s|[A-Z(])"
)
_FULL_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+")
_STARTS_TEXT = re.compile(r"[\"“”„«‘'(\[*_¿¡<]{0,3}(?:[^\W\d_]|[0-9])")

_CLOSERS = "\"”’'»)]*_ \t\u00a0" + SUPERSCRIPTS
_TRAILING_MARK = re.compile(
    r"(?:\[\^?\w{1,8}\]|<?https?://\S{1,2000}|(?<=[^\W\d_][.!?…])[0-9]{1,3}|(?<=[”\"»)])[0-9]{1,3})$"
)
# What follows these is of the same sentence: "communication No." / "2304/2013".
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:Nos?|n[os]|paras?|par|arts?|Arts?|sects?|chap|vol|pp|Mr|Mrs|Ms|Dr|Prof|Messrs|St"
    r"|Mme|M|v|cf|Cf|e\.g|i\.e|ст|стр|пп?|им|г-н|г-жа|Sr|Sra|núm"
    r"|(?:Mr|Mrs|Ms|Dr|Prof)\.\s(?:[A-Z]\.\s?){0,3}[A-Z])\.$"
)
_SENTENCE_END = ".!?…。！？؟։"
_LIST_END = ":;：；"
_HYPHENS = "-‐\u00ad"

_RULE = re.compile(r"[-_=*~–—─]{3,}|(?:[-*_]\s){2,}[-*_]")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?(?:[-–—|]\s?)?[0-9]{1,4}(?:\s?(?:[-–—|]|/\s?[0-9]{1,4}|of\s+[0-9]{1,4}))?(?:\s?\|?\s?page)?",
    re.IGNORECASE,
)


class Style(Enum):
    """How a number is set off from its text."""

    DOT = "1."
    PAREN = "1)"
    BOTH = "(1)"
    SQUARE = "[1]"
    DASH = "1 -"
    BARE = "1"
    ALONE = "1 on its own line"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a line opens with."""

    printed: str
    count: tuple[int, ...]
    style: Style
    body: int
    """Where the text after it starts, in the line's text."""


@dataclass(slots=True)
class Line:
    """A line of a text, or a block of another format, with what it looks like."""

    index: int
    block: Block
    indent: int
    number: Number | None

    @property
    def text(self) -> str:
        """As the reader gave it."""
        return self.block.text

    @property
    def start(self) -> int:
        """Where it starts in the reader's text."""
        return self.block.start

    @property
    def end(self) -> int:
        """Where it ends in the reader's text."""
        return self.block.start + len(self.block.text)


def lines_of(reading: Reading) -> list[Line]:
    """Look at every block of *reading* once, a page's furniture and the empty lines of a
    quotation in Markdown aside."""
    text, made = reading.text, []
    blocks = [block for block in reading.blocks if block.style != "furniture" and block.text != ">"]
    for index, block in enumerate(blocks):
        indent = 0
        if reading.source.text_is_source:
            before = text[max(0, block.start - MAX_INDENT) : block.start]
            indent = len(before) - len(before.rstrip(" \t"))
        elif block.level and block.style == "list-item":
            indent = 4 * (block.level - 1)
        made.append(Line(index, block, indent, number_of(block)))
    return made


def number_of(block: Block) -> Number | None:
    """The number that a block opens with, in western digits, so that an address has one form
    in every script; headings and notes have their own."""
    if block.style in ("heading", "footnote"):
        return None
    text = western_digits(block.text)
    found = _NUMBER.match(text)
    if found is None or _FULL_DATE.match(text, found.end("lead")):
        return None
    return _number(found, text, found.end())


def _number(found: re.Match[str], text: str, body: int) -> Number | None:
    count = found["both"] or found["square"] or found["count"]
    if found["both"]:
        style = Style.BOTH
    elif found["square"]:
        style = Style.SQUARE
    elif found["dot"]:
        style = Style.DOT
    elif found["paren"]:
        style = Style.PAREN
    elif found["dash"]:
        style = Style.DASH
    else:
        style = Style.BARE if body < len(text) else Style.ALONE
    if body < len(text) and not _begins_paragraph(text, body, style, bool(found["gap"])):
        return None
    return Number(count, tuple(map(int, count.split("."))), style, body)


def _begins_paragraph(text: str, body: int, style: Style, spaced: bool) -> bool:
    """Whether what follows a number can be a paragraph's text."""
    starts = _STARTS_TEXT.match(text, body)
    if not spaced and (starts is None or not text[starts.end() - 1].isupper()):
        return False
    if style not in (Style.BARE, Style.DASH):
        return True
    # A bare number is mostly a quantity or a date: "48 people", "10 December 2014".
    if starts is None or text[starts.end() - 1].islower() or text[starts.end() - 1].isdigit():
        return bool(text.startswith(("http", "<http", "www."), body))
    word = _WORD.search(text, body)
    return word is None or word.group().lower() not in MONTHS


def bullet_end(text: str) -> int:
    """Where the text after a bullet starts; 0 where there is none."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def list_marks_end(text: str) -> int:
    """Where the text after list marks of any kind starts."""
    found = _LIST_MARKS.match(text)
    return found.end() if found else 0


def is_item(text: str) -> bool:
    """Whether a line is a lettered item: ``(a)``, ``iv)``, ``12(a)``."""
    return _ITEM.match(text) is not None


def is_listed(line: Line) -> bool:
    """Whether a line looks like an item of a list, or is quoted."""
    return bool(
        bullet_end(line.text)
        or is_item(line.text)
        or (line.number is not None and line.number.style is not Style.ALONE)
        or line.block.style in ("list-item", "table-row", "quote")
    )


def is_rule(text: str) -> bool:
    """Whether a line only draws a line."""
    return _RULE.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """Whether a line is only a page's number."""
    return len(text) < 24 and _PAGE_NUMBER.fullmatch(text) is not None


def is_prose(line: Line) -> bool:
    """Whether a line is running text without a number."""
    text = line.text
    return line.number is None and text.count(" ") >= _PROSE_WORDS and not text[0].islower()


def ending(text: str) -> Ending:
    """How *text* breaks off, footnote marks and closing quotes aside.

    >>> ending("recognised (Opinion No. 5).”³"), ending("a higher-")
    (<Ending.SENTENCE: 'ended a sentence'>, <Ending.HYPHEN: 'inside a hyphenated word'>)
    """
    tail = text[-80:].rstrip()
    while found := _TRAILING_MARK.search(tail):
        tail = tail[: found.start()].rstrip()
    tail = tail.rstrip(_CLOSERS)
    while found := _TRAILING_MARK.search(tail):
        tail = tail[: found.start()].rstrip(_CLOSERS)
    if not tail:
        return Ending.OPEN
    last = tail[-1]
    if last in _SENTENCE_END:
        return Ending.OPEN if _ABBREVIATION.search(tail) else Ending.SENTENCE
    if last in _LIST_END:
        return Ending.LIST
    if last in _HYPHENS and tail[-2:-1].isalpha() and text.endswith(last):
        return Ending.HYPHEN
    return Ending.OPEN
