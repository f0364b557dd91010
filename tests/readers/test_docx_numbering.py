"""The numbers that Word prints, and LibreOffice as the judge of them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.docx import read
from indexer.readers.docx.numerals import KNOWN, UNNUMBERED, numeral
from tests.readers.wordfiles import item, level, list_, model, p, package, restart, style, t


class Case(NamedTuple):
    """A document, and its lines as printed."""

    body: str
    numbering: str
    printed: list[str]
    styles: str = ""
    judged: bool = True
    """Whether LibreOffice prints it as Word does."""

    def made(self) -> bytes:
        """The document."""
        return package(self.body, {"numbering": self.numbering, "styles": self.styles})


DECIMAL = model(1, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3"))
LETTERS = model(1, level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman"))
# Headings and paragraphs in one model, tied to styles as Word's multilevel lists are.
TIED = (
    style("Normal", "Normal")
    + style("Titre1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    + style(
        "Para",
        "Numbered para",
        '<w:pPr><w:numPr><w:ilvl w:val="5"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        "Normal",
    )
    + style("ParaKeep", "Numbered para keep", "<w:pPr><w:keepNext/></w:pPr>", "Para")
    + style("Bare", "No number", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', "Para")
)
TIED_MODEL = model(
    7,
    level(0, "%1.", "upperRoman", more='<w:pStyle w:val="Titre1"/>'),
    level(1, "%2.", more='<w:lvlRestart w:val="0"/><w:pStyle w:val="Para"/>'),
    level(2, "(%3)", "lowerLetter"),
)


def _styled(name: str, text: str) -> str:
    return p(text, f'<w:pStyle w:val="{name}"/>')


CASES = {
    "one level": Case(
        item("The police beat him.") + item("He was not charged."),
        DECIMAL + list_(1, 1),
        ["1. The police beat him.", "2. He was not charged."],
    ),
    "levels below start anew": Case(
        item("a") + item("b", level=1) + item("c", level=1) + item("d") + item("e", level=1)
        + item("f", level=2),
        DECIMAL + list_(1, 1),
        ["1. a", "1.1. b", "1.2. c", "2. d", "2.1. e", "2.1.1 f"],
    ),
    "two lists of one model count on": Case(
        item("a") + item("b", 2) + p("between") + item("c", 1),
        DECIMAL + list_(1, 1) + list_(2, 1),
        ["1. a", "2. b", "between", "3. c"],
    ),
    "a list that starts anew does so once": Case(
        item("a") + item("b") + item("c", 2) + item("d", 2),
        DECIMAL + list_(1, 1) + list_(2, 1, restart(0)),
        ["1. a", "2. b", "1. c", "2. d"],
    ),
    "a list that starts elsewhere": Case(
        item("a", 2) + item("b", 2),
        DECIMAL + list_(2, 1, restart(0, 17)),
        ["17. a", "18. b"],
    ),
    "lists of two models count apart": Case(
        item("a") + item("x", 2) + item("b") + item("y", 2),
        DECIMAL + LETTERS.replace('Id="1"', 'Id="2"') + list_(1, 1) + list_(2, 2),
        ["1. a", "1. x", "2. b", "2. y"],
    ),
    "letters and Roman numbers": Case(
        item("a") + item("b", level=1) + item("c", level=2) + item("d", level=2)
        + item("e", level=1) + item("f"),
        LETTERS + list_(1, 1),
        ["1. a", "(a) b", "(i) c", "(ii) d", "(b) e", "2. f"],
    ),
    "a level that never starts anew": Case(
        _styled("Titre1", "Torture") + _styled("Para", "a") + _styled("ParaKeep", "b")
        + _styled("Titre1", "Prisons") + _styled("Para", "c"),
        TIED_MODEL + list_(1, 7),
        ["I. Torture", "1. a", "2. b", "II. Prisons", "3. c"],
        TIED,
        judged=False,  # it starts every level anew
    ),
    "a level that starts anew with one far above only": Case(
        item("a") + item("b", level=1) + item("c", level=2) + item("d", level=1)
        + item("e", level=2) + item("f") + item("g", level=1) + item("h", level=2),
        model(
            1, level(0, "%1."), level(1, "%1.%2"),
            level(2, "(%3)", more='<w:lvlRestart w:val="1"/>'),
        )
        + list_(1, 1),
        ["1. a", "1.1 b", "(1) c", "1.2 d", "(2) e", "2. f", "2.1 g", "(1) h"],
        judged=False,  # it starts every level anew
    ),
    "a number taken away": Case(
        _styled("Para", "a") + _styled("Bare", "b") + item("c", 0, style="Para")
        + _styled("Para", "d"),
        TIED_MODEL + list_(1, 7),
        ["1. a", "b", "c", "2. d"],
        TIED,
    ),
    "another level by the paragraph": Case(
        _styled("Para", "a")
        + p("b", '<w:pStyle w:val="Para"/><w:numPr><w:ilvl w:val="2"/></w:numPr>')
        + _styled("Para", "c"),
        TIED_MODEL + list_(1, 7),
        ["1. a", "(a) b", "2. c"],
        TIED,
        judged=False,  # it starts every level anew
    ),
    "levels that a numbering style holds": Case(
        item("a") + item("b"),
        model(1, more='<w:numStyleLink w:val="Recs"/>')
        + model(2, level(0, "R%1:"), more='<w:styleLink w:val="Recs"/>')
        + list_(1, 1)
        + list_(2, 2),
        ["R1: a", "R2: b"],
        style(
            "Recs",
            "Recs",
            '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>',
            kind="numbering",
        ),
    ),
    "plain digits in a number of Roman ones": Case(
        item("a") + item("b", level=1),
        model(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
        + list_(1, 1),
        ["I. a", "1.1 b"],
        judged=False,  # it does not know plain digits
    ),
    "a level formatted by the list": Case(
        item("a", 2) + item("b", 2),
        DECIMAL
        + list_(
            2, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)", "upperLetter")}</w:lvlOverride>'
        ),
        ["(A) a", "(B) b"],
    ),
    "bullets and nothing": Case(
        item("a") + item("b", level=1) + item("c"),
        model(1, level(0, "•", "bullet"), level(1, "", "none")) + list_(1, 1),
        ["a", "b", "c"],
        judged=False,  # it prints the bullet
    ),
    "a bulleted level inside a number": Case(
        item("a") + item("b", level=2) + item("c", level=2),
        model(1, level(0, "%1."), level(1, "-", "bullet"), level(2, "%1.%2%3.")) + list_(1, 1),
        ["1. a", "1.1. b", "1.2. c"],
        judged=False,
    ),
    "an empty paragraph has its number": Case(
        item("a") + item("") + item("c"),
        DECIMAL + list_(1, 1),
        ["1. a", "2.", "3. c"],
    ),
    "numbers in tables": Case(
        item("a")
        + f"<w:tbl><w:tr><w:tc>{item('')}</w:tc><w:tc>{p('Torture is a crime.')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{item('')}</w:tc><w:tc>{p('So is this.')}</w:tc></w:tr></w:tbl>"
        + item("d"),
        DECIMAL + list_(1, 1),
        ["1. a", "2. Torture is a crime.", "3. So is this.", "4. d"],
        judged=False,  # it gives each cell a line
    ),
    "no such list, no such level": Case(
        item("a", 9) + item("b", level=7) + item("c", level=12) + item("d"),
        DECIMAL + list_(1, 1),
        ["a", "b", "c", "1. d"],
        judged=False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_numbers_as_word_prints_them(name: str) -> None:
    case = CASES[name]
    reading = read(case.made(), "x.docx", "", None)
    assert [block.text for block in reading.blocks] == case.printed
    assert reading.problems == ()


@pytest.mark.needs("libreoffice")
def test_numbers_as_libreoffice_prints_them(tmp_path: Path) -> None:
    judged = {name: case for name, case in CASES.items() if case.judged}
    for place, case in enumerate(judged.values()):
        (tmp_path / f"{place}.docx").write_bytes(case.made())
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path),
            *(str(tmp_path / f"{place}.docx") for place in range(len(judged))),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    printed = {
        name: [
            " ".join(line.split())
            for line in (tmp_path / f"{place}.txt").read_text("utf-8-sig").splitlines()
        ]
        for place, name in enumerate(judged)
    }
    assert printed == {name: case.printed for name, case in judged.items()}


FORMATS = [
    ("decimal", 12, "12"),
    ("decimalZero", 7, "07"),
    ("decimalZero", 112, "112"),
    ("lowerLetter", 26, "z"),
    ("lowerLetter", 27, "aa"),
    ("upperLetter", 54, "BBB"),
    ("lowerRoman", 48, "xlviii"),
    ("upperRoman", 1994, "MCMXCIV"),
    ("ordinal", 1, "1st"),
    ("ordinal", 112, "112th"),
    ("ordinal", 22, "22nd"),
    ("russianLower", 10, "к"),
    ("russianUpper", 29, "Я"),
    ("chicago", 6, "††"),
    ("numberInDash", 3, "- 3 -"),
    ("decimalFullWidth", 10, "１０"),
    ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalEnclosedCircle", 21, "21"),
    ("lowerRoman", 0, "0"),
]


@pytest.mark.parametrize(("kind", "number", "written"), FORMATS)
def test_formats(kind: str, number: int, written: str) -> None:
    assert numeral(number, kind) == written


def test_a_custom_format_keeps_its_width() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="§ %1"/></w:lvl>'
    )
    made = package(item("a") + item("b"), {"numbering": model(1, custom) + list_(1, 1)})
    assert [b.text for b in read(made, "x", "", None).blocks] == ["§ 009 a", "§ 010 b"]


def test_a_format_that_is_not_known_is_told() -> None:
    numbering = model(1, level(0, "%1.", "hebrew1")) + list_(1, 1)
    reading = read(package(p("x") + item("a"), {"numbering": numbering}), "x", "", None)
    assert reading.blocks[1].text == "1. a"
    assert [(p.code, p.line) for p in reading.problems] == [("number-format", 3)]
    assert "hebrew1" in reading.problems[0].message


def test_a_number_under_one_that_was_never_counted_is_told() -> None:
    body = item("a", level=1) + item("b") + item("c", level=1)
    reading = read(package(body, {"numbering": DECIMAL + list_(1, 1)}), "x", "", None)
    assert reading.blocks[0].text == "1.1. a"
    assert [(p.code, p.line) for p in reading.problems] == [("number-format", 1)]


@pytest.mark.parametrize("instruction", ["AUTONUM", " LISTNUM LegalDefault ", "autonumlgl"])
def test_numbers_that_fields_count_are_told_to_be_missing(instruction: str) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    reading = read(package(p(field + t("The police beat him."))), "x", "", None)
    assert reading.blocks[0].text == "The police beat him."
    assert [problem.code for problem in reading.problems] == ["field-number"]


@given(
    st.integers(-(2**31), 2**31), st.sampled_from(sorted(KNOWN | UNNUMBERED)), st.text(max_size=9)
)
def test_any_number_is_written_shortly(number: int, kind: str, pattern: str) -> None:
    assert 0 < len(numeral(number, kind, pattern)) <= 50


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=40))
def test_any_order_of_levels_counts_without_gaps(items: list[tuple[int, int]]) -> None:
    """Within one list, a level's number is one more than the last since a higher level came."""
    body = "".join(item("x", list_=1, level=depth) for depth, _ in items)
    blocks = read(package(body, {"numbering": DECIMAL + list_(1, 1)}), "x", "", None).blocks
    last: dict[int, int] = {}
    for (depth, _), block in zip(items, blocks, strict=True):
        number = int(block.text.partition(" ")[0].rstrip(".").rpartition(".")[2])
        assert number == last.get(depth, 0) + 1
        last = {**{d: n for d, n in last.items() if d < depth}, depth: number}
        for above in range(depth):
            last.setdefault(above, 1)
