"""Code pages of old files: read right or refused with the byte in doubt, never read wrong."""

from __future__ import annotations

import codecs
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.readers.encodings import decode

SENTENCES = {
    "ru": (
        "Государство должно обеспечить доступ к правосудию.",
        "Задержанные не были проинформированы о своих правах.",
        "По данным организации «Заря», пытки применялись в 2018 году.",
        "Полиция задержала трёх журналистов на площади.",
        "Ещё одна жалоба адвоката осталась без ответа.",
        "РЕКОМЕНДАЦИИ",
    ),
    "uk": (
        "Держава повинна забезпечити доступ до правосуддя.",
        "Поліція затримала трьох журналістів у Києві.",
        "Є підстави вважати, що їх катували.",
        "Україна має ратифікувати конвенцію без зволікань.",
        "Їхні скарги на дії міліції лишилися без відповіді.",
        "Її свідчення підтвердили двоє сусідів, які бачили побої.",
    ),
    "kk": (
        "Сот адвокаттың шағымын қанағаттандырудан бас тартты.",
        "Полиция үш журналисті ұстады және оларға құқықтары түсіндірілмеді.",
        "Әкімдік жиналысқа рұқсат берген жоқ.",
        "Азаматтар өз пікірін еркін білдіре алмайды.",
    ),
    "fr": (
        "Le Gouvernement n’a pas répondu aux recommandations du Comité.",
        "Les détenus ont été privés de leurs droits à la défense.",
        "« Nous n’avons rien reçu », a déclaré la mère de la victime.",
        "Où sont passés les prisonniers ? Leur cœur est brisé.",
        "Les élèves ne vont pas à l’école à cause des coûts.",
    ),
    "es": (
        "El Estado debería garantizar la protección de los niños.",
        "La policía detuvo a tres periodistas en el año 2018.",
        "¿Dónde están los desaparecidos? La familia pidió más información.",
        "“No hay justicia”, dijo la señora Muñoz.",
        "El país no ha ratificado el convenio.",
    ),
    "de": (
        "Die Behörden haben die Häftlinge nicht über ihre Rechte aufgeklärt.",
        "„Wir wurden geschlagen“, sagte einer der Männer.",
        "Das Gesetz verstößt gegen die Verfassung und muss geändert werden.",
        "Er ist Österreicher und wurde in Köln geboren.",
    ),
    "pl": (
        "Władze nie odpowiedziały na pytania organizacji pozarządowych.",
        "Więźniowie zostali pozbawieni prawa do obrony.",
        "Państwo powinno chronić dzieci przed przemocą.",
        "Sędzia odmówił, gdyż żądanie było źle sporządzone.",
    ),
    "en": (
        "The government’s response didn’t address the detainees’ complaints.",
        "“We were never told why,” said the lawyer — and the court didn’t ask.",
        "Since 2018 – according to the “Lake Forum” – no one has been charged.",
        "It’s unclear whether the region’s courts have jurisdiction.",
        "The café owner was questioned for nine hours.",
        "They’ve asked that the State ratify the treaty, but it hasn’t.",
    ),
    "el": ("Η κυβέρνηση δεν απάντησε στις συστάσεις της επιτροπής.", "Οι κρατούμενοι έφυγαν."),
    "tr": ("Polis gazetecileri gözaltına aldı, çünkü onlar bu olayı yazdı.",),
    "lt": ("Vyriausybė neatsakė į nevyriausybinių organizacijų klausimus.",),
    "zh": ("警方拘留了三名记者。", "国家应保障获得司法救助的权利。"),
}
PAGES = {
    "ru": ("cp1251", "koi8_r", "mac_cyrillic", "cp866", "iso8859_5"),
    "uk": ("cp1251", "koi8_u", "mac_cyrillic"),
    "kk": ("kz1048",),
    "fr": ("cp1252", "mac_roman"),
    "es": ("cp1252", "mac_roman"),
    "de": ("cp1252", "mac_roman"),
    "pl": ("cp1250", "iso8859_2"),
    "en": ("cp1252", "mac_roman"),
}
#: Code pages that are refused, not read as another.
FOREIGN_PAGES = {
    "el": ("cp1253", "mac_greek"),
    "tr": ("cp1254",),
    "lt": ("cp1257",),
    "zh": ("gb18030",),
    "pl": ("mac_latin2", "cp852"),
    "fr": ("cp850", "cp437"),
}
PAIRS = [(language, page) for language, pages in PAGES.items() for page in pages]
WORDS = (
    "País José Martínez Gdańsk Wałęsa Łódź Erdoğan Şeyma Çelik café naïve façade don’t State’s"
    " “quoted” ‘quoted’ – — … • § © £500 40°C Škoda Čapek Győr Ñandú niño Müller Straße Óscar"
    " São État à É. Ívar þing l’État ”Hej” «non» № ½ 100€ ™ Ørsted Kārlis Žemaitė Αθήνα Москва"
    " Київ Қазақстан שלום سلام 北京 Ünal ıspanak"
).split()
FRAMES = (
    "The police did not answer and the court refused to hear of {} in the year of the review.",
    "{}",
    "{} and {}, {}.",
    "La police a fait une visite sur {} dans le pays et la ville.",
    "El gobierno de {} y las ciudades con {} por los hechos que se dieron en la corte.",
)


