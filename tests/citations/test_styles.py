"""Citations in each style, worked out by hand from the styles' rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.citations import STYLES, citations, cite, cite_pieces
from indexer.errors import NotFound, ParameterError
from indexer.model import Submission, Submitter

Make = Callable[..., Submission]
Signed = Callable[[int], tuple[Submitter, ...]]

TITLE = "The UN Universal Periodic Review of Kazakhstan"
SENT = (
    "joint submission to the UN Human Rights Council, "
    "Working Group on the Universal Periodic Review, 34th session"
)

KAZAKHSTAN_48 = {
    "un": f"ODF, FIDU and KHISR, “{TITLE}”, 28 March 2019, para. 48",
    "oscola": "Open Dialogue Foundation, Italian Federation for Human Rights and Kharkiv Institute"
    f" for Social Research, ‘{TITLE}’ ({SENT}, 28 March 2019) para 48.",
    "chicago": f"Open Dialogue Foundation et al., “{TITLE},” {SENT}, March 28, 2019, para. 48.",
    "bluebook": f"Open Dialogue Foundation et al., {TITLE} ¶ 48 (Mar. 28, 2019) (joint submission"
    " to the U.N. Human Rights Council, Working Group on the Universal Periodic Review,"
    " 34th Sess.).",
    "apa": "Open Dialogue Foundation, Italian Federation for Human Rights, & Kharkiv Institute"
    f" for Social Research. (2019, March 28). {TITLE} (para. 48) [J{SENT[1:]}].",
}


def test_one_paragraph_in_every_style(kazakhstan: Submission) -> None:
    assert citations(kazakhstan, ["48"]) == KAZAKHSTAN_48


def test_styles_are_the_five_in_order(kazakhstan: Submission) -> None:
    assert list(STYLES) == ["un", "oscola", "chicago", "bluebook", "apa"]
    assert list(citations(kazakhstan, ["48"])) == list(STYLES)


#: The pinpoints of other numbers; what surrounds them is as for paragraph 48.
PINPOINTS = {
    "45 46 47 48 49 50 51 52": {
        "un": "paras. 45–52",
        "oscola": "paras 45–52",
        "chicago": "paras. 45–52",
        "bluebook": "¶¶ 45–52",
        "apa": "(paras. 45–52)",
    },
    "45 48 50 51 52": {
        "un": "paras. 45, 48 and 50–52",
        "oscola": "paras 45, 48 and 50–52",
        "chicago": "paras. 45, 48, and 50–52",
        "bluebook": "¶¶ 45, 48, 50–52",
        "apa": "(paras. 45, 48, 50–52)",
    },
    "45 48": {
        "un": "paras. 45 and 48",
        "oscola": "paras 45 and 48",
        "chicago": "paras. 45 and 48",
        "bluebook": "¶¶ 45, 48",
        "apa": "(paras. 45, 48)",
    },
    "20(f)": {
        "un": "para. 20(f)",
        "oscola": "para 20(f)",
        "chicago": "para. 20(f)",
        "bluebook": "¶ 20(f)",
        "apa": "(para. 20(f))",
    },
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("numbers", PINPOINTS)
def test_pinpoints(kazakhstan: Submission, numbers: str, style: str) -> None:
    mark = {"oscola": "para 48", "bluebook": "¶ 48", "apa": "(para. 48)"}.get(style, "para. 48")
    expected = KAZAKHSTAN_48[style].replace(mark, PINPOINTS[numbers][style])
    assert cite(kazakhstan, numbers.split(), style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("un", "unnumbered para. 1"),
        ("oscola", "unnumbered para 1."),
        ("bluebook", " unnumbered ¶ 1 ("),
        ("apa", " (unnumbered para. 1) ["),
    ],
)
def test_a_paragraph_without_a_number(make: Make, style: str, expected: str) -> None:
    assert expected in cite(make(numbers=["1", "u1"]), ["u1"], style)


DOUBTFUL = [
    ("un", "para. 26 (second) [numbering doubtful]"),
    ("oscola", ") para 26 (second) [numbering doubtful]."),
    ("chicago", ", para. 26 (second) [numbering doubtful]."),
    ("bluebook", " ¶ 26 (second) [numbering doubtful] (Mar."),
    ("apa", " (para. 26 (second) [numbering doubtful]) ["),
]


@pytest.mark.parametrize(("style", "expected"), DOUBTFUL)
def test_a_doubtful_number_is_marked(make: Make, style: str, expected: str) -> None:
    submission = make(numbers=["25", "26", "26~2"], doubtful=["26~2"])
    assert expected in cite(submission, ["26~2"], style)
    assert "doubtful" not in cite(submission, ["25"], style)


def test_the_code_of_the_summary_is_the_un_short_form(make: Make) -> None:
    submission = make(codes=("JS5", "JS5/ODF"))
    assert cite(submission, ["48"], "un") == "JS5, para. 48"
    assert cite(submission, ["45", "46", "48"], "un") == "JS5, paras. 45–46 and 48"
    assert cite(submission, ["48"], "oscola") == KAZAKHSTAN_48["oscola"]


def test_no_numbers_cite_the_document(kazakhstan: Submission) -> None:
    assert citations(kazakhstan, []) == {
        "un": f"ODF, FIDU and KHISR, “{TITLE}”, 28 March 2019",
        "oscola": KAZAKHSTAN_48["oscola"].replace(" para 48", ""),
        "chicago": KAZAKHSTAN_48["chicago"].replace(", para. 48", ""),
        "bluebook": KAZAKHSTAN_48["bluebook"].replace(" ¶ 48", ""),
        "apa": KAZAKHSTAN_48["apa"].replace(" (para. 48)", ""),
    }


#: (submitters, how the citation opens in each style), by each style's own threshold.
AUTHORS: list[tuple[int, dict[str, str]]] = [
    (0, {"un": f"“{TITLE}”, ", "oscola": f"‘{TITLE}’ (", "chicago": f"“{TITLE},” joint",
         "bluebook": f"{TITLE} ¶ 48 ", "apa": f"{TITLE} (para. 48) ["}),
    (1, {"un": "O1, “", "oscola": "Org 1, ‘", "chicago": "Org 1, “", "bluebook": "Org 1, The",
         "apa": "Org 1. (2019"}),
    (2, {"un": "O1 and O2, “", "oscola": "Org 1 and Org 2, ‘", "chicago": "Org 1 and Org 2, “",
         "bluebook": "Org 1 & Org 2, The", "apa": "Org 1, & Org 2. (2019"}),
    (3, {"un": "O1, O2 and O3, “", "oscola": "Org 1, Org 2 and Org 3, ‘",
         "chicago": "Org 1 et al., “", "bluebook": "Org 1 et al., The",
         "apa": "Org 1, Org 2, & Org 3. (2019"}),
    (4, {"un": "O1 and others, “", "oscola": "Org 1 and others, ‘", "chicago": "Org 1 et al., “",
         "bluebook": "Org 1 et al., The", "apa": "Org 1, Org 2, Org 3, & Org 4. (2019"}),
    (12, {"un": "O1 and others, “", "oscola": "Org 1 and others, ‘", "chicago": "Org 1 et al., “",
          "bluebook": "Org 1 et al., The",
          "apa": "Org 1, Org 2, Org 3, Org 4, Org 5, Org 6, Org 7, Org 8, Org 9, Org 10, Org 11,"
          " & Org 12. (2019"}),
    (20, {"apa": ", ".join(f"Org {i}" for i in range(1, 20)) + ", & Org 20. (2019"}),
    (21, {"apa": ", ".join(f"Org {i}" for i in range(1, 20)) + ", . . . Org 21. (2019"}),
    (25, {"apa": ", ".join(f"Org {i}" for i in range(1, 20)) + ", . . . Org 25. (2019"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "style", "opening"),
    [(count, style, text) for count, texts in AUTHORS for style, text in texts.items()],
)
def test_authors(make: Make, signed: Signed, count: int, style: str, opening: str) -> None:
    assert cite(make(submitters=signed(count)), ["48"], style).startswith(opening)


def test_without_an_author_apa_puts_the_date_behind_the_title(make: Make) -> None:
    assert cite(make(submitters=()), ["48"], "apa") == (
        f"{TITLE} (para. 48) [J{SENT[1:]}]. (2019, March 28)."
    )


def test_submitters_with_only_one_of_their_names(make: Make) -> None:
    submission = make(submitters=(Submitter("ODF", ""), Submitter("", "Org 2"), Submitter("", "")))
    assert cite(submission, ["48"], "un").startswith("ODF and Org 2, “")
    assert cite(submission, ["48"], "oscola").startswith("ODF and Org 2, ‘")


def test_a_name_that_ends_in_a_full_stop_gets_no_second(make: Make) -> None:
    submission = make(submitters=(Submitter("W", "Witness Inc."),))
    assert cite(submission, ["48"], "apa").startswith("Witness Inc. (2019, March 28). ")


#: (date, as it stands in each style)
DATES: list[tuple[str | None, dict[str, str]]] = [
    ("2019-03-28", {"un": ", 28 March 2019, para.", "oscola": ", 28 March 2019) ",
                    "chicago": ", March 28, 2019, para.", "bluebook": " (Mar. 28, 2019) ",
                    "apa": " (2019, March 28). "}),
    ("2022-09-05", {"un": ", 5 September 2022, para.", "oscola": ", 5 September 2022) ",
                    "chicago": ", September 5, 2022, para.", "bluebook": " (Sept. 5, 2022) ",
                    "apa": " (2022, September 5). "}),
    ("2019-06", {"un": ", June 2019, para.", "oscola": ", June 2019) ",
                 "chicago": ", June 2019, para.", "bluebook": " (June 2019) ",
                 "apa": " (2019, June). "}),
    ("2019", {"un": ", 2019, para.", "oscola": ", 2019) ", "chicago": ", 2019, para.",
              "bluebook": " (2019) ", "apa": " (2019). "}),
    (None, {"un": "”, para.", "oscola": ", undated) ", "chicago": ", n.d., para.",
            "bluebook": " (n.d.) ", "apa": " (n.d.). "}),
    # No ISO date, no such day: never printed as if it were one.
    ("28 March 2019", {"un": "”, para.", "oscola": ", undated) "}),
    ("2019-02-30", {"un": "”, para.", "apa": " (n.d.). "}),
    ("2019-13", {"un": "”, para."}),
    ("0000", {"un": "”, para."}),
    ("", {"un": "”, para."}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "style", "expected"),
    [(date, style, text) for date, texts in DATES for style, text in texts.items()],
)
def test_dates(make: Make, date: str | None, style: str, expected: str) -> None:
    assert expected in cite(make(date=date), ["48"], style)


def test_bluebook_shortens_months_in_its_own_way(make: Make) -> None:
    found = [
        cite(make(date=f"2019-{month:02}"), [], "bluebook").partition("(")[2].partition(" ")[0]
        for month in range(1, 13)
    ]
    assert " ".join(found) == "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec."


#: (session, in words, in the Bluebook's)
SESSIONS = [
    ("1", "1st session", "1st Sess."),
    ("2", "2nd session", "2d Sess."),
    ("3", "3rd session", "3d Sess."),
    ("11", "11th session", "11th Sess."),
    ("12", "12th session", "12th Sess."),
    ("13", "13th session", "13th Sess."),
    ("32", "32nd session", "32d Sess."),
    ("33", "33rd session", "33d Sess."),
    ("41", "41st session", "41st Sess."),
    ("special session", "special session", "special session"),
    pytest.param("9" * 5000, "9" * 5000, "9" * 5000, id="too long a number"),
]


@pytest.mark.parametrize(("session", "words", "bluebook"), SESSIONS)
def test_sessions(make: Make, session: str, words: str, bluebook: str) -> None:
    submission = make(session=session)
    for style in ("oscola", "chicago", "apa"):
        assert f"Working Group on the Universal Periodic Review, {words}" in cite(
            submission, ["48"], style
        )
    assert f"Universal Periodic Review, {bluebook})" in cite(submission, ["48"], "bluebook")


def test_without_a_session_none_is_named(make: Make) -> None:
    submission = make(session=None)
    assert cite(submission, ["48"], "bluebook").endswith("Universal Periodic Review).")
    assert "Periodic Review, 28 March 2019) para 48." in cite(submission, ["48"], "oscola")


def test_the_state_is_added_where_the_title_is_silent(make: Make) -> None:
    silent = make(title="Joint Submission")
    assert cite(silent, ["48"], "un", state_name="Kazakhstan") == (
        "ODF, FIDU and KHISR, “Joint Submission” (Kazakhstan), 28 March 2019, para. 48"
    )
    assert "(joint submission on Kazakhstan to the UN " in cite(
        silent, ["48"], "oscola", state_name="Kazakhstan"
    )
    assert "[Joint submission on Kazakhstan to" in cite(
        silent, ["48"], "apa", state_name="Kazakhstan"
    )


@pytest.mark.parametrize(
    ("title", "state_name", "named"),
    [
        ("THE REVIEW OF KAZAKHSTAN", "Kazakhstan", True),
        ("Côte d’Ivoire: a review", "Cote d'Ivoire", True),
        # A name inside another name does not count.
        ("Nigeria's press", "Niger", False),
        ("Joint Submission", None, True),
        ("Joint Submission", " ", True),
    ],
)
def test_a_state_the_title_names_is_not_repeated(
    make: Make, title: str, state_name: str | None, named: bool
) -> None:
    citation = cite(make(title=title), ["48"], "oscola", state_name=state_name)
    assert ("submission on" not in citation) is named


#: (title, as it stands in the UN form, OSCOLA, Chicago and Bluebook)
TITLES = [
    ("Torture", "“Torture”,", "‘Torture’ (", "“Torture,” ", ", Torture ¶ 48"),
    ("Torture.", "“Torture”,", "‘Torture’ (", "“Torture,” ", ", Torture ¶ 48"),
    ("Whose law?", "“Whose law?”,", "‘Whose law?’ (", "“Whose law?,” ", ", Whose law? ¶ 48"),
    ('The "DCK" case', "“The ‘DCK’ case”", "‘The \"DCK\" case’", "“The ‘DCK’ case,”",
     'The "DCK" case ¶'),
    ("The “DCK” case", "“The ‘DCK’ case”", "‘The “DCK” case’", "“The ‘DCK’ case,”",
     "The “DCK” case ¶"),
    ("A stray \" mark", "“A stray \" mark”", "‘A stray \" mark’", "“A stray \" mark,”",
     "A stray \" mark ¶"),
    ("Torture\nin\tprison", "“Torture in prison”", "‘Torture in prison’", "“Torture in prison,”",
     "Torture in prison ¶"),
    ("R&D {50%} $x_1$ \\a", "“R&D {50%} $x_1$ \\a”", "‘R&D {50%} $x_1$ \\a’",
     "“R&D {50%} $x_1$ \\a,”", "R&D {50%} $x_1$ \\a ¶"),
    ("تقرير عن التعذيب", "“تقرير عن التعذيب”", "‘تقرير عن التعذيب’", "“تقرير عن التعذيب,”",
     "تقرير عن التعذيب ¶"),
    ("", "“[untitled]”", "‘[untitled]’", "“[untitled],”", "[untitled] ¶"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "un", "oscola", "chicago", "bluebook"), TITLES)
def test_titles(make: Make, title: str, un: str, oscola: str, chicago: str, bluebook: str) -> None:
    found = citations(make(title=title), ["48"])
    assert un in found["un"]
    assert oscola in found["oscola"]
    assert chicago in found["chicago"]
    assert bluebook in found["bluebook"]


URL = "https://pilcrow.example/submissions/kaz-2019-odf-fidu-khisr/48"


@pytest.mark.parametrize(
    ("style", "ending"),
    [
        ("un", ", para. 48"),
        ("oscola", f" para 48 <{URL}>."),
        ("chicago", f", para. 48, {URL}."),
        ("bluebook", f" 34th Sess.), {URL}."),
        ("apa", f" 34th session]. {URL}"),
    ],
)
def test_an_address_stands_where_the_style_puts_it(
    kazakhstan: Submission, style: str, ending: str
) -> None:
    assert cite(kazakhstan, ["48"], style, url=URL).endswith(ending)


@pytest.mark.parametrize(
    "url",
    [None, "", "/submissions/x/48", "48", "//host/x", "javascript:alert(1)", "https://", "http://[",
     "https://a b", "https://a\nb"],
)  # fmt: skip
def test_what_is_no_absolute_address_is_left_out(kazakhstan: Submission, url: str | None) -> None:
    assert citations(kazakhstan, ["48"], url=url) == KAZAKHSTAN_48


def test_only_apa_sets_the_title_in_italics(make: Make) -> None:
    submission = make(title="Law <b>&</b> order")
    for style in STYLES:
        pieces = cite_pieces(submission, ["48"], style)
        assert pieces.title == "Law <b>&</b> order"
        assert pieces.italic is (style == "apa")


@pytest.mark.parametrize("style", ["mla", "", "UN", "__class__"])
def test_an_unknown_style_is_refused_with_the_known_ones(
    kazakhstan: Submission, style: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        cite(kazakhstan, ["48"], style)
    assert repr(style) in caught.value.message
    assert "un, oscola, chicago, bluebook, apa" in caught.value.cure


def test_an_unknown_number_is_not_found(kazakhstan: Submission) -> None:
    with pytest.raises(NotFound):
        citations(kazakhstan, ["48", "85"])


@given(title=st.text(), name=st.text(), short=st.text(), kind=st.text(), session=st.text())
def test_any_metadata_gives_one_line_and_its_pieces(
    make: Make, title: str, name: str, short: str, kind: str, session: str
) -> None:
    submission = make(title=title, submitters=(Submitter(short, name),), kind=kind, session=session)
    for style in STYLES:
        citation = cite(submission, ["48"], style)
        assert len(citation.splitlines()) == 1
        assert "48" in citation
        before, title_, after, _ = cite_pieces(submission, ["48"], style)
        assert f"{before}{title_}{after}" == citation
