"""What front matter says, in the ways and languages in which it says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Submission

Written = Callable[..., Submission]


def _read(written: Written, front: str) -> Submission:
    return written(f"{front}\n\n1. One is a paragraph.\n2. Two is another.\n")


@pytest.mark.parametrize(
    ("line", "session"),
    [
        ("for consideration at the 34th session of the UPR Working Group", "34"),
        ("Thirty-fourth session of the Working Group on the Universal Periodic Review", "34"),
        ("(Fourth Cycle, 42nd session)", "42"),
        ("UPR Working Group, session 9", "9"),
        ("41e session du Groupe de travail sur l'EPU", "41"),
        ("38.º período de sesiones del Examen Periódico Universal", "38"),
        ("50-я сессия Рабочей группы по УПО", "50"),
        ("To the 45th session of the Human Rights Council", None),
    ],
)
def test_sessions(written: Written, line: str, session: str | None) -> None:
    assert _read(written, f"A submission\n\n{line}").session == session


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Submission date: 28 March 2019", "2019-03-28"),
        ("Submitted on 28th March, 2019", "2019-03-28"),
        ("Date: March 28, 2019", "2019-03-28"),
        ("Date: 2019-03-28", "2019-03-28"),
        ("Geneva, March 2019", "2019-03"),
        ("28 March 2019", "2019-03-28"),
        ("Tunis, le 31 mars 2022", "2022-03-31"),
        ("Fecha: 3 de octubre de 2019", "2019-10-03"),
        ("5 апреля 2025 г.", "2025-04-05"),
        ("for the session in November 2019", None),
    ],
)
def test_dates(written: Written, line: str, date: str | None) -> None:
    assert _read(written, f"A submission\n\n{line}").date == date


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("THE UN UNIVERSAL PERIODIC REVIEW OF KAZAKHSTAN", "KAZ"),
        ("Submission by Georgia Watch on Peru", "PER"),
        ("Democratic Republic of the Congo: a joint submission", "COD"),
        ("A report on prisons\nUniversal Periodic Review of Chad\nParis, France", "TCD"),
        ("Equatorial Guinea", "GNQ"),
        ("A report of people like us", None),
    ],
)
def test_states(written: Written, front: str, state: str | None) -> None:
    assert _read(written, front).state == state


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("Joint stakeholder submission on Peru", "joint submission"),
        ("Contribution conjointe sur le Tchad", "joint submission"),
        ("Совместное представление", "joint submission"),
        ("Individual submission on Peru", "individual submission"),
        ("National report of Peru", "national report"),
        ("On Peru\nSubmitted by: Red Door; Blue Door", "joint submission"),
        ("On Peru", "submission"),
    ],
)
def test_kinds(written: Written, front: str, kind: str) -> None:
    assert _read(written, front).kind == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les gens de la ville ont été arrêtés par la police dans la rue.", "fr"),
        ("La policía detuvo a los estudiantes en la calle por una protesta.", "es"),
        ("Полиция задержала студентов на улице.", "ru"),
        ("اعتقلت الشرطة الطلاب في الشارع", "ar"),
        ("警察逮捕了学生", "zh"),
        ("The police detained the students in the street.", "en"),
        ("12345", "en"),
    ],
)
def test_languages(written: Written, text: str, language: str) -> None:
    assert written(f"1. {text}").language == language


@pytest.mark.parametrize(
    ("front", "names"),
    [
        (
            "Submitted by Human Rights Kite (HRK), World Kite Union (WKU) and Paper Bird",
            ["HRK", "WKU", "Paper Bird"],
        ),
        ("Submitted by:\n- Red Door (RD)\n- Blue Door for Law and Peace (BDLP)", ["RD", "BDLP"]),
        ("Submitted jointly by: Red Door; Blue Door", ["Red Door", "Blue Door"]),
        ("The Red Door (RD) was founded in 2001.\nBlue Door (BD) is a union.", ["RD", "BD"]),
        ("Soumise par : Ligue des Voisins (LV) et Association Jasmin (AJ)", ["LV", "AJ"]),
        ("By nobody in particular", []),
        # An acronym stands for what has its initials; the other submitter was lost in its name.
        ("Submitted by: Kite Watch and the Red Door (RD)", ["Kite Watch", "RD"]),
        (
            "Submitted by: Paper Bird, Kite Watch & Red Door (RD)",
            ["Paper Bird", "Kite Watch", "RD"],
        ),
        ("Soumise par : Réseau Jasmin et la Ligue des Voisins (LV)", ["Réseau Jasmin", "LV"]),
        ("Submitted by: Centre for Law and Peace (CLP)", ["CLP"]),
        ("Submitted by: Commission for Justice and Peace (JPC)", ["JPC"]),
        # The place of writing was one.
        ("Submitted by: friends of the red door\nNairobi, 12 July 2019", []),
    ],
)
def test_submitters(written: Written, front: str, names: list[str]) -> None:
    read = _read(written, f"A title about Peru\n\n{front}")
    assert [s.short for s in read.submitters] == names


@pytest.mark.parametrize(
    ("line", "city"),
    [
        ("00-580 Warsaw, Aleja Szucha 11a, office 21", "Warsaw"),
        ("00193 Rome, Via Boezio, 14", "Rome"),
        ("Kharkiv, Sumska Str., 4", "Kharkiv"),
        ("Rue des Alpes 3, 1201 Geneva", "Geneva"),
        ("Avenue d'Auderghem 61/16, 1040 Brussels, Belgium", "Brussels"),
        ("Address: 10115 Berlin, Invalidenstr. 1", "Berlin"),
        ("12 Fetter Lane, London EC4A 1EN", "London"),
        ("Lima, 3 October 2019", None),
        ("Tel. +51 1 700 7000", None),
    ],
)
def test_cities(written: Written, line: str, city: str | None) -> None:
    read = _read(written, f"A title about Peru\n\nRed Door (RD)\n{line}")
    assert [s.city for s in read.submitters] == [city]
