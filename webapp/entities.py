"""Answers ``/entities`` and below: who and what the submissions name."""

from __future__ import annotations

from flask import Blueprint, request

from indexer.errors import NotFound
from indexer.library import EntityCard, Library
from indexer.model import EntityType
from webapp import links
from webapp.answers import publish, view
from webapp.contexts.entities import (
    ENTITY_TYPES,
    MOST_PLACES,
    NAMED_TYPES,
    EntitiesPage,
    EntityPage,
    EntityTypesPage,
)
from webapp.parameters import no_parameters

blueprint = Blueprint("entities", __name__)


def types() -> EntityTypesPage:
    """The types of names."""
    no_parameters(request.args)
    library = view().library
    return EntityTypesPage({type_: library.count(type_) for type_ in NAMED_TYPES})


def entities(type_: str) -> EntitiesPage:
    """All entities of a type."""
    no_parameters(request.args)
    known = _known(type_)
    return EntitiesPage(known, view().library.entities(known))


def entity(type_: str, entity_id: str) -> EntityPage:
    """One entity."""
    no_parameters(request.args)
    library = view().library
    card = library.entity(_known(type_), entity_id)
    shown = dict.fromkeys(submission for submission, _ in card.paragraphs[:MOST_PLACES])
    return EntityPage(
        card,
        tuple(library.submission(submission) for submission in shown),
        _law(library, card),
        _provisions(library, card),
    )


def _known(type_: str) -> EntityType:
    for known in ENTITY_TYPES:
        if known == type_:
            return known
    raise NotFound("There is no such type of names", f"Types are {', '.join(ENTITY_TYPES)}")


def _law(library: Library, card: EntityCard) -> tuple[str, str] | None:
    label = library.label("law", card.law) if card.law else None
    return (label, links.entity("law", card.law)) if label and card.law else None


def _provisions(library: Library, card: EntityCard) -> tuple[tuple[str, str], ...]:
    if card.type != "law":
        return ()
    return tuple(
        (label, links.entity("provision", id_))
        for id_, label, law in sorted(library.provisions(), key=lambda provision: provision[1])
        if law == card.id
    )


publish(blueprint, links.ENTITIES, types)
publish(blueprint, f"{links.ENTITIES}/<type_>", entities)
publish(blueprint, f"{links.ENTITIES}/<type_>/<entity_id>", entity)
