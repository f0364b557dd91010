"""One invented submission as the programs export it to HTML: Word, Google Docs, a web site."""

from __future__ import annotations

TITLE = "Joint submission: Republic of Moldova"
HEADINGS = ("I. Access to water", "II. Schools", "III. Recommendations")
NOTES = (
    "Well Watch, Survey of village wells, 2019, page 14.",
    "See Village Parents, The long road, 2020.",
)
#: A paragraph; ``{1}`` is where a note is cited.
PARAGRAPHS = (
    (
        "The wells of eleven villages were closed in 2018 without notice to those who use them.",
        "The district council said that the water was unsafe.{1} It showed no test to anyone.",
        "Families now walk four kilometres, and the walk is made by girls in most of the cases.",
        "Two complaints were filed with the ombudsman, who did not answer within the year.",
        "The State’s “water fund” was spent elsewhere – on a road that no village asked for.",
        "Courts refused standing to the villages, so that nobody could bring a claim at all.",
    ),
    (
        "Nine schools were merged into two, and the bus that was promised runs once a week.{2}",
        "Children with disabilities stay at home because the bus cannot take a wheelchair.",
        "Teachers who spoke to the press were moved to posts in another district within days.",
        "Parents’ committees were dissolved by an order that was not published anywhere.",
        "The ministry’s own figures show that one child in six left school before the age of 12.",
        "No money was set aside for the repair of the roofs, which fell in two of the schools.",
    ),
    (
        "Reopen the wells and publish every test of their water.",
        "Give villages standing before the courts in matters of water.",
        "Run the school bus on every school day, with room for wheelchairs.",
        "Restore the parents’ committees and the teachers who were moved.",
    ),
)


def numbered() -> list[tuple[str, list[tuple[int, str]]]]:
    """The sections, each with its numbered paragraphs."""
    count, found = 0, []
    for heading, paragraphs in zip(HEADINGS, PARAGRAPHS, strict=True):
        rows = []
        for text in paragraphs:
            count += 1
            rows.append((count, text))
        found.append((heading, rows))
    return found


def _with_marks(text: str, marks: tuple[str, str]) -> str:
    return text.replace("{1}", marks[0]).replace("{2}", marks[1])


def word() -> bytes:
    """As Word saves a web page, in windows-1252, with a tracked change and a comment."""
    marks = tuple(
        f'<a style=\'mso-footnote-id:ftn{n}\' href="#_ftn{n}" name="_ftnref{n}" title=""><span'
        " class=MsoFootnoteReference><span style='mso-special-character:footnote'>"
        f"<![if !supportFootnotes]><span class=MsoFootnoteReference>[{n}]</span><![endif]></span>"
        "</span></a>"
        for n in (1, 2)
    )
    body = [f"<p class=MsoTitle>{TITLE}<o:p></o:p></p>"]
    for heading, rows in numbered():
        body.append(f"<h1><span lang=EN-GB>{heading}<o:p></o:p></span></h1>")
        for number, said in rows:
            text = _with_marks(said, (marks[0], marks[1]))
            if number == 3:
                text = text.replace(
                    "four", "<del cite='mailto:A' datetime='2020'>five</del><ins cite='mailto:A'>"
                    "four</ins>"
                )  # fmt: skip
            if number == 4:
                text += (
                    "<span class=MsoCommentReference><![if !supportAnnotations]><a id=\"_anchor_1\""
                    " href=\"#_msocom_1\" name=\"_msoanchor_1\">[A1]</a><![endif]></span>"
                )  # fmt: skip
            body.append(
                "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
                "<![if !supportLists]><span lang=EN-GB><span style='mso-list:Ignore'>"
                f"{number}.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
                f"</span></span><![endif]><span lang=EN-GB>{text}<o:p></o:p></span></p>"
            )
    notes = "".join(
        f"<div style='mso-element:footnote' id=ftn{n}><p class=MsoFootnoteText>"
        f'<a style=\'mso-footnote-id:ftn{n}\' href="#_ftnref{n}" name="_ftn{n}" title="">'
        "<span class=MsoFootnoteReference><![if !supportFootnotes]>"
        f"<span class=MsoFootnoteReference>[{n}]</span><![endif]></span></a>"
        f"<span lang=EN-GB> {note}<o:p></o:p></span></p></div>"
        for n, note in enumerate(NOTES, 1)
    )
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv='
        'Content-Type content="text/html; charset=windows-1252"><style><!-- p.MsoNormal'
        " {margin:0cm;} @page {size:595pt} --></style><!--[if gte mso 9]><xml><o:a>1</o:a></xml>"
        "<![endif]--></head><body lang=EN-GB><div class=WordSection1>"
        + "\n".join(body)
        + "</div><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>"
        f"<hr align=left size=1 width=\"33%\"><![endif]>{notes}</div>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p"
        " class=MsoCommentText><a name=\"_msocom_1\" href=\"#_msoanchor_1\">[A1]</a>Check this."
        "</p></div></div></body></html>"
    )  # fmt: skip
    return page.encode("cp1252")


