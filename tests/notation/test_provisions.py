"""Provisions as submissions cite them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.notation.provisions import Provision, find_provisions, parse_provision

CITED: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("‘libel’ (Article 130), ‘strike’", [("Article 130", "130", None)]),
    ("(Art. 405 of the CC)", [("Art. 405 of the CC", "405", "CC")]),
    ("(Article 130 the CC) and", [("Article 130 the CC", "130", "CC")]),
    ("Article 19 ICCPR", [("Article 19 ICCPR", "19", "ICCPR")]),
    ("Articles 19 and 21", [("Articles 19", "19", None), ("21", "21", None)]),
    (
        "Arts. 19, 21 and 22 of the ICCPR.",
        [("Arts. 19", "19", "ICCPR"), ("21", "21", "ICCPR"), ("22 of the ICCPR", "22", "ICCPR")],
    ),
    (
        "Articles 193-1, 361 and 369-1 of the Criminal Code; restore",
        [("Articles 193-1", "193-1", "Criminal Code"), ("361", "361", "Criminal Code"),
         ("369-1 of the Criminal Code", "369-1", "Criminal Code")],
    ),
    ("section 15(2) excludes", [("section 15(2)", "15(2)", None)]),
    (
        "section 22(2)(a)(iii) of the Criminal Law (Codification and Reform) Act.",
        [("section 22(2)(a)(iii) of the Criminal Law (Codification and Reform) Act",
          "22(2)(a)(iii)",
          "Criminal Law (Codification and Reform) Act")],
    ),
    (
        "section 295-C of the Pakistan Penal Code",
        [("section 295-C of the Pakistan Penal Code", "295-C", "Pakistan Penal Code")],
    ),
    ("Under rule 43 of the Nelson Mandela Rules,",
     [("rule 43 of the Nelson Mandela Rules", "43", "Nelson Mandela Rules")]),
    ("Article 24.23 of the Code of Administrative Offences (formerly",
     [("Article 24.23 of the Code of Administrative Offences", "24.23",
       "Code of Administrative Offences")]),
    ("Article 25 of the 2013 Constitution, but",
     [("Article 25 of the 2013 Constitution", "25", "2013 Constitution")]),
    ("article 9, paragraph 3, of the Covenant",
     [("article 9, paragraph 3, of the Covenant", "9", "Covenant")]),
    ("Articles 19–22 apply", [("Articles 19–22", "19-22", None)]),
    ("Article 7/2 of Anti-Terror Law No. 3713",
     [("Article 7/2 of Anti-Terror Law No. 3713", "7/2", "Anti-Terror Law No. 3713")]),
    ("Article XV of the Constitution", [("Article XV of the Constitution", "XV", "Constitution")]),
    ("see section IV of this report, section 3 below, article after article", []),
    ("an article in 3,000 copies; art 1,413 works", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CITED, ids=[text for text, _ in CITED])
def test_find_provisions(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    found = [(text[start:end], p.number, p.law) for start, end, p in find_provisions(text)]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Article 174", Provision("article", "174")),
        ("Art. 174 of the CC", Provision("article", "174", "CC")),
        ("art 174", Provision("article", "174")),
        ("Rule 4.", Provision("rule", "4")),
        ("Article 174 of the Criminal Code", Provision("article", "174", "Criminal Code")),
        ("Article 174 and more", None),
        ("174", None),
        ("", None),
    ],
)
def test_parse_provision(text: str, wanted: Provision | None) -> None:
    assert parse_provision(text) == wanted


def test_a_label_reads_back_as_the_same_provision() -> None:
    provision = Provision("section", "23(6)(c)")
    assert parse_provision(provision.label) == provision


_PIECES = st.sampled_from(
    ["Article", "Articles", "Art.", "section", "rule", "19", "21(2)", "193-1", "and", ",", "–",
     "of the", "ICCPR", "Criminal Code", "Act", "the", "2013", "on", "(", ")", "“"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_every_provision_found_has_its_place(text: str) -> None:
    last = 0
    for start, end, provision in find_provisions(text):
        assert last <= start < end <= len(text)
        assert provision.number
        last = end
