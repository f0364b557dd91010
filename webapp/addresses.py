"""Which paragraphs does an address name? One, a run of them, or an item inside one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.errors import NotFound
from indexer.library import Library
from indexer.model import Submission
from webapp import links

#: First and last number of a run; the dash as typed or as printed.
_RUN = re.compile(r"(?P<first>[^-–]+)[-–](?P<last>[^-–]+)")

#: A lettered or restarted item of a paragraph: 20(f), 95(12), 20(f)(ii).
_ITEM = re.compile(r"(?P<number>[^()]+)(?P<labels>(?:\([^()]+\))+)")


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
    if item := _ITEM.fullmatch(address):
        text = next((p.text for p in submission.paragraphs if p.number == item["number"]), "")
        if all(_is_printed(label, text) for label in re.findall(r"[^()]+", item["labels"])):
            return Addressed((item["number"],), (address,))
    raise NotFound(
        f"Submission {submission.id} has no such paragraph",
        f"See all its paragraphs at {links.submission(submission.id)}",
    )


def _is_printed(label: str, text: str) -> bool:
    """Whether an item of *text* is labelled so: ``(f)``, ``f)`` or ``f.``."""
    return re.search(rf"(?<!\w)\(?{re.escape(label)}[.)]", text) is not None
