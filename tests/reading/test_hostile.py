"""Files that would stop, crash or fool a reader: each is one clear line, the others are read."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

import pytest

from indexer.errors import SourceError
from indexer.readers import source_bytes
from indexer.reading import Reader, shown
from indexer.reading.processes import Limits, Read, ReadingProcesses
from indexer.record import stored
from tests.reading.hostile import CASES, HONEST, LAUGHS, ODD_NAMES, Case

LIMITS = Limits(seconds=20, megabytes=1024)
Results = Mapping[Path, Read | SourceError]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one folder, among honest documents."""
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "submissions" / "inner"
    folder.mkdir(parents=True)
    for name in ("0 first.txt", *ODD_NAMES, "~ last.txt"):
        (folder / name).write_text(HONEST)
    (folder / "a folder.txt").mkdir()
    (folder / "a folder.txt" / "inside.txt").symlink_to(folder / "0 first.txt")
    for case in CASES:
        case.build(folder / case.name)
    return corpus


@pytest.fixture(scope="module")
def results(corpus: Path) -> Results:
    """What reading them came to."""
    with ReadingProcesses(corpus, 2, LIMITS) as processes:
        return dict(processes.read(Reader(corpus).sources()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name))
def test_it_is_told_in_one_clear_line(corpus: Path, results: Results, case: Case) -> None:
    path = corpus / "submissions" / "inner" / case.name
    error = results[path]
    assert isinstance(error, SourceError)
    assert error.code != "defect"
    line = str(error)
    assert line.isprintable() and len(line) < 600
    named = shown(path, corpus).removesuffix(".txt")
    assert named.startswith("submissions/inner/")
    assert line.startswith(named)
    assert re.search(case.told, line)
    assert error.cure


@pytest.mark.parametrize(
    "name", ("0 first.txt", *ODD_NAMES, "~ last.txt", "a folder.txt/inside.txt"), ids=ascii
)
def test_the_others_are_read(corpus: Path, results: Results, name: str) -> None:
    path = corpus / "submissions" / "inner" / name
    read = results[path]
    assert isinstance(read, Read)
    assert [paragraph.number for paragraph in read.submission.paragraphs] == ["1", "2"]
    assert read.content == HONEST.encode()
    assert [document.number for document in read.documents] == ["1", "2"]
    # It can be stored and sent, whatever bytes its name has.
    assert json.dumps(stored(read.submission), ensure_ascii=False).encode().isascii() or "ж" in name


def test_every_file_is_accounted_for(results: Results) -> None:
    assert len(results) == len(CASES) + len(ODD_NAMES) + 3


def test_entities_of_a_web_page_are_not_made_larger(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xhtml"
    path.write_text(f"{LAUGHS}<html><body><p>1. They said &a9;.</p></body></html>")
    submission = Reader(tmp_path).read(path)
    assert [paragraph.text for paragraph in submission.paragraphs] == ["They said &a9;."]


def test_no_two_names_are_shown_alike(tmp_path: Path) -> None:
    names = ("a\nb.txt", "a\\nb.txt", "a\\\\nb.txt", "\udcff.txt", "\\udcff.txt", "\xff.txt")
    assert len({shown(tmp_path / name, tmp_path) for name in names}) == len(names)


def written_to_while_read(path: Path, times: int) -> bytes:
    """What is read of the file at *path* while a program that writes to it comes, that many
    *times*, between the first look at the file and its reading."""
    left = times

    def write(frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event == "c_return" and called is os.fstat and left:
            left -= 1
            with path.open("a") as file:
                file.write("3. More.\n")

    sys.setprofile(write)
    try:
        return source_bytes(path)
    finally:
        sys.setprofile(None)


def test_a_file_that_changed_while_it_was_read_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(HONEST)
    assert written_to_while_read(path, 1).decode() == HONEST + "3. More.\n"


def test_a_file_that_keeps_changing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(HONEST)
    with pytest.raises(SourceError, match=r"growing\.txt: changes while it is read"):
        written_to_while_read(path, 100)


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text(HONEST)
    sources = Reader(tmp_path).sources()
    paths[1].unlink()
    with ReadingProcesses(tmp_path, 1, LIMITS) as processes:
        first, gone, last = (result for _, result in processes.read(sources))
    assert isinstance(first, Read) and isinstance(last, Read)
    assert str(gone).startswith("1.txt: cannot be read (No such file or directory)")


def test_many_files_are_read_with_few_held_at_once(tmp_path: Path) -> None:
    """They are asked for as they are needed, and never many ahead."""
    path = tmp_path / "tiny.txt"
    path.write_text("1. A word.\n")
    asked = given = most = 0

    def paths() -> Iterator[Path]:
        nonlocal asked
        for _ in range(500):
            asked += 1
            yield path

    with ReadingProcesses(tmp_path, 2, LIMITS) as processes:
        for _, result in processes.read(paths()):
            assert isinstance(result, Read)
            given += 1
            most = max(most, asked - given)
    assert given == 500
    assert most <= 8
