"""Which lines open a paragraph, head a section, or run on?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Submission

Written = Callable[..., Submission]


def _texts(submission: Submission) -> dict[str, str]:
    return {p.number: p.text for p in submission.paragraphs}


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("1. ", "2. ", "3. "),
        ("1) ", "2) ", "3) "),
        ("(1) ", "(2) ", "(3) "),
        ("1 ", "2 ", "3 "),
        ("1 – ", "2 – ", "3 – "),
        ("1.\n", "2.\n", "3.\n"),
        ("1\n", "2\n", "3\n"),
        ("1.\t", "2.\t", "3.\t"),
        ("- **1.** ", "- **2.** ", "- **3.** "),
        ("- 1.** ", "- 2.** ", "- 3.** "),
        ("**1.** ", "**2**. ", "__3.__ "),
        ("• 1. ", "• 2. ", "• 3. "),
        ("¶1 ", "¶2 ", "¶3 "),
        ("1.", "2.", "3."),
        # Arabic, Persian and Hindi digits were none, and such a document had no paragraph.
        ("١. ", "٢. ", "٣. "),
        ("۱- ", "۲- ", "۳- "),
        ("(१) ", "(२) ", "(३) "),
    ],
)
def test_styles_of_numbers(written: Written, first: str, second: str, third: str) -> None:
    read = written(
        f"A report on Peru\n\n{first}The one ends here.\n{second}The two ends here.\n\n"
        f"{third}The three ends here.\n"
    )
    assert _texts(read) == {
        "1": "The one ends here.",
        "2": "The two ends here.",
        "3": "The three ends here.",
    }
    assert read.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "10 December 2014 was the day.",
        "28.03.2019 was the day.",
        "3.5 million people came.",
        "00-580 Warsaw is a postal code.",
        "044 272 11 22 is a telephone number.",
        "12(a) is an item of another law.",
        "1,413 cases were counted.",
    ],
)
def test_lines_that_open_with_a_number_and_are_no_paragraph(written: Written, line: str) -> None:
    read = written(f"A report on Peru\n\n1. The one ends\n{line}\n2. The two.\n3. The three.\n")
    assert [p.number for p in read.paragraphs] == ["1", "2", "3"]
    assert line in read.paragraphs[0].text


def test_lists_that_count_anew_inside_paragraphs(written: Written) -> None:
    read = written(
        "On Togo\n1. The State should:\n1. open the port;\n2. open the road.\n2. It should also:\n"
        "(a) answer;\n(b) ask.\n3. It should then:\n1. stop.\n2. rest.\n3. think.\n4. listen.\n"
        "4. The end.\n5. After the end.\n"
    )
    assert _texts(read) == {
        "1": "The State should:\n1. open the port;\n2. open the road.",
        "2": "It should also:\n(a) answer;\n(b) ask.",
        "3": "It should then:\n1. stop.\n2. rest.\n3. think.\n4. listen.",
        "4": "The end.",
        "5": "After the end.",
    }
    assert read.problems == ()


@pytest.mark.parametrize(
    "order",
    [
        "1 2 3 5 4 6 7",  # 4 was taken for text of 5
        "1 2 3 8 9 4 5 6 7 10",
        "1 2 4 3 5 6",
    ],
)
def test_paragraphs_that_are_printed_out_of_order(written: Written, order: str) -> None:
    numbers = order.split()
    listed = "".join(f"{n}. This one is number {n}.\n\n" for n in numbers)
    read = written(f"A report on Peru\n\n{listed}")
    assert _texts(read) == {n: f"This one is number {n}." for n in numbers}
    assert "number-restart" in {problem.code for problem in read.problems}
    assert any(p.number_in_doubt for p in read.paragraphs)


def test_a_list_with_a_number_that_is_missing_is_no_paragraph(written: Written) -> None:
    """Its other numbers are there already."""
    listed = "".join(f"{n}. This one is number {n}.\n\n" for n in (1, 2, 3, 4, 6, 7))
    items = "".join(f"{n}. An item of seven.\n\n" for n in (1, 2, 3, 4, 5))
    last = "".join(f"{n}. This one is number {n}.\n\n" for n in (8, 9, 10))
    texts = _texts(written(f"A report on Peru\n\n{listed}{items}{last}"))
    assert list(texts) == ["1", "2", "3", "4", "6", "7", "8", "9", "10"]
    assert texts["7"].count("An item of seven.") == 5


def test_page_numbers_and_a_break_after_a_full_stop(written: Written) -> None:
    read = written(
        "On Chad\n\n1. The school was closed in\n\n2\n\nMay. It has not opened.\n\n"
        "2. The roof fell in.\n\n3\n\nNobody came to see.\n\n3. It rains.\n"
    )
    assert _texts(read) == {
        "1": "The school was closed in May. It has not opened.",
        "2": "The roof fell in. Nobody came to see.",
        "3": "It rains.",
    }
    assert [p.number for p in read.paragraphs if p.doubtful] == ["2"]
    assert [p.code for p in read.problems] == ["break-after-sentence"]
    assert [r.text for r in read.remainder] == ["2", "3"]


@pytest.mark.parametrize(
    ("head", "label", "title"),
    [
        ("II. THE PRESS", "II", "THE PRESS"),
        ("II.PRESS", "II", "PRESS"),
        ("II - The press", "II", "The press"),
        ("II) The press", "II", "The press"),
        ("B. The press", "B", "The press"),
        ("Part II: The press", "II", "The press"),
        ("THE PRESS", "", "THE PRESS"),
        ("The press:", "", "The press"),
        ("The press", "", "The press"),
        ("**The press**", "", "The press"),
        ("**II. The press**", "II", "The press"),
        ("## The press", "", "The press"),
        ("## 2. The press", "2", "The press"),
        ("The press\n=========", "", "The press"),
    ],
)
def test_styles_of_headings(written: Written, head: str, label: str, title: str) -> None:
    read = written(
        f"A report on Peru\n\n1. The one ends here.\n\n{head}\n\n2. The two.\n3. The three.\n"
    )
    assert [(s.label, s.title, s.paragraphs) for s in read.sections] == [(label, title, ("2", "3"))]
    assert read.paragraphs[0].section is None


@pytest.mark.parametrize(
    "line",
    [
        "We recommend that the Government:",
        "I. Petrov was beaten by guards. He sued.",
        "The press was closed, and nobody was told why.",
    ],
)
def test_lines_that_are_no_heading(written: Written, line: str) -> None:
    read = written(f"A report on Peru\n\n1. The one ends here.\n\n{line}\n\n2. The two.\n")
    assert read.sections == ()
    assert any(line in p.text for p in read.paragraphs)


def test_a_heading_over_two_lines(written: Written) -> None:
    read = written("On Peru\n\nI. THE PRESS, THE LAW AND\nTHE STREET\n\n1. One.\n2. Two.\n")
    assert [s.title for s in read.sections] == ["THE PRESS, THE LAW AND THE STREET"]


def test_three_levels(written: Written) -> None:
    read = written(
        "On Peru\n\nI. LAND\n\nA. Forests\n\n1. Trees\n\n1. One tree.\n\n2. Leaves\n\n2. Two leaves"
        " fall.\n\nB. Rivers\n\n3. Three rivers.\n\nII. SEA\n\n4. Four ships.\n5. Five boats.\n"
    )
    assert [(s.id, s.parent, s.level, s.paragraphs) for s in read.sections] == [
        ("I", None, 1, ()),
        ("I.A", "I", 2, ()),
        ("I.A.1", "I.A", 3, ("1",)),
        ("I.A.2", "I.A", 3, ("2",)),
        ("I.B", "I", 2, ("3",)),
        ("II", None, 1, ("4", "5")),
    ]


def test_letters_that_look_like_roman_numbers(written: Written) -> None:
    heads = "\n\n".join(f"{c}. Title {c}\n\n{n}. Text {n}." for n, c in enumerate("ABCDE", 1))
    read = written(f"On Peru\n\n{heads}\n")
    assert [(s.id, s.level) for s in read.sections] == [(c, 1) for c in "ABCDE"]


def test_a_table_of_contents_is_front_matter(written: Written) -> None:
    read = written(
        "REPORT ON PERU\n\nContents\nI. LAND .... 1\nII. SEA .... 2\n\nI. LAND\n\n1. One.\n\n"
        "II. SEA\n\n2. Two.\n"
    )
    assert [(s.id, s.title) for s in read.sections] == [("I", "LAND"), ("II", "SEA")]


def test_a_document_without_numbers(written: Written) -> None:
    prose = "The river was dammed in spring, and nobody who lives in the valley was ever asked."
    read = written(f"Report on Georgia\n\nIntroduction\n\n{prose}\n\nWater\n\n{prose} Not once.\n")
    assert [(s.title, s.paragraphs) for s in read.sections] == [
        ("Introduction", ("u1",)),
        ("Water", ("u2",)),
    ]
    assert all(p.doubtful and p.number_in_doubt for p in read.paragraphs)
    assert "no-numbers" in [p.code for p in read.problems]


def test_superscripts_that_are_no_marks(written: Written) -> None:
    read = written("On Mali\n\n1. Land of 30 km² and 10⁶ trees.² It is dry.³\n\n² A note.\n")
    assert read.paragraphs[0].text == "Land of 30 km² and 10⁶ trees. It is dry.³"
    assert [m.number for m in read.paragraphs[0].footnotes] == ["2"]
    assert [p.code for p in read.problems] == ["note-missing"]


def test_notes_that_count_anew_on_each_page(written: Written) -> None:
    read = written("On Mali\n\n1. One.¹\n\n¹ First.\n\n2. Two.¹\n\n¹ Second.\n")
    assert [(n.number, n.text, n.paragraphs) for n in read.footnotes] == [
        ("1", "First.", ("1",)),
        ("1~2", "Second.", ("2",)),
    ]
    assert [m.number for m in read.paragraphs[1].footnotes] == ["1~2"]


def test_a_note_that_nobody_cites(written: Written) -> None:
    read = written("On Mali\n\n1. One.\n\n¹ See http://a.example/.\n\n2. Two.\n")
    assert read.footnotes[0].paragraphs == ()
    assert [p.code for p in read.problems] == ["note-uncited"]
