"""The real document, against tables written by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.model import Reading, Submission, Submitter

GOLD = Path(__file__).parent.parent / "gold" / "kaz-2019.txt"
_MARKED = re.compile(r"⟦[^|⟧]*\|([^⟧]*)⟧")

SECTIONS = [
    ("I", 1, None, "FREEDOM OF ASSOCIATION AND PEACEFUL ASSEMBLY", 5, 19),
    ("II", 1, None, "FREEDOM OF OPINION AND EXPRESSION", 20, 30),
    ("III", 1, None, "FREEDOM OF THE PRESS", 31, 38),
    ("IV", 1, None, "HUMAN RIGHTS DEFENDERS", 39, 44),
    (
        "V", 1, None,
        "TORTURE AND OTHER CRUEL, INHUMAN OR DEGRADING TREATMENT IN PLACES OF DETENTION", 45, 52,
    ),
    ("VI", 1, None, "RECOMMENDATIONS", 1, 0),
    ("VI.1", 2, "VI", "Freedom of association and peaceful assembly", 53, 57),
    ("VI.2", 2, "VI", "Freedom of opinion and expression", 58, 64),
    ("VI.3", 2, "VI", "Freedom of the press", 65, 68),
    ("VI.4", 2, "VI", "Human rights defenders", 69, 73),
    ("VI.5", 2, "VI", "Torture and other CID treatment in places of detention", 74, 84),
]  # fmt: skip

#: Note → the paragraph that cites it, the words before its mark, its addresses' ends.
NOTES = [
    ("1", "7", "completely meaningless", ["freeassembly.net/reports/kazakhstan/"]),
    ("2", "8", "(Opinion No. 16/2017)", ["Session78/A_HRC_WGAD_2017_16.pdf"]),
    ("3", "9", "The court's decision", ["facebook.com/gulnara.ju/posts/1549569151855938"]),
    ("4", "10", "organised by the DCK", ["o-priznanii-dvizheniya-dvk-ekstremistskim"]),
    ("5", "11", None, ["a/8949,collective-complaint-be-quiet-or-be-charged-with-extremism"]),
    ("6", "29", None, ["Actualites/Communiqués/Decision-d-extradition"]),
    ("7", "38", None, ["instagram.com/mukhtarablyazov/?hl=uk"]),
    ("8", "41", None, ["en-exil-aussi-en-belgique/article-normal-781657.html"]),
    ("9", "46", "1,460 cases", ["zaregistrovano-v-kazahstane-v-2016-godu.html"]),
    ("10", "46", None, ["npo-prizyvajut-pravitelstva-ca-prekratit-praktiku-pytok/"]),
    ("11", "46", None, ["zhestkogo-otnosheniya-nabludaetsya-v-turmah-kazahstana"]),
    (
        "12", "48", None,
        [
            "9026,the-iskander-yerimbetov-case-the-trial-of-the-kazakhstan-regime-s-hostage",
            "nhc.no/en/kazakhstan-must-release-iskander-yerimbetov-and-co-defendants/",
        ],
    ),
    ("13", "48", None, ["Session83/A_HRC_WGAD_2018_67.pdf"]),
    (
        "14", "50", "(Communication No. 2304/2013)",
        ["Download.aspx?symbolno=CCPR%2fC%2f115%2fD%2f2304%2f2013&Lang=en"],
    ),
]  # fmt: skip


def test_paragraphs_are_the_84_as_printed(first: Submission) -> None:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    gold = dict(line.split("\t", 1) for line in lines if "\t" in line)
    assert [p.number for p in first.paragraphs] == [str(n) for n in range(1, 85)]
    for paragraph in first.paragraphs:
        assert paragraph.text == _MARKED.sub(r"\1", gold[paragraph.number])
        assert paragraph.eid == f"para_{paragraph.number}"


def test_sections(first: Submission, first_reading: Reading) -> None:
    found = [(s.id, s.level, s.parent, s.title, s.paragraphs) for s in first.sections]
    assert found == [
        (id_, level, parent, title, tuple(str(n) for n in range(low, high + 1)))
        for id_, level, parent, title, low, high in SECTIONS
    ]
    for section in first.sections:
        ((start, end),) = section.spans
        assert section.title in first_reading.text[start:end]


def test_each_paragraph_knows_its_innermost_section(first: Submission) -> None:
    inside = {number: s.id for s in first.sections for number in s.paragraphs}
    assert {p.number: p.section for p in first.paragraphs} == {
        str(n): inside.get(str(n)) for n in range(1, 85)
    }
    assert [p.section for p in first.paragraphs[:5]] == [None, None, None, None, "I"]


def test_kinds(first: Submission) -> None:
    kinds = [p.kind for p in first.paragraphs]
    assert kinds == ["introduction"] * 4 + ["narrative"] * 48 + ["recommendation"] * 32


@pytest.mark.parametrize(("number", "paragraph", "before", "ends"), NOTES)
def test_notes(
    first: Submission, number: str, paragraph: str, before: str | None, ends: list[str]
) -> None:
    note = next(n for n in first.footnotes if n.number == number)
    assert note.paragraphs == (paragraph,)
    assert len(note.urls) == len(ends)
    for url, end in zip(note.urls, ends, strict=True):
        assert url.startswith("http")
        assert url.endswith(end)
        assert url in note.text
    citing = next(p for p in first.paragraphs if p.number == paragraph)
    mark = next(m for m in citing.footnotes if m.number == number)
    if before is not None:
        assert citing.text[: mark.offset].endswith(before)


def test_there_are_no_other_notes(first: Submission) -> None:
    assert [n.number for n in first.footnotes] == [note[0] for note in NOTES]
    assert sum(len(n.urls) for n in first.footnotes) == 15
    assert sum(len(p.footnotes) for p in first.paragraphs) == 14


def test_paragraphs_that_a_page_break_cut(first: Submission) -> None:
    cut = {p.number: p for p in first.paragraphs if len(p.spans) > 1}
    assert list(cut) == ["4", "10", "18", "32", "50"]
    assert cut["50"].lines == ((137, 137), (151, 151))
    assert "a higher-level trade union" in cut["18"].text
    # Whether the hyphen at the break is the author's cannot be told from the text.
    assert [p.number for p in first.paragraphs if p.doubtful] == ["18"]
    assert [(p.code, p.line) for p in first.problems] == [("hyphen-at-break", 82)]


def test_the_one_reference(first: Submission) -> None:
    found = [
        (p.number, p.text[r.start : r.end], r.target)
        for p in first.paragraphs
        for r in p.references
    ]
    assert found == [("41", "point 48", "48")]


def test_what_the_front_matter_says(first: Submission) -> None:
    assert first.id == "kaz-2019-odf-fidu-khisr"
    assert first.title == "THE UN UNIVERSAL PERIODIC REVIEW OF KAZAKHSTAN"
    assert (first.kind, first.state, first.session) == ("joint submission", "KAZ", "34")
    assert (first.date, first.language) == ("2019-03-28", "en")
    assert first.submitters == (
        Submitter(
            "ODF",
            "Open Dialogue Foundation",
            ("odfoundation@odfoundation.eu", "lyudmylakozlovska@odfoundation.eu"),
            "https://en.odfoundation.eu/",
            "Warsaw",
        ),
        Submitter(
            "FIDU",
            "Italian Federation for Human Rights",
            ("segreteria@fidu.it",),
            "https://fidu.it/",
            "Rome",
        ),
        Submitter(
            "KHISR",
            "Kharkiv Institute for Social Research",
            ("khizr.media@gmail.com",),
            "https://khizr.kharkov.ua/en/",
            "Kharkiv",
        ),
    )


def test_spans_hold_the_paragraphs_without_their_numbers(
    first: Submission, first_reading: Reading
) -> None:
    text = first_reading.text
    for paragraph in first.paragraphs:
        first_span = paragraph.spans[0]
        assert text[first_span.start : first_span.end][:40] == paragraph.text[:40]
        last = text[paragraph.spans[-1].start : paragraph.spans[-1].end]
        assert re.sub("[⁰¹²³⁴-⁹]", "", last)[-12:] == paragraph.text[-12:]
    assert first.remainder == ()
