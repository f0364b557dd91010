"""How does a page's context become an answer? As HTML, or as its JSON twin.

Both are made from the same frozen context; a template computes nothing, and no twin
says what its page does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, Response, current_app, g, render_template, request

from webapp.contexts.chrome import CHROME
from webapp.site import Site, View

#: Endings of the addresses that machines ask for; their errors are JSON.
MACHINE_FORMS = (".json", ".ris", ".bib", ".csv", ".atom", ".xml")


#: What tells, in a request's environment, that the index asked is not whole or not the newest.
#: No header can have this name.
DAMAGE = "pilcrow.damage"


class Context(Protocol):
    """What a page shows."""

    @property
    def template(self) -> str:
        """The template's file name."""

    @property
    def title(self) -> str:
        """The page's title, without the site's name."""

    def record(self) -> dict[str, Any]:
        """The page's JSON twin."""


def view() -> View:
    """The index generation that this request is answered from, one a request."""
    if "view" not in g:
        site: Site = current_app.extensions["pilcrow-site"]
        g.view = site.view()
    found: View = g.view
    return found


def page_answer(context: Context) -> Response:
    """*context* as a page."""
    return Response(
        render_template(context.template, page=context, chrome=CHROME, made=_made_before_damage()),
        content_type="text/html; charset=utf-8",
    )


def _made_before_damage() -> str:
    """When the index that is shown was made, for a reader who must know that it may not be the
    newest; empty where nothing is wrong."""
    if "view" not in g or not (g.view.damage or request.environ.get(DAMAGE)):
        return ""
    made = datetime.strptime(g.view.generation.partition(".")[0], "%Y%m%dT%H%M%S")
    return f"{made.day} {made:%B %Y, %H:%M} UTC"


def record_answer(context: Context) -> Response:
    """*context* as JSON."""
    return json_answer(context.record())


def json_answer(record: object, content_type: str = "application/json") -> Response:
    """*record* as JSON; text stays readable, as it is in the sources."""
    return Response(json.dumps(record, ensure_ascii=False), content_type=content_type)


def publish(
    blueprint: Blueprint, path: str, make: Callable[..., Context], twin: str | None = None
) -> None:
    """Answer at *path* with the page that *make* gives, and beside it with its JSON twin.

    *make* is given the parts of the path.
    """
    name = make.__name__

    def page(**parts: str) -> Response:
        return page_answer(make(**parts))

    def record(**parts: str) -> Response:
        return record_answer(make(**parts))

    blueprint.add_url_rule(path, name, page, methods=["GET"])
    blueprint.add_url_rule(twin or f"{path}.json", f"{name}_json", record, methods=["GET"])
