"""How long is the submission, and how long may it be?

OHCHR takes 2,815 words from one stakeholder and 5,630 from several that submit jointly.
Counted is as word processors count: what stands between white space, and each character of a
script that has none. Headings and paragraphs count, paragraph numbers do not. Notes and annexes
are counted apart, since whether they are part of the limit is for OHCHR to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.lint.finding import Finding
from indexer.model import Submission

#: Words that OHCHR takes from one stakeholder, and from several together.
ALONE, JOINTLY = 2_815, 5_630
#: What the limits hold for; other documents have none.
SUBMISSIONS = frozenset(
    ("submission", "joint submission", "individual submission", "alternative report")
)

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+")
_ANNEX = re.compile(r"(?:annex(?:e|es)?|appendi(?:x|ces)|anexos?|приложени[ея])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """Words by part, and the limit on the first."""

    body: int
    notes: int
    annexes: int
    limit: int | None


def is_joint(submission: Submission) -> bool:
    """Whether several organisations submit it."""
    return submission.kind == "joint submission" or len(submission.submitters) > 1


def length_of(submission: Submission) -> Length:
    """Count the words of *submission*."""
    annexes = set[str]()
    body = annexed = 0
    for section in submission.sections:
        if _ANNEX.match(section.title) or _ANNEX.match(section.label) or section.parent in annexes:
            annexes.add(section.id)
        words = words_of(f"{section.label} {section.title}")
        body, annexed = (
            (body, annexed + words) if section.id in annexes else (body + words, annexed)
        )
    for paragraph in submission.paragraphs:
        words = words_of(paragraph.text)
        if paragraph.section in annexes:
            annexed += words
        else:
            body += words
    limit = None
    if submission.kind in SUBMISSIONS:
        limit = JOINTLY if is_joint(submission) else ALONE
    notes = sum(words_of(footnote.text) for footnote in submission.footnotes)
    return Length(body, notes, annexed, limit)


def words_of(text: str) -> int:
    """How many words *text* has, as word processors count.

    >>> words_of("Article 9 – liberty"), words_of("酷刑")
    (4, 2)
    """
    return sum(1 for _ in _WORD.finditer(text))


def too_long(submission: Submission, length: Length) -> Iterator[Finding]:
    """A finding where the limit is passed, or would be if notes count."""
    if length.limit is None:
        return
    who = "joint submission" if is_joint(submission) else "submission of one organisation"
    over = length.body - length.limit
    if over > 0:
        cure = f"Shorten it by {over:,} words"
        if length.limit == ALONE and length.body <= JOINTLY and not submission.submitters:
            cure += f", or name those who submit it jointly: they may write {JOINTLY:,}"
        message = (
            f"{length.body:,} words in headings and paragraphs; a {who} may have {length.limit:,}"
        )
        yield Finding("word-limit", "error", message, cure)
    elif length.body + length.notes > length.limit:
        message = (
            f"{length.body:,} words in headings and paragraphs and {length.notes:,} in notes:"
            f" together over the {length.limit:,} of a {who}"
        )
        yield Finding("word-limit-with-notes", "info", message, "Ask OHCHR whether it counts notes")
