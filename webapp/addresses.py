"""Which paragraphs does an address name? One, a run of them, or an item inside one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.errors import NotFound
from indexer.library import Library
from indexer.model import Submission
from indexer.notation.items import has_item, split_item
from webapp import links

#: First and last number of a run; the dash as typed or as printed.
_RUN = re.compile(r"(?P<first>[^-–]+)[-–](?P<last>[^-–]+)")


@dataclass(frozen=True, slots=True)
class Addressed:
    """What an address names."""

    shown: tuple[str, ...]
    """Numbers of the paragraphs to show, in document order."""
    cited: tuple[str, ...]
    """What a citation of the address names: the same, or an item of the one shown."""

    @property
    def address(self) -> str:
        """The one address of these, however it was written: ``45-52``, not ``45–52``."""
        first, last = self.cited[0], self.cited[-1]
        return first if first == last else f"{first}-{last}"


def addressed(library: Library, submission: Submission, address: str) -> Addressed:
    """The paragraphs of *submission* that *address* names. Raises NotFound."""
    numbers = library.run(submission.id, address, address)
    if numbers:
        return Addressed(numbers, numbers)
    if run := _RUN.fullmatch(address):
        numbers = library.run(submission.id, run["first"].strip(), run["last"].strip())
        if numbers:
            return Addressed(numbers, numbers)
    number, labels = split_item(address)
    text = next((p.text for p in submission.paragraphs if p.number == number), "")
    if has_item(text, labels):
        return Addressed((number,), (number + "".join(f"({label})" for label in labels),))
    raise NotFound(
        f"Submission {submission.id} has no such paragraph",
        f"See all its paragraphs at {links.submission(submission.id)}",
    )
