from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import (
    STOP_WORDS,
    Analyser,
    analyser,
    ascii_slug,
    fold,
    fold_text,
    left_out,
    slug,
)

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
        ("ёлка", "ЕЛКА"),
        ("за\u0301мок", "замок"),
        ("أُسرة", "اسره"),
        ("٤٨", "48"),
        ("İSTANBUL", "ıstanbul"),
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
        ("война", "воина"),
        ("ไม่", "ไม"),
        ("їх", "іх"),
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
        ("O'Brien's l’homme", "obrien l lhomme/2 homme"),
        (
            "qu'il n’a d'avant-garde",
            "qu quil/2 il n na/2 a d davantgarde/3 avant avantgarde/2 garde",
        ),
        ("dell'uomo, D's, UN's, N'Djamena", "dell delluomo/2 uomo d un n ndjamena/2 djamena"),
        ("aujourd'hui об’єкт", "aujourdhui обєкт"),
        ("人权 2023年第48段", "人 权 2023 年 第 48 段"),
        ("表現の自由ガー", "表 現 の 自 由 カ\u3099 ー"),
        ("สิทธิ 4๘", "ส\u0e34 ท ธ\u0e34 48"),
        ("الفقرة ٤٨، ١٬٤١٣", "الفقره 48 1413"),
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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "пытками пытки ПЫТКАХ"),
        ("ru", "прав права правами"),
        ("ru", "ёлка елка елки"),
        ("fr", "torturés torturer tortures"),
        ("fr", "détenu détenus détenue détenues"),
        ("fr", "loi lois"),
        ("fr", "organisation organisations"),
        ("fr", "tribunal tribunaux"),
        ("es", "detención detenciones DETENCION"),
        ("pt", "direitos direito"),
        ("de", "Menschenrechte Menschenrechten"),
        ("it", "diritti diritto"),
        ("tr", "IŞIK ışık"),
        ("ar", "إنسان الإنسان والإنسان للإنسان"),
        ("ar", "حقوق الحقوق بالحقوق حُقُوق حقـوق"),
        ("ar", "التزام الالتزام"),
        ("ar", "مدرسة المدرسه"),
        ("pl", "tortury torturami"),
    ],
)
def test_each_language_has_its_own_stems(language: str, words: str) -> None:
    stems = {analyser(language).forms(word)[1] for word in words.split()}
    assert len(stems) == 1
    assert stems.pop().startswith(f"{language}:")


def test_a_stem_of_one_language_is_no_word_of_another() -> None:
    # The French stem of "important" is "import".
    assert analyser("fr").forms("important")[1] != analyser("en").forms("imports")[1]


@pytest.mark.parametrize(
    ("language", "word"),
    [("kk", "құқықтары"), ("uk", "прав"), ("zh", "人"), ("ru", "Ratel"), ("fr", "права")],
)
def test_what_no_stemmer_knows_stays_as_printed(language: str, word: str) -> None:
    assert Analyser(language).forms(word) == (fold(word), fold(word))


@pytest.mark.parametrize(
    ("words", "languages", "out"),
    [
        ("the rule of law", "en fr ru", "the of"),
        ("liberté pour les détenus", "en fr ru", "pour les"),
        ("право на жизнь и свободу", "en fr ru", "на и"),
        ("war crimes", "en de", ""),
        ("war in haft und", "en de", "war in und"),
        ("his son died", "en fr", "his"),
        ("dans son pays", "en fr", "dans son"),
        ("son pays", "fr", "son"),
        ("corea del sur", "es fr", "del"),
        ("құқық және бостандық", "en kk", "және"),
        ("les droits", "en", ""),
        ("les droits", "xx", ""),
    ],
)
def test_little_words_of_every_language_in_view(words: str, languages: str, out: str) -> None:
    printed = [fold(word) for word in words.split()]
    assert left_out(printed, languages.split()) == set(out.split())


def test_stop_words_are_written_folded() -> None:
    for words in STOP_WORDS.values():
        assert words == {fold(word) for word in words}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Свобода слова", "свобода-слова"),
        ("Ёлка; Война", "елка-война"),
        ("Droits de l’homme", "droits-de-lhomme"),
        ("表現の自由", "表現の自由"),
        ("인권 상황", "인권-상황"),
        ("حرّية التعبير", "حريه-التعبير"),
        ("…", ""),
    ],
)
def test_slugs_keep_their_script(text: str, expected: str) -> None:
    for form in ("NFC", "NFD"):
        assert slug(unicodedata.normalize(form, text)) == expected


def test_names_of_files_are_ascii() -> None:
    assert ascii_slug("Совместный доклад (Қазақстан)") == "sovmestnyy-doklad-qazaqstan"
    assert ascii_slug("表現") == ""


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "fr", "ar", "tr", "kk", "xx"]))
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
