"""What may a question be? A text in the whole query language, together with what it means.

The text is printed from the meaning, never read back. Where two ways of writing would mean
another thing together (a number beside a word for paragraphs), they are kept apart here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st

from indexer.analysis import fold_text
from indexer.model import Submission
from indexer.notation.dates import interval
from tests.oracle.corpora import URLS, WORDS, corpora
from tests.oracle.meaning import (
    All,
    Any,
    Article,
    Carrying,
    Case,
    Cited,
    Linking,
    Meaning,
    Mentioning,
    Pattern,
    Question,
    Spelt,
    Without,
    Word,
    Words,
)
from tests.oracle.oracle import Oracle


class Typed(NamedTuple):
    """A stretch of a query and what it means."""

    text: str
    meaning: Meaning
    kind: str = "leaf"
    """``word``, ``leaf``, ``all`` or ``any``: what may stand beside it without brackets."""


#: Printed in texts and no bare word of a query: two words, or none.
_UNTYPED = {"170\u00a0000", "½", "x²"}
_ALL_WORDS = sorted({word for words in WORDS.values() for word in words} - _UNTYPED)
#: Other forms and spellings of what texts print, and words that no text has.
_OTHER_WORDS = ("nosuchword", "Torture,", "organise", "trials", "co-operate", "detain", "lois",
                "détenus", "пытка", "pre", "trial", unicodedata.normalize("NFD", "détenu"), "the",
                "torture", "prison", "law", "anti", "corruption", "co", "operation", "non",
                "governmental", "re", "avant-gardes", "x²", "years")  # fmt: skip
_QUOTES = st.sampled_from((('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("＂", "＂")))
_NO_QUOTES = str.maketrans(dict.fromkeys('"“”„‟«»＂「」『』', " "))
_SPACES = st.sampled_from((" ", " ", " ", "  ", "\t", "\u3000"))


def _words(printed: Sequence[str]) -> st.SearchStrategy[Typed]:
    """Bare words, most of them printed somewhere."""
    known = sorted({word for text in printed for word in _ALL_WORDS if word in text})
    words = st.sampled_from(known or ["torture"])
    other = st.sampled_from((*_OTHER_WORDS, *_ALL_WORDS))
    chosen = st.one_of(words, words, words, words, words, words, other)
    return chosen.map(lambda text: Typed(text, Word(text), "word"))


@st.composite
def _phrases(draw: st.DrawFn, printed: Sequence[str]) -> Typed:
    """Words one after the other, most of them a piece of a text."""
    if draw(st.integers(0, 3)):
        inside = draw(st.sampled_from(printed)).translate(_NO_QUOTES).split()
        at = draw(st.integers(0, max(len(inside) - 1, 0)))
        inside = inside[at : at + draw(st.integers(1, 4))]
    else:
        inside = draw(st.lists(st.sampled_from(_ALL_WORDS), min_size=1, max_size=3))
    text = draw(st.sampled_from((" ", " ", "  ", ", ", "\n"))).join(inside)
    if not any(letter.isalnum() for letter in text) or not fold_text(text):
        text = "torture"
    field = draw(st.sampled_from(("", "", "", "forms", "note")))
    opening, closing = draw(_QUOTES)
    written = f"{opening}{text}{closing}"
    if field:
        written = f"{_cased(draw, field)}:{written}"
    return Typed(written, Words(text, None, field == "forms", field == "note"))


_APART = ("torture", "police", "law", "rule", "detained", "prisons", "pre-trial", "of", "пытки",
          "Yerimbetov", "collective", "report")  # fmt: skip


@st.composite
def _near(draw: st.DrawFn, printed: Sequence[str]) -> Typed:
    """Words in a window, most of them of one text."""
    text = draw(st.sampled_from(printed))
    plain = {fold_text(word): word for word in text.translate(_NO_QUOTES).split() if word.isalpha()}
    common = draw(st.integers(0, 3)) == 0 or not plain
    pool = _APART if common else tuple(plain.values())
    inside = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    if draw(st.integers(0, 4)) == 0:
        inside.append(inside[0])
    distance = draw(st.sampled_from(("", "0", "1", "2", "3", "8", "100")))
    field = draw(st.sampled_from(("", "", "forms", "note"))) if common else ""
    text = " ".join(inside)
    opening, closing = draw(_QUOTES)
    written = f"{field}:" if field else ""
    written += f"{opening}{text}{closing}~{distance}"
    return Typed(written, Words(text, int(distance or 5), field == "forms", field == "note"))


_PATTERNS = ("tort*", "pris*", "organiz*", "organis*", "poli?e", "pretri*", "Świąc*", "det?in*",
             "пыт*", "det*ed", "Yerim*v", "law*", "kaz*", "азап*", "non-gov*", "rul?s",
             "人权法*", "co-op*", "anticor*",
             "यातन*", "S\u0301wi*", "l'org*", "यातना*")  # fmt: skip
_SPELLINGS = ("tortore", "Yerimbetof", "prisn", "poilce", "laww", "Świecicki", "пытка", "pretrail",
              "compliant", "organization", "यातन", "कानून", "de\u0301tenue\u0301")  # fmt: skip


@st.composite
def _loose(draw: st.DrawFn) -> Typed:
    notes = draw(st.integers(0, 5)) == 0
    field = f"{_cased(draw, 'note')}:" if notes else ""
    if draw(st.booleans()):
        text = draw(st.sampled_from(_PATTERNS))
        return Typed(f"{field}{text}", Pattern(text, notes))
    text = draw(st.sampled_from(_SPELLINGS))
    edits = draw(st.sampled_from(("", "", "1", "2")))
    return Typed(f"{field}{text}~{edits}", Spelt(text, int(edits) if edits else None, notes))


#: Names that may be in a corpus of the tests' own, and some that are not.
_VALUES: Mapping[str, Sequence[str]] = {
    "person": ("Iskander Yerimbetov", "iskander-yerimbetov", "yerimbetov", "Bokayev",
               "Akberdiyeva", "AIGUL AKBERDIYEVA", "Bokayev, Max", "Nobody"),
    "organisation": ("ODF", "open-dialogue", "Open Dialogue Foundation"),
    "un_body": ("WGAD", "wgad"),
    "place": ("Almaty", "alma-ata"),
    "law": ("CC", "Criminal Code", "criminal-code", "Constitution"),
    "provision": ("article-174", "article-174-criminal-code"),
    "media": ("Azattyq", "radio-azattyq"),
    "submission": ("alpha", "JS5", "js2", "KAZ", "kaz-2019-odf", "nosuch"),
    "submitter": ("ODF", "open dialogue foundation", "Речной дом"),
    "state": ("KAZ", "kaz", "Kazakhstan", "peru", "Atlantis"),
    "session": ("34", "35", "36"),
    "kind": ("recommendation", "recommendations", "Narrative", "introduction"),
    "section": ("I", "ii", "VI.1", "vi", "Torture", "Freedom of the press", "prisons-police",
                "Рекомендации", "XX"),
    "year": ("2018", "2019", "1999"),
}  # fmt: skip


@st.composite
def _fields(draw: st.DrawFn, values: Mapping[str, Sequence[str]]) -> Typed:
    field = draw(st.sampled_from(sorted(values)))
    value = draw(st.sampled_from(values[field]))
    return Typed(f"{_cased(draw, field)}:{_valued(draw, value)}", Carrying(field, value))


_DATES = ("2018", "2018-03", "2019-02-14", "2018-05..2018-07", "2018..", "..2018-03", "2016..2018",
          "1999", "March 2018", "2019-02")  # fmt: skip


@st.composite
def _dated(draw: st.DrawFn) -> Typed:
    written = draw(st.sampled_from(_DATES))
    return Typed(f"date:{_valued(draw, written)}", _mentioning(written))


def _mentioning(written: str) -> Mentioning:
    first, dots, last = written.partition("..")
    end = last if dots else first
    return Mentioning(
        interval(first)[0] if first else date.min, interval(end)[1] if end else date.max
    )


_PARTS = ("ohchr.org", "OHCHR.org", "A_HRC_WGAD_2017_16", "tengri.kz/é", "e.g", "www.ohchr.org/en",
          "nosuch.org", "example.org/a%2fb", "HTTPS://Tengri.kz/")  # fmt: skip


@st.composite
def _linking(draw: st.DrawFn) -> Typed:
    if draw(st.booleans()):
        part = draw(st.sampled_from((*_PARTS, *URLS, "b,c", "x")))
        return Typed(f"{_cased(draw, 'url')}:{part}", Linking(part))
    part = draw(st.sampled_from(_PARTS))
    return Typed(part, Linking(part, word=True), "alone")


@st.composite
def _cited_law(draw: st.DrawFn) -> Typed:
    """A provision or a case, as words or in a field."""
    form = draw(st.integers(0, 4))
    number = draw(st.sampled_from(("174", "20", "174(2)", "5")))
    law = draw(st.sampled_from((None, "CC", "Criminal Code", "Constitution")))
    of = f" of the {law}" if law else ""
    if form == 0:
        text = f"{draw(st.sampled_from(('Article', 'Art.', 'article')))} {number}{of}"
        return Typed(text, Article(number, law, tuple(text.split())), "alone")
    if form == 1:
        return Typed(
            f"article:{number.split('(')[0]}", Article(number.split("(")[0], None, (), True)
        )
    if form == 2:
        return Typed(f'provision:"Article {number}{of}"', Article(number, law, ()))
    number = draw(st.sampled_from(("16/2017", "1/2000")))
    year = number.split("/")
    if form == 3:
        return Typed(
            f"case:{_valued(draw, draw(st.sampled_from((number, f'Opinion No. {number}'))))}",
            Case(number, ""),
        )
    text = draw(
        st.sampled_from(
            (f"Opinion No. {number}", f"opinion no {number}", f"A/HRC/WGAD/{year[1]}/{year[0]}")
        )
    )
    return Typed(text, Case(number, text), "alone")


def _cased(draw: st.DrawFn, field: str) -> str:
    return draw(st.sampled_from((field, field, field.upper(), field.title())))


def _valued(draw: st.DrawFn, value: str) -> str:
    """*value* in quotation marks, which one with a space or a comma needs."""
    if " " in value or "," in value or draw(st.booleans()):
        opening, closing = draw(_QUOTES)
        return f"{opening}{value}{closing}"
    return value


def _leaves(
    printed: Sequence[str], values: Mapping[str, Sequence[str]]
) -> st.SearchStrategy[Typed]:
    words, phrases = _words(printed), _phrases(printed)
    return st.one_of(
        words, words, words, phrases, phrases, _near(printed), _loose(), _fields(values), _dated(),
        _linking(), _cited_law(),
    )  # fmt: skip


@st.composite
def _joined(draw: st.DrawFn, inner: st.SearchStrategy[Typed]) -> Typed:
    """Several parts side by side, or with AND."""
    parts = draw(st.lists(inner, min_size=2, max_size=3))
    texts = [_bracketed(p) if p.kind in ("any", "all") else p.text for p in parts]
    written, touching = texts[0], []
    typed = any(part.kind == "twice" for part in parts)
    for before, part, text in zip(parts, parts[1:], texts[1:], strict=False):
        apart = "alone" in (before.kind, part.kind) or draw(st.integers(0, 3)) == 0
        touching.append(not apart and before.kind in ("word", "twice") and part.kind == "word")
        written += f" AND {text}" if apart else f"{draw(_SPACES)}{text}"
        typed = typed or apart
    meant = tuple(_typed(part.meaning) for part in parts)
    return Typed(written, All(meant, typed, tuple(touching)), "all")


@st.composite
def _either(draw: st.DrawFn, inner: st.SearchStrategy[Typed]) -> Typed:
    """Parts with OR; AND binds closer, and OR inside OR needs no brackets."""
    parts = draw(st.lists(inner, min_size=2, max_size=3))
    texts = [
        _bracketed(p) if p.kind in ("any", "all") and draw(st.booleans()) else p.text for p in parts
    ]
    return Typed(" OR ".join(texts), Any(tuple(part.meaning for part in parts)), "any")


@st.composite
def _negated(draw: st.DrawFn, inner: st.SearchStrategy[Typed]) -> Typed:
    """A part that must not be there, or one that must not not."""
    part = draw(inner)
    text = part.text
    if part.kind in ("any", "all") or (part.kind == "alone" and " " in text):
        text = _bracketed(part)
    sign = draw(st.sampled_from(("NOT ", "-", "NOT NOT ")))
    if sign == "-" and not (text[0].isalnum() or text[0] in '("“«„＂'):
        sign = "NOT "
    meaning = _typed(part.meaning)
    negated = sign != "NOT NOT "
    if negated and isinstance(meaning, Without):  # NOT NOT, however it is written
        meaning, negated = meaning.part, False
    if negated:
        return Typed(sign + text, Without(meaning))
    if isinstance(meaning, Article | Case):  # whose words are never relaxed now
        return Typed(sign + text, All((meaning,), True))
    return Typed(sign + text, meaning, "twice" if isinstance(meaning, Word) else "leaf")


def _bracketed(part: Typed) -> str:
    return f"({part.text})"


def _typed(meaning: Meaning) -> Meaning:
    """*meaning* as it is in brackets."""
    return All(meaning.parts, True, meaning.touching) if isinstance(meaning, All) else meaning


def _deeper(inner: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    return st.one_of(_joined(inner), _either(inner), _negated(inner))


def _nested(leaves: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    """Leaves, and what is made of them in up to three rounds."""
    first = _deeper(leaves)
    second = _deeper(st.one_of(leaves, first))
    return st.one_of(leaves, first, first, second, _deeper(st.one_of(leaves, second)))


def _bare(words: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    gaps = st.lists(_SPACES, min_size=4, max_size=4)
    return st.builds(_side_by_side, st.lists(words, min_size=1, max_size=4), gaps)


#: Words of which texts print several forms: of these the printed ones come first.
_FORMS = st.sampled_from(
    ("torture", "tortures", "prison", "law", "rules", "détenu", "пыток", "loi")
)


def _side_by_side(typed: list[Typed], gaps: list[str]) -> Typed:
    text = "".join(f"{gap}{one.text}" for gap, one in zip(gaps, typed, strict=False)).strip()
    if len(typed) == 1:
        return typed[0]
    return Typed(text, All(tuple(one.meaning for one in typed)), "all")


_NUMBER = st.sampled_from(("1", "2", "3", "7", "8", "44", "45", "46", "47", "48", "3.1", "3.2",
                           "u1", "1~2", "47~2", "900"))  # fmt: skip
_DECIMAL = st.sampled_from(("1", "2", "3", "7", "9", "44", "45", "47", "48", "52"))


@st.composite
def _citations(draw: st.DrawFn) -> tuple[str, Cited]:
    form = draw(st.integers(0, 5))
    if form == 0:  # a bare number, or a bare list
        numbers = draw(st.lists(_NUMBER.filter(lambda n: "~" not in n), min_size=1, max_size=3))
        text = " and ".join((", ".join(numbers[:-1]), numbers[-1]) if numbers[1:] else numbers)
        parts = tuple(Word(part) for part in text.split())
        return text, Cited(
            tuple(numbers), False, False, None, All(parts) if parts[1:] else parts[0]
        )
    if form == 1:
        first, last = draw(
            st.sampled_from((("12", "13"), ("13", "13"), ("14", "14"), ("12", "14")))
        )
        noun = draw(st.sampled_from(("fn ", "note ", "footnote ", "Footnotes ", "fns. ")))
        return f"{noun}{first}" + f"–{last}" * (last != first), Cited(
            ((first, last),), footnotes=True
        )
    items: list[str | tuple[str, str]] = []
    written: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            first, last = sorted((draw(_DECIMAL), draw(_DECIMAL)), key=int)
            items.append((first, last))
            written.append(f"{first}{draw(st.sampled_from(('-', '–', ' to ')))}{last}")
        else:
            number = draw(_NUMBER)
            items.append(number)
            written.append(f"{number}(a)" if form == 2 else number)
    listed = draw(st.sampled_from((", ", ", and ", " and ", "; "))).join(written)
    noun = draw(st.sampled_from(("¶", "¶ ", "para. ", "paras ", "Paragraphs ", "para ", "PARAS. ")))
    if form in (2, 3):
        return f"{noun}{listed}", Cited(tuple(items))
    named = draw(st.sampled_from(("alpha", "JS5", "KAZ", "kaz-2019-odf", "beta-2", "rd1", "JS99")))
    if form == 4 or named == "alpha":  # before a slash any id counts, also one like a word
        return f"{named}/{listed}", Cited(tuple(items), submission=named)
    return f"{named}{draw(st.sampled_from((' ', ', ')))}{noun}{listed}", Cited(
        tuple(items), submission=named
    )


_CHOICES = [
    *(("submission", id_) for id_ in ("alpha", "alpha", "beta-2", "kaz-2019-odf", "nosuch")),
    *(("state", code) for code in ("KAZ", "FRA", "XXX")), ("session", "34"), ("session", "35"),
    *(("section", name) for name in ("I", "II", "VI.1", "torture", "freedom-of-the-press", "XX")),
    *(("kind", name) for name in ("narrative", "recommendation")), ("year", "2018"),
    ("person", "max-bokayev"), ("person", "iskander-yerimbetov"), ("place", "almaty"),
    ("organisation", "open-dialogue"), ("law", "criminal-code"), ("case", "opinion-16-2017"),
    ("provision", "article-174"), ("un_body", "wgad"), ("media", "radio-azattyq"), ("year", "2019"),
]  # fmt: skip
_FIRST, _LAST = (
    st.sampled_from((None, None, "2017", "2018-03", "2019-02-14")),
    st.sampled_from((None, None, None, "2019", "2019-02", "2019-12-31")),
)


@st.composite
def questions(
    draw: st.DrawFn, texts: st.SearchStrategy[Typed], choices: Sequence[tuple[str, str]]
) -> Question:
    """A search of any kind."""
    kind = draw(st.integers(0, 19))
    meaning: Meaning | Cited | None
    if kind == 19:
        text, meaning = draw(st.sampled_from(("", " ", "\t"))), None
    elif kind == 18:
        word = draw(_FORMS)
        return Question(word, Word(word))
    elif kind > 14:
        text, meaning = draw(_citations())
    else:
        typed = draw(texts)
        text, meaning = typed.text, typed.meaning
    most = draw(st.sampled_from((0, 0, 0, 1, 2, 3)))
    filters = draw(st.lists(st.sampled_from(choices), max_size=most, unique=True))
    first, last = (draw(_FIRST), draw(_LAST)) if draw(st.integers(0, 9)) == 9 else (None, None)
    sort = draw(st.sampled_from((None, None, "document", "relevance")))
    return Question(text, meaning, tuple(filters), first, last, sort)


def texts_on(
    submissions: Sequence[Submission], values: Mapping[str, Sequence[str]] = _VALUES
) -> st.SearchStrategy[Typed]:
    """Queries with their meanings, most of them for what *submissions* print; *values* are
    the names that fields are given."""
    printed = [p.text for s in submissions for p in s.paragraphs]
    leaves = _leaves(printed, values)
    return st.one_of(_bare(_words(printed)), _nested(leaves))


def worded_on(submissions: Sequence[Submission]) -> st.SearchStrategy[Typed]:
    """Queries of words alone, as :func:`texts_on`: what they mean no other text has a say in."""
    printed = [p.text for s in submissions for p in s.paragraphs]
    leaves = st.one_of(_words(printed), _phrases(printed), _near(printed), _loose())
    return _nested(leaves)


def asked(
    submissions: Sequence[Submission],
    count: int,
    values: Mapping[str, Sequence[str]] = _VALUES,
) -> st.SearchStrategy[list[Question]]:
    """So many searches in *submissions*."""
    carried = {
        (field, value)
        for record in Oracle(submissions, {}).records
        for field, found in record.values.items()
        for value in found
    }
    choices = [*sorted(carried), *_CHOICES]
    texts = texts_on(submissions, values)
    return st.lists(questions(texts, choices), min_size=count, max_size=count)


def cases(count: int) -> st.SearchStrategy[tuple[list[Submission], list[Question]]]:
    """A corpus, and so many searches in it."""
    return corpora().flatmap(lambda made: st.tuples(st.just(made), asked(made, count)))
