"""How is a query text read? From characters to a syntax tree, whatever the text.

Any text is legal. What cannot be read as the operator, field or wildcard it looks like is
taken as plain words, with a notice that says so. Nothing is looked up here: what words
and fields *mean* is settled in :mod:`indexer.query.interpret`.

::

    query   = or
    or      = and ("OR" and)*
    and     = not (("AND")? not)*
    not     = ("NOT" | "-")? atom
    atom    = "(" query ")" | field ":" value | phrase | word
    phrase  = quote text quote ("~" digits?)?
    word    = text without space, bracket or quote, with * ? inside or ~ digits? at its end
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.analysis import fold_text
from indexer.errors import QueryRefused
from indexer.notation.provisions import PART
from indexer.query.phrases import is_of_word, letters_first
from indexer.query.results import FACETS, Notice
from indexer.settings import Settings

#: Fields besides the facets.
EXTRA_FIELDS = ("article", "date", "url", "note", "submitter", "forms")
FIELDS = frozenset(FACETS) | frozenset(EXTRA_FIELDS)

#: Distance of a phrase with a bare ``~``.
DEFAULT_DISTANCE = 5

_QUOTES = '"“”„‟«»＂「」『』'
_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):(?=\S)")
_SLOP = re.compile(r"~(\d*)")
# Of 20(1) the brackets are the number's own.
_BARE = re.compile(rf"[^\s(){_QUOTES}]+(?:(?:(?<=[0-9])|(?<=[0-9][A-Z])){PART}{{1,4}})?")
_PARTED = re.compile(r"(?<=[^\W\d])[,;，、；،؛](?=[^\W\d])")
_FUZZY = re.compile(r"(.+)~(\d*)$", re.DOTALL)
_ADDRESS = re.compile(r"[a-z]+://|www\.", re.IGNORECASE)
_OPERATORS = ("AND", "OR", "NOT")
_EDGE_PUNCTUATION = ".,;:!?'’‘…–—-+&|=<>[]{}/\\@#%^`´"

#: Cures of queries with too many words, wildcards and near spellings.
_FEWER = "Leave words out, or put a sentence in quotation marks"
_IN_FULL = "Write some of the words out; a word is found in all its forms anyway"
_SPELT = "Leave the ~ away where you know how a word is spelt"

#: The table of settings as it is without anybody's.
_TABLE = Settings()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may hold; the meanings are those of the settings table."""

    characters: int = _TABLE.query_characters
    terms: int = _TABLE.query_terms
    depth: int = _TABLE.query_depth
    wildcards: int = _TABLE.query_wildcards
    wildcard_letters: int = _TABLE.wildcard_letters
    near_spellings: int = _TABLE.query_near_spellings
    edits: int = _TABLE.near_spelling_edits
    distance: int = _TABLE.phrase_distance

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those that *settings* set."""
        return cls(
            settings.query_characters,
            settings.query_terms,
            settings.query_depth,
            settings.query_wildcards,
            settings.wildcard_letters,
            settings.query_near_spellings,
            settings.near_spelling_edits,
            settings.phrase_distance,
        )

    def check_length(self, text: str) -> None:
        """Raise QueryRefused where *text* is too long to be read at all."""
        if len(text) > self.characters:
            raise QueryRefused(
                f"The query has {len(text)} characters; {self.characters} are allowed",
                "Search for a distinctive part of it",
                "query-too-long",
            )


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word, phrase, wildcard or near spelling as typed, perhaps in a field.

    ``start`` and ``end`` are code points into the query text and take in field and marks.
    """

    kind: Literal["word", "phrase", "wildcard", "fuzzy"]
    text: str
    start: int
    end: int
    field: str | None = None
    distance: int | None = None
    """Of a phrase: positions; of a near spelling: edits, None for the default."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by an operator; ``typed`` where a user wrote it or its brackets."""

    operator: Literal["and", "or", "not"]
    parts: tuple[Syntax, ...]
    typed: bool


