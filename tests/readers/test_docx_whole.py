"""Whole Word documents: what comes of them, and that nothing of their text is lost."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from indexer.model import Reading, Submission
from indexer.readers.docx import read
from indexer.reading import Reader
from indexer.settings import packaged_corpus
from tests.readers.wordfiles import cited, level, list_, model, note, p, package, style, t

SAMPLES = Path(__file__).parents[1] / "samples" / "office"


def _numbered(depth: int) -> str:
    """A style's list and level, as Word writes them: the first level goes without saying."""
    level_ = f'<w:ilvl w:val="{depth}"/>' if depth else ""
    return f'<w:pPr><w:numPr>{level_}<w:numId w:val="3"/></w:numPr></w:pPr>'


_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/>'
    "</w:style>"
    + style("berschrift1", "heading 1", _numbered(0), "Standard")
    + style("berschrift2", "heading 2", _numbered(1), "Standard")
    + style("Absatz", "UPR paragraph", _numbered(2), "Standard")
    + style("AbsatzEng", "UPR paragraph close", "<w:pPr><w:keepLines/></w:pPr>", "Absatz")
)


def _tied(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


_NUMBERING = (
    model(
        0,
        level(0, "%1.", "upperRoman", more=_tied("berschrift1")),
        level(1, "%2.", "upperLetter", more=_tied("berschrift2")),
        level(2, "%3.", more='<w:lvlRestart w:val="0"/>' + _tied("Absatz")),
        level(3, "(%4)", "lowerLetter"),
    )
    + model(1, level(0, "•", "bullet"))
    + list_(3, 0)
    + list_(4, 1)
)
_RSID = '<w:p w:rsidR="00A77427" w:rsidRDefault="007F1D13"><w:pPr>{}</w:pPr>{}</w:p>'


def _w(name: str, *runs: str) -> str:
    """A paragraph as Word writes it: cut into runs where somebody typed or a checker looked."""
    spelled = '<w:proofErr w:type="spellStart"/>'.join(runs)
    return _RSID.format(_tied(name), spelled)


def _at(depth: int, text: str, list_id: int = 3) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return _RSID.format(numbered, t(text))


_ROWS = "".join(
    f"<w:tr><w:tc>{p(left)}</w:tc><w:tc>{p(right)}</w:tc></w:tr>"
    for left, right in (("Year", "Cases"), ("2017", "1,413"), ("2018", "2026"))
)

_COLUMN = '<w:gridCol w:w="4000"/>'
_BY = 'w:author="A" w:date="2019-03-01T12:00:00Z"'


def word_like() -> bytes:
    """A submission with the structure that a German Word gives to one."""
    body = (
        p(t("Joint submission on the Republic of Velmara", "<w:b/>"))
        + p("Session 48 of the Working Group")
        + _w("berschrift1", t("Justice"))
        + _w("berschrift2", t("Torture and "), t("ill-treatment"))
        + _w("Absatz", t("Police officers "), t("beat Mr. Adeyi"), cited(5), t(" in Port Selin."))
        + _w(
            "AbsatzEng",
            t("The Ombudsman "),
            f'<w:del w:id="1" {_BY}><w:r><w:delText>never</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" {_BY}>' + t("twice ") + "</w:ins>",
            t("asked for:"),
        )
        + _at(3, "the names of the officers;")
        + _at(3, "the record of the interrogation.")
        + _w("berschrift2", t("Prisons"))
        + _w("Absatz", t("Deaths in custody are recorded as follows:"))
        + f"<w:tbl><w:tblPr/><w:tblGrid>{_COLUMN * 2}</w:tblGrid>{_ROWS}</w:tbl>"
        + _w("Absatz", t("Two prisons were closed."), cited(1, "endnote"))
        + _w("berschrift1", t("Recommendations"))
        + _w("Absatz", t("Ratify the Optional Protocol"), cited(2), t("."))
        + _at(0, "and publish its reports.", 4)
        + "<w:sectPr/>"
    )
    return package(
        body,
        {
            "styles": _STYLES,
            "numbering": _NUMBERING,
            "footnotes": note(2, "OPCAT, 2002.") + note(5, "Interview of 3 May 2018."),
            "endnotes": note(1, "Decree No. 16/2017.", kind="endnote"),
            "header": p("Joint submission"),
        },
    )


def _submission(path: Path) -> Submission:
    return Reader(packaged_corpus()).read(path)


def test_a_submission_as_word_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "velmara.docx"
    path.write_bytes(word_like())
    submission = _submission(path)
    assert submission.title == "Joint submission on the Republic of Velmara"
    assert [(s.id, s.title, s.paragraphs) for s in submission.sections] == [
        ("I", "Justice", ()),
        ("I.A", "Torture and ill-treatment", ("1", "2")),
        ("I.B", "Prisons", ("3", "4")),
        ("II", "Recommendations", ("5",)),
    ]
    assert {x.number: x.text for x in submission.paragraphs} == {
        "1": "Police officers beat Mr. Adeyi in Port Selin.",
        "2": "The Ombudsman twice asked for:\n(a) the names of the officers;\n"
        "(b) the record of the interrogation.",
        "3": "Deaths in custody are recorded as follows:\nYear Cases\n2017 1,413\n2018 2026",
        "4": "Two prisons were closed.",
        "5": "Ratify the Optional Protocol.\nand publish its reports.",
    }
    assert [(f.number, f.text, f.paragraphs) for f in submission.footnotes] == [
        ("1", "Interview of 3 May 2018.", ("1",)),
        ("2", "OPCAT, 2002.", ("5",)),
        ("i", "Decree No. 16/2017.", ("4",)),
    ]
    marks = {x.number: [(m.number, m.offset) for m in x.footnotes] for x in submission.paragraphs}
    assert marks == {"1": [("1", 30)], "2": [], "3": [], "4": [("i", 24)], "5": [("2", 28)]}
    assert [piece.text for piece in submission.remainder] == ["Joint submission"]
    assert not any(paragraph.doubtful for paragraph in submission.paragraphs)
    assert submission.problems == ()


@pytest.mark.parametrize("name", ["pandoc.docx", "libreoffice.docx"])
def test_a_submission_that_another_program_wrote(name: str) -> None:
    submission = _submission(SAMPLES / name)
    assert submission.title == "Joint submission on Velmara"
    assert [(s.id, s.title, s.paragraphs) for s in submission.sections] == [
        ("I", "Torture and ill-treatment", ("1", "2", "3")),
        ("II", "Freedom of the press", ("4", "5")),
        ("III", "Recommendations", ("6", "7")),
    ]
    assert [(f.number, f.paragraphs, f.urls) for f in submission.footnotes] == [
        ("1", ("1",), ("https://kordun.example/six-hours,2019",)),
        ("2", ("2",), ()),
        ("3", ("4",), ("https://press.example/a?b=%2f",)),
    ]
    assert [(x.number, x.text) for x in submission.paragraphs] == [
        (
            "1",
            "On 3 May 2018 police officers in Port Selin beat Mr.\u00a0Tomas Adeyi with batons for"
            " six hours. He was never charged.",
        ),
        (
            "2",
            "The Prosecutor’s Office registered 1,413 complaints in 2017; it opened nine cases:\n"
            "a. four against police officers of the capital;\nb. five against prison guards.",
        ),
        (
            "3",
            "Article 174 of the Criminal Code does not define torture. The Committee against"
            " Torture asked for a definition in 2014 and again in 2018.",
        ),
        ("4", "The Media Council closed “Northern Star” and two other papers."),
        (
            "5",
            "Ms.\u00a0Ilena Marku, its editor, was fined 170 000 crowns (see paragraph 3 above).",
        ),
        ("6", "Amend Article 174 of the Criminal Code."),
        ("7", "Repeal the decree on the press."),
    ]
    assert submission.problems == ()


# Nothing lost

DOCUMENTS = ["pandoc.docx", "libreoffice.docx", "word-like.docx"]


def _data(name: str) -> bytes:
    return word_like() if name == "word-like.docx" else (SAMPLES / name).read_bytes()


def _characters(text: str, digits: bool) -> Counter[str]:
    return Counter(c for c in text if not c.isspace() and (digits or not c.isdigit()))


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalpha, text.casefold()))


