"""Which pinpoints are to the same submission?"""

from __future__ import annotations

import pytest

from indexer.structure.references import references_in

NUMBERS = ["1", "2", "3", "3.1", "4", "5", "12", "48", "u1"]
PLACES = {number: place for place, number in enumerate(NUMBERS)}


def _found(text: str) -> list[tuple[str, str]]:
    found = references_in(text, NUMBERS, PLACES)
    return [(text[r.start : r.end], r.target) for r in found]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("She was threatened (look point 48 of this Submission).", ["48"]),
        ("See paragraph 12 above.", ["12"]),
        ("As noted in para. 3.1, nothing changed.", ["3.1"]),
        ("This was said before (paras 3–5).", ["3", "3.1", "4", "5"]),
        ("See also ¶¶ 1 and 48.", ["1", "48"]),
        ("The events in paragraph 5 of the present report went on.", ["5"]),
        ("Paragraph 12(a) describes the law.", ["12"]),
        ("Voir paragraphe 3 ci-dessous.", ["3"]),
        ("См. п. 3.", ["3"]),
        (
            "Comme il est dit au paragraphe 12 de la présente communication, rien n'a changé.",
            ["12"],
        ),
        ("Voir les paragraphes 3 à 5 du présent rapport.", ["3", "3.1", "4", "5"]),
        ("Les faits (par. 48 ci-dessus) sont connus.", ["48"]),
        ("Véase el párrafo 12 de este informe.", ["12"]),
        ("Como se indica en los párrafos 1 y 48 supra.", ["1", "48"]),
        ("О пытках говорится в пункте 12 настоящего представления.", ["12"]),
        ("Эти дела описаны выше (пп. 3–5).", ["3", "3.1", "4", "5"]),
        ("Как указано в пункте 48, суд отказал.", ["48"]),
        ("انظر الفقرة 12 أعلاه.", ["12"]),
    ],
)
def test_own_paragraphs(text: str, targets: list[str]) -> None:
    assert [target for _, target in _found(text)] == targets


@pytest.mark.parametrize(
    "text",
    [
        "In para. 48 of the Committee's General Comment it is said.",
        "As the Committee held (General Comment No. 34, para. 12), it is.",
        "This breaches article 3, paragraph 2.",
        "See Article 14 (paragraph 3) of the Covenant.",
        "It follows from paragraph 5 of Article 174.",
        "(A/HRC/28/10, para. 125)",
        "Opinion No. 16/2017, para. 48.",
        "The Committee repeated its paragraph 12.",
        "At that point 3 people were shot.",
        "JS5 para. 48 says the same.",
        "La loi a été adoptée par 48 voix et par 12 députés.",
        "Le paragraphe 3 de l'article 9 du Pacte.",
        "El párrafo 3 del artículo 9 del Pacto.",
        "Пункт 3 статьи 9 Пакта и п. 4 ст. 12 Закона.",
        "В пункте 12 резолюции 53/144 говорится о правозащитниках.",
        "Paragraph 999 above does not exist.",
        "See footnote 3.",
        "It cost 48 dollars in 12 shops.",
    ],
)
def test_what_points_elsewhere(text: str) -> None:
    assert _found(text) == []


def test_all_targets_have_the_span_of_the_phrase() -> None:
    assert _found("See paras 1, 2 and 48.") == [
        ("paras 1, 2 and 48", "1"),
        ("paras 1, 2 and 48", "2"),
        ("paras 1, 2 and 48", "48"),
    ]
