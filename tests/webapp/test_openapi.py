"""The description of every address is true: nothing missing, nothing too much, every shape."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, ValidationError
from openapi_spec_validator import validate

from indexer.query.results import FACETS
from webapp.parameters import LONGEST_VALUE

ID = "kaz-2019-odf-fidu-khisr"

#: An address of every JSON answer, with the path that describes it.
JSON_ANSWERS = [
    ("/index.json", "/index.json"),
    ("/search.json", "/search.json"),
    ("/search.json?q=torture", "/search.json"),
    ("/search.json?q=48", "/search.json"),
    ("/search.json?q=WGAD&section=V", "/search.json"),
    ("/search.json?q=%22&size=100", "/search.json"),
    ("/search.json?q=Yerimbetof", "/search.json"),
    ("/search.json?kind=recommendation&sort=document&page=2&size=5", "/search.json"),
    ("/submissions.json", "/submissions.json"),
    (f"/submissions/{ID}.json", "/submissions/{id}.json"),
    (f"/submissions/{ID}.json?q=torture", "/submissions/{id}.json"),
    (f"/submissions/{ID}/48.json", "/submissions/{id}/{number}.json"),
    (f"/submissions/{ID}/48.json?q=torture", "/submissions/{id}/{number}.json"),
    (f"/submissions/{ID}/45-52.json", "/submissions/{id}/{number}.json"),
    (f"/submissions/{ID}/1.json", "/submissions/{id}/{number}.json"),
    ("/entities.json", "/entities.json"),
    ("/entities/person.json", "/entities/{type}.json"),
    ("/entities/provision.json", "/entities/{type}.json"),
    ("/entities/date.json", "/entities/{type}.json"),
    ("/entities/person/mukhtar-ablyazov.json", "/entities/{type}/{entity}.json"),
    ("/help.json", "/help.json"),
    ("/about.json", "/about.json"),
    ("/healthz", "/healthz"),
    ("/openapi.json", "/openapi.json"),
]


@cache
def described() -> dict[str, Any]:
    text = files("webapp").joinpath("openapi.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def check(schema: dict[str, Any], answer: object) -> None:
    Draft202012Validator({**schema, "components": described()["components"]}).validate(answer)


def test_it_is_an_openapi_description() -> None:
    validate(described())


def test_it_names_every_address_and_no_other(app: Flask) -> None:
    def plain(path: str) -> str:
        return re.sub(r"<[^>]+>|\{[^}]+\}", "*", path)

    routes = {plain(rule.rule) for rule in app.url_map.iter_rules()}
    assert routes == {plain(path) for path in described()["paths"]}


@pytest.mark.parametrize(("address", "path"), JSON_ANSWERS)
def test_every_json_answer_has_the_shape_described(
    client: FlaskClient, address: str, path: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    content = described()["paths"][path]["get"]["responses"]["200"]["content"]
    check(content["application/json"].get("schema", {}), answer.get_json())


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Host": "evil.example"}, "400"), ({"Sec-Fetch-Site": "cross-site"}, "403")],
)
def test_refusals_that_every_address_has_are_described_at_each(
    client: FlaskClient, headers: dict[str, str], status: str
) -> None:
    for path, item in described()["paths"].items():
        assert client.get(path, headers=headers).status_code == int(status), path
        assert status in item["get"]["responses"], path


def test_a_filters_value_is_as_long_as_described(client: FlaskClient) -> None:
    for name in FACETS:
        values = described()["components"]["parameters"][name]["schema"]["items"]
        assert values["maxLength"] == LONGEST_VALUE
    for length, status in ((LONGEST_VALUE, 200), (LONGEST_VALUE + 1, 400)):
        assert client.get(f"/search.json?person={'a' * length}").status_code == status


def test_every_json_address_described_is_asked_above() -> None:
    answered = {path for _, path in JSON_ANSWERS}
    for path, item in described()["paths"].items():
        content = item["get"]["responses"]["200"]["content"]
        if "application/json" in content:
            assert path in answered, path


def test_a_schema_would_notice_a_member_missing_or_too_much(client: FlaskClient) -> None:
    schema = {"$ref": "#/components/schemas/Search"}
    answer = client.get("/search.json?q=torture").get_json()
    check(schema, answer)
    for spoilt in ({**answer, "extra": 1}, {k: v for k, v in answer.items() if k != "total"}):
        with pytest.raises(ValidationError):
            check(schema, spoilt)


@pytest.mark.parametrize("path", ["/search.json?page=0", "/nowhere.json", "/submissions/x.json"])
def test_errors_have_the_shape_described(client: FlaskClient, path: str) -> None:
    check({"$ref": "#/components/schemas/Error"}, client.get(path).get_json())
