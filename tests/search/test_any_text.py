"""Any text is a legal query: it is answered, or refused with a cure, and never fails."""

from __future__ import annotations

import html
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import QueryRefused
from indexer.query.results import SearchParameters
from webapp.site import Site

WORDS = st.sampled_from(
    ["torture", "Tortured", "rule", "of", "the", "law", "pre-trial", "Świącicki", "1,413", "48",
     "52", "¶", "para", "fn", "Article", "174", "Art.", "CC", "Opinion", "No.", "16/2017", "2018",
     "Yerimbetof~", "extremis*", "Ab?ev", "NOT", "AND", "OR", "-ban", "(", ")", '"', "“", "”",
     "~3", "person:", "section:V", "date:2018-05..2018-07", "date:x", "url:ohchr.org", "note:", ":",
     "kind:recommendation", "A_HRC_WGAD_2017_16", "\x00", "\u202e", "<script>", "%", "_", "🙂"]
)  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=80)))
def test_any_text_is_answered_or_refused_with_a_cure(site: Site, q: str) -> None:
    view = site.view()
    try:
        result = view.search(SearchParameters(q=q, size=5))
    except QueryRefused as refused:
        assert refused.cure
        return
    assert len(result.hits) == min(5, result.total)
    assert result.relaxed is False or result.total > 0
    for suggestion in result.suggestions:
        assert view.search(suggestion.parameters).total == suggestion.count > 0
    for notice in result.notices:
        assert 0 <= notice.start <= notice.end <= len(q)
    for hit in result.hits:
        text = hit.paragraph.text
        ends = [0, *(end for _, end in hit.highlights)]
        for before, (start, end) in zip(ends, hit.highlights, strict=False):
            assert before <= start < end <= len(text)
        assert set(re.findall(r"<[^>]*>", hit.snippet)) <= {"<mark>", "</mark>"}
        plain = re.sub(r"</?mark>", "", hit.snippet.removeprefix("… ").removesuffix(" …"))
        assert html.unescape(plain) in text
