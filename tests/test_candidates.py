"""Names that a keeper should look at, and names that nobody is to be shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.pipeline import update
from indexer.settings import Settings
from webapp import create_app
from webapp.cli import main
from webapp.site import Site

TEXT = """Submission on Fiji

I. DETENTION

1. Mr. Josefa Tamanivalu was detained with members of the Suva Free Press Union in May 2019.
2. Lawyer Aygul Dzhaksybekova of the Suva Free Press Union complained for Mr. Josefa Tamanivalu.
3. Mere Waqanisau, a victim of torture, told the Suva Free Press Union of her arrest.
"""
HEADER = "id,type,label,aliases,weak_aliases,country,valid,sensitive,status,note,source\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus with an authority file that knows one person and hides another."""
    (tmp_path / "corpus" / "submissions").mkdir(parents=True)
    (tmp_path / "corpus" / "authority").mkdir()
    (tmp_path / "corpus" / "submissions" / "fji.txt").write_text(TEXT)
    (tmp_path / "corpus" / "authority" / "ours.csv").write_text(
        HEADER
        + "aigul-jaksybekova,person,Aigul Jaksybekova,,,,,,,,\n"
        + "mere-waqanisau,person,Mere Waqanisau,Waqanisau,,,,yes,,,\n"
    )
    return Settings(
        corpus=tmp_path / "corpus",
        data=tmp_path / "data",
        search_processes=1,
        reading_processes=1,
    )


def suggested(settings: Settings) -> dict[str, dict[str, str]]:
    """The rows that the command writes, by id."""
    arguments = ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]
    done = CliRunner().invoke(main, ["entities", "suggest", *arguments])
    assert done.exit_code == 0, done.output
    return {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


def test_what_no_list_knows_is_written_with_counts_samples_and_near_names(
    settings: Settings,
) -> None:
    update(settings)
    rows = suggested(settings)
    assert "mere-waqanisau" not in rows and "aigul-jaksybekova" not in rows
    tamanivalu = rows["josefa-tamanivalu"]
    assert (tamanivalu["type"], tamanivalu["paragraphs"], tamanivalu["submissions"]) == (
        "person", "2", "1",
    )  # fmt: skip
    assert tamanivalu["samples"] == "fji/1|fji/2"
    assert rows["suva-free-press-union"]["paragraphs"] == "3"
    # Another transliteration of a name that is listed.
    assert rows["aygul-dzhaksybekova"]["near"] == "Aigul Jaksybekova [aigul-jaksybekova]"


def test_a_keeper_moves_rows_into_an_authority_file(settings: Settings) -> None:
    update(settings)
    arguments = ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]
    table = CliRunner().invoke(main, ["entities", "suggest", *arguments]).stdout
    (settings.corpus / "authority" / "more.csv").write_text(table)
    update(settings)
    assert suggested(settings) == {}


def test_a_variant_of_a_sensitive_name_is_told_to_the_keeper(settings: Settings) -> None:
    file = settings.corpus / "submissions" / "fji.txt"
    file.write_text(TEXT + "4. Ms. Meere Wakanisau, a teacher, was released.\n")
    update(settings)
    near = suggested(settings)["meere-wakanisau"]["near"]
    assert near == "Mere Waqanisau [mere-waqanisau] (sensitive)"


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    """The site of that corpus."""
    update(settings)
    site = Site(settings)
    yield create_app(settings, site).test_client()
    site.close()


def test_a_sensitive_name_is_text_and_nothing_else(client: FlaskClient) -> None:
    found = client.get("/search.json?q=Waqanisau").get_json()
    assert [hit["number"] for hit in found["hits"]] == ["3"]
    assert found["entities"] == []
    told = [value["label"] for facet in found["facets"] for value in facet["values"]]
    assert "Fiji" in told and not any("Waqanisau" in label for label in told)
    # Nor does a misspelling lead to it, or a list, a page or a field.
    misspelt = client.get("/search.json?q=Waqanisao").get_json()
    assert "waqanisau" not in str(misspelt["suggestions"]).casefold()
    assert client.get("/entities/person/mere-waqanisau").status_code == 404
    field = client.get("/search.json?q=person:Waqanisau").get_json()
    assert field["total"] == 0 and "waqanisau" not in str(field["suggestions"]).casefold()
    for address in ("/index.json", "/entities/person.json"):
        assert "Waqanisau" not in client.get(address).get_data(as_text=True)
    record = client.get("/submissions/fji.json").get_json()
    assert "Waqanisau" not in str(record["entities"])
    (third,) = (p for p in record["paragraphs"] if p["number"] == "3")
    assert all("Waqanisau" not in mention["text"] for mention in third["mentions"])
    assert "Mere Waqanisau, a victim" in third["text"]
