"""Records, read back by the programs that others read them with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from indexer.citations import bibtex, csl_item, csl_json, ris
from indexer.citations.titles import cited_title, one_line
from indexer.errors import NotFound
from indexer.model import Submission, Submitter

Make = Callable[..., Submission]

URL = "https://pilcrow.example/submissions/kaz-2019-odf-fidu-khisr/48"
TITLE = "The UN Universal Periodic Review of Kazakhstan"
INSTITUTION = "UN Human Rights Council, Working Group on the Universal Periodic Review"
SENT = f"Joint submission to the {INSTITUTION}, 34th session"
NAMES = [
    "Open Dialogue Foundation",
    "Italian Federation for Human Rights",
    "Kharkiv Institute for Social Research",
]

#: Titles and names that break what is not written carefully.
ODD = [
    "R&D at 50 % {unbalanced",
    "}} closed, never opened",
    "a\\b \\{c\\} $x_1^2$ ~ # \\textbackslash{}",
    'quotes "straight" and “curly”, l\'été',
    "TY  - BOOK",
    "ER  - ",
    "two\r\nlines\rand\n\nmore\u2028still\x85more",
    "AU  - Smith, John\nER  - \nTY  - RPRT",
    "A and B and C, with Comma",
    "@comment{x}, title = {y}",
    "تقرير عن التعذيب في السجون",
    "Łódź, Świącicki, 한국",
    "<i>markup</i> &amp; more",
    "\ufeffmarked",
]

#: What TeX shows for each command.
_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\_": "_",
}  # fmt: skip


def shown(value: str) -> str:
    """What TeX shows for a braced field; fails on a special character left bare."""
    assert value.startswith("{") and value.endswith("}")
    pattern = "|".join(re.escape(command) for command in _COMMANDS)
    rest = re.sub(pattern, "", value[1:-1])
    assert not set(rest) & set("\\{}%&#$_~^")
    return re.sub(pattern, lambda match: _COMMANDS[match.group()], value[1:-1])


def read_ris(text: str) -> dict[str, Any]:
    [record] = rispy.loads(text)
    return dict(record)


def read_bibtex(text: str) -> tuple[str, Entry]:
    [(key, entry)] = parse_string(text, "bibtex").entries.items()
    return key, entry


def rendered(items: Sequence[dict[str, Any]], form: Any = formatter.plain) -> list[str]:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), form)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


# RIS


def test_ris_is_read_by_rispy(kazakhstan: Submission) -> None:
    assert read_ris(ris(kazakhstan, ["48"], URL)) == {
        "type_of_reference": "RPRT",
        "id": "kaz-2019-odf-fidu-khisr:48",
        "authors": NAMES,
        "title": TITLE,
        "year": "2019",
        "date": "2019/03/28/",
        "type_of_work": "Joint submission",
        "publisher": INSTITUTION,
        "start_page": "para. 48",
        "language": "en",
        "urls": [URL],
        "notes": ["para. 48", SENT],
    }


def test_every_line_of_ris_is_a_field(kazakhstan: Submission) -> None:
    lines = ris(kazakhstan, ["48"], URL).split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


@pytest.mark.parametrize(
    ("date", "year", "day"),
    [
        ("2019-03-28", "2019", "2019/03/28/"),
        ("2019-03", "2019", "2019/03//"),
        ("2019", "2019", "2019///"),
        (None, None, None),
        ("soon", None, None),
    ],
)
def test_ris_dates(make: Make, date: str | None, year: str | None, day: str | None) -> None:
    record = read_ris(ris(make(date=date), ["48"]))
    assert record.get("year") == year
    assert record.get("date") == day


def test_a_semicolon_does_not_part_an_address(kazakhstan: Submission) -> None:
    record = read_ris(ris(kazakhstan, ["48"], "https://host/a;b"))
    assert record["urls"] == ["https://host/a%3Bb"]


def test_ris_records_can_be_joined(make: Make) -> None:
    text = ris(make(), ["48"]) + ris(make(id="other", title="ER  - "), ["45", "46"])
    assert [record["id"] for record in rispy.loads(text)] == [
        "kaz-2019-odf-fidu-khisr:48",
        "other:45..46",
    ]


# BibTeX


def test_bibtex_is_read_by_pybtex(kazakhstan: Submission) -> None:
    key, entry = read_bibtex(bibtex(kazakhstan, ["48"], URL))
    assert key == "kaz-2019-odf-fidu-khisr:48"
    assert entry.type == "techreport"
    assert [person.last_names for person in entry.persons["author"]] == [
        [f"{{{name}}}"] for name in NAMES
    ]
    assert dict(entry.fields) == {
        "title": f"{{{TITLE}}}",
        "institution": f"{{{INSTITUTION}}}",
        "type": "Joint submission",
        "year": "2019",
        "month": "March",
        "date": "2019-03-28",
        "note": "para. 48",
        "annote": SENT,
        "language": "en",
        "url": URL,
    }


def test_undated_bibtex_has_no_date(make: Make) -> None:
    _, entry = read_bibtex(bibtex(make(date=None), ["48"]))
    assert not {"year", "month", "date", "url", "number"} & set(entry.fields)
    _, entry = read_bibtex(bibtex(make(date="2019-03"), ["48"]))
    assert (entry.fields["date"], entry.fields["month"]) == ("2019-03", "March")


def test_an_address_in_bibtex_stays_an_address(kazakhstan: Submission) -> None:
    _, entry = read_bibtex(bibtex(kazakhstan, ["48"], "https://host/a_b%20c#p{48}\\"))
    assert entry.fields["url"] == "https://host/a_b%20c#p%7B48%7D%5C"


def test_bibtex_entries_can_be_joined(make: Make) -> None:
    text = bibtex(make(title="{{{"), ["48"]) + bibtex(make(id="other"), ["45", "46"])
    assert list(parse_string(text, "bibtex").entries) == [
        "kaz-2019-odf-fidu-khisr:48",
        "other:45..46",
    ]


# CSL-JSON


def test_csl_json_is_a_list_of_one_report(kazakhstan: Submission) -> None:
    assert json.loads(csl_json(kazakhstan, ["48"], URL)) == [
        {
            "id": "kaz-2019-odf-fidu-khisr:48",
            "type": "report",
            "title": TITLE,
            "author": [{"literal": name} for name in NAMES],
            "issued": {"date-parts": [[2019, 3, 28]]},
            "genre": "Joint submission",
            "authority": INSTITUTION,
            "publisher": INSTITUTION,
            "collection-title": "Working Group on the Universal Periodic Review, 34th session",
            "section": "para. 48",
            "note": "para. 48",
            "language": "en",
            "URL": URL,
        }
    ]


def test_citeproc_renders_it(kazakhstan: Submission) -> None:
    # The pinpoint belongs to a citation, not to the entry of a bibliography.
    assert rendered(json.loads(csl_json(kazakhstan, ["48"], URL))) == [
        f"{NAMES[0]}, {NAMES[1]} and {NAMES[2]} (2019) {TITLE}. Joint submission. {INSTITUTION}."
        f" Available at: {URL}."
    ]


def test_citeproc_renders_a_bare_one(make: Make) -> None:
    bare = make(date=None, session=None, submitters=(), title="Torture")
    [text] = rendered([csl_item(bare, ["48"])])
    assert text.startswith("Torture (no date)")


@pytest.mark.parametrize("title", ODD)
def test_citeproc_renders_odd_titles(make: Make, title: str) -> None:
    item = csl_item(make(title=title, language="xx"), ["48"])
    [text] = rendered([item])
    assert item["title"] == cited_title(title, "xx")
    # Full stops and quotes are the style's to move.
    kept = re.sub(r"[\W_]+", "", text)
    assert re.sub(r"[\W_]+", "", item["title"]) in kept


@pytest.mark.parametrize(
    ("date", "parts"), [("2019-03", [[2019, 3]]), ("2019", [[2019]]), (None, None)]
)
def test_csl_dates(make: Make, date: str | None, parts: list[list[int]] | None) -> None:
    issued = csl_item(make(date=date), ["48"]).get("issued")
    assert issued == ({"date-parts": parts} if parts else None)


# All three


def test_the_code_is_the_reports_number(make: Make) -> None:
    submission = make(codes=("JS5",))
    # SN is the number of a report; rispy names it after its use in serials.
    assert read_ris(ris(submission, ["48"]))["issn"] == "JS5"
    assert read_bibtex(bibtex(submission, ["48"]))[1].fields["number"] == "JS5"
    assert csl_item(submission, ["48"])["number"] == "JS5"


@pytest.mark.parametrize(
    ("numbers", "pinpoint", "key"),
    [
        ("45 46 47", "paras. 45–47", ":45..47"),
        ("45 48 50 51", "paras. 45, 48 and 50–51", ":45+48+50..51"),
        ("26~2", "para. 26 (second) [numbering doubtful]", ":26x2"),
        ("u1", "unnumbered para. 1 [numbering doubtful]", ":u1"),
        ("50(f)", "para. 50(f)", ":50.f"),
        ("", None, ""),
    ],
)
def test_the_pinpoint_is_in_every_record(
    make: Make, numbers: str, pinpoint: str | None, key: str
) -> None:
    submission = make(numbers="26 26~2 u1 45 46 47 48 49 50 51".split(), doubtful=["26~2", "u1"])
    chosen = numbers.split()
    record = read_ris(ris(submission, chosen))
    bibtex_key, entry = read_bibtex(bibtex(submission, chosen))
    item = csl_item(submission, chosen)
    assert record["notes"][:-1] == ([pinpoint] if pinpoint else [])
    bare = pinpoint.replace(" [numbering doubtful]", "") if pinpoint else None
    assert record.get("start_page") == item.get("section") == bare
    assert entry.fields.get("note") == item.get("note") == pinpoint
    assert record["id"] == bibtex_key == item["id"] == f"kaz-2019-odf-fidu-khisr{key}"


@pytest.mark.parametrize("url", [None, "/submissions/x/48", "javascript:alert(1)"])
def test_no_record_has_an_address_that_leads_nowhere(
    kazakhstan: Submission, url: str | None
) -> None:
    assert "urls" not in read_ris(ris(kazakhstan, ["48"], url))
    assert "url" not in read_bibtex(bibtex(kazakhstan, ["48"], url))[1].fields
    assert "URL" not in csl_item(kazakhstan, ["48"], url)


@pytest.mark.parametrize("record", [ris, bibtex, csl_json])
def test_an_unknown_number_is_not_found(kazakhstan: Submission, record: Callable[..., str]) -> None:
    with pytest.raises(NotFound):
        record(kazakhstan, ["85"])


def check_round_trip(submission: Submission) -> None:
    """Title and names come back from each format, and nothing else has changed."""
    title = cited_title(submission.title, submission.language) or "[untitled]"
    names = [name for s in submission.submitters if (name := one_line(s.name or s.short))]
    kind = one_line(submission.kind) or "submission"

    record = read_ris(ris(submission, ["48"], URL))
    assert record["title"] == title
    assert record.get("authors", []) == names
    assert record["start_page"] == "para. 48"
    assert record["urls"] == [URL]
    assert not {"unknown_tag", "secondary_title"} & set(record)

    key, entry = read_bibtex(bibtex(submission, ["48"], URL))
    assert key == "kaz-2019-odf-fidu-khisr:48"
    assert shown(entry.fields["title"]) == title
    assert shown(f"{{{entry.fields['type']}}}") == kind[:1].upper() + kind[1:]
    people = entry.persons.get("author", [])
    assert [shown(" ".join(person.last_names)) for person in people] == names
    assert entry.fields["url"] == URL

    [item] = json.loads(csl_json(submission, ["48"], URL))
    assert item["title"] == title
    assert item.get("author", []) == [{"literal": name} for name in names]


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_survive(make: Make, odd: str) -> None:
    submitters = (Submitter("A", odd), Submitter("B", "Org B"), Submitter(odd, ""))
    check_round_trip(make(title=odd, kind=odd, submitters=submitters, language="xx"))


#: Text with the characters that RIS and TeX give a meaning.
AWKWARD = st.text() | st.text(alphabet="{}\\%&#$_~^\"'@,=- \r\n\tTYERAU;aB")


@given(title=AWKWARD, kind=AWKWARD, names=st.lists(AWKWARD, max_size=4))
def test_any_text_survives(make: Make, title: str, kind: str, names: list[str]) -> None:
    submitters = tuple(Submitter("", name) for name in names)
    check_round_trip(make(title=title, kind=kind, submitters=submitters, language="xx"))
