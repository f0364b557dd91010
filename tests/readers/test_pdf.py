"""Words with places become blocks: pages written by hand, one difficulty each."""

from __future__ import annotations

import pytest

from indexer.errors import SourceError
from indexer.model import Reading, Submission
from indexer.readers.pdf import document, read
from indexer.structure import build
from tests.readers.pdffiles import Set, pdf, prose

_C = "Courier"
_BODY = (
    "The prison in Tarvos holds three times as many people as it was built for, and nobody has"
    " counted those who sleep in its corridors since the spring of last year."
)


def _read(data: bytes) -> Reading:
    return read(data, "x.pdf", "0" * 64, None)


def _built(data: bytes) -> Submission:
    return build(_read(data))


def _texts(reading: Reading, style: str | None) -> list[str]:
    return [block.text for block in reading.blocks if block.style == style]


def test_a_paragraph_goes_on_over_a_page_its_number_and_notes() -> None:
    first = [
        Set("A/HRC/WG.6/61/NVN/3", 440, 800, 9),
        *prose(f"1. {_BODY}", 72, 700),
        Set(
            "2. In the same winter the court of Port Selin heard two hundred cases", 72, 640, 10, _C
        ),
        Set("1", 486, 644, 6, _C),
        Set("in which none of those accused had", 72, 628, 10, _C),
        Set("1 Court register, p. 4. Not every", 72, 80, 8),
        Set("2", 72, 40, 9),
    ]
    second = [
        Set("A/HRC/WG.6/61/NVN/3", 72, 800, 9),
        Set("a lawyer or an interpreter.", 72, 760, 10, _C),
        *prose(f"3. {_BODY}", 72, 730),
        Set("case was entered.", 72, 80, 8),
        Set("3", 520, 40, 9),
    ]
    rule = "72 95 m 216 95 l 0.5 w S\n"
    made = _built(pdf([first, second], [rule, rule]))
    assert [p.number for p in made.paragraphs] == ["1", "2", "3"]
    assert made.paragraphs[1].text == (
        "In the same winter the court of Port Selin heard two hundred cases in which none of those"
        " accused had a lawyer or an interpreter."
    )
    assert [p.page for p in made.paragraphs] == [1, 1, 2]
    assert [mark.number for mark in made.paragraphs[1].footnotes] == ["1"]
    assert [note.text for note in made.footnotes] == [
        "Court register, p. 4. Not every case was entered."
    ]
    assert [piece.text for piece in made.remainder] == [
        "A/HRC/WG.6/61/NVN/3\n\n2\n\nA/HRC/WG.6/61/NVN/3\n\n3"
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = prose(f"1. {_BODY} {_BODY}", 50, 700, 42, 10)
    right = prose(f"2. {_BODY} {_BODY}", 320, 700, 42, 10)
    made = _built(pdf([[*left, *right]]))
    assert [p.text for p in made.paragraphs] == [f"{_BODY} {_BODY}"] * 2


def test_rows_of_a_table_stay_rows() -> None:
    cells = [
        Set(text, x, y)
        for y, row in ((640, "Tarvos 2017 48"), (620, "Velmara 2018 51"), (600, "Kordun 2018 7"))
        for x, text in zip((72, 200, 330), row.split(), strict=True)
    ]
    reading = _read(pdf([[*prose(f"1. {_BODY}", 72, 700), *cells]]))
    assert [b.text for b in reading.blocks[1:]] == [
        "Tarvos 2017 48",
        "Velmara 2018 51",
        "Kordun 2018 7",
    ]


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "text", "doubtful"),
    [
        ("the demon-", "stration was", "The demonstration began.", "the demonstration was", False),
        ("a well-", "founded fear", "It is well-founded.", "a well-founded fear", False),
        ("an over-", "crowded cell", "Nobody counted.", "an over-crowded cell", True),
        ("from Al-", "Farabi Street", "Nobody counted.", "from Al-Farabi Street", False),
        ("the years 2018-", "2019 saw", "Nobody counted.", "the years 2018-2019 saw", False),
        ("in pre-", "and post-trial cells", "No.", "in pre- and post-trial cells", False),
        ("at https://a.org/x-", "y/z.html for", "No.", "at https://a.org/x-y/z.html for", False),
    ],
)  # fmt: skip
def test_what_a_line_end_breaks(
    before: str, after: str, elsewhere: str, text: str, doubtful: bool
) -> None:
    filled = "It is said that on the way to the court people who had done nothing saw"
    lines = [
        Set(f"1. {filled} {before}", 72, 700),
        Set(f"{after} there, and that the guard on duty did not write it down at all", 72, 686),
        Set("although she had to.", 72, 672),
        Set(f"2. {elsewhere}", 72, 640),
    ]
    made = _built(pdf([lines]))
    assert made.paragraphs[0].text.startswith(f"{filled} {text} there,")
    assert made.paragraphs[0].doubtful is doubtful
    assert ("hyphen-at-break" in {p.code for p in made.problems}) is doubtful


