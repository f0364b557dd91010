"""What do a process that reads and its parent say to each other? Data, which is checked.

A library that reads PDF or Word may be taken over by a hostile file, and then the process
says what that file wants. So an answer is JSON and the file's bytes, never objects that
Python would bring to life by running what they name; and the parent believes no shape that
it has not looked at.

A message is the lengths of its two parts and then these: what is said, and bytes as they are.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from indexer.errors import one_line
from indexer.library.rows import document_from, document_row
from indexer.model import Submission
from indexer.query.request import IndexDocument
from indexer.record import stored, submission_from

_LENGTHS = struct.Struct("!QQ")
#: Bytes asked of the system at once: what the buffer of a socket holds, and more.
_PIECE = 1 << 20
#: Above every offset, line, page and day; SQLite would keep 2^63.
_LAST_INTEGER = 1 << 40
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a file."""

    submission: Submission
    content: bytes
    """The file's bytes as they were read."""
    documents: tuple[IndexDocument, ...]
    """The submission's paragraphs as an engine is given them."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first answer: the process can read."""

    network_is_cut: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is nothing to give: the parts of an error."""

    message: str
    cure: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the process says."""

    content: Ready | Read | Failed
    last: bool = False
    """Whether it has ended with this."""


class BadAnswer(Exception):
    """What a process has said is no answer: it is not the one that was started any more."""


def packed(answer: Answer) -> tuple[bytes, bytes]:
    """The two parts of the message that says *answer*."""
    said: dict[str, Any] = {"last": answer.last}
    content = b""
    match answer.content:
        case Ready(cut):
            said["ready"] = cut
        case Failed(message, cure, code):
            said["failed"] = [message, cure, code]
        case Read(submission, content, documents):
            said["submission"] = stored(submission)
            said["documents"] = [document_row(document) for document in documents]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), content


def unpacked(said: bytes, content: bytes) -> Answer:
    """The answer that :func:`packed` made. Raises BadAnswer where it cannot have."""
    try:
        answer = _answer(json.loads(said), content)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise BadAnswer(type(error).__name__) from error
    if not _fits(Answer)(answer) or (isinstance(answer.content, Read) and not _holds(answer)):
        raise BadAnswer("not what a submission is")
    return answer


def _answer(said: Any, content: bytes) -> Answer:
    last = said["last"]
    if "ready" in said:
        return Answer(Ready(said["ready"]), last)
    if "failed" in said:
        # What comes of a file goes to a terminal: nothing in it may steer one.
        message, cure, code = (one_line(part) for part in said["failed"])
        return Answer(Failed(message, cure, code), last)
    submission = submission_from(said["submission"])
    documents = tuple(
        document_from(submission.id, paragraph, row)
        for paragraph, row in zip(submission.paragraphs, said["documents"], strict=True)
    )
    return Answer(Read(submission, content, documents), last)


def _holds(answer: Answer) -> bool:
    """Whether the parts of what was read go together as library and pages take for granted:
    one paragraph a number, sections inside earlier ones, entities of these paragraphs."""
    assert isinstance(answer.content, Read)
    submission, documents = answer.content.submission, answer.content.documents
    numbers = [paragraph.number for paragraph in submission.paragraphs]
    sections: set[str] = set()
    for section in submission.sections:
        if section.id in sections or not (section.parent is None or section.parent in sections):
            return False
        sections.add(section.id)
    entities = [(entity.type, entity.id) for entity in submission.entities]
    return (
        _ID.fullmatch(submission.id) is not None
        and len(numbers) == len(set(numbers))
        and [document.order for document in documents] == list(range(len(numbers)))
        and len(entities) == len(set(entities))
        and set(numbers).issuperset(n for entity in submission.entities for n in entity.paragraphs)
    )


# Shapes


@cache
def _fits(kind: Any) -> Callable[[Any], bool]:
    """Whether a value is of the annotated *kind*, all through."""
    if kind is str:
        return _is_text
    if kind is int:
        return lambda value: type(value) is int and 0 <= value < _LAST_INTEGER
    if kind in (bool, bytes, NoneType):
        return lambda value: type(value) is kind
    if get_origin(kind) is Literal:
        named = frozenset(get_args(kind))
        return lambda value: type(value) is str and value in named
    if isinstance(kind, UnionType):
        choices = tuple(map(_fits, get_args(kind)))
        return lambda value: any(fits(value) for fits in choices)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _fits_record(kind)
    if get_origin(kind) is tuple:
        return _fits_tuple(get_args(kind))
    raise TypeError(f"no rule for {kind}")


def _fits_record(kind: Any) -> Callable[[Any], bool]:
    """As :func:`_fits`, for a dataclass or a named tuple."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else kind._fields
    members = tuple((name, _fits(hints[name])) for name in names)
    return lambda value: (
        type(value) is kind and all(fits(getattr(value, name)) for name, fits in members)
    )


def _fits_tuple(members: tuple[Any, ...]) -> Callable[[Any], bool]:
    """As :func:`_fits`, for a tuple: of one kind, however many, or of one kind each."""
    if members[1:] == (...,):
        each = _fits(members[0])
        return lambda value: type(value) is tuple and all(map(each, value))
    tests = tuple(map(_fits, members))
    return lambda value: (
        type(value) is tuple
        and len(value) == len(tests)
        and all(fits(part) for fits, part in zip(tests, value, strict=True))
    )


def _is_text(value: Any) -> bool:
    """Whether it is a text that can be stored: half of a surrogate pair cannot."""
    return type(value) is str and (value.isascii() or not _SURROGATE.search(value))


# Messages


def send(line: socket.socket, said: bytes, content: bytes = b"") -> None:
    """Send a message. Raises OSError where nobody is there to take it."""
    line.sendall(_LENGTHS.pack(len(said), len(content)) + said)
    line.sendall(content)


def receive(
    line: socket.socket, most: tuple[int, int], until: float | None = None
) -> tuple[bytes, bytes] | None:
    """The next message, its parts at most as long as *most* says; None where the other end
    is closed instead. Waits no longer than *until* (of the monotonic clock).

    Raises TimeoutError, OSError where the other end breaks off, BadAnswer for too long a part.
    """
    head = _exactly(line, _LENGTHS.size, until)
    if head is None:
        return None
    lengths: Iterable[int] = _LENGTHS.unpack(head)
    if any(length > allowed for length, allowed in zip(lengths, most, strict=True)):
        raise BadAnswer("longer than anything that is read")
    said, content = (_exactly(line, length, until) for length in _LENGTHS.unpack(head))
    return None if said is None or content is None else (said, content)


def _exactly(line: socket.socket, length: int, until: float | None) -> bytes | None:
    """The next *length* bytes; None where the other end is closed before."""
    pieces = bytearray()
    while len(pieces) < length:
        if until is not None:
            if (left := until - time.monotonic()) <= 0:
                raise TimeoutError
            line.settimeout(left)
        piece = line.recv(min(_PIECE, length - len(pieces)))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)
