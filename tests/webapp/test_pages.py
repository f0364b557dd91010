"""What the pages show of the real submission, and that each twin shows the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.model import Submission
from indexer.record import submission_record
from indexer.settings import packaged_corpus

ID = "kaz-2019-odf-fidu-khisr"
STYLES = ["un", "oscola", "chicago", "bluebook", "apa"]


def soup_of(client: FlaskClient, path: str, **parameters: Any) -> BeautifulSoup:
    answer = client.get(path, query_string=parameters or None)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.text, "lxml")


def record_of(client: FlaskClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, query_string=parameters or None)
    assert answer.status_code == 200, path
    return answer.get_json()


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [tag.get_text() for tag in soup.select(selector)]


def printed(tag: Tag) -> str:
    """The text as a reader copies it: without note marks and the way to other hits."""
    copy = BeautifulSoup(str(tag), "lxml")
    for extra in copy.select(".note-mark, .hit-links"):
        extra.decompose()
    return copy.get_text()


class TestSearch:
    @pytest.mark.parametrize(
        "parameters",
        [
            {},
            {"q": "torture"},
            {"q": "torture Yerimbetov"},
            {"q": '"rule of law"'},
            {"q": "torture", "section": "V", "size": 3, "page": 2},
            {"kind": "narrative", "from": "2016", "sort": "document"},
        ],
    )
    def test_the_page_and_its_twin_tell_the_same(
        self, client: FlaskClient, parameters: dict[str, Any]
    ) -> None:
        soup = soup_of(client, "/search", **parameters)
        record = record_of(client, "/search.json", **parameters)
        assert one(soup, "#count .figure").get_text() == str(record["total"])
        assert [str(a["href"]).partition("?")[0] for a in soup.select(".hit h3 a")] == [
            hit["url"] for hit in record["hits"]
        ]
        shown = [one(hit, ".snippet a").decode_contents() for hit in soup.select(".hit")]
        for ours, theirs in zip(shown, record["hits"], strict=True):
            assert BeautifulSoup(ours, "lxml") == BeautifulSoup(theirs["snippet"], "lxml")
        boxes = {(str(box["name"]), str(box["value"])): box for box in soup.select(".ticks input")}
        values = {
            (facet["field"], value["value"]): value
            for facet in record["facets"]
            for value in facet["values"]
        }
        assert boxes.keys() == values.keys()
        for key, box in boxes.items():
            assert box.has_attr("checked") == values[key]["selected"]
            assert box.has_attr("disabled") == (
                values[key]["count"] == 0 and not values[key]["selected"]
            )
            count = one(box.parent or soup, ".count").get_text()
            assert count == str(values[key]["count"])

    def test_a_search_without_anything_shows_everything_in_order(self, client: FlaskClient) -> None:
        record = record_of(client, "/search.json")
        assert record["total"] == 84
        assert [hit["number"] for hit in record["hits"]] == [str(n) for n in range(1, 11)]

    def test_a_facets_link_gives_the_count_beside_it(self, client: FlaskClient) -> None:
        record = record_of(client, "/search.json", q="torture")
        links = [
            (value["url"], value["count"])
            for facet in record["facets"]
            for value in facet["values"][:2]
        ]
        assert len(links) > 10
        for url, count in links:
            path, _, query = url.partition("?")
            assert client.get(f"{path}.json?{query}").get_json()["total"] == count, url

    def test_highlights_are_what_is_marked(self, client: FlaskClient) -> None:
        for hit in record_of(client, "/search.json", q='torture "Iskander Yerimbetov"')["hits"]:
            marked = {hit["text"][start:end] for start, end in hit["highlights"]}
            assert marked
            assert set(texts(BeautifulSoup(hit["snippet"], "lxml"), "mark")) <= marked

    def test_a_chip_takes_one_filter_away_and_keeps_the_words(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", q="torture", section="V", kind="narrative", to="2019")
        chips = [str(a["href"]) for a in soup.select(".chips a:not(.clear)")]
        assert chips == [
            "/search?q=torture&kind=narrative&to=2019",
            "/search?q=torture&section=V&to=2019",
            "/search?q=torture&section=V&kind=narrative",
        ]

    def test_clearing_filters_keeps_words_and_order(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", q="torture", section="V", sort="document", size=5)
        assert one(soup, ".clear")["href"] == "/search?q=torture&sort=document&size=5"

    def test_the_form_sends_what_the_address_says(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", q="torture", section="V", sort="document", size=5)
        kept = {(i["name"], i["value"]) for i in soup.select("#search input[type=hidden]")}
        assert kept == {("sort", "document"), ("size", "5")}
        assert all(i["form"] == "search" for i in soup.select(".filters input[name]"))
        assert len(soup.select(".filters .apply")) == 2

    def test_nothing_found_offers_ways_out(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", q='"purple elephant"', section="V")
        assert one(soup, "#count").get_text() == "Nothing found"
        assert one(soup, "#q")["value"] == '"purple elephant"'
        ways = [str(a["href"]) for a in soup.select(".nothing a")]
        assert "/search?q=%22purple+elephant%22" in ways

    def test_a_near_spelling_is_offered_and_has_results(self, client: FlaskClient) -> None:
        record = record_of(client, "/search.json", q="Yerimbetof")
        suggestion = record["suggestions"][0]
        path, _, query = suggestion["url"].partition("?")
        assert client.get(f"{path}.json?{query}").get_json()["total"] == suggestion["count"] > 0

    @pytest.mark.parametrize("q", ["😀", "...", "\0", '""'])
    def test_a_query_without_a_word_is_told_from_none(self, client: FlaskClient, q: str) -> None:
        (notice,) = record_of(client, "/search.json", q=q)["query"]["notices"]
        assert notice["code"] == "no-words"
        assert notice["message"] in soup_of(client, "/search", q=q).get_text()
        assert record_of(client, "/search.json", q=" ")["query"]["notices"] == []

    def test_remarks_on_a_query_do_not_bury_its_results(self, client: FlaskClient) -> None:
        told = record_of(client, "/search.json", q="(" * 500)["query"]["notices"]
        shown = texts(soup_of(client, "/search", q="(" * 500), ".result-head .notice")
        assert shown == [f"{notice['message']}." for notice in told]
        assert 0 < len(told) <= 20

    def test_a_page_beyond_the_last_says_so(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", page=10)
        assert one(soup, ".nothing a")["href"] == "/search?page=9"


class TestCitationsInTheSearchBox:
    @pytest.mark.parametrize("q", ["48", "¶48", "para. 48", "fn 12", "footnote 13"])
    def test_one_paragraph_is_gone_to(self, client: FlaskClient, q: str) -> None:
        answer = client.get("/search", query_string={"q": q})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/submissions/{ID}/48"

    def test_several_are_listed_in_the_order_cited(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/search", q="50, 48 and 45-46")
        assert [
            str(a["href"]).rpartition("/")[2].partition("?")[0] for a in soup.select("h3 a")
        ] == [
            "50",
            "48",
            "45",
            "46",
        ]

    @pytest.mark.parametrize("q", ["48", "fn 12"])
    def test_the_twin_never_redirects(self, client: FlaskClient, q: str) -> None:
        record = record_of(client, "/search.json", q=q)
        assert record["query"]["lookup"] is True
        assert (record["total"], record["hits"][0]["number"]) == (1, "48")


class TestSubmission:
    def test_the_twin_is_the_submission(self, client: FlaskClient, seed: Submission) -> None:
        assert record_of(client, f"/submissions/{ID}.json") == json.loads(
            json.dumps(submission_record(seed))
        )

    def test_the_whole_text_is_there_verbatim(self, client: FlaskClient, seed: Submission) -> None:
        soup = soup_of(client, f"/submissions/{ID}")
        for paragraph in seed.paragraphs:
            block = soup.find(id=f"p{paragraph.number}")
            assert isinstance(block, Tag)
            assert printed(one(block, "p")) == paragraph.text
            assert one(block, ".number")["href"] == f"/submissions/{ID}/{paragraph.number}"

    def test_contents_and_headings_agree(self, client: FlaskClient, seed: Submission) -> None:
        soup = soup_of(client, f"/submissions/{ID}")
        linked = [str(a["href"])[1:] for a in soup.select(".toc a[href^='#section-']")]
        assert linked == [f"section-{section.id}" for section in seed.sections]
        assert linked == [str(h["id"]) for h in soup.select(".section-heading")]

    def test_every_footnote_is_linked_both_ways(self, client: FlaskClient) -> None:
        soup = soup_of(client, f"/submissions/{ID}")
        marks = soup.select(".note-mark a")
        assert len(marks) == 14
        for mark in marks:
            note = soup.find(id=str(mark["href"])[1:])
            assert isinstance(note, Tag)
            assert mark.parent is not None
            assert f"#{mark.parent['id']}" in [a["href"] for a in note.select(".back a")]
        assert len(soup.select(".note-text a[rel]")) == 15

    def test_every_hit_is_marked_and_leads_on(self, client: FlaskClient) -> None:
        record = record_of(client, f"/submissions/{ID}.json", q="torture")
        soup = soup_of(client, f"/submissions/{ID}", q="torture")
        total = sum(len(spans) for spans in record["marks"].values())
        assert total > 20
        assert len(soup.select("mark[id]")) == total
        for rank, mark in enumerate(soup.select("mark[id]"), 1):
            assert mark["id"] == f"hit-{rank}"
            onward = mark.find_next_sibling(class_="hit-links")
            assert isinstance(onward, Tag)
            assert [a["href"] for a in onward.select("a")] == [
                f"#hit-{rank - 1 or total}",
                f"#hit-{rank % total + 1}",
            ]
        assert str(total) in one(soup, ".hit-summary").get_text()

    def test_a_paragraph_found_as_a_whole_is_a_hit(self, client: FlaskClient) -> None:
        soup = soup_of(client, f"/submissions/{ID}", q="paras 45-48")
        assert [str(tag["id"]) for tag in soup.select(".found")] == ["p45", "p46", "p47", "p48"]
        assert [str(tag["id"]) for tag in soup.select(".hit-place")] == [
            "hit-1",
            "hit-2",
            "hit-3",
            "hit-4",
        ]

    @pytest.mark.parametrize(
        ("q", "told"),
        [
            ("torture zebra", "No paragraph here has all these words"),
            ("torture~9", "is lowered to 2"),
            ('"torture', "quotation mark"),
        ],
    )
    def test_how_the_query_was_read_is_said_as_beside_results(
        self, q: str, told: str, client: FlaskClient
    ) -> None:
        assert told in one(soup_of(client, f"/submissions/{ID}", q=q), ".hit-summary").get_text()

    def test_a_query_without_hits_is_said(self, client: FlaskClient) -> None:
        soup = soup_of(client, f"/submissions/{ID}", q='"purple elephant"')
        assert "Nothing here" in one(soup, ".hit-summary").get_text()

    def test_the_original_is_had_byte_for_byte(self, client: FlaskClient) -> None:
        original = (packaged_corpus() / "submissions").glob("kazakhstan-2019*.txt")
        content = next(original).read_bytes()
        soup = soup_of(client, f"/submissions/{ID}")
        assert client.get(str(one(soup, "#source a")["href"])).data == content
        assert one(soup, ".digest").get_text() == hashlib.sha256(content).hexdigest()


class TestParagraph:
    def test_page_and_twin_agree(self, client: FlaskClient, seed: Submission) -> None:
        soup = soup_of(client, f"/submissions/{ID}/48")
        record = record_of(client, f"/submissions/{ID}/48.json")
        text = next(p.text for p in seed.paragraphs if p.number == "48")
        assert record["paragraph"]["text"] == text
        assert printed(one(soup, "#p48 > p")) == text
        assert record["submission"]["id"] == ID
        assert record["section_title"] == one(soup, ".title .section-title").get_text()
        assert [f["number"] for f in record["footnotes"]] == texts(soup, ".note-number")
        assert [f["number"] for f in record["footnotes"]] == ["12", "13"]
        around = texts(soup, ".around .number")
        expected = [p["number"] for p in record["before"] + record["after"]]
        assert [number.strip("¶ ") for number in around] == expected == ["46", "47", "49", "50"]
        assert list(record["citations"]) == STYLES
        assert texts(soup, ".citation-text") == list(record["citations"].values())

    def test_what_refers_to_it_and_what_it_refers_to(self, client: FlaskClient) -> None:
        to = record_of(client, f"/submissions/{ID}/41.json")["refers_to"]
        back = record_of(client, f"/submissions/{ID}/48.json")["referred_from"]
        assert [(r["source"], r["target"], r["number"]) for r in to] == [("41", "48", "48")]
        assert [(r["source"], r["target"], r["number"]) for r in back] == [("41", "48", "41")]
        soup = soup_of(client, f"/submissions/{ID}/41")
        assert [a["href"] for a in soup.select("#p41 p a:not([aria-label])")] == [
            f"/submissions/{ID}/48"
        ]

    def test_a_run_shows_and_cites_all_of_it(self, client: FlaskClient) -> None:
        numbers = [str(n) for n in range(45, 53)]
        for address in ("45-52", "45–52"):
            record = record_of(client, f"/submissions/{ID}/{address}.json")
            assert [p["number"] for p in record["paragraphs"]] == numbers
            assert record["paragraph"]["number"] == "45"
            assert "45–52" in record["citations"]["oscola"]
        soup = soup_of(client, f"/submissions/{ID}/45-52")
        assert [str(tag["id"]) for tag in soup.select(".own")] == [f"p{n}" for n in numbers]

    @pytest.mark.parametrize(("number", "kind"), [("1", "introduction"), ("48", "narrative")])
    def test_its_kind_is_said_in_a_section_and_outside(
        self, client: FlaskClient, number: str, kind: str
    ) -> None:
        where = one(soup_of(client, f"/submissions/{ID}/{number}"), ".title .where")
        assert where.get_text().split()[-1] == kind

    def test_the_mark_survives_the_click(self, client: FlaskClient) -> None:
        hit = soup_of(client, "/search", q="torture").select_one(".hit h3 a")
        assert hit is not None
        soup = soup_of(client, *str(hit["href"]).split("?")[:1], q="torture")
        assert soup.select(".own mark")
        assert one(soup, ".back-to a")["href"] == "/search?q=torture"

    def test_a_quotation_is_the_words_and_the_citation(
        self, client: FlaskClient, seed: Submission
    ) -> None:
        text = next(p.text for p in seed.paragraphs if p.number == "49")
        soup = soup_of(client, f"/submissions/{ID}/49")
        citations = texts(soup, ".citation-text")
        quotations = texts(soup, "textarea")
        assert len(quotations) == len(citations) == len(STYLES)
        for quotation, citation in zip(quotations, citations, strict=True):
            assert quotation.endswith(f"\n\n{citation}")
            assert text.split(". ")[0][:40] in quotation
        copied = [str(b["data-copy"]) for b in soup.select("[data-copy]")]
        assert copied[::2] == citations
        assert [c.lstrip("\n") for c in copied[1::2]] == [q.lstrip("\n") for q in quotations]

    def test_reference_managers_find_a_citable_item(self, client: FlaskClient) -> None:
        soup = soup_of(client, f"/submissions/{ID}/48")
        meta = {(str(m["name"]), str(m["content"])) for m in soup.select("meta[name][content]")}
        assert ("citation_author", "Open Dialogue Foundation") in {
            (n, c.removeprefix("The ")) for n, c in meta
        }
        assert ("citation_publication_date", "2019/03/28") in meta
        assert ("DC.identifier", f"{ID}/48") in meta

    @pytest.mark.parametrize(
        ("ending", "content_type"),
        [
            ("ris", "application/x-research-info-systems; charset=utf-8"),
            ("bib", "application/x-bibtex; charset=utf-8"),
            ("csl.json", "application/vnd.citationstyles.csl+json"),
        ],
    )
    def test_it_is_had_as_a_record(
        self, client: FlaskClient, ending: str, content_type: str
    ) -> None:
        for address in ("48", "45-52"):
            answer = client.get(f"/submissions/{ID}/{address}.{ending}")
            assert answer.status_code == 200
            assert answer.content_type == content_type
            assert address.replace("-", "–") in answer.text.replace("--", "–").replace("-", "–")


class TestNames:
    def test_page_and_twin_list_the_same_from_a_to_z(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/entities/person")
        record = record_of(client, "/entities/person.json")
        assert record["total"] == len(record["entities"]) > 40
        assert texts(soup, ".index li > a") == [e["label"] for e in record["entities"]]
        assert [str(a["href"]) for a in soup.select(".index li > a")] == [
            e["url"] for e in record["entities"]
        ]

    def test_an_entity_shows_its_paragraphs_and_forms(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/entities/person/mukhtar-ablyazov")
        record = record_of(client, "/entities/person/mukhtar-ablyazov.json")
        assert record["label"] == "Mukhtar Ablyazov"
        assert record["aliases"] == [e["text"] for e in record["evidence"]]
        assert all(e["evidence"] for e in record["evidence"])
        assert texts(soup, ".forms dt") == record["aliases"]
        assert len(soup.select(".hit")) == record["count"] == len(record["paragraphs"])
        assert all(hit.select("mark") for hit in soup.select(".hit"))

    def test_its_search_finds_its_paragraphs(self, client: FlaskClient) -> None:
        soup = soup_of(client, "/entities/person/mukhtar-ablyazov")
        href = str(one(soup, ".entry-counts a")["href"])
        found = client.get(href.replace("/search?", "/search.json?") + "&size=100").get_json()
        record = record_of(client, "/entities/person/mukhtar-ablyazov.json")
        assert {h["number"] for h in found["hits"]} == {p["number"] for p in record["paragraphs"]}


class TestHome:
    def test_every_example_has_the_results_it_says(self, client: FlaskClient) -> None:
        examples = record_of(client, "/index.json")["examples"]
        assert len(examples) >= 5
        for example in examples:
            path, _, query = example["url"].partition("?")
            assert client.get(f"{path}.json?{query}").get_json()["total"] == example["total"] > 0
        soup = soup_of(client, "/")
        assert texts(soup, ".examples li a") == [e["text"] for e in examples]

    def test_it_says_what_there_is(self, client: FlaskClient) -> None:
        record = record_of(client, "/index.json")
        assert (record["index"]["submissions"], record["index"]["paragraphs"]) == (1, 84)
        assert [s["id"] for s in record["submissions"]] == [ID]

    def test_health(self, client: FlaskClient) -> None:
        record = record_of(client, "/healthz")
        assert (record["status"], record["submissions"], record["paragraphs"]) == ("ok", 1, 84)

    def test_every_row_of_the_help_is_a_search_that_runs(self, client: FlaskClient) -> None:
        rows = [row for s in record_of(client, "/help.json")["sections"] for row in s["rows"]]
        assert len(rows) > 25
        for row in rows:
            path, _, query = row["url"].partition("?")
            answer = client.get(f"{path}.json?{query}").get_json()
            assert answer["query"]["text"] == row["written"]
            assert answer["query"]["notices"] == [], row["written"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=torture",
        "/submissions",
        f"/submissions/{ID}?q=torture",
        f"/submissions/{ID}/48?q=torture",
        "/entities",
        "/entities/place",
        "/entities/person/mukhtar-ablyazov",
        "/help",
        "/about",
    ],
)
def test_no_link_of_a_page_leads_nowhere(client: FlaskClient, path: str) -> None:
    soup = BeautifulSoup(client.get(path).text, "lxml")
    seen: set[str] = set()
    for link in soup.select("a[href]"):
        address, _, anchor = str(link["href"]).partition("#")
        if address.startswith("/") and address not in seen and len(seen) < 80:
            seen.add(address)
            with client.get(address) as answer:
                assert answer.status_code in (200, 303), address
        if not address and anchor:
            assert soup.find(id=anchor), anchor
