"""Documents invented for the tests of readers: realistic, as long as wished, one for each seed.

A document is a list of parts; :func:`as_html` and :func:`as_odt` print it for the programs
that make PDFs of it. What a reader ought to find is in the parts themselves.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

PLACES = "Velmara|Port Selin|Kordun|Upper Asha|Saint-Maurel|Tarvos|the Lakes Province".split("|")
PEOPLE = (
    "Ilena Marku|Tomas Adeyi|Sofia Brandt-Okoye|Dauren Kaliev|Mirela O’Shea|Jon Abara"
    "|Nadia Petrosyan"
).split("|")
BODIES = (
    "the Ministry of the Interior|the National Preventive Mechanism|the Supreme Court|the Ombudsman"
    "|the Prosecutor-General’s Office|the Central Election Commission|the Media Council"
).split("|")
LAWS = (
    "Article 174 of the Criminal Code|the Law on Peaceful Assemblies|section 12(3) of the Police"
    " Act"
    "|Decree No. 16/2017|the Non-Governmental Organisations Act|article 9 of the Covenant"
).split("|")
SENTENCES = (
    "On {day} {month} {year}, police officers in {place} detained {person} without showing a"
    " warrant.",
    "{Body} has refused to publish its findings, although {law} obliges it to do so within 30"
    " days.",
    "Of the {count} persons who were arrested, {few} were released without charge; the others were"
    " held in pre-trial detention for up to {few} months.",
    "In {month} {year}, {person} was sentenced to {few} years’ imprisonment under {law}.",
    "The authorities have not opened an investigation, and {body} has given no reasons.",
    "Civil-society organisations reported {count} such cases between {year} and 2018.",
    "According to {person}, conditions in the facility in {place} remain “inhuman and degrading”.",
    "While some progress was made in {place}, e.g. the training of judges, the practice described"
    " above continues.",
    "{Body} stated that the measures were “necessary in a democratic society”, yet no court has"
    " reviewed them.",
    "Human rights defenders, journalists and/or members of their families were threatened on at"
    " least {count} occasions.",
    "The State accepted recommendation 122.{few} of the previous cycle but has taken no steps to"
    " implement {law}.",
    "Women’s organisations were denied registration in {place} in {year}, {year2} and 2018.",
    "Internally displaced persons have limited access to health care, housing and work in {place}.",
    "{person} (born {year}) lodged a well-founded complaint, which {body} dismissed on {day}"
    " {month}.",
    "No one has been held accountable for the death of a demonstrator in {place}.",
    "The fine amounts to 1,{count}.50 thalers, i.e. more than the average monthly wage.",
    "Under {law}, the organisers must notify the authorities 15 days in advance; spontaneous"
    " gatherings are therefore unlawful.",
    "Children aged 14 to 18 are held together with adults, contrary to {law}.",
)
NOTES = (
    "Human Rights Monitor {place}, “Annual Report {year}”, p. {count}.",
    "Interview with {person}, {place}, {day} {month} {year}.",
    "See https://www.monitor-{few}.example.org/en/reports/{year}/{month}/{count}-detentions.html.",
    "A/HRC/{few}/{count}, para. {few}; see also CCPR/C/{count}, paras. 12 and 13.",
    "{Body}, Decision No. {count}/{year}, available at: https://example.net/d/{count} (accessed"
    " {day} {month} 2019). The decision was taken in the absence of the parties and their lawyers,"
    " who had not been told of the hearing in {place}.",
    "Ibid., p. {few}.",
)
ITEMS = (
    "Repeal or amend {law} so that it accords with international standards;",
    "Release {person} and compensate those who were held arbitrarily in {place};",
    "Ensure that {body} is independent, adequately funded and open to the public;",
    "Ratify the Optional Protocol without reservations;",
)
TITLES = (
    "Freedom of peaceful assembly|Torture and ill-treatment|Independence of the judiciary"
    "|Freedom of expression and the media|Rights of the child|Situation of human rights defenders"
    "|Equality and non-discrimination"
).split("|")
MONTHS = "January|March|May|June|September|October|December".split("|")
ROMAN = "I II III IV V VI VII VIII IX X".split()


@dataclass(frozen=True)
class Part:
    """A heading, a numbered paragraph, an item, a quotation, or a row of a table."""

    kind: str
    label: str
    text: str
    notes: tuple[tuple[int, str, str], ...] = ()
    """Place in the text, number and text of each note that is cited there."""
    cells: tuple[str, ...] = ()


@dataclass
class Document:
    """A whole document."""

    title: str
    parts: list[Part] = field(default_factory=list)
    symbol: str = "A/HRC/WG.6/61/NVN/3"


def invent(seed: int, paragraphs: int = 30, tables: bool = True) -> Document:
    """The document of that *seed*."""
    chance = random.Random(seed)
    made = Document(f"Joint submission on the human rights situation in Norvania ({2015 + seed})")
    note = 0
    sections = 0
    for number in range(1, paragraphs + 1):
        if (number - 1) % 6 == 0:
            made.parts.append(Part("heading", ROMAN[sections % 10], TITLES[sections % len(TITLES)]))
            sections += 1
        text, notes, note = _prose(chance, note, chance.randint(1, 6))
        kind = chance.random()
        if kind < 0.15:
            text += " We therefore recommend that the Government should:"
        made.parts.append(Part("paragraph", f"{number}", text, notes))
        if kind < 0.15:
            made.parts.extend(
                Part("item", f"({letter})", _filled(chance, chance.choice(ITEMS)))
                for letter in "abc"[: chance.randint(2, 3)]
            )
        elif kind < 0.2 and tables:
            made.parts.append(Part("row", "", "", cells=("Place", "Year", "Persons detained")))
            made.parts.extend(
                Part(
                    "row", "", "", cells=(place, str(2012 + i), f"{chance.randint(3, 99)} persons")
                )
                for i, place in enumerate(chance.sample(PLACES, 3))
            )
    return made


def _prose(
    chance: random.Random, note: int, sentences: int
) -> tuple[str, tuple[tuple[int, str, str], ...], int]:
    text, notes = "", []
    for _ in range(sentences):
        text += (" " if text else "") + _filled(chance, chance.choice(SENTENCES))
        if chance.random() < 0.2:
            note += 1
            notes.append((len(text), str(note), _filled(chance, chance.choice(NOTES))))
    return text, tuple(notes), note


def _filled(chance: random.Random, template: str) -> str:
    body = chance.choice(BODIES)
    return template.format(
        day=chance.randint(1, 28),
        month=chance.choice(MONTHS),
        year=chance.randint(1980, 2017),
        year2=chance.randint(2000, 2017),
        place=chance.choice(PLACES),
        person=chance.choice(PEOPLE),
        body=body,
        Body=body[0].upper() + body[1:],
        law=chance.choice(LAWS),
        count=chance.randint(100, 999),
        few=chance.randint(2, 48),
    )


def _marked(part: Part, mark: str) -> str:
    """The part's text with *mark* at each note, for HTML or XML."""
    text, at = "", 0
    for place, number, note in part.notes:
        text += escape(part.text[at:place]) + mark.format(number=number, note=escape(note))
        at = place
    return text + escape(part.text[at:])


