"""Small documents, one for each way in which submissions are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.model import Submission

Sample = Callable[[str], Submission]

# name, title, kind, state, session, date
FRONT = [
    ("wrapped-notes-at-foot.txt", "UNIVERSAL PERIODIC REVIEW OF THE REPUBLIC OF MOLDOVA",
     "submission", "MDA", "40", "2021-07-14"),
    ("brackets-notes-at-end.txt", "Joint stakeholder submission: Honduras",
     "joint submission", "HND", "36", "2019-10-03"),
    ("bare-numbers-title-heads.txt", "Individual submission to the UPR of Viet Nam, 46th session",
     "individual submission", "VNM", "46", None),
    ("chapters-decimal.txt", "Stakeholder report on Bahrain",
     "submission", "BHR", None, "2022-05"),
    ("numbered-heads.txt", "Submission on Morocco", "submission", "MAR", None, None),
    ("restarted-recommendations.txt", "Submission on Belarus by Window Group (WG)",
     "submission", "BLR", None, None),
    ("plain.md", "Joint submission: Uganda", "joint submission", "UGA", "41", "2022-03-31"),
    ("plain.html", "Joint submission: Uganda", "joint submission", "UGA", "41", "2022-03-31"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "title", "kind", "state", "session", "date"), FRONT)
def test_front_matter(
    sample: Sample,
    name: str,
    title: str,
    kind: str,
    state: str,
    session: str | None,
    date: str | None,
) -> None:
    read = sample(name)
    assert (read.title, read.kind, read.state) == (title, kind, state)
    assert (read.session, read.date, read.language) == (session, date, "en")
    assert read.id == name.partition(".")[0]


# short, name, e-mails, website, city
SUBMITTERS = [
    ("wrapped-notes-at-foot.txt", [("LC", "Lantern Circle", ("office@lantern-circle.example",),
      "https://lantern-circle.example/", "Chisinau")]),
    ("brackets-notes-at-end.txt", [("RDN", "River Defence Network", (), None, None),
      ("CM", "Casa del Maíz", (), None, None), ("TfP", "Teachers for Peace", (), None, None)]),
    ("bare-numbers-title-heads.txt", [("OPC", "Open Page Collective", ("desk@openpage.example",),
      None, "Geneva")]),
    ("numbered-heads.txt", [("AL", "Atlas Listeners", (), None, None)]),
    ("plain.md", [("LF", "Lake Forum", ("hello@lake.example",), "https://lake.example/",
      "Kampala")]),
    ("plain.html", [("LF", "Lake Forum", ("hello@lake.example",), "https://lake.example/",
      "Kampala")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), SUBMITTERS)
def test_submitters(sample: Sample, name: str, expected: list[tuple[object, ...]]) -> None:
    found = [(s.short, s.name, s.emails, s.website, s.city) for s in sample(name).submitters]
    assert found == expected


# id, title, paragraphs
SECTIONS = [
    ("wrapped-notes-at-foot.txt", [("I", "PLACES OF DETENTION", "1 2"), ("II", "THE COURTS", "3")]),
    ("brackets-notes-at-end.txt", [("A", "Background", "1 2"),
      ("B", "Violence against teachers", "3 4"),
      ("C", "Recommendations to the Government", "5 6 7")]),
    ("bare-numbers-title-heads.txt", [("1", "Introduction", "1 2"),
      ("2", "Licences and fines", "3 u1 4"), ("3", "CONCLUSION", "5")]),
    ("chapters-decimal.txt", [("1", "Introduction", "1.1 1.2"), ("2", "Letters", "2.1 2.2 2.3"),
      ("3", "Follow-up to previous recommendations", "3.1")]),
    ("numbered-heads.txt", [("1", "Introduction", "1 2"), ("2", "The airwaves", "3 4"),
      ("3", "Recommendations", "5 6")]),
    ("restarted-recommendations.txt", [("1", "SCHOOLS", "1 2 4"),
      ("2", "RECOMMENDATIONS", "1~2 2~2 3")]),
    ("gaps-and-repeats.txt", [("I", "THE HARBOUR", "1 2 3 3~2 5 u1 6")]),
    ("plain.md", [("I", "The lake", "1 2"), ("I.A", "Compensation", "3"),
      ("II", "Recommendations", "4")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), SECTIONS)
def test_sections(sample: Sample, name: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(s.id, s.title, " ".join(s.paragraphs)) for s in sample(name).sections]
    assert found == expected


KINDS = [
    ("brackets-notes-at-end.txt", "intro intro narra narra recom recom recom"),
    ("bare-numbers-title-heads.txt", "intro intro narra narra narra narra"),
    # The heading speaks of recommendations made earlier: what follows asks for nothing.
    ("chapters-decimal.txt", "intro intro narra narra narra narra"),
    ("restarted-recommendations.txt", "narra narra narra recom recom recom"),
]


@pytest.mark.parametrize(("name", "kinds"), KINDS)
def test_kinds(sample: Sample, name: str, kinds: str) -> None:
    assert " ".join(p.kind[:5] for p in sample(name).paragraphs) == kinds


TEXTS = [
    # A line of a broken text starts with a year, a quantity, a date, a telephone number.
    ("wrapped-notes-at-foot.txt", "1",
     "Lantern Circle has visited nine police stations since 2016. In each of them the delegation"
     " spoke with people who had been held for longer than the law allows, among them 12"
     " children."),
    # Cut by a rule, two notes and a page number; broken at a hyphen.
    ("wrapped-notes-at-foot.txt", "2",
     "The oldest building has no windows. According to its director, repairs were promised on"
     " 10 December 2014 and never began. The staff share one telephone; visitors are told to"
     " call 022 555 121 and wait until the duty officer answers. Complaints are kept in a"
     " well-ordered cupboard to which nobody has the key."),
    ("brackets-notes-at-end.txt", "2", "The fines amount to a month's wage."),
    ("brackets-notes-at-end.txt", "3",
     "Schools were closed by force. The Ministry should:\n(a) reopen the schools;\n(b) pay the"
     " wages owed."),
    ("brackets-notes-at-end.txt", "6",
     "Publish the list of fines, and\n1. the names of the officials;\n2. the sums collected."),
    # The number stands alone on its line.
    ("bare-numbers-title-heads.txt", "2",
     'Since 2020 each title needs two stamps. "One stamp, one word," a printer told us.'),
    ("chapters-decimal.txt", "2.1",
     "Letters arrive late. Three causes were named to us:\n1. censors read each one;\n2. the"
     " censors are two;\n3. both work in the mornings."),
    ("gaps-and-repeats.txt", "2",
     "Fishers sell at the road. The Fisheries Act says in full:\n\"2. Fish shall be sold in the"
     " harbour.\""),
    ("gaps-and-repeats.txt", "5",
     "The road is narrow.\n12(a) of the Act is not applied, nor is any other part of it."),
    ("plain.md", "1", "Boats below 28 feet were burned in 2018. Their owners were not heard."),
    ("plain.md", "2",
     "The army patrols the lake. Fishers said that soldiers:\nbeat them with oars;\ntook their"
     " nets."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number", "text"), TEXTS)
def test_texts(sample: Sample, name: str, number: str, text: str) -> None:
    assert {p.number: p.text for p in sample(name).paragraphs}[number] == text


NOTES = [
    ("wrapped-notes-at-foot.txt", [
      ("1", "Visit report of Lantern Circle, 3 March 2020, page 4, to be found at"
       " https://lantern-circle.example/visits/2020.",
       ["https://lantern-circle.example/visits/2020"], "2"),
      ("2", "https://lantern-circle.example/a_(b),c; the annex is not public.",
       ["https://lantern-circle.example/a_(b),c"], "2")]),
    ("brackets-notes-at-end.txt", [
      ("1", 'River Defence Network, "Fenced off", www.rdn.example/fenced-off (in Spanish).',
       ["http://www.rdn.example/fenced-off"], "1"),
      ("2", "https://rdn.example/fines?year=2018&Lang=es, and the radio programme of 4 May 2018.",
       ["https://rdn.example/fines?year=2018&Lang=es"], "2"),
      ("3", "On file with the authors.", [], "2")]),
    ("plain.md", [
      ("1", "The Lake Forum, https://lake.example/boats_2018, page 3.",
       ["https://lake.example/boats_2018"], "1"),
      ("burn", "See the register.", ["https://lake.example/register"], "3")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NOTES)
def test_notes(sample: Sample, name: str, expected: list[tuple[str, str, list[str], str]]) -> None:
    found = [
        (n.number, n.text, list(n.urls), " ".join(n.paragraphs)) for n in sample(name).footnotes
    ]
    assert found == expected


def test_marks_keep_the_place_where_they_stood(sample: Sample) -> None:
    paragraph = sample("wrapped-notes-at-foot.txt").paragraphs[1]
    places = {m.number: paragraph.text[: m.offset] for m in paragraph.footnotes}
    assert places["1"].endswith("never began.")
    assert places["2"].endswith("Complaints")


REFERENCES = [
    ("wrapped-notes-at-foot.txt", "3", [("paragraph 2", "2")]),
    ("brackets-notes-at-end.txt", "4", [("paras 1–2", "1"), ("paras 1–2", "2")]),
    ("brackets-notes-at-end.txt", "7", [("paragraph 6", "6")]),
    ("chapters-decimal.txt", "3.1", [("para. 2.2", "2.2")]),
    ("gaps-and-repeats.txt", "6", [("point 3", "3")]),
]


@pytest.mark.parametrize(("name", "number", "expected"), REFERENCES)
def test_references(
    sample: Sample, name: str, number: str, expected: list[tuple[str, str]]
) -> None:
    paragraph = next(p for p in sample(name).paragraphs if p.number == number)
    found = [(paragraph.text[r.start : r.end], r.target) for r in paragraph.references]
    assert found == expected


PROBLEMS = [
    ("wrapped-notes-at-foot.txt", ["hyphen-at-break"], ["2"]),
    ("restarted-recommendations.txt",
     ["number-gap", "number-repeat", "number-restart", "number-repeat"],
     ["1~2", "2~2", "3"]),
    ("gaps-and-repeats.txt", ["number-repeat", "number-gap", "unnumbered"], ["3~2", "5", "u1"]),
    ("bare-numbers-title-heads.txt", ["unnumbered"], ["3", "u1"]),
    ("brackets-notes-at-end.txt", [], []),
    ("chapters-decimal.txt", [], []),
    ("numbered-heads.txt", [], []),
    ("plain.md", [], []),
    ("plain.html", ["hidden-text"], []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "codes", "doubtful"), PROBLEMS)
def test_what_is_odd_is_reported(
    sample: Sample, name: str, codes: list[str], doubtful: list[str]
) -> None:
    read = sample(name)
    assert [p.code for p in read.problems] == codes
    assert [p.number for p in read.paragraphs if p.doubtful] == doubtful
    assert all(p.message and p.line for p in read.problems)


def test_html_and_markdown_of_one_document_read_alike(sample: Sample) -> None:
    markdown, html = sample("plain.md"), sample("plain.html")

    def alike(read: Submission) -> list[object]:
        plain = [replace(p, spans=(), lines=(), footnotes=()) for p in read.paragraphs]
        marks = [[m.offset for m in p.footnotes] for p in read.paragraphs]
        notes = [(n.text, n.urls, n.paragraphs) for n in read.footnotes]
        sections = [replace(s, spans=()) for s in read.sections]
        return [plain, marks, notes, sections, read.submitters, read.title, read.date]

    assert alike(html) == alike(markdown)
    assert not html.source.text_is_source
    assert markdown.source.text_is_source
