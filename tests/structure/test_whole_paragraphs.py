"""Is a paragraph whole, and only it? Wordings that once cut, moved or renumbered one in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Submission
from indexer.readers import html

Written = Callable[..., Submission]

_AROUND = "Submission on Peru\n\nI. DETENTION\n\n{}\n\n{}\n"


def _texts(read: Submission) -> dict[str, str]:
    return {p.number: p.text for p in read.paragraphs}


@pytest.mark.parametrize(
    ("wording", "after"),
    [
        ("(b) Publish the report of 2017.", "The Government has not replied."),
        ("(c) Publish the report of 2018;\n\n(d) Read it.", "Two lawyers asked again."),
    ],
)
@pytest.mark.parametrize("next_line", ["2. Nothing followed.", "II. PRISONS\n\n2. It is full."])
def test_text_after_a_list_is_of_its_paragraph_and_told(
    written: Written, wording: str, after: str, next_line: str
) -> None:
    body = f"1. The State should:\n\n(a) Ratify the Protocol;\n\n{wording}\n\n{after}"
    read = written(_AROUND.format(body, next_line))
    assert _texts(read)["1"].endswith(f"{wording}\n\n{after}".replace("\n\n", "\n"))
    assert [p.number for p in read.paragraphs if p.doubtful] == ["1"]
    assert "text-after-list" in {p.code for p in read.problems}


def test_what_has_no_number_leaves_the_paragraph_before_in_doubt(written: Written) -> None:
    """1. The court was closed. / Nobody was told why."""
    read = written(_AROUND.format("1. The court was closed.\n\nNobody was told why.", "2. It is."))
    assert [(p.number, p.doubtful) for p in read.paragraphs] == [
        ("1", True), ("u1", True), ("2", False),
    ]  # fmt: skip
    assert [p.message for p in read.problems] == [
        "Line 7 is text without a number: it may be more of paragraph 1"
    ]


def test_an_editorial_note_in_brackets_leaves_no_doubt(written: Written) -> None:
    """[Adopted on 20 April 2017]"""
    read = written(_AROUND.format("1. One.", "2. Two.\n\n[Adopted on 20 April 2017]"))
    assert [p.number for p in read.paragraphs if p.doubtful] == ["u1"]


@pytest.mark.parametrize(
    "inside",
    [
        "“1. Everyone has the right to liberty.\n\n2. No one shall be detained at will.”",
        "(1) Ratify it;\n\n(2) Publish it;\n\n(3) Translate it.",
    ],
)
def test_articles_and_items_between_1_5_and_2_1_are_no_paragraphs(
    written: Written, inside: str
) -> None:
    body = "\n\n".join(f"1.{n} The author was held for {n} days." for n in range(1, 6))
    rest = "\n\n".join(f"2.{n} The State did not reply to letter {n}." for n in range(1, 4))
    last = "3.1 The author was freed.\n\n3.2 She has left."
    read = written(_AROUND.format(f"{body} It reads:\n\n{inside}", f"{rest}\n\n{last}"))
    assert list(_texts(read)) == "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 3.1 3.2".split()
    assert _texts(read)["1.5"].endswith(inside.replace("\n\n", "\n"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It recalls its Views in communication No.", "2304/2013. Nothing was done."),
        ("The police arrested the lawyer, Ms.", "Varga was held for nine days."),
        ("This was found earlier (see paras.", "4 and 5 of the report)."),
    ],
)
def test_no_sentence_ends_after_an_abbreviation(written: Written, before: str, after: str) -> None:
    read = written(_AROUND.format(f"1. {before}\n\n{after}", "2. It is full."))
    assert _texts(read) == {"1": f"{before} {after}", "2": "It is full."}
    assert read.problems == ()


@pytest.mark.parametrize("indent", ["    ", "  ", "\t"])
def test_a_markdown_note_of_two_paragraphs(written: Written, indent: str) -> None:
    """[^1]: Reply of the Ministry. / It is on file with the authors."""
    text = _AROUND.format("1. It was closed.[^1]", "2. It is open.") + (
        f"\n[^1]: Reply of the Ministry.\n\n{indent}It is on file with the authors.\n"
        f"\n{indent}Its date is unknown.\n\n[^2]: A second.\n"
    )
    read = written(text, "written.md")
    assert _texts(read) == {"1": "It was closed.", "2": "It is open."}
    assert [(n.number, n.text) for n in read.footnotes] == [
        ("1", "Reply of the Ministry. It is on file with the authors. Its date is unknown."),
        ("2", "A second."),
    ]


def test_decimals_are_no_marks_where_markdown_has_its_own(written: Written) -> None:
    """99.8 per cent, with a note [^8]"""
    notes = "".join(f"\n[^{n}]: Note {n}.\n" for n in (5, 8))
    read = written(
        _AROUND.format("1. A sentence of 4.5 years.[^5]", "2. That 99.8 per cent pay.[^8]") + notes,
        "written.md",
    )
    assert _texts(read) == {"1": "A sentence of 4.5 years.", "2": "That 99.8 per cent pay."}
    assert [[m.number for m in p.footnotes] for p in read.paragraphs] == [["5"], ["8"]]


_ROWS = ("Year Complaints Convictions", "2016 1,413 12", "Total 2,915 21")


def test_a_table_is_a_block_without_a_number(written: Written) -> None:
    """Year | Complaints | Convictions"""
    rows = "\n".join(f"| {' | '.join(row.split())} |" for row in _ROWS)
    read = written(_AROUND.format(f"1. It was counted.\n\n{rows}", "2. Few."), "written.md")
    assert _texts(read) == {"1": "It was counted.", "u1": rows, "2": "Few."}
    assert [p.number for p in read.paragraphs if p.doubtful] == ["u1"]
    announced = written(_AROUND.format(f"1. It was counted:\n\n{rows}", "2. Few."), "written.md")
    assert _texts(announced) == {"1": f"It was counted:\n{rows}", "2": "Few."}
    assert announced.problems == ()
    cells = "".join(
        "<tr>" + "".join(f"<td><p><b>{cell}</b></p></td>" for cell in row.split()) + "</tr>"
        for row in _ROWS
    )
    page = f"<h1>Peru</h1><h2>I. Courts</h2><p>1. It was counted.</p><table>{cells}</table>"
    marked = html.read(f"{page}<p>2. Few.</p>".encode(), "a.html", "", "utf-8")
    assert [(b.text, b.style) for b in marked.blocks[3:6]] == [(r, "table-row") for r in _ROWS]


def test_a_row_with_figures_is_no_heading(written: Written) -> None:
    """Total 2,915 21"""
    read = written(_AROUND.format("1. It was counted:", "\n".join(_ROWS) + "\n\n2. Few."))
    assert [s.title for s in read.sections] == ["DETENTION"]


@pytest.mark.parametrize("label", ["III", "VII", "XIII"])
def test_a_bold_heading_with_a_long_roman_number(written: Written, label: str) -> None:
    """**III. Violence against women**: neither a sentence nor text of what stands before"""
    read = written(f"**II. A**\n\n1. One.\n\n**{label}. Violence against women**\n\n2. Two.\n")
    assert _texts(read) == {"1": "One.", "2": "Two."}
    assert read.sections[-1].title == "Violence against women"


def test_initials_after_a_form_of_address_end_no_sentence(written: Written) -> None:
    """However, Mr. J. / R. Kovač stated"""
    read = written(_AROUND.format("1. However, Mr. J.\nR. Kovač spoke.", "2. He left."))
    assert _texts(read) == {"1": "However, Mr. J. R. Kovač spoke.", "2": "He left."}


def test_notes_whose_numbers_a_copy_glued_to_their_text(written: Written) -> None:
    """1Act No. 89 of 2011 / 2Ibid., p. 38., their marks ``Covenant.1`` and ``capital. 2 It``"""
    body = "1. It broke the Covenant.1\n\n2. It is far from the capital. 2 It is cold.\n"
    read = written(_AROUND.format(f"{body}\n1Act No. 89 of 2011.\n2Ibid., p. 38.", "3. It is."))
    assert _texts(read) == {
        "1": "It broke the Covenant.",
        "2": "It is far from the capital. It is cold.",
        "3": "It is.",
    }
    assert [(n.text, n.paragraphs) for n in read.footnotes] == [
        ("Act No. 89 of 2011.", ("1",)),
        ("Ibid., p. 38.", ("2",)),
    ]
    assert [p.number for p in read.paragraphs if p.doubtful] == ["2"]


def test_marks_whose_notes_are_gone_are_told(written: Written) -> None:
    """Covenant.1 … capital.2, and no notes"""
    read = written(_AROUND.format("1. It broke the Covenant.1", "2. In the capital.2 It is."))
    assert [p.doubtful for p in read.paragraphs] == [True, True]
    assert [p.code for p in read.problems] == ["note-mark", "note-mark"]


def test_an_html_note_of_two_paragraphs() -> None:
    """<div id="sdfootnote1"><p>1 See …</p><p>It was amended.</p></div>"""
    page = (
        '<p>1. One.<a href="#n1" name="a1"><sup>1</sup></a></p><div id="d">'
        '<p><a name="n1" href="#a1">1</a> The Act.</p><p>It was amended.</p></div><p>2. Two.</p>'
    )
    read = html.read(page.encode(), "a.html", "", "utf-8")
    assert [(b.text, b.style) for b in read.blocks][1:] == [
        ("The Act.", "footnote"), ("It was amended.", "footnote"), ("2. Two.", None),
    ]  # fmt: skip


def test_items_that_a_broken_line_announces(written: Written) -> None:
    """… despite repeated requests. / The State should: / (1) Ratify it; / (2) Publish it."""
    items = "(1) Ratify it;\n(2) Publish it;\n(3) Translate it."
    announced = "1. The court was closed for nine days despite repeated requests by counsel, so\n"
    read = written(_AROUND.format(f"{announced}The State should:\n{items}", "2. It is.\n\n3. So."))
    assert list(_texts(read)) == ["1", "2", "3"]
    assert _texts(read)["1"].endswith(f"The State should:\n{items}")


def test_quotation_marks_that_markdown_escapes(written: Written) -> None:
    r"""> \"1. Everyone has the right to liberty. / > 2. No one shall be detained.\""""
    quoted = '> \\"1\\. Everyone has the right to liberty.\n>\n> 2\\. No one is detained.\\"'
    read = written(_AROUND.format(f"1. It reads:\n\n{quoted}", "2. It is.\n\n3. So."), "w.md")
    assert list(_texts(read)) == ["1", "2", "3"]
    assert "No one is detained." in _texts(read)["1"]
