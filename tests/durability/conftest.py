"""What do the tests of durability share? Data folders, each made once and then copied."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.durability.indexes import (
    ALPHA,
    BETA,
    CHANGED,
    Contents,
    build,
    contents_in_force,
    write,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step from one index to another."""

    name: str
    data: Path | None
    """The data folder as it is before; None where there is none."""
    texts: dict[str, str]
    """The corpus as it has become."""
    options: tuple[str, ...]
    """Options of `pilcrow index`."""
    old: Contents | None
    new: Contents

    def prepare(self, folder: Path) -> tuple[Path, Path]:
        """Corpus and data folder, in *folder*, before the step."""
        corpus, data = folder / "corpus", folder / "data"
        write(corpus, **self.texts)
        shutil.rmtree(data, ignore_errors=True)
        if self.data is not None:
            shutil.copytree(self.data, data)
        return corpus, data


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    """The first index; the update of one file, which removes the generation before the last;
    and a rebuild that also forgets what was withdrawn."""
    folder = tmp_path_factory.mktemp("stages")
    corpus = folder / "corpus"
    both, changed, one = (
        {"alpha": ALPHA, "beta": BETA},
        {"alpha": ALPHA, "beta": CHANGED},
        {"alpha": ALPHA},
    )
    held = {}
    for name, versions in {
        "both": (one, both),
        "changed": (both, changed),
        "one": (one,),
    }.items():
        build(corpus, folder / name, *versions)
        held[name] = contents_in_force(folder / name)
    before = folder / "both"
    return {
        "first": Stage("first", None, both, (), None, held["both"]),
        "update": Stage("update", before, changed, (), held["both"], held["changed"]),
        "purge": Stage("purge", before, one, ("--purge",), held["both"], held["one"]),
    }
