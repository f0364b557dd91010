"""What must every engine do? A test class that each engine's tests inherit.

An engine's own test gives :meth:`make`: an engine open for searching over given documents.
"""

from __future__ import annotations

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryRefused
from indexer.query.engine import Engine
from indexer.query.grammar import parse
from indexer.query.interpret import interpret
from indexer.query.request import (
    And,
    Dated,
    Everything,
    Fuzzy,
    IndexDocument,
    Keys,
    Linked,
    Node,
    Not,
    Or,
    SearchRequest,
    Tagged,
    Wildcard,
)


class NoCatalogue:
    """A corpus of which nothing but its languages is known: words stay words."""

    def __init__(self, *languages: str) -> None:
        self._languages = languages or ("en",)

    def languages(self) -> tuple[str, ...]:
        return self._languages

    def resolve(self, type_: str, name: str) -> tuple[str, ...]:
        return ()

    def label(self, type_: str, id_: str) -> str | None:
        return None

    def labels(self, type_: str) -> dict[str, str]:
        return {}

    def coded(self, code: str) -> tuple[str, ...]:
        return ()

    def sections(self, name: str) -> tuple[str, ...]:
        return ()

    def provisions(self) -> tuple[tuple[str, str, str | None], ...]:
        return ()

    def has_url(self, part: str) -> bool:
        return False

    def submitted_by(self, name: str) -> tuple[str, ...]:
        return ()

    def states(self, name: str) -> tuple[str, ...]:
        return ()


def tree(q: str, *languages: str) -> Node:
    """The engine's tree of a query of words in a corpus of *languages*."""
    return interpret(parse(q), NoCatalogue(*languages)).tree


def document(
    number: str, text: str, submission: str = "alpha", language: str = "en", **more: object
) -> IndexDocument:
    """A paragraph to index; its order is its number's."""
    return IndexDocument(
        submission=submission,
        number=number,
        order=int(number),
        language=language,
        text=text,
        **more,  # type: ignore[arg-type]  # keyword tables of the tests below
    )


DOCUMENTS = [
    document(
        "1",
        "Police detained Ms. Świącicka in pre-trial custody; 1,413 cases were recorded.",
        tags=(("person", ("swiacicka",)), ("section", ("I",)), ("year", ("2018",))),
        dates=((736695, 736725),),
        notes=("See the collective complaint.", "Another note"),
        urls=("https://example.org/Files/A_HRC_2018.pdf",),
    ),
    document(
        "2",
        "The rule of law. Detention, detentions and more detention: the police were absent.",
        tags=(("person", ("swiacicka", "brown")), ("section", ("I", "I.1"))),
    ),
    document(
        "3",
        "Organisations of journalists; law of the rule. Pretrial detention lasted 170 000 hours.",
        tags=(("section", ("II",)), ("year", ("2018", "2019"))),
        dates=((737060, 737090), (737425, 737455)),
    ),
    document("4", "Rules, and the laws behind many more words that make it a long paragraph."),
    document("1", "An extremist detained nobody. Note.", submission="beta"),
    document("2", "An extremist detained nobody. Note.", submission="beta"),
]
BETA = DOCUMENTS[4:]
AARDVARK = [document("7", "Police came again.", submission="aardvark")]
#: One paragraph a language, and two that only differ in the form of a compound.
MANY_LANGUAGES = [
    document("1", "Imports of prisoners' letters; his son died in the war."),
    document("2", "Long-terms, long-terms and long-terms."),
    document("3", "A paragraph of very many other words in which one long-term stands once only."),
    document(
        "1",
        "L’organisation défend les droits de l'homme des détenus ; qu'il est important.",
        "fr",
        "fr",
    ),
    document("1", "Нарушение прав человека: пытки и ещё пытки.", "ru", "ru"),
    document("1", "Адам құқықтары және бостандық.", "kk", "kk"),
    document("1", "报告第48段：人权状况。", "zh", "zh"),
    document("1", "لا يجوز تعذيب الإنسان", "ar", "ar"),
    document("1", "การทรมานผู้ต้องขัง", "th", "th"),
]
LANGUAGES = ("en", "fr", "ru", "kk", "zh", "ar", "th", "es", "pt", "de", "it", "tr")
ALL = ["alpha/1", "alpha/2", "alpha/3", "alpha/4", "beta/1", "beta/2"]


