"""What does a query mean in this corpus? From the syntax tree to the engine's tree.

Here names become entities, articles provisions, addresses links, and a citation the
paragraphs it names. What the corpus holds is asked of a :class:`Catalogue`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from indexer.analysis import fold, left_out, slug, unelided
from indexer.notation.cases import find_cases, parse_case
from indexer.notation.dates import interval
from indexer.notation.provisions import Provision, find_provisions, parse_provision, plain
from indexer.query.grammar import Leaf, Parsed, Syntax
from indexer.query.phrases import Forms
from indexer.query.request import (
    And,
    Dated,
    Everything,
    Fuzzy,
    Linked,
    Node,
    Not,
    Or,
    Phrase,
    Tagged,
    TermField,
    Word,
)
from indexer.query.results import ENTITY_FACETS, Notice

_DAY_FIRST, _DAY_LAST = 1, 3652059  # 0001-01-01 and 9999-12-31 as ordinals
#: Up to this many letters a near spelling is one edit away, above it two: most pairs of
#: short words are two edits apart.
_SHORT_WORD = 5
#: What may stand around a typed word without being part of it.
_PUNCTUATION = ".,;:!?'’‘()[]<>"


class Catalogue(Protocol):
    """What interpretation must know of the corpus."""

    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the submissions' languages."""

    def resolve(self, type_: str, name: str) -> tuple[str, ...]:
        """Ids of the entities of a type that go by *name*."""

    def label(self, type_: str, id_: str) -> str | None:
        """Label of an entity, None if there is none of that id."""

    def provisions(self) -> tuple[tuple[str, str, str | None], ...]:
        """(id, label, law's id) of every provision."""

    def has_url(self, part: str) -> bool:
        """Whether a footnote's address contains *part*."""

    def labels(self, type_: str) -> dict[str, str]:
        """Label of every entity of a type, by id."""

    def coded(self, code: str) -> tuple[str, ...]:
        """Ids of the submissions that go by a code, a State's code or an id."""

    def sections(self, name: str) -> tuple[str, ...]:
        """The section ids and title slugs that go by *name*."""

    def submitted_by(self, name: str) -> tuple[str, ...]:
        """Ids of the submissions that an organisation signed."""

    def states(self, name: str) -> tuple[str, ...]:
        """ISO 3166-1 alpha-3 codes of the States that go by *name*."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A bare word and where it was typed, for spelling suggestions."""

    word: Word
    start: int
    end: int


@dataclass(slots=True)
class Interpretation:
    """A query understood."""

    tree: Node
    understood: str
    notices: list[Notice]
    words: list[Typed] = field(default_factory=list)
    """The bare words that are required."""
    phrases: list[Leaf] = field(default_factory=list)
    """The exact phrases without a field."""
    unknown: list[Leaf] = field(default_factory=list)
    """Field values that name nothing in the corpus."""
    runs: list[str] = field(default_factory=list)
    """The neighbouring bare words, and the phrases, that may spell a name."""
    relaxable: bool = False
    """Whether only bare words were typed, so that any of them may be offered."""
    scored: bool = False
    """Whether hits differ in relevance."""


def interpret(parsed: Parsed, catalogue: Catalogue) -> Interpretation:
    """Settle what *parsed* means in the corpus of *catalogue*."""
    reading = _Reading(parsed, catalogue)
    if parsed.tree is None:
        notices = list(parsed.notices)
        if parsed.text.strip() and not notices:
            message = "There is no word in this to look for; all that the filters allow is shown"
            notices.append(Notice("no-words", message, 0, len(parsed.text)))
        return Interpretation(Everything(), "", notices)
    tree, understood = reading.node(parsed.tree)
    return Interpretation(
        tree,
        understood,
        sorted([*parsed.notices, *reading.notices], key=lambda notice: notice.start),
        reading.words,
        reading.phrases,
        reading.unknown,
        reading.runs,
        relaxable=reading.bare and isinstance(tree, And),
        scored=reading.scored,
    )


def relaxed(tree: Node) -> Node:
    """The tree that any of the required words satisfies."""
    return Or(tree.parts) if isinstance(tree, And) else tree


#: A node and how it reads.
_Read = tuple[Node, str]