def _decoded(text: str, page: str) -> str | None:
    """What the bytes of *text* are read as; None if they are refused."""
    try:
        return decode(text.encode(page), "x.txt", None).text
    except SourceError as refused:
        assert 'encoding = "' in refused.cure
        return None


@pytest.mark.parametrize(("language", "page"), PAIRS)
def test_a_page_of_text_is_read(language: str, page: str) -> None:
    text = "\n".join(SENTENCES[language]).encode(page, "ignore")
    decoded = decode(text, "x.txt", None)
    assert decoded.text == text.decode(page)
    if not text.isascii():
        assert [p.code for p in decoded.problems] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("language", "page"), [(la, page) for la, pages in FOREIGN_PAGES.items() for page in pages]
)
def test_a_page_that_cannot_be_told_is_refused(language: str, page: str) -> None:
    text = "\n".join(SENTENCES[language]).encode(page, "ignore")
    with pytest.raises(SourceError) as refused:
        decode(text, "old.txt", None)
    assert "old.txt" in refused.value.message
    assert "byte " in refused.value.message


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_sentence_is_read_wrong(data: st.DataObject) -> None:
    language, page = data.draw(st.sampled_from(PAIRS))
    chosen = data.draw(st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=8))
    text = " ".join(chosen).encode(page, "ignore").decode(page)
    assert _decoded(text, page) in (None, text)


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_one_strange_word_in_plain_text_is_not_read_wrong(data: st.DataObject) -> None:
    frame = data.draw(st.sampled_from(FRAMES))
    words = [data.draw(st.sampled_from(WORDS)) for _ in range(frame.count("{}"))]
    text = frame.format(*words)
    fitting = [page for page in ALL_PAGES if _holds(page, text)]
    if fitting:
        assert _decoded(text, data.draw(st.sampled_from(fitting))) in (None, text)


ALL_PAGES = (
    "cp1252", "cp1251", "mac_roman", "koi8_r", "cp1250", "cp1254", "cp1257", "cp1253", "cp850",
    "mac_latin2", "cp1255", "cp1256", "gb18030",
)  # fmt: skip


