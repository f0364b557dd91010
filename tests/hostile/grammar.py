"""Which requests can be asked at all? Hypothesis strategies over every address and parameter."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from indexer.query.grammar import FIELDS
from indexer.query.results import FACETS
from tests.hostile.conftest import LONG
from tests.hostile.nasty import ENCODED, TEXTS


def _one_of(texts: Sequence[str]) -> st.SearchStrategy[str]:
    # By number: hypothesis would write all of them into what it says of the strategy.
    return st.integers(0, len(texts) - 1).map(texts.__getitem__)


_WORDS = st.sampled_from(
    ("torture", "the", "of", "court", "prison", "Yerimbetov", "kazakhstan", "pre-trial", "2019",
     "l'État", "пытки", "التعذيب", "酷刑", "ohchr.org", "174", "1,413", "WGAD", "goverment")
)  # fmt: skip
_TEXTS = st.one_of(_WORDS, _one_of(TEXTS), st.text(max_size=40))
_FIELD = st.sampled_from(sorted(FIELDS))

_LEAVES = st.one_of(
    _TEXTS,
    st.builds("{}~{}".format, _WORDS, st.sampled_from(("", 1, 2, 3, 99999))),
    st.builds("{}{}{}".format, _WORDS, st.sampled_from("*?"), st.sampled_from(("", "a", "*", "?"))),
    st.builds('"{} {}"{}'.format, _WORDS, _TEXTS, st.sampled_from(("", "~", "~5", "~500"))),
    st.builds("{}:{}".format, _FIELD, _TEXTS),
    st.builds('{}:"{}"'.format, _FIELD, _TEXTS),
    st.builds("{}-{}".format, st.integers(0, 10**7), st.integers(0, 10**7)),
    st.builds("{} {}".format, st.sampled_from(("para", "¶", "fn", "Article", "Opinion No.")),
              st.integers(0, 10**7)),
)  # fmt: skip

#: Queries: whatever can be written, well formed or not.
QUERIES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds(
            "{} {} {}".format, inner, st.sampled_from(("AND", "OR", "NOT", "AND NOT")), inner
        ),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("NOT {}".format, inner),
        st.builds("{}{}".format, inner, st.sampled_from('()"*?~:-')),
    ),
    max_leaves=12,
)


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


_NAMES = st.one_of(
    st.sampled_from(("q", "from", "to", "sort", "page", "size", *FACETS)),
    st.sampled_from(("", "Q", "q[]", "callback", "__proto__", "page.size")),
)
_VALUES = st.one_of(
    QUERIES.map(_quoted),
    _TEXTS.map(_quoted),
    _one_of(ENCODED),
    st.sampled_from(("1", "0", "-1", "100", "101", "999999999999", "2019", "2019-02", "document")),
)
_PAIRS = st.one_of(
    st.builds("q={}".format, QUERIES.map(_quoted)),
    st.builds("{}={}".format, _NAMES, _VALUES),
)
_STRINGS = st.builds(
    lambda pairs, mark: mark.join(pairs),
    st.lists(_PAIRS, max_size=6),
    st.sampled_from(("&", "&", "&", ";", "&&")),
)

_SEGMENTS = st.one_of(
    st.sampled_from(
        (LONG, "scripts", "kaz-2019-joint", "1", "30", "45-52", "person", "law", "source")
    ),
    _TEXTS.map(lambda text: quote(text[:2000], safe="", errors="surrogatepass")),
    _one_of(ENCODED),
)
_ENDINGS = st.sampled_from(
    ("", "", ".json", ".csv", ".ris", ".bib", ".csl.json", ".atom", ".xml", "/")
)
_PATHS = st.one_of(
    st.builds("/search{}".format, _ENDINGS),
    st.sampled_from(
        ("/", "/index.json", "/help", "/about", "/cite", "/brief", "/openapi.json",
         "/opensearch.xml", "/healthz", "/robots.txt", "/submissions", "/entities")
    ),
    st.builds("/submissions/{}{}".format, _SEGMENTS, _ENDINGS),
    st.builds("/submissions/{}/{}{}".format, _SEGMENTS, _SEGMENTS, _ENDINGS),
    st.builds("/entities/{}{}".format, _SEGMENTS, _ENDINGS),
    st.builds("/entities/{}/{}{}".format, _SEGMENTS, _SEGMENTS, _ENDINGS),
    st.builds("/static/{}/{}".format, _SEGMENTS, _SEGMENTS),
    st.builds("/{}/{}".format, _SEGMENTS, _SEGMENTS),
)  # fmt: skip

#: Targets of requests, as bytes on the wire.
TARGETS = st.builds(
    lambda path, string: (f"{path}?{string}" if string else path).encode("ascii"), _PATHS, _STRINGS
)
#: Methods, mostly the one that is answered.
METHODS = st.sampled_from((b"GET",) * 12 + (b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS",
                          b"TRACE", b"CONNECT", b"PATCH", b"PROPFIND", b"BREW"))  # fmt: skip
