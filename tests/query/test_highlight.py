from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Mention, Span
from indexer.query.highlight import Matcher, merged, snippet
from indexer.query.request import And, Dated, Not, Tagged, Word
from tests.engines.contract import document, tree

TEXT = (
    "The authorities’ “rule of law” – police detained him in pre-trial detention; "
    "a law of rules. Świącicki's tortured allies saw 1,413 cases."
)


@pytest.mark.parametrize(
    ("q", "marks"),
    [
        ("law", ["law", "law"]),
        ('"rule of law"', ["rule of law"]),
        ("rule", ["rule", "rules"]),
        ('"rule"', ["rule"]),
        ("torture", ["tortured"]),
        ("swiacicki", ["Świącicki"]),
        ("pretrial", ["pre-trial"]),
        ('"pre trial detention"', ["pre-trial detention"]),
        ('"detained police"~3', ["police", "detained"]),
        ("polic*", ["police"]),
        ("tortered~", ["tortured"]),
        ("1413", ["1,413"]),
        ("police NOT rule", []),
        ("police NOT nosuchword", ["police"]),
        ("nosuchword OR police", ["police"]),
        ("(police AND nosuchword) OR allies", ["allies"]),
        ("police nosuchword", []),
        ("law of", ["law", "law"]),
        ("authorities", ["authorities"]),
    ],
)
def test_what_matched_is_marked(q: str, marks: list[str]) -> None:
    spans = Matcher(document("1", TEXT)).spans(tree(q))
    assert [TEXT[start:end] for start, end in spans] == marks


def test_what_a_field_found_is_marked_where_it_is_named() -> None:
    text = "In March 2018 he met Bokayev, and Bokayev left."
    mentions = [
        Mention(3, 13, "March 2018", "date", None, "rule", "2018-03"),
        Mention(21, 28, "Bokayev", "person", "max-bokayev", "rule"),
        Mention(34, 41, "Bokayev", "person", "max-bokayev", "rule"),
    ]
    found = document("1", text, tags=(("person", ("max-bokayev",)),), dates=((736754, 736784),))
    matcher = Matcher(found, mentions, lambda m: [(736754, 736784)] if m.type == "date" else [])
    assert matcher.spans(Tagged("person", ("max-bokayev",))) == (Span(21, 28), Span(34, 41))
    assert matcher.spans(Dated(736754, 736784)) == (Span(3, 13),)
    assert matcher.spans(Not(Tagged("person", ("max-bokayev",)))) == ()
    assert not matcher.holds(Dated(736755, 736784))


def test_a_footnotes_words_match_and_are_not_marked_in_the_text() -> None:
    found = document("1", "complaint", notes=("A collective complaint",))
    assert Matcher(found).holds(tree('note:"collective complaint"'))
    assert Matcher(found).spans(tree('note:"collective complaint"')) == ()


def test_overlapping_spans_are_one() -> None:
    spans = [Span(4, 9), Span(0, 3), Span(5, 7), Span(8, 12), Span(12, 13)]
    assert merged(spans) == (Span(0, 3), Span(4, 12), Span(12, 13))


@pytest.mark.parametrize(
    ("size", "words", "expected"),
    [
        (20, [], "alpha beta gamma …"),
        (20, ["eta"], "… <mark>eta</mark> theta iota …"),
        (20, ["beta", "omega", "lambda"], "… iota <mark>lambda</mark> <mark>omega</mark>"),
        (
            400,
            ["alpha"],
            "<mark>alpha</mark> beta gamma delta zeta epsilon eta theta iota lambda omega",
        ),
    ],
)
def test_snippets(size: int, words: list[str], expected: str) -> None:
    text = "alpha beta gamma delta zeta epsilon eta theta iota lambda omega"
    places = [re.search(rf"\b{word}\b", text) for word in words]
    spans = merged(Span(*place.span()) for place in places if place)
    assert snippet(text, spans, size) == expected


def test_a_snippet_shows_each_word_rather_than_one_many_times() -> None:
    """Of «torture detained» it showed five times «detained», and no torture."""
    text = "detained one, detained two, Detained three, " + "x " * 30 + "detained after torture."
    spans = merged(Span(*place.span()) for place in re.finditer("(?i)detained|torture", text))
    assert snippet(text, spans, 60).endswith("<mark>detained</mark> after <mark>torture</mark>.")


@given(
    st.text(alphabet="ab <>&\"'é\u0301\u202e\n", max_size=400),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9)), max_size=8),
    st.integers(20, 100),
)
def test_a_snippet_is_verbatim_but_for_marks(
    text: str, places: list[tuple[int, int]], size: int
) -> None:
    spans = merged(Span(s, min(s + w, len(text))) for s, w in places if s < len(text))
    made = snippet(text, spans, size)
    shown = made.removeprefix("… ").removesuffix(" …")
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}
    plain = re.sub(r"</?mark>", "", shown)
    for entity, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ):
        plain = plain.replace(entity, letter)
    assert plain in text


def test_words_in_two_languages() -> None:
    word = Word("detention", ("detent", "detention"))
    assert Matcher(document("1", "Detentions.")).spans(And((word,))) == (Span(0, 10),)


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ('"over time"', "They worked overtime."),
        ("under mine", "This undermines the law."),
        ('"de fait"', "L’armée est défaite, défait."),
        ('"the rapist"', "A therapist."),
    ],
)
def test_words_apart_are_no_other_word(q: str, text: str) -> None:
    assert Matcher(document("1", text)).spans(tree(q)) == ()
