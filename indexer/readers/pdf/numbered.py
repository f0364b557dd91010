"""Do the pages of a PDF bear numbers? A number in head or foot that counts with the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from indexer.readers.pdf.furniture import roman
from indexer.readers.pdf.lines import Row
from indexer.readers.pdf.page import Page

_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])|\b[ivxl]{1,7}\b", re.IGNORECASE)
#: Part of the pages that bear a number where pages are numbered; a cover and a back do not.
_SHARE = 0.5


def pages_numbered(
    rows: Sequence[tuple[Page, Sequence[Row]]], beside: Mapping[int, Set[int]]
) -> bool | None:
    """Whether numbers of pages are among the rows of *beside*, which are heads and feet.

    None for a single page, whose number would count with nothing.
    """
    if len(rows) < 2:
        return None
    offsets: Counter[int] = Counter()
    for page, all_rows in rows:
        taken = beside.get(page.number, frozenset())
        text = " ".join(w.text for row in all_rows if id(row) in taken for w in row.words)
        offsets.update({_value(found) - page.number for found in _NUMBER.findall(text)})
    return bool(offsets) and max(offsets.values()) >= max(2, _SHARE * len(rows))


def _value(written: str) -> int:
    return int(written) if written.isdigit() else roman(written)
