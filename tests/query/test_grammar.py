from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryRefused
from indexer.query.grammar import Group, Leaf, Limits, Syntax, parse


def shown(syntax: Syntax | None) -> str:
    """A tree in one line: ``and(torture, not(police))``."""
    if syntax is None:
        return ""
    if isinstance(syntax, Group):
        return f"{syntax.operator}({', '.join(shown(part) for part in syntax.parts)})"
    field = f"{syntax.field}:" if syntax.field else ""
    distance = f"~{syntax.distance}" if syntax.distance is not None else ""
    mark = {"word": "", "phrase": "“", "wildcard": "*", "fuzzy": "~"}[syntax.kind]
    return f"{field}{mark}{syntax.text}{distance}"


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("", ""),
        ("torture prison", "and(torture, prison)"),
        ("torture AND prison", "and(torture, prison)"),
        ("torture OR prison police", "or(torture, and(prison, police))"),
        ("torture (prison OR police)", "and(torture, or(prison, police))"),
        ("torture NOT prison", "and(torture, not(prison))"),
        ("torture AND NOT prison", "and(torture, not(prison))"),
        ("torture -prison", "and(torture, not(prison))"),
        ("-torture", "not(torture)"),
        ("NOT torture", "not(torture)"),
        ("-(torture prison)", "not(and(torture, prison))"),
        ('-"rule of law"', "not(“rule of law)"),
        ("NOT NOT torture", "torture"),
        ("pre-trial", "pre-trial"),
        ('"rule of law"', "“rule of law"),
        ("“rule of law”", "“rule of law"),
        ("„rule of law“", "“rule of law"),
        ("«rule of law»", "“rule of law"),
        ('"police detained"~5', "“police detained~5"),
        ('"police detained"~', "“police detained~5"),
        ("extremis*", "*extremis*"),
        ("Yerimbet?v", "*Yerimbet?v"),
        # Letters on both sides of a hyphen, with accents and vowel signs of their own.
        ("co-op*", "*co-op*"),
        ("l'org*", "*l'org*"),
        ("S\u0301wi*", "*S\u0301wi*"),
        ("यातन*", "*यातन*"),
        ("यातना~", "~यातना"),
        ("de\u0301tenue\u0301~1", "~de\u0301tenue\u0301~1"),
        ("Yerimbetof~", "~Yerimbetof"),
        ("Yerimbetof~1", "~Yerimbetof~1"),
        ('person:"Mukhtar Ablyazov"', "person:“Mukhtar Ablyazov"),
        ("section:V", "section:V"),
        ("SECTION:V", "section:V"),
        ("date:2018-05..2018-07", "date:2018-05..2018-07"),
        ("url:https://a.org/x?y=1", "url:https://a.org/x?y=1"),
        ("https://a.org/x?y=1", "https://a.org/x?y=1"),
        ("Dzhakishev, Mukhtar", "and(Dzhakishev,, Mukhtar)"),
        ("who was tortured?", "and(who, was, tortured)"),
        ("torture,prison", "and(torture, prison)"),
        ("1,413", "1,413"),
        # Brackets of a number, which were read as those of the language.
        ("Article 20(1)", "and(Article, 20(1))"),
        ("(Art. 12A(b)(ii) OR rule 43)", "or(and(Art., 12A(b)(ii)), and(rule, 43))"),
        ("Article 20 (1) or", "and(Article, 20 (1), or)"),
        ("article:20(1)", "article:20(1)"),
        ("2019 (prison OR police)", "and(2019, or(prison, police))"),
        ("prison(a)", "and(prison, a)"),
        ("and or not", "and(and, or, not)"),
        ("- -", ""),
        ("()", ""),
        ("* ?", ""),
    ],
)
def test_reading(q: str, tree: str) -> None:
    parsed = parse(q)
    assert shown(parsed.tree) == tree
    assert parsed.notices == () or "*" in q


@pytest.mark.parametrize(
    ("q", "tree", "code", "place"),
    [
        ('torture "rule', "and(torture, rule)", "unbalanced-quote", (8, 9)),
        ("(torture", "torture", "unbalanced-bracket", (0, 1)),
        ("torture)", "torture", "unbalanced-bracket", (7, 8)),
        ("torture) prison", "and(torture, prison)", "unbalanced-bracket", (7, 8)),
        ("AND", "AND", "dangling-operator", (0, 3)),
        ("torture AND", "and(torture, AND)", "dangling-operator", (8, 11)),
        ("OR torture", "and(OR, torture)", "dangling-operator", (0, 2)),
        ("NOT", "NOT", "dangling-operator", (0, 3)),
        ("colour:blue", "and(colour:, blue)", "unknown-field", (0, 7)),
        ("person:(a)", "and(person:, a)", "field-without-value", (0, 7)),
        ("ex*", "ex", "short-wildcard", (0, 3)),
        ("*ism", "ism", "short-wildcard", (0, 4)),
        ('"a b"~999', "“a b~100", "distance-lowered", (5, 9)),
        ("prison tortura~9", "and(prison, ~tortura~2)", "distance-lowered", (14, 16)),
    ],
)
def test_what_is_not_understood_is_told(
    q: str, tree: str, code: str, place: tuple[int, int]
) -> None:
    parsed = parse(q)
    assert shown(parsed.tree) == tree
    (notice,) = parsed.notices
    assert (notice.code, notice.start, notice.end) == (code, *place)


def test_brackets_too_deep_are_read_as_if_not_there() -> None:
    parsed = parse("(" * 30 + "a b" + ")" * 30 + " OR c", Limits(depth=5))
    assert shown(parsed.tree) == "or(and(a, b), c)"
    assert [notice.code for notice in parsed.notices] == ["too-deep"]


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("a" * 4001, "query-too-long"),
        ("a " * 129, "too-many-terms"),
        ("AND " * 129, "too-many-terms"),  # operators with nothing to join are words
        ("a OR OR " * 65, "too-many-terms"),
    ],
)
def test_limits(q: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse(q)
    assert refused.value.code == code
    assert refused.value.cure


PIECES = st.sampled_from(
    ['"', "“", "”", "(", ")", "AND", "OR", "NOT", "-", "~", "~3", "*", "?", ":", " ", "torture",
     "person:", "date:", "colour:", "2018", "¶", "\x00", "ʼ", "ﬁ", "\u202e", "a" * 30, "'", "://"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_legal(q: str) -> None:
    """No text raises; every leaf and every notice keeps its place in it."""
    try:
        parsed = parse(q)
    except QueryRefused:
        return

    def leaves(syntax: Syntax | None) -> list[Leaf]:
        if isinstance(syntax, Group):
            return [leaf for part in syntax.parts for leaf in leaves(part)]
        return [syntax] if syntax is not None else []

    for leaf in leaves(parsed.tree):
        assert 0 <= leaf.start < leaf.end <= len(q)
        assert leaf.text.strip("*?") in q or leaf.kind == "word"
    for notice in parsed.notices:
        assert 0 <= notice.start < notice.end <= len(q)
        assert notice.message


@pytest.mark.parametrize(
    ("q", "typed"),
    [
        ("torture police", False),
        ("torture AND police", True),
        # Where no paragraph had both words, any of them counted.
        ("NOT NOT torture police", True),
        ("torture NOT -police", True),
        ("torture police NOT", False),
    ],
)
def test_operators_that_were_typed_are_known(q: str, typed: bool) -> None:
    tree = parse(q).tree
    assert isinstance(tree, Group)
    assert tree.typed == typed
