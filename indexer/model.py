"""What is a submission made of? The frozen document model in the middle of the house.

Readers and the structure steps fill it, the library keeps it, pages print it.
Nothing here reads, decides or prints anything, and nothing of ours is imported.

Offsets are half-open ``[start, end)`` and count Unicode code points. A mention's,
reference's or footnote mark's offset points into its paragraph's ``text``; a
``spans`` field points into the text of the source (see :class:`Source`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

ParagraphKind = Literal["introduction", "narrative", "recommendation"]
EntityType = Literal[
    "person",
    "organisation",
    "un_body",
    "media",
    "place",
    "law",
    "provision",
    "case",
    "date",
    "demonym",
]
MentionSource = Literal["authority", "rule", "model"]

#: The value of a date mention: ISO 8601 (``2018``, ``2018-03``, ``2018-03-13``), a
#: range as ``2018-03/2019-03``, a list of such values for "February and March 2019".
DateValue = str | tuple[str, ...]


class Span(NamedTuple):
    """A half-open stretch of text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file a submission was read from."""

    name: str
    """The file's name, without its folder."""
    sha256: str
    """Hexadecimal digest of the bytes as received."""
    media_type: str
    """For example ``text/plain``, ``text/markdown``, ``text/html``."""
    encoding: str | None
    """The encoding the bytes were decoded with; None where the format has none."""
    text_is_source: bool
    """Whether ``spans`` count in the decoded file itself (text, Markdown). Otherwise
    they count in the text the reader extracted and are not shown to the outside."""
    length: int
    """Code points in the text that ``spans`` count in."""
    pages_numbered: bool | None = None
    """Whether its pages bear numbers; None where the format does not tell."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source that a reader found to belong together.

    Readers give blocks in reading order and judge nothing about meaning; what the
    format says of itself (a list label, a heading's level, a page) is carried as a
    hint for the structure steps.
    """

    text: str
    """As in the source, list and bold marks included where the format has such."""
    start: int
    """Where the block starts in the reader's text; its end is ``start + len(text)``."""
    line: int
    """1-based line of the block's start in the source."""
    style: str | None = None
    """``heading``, ``list-item``, ``table-row``, ``footnote``, ``quote``, ``furniture`` (a page's
    running head, foot or number, which is of no part of the document); None where nothing is
    known."""
    level: int | None = None
    """Heading or list depth, from 1."""
    label: str | None = None
    """The number that the format prints before the block but keeps out of its text."""
    page: int | None = None
    anchors: tuple[tuple[int, str], ...] = ()
    """Footnote marks the format knows of: (offset into ``text``, note number)."""
    blank_before: bool = False
    """Whether the source separates the block from the one before by an empty line."""
    links: tuple[tuple[int, int, str], ...] = ()
    """Hyperlinks: (start, end into ``text``, address)."""
    doubtful: bool = False
    """Whether the reader could not settle every character; a problem of the reading says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: its text, and the blocks in it."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Submitter:
    """An organisation that signed the submission, with its contacts as printed."""

    short: str
    name: str
    emails: tuple[str, ...] = ()
    website: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    """The label, below its parent's id and a dot: ``VI``, ``VI.1``."""
    label: str
    """As printed (``VI``, ``A``); empty where the heading has none."""
    title: str
    """As printed, without the label and a closing colon."""
    level: int
    parent: str | None
    paragraphs: tuple[str, ...]
    """Numbers of the paragraphs whose innermost section this is."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """Where a paragraph cites a footnote; the mark itself is not in the text."""

    number: str
    offset: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A pinpoint in a paragraph to another paragraph of the same submission."""

    start: int
    end: int
    target: str
    """A paragraph number of this submission."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing found in a paragraph: ``paragraph.text[start:end] == text``."""

    start: int
    end: int
    text: str
    type: EntityType
    entity: str | None
    """The id of an entity of the same type; None where two candidates remain."""
    source: MentionSource
    value: DateValue | None = None
    """Of dates only."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, verbatim."""

    number: str
    """As printed, without the trailing dot; ``26~2`` the second time a number comes,
    ``u1`` for a body block that has none."""
    eid: str
    """Akoma Ntoso eId, for example ``para_48``."""
    text: str
    section: str | None
    """Id of the innermost section; None before the first heading."""
    kind: ParagraphKind
    footnotes: tuple[FootnoteMark, ...] = ()
    references: tuple[Reference, ...] = ()
    mentions: tuple[Mention, ...] = ()
    spans: tuple[Span, ...] = ()
    """One a piece, where a page break cut the paragraph; number and marks not included."""
    lines: tuple[Span, ...] = ()
    """1-based first and last line of each piece in the source, both included."""
    page: int | None = None
    doubtful: bool = False
    """Whether the source leaves number or text in doubt; ``problems`` say why."""
    number_in_doubt: bool = False
    """Whether it is the number, which a citation must then say."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, wherever the source prints it."""

    number: str
    text: str
    urls: tuple[str, ...]
    """Absolute addresses as printed, without angle brackets."""
    paragraphs: tuple[str, ...]
    """Numbers of the paragraphs that cite it."""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another printed form of an entity's name, and why it is held to be one."""

    text: str
    evidence: str
    """One sentence a reader can check, for example «authority file kaz.csv» or
    «defined in paragraph 9: "Democratic Choice of Kazakhstan" (the DCK)»."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, law, … named in one submission."""

    id: str
    """Lower-case slug, stable between readings, the same for the same thing in
    every submission."""
    type: EntityType
    label: str
    aliases: tuple[Alias, ...]
    """Printed forms other than the label."""
    paragraphs: tuple[str, ...]
    law: str | None = None
    """Of provisions: the id of the law the provision belongs to, if that is settled."""
    country: str | None = None
    """ISO 3166-1 alpha-3 code of the State a thing belongs to, if known."""
    suggested: bool = False
    """Found by the statistical model alone."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Text that is neither front matter, heading, paragraph nor footnote."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a corpus keeper should look at; reading went on."""

    code: str
    """A stable slug, for example ``number-gap``."""
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where the front matter says something of the submission as a whole."""

    field: str
    """The field of :class:`Submission` that it says."""
    text: str
    """The line that says it, as printed."""
    line: int
    """1-based, as a block's."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One document, whole: what a file holds and where each piece of it stands."""

    id: str
    title: str
    kind: str
    """For example ``joint submission``."""
    state: str | None
    """ISO 3166-1 alpha-3 code of the State under review."""
    session: str | None
    """Number of the UPR Working Group's session."""
    date: str | None
    """ISO 8601 date of the submission."""
    language: str
    """ISO 639-1 code."""
    source: Source
    submitters: tuple[Submitter, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    entities: tuple[Entity, ...] = ()
    front: tuple[Span, ...] = ()
    front_text: str = ""
    """The front matter as printed, its stretches on lines of their own."""
    remainder: tuple[Remainder, ...] = ()
    problems: tuple[Problem, ...] = ()
    codes: tuple[str, ...] = ()
    """Codes that OHCHR's summary gives the submission, such as ``JS5``."""
    source_url: str | None = None
    rights: str | None = None
    symbol: str | None = None
    """Of a document of the United Nations, such as ``A/HRC/WG.6/34/KAZ/3``."""
    found: tuple[Found, ...] = ()
    """Where the text says what is not from the metadata file."""
