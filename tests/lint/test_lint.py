"""Files with exactly one defect each, files with none, and the first submission."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.lint import Finding, Report, lint
from indexer.lint.length import words_of
from indexer.lint.printed import printed
from indexer.readers import read_source
from indexer.readers.docx import read as read_docx
from indexer.settings import packaged_corpus
from indexer.structure import build
from tests.readers.wordfiles import p, package, t

SEED = packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt"
#: What is told of every text file.
_OF_ALL_TEXT = {"page-numbers-untold", "format"}

CLEAN = """\
Prisons in Peru

Joint submission by: Red Door (RD) and Blue Door (BD)

for the 41st session of the UPR Working Group

Submission date: 31 March 2022

I. INTRODUCTION

1. We visited prisons for three years.[1]

2. They are full, as paragraph 1 above says.

II. PRISONS

3. In 2020 a law was passed, see note 1 above.

4. Section I above says how we work; see paragraph 12 of the report of the Committee.[2]

III. RECOMMENDATIONS

5. Build no more prisons.

Notes

[1] Red Door, Annual report, 2021, para. 77.

[2] The Committee's report, 2020.
"""


def _lint(tmp_path: Path, text: str, name: str = "prisons.txt") -> Report:
    (tmp_path / name).write_text(text)
    return lint(build(read_source(tmp_path / name)))


def _prose(words: int) -> str:
    """A paragraph of about so many words."""
    sentence = "The guards of the prison said that it is full of them. "
    return sentence * (words // 12)


def _beside_format(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code not in _OF_ALL_TEXT]


def test_a_clean_file_has_nothing_to_repair(tmp_path: Path) -> None:
    assert _beside_format(_lint(tmp_path, CLEAN)) == []


def _word(
    footer: str = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
) -> Report:
    body = CLEAN.partition("Notes")[0].replace("[1]", "").replace("[2]", "")
    body = body.replace(", see note 1 above", "")
    paragraphs = "".join(p(line) for line in body.splitlines() if line)
    data = package(paragraphs, {"footer": p(footer)})
    return lint(build(read_docx(data, "prisons.docx", "", None)))


def test_a_clean_word_document_has_no_findings_at_all() -> None:
    report = _word()
    assert report.findings == ()
    assert list(printed(report, "prisons.docx"))[-1] == "Nothing to repair."


def test_pages_without_numbers() -> None:
    report = _word(t("Red Door"))
    assert [(f.code, f.severity) for f in report.findings] == [("no-page-numbers", "error")]


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "line", "paragraph"),
    [
        pytest.param("5. Build", "7. Build", "number-gap", "error", 23, "7", id="gap"),
        pytest.param("5. Build", "Nobody counts.\n\n5. Build", "unnumbered", "warning", 23, "u1",
                     id="no number"),
        pytest.param("1. We", "3. We", "number-start", "warning", 11, "3", id="start"),
        pytest.param("paragraph 1 above", "paragraph 9 above", "paragraph-nowhere", "error", 13,
                     "2", id="a paragraph that is not there"),
        pytest.param("as paragraph 1 above says", "see paragraphs 3–9", "paragraph-nowhere",
                     "warning", 13, "2", id="a range that ends nowhere"),
        pytest.param("see note 1 above", "see note 8 above", "note-nowhere", "error", 17, "3",
                     id="a note that is not there"),
        pytest.param("Section I above", "Section IX above", "section-nowhere", "error", 19, "4",
                     id="a section that is not there"),
        pytest.param("2021, para. 77.", "2021. See para. 77 above.", "paragraph-nowhere", "error",
                     11, "1", id="a paragraph that a note points to"),
        pytest.param("[2] The Committee's report, 2020.", "", "note-missing", "error", 19, "4",
                     id="a mark without a note"),
        pytest.param("Committee.[2]", "Committee.", "note-uncited", "warning", 29, "5",
                     id="a note without a mark"),
        pytest.param("and Blue Door (BD)", "", "names-missing", "error", None, None,
                     id="joint names"),
        pytest.param("Prisons in Peru", "Prisons", "state-missing", "warning", None, None,
                     id="no State"),
        pytest.param("Prisons in Peru", "Prisons in Peru and Chile", "state-unclear", "warning",
                     1, None, id="two States"),
        pytest.param("for the 41st session of the UPR Working Group\n\n", "", "session-missing",
                     "info", None, None, id="no session"),
        pytest.param("Submission date: 31 March 2022\n\n", "", "date-missing", "info", None, None,
                     id="no date"),
    ],
)  # fmt: skip
def test_one_defect_is_one_finding_with_its_place(
    tmp_path: Path,
    old: str,
    new: str,
    code: str,
    severity: str,
    line: int | None,
    paragraph: str | None,
) -> None:
    assert CLEAN.count(old) == 1
    text = CLEAN.replace(old, new)
    if code == "number-start":  # the numbers after go on from there
        for before, after in (
            ("5. B", "7. B"),
            ("4. S", "6. S"),
            ("3. I", "5. I"),
            ("2. T", "4. T"),
        ):
            text = text.replace(before, after)
        text = text.replace("paragraph 1 above", "paragraph 3 above")
    found = _beside_format(_lint(tmp_path, text))
    assert [(f.code, f.severity, f.line, f.paragraph) for f in found] == [
        (code, severity, line, paragraph)
    ]
    assert found[0].cure


def test_repeats_and_restarts(tmp_path: Path) -> None:
    text = CLEAN.replace("5. Build", "4. Build")
    found = {f.code: f.paragraph for f in _beside_format(_lint(tmp_path, text))}
    assert found["number-repeat"] == "4~2"
    again = CLEAN.replace("5. Build no more prisons.", "1. Build.\n\n2. Close.")
    found = {f.code: f.severity for f in _beside_format(_lint(tmp_path, again))}
    assert found["number-restart"] == "error"


def test_notes_out_of_order_and_missing(tmp_path: Path) -> None:
    swapped = CLEAN.replace("years.[1]", "years.[2]").replace("Committee.[2]", "Committee.[1]")
    assert [(f.code, f.paragraph) for f in _beside_format(_lint(tmp_path, swapped))] == [
        ("note-order", "4")
    ]
    skipped = CLEAN.replace("[2]", "[4]")
    assert [f.code for f in _beside_format(_lint(tmp_path, skipped))] == ["note-gap"]


def test_a_bracketed_number_that_counts_no_notes_is_none(tmp_path: Path) -> None:
    text = CLEAN.replace("They are full", "They are “full[44] of children”")
    assert _beside_format(_lint(tmp_path, text)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Committee noted this in paragraph 77 of its report.",
        "See General Comment No. 34, para. 77.",
        "See A/HRC/28/10, paras. 77–79.",
        "Article 9, paragraph 77, of the Code.",
        "The judgment says so (para. 77).",
        "Smith v. Peru, § 77.",
        "Section 77 of the Criminal Code punishes this.",
        "The Special Rapporteur's report (see para. 77) says so.",
        "“Prisons are full and children are in them”, para. 77.",
    ],
)
def test_references_to_other_documents_are_no_findings(tmp_path: Path, sentence: str) -> None:
    text = CLEAN.replace("They are full", f"{sentence} They are full")
    assert _beside_format(_lint(tmp_path, text)) == []


def test_words_are_counted_as_word_processors_do(tmp_path: Path) -> None:
    assert words_of("Prisons – e.g. in Lima's north-west – are full.") == 9
    report = _lint(tmp_path, CLEAN)
    assert (report.words, report.words_of_notes, report.limit) == (50, 11, 5630)


@pytest.mark.parametrize(
    ("words", "joint", "annex", "code"),
    [
        (2700, False, 0, None),
        (2900, False, 0, "word-limit"),
        (2900, True, 0, None),
        (5700, True, 0, "word-limit"),
        (2700, False, 900, None),
    ],
)
def test_word_limits(tmp_path: Path, words: int, joint: bool, annex: int, code: str | None) -> None:
    text = CLEAN.replace("Build no more prisons.", _prose(words))
    if not joint:
        text = text.replace("Joint submission", "Submission").replace("and Blue Door (BD)", "")
    if annex:
        text = text.replace("\nNotes", f"\nANNEX\n\n6. {_prose(annex)}\n\nNotes")
    report = _lint(tmp_path, text)
    assert [f.code for f in _beside_format(report)] == ([code] if code else [])
    assert report.limit == (5630 if joint else 2815)
    assert report.words_of_annexes >= annex


def test_notes_that_would_pass_the_limit_are_a_remark(tmp_path: Path) -> None:
    text = CLEAN.replace("Build no more", f"{_prose(5550)} No more").replace(
        "report, 2020.", f"report, {_prose(60)} 2020."
    )
    found = _beside_format(_lint(tmp_path, text))
    assert [(f.code, f.severity) for f in found] == [("word-limit-with-notes", "info")]


def test_documents_that_nobody_submits_have_no_limit_and_no_form(tmp_path: Path) -> None:
    text = (
        "A/HRC/WG.6/41/PER/3\nDistr.: General\n\nSummary on Peru\n\nFor all.\n\n1. One.\n2. Two.\n"
    )
    report = _lint(tmp_path, text)
    assert (report.limit, report.findings) == (None, ())


def test_a_link_to_nowhere(tmp_path: Path) -> None:
    page = "<h1>Prisons in Peru</h1><p>Submitted by: Red Door (RD)</p><p>1. First.</p>"
    page += '<p>2. See <a href="#there">there</a>.</p>'
    found = [f for f in _lint(tmp_path, page, "a.html").findings if f.code == "dead-link"]
    assert [(f.severity, f.line, f.paragraph) for f in found] == [("error", None, "2")]


def test_an_unusual_language(tmp_path: Path) -> None:
    text = "Prisões no Peru\n\nSubmitted by: Red Door (RD)\n\n1. Os presos não foram ouvidos.\n"
    text += "2. A lei não foi aplicada na cidade, e os guardas do estado não são pagos.\n"
    assert "language" in {f.code for f in _lint(tmp_path, text).findings}


def test_the_first_submission() -> None:
    report = lint(build(read_source(SEED)))
    assert [(f.code, f.line, f.paragraph) for f in _beside_format(report)] == [
        ("hyphen-at-break", 82, "18")
    ]
    assert (report.limit, 5000 < report.words < 5630) == (5630, True)


def test_a_report_for_a_person(tmp_path: Path) -> None:
    text = CLEAN.replace("5. Build", "7. Build").replace("paragraph 1 above", "paragraph 9 above")
    lines = list(printed(_lint(tmp_path, text), "a\x1b[31m\nb.txt"))
    assert lines[0].startswith(r"a\x1b[31m\nb.txt: 50 words")
    assert [line for line in lines if line and line[0] != " "][1:-1] == [
        "Form", "Numbers", "References"
    ]  # fmt: skip
    assert "  line 13, paragraph 2: error paragraph-nowhere" in lines
    assert lines[-1] == "2 errors, 2 remarks."
