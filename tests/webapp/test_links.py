"""Addresses and parameters: what is written into an address is read out of it again."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.errors import ParameterError
from indexer.query.results import FACETS, SearchParameters
from webapp import links
from webapp.parameters import only_words, search_parameters

# Surrogates cannot be written into an address at all.
TEXT = st.text(st.characters(codec="utf-8"))
DATES = st.sampled_from(["2019", "2019-02", "2020-02-29", "0001"])
PARAMETERS = st.builds(
    SearchParameters,
    q=TEXT,
    filters=st.lists(
        st.tuples(st.sampled_from(sorted(FACETS)), TEXT.filter(bool)), max_size=5, unique=True
    ).map(lambda pairs: tuple(sorted(pairs, key=lambda pair: pair[0]))),
    from_=st.none() | DATES,
    to=st.none() | DATES,
    sort=st.sampled_from([None, "relevance", "document"]),
    page=st.integers(1, 999),
    size=st.integers(1, 100),
)


def read(address: str) -> SearchParameters:
    query = urlsplit(address).query
    return search_parameters(MultiDict(parse_qsl(query, keep_blank_values=True)))


@given(PARAMETERS)
def test_a_search_is_read_back_from_its_address(parameters: SearchParameters) -> None:
    assert read(links.search(parameters)) == parameters


@given(TEXT, TEXT)
def test_an_address_never_leaves_the_site(submission: str, number: str) -> None:
    for address in (
        links.paragraph(submission, number),
        links.submission(submission, number, number),
        links.entity("person", submission),
        links.words(number),
    ):
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert address.startswith("/") and address.isascii()


def test_defaults_are_left_out_of_an_address() -> None:
    assert links.search(SearchParameters()) == "/search"
    assert links.search(SearchParameters(q="Yerimbetov")) == "/search?q=Yerimbetov"
    assert (
        links.search(SearchParameters(filters=(("section", "V"), ("section", "VI"))))
        == "/search?section=V&section=VI"
    )


@pytest.mark.parametrize(
    ("submission", "number", "address"),
    [
        ("kaz-2019", "48", "/submissions/kaz-2019/48"),
        ("kaz-2019", "26~2", "/submissions/kaz-2019/26~2"),
        ("kaz-2019", "20(f)", "/submissions/kaz-2019/20(f)"),
        ("kaz-2019", "../x", "/submissions/kaz-2019/..%2Fx"),
        ("kaz-2019", 'a"b', "/submissions/kaz-2019/a%22b"),
    ],
)
def test_a_paragraphs_address(submission: str, number: str, address: str) -> None:
    assert links.paragraph(submission, number) == address


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://en.odfoundation.eu/a/9026,the-case", True),
        ("http://www.conseil-etat.fr/Actualites/Communiqués", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("ftp://example.org/file", False),
        ("//example.org", False),
        ("http://", False),
        ("http:///path", False),
        ("https:example.org", False),
        ("https:/example.org", False),
        ("https://example.org/a@b", True),
        ("https://ohchr.org@evil.example/", False),
        ("https://ohchr.org:443@evil.example/", False),
        ("https://ohchr.org%2F@evil.example/", False),
        ("https://ohchr.org\\@evil.example/", False),
        ("https:\\\\evil.example/", False),
        ("https://[evil.example/", False),
        ("https://example.org/\u202etxt.exe", False),
        ("https://example.org/\u200bhidden", False),
        ("https://example.org/a b", False),
        ("java\tscript:alert(1)", False),
        ("java\nscript://x/%0aalert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("ht\ttps://example.org", False),
        ("https://exa\nmple.org", False),
        ("JaVaScRiPt:alert(1)", False),
        ("\uff4aavascript:alert(1)", False),
        ("\uff48ttps://example.org", False),
        ("vbscript:msgbox(1)", False),
        ("file:///etc/passwd", False),
        ("blob:https://example.org/1", False),
        ("view-source:https://example.org", False),
        ("intent://example.org#Intent;end", False),
        ("", False),
    ],
)
def test_only_the_webs_own_schemes_are_linked(address: str, linked: bool) -> None:
    assert (links.outside(address) is not None) is linked


def test_a_text_fragment_quotes_what_it_must() -> None:
    short = links.fragment("kaz-2019", "8", "pre-trial, again")
    assert short == "/submissions/kaz-2019#p8:~:text=pre%2Dtrial%2C%20again"
    long = links.fragment("kaz-2019", "8", " ".join("abcdefghijklmnop"))
    assert long.endswith(":~:text=a%20b%20c%20d%20e,l%20m%20n%20o%20p")


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("page", "0")], "page must be 1 or more, got 0"),
        ([("page", "-1")], "page must be 1 or more, got -1"),
        ([("page", "1.5")], "page must be 1 or more, got 1.5"),
        ([("page", "٣")], "page must be 1 or more, got ٣"),
        ([("size", "9" * 30)], f"size must be from 1 to 100, got {'9' * 30}"),
        ([("size", "101")], "size must be from 1 to 100, got 101"),
        ([("size", "0")], "size must be from 1 to 100, got 0"),
        ([("size", "x")], "size must be from 1 to 100, got x"),
        ([("sort", "x")], "sort must be relevance or document, got x"),
        ([("from", "garbage")], "from must be a year, a month or a day, got garbage"),
        ([("from", "2019-02-30")], "from must be a year, a month or a day, got 2019-02-30"),
        ([("to", "2019-13")], "to must be a year, a month or a day, got 2019-13"),
        ([("to", "0000")], "to must be a year, a month or a day, got 0000"),
        ([("colour", "red")], "colour is neither a parameter nor a facet"),
        ([("Section", "V")], "Section is neither a parameter nor a facet"),
        ([("q", "a"), ("q", "b")], "q is given 2 times"),
        ([("page", "1"), ("page", "1")], "page is given 2 times"),
        ([("size", "x" * 99)], f"size must be from 1 to 100, got {'x' * 40}…"),
    ],
)
def test_a_bad_parameter_is_refused(pairs: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ParameterError) as refused:
        search_parameters(MultiDict(pairs))
    assert refused.value.message == message
    assert refused.value.cure


def test_what_a_form_leaves_empty_is_not_given() -> None:
    sent = MultiDict([("q", ""), ("from", ""), ("to", " "), ("section", ""), ("page", "")])
    assert search_parameters(sent) == SearchParameters()


def test_a_filter_given_twice_counts_once() -> None:
    sent = MultiDict([("section", "V"), ("section", "VI"), ("section", "V")])
    assert search_parameters(sent).filters == (("section", "V"), ("section", "VI"))


def test_a_page_that_takes_words_takes_nothing_else() -> None:
    assert only_words(MultiDict([("q", " torture ")])) == "torture"
    with pytest.raises(ParameterError):
        only_words(MultiDict([("q", "torture"), ("page", "2")]))
