"""In texts that are not English nothing is invented: floors for what goes on there.

English rules let loose on such texts made organisations of "Une" and "D'autres".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.entities import Authority, tag
from tests.entities.conftest import document, entity, named
from tests.entities.score import LANGUAGES, found, gold, score

FILES = sorted(LANGUAGES.glob("*.txt"))
_each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_files_are_there() -> None:
    assert [file.stem for file in FILES] == ["es", "fr", "ru"]
    assert all(len(gold(file)[0].paragraphs) >= 30 for file in FILES)


@_each_file
def test_what_is_found_is_right(file: Path, authority: Authority) -> None:
    scores, errors = score([file], authority)
    assert scores["all"].precision >= 0.93, errors
    assert scores["all"].recall >= 0.9, errors
    for type_ in ("case", "date", "media", "provision"):
        assert scores[type_].recall >= 0.95, errors


@_each_file
def test_dates_have_the_values_of_the_gold(file: Path, authority: Authority) -> None:
    submission, marks = gold(file)
    wanted = {m[:3]: m.value for m in marks if m.type == "date"}
    assert {m[:3]: m.value for m in found(tag(submission, authority)) if m.type == "date"} == wanted


def test_a_law_in_another_language_is_not_put_into_english(authority: Authority) -> None:
    text = "L'article 174 du Code pénal punit la diffamation ; l'article 9 du Pacte, non."
    submission = tag(replace(document(text), language="fr"), authority)
    assert named(submission) == [
        ("article 174 du Code pénal", "article-174-code-penal"),
        ("article 9 du Pacte", "article-9"),
    ]
    article = entity(submission, "article-174-code-penal")
    assert (article.label, article.law) == ("Article 174 (Code pénal)", "code-penal")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une équipe. D'autres sont venus. L'État a signé. Toute Personne compte. Or, rien."),
        ("fr", "Le Comité contre la torture (CCT), le Conseil de Sécurité, rue Jean Moulin."),
        ("fr", "La lutte contre le terrorisme (LCT). La Journée Mondiale. À Bas La Peur."),
        ("es", "Una misión. Otras fueron. El Estado firmó. Toda Persona cuenta."),
        ("es", "El Comité de Derechos Humanos (CDH) y el Consejo de Seguridad, calle José Martí."),
        ("ru", "Другие ушли. Одна Группа. Государство подписало. Новый Год. Улица Ивана Франко."),
        ("ru", "Комитет против пыток (КПП) и Совет по правам человека (СПЧ) написали."),
        ("pt", "Uma missão. Outras foram. O Estado assinou. Toda Pessoa conta."),
        ("tr", "Bir Heyet geldi. Devlet İmzaladı. Bakanlık Sustu."),
        ("de", "Die Organisation Der Bund schrieb. Ein Anwalt Der Opfer kam. Am Ende."),
    ],
)  # fmt: skip
def test_capitals_alone_are_no_names(authority: Authority, language: str, text: str) -> None:
    assert named(tag(replace(document(text), language=language), authority)) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "La Ligue ivoirienne des droits de l'homme (ci-après « LIDHO »)", []),
        ("fr", "L'Association des mères du lac (AML). L'AML a écrit.",
         ["Association des mères du lac", "AML", "AML"]),
        ("fr", "la Cour Suprême et le Tribunal Militaire", ["Cour Suprême", "Tribunal Militaire"]),
        ("fr", "l'Union des Femmes pour la paix", []),
        ("es", "el Comité de Familiares de Detenidos (COFADE)",
         ["Comité de Familiares de Detenidos", "COFADE"]),
        ("es", "el Consejo Cívico de Organizaciones Populares e Indígenas",
         ["Consejo Cívico de Organizaciones Populares e Indígenas"]),
        ("pt", "A Comissão Pastoral da Terra (CPT) denunciou.",
         ["Comissão Pastoral da Terra", "CPT"]),
        ("ru", "Министерство внутренних дел (далее – МВД) молчит; сотрудники МВД",
         ["Министерство внутренних дел", "МВД", "МВД"]),
    ],
)  # fmt: skip
def test_bodies(authority: Authority, language: str, text: str, wanted: list[str]) -> None:
    submission = tag(replace(document(text), language=language), authority)
    assert [name for name, _ in named(submission, "organisation")] == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Me Alice Ndom et Jean-Marc Ferré ; Ndom",
         ["Alice Ndom", "Jean-Marc Ferré", "Ndom"]),
        ("es", "El Presidente Juan Ortega, San Pedro Nuevo y María Paredes",
         ["Juan Ortega", "María Paredes"]),
        ("es", "José Mejía y Carlos Zúniga", ["José Mejía", "Carlos Zúniga"]),
        ("ru", "Каримов Рустам Алиевич и блогер Антон Носов; Каримов",
         ["Каримов Рустам Алиевич", "Антон Носов", "Каримов"]),
        ("tr", "Ahmet Yılmaz", []),
    ],
)  # fmt: skip
def test_people(authority: Authority, language: str, text: str, wanted: list[str]) -> None:
    submission = tag(replace(document(text), language=language), authority)
    assert [name for name, _ in named(submission, "person")] == wanted


def test_a_law_is_known_by_its_acronym(authority: Authority) -> None:
    text = (
        "Le Pacte international relatif aux droits civils et politiques (PIDCP) lie l'État."
        " L'article 14 du PIDCP aussi."
    )
    submission = tag(replace(document(text), language="fr"), authority)
    law = entity(submission, "pacte-international-relatif-aux-droits-civils-et-politiques")
    assert law.type == "law" and "PIDCP" in {alias.text for alias in law.aliases}
    assert [e.law for e in submission.entities if e.type == "provision"] == [law.id]


def test_a_sensitive_name_is_not_told_by_an_acronym(rows: Callable[..., Authority]) -> None:
    hidden = rows(global_="x,person,Awa Kone,Awa Kone,,,,yes,,,\n")
    texts = ["La Fondation Awa Kone (FAK). La FAK agit.", "La Ligue pour Awa Kone (LAK) agit."]
    submission = tag(replace(document(*texts), language="fr"), hidden)
    assert "Kone" not in repr([p.mentions for p in submission.paragraphs])
    assert "Kone" not in repr(submission.entities)


@pytest.mark.parametrize(
    ("language", "piece"),
    [("fr", "9 et "), ("fr", "Jean de "), ("fr", "(AB) "), ("fr", "l'article 19, "),
     ("fr", "le 1er "), ("ru", "Иван "), ("ru", "статьи 9, "), ("es", "Comité de "),
     ("es", "9 de mayo y ")],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(
    authority: Authority, language: str, piece: str
) -> None:
    from time import process_time

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(2):
            start = process_time()
            tag(replace(document(text), language=language), authority)
            best = min(best, process_time() - start)
        return best

    tag(replace(document("x"), language=language), authority)
    # Four times the text: four times the time, where a square would be sixteen.
    assert seconds(24_000) < 9 * max(seconds(6_000), 0.004)


_PIECES = st.sampled_from(
    ["Mme", "Fatima", "Hassan", "le", "La", "Ligue", "des", "droits", "de", "l'homme", "(LDH)",
     "L'État", "D'autres", "Une", "Иван", "Петров", "статья 5", "Уголовного кодекса", "в 2019 году",
     "СРГ", "Союз", "«", "»", "El", "artículo 9", "del PIDCP", ",", ".", "y",
     "28 mars 2019", "Xyz.kz", "al-", "José", "Ruiz", "v", "Union", "Abogado"]
)  # fmt: skip


@given(
    st.lists(st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=50), max_size=4),
    st.sampled_from(["fr", "es", "ru", "pt", "tr", "ar", "zh"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_in_any_language_is_tagged(
    authority: Authority, texts: list[str], language: str
) -> None:
    submission = tag(replace(document(*texts, state="KEN"), language=language), authority)
    ids = {(e.type, e.id) for e in submission.entities}
    assert len(ids) == len(submission.entities)
    for paragraph in submission.paragraphs:
        last = 0
        for mention in paragraph.mentions:
            assert last <= mention.start < mention.end <= len(paragraph.text)
            assert paragraph.text[mention.start : mention.end] == mention.text
            assert mention.entity is None or (mention.type, mention.entity) in ids
            assert (mention.value is not None) == (mention.type == "date")
            last = mention.end
