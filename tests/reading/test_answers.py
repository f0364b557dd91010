"""What a process that reads says is data: a file that has taken it over gains nothing more."""

from __future__ import annotations

import json
import os
import pickle
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.documents import documents
from indexer.reading import Reader
from indexer.reading.answers import (
    Answer,
    BadAnswer,
    Failed,
    Read,
    Ready,
    packed,
    receive,
    send,
    unpacked,
)
from indexer.settings import packaged_corpus

NOTHING = (0, 0)
TEXT = "Submission on Belarus\n\nI. TORTURE\n\n1. Human Rights Watch spoke.\n2. Nobody answered.\n"


@pytest.fixture(scope="module")
def read() -> Read:
    """The packaged corpus's first document."""
    reader = Reader(packaged_corpus())
    submission, content = reader.read_with_content(reader.sources()[0])
    return Read(submission, content, tuple(documents(submission)))


@pytest.fixture
def said(tmp_path: Path) -> dict[str, Any]:
    """What is said of a short document."""
    (tmp_path / "short.txt").write_text(TEXT)
    submission, content = Reader(tmp_path).read_with_content(tmp_path / "short.txt")
    made = Read(submission, content, tuple(documents(submission)))
    record: dict[str, Any] = json.loads(packed(Answer(made))[0])
    return record


def test_what_was_read_arrives_as_it_was(read: Read) -> None:
    for answer in (
        Answer(read),
        Answer(read, last=True),
        Answer(Ready(True)),
        Answer(Ready(False)),
    ):
        assert unpacked(*packed(answer)) == answer
    failed = Answer(Failed("a.txt: no text", "Write one", "no-text"), last=True)
    assert unpacked(*packed(failed)) == failed


class Evil:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, (f"touch {self.file}",)


def test_an_answer_cannot_run_code(tmp_path: Path, said: dict[str, Any]) -> None:
    evil = pickle.dumps(Evil(tmp_path / "ran"))
    for parts in ((evil, b""), (b"", evil), (evil, evil)):
        with pytest.raises(BadAnswer):
            unpacked(*parts)
    answer = unpacked(json.dumps(said).encode(), evil)
    assert isinstance(answer.content, Read) and answer.content.content == evil
    assert not (tmp_path / "ran").exists()


def test_messages_for_a_terminal_cannot_steer_it() -> None:
    answer = unpacked(b'{"last": false, "failed": ["a\\u001b[2J", "b\\n", "c"]}', b"")
    assert answer.content == Failed("a\\x1b[2J", "b\\n", "c")


def _first(name: str, **members: Any) -> Callable[[dict[str, Any]], None]:
    return lambda said: said["submission"][name][0].update(members)


def _twice(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda said: said["submission"][name].append(said["submission"][name][0])


FORGED: dict[str, Callable[[dict[str, Any]], None]] = {
    "no id": lambda said: said["submission"].pop("id"),
    "an id that leads elsewhere": lambda said: said["submission"].update(id="../../etc"),
    "a number where a text should be": lambda said: said["submission"].update(title=5),
    "half of a surrogate pair": lambda said: said["submission"].update(title="\ud83d"),
    "a list where a text should be": lambda said: said["submission"].update(state=["KAZ"]),
    "no paragraph's text": lambda said: said["submission"]["paragraphs"][0].pop("text"),
    "a paragraph of no kind": _first("paragraphs", kind="whatever"),
    "truth where a number should be": _first("paragraphs", page=True),
    "a number that no database keeps": _first("paragraphs", page=2**70),
    "a number before any": _first("paragraphs", page=-1),
    "a span of three": _first("paragraphs", spans=[[1, 2, 3]]),
    "a span of texts": _first("paragraphs", spans=[["1", "2"]]),
    "a member that nobody knows": _first("sections", colour="red"),
    "a section inside itself": lambda said: said["submission"]["sections"][0].update(
        parent=said["submission"]["sections"][0]["id"]
    ),
    "one paragraph twice": lambda said: (
        _twice("paragraphs")(said),
        said["documents"].append(said["documents"][0]),
    )[0],
    "one entity twice": _twice("entities"),
    "an entity of a paragraph that is not there": _first("entities", paragraphs=["1000"]),
    "a paragraph without document": lambda said: said["documents"].pop(),
    "a document out of order": lambda said: said["documents"].reverse(),
    "a document that is none": lambda said: said["documents"].__setitem__(0, "[]"),
    "no word of an end": lambda said: said.pop("last"),
    "an end that is none": lambda said: said.update(last="yes"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_cannot_be_is_not_believed(said: dict[str, Any], forged: str) -> None:
    assert isinstance(unpacked(json.dumps(said).encode(), b"").content, Read)
    FORGED[forged](said)
    with pytest.raises(BadAnswer):
        unpacked(json.dumps(said).encode(), b"")


@pytest.mark.parametrize(
    "said", [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"last":' + b"1" * 5000]
)
def test_what_is_no_answer_at_all(said: bytes) -> None:
    with pytest.raises(BadAnswer):
        unpacked(said, b"")


def test_messages_come_whole_or_not_at_all() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(theirs, b"said", b"")
        assert receive(ours, (4, 0)) == (b"said", b"")
        send(theirs, b"said", b"content")
        with pytest.raises(BadAnswer, match="longer"):
            receive(ours, (4, 6))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack("!QQ", 1 << 62, 1 << 62))
        with pytest.raises(BadAnswer, match="longer"):
            receive(ours, (100, 100))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack("!QQ", 4, 0) + b"sa")
        with pytest.raises(TimeoutError):
            receive(ours, (100, 0), time.monotonic() + 0.05)
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        assert receive(ours, NOTHING) is None
