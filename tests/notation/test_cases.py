"""Cases as submissions cite them, and what their printed forms share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.notation.cases import find_cases, parse_case

CITED = [
    ("compensation (Opinion No. 16/2017). However", ["Opinion No. 16/2017"]),
    ("Opinions Nos. 16/2017 and 67/2018", ["Opinions Nos. 16/2017", "67/2018"]),
    ("(Communication No. 2304/2013) to release", ["Communication No. 2304/2013"]),
    ("observations (CCPR/C/BLR/CO/5), asking", ["CCPR/C/BLR/CO/5"]),
    ("A/HRC/WG.6/34/KAZ/1 and E/CN.4/2005/7/Add.2.",
     ["A/HRC/WG.6/34/KAZ/1", "E/CN.4/2005/7/Add.2"]),
    ("In resolution 46/20 of 24 March", ["resolution 46/20"]),
    ("Constitutional Petition No. 56 of 2013, others", ["Constitutional Petition No. 56 of 2013"]),
    ("General Comment No. 34 on", ["General Comment No. 34"]),
    ("application no. 14305/17.", ["application no. 14305/17"]),
    ("in Attorney General v. Susan Kigula & 417 Others, and",
     ["Attorney General v. Susan Kigula & 417 Others"]),
    ("In Toonen v. Australia the Committee", ["Toonen v. Australia"]),
    ("by virtue of Decision No. 1970/QD-TTg", []),
    ("and/or, 24/7, km/h, A/B tests, the decision", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CITED, ids=[text for text, _ in CITED])
def test_find_cases(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_cases(text)] == wanted


@pytest.mark.parametrize(
    "forms",
    [
        ("Opinion No. 16/2017", "A/HRC/WGAD/2017/16", "opinion no 16/2017", "Opinion 16/2017"),
        ("Communication No. 2304/2013", "CCPR/C/115/D/2304/2013", "CCPR/C/116/D/2304/2013"),
        ("resolution 47/19", "A/HRC/RES/47/19", "Resolution 47/19"),
        ("General Comment No. 34", "CCPR/C/GC/34"),
        ("Constitutional Petition No. 56 of 2013", "Constitutional Petition No. 56/2013"),
    ],
)
def test_printed_forms_of_one_case_share_a_key(forms: tuple[str, ...]) -> None:
    keys = {form: case.key for form in forms if (case := parse_case(form)) is not None}
    assert len(keys) == len(forms)
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Opinion No. 16/2017", "Opinion No. 17/2016"),
        ("Civil Appeal No. 2 of 2018", "Constitutional Appeal No. 2 of 2018"),
        ("A/HRC/34/10", "A/HRC/34/11"),
    ],
)
def test_two_cases_have_two_keys(one: str, other: str) -> None:
    first, second = parse_case(one), parse_case(other)
    assert first is not None
    assert second is not None
    assert first.key != second.key


@pytest.mark.parametrize("text", ["", "Opinion", "16/2017", "Opinion No. 16/2017 and more"])
def test_parse_case_wants_a_case_and_nothing_else(text: str) -> None:
    assert parse_case(text) is None


_PIECES = st.sampled_from(
    ["Opinion", "No.", "16/2017", "A/HRC/34/10", "v.", "Toonen", "Australia", "and", "Others",
     "resolution", "of", "2013", "Case", "the", ",", "no. 1234/05", "/"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(max_size=60))
def test_every_case_found_has_its_place(text: str) -> None:
    last = 0
    for start, end, case in find_cases(text):
        assert last <= start < end <= len(text)
        assert case.key
        last = end
