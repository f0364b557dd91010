"""How well are names found? Precision and recall, by exact span and type, on the gold files.

Run as a script it prints a table per file; ``--errors`` lists what was missed and what was
wrong, save on the held-out files, which nobody tunes on: of them it only adds up.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.entities import Authority, load_authority, tag
from indexer.model import Paragraph, Source, Submission
from indexer.settings import packaged_corpus

GOLD = Path(__file__).resolve().parents[1] / "gold"
#: Texts in other languages, each file by the language's code.
LANGUAGES = Path(__file__).parent / "languages"
STATES = {"kaz-2019": "KAZ", "belarus": "BLR", "uganda": "UGA", "vietnam": "VNM",
          "bahrain": "BHR", "morocco": "MAR", "honduras": "HND"}  # fmt: skip
TUNED = ("kaz-2019", "belarus", "uganda", "vietnam", "assorted")
_MARK = re.compile(r"⟦(?P<type>\w+)(?:=(?P<value>[^|⟧]*))?\|(?P<text>[^⟧]*)⟧")


class Marked(NamedTuple):
    """A mention as the gold file or the recognisers have it."""

    paragraph: str
    start: int
    end: int
    type: str
    text: str
    value: str


def gold(file: Path) -> tuple[Submission, list[Marked]]:
    """A gold file as a bare submission and its marked mentions."""
    paragraphs, marks = [], []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        number, _, marked = line.partition("\t")
        text, last = "", 0
        for match in _MARK.finditer(marked):
            text += marked[last : match.start()]
            start = len(text)
            text += match["text"]
            value = match["value"] or ""
            marks.append(Marked(number, start, len(text), match["type"], match["text"], value))
            last = match.end()
        text += marked[last:]
        paragraphs.append(Paragraph(number, f"para_{number}", text, None, "narrative"))
    source = Source(file.name, "0" * 64, "text/plain", "utf-8", True, 0)
    state = STATES.get(file.stem)
    language = file.stem if file.parent == LANGUAGES else "en"
    submission = Submission(
        file.stem, file.stem, "submission", state, None, None, language, source,
        paragraphs=tuple(paragraphs),
    )  # fmt: skip
    return submission, marks


def found(submission: Submission) -> list[Marked]:
    """The mentions of a tagged submission."""
    return [
        Marked(
            p.number, m.start, m.end, m.type, m.text,
            m.value if isinstance(m.value, str) else ",".join(m.value or ()),
        )
        for p in submission.paragraphs
        for m in p.mentions
    ]  # fmt: skip


class Score(NamedTuple):
    """Right, found and wanted mentions."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wanted that was found; 1 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def score(
    files: Iterable[Path], authority: Authority, model: bool = False
) -> tuple[dict[str, Score], list[str]]:
    """Scores per type over all *files*, the total under ``all``, and the errors as lines."""
    right: Counter[str] = Counter()
    got: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    errors: list[str] = []
    for file in files:
        submission, marks = gold(file)
        tagged = tag(submission, authority, model)
        expected = {mark[:4] for mark in marks}
        have = {mark[:4] for mark in found(tagged)}
        for _, _, _, type_ in expected & have:
            right[type_] += 1
        for _, _, _, type_ in have:
            got[type_] += 1
        for _, _, _, type_ in expected:
            wanted[type_] += 1
        errors += _errors(submission, expected, have)
    scores = {t: Score(right[t], got[t], wanted[t]) for t in sorted(got.keys() | wanted.keys())}
    scores["all"] = Score(right.total(), got.total(), wanted.total())
    return scores, errors


_Span = tuple[str, int, int, str]


def _errors(submission: Submission, expected: set[_Span], have: set[_Span]) -> Iterator[str]:
    texts = {p.number: p.text for p in submission.paragraphs}
    for sign, spans in (("-", expected - have), ("+", have - expected)):
        for number, start, end, type_ in spans:
            text = texts[number]
            around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
            yield f"{submission.id} {int(number):3} {start:4} {sign} {type_:12} {around}"


def without_country_files(folder: Path) -> Authority:
    """The packaged authority with every country's file left out."""
    shutil.copy(packaged_corpus() / "authority" / "global.csv", folder / "global.csv")
    return load_authority([folder])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=list(TUNED))
    parser.add_argument("--languages", action="store_true", help="the other languages' files")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--held-out", action="store_true", help="totals of the held-out files")
    parser.add_argument("--model", action="store_true", help="with the extra [ner]")
    arguments = parser.parse_args()
    full = load_authority([packaged_corpus() / "authority"])
    with tempfile.TemporaryDirectory() as folder:
        bare = without_country_files(Path(folder))
    runs = [([GOLD / f"{name}.txt"], name, full) for name in arguments.files]
    if arguments.languages:
        runs = [([file], file.stem, full) for file in sorted(LANGUAGES.glob("*.txt"))]
    elif "kaz-2019" in arguments.files:
        runs.insert(1, ([GOLD / "kaz-2019.txt"], "kaz-2019 without kaz.csv", bare))
    if arguments.held_out:
        held_out = sorted((GOLD / "heldout").glob("*.txt"))
        runs = [(held_out, "held out, together", full)]
    for files, title, authority in runs:
        scores, errors = score(files, authority, arguments.model)
        print(f"\n{title}\n{'':14}{'P':>6}{'R':>6}{'right':>7}{'found':>7}{'wanted':>7}")
        for type_, s in scores.items():
            print(f"{type_:14}{s.precision:6.3f}{s.recall:6.3f}{s.right:7}{s.found:7}{s.wanted:7}")
        if arguments.errors and not arguments.held_out:
            print("\n".join(sorted(errors)))


if __name__ == "__main__":
    main()
