"""Whatever an index holds that is not so is found by the check, with its place.

The damage is made by the libraries that wrote the index, and its digests fit (see ``lies``):
each row is one lie, and what the check must say of it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from indexer.cli import main
from indexer.documents import documents
from indexer.engines import open_engine
from indexer.errors import IndexDamaged
from indexer.generations import Generation, Generations
from indexer.library import Library, LibraryWriter
from indexer.model import Footnote, Span, Submission
from indexer.pipeline import examine, update, verification
from indexer.pipeline.verification import decoded
from indexer.reading import Reader
from indexer.settings import Settings
from tests.pipeline.lies import (
    ID,
    Lie,
    columns,
    paragraph,
    posted,
    record,
    reindexed,
    rewritten,
    rows,
    stated,
)
from tests.sealing import seal_again
from tests.verified import verified

SAMPLES = Path(__file__).parents[1] / "samples"
CORPUS = ("detention-opinion.txt", "five-formats.md", "ohchr-summary.txt")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of three documents, the first and the last beside the one that is lied about."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "corpus").mkdir()
    for name in CORPUS:
        shutil.copy(SAMPLES / name, folder / "corpus")
    settings = Settings(corpus=folder / "corpus", data=folder / "data", reading_processes=1)
    update(settings)
    return settings


@pytest.fixture
def copied(whole: Settings, tmp_path: Path) -> Settings:
    """A copy of it."""
    shutil.copytree(whole.data_folder, tmp_path / "data")
    return replace(whole, data=tmp_path / "data")


def _lied(settings: Settings, lie: Lie) -> None:
    lie(Generations(settings.data_folder).current().folder)
    seal_again(settings.data_folder)


def _moved(mentions: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(m, start=m.start + 1, end=m.end + 1) for m in mentions)


def _spans(**of: tuple[Span, ...]) -> Callable[[Submission], Submission]:
    def change(submission: Submission) -> Submission:
        made = {number.removeprefix("p"): spans for number, spans in of.items()}
        return replace(
            submission,
            paragraphs=tuple(
                replace(p, spans=made.get(p.number, p.spans)) for p in submission.paragraphs
            ),
        )

    return change


def _noted(**members: Any) -> Callable[[Submission], Submission]:
    def change(submission: Submission) -> Submission:
        notes: list[Footnote] = list(submission.footnotes)
        notes[-1] = replace(notes[-1], **members)
        return replace(submission, footnotes=tuple(notes))

    return change


def _section(**members: Any) -> Callable[[Submission], Submission]:
    def change(submission: Submission) -> Submission:
        sections = list(submission.sections)
        sections[0] = replace(sections[0], **members)
        return replace(submission, sections=tuple(sections))

    return change


LIBRARY = [
    # what a submission names is not where it says
    (rewritten(paragraph("1", mentions=_moved)), "paragraph 1 has not 'River House' at 1–12"),
    (
        rewritten(paragraph("1", mentions=lambda m: (replace(m[0], entity="nobody"), *m[1:]))),
        "paragraph 1 names nobody, which is no entity of it",
    ),
    (
        rewritten(paragraph("3", footnotes=lambda f: (replace(f[0], offset=900),))),
        "paragraph 3 cites note 2 outside its text (900)",
    ),
    (
        rewritten(paragraph("3", footnotes=lambda f: (replace(f[0], number="99"),))),
        "paragraph 3 cites note 99, which is not there",
    ),
    (
        rewritten(paragraph("7", references=lambda r: (replace(r[0], end=500),))),
        "paragraph 7 refers to 3 outside its text (34–500)",
    ),
    (
        rewritten(paragraph("7", references=lambda r: (replace(r[0], target="300"),))),
        "paragraph 7 refers to 300, which is not there",
    ),
    (rewritten(paragraph("7", section="VII")), "paragraph 7 is in section VII"),
    (rewritten(paragraph("7", section="II.B")), "section II.A and its paragraphs do not name"),
    (rewritten(_section(paragraphs=("1", "2", "99"))), "section I names paragraph 99"),
    (rewritten(_section(parent="X")), "section I is in X, which is not there"),
    (rewritten(_noted(paragraphs=("99",))), "note 8 names paragraph 99, which is not there"),
    # the pieces of the source
    (
        rewritten(_spans(p11=(Span(1408, 1495),), p12=(Span(1319, 1401),))),
        "the paragraphs have 1319–1401 out of order",
    ),
    (rewritten(_spans(p11=(Span(1319, 1410),))), "the paragraphs have 1408–1495 out of order"),
    (rewritten(_spans(p11=(Span(1321, 1401),))), "paragraph 11 is not what stands at its places"),
    (rewritten(_spans(p11=(Span(1300, 1401),))), "the paragraphs share the source at 1300"),
    (rewritten(_noted(spans=(Span(3408, 9999),))), "the notes have 3408–9999 out of order or"),
    (rewritten(_noted(text="No copy at all was seen.")), "note 8 is not what stands at its places"),
    (rewritten(lambda s: replace(s, front=(Span(167, 0),))), "the front matter have 167–0 out of"),
    (
        rewritten(lambda s: replace(s, source=replace(s.source, length=9))),
        "the source has 3454 characters",
    ),
    (
        rewritten(lambda s: replace(s, source=replace(s.source, sha256="0" * 64))),
        "its source is not the file that was read",
    ),
    # what was made of the texts
    (
        stated("UPDATE paragraph SET record = replace(record, 'dammed', 'blown') WHERE number='3'"),
        "paragraph 2 3 is not as its text gives it",
    ),
    (stated("UPDATE paragraph SET record = '{' WHERE number = '3'"), "is not as its text gives it"),
    (
        stated("UPDATE paragraph SET document = replace(document, '2016', '2017')"),
        "is not as its text gives it",
    ),
    (
        stated("DELETE FROM paragraph WHERE submission = ? AND number = '30'", ID),
        "paragraph 29 30 is not as its text gives it",
    ),
    (
        stated(
            "INSERT INTO paragraph SELECT submission, 30, '31', record, document FROM paragraph"
            " WHERE submission = ? AND number = '30'",
            ID,
        ),
        "paragraph 30 31 is not as its text gives it",
    ),
    (
        stated("UPDATE paragraph SET rank = 1 - rank WHERE submission = ? AND rank < 2", ID),
        "paragraph 0 2 is not as its text gives it",
    ),
    (
        stated("INSERT INTO footnote SELECT * FROM footnote LIMIT 1"),
        "detention-opinion: footnote 0 1 4",
    ),
    (stated("UPDATE footnote SET paragraph = '4' WHERE number = '2'"), "footnote 1 2 4"),
    (stated("UPDATE url SET url = 'https://other.example/'"), "url https"),
    (stated("UPDATE submission SET state = 'BLR' WHERE id = ?", ID), f"{ID}: submission "),
    (
        stated("UPDATE submission SET card = replace(card, '30', '31') WHERE id = ?", ID),
        f"{ID}: submission",
    ),
    (stated("DELETE FROM named WHERE submission = ? AND number = '26'", ID), f"{ID}: named"),
    (stated("UPDATE described SET card = replace(card, 'River', 'Rover')"), f"{ID}: described"),
    (stated("DELETE FROM submitter"), "submitter"),
    (stated("INSERT INTO code VALUES ('js9', ?)", ID), f"{ID}: code js9"),
    (
        stated("UPDATE entity SET card = replace(card, 'River', 'Rover')"),
        "is not what its submissions say of it",
    ),
    (stated("DELETE FROM entity WHERE id = 'river-house'"), "the organisation river-house is not"),
    (stated("DELETE FROM alias WHERE name = 'river house'"), "names of the organisation river-h"),
    (
        stated("INSERT INTO alias VALUES ('x y', 'organisation', 'river-house', 'Else')"),
        "names of the organisation river-house",
    ),
    (
        stated("INSERT INTO alias VALUES ('nobody', 'person', 'nobody', 'Nobody')"),
        "the person nobody has names, but is not there",
    ),
    (stated("INSERT INTO url VALUES ('nowhere', 'x')"), "url has rows of nowhere"),
    (stated("INSERT INTO hidden VALUES ('É')"), "the hidden word 'É'"),
    (record(lambda whole: whole.update(more=1)), "its record has what no submission has"),
    (record(lambda whole: whole.pop("paragraphs")), "KeyError: 'paragraphs'"),
    (stated("UPDATE submission SET record = x'00' WHERE id = ?", ID), "error:"),
    (stated("UPDATE submission SET source = x'00' WHERE id = ?", ID), "error:"),
]

ENGINE = [
    # one side has what the other has not
    (reindexed(lambda listed: listed[:-1]), "the library has five-formats/30"),
    (reindexed(lambda listed: [*listed, listed[-1]]), "the index five-formats/30"),
    (
        reindexed(lambda listed: [replace(d, order=29 - d.order) for d in listed]),
        "the library has five-formats/1, the index five-formats/30",
    ),
    (
        reindexed(lambda listed: [replace(d, submission="six") for d in listed]),
        "the library has five-formats/1, the index ohchr-summary/",
    ),
    # postings: the same words in another order, another position, one less, one more
    (
        reindexed(
            lambda listed: (
                [replace(d, text=" ".join(d.text.split()[::-1])) for d in listed[:1]] + listed[1:]
            )
        ),
        "five-formats/1 is not",
    ),
    (posted(lambda fresh: fresh.fields["word"]["interviews"].append(90)), "five-formats/2 is not"),
    (
        posted(lambda fresh: fresh.fields["stem"]["interview"].__setitem__(0, 9)),
        "five-formats/2 is not",
    ),
    (posted(lambda fresh: fresh.fields["word"].pop("interviews")), "five-formats/2 is not"),
    (posted(lambda fresh: fresh.fields["stem"].pop("interview")), "five-formats/2 is not"),
    (posted(lambda fresh: fresh.fields["note"].pop("ibid"), "13"), "five-formats/13 is not"),
    (
        posted(lambda fresh: fresh.fields["word"].update({"torture": [3]})),
        "five-formats/2 is not",
    ),
    (
        rows(lambda of: np.concatenate([of[1:2], of[:1], of[2:]])),
        " and 1 more is not what the text gives",
    ),
    # columns
    (columns(lambda s, a: a["codes_kind"].__setitem__(-1, 0)), "is not what the text gives"),
    (columns(lambda s, a: s["facets"]["section"].reverse()), "is not what the text gives"),
    (columns(lambda s, a: a["date_first"].__setitem__(0, 1)), "is not what the text gives"),
    (columns(lambda s, a: a["rows_date"].__setitem__(0, 1)), "is not what the text gives"),
    (columns(lambda s, a: a["words"].__setitem__(20, 1)), "is not what the text gives"),
    (columns(lambda s, a: a["notes"].__setitem__(20, 1)), "is not what the text gives"),
    (
        columns(lambda s, a: s["urls"].__setitem__(0, "https://other.example/")),
        "is not what the text gives",
    ),
    (columns(lambda s, a: s["facets"].pop("year")), "is not what the text gives"),
    # what cannot be searched is not opened
    (columns(lambda s, a: s["numbers"].pop()), "columns in engine cannot be read"),
    (columns(lambda s, a: a["codes_kind"].__setitem__(-1, 99)), "columns in engine cannot be"),
    (columns(lambda s, a: a["rows_url"].__setitem__(-1, -1)), "columns in engine cannot be"),
    (columns(lambda s, a: a.update(date_last=a["date_last"][1:])), "columns in engine cannot be"),
    (columns(lambda s, a: a.update(words=a["words"] * 1.0)), "columns in engine cannot be"),
    (rows(lambda of: of[:-1]), "rows.npy, the columns and the postings are not of one index"),
    (rows(lambda of: np.concatenate([of[:-1], of[:1]])), "rows.npy, the columns and the postings"),
    (rows(lambda of: np.concatenate([of[:-1], [-1]])), "rows.npy, the columns and the postings"),
]


def _failed(settings: Settings) -> tuple[str, str]:
    """The check that failed, and what was told; those before it did not."""
    done = examine(settings)
    *before, last = done.checks
    assert all(check.whole and check.checked for check in before)
    assert not last.whole
    assert last.checked == 0
    assert isinstance(done.error, IndexDamaged)
    assert "pilcrow index --rebuild" in done.error.cure
    return last.name, done.error.message


@pytest.mark.parametrize(("lie", "told"), LIBRARY)
def test_a_lie_of_the_library_is_found(copied: Settings, lie: Lie, told: str) -> None:
    _lied(copied, lie)
    name, message = _failed(copied)
    assert name == "library"
    assert "library.sqlite" in message
    assert told in message


@pytest.mark.parametrize(("lie", "told"), ENGINE)
def test_a_lie_of_the_index_is_found(copied: Settings, lie: Lie, told: str) -> None:
    _lied(copied, lie)
    name, message = _failed(copied)
    assert name in ("paragraphs", "postings")
    assert told in message


def test_a_paragraph_that_both_lack_is_found(copied: Settings) -> None:
    """As where a build went wrong in the same way on both sides."""

    def lie(folder: Path) -> None:
        reindexed(lambda listed: listed[:-1])(folder)
        stated("DELETE FROM paragraph WHERE submission = ? AND number = '30'", ID)(folder)

    _lied(copied, lie)
    with pytest.raises(IndexDamaged, match="paragraph 29 30 is not as its text gives it"):
        verified(copied)


def test_a_submission_that_both_lack_is_found(copied: Settings) -> None:
    """No paragraph tells of it any more: the manifest does."""

    def lie(folder: Path) -> None:
        reindexed(lambda _: [])(folder)
        writer = LibraryWriter(folder / "aside", earlier=folder / "library.sqlite")
        writer.remove(ID)
        writer.close()
        (folder / "aside").replace(folder / "library.sqlite")

    _lied(copied, lie)
    name, message = _failed(copied)
    assert name == "library"
    assert "3 submissions and 53 paragraphs were written, the library has 2 and 23" in message


def test_a_file_that_is_another_is_found(copied: Settings) -> None:
    with (Generations(copied.data_folder).current().folder / "engine" / "rows.npy").open("ab") as f:
        f.write(b"x")
    name, message = _failed(copied)
    assert name == "files"
    assert "rows.npy" in message


def test_what_was_changed_and_changed_again_is_whole(copied: Settings, tmp_path: Path) -> None:
    """Whoosh adds segments and marks paragraphs as deleted: nothing of that is seen."""
    corpus = tmp_path / "corpus"
    shutil.copytree(copied.corpus, corpus)
    changing = replace(copied, corpus=corpus)
    update(changing)
    for name in CORPUS[:2]:
        path = corpus / name
        path.write_text(path.read_text().replace("the", "some", 7))
        assert update(changing).read == 1
        assert "each in library and index" in verified(changing)
    (corpus / CORPUS[0]).unlink()
    update(changing)
    assert "2 submissions" in verified(changing)


@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_other_formats_are_whole(tmp_path: Path, suffix: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    if suffix == "docx":
        for path in (SAMPLES / "office").glob("*.docx"):
            shutil.copy(path, corpus)
    else:
        listed = "".join(f"<p>{n}. Paragraph {n} of 2018.</p>" for n in range(1, 9))
        (corpus / "page.html").write_text(f"<title>Submission on Belarus</title>{listed}")
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    update(settings)
    assert "each in library and index" in verified(settings)


class TestCommand:
    def _run(self, settings: Settings, *more: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            main, ["check", "--corpus", str(settings.corpus), "--data", str(settings.data), *more]
        )
        return result.exit_code, result.stdout, result.stderr

    def test_whole(self, whole: Settings) -> None:
        code, out, err = self._run(whole)
        assert (code, err) == (0, "")
        assert "3 submissions and 53 paragraphs, each in library and index" in out
        code, out, err = self._run(whole, "--json")
        told = json.loads(out)
        assert (code, err, told["whole"], told["error"]) == (0, "", True, None)
        assert told["generation"] == Generations(whole.data_folder).current().name
        assert [check["name"] for check in told["checks"]] == [
            "files", "library", "paragraphs", "postings",
        ]  # fmt: skip
        assert [check["whole"] for check in told["checks"]] == [True] * 4
        assert told["checks"][2]["checked"] == told["checks"][3]["checked"] == 53

    def test_damaged(self, copied: Settings) -> None:
        _lied(copied, reindexed(lambda listed: listed[:-1]))
        code, out, err = self._run(copied)
        assert (code, out) == (1, "")
        assert "five-formats/30" in err
        assert "pilcrow index --rebuild" in err
        code, out, again = self._run(copied, "--json")
        told = json.loads(out)
        assert (code, again, told["whole"]) == (1, err, False)
        assert told["checks"][-1] == {"name": "paragraphs", "checked": 0, "whole": False}
        assert told["error"]["code"] == "index-damaged"
        assert "five-formats/30" in told["error"]["message"]
        assert "pilcrow index --rebuild" in told["error"]["cure"]

    def test_purged_meanwhile(self, copied: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        compare = verification.compare
        purged: list[Generation] = []

        def purged_before(generation: Generation, address: str) -> int:
            if not purged:
                purged.append(generation)
                update(copied, purge=True)
            return compare(generation, address)

        monkeypatch.setattr(verification, "compare", purged_before)
        code, out, err = self._run(copied, "--json")
        told = json.loads(out)
        assert (code, err, told["whole"]) == (0, "", True)
        assert told["generation"] not in (None, purged[0].name)

    def test_a_folder_whose_name_is_no_text(self, tmp_path: Path) -> None:
        """What was printed of its bytes was no JSON."""
        done = examine(Settings(data=tmp_path / os.fsdecode(b"\xff")))
        told = json.loads(json.dumps(done.record(), ensure_ascii=False).encode())
        assert r"\udcff" in told["error"]["message"]

    def test_none(self, whole: Settings, tmp_path: Path) -> None:
        code, out, err = self._run(replace(whole, data=tmp_path / "none"), "--json")
        told = json.loads(out)
        assert (code, told["whole"], told["generation"]) == (1, False, None)
        assert told["checks"] == [{"name": "files", "checked": 0, "whole": False}]
        assert told["error"]["code"] == "no-index"
        # Without its folders the cure, done as it is written, would leave all as it is.
        assert err.endswith("Run `pilcrow index`, with --corpus and --data as here\n")


_LINES = st.lists(
    st.sampled_from(
        (
            "Submission on Belarus", "I. Introduction", "A. Prison", "1. ", "2. ", "3. ", "7. ",
            "River House and Ms. Maria Silva met in May 2018.", "See para. 2 above.", "[1]",
            "Police detained him.[2]", "[2] Ibid.", "2 https://un.example/a_b", "(a) first;", "",
            "Notes", "    1. ¹ Ärger", "«Пытки» 人权", "| a | b |", "> 1. quoted", "\f",
        )
    )
    | st.text(st.characters(exclude_characters="\0"), max_size=8),
    min_size=1,
    max_size=30,
)  # fmt: skip


@given(lines=_LINES, suffix=st.sampled_from(("txt", "md")), ending=st.sampled_from(("\n", "\r\n")))
@runs(max_examples=30, deadline=None)
def test_what_is_written_of_any_text_is_whole(lines: list[str], suffix: str, ending: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / f"any.{suffix}"
        text = ending.join(["1. Police met in May.", *lines])
        file.write_bytes(text.encode("utf-8-sig", errors="replace"))  # or it may be in doubt
        submission, content = Reader(folder).read_with_content(file)
        library = LibraryWriter(folder / "library.sqlite")
        library.add(submission, content, documents(submission), None)
        library.close()
        read = Library(folder / "library.sqlite")
        assert read.verify(decoded) > 0
        engine = open_engine("whoosh", folder / "engine", writing=True)
        engine.add(documents(submission))
        engine.close()
        engine = open_engine("whoosh", folder / "engine")
        assert engine.differing(read.documents()) == ()
        engine.close()


def test_a_damaged_text_is_told_as_such(copied: Settings) -> None:
    _lied(copied, stated("UPDATE submission SET record = x'00' WHERE id = ?", ID))
    path = Generations(copied.data_folder).current().library
    with pytest.raises(IndexDamaged, match="Rebuild it"):
        Library(path).submission(ID)
