"""Where is each thing of the site? Every address, made in one place.

Addresses are paths from the site's root. None is ever made from the Host header, which
a stranger may set. What stands at an address is left to the blueprints.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from indexer.query.results import SearchParameters

HOME = "/"
SEARCH = "/search"
SUBMISSIONS = "/submissions"
ENTITIES = "/entities"
HELP = "/help"
ABOUT = "/about"
HEALTH = "/healthz"
OPENAPI = "/openapi.json"
ROBOTS = "/robots.txt"
OPENSEARCH = "/opensearch.xml"

#: What a path may show unescaped beside letters and digits: 20(f), 45-52, 26~2.
_PATH_SAFE = "()~,"

#: Words at each end of a text fragment: enough to be unique, few enough to survive.
_FRAGMENT_WORDS = 5


def search(parameters: SearchParameters, form: str = "") -> str:
    """A search; *form* is a machine's form of it, such as ``.json``.

    What is the default is left out, so that one search has one address.
    """
    pairs = [("q", parameters.q)] if parameters.q else []
    pairs += parameters.filters
    pairs += [("from", parameters.from_)] if parameters.from_ else []
    pairs += [("to", parameters.to)] if parameters.to else []
    pairs += [("sort", parameters.sort)] if parameters.sort else []
    pairs += [("page", str(parameters.page))] if parameters.page != 1 else []
    pairs += [("size", str(parameters.size))] if parameters.size != SearchParameters().size else []
    return _with_query(SEARCH + form, pairs)


def words(q: str) -> str:
    """A search for words alone."""
    return search(SearchParameters(q=q))


def submission(submission_id: str, q: str = "", anchor: str = "", form: str = "") -> str:
    """A whole submission, with *q* marked in it."""
    path = f"{SUBMISSIONS}/{_quoted(submission_id)}{form}"
    return _with_query(path, [("q", q)] if q else []) + (f"#{_quoted(anchor)}" if anchor else "")


def source(submission_id: str) -> str:
    """The file a submission was read from."""
    return f"{SUBMISSIONS}/{_quoted(submission_id)}/source"


def paragraph(submission_id: str, number: str, q: str = "", form: str = "") -> str:
    """A paragraph, or a run of them (``45-52``), with *q* marked in it."""
    path = f"{SUBMISSIONS}/{_quoted(submission_id)}/{_quoted(number)}{form}"
    return _with_query(path, [("q", q)] if q else [])


def fragment(submission_id: str, number: str, text: str) -> str:
    """The very words in the full text, for browsers that know text fragments."""
    quoted = [quote(word, safe="").replace("-", "%2D") for word in text.split()]
    if len(quoted) > 2 * _FRAGMENT_WORDS:
        ends = (quoted[:_FRAGMENT_WORDS], quoted[-_FRAGMENT_WORDS:])
        directive = ",".join("%20".join(end) for end in ends)
    else:
        directive = "%20".join(quoted)
    return f"{submission(submission_id, anchor=paragraph_anchor(number))}:~:text={directive}"


def entities(type_: str) -> str:
    """All entities of a type."""
    return f"{ENTITIES}/{_quoted(type_)}"


def entity(type_: str, entity_id: str) -> str:
    """One entity."""
    return f"{ENTITIES}/{_quoted(type_)}/{_quoted(entity_id)}"


def paragraph_anchor(number: str) -> str:
    """Where a paragraph stands on the page of its submission."""
    return f"p{number}"


def section_anchor(section_id: str) -> str:
    """Where a section starts on the page of its submission."""
    return f"section-{section_id}"


def note_anchor(number: str) -> str:
    """Where a footnote stands."""
    return f"note-{number}"


def hit_anchor(hit: int) -> str:
    """Where a hit stands, counted from 1."""
    return f"hit-{hit}"


def static(digest: str, name: str) -> str:
    """A style sheet, script or picture, under the digest of all of them."""
    return f"/static/{digest}/{name}"


def outside(address: str) -> str | None:
    r"""*address* if a page may link to it: of the web's own two schemes, and saying plainly
    where it leads. ``https://ohchr.org@evil.example`` leads to the second of these hosts, a
    browser reads ``\`` as ``/``, and what cannot be seen can turn the rest round."""
    address = address.strip()
    if not address.isprintable() or " " in address or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        named = parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and named else None


def _quoted(part: str) -> str:
    return quote(part, safe=_PATH_SAFE)


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
