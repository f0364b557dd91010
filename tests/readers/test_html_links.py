"""Links inside a page that lead nowhere."""

from __future__ import annotations

import pytest

from indexer.readers.html import read


@pytest.mark.parametrize(
    ("link", "dead"),
    [
        ('<a href="#here">see</a>', False),
        ('<a href="#named">see</a>', False),
        ('<a href="#ici%20m%C3%AAme">see</a>', False),
        ('<a href="#">see</a>', False),
        ('<a href="#top">see</a>', False),
        ('<a href="#there">see</a>', True),
        ('<a href="#fn9">9</a>', True),
        ('<a href="#there"></a>', False),
        ('<a href="https://a.example/#there">see</a>', False),
    ],
)
def test_links_that_lead_nowhere(link: str, dead: bool) -> None:
    page = (
        '<h1 id="here">A title</h1><p><a name="named">1.</a> First.</p>'
        f'<p>2. Second, {link}.</p><p id="ici même">3. Third.</p>'
    )
    reading = read(page.encode(), "a.html", "", "utf-8")
    told = [(problem.code, problem.line) for problem in reading.problems]
    line = next(block.line for block in reading.blocks if "Second" in block.text)
    assert told == ([("dead-link", line)] if dead else [])


def test_links_of_the_site_around_are_not_told() -> None:
    page = '<nav><a href="#menu">Menu</a></nav><p>1. First.</p>'
    codes = {problem.code for problem in read(page.encode(), "a.html", "", "utf-8").problems}
    assert "dead-link" not in codes
