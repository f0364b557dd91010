"""How many paragraphs a second go from text to index, and where does the time go?

On submissions made by mixing the sentences of the gold texts, each with figures and years of
its own: no two paragraphs are alike, and their names, laws and dates are those of real wording.

Run by ``make bench``, or with the number of submissions as an argument. Nothing here passes or
fails.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.documents import documents
from indexer.engines import open_engine
from indexer.entities import tag
from indexer.pipeline import update
from indexer.query.request import IndexDocument
from indexer.readers import read_source
from indexer.reading import Reader
from indexer.reading.processes import Read, ReadingProcesses
from indexer.settings import Settings
from indexer.structure import build
from tests.entities.score import GOLD, gold

SUBMISSIONS = 200
#: What is extrapolated to: all submissions that the UN has had in a dozen years.
MANY_SUBMISSIONS, MANY_PARAGRAPHS = 40_000, 2_500_000
#: Rows of the profile.
ROWS = 15

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])")
_NUMBER = re.compile(r"\d+")
_TITLES = (
    "Freedom of assembly", "Torture and ill-treatment", "The independence of judges",
    "Freedom of the media", "Detention and prisons", "The rights of women", "Follow-up",
    "Minorities and languages", "Civil society", "Enforced disappearances",
)  # fmt: skip
_CHAPTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


#: Paragraphs a second by what was measured.
_rates: dict[str, float] = {}


def make_corpus(folder: Path, count: int) -> None:
    """Write *count* submissions, the same ones every time."""
    chance = random.Random(40_000)
    files = sorted(GOLD.rglob("*.txt"))
    pools = {
        file.stem: [
            sentence
            for paragraph in gold(file)[0].paragraphs
            for sentence in _SENTENCE_END.split(paragraph.text)
        ]
        for file in files
    }
    for number in range(count):
        country = chance.choice(sorted(pools))
        text = "\n".join(_submission(country, pools[country], chance))
        (folder / f"{country}-{number:05}.txt").write_text(text, encoding="utf-8")


def _submission(country: str, pool: list[str], chance: random.Random) -> Iterator[str]:
    """Lines of a submission of some 62 paragraphs, a third of them with a note."""
    yield f"Joint submission on {country.title()} to the Universal Periodic Review"
    yield f"\nSubmission date: {chance.randint(1, 28)} March {chance.randint(2012, 2024)}"
    count, notes = chance.randint(40, 85), 0
    chapters = iter(zip(_CHAPTERS, chance.sample(_TITLES, len(_TITLES)), strict=True))
    for number in range(1, count + 1):
        if number % 9 == 1 and (chapter := next(chapters, None)):
            yield f"\n{chapter[0]}. {chapter[1]}\n"
        # A short text has fewer sentences than a paragraph of it could want.
        sentences = chance.sample(pool, min(len(pool), chance.randint(3, 6)))
        text = _NUMBER.sub(lambda found: _another(found[0], chance), " ".join(sentences))
        if number % 3 == 0:
            notes += 1
            text += f"[{notes}]"
        yield f"{number}. {text}\n"
    for note in range(1, notes + 1):
        yield f"[{note}] Report of {chance.randint(2010, 2024)}, https://example.org/{note}"


def _another(number: str, chance: random.Random) -> str:
    """A number of the same kind: a year for a year, else as many digits."""
    if len(number) == 4 and number[:2] in ("19", "20"):
        return str(chance.randint(1992, 2024))
    return number[0] + "".join(str(chance.randint(0, 9)) for _ in number[1:])


@contextmanager
def _timed(name: str, paragraphs: int) -> Iterator[None]:
    started, processor = time.perf_counter(), time.process_time()
    yield
    seconds, computed = time.perf_counter() - started, time.process_time() - processor
    rate = _rates[name] = paragraphs / seconds
    print(f"{seconds:8.2f} s {computed:8.2f} s of processor {rate:8,.0f} paragraphs/s  {name}")


def tell_steps(reader: Reader, sources: list[Path]) -> int:
    """Each step by itself, in this process. Returns how many paragraphs there are."""
    readings = [read_source(path) for path in sources]
    built = [build(reading) for reading in readings]
    paragraphs = sum(len(submission.paragraphs) for submission in built)
    tag(built[0], reader.authority)
    print(f"{len(sources):,} submissions, {paragraphs:,} paragraphs. Steps in one process:")
    with _timed("reading", paragraphs):
        readings = [read_source(path) for path in sources]
    with _timed("structure", paragraphs):
        built = [build(reading) for reading in readings]
    with _timed("entities", paragraphs):
        tagged = [tag(submission, reader.authority) for submission in built]
    with _timed("documents", paragraphs):
        for submission in tagged:
            list(documents(submission))
    return paragraphs


def tell_processes(corpus: Path, sources: list[Path], paragraphs: int) -> list[IndexDocument]:
    """All steps together, by processes. Returns what they made for the engine."""
    made: list[IndexDocument] = []
    print("All of it; the processor is that of the process that gathers")
    for count in (1, 2):
        with ReadingProcesses(corpus, count) as processes:
            # The start of the processes, some tenths of a second, is not counted.
            list(processes.read(sources[: count * 2]))
            made.clear()
            with _timed(f"in {count} process{'es' * (count > 1)}", paragraphs):
                for path, read in processes.read(sources):
                    if not isinstance(read, Read):
                        raise SystemExit(f"{path}: {read}")
                    made += read.documents
    return made


def tell_index(made: list[IndexDocument], corpus: Path, folder: Path, paragraphs: int) -> None:
    """The engine alone, and the whole of ``pilcrow index``."""
    print("Index")
    with _timed("the engine alone", paragraphs):
        engine = open_engine("whoosh", folder / "engine", writing=True)
        engine.add(made)
        engine.close()
    with _timed("all of `pilcrow index`", paragraphs):
        update(Settings(corpus=corpus, data=folder / "data", reading_processes=2))


def tell_profile(reader: Reader, sources: list[Path]) -> None:
    """The functions that take longest in reading."""
    profile = cProfile.Profile()
    profile.runcall(lambda: [list(documents(reader.read(path))) for path in sources])
    statistics = pstats.Stats(profile)
    total = statistics.total_tt  # type: ignore[attr-defined]  # not in typeshed
    entries = statistics.stats.items()  # type: ignore[attr-defined]  # as above
    own = Counter({place: entry[2] for place, entry in entries})
    print("Functions, of the time that reading takes under the profiler")
    for (file, line, name), seconds in own.most_common(ROWS):
        place = "" if file == "~" else f"{'/'.join(Path(file).parts[-2:])}:{line} "
        print(f"{seconds / total:8.1%}  {place}{name}")


def tell_many() -> None:
    """What the same would take for very many, if each paragraph took as long."""
    print(f"{MANY_SUBMISSIONS:,} submissions with {MANY_PARAGRAPHS:,} paragraphs would take")
    for name, rate in _rates.items():
        print(f"{MANY_PARAGRAPHS / rate / 60:8.0f} minutes  {name}")


def main() -> None:
    """Measure and tell."""
    count = int(sys.argv[1]) if sys.argv[1:] else SUBMISSIONS
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name, "corpus")
        corpus.mkdir()
        (Path(name) / "engine").mkdir()
        make_corpus(corpus, count)
        reader = Reader(corpus)
        sources = reader.sources()
        paragraphs = tell_steps(reader, sources)
        made = tell_processes(corpus, sources, paragraphs)
        tell_index(made, corpus, Path(name), paragraphs)
        tell_many()
        tell_profile(reader, sources[: count // 4])


if __name__ == "__main__":
    main()