def _holds(page: str, text: str) -> bool:
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("data", "place", "readings"),
    [
        # An apostrophe of Windows, or the name of a newspaper from an old Macintosh.
        (b"It was\nin El Pa\x92s.", "byte 15 (line 2)", ("País", "Pa’s")),
        # Gdańsk from Central Europe, Gdañsk from the West.
        (b"A march\r\rin Gda\xf1sk", "byte 15 (line 3)", ("Gdañsk", "Gdańsk")),
        (b"Erdo\xf0an", "byte 4 (line 1)", ("Erdoğan", "Erdoðan")),
    ],
)
def test_a_doubt_names_the_byte_and_what_it_may_read(
    data: bytes, place: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(SourceError) as refused:
        decode(data, "x.txt", None)
    assert place in refused.value.message
    assert any(reading in refused.value.message for reading in readings)
    assert "encoding = " in refused.value.cure


def test_utf8_with_one_broken_byte_is_not_taken_for_another_page() -> None:
    data = "Le Comité a été saisi à Genève.".encode() + b" caf\xe9 noir."
    with pytest.raises(SourceError, match=r"byte \d+ \(line 1\) is not UTF-8"):
        decode(data, "x.txt", None)


def test_two_bytes_of_macroman_that_are_valid_utf8_are_in_doubt() -> None:
    data = "The case of l’État was closed in the same year.".encode("mac_roman")
    assert data.decode("utf-8") != data.decode("mac_roman")
    with pytest.raises(SourceError, match="in doubt"):
        decode(data, "x.txt", None)


def test_what_a_document_declares_holds_where_the_bytes_allow() -> None:
    assert decode("Снег и лёд.".encode("cp1251"), "x", None, "windows-1251").text == "Снег и лёд."
    said = decode("“Zürich” is not far.".encode("cp1252"), "x", None, "utf-8")
    assert (said.text, said.encoding) == ("“Zürich” is not far.", "cp1252")
    assert [p.code for p in said.problems] == ["encoding-guessed"]
    read = decode("Снег и лёд на площади.".encode(), "x", None, "windows-1251")
    assert (read.text, read.encoding) == ("Снег и лёд на площади.", "utf-8")
    assert [p.code for p in read.problems] == ["encoding-guessed"]
    with pytest.raises(SourceError, match="in doubt"):
        decode("Государство и право.".encode("koi8_r"), "x", None, "windows-1252")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("One.\nThe courtâ€™s order", "mojibake", 2),
        ("Le ComitÃ© a dÃ©cidÃ©", "mojibake", 1),
        ("Ok.\r\rÐŸÑ€Ð°Ð²Ð¾", "mojibake", 3),
        ("РџСЂР°РІРѕ РЅР° СЃСѓРґ", "mojibake", 1),
        ("a\nb\nc \ufffd d", "replacement-character", 3),
    ],
)
def test_damage_done_before_is_told_and_not_repaired(text: str, code: str, line: int) -> None:
    decoded = decode(text.encode(), "x.txt", None)
    assert decoded.text == text
    assert [(p.code, p.line) for p in decoded.problems] == [(code, line)]


@pytest.mark.parametrize("language", ["fr", "ru", "uk", "kk", "de", "es", "pl", "en", "zh", "el"])
def test_sound_text_is_not_called_damaged(language: str) -> None:
    assert decode("\n".join(SENTENCES[language]).encode(), "x.txt", None).problems == ()


@pytest.mark.parametrize("data", [b"\0" * 2_500_000, b"\0\1" * 50_000, b"a\0b\0\0c", b"\x1b$B!!"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^x\.txt: "):
        decode(data, "x.txt", None)


def test_time_grows_with_the_length_alone() -> None:
    line = "Государство должно обеспечить доступ к правосудию.\n".encode("cp1251")
    for data in (line * 100_000, b"\xe9" * 5_000_000, b"x" * 5_000_000 + b"\xe9 caf\xe9"):
        started = time.process_time()
        with contextlib.suppress(SourceError):
            decode(data, "x.txt", None)
        assert time.process_time() - started < 10


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "x.txt", None)
    except SourceError as refused:
        assert refused.cure
        return
    assert codecs.lookup(decoded.encoding)
    assert "\0" not in decoded.text
