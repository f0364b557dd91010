"""How are an engine's counts shown? As facets with labels, order, and what a choice gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.analysis import slug
from indexer.library import Library
from indexer.query.results import (
    ENTITY_FACETS,
    FACETS,
    Facet,
    FacetValue,
    SearchParameters,
)

#: Values of an entity facet that a page lists; the rest are reached by searching for them.
MAX_VALUES = 1000
#: Fields whose values are few and known, so that a value nothing is left of stays in sight.
_CLOSED = ("submission", "state", "session", "section", "kind", "year")
KINDS = {
    "introduction": "Introduction",
    "narrative": "Narrative",
    "recommendation": "Recommendations",
}
_KIND_ORDER = list(KINDS)

Counts = Mapping[str, Sequence[tuple[str, int]]]


def shown_facets(
    counts: Counts, parameters: SearchParameters, library: Library
) -> tuple[Facet, ...]:
    """Every facet field with its values; a selected value is there whatever its count."""
    return tuple(
        Facet(field, label, _values(field, counts.get(field, ()), parameters, library))
        for field, label in FACETS.items()
    )


def active_values(parameters: SearchParameters, library: Library) -> tuple[FacetValue, ...]:
    """The chosen filter values, each with the search without it."""
    return tuple(
        FacetValue(
            value=value,
            label=f"{FACETS[field]}: {_label(field, value, library, parameters)}",
            count=0,
            selected=True,
            parameters=parameters.toggled(field, value),
        )
        for field, value in parameters.filters
    )


def _values(
    field: str,
    counted: Sequence[tuple[str, int]],
    parameters: SearchParameters,
    library: Library,
) -> tuple[FacetValue, ...]:
    chosen = parameters.values(field)
    counts = dict(counted)
    if field == "section":
        in_view = _in_view(parameters, library)
        if len(in_view) == 1:
            return _sections_of(in_view[0], counts, parameters, library)
        listed = _titles(counts, library)
    else:
        listed = [
            (value, _label(field, value, library, parameters), 1)
            for value, count in counted
            if count or field in _CLOSED or value in chosen
        ]
        listed.sort(key=lambda item: _order(field, item[0], item[1], counts))
    known = {value for value, _, _ in listed}
    listed += [(v, _label(field, v, library, parameters), 1) for v in chosen if v not in known]
    shown = [
        FacetValue(
            value,
            label,
            counts.get(value, 0),
            value in chosen,
            parameters.toggled(field, value),
            level,
        )
        for value, label, level in listed
    ]
    return tuple(value for place, value in enumerate(shown) if place < MAX_VALUES or value.selected)


def _sections_of(
    submission: str, counts: Mapping[str, int], parameters: SearchParameters, library: Library
) -> tuple[FacetValue, ...]:
    """The sections of the one submission in view, in its order. One that was chosen by its
    title is a chosen one, not a further value beside its id."""
    chosen = parameters.values("section")
    shown: list[FacetValue] = []
    listed: set[str] = set()
    for id_, label, title, level, _ in library.card(submission).sections:
        names = [name for name in (id_, slug(title)) if name in chosen]
        switched = parameters
        for name in names or [id_]:
            switched = switched.toggled("section", name)
        headed = _headed(label, title)
        shown.append(FacetValue(id_, headed, counts.get(id_, 0), bool(names), switched, level))
        listed.update(names)
    for value in chosen:
        if value not in listed:
            label = _label("section", value, library, parameters)
            switched = parameters.toggled("section", value)
            shown.append(FacetValue(value, label, counts.get(value, 0), True, switched))
    return tuple(shown)


def _titles(counts: Mapping[str, int], library: Library) -> list[tuple[str, str, int]]:
    """Titles of sections, the most frequent first."""
    titles = library.section_titles()
    found = [(value, titles[value], 1) for value in counts if value in titles]
    return sorted(found, key=lambda item: (-counts[item[0]], item[1]))


def _in_view(parameters: SearchParameters, library: Library) -> tuple[str, ...]:
    names = dict.fromkeys(name for name, _ in parameters.filters)
    return library.in_view(tuple((name, parameters.values(name)) for name in names))


def _headed(label: str, title: str) -> str:
    return f"{label}. {title}" if label else title


def _label(field: str, value: str, library: Library, parameters: SearchParameters) -> str:
    if field in ENTITY_FACETS:
        return library.label(field, value) or value
    if field == "kind":
        return KINDS.get(value, value)
    if field == "state":
        return library.state_names().get(value, value)
    if field == "submission":
        return library.card(value).title if value in library.in_view(()) else value
    if field == "section":
        in_view = _in_view(parameters, library)
        if len(in_view) == 1:
            for id_, label, title, *_ in library.card(in_view[0]).sections:
                if value in (id_, slug(title)):
                    return _headed(label, title)
        return library.section_titles().get(value, value)
    return value


def _order(field: str, value: str, label: str, counts: Mapping[str, int]) -> tuple[object, ...]:
    if field == "year":
        return (value,)
    if field == "kind":
        return (_KIND_ORDER.index(value) if value in _KIND_ORDER else len(_KIND_ORDER),)
    return (-counts[value], label.casefold(), value)
