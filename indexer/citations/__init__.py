"""How is a paragraph, or a range of them, cited? As text in a style, or as a record.

::

    cite(submission, ["48"], "un")            'JS5, para. 48'
    citations(submission, ["45", "46"])       every style's text, by its id
    quotation(submission, ["48"], "oscola")   the exact words and the citation
    ris, bibtex, csl_json                     records for reference managers

Works on the model alone. Which numbers are meant by what somebody typed is settled by
:mod:`indexer.notation`; where the pages are, which give a citation its address, is known
to the caller.

``numbers`` are paragraph numbers as in the model, written in the order given; none cites
the whole document. ``url`` is the address to print, left out unless absolute.
``state_name`` is the name of the State under review (the model only knows its code); it
is added where the title does not say it. All raise NotFound for a number that the
submission does not have, and ParameterError for an unknown style.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.citations.bibtex import bibtex
from indexer.citations.cited import Cited, gather
from indexer.citations.quotation import quoted
from indexer.citations.records import csl_item, csl_json, ris
from indexer.citations.styles import QUOTATION_MARKS, STYLES, WRITERS, Written
from indexer.errors import ParameterError
from indexer.model import Submission

__all__ = [
    "STYLES",
    "Written",
    "bibtex",
    "citations",
    "cite",
    "cite_pieces",
    "csl_item",
    "csl_json",
    "quotation",
    "ris",
]


def cite(
    submission: Submission,
    numbers: Sequence[str],
    style: str,
    url: str | None = None,
    state_name: str | None = None,
) -> str:
    """Return the citation in one of STYLES, as plain text on one line."""
    return _plain(_write(gather(submission, numbers, url, state_name), style))


def cite_pieces(
    submission: Submission,
    numbers: Sequence[str],
    style: str,
    url: str | None = None,
    state_name: str | None = None,
) -> Written:
    """Return the citation cut at its title, which may be in italics, and in a script that is
    written from right to left in a line that is not."""
    return _write(gather(submission, numbers, url, state_name), style)


def citations(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> dict[str, str]:
    """Return the citation in every style, by the style's id, in the order of STYLES."""
    cited = gather(submission, numbers, url, state_name)
    return {style: _plain(_write(cited, style)) for style in STYLES}


def quotation(
    submission: Submission,
    numbers: Sequence[str],
    style: str,
    url: str | None = None,
    state_name: str | None = None,
) -> str:
    """Return the paragraphs' exact words in quotation marks, an empty line, the citation.

    An item inside a paragraph (``20(f)``) is quoted with the whole paragraph.
    """
    cited = gather(submission, numbers, url, state_name)
    citation = _plain(_write(cited, style))
    words = quoted(cited.places, QUOTATION_MARKS[style])
    return f"{words}\n\n{citation}" if words else citation


def _write(cited: Cited, style: str) -> Written:
    writer = WRITERS.get(style)
    if writer is None:
        raise ParameterError(
            f"there is no citation style {style!r}", f"Known are: {', '.join(STYLES)}"
        )
    return writer(cited)


def _plain(piece: Written) -> str:
    return f"{piece.before}{piece.title}{piece.after}"
