"""What does the help page show? The whole query language, each row a search to try."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from webapp import links
from webapp.contexts.samples import Samples


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A way to write something, and what it means."""

    written: str
    means: str
    href: str


@dataclass(frozen=True, slots=True)
class GuideSection:
    """Rows that belong together."""

    id: str
    title: str
    lead: str
    rows: tuple[GuideRow, ...]


@dataclass(frozen=True)
class GuidePage:
    """The help page."""

    template = "guide.html"
    title = "How to ask"

    sections: tuple[GuideSection, ...]
    keys: tuple[tuple[str, str], ...] = (
        ("/", "go to the search box"),
        ("n", "next hit, in a whole text opened from a search"),
        ("p", "previous hit"),
    )

    def record(self) -> dict[str, Any]:
        """The JSON twin."""
        return {
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "lead": section.lead,
                    "rows": [
                        {"written": row.written, "means": row.means, "url": row.href}
                        for row in section.rows
                    ],
                }
                for section in self.sections
            ],
            "keys": [{"key": key, "does": does} for key, does in self.keys],
        }


def guide(samples: Samples) -> GuidePage:
    """The help page, with names and numbers that this corpus really holds."""
    return GuidePage(
        (
            _words(),
            _phrases(samples),
            _operators(),
            _citations(samples),
            _names(samples),
            _dates(samples),
            _places(),
        )
    )


def _rows(*pairs: tuple[str, str]) -> tuple[GuideRow, ...]:
    return tuple(GuideRow(written, means, links.words(written)) for written, means in pairs)


def _sampled(samples: Samples, kind: str, fallback: str) -> str:
    example = samples.get(kind)
    return example.q if example else fallback


def _words() -> GuideSection:
    return GuideSection(
        "words",
        "Words",
        "Just type. Capitals, accents, the style of quotes and hyphens, and \u2011ise or \u2011ize"
        " make no difference. Where no paragraph has all the words, those with any of them are"
        " shown, and the page says so.",
        _rows(
            ("torture prison", "both words, in any form: tortured, prisons. The very forms you"
             " typed rank first"),
            ("pre-trial detention", "the same as pretrial detention and pre trial detention"),
            ("detent*", "any word that begins like this; after at least three letters"),
            ("organi?ation", "any one letter in place of the question mark"),
            ("goverment~", "words spelt nearly like this"),
        ),
    )  # fmt: skip


def _phrases(samples: Samples) -> GuideSection:
    return GuideSection(
        "phrases",
        "Exact words",
        "Quotation marks mean exactly: these words, in this order, with every small word counted.",
        _rows(
            (_sampled(samples, "phrase", '"freedom of expression"'), "this phrase and no other"),
            ('"detained"', "this form only, not detain or detention"),
            ('"court sentenced"~5', "both words within five words of each other, in any order"),
        ),
    )


def _operators() -> GuideSection:
    return GuideSection(
        "operators",
        "And, or, not",
        "Write the operators in capitals. Words side by side are joined with AND.",
        _rows(
            ("torture AND prison", "both"),
            ("journalist OR blogger", "either, or both"),
            ("detention NOT torture", "the first without the second"),
            ("detention -torture", "the same, shorter"),
            ("(journalist OR lawyer) AND detained", "brackets group"),
        ),
    )


def _citations(samples: Samples) -> GuideSection:
    number = _sampled(samples, "citation", "¶1").lstrip("¶")
    return GuideSection(
        "citations",
        "Paragraph numbers",
        "A citation finds exactly the paragraphs it names, in its own order. One that names a"
        " single paragraph opens it.",
        _rows(
            (number, "a bare number that names a paragraph"),
            (f"¶{number}", "always a paragraph, never a word"),
            (f"para. {number}", "the same, as in a footnote"),
            ("paras 2-5", "a run of paragraphs"),
            ("1, 3 and 5-7", "a list"),
            (_sampled(samples, "note", "fn 1"), "the paragraph that cites this footnote; also"
             " “note” and “footnote”"),
        ),
    )  # fmt: skip


def _names(samples: Samples) -> GuideSection:
    person = _sampled(samples, "words", "Jane Doe")
    provision = _sampled(samples, "provision", "Article 19")
    article = re.search(r"\d+", provision)
    return GuideSection(
        "names",
        "People, bodies, laws and cases",
        "A field takes a name in any printed form, an acronym or an id. The fields are person,"
        " organisation, un_body, place, law, provision, case and media.",
        _rows(
            (f'person:"{person}"', "paragraphs that name this person, however it is spelt there"),
            (provision, "a provision, written in full or short"),
            (_sampled(samples, "case", "A/HRC/WGAD/2018/1"), "a case or UN document, in any of its"
             " printed forms"),
            (f"article:{article.group() if article else 19}", "a provision by its number alone"),
        ),
    )  # fmt: skip


def _dates(samples: Samples) -> GuideSection:
    year = _sampled(samples, "date", "date:2018").removeprefix("date:")
    return GuideSection(
        "dates",
        "Dates",
        "Dates are those that the text mentions. A paragraph is found where one of its dates lies"
        " wholly inside what you ask for.",
        _rows(
            (f"date:{year}", "anything in this year"),
            (f"date:{year}-02", "in this month"),
            (f"date:{year}-05..{year}-07", "between these months, both included"),
        ),
    )


def _places() -> GuideSection:
    return GuideSection(
        "places",
        "Sections, kinds, footnotes and links",
        "Headings, front matter and footnotes are never searched by plain words; ask for them.",
        _rows(
            ("section:I", "a section by its label, with its sub-sections"),
            ("kind:recommendation", "introduction, narrative or recommendation"),
            ("note:report", "words of a footnote"),
            ("url:ohchr.org", "a footnote's address, or part of one"),
        ),
    )
