"""Which full names are one person? Spellings, orders and shorter forms, put together.

Merged are: a name and the authority row that has it; the same words in another order
(``Dzhakishev, Mukhtar``); spellings with one transliteration key (Aygul and Aigul); and a
shorter form whose words are all in exactly one longer name. Never a surname's -ov with
-ova, never two people who only share a surname.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from indexer.analysis import slug
from indexer.entities.authority import Row
from indexer.entities.merge import is_hidden
from indexer.entities.passages import Document, folded_words
from indexer.entities.tables import folded
from indexer.notation.names import name_key


@dataclass
class Person:
    """A person named in full in a document."""

    forms: list[str] = field(default_factory=list)
    """Printed full names, in the order of the text."""
    counts: Counter[str] = field(default_factory=Counter)
    row: Row | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    """Printed form → why it is held to be this person."""

    @cached_property
    def label(self) -> str:
        """The name to show: the authority's, else the form printed most, else first."""
        return _label(self)

    @cached_property
    def id(self) -> str:
        """The row's id, else the label as a slug."""
        return self.row.id if self.row is not None else slug(self.label)


def _label(person: Person) -> str:
    if person.row is not None:
        return person.row.label
    longest = max(len(folded_words(form)) for form in person.forms)
    whole = [form for form in person.forms if len(folded_words(form)) == longest]
    return max(whole, key=lambda form: person.counts[form])  # of equals the first


def people(document: Document) -> list[Person]:
    """Everyone whom *document* names in full, in the order of the text."""
    printed: dict[str, tuple[Row | None, int]] = {}
    for passage in document.passages:
        for candidate in passage.settled():
            if candidate.type != "person" or is_hidden(candidate) or candidate.ambiguous:
                continue
            form = " ".join(passage.text[candidate.start : candidate.end].split())
            if candidate.name is None and (candidate.row or len(folded_words(form)) > 1):
                row, count = printed.get(form, (None, 0))
                printed[form] = (row or candidate.row, count + 1)
    by_key: dict[tuple[str, ...], Person] = {}
    by_row: dict[str, Person] = {}
    for form, (row, count) in printed.items():
        key = _key(form)
        person = (by_row.get(row.id) if row else None) or by_key.get(key)
        if person is None:
            person = Person()
        elif form not in person.forms:
            person.reasons[form] = _reason(form, person, row)
        if row is not None:
            person.row = person.row or row
            by_row[row.id] = person
        by_key.setdefault(key, person)
        person.forms.append(form)
        person.counts[form] += count
    found = list({id(person): person for person in by_key.values()}.values())
    return _shorter_joined(found)


def _key(form: str) -> tuple[str, ...]:
    """Transliteration keys of a name's words, whatever their order."""
    particles = folded("particles")
    return tuple(sorted(name_key(word) for word in folded_words(form) if word not in particles))


def _reason(form: str, person: Person, row: Row | None) -> str:
    if row is not None and person.row is not None and row.id == person.row.id:
        return f"authority file {row.file}"
    if sorted(form.replace(",", "").split()) == sorted(person.forms[0].replace(",", "").split()):
        return f"the same words as {person.forms[0]} in another order"
    return f"the same name as {person.forms[0]} in another transliteration"


def _shorter_joined(found: list[Person]) -> list[Person]:
    """Join «Robert K.» to the one «Robert K. S.» that has all its words."""
    keys = {id(person): {_key(form) for form in person.forms} for person in found}
    holders: dict[str, list[Person]] = defaultdict(list)
    for person in found:
        for word in {word for key in keys[id(person)] for word in key}:
            holders[word].append(person)
    kept: list[Person] = []
    for person in found:
        longer = [] if person.row else _longer(person, keys, holders)
        if len(longer) != 1:
            kept.append(person)
            continue
        target = longer[0]
        for form in person.forms:
            target.forms.append(form)
            target.counts[form] += person.counts[form]
            target.reasons[form] = f"the only longer name with these words is {_label(target)}"
        target.reasons.update(person.reasons)
    return kept


def _longer(
    person: Person,
    keys: dict[int, set[tuple[str, ...]]],
    holders: dict[str, list[Person]],
) -> list[Person]:
    longer: list[Person] = []
    for key in keys[id(person)]:
        if len(key) < 2 or len(max(key, key=len)) < 3:
            continue
        rarest = min(key, key=lambda word: len(holders[word]))
        for other in holders[rarest]:
            if other is person or other in longer:
                continue
            if any(set(key) < set(whole) for whole in keys[id(other)]):
                longer.append(other)
    return longer