#: Letters of many kinds, digits, what joins words, and what is no letter at all.
_LETTERS = st.sampled_from("aAeéüßİıчЁ人权กا-'’.,/ 7 \x1f\n")
_WORDS = st.sampled_from(("police", "Police", "pre-trial", "170 000", "l'avant-garde", "NGOs"))


def _documents() -> st.SearchStrategy[list[IndexDocument]]:
    """Small corpora of anything, in the order of their rows."""
    text = st.lists(_WORDS | st.text(_LETTERS, max_size=12), max_size=9).map(" ".join)
    names = st.lists(st.sampled_from(("I", "II", "swiacicka", "Ü")), max_size=3).map(tuple)
    day = st.integers(1, 800_000)
    one = st.builds(
        document,
        st.integers(0, 40).map(str),
        text,
        st.sampled_from(("alpha", "beta")),
        st.sampled_from(LANGUAGES),
        notes=st.lists(text, max_size=2).map(tuple),
        tags=st.dictionaries(st.sampled_from(("person", "section")), names).map(
            lambda tags: tuple(tags.items())
        ),
        dates=st.lists(st.tuples(day, day), max_size=2).map(tuple),
        urls=st.lists(text, max_size=2).map(tuple),
    )
    corpora = st.lists(one, min_size=1, max_size=8, unique_by=_place)
    return corpora.map(lambda documents: sorted(documents, key=_place))


def _place(document: IndexDocument) -> tuple[str, int]:
    return document.submission, document.order


