r"""How does BibTeX take over a cited paragraph? As a ``techreport``.

Text stays UTF-8; TeX's special characters are written as commands. A brace is never
written as ``\{``: BibTeX counts it all the same, and one alone would swallow the entries
that follow. Title and names stand in braces of their own, so that no style recases the
title and no reader takes an organisation for a person with forenames.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.citations.cited import Cited, gather
from indexer.citations.records import INSTITUTION, pinpoint_note
from indexer.model import Submission

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&#$_"},
    }
)
# Addresses are set verbatim: commands would show. What could break the entry is quoted
# as addresses quote it.
_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})

_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip


def bibtex(
    submission: Submission,
    numbers: Sequence[str],
    url: str | None = None,
    state_name: str | None = None,
) -> str:
    """Return a BibTeX entry, ready to be joined to others.

    ``note`` is the pinpoint, which every style prints at the end; ``date`` and
    ``language`` are for biblatex.
    """
    cited = gather(submission, numbers, url, state_name)
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in cited.authors),
        "title": f"{{{tex(cited.title)}}}",
        "institution": f"{{{tex(INSTITUTION)}}}",
        "type": tex(cited.genre),
        "number": tex(cited.code or ""),
        "year": f"{cited.day.year:04}" if cited.day else "",
        "date": _iso(cited),
        "note": tex(pinpoint_note(cited)),
        "annote": tex(cited.abstract),
        "language": tex(cited.language),
        "url": (cited.url or "").translate(_ADDRESS),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if cited.day and cited.day.month:  # a macro, which styles print in their own language
        lines.append(f"  month = {_MONTHS[cited.day.month - 1]},\n")
    return f"@techreport{{{cited.key},\n{''.join(lines)}}}\n"


def _iso(cited: Cited) -> str:
    if cited.day is None:
        return ""
    year, *rest = cited.day
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest if part)])


def tex(text: str) -> str:
    r"""Return *text* with TeX's special characters written as commands.

    >>> tex("R&D {50%}")
    'R\\&D \\textbraceleft{}50\\%\\textbraceright{}'
    """
    return text.translate(_TEX)
