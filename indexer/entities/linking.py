"""Which mentions are one thing? From standing candidates to entities with ids and aliases.

An entity's id is the authority row's, else made of its full name, so that the same thing
has the same id in every submission. Every form that is not the label says why it counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from indexer.analysis import fold_text, slug
from indexer.entities.authority import Row
from indexer.entities.known import Index
from indexer.entities.merge import is_hidden
from indexer.entities.passages import Document, Passage
from indexer.entities.people import Person, people
from indexer.entities.recogniser import Candidate
from indexer.model import Alias, Entity, EntityType, Mention, MentionSource

_YEAR = re.compile(r"(?:,?\s+|\s+of\s+|\s+\()(?:1[89]|20)\d\d\)?$|^(?:1[89]|20)\d\d\s+")
_OF_PLACE = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?[A-Z][\w'’ -]+$")
_LEADING_THE = re.compile(r"^the\s+", re.IGNORECASE)
#: The reason that a form of an unknown thing is that thing.
_SAME_WORDS = "the same words, differently printed"

#: The one noun that names a law by itself.
_CONSTITUTIONS = frozenset({"Constitution", "Constitución", "Конституция"})


@dataclass(slots=True)
class Thing:
    """An entity while it is put together."""

    id: str
    type: EntityType
    label: str
    row: Row | None = None
    forms: dict[str, str] = field(default_factory=dict)
    """Printed form → evidence."""
    paragraphs: dict[str, None] = field(default_factory=dict)
    law: str | None = None
    suggested: bool = True
    """Whether only the statistical model has found it."""

    def entity(self) -> Entity:
        """The finished entity."""
        aliases = tuple(
            Alias(form, evidence) for form, evidence in self.forms.items() if form != self.label
        )
        return Entity(
            self.id, self.type, self.label, aliases, tuple(self.paragraphs), self.law,
            self.row.country if self.row else None,
            # A law that is only named inside provisions was found by a rule.
            self.suggested and bool(self.paragraphs),
        )  # fmt: skip


class Linker:
    """One document's mentions and entities."""

    def __init__(self, document: Document, index: Index) -> None:
        self._document = document
        self._index = index
        self._things: dict[tuple[EntityType, str], Thing] = {}
        self._last_law: dict[str, Thing] = {}
        """Word of a law's label → the last law first named with it."""
        self._meant: dict[tuple[EntityType, str], tuple[str, str, Row | None]] = {}
        self._people: dict[str, Person] = {}
        for person in people(document):
            self._people |= dict.fromkeys([person.label, *person.forms], person)
        self._names = self._canonical_names()
        self._defined = {
            passage.text[c.start : c.end]: c
            for passage in document.passages
            for c in passage.found
            if c.type == "law" and c.evidence
        }

    def mentions(self, passage: Passage) -> tuple[Mention, ...]:
        """The mentions of a passage, each tied to its entity."""
        made: list[Mention] = []
        last_law: str | None = None
        for candidate in passage.settled():
            if is_hidden(candidate):
                continue
            text = passage.text[candidate.start : candidate.end]
            thing = self._thing(candidate, passage, text, last_law)
            if candidate.type == "law" and thing is not None:
                last_law = thing.id
            elif candidate.type == "provision" and thing is not None and candidate.law:
                last_law = thing.law
            made.append(
                Mention(
                    candidate.start,
                    candidate.end,
                    text,
                    candidate.type,
                    thing.id if thing is not None else None,
                    _source(candidate),
                    candidate.value,
                )
            )
        return tuple(made)

    def entities(self) -> tuple[Entity, ...]:
        """The entities of the mentions made so far, in the order of their first mention."""
        return tuple(thing.entity() for thing in self._things.values())

    def _thing(
        self, candidate: Candidate, passage: Passage, text: str, last_law: str | None
    ) -> Thing | None:
        """The entity of a mention, with this form and paragraph entered."""
        if candidate.type == "date" or candidate.ambiguous:
            return None
        if candidate.type == "person":
            thing = self._person(candidate, text)
        elif candidate.type == "provision":
            thing = self._provision(candidate, passage, text, last_law)
        elif candidate.type == "case":
            thing = self._enter("case", slug(candidate.name or text), text, None)
        else:
            thing = self._named(candidate, text)
        if thing is not None:
            thing.suggested = thing.suggested and candidate.suggested
            thing.paragraphs[passage.number] = None
            thing.forms.setdefault(text, candidate.evidence or _evidence(candidate, thing))
        return thing

    def _enter(self, type_: EntityType, id_: str, label: str, row: Row | None) -> Thing | None:
        if not id_:
            return None
        thing = self._things.get((type_, id_))
        if thing is None:
            thing = self._things[type_, id_] = Thing(id_, type_, label, row)
            if type_ == "law":
                self._last_law |= dict.fromkeys(label.casefold().split(), thing)
        return thing

    def _person(self, candidate: Candidate, text: str) -> Thing | None:
        name = candidate.name or " ".join(text.split())
        person = self._people.get(name)
        if person is None:
            return self._enter("person", slug(name), name, candidate.row)
        thing = self._enter("person", person.id, person.label, person.row)
        if thing is not None and text in person.reasons:
            thing.forms.setdefault(text, person.reasons[text])
        return thing

    # Bodies, places, laws, media

    def _named(self, candidate: Candidate, text: str) -> Thing | None:
        if candidate.row is not None:
            return self._enter(candidate.type, candidate.row.id, candidate.row.label, candidate.row)
        name = _LEADING_THE.sub("", candidate.name or text)
        id_, label, row = self._meaning(candidate.type, name)
        thing = self._enter(candidate.type, id_, label, row)
        if thing is not None and row is None and label != name:
            thing.forms.setdefault(
                text, f"short for {label}, the one longer name of its kind in the document"
            )
        return thing

    def _meaning(self, type_: EntityType, name: str) -> tuple[str, str, Row | None]:
        """Id, label and row of what goes by *name*; looked up once, however often it comes."""
        meant = self._meant.get((type_, name))
        if meant is None:
            canonical = name
            row = self._row(type_, name)
            if row is None:
                canonical = self._names.get((type_, fold_text(name)), name)
                row = self._row(type_, canonical) if canonical != name else None
            meant = (row.id, row.label, row) if row else (slug(canonical), canonical, None)
            self._meant[type_, name] = meant
        return meant

    def _row(self, type_: EntityType, name: str) -> Row | None:
        """The authority row that goes by *name*; a weak name too, if it is of one row only."""
        state = self._document.state
        rows = [n for n in self._index.named(name, state) if n.row.type == type_]
        rows = [n for n in rows if not n.row.blocked and not n.row.sensitive]
        strong = [n.row for n in rows if n.strong]
        if strong:
            return strong[0]
        weak = {n.row.id: n.row for n in rows if n.row.scope is not None}
        return next(iter(weak.values())) if len(weak) == 1 else None

    def _canonical_names(self) -> dict[tuple[EntityType, str], str]:
        """(type, folded name) → the name it is short for: without its year or its country.

        A law's name without a year is the latest law of that name: "the Penal Code" beside
        "the 1999 Penal Code" and "the Penal Code of 2015" is the one in force.
        """
        full: dict[tuple[EntityType, str], str] = {}
        for passage in self._document.passages:
            for c in passage.settled():
                if c.type in ("organisation", "law", "un_body", "media") and c.row is None:
                    name = _LEADING_THE.sub("", c.name or passage.text[c.start : c.end])
                    full.setdefault((c.type, fold_text(name)), name)
                if c.type == "provision" and c.law:
                    full.setdefault(("law", fold_text(c.law)), c.law)
        short: dict[tuple[EntityType, str], set[str]] = defaultdict(set)
        for (type_, _), name in full.items():
            cut = (_YEAR if type_ == "law" else _OF_PLACE).sub("", name)
            if cut != name and len(cut.split()) > 1:
                short[type_, fold_text(cut)].add(name)
        joined = dict(full)
        for key, names in short.items():
            if key[0] == "law":
                name = max(names, key=_last_year)
                plain = _YEAR.sub("", name)
                if self._row("law", plain):
                    joined[key[0], fold_text(name)] = plain
                elif key in full:
                    joined[key] = name
            elif len(names) == 1 and key in full:
                joined[key] = next(iter(names))
        return joined

    # Provisions

    def _provision(
        self, candidate: Candidate, passage: Passage, text: str, last_law: str | None
    ) -> Thing | None:
        kind, _, number = (candidate.name or "").partition(" ")
        law_id = last_law
        if candidate.law:
            law = self._law(candidate.law, passage, text)
            if law is not None:
                law_id = law.id
            elif self._document.language != "en":
                law_id = None  # «du Pacte»: not the code named before
        label = f"{kind.capitalize()} {number}"
        id_ = slug(f"{kind}-{number}")
        law_thing = self._things.get(("law", law_id)) if law_id else None
        if law_id and law_thing is not None:
            english = self._document.language == "en" or law_thing.row is not None
            name = law_thing.label
            label = f"{label} of {_with_article(name)}" if english else f"{label} ({name})"
            id_ = f"{id_}-{law_id}"
        thing = self._enter("provision", id_, label, None)
        if thing is not None:
            thing.law = law_id
        return thing

    def _law(self, printed: str, passage: Passage, text: str) -> Thing | None:
        """The law that a provision prints; «the Covenant» is the last one named of its noun."""
        defined = self._defined.get(printed)
        if defined is not None:
            law = self._named(defined, printed)
        elif " " not in printed and printed[1:].islower() and printed not in _CONSTITUTIONS:
            return self._last_of(printed)
        else:
            law = self._law_named(printed)
        if law is not None and printed != law.label:
            why = f"printed in paragraph {passage.number}: {text}"
            law.forms.setdefault(printed, why)
        return law

    def _law_named(self, printed: str) -> Thing | None:
        state = self._document.state
        rows = [n.row for n in self._index.named(printed, state) if n.row.type == "law"]
        rows = [row for row in rows if not row.blocked and not row.sensitive]
        if rows:
            # Beside an article a weak name such as CC can only be a law's.
            return self._enter("law", rows[0].id, rows[0].label, rows[0])
        owner, _, rest = printed.partition(" ")
        if rest and any(n.row.type == "demonym" for n in self._index.named(owner, state)):
            return self._law_named(rest)  # "Turkish Penal Code"
        return self._named(Candidate(0, 0, 0, "law", 0), printed)

    def _last_of(self, noun: str) -> Thing | None:
        return self._last_law.get(noun.casefold())


def _source(candidate: Candidate) -> MentionSource:
    if candidate.row is not None:
        return "authority"
    return "model" if candidate.suggested else "rule"


def _last_year(name: str) -> str:
    return max(re.findall(r"\d{4}", name), default="")


def _evidence(candidate: Candidate, thing: Thing) -> str:
    if candidate.row is not None:
        return f"authority file {candidate.row.file}"
    if thing.row is not None:
        return f"authority file {thing.row.file}"
    if candidate.type in ("case", "provision"):
        return "another way to cite the same number"
    return _SAME_WORDS


def _with_article(law: str) -> str:
    """A law's label after "of": acronyms and quoted laws too take the article."""
    return law if law[:4].casefold() == "the " else f"the {law}"