class EngineContract(ABC):
    """The promises of the engine protocol."""

    @classmethod
    @abstractmethod
    def make(cls, folder: Path, documents: Sequence[IndexDocument]) -> Engine:
        """An engine over *documents*, open for searching."""

    @classmethod
    @abstractmethod
    def change(cls, folder: Path, removed: str, added: Sequence[IndexDocument]) -> Engine:
        """The engine in *folder* without the *removed* submission and with *added*."""

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, tmp_path_factory: pytest.TempPathFactory) -> Engine:
        """An engine over the documents above."""
        return cls.make(tmp_path_factory.mktemp("engine"), DOCUMENTS)

    @pytest.fixture(scope="class")
    @classmethod
    def many(cls, tmp_path_factory: pytest.TempPathFactory) -> Engine:
        """An engine over the documents in many languages."""
        return cls.make(tmp_path_factory.mktemp("many"), MANY_LANGUAGES)

    @pytest.fixture(scope="class")
    @classmethod
    def ask(cls, engine: Engine) -> Callable[..., list[str]]:
        """Keys found, in order."""

        def found(node: Node | str, **more: object) -> list[str]:
            node = tree(node) if isinstance(node, str) else node
            request = SearchRequest(node, **more)  # type: ignore[arg-type]  # as above
            return [f"{hit.submission}/{hit.number}" for hit in engine.search(request).hits]

        return found

    @pytest.mark.parametrize(
        ("q", "found"),
        [
            ("detained", ["alpha/1", "beta/1", "beta/2"]),
            ("detention", ["alpha/2", "alpha/3"]),
            ("organisation", ["alpha/3"]),
            ('"detained"', ["beta/1", "beta/2", "alpha/1"]),
            ('"rule of law"', ["alpha/2"]),
            ('"law of the rule"', ["alpha/3"]),
            ('"RULE of LAW"', ["alpha/2"]),
            ('forms:"polices detain"', ["alpha/1"]),
            ('"detained police"~1', ["alpha/1"]),
            ('"absent law"~9', ["alpha/2"]),
            ('"absent law"~7', []),
            ('"police detained"~5', ["alpha/1"]),
            ("organization", ["alpha/3"]),
            ('"organizations"', ["alpha/3"]),
            ("swiacicka", ["alpha/1"]),
            ("Świącicka", ["alpha/1"]),
            # hyphenated, apart and solid are one word
            ("pretrial", ["alpha/3", "alpha/1"]),
            ("pre-trial", ["alpha/3", "alpha/1"]),
            ("pre trial", ["alpha/3", "alpha/1"]),
            ('"pre-trial custody"', ["alpha/1"]),
            ('"pretrial custody"', ["alpha/1"]),
            ('"pre trial detention"', ["alpha/3"]),
            ("1413", ["alpha/1"]),
            ("1,413", ["alpha/1"]),
            ("170000", ["alpha/3"]),
            ("extremis*", ["beta/1", "beta/2"]),
            ("detent*", ["alpha/2", "alpha/3"]),
            ("det?ined", ["beta/1", "beta/2", "alpha/1"]),
            ("organiz*", ["alpha/3"]),
            ("swiacika~", ["alpha/1"]),
            ("police NOT absent", ["alpha/1"]),
            ("police -absent", ["alpha/1"]),
            ("NOT detained", ["alpha/2", "alpha/3", "alpha/4"]),
            ('NOT "detained"', ["alpha/2", "alpha/3", "alpha/4"]),
            ("journalists OR absent", ["alpha/3", "alpha/2"]),
            ("note:complaint", ["alpha/1"]),
            ('note:"collective complaint"', ["alpha/1"]),
            ('note:"complaint another"', []),
            ("complaint", []),
            ("note", ["beta/1", "beta/2"]),
            ("nosuchword", []),
        ],
    )
    def test_words(self, ask: Callable[..., list[str]], q: str, found: list[str]) -> None:
        assert sorted(ask(q)) == sorted(found)

    @pytest.mark.parametrize(
        ("q", "first"),
        [("rules", {"alpha/4"}), ("rule", {"alpha/2", "alpha/3"})],
    )
    def test_printed_forms_rank_above_others(
        self, ask: Callable[..., list[str]], q: str, first: set[str]
    ) -> None:
        assert set(ask(q)[: len(first)]) == first

    @pytest.mark.parametrize(
        ("q", "found"),
        [
            ("détenu", "fr/1"),
            ("DETENUS", "fr/1"),
            ("organisation", "fr/1"),
            ("l'organisation", "fr/1"),
            ("une organisation", "fr/1"),
            ("organisations", "fr/1"),
            ("pour les droits qu'il", "fr/1"),
            ('"droits de l’homme"', "fr/1"),
            ('"droits de homme"', ""),
            ('"droit de l\'homme"', ""),
            ('forms:"droit de l\'homme"', "fr/1"),
            ("import", "alpha/1 fr/1"),
            ("importante", "fr/1"),
            ("правами", "ru/1"),
            ("ЧЕЛОВЕКУ и его права", "ru/1"),
            ("еще", "ru/1"),
            ('"прав человека"', "ru/1"),
            ('"права человека"', ""),
            ("құқықтары", "kk/1"),
            ("құқық", ""),
            ("құқық*", "kk/1"),
            ("人权", "zh/1"),
            ("权人", ""),
            ("状况，人权", "zh/1"),
            ("「人权状况」", "zh/1"),
            ("「状况人权」", ""),
            ('"第48段"', "zh/1"),
            ("人权状况*", "zh/1"),
            ("انسان", "ar/1"),
            ("التعذيب", "ar/1"),
            ("ทรมาน", "th/1"),
            ("son war", "alpha/1"),
            ("organisation OR пытками OR letter", "alpha/1 fr/1 ru/1"),
        ],
    )
    def test_words_of_many_languages(self, many: Engine, q: str, found: str) -> None:
        request = SearchRequest(tree(q, *LANGUAGES), sort="document")
        hits = [f"{hit.submission}/{hit.number}" for hit in many.search(request).hits]
        assert hits == found.split()

    def test_the_printed_form_of_a_compound_ranks_first(self, many: Engine) -> None:
        hits = many.search(SearchRequest(tree("long-term"))).hits
        assert [hit.number for hit in hits] == ["3", "2"]

    def test_ties_are_settled_by_submission_and_order(self, ask: Callable[..., list[str]]) -> None:
        assert ask("extremist") == ["beta/1", "beta/2"]
        assert ask(Everything()) == ALL

    @pytest.mark.parametrize(
        ("node", "found"),
        [
            (Tagged("person", ("brown",)), ["alpha/2"]),
            (Tagged("person", ("swiacicka", "brown")), ["alpha/1", "alpha/2"]),
            (Tagged("person", ()), []),
            (Tagged("nosuchfield", ("x",)), []),
            (Dated(736695, 736725), ["alpha/1"]),
            (Dated(736696, 736999), []),
            (Dated(737425, 737455), ["alpha/3"]),
            (Linked("a_hrc_2018"), ["alpha/1"]),
            (Keys((("beta", "2"), ("alpha", "1"), ("alpha", "99"))), ["alpha/1", "beta/2"]),
            (Not(Tagged("section", ("I",))), ["alpha/3", "alpha/4", "beta/1", "beta/2"]),
            (And((Tagged("section", ("I",)), Not(Tagged("section", ("I.1",))))), ["alpha/1"]),
            (Or((Tagged("section", ("II",)), Keys((("beta", "1"),)))), ["alpha/3", "beta/1"]),
        ],
    )
    def test_facts(self, ask: Callable[..., list[str]], node: Node, found: list[str]) -> None:
        assert ask(node, sort="document") == found

    def test_a_citation_keeps_its_order(self, ask: Callable[..., list[str]]) -> None:
        node = Keys((("beta", "2"), ("alpha", "3"), ("alpha", "1")))
        assert ask(node, sort="keys") == ["beta/2", "alpha/3", "alpha/1"]

    def test_filters_are_and_across_fields_or_within(self, ask: Callable[..., list[str]]) -> None:
        filters = (Tagged("section", ("I", "II")), Tagged("person", ("swiacicka",)))
        assert ask(Everything(), filters=filters, sort="document") == ["alpha/1", "alpha/2"]

    def test_an_empty_filter_leaves_nothing(self, ask: Callable[..., list[str]]) -> None:
        """Whoosh reads an empty filter as no filter."""
        assert ask(Everything(), filters=(Tagged("person", ()),)) == []

    def test_counts_ignore_their_own_field(self, engine: Engine) -> None:
        request = SearchRequest(
            Everything(),
            filters=(Tagged("section", ("I",)), Tagged("year", ("2018",))),
            facets=("section", "year", "person", "nosuchfield"),
        )
        counts = {field: dict(values) for field, values in engine.search(request).facets.items()}
        assert counts["section"] == {"I": 1, "I.1": 0, "II": 1}
        assert counts["year"] == {"2018": 1, "2019": 0}
        assert counts["person"] == {"swiacicka": 1, "brown": 0}
        assert counts["nosuchfield"] == {}

    def test_dates_limit_hits_and_counts(self, engine: Engine) -> None:
        request = SearchRequest(
            Everything(), dated=Dated(737000, 738000), facets=("section",), sort="document"
        )
        result = engine.search(request)
        assert [hit.number for hit in result.hits] == ["3"]
        assert dict(result.facets["section"]) == {"I": 0, "I.1": 0, "II": 1}

    def test_pages(self, engine: Engine, ask: Callable[..., list[str]]) -> None:
        result = engine.search(SearchRequest(Everything(), offset=3, size=10, sort="document"))
        assert result.total == len(ALL)
        assert [f"{h.submission}/{h.number}" for h in result.hits] == ALL[3:]
        assert ask(Everything(), offset=99) == []

    def test_near_spellings_are_named_nearest_first(self, engine: Engine) -> None:
        result = engine.search(SearchRequest(Fuzzy("word", "detaned", 2), size=0))
        assert result.terms[0] == "detained"

    def test_too_many_expansions_are_refused(self, engine: Engine) -> None:
        with pytest.raises(QueryRefused, match="stands for 3"):
            engine.search(SearchRequest(Wildcard("word", "det*"), expansions=2))

    def test_what_was_added_is_held_whole(self, engine: Engine, many: Engine) -> None:
        assert engine.differing(DOCUMENTS) == ()
        assert many.differing(sorted(MANY_LANGUAGES, key=_place)) == ()

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "Police detained Ms. Świącicka in pre-trial custody; 1,413 cases recorded."},
            # the same words, in another order and in one printed form more
            {"text": "Detained police Ms. Świącicka in pre-trial custody; 1,413 cases recorded."},
            {"text": DOCUMENTS[0].text + " Police."},
            {"text": DOCUMENTS[0].text.replace("pre-trial", "pretrial")},
            {"language": "fr"},
            {"notes": ("Another note", "See the collective complaint.")},
            {"notes": DOCUMENTS[0].notes[:1]},
            {"tags": (("person", ("brown",)), *DOCUMENTS[0].tags[1:])},
            {"tags": (*DOCUMENTS[0].tags, ("case", ("x",)))},
            {"tags": DOCUMENTS[0].tags[:2]},
            {"dates": ((736695, 736726),)},
            {"dates": ()},
            {"dates": (*DOCUMENTS[0].dates, (737060, 737090))},
            {"urls": ("https://example.org/Files/A_HRC_2019.pdf",)},
            {"urls": ()},
            {"order": 0},
        ],
    )
    def test_whatever_differs_is_named(self, engine: Engine, change: dict[str, object]) -> None:
        other = replace(DOCUMENTS[0], **change)  # type: ignore[arg-type]  # as above
        assert engine.differing([other, *DOCUMENTS[1:]]) == (("alpha", "1"),)

    @pytest.mark.parametrize(
        ("documents", "found"),
        [
            (DOCUMENTS[1:], [("alpha", "1")]),
            ([*DOCUMENTS, document("3", "A third.", submission="beta")], [("beta", "3")]),
            ([*DOCUMENTS, DOCUMENTS[5]], [("beta", "2")]),
            ([*DOCUMENTS[:4], DOCUMENTS[5], DOCUMENTS[4]], [("beta", "2"), ("beta", "1")]),
            ([], [(d.submission, d.number) for d in DOCUMENTS]),
        ],
    )
    def test_paragraphs_of_one_side_only_are_named(
        self, engine: Engine, documents: list[IndexDocument], found: list[tuple[str, str]]
    ) -> None:
        assert list(engine.differing(documents)) == found

    @given(documents=_documents())
    @settings(max_examples=25, deadline=None)
    def test_any_documents_are_held_whole(self, documents: list[IndexDocument]) -> None:
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(self.make(Path(folder), documents)) as engine,
        ):
            assert engine.differing(documents) == ()

    def test_add_and_remove(self, tmp_path: Path) -> None:
        engine = self.make(tmp_path, DOCUMENTS)
        engine.close()
        changed = self.change(tmp_path, "alpha", AARDVARK)
        everything = SearchRequest(Everything(), sort="document")
        found = changed.search(everything)
        assert [f"{h.submission}/{h.number}" for h in found.hits] == [
            "aardvark/7",
            "beta/1",
            "beta/2",
        ]
        assert changed.search(SearchRequest(tree("police"))).total == 1
        assert changed.search(SearchRequest(tree("detained"))).total == 2
        # What only removed paragraphs had is no word of the index any more.
        words = {"police", "came", "again", "an", "extremist", "detained", "nobody", "note"}
        assert set(changed.search(SearchRequest(Wildcard("word", "*"))).terms) == words
        assert changed.differing([*AARDVARK, *BETA]) == ()
        changed.close()
