"""Pinpoints as people write them, in queries and in running text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.notation.pinpoints import MAX_CHARACTERS, Item, find_pinpoints, parse_pinpoint


@pytest.mark.parametrize(
    ("text", "items", "explicit"),
    [
        ("48", ("48",), False),
        ("45, 48 and 50–52", ("45", "48", ("50", "52")), False),
        ("45,48", ("45", "48"), False),
        # «u1» was taken for a submission's code.
        ("u1, 3 and u2", ("u1", "3", "u2"), False),
        ("u1 and 3 to 9", ("u1", ("3", "9")), False),
        ("20(f)", ("20(f)",), False),
        ("95(12)", ("95(12)",), False),
        ("12(a)(ii)", ("12(a)(ii)",), False),
        ("26~2", ("26~2",), False),
        ("u1", ("u1",), False),
        ("99.8", ("99.8",), False),
        ("[48]", ("48",), False),
        ("¶48", ("48",), True),
        ("paragraphe 48", ("48",), True),
        ("par. 48", ("48",), True),
        ("párrafo 48", ("48",), True),
        ("parágrafos 48 e 50", ("48", "50"), True),
        ("пункт 48", ("48",), True),
        ("п. 48", ("48",), True),
        ("пп. 48–50", (("48", "50"),), True),
        ("الفقرة 48", ("48",), True),
        ("¶¶ 45-52", (("45", "52"),), True),
        ("¶ 45, ¶ 48", ("45", "48"), True),
        ("§ 48", ("48",), True),
        ("§§ 4–5", (("4", "5"),), True),
        ("para 48", ("48",), True),
        ("Para.48", ("48",), True),
        ("PARAGRAPHS 3 to 5", (("3", "5"),), True),
        ("paras. 3-4 and 9-10", (("3", "4"), ("9", "10")), True),
        ("paras 45—52", (("45", "52"),), True),
        ("paras 12(a)–(c)", (("12(a)", "12(c)"),), True),
        ("para. 3.10", ("3.10",), True),
        ("paragraphs 122.157–122.160", (("122.157", "122.160"),), True),
        ("para. 1,413", ("1", "413"), True),
        ("see para 48", ("48",), True),
        ("point 48", ("48",), True),
        ("paragraphe 3", ("3",), True),
        ("párr. 12", ("12",), True),
        ("п. 5", ("5",), True),
        ("пункты 5 и 6", ("5", "6"), True),
    ],
)
def test_paragraph_pinpoints(text: str, items: tuple[Item, ...], explicit: bool) -> None:
    found = parse_pinpoint(text)
    assert found is not None
    assert (found.kind, found.items, found.explicit) == ("paragraph", items, explicit)
    assert found.submission is None


@pytest.mark.parametrize("text", ["fn 13", "fn. 13", "note 13", "n 13", "n.13", "Footnote 13"])
def test_footnote_pinpoints(text: str) -> None:
    found = parse_pinpoint(text)
    assert found is not None
    assert (found.kind, found.items, found.explicit) == ("footnote", ("13",), True)


@pytest.mark.parametrize(
    ("text", "submission", "items"),
    [
        ("KAZ para 48", "KAZ", ("48",)),
        ("JS5, para. 48", "JS5", ("48",)),
        ("JS 5, paras 34 and 38", "JS5", ("34", "38")),
        ("kaz-2019-odf-fidu-khisr/48", "kaz-2019-odf-fidu-khisr", ("48",)),
        ("kaz-2019-odf-fidu-khisr/45-52", "kaz-2019-odf-fidu-khisr", (("45", "52"),)),
        ("kaz-2019-odf-fidu-khisr para 48", "kaz-2019-odf-fidu-khisr", ("48",)),
    ],
)
def test_a_submission_may_stand_before(text: str, submission: str, items: tuple[Item, ...]) -> None:
    found = parse_pinpoint(text)
    assert found is not None
    assert (found.submission, found.items, found.explicit) == (submission, items, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "para",
        "torture 48",
        "par 48",
        "48 hours",
        "1,413",
        "99.8%",
        "16/2017",
        "2304/2013",
        "A/HRC/WGAD/2017/16",
        "Article 174",
        "00-580",
        "2018-05",
        "paragraph 48 of the report",
        "see 48",
        "48, ",
        "p. 5",
        "9999999",
        "1, " * MAX_CHARACTERS + "1",
    ],
)
def test_what_is_no_pinpoint(text: str) -> None:
    if text == "48, ":  # a comma left standing is no reason to refuse
        assert parse_pinpoint(text) == parse_pinpoint("48")
    else:
        assert parse_pinpoint(text) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("look point 48 of this Submission", ["point 48"]),
        ("see paragraph 12 above and paras 3–5", ["paragraph 12", "paras 3–5"]),
        ("paragraphs 12 and 3 people", ["paragraphs 12"]),
        ("in paragraph 5, 30 people were", ["paragraph 5"]),
        ("paras. 3, 4 and 9 above", ["paras. 3, 4 and 9"]),
        ("(¶48; fn 13)", ["¶48", "fn 13"]),
        ("voir paragraphe 3 et §4", ["paragraphe 3 et §4"]),
        ("48 people on 5 May 2019 in 45 cells", []),
        ("the parapet 5, companion 7, turn 3", []),
    ],
)
def test_pinpoints_in_running_text(text: str, written: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_pinpoints(text)] == written


@given(st.one_of(st.text(), st.text("paras. 0123456789()-–,and¶§fn~ ")))
def test_any_text_is_legal(text: str) -> None:
    found = parse_pinpoint(text)
    assert found is None or found.items
    end = 0
    for start, stop, pinpoint in find_pinpoints(text):
        assert end <= start < stop <= len(text)
        assert pinpoint.items
        assert pinpoint.explicit
        end = stop


@pytest.mark.parametrize(
    "text", ["para 1-" * 60_000, "1, " * 150_000, "paras " * 80_000, "para. " + "1-2, " * 90_000]
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    started = time.process_time()
    sum(1 for _ in find_pinpoints(text))
    assert parse_pinpoint(text) is None
    assert time.process_time() - started < 5
