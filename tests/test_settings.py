"""Which value of a setting holds, and which cannot be?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.settings import Settings, load_settings


def test_arguments_before_environment_before_file_before_defaults(tmp_path: Path) -> None:
    file = tmp_path / "pilcrow.toml"
    file.write_text('port = 1\nhost = "a"\nthreads = 3\n', encoding="utf-8")
    settled = load_settings(
        {"port": 3, "host": None}, {"PILCROW_PORT": "2", "PILCROW_HOST": "b"}, file
    )
    assert (settled.port, settled.host, settled.threads) == (3, "b", 3)
    assert settled.search_processes == 6


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "99999"),  # was listened on as 34463
        ("port", "-1"),
        ("search_processes", "0"),  # every search waited for a process that never came
        ("threads", "0"),
        ("search_seconds", "0"),
        ("search_seconds", "nan"),
        ("search_seconds", "inf"),
        ("query_terms", "many"),
        ("data", "~nobody-of-this-name/pilcrow"),
        ("data", ""),  # was the folder that the command happened to run in
        ("corpus", ""),
    ],
)
def test_values_that_cannot_be(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"PILCROW_{name.upper()}: {name} cannot be") as refused:
        load_settings({}, {f"PILCROW_{name.upper()}": value})
    assert refused.value.cure


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (Settings(), "http://127.0.0.1:8000"),
        (Settings(host="::1", port=80), "http://[::1]:80"),  # was no address at all
        (Settings(host="::1", public_url="https://upr.example/"), "https://upr.example"),
    ],
)
def test_the_address_of_the_site(settings: Settings, url: str) -> None:
    assert settings.site_url == url


def test_an_unknown_name_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "pilcrow.toml"
    file.write_text("colour = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="unknown setting 'colour'"):
        load_settings({}, {}, file)


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("query_terms = 3.9", "Give a whole number above 0"),  # was cut to 3
        ("query_terms = true", "Give a whole number above 0"),
        ("search_seconds = false", "Give a number above 0"),
        ("port = 8000.5", "Give a number from 0 to 65535"),
        ('trusted_hosts = ["a.example"]', "Give a text in quotes"),
        ("engine = 1", "Give a text in quotes"),
        ("data = 5", "Give the path of a folder"),
    ],
)
def test_values_of_another_type_in_a_file(line: str, cure: str, tmp_path: Path) -> None:
    file = tmp_path / "pilcrow.toml"
    file.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be") as refused:
        load_settings({}, {}, file)
    assert refused.value.cure == cure
