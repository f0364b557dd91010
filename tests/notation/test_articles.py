"""Articles as French, Spanish and Russian submissions cite them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.notation.articles import LANGUAGES, find_articles
from indexer.notation.provisions import Provision, parse_provision

_PACTE = "Pacte international relatif aux droits civils et politiques"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "l'article 174 du Code pénal punit",
         [("article 174 du Code pénal", "174", "Code pénal")]),
        ("fr", f"Les articles 19, 21 et 22 du {_PACTE} garantissent",
         [("articles 19", "19", _PACTE), ("21", "21", _PACTE), (f"22 du {_PACTE}", "22", _PACTE)]),
        ("fr", "l’article 9, paragraphe 3, du Pacte",
         [("article 9, paragraphe 3, du Pacte", "9", "Pacte")]),
        ("fr", "Articles 10 à 12 de la Constitution",
         [("Articles 10 à 12 de la Constitution", "10-12", "Constitution")]),
        ("fr", "l'article premier de la loi n° 2019-12, l'article 1er du décret",
         [("article premier de la loi n° 2019-12", "1", "loi n° 2019-12"),
          ("article 1er", "1", None)]),
        ("fr", "l'article 3 du Code de procédure pénale dispose",
         [("article 3 du Code de procédure pénale", "3", "Code de procédure pénale")]),
        ("fr", "un article de 2019, l'article 12 de la présente, les articles de presse",
         [("article 12", "12", None)]),
        ("es", "los artículos 19 y 21 del PIDCP",
         [("artículos 19", "19", "PIDCP"), ("21 del PIDCP", "21", "PIDCP")]),
        ("es", "artículos 10 al 12 del Código Procesal Penal vigente",
         [("artículos 10 al 12 del Código Procesal Penal", "10-12", "Código Procesal Penal")]),
        ("es", "el art. 5 de la Ley 26.485, de 2009",
         [("art. 5 de la Ley 26.485", "5", "Ley 26.485")]),
        ("ru", "Статья 174 Уголовного кодекса наказывает",
         [("Статья 174 Уголовного кодекса", "174", "Уголовный кодекс")]),
        ("ru", "статьёй 5 Трудового кодекса и ст. 8 Гражданского кодекса",
         [("статьёй 5 Трудового кодекса", "5", "Трудовой кодекс"),
          ("ст. 8 Гражданского кодекса", "8", "Гражданский кодекс")]),
        ("ru", "по статьям 10 и 12 Конституции, ст. 174 УК РФ",
         [("статьям 10", "10", "Конституция"), ("12 Конституции", "12", "Конституция"),
          ("ст. 174 УК РФ", "174", "УК РФ")]),
        ("ru", "статье 5 Закона «О печати», статьями 8–10; стать 5, статья о 7",
         [("статье 5 Закона «О печати»", "5", "Закон «О печати»"),
          ("статьями 8–10", "8-10", None)]),
    ],
)  # fmt: skip
def test_find_articles(language: str, text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    found = [(text[s:e], p.number, p.law) for s, e, p in find_articles(text, language)]
    assert found == wanted


def test_the_label_of_an_article_is_understood() -> None:
    wanted = Provision("article", "174", "Code pénal")
    assert parse_provision("Article 174 (Code pénal)") == wanted


_PIECES = st.sampled_from(
    ["article", "Art.", "artículos", "статьи", "ст.", "19", "21-1", "1er", ",", "et", "y", "и",
     "à", "–", "du", "de la", "del", "Code", "pénal", "Código", "Уголовного", "кодекса", "PIDCP",
     "(3)", "loi n°", "«О печати»", "."]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=12).map(" ".join) | st.text(max_size=60),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_articles_have_their_places(text: str, language: str) -> None:
    last = 0
    for start, end, provision in find_articles(text, language):
        assert last <= start < end <= len(text)
        assert provision.number
        last = end
