"""Answers ``/search``: a page of results, its JSON twin, and the redirect of a citation."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from indexer.settings import Settings
from webapp import links
from webapp.answers import page_answer, record_answer, view
from webapp.contexts.search import SearchPage
from webapp.parameters import search_parameters

blueprint = Blueprint("search", __name__)


def _page() -> SearchPage:
    current = view()
    settings: Settings = current_app.extensions["pilcrow-settings"]
    found = current.search(search_parameters(request.args))
    return SearchPage(found, current.library, settings.export_paragraphs, settings.page_depth)


@blueprint.get(links.SEARCH)
def search() -> Response:
    """Results; a citation that finds exactly one paragraph goes straight to it."""
    page = _page()
    result = page.result
    if result.lookup and result.total == 1 and len(result.hits) == 1:
        hit = result.hits[0]
        location = links.paragraph(hit.submission, hit.paragraph.number)
        return Response(status=303, headers={"Location": location})
    return page_answer(page)


@blueprint.get(f"{links.SEARCH}.json")
def search_json() -> Response:
    """The twin, which never redirects."""
    return record_answer(_page())
