"""Front matter of many kinds of document, whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Submission

Written = Callable[..., Submission]

_NGO_CYCLE = """
Universal Periodic Review (3rd Cycle)

Joint Submission by: Red Door, Blue Door and Kite Watch

Submission to the 39th session of the UPR Working Group, Oct–Nov 2021

ICELAND

Submitted on 25 March 2021
"""
_NGO_CODE = """
UPR Stakeholder Submission

JS5

Prisons in Malawi

4th cycle, 48th session January/February 2025

Red Door (RD)
Lilongwe, Shore Road 4
E-mail: red@door.example
"""
_NGO_UPSIDE_DOWN = """
Geneva, 15 July 2024

Red Door and Blue Door

for the 48th Session of the UPR Working Group

Review of the Republic of Malawi
"""
_NGO_ORGANISATION_OF_ELSEWHERE = """
Georgia Watch

Tbilisi, Georgia

Submission for the UPR of Peru, 41st session
"""
_STATE_REPORT = """
United Nations                                  A/HRC/WG.6/40/TGO/1
General Assembly                                Distr.: General
                                                12 November 2021
                                                English
                                                Original: French

Human Rights Council
Working Group on the Universal Periodic Review
Fortieth session
24 January–4 February 2022

National report submitted in accordance with paragraph 5 of the annex to Human Rights
Council resolution 16/21*
Togo
"""
_COMPILATION = """
A/HRC/WG.6/40/TGO/2

Distr.: General 15 November 2021

Human Rights Council
Working Group on the Universal Periodic Review
Fortieth session

Compilation on Togo

Report of the Office of the United Nations High Commissioner for Human Rights
"""
_SUMMARY = _COMPILATION.replace("TGO/2", "TGO/3").replace(
    "Compilation on Togo", "Summary of stakeholders’ submissions on Togo"
)
_OUTCOME = """
A/HRC/44/98
Distr.: General
1 July 2020

Human Rights Council
Forty-fourth session
15 June–3 July 2020
Agenda item 6
Universal periodic review

Report of the Working Group on the Universal Periodic Review

Andorra
"""
_VIEWS = """
United Nations CCPR/C/130/D/9999/2015
International Covenant on Civil and Political Rights
Distr.: General
20 November 2020
Original: English

Human Rights Committee

Views adopted by the Committee under article 5 (4) of the Optional Protocol

Communication submitted by: O. P. (represented by counsel, Vera Blum)
Alleged victim: The author
State party: Iceland
Date of communication: 2 May 2015 (initial submission)
Date of adoption of Views: 23 October 2020
"""
_OPINION = """
A/HRC/WGAD/2021/99
Distr.: General
4 June 2021

Human Rights Council
Working Group on Arbitrary Detention

Opinions adopted by the Working Group on Arbitrary Detention at its ninetieth session, 3–12 May 2021

Opinion No. 99/2021 concerning Ada Lovell and Bruno Keel (Togo)
"""
_JUDGMENT = """
FIRST SECTION

CASE OF BLACKWOOD AND OTHERS v. SAN MARINO

(Application no. 99999/14)

JUDGMENT

STRASBOURG

12 March 2018

FINAL
12/06/2018
"""
_BETWEEN_STATES = _JUDGMENT.replace(
    "BLACKWOOD AND OTHERS v. SAN MARINO", "GEORGIA v.\nRUSSIA (III)"
)
_CONCLUDING = """
CCPR/C/ISL/CO/6
Distr.: General
30 August 2022
Original: English

Human Rights Committee

