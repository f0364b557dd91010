"""The same on files that were read, indexed and served as anybody's are; and every front says
what the search found."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, note
from hypothesis import strategies as st

from indexer.model import Submission
from indexer.pipeline import update
from indexer.settings import Settings, packaged_corpus
from tests.oracle.facts import ENTITIES
from tests.oracle.generator import asked
from tests.oracle.meaning import Question
from tests.oracle.oracle import Oracle
from tests.oracle.test_oracle import ask, parameters, run
from webapp import create_app
from webapp.site import Site

SAMPLES = Path(__file__).parent.parent / "samples"
FILES = ("contribution-en-francais.txt", "predstavlenie-na-russkom.txt", "gaps-and-repeats.txt",
         "joint-restarted.txt", "plain.html")  # fmt: skip


#: No field's value holds these as the generator writes values.
UNQUOTED = frozenset('"“”«»„()?*~\n')


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, FlaskClient]]:
    """A site on samples in three languages and on the first submission, and its client."""
    corpus = tmp_path_factory.mktemp("corpus")
    for name in FILES:
        shutil.copy(SAMPLES / name, corpus)
    shutil.copy(SAMPLES / "plain.md", corpus / "alpha.md")  # an id that is like a word
    (corpus / "alpha.toml").write_text('id = "alpha"\n')
    (first,) = (packaged_corpus() / "submissions").glob("*.txt")
    shutil.copy(first, corpus)
    shutil.copy(first.with_suffix(".toml"), corpus)
    made = Settings(corpus=corpus, data=tmp_path_factory.mktemp("data"), search_processes=1)
    update(made)
    site = Site(made)
    yield site, create_app(made, site).test_client()
    site.close()


def names(submissions: list[Submission]) -> dict[str, list[str]]:
    """What fields may be given: what the texts name, and nothing of the authority files."""
    found = {
        "kind": ["recommendation", "narrative"],
        "submission": [s.id for s in submissions],
        "section": [name for s in submissions for t in s.sections for name in (t.id, t.title)
                    if not set(name) & UNQUOTED],
    }  # fmt: skip
    for submission in submissions:
        for entity in submission.entities:
            if entity.type in ENTITIES and entity.type not in ("provision", "case"):
                found.setdefault(entity.type, []).extend(
                    name
                    for name in (entity.id, entity.label, *(a.text for a in entity.aliases))
                    if not set(name) & set('"“”«»„()?*~\n')
                )
    return found


def test_what_was_read_is_found_as_by_looking_at_every_word(
    served: tuple[Site, FlaskClient], soak: bool
) -> None:
    @run(soak, 15, 600)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        view = served[0].view()
        whole = [view.library.submission(card.id) for card in view.library.submissions()]
        questions = data.draw(asked(whole, 3, names(whole)))
        ask(view.searcher, Oracle(whole, view.library.state_names()), questions)

    holds()


def test_every_front_says_what_was_found(served: tuple[Site, FlaskClient], soak: bool) -> None:
    @run(soak, 6, 250)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        site, client = served
        view = site.view()
        whole = [view.library.submission(card.id) for card in view.library.submissions()]
        for question in data.draw(asked(whole, 2, names(whole))):
            note(question)
            query = _query_string(question)
            page = view.search(parameters(question))
            answer = client.get("/search.json", query_string={**query, "size": 100}).json
            assert answer is not None
            found = [(hit.submission, hit.paragraph.number) for hit in page.hits]
            assert [(hit["submission"], hit["number"]) for hit in answer["hits"]] == found
            assert [hit["highlights"] for hit in answer["hits"]] == [
                [list(span) for span in hit.highlights] for hit in page.hits
            ]
            assert answer["total"] == page.total
            assert {
                (facet["field"], value["value"]): value["count"]
                for facet in answer["facets"]
                for value in facet["values"]
            } == {(f.field, v.value): v.count for f in page.facets for v in f.values}
            rows = list(csv.DictReader(io.StringIO(_text(client, "/search.csv", query))))
            exported = [(row["submission"], row["number"]) for row in rows]
            assert exported[: len(found)] == found
            assert len(exported) == page.total
            shown = client.get("/search", query_string={**query, "size": 100})
            if len(found) == 1 and page.lookup:
                assert shown.status_code == 303  # to the one paragraph that was cited
                continue
            assert all(hit["snippet"] in shown.text for hit in answer["hits"])

    holds()


def _query_string(question: Question) -> dict[str, list[str]]:
    query = {"q": [question.text], "from": [question.first or ""], "to": [question.last or ""]}
    for field, value in question.filters:
        query.setdefault(field, []).append(value)
    if question.sort:
        query["sort"] = [question.sort]
    return query


def _text(client: FlaskClient, path: str, query: Mapping[str, object]) -> str:
    answer = client.get(path, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.text