def test_a_quoted_article_in_smaller_type_is_no_list_of_notes() -> None:
    """Article 12 / 1. Everyone … / 2. Everyone …, before the endnotes 1 and 2 of the document"""
    first = [
        *prose(f"1. {_BODY}", 72, 740),
        Set("2. The cell has a door.", 72, 690, 10, _C),
        Set("1", 211, 694, 6, _C),
        Set("It has a window too.", 220, 690, 10, _C),
        Set("2", 341, 694, 6, _C),
    ]
    last = [
        *prose("4. The Covenant reads as follows:", 72, 710),
        Set("1. Everyone lawfully in a State may move freely.", 110, 690, 9),
        Set("2. Everyone shall be free to leave it.", 110, 675, 9),
        *prose(f"5. {_BODY}", 72, 640),
        Set("1 Court register, p. 4.", 72, 500, 8),
        Set("2 Interview of 3 May 2018.", 72, 488, 8),
    ]
    pages = [first, [Set("3. Nobody has counted the cells.", 72, 700, 10, _C)], last]
    made = _built(pdf(pages))
    assert [p.number for p in made.paragraphs] == ["1", "2", "3", "4", "5"]
    assert made.paragraphs[4].text == _BODY
    assert made.paragraphs[3].text.endswith("\n2. Everyone shall be free to leave it.")
    assert [note.text for note in made.footnotes] == [
        "Court register, p. 4.",
        "Interview of 3 May 2018.",
    ]


def test_raised_digits_without_a_note_stay_as_such() -> None:
    line = [
        Set("1. The cell has 6 m", 72, 700, 10, _C),
        Set("2", 186, 704, 6, _C),
        Set("for nine men.", 196, 700, 10, _C),
    ]
    [paragraph] = _built(pdf([line])).paragraphs
    assert paragraph.text == "The cell has 6 m² for nine men."


def test_a_heading_needs_no_space_after_its_number() -> None:
    lines = [
        Set("III.FREEDOM OF ASSEMBLY", 72, 720, 11, "Helvetica-Bold"),
        *prose(f"1. {_BODY}", 72, 690),
    ]
    made = _built(pdf([lines]))
    assert [(s.label, s.title) for s in made.sections] == [("III", "FREEDOM OF ASSEMBLY")]


def test_type_printed_twice_to_look_bold_is_read_once() -> None:
    lines = [Set("1. Nobody was heard.", 72.0 + shift, 700) for shift in (0, 0.4)]
    assert [b.text for b in _read(pdf([lines])).blocks] == ["1. Nobody was heard."]


def test_a_watermark_is_kept_apart_and_told() -> None:
    reading = _read(pdf([[*prose(f"1. {_BODY}", 72, 700), Set("DRAFT", 200, 300, 60, angle=45)]]))
    assert [text.replace(" ", "") for text in _texts(reading, "furniture")] == ["DRAFT"]
    assert [p.code for p in reading.problems] == ["turned-text"]


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    page = [
        Set("1. Nobody was heard.", 300, 100, angle=90),
        Set("2. Nobody asked.", 330, 100, angle=90),
    ]
    assert [b.text for b in _read(pdf([page])).blocks] == [
        "1. Nobody was heard.",
        "2. Nobody asked.",
    ]


