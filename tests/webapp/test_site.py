"""What a server makes of an index that cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import IndexUnavailable
from indexer.settings import Settings
from webapp import site as module
from webapp.site import Site


def failure(site: Site) -> IndexUnavailable:
    """What asking for the index raises."""
    with pytest.raises(IndexUnavailable) as raised:
        site.view()
    return raised.value


def test_a_failure_keeps_nothing_of_the_requests_it_met(tmp_path: Path) -> None:
    site = Site(Settings(data=tmp_path))
    first, second = failure(site), failure(site)
    assert (str(first), first.code) == (str(second), second.code)
    # One and the same error would keep the frames of all requests it was raised in.
    assert first is not second
    site.close()


def test_what_could_not_be_opened_is_looked_at_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(settings)
    opened = site._open

    def hindered() -> module.View:
        raise IndexUnavailable("Too many open files", "Try again")

    monkeypatch.setattr(site, "_open", hindered)
    failure(site)
    monkeypatch.setattr(site, "_open", opened)
    failure(site)
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)
    assert site.view().library.state() == (1, 84)
    site.close()


@pytest.mark.parametrize("data", ["e", "engine", "/srv/a.b"])
def test_strangers_are_told_what_is_damaged_without_our_folders(data: str) -> None:
    """In a folder called «e», «engine/rows.npy» was «enginrows.npy»."""
    site = Site(Settings(data=Path(data)))
    place = "generations/20260101T000000.000000Z-abcdef/engine/rows.npy"
    error = IndexUnavailable(f"{data}/{place} is not the one that {data}/current names")
    assert site.told(error) == f"{place} is not the one that current names"
    site.close()
