"""Which requests are refused before anything is looked up: other names, other sites."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.errors import SettingsError
from indexer.settings import Settings
from webapp import create_app
from webapp.admission import own_hosts
from webapp.site import Site

ID = "kaz-2019-odf-fidu-khisr"
PATHS = ["/", "/search?q=torture", "/search.json?q=48", f"/submissions/{ID}/48", "/healthz", "/no"]


@pytest.mark.parametrize(
    ("host", "held"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("LocalHost:99", True),
        ("localhost.", True),
        ("127.0.0.1:8000", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("[0:0:0:0:0:0:0:1]:8000", True),
        ("", False),
        ("evil.example", False),
        ("evil.example:8000", False),
        ("localhost.evil.example", False),
        ("localhost..", False),
        (".localhost", False),
        ("localhost, localhost", False),
        ("localhost, evil.example", False),
        ("localhost@evil.example", False),
        ("user:pass@localhost", False),
        ("localhost:", False),
        ("localhost:8000:8000", False),
        ("localhost:80a", False),
        ("localhost:999999", False),
        ("localhost/", False),
        ("http://localhost", False),
        ("localhost\x00", False),
        ("localhost\t", False),
        ("localhost\x7f", False),
        ("lоcalhost", False),  # a Cyrillic о
        ("127.0.0.2", False),
        ("127.1", False),
        ("2130706433", False),
        ("0.0.0.0", False),
        ("[::]", False),
        ("::1", False),
        ("[::1", False),
        ("[evil.example]", False),
        ("[::ffff:127.0.0.1]", False),
        ("192.168.1.5", False),
        ("a" * 100_000, False),
        ("localhost" + "." * 100_000, False),
    ],
)
def test_a_host_is_ours_or_not(host: str, held: bool) -> None:
    assert own_hosts(Settings()).hold(host) is held


@pytest.mark.parametrize(
    ("settings", "host", "held"),
    [
        (Settings(host="192.168.1.5"), "192.168.1.5:8000", True),
        (Settings(host="192.168.1.5"), "192.168.1.6:8000", False),
        (Settings(host="::1"), "[::1]:8000", True),
        (Settings(host="fd00::5"), "[FD00::5]", True),
        (Settings(host="archive.local"), "Archive.Local:80", True),
        (Settings(public_url="https://upr.example:8443/"), "upr.example", True),
        (Settings(public_url="https://upr.example"), "www.upr.example", False),
        (Settings(public_url="https://[fd00::5]/"), "[fd00::5]", True),
        (Settings(trusted_hosts="a.example, b.example:99"), "b.example", True),
        (Settings(trusted_hosts="a.example,, "), "a.example:1", True),
        (Settings(trusted_hosts="a.example"), "b.a.example", False),
        (Settings(trusted_hosts="Bücher.example"), "xn--bcher-kva.example", True),
        (Settings(trusted_hosts="fd00::6"), "[fd00::6]:8000", True),
        (Settings(host="0.0.0.0"), "10.1.2.3:8000", True),
        (Settings(host="0.0.0.0"), "[fd00::7]:8000", True),
        (Settings(host="::"), "10.1.2.3", True),
        (Settings(host=""), "10.1.2.3", True),
        (Settings(host="0.0.0.0"), "evil.example", False),
        (Settings(host="0.0.0.0"), "10.1.2.3.evil.example", False),
    ],
)
def test_settings_name_further_hosts(settings: Settings, host: str, held: bool) -> None:
    assert own_hosts(settings).hold(host) is held


@pytest.mark.parametrize(
    "settings",
    [
        Settings(trusted_hosts="*"),
        Settings(trusted_hosts="*.example"),
        Settings(trusted_hosts="https://a.example"),
        Settings(trusted_hosts="a b"),
        Settings(public_url="https://user@upr.example"),
        Settings(public_url="https://upr example"),
    ],
)
def test_a_setting_that_names_no_host_is_told(settings: Settings) -> None:
    with pytest.raises(SettingsError) as told:
        own_hosts(settings)
    assert "is no host" in told.value.message and told.value.cure


@pytest.mark.parametrize(
    "written",
    [
        "upr.example",
        "ftp://upr.example",
        "http://[fd00",
        "https://",
        "https://upr.example/pilcrow",  # every link of the pages begins at the root
        "https://upr.example/?a",
        "https://upr.example\n",
    ],
)
def test_an_address_of_the_site_that_cannot_be_is_told_as_it_was_written(written: str) -> None:
    with pytest.raises(SettingsError) as told:
        own_hosts(Settings(public_url=written))
    assert told.value.message == f"public_url: {written!r} is not the address of a site"
    assert "https://site.example" in told.value.cure


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", "a@evil", "e\x1b[31mvil", ""])
def test_another_name_is_refused_before_anything_is_looked_up(
    app: Flask, path: str, host: str
) -> None:
    # Forwarded names are believed as little: whoever asks can write them.
    forwarded = {"X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}
    with app.test_client() as client:
        answer = client.get(path, headers={"Host": host, **forwarded})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
        assert "unknown-host" in answer.text
        assert "evil" not in answer.text + str(answer.headers) and "Location" not in answer.headers
        # What the query was is no more repeated than the name.
        assert "torture" not in answer.text


def request(
    site: str, mode: str = "navigate", dest: str = "document", **more: str
) -> dict[str, str]:
    return {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest, **more}


ELSEWHERE = [
    request("cross-site", "cors", "empty", Origin="http://evil.example"),
    request("cross-site", "no-cors", "image"),
    request("cross-site", "no-cors", "script"),
    request("cross-site", "no-cors", "style"),
    request("cross-site", "no-cors", "empty"),
    request("cross-site", "navigate", "iframe"),
    request("cross-site", "navigate", "object"),
    request("cross-site", "websocket", "empty"),
    request("cross-site", **{"Sec-Purpose": "prefetch"}),
    request("cross-site", **{"Sec-Purpose": "prefetch;prerender"}),
    request("cross-site", **{"Purpose": "prefetch"}),
    # Another port of the same host is the same site, but not the same origin.
    request("same-site", "no-cors", "image"),
    request("same-site", "navigate", "iframe"),
    request("a-word-of-tomorrow", "no-cors", "image"),
    request("cross-site", ""),
    request("cross-site", dest=""),
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://localhost:9999"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    request("same-origin", "cors", "empty", Origin="null"),
]
HERE = [
    {},
    request("none"),
    request("same-origin"),
    request("same-origin", "no-cors", "style"),
    request("same-origin", "cors", "empty", Origin="http://localhost"),
    request("cross-site"),
    request("same-site"),
    {"Origin": "http://localhost"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_another_site_is_told_nothing(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "cross-site" in answer.text and "torture" not in answer.text
    assert "Access-Control" not in str(answer.headers)


def test_a_refusal_is_the_same_whatever_is_asked(client: FlaskClient) -> None:
    told = {
        client.get(path, headers=ELSEWHERE[1]).data
        for path in ("/", "/search?q=torture", f"/submissions/{ID}", f"/submissions/{ID}/9999")
    }
    assert len(told) == 1


@pytest.mark.parametrize("headers", HERE)
def test_our_own_pages_and_links_to_them_are_answered(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = client.get("/search?q=torture", headers=headers)
    assert answer.status_code == 200
    assert "Sec-Fetch-Site" in answer.headers["Vary"] and "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_another_sites_forms_and_preflights_are_refused(client: FlaskClient, method: str) -> None:
    asked = request("cross-site", Origin="http://evil.example")
    asked["Access-Control-Request-Private-Network"] = "true"
    asked["Access-Control-Request-Method"] = "GET"
    for headers in (asked, request("cross-site")):
        answer = client.open("/search?q=torture", method=method, headers=headers)
        assert answer.status_code == 403
        assert "Access-Control" not in str(answer.headers)


def test_the_public_address_is_an_origin_of_ours(settings: Settings, site: Site) -> None:
    public = Settings(data=settings.data, public_url="https://UPR.example/")
    client = create_app(public, site).test_client()
    for host in ("upr.example", "127.0.0.1:8000"):
        for origin, status in (("https://upr.example", 200), ("https://evil.example", 403)):
            answer = client.get("/about", headers={"Host": host, "Origin": origin})
            assert answer.status_code == status, (host, origin)