Concluding observations on the sixth periodic report of Iceland
"""


def _read(written: Written, front: str) -> Submission:
    body = "For all to read.\n\nI. INTRODUCTION\n\n1. One is a paragraph.\n2. Two is another.\n"
    return written(f"{front}\n\n{body}")


@pytest.mark.parametrize(
    ("front", "kind", "state", "session", "date", "symbol", "title"),
    [
        pytest.param(
            _NGO_CYCLE, "joint submission", "ISL", "39", "2021-03-25", None,
            "Universal Periodic Review (3rd Cycle)", id="any order",
        ),
        pytest.param(
            _NGO_CODE, "joint submission", "MWI", "48", None, None, "UPR Stakeholder Submission",
            id="code and cycle",
        ),
        pytest.param(
            _NGO_UPSIDE_DOWN, "submission", "MWI", "48", "2024-07-15", None, None,
            id="date first",
        ),
        pytest.param(
            _NGO_ORGANISATION_OF_ELSEWHERE, "submission", "PER", "41", None, None, "Georgia Watch",
            id="an organisation of elsewhere",
        ),
        pytest.param(
            _STATE_REPORT, "national report", "TGO", "40", "2021-11-12", "A/HRC/WG.6/40/TGO/1",
            None, id="national report",
        ),
        pytest.param(
            _COMPILATION, "compilation", "TGO", "40", "2021-11-15", "A/HRC/WG.6/40/TGO/2",
            "Compilation on Togo", id="compilation",
        ),
        pytest.param(
            _SUMMARY, "summary", "TGO", "40", "2021-11-15", "A/HRC/WG.6/40/TGO/3",
            "Summary of stakeholders’ submissions on Togo", id="summary",
        ),
        pytest.param(
            _OUTCOME, "working group report", "AND", None, "2020-07-01", "A/HRC/44/98",
            None, id="outcome",
        ),
        pytest.param(
            _VIEWS, "decision", "ISL", None, "2020-11-20", "CCPR/C/130/D/9999/2015",
            None, id="views",
        ),
        pytest.param(
            _OPINION, "opinion", "TGO", None, "2021-06-04", "A/HRC/WGAD/2021/99",
            "Opinion No. 99/2021 concerning Ada Lovell and Bruno Keel (Togo)", id="opinion",
        ),
        pytest.param(
            _JUDGMENT, "judgment", "SMR", None, "2018-03-12", None,
            "CASE OF BLACKWOOD AND OTHERS v. SAN MARINO", id="judgment",
        ),
        pytest.param(
            _BETWEEN_STATES, "judgment", "RUS", None, "2018-03-12", None,
            "CASE OF GEORGIA v. RUSSIA (III)", id="caption in two lines",
        ),
        pytest.param(
            _CONCLUDING, "concluding observations", "ISL", None, "2022-08-30", "CCPR/C/ISL/CO/6",
            "Concluding observations on the sixth periodic report of Iceland", id="concluding",
        ),
    ],
)  # fmt: skip
def test_whole_front_matter(
    written: Written,
    front: str,
    kind: str,
    state: str | None,
    session: str | None,
    date: str | None,
    symbol: str | None,
    title: str | None,
) -> None:
    read = _read(written, front)
    assert (read.kind, read.state, read.session) == (kind, state, session)
    assert (read.date, read.symbol) == (date, symbol)
    assert title is None or read.title == title
    assert not [p for p in read.problems if p.code.endswith("-unclear")]


@pytest.mark.parametrize("front", [_STATE_REPORT, _SUMMARY, _OUTCOME, _VIEWS, _OPINION, _JUDGMENT])
def test_what_the_united_nations_or_a_court_wrote_has_no_submitters(
    written: Written, front: str
) -> None:
    assert _read(written, front).submitters == ()


@pytest.mark.parametrize(
    ("front", "field"),
    [
        ("Universal Periodic Review of Armenia and Azerbaijan", "state"),
        ("On prisons\n\nPERU\n\nCHILE", "state"),
        ("CASE OF LOVELL v. GEORGIA AND RUSSIA\n\nJUDGMENT", "state"),
        ("Prisons in Malawi\n\nUniversal Periodic Review: Togo\n\nReview of Ghana", "state"),
        ("On Peru\n\n34th session of the UPR\n\n41st session of the UPR", "session"),
        ("A/HRC/44/98\n\nA/HRC/44/99\n\nReport on Peru", "symbol"),
        ("Prisons in Peru\n\nJS5\n\nJS7", "codes"),
    ],
)
def test_two_answers_are_none_and_a_problem(written: Written, front: str, field: str) -> None:
    read = _read(written, front)
    assert not getattr(read, field)
    assert [p.code for p in read.problems if p.code.endswith("-unclear")] == [f"{field}-unclear"]
    assert not [found for found in read.found if found.field == field]


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("Report on Uganda by the Peru Watch", "UGA"),
        ("Prisons\n\nSubmitted by Kite Watch, Geneva, Switzerland", None),
        ("Prisons\n\nRed Door was founded in Poland in 2009 and has worked ever since for"
         " prisoners in many countries of the world, and for their families and children.", None),
        ("State under review: Peru\n\nSubmitted by Chile Watch", "PER"),
        ("UPR of Peru\n\nRed Door has worked for prisoners since 2001 and took part in the last"
         " UPR of Chile, where it spoke of prisons, of the courts and of the police, together with"
         " a number of other organisations.", "PER"),
        ("Prisons by the sea\n\nRed Door has worked for prisoners since 2001 and gives this report"
         " for the fourth universal periodic review of Peru, in which it speaks of prisons, of the"
         " courts and of the police.", "PER"),
        ("Universal Periodic Review\nPERU\nA submission by Chile Watch", "PER"),
        ("UPR Peru 2022: prisons", "PER"),
        ("Prisons: a submission for the UPR of the Republic of Peru", "PER"),
        ("Violence in Northern Ireland, United Kingdom", None),
        ("Contribution à l'Examen périodique universel du Togo", "TGO"),
    ],
)  # fmt: skip
def test_the_state_concerned_is_no_other_state(
    written: Written, front: str, state: str | None
) -> None:
    assert _read(written, front).state == state


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("A/HRC/WG.6/34/PER/3", "A/HRC/WG.6/34/PER/3"),
        ("United Nations  A/HRC/WG.6/34/PER/3*", "A/HRC/WG.6/34/PER/3"),
        ("A/HRC/WG.6/34/PER/3 Distr.: General", "A/HRC/WG.6/34/PER/3"),
        ("A/HRC/WG.6/34/PER/1/Corr.1", "A/HRC/WG.6/34/PER/1/Corr.1"),
        ("as stated in A/HRC/WG.6/34/PER/3", None),
        ("A/HRC/WG.6/34/PER/3 was a summary of what others wrote", None),
        ("Follow-up to A/HRC/42/10", None),
        ("and/or", None),
    ],
)
def test_symbols_stand_in_a_masthead(written: Written, line: str, symbol: str | None) -> None:
    assert _read(written, f"Prisons in Peru\n\n{line}").symbol == symbol


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Joint Submission by: Red Door, Blue Door and Kite Watch",
         ["Red Door", "Blue Door", "Kite Watch"]),
        ("Submitted by: A, B and C", ["A", "B", "C"]),
        ("Submitted by RDX and BDY", ["RDX", "BDY"]),
        ("Submitted by the Institute for Law and Peace", ["Institute for Law and Peace"]),
        ("Submitted by Red Door and the Centre for Law", ["Red Door", "Centre for Law"]),
        ("Submitted by: Red Door, Committee for Peace and Justice",
         ["Red Door", "Committee for Peace and Justice"]),
        ("Submitted by Red Door together with Kite Watch", ["Red Door", "Kite Watch"]),
        ("Joint submission by Red Door and Kite Watch to the 41st session of the UPR",
         ["Red Door", "Kite Watch"]),
        ("Kite Watch submission to the Universal Periodic Review of Peru", ["Kite Watch"]),
        ("Joint submission to the Universal Periodic Review of Peru", []),
        ("Universal Periodic Review submission on Peru", []),
    ],
)  # fmt: skip
def test_lists_of_submitters(written: Written, line: str, names: list[str]) -> None:
    read = _read(written, f"A title about Peru\n\n{line}")
    assert [s.name for s in read.submitters] == names


def test_each_answer_knows_its_line(written: Written) -> None:
    read = _read(written, _VIEWS.strip())
    found = {one.field: (one.line, one.text) for one in read.found}
    assert found["symbol"] == (1, "United Nations CCPR/C/130/D/9999/2015")
    assert found["date"] == (4, "20 November 2020")
    assert found["state"] == (13, "State party: Iceland")
    assert found["title"][0] == 9
    assert "session" not in found
