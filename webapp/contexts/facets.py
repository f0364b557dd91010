"""How are filters shown? A box a facet: its first values, the rest behind "more"."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.query.results import Facet, FacetValue, ResultPage
from webapp import links

#: Values shown before "more": a reader scans six without counting.
SHORT = 6

#: A "more" that would hide this few is not worth its line.
WORTH_HIDING = 3

#: Facets that open by themselves: those a reader narrows a subject with.
OPEN = frozenset({"section", "person", "organisation", "year"})

#: Facets that a submission has as a whole.
WHOLE = frozenset({"submission", "state", "session"})

#: Height of the year chart, in its own units.
CHART_HEIGHT = 40

#: Width a year is given, in the same units; a bar takes all but the last one.
YEAR_WIDTH = 6

#: Widest that a year is drawn, in CSS pixels: a few years are no blocks.
YEAR_PIXELS = 20

#: Most years between first and last that a chart can show as bars.
CHART_YEARS = 120


@dataclass(frozen=True, slots=True)
class Tick:
    """A checkbox of a facet."""

    id: str
    value: str
    label: str
    count: int
    selected: bool
    disabled: bool
    level: int
    capitals: bool
    """Whether the label is printed in capitals, to be set as small capitals."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the chart, in the chart's units."""

    x: int
    y: int
    width: int
    height: int
    href: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """How often each year is mentioned."""

    width: int
    height: int
    pixels: int
    """Its width on a page that has the room."""
    bars: tuple[Bar, ...]
    first: str
    last: str
    description: str
    """The picture in a sentence."""


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet with its values."""

    field: str
    label: str
    open: bool
    chosen: int
    """How many values are chosen."""
    shown: tuple[Tick, ...]
    hidden: tuple[Tick, ...]
    """Behind "more"."""
    chart: Chart | None


def facet_boxes(result: ResultPage) -> tuple[FacetBox, ...]:
    """A box for each facet of *result* that has values.

    Where all submissions share a State, say, choosing it narrows nothing: it comes last.
    """
    boxes = [(facet, _box(facet, result.total)) for facet in result.facets if facet.values]
    boxes.sort(key=lambda pair: pair[0].field in WHOLE and len(pair[0].values) == 1)
    return tuple(box for _, box in boxes)


def _box(facet: Facet, total: int) -> FacetBox:
    chosen = sum(value.selected for value in facet.values)
    first = _first_values(facet)
    shown = [_tick(facet.field, v) for v in facet.values if v.selected or v.value in first]
    hidden = [
        _tick(facet.field, v) for v in facet.values if not v.selected and v.value not in first
    ]
    narrows = any(0 < value.count < total for value in facet.values)
    return FacetBox(
        facet.field,
        facet.label,
        bool(chosen) or (facet.field in OPEN and (narrows or not total)),
        chosen,
        tuple(shown),
        tuple(hidden),
        _chart(facet) if facet.field == "year" else None,
    )


def _first_values(facet: Facet) -> set[str]:
    """The values that are shown without asking for more."""
    values = list(facet.values)
    if len(values) < SHORT + WORTH_HIDING:
        return {value.value for value in values}
    if facet.field == "year":  # in order of time, so that the first would be the oldest
        values.sort(key=lambda value: (-value.count, value.value))
    return {value.value for value in values[:SHORT]}


def _tick(field: str, value: FacetValue) -> Tick:
    return Tick(
        f"filter-{field}-{value.value}",
        value.value,
        value.label,
        value.count,
        value.selected,
        value.count == 0 and not value.selected,
        value.level,
        field == "section" and value.label.isupper(),
    )


def _chart(facet: Facet) -> Chart | None:
    # What was chosen is among them, whatever it is; only years are ever counted.
    years = {int(v.value): v for v in facet.values if v.count}
    counted = list(years)
    if len(counted) < 2 or max(counted) - min(counted) >= CHART_YEARS:
        return None
    first, last = min(counted), max(counted)
    most = max(counted, key=lambda year: (years[year].count, year))
    bars = []
    for year in sorted(counted):
        value = years[year]
        # One unit at least, so that a rare year is still seen.
        height = max(1, round(CHART_HEIGHT * value.count / years[most].count))
        bars.append(
            Bar(
                (year - first) * YEAR_WIDTH,
                CHART_HEIGHT - height,
                YEAR_WIDTH - 1,
                height,
                links.search(value.parameters),
                f"{year}: {value.count}",
                value.selected,
            )
        )
    return Chart(
        (last - first + 1) * YEAR_WIDTH,
        CHART_HEIGHT,
        (last - first + 1) * YEAR_PIXELS,
        tuple(bars),
        str(first),
        str(last),
        f"Paragraphs that mention each year, {first} to {last}; most mention {most}"
        f" ({years[most].count})",
    )