def test_furniture_repeats_but_the_text_may_too() -> None:
    pages = [
        [
            Set("Prisons in Norvania", 72, 800, 9),
            Set("Recommendations:", 72, 760),
            *prose(f"{n + 1}. {'Again and ' * n}{_BODY}", 72, 746),
            Set(f"Page {n + 1} of 4", 280, 40, 9),
        ]
        for n in range(4)
    ]
    reading = _read(pdf(pages))
    assert _texts(reading, "furniture") == [
        text for n in (1, 2, 3, 4) for text in ("Prisons in Norvania", f"Page {n} of 4")
    ]
    assert sum(block.text.startswith("Recommendations:") for block in reading.blocks) == 4


def test_a_page_that_says_its_number_right_under_a_note_is_not_read_into_the_note() -> None:
    """In larger type than the note, and no further from it than the next line."""
    rule = "72 67 m 216 67 l 0.5 w S\n"
    last = "That winter the court heard two hundred cases."
    notes = ["Court register, p. 4.", "An interview, Port Selin, 3 June."]
    pages = [
        [
            *prose(f"{2 * n - 1}. {_BODY}", 72, 700),
            Set(f"{2 * n}. {last}", 72, 640, 10, _C),
            Set(str(n), 72 + 6 * len(f"1. {last}"), 644, 6, _C),
            Set(f"{n} {note}", 72, 56, 8),
            Set(f"Página {n} de 2", 280, 44, 11),
        ]
        for n, note in enumerate(notes, 1)
    ]
    made = _built(pdf(pages, [rule, rule]))
    assert [note.text for note in made.footnotes] == notes
    assert [piece.text for piece in made.remainder] == ["Página 1 de 2\n\nPágina 2 de 2"]


def test_every_word_is_in_a_block() -> None:
    pages = [
        [*prose(f"{n}. {_BODY}", 72, 700), Set("head", 72, 800, 9), Set(f"{n}", 300, 30, 9)]
        for n in (1, 2, 3)
    ]
    data = pdf(pages)
    kept = sorted(word for block in _read(data).blocks for word in block.text.split())
    printed = sorted(word for page in pages for one in page for word in one.text.split())
    assert kept == printed


_IMAGE = "q 400 0 0 600 72 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q\n"


def test_a_scan_is_refused_with_the_cure() -> None:
    with pytest.raises(SourceError, match=r"page images without text\. Run OCR"):
        _read(pdf([[], []], [_IMAGE, _IMAGE]))


def test_a_page_that_is_only_an_image_is_told() -> None:
    reading = _read(pdf([prose(f"1. {_BODY}", 72, 700), []], ["", _IMAGE]))
    assert [(p.code, p.message[:6]) for p in reading.problems] == [("pages-without-text", "Page 2")]


def test_text_that_a_program_read_from_an_image_is_told() -> None:
    page = [Set("1. Nobody was heard.", 72, 700, mode=3)]
    assert [p.code for p in _read(pdf([page], [_IMAGE])).problems] == ["recognised-text"]


def test_what_a_font_does_not_map_is_told() -> None:
    data = pdf([[Set("1. Nobody was heard.", 72, 700)]])
    # A private name for the letter "d": no table says what it is.
    data = data.replace(
        b"/Encoding/WinAnsiEncoding", b"/Encoding<</Type/Encoding/Differences[100/g17]>>"
    )
    assert "doubtful-text" in {p.code for p in _read(data).problems}


def test_an_empty_page_is_no_scan() -> None:
    assert [p.code for p in _read(pdf([[]])).problems] == ["empty"]


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7", b"%PDF-1.4\n" + bytes(range(256)) * 40, pdf([[Set("1. No.", 72, 700)]])[:150]],
)
def test_a_damaged_file_is_refused_with_the_cure(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"x\.pdf: is damaged or no PDF\. Download"):
        _read(data)


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(SourceError, match=r"x\.pdf: "):
        _read(pdf([]))


@pytest.mark.parametrize(
    ("limit", "message"),
    [("MAX_PAGES", "2 pages, more than 1"), ("MAX_PAGE_CHARACTERS", "page 1: more than 1 char")],
)
def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, message: str) -> None:
    monkeypatch.setattr(document, limit, 1)
    with pytest.raises(SourceError, match=message):
        _read(pdf([[Set("1. No.", 72, 700)], []]))
