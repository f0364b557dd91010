"""Answers ``/healthz``, ``/openapi.json`` and the static files: what machines ask for."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePath

from flask import Blueprint, Response, abort, current_app, render_template, request

from indexer.settings import Settings
from webapp import links
from webapp.answers import json_answer, view
from webapp.contexts.chrome import CHROME
from webapp.headers import FOREVER
from webapp.site import Site

blueprint = Blueprint("status", __name__)

#: Read once, with the code: an update may replace the file while a server runs.
_DESCRIBED = files("webapp").joinpath("openapi.json").read_text(encoding="utf-8")

#: What static files are, by their endings.
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@blueprint.get(links.HEALTH)
def healthz() -> Response:
    """Whether searches can be answered; an error (503) says what to do if not."""
    current = view()
    submissions, paragraphs = current.library.state()
    record: dict[str, object] = {
        "status": "ok" if current.damage is None else "damaged",
        "generation": current.generation,
        "submissions": submissions,
        "paragraphs": paragraphs,
    }
    if current.damage is not None:
        site: Site = current_app.extensions["pilcrow-site"]
        record["damage"] = {
            "code": current.damage.code,
            "message": site.told(current.damage),
            "cure": current.damage.cure,
        }
    return json_answer(record)


@blueprint.get(links.OPENAPI)
def openapi() -> Response:
    """The description of every address."""
    return Response(_DESCRIBED, content_type="application/json")


@blueprint.get(links.ROBOTS)
def robots() -> Response:
    """Texts may be read by anyone; searches are endless and are not for crawlers."""
    return Response(f"User-agent: *\nDisallow: {links.SEARCH}\n", content_type="text/plain")


@blueprint.get(links.OPENSEARCH)
def opensearch() -> Response:
    """How a browser adds the site to its search engines."""
    settings: Settings = current_app.extensions["pilcrow-settings"]
    described = render_template("opensearch.xml", base=settings.site_url)
    return Response(described, content_type="application/opensearchdescription+xml")


@blueprint.get("/static/<digest>/<name>")
def static(digest: str, name: str) -> Response:
    """A static file; an address of another version's is not found."""
    if digest != CHROME.digest or name not in CHROME.files:
        abort(404)
    response = Response(CHROME.files[name], mimetype=_TYPES[PurePath(name).suffix])
    response.set_etag(digest)
    response.make_conditional(request)  # whole or not at all: none is so long that parts matter
    if response.status_code == 412:
        abort(412)
    response.headers["Cache-Control"] = FOREVER
    return response
