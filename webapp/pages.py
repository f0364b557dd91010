"""Answers ``/``, ``/help`` and ``/about``: the pages about the site itself."""

from __future__ import annotations

from flask import Blueprint, current_app, request

import indexer
from webapp import links
from webapp.answers import publish, view
from webapp.contexts.about import AboutPage
from webapp.contexts.entities import NAMED_TYPES
from webapp.contexts.guide import GuidePage, guide
from webapp.contexts.home import HomePage
from webapp.contexts.samples import Samples, samples
from webapp.contexts.submissions import entry
from webapp.parameters import no_parameters
from webapp.site import View

blueprint = Blueprint("pages", __name__)

_SAMPLES = "pilcrow-samples"


def home() -> HomePage:
    """The first page."""
    no_parameters(request.args)
    current = view()
    library = current.library
    return HomePage(
        current.generation,
        tuple(entry(card) for card in library.submissions()),
        _samples(current),
        {type_: library.count(type_) for type_ in NAMED_TYPES},
    )


def help_page() -> GuidePage:
    """The query language."""
    no_parameters(request.args)
    return guide(_samples(view()))


def about() -> AboutPage:
    """What this is, and what it keeps."""
    no_parameters(request.args)
    current = view()
    return AboutPage(
        indexer.__version__,
        current.generation,
        *current.library.state(),
        settings=current_app.extensions["pilcrow-settings"],
    )


def _samples(current: View) -> Samples:
    """The examples of a generation, asked for once."""
    kept: tuple[str, Samples] | None = current_app.extensions.get(_SAMPLES)
    if kept is None or kept[0] != current.generation:
        kept = (current.generation, samples(current))
        current_app.extensions[_SAMPLES] = kept
    return kept[1]


publish(blueprint, links.HOME, home, twin="/index.json")
publish(blueprint, links.HELP, help_page)
publish(blueprint, links.ABOUT, about)
