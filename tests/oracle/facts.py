"""What is known of each paragraph, and what goes by which name? Straight from the submissions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from indexer.analysis import fold_text, slug
from indexer.model import Paragraph, Submission
from indexer.notation.dates import interval
from tests.oracle.meaning import Article
from tests.oracle.words import Text, text_of

Key = tuple[str, str]
ENTITIES = ("person", "organisation", "un_body", "place", "law", "provision", "case", "media")


@dataclass(frozen=True)
class Record:
    """One paragraph with what is known of it."""

    submission: Submission
    paragraph: Paragraph
    order: int
    language: str

    @property
    def key(self) -> Key:
        return self.submission.id, self.paragraph.number

    @cached_property
    def notes(self) -> list[Text]:
        cited = [f for f in self.submission.footnotes if self.paragraph.number in f.paragraphs]
        return [text_of(note.text, self.language) for note in cited]

    @cached_property
    def urls(self) -> list[str]:
        cited = [f for f in self.submission.footnotes if self.paragraph.number in f.paragraphs]
        return [url.casefold() for note in cited for url in note.urls]

    @cached_property
    def values(self) -> dict[str, set[str]]:
        """What it counts under, by facet field."""
        s, p = self.submission, self.paragraph
        found: dict[str, set[str]] = defaultdict(set)
        found["submission"], found["kind"] = {s.id}, {p.kind}
        found["state"] = {s.state} if s.state else set()
        found["session"] = {s.session} if s.session else set()
        inside = p.section
        while inside is not None:
            (section,) = [section for section in s.sections if section.id == inside]
            found["section"] |= {section.id, slug(section.title)} - {""}
            inside = section.parent
        for mention in p.mentions:
            if mention.type in ENTITIES and mention.entity:
                found[mention.type].add(mention.entity)
            for first, last in days(mention.value):
                found["year"] |= {str(first.year), str(last.year)}
        return found


def days(value: str | tuple[str, ...] | None) -> list[tuple[date, date]]:
    """First and last day of each member of a date mention's value."""
    values = (value,) if isinstance(value, str) else value or ()
    return [interval(member) for member in values]


class Names:
    """What in a corpus goes by which name; *states* are the States' names by their codes."""

    def __init__(self, submissions: Sequence[Submission], states: Mapping[str, str]) -> None:
        self.submissions = submissions
        self.states = states
        self.entities = [entity for s in submissions for entity in s.entities]

    def is_address(self, part: str) -> bool:
        opens = re.compile(rf"(?<![^\W_]){re.escape(part.casefold())}")
        urls = (u.casefold() for s in self.submissions for f in s.footnotes for u in f.urls)
        return any(opens.search(url) for url in urls)

    def resolved(self, field: str, name: str) -> set[str]:
        """The values of a facet field that go by *name*."""
        folded = fold_text(name)
        if field == "kind":
            return {name.lower().rstrip("s")}
        if field == "submission":
            return {
                s.id
                for s in self.submissions
                for code in (s.id, s.state or "", *s.codes)
                if code and fold_text(code) == folded
            }
        if field == "submitter":
            return {
                s.id
                for s in self.submissions
                for by in s.submitters
                if folded in (fold_text(by.short), fold_text(by.name))
            }
        if field == "state":
            return {c for c, n in self.states.items() if folded in (fold_text(c), fold_text(n))}
        if field == "section":
            return {name, name.upper(), slug(name)}
        if field not in ENTITIES:
            return {name}
        family, comma, given = name.partition(",")
        forms = {folded, fold_text(f"{given} {family}")} if comma else {folded}
        of_type = [e for e in self.entities if e.type == field]
        found = {
            e.id
            for e in of_type
            if name == e.id
            or any(fold_text(n) in forms for n in (e.label, *(a.text for a in e.aliases)))
        }
        if not found and field == "person":
            words = set(folded.split())
            found = {e.id for e in of_type if words and words <= set(fold_text(e.label).split())}
        return found

    def provisions(self, wanted: Article) -> set[str]:
        """Ids of the articles of a number: of the law named, or of no law."""
        laws = self.resolved("law", wanted.law) if wanted.law else None
        return {
            e.id
            for e in self.entities
            if e.type == "provision"
            for number in re.findall(r"^Article (\S+)", e.label)
            if number == wanted.number or (wanted.parts and number.startswith(f"{wanted.number}("))
            if laws is None or e.law is None or e.law in laws
        }

    def cases(self, number: str) -> set[str]:
        return {e.id for e in self.entities if e.type == "case" and number in e.label.split()}
