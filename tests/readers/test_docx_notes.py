"""Numbers of notes, marks in the text, and the notes themselves."""

from __future__ import annotations

import pytest

from indexer.model import Reading
from indexer.readers.docx import read
from tests.readers.wordfiles import cited, note, p, package, t

SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
)
FOUR = SEPARATORS + "".join(note(id_, f"Note with id {id_}.") for id_ in (1, 2, 3, 4))


def _read(body: str, parts: dict[str, str]) -> Reading:
    return read(package(body, parts), "x.docx", "", None)


def _marks(reading: Reading) -> list[tuple[str, tuple[tuple[int, str], ...]]]:
    return [(b.text, b.anchors) for b in reading.blocks if b.style != "footnote"]


def _notes(reading: Reading) -> list[tuple[str | None, str]]:
    return [(b.label, b.text) for b in reading.blocks if b.style == "footnote"]


def test_notes_are_numbered_as_they_are_cited_whatever_their_ids() -> None:
    body = p(t("Beaten") + cited(3) + t(" and held") + cited(1) + t(".")) + p(t("x") + cited(4))
    reading = _read(body, {"footnotes": FOUR})
    assert _marks(reading) == [
        ("Beaten and held.", ((6, "1"), (15, "2"))),
        ("x", ((1, "3"),)),
    ]
    assert _notes(reading) == [
        ("1", "Note with id 3."),
        ("2", "Note with id 1."),
        ("3", "Note with id 4."),
    ]
    assert reading.problems == ()


def test_a_note_that_only_a_deleted_text_cites_is_not_printed() -> None:
    body = p(f'<w:del w:id="9">{cited(1)}</w:del>' + t("x") + cited(2))
    reading = _read(body, {"footnotes": FOUR})
    assert _notes(reading) == [("1", "Note with id 2.")]


def test_a_note_of_several_paragraphs() -> None:
    parts = {"footnotes": note(2, "See the report.", "It lists 26 cases.")}
    reading = _read(p(t("x") + cited(2)), parts)
    assert _notes(reading) == [("1", "See the report."), (None, "It lists 26 cases.")]


def test_a_note_in_a_table_and_one_in_a_heading() -> None:
    row = f"<w:tr><w:tc>{p(t('a') + cited(1))}</w:tc><w:tc>{p(t('b') + cited(2))}</w:tc></w:tr>"
    body = p(t("Torture") + cited(3), '<w:outlineLvl w:val="0"/>') + f"<w:tbl>{row}</w:tbl>"
    assert _marks(_read(body, {"footnotes": FOUR})) == [
        ("Torture", ((7, "1"),)),
        ("a b", ((1, "2"), (3, "3"))),
    ]


def test_endnotes_have_small_roman_numbers() -> None:
    parts = {"endnotes": note(1, "An endnote.", kind="endnote")}
    reading = _read(p(t("x") + cited(1, "endnote")), parts)
    assert _notes(reading) == [("i", "An endnote.")]


def test_footnotes_and_endnotes_of_alike_numbers_are_kept_apart() -> None:
    body = p(t("a") + cited(1, "endnote") + t("b") + cited(1) + t("c") + cited(2))
    reading = _read(
        body,
        {
            "footnotes": FOUR,
            "endnotes": note(1, "An endnote.", kind="endnote"),
            "settings": '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>',
        },
    )
    assert _marks(reading) == [("abc", ((1, "1~2"), (2, "1"), (3, "2")))]
    assert _notes(reading) == [
        ("1", "Note with id 1."),
        ("2", "Note with id 2."),
        ("1~2", "An endnote."),
    ]


SECTION = "<w:sectPr><w:footnotePr>{}</w:footnotePr></w:sectPr>"


