"""How runs of paragraph numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from indexer.citations.pinpoint import Form, doubt, ordinal, passages, places, written
from indexer.errors import NotFound
from indexer.model import Submission

Make = Callable[..., Submission]

UN = Form("para.", "paras.", last=" and ", pair=" and ")

LONG = "9" * 5000

#: (numbers of the document, numbers cited, as written)
RUNS = [
    ("46 47 48 49", "48", "para. 48"),
    ("45 46 47 48", "45 46 47 48", "paras. 45–48"),
    ("45 46", "45 46", "paras. 45–46"),
    ("45 46 47 48 49 50 51 52", "45 48 50 51 52", "paras. 45, 48 and 50–52"),
    ("45 46 47", "45 47", "paras. 45 and 47"),
    # The order given is kept.
    ("45 46 47 48", "48 45 46", "paras. 48 and 45–46"),
    ("51 52", "52 51", "paras. 52 and 51"),
    ("45 46 47", "45 46 45 47", "paras. 45–47"),
    # A gap in the document's own numbers is no range.
    ("47 49", "47 49", "paras. 47 and 49"),
    # Nor are numbers that follow each other but are not printed side by side.
    ("47 u1 48", "47 48", "paras. 47 and 48"),
    # Numbers of several parts.
    ("3.5 3.6", "3.6", "para. 3.6"),
    ("3.8 3.9 3.10", "3.8 3.9 3.10", "paras. 3.8–3.10"),
    ("3.6 4.1", "3.6 4.1", "paras. 3.6 and 4.1"),
    ("122.156 122.157", "122.156 122.157", "paras. 122.156–122.157"),
    # A number printed twice.
    ("25 26 26~2 27", "26~2", "para. 26 (second)"),
    ("25 26 26~2 27", "26", "para. 26 (first)"),
    ("25 26 26~2 27", "25 26 26~2 27", "paras. 25, 26 (first), 26 (second) and 27"),
    ("26 26~2 26~12", "26~12", "para. 26 (12th)"),
    # Paragraphs without a number.
    ("1 u1 2", "u1", "unnumbered para. 1"),
    ("u1 u2 1", "u1 u2", "unnumbered paras. 1–2"),
    ("45 46 47 u1", "45 46 47 u1", "paras. 45–47; unnumbered para. 1"),
    ("1 u1 2", "1 u1 2", "para. 1; unnumbered para. 1; para. 2"),
    # Items inside a paragraph.
    ("19 20 21", "20(f)", "para. 20(f)"),
    ("19 20 21", "20(a)(ii)", "para. 20(a)(ii)"),
    ("19 20 21", "19 20(f) 21", "paras. 19, 20(f) and 21"),
    ("94 95", "95(12)", "para. 95(12)"),
    # What is printed with brackets is a paragraph, not an item of one.
    ("20 20(a)", "20(a)", "para. 20(a)"),
    ("1 2", "", ""),
    pytest.param(LONG + " 1", LONG + " 1", f"paras. {LONG} and 1", id="too long a number"),
]


@pytest.mark.parametrize(("document", "cited", "expected"), RUNS)
def test_runs_are_written_as_un_documents_do(
    make: Make, document: str, cited: str, expected: str
) -> None:
    submission = make(numbers=document.split())
    assert written(places(submission, cited.split()), UN) == expected


def test_one_string_is_one_number(make: Make) -> None:
    submission = make(numbers=["4", "8", "48"])
    assert written(places(submission, "48"), UN) == "para. 48"


@pytest.mark.parametrize(
    ("cited", "form", "expected"),
    [
        ("45 48 50", Form("¶", "¶¶", last=", ", pair=", "), "¶¶ 45, 48, 50"),
        ("45 48 50", Form("para.", "paras.", ", and ", " and "), "paras. 45, 48, and 50"),
        ("45 48", Form("para.", "paras.", ", and ", " and "), "paras. 45 and 48"),
    ],
)
def test_lists_are_joined_as_the_form_says(
    kazakhstan: Submission, cited: str, form: Form, expected: str
) -> None:
    assert written(places(kazakhstan, cited.split()), form) == expected


@pytest.mark.parametrize("number", ["85", "", "0", "48.", "48~2", "85(a)", "(a)", "48(", "¹", "u1"])
def test_a_number_the_document_lacks_is_not_found(kazakhstan: Submission, number: str) -> None:
    with pytest.raises(NotFound) as caught:
        places(kazakhstan, [number])
    assert repr(number) in caught.value.message
    assert kazakhstan.id in caught.value.message
    assert "'1'" in caught.value.cure


def test_a_document_without_paragraphs_says_so(make: Make) -> None:
    with pytest.raises(NotFound, match="no paragraphs at all"):
        places(make(numbers=[]), ["1"])


@pytest.mark.parametrize(
    ("doubtful", "cited", "expected"),
    [
        ("", "45 46", ""),
        ("44", "45 46", ""),
        ("45", "45", "[numbering doubtful]"),
        ("45 46", "45 46", "[numbering doubtful]"),
        ("46", "45 46", "[numbering doubtful: 46]"),
        ("44 46", "44 45 46", "[numbering doubtful: 44 and 46]"),
        ("u1", "45 u1", "[numbering doubtful: unnumbered 1]"),
        ("47~2", "45 47~2", "[numbering doubtful: 47 (second)]"),
        ("45", "45(a)", "[numbering doubtful]"),
    ],
)
def test_doubt_names_the_doubtful(make: Make, doubtful: str, cited: str, expected: str) -> None:
    submission = make(numbers="44 45 46 47 47~2 u1".split(), doubtful=doubtful.split())
    assert doubt(places(submission, cited.split())) == expected


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("45 46 47", ["45 46 47"]),
        ("45 47 48", ["45", "47 48"]),
        ("46 45", ["46", "45"]),
    ],
)
def test_passages_are_what_is_printed_in_one_piece(
    kazakhstan: Submission, cited: str, expected: Sequence[str]
) -> None:
    found = passages(places(kazakhstan, cited.split()))
    assert [" ".join(place.asked for place in passage) for passage in found] == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"), (12, "12th"),
        (13, "13th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (34, "34th"), (101, "101st"),
        (111, "111th"), (112, "112th"), (113, "113th"), (0, "0th"),
    ],
)  # fmt: skip
def test_ordinals(number: int, expected: str) -> None:
    assert ordinal(number) == expected
