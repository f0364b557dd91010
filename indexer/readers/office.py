"""How are older and other office formats read? LibreOffice makes Word documents of them.

Documents of Word up to 2003 (.doc), Rich Text (.rtf) and OpenDocument texts (.odt) are
converted by LibreOffice where it is installed, in a folder of their own with macros and links
to elsewhere switched off, and then read by :mod:`indexer.readers.docx`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from indexer.errors import SourceError
from indexer.model import Reading
from indexer.readers import docx
from indexer.readers.docx.package import MAX_INFLATED, open_archive, read_entry
from indexer.readers.ole import WORD_STREAM, is_locked, streams_of

#: Seconds that a conversion may take: less than the reading of a file has altogether. A fresh
#: LibreOffice starts in three to eight, a long document takes some more.
MAX_SECONDS = 50
#: Largest Word document that is taken from LibreOffice, as packed.
_MAX_CONVERTED = 40_000_000

_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"
_MEDIA_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
#: Streams by which other programs' files are known.
_OTHERS = {
    "Workbook": "an Excel workbook",
    "Book": "an Excel workbook",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
    "VisioDocument": "a Visio drawing",
    "Quill": "a Publisher document",
}
_LOCKED_CURE = "Open it, save it without a password, and put it here again"
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")

# LibreOffice's own names of these settings: no macros, and nothing fetched for a document.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name=\
"MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name=\
"DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name=\
"BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" \
oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read(data: bytes, name: str, sha256: str, encoding: str | None) -> Reading:
    """Read the *data* of an older office format by way of LibreOffice.

    Places count in the converted document, name and digest are those of the file itself.
    Raises SourceError where LibreOffice is missing or cannot convert it.
    """
    suffix = _format(data, name)
    reading = docx.read(_converted(data, name, suffix), name, sha256, encoding)
    return replace(reading, source=replace(reading.source, media_type=_MEDIA_TYPES[suffix]))


def _format(data: bytes, name: str) -> str:
    """The suffix that the content calls for."""
    if data.startswith(_RTF):
        return ".rtf"
    if data.startswith(_OLE):
        _check_ole(data, name)
        return ".doc"
    _check_open_document(data, name)
    return ".odt"


def _check_ole(data: bytes, name: str) -> None:
    """Refuse what shares the container of .doc files but is none that can be read."""
    streams = streams_of(data)
    if "EncryptedPackage" in streams or (WORD_STREAM in streams and is_locked(data, streams)):
        raise SourceError(f"{name}: is protected by a password", _LOCKED_CURE)
    if WORD_STREAM in streams:
        return
    other = next((told for stream, told in _OTHERS.items() if stream in streams), None)
    if other is None:
        raise SourceError(
            f"{name}: is an OLE file without a Word document in it, or damaged",
            "Open it in the program that made it and save it as .docx",
        )
    raise SourceError(f"{name}: is {other}, no Word document", "Save its text as .docx")


def _check_open_document(data: bytes, name: str) -> None:
    archive = open_archive(data, name)
    left = MAX_INFLATED
    entries = {info.filename: info for info in archive.infolist()}
    if "content.xml" not in entries:
        raise SourceError(f"{name}: is no OpenDocument text", "Save it again as .odt or .docx")
    for part in ("META-INF/manifest.xml", "content.xml", "styles.xml"):
        if part in entries:
            held = read_entry(archive, entries[part], name, left)
            left -= len(held)
            if part.startswith("META") and b":encryption-data" in held:
                raise SourceError(f"{name}: is protected by a password", _LOCKED_CURE)


def _office() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or (str(_MAC) if _MAC.exists() else None)


def _converted(data: bytes, name: str, suffix: str) -> bytes:
    """The file as a Word document."""
    office = _office()
    if office is None:
        raise SourceError(
            f"{name}: a {suffix} file is read by way of LibreOffice, which is not installed",
            "Install LibreOffice, or save the file as .docx",
        )
    with tempfile.TemporaryDirectory(prefix="pilcrow-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, f"source{suffix}"), Path(folder, "made", "source.docx")
        source.write_bytes(data)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        told = _run(
            [
                office,
                f"-env:UserInstallation={settings.parents[1].as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "docx",
                "--outdir",
                str(made.parent),
                str(source),
            ],
            name,
        )
        if not made.is_file():
            raise SourceError(
                f"{name}: LibreOffice cannot convert it ({told or 'it says nothing of why'})",
                "Open it in a word processor and save it as .docx",
            )
        if made.stat().st_size > _MAX_CONVERTED:
            raise SourceError(f"{name}: is too large once it is converted", "Split it")
        return made.read_bytes()


def _run(command: list[str], name: str) -> str:
    """Run LibreOffice, stop it and what it started at the limit; the last line that it says."""
    # It starts a second process, which outlives the first unless the whole group is stopped.
    # No shell reads the command, and no word of it is from outside: the file has a name of ours.
    process = subprocess.Popen(  # nosec B603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"{name}: LibreOffice did not convert it within {MAX_SECONDS} seconds",
            "Open it in a word processor and save it as .docx",
        ) from error
    finally:
        _stop(process)
    lines = said.decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # all of it has ended
        pass
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