@pytest.mark.parametrize(
    ("rules", "labels", "code"),
    [
        ("", ["1", "2", "3"], None),
        ('<w:numFmt w:val="upperRoman"/>', ["I", "II", "III"], None),
        ('<w:numFmt w:val="chicago"/>', ["*", "†", "‡"], None),
        ('<w:numStart w:val="7"/>', ["7", "8", "9"], None),
        ('<w:numRestart w:val="eachSect"/>', ["1", "2", "1~2"], None),
        ('<w:numRestart w:val="eachPage"/>', ["1", "2", "3"], "note-numbers"),
        ('<w:numFmt w:val="hebrew1"/>', ["1", "2", "3"], "note-format"),
    ],
)
def test_rules_of_a_section(rules: str, labels: list[str], code: str | None) -> None:
    section = SECTION.format(rules)
    body = p(t("a") + cited(1) + t("b") + cited(2), section) + p(t("c") + cited(3)) + section
    reading = _read(body, {"footnotes": FOUR})
    assert [label for label, _ in _notes(reading)] == labels
    assert [problem.code for problem in reading.problems] == ([code] if code else [])


def test_a_section_goes_before_the_document() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="upperRoman"/></w:footnotePr>'
    body = p(t("a") + cited(1), "<w:sectPr/>") + p(t("b") + cited(2))
    section = SECTION.format('<w:numFmt w:val="lowerLetter"/>')
    reading = _read(body + section, {"footnotes": FOUR, "settings": settings})
    assert [label for label, _ in _notes(reading)] == ["I", "b"]


def test_marks_of_their_own_take_no_number() -> None:
    star = "<w:r><w:t>*</w:t></w:r>" + t(" With thanks.")
    footnotes = (
        f'<w:footnote w:id="1"><w:p>{star}</w:p></w:footnote>' + note(2, "Second.")
        + f'<w:footnote w:id="3"><w:p>{star}</w:p></w:footnote>'
    )  # fmt: skip
    body = p(t("a") + cited(1, mark="*") + t("b") + cited(2) + t("c") + cited(3, mark="*"))
    reading = _read(body, {"footnotes": footnotes})
    assert _marks(reading) == [("abc", ((1, "*"), (2, "1"), (3, "*~2")))]
    assert _notes(reading) == [
        ("*", "With thanks."),
        ("1", "Second."),
        ("*~2", "With thanks."),
    ]


def test_a_mark_of_its_own_in_the_next_run() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/></w:r>'
    reading = _read(p(t("a") + reference + t("†") + t(" b")), {"footnotes": FOUR})
    assert _marks(reading) == [("a b", ((1, "†"),))]


def test_text_behind_a_mark_that_is_missing_is_not_lost() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/></w:r>'
    reading = _read(p(t("a") + reference + t(" and he was held.")), {"footnotes": FOUR})
    assert _marks(reading) == [("a and he was held.", ((1, "*"),))]
    assert [problem.code for problem in reading.problems] == ["note-mark"]


def test_a_number_that_is_typed_in_the_note() -> None:
    footnotes = f'<w:footnote w:id="1"><w:p>{t("1 See the report.")}</w:p></w:footnote>'
    assert _notes(_read(p(t("a") + cited(1)), {"footnotes": footnotes})) == [
        ("1", "See the report.")
    ]


def test_a_note_that_is_missing_and_one_without_text() -> None:
    body = p(t("a") + cited(9) + t("b") + cited(2))
    reading = _read(body, {"footnotes": note(2, "<w:r/>")})
    assert _marks(reading) == [("ab", ((1, "1"), (2, "2")))]
    assert sorted(problem.code for problem in reading.problems) == ["note-empty", "note-missing"]


def test_a_note_that_cites_a_note() -> None:
    footnotes = note(1, t("First") + cited(2)) + note(2, "Second.")
    reading = _read(p(t("a") + cited(1)), {"footnotes": footnotes})
    assert _notes(reading) == [("1", "First"), ("2", "Second.")]


def test_marks_typed_as_raised_digits_stay_in_the_text() -> None:
    body = p(t("Beaten") + t("1", '<w:vertAlign w:val="superscript"/>') + t(" and held."))
    assert _marks(_read(body, {})) == [("Beaten¹ and held.", ())]