def _body(reading: Reading) -> str:
    """The text and the marks of notes in it, without the notes."""
    body = [block for block in reading.blocks if block.style != "footnote"]
    marks = [number for block in body for _, number in block.anchors]
    return " ".join([*(block.text for block in body), *marks])


@pytest.mark.needs("libreoffice")
def test_every_character_that_libreoffice_exports_is_in_the_blocks(tmp_path: Path) -> None:
    for name in DOCUMENTS:
        (tmp_path / name).write_bytes(_data(name))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path,
            *(tmp_path / name for name in DOCUMENTS),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in DOCUMENTS:
        exported = (tmp_path / name).with_suffix(".txt").read_text("utf-8-sig")
        # It prints bullets, which are ornaments here, and keeps a deletion.
        exported = exported.replace("•", "").replace("Ombudsman never", "Ombudsman ")
        # It starts each level of a list anew, whatever the list says.
        digits = name != "word-like.docx"
        ours = _body(read(_data(name), name, "", None))
        assert _characters(ours, digits) == _characters(exported, digits), name


@pytest.mark.needs("pandoc")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_letter_that_pandoc_extracts_is_in_the_blocks(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(_data(name))
    done = subprocess.run(
        ["pandoc", tmp_path / name, "-t", "plain", "--wrap=none"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    reading = read(_data(name), name, "", None)
    ours = _letters(" ".join(block.text for block in reading.blocks))
    theirs = _letters(done.stdout.decode())
    # Numbers that the list's levels or a style give are what pandoc does not count.
    missing, added = theirs - ours, ours - theirs
    assert missing == Counter()
    labels = [b.text.split()[0] for b in reading.blocks if b.style in ("heading", "list-item")]
    assert added <= _letters("".join(labels))