@dataclass(frozen=True)
class Look:
    """How a document is set."""

    paper: str = "A4"
    font: str = "Liberation Serif"
    size: float = 11
    margin: str = "2cm"
    justify: bool = True
    columns: int = 1
    spacing: float = 6
    """Points between paragraphs."""
    hang: float = 0
    """Points by which numbers hang out."""
    hyphens: bool = False
    numbers_of_pages: bool = True
    mirrored: bool = False
    """Whether heads and feet of left and right pages differ."""
    endnotes: bool = False
    line_height: str = "100%"


def as_html(document: Document, look: Look) -> str:
    """The document as a web page, its notes at the end; heads and feet in the margins."""
    mark = '<sup><a href="#n{number}" id="m{number}">{number}</a></sup>'
    inside = "".join(_html_parts(document, mark))
    notes = "".join(
        f'<p id="n{number}" class="note"><sup>{number}</sup> {escape(text)}</p>'
        for part in document.parts
        for _, number, text in part.notes
    )
    feet = (
        "@bottom-center{content:counter(page);font-size:9pt}"
        f'@top-right{{content:"{document.symbol}";font-size:9pt}}'
    )
    style = (
        f"@page{{size:{look.paper};margin:{look.margin};{feet if look.numbers_of_pages else ''}}}"
        f"body{{margin:0;font:{look.size}pt/1.25 '{look.font}'}}"
        f".text{{columns:{look.columns}}}"
        f"p{{margin:0 0 {look.spacing}pt;text-align:{'justify' if look.justify else 'left'};"
        f"padding-left:{look.hang}pt;text-indent:-{look.hang}pt}}"
        ".note{font-size:9pt;padding:0;text-indent:0}.item{margin-left:24pt}"
        "h1{font-size:150%}h2{font-size:115%}td{border:1px solid;padding:2pt}table{margin:4pt 0}"
    )
    tail = f"<h2>Notes</h2>{notes}" if notes else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{document.symbol}'
        f"</title><style>{style}</style></head><body><h1>{escape(document.title)}</h1>"
        f'<div class="text">{inside}</div>{tail}</body></html>'
    )


