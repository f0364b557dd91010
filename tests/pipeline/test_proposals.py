"""Each file has a proposal of its own, whatever the others are called."""

from __future__ import annotations

from pathlib import Path

from indexer.pipeline import update
from indexer.settings import Settings

TEXT = "Submission on Belarus\n\n1. First words of {0}.\n2. Second words of {0}.\n"


def test_namesakes_do_not_take_each_others_proposals(tmp_path: Path) -> None:
    corpus, proposals = tmp_path / "corpus", tmp_path / "data" / "proposals"
    corpus.mkdir()
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    (corpus / "a.md").write_text(TEXT.format("one"))
    update(settings)
    assert sorted(path.name for path in proposals.iterdir()) == ["a.toml"]
    # The second has metadata, so nothing is proposed for it; that of the first stays.
    (corpus / "a.txt").write_text(TEXT.format("two"))
    (corpus / "a.txt.toml").write_text('id = "other"\n')
    update(settings, rebuild=True)
    assert "a.md.toml" in {path.name for path in proposals.iterdir()}
    assert "«a.md.toml»" in (proposals / "a.md.toml").read_text()
    (corpus / "a.md").unlink()
    update(settings)
    assert "a.md.toml" not in {path.name for path in proposals.iterdir()}


def test_a_name_too_long_for_another_ending_costs_no_other_file_anything(tmp_path: Path) -> None:
    corpus, proposals = tmp_path / "corpus", tmp_path / "data" / "proposals"
    corpus.mkdir()
    settings = Settings(corpus=corpus, data=tmp_path / "data", reading_processes=1)
    long = corpus / f"{'a' * 251}.txt"
    for name in (long, corpus / "b.txt"):
        name.write_text(TEXT.format(name.name[:1]))
    first = update(settings)
    assert (first.submissions, first.failed) == (2, ())
    assert [path.name for path in proposals.iterdir()] == ["b.toml"]
    assert first.proposals.startswith("Not every proposal of metadata can be written")
    long.write_bytes(b"\0")
    assert update(settings, purge=True).submissions == 1
