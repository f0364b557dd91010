"""What is one thing and what are two, on the first submission and on small texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.entities import Authority, tag
from indexer.model import Submission
from tests.entities.conftest import Tag, document, entity, named
from tests.entities.score import GOLD, gold


@pytest.fixture(scope="module")
def seed(authority: Authority) -> Submission:
    return tag(gold(GOLD / "kaz-2019.txt")[0], authority)


@pytest.mark.parametrize(
    ("id_", "type_", "aliases", "paragraphs"),
    [
        ("iskander-yerimbetov", "person", {"Yerimbetov"}, "41 48 51 80"),
        ("max-bokayev", "person", {"Bokayev"}, "8 57"),
        ("kenzhebek-abishev", "person", set(), "23"),
        ("aset-abishev", "person", set(), "23"),
        ("seytkazy-matayev", "person", set(), "36"),
        ("aset-matayev", "person", set(), "36"),
        ("aset-nurzhaubay", "person", set(), "47"),
        ("victor-khrapunov", "person", set(), "29"),
        ("leyla-khrapunova", "person", set(), "29"),
        ("odf", "organisation", {"ODF"}, "1 2 3 11"),
        ("dck", "organisation", {"DCK"}, "9 10 11 13 14 15 22 23 38 64"),
        ("ministry-of-internal-affairs", "organisation",
         {"Interior Ministry", "Ministry of the Interior"}, "45 50 52 74"),
        ("wgad", "un_body", {"UN WGAD", "UN Working Group on Arbitrary Detention"}, "8 48 57 80"),
        ("npm", "organisation", {"NPM"}, "51 75"),
        ("iccpr", "law", {"ICCPR"}, "53 58"),
        ("criminal-code", "law", {"CC"}, "21"),
        ("opinion-16-2017", "case", set(), "8"),
        ("communication-2304-2013", "case", set(), "50"),
        ("tribuna", "media", {"Tribune"}, "35"),
        ("zhanaozen", "place", set(), "16 27 52 84"),
    ],
)  # fmt: skip
def test_entities_of_the_first_submission(
    seed: Submission, id_: str, type_: str, aliases: set[str], paragraphs: str
) -> None:
    found = entity(seed, id_)
    assert found.type == type_
    assert {alias.text for alias in found.aliases} == aliases
    assert found.paragraphs == tuple(paragraphs.split())


def test_spellings_of_one_person_are_one(seed: Submission) -> None:
    ids = {m.entity for p in seed.paragraphs for m in p.mentions if "Akberdiyeva" in m.text}
    assert len(ids) == 1
    found = entity(seed, ids.pop() or "")
    assert {found.label, *(alias.text for alias in found.aliases)} == {
        "Aigul Akberdiyeva", "Aygul Akberdiyeva"
    }  # fmt: skip
    assert found.paragraphs == ("23", "43")


def test_every_alias_has_its_evidence(seed: Submission) -> None:
    assert all(alias.evidence for e in seed.entities for alias in e.aliases)
    why = next(a.evidence for a in entity(seed, "dck").aliases if a.text == "DCK")
    assert why == "defined in paragraph 9: Democratic Choice of Kazakhstan (DCK)"


def test_provisions_of_the_first_submission(seed: Submission) -> None:
    found = entity(seed, "article-174-criminal-code")
    assert found.label == "Article 174 of the Criminal Code"
    assert found.law == "criminal-code"
    assert {alias.text for alias in found.aliases} == {"Article 174", "Art. 174 of the CC"}
    assert found.paragraphs == ("21", "22", "58")
    assert not [e for e in seed.entities if e.type == "provision" and e.law is None]


def test_mentions_stand_where_they_say(seed: Submission) -> None:
    ids = {(e.type, e.id) for e in seed.entities}
    for paragraph in seed.paragraphs:
        last = 0
        for mention in paragraph.mentions:
            assert last <= mention.start < mention.end
            assert paragraph.text[mention.start : mention.end] == mention.text
            assert mention.entity is None or (mention.type, mention.entity) in ids
            last = mention.end


def test_tagging_is_pure(authority: Authority, seed: Submission) -> None:
    submission = gold(GOLD / "kaz-2019.txt")[0]
    assert tag(submission, authority) == seed
    assert not any(p.mentions for p in submission.paragraphs)


# People


def test_a_surname_of_two_people_is_of_neither(tagged: Tag) -> None:
    text = "Rustam Quliyev and his son Samir Quliyev were freed. Quliyev thanked the lawyers."
    assert named(tagged(text)) == [
        ("Rustam Quliyev", "rustam-quliyev"), ("Samir Quliyev", "samir-quliyev"), ("Quliyev", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Aigul Orazova and Aygul Orazova", ["aigul-orazova", "aigul-orazova"]),
        ("Rustam Karimov met Rustam Karimova.", ["rustam-karimov", "rustam-karimova"]),
        ("Robert Kagwa Ssemanda spoke. Robert Kagwa left.",
         ["robert-kagwa-ssemanda", "robert-kagwa-ssemanda"]),
        ("Mr. Elnur Babayev and Elnur Babayev's wife", ["elnur-babayev", "elnur-babayev"]),
        ("Nguyen Van Hoa was tried; Hoa stayed silent.", ["nguyen-van-hoa", "nguyen-van-hoa"]),
        ("Abdulhadi al-Mansoor fasted. Al-Mansoor's health failed.",
         ["abdulhadi-al-mansoor", "abdulhadi-al-mansoor"]),
        ("Edward Lubega, better known as Eddie Mutesa, sang. Eddie Mutesa was held.",
         ["edward-lubega", "edward-lubega", "edward-lubega"]),
    ],
)  # fmt: skip
def test_one_person_or_two(tagged: Tag, text: str, ids: list[str]) -> None:
    assert [id_ for _, id_ in named(tagged(text), "person")] == ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Judge Kemal Orhan and Dr. Ivana Petrić, a lawyer,", ["Kemal Orhan", "Ivana Petrić"]),
        ("Gen. J. R. O'Dowd-Smith and Ludwig van der Berg",
         ["J. R. O'Dowd-Smith", "Ludwig van der Berg"]),
        ("President of the court; the Ombudsman; Prime Minister", []),
        ("Now Samir Quliyev is free. In Baku Quliyev rested.", ["Samir Quliyev", "Quliyev"]),
        ("the Martin Ennals Award, the Land Reform, Nobel Peace Prize", []),
    ],
)  # fmt: skip
def test_titles_roles_and_works_are_no_people(tagged: Tag, text: str, names: list[str]) -> None:
    assert [name for name, _ in named(tagged(text), "person")] == names


# Bodies


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the Union of Journalists of Armenia (UJA). The UJA said",
         ["Union of Journalists of Armenia", "UJA", "UJA"]),
        ("BAJ (Belarusian Association of Journalists) was closed",
         ["BAJ", "Belarusian Association of Journalists"]),
        ('the movement "Free Choice" (hereinafter the "FC"); FC members',
         ["Free Choice", "FC", "FC"]),
        ("the Ministry of Education, Science and Technology and the Ministry of Health",
         ["Ministry of Education, Science and Technology", "Ministry of Health"]),
        ("the Kenyan Supreme Court and the Supreme Court of Kenya",
         ["Supreme Court", "Supreme Court"]),
        ("the NGO \"Dignity\" said that human dignity matters", ["Dignity"]),
        ("the Comité de Familiares de Detenidos (CODEF) asked",
         ["Comité de Familiares de Detenidos", "CODEF"]),
        ("a court, the Foundation, the Working Group, NGOs, an institute", []),
        ("Prison guards and Ministry officials; the Government", []),
    ],
)  # fmt: skip
def test_bodies(tagged: Tag, text: str, wanted: list[str]) -> None:
    assert [name for name, _ in named(tagged(text), "organisation")] == wanted


def test_what_a_document_defines_outranks_the_authority_file(tagged: Tag) -> None:
    submission = tagged("The Anti-Corruption Council (ICC) met. The ICC decided.")
    assert {id_ for _, id_ in named(submission)} == {"anti-corruption-council"}


# Provisions and laws


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The Penal Code is old. Article 5 punishes libel.", ["article-5-penal-code"]),
        ("Article 5 punishes libel. The Penal Code is old.", ["article-5"]),
        ("Under Article 5 of the ICCPR and the Land Code, Article 6 applies.",
         ["article-5-iccpr", "article-6-land-code"]),
        ("Article 5 of the ICCPR binds it; Article 6 too.", ["article-5-iccpr", "article-6-iccpr"]),
        ("The Covenant on Water Rights (CWR). Article 9 of the Covenant.",
         ["article-9-covenant-on-water-rights"]),
        ("Articles 1 and 2 of the Fishing Act 2010; section 3 of the Fishing Act",
         ["article-1-fishing-act-2010", "article-2-fishing-act-2010",
          "section-3-fishing-act-2010"]),
        ("Article 8 of the Turkish Penal Code", ["article-8-penal-code"]),
    ],
)  # fmt: skip
def test_the_law_of_a_provision(tagged: Tag, text: str, ids: list[str]) -> None:
    assert [id_ for _, id_ in named(tagged(text), "provision")] == ids


def test_a_law_is_not_carried_into_the_next_paragraph(tagged: Tag) -> None:
    submission = tagged("The Penal Code is old.", "Article 5 applies.")
    assert named(submission, "provision") == [("Article 5", "article-5")]
    assert entity(submission, "article-5").label == "Article 5"


def test_printed_forms_of_a_case_are_one(tagged: Tag) -> None:
    submission = tagged("Opinion No. 16/2017 (A/HRC/WGAD/2017/16)")
    assert {id_ for _, id_ in named(submission)} == {"opinion-16-2017"}


# Any text


_PIECES = st.sampled_from(
    ["Amir", "Orhan", "the", "Ministry", "of", "Justice", "(MJ)", "and", ",", ".", "in", "Baku",
     "“", "”", "Mr.", "al-", "Article 5", "2018", "Penal Code", "'s", "No. 5", "Union", "Kenya",
     "(the", "UN", "TV", "Xyz.kz", "known as", "I.", "de"]
)  # fmt: skip


@given(st.lists(st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=50), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text_is_tagged(authority: Authority, texts: list[str]) -> None:
    submission = tag(document(*texts, state="KEN"), authority)
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


@pytest.mark.parametrize(
    "piece",
    ["9, ", "1 May and ", "Xy, ", "(Ab) ", "Law on ", "Committee of the ", "Article 19, ",
     "Abc v. Def ", "A/HRC/1", "the (the (", "P. ", "“Aa ", "12 and 13 and "],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(authority: Authority, piece: str) -> None:
    from time import process_time

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(2):
            start = process_time()
            tag(document(text), authority)
            best = min(best, process_time() - start)
        return best

    tag(document("x"), authority)
    # Four times the text: four times the time, where a square would be sixteen.
    assert seconds(24_000) < 9 * max(seconds(6_000), 0.004)
