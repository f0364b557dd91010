"""What in a paragraph made it a hit? Spans, and the snippet around them.

Computed from the same tokens and the same matching as the engine's: a phrase is one span,
a single word of a phrase is never marked, and nothing under NOT is.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from indexer.analysis import analyser
from indexer.model import Mention, Span
from indexer.query.matching import (
    NOTE_GAP,
    Stretch,
    all_keys,
    is_near,
    near_stretches,
    pattern,
    phrase_stretches,
    term_key,
    term_of,
    width_of,
)
from indexer.query.request import (
    And,
    Dated,
    Everything,
    Fuzzy,
    IndexDocument,
    Keys,
    Linked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Tagged,
    TermField,
    Wildcard,
    Word,
)

#: About four lines at a reading measure: enough to judge a hit, little enough to scan ten.
SNIPPET_CHARACTERS = 320
#: How far from a cut a word boundary is looked for; a longer "word" is cut inside.
_LONGEST_WORD = 40

#: The days of a date mention, first and last as ordinals; see ``pipeline``.
Days = Callable[[Mention], Iterable[tuple[int, int]]]


class Matcher:
    """One paragraph, asked which parts of a query hold in it and where.

    *mentions* and their *days* mark what a field found; without them such hits have no
    span. Footnotes take part in matching, and are never marked in the paragraph's text.
    What is analysed once is kept: a matcher is made once a paragraph and asked many times.
    """

    def __init__(
        self, document: IndexDocument, mentions: Sequence[Mention] = (), days: Days | None = None
    ) -> None:
        self._document = document
        self._tags = dict(document.tags)
        self._mentions = mentions
        self._days = days
        self._places: list[tuple[int, int]] = []
        self._terms: dict[TermField, dict[str, list[int]]] = {}

    def spans(self, node: Node) -> tuple[Span, ...]:
        """The highlights of *node*, in order and without overlap; empty if it does not hold."""
        found = self._match(node)
        return merged(found) if found is not None else ()

    def holds(self, node: Node) -> bool:
        """Whether the paragraph satisfies *node*."""
        return self._match(node) is not None

    def _match(self, node: Node) -> list[Span] | None:
        """Spans where *node* holds; None where it does not."""
        match node:
            case And():
                parts = [self._match(part) for part in node.parts]
                if any(part is None for part in parts):
                    return None
                return [span for part in parts if part for span in part]
            case Or():
                held = [found for part in node.parts if (found := self._match(part)) is not None]
                return [span for part in held for span in part] if held else None
            case Not():
                return [] if self._match(node.part) is None else None
            case Everything():
                return []
            case Word() | Phrase() | Near() | Wildcard() | Fuzzy():
                return self._text(node)
            case Tagged() | Dated() | Linked() | Keys():
                return self._facts(node)

    # Words

    def _text(self, node: Word | Phrase | Near | Wildcard | Fuzzy) -> list[Span] | None:
        field: TermField = "stem" if isinstance(node, Word) else _field_of(node)
        terms = self._field(field)
        stretches = self._stretches(node, terms)
        if not stretches:
            return None
        return [] if field == "note" else [self._span(stretch) for stretch in stretches]

    def _stretches(
        self, node: Word | Phrase | Near | Wildcard | Fuzzy, terms: dict[str, list[int]]
    ) -> list[Stretch]:
        def positions(key: str) -> Collection[int]:
            return terms.get(key, ())

        match node:
            case Phrase():
                printed = self._stretches(node.printed, self._field("word")) if node.printed else []
                return [*phrase_stretches(node, positions), *printed]
            case Near():
                return near_stretches(node, positions)
            case Word():
                stems = [key for stem in node.stems for key in all_keys(stem)]
                return [*_of(terms, stems), *_of(self._field("word"), all_keys(node.printed))]
            case Wildcard():
                accepts = pattern(node.pattern).match
                return _of(terms, [key for key in terms if accepts(term_of(key))])
            case Fuzzy():
                near = [key for key in terms if is_near(node.word, term_of(key), node.distance)]
                return _of(terms, near)

    def _field(self, field: TermField) -> dict[str, list[int]]:
        if field not in self._terms:
            self._analyse_notes() if field == "note" else self._analyse_text()
        return self._terms[field]

    def _analyse_text(self) -> None:
        # Put in place whole: a matcher is shared by the threads that show its paragraph.
        words: dict[str, list[int]] = defaultdict(list)
        stems: dict[str, list[int]] = defaultdict(list)
        places: list[tuple[int, int]] = []
        for token in analyser(self._document.language).tokens(self._document.text):
            if token.width == 1:
                places.append((token.start, token.end))
            words[term_key(token.printed, token.width)].append(token.position)
            stems[term_key(token.stem, token.width)].append(token.position)
        self._places = places
        self._terms["word"], self._terms["stem"] = dict(words), dict(stems)

    def _analyse_notes(self) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        base = 0
        for note in self._document.notes:
            last = 0
            for token in analyser(self._document.language).tokens(note):
                last = token.position + 1
                found[term_key(token.printed, token.width)].append(base + token.position)
            base += last + NOTE_GAP
        self._terms["note"] = dict(found)

    def _span(self, stretch: Stretch) -> Span:
        first, end = stretch
        return Span(self._places[first][0], self._places[end - 1][1])

    # Facts

    def _facts(self, node: Tagged | Dated | Linked | Keys) -> list[Span] | None:
        document = self._document
        match node:
            case Tagged():
                if not set(node.values) & set(self._tags.get(node.field, ())):
                    return None
                return [
                    Span(m.start, m.end)
                    for m in self._mentions
                    if m.type == node.field and m.entity in node.values
                ]
            case Dated():
                if not any(node.first <= a and b <= node.last for a, b in document.dates):
                    return None
                return [
                    Span(m.start, m.end)
                    for m in self._mentions
                    if self._days is not None
                    and any(node.first <= a and b <= node.last for a, b in self._days(m))
                ]
            case Linked():
                found = any(node.part in url.casefold() for url in document.urls)
            case Keys():
                found = (document.submission, document.number) in node.keys
        return [] if found else None


def _field_of(node: Phrase | Near | Wildcard | Fuzzy) -> TermField:
    return node.parts[0].field if isinstance(node, Near) else node.field


def _of(terms: dict[str, list[int]], keys: Iterable[str]) -> list[Stretch]:
    """Stretches of the terms with *keys*."""
    found = []
    for key in keys:
        width = width_of(key)
        found += [(p, p + width) for p in terms.get(key, ())]
    return found


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones made one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return tuple(kept)


def marked(text: str, spans: Sequence[Span]) -> str:
    """*text* as escaped HTML with ``<mark>`` around *spans*, its only markup.

    >>> marked("a <b> c", [Span(2, 5)])
    'a <mark>&lt;b&gt;</mark> c'
    """
    pieces, at = [], 0
    for start, end in spans:
        pieces += [html.escape(text[at:start]), f"<mark>{html.escape(text[start:end])}</mark>"]
        at = end
    return "".join([*pieces, html.escape(text[at:])])


def snippet(text: str, spans: Sequence[Span], size: int = SNIPPET_CHARACTERS) -> str:
    """The stretch of *text* with most of the words that are highlighted, and of those with most
    highlights, about *size* characters, as HTML.

    What is left out at either end is shown by an ellipsis.
    """
    start, end = _window(text, spans, size)
    inside = [
        Span(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start
    ]
    body = marked(text[start:end], inside)
    return f"{'… ' if start else ''}{body}{' …' if end < len(text) else ''}"


def _window(text: str, spans: Sequence[Span], size: int) -> tuple[int, int]:
    if len(text) <= size + size // 4:  # a cut that saves a few words only costs them
        return 0, len(text)
    best, most = 0, (-1, -1)
    printed = [(s, text[s.start : s.end].casefold()) for s in spans]
    for first in spans:
        last = first.start + size * 3 // 4
        words = [word for s, word in printed if first.start <= s.start and s.end <= last]
        # One word many times over tells less than each word once.
        if (len(set(words)), len(words)) > most:
            best, most = first.start, (len(set(words)), len(words))
    start = 0 if best < size // 2 else best - size // 4
    start = min(start, len(text) - size)
    end = start + size
    if start > 0:
        space = text.find(" ", start, start + _LONGEST_WORD)
        start = space + 1 if space >= 0 and space < max(best, 1) else start
    if end < len(text):
        space = text.rfind(" ", max(start, end - _LONGEST_WORD), end)
        end = space if space > start else end
    return start, max(end, 0)
