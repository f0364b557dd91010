"""Proposals of metadata files: what they say, and that no keeper's work is lost."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Found, Source, Submission, Submitter
from indexer.readers import read_source
from indexer.structure import Metadata, build, load_metadata
from indexer.structure.metadata import parse_metadata
from indexer.structure.proposal import proposal, quoted, remove_proposal, write_proposal

_SOURCE = Source("a.txt", "0" * 64, "text/plain", "utf-8", True, 10)
_FRONT = """\
Prisons in "old" Peru

Joint submission by Red Door (RD) and Blue Door (BD)

for the 41st session of the UPR Working Group

Submission date: 31 March 2022

1. One.
2. Two.
"""


def _submission(**values: object) -> Submission:
    known: dict[str, object] = {
        "id": "a", "title": "A title", "kind": "submission", "state": None, "session": None,
        "date": None, "language": "en", "source": _SOURCE,
    }  # fmt: skip
    return Submission(**{**known, **values})  # type: ignore[arg-type]  # by name, as in a record


def test_every_key_stands_in_it_with_its_place(written: Callable[..., Submission]) -> None:
    text = proposal(written(_FRONT), "written.txt")
    assert 'title = "Prisons in \\"old\\" Peru"' in text
    assert '# line 1: «Prisons in "old" Peru»\n' in text
    assert '# line 5: «for the 41st session of the UPR Working Group»\nsession = "41"\n' in text
    assert "# rights = " in text
    assert "«written.toml»" in text
    for field in fields(Metadata):
        assert f"{field.name} =" in text or f"[[{field.name}]]" in text


def test_it_says_what_was_read(tmp_path: Path) -> None:
    source = tmp_path / "prisons.txt"
    source.write_text(_FRONT)
    read = build(read_source(source))
    (tmp_path / "prisons.toml").write_text(proposal(read, source.name))
    again = build(read_source(source), load_metadata(source))
    assert again.found == ()
    assert replace(again, found=read.found) == read


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_NAMES = st.one_of(
    _TEXT, st.sampled_from(['"', "\\", '"""', "\x00\x1f\x7f", "a\nb = 1", "#", "]\r\n["])
)
_SOME = _NAMES.filter(str.strip)


@settings(deadline=None)
@given(
    title=_NAMES,
    rights=st.none() | _NAMES,
    kind=_SOME,
    codes=st.lists(_SOME, max_size=3),
    submitters=st.lists(
        st.builds(
            Submitter,
            short=_SOME,
            name=_SOME,
            emails=st.lists(_SOME, max_size=2).map(tuple),
            website=st.none() | _SOME,
            city=st.none() | _SOME,
        ),
        max_size=3,
    ),
    found=st.lists(
        st.builds(Found, field=st.sampled_from(["title", "rights"]), text=_NAMES, line=st.just(3)),
        max_size=3,
    ),
    name=_NAMES.filter(lambda name: Path(name).name not in ("", ".", "..")),
)
def test_any_text_comes_back(
    title: str,
    rights: str | None,
    kind: str,
    codes: list[str],
    submitters: list[Submitter],
    found: list[Found],
    name: str,
) -> None:
    submission = _submission(
        title=title, rights=rights, kind=kind, codes=tuple(codes), submitters=tuple(submitters),
        found=tuple(found), source_url="https://shore.example/a b", session="41",
    )  # fmt: skip
    back = parse_metadata(proposal(submission, name), Path("a.toml"))
    assert back.title == (title.strip() or None)
    assert back.rights == ((rights or "").strip() or None)
    assert back.kind == kind.strip()
    assert (back.codes or ()) == tuple(code.strip() for code in codes)
    assert back.session == "41"
    assert back.source_url is None  # no address has a space: a metadata file could not say it
    assert (back.submitters or ()) == tuple(
        Submitter(
            s.short.strip(),
            s.name.strip(),
            tuple(email.strip() for email in s.emails),
            s.website and s.website.strip(),
            s.city and s.city.strip(),
        )
        for s in submitters
    )


@given(st.text())
def test_a_quoted_string_is_one(text: str) -> None:
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": expected}


def test_an_encoding_that_had_to_be_told_is_in_it() -> None:
    told = _submission(source=replace(_SOURCE, encoding="cp1251"))
    assert parse_metadata(proposal(told, "a.txt"), Path("a.toml")).encoding == "cp1251"
    assert parse_metadata(proposal(_submission(), "a.txt"), Path("a.toml")).encoding is None


def test_what_a_person_changed_is_left_alone(tmp_path: Path) -> None:
    first = proposal(_submission(title="First"), "one.txt")
    second = proposal(_submission(title="Second"), "one.txt")
    one, two = tmp_path / "2019" / "one.toml", tmp_path / "two.toml"
    for path in (one, two):
        write_proposal(path, first, tmp_path / ".new")
    assert one.read_text() == two.read_text() == first
    edited = first.replace('"First"', '"Mine"')
    two.write_text(edited)
    for path in (one, two):
        write_proposal(path, second, tmp_path / ".new")
    assert (one.read_text(), two.read_text()) == (second, edited)
    for path in (one, two, tmp_path / "none.toml"):
        remove_proposal(path)
    assert not one.exists() and two.read_text() == edited
    two.write_bytes(b"\xff not text")
    write_proposal(two, second, tmp_path / ".new")
    assert two.read_bytes() == b"\xff not text"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    before = proposal(_submission(), "a.txt")
    outside.write_text(before)
    (tmp_path / "a.toml").symlink_to(outside)
    other = proposal(_submission(title="Else"), "a.txt")
    write_proposal(tmp_path / "a.toml", other, tmp_path / ".new")
    remove_proposal(tmp_path / "a.toml")
    assert outside.read_text() == before
