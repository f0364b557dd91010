"""How does a test make a Word document? From the markup that Word itself would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": WORD,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def package(
    body: str,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    main: str = MAIN,
) -> bytes:
    """A Word document: *body* in ``w:body``, *parts* the content of other parts by name.

    A part is named as its relationship: ``styles``, ``numbering``, ``footnotes``; ``header``
    and ``footer`` too. *links* are addresses by relationship id.
    """
    files = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
    }
    related = {}
    overrides = [f'<Override PartName="/word/document.xml" ContentType="{main}"/>']
    for name, content in (parts or {}).items():
        root = {"header": "hdr", "footer": "ftr"}.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{content}</w:{root}>"
        related[f"rId-{name}"] = (name, f"{name}.xml")
        kind = MAIN.replace("document.main", name)
        overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>')
    outside = {id_: ("hyperlink", address) for id_, address in (links or {}).items()}
    files["word/_rels/document.xml.rels"] = _relationships({**related, **outside})
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )
    return zipped({name: f"{_DECLARATION}\n{text}".encode() for name, text in files.items()})


def _relationships(related: Mapping[str, tuple[str, str]]) -> str:
    outside = {"hyperlink": ' TargetMode="External"'}
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{_KIND}/{kind}" Target="{target}"{outside.get(kind, "")}/>'
        for id_, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def zipped(files: Mapping[str, bytes], level: int = 6) -> bytes:
    """A zip of *files*, packed as well as *level* says."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def p(content: str, properties: str = "") -> str:
    """A paragraph; *content* that has no markup is a run of text."""
    runs = content if "<" in content else t(content) if content else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def t(text: str, properties: str = "") -> str:
    """A run of *text*."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, list_: int = 1, level: int = 0, style: str = "") -> str:
    """A paragraph of a list."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(text, f'{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def level(depth: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    """A level of a list's model."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def model(id_: int, *levels: str, more: str = "") -> str:
    """A list's model."""
    return f'<w:abstractNum w:abstractNumId="{id_}">{more}{"".join(levels)}</w:abstractNum>'


def list_(id_: int, model_: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{model_}"/>{overrides}</w:num>'


def restart(depth: int, start: int = 1) -> str:
    """What makes a list start anew at a level."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    id_: str, name: str, content: str = "", based_on: str = "", kind: str = "paragraph"
) -> str:
    """A style; *content* are its properties."""
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{above}{content}'
        "</w:style>"
    )


def note(id_: int, *paragraphs: str, kind: str = "footnote") -> str:
    """A footnote or endnote as Word writes it, its own number first."""
    mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
    first, *more = paragraphs
    runs = first if "<" in first else t(f" {first}")
    rest = "".join(map(p, more))
    return f'<w:{kind} w:id="{id_}"><w:p>{mark}{runs}</w:p>{rest}</w:{kind}>'


def cited(id_: int, kind: str = "footnote", mark: str = "") -> str:
    """A note's mark in the text; *mark* is printed instead of a number."""
    custom = ' w:customMarkFollows="1"' if mark else ""
    text = f"<w:t>{mark}</w:t>" if mark else ""
    return (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:{kind}Reference{custom} w:id="{id_}"/>{text}</w:r>'
    )
