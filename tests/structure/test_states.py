from __future__ import annotations

import csv

import pytest

from indexer.settings import packaged_corpus
from indexer.structure.states import find_states, packaged_states


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "Submission on Kazakhstan by Maurice Brown and Dominique Roy, Granada", "KAZ"),
        ("en", "Republic of Chad; a chat in Chile, not chili", "TCD CHL"),
        ("fr", "Examen de la République du Kazakhstan", "KAZ"),
        ("fr", "contribution sur le PÉROU, l’Égypte, les Etats-Unis et la Guinée équatoriale",
         "PER EGY USA GNQ"),
        ("fr", "situation en République démocratique du Congo et au Soudan du Sud", "COD SSD"),
        ("fr", "rapport sur Maurice et sur Peru", "MUS PER"),
        ("es", "Examen de Kazajstán, Corea del Sur y Túnez; malí en minúscula", "KAZ KOR TUN"),
        ("es", "Papua Nueva Guinea y Guinea-Bissau", "PNG GNB"),
        ("ru", "Представление по Республике Казахстан и Российской Федерации", "KAZ RUS"),
        ("ru", "В Узбекистане, в Индии, о Кубе и по Центральноафриканской Республике",
         "UZB IND CUB CAF"),
        ("ru", "Данные о малых народах. Кроме того, перу Чехова; Индийский океан", ""),
        ("ru", "Папуа — Новая Гвинея, США, Кот-д'Ивуар", "PNG USA CIV"),
        ("kk", "Kazakhstan", "KAZ"),
    ],
)  # fmt: skip
def test_states_are_named_in_the_language_of_the_text(language: str, text: str, codes: str) -> None:
    found = list(find_states(text, packaged_states(language)))
    assert [code for _, _, code in found] == codes.split()


@pytest.mark.parametrize("language", ["fr", "es", "ru"])
def test_every_state_has_its_name(language: str) -> None:
    english = {code for names in packaged_states("en").values() for _, code in names}
    path = packaged_corpus().parent / "indexer" / "structure" / "state_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows} == english
    for row in rows:
        for name in row[language].split("|"):
            (found,) = find_states(f"— {name}.", packaged_states(language))
            assert found[2] == row["code"], name
