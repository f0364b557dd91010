"""Which references lead nowhere? Pinpoints to paragraphs, notes and sections that are not there.

Most pinpoints are to other documents. One is held to mean this document where it says so
("para. 99 above", "of this submission"), or where nothing in its sentence names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.lint.finding import Finding, Places, Severity
from indexer.model import Paragraph, Submission
from indexer.notation.pinpoints import Item, find_pinpoints
from indexer.structure.references import Whose, whose

_CURE = "Correct the number, or say which document is meant"
#: What, in the same sentence, a pinpoint may belong to.
_DOCUMENT = re.compile(
    r"\b(?:reports?|resolutions?|comments?|observations|judge?ments?|decisions?|opinions?|views"
    r"|convention|covenant|declaration|charter|protocol|communications?|constitution|acts?|laws?|codes?"
    r"|articles?|rules?|guidelines|principles|statements?|ibid|op\.\s?cit|loc\.\s?cit|rapport|résolution"
    r"|observation|arrêt|loi|informe|resolución|sentencia|ley|доклад\w*|резолюци\w*|закон\w*|решени\w*"
    r"|стать\w*)\b|\b[A-Z]{1,5}/[A-Z0-9]|\bv\.\s|[“\"«][^”\"»]{10,200}[”\"»]",
    re.IGNORECASE,
)
_OWN_DOCUMENT = re.compile(
    r"\b(?:this|the\s+present|our)\s+(?:joint\s+)?(?:submission|report|document|paper)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_a-z])")
#: Characters of a sentence that are looked at on each side.
_SENTENCE = 300
_SECTION = re.compile(
    r"(?<!\w)(?i:sections?|chapters?|parts?|partie|chapitre|sección|capítulo|parte|раздел\w{0,2}"
    r"|глав\w{1,2})\s+(?P<label>(?:[IVXLC]{1,6}|[A-Z]|[1-9][0-9]?)(?:\.[A-Z0-9]{1,4}){0,3})(?![\w.]\w)(?!\w)"
)


def dead_references(submission: Submission, places: Places) -> Iterator[Finding]:
    """A finding for each reference to something that this document does not have."""
    numbers = {paragraph.number for paragraph in submission.paragraphs}
    notes = {footnote.number for footnote in submission.footnotes}
    labels = {name for section in submission.sections for name in (section.id, section.label)}
    labels -= {""}
    cited = {paragraph.number: paragraph for paragraph in submission.paragraphs}
    for paragraph in submission.paragraphs:
        text = paragraph.text
        for place, what, missing, owner in (
            *_missing_pinpoints(text, numbers, notes),
            *_missing_sections(text, labels),
        ):
            message = f"Paragraph {paragraph.number} points to {what} {missing} («{place}»)"
            yield places.in_paragraph(
                f"{what}-nowhere",
                _weight(owner),
                f"{message}, which is not there",
                _CURE,
                paragraph,
            )
    for footnote in submission.footnotes:
        for place, what, missing, owner in _missing_pinpoints(footnote.text, numbers, notes):
            if owner is Whose.OWN:
                message = f"Note {footnote.number} points to {what} {missing} («{place}»)"
                yield _at_note(
                    places, f"{what}-nowhere", f"{message}, which is not there",
                    cited.get(footnote.paragraphs[0]) if footnote.paragraphs else None,
                )  # fmt: skip


def _weight(owner: Whose) -> Severity:
    return "error" if owner is Whose.OWN else "warning"


def _at_note(places: Places, code: str, message: str, paragraph: Paragraph | None) -> Finding:
    if paragraph is None:
        return Finding(code, "error", message, _CURE)
    return places.in_paragraph(code, "error", message, _CURE, paragraph)


def _missing_pinpoints(
    text: str, numbers: set[str], notes: set[str]
) -> Iterator[tuple[str, str, str, Whose]]:
    """The printed form, the kind, the number and the owner of each pinpoint to nothing."""
    for start, end, pinpoint in find_pinpoints(text):
        owner = _owner(text, start, end)
        if owner is Whose.OTHER:
            continue
        what, known = ("note", notes) if pinpoint.kind == "footnote" else ("paragraph", numbers)
        for number in _ends(pinpoint.items):
            if number not in known and number.partition("(")[0] not in known:
                yield text[start:end], what, number, owner


def _missing_sections(text: str, labels: set[str]) -> Iterator[tuple[str, str, str, Whose]]:
    """As for pinpoints; only where sections have labels of the same form."""
    for found in _SECTION.finditer(text):
        label = found["label"]
        alike = any(known[0].isdigit() == label[0].isdigit() for known in labels)
        if label in labels or label.partition(".")[0] in labels or not alike:
            continue
        owner = _owner(text, found.start(), found.end())
        if owner is not Whose.OTHER:
            yield found.group(), "section", label, owner


def _owner(text: str, start: int, end: int) -> Whose:
    owner = whose(text, start, end)
    if owner is not Whose.LIKELY:
        return owner
    before = _SENTENCE_END.split(text[max(0, start - _SENTENCE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _SENTENCE])[0]
    around = _OWN_DOCUMENT.sub("", f"{before} {after}")
    return Whose.OTHER if _DOCUMENT.search(around) else owner


def _ends(items: tuple[Item, ...]) -> Iterator[str]:
    """Each number, and the two ends of each range."""
    for item in items:
        yield from (item,) if isinstance(item, str) else item
