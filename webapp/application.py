"""How is the application put together? From its blueprints, headers and error pages.

Each blueprint answers the addresses of one kind of thing. What a page shows is settled
in ``contexts``, every address in ``links``; templates only set it in type.
"""

from __future__ import annotations

import logging
from importlib.resources import files
from types import TracebackType
from typing import NoReturn

from flask import Flask, Request, abort, request
from jinja2 import DictLoader
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from indexer.settings import Settings
from webapp import (
    admission,
    entities,
    errors,
    exports,
    headers,
    pages,
    search,
    status,
    submissions,
)
from webapp.isolation import isolated, undirected
from webapp.site import Site

#: Bytes of a request's body: nothing here takes one.
MAX_BODY = 1024

#: Read once, with the code: an update may replace the files while a server runs.
_TEMPLATES = {
    template.name: template.read_text(encoding="utf-8")
    for template in files("webapp").joinpath("templates").iterdir()
}


class Application(Flask):
    """Flask without its habit of logging the address of a request that failed."""

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Log class and place only; an address holds a query."""
        if exc_info[1] is not None:
            errors.log_failure(exc_info[1])

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Find nothing where the router would redirect, to an address made from Host."""
        if isinstance(request.routing_exception, RequestRedirect):
            raise NotFound
        super().raise_routing_exception(request)


def _refuse_bodies() -> None:
    # Flask's own limit acts only when a body is read, and here none ever is.
    if (request.content_length or 0) > MAX_BODY:
        abort(413)


def _guess_at_no_address() -> None:
    # The router would take //search for /search.
    if request.environ.get("PATH_INFO", "").startswith("//"):
        abort(404)


def create_app(settings: Settings, site: Site | None = None) -> Flask:
    """Make the application that serves *site*, by default the one of *settings*."""
    app = Application("webapp", static_folder=None, template_folder=None)
    app.logger.setLevel(logging.ERROR)
    admission.init_app(app, settings)
    app.before_request(_refuse_bodies)
    app.before_request(_guess_at_no_address)
    app.url_map.merge_slashes = False
    app.jinja_env.loader = DictLoader(_TEMPLATES)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(isolated=isolated, undirected=undirected)
    app.extensions["pilcrow-settings"] = settings
    app.extensions["pilcrow-site"] = site if site is not None else Site(settings)
    for blueprint in (
        pages.blueprint,
        search.blueprint,
        exports.blueprint,
        submissions.blueprint,
        entities.blueprint,
        status.blueprint,
    ):
        app.register_blueprint(blueprint)
    headers.init_app(app)
    errors.init_app(app)
    return app
