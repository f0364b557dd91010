"""What does a corpus look like on which questions take long? Made here, by a seeded script.

Many submissions, a large vocabulary with many words near each other, the commonest words in
nearly every paragraph, and here and there a paragraph as long as a book.

``python -m tests.hostile.large FOLDER`` writes one, to be looked at or measured with.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

#: Syllables that words are made of: the words are near each other, as names in transliteration.
_SYLLABLES = [c + v for c in "bdgklmnprst" for v in "aeiou"]
_COMMON = "the of and to in a that for was on by with from at as state torture court law".split()


def _vocabulary(chance: random.Random, size: int) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 6)))] = None
    return list(words)


def _paragraph(chance: random.Random, words: list[str], length: int) -> str:
    # Half of all words common, the others the rarer the further down the list.
    drawn = (
        chance.choice(_COMMON)
        if chance.random() < 0.5
        else words[min(int(chance.paretovariate(0.4)), len(words)) - 1]
        for _ in range(length)
    )
    return " ".join(drawn)


def submissions(
    number: int, paragraphs: int, vocabulary: int, longest: int, seed: int = 1
) -> Iterator[tuple[str, str]]:
    """*number* files, as name and text, of *paragraphs* each; in every tenth file one paragraph
    has up to *longest* words."""
    chance = random.Random(seed)
    words = _vocabulary(chance, vocabulary)
    for file in range(number):
        lines = [f"Submission {file} to the Universal Periodic Review of Kazakhstan", "", "I. One"]
        for at in range(1, paragraphs + 1):
            length = chance.randint(40, 160)
            if file % 10 == 0 and at == paragraphs // 2:
                length = max(length, longest // (1 + file // 10 % 4))
            lines += ["", f"{at}. {_paragraph(chance, words, length).capitalize()}."]
        yield f"large-{file:04}.txt", "\n".join(lines) + "\n"


def write(folder: Path, number: int, paragraphs: int, vocabulary: int, longest: int) -> None:
    """Write a corpus of plain texts into *folder*."""
    target = folder / "submissions"
    target.mkdir(parents=True, exist_ok=True)
    for name, text in submissions(number, paragraphs, vocabulary, longest):
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), number=200, paragraphs=105, vocabulary=120_000, longest=50_000)
