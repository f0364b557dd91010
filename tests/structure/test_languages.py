from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.structure.languages import Recognised, doubtful_language, language_of

PROSE = {
    "en": "This joint submission looks at the state of human rights in the country and at the"
    " freedom of expression. It is made by organisations which have followed the trials.",
    "fr": "La présente communication porte sur la situation des droits de l'homme dans le pays et"
    " sur la liberté d'expression. Elle est soumise par des organisations qui suivent les procès.",
    "es": "Esta contribución examina la situación de los derechos humanos en el país y la libertad"
    " de expresión. Las organizaciones que la presentan han seguido los juicios desde 2018.",
    "pt": "Esta contribuição analisa a situação dos direitos humanos no país e a liberdade de"
    " expressão. As organizações que a apresentam acompanham os processos e não foram ouvidas.",
    "it": "Il presente contributo esamina la situazione dei diritti umani nel paese e la libertà"
    " di espressione. Le organizzazioni che lo presentano seguono i processi dal 2018.",
    "de": "Der vorliegende Bericht befasst sich mit der Lage der Menschenrechte im Land und mit der"
    " Freiheit der Meinung. Die Organisationen beobachten seit 2018 die Verfahren.",
    "nl": "Dit rapport gaat over de situatie van de mensenrechten in het land en over de vrijheid"
    " van meningsuiting. De organisaties die het indienen volgen de processen.",
    "ru": "Настоящее представление касается прав человека в стране (Қазақстан) и свободы слова."
    " Организации, которые его подают, следят за процессами и обеспокоены судьбой людей.",
    "uk": "Ця доповідь присвячена становищу з правами людини в країні та свободі слова.",
    "be": "Гэты даклад прысвечаны становішчу з правамі чалавека ў краіне і свабодзе слова.",
    "kk": "Осы баяндама елдегі адам құқықтарының жағдайына және сөз бостандығына арналған.",
    "ky": "Бул баяндама өлкөдөгү адам укуктарынын абалына арналган жана аны уюмдардын тобу"
    " сунуштайт; жаңы мыйзам.",
    "sr": "Овај извештај се односи на стање људских права у земљи и слободу изражавања.",
    "bg": "Докладът се отнася до положението с правата на човека в България и на свободата.",
    "ar": "تتناول هذه الورقة المشتركة حالة حقوق الإنسان في البلد وحرية التعبير",
    "fa": "این گزارش به وضعیت حقوق بشر در کشور و آزادی بیان می‌پردازد",
    "ur": "یہ رپورٹ ملک میں انسانی حقوق کی صورتحال کے بارے میں ہے",
    "zh": "本报告涉及该国的人权状况和言论自由。",
    "ja": "本報告書は同国の人権状況と表現の自由に関するものである。",
    "ko": "본 보고서는 국가의 인권 상황과 표현의 자유에 관한 것이다.",
    "th": "รายงานฉบับนี้เกี่ยวกับสถานการณ์สิทธิมนุษยชน",
    "el": "Η παρούσα έκθεση αφορά την κατάσταση των ανθρωπίνων δικαιωμάτων",
    "ka": "ეს ანგარიში ეხება ადამიანის უფლებებს",
}


@pytest.mark.parametrize("code", PROSE)
def test_a_text_tells_its_language(code: str) -> None:
    assert language_of(PROSE[code] * 5) == Recognised(code, True)


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru"])
def test_capitals_and_quotations_change_nothing(code: str) -> None:
    assert language_of(PROSE[code].upper() * 5).language == code
    assert language_of(PROSE[code] * 5 + PROSE["de"]) == Recognised(code, True)


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo này đề cập đến tình hình nhân quyền tại quốc gia và quyền tự do ngôn luận. " * 9,
        "Denna rapport handlar om situationen för de mänskliga rättigheterna i landet. " * 15,
        (PROSE["fr"] + PROSE["es"]) * 5,
    ],
)
def test_what_nothing_tells_is_english_and_told(text: str) -> None:
    found = language_of(text)
    assert found == Recognised("en", False)
    assert [problem.code for problem in doubtful_language(found)] == ["language-unclear"]


def test_a_fragment_is_guessed_and_nothing_told() -> None:
    assert language_of("Joint Submission: Uganda, 2019") == Recognised("en", True)
    assert language_of("") == Recognised("en", True)
    assert list(doubtful_language(language_of("Kampala"))) == []


@given(st.text(max_size=200))
def test_any_text_has_a_language(text: str) -> None:
    assert len(language_of(text).language) == 2
