"""What is suggested in place of a search that found nothing has results when it is chosen."""

from __future__ import annotations

from indexer.model import Paragraph, Source, Submission
from indexer.query.results import SearchParameters
from tests.oracle.indexed import searched


def submission(language: str, *texts: str) -> Submission:
    """A submission of these paragraphs."""
    paragraphs = (
        Paragraph(str(n), f"para_{n}", text, None, "narrative") for n, text in enumerate(texts, 1)
    )
    source = Source("a.txt", "", "text/plain", "utf-8", True, 0)
    return Submission(
        "a", "A", "submission", None, None, None, language, source, paragraphs=tuple(paragraphs)
    )


def test_a_beginning_beside_other_words_is_not_suggested_where_no_paragraph_has_both() -> None:
    """«U.N. police*» was counted as if any of it would do, which a typed * never means."""
    made = submission("kk", "UN", "policeman", "азаптауды")
    with searched([made]) as searcher:
        assert searcher.search(SearchParameters(q="U.N. police")).suggestions == ()
        suggested = searcher.search(SearchParameters(q="азаптау")).suggestions
        (begun,) = [one for one in suggested if one.text == "азаптау*"]
        assert searcher.search(begun.parameters).total == begun.count == 1