def _html_parts(document: Document, mark: str) -> Iterator[str]:
    row_before = False
    for part in document.parts:
        if row_before and part.kind != "row":
            yield "</table>"
        if part.kind == "heading":
            yield f"<h2>{part.label}. {escape(part.text)}</h2>"
        elif part.kind == "row":
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in part.cells)
            yield ("" if row_before else "<table>") + f"<tr>{cells}</tr>"
        else:
            dot = "." if part.kind == "paragraph" else ""
            yield f'<p class="{part.kind}">{part.label}{dot} {_marked(part, mark)}</p>'
        row_before = part.kind == "row"
    if row_before:
        yield "</table>"


_PAPER = {"A4": ("21cm", "29.7cm"), "Letter": ("21.59cm", "27.94cm")}


def as_odt(document: Document, look: Look) -> str:
    """The document as a flat OpenDocument text, its notes real notes."""
    width, height = _PAPER[look.paper]
    kind = "endnote" if look.endnotes else "footnote"
    mark = (
        f'<text:note text:id="n{{number}}" text:note-class="{kind}"><text:note-citation>{{number}}'
        '</text:note-citation><text:note-body><text:p text:style-name="Note">{note}</text:p>'
        "</text:note-body></text:note>"
    )
    foot = '<text:p text:style-name="Foot"><text:page-number/></text:p>'
    head = f'<text:p text:style-name="Foot">{document.symbol}</text:p>'
    left = (
        f'<style:header-left><text:p text:style-name="FootLeft">{document.symbol}</text:p>'
        "</style:header-left>"
        if look.mirrored
        else ""
    )
    left_foot = (
        '<style:footer-left><text:p text:style-name="FootLeft"><text:page-number/></text:p>'
        "</style:footer-left>"
        if look.mirrored
        else ""
    )
    master = (
        f"<style:header>{head}</style:header>{left}<style:footer>{foot}</style:footer>{left_foot}"
        if look.numbers_of_pages
        else ""
    )
    align = "justify" if look.justify else "start"
    properties = (
        f'fo:margin-bottom="{look.spacing}pt" fo:margin-top="0pt" fo:text-align="{align}"'
        f' fo:line-height="{look.line_height}" fo:orphans="2" fo:widows="2"'
    )
    hyphens = (
        'fo:hyphenate="true" fo:hyphenation-remain-char-count="2"'
        ' fo:hyphenation-push-char-count="2"'
        if look.hyphens
        else 'fo:hyphenate="false"'
    )
    body = "".join(_odt_parts(document, mark, look))
    section = (
        f'<text:section text:style-name="Columns" text:name="S">{body}</text:section>'
        if look.columns > 1
        else body
    )
    return _ODT.format(
        width=width, height=height, margin=look.margin, properties=properties, hyphens=hyphens,
        font=look.font, size=look.size, hang=look.hang, columns=look.columns, master=master,
        note=max(8, look.size - 2), title=escape(document.title), section=section,
        head=look.size * 1.2,
    )  # fmt: skip


