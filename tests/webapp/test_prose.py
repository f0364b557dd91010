"""Laying out a text never changes it, and marks exactly what it was told to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Footnote, FootnoteMark, Paragraph, Reference, Span
from webapp.contexts.prose import (
    excerpt,
    footnote_pieces,
    hit,
    loose_addresses,
    mark_anchor,
    paragraph_pieces,
)


def paragraph(
    text: str,
    notes: tuple[tuple[str, int], ...] = (),
    references: tuple[tuple[int, int, str], ...] = (),
) -> Paragraph:
    return Paragraph(
        "48",
        "para_48",
        text,
        "V",
        "narrative",
        footnotes=tuple(FootnoteMark(number, offset) for number, offset in notes),
        references=tuple(Reference(*reference) for reference in references),
    )


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[Paragraph, tuple[Span, ...]]:
    text = draw(st.text(min_size=1))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    notes = draw(st.lists(st.integers(0, len(text)), max_size=4).map(sorted))
    numbered = tuple((str(rank), offset) for rank, offset in enumerate(notes, 1))
    first = draw(st.integers(0, len(text) - 1))
    reference = (first, draw(st.integers(first + 1, len(text))), "41")
    return paragraph(text, numbered, (reference,)), spans


@given(laid_out())
def test_the_pieces_add_up_to_the_text(given_: tuple[Paragraph, tuple[Span, ...]]) -> None:
    of, spans = given_
    pieces = paragraph_pieces(of, spans, first_hit=1, total_hits=len(spans))
    assert "".join(p.text for p in pieces if p.kind == "text") == of.text
    assert "".join(p.text for p in pieces if p.marked) == "".join(of.text[a:b] for a, b in spans)
    assert [p.text for p in pieces if p.kind == "note"] == [m.number for m in of.footnotes]
    assert [p.hit.number for p in pieces if p.hit] == list(range(1, len(spans) + 1))
    linked = "".join(p.text for p in pieces if p.href and p.kind == "text")
    assert linked == "".join(of.text[r.start : r.end] for r in of.references)


def test_a_note_stands_where_the_source_prints_it() -> None:
    pieces = paragraph_pieces(paragraph("gross violations. Then", (("12", 16),)))
    assert [p.text for p in pieces] == ["gross violations", "12", ". Then"]
    assert pieces[1].href == "#note-12"
    assert pieces[1].anchor == "mark-48-12"


def test_a_mark_cut_by_a_note_is_one_hit() -> None:
    of = paragraph("bias and gross violations here", (("12", 14),))
    pieces = paragraph_pieces(of, [Span(9, 25)], first_hit=3, total_hits=5)
    assert [(p.text, p.marked, p.hit and p.hit.number) for p in pieces] == [
        ("bias and ", False, None),
        ("gross", True, 3),
        ("12", False, None),
        (" violations", True, None),
        (" here", False, None),
    ]


def test_a_note_cited_twice_has_two_places_to_go_back_to() -> None:
    of = paragraph("one two", (("9", 3), ("9", 7)))
    assert mark_anchor(of, 0) == "mark-48-9"
    assert mark_anchor(of, 1) == "mark-48-9-2"


def test_references_lead_to_the_page_or_within_it() -> None:
    of = paragraph("look point 41 of", (), ((5, 13, "41"),))
    within = paragraph_pieces(of)
    assert [p.href for p in within] == [None, "#p41", None]
    to_page = paragraph_pieces(of, submission="kaz-2019")
    assert to_page[1].href == "/submissions/kaz-2019/41"


def test_hits_go_round() -> None:
    assert (hit(1, 3).previous, hit(1, 3).next) == ("#hit-3", "#hit-2")
    assert (hit(3, 3).previous, hit(3, 3).next) == ("#hit-2", "#hit-1")
    assert (hit(1, 1).previous, hit(1, 1).next) == ("#hit-1", "#hit-1")


def test_addresses_in_a_note_are_links_and_odd_ones_are_not() -> None:
    note = Footnote(
        "12",
        "<https://a.example/x,y> ; see javascript:alert(1) and <https://b.example/>",
        ("https://a.example/x,y", "javascript:alert(1)", "https://b.example/"),
        ("48",),
    )
    pieces = footnote_pieces(note)
    assert "".join(p.text for p in pieces) == note.text
    assert [(p.text, p.href) for p in pieces if p.outside] == [
        ("https://a.example/x,y", "https://a.example/x,y"),
        ("javascript:alert(1)", None),
        ("https://b.example/", "https://b.example/"),
    ]


def test_an_address_cut_by_a_line_end_is_listed_after_its_note() -> None:
    note = Footnote("1", "See https://a.example/\nlong", ("https://a.example/long",), ("1",))
    assert loose_addresses(note) == (("https://a.example/long", "https://a.example/long"),)


@given(st.text(min_size=1), st.data())
def test_an_excerpt_is_a_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = excerpt(text, [Span(start, end)])
    words = "".join(p.text for p in pieces if p.text not in ("… ", " …"))
    assert words in text
    assert "".join(p.text for p in pieces if p.marked) == text[start:end]
