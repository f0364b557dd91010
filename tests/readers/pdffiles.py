"""PDFs written by hand for the tests: what stands where, in what size, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap


@dataclass(frozen=True)
class Set:
    """A line of type: its place from the page's left and bottom, in points."""

    text: str
    x: float
    y: float
    size: float = 11
    font: str = "Helvetica"
    angle: float = 0
    mode: int = 0
    """0 is filled, 3 invisible."""


def prose(text: str, x: float, y: float, width: int = 75, size: float = 10) -> list[Set]:
    """*text* in lines of at most *width* characters of one width, from *y* down."""
    lines = wrap(text, width, break_on_hyphens=False)
    return [Set(line, x, y - 1.2 * size * n, size, "Courier") for n, line in enumerate(lines)]


def pdf(
    pages: Sequence[Sequence[Set]], drawn: Sequence[str] = (), box: str = "0 0 595 842"
) -> bytes:
    """A PDF of *pages*; *drawn* is what else the content of each page says."""
    fonts = sorted({one.font for page in pages for one in page} | {"Helvetica"})
    places = {name: f"F{n}" for n, name in enumerate(fonts)}
    resources = "".join(
        f"/{short} <</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
        for name, short in places.items()
    )
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
    ]
    for number, page in enumerate(pages):
        content = "".join(_shown(one, places[one.font]) for one in page)
        content += drawn[number] if number < len(drawn) else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources<</Font<<{resources}>>>>"
            f"/Contents {4 + 2 * number} 0 R>>"
        )
        length = len(content.encode("cp1252"))
        objects.append(f"<</Length {length}>>stream\n{content}\nendstream")
    data, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj{content}endobj\n".encode("cp1252")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + (end + trailer).encode()


def _shown(one: Set, font: str) -> str:
    cos, sin = math.cos(math.radians(one.angle)), math.sin(math.radians(one.angle))
    text = one.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"BT {one.mode} Tr /{font} {one.size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f}"
        f" {one.x} {one.y} Tm ({text}) Tj ET\n"
    )