def _odt_parts(document: Document, mark: str, look: Look) -> Iterator[str]:
    row_before = False
    for part in document.parts:
        if row_before and part.kind != "row":
            yield "</table:table>"
        if part.kind == "heading":
            yield (
                f'<text:h text:style-name="Head" text:outline-level="1">{part.label}. '
                f"{escape(part.text)}</text:h>"
            )
        elif part.kind == "row":
            cells = "".join(
                f'<table:table-cell><text:p text:style-name="Cell">{escape(cell)}</text:p>'
                "</table:table-cell>"
                for cell in part.cells
            )
            opening = (
                "<table:table><table:table-column"
                f' table:number-columns-repeated="{len(part.cells)}"/>'
            )
            yield ("" if row_before else opening) + f"<table:table-row>{cells}</table:table-row>"
        else:
            style = "Item" if part.kind == "item" else "Body"
            gap = "<text:tab/>" if look.hang else " "
            dot = "." if part.kind == "paragraph" else ""
            yield (
                f'<text:p text:style-name="{style}">{part.label}{dot}{gap}{_marked(part, mark)}'
                "</text:p>"
            )
        row_before = part.kind == "row"
    if row_before:
        yield "</table:table>"


_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_ODT = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3"'
    ' office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:styles>"
    '<style:default-style style:family="paragraph"><style:text-properties'
    ' style:font-name="{font}" fo:font-family="\'{font}\'" fo:font-size="{size}pt"'
    ' fo:language="en" fo:country="GB" {hyphens}/></style:default-style>'
    '<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties'
    ' {properties} fo:margin-left="{hang}pt" fo:text-indent="-{hang}pt"><style:tab-stops>'
    '<style:tab-stop style:position="0pt"/></style:tab-stops></style:paragraph-properties>'
    "<style:text-properties {hyphens}/></style:style>"
    '<style:style style:name="Item" style:family="paragraph"><style:paragraph-properties'
    ' {properties} fo:margin-left="48pt" fo:text-indent="-18pt"/></style:style>'
    '<style:style style:name="Cell" style:family="paragraph"/>'
    '<style:style style:name="Head" style:family="paragraph"><style:paragraph-properties'
    ' fo:keep-with-next="always" fo:margin-top="10pt" fo:margin-bottom="6pt"/>'
    '<style:text-properties fo:font-weight="bold" fo:font-size="{head}pt"/></style:style>'
    '<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties'
    ' fo:margin-bottom="12pt"/><style:text-properties fo:font-weight="bold"'
    ' fo:font-size="16pt"/></style:style>'
    '<style:style style:name="Note" style:family="paragraph"><style:text-properties'
    ' fo:font-size="{note}pt"/></style:style>'
    '<style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties'
    ' fo:text-align="end"/><style:text-properties fo:font-size="9pt"/></style:style>'
    '<style:style style:name="FootLeft" style:family="paragraph"><style:text-properties'
    ' fo:font-size="9pt"/></style:style>'
    '<text:notes-configuration text:note-class="endnote" style:num-format="1"/>'
    "</office:styles><office:automatic-styles>"
    '<style:style style:name="Columns" style:family="section"><style:section-properties>'
    '<style:columns fo:column-count="{columns}" fo:column-gap="0.6cm"/>'
    "</style:section-properties></style:style>"
    '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}"'
    ' fo:page-height="{height}" fo:margin-top="{margin}" fo:margin-bottom="{margin}"'
    ' fo:margin-left="{margin}" fo:margin-right="{margin}"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="0.6cm"/>'
    "</style:header-style><style:footer-style><style:header-footer-properties"
    ' fo:min-height="0.6cm"/></style:footer-style></style:page-layout>'
    "</office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="L">{master}'
    "</style:master-page></office:master-styles><office:body><office:text>"
    '<text:p text:style-name="Title">{title}</text:p>{section}'
    "</office:text></office:body></office:document>"
)
