"""What does ``pilcrow index`` cost on the packaged corpus, and where does it go?

CPU seconds of the whole command, of its parts that are no indexing (the interpreter, loading
of modules), and of the steps that the pipeline calls.

Run by ``make bench``. Nothing here passes or fails.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from indexer import pipeline
from indexer.settings import Settings

#: Runs of each command; the median is told.
RUNS = 7
#: Rows of each table.
ROWS = 14

PILCROW = Path(sys.executable).parent / "pilcrow"


def cpu_seconds(command: list[str | Path]) -> float:
    """CPU time of *command* and of all the processes it waits for, in user and system."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(output.read().decode())
    return usage.ru_utime + usage.ru_stime


def tell_commands(folder: Path) -> None:
    """The whole command, and what of it is not indexing."""
    index: list[str | Path] = [PILCROW, "index", "--data"]
    program = "import webapp.cli, indexer.pipeline, indexer.engines.whoosh"
    cpu_seconds([*index, folder / "kept"])
    commands: dict[str, list[list[str | Path]]] = {
        "pilcrow index, all new": [[*index, folder / str(run)] for run in range(RUNS)],
        "pilcrow index, nothing changed": [[*index, folder / "kept"]] * RUNS,
        "of these: loading all modules": [[sys.executable, "-c", program]] * RUNS,
        "of these: the interpreter": [[sys.executable, "-c", "pass"]] * RUNS,
    }
    print("CPU seconds")
    for name, runs in commands.items():
        print(f"{statistics.median(map(cpu_seconds, runs)):8.3f}  {name}")


def tell_imports() -> None:
    """Milliseconds of loading, by package."""
    program = "import webapp.cli, indexer.pipeline, indexer.engines.whoosh"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        check=True,
        capture_output=True,
        text=True,
    )
    packages: Counter[str] = Counter()
    for own, module in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr):
        top = module.partition(".")[0]
        packages["(standard library)" if top in sys.stdlib_module_names else top] += int(own)
    print("\nLoading, milliseconds (as told by -X importtime, which slows it)")
    for package, microseconds in packages.most_common(ROWS):
        print(f"{microseconds / 1000:8.1f}  {package}")


def tell_steps(folder: Path) -> None:
    """Milliseconds of what the pipeline calls, and of the functions that take longest."""
    profile = cProfile.Profile()
    profile.runcall(pipeline.update, Settings(data=folder / "profiled"))
    statistics_ = pstats.Stats(profile)
    print(f"\nSteps, milliseconds under the profiler, which doubles them ({_seconds(statistics_)})")
    steps: Counter[str] = Counter()
    for (file, _, name), (_, _, _, _, callers) in statistics_.stats.items():  # type: ignore[attr-defined]  # not in typeshed
        if file == pipeline.__file__:
            continue
        for (caller, _, _), (_, _, _, cumulative) in callers.items():
            if caller == pipeline.__file__:
                steps[_place(file, name)] += cumulative
    for place, seconds in steps.most_common(ROWS):
        print(f"{seconds * 1000:8.1f}  {place}")
    print("\nFunctions, milliseconds of their own")
    own = Counter(
        {
            _place(file, f"{name}:{line}"): entry[2]
            for (file, line, name), entry in statistics_.stats.items()  # type: ignore[attr-defined]  # as above
        }
    )
    for place, seconds in own.most_common(ROWS):
        print(f"{seconds * 1000:8.1f}  {place}")


def _seconds(profiled: pstats.Stats) -> str:
    return f"{profiled.total_tt:.2f} s in all"  # type: ignore[attr-defined]  # not in typeshed


def _place(file: str, name: str) -> str:
    parts = Path(file).with_suffix("").parts
    return f"{'.'.join(parts[-3:])} {name}" if file != "~" else name


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        tell_commands(Path(folder))
        tell_imports()
        tell_steps(Path(folder))


if __name__ == "__main__":
    main()
