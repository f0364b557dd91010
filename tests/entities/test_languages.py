"""In texts that are not English nothing is invented: floors for what goes on there.

English rules let loose on such texts made organisations of "Une" and "D'autres".
"""

from __future__ import annotations

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
    assert scores["all"].precision >= 0.95, errors
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


_PIECES = st.sampled_from(
    ["Mme", "Fatima", "Hassan", "le", "La", "Ligue", "des", "droits", "de", "l'homme", "(LDH)",
     "L'État", "D'autres", "Une", "Иван", "Петров", "статья 5", "Уголовного кодекса", "в 2019 году", "СРГ",
     "Союз", "«", "»", "El", "artículo 9", "del PIDCP", ",", ".", "y", "28 mars 2019", "Xyz.kz",
     "al-", "José", "Ruiz", "v", "Union", "Abogado"]
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
