"""What is known of a submission from its front matter, taken together?

Where the front matter gives two answers to one question, the answer stays open and a problem
says so: a wrong State would be worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Found, Problem, Submitter
from indexer.structure.front import codes_of, date_of, kind_of, sessions_of, symbols_of
from indexer.structure.lines import Line
from indexer.structure.reviewed import concerned
from indexer.structure.said import Said
from indexer.structure.states import States
from indexer.structure.submitters import signed
from indexer.structure.symbols import read_symbol
from indexer.structure.titles import shown, title_in

#: Documents that no organisation submits, and that no session of the review considers.
_CASES = frozenset(("decision", "judgment", "opinion", "concluding observations", "State report"))
_OF_THE_UN = _CASES | {"summary", "compilation", "national report", "working group report"}
#: Longest line that is shown as evidence, in characters.
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Cover:
    """What the front matter says; None where it does not say it, or says two things."""

    title: str | None
    kind: str
    state: str | None
    session: str | None
    date: str | None
    symbol: str | None
    codes: tuple[str, ...]
    submitters: tuple[Submitter, ...]
    found: tuple[Found, ...]
    problems: tuple[Problem, ...]


class _Settling:
    """Takes the one answer where there is one, and notes where it stands."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.problems: list[Problem] = []

    def settle(self, field: str, said: Sequence[Said]) -> str | None:
        if not said:
            return None
        if len(said) > 1:
            values = " and ".join(one.value for one in said)
            self.problems.append(
                Problem(
                    f"{field}-unclear",
                    f"The front matter names more than one {field}: {values}",
                    said[1].line.block.line,
                )
            )
            return None
        self.note(field, said[0].line)
        return said[0].value

    def note(self, field: str, line: Line) -> None:
        found = Found(field, shown(line.text)[:_SHOWN], line.block.line)
        if found not in self.found:
            self.found.append(found)


def cover_of(front: Sequence[Line], heading: str, states: States) -> Cover:
    """Read the front matter; *heading* is the body's first, for a front without a title."""
    settling = _Settling()
    titled = title_in(front)
    title = settling.settle("title", (titled,) if titled else ())
    symbols = symbols_of(front)
    symbol = settling.settle("symbol", symbols)
    says = read_symbol(symbol or "")
    parties = signed(front, title or heading)
    kind = kind_of(front, symbol, len(parties))
    if kind in _OF_THE_UN:
        parties = []
    for _, line in parties:
        settling.note("submitters", line)
    if says.session is not None:
        sessions: Sequence[Said] = (Said(says.session, symbols[0].line),)
    else:
        sessions = () if kind in _CASES else sessions_of(front)
    if says.state in {code for names in states.values() for _, code in names}:
        concerns: Sequence[Said] = (Said(says.state or "", symbols[0].line),)
    else:
        concerns = concerned(front, title or heading, states)
    dated = date_of(front)
    code = settling.settle("codes", () if kind in _OF_THE_UN else codes_of(front))
    return Cover(
        title=title,
        kind=kind,
        state=settling.settle("state", concerns),
        session=settling.settle("session", sessions),
        date=settling.settle("date", (dated,) if dated else ()),
        symbol=symbol,
        codes=(code,) if code else (),
        submitters=tuple(submitter for submitter, _ in parties),
        found=tuple(settling.found),
        problems=tuple(settling.problems),
    )