class _Reading:
    def __init__(self, parsed: Parsed, catalogue: Catalogue) -> None:
        self._text = parsed.text
        self._catalogue = catalogue
        languages = catalogue.languages() or ("en",)
        self._forms = Forms(languages)
        typed = _bare_words(parsed.tree) if parsed.tree is not None else ()
        self._left_out = left_out([_without_elision(word) for word in typed], languages)
        self.notices: list[Notice] = []
        self.words: list[Typed] = []
        self.phrases: list[Leaf] = []
        self.unknown: list[Leaf] = []
        self.runs: list[str] = []
        self.bare = True
        self.scored = False

    def node(self, syntax: Syntax) -> _Read:
        """Any node with the way it reads."""
        if isinstance(syntax, Leaf):
            return self._parts([syntax])[0]
        if syntax.typed:
            self.bare = False
        if syntax.operator == "not":
            required = len(self.words), len(self.phrases)
            node, reads = self.node(syntax.parts[0])
            # What must not be there is never respelled, nor offered in another form.
            del self.words[required[0] :], self.phrases[required[1] :]
            return Not(node), f"NOT {_bracketed(node, reads)}"
        if syntax.operator == "or":
            reads_of = [self.node(part) for part in syntax.parts]
            return Or(tuple(node for node, _ in reads_of)), " OR ".join(
                _bracketed(node, reads) for node, reads in reads_of
            )
        read = self._parts(syntax.parts)
        if len(read) == 1:
            return read[0]
        return And(tuple(node for node, _ in read)), " AND ".join(
            _bracketed(node, reads) for node, reads in read
        )

    # The parts of one conjunction

    def _parts(self, parts: Sequence[Syntax]) -> list[_Read]:
        """Nodes of the parts, neighbours read together where they name one thing. Stop words
        are left out unless there is nothing else."""
        read: list[_Read] = []
        stops: list[Leaf] = []
        at = 0
        while at < len(parts):
            part = parts[at]
            if not isinstance(part, Leaf):
                read.append(self.node(part))
                at += 1
                continue
            run = self._run(parts, at)
            if run:
                self.runs.append(self._text[run[0].start : run[-1].end])
                made, dropped = self._words(run)
                read += made
                stops += dropped
                at += len(run)
            else:
                read.append(self._leaf(part))
                at += 1
        if not read:
            for leaf in stops:
                read.append(self._word(leaf))
        return read

    def _run(self, parts: Sequence[Syntax], at: int) -> list[Leaf]:
        """The bare words from *at* on with only space between them."""
        run: list[Leaf] = []
        for part in parts[at:]:
            if not isinstance(part, Leaf) or part.kind != "word" or part.field is not None:
                break
            if run and self._text[run[-1].end : part.start].strip():
                break
            run.append(part)
        return run

    def _words(self, run: list[Leaf]) -> tuple[list[_Read], list[Leaf]]:
        """Nodes of neighbouring bare words, and the stop words among them."""
        read: list[_Read] = []
        stops: list[Leaf] = []
        named = self._named(run)
        at = 0
        while at < len(run):
            leaf = run[at]
            if leaf.start in named:
                end, node, reads = named[leaf.start]
                read.append((node, reads))
                while at < len(run) and run[at].start < end:
                    at += 1
                continue
            at += 1
            if _without_elision(leaf.text) in self._left_out:
                stops.append(leaf)
                continue
            word = self._forms.word(leaf.text)
            joined = self._joined(word, run[at] if at < len(run) else None)
            if joined is not None:
                read.append((joined, self._reads_joined(leaf, run[at])))
                at += 1
            elif self._forms.tokens(leaf.text):
                read.append(self._word(leaf))
        return read, stops

    def _joined(self, word: Word | None, after: Leaf | None) -> Node | None:
        """«pre trial»: both words, or the compound of them."""
        second = self._forms.word(after.text) if after else None
        if word is None or second is None or second.printed in self._left_out:
            return None
        joined = self._forms.joined(word, second)
        if joined is None:
            return None
        self.scored = True
        return Or((And((word, second)), joined))

    @staticmethod
    def _reads_joined(first: Leaf, second: Leaf) -> str:
        return f"{first.text.lower()} AND {second.text.lower()}"

    def _named(self, run: list[Leaf]) -> dict[int, tuple[int, Node, str]]:
        """Provisions and cases written in a run: start of their first word → end, node."""
        start, end = run[0].start, run[-1].end
        text = self._text[start:end]
        named: dict[int, tuple[int, Node, str]] = {}
        found: list[tuple[int, int, Node | None]] = [
            (s, e, self._case(text[s:e], case.key)) for s, e, case in find_cases(text)
        ]
        found += [(s, e, self._provision(provision)) for s, e, provision in find_provisions(text)]
        for s, e, node in found:
            touched = [leaf for leaf in run if leaf.start < start + e and leaf.end > start + s]
            if node is None or not touched or any(leaf.start in named for leaf in touched):
                continue
            self.scored = self.scored or not isinstance(node, Tagged)
            named[touched[0].start] = (touched[-1].end, node, text[s:e].lower())
        return named

    def _case(self, written: str, key: str) -> Node | None:
        id_ = slug(key)
        if self._catalogue.label("case", id_) is None:
            return None
        return Tagged("case", (id_,))

    def _provision(self, wanted: Provision) -> Node | None:
        """The paragraphs that cite a provision; None if no paragraph does."""
        laws = set(self._catalogue.resolve("law", wanted.law)) if wanted.law else None
        ids = tuple(
            id_
            for id_, label, law in self._catalogue.provisions()
            if (has := parse_provision(label)) is not None
            and (has.kind, has.number) == (wanted.kind, wanted.number)
            and (laws is None or law is None or law in laws)
        )
        return Tagged("provision", ids) if ids else None

    # Single leaves

    def _word(self, leaf: Leaf) -> _Read:
        """A bare word: an address, a word in any form, or a compound."""
        stripped = leaf.text.strip(_PUNCTUATION)
        if any(mark in stripped for mark in "./_") and self._catalogue.has_url(stripped):
            return Linked(stripped.casefold()), f"url:{stripped.casefold()}"
        self.scored = True
        word = self._forms.word(leaf.text)
        if word is not None:
            self.words.append(Typed(word, leaf.start, leaf.end))
            return word, word.printed
        rest = unelided(leaf.text)
        if rest is not None:
            return self._elided(leaf, rest)
        phrase = self._forms.compound(leaf.text)
        if phrase is None:
            return Everything(), ""
        return phrase, leaf.text.lower()

    def _elided(self, leaf: Leaf, rest: str) -> _Read:
        """«l'organisation»: the word without its article, better with it."""
        at = leaf.end - len(rest)
        node, reads = self._word(replace(leaf, text=rest, start=at))
        whole = self._forms.phrase(leaf.text, "word")
        return (Or((node, whole)) if whole else node), reads

    def _leaf(self, leaf: Leaf) -> _Read:
        """A phrase, wildcard, near spelling, or anything in a field."""
        self.bare = False
        if leaf.field is not None and leaf.field not in ("note", "forms"):
            return self._field(leaf)
        field_name = "note" if leaf.field == "note" else "word"
        prefix = f"{leaf.field}:" if leaf.field else ""
        self.scored = True
        if leaf.kind == "wildcard":
            return self._forms.wildcard(leaf.text, "note" if leaf.field == "note" else "word"), (
                prefix + leaf.text.lower()
            )
        if leaf.kind == "fuzzy":
            return self._fuzzy(leaf, field_name == "note", prefix)
        if leaf.field == "forms":
            field_name = "stem"
        elif leaf.kind == "phrase" and leaf.field is None:
            self.phrases.append(leaf)
            self.runs.append(leaf.text)
        return self._phrase(leaf, prefix)

    def _phrase(self, leaf: Leaf, prefix: str) -> _Read:
        terms: TermField = (
            "note" if leaf.field == "note" else "stem" if leaf.field == "forms" else "word"
        )
        node = (
            self._forms.phrase(leaf.text, terms)
            if leaf.distance is None
            else self._forms.near(leaf.text, terms, leaf.distance)
        )
        if node is None:
            return Everything(), ""
        reads = f'{prefix}"{" ".join(leaf.text.split())}"'
        return node, reads if leaf.distance is None else f"{reads}~{leaf.distance}"

    def _fuzzy(self, leaf: Leaf, in_notes: bool, prefix: str) -> _Read:
        tokens = self._forms.tokens(leaf.text)
        if not tokens:
            return Everything(), ""
        nodes = []
        for token in (t for t in tokens if t.width == 1):
            edits = leaf.distance or (1 if len(token.printed) <= _SHORT_WORD else 2)
            nodes.append(Fuzzy("note" if in_notes else "word", token.printed, edits))
        reads = f"{prefix}{leaf.text.lower()}~{leaf.distance or ''}"
        return (nodes[0] if len(nodes) == 1 else And(tuple(nodes))), reads

    # Fields

    def _field(self, leaf: Leaf) -> _Read:
        name, value = leaf.field or "", " ".join(leaf.text.split())
        reads = f'{name}:"{value}"' if " " in value else f"{name}:{value}"
        if name == "date":
            return self._date(leaf, reads)
        if name == "url":
            return Linked(value.strip("<>").casefold()), reads
        node = self._tagged(name, value)
        if not node.values:
            self.unknown.append(leaf)
            self.notices.append(
                Notice(
                    "unknown-value",
                    f"Nothing in the corpus goes by {name.replace('_', ' ')} «{value}»",
                    leaf.start,
                    leaf.end,
                )
            )
        return node, reads

    def _tagged(self, name: str, value: str) -> Tagged:
        catalogue = self._catalogue
        if name == "submitter":
            return Tagged("submission", catalogue.submitted_by(value))
        if name == "state":
            return Tagged("state", catalogue.states(value))
        if name == "section":
            return Tagged("section", catalogue.sections(value))
        if name == "kind":
            kinds = ("introduction", "narrative", "recommendation")
            wanted = value.lower().rstrip("s")
            return Tagged("kind", tuple(kind for kind in kinds if kind == wanted))
        if name == "article":
            return Tagged("provision", self._articles(value))
        if name == "case":
            return Tagged("case", self._cases(value))
        if name == "submission":
            return Tagged("submission", catalogue.coded(value))
        if name == "provision":
            provision = parse_provision(value)
            node = self._provision(provision) if provision else None
            if isinstance(node, Tagged):
                return node
        if name in ENTITY_FACETS:
            return Tagged(name, catalogue.resolve(name, value))
        return Tagged(name, (value,))

    def _cases(self, value: str) -> tuple[str, ...]:
        """Ids of the cases that go by *value*, or whose number it is."""
        case = parse_case(value)
        if case is not None:
            return (slug(case.key),)
        found = self._catalogue.resolve("case", value)
        numbered = f"-{slug(value)}"  # of an opinion, too, that is cited by its symbol alone
        named = self._catalogue.labels("case").items()
        return found or tuple(
            id_
            for id_, label in named
            if value in label.split() or ("/" in value and id_.endswith(numbered))
        )

    def _articles(self, value: str) -> tuple[str, ...]:
        """Ids of the provisions that are article *value*, or a part of it."""
        number = plain(value.casefold().removeprefix("article"))
        return tuple(
            id_
            for id_, label, _ in self._catalogue.provisions()
            if (has := parse_provision(label)) is not None
            and has.kind == "article"
            and (own := has.number.casefold()).startswith(number)
            and own[len(number) :][:1] in ("", "(")
        )

    def _date(self, leaf: Leaf, reads: str) -> _Read:
        written = leaf.text.strip(",;")
        # A single full stop ends a sentence; two leave a range open.
        days = date_range(written.removesuffix(".") if ".." not in written else written)
        if days is not None:
            return days, reads
        self.notices.append(
            Notice(
                "unknown-date",
                f"«{leaf.text}» is no date; write 2019, 2019-02, 2019-02-14"
                " or 2018-05..2018-07. Taken as plain words",
                leaf.start,
                leaf.end,
            )
        )
        self.scored = True
        phrase: Phrase | None = self._forms.phrase(leaf.text, "stem")
        return (phrase, leaf.text.lower()) if phrase else (Everything(), "")


def date_range(text: str) -> Dated | None:
    """The days of ``2019``, ``2019-02``, ``2019-02-14``, ``2018-05..2018-07``, ``2018..``
    or ``..2018``; None for anything else."""
    first, dots, last = text.partition("..")
    try:
        start = interval(first)[0].toordinal() if first else _DAY_FIRST
        end_of = last if dots else first
        end = interval(end_of)[1].toordinal() if end_of else _DAY_LAST
    except ValueError:
        return None
    if not first and not last:
        return None
    return Dated(start, end) if start <= end else None


def _bare_words(syntax: Syntax) -> list[str]:
    """The bare words of a query, as typed."""
    if isinstance(syntax, Leaf):
        return [syntax.text] if syntax.kind == "word" and syntax.field is None else []
    return [word for part in syntax.parts for word in _bare_words(part)]


def _without_elision(word: str) -> str:
    """A typed word, folded, without the elided words it opens with: «qu'il» is «il»."""
    while (rest := unelided(word)) is not None:
        word = rest
    return fold(word.strip(_PUNCTUATION))


def _bracketed(node: Node, reads: str) -> str:
    return f"({reads})" if isinstance(node, And | Or) and " " in reads else reads
