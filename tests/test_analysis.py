from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyser, analyser, fold, fold_text, slug

ENGLISH = analyser("en")


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Świącicki", "swiacicki"),
        ("Świącicki", unicodedata.normalize("NFD", "Świącicki")),
        ("Łódź", "Lodz"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("Kazakhstan’s", "Kazakhstan"),
        ("Kazakhstan's", "Kazakhstan"),
        ("KAZAKHSTAN'S", "kazakhstan"),
        ("hadn’t", "hadn't"),
        ("organization", "organisation"),
        ("criticizing", "criticising"),
        ("recognized", "recognised"),
        ("ﬁnding", "finding"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ℋ", "h"),
    ],
)
def test_what_readers_do_not_distinguish_is_folded(word: str, other: str) -> None:
    assert fold(word) == fold(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("size", "sise"),
        ("prize", "prise"),
        ("Khrapunov", "Khrapunova"),
        ("criticise", "critic"),
        ("citizen", "citisen"),
        ("की", "कु"),
    ],
)
def test_what_readers_distinguish_is_kept(word: str, other: str) -> None:
    assert fold(word) != fold(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The pre-trial cells", "the pre pretrial/2 trial cells"),
        ("1,413 cases, 99.8% of 2,5 years", "1413 cases 99.8 of 2,5 years"),
        ("(Communication No. 2304/2013)", "communication no 2304/2013"),
        ("170 000 subscribers", "170 170000/2 000 subscribers"),
        ("in 2018 500 cases", "in 2018 500 cases"),
        ("130-330 euros, 2018-2019", "130 330 euros 2018 2019"),
        ("U.N. bodies", "un bodies"),
        ("the u.n. bodies", "the un bodies"),  # typed without capitals
        ("https://e.gov.kz", "https e gov kz"),
        ("decision³ states", "decision states"),
        ("Ratel.kz", "ratel kz"),
        ("state-of-the-art-by-now", "state of the art by now"),
        ("A_HRC_WGAD", "a hrc wgad"),
        ("‘incites’ “social” discord", "incites social discord"),
        ("O'Brien's l’homme", "obrien lhomme"),
        ("higher‑level", "higher higherlevel/2 level"),
        ("— – ' ’ ·", ""),
    ],
)
def test_tokens(text: str, terms: str) -> None:
    found = [
        token.printed if token.width == 1 else f"{token.printed}/{token.width}"
        for token in ENGLISH.tokens(text)
    ]
    assert found == terms.split()


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("ban", "banned", True),
        ("participating", "participated", True),
        ("criticize", "criticising", True),
        ("critic", "criticise", False),
        ("organisations", "organization", True),
        ("police", "policy", False),
        ("NGO", "NGOs", True),
    ],
)
def test_stems(word: str, other: str, same: bool) -> None:
    assert (ENGLISH.forms(word)[1] == ENGLISH.forms(other)[1]) == same


def test_each_language_has_its_own_stems() -> None:
    assert analyser("ru").forms("пытками")[1] == analyser("ru").forms("пытки")[1]
    assert analyser("fr").forms("torturés")[1] == analyser("fr").forms("torturer")[1]
    # Kazakh has no Snowball stemmer: words stay as printed.
    assert Analyser("kk").forms("құқықтары") == (fold("құқықтары"),) * 2


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "fr", "kk", "xx"]))
def test_every_token_keeps_its_place(text: str, language: str) -> None:
    last, position = 0, -1
    for token in analyser(language).tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.printed
        if token.width == 1:
            assert token.start >= last
            assert token.position == position + 1
            last, position = token.end, token.position


@given(st.text(max_size=60))
def test_folding_is_stable(word: str) -> None:
    for other in (word, unicodedata.normalize("NFD", word), unicodedata.normalize("NFC", word)):
        assert fold_text(other) == fold_text(word)
    assert slug(slug(word)) == slug(word)
