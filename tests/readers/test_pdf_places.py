"""Whether a PDF's pages bear numbers, and where its links lead."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.readers.pdf import read

_TEXT = (
    "1. The guards of the prison said that it is full.",
    "2. Nobody has been paid for three years.",
    "3. The ministry did not answer any of our letters.",
    "4. We ask that no more prisons are built.",
)


def _pdf(feet: Sequence[str], link: str = "") -> bytes:
    """A PDF with a page for each of *feet*; *link* is what a link on the first one leads to."""
    pages = range(len(feet))
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in pages)
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R/Dests<</here[10 0 R/Fit]>>>>",
        2: f"<</Type/Pages/Count {len(feet)}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: f"<</Type/Annot/Subtype/Link/Rect[72 690 200 710]{link}>>",
    }
    for n, foot in enumerate(feet):
        lines = ((700, _TEXT[n]), (600, "The prison stands by the sea."), (40, foot))
        drawn = "".join(f"BT /F 11 Tf 72 {y} Td ({text}) Tj ET " for y, text in lines)
        annotated = "/Annots[4 0 R]" if link and not n else ""
        objects[10 + 2 * n] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {11 + 2 * n} 0 R{annotated}>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"
    data, places = b"%PDF-1.4\n", {}
    for number, content in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj{content}endobj\n".encode()
    table = "".join(f"{n} 1\n{at:010} 00000 n \n" for n, at in places.items())
    start = len(data)
    data += f"xref\n0 1\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size 30>>\n".encode()
    return data + f"startxref\n{start}\n%%EOF".encode()


@pytest.mark.parametrize(
    ("feet", "numbered"),
    [
        (("1", "2", "3", "4"), True),
        (("Page 1 of 3", "Page 2 of 3", "Page 3 of 3"), True),
        (("i", "ii", "iii"), True),
        (("Red Door 2019", "Red Door 2019", "Red Door 2019"), False),
        (("Red Door", "Red Door"), False),
        (("", "", ""), False),
        (("", "2", "3", "4"), True),
        (("1",), None),
    ],
)
def test_page_numbers(feet: tuple[str, ...], numbered: bool | None) -> None:
    assert read(_pdf(feet), "a.pdf", "", None).source.pages_numbered is numbered


@pytest.mark.parametrize(
    ("link", "dead"),
    [
        ("/Dest[10 0 R/Fit]", False),
        ("/Dest/here", False),
        ("/Dest/there", True),
        ("/A<</S/GoTo/D/here>>", False),
        ("/A<</S/GoTo/D/there>>", True),
        ("/A<</S/URI/URI(https://a.example/)>>", False),
        ("", False),
    ],
)
def test_links_that_lead_nowhere(link: str, dead: bool) -> None:
    problems = read(_pdf(("1", "2"), link), "a.pdf", "", None).problems
    assert [p.message for p in problems if p.code == "dead-link"] == (
        ["Page 1 has a link to places that are not there"] if dead else []
    )
