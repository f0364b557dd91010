"""Formats that LibreOffice converts, and what is refused before it is asked."""

from __future__ import annotations

import hashlib
import shlex
import struct
import sys
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.readers import office, read_source
from indexer.readers.docx import read as read_docx
from indexer.reading.processes import Read, ReadingProcesses
from indexer.settings import packaged_corpus
from tests.processes import has_ended
from tests.readers.wordfiles import p, package, zipped

SAMPLES = Path(__file__).parents[1] / "samples" / "office"
DOCX = (SAMPLES / "libreoffice.docx").read_bytes()
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def compound(names: list[str], content: bytes = b"") -> bytes:
    """An OLE file with streams of these *names*; the first holds *content*."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0,
                          end, 0, 0)  # fmt: skip
    header = header.ljust(size, b"\xff")
    places = -(-(len(names) + 1) // 4)
    table = [0xFFFFFFFD, *range(2, places + 1), end, end]
    entries = [_entry("Root Entry", 5, free, 1 if names else free, end)]
    for place, name in enumerate(names, 1):
        following = place + 1 if place < len(names) else free
        entries.append(_entry(name, 2, following, free, places + 1))
    directory = b"".join(entries).ljust(places * size, b"\0")
    allocation = struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff")
    return header + allocation + directory + content.ljust(4096, b"\0")


def _entry(name: str, kind: int, right: int, child: int, sector: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", raw, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child, sector, 4096
    )


def _odt(content: bytes, manifest: bytes = b"<manifest/>") -> bytes:
    return zipped(
        {"mimetype": _ODT_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


LOCKED_WORD = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100)

REFUSED = [
    (compound(["EncryptionInfo", "EncryptedPackage"]), "a.docx", "protected by a password"),
    (compound(["WordDocument", "1Table"], LOCKED_WORD), "a.doc", "protected by a password"),
    (compound(["Workbook"]), "a.doc", "is an Excel workbook"),
    (compound(["Current User", "x", "y", "z", "PowerPoint Document"]), "a.doc", "a PowerPoint"),
    (compound(["__properties_version1.0"]), "a.doc", "an Outlook message"),
    (compound(["Contents"]), "a.doc", "without a Word document"),
    (compound([]), "a.doc", "without a Word document"),
    (compound(["WordDocument"])[:700], "a.doc", "without a Word document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "a.doc", "without a Word document"),
    (_odt(b"x", b"<m:encryption-data/>"), "a.odt", "protected by a password"),
    (_odt(b"a" * 50_000_000), "a.odt", "grows to more than"),
    (zipped({"mimetype": _ODT_TYPE}), "a.odt", "is no OpenDocument text"),
    (b"PK\x03\x04 ...", "a.odt", "cut off or damaged"),
]


@pytest.mark.parametrize(("data", "name", "told"), REFUSED)
def test_refusals_name_the_file_what_it_is_and_the_cure(
    tmp_path: Path, data: bytes, name: str, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as refused:
        read_source(path)
    assert name in refused.value.message
    assert told in refused.value.message
    assert refused.value.cure


@pytest.mark.parametrize("name", ["submission.doc", "submission.rtf", "submission.odt"])
def test_without_libreoffice_the_cure_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(office, "_MAC", Path("/nowhere/soffice"))
    with pytest.raises(SourceError) as refused:
        read_source(SAMPLES / name)
    assert f"{name}: a {Path(name).suffix} file" in refused.value.message
    assert "Install LibreOffice" in refused.value.cure


@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.odt", "a.docx", "a"])
def test_a_word_document_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(package(p("1. The police beat him.")))
    assert [block.text for block in read_source(path).blocks] == ["1. The police beat him."]


def _program(folder: Path, script: str) -> None:
    """Put a program called soffice on the path that runs this Python *script*."""
    made = folder / "soffice"
    # The path of Python may be too long for the first line, or hold a space.
    (folder / "script.py").write_text(script, encoding="utf-8")
    run = shlex.join([sys.executable, str(folder / "script.py")])
    made.write_text(f'#!/bin/sh\nexec {run} "$@"\n', encoding="utf-8")
    made.chmod(0o755)


SLEEPER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(os.path.join(os.path.dirname(__file__), "child"), "w").write(str(child.pid))
time.sleep(600)
"""


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, SLEEPER)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "MAX_SECONDS", 5)
    with pytest.raises(SourceError, match="within 5 seconds"):
        read_source(SAMPLES / "submission.rtf")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    assert has_ended(child)


def test_a_conversion_that_fails_says_what_the_program_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "print('Error: source file could not be loaded')")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="source file could not be loaded"):
        read_source(SAMPLES / "submission.rtf")


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("submission.doc", "application/msword"),
        ("submission.rtf", "application/rtf"),
        ("submission.odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_converted_file_reads_as_the_same_word_document(
    tmp_path: Path, name: str, media_type: str
) -> None:
    # Under another name: the format is told by the content.
    path = tmp_path / "report.docx"
    path.write_bytes((SAMPLES / name).read_bytes())
    reading = read_source(path)
    wanted = read_docx(DOCX, "report.docx", "", None)
    assert [(b.text, b.style, b.label, b.anchors) for b in reading.blocks] == [
        (b.text, b.style, b.label, b.anchors) for b in wanted.blocks
    ]
    assert reading.source.media_type == media_type
    assert reading.source.name == "report.docx"
    assert reading.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.needs("libreoffice")
def test_a_converted_file_is_read_in_a_process_with_limits() -> None:
    with ReadingProcesses(packaged_corpus(), 1) as processes:
        ((_, result),) = processes.read([SAMPLES / "submission.doc"])
    assert isinstance(result, Read)
    assert [paragraph.number for paragraph in result.submission.paragraphs] == list("1234567")
