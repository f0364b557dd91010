"""The extra [ner]: installs from its lock, adds only to what the rules find, and says so."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from indexer.entities import load_authority, tag
from indexer.settings import packaged_corpus
from tests.entities.score import GOLD, TUNED, gold

ROOT = Path(__file__).parents[2]

#: Run where the extra is installed: the mentions and entities of the gold files.
_SCRIPT = """
import json
from indexer.entities import load_authority, model, tag
from indexer.settings import packaged_corpus
from tests.entities.score import GOLD, TUNED, gold, score

assert model.is_installed()
authority = load_authority([packaged_corpus() / "authority"])
held_out = sorted((GOLD / "heldout").glob("*.txt"))
answer = {"held out": score(held_out, authority, model=True)[0]["all"]}
for name in TUNED:
    tagged = tag(gold(GOLD / f"{name}.txt")[0], authority, model=True)
    answer[name] = {
        "mentions": [
            (p.number, m.start, m.end, m.type, m.source, m.entity)
            for p in tagged.paragraphs
            for m in p.mentions
        ],
        "suggested": [(e.type, e.id) for e in tagged.entities if e.suggested],
    }
print(json.dumps(answer))
"""


@pytest.mark.needs("registry")
def test_the_model_adds_what_it_alone_sees_and_marks_it(tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    (site,) = environment.glob("lib/python*/site-packages")
    paths = f"{sysconfig.get_path('purelib')}\n{ROOT}\n"
    (site / "beside.pth").write_text(paths, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    lock = ROOT / "requirements" / "ner.txt"
    install = ["install", "--quiet", "--require-hashes", "-r", str(lock)]
    subprocess.run([*pip, *install], check=True, capture_output=True)
    done = subprocess.run([python, "-c", _SCRIPT], check=True, capture_output=True, text=True)
    answer = json.loads(done.stdout)

    right, found, wanted = answer.pop("held out")
    assert right / found >= 0.85
    assert right / wanted >= 0.85
    authority = load_authority([packaged_corpus() / "authority"])
    modelled = 0
    for name in TUNED:
        tagged = tag(gold(GOLD / f"{name}.txt")[0], authority)
        by_rule = {
            (p.number, m.start, m.end, m.type, m.source, m.entity)
            for p in tagged.paragraphs
            for m in p.mentions
        }
        mentions = [tuple(mention) for mention in answer[name]["mentions"]]
        by_model = [mention for mention in mentions if mention[4] == "model"]
        assert {mention for mention in mentions if mention[4] != "model"} == by_rule
        known = {(type_, entity) for _, _, _, type_, _, entity in by_rule}
        assert {tuple(entity) for entity in answer[name]["suggested"]} == {
            (type_, entity) for _, _, _, type_, _, entity in by_model
        } - known
        modelled += len(by_model)
    assert modelled > 10
