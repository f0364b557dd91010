"""Is this package safe to open, and which of its parts hold text?

A package is a zip of XML parts. What is read of it is inflated here under limits that count
bytes as they come, checked, and handed to python-docx as a small package of its own, so that
no picture, macro, font or stray part is ever touched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import Part
from lxml import etree

from indexer.errors import SourceError
from indexer.readers.docx.wordml import Element

#: Most parts of a package: a long document with a picture on every page has some hundreds.
MAX_PARTS = 10_000
#: Most bytes of XML that are read of a package. A 300-page document has some ten million.
MAX_INFLATED = 40_000_000
#: A part may be this many times larger than it is packed; markup of long tables reaches a
#: hundred. Small parts may shrink more.
MAX_RATIO = 250
_RATIO_FROM = 4_000_000
#: Most tags, each of which becomes an object: five times what a 300-page document has.
MAX_TAGS = 2_000_000
#: Most paragraphs: a hundred times a long submission. Each becomes a block.
MAX_PARAGRAPHS = 100_000

#: Relationships from the document to parts that hold text or say how it is numbered.
_READ = frozenset(
    "styles numbering settings footnotes endnotes header footer officeDocument hyperlink".split()
)
_MAIN = CONTENT_TYPE.WML_DOCUMENT_MAIN
#: Other main parts of a Word document: with macros, and templates.
_OTHER_MAIN = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARED = re.compile(rb"^\s{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_PARAGRAPHS = (b"<w:p>", b"<w:p ", b"<w:p/>")
# Names of Strict documents (ISO/IEC 29500-1, annex A) and their Transitional twins.
_STRICT = re.compile(
    rb"(=\s*[\"']http://)purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/"
)

_DAMAGED = "Open it in Word or LibreOffice, which may mend it, and save it again as .docx"
_SIMPLER = "Save it again as .docx without what makes it so large, or split it"


class Package:
    """The checked parts of a Word document, opened by python-docx."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the package *data* of the file *name*; raises SourceError."""
        checked = _Checked(data, name)
        try:
            document = Document(io.BytesIO(checked.packed()))
            self.document: Part = document.part
        except (etree.XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
            raise SourceError(
                f"{name}: is no Word document that can be opened ({_first_line(error)})", _DAMAGED
            ) from error
        self._name = name

    def part(self, kind: str) -> Part | None:
        """The part that the document relates to as *kind*; None where there is none."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Part]:
        """The parts that the document relates to as *kind*, each once."""
        seen = set()
        for relationship in self.document.rels.values():
            related = relationship.reltype.endswith(f"/{kind}") and not relationship.is_external
            if related and relationship.target_part.partname not in seen:
                seen.add(relationship.target_part.partname)
                yield relationship.target_part

    def root(self, part: Part | None) -> Element | None:
        """The parsed XML of *part*; raises SourceError where it is none."""
        if part is None:
            return None
        root = getattr(part, "element", None)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            if root is None:
                root = etree.fromstring(part.blob, parser)
        except etree.XMLSyntaxError as error:
            raise SourceError(
                f"{self._name}: its part {part.partname} is no XML ({_first_line(error)})", _DAMAGED
            ) from error
        # A comment would cut in two the text that it stands in.
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        return root


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


class _Checked:
    """The parts of a package that are read, inflated under limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.left = MAX_INFLATED
        self.tags = 0
        self.parts: dict[str, bytes] = {}
        self.archive = open_archive(data, name)
        self.infos: dict[str, zipfile.ZipInfo] = {}
        self.twice: set[str] = set()
        for info in self.archive.infolist():
            # Some programs write backslashes, or capitals where the relationships have none.
            key = info.filename.replace("\\", "/").lstrip("/").lower()
            if key in self.infos:
                self.twice.add(key)
            self.infos[key] = info
        self._read()

    def _read(self) -> None:
        types = self._inflate("[Content_Types].xml")
        if types is None:
            raise self._refused("is a zip file, but no Word document", "Save it as .docx")
        package = self._relationships("")
        main = next((t for kind, t in package if kind == "officeDocument"), None)
        if main is None or self._inflate(main) is None:
            raise self._refused("holds no document: its main part is missing", _DAMAGED)
        for other in _OTHER_MAIN:
            types = types.replace(f'"{other}"'.encode(), f'"{_MAIN}"'.encode())
        if f'"{_MAIN}"'.encode() not in types.replace(b"'", b'"'):
            raise self._refused(f"is no Word document, but {_other_program(types)}", "Export it")
        self.parts["[Content_Types].xml"] = types
        for _, target in self._relationships(main):
            if self._inflate(target) is not None:
                self._relationships(target)

    def _relationships(self, part: str) -> list[tuple[str, str]]:
        """Kind and part of what *part* relates to and is read; other relationships are cut.

        A relationship whose part is not there is not an error: Word opens such files too.
        """
        folder, _, base = part.rpartition("/")
        path = f"{folder}/_rels/{base}.rels".lstrip("/")
        data = self._inflate(path)
        if data is None:
            return []
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise self._refused(f"its part {path} is no XML", _DAMAGED) from error
        found = []
        for relationship in root.findall(_RELATIONSHIP):
            kind = relationship.get("Type", "").rpartition("/")[2]
            target = relationship.get("Target", "")
            if relationship.get("TargetMode") == "External":
                if kind != "hyperlink":
                    root.remove(relationship)
                continue
            target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
            target = target.lstrip("/")
            if kind not in _READ or target.lower() not in self.infos:
                root.remove(relationship)
                continue
            relationship.set("Target", f"/{target}")
            found.append((kind, target))
        self.parts[path] = etree.tostring(root)
        return found

    def _inflate(self, part: str) -> bytes | None:
        """The bytes of *part* as UTF-8, checked; None where it is not there."""
        if part in self.parts:
            return self.parts[part]
        info = self.infos.get(part.lower())
        if info is None:
            return None
        if part.lower() in self.twice:
            raise self._refused(f"holds two parts {part}", _DAMAGED)
        data = read_entry(self.archive, info, self.name, self.left)
        self.left -= len(data)
        data = self._plain(data, part)
        paragraphs = sum(map(data.count, _PARAGRAPHS))
        if paragraphs > MAX_PARAGRAPHS:
            raise self._refused(
                f"has {paragraphs:,} paragraphs, more than {MAX_PARAGRAPHS:,}", "Split it"
            )
        self.tags += data.count(b"<")
        if self.tags > MAX_TAGS:
            raise self._refused(f"has more than {MAX_TAGS:,} tags", _SIMPLER)
        self.parts[part] = data
        return data

    def _plain(self, data: bytes, part: str) -> bytes:
        """*data* in UTF-8, in Transitional names, without entities of its own."""
        declared = _DECLARED.match(data)
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        if encoding == "utf-8" and declared:
            encoding = declared[1].decode("ascii").lower()
        if encoding not in ("utf-8", "utf8"):
            try:
                text = data.decode(encoding)
            except (LookupError, ValueError) as error:
                raise self._refused(f"its part {part} is not in {encoding}", _DAMAGED) from error
            data = _DECLARATION.sub("", text.removeprefix("\ufeff")).encode()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
            raise self._refused(
                f"its part {part} declares a document type or entities, which no word"
                " processor writes",
                "Do not trust the file. Ask its sender for another copy",
            )
        return _STRICT.sub(rb"\1schemas.openxmlformats.org/\2/2006/", data)

    def packed(self) -> bytes:
        """The checked parts as a package."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for part, data in self.parts.items():
                archive.writestr(zipfile.ZipInfo(part), data)
        return file.getvalue()

    def _refused(self, message: str, cure: str) -> SourceError:
        return SourceError(f"{self.name}: {message}", cure)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Open the zip *data* of the file *name*; raises SourceError where it is none."""
    # The list of entries is read whole, whatever it says of its length.
    if data.count(_CENTRAL_ENTRY) > MAX_PARTS:
        raise SourceError(f"{name}: holds more than {MAX_PARTS:,} parts", _SIMPLER)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(
            f"{name}: is cut off or damaged ({_first_line(error)})",
            "Fetch or copy the file again; if it stays so, open and save it in Word",
        ) from error


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """Inflate one entry, not more than *limit* bytes of it; raises SourceError beyond."""
    if info.flag_bits & _ENCRYPTED:
        raise SourceError(f"{name}: is protected by a password", "Save it without a password")
    if info.compress_type not in _DEFLATED:
        raise SourceError(f"{name}: {info.filename} is packed in a way no office uses", _DAMAGED)
    limit = min(limit, max(_RATIO_FROM, MAX_RATIO * info.compress_size))
    try:
        with archive.open(info) as entry:
            data = entry.read(limit + 1)
            if len(data) > limit:
                raise SourceError(
                    f"{name}: {info.filename} grows to more than {limit:,} bytes when it is"
                    f" unpacked, from {info.compress_size:,}",
                    _SIMPLER,
                )
            return data
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise SourceError(
            f"{name}: {info.filename} is damaged ({_first_line(error)})",
            "Fetch or copy the file again",
        ) from error


def _other_program(types: bytes) -> str:
    if b"spreadsheetml" in types:
        return "an Excel workbook"
    if b"presentationml" in types:
        return "a PowerPoint presentation"
    return "something else"
