"""Which paragraphs, counts and highlights does a question have? By looking at every word.

Slow and plain on purpose: loops over texts, no index, no query code of the project. Only the
analyser is shared, since what a word is is settled there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.analysis import STOP_WORDS, fold, unelided
from indexer.model import Submission
from indexer.notation.dates import interval
from tests.oracle.facts import ENTITIES, Key, Names, Record, days
from tests.oracle.meaning import (
    All,
    Any,
    Article,
    Carrying,
    Case,
    Cited,
    Linking,
    Meaning,
    Mentioning,
    Pattern,
    Question,
    Spelt,
    Without,
    Word,
    Words,
)
from tests.oracle.words import PREFIXES, Finder, Stretch, merged, text_of


@dataclass(frozen=True)
class Answer:
    """What is expected."""

    keys: list[Key]
    """In document order or, of a citation, in its order."""
    highlights: dict[Key, list[Stretch]]
    counts: dict[str, Counter[str]]
    relaxed: bool
    lookup: bool
    printed: dict[Key, int]
    """Of paragraphs: how many of the bare words they have as printed."""
    bare: int
    """How many bare words there are, if there is nothing else; otherwise 0."""


class Oracle:
    """Answers questions on *submissions* by looking at everything."""

    def __init__(self, submissions: Sequence[Submission], states: Mapping[str, str]) -> None:
        self.submissions = sorted(submissions, key=lambda s: s.id)
        self.records = [
            Record(s, p, order, s.language)
            for s in self.submissions
            for order, p in enumerate(s.paragraphs)
        ]
        self.languages = sorted({s.language for s in submissions}) or ["en"]
        self.names = Names(self.submissions, states)
        self.finder = Finder(self.languages)

    def ask(self, question: Question) -> Answer:
        """Answer one question."""
        meaning = question.meaning
        wanted: dict[str, list[str]] = defaultdict(list)
        for field, value in question.filters:
            wanted[field].append(value)
        keys: list[Key] | None = None
        if isinstance(meaning, Cited):
            keys = self.cited(meaning, self.in_view(wanted))
            meaning = meaning.otherwise if keys is None else None
        tree = None if meaning is None else self.settled(meaning)
        inside = [r for r in self.records if self.mentions(r, question.first, question.last)]
        relaxed, found = False, self.matching(tree, keys, inside)
        if self.relaxable(meaning, tree) and not self.filtered(found, wanted):
            assert isinstance(tree, All)
            tree = Any(tree.parts)
            found = self.matching(tree, keys, inside)
            relaxed = bool(self.filtered(found, wanted))
        hits = self.filtered(found, wanted)
        counts = {
            field: Counter(v for r in self.filtered(found, wanted, field) for v in r.values[field])
            for field in (*ENTITIES, "submission", "state", "session", "section", "kind", "year")
        }
        order = [r.key for r in hits]
        if keys is not None:
            order = [key for key in keys if key in order]
        words = self.bare_words(tree)
        return Answer(
            order,
            {r.key: merged(self.spans(tree, r) or []) for r in hits},
            counts,
            relaxed,
            keys is not None,
            {r.key: sum(self.has_printed(w, r) for w in words) for r in hits},
            len(words),
        )

    # What a question leaves

    def in_view(self, wanted: dict[str, list[str]]) -> list[Submission]:
        """The submissions that the filters on whole submissions leave."""
        return [
            s
            for s in self.submissions
            for own in [{"submission": s.id, "state": s.state, "session": s.session}]
            if all(own[f] in values for f, values in wanted.items() if f in own)
        ]

    @staticmethod
    def filtered(
        records: list[Record], wanted: dict[str, list[str]], ignored: str = ""
    ) -> list[Record]:
        return [
            r
            for r in records
            if all(r.values[f] & set(vs) for f, vs in wanted.items() if f != ignored)
        ]

    @staticmethod
    def mentions(record: Record, first: str | None, last: str | None) -> bool:
        if first is None and last is None:
            return True
        begin = interval(first)[0] if first else date.min
        end = interval(last)[1] if last else date.max
        return any(
            begin <= a and b <= end for m in record.paragraph.mentions for a, b in days(m.value)
        )

    def matching(
        self, tree: Meaning | None, keys: list[Key] | None, records: list[Record]
    ) -> list[Record]:
        if keys is not None:
            return [r for r in records if r.key in keys]
        return [r for r in records if tree is None or self.spans(tree, r) is not None]

    def relaxable(self, meaning: Meaning | Cited | None, tree: Meaning | None) -> bool:
        """Whether only bare words were typed, and more than one is required."""
        if isinstance(meaning, All) and meaning.typed:
            return False
        typed = meaning.parts if isinstance(meaning, All) else ()
        bare = [
            isinstance(p, Word)
            or (isinstance(p, Article) and bool(p.words))
            or (isinstance(p, Case) and bool(p.text))
            or (isinstance(p, Linking) and p.word)
            for p in typed
        ]
        return all(bare) and isinstance(tree, All)

    # What a meaning comes to in this corpus

    def settled(self, meaning: Meaning) -> Meaning:
        """*meaning* without stop words that are not required, and with compounds typed apart."""
        match meaning:
            case Any():
                return Any(tuple(self.settled(part) for part in meaning.parts))
            case Without():
                return Without(self.settled(meaning.part))
            case All():
                return self.conjunction(meaning)
            case Article() | Case() | Linking():
                return self.conjunction(All((meaning,)))
        return meaning

    def conjunction(self, meaning: All) -> Meaning:
        parts: list[Meaning] = []
        touching = [False, *(meaning.touching or [True] * (len(meaning.parts) - 1))]
        for part, touches in zip(meaning.parts, touching, strict=True):
            written: list[Meaning] = [part]
            if isinstance(part, Article) and part.words and not self.names.provisions(part):
                written = [Word(word) for word in part.words]
            elif isinstance(part, Case) and part.text and not self.names.cases(part.number):
                written = [Word(word) for word in part.text.split()]
            elif isinstance(part, Linking) and part.word and not self.names.is_address(part.part):
                written = [Word(part.part)]
            elif not isinstance(part, Word):
                written = [self.settled(part)] if isinstance(part, All | Any | Without) else [part]
            for place, one in enumerate(written):
                before = parts[-1] if parts else None
                if (
                    (touches or place)
                    and isinstance(one, Word)
                    and isinstance(before, Word)
                    and fold(before.text) in PREFIXES
                    and not self.is_stop(before.text)
                    and not self.is_stop(one.text)
                    and self.is_one_word(one.text)
                ):
                    solid = Word(fold(before.text) + fold(one.text))
                    parts[-1] = Any((All((before, one)), solid))
                else:
                    parts.append(one)
        kept = [p for p in parts if not (isinstance(p, Word) and self.is_stop(p.text))] or parts
        return All(tuple(kept)) if len(kept) > 1 else kept[0]

    def is_one_word(self, text: str) -> bool:
        return len(text_of(text, "en").all) == 1

    def is_stop(self, word: str) -> bool:
        """Whether a bare word is a little word of one of the corpus' languages."""
        while (rest := unelided(word)) is not None:
            word = rest
        folded = fold(word.strip(".,;:!?"))
        return any(folded in STOP_WORDS.get(language, ()) for language in self.languages)

    # Matching: the spans where a meaning holds, None where it does not

    def spans(self, tree: Meaning | None, record: Record) -> list[Stretch] | None:
        match tree:
            case None:
                return []
            case All():
                parts = [self.spans(part, record) for part in tree.parts]
                return None if None in parts else [s for part in parts for s in part or ()]
            case Any():
                held = [self.spans(part, record) for part in tree.parts]
                some = [part for part in held if part is not None]
                return [s for part in some for s in part] if some else None
            case Without():
                return [] if self.spans(tree.part, record) is None else None
            case Carrying(field, name):
                field = "submission" if field == "submitter" else field
                return self.carried(record, field, self.names.resolved(tree.field, name))
            case Article():
                return self.carried(record, "provision", self.names.provisions(tree))
            case Case():
                return self.carried(record, "case", self.names.cases(tree.number))
            case Mentioning():
                inside = [
                    (m.start, m.end)
                    for m in record.paragraph.mentions
                    if any(tree.first <= a and b <= tree.last for a, b in days(m.value))
                ]
                return inside or None
            case Linking():
                part = tree.part.casefold()
                return [] if any(part in url for url in record.urls) else None
        return self.worded(tree, record)

    def carried(self, record: Record, field: str, values: set[str]) -> list[Stretch] | None:
        if not record.values[field] & values:
            return None
        return [
            (m.start, m.end)
            for m in record.paragraph.mentions
            if m.type == field and m.entity in values
        ]

    def worded(self, leaf: Word | Words | Pattern | Spelt, record: Record) -> list[Stretch] | None:
        notes = not isinstance(leaf, Word) and leaf.notes
        text = text_of(record.paragraph.text, record.language)
        texts = record.notes if notes else [text]
        found = [s for one in texts for s in self.finder.stretches(leaf, one)]
        if not found:
            return None
        return [] if notes else [text.span(stretch) for stretch in found]

    # Citations

    def cited(self, cited: Cited, view: list[Submission]) -> list[Key] | None:
        """The paragraphs cited, in order; None where this is no citation."""
        if cited.submission is not None:
            coded = self.names.resolved("submission", cited.submission)
            view = [s for s in view if s.id in coded]
        elif not cited.explicit:
            ends = [n for i in cited.items for n in (i if isinstance(i, tuple) else (i,))]
            if not all(any(p.number == n for s in view for p in s.paragraphs) for n in ends):
                return None
        found: dict[Key, None] = {}
        for submission in view:
            for item in cited.items:
                named = self.notes_cited if cited.footnotes else self.numbered
                for number in named(submission, item):
                    found[submission.id, number] = None
        return list(found)

    @staticmethod
    def numbered(submission: Submission, item: str | tuple[str, str]) -> list[str]:
        numbers = [p.number for p in submission.paragraphs]
        if isinstance(item, str):
            item = item.partition("(")[0]
            return [n for n in numbers if n == item or n.startswith(f"{item}~")]
        first, last = map(int, item)
        printed = [n.partition("~")[0] for n in numbers]
        counts = [int(n) if n.isdecimal() else None for n in printed]
        asked = [n for n in numbers if n.isdecimal() and first <= int(n) <= last]
        ends = [numbers.index(n) for n in asked]
        return [
            n
            for place, n in enumerate(numbers)
            if printed[place] in asked
            or (ends and counts[place] is None and ends[0] < place < ends[-1])
        ]

    @staticmethod
    def notes_cited(submission: Submission, item: str | tuple[str, str]) -> list[str]:
        """The paragraphs that cite a note, or each of a range of notes, in document order."""
        first, last = item if isinstance(item, tuple) else (item, item)
        return [
            p.number
            for note in range(int(first), int(last) + 1)
            for p in submission.paragraphs
            if any(f.number == str(note) and p.number in f.paragraphs for f in submission.footnotes)
        ]

    # Order

    @staticmethod
    def bare_words(tree: Meaning | None) -> list[Word]:
        """The bare words, if a query is nothing but such."""
        parts = tree.parts if isinstance(tree, All) else (tree,)
        words = [part for part in parts if isinstance(part, Word)]
        return words if len(words) == len(parts) else []

    def has_printed(self, word: Word, record: Record) -> bool:
        text = text_of(record.paragraph.text, record.language)
        return bool(self.finder.phrase(Words(word.text), text))
