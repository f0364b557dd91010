"""From files to an index, by the commands a corpus keeper uses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.generations import Generations
from indexer.library import Library
from indexer.settings import packaged_corpus
from tests.sealing import seal_again
from webapp.cli import main

SEED = packaged_corpus() / "submissions" / "kazakhstan-2019-joint-submission.txt"
ALPHA = "Submission on Belarus\n\nI. TORTURE\n\n1. First words.\n2. Second words on torture.\n"
BETA = "Submission on Uganda\n\nI. PRESS\n\n1. Other words.\n2. Journalists were tortured.\n"


def pilcrow(*arguments: object, given: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A plain folder with two documents."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "alpha.txt").write_text(ALPHA)
    (folder / "beta.txt").write_text(BETA)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "data"


def test_index_search_cite_check(corpus: Path, data: Path) -> None:
    made = pilcrow("index", "--corpus", corpus, "--data", data)
    assert made.exit_code == 0, made.output
    assert made.stdout == ""
    assert made.stderr.endswith(  # and no bar in a file
        "Indexed 2 submissions, 4 paragraphs: 2 read, 0 unchanged, 0 failed, 0 doubtful.\n"
    )

    found = pilcrow("search", "torture", "--data", data, "--json")
    answer = json.loads(found.stdout)
    assert [f"{h['submission']}/{h['number']}" for h in answer["hits"]] == ["alpha/2", "beta/2"]
    assert pilcrow("search", "-", "--data", data, given="journalists\n").stdout.startswith("beta/2")
    assert (
        pilcrow("search", "words", "--submission", "beta", "--data", data).stdout.count("\n") == 1
    )

    assert "para. 2" in pilcrow("cite", "beta/2", "--data", data).stdout
    assert "¶ 2" in pilcrow("cite", "beta/2", "--style", "bluebook", "--data", data).stdout
    assert pilcrow("check", "--data", data).exit_code == 0


def test_a_law_named_only_inside_a_provision_is_no_entry(corpus: Path, data: Path) -> None:
    (corpus / "gamma.txt").write_text("1. He was charged under Article 74 of the Water Code.\n")
    pilcrow("index", "--corpus", corpus, "--data", data)
    library = Library(Generations(data).current().library)
    assert library.count("law") == len(library.entities("law")) == 0
    assert [card.label for card in library.entities("provision")] == [
        "Article 74 of the Water Code"
    ]
    for q in ("Article 74 of the Water Code", "article:74", "Art. 74"):
        assert pilcrow("search", q, "--data", data).stdout.startswith("gamma/1\t")


def test_only_a_change_makes_a_new_index(corpus: Path, data: Path) -> None:
    pilcrow("index", "--corpus", corpus, "--data", data)
    first = (data / "current").read_text()
    again = pilcrow("index", "--corpus", corpus, "--data", data)
    assert "Up to date" in again.stderr
    assert (data / "current").read_text() == first
    (corpus / "beta.txt").unlink()
    assert "Indexed 1 submission," in pilcrow("index", "--corpus", corpus, "--data", data).stderr
    assert pilcrow("search", "journalists", "--data", data).stdout == ""
    assert (data / "current").read_text() != first


def test_one_bad_file_is_named_and_the_others_go_on(corpus: Path, data: Path) -> None:
    (corpus / "broken.txt").write_bytes(b"1. \xff\xfe\x00 no text")
    (corpus / "report.pdf").write_bytes(b"%PDF-1.7\n")
    for _ in range(2):  # the second time nothing changed, and they are still not read
        made = pilcrow("index", "--corpus", corpus, "--data", data)
        assert made.exit_code == 3
        assert "broken.txt" in made.stderr and "report.pdf" in made.stderr
    assert pilcrow("search", "torture", "--data", data).exit_code == 0


def test_two_files_with_one_id(corpus: Path, data: Path) -> None:
    (corpus / "beta.toml").write_text('id = "alpha"\n')
    made = pilcrow("index", "--corpus", corpus, "--data", data)
    assert made.exit_code == 3
    assert "beta.txt has the id alpha" in made.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "torture"], 1, "pilcrow index"),
        (["cite", "48"], 1, "pilcrow index"),
        (["check"], 1, "pilcrow index"),
        (["index", "--corpus", "EMPTY"], 1, "There is no document"),
        (["index", "--engine", "elastic"], 1, "There is no engine"),
        (["read", "nosuchfile.txt"], 2, "does not exist"),
        (["search"], 2, "Missing argument"),
        (["search", "x", "--colour", "blue"], 2, "No such option"),
        (["serve", "--port", "x"], 2, "not a valid integer"),
    ],
)
def test_exit_codes_and_messages(
    arguments: list[str], code: int, said: str, tmp_path: Path, data: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    arguments = [str(empty) if a == "EMPTY" else a for a in arguments]
    if arguments[0] != "read":
        arguments += ["--data", str(data)]
    done = pilcrow(*arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stdout == ""


def test_a_parameter_that_cannot_be_is_wrong_usage(corpus: Path, data: Path) -> None:
    pilcrow("index", "--corpus", corpus, "--data", data)
    done = pilcrow("search", "words", "--from", "garbage", "--data", data)
    assert done.exit_code == 2
    assert "from must be a date" in done.stderr


def test_cite_what_is_not_there(corpus: Path, data: Path) -> None:
    pilcrow("index", "--corpus", corpus, "--data", data)
    for reference in ("para 99", "nonsense"):
        done = pilcrow("cite", reference, "--data", data)
        assert done.exit_code == 1
        assert "No paragraph is meant by" in done.stderr
    assert pilcrow("cite", "1", "--style", "mla", "--data", data).exit_code == 2


def test_an_item_is_cited_only_where_it_is_printed(corpus: Path, data: Path) -> None:
    """Of every submission with a paragraph 2 an item (b) was cited, which most do not have."""
    with (corpus / "beta.txt").open("a") as beta:
        beta.write("(a) in Kampala;\n(b) in Gulu.\n")
    pilcrow("index", "--corpus", corpus, "--data", data)
    done = pilcrow("cite", "2(b)", "--data", data)
    assert done.stdout.endswith("para. 2(b)\n")
    assert done.stdout.count("\n") == 1
    for reference in ("2(c)", "alpha/2(b)"):
        done = pilcrow("cite", reference, "--data", data)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "No paragraph is meant by" in done.stderr


@pytest.mark.parametrize("arguments", [["search", "torture"], ["cite", "beta/2"], ["check"]])
def test_an_index_of_other_code_is_not_read(arguments: list[str], corpus: Path, data: Path) -> None:
    pilcrow("index", "--corpus", corpus, "--data", data)
    seal_again(data, code="other")
    done = pilcrow(*arguments, "--data", data)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "another version" in done.stderr and "pilcrow index" in done.stderr


def test_read_prints_the_submission(tmp_path: Path) -> None:
    done = pilcrow("read", SEED, "--json")
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    assert record["id"] == "kaz-2019-odf-fidu-khisr"
    assert len(record["paragraphs"]) == 84
    text = SEED.read_text(encoding="utf-8")
    for paragraph in record["paragraphs"]:
        for mention in paragraph["mentions"]:
            assert paragraph["text"][mention["start"] : mention["end"]] == mention["text"]
        first, *_ = paragraph["spans"]
        assert text[first[0] : first[0] + 20] == paragraph["text"][:20]
    copy = tmp_path / "copy.txt"
    shutil.copy(SEED, copy)
    assert pilcrow("read", copy).stdout.splitlines()[47].startswith("48\tPolitical prisoner")


def test_an_index_that_differs_from_the_library_is_damage(corpus: Path, data: Path) -> None:
    pilcrow("index", "--corpus", corpus, "--data", data)
    (generation,) = (data / "generations").iterdir()
    other = data.parent / "other"
    (corpus / "beta.txt").unlink()
    pilcrow("index", "--corpus", corpus, "--data", other)
    (smaller,) = (other / "generations").iterdir()
    shutil.rmtree(generation / "engine")
    shutil.copytree(smaller / "engine", generation / "engine")
    seal_again(data)
    done = pilcrow("check", "--data", data)
    assert done.exit_code == 1
    assert "beta/1" in done.stderr and "--rebuild" in done.stderr