def google() -> bytes:
    """As Google Docs exports a web page: the numbers are in the style sheet alone."""
    name = "lst-kix_p7-0"
    counter = "lst-ctn-kix_p7-0"
    style = (
        f"ol.{name}.start{{counter-reset:{counter} 0}}ol.{name}{{list-style-type:none}}"
        f".{name}>li{{counter-increment:{counter}}}"
        f'.{name} > li:before{{content:"" counter({counter},decimal) ". "}}'
    )
    marks = tuple(f'<sup><a href="#ftnt{n}" id="ftnt_ref{n}">[{n}]</a></sup>' for n in (1, 2))
    body = [f'<p class="c1 title"><span class="c2">{TITLE}</span></p>']
    start = " start"
    for heading, rows in numbered():
        body.append(f'<h1 class="c3" id="h.{len(body)}"><span>{heading}</span></h1>')
        items = "".join(
            f'<li class="c4"><span>{_with_marks(text, (marks[0], marks[1]))}</span></li>'
            for _, text in rows
        )
        body.append(f'<ol class="c5 {name}{start}" start="{rows[0][0]}">{items}</ol>')
        start = ""
    notes = "".join(
        f'<div><p class="c6"><a href="#ftnt_ref{n}" id="ftnt{n}">[{n}]</a>'
        f'<span class="c7">&nbsp;{note}</span></p></div>'
        for n, note in enumerate(NOTES, 1)
    )
    comment = '<div class="c9"><p class="c6"><a href="#cmnt_ref1" id="cmnt1">[a]</a>Why?</p></div>'
    body[-1] += '<p class="c6"><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
    return (
        f'<html><head><meta content="text/html; charset=UTF-8"><style type="text/css">{style}'
        '</style></head><body class="c8 doc-content">'
        + "".join(body)
        + f'<hr class="c10">{notes}{comment}</body></html>'
    ).encode()


def site() -> bytes:
    """As an organisation's web site shows it, numbers in the first cell of a table's rows."""
    marks = tuple(f'<sup><a href="#n{n}" id="r{n}">{n}</a></sup>' for n in (1, 2))
    body = [f"<h1>{TITLE}</h1>"]
    for place, (heading, rows) in enumerate(numbered()):
        body.append(f"<h2>{heading}</h2>")
        said = [(n, _with_marks(text, (marks[0], marks[1]))) for n, text in rows]
        if place == 0:
            lines = (f"<tr><td><p>{n}.</p></td><td><p>{t}</p></td></tr>" for n, t in said)
            body.append(f"<table>{''.join(lines)}</table>")
        elif place == 1:
            body.append("<div>" + "<br><br>".join(f"{n}.&nbsp;{t}" for n, t in said) + "</div>")
        else:
            items = "".join(f"<li>{t}</li>" for _, t in said)
            body.append(f'<ol start="{said[0][0]}">{items}</ol>')
    notes = "".join(f'<p id="n{n}"><a href="#r{n}">{n}</a> {t}</p>' for n, t in enumerate(NOTES, 1))
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 400
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Submission | Well Watch'
        "</title><style>.popup { display: none }</style></head><body>"
        '<div class="cookie-banner"><p>We use cookies. <button>Accept</button></p></div>'
        '<header><a href="/">Well Watch</a><p>For water, for all of us</p></header>'
        '<nav><ol><li>Home</li><li>About us</li><li>Publications</li></ol></nav><main><article>'
        f"{''.join(body)}{notes}<div class=\"share-buttons\">Share this page with friends</div>"
        f'<p class="popup">Sign our petition</p><img alt="A well" src="{picture}"></article>'
        '<aside><h3>Related articles</h3><article><h4>1. A village without a well</h4></article>'
        '</aside><section id="comments"><h3>2 comments</h3><p>Anna: thank you!</p></section></main>'
        "<footer><p>Well Watch, 3 River Street, 2001 Chisinau</p></footer>"
        "<script>track()</script></body></html>"
    ).encode()  # fmt: skip


def plain() -> bytes:
    """Bare HTML, for the programs that make their own of it."""
    marks = tuple(f'<a href="#n{n}"><sup>{n}</sup></a>' for n in (1, 2))
    body = [f"<h1>{TITLE}</h1>"]
    for heading, rows in numbered():
        items = "".join(f"<li>{_with_marks(t, (marks[0], marks[1]))}</li>" for _, t in rows)
        body.append(f'<h2>{heading}</h2><ol start="{rows[0][0]}">{items}</ol>')
    return "".join(body).encode()


def markdown() -> bytes:
    """Markdown with notes, for pandoc."""
    body = [f"# {TITLE}\n"]
    for heading, rows in numbered():
        body.append(f"## {heading}\n")
        body += [f"{n}. {_with_marks(t, ('[^1]', '[^2]'))}\n" for n, t in rows]
    body += [f"[^{n}]: {note}\n" for n, note in enumerate(NOTES, 1)]
    return "\n".join(body).encode()
