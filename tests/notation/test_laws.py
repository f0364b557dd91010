"""Laws as submissions name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.notation.laws import find_laws

NAMED = [
    ('Kazakhstan has a Law "On Peaceful Assemblies" that', ['Law "On Peaceful Assemblies"']),
    ("the Law of the Republic of Armenia “On Mass Media”",
     ["Law of the Republic of Armenia “On Mass Media”"]),
    ("The Law on Mass Events, as amended", ["Law on Mass Events"]),
    ("the Law on Belief and Religion of 2016.", ["Law on Belief and Religion of 2016"]),
    ("Law No. 251-Z of 14 February 2023 on the foundations", ["Law No. 251-Z of 14 February 2023"]),
    ("Decree No. 53/2022/ND-CP, came", ["Decree No. 53/2022/ND-CP"]),
    ("Decree 1066 of 2015 was", ["Decree 1066 of 2015"]),
    ("by virtue of Decision No. 1970/QD-TTg.", ["Decision No. 1970/QD-TTg"]),
    ("the Public Order Management Act 2013 into", ["Public Order Management Act 2013"]),
    ("The Constitution (Amendment) Act, No. 1 of 2018 removed",
     ["Constitution (Amendment) Act, No. 1 of 2018"]),
    ("Cybercrimes (Prohibition, Prevention, etc.) Act 2015",
     ["Cybercrimes (Prohibition, Prevention, etc.) Act 2015"]),
    ("the Prevention and Prohibition of Torture Act 2012, a",
     ["Prevention and Prohibition of Torture Act 2012"]),
    ("of the Penal Code Act and the 1999 Penal Code", ["Penal Code Act", "1999 Penal Code"]),
    ("the Optional Protocol to the Convention against Torture and the Rome Statute",
     ["Optional Protocol to the Convention against Torture", "Rome Statute"]),
    ("the Constitution promises", ["Constitution"]),
    ("The Act was passed. The rule of law, the Rule of Law, International Law, the law", []),
    ("the Minister of Justice and the draft bill on associations", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NAMED, ids=[text for text, _ in NAMED])
def test_find_laws(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in find_laws(text)] == wanted


_PIECES = st.sampled_from(
    ["Law", "Act", "Code", "Penal", "on", "of", "the", "and", "2013", "(Amendment)", "No.", "45-Z",
     "Torture", ",", "“On", "Media”", "Constitution", "Decree", "12/2018"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_every_law_found_has_its_place(text: str) -> None:
    last = 0
    for start, end in find_laws(text):
        assert last <= start < end <= len(text)
        last = end
