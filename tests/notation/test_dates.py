"""Dates as submissions write them, each row headed by real wording."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import DateValue
from indexer.notation.dates import find_dates, interval, parse_date

WRITTEN: list[tuple[str, list[tuple[str, DateValue]]]] = [
    ("on 13 March 2018, a court", [("13 March 2018", "2018-03-13")]),
    ("On March 13, 2018, a court", [("March 13, 2018", "2018-03-13")]),
    ("the 3rd of May 2019", [("3rd of May 2019", "2019-05-03")]),
    ("In Sept. 2019 he", [("Sept. 2019", "2019-09")]),
    ("from March 2018 to March 2019, more", [("March 2018 to March 2019", "2018-03/2019-03")]),
    (
        "from 4 April 2016 to 14 July 2021",
        [("4 April 2016 to 14 July 2021", "2016-04-04/2021-07-14")],
    ),
    ("from 2008 to 2018, 500 cases", [("2008 to 2018", "2008/2018")]),
    ("in 2018-2019, the mission", [("2018-2019", "2018/2019")]),
    ("the 2017–2021 period", [("2017–2021", "2017/2021")]),
    ("its 2019/2020 report", [("2019/2020", "2019/2020")]),
    ("between 9 and 12 August 2020", [("9 and 12 August 2020", "2020-08-09/2020-08-12")]),
    ("on 9 and 12 August 2020", [("9 and 12 August 2020", ("2020-08-09", "2020-08-12"))]),
    ("13–15 May 2018", [("13–15 May 2018", "2018-05-13/2018-05-15")]),
    ("from 13 to 18 January 2021", [("13 to 18 January 2021", "2021-01-13/2021-01-18")]),
    ("from February to July 2021", [("February to July 2021", "2021-02/2021-07")]),
    ("In February and March 2019, both", [("February and March 2019", ("2019-02", "2019-03"))]),
    ("5 May and 6 June 2018", [("5 May and 6 June 2018", ("2018-05-05", "2018-06-06"))]),
    ("released in 2017 and 2018.", [("2017", "2017"), ("2018", "2018")]),
    (
        "between November 2020 and June 2021",
        [("November 2020 and June 2021", "2020-11/2021-06")],
    ),
    ("on 2019-02-27 and 27.02.2019", [("2019-02-27", "2019-02-27"), ("27.02.2019", "2019-02-27")]),
    ("by 25/12/2018 or 12/25/2018", [("25/12/2018", "2018-12-25"), ("12/25/2018", "2018-12-25")]),
    ("on 4/5/2018, which may be May or April", []),
    ("in mid-2018 and early 2019", [("2018", "2018"), ("2019", "2019")]),
    # A year belongs to the days and months after it.
    ("On 18 June 2020 one, on 29 May another",
     [("18 June 2020", "2020-06-18"), ("29 May", "2020-05-29")]),
    ("on 25 May 2021; more followed in October.",
     [("25 May 2021", "2021-05-25"), ("October", "2021-10")]),
    ("evicted in March 2019. March, he says, is bad.", [("March 2019", "2019-03")]),
    ("a month or day without a year: 29 May, in October", []),
    # Numbers that look like years.
    ("In 2026 cases, investigations were closed", []),
    ("There are 2026 fewer press cards", []),
    ("None of the 2020 recommendations", [("2020", "2020")]),
    ("Communication No. 2304/2013 and Opinion No. 16/2017", []),
    ("1,413 cases in 2015, 1,460 in 2016", [("2015", "2015"), ("2016", "2016")]),
    ("In 2016 more than 50 journalists", [("2016", "2016")]),
    ("in the 1990s; LA-2018; $2000; 2018%; No. 1970", []),
    ("on 31 February 2018", []),
    ("May he live. March on.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_find_dates(text: str, wanted: list[tuple[str, DateValue]]) -> None:
    assert [(text[start:end], value) for start, end, value in find_dates(text)] == wanted


IN_OTHER_LANGUAGES: list[tuple[str, str, list[tuple[str, DateValue]]]] = [
    ("fr", "Le 28 mars 2019, le tribunal", [("28 mars 2019", "2019-03-28")]),
    ("fr", "dès le 1er mars 2019 et en déc. 2020",
     [("1er mars 2019", "2019-03-01"), ("déc. 2020", "2020-12")]),
    ("fr", "entre janvier 2020 et mai 2023", [("janvier 2020 et mai 2023", "2020-01/2023-05")]),
    ("fr", "du 4 avril 2016 au 14 juillet 2021",
     [("4 avril 2016 au 14 juillet 2021", "2016-04-04/2021-07-14")]),
    ("fr", "entre le 9 et le 12 août 2020",
     [("9 et le 12 août 2020", "2020-08-09/2020-08-12")]),
    ("fr", "les 9 et 12 août 2020", [("9 et 12 août 2020", ("2020-08-09", "2020-08-12"))]),
    ("fr", "en février et mars 2019", [("février et mars 2019", ("2019-02", "2019-03"))]),
    ("fr", "de 2018 à 2020, à la mi-2021", [("2018 à 2020", "2018/2020"), ("2021", "2021")]),
    ("fr", "le 18 juin 2020, puis le 29 mai et en octobre",
     [("18 juin 2020", "2020-06-18"), ("29 mai", "2020-05-29"), ("octobre", "2020-10")]),
    ("fr", "2026 cas, loi n° 2019, en mars ; le 4/5/2018", [("4/5/2018", "2018-05-04")]),
    ("es", "el 28 de marzo de 2019", [("28 de marzo de 2019", "2019-03-28")]),
    ("es", "del 9 al 12 de agosto de 2020",
     [("9 al 12 de agosto de 2020", "2020-08-09/2020-08-12")]),
    ("es", "entre enero de 2020 y mayo de 2023",
     [("enero de 2020 y mayo de 2023", "2020-01/2023-05")]),
    ("es", "5 de mayo y 6 de junio de 2018",
     [("5 de mayo y 6 de junio de 2018", ("2018-05-05", "2018-06-06"))]),
    ("es", "en 2026 casos; desde 2018 hasta el 2020", [("2018 hasta el 2020", "2018/2020")]),
    ("es", "cerca del mar. En 2019", [("2019", "2019")]),
    ("ru", "28 марта 2019 года суд", [("28 марта 2019 года", "2019-03-28")]),
    ("ru", "в марте 2019 г. суд", [("марте 2019 г.", "2019-03")]),
    ("ru", "в период с февраля 2019 года по январь 2023 года",
     [("февраля 2019 года по январь 2023 года", "2019-02/2023-01")]),
    ("ru", "между 9 и 12 августа 2020 года",
     [("9 и 12 августа 2020 года", "2020-08-09/2020-08-12")]),
    ("ru", "в мае и июне 2018 года", [("мае и июне 2018 года", ("2018-05", "2018-06"))]),
    ("ru", "в 2018–2019 годах", [("2018–2019 годах", "2018/2019")]),
    ("ru", "2026 случаев; в 1990-е годы; в 2020 году человек", [("2020 году", "2020")]),
    ("pt", "de 9 a 12 de agosto de 2020",
     [("9 a 12 de agosto de 2020", "2020-08-09/2020-08-12")]),
    ("de", "vom 1. bis 3. März 2019", [("1. bis 3. März 2019", "2019-03-01/2019-03-03")]),
    ("it", "dal 9 al 12 agosto 2020", [("9 al 12 agosto 2020", "2020-08-09/2020-08-12")]),
    ("tr", "27.02.2019 ve 2020", [("27.02.2019", "2019-02-27"), ("2020", "2020")]),
    ("fr", "31 février 2018", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), IN_OTHER_LANGUAGES)
def test_find_dates_in_other_languages(
    language: str, text: str, wanted: list[tuple[str, DateValue]]
) -> None:
    found = [(text[start:end], value) for start, end, value in find_dates(text, language)]
    assert found == wanted


def test_accents_may_be_typed_apart_from_their_letters() -> None:
    """Only the year was found of «3 février 2020», and of the months of many languages."""
    text = unicodedata.normalize("NFD", "Arrêté le 3 février 2020 à Zinder, jugé en août 2021.")
    found = [(text[start:end], value) for start, end, value in find_dates(text, "fr")]
    assert [(unicodedata.normalize("NFC", printed), value) for printed, value in found] == [
        ("3 février 2020", "2020-02-03"),
        ("août 2021", "2021-08"),
    ]


def test_months_of_other_languages_are_no_dates_in_english() -> None:
    assert [value for _, _, value in find_dates("28 mars 2019")] == ["2019"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("27 February 2019", "2019-02-27"), (" 2019 ", "2019"), ("2019 and more", None), ("", None)],
)
def test_parse_date_wants_the_whole_text(text: str, value: DateValue | None) -> None:
    assert parse_date(text) == value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02-27", date(2019, 2, 27), date(2019, 2, 27)),
        ("2018-03/2019-03", date(2018, 3, 1), date(2019, 3, 31)),
        ("2018-05..2018-07", date(2018, 5, 1), date(2018, 7, 31)),
        ("27 February 2019", date(2019, 2, 27), date(2019, 2, 27)),
        ("mars 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("28 de marzo de 2019", date(2019, 3, 28), date(2019, 3, 28)),
        ("28 марта 2019 года", date(2019, 3, 28), date(2019, 3, 28)),
        ("9 au 12 août 2020", date(2020, 8, 9), date(2020, 8, 12)),
    ],
)
def test_interval(value: str, first: date, last: date) -> None:
    assert interval(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "19",
        "2019-13",
        "2019-02-30",
        "2019/2018",
        "0000",
        "x",
        "٢٠١٩",
        "4/5/2018",
        "le 9 et 12 août 2020",
        "31 mars",
        "mars",
    ],
)
def test_interval_refuses(value: str) -> None:
    with pytest.raises(ValueError):
        interval(value)


_PIECES = st.sampled_from(
    ["May", "March", "Sept.", "2018", "2019", "1", "31", "30", "9", "and", "to", "–", "-", ",",
     "/", "between", "in", "2018-05-01", "3.4.2019", "cases", ".", "No.", "mars", "août", "1er",
     "et", "au", "entre", "mayo", "de", "y", "al", "марта", "мая", "года", "г.", "и", "по"]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=60),
    st.sampled_from(["en", "fr", "es", "pt", "it", "de", "ru", "tr", ""]),
)
def test_every_date_found_has_its_place_and_a_span_of_days(text: str, language: str) -> None:
    last = 0
    for start, end, value in find_dates(text, language):
        assert last <= start < end <= len(text)
        last = end
        for part in (value,) if isinstance(value, str) else value:
            first_day, last_day = interval(part)
            assert first_day <= last_day
