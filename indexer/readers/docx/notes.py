"""Which number has a note, and which notes does the document cite?

Notes are numbered in the order in which they are cited; the file's own ids say nothing of it
(ISO/IEC 29500-1, 17.11). Notes that nothing cites are not printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.readers.docx.numerals import KNOWN, numeral
from indexer.readers.docx.wordml import Element, number, value, w

#: How Word numbers notes where nothing else is said (17.11.17, 17.11.18).
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class _Rules:
    """How the notes of one kind are numbered in one section."""

    kind: str
    start: int
    restart: str


@dataclass(slots=True)
class _Kind:
    """Footnotes, or endnotes."""

    texts: dict[str, Element]
    rules: list[_Rules]
    """One a section."""
    count: int = 0
    section: int | None = None
    """The section that cited one last."""
    cited: list[tuple[str, Element]] = field(default_factory=list)
    """Label and text, in order."""


class Notes:
    """The notes of a document, numbered as it is read."""

    def __init__(
        self,
        texts: dict[str, Element | None],
        settings: Element | None,
        body: Element,
    ) -> None:
        """Take the roots of the parts of ``footnote`` and ``endnote`` as *texts*."""
        sections = [
            element
            for element in body.iter(w("sectPr"))
            if element.getparent().tag in (w("pPr"), w("body"))
        ]
        self.problems: dict[str, str] = {}
        self._kinds = {
            kind: _Kind(_by_id(root, kind), _rules(kind, settings, sections))
            for kind, root in texts.items()
        }
        self._labels: set[str] = set()

    def cite(self, kind: str, id_: str, section: int, mark: str | None) -> str:
        """Take note of a citation in *section*, from 0; the label of the note.

        *mark* is what the document prints instead of a number. A label that another note
        has already is told apart by ``~2``.
        """
        notes = self._kinds[kind]
        rules = notes.rules[min(section, len(notes.rules) - 1)]
        if mark is None:
            if notes.section is None or (rules.restart == "eachSect" and notes.section != section):
                notes.count = rules.start - 1
            notes.count += 1
            notes.section = section
            mark = numeral(notes.count, rules.kind)
            self._tell_doubts(rules)
        label = self._unlike_others(mark, kind, section)
        text = notes.texts.get(id_)
        if text is None:
            self.problems[f"note-missing {label}"] = f"Note {label} is cited, but not in the file"
        else:
            notes.cited.append((label, text))
        return label

    def cited(self, kind: str, start: int) -> list[tuple[str, Element]]:
        """Label and text of the notes cited so far, from the place *start* on."""
        return self._kinds[kind].cited[start:]

    def _unlike_others(self, mark: str, kind: str, section: int) -> str:
        label, times = mark, 1
        if kind == "endnote" and self._alike(section):
            times = 2
            label = f"{mark}~2"
        while label in self._labels:
            times += 1
            label = f"{mark}~{times}"
        self._labels.add(label)
        return label

    def _alike(self, section: int) -> bool:
        """Whether the document has notes of both kinds under the same numbers."""
        foot, end = self._kinds["footnote"], self._kinds["endnote"]
        place = min(section, len(end.rules) - 1)
        return bool(foot.texts) and foot.rules[place].kind == end.rules[place].kind

    def _tell_doubts(self, rules: _Rules) -> None:
        if rules.restart == "eachPage":
            self.problems["note-numbers"] = (
                "Notes are numbered anew on each page, and pages are not in the file:"
                " here they are numbered throughout"
            )
        if rules.kind not in KNOWN:
            self.problems["note-format"] = (
                f"The format {rules.kind} of the notes' numbers is not known: they are in digits"
            )


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    """The notes by id, without the lines that separate notes from text."""
    found = () if root is None else root.findall(w(kind))
    return {
        note.get(w("id"), ""): note for note in found if note.get(w("type"), "normal") == "normal"
    }


def _rules(kind: str, settings: Element | None, sections: list[Element]) -> list[_Rules]:
    """The rules of every section: its own, else the document's, else the usual ones."""
    name = w(f"{kind}Pr")
    general = None if settings is None else settings.find(name)
    made = []
    for section in [*sections] or [None]:
        own = None if section is None else section.find(name)
        start = number(own, "numStart")
        if start is None:
            start = number(general, "numStart")
        made.append(
            _Rules(
                value(own, "numFmt") or value(general, "numFmt") or _USUAL[kind],
                1 if start is None else start,
                value(own, "numRestart") or value(general, "numRestart") or "continuous",
            )
        )
    return made
