"""Answers ``/submissions`` and below: whole texts, paragraphs, runs of them, originals."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from werkzeug.http import dump_options_header

from indexer import citations
from indexer.analysis import ascii_slug
from indexer.errors import NotFound
from indexer.query.results import Marked
from indexer.settings import Settings
from webapp import links
from webapp.addresses import addressed
from webapp.answers import publish, view
from webapp.contexts.history import gone
from webapp.contexts.paragraphs import ParagraphPage
from webapp.contexts.submissions import SubmissionPage, SubmissionsPage, entry
from webapp.headers import SANDBOXED
from webapp.parameters import no_parameters, only_words

blueprint = Blueprint("submissions", __name__)

_RECORD_TYPES = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def submissions() -> SubmissionsPage:
    """All submissions."""
    no_parameters(request.args)
    return SubmissionsPage(tuple(entry(card) for card in view().library.submissions()))


def submission(submission_id: str) -> SubmissionPage:
    """A whole submission, with what ``q`` finds marked."""
    q = only_words(request.args)
    library = view().library
    found = library.submission(submission_id)
    return SubmissionPage(
        found,
        library.card(submission_id),
        q,
        _marked(q, submission_id),
    )


def paragraph(submission_id: str, number: str) -> ParagraphPage:
    """A paragraph, or a run of them, with what ``q`` finds marked."""
    q = only_words(request.args)
    library = view().library
    found = library.submission(submission_id)
    changes = library.changes(submission_id)
    try:
        named = addressed(library, found, number)
    except NotFound as error:
        raise gone(submission_id, changes, number) or error from None
    chosen = set(named.shown)
    return ParagraphPage(
        found,
        library.card(submission_id),
        tuple(p for p in found.paragraphs if p.number in chosen),
        tuple(f for f in found.footnotes if chosen.intersection(f.paragraphs)),
        named.cited,
        named.address,
        _settings().public_url,
        q,
        marked.spans if (marked := _marked(q, submission_id)) else None,
        changes,
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["pilcrow-settings"]
    return settings


def _marked(q: str, submission_id: str) -> Marked | None:
    return view().marked(q, submission_id) if q else None


@blueprint.get(f"{links.SUBMISSIONS}/<submission_id>/source")
def source(submission_id: str) -> Response:
    """The file as received, to be saved and never to be run."""
    no_parameters(request.args)
    described, content = view().library.source(submission_id)
    # A corpus is the keeper's, but its files are strangers': whatever a file is, a
    # browser is told that it is plain text in a sandbox and only to be saved.
    response = Response(content, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = dump_options_header(
        "attachment", {"filename": _file_name(described.name)}
    )
    response.headers["Content-Security-Policy"] = SANDBOXED
    return response


def _file_name(name: str) -> str:
    """*name* in the letters that every system can save, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    return (
        f"{ascii_slug(stem) or 'submission'}.{ascii_slug(ending) or 'txt'}"
        if dot
        else ascii_slug(name) or "source"
    )


def _publish_record(ending: str, write: Callable[..., str]) -> None:
    def record(submission_id: str, number: str) -> Response:
        no_parameters(request.args)
        library = view().library
        found = library.submission(submission_id)
        named = addressed(library, found, number)
        base = _settings().public_url.rstrip("/")
        url = f"{base}{links.paragraph(submission_id, named.address)}" if base else None
        written = write(found, named.cited, url, library.card(submission_id).state_name)
        return Response(written, content_type=_RECORD_TYPES[ending])

    blueprint.add_url_rule(
        f"{links.SUBMISSIONS}/<submission_id>/<number>.{ending}",
        f"record_{ascii_slug(ending)}",
        record,
        methods=["GET"],
    )


publish(blueprint, links.SUBMISSIONS, submissions)
publish(blueprint, f"{links.SUBMISSIONS}/<submission_id>", submission)
publish(blueprint, f"{links.SUBMISSIONS}/<submission_id>/<number>", paragraph)
_publish_record("ris", citations.ris)
_publish_record("bib", citations.bibtex)
_publish_record("csl.json", citations.csl_json)
