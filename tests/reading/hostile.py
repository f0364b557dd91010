"""What might come into a corpus that is no honest document? Built here, small or streamed."""

from __future__ import annotations

import io
import os
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

#: An honest document, of which there is one before and one after the others.
HONEST = (
    "Joint submission on Ruritania\n\nI. Introduction\n\n"
    "1. The organisations report on the freedom of assembly.\n\n"
    "2. Since 2019 the authorities have refused 14 of 15 notices.\n"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MEGABYTE = 1_000_000
#: Ten entities, each ten times the one before.
LAUGHS = (
    '<!DOCTYPE html [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


@dataclass(frozen=True)
class Case:
    """A file that should be refused."""

    name: str
    build: Callable[[Path], object]
    told: str
    """Part of the message, as a regular expression; any clear line will do where empty."""


def docx(path: Path, parts: Iterator[bytes], declaration: str = "") -> None:
    """A Word file whose body is *parts*, packed as they come."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'{declaration}<w:document xmlns:w="{_WORD}"><w:body>'.encode())
            for piece in parts:
                part.write(piece)
            part.write(b"</w:body></w:document>")


def _many_paragraphs(path: Path) -> None:
    paragraph = b"<w:p><w:r><w:t>1. a</w:t></w:r></w:p>"
    docx(path, (paragraph * 10_000 for _ in range(300)))


def _long_text(path: Path) -> None:
    docx(path, iter([b"<w:p><w:r><w:t>", *[b"word " * 200_000] * 200, b"</w:t></w:r></w:p>"]))


def _deep_word(path: Path) -> None:
    docx(path, iter([b"<w:tbl><w:tr><w:tc>" * 50_000, b"</w:tc></w:tr></w:tbl>" * 50_000]))


def _laughs_word(path: Path) -> None:
    docx(path, iter([b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>"]), LAUGHS)


def _external_entity_word(path: Path) -> None:
    docx(
        path,
        iter([b"<w:p><w:r><w:t>1. &secret;</w:t></w:r></w:p>"]),
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    )


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for number in range(50_000):
            package.writestr(f"word/part{number}.xml", "")


def _pdf_bomb(path: Path) -> None:
    """Some 600 MB of spaces, deflated twice."""
    inner, outer = zlib.compressobj(9), zlib.compressobj(9)
    packed = b"".join(outer.compress(inner.compress(b" " * _MEGABYTE)) for _ in range(600))
    packed += outer.compress(inner.flush()) + outer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream"
        % (len(packed), packed),
    )
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    path.write_bytes(out.getvalue())


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * _MEGABYTE)


def _socket(path: Path) -> None:
    # The name of a socket may have 100 bytes or so: it is made from inside its folder.
    with chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def _beside(metadata: str | bytes) -> Callable[[Path], None]:
    """An honest document with *metadata* beside it."""

    def build(path: Path) -> None:
        path.write_text(HONEST)
        content = metadata if isinstance(metadata, bytes) else metadata.encode()
        path.with_suffix(".toml").write_bytes(content)

    return build


def _linked_metadata(path: Path) -> None:
    path.write_text(HONEST)
    path.with_suffix(".toml").symlink_to("/etc/hostname")


def _piped_metadata(path: Path) -> None:
    path.write_text(HONEST)
    os.mkfifo(path.with_suffix(".toml"))


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


CASES = (
    # Word
    Case("three million paragraphs.docx", _many_paragraphs, "grows to more than"),
    Case("200 megabytes of text.docx", _long_text, "grows to more than"),
    Case("deeply nested tables.docx", _deep_word, ""),
    Case("a billion laughs.docx", _laughs_word, "declares a document type or entities"),
    Case(
        "an entity from outside.docx", _external_entity_word, "declares a document type or entities"
    ),
    Case("many parts.docx", _many_parts, "parts"),
    Case("cut off.docx", lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 40), ""),
    # PDF
    Case("a bomb.pdf", _pdf_bomb, "memory|seconds|broke off"),
    Case("cut off.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj<<"), ""),
    # HTML
    Case("nested.html", _text("<html>" + "<div>" * 200_000 + "1. a"), ""),
    Case("never closed.html", _text("<html>" + "<b><p>1. a" * 200_000), ""),
    # Text
    Case("nothing but NUL.txt", lambda path: path.write_bytes(b"\0" * _MEGABYTE), "NUL"),
    Case("100 megabytes.txt", _sparse, "larger than 40,000,000 bytes"),
    Case("lines.txt", _text("1.\n" * 2_000_000), "lines"),
    # No files
    Case("a pipe.txt", os.mkfifo, "is no file but a pipe"),
    Case("a socket.txt", _socket, "is no file but a socket"),
    Case("a link to a device.txt", lambda path: path.symlink_to("/dev/zero"), "link out"),
    Case("a link out.txt", lambda path: path.symlink_to("/etc/hostname"), "link out of the corpus"),
    Case("a link to nowhere.txt", lambda path: path.symlink_to("nowhere"), "No such file"),
    Case("a link to itself.txt", lambda path: path.symlink_to(path.name), "cannot be read"),
    Case("a linked folder", lambda path: path.symlink_to("/etc"), "is a link to a folder"),
    # Names
    Case("a\nnew line.txt", lambda path: path.write_bytes(b"\0"), "NUL"),
    Case("\x1b[31mred\x07.txt", lambda path: path.write_bytes(b"\0"), "NUL"),
    Case("not \udcff UTF-8.txt", lambda path: path.write_bytes(b"\0"), "NUL"),
    Case("backwards \u202etxt.txt", lambda path: path.write_bytes(b"\0"), "NUL"),
    # Metadata
    Case("huge metadata.txt", _beside("# " + "x" * 2 * _MEGABYTE), "larger than 1,000,000 bytes"),
    Case("nested metadata.txt", _beside("id = " + "[" * 100_000), "nested too deep"),
    Case("long number.txt", _beside("id = " + "1" * 100_000), "number that is too long"),
    Case("no text beside.txt", _beside(b"\xff\xfe\0"), "cannot be read"),
    Case("linked metadata.txt", _linked_metadata, "link out of the corpus"),
    Case("piped metadata.txt", _piped_metadata, "is no file but a pipe"),
)

#: Names that are odd, of files that are not.
ODD_NAMES = ("b\nnew line.txt", "not \udcfe UTF-8.txt", "\x1b[0m.txt", "-rf.txt", "ж\u0301.txt")
