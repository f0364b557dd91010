"""Answers ``/search.csv``, ``.ris``, ``.bib``, ``.csl.json`` and ``.atom``: a whole result.

Each takes the parameters of ``/search``; ``page`` and ``size`` do not matter. An export
stops at a stated number of paragraphs, and its headers say how many there were.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, request

from indexer import citations
from indexer.library import SubmissionCard
from indexer.model import Submission
from indexer.query.results import Hit, SearchParameters
from indexer.settings import Settings
from webapp import links
from webapp.answers import view
from webapp.contexts.search import QUICK_STYLE
from webapp.feed import Entry, feed
from webapp.parameters import search_parameters

blueprint = Blueprint("exports", __name__)

CSV_COLUMNS = (
    "submission", "number", "section", "section_title", "kind", "text", "url", "citation",
)  # fmt: skip

#: What makes a spreadsheet run a cell as a formula (ASVS 1.2.10 and OWASP on CSV
#: injection); with a Japanese keyboard their full-width forms do, too.
_FORMULA = ("=", "+", "-", "@", "\0", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Exported:
    """A paragraph with all that a record says of it."""

    hit: Hit
    submission: Submission
    card: SubmissionCard

    @property
    def number(self) -> tuple[str]:
        """Its number, as citations take numbers."""
        return (self.hit.paragraph.number,)

    @property
    def path(self) -> str:
        """Its address on this site."""
        return links.paragraph(self.hit.submission, self.hit.paragraph.number)

    @property
    def citation(self) -> str:
        """Its short citation."""
        state = self.card.state_name
        return citations.cite(self.submission, self.number, QUICK_STYLE, state_name=state)


def csv_text(rows: list[Exported]) -> str:
    """*rows* as comma-separated values, every cell in quotes.

    Text is as printed, but for one thing: a cell that a spreadsheet would run as a
    formula is given an apostrophe in front. The texts are strangers', and people open
    such files unseen.
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        paragraph = row.hit.paragraph
        cells = (
            row.hit.submission,
            paragraph.number,
            paragraph.section or "",
            row.hit.section_title or "",
            paragraph.kind,
            paragraph.text,
            row.path,
            row.citation,
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return written.getvalue()


def ris_text(rows: list[Exported]) -> str:
    """*rows* as RIS records."""
    return "".join(
        citations.ris(r.submission, r.number, state_name=r.card.state_name) for r in rows
    )


def bibtex_text(rows: list[Exported]) -> str:
    """*rows* as BibTeX entries."""
    return "\n".join(
        citations.bibtex(r.submission, r.number, state_name=r.card.state_name) for r in rows
    )


def csl_text(rows: list[Exported]) -> str:
    """*rows* as CSL-JSON data."""
    items = [citations.csl_item(r.submission, r.number, state_name=r.card.state_name) for r in rows]
    return json.dumps(items, ensure_ascii=False)


def atom_text(rows: list[Exported]) -> str:
    """*rows* as an Atom feed."""
    base = current_app.extensions["pilcrow-settings"].site_url
    parameters = search_parameters(request.args)
    entries = [
        Entry(
            f"{row.hit.submission}/{row.hit.paragraph.number}",
            f"¶ {row.hit.paragraph.number} – {row.submission.title}",
            row.hit.paragraph.text,
            row.path,
            row.submission.date,
            tuple(s.name or s.short for s in row.submission.submitters),
        )
        for row in rows
    ]
    return feed(base, links.search(parameters), links.search(parameters, ".atom"), entries)


FORMS: dict[str, tuple[Callable[[list[Exported]], str], str]] = {
    "csv": (csv_text, "text/csv; charset=utf-8"),
    "ris": (ris_text, "application/x-research-info-systems; charset=utf-8"),
    "bib": (bibtex_text, "application/x-bibtex; charset=utf-8"),
    "csl.json": (csl_text, "application/vnd.citationstyles.csl+json"),
    "atom": (atom_text, "application/atom+xml; charset=utf-8"),
}


def _collected(parameters: SearchParameters) -> tuple[list[Exported], int]:
    """The paragraphs of the whole result, up to the stated number, and how many there are."""
    current = view()
    settings: Settings = current_app.extensions["pilcrow-settings"]
    library = current.library
    hits, total = current.searcher.whole(parameters, settings.export_paragraphs)
    # Each once, in the order of ids: by relevance the same ones come again and again.
    whole = {id_: library.submission(id_) for id_ in sorted({hit.submission for hit in hits})}
    rows = [Exported(hit, whole[hit.submission], library.card(hit.submission)) for hit in hits]
    return rows, total


def _publish(ending: str, write: Callable[[list[Exported]], str], content_type: str) -> None:
    def export() -> Response:
        rows, total = _collected(search_parameters(request.args))
        response = Response(write(rows), content_type=content_type)
        response.headers["Pilcrow-Total"] = str(total)
        response.headers["Pilcrow-Exported"] = str(len(rows))
        if ending != "atom":
            response.headers["Content-Disposition"] = f'attachment; filename="pilcrow.{ending}"'
        return response

    name = f"export_{ending.replace('.', '_')}"
    blueprint.add_url_rule(f"{links.SEARCH}.{ending}", name, export, methods=["GET"])


for _ending, (_write, _content_type) in FORMS.items():
    _publish(_ending, _write, _content_type)