Syntax = Leaf | Group


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query text read: its tree, None for an empty one, and what to tell of it."""

    text: str
    tree: Syntax | None
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["leaf", "operator", "not", "open", "close"]
    text: str
    start: int
    end: int
    leaf: Leaf | None = None


def parse(text: str, limits: Limits | None = None) -> Parsed:
    """Read *text*.

    Raises QueryRefused where it is longer, or has more parts of a kind, than *limits* allow.
    """
    limits = limits or Limits()
    limits.check_length(text)
    notices: list[Notice] = []
    tokens = list(_Lexer(text, notices, limits).tokens())
    tree = _Parser(tokens, notices, limits.depth).query()
    _check_numbers(_leaves(tree), limits)
    return Parsed(text, tree, tuple(sorted(notices, key=lambda notice: notice.start)))


def _leaves(syntax: Syntax | None) -> list[Leaf]:
    """Its words, with those that were to be operators and had nothing to join."""
    if isinstance(syntax, Group):
        return [leaf for part in syntax.parts for leaf in _leaves(part)]
    return [syntax] if syntax else []


def _check_numbers(leaves: Sequence[Leaf], limits: Limits) -> None:
    """Raise QueryRefused where there are more of a kind than are allowed."""
    kinds = Counter(leaf.kind for leaf in leaves)
    for found, allowed, noun, cure, code in (
        (len(leaves), limits.terms, "words", _FEWER, "too-many-terms"),
        (kinds["wildcard"], limits.wildcards, "wildcards", _IN_FULL, "too-many-wildcards"),
        (
            kinds["fuzzy"],
            limits.near_spellings,
            "near spellings",
            _SPELT,
            "too-many-near-spellings",
        ),
    ):
        if found > allowed:
            message = f"The query has {found} {noun}; {allowed} are allowed"
            raise QueryRefused(message, cure, code)


class _Lexer:
    def __init__(self, text: str, notices: list[Notice], limits: Limits) -> None:
        self._text = text
        self._notices = notices
        self._limits = limits

    def tokens(self) -> Iterator[_Token]:
        text, at = self._text, 0
        while at < len(text):
            space = _SPACE.match(text, at)
            if space:
                at = space.end()
                continue
            if text[at] in "()":
                yield _Token("open" if text[at] == "(" else "close", text[at], at, at + 1)
                at += 1
                continue
            if text[at] == "-" and self._opens_negation(at):
                yield _Token("not", "-", at, at + 1)
                at += 1
                continue
            field = _FIELD.match(text, at)
            if field and self._known(field):
                leaf = self._value(field.end(), field.group(1).lower(), at)
            elif field and not text.startswith("//", field.end()):  # its words are plain ones
                leaf = Leaf("word", field.group(), at, field.end())
            else:
                leaf = self._value(at, None, at)
            if isinstance(leaf, int):
                at = leaf
                continue
            at = leaf.end
            if leaf.kind == "word" and leaf.field is None and leaf.text in _OPERATORS:
                yield _Token("operator", leaf.text, leaf.start, leaf.end, leaf)
            else:
                yield _Token("leaf", leaf.text, leaf.start, leaf.end, leaf)

    def _opens_negation(self, at: int) -> bool:
        before = self._text[at - 1] if at else " "
        after = self._text[at + 1 : at + 2]
        return (
            (before.isspace() or before == "(")
            and bool(after)
            and (after in _QUOTES or after == "(" or after.isalnum())
        )

    def _known(self, field: re.Match[str]) -> bool:
        name = field.group(1)
        follows = self._text[field.end() : field.end() + 2]
        if follows == "//":  # an address
            return False
        if name.lower() in FIELDS:
            if follows[:1] not in "()":
                return True
            self._note(
                "field-without-value",
                f"«{name}:» needs a word or a phrase in quotation marks; taken as plain words",
                field.span(),
            )
        else:
            self._note(
                "unknown-field",
                f"There is no field «{name}»; taken as plain words."
                f" Fields are {', '.join(sorted(FIELDS))}",
                field.span(),
            )
        return False

    def _note(self, code: str, message: str, place: tuple[int, int]) -> None:
        self._notices.append(Notice(code, message, *place))

    def _value(self, at: int, field: str | None, start: int) -> Leaf | int:
        """The leaf at *at*, or where to go on if there is none."""
        text = self._text
        if text[at] in _QUOTES:
            return self._phrase(at, field, start)
        bare = _BARE.match(text, at)
        assert bare is not None  # no space, bracket or quotation mark stands here
        end = bare.end()
        word = bare.group()
        if field in ("url", "date") or _ADDRESS.match(word):
            return Leaf("word", word, start, end, field)
        parted = _PARTED.search(word)
        if parted and not any(mark in word for mark in "./_"):  # no address has such words
            word, end = word[: parted.start()], at + parted.end()
        fuzzy = _FUZZY.match(word)
        if fuzzy and is_of_word(fuzzy.group(1)[-1]):
            return self._fuzzy(fuzzy, field, start, end)
        if "*" in word or "?" in word:
            wildcard = self._wildcard(word, field, start, end)
            if wildcard is not None:
                return wildcard
            word = word.replace("*", " ").replace("?", " ").strip()
        if not fold_text(word):
            return end
        return Leaf("word", word, start, end, field)

    def _phrase(self, at: int, field: str | None, start: int) -> Leaf | int:
        text = self._text
        close = next((i for i in range(at + 1, len(text)) if text[i] in _QUOTES), None)
        if close is None:
            self._notices.append(
                Notice(
                    "unbalanced-quote",
                    "A quotation mark without its partner; the words are taken as plain words",
                    at,
                    at + 1,
                )
            )
            return at + 1
        inside = text[at + 1 : close]
        end, distance = close + 1, None
        slop = _SLOP.match(text, end)
        if slop:
            end = slop.end()
            most = self._limits.distance
            distance = self._limited(slop.group(1), DEFAULT_DISTANCE, most, slop.span())
        if not fold_text(inside):
            return end
        return Leaf("phrase", inside, start, end, field, distance)

    def _fuzzy(self, fuzzy: re.Match[str], field: str | None, start: int, end: int) -> Leaf:
        edits, most = fuzzy.group(2), self._limits.edits
        distance = None
        if edits:
            distance = self._limited(edits, most, most, (end - len(edits) - 1, end))
        return Leaf("fuzzy", fuzzy.group(1), start, end, field, distance)

    def _limited(self, digits: str, default: int, most: int, place: tuple[int, int]) -> int:
        number = int(digits[:9]) if digits else min(default, most)
        if number > most:
            shown = digits if len(digits) < 9 else f"{digits[:9]}…"
            self._note("distance-lowered", f"«~{shown}» is lowered to {most}, the most", place)
        return min(number, most)

    def _wildcard(self, word: str, field: str | None, start: int, end: int) -> Leaf | None:
        """The wildcard, or None where it is none."""
        stripped = word.strip(_EDGE_PUNCTUATION.replace("?", ""))
        if set(stripped) <= {"?"} or (
            stripped.rstrip("?").isalnum() and end == len(self._text.rstrip()) and self._asks(start)
        ):
            return None  # the question mark of a question
        least = self._limits.wildcard_letters
        if letters_first(stripped) >= least:
            return Leaf("wildcard", stripped, start, end, field)
        self._notices.append(
            Notice(
                "short-wildcard",
                f"A wildcard needs {least} letters before it; «{word}» is taken as plain words",
                start,
                end,
            )
        )
        return None

    def _asks(self, start: int) -> bool:
        return bool(fold_text(self._text[:start]))


class _Parser:
    """Recursive descent; brackets deeper than *depth* are read as if they were not there."""

    def __init__(self, tokens: list[_Token], notices: list[Notice], depth: int) -> None:
        self._tokens = self._balanced(tokens, notices, depth)
        self._notices = notices
        self._at = 0

    @staticmethod
    def _balanced(tokens: list[_Token], notices: list[Notice], depth: int) -> list[_Token]:
        """The tokens without brackets that have no partner or are too deep."""
        stack: list[int] = []
        dropped: set[int] = set()
        for place, token in enumerate(tokens):
            if token.kind == "open":
                stack.append(place)
            elif token.kind == "close" and stack:
                opened = stack.pop()
                if len(stack) >= depth:
                    dropped.update((opened, place))
            elif token.kind == "close":
                dropped.add(place)
                notices.append(_bracket_notice(token))
        for place in stack:
            dropped.add(place)
            notices.append(_bracket_notice(tokens[place]))
        if any(tokens[p].kind == "open" for p in dropped - set(stack)):
            first = min(dropped)
            notices.append(
                Notice(
                    "too-deep",
                    f"Brackets deeper than {depth} are not read",
                    tokens[first].start,
                    tokens[first].end,
                )
            )
        return [token for place, token in enumerate(tokens) if place not in dropped]

    def query(self) -> Syntax | None:
        found = self._or()
        # Only a stray close could stop it before the end, and brackets are balanced. Were it
        # otherwise, words would be lost without a word: not tried, since nothing gets here.
        while self._at < len(self._tokens):
            self._at += 1
            more = self._or()
            if more is not None:
                found = more if found is None else Group("and", (found, more), True)
        return found

    def _peek(self, *texts: str) -> bool:
        if self._at >= len(self._tokens):
            return False
        token = self._tokens[self._at]
        return token.kind == "operator" and token.text in texts

    def _or(self) -> Syntax | None:
        parts, typed = [self._and()], False
        while self._peek("OR"):
            operator = self._tokens[self._at]
            self._at += 1
            right = self._and()
            if right is None or parts[-1] is None:
                parts.append(self._dangling(operator))
            else:
                typed = True
            parts.append(right)
        kept = [part for part in parts if part is not None]
        if typed:
            return Group("or", tuple(kept), True)
        return _joined(kept, False)

    def _and(self) -> Syntax | None:
        parts: list[Syntax] = []
        typed = False
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == "close" or self._peek("OR"):
                break
            if self._peek("AND"):
                self._at += 1
                if parts and self._starts_operand():
                    typed = True
                else:
                    parts.append(self._dangling(token))
                continue
            negated = token.kind == "not" or self._peek("NOT")
            part = self._not()
            if part is not None:
                parts.append(part)
                # Also NOT NOT, of which nothing is left in the tree, was typed.
                typed = typed or (negated and not _is_operator(part))
        return _joined(parts, typed)

    def _starts_operand(self) -> bool:
        if self._at >= len(self._tokens):
            return False
        token = self._tokens[self._at]
        return token.kind in ("leaf", "open", "not") or self._peek("NOT")

    def _not(self) -> Syntax | None:
        token = self._tokens[self._at]
        negations = 0
        while self._at < len(self._tokens) and (
            self._tokens[self._at].kind == "not" or self._peek("NOT")
        ):
            token = self._tokens[self._at]
            self._at += 1
            negations += 1
        atom = self._atom()
        if not negations:
            return atom
        if atom is None:
            return self._dangling(token) if token.kind == "operator" else None
        return Group("not", (atom,), True) if negations % 2 else atom

    def _atom(self) -> Syntax | None:
        if self._at >= len(self._tokens):
            return None
        token = self._tokens[self._at]
        if token.kind == "leaf":
            self._at += 1
            return token.leaf
        if token.kind == "open":
            self._at += 1
            inside = self._or()
            self._at += 1  # its close: brackets are balanced
            if isinstance(inside, Group):
                return replace(inside, typed=True)
            return inside
        return None

    def _dangling(self, token: _Token) -> Leaf:
        self._notices.append(
            Notice(
                "dangling-operator",
                f"{token.text} has nothing to join; taken as a plain word",
                token.start,
                token.end,
            )
        )
        return Leaf("word", token.text, token.start, token.end)


def _is_operator(syntax: Syntax) -> bool:
    """Whether this is an operator with nothing to join, taken as a word."""
    return isinstance(syntax, Leaf) and syntax.text in _OPERATORS


def _joined(parts: list[Syntax], typed: bool) -> Syntax | None:
    if len(parts) > 1:
        return Group("and", tuple(parts), typed)
    return parts[0] if parts else None


def _bracket_notice(token: _Token) -> Notice:
    return Notice(
        "unbalanced-bracket", "A bracket without its partner is not read", token.start, token.end
    )
