"""What may a corpus be? Submissions put together at random from pieces of real wording."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from indexer.model import (
    Alias,
    DateValue,
    Entity,
    EntityType,
    Footnote,
    FootnoteMark,
    Mention,
    Paragraph,
    Section,
    Source,
    Submission,
    Submitter,
)

#: Names of the States under review.
STATES = {"KAZ": "Kazakhstan", "FRA": "France", "PER": "Peru"}

#: Words by language. Forms of a few words, so that questions find something.
WORDS = {
    "en": (
        "torture Tortured tortures prison prisons police detained detention rule rules law laws"
        " of the and in pre-trial pretrial pre trial non-governmental re-trial anti-corruption"
        " organization organisations organised Kazakhstan’s Świącicki S\u0301wia\u0328cicki"
        " SWIACICKI don't U.N. NGOs 1,413 1413 99.8 170\u00a0000 16/2017 2018"
        " higher-level state-of-the-art well-known co-operation O'Brien ban bans 25-year-old"
        " do-it-yourself-or-die-now cooperation anticorruption O’Brien’s"
        " 人权 日本 กฎหมาย пытки tor\u00adture pris\u200don \u202eevil\u202c ½ x²"
    ).split(" "),
    "fr": (
        "l'organisation l’organisation organisations détenu détenus DÉTENUE droit droits de la les"
        " l'avant-garde avant-gardes avantgarde d’avocats avocat loi lois torture prison"
        " qu'il important Świącicki 1,413 police rule"
    ).split(" "),
    "ru": "пытки пыток ПЫТКАМИ право прав и в на ещё еще закон закона torture ОБСЕ 2018".split(" "),
    "kk": "азаптау азаптауды түрме түрмеде және бұл құқық torture 2018 заң".split(" "),
    "ar": "تعذيب التعذيب السجن سجون في من القانون قانون torture ٢٠١٨".split(" "),
    "zh": "酷刑 监狱 法律 人权 人权法 torture 2018年".split(" "),
    "hi": "यातना यातनाएँ यातनाओं कारागार कानून और torture".split(" "),
    "tr": "işkence İşkence cezaevi hukuk hukuku ve bir torture ISPARTA ısparta".split(" "),
}  # fmt: skip
JOINTS = (" ", " ", " ", " ", " ", ", ", ". ", " “", "” ", " (", ") ", "\n", " – ", "; ", "  ",
          "\u00a0", " \u2066", "\u2069 ", "’ ", "/")  # fmt: skip
EMPTY = ("—", "…", "\u200b", "( )", "¹")

TITLES = ("Torture", "Freedom of the press", "FREEDOM OF THE PRESS", "Prisons & police",
          "Рекомендации", "Suggestions", "I", "—")  # fmt: skip
NOTES = ("Report of the collective complaint", "See tortured prisoners, 2018",
         "«Rule of law»", "Ibid.", "pre-trial detention, p. 5")  # fmt: skip
URLS = ("https://www.ohchr.org/en/A_HRC_WGAD_2017_16", "http://Example.org/a%2fb,c?x=1",
        "https://tengri.kz/é/1_2", "https://site.gov/e.g/Page.HTML")  # fmt: skip
DATES: tuple[tuple[str, DateValue], ...] = (
    ("March 2018", "2018-03"), ("14 February 2019", "2019-02-14"), ("2018", "2018"),
    ("2016–2018", "2016/2018"), ("May to July 2018", "2018-05/2018-07"),
    ("February and March 2019", ("2019-02", "2019-03")), ("31 December 2018", "2018-12-31"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """An entity and how texts print it."""

    type: EntityType
    id: str
    label: str
    printed: tuple[str, ...]
    law: str | None = None


ENTITIES = (
    Named("person", "iskander-yerimbetov", "Iskander Yerimbetov",
          ("Iskander Yerimbetov", "Yerimbetov")),
    Named("person", "aygul-akberdiyeva", "Aygul Akberdiyeva",
          ("Aygul Akberdiyeva", "Aigul Akberdiyeva")),
    Named("person", "max-bokayev", "Max Bokayev", ("Max Bokayev", "Bokayev")),
    Named("person", "asel-bokayev", "Asel Bokayev", ("Asel Bokayev", "Bokayev")),
    Named("organisation", "open-dialogue", "Open Dialogue Foundation", ("ODF",)),
    Named("un_body", "wgad", "Working Group on Arbitrary Detention", ("WGAD",)),
    Named("place", "almaty", "Almaty", ("Almaty", "Alma-Ata")),
    Named("law", "criminal-code", "Criminal Code", ("CC", "Criminal Code")),
    Named("law", "constitution", "Constitution", ("Constitution",)),
    Named("provision", "article-174-criminal-code", "Article 174 of the Criminal Code",
          ("Article 174 of the CC", "Art. 174"), "criminal-code"),
    Named("provision", "article-174-2-criminal-code", "Article 174(2) of the Criminal Code",
          ("Article 174(2)",), "criminal-code"),
    Named("provision", "article-174", "Article 174", ("Article 174", "art. 174")),
    Named("provision", "article-20-constitution", "Article 20 of the Constitution",
          ("Article 20 of the Constitution",), "constitution"),
    Named("case", "opinion-16-2017", "Opinion No. 16/2017",
          ("Opinion No. 16/2017", "A/HRC/WGAD/2017/16")),
    Named("media", "radio-azattyq", "Radio Azattyq", ("Radio Azattyq", "Azattyq")),
)  # fmt: skip

LANGUAGES = ("en", "en", "en", "en", "fr", "ru", "kk", "ar", "zh", "tr", "hi")


def piece(language: str) -> st.SearchStrategy[object]:
    """A word, a name, or a date."""
    words = st.sampled_from(WORDS[language])
    return st.one_of(
        words,
        words,
        words,
        st.sampled_from(ENTITIES).flatmap(
            lambda named: st.tuples(st.just(named), st.sampled_from(named.printed))
        ),
        st.sampled_from(DATES),
    )


PIECES = {language: piece(language) for language in WORDS}


def _written(pieces: Sequence[object], joints: Sequence[str]) -> tuple[str, list[Mention]]:
    """The text of *pieces* with *joints* between them, and what it mentions."""
    text, mentions = "", []
    for place, one in enumerate(pieces):
        text += joints[place % len(joints)] if place else ""
        if isinstance(one, str):
            text += one
            continue
        assert isinstance(one, tuple)
        if isinstance(one[0], Named):
            named, printed = one
            span = (len(text), len(text) + len(printed))
            mentions.append(Mention(*span, printed, named.type, named.id, "rule"))
        else:
            printed, value = one
            span = (len(text), len(text) + len(printed))
            mentions.append(Mention(*span, printed, "date", None, "rule", value))
        text += printed
    return text, mentions


@st.composite
def _texts(draw: st.DrawFn, language: str) -> tuple[str, list[Mention]]:
    if draw(st.integers(0, 15)) == 15:
        return draw(st.sampled_from(EMPTY)), []
    pieces = draw(st.lists(PIECES[language], min_size=1, max_size=9))
    return _written(pieces, draw(st.lists(st.sampled_from(JOINTS), min_size=1, max_size=4)))


TEXTS = {language: _texts(language) for language in WORDS}


@st.composite
def _numbers(draw: st.DrawFn, count: int) -> list[str]:
    """Numbers of paragraphs: as they follow each other, some repeated, some missing."""
    start = draw(st.sampled_from((1, 1, 1, 7, 44, 47)))
    style = draw(st.sampled_from(("{}", "{}", "{}", "3.{}")))
    numbers = [style.format(start + n) for n in range(count)]
    for place in range(1, count):
        trap = draw(st.integers(0, 9))
        if trap == 9:
            numbers[place] = f"u{place}"
        elif trap == 8 and "~" not in numbers[place - 1] and not numbers[place - 1].startswith("u"):
            numbers[place] = f"{numbers[place - 1]}~2"
        elif trap == 7:
            numbers[place] = style.format(start + count + place)
    return numbers


@st.composite
def _sections(draw: st.DrawFn) -> list[Section]:
    """Headings, some inside others."""
    made: list[Section] = []
    for label in ("I", "II", "VI")[: draw(st.integers(0, 3))]:
        made.append(Section(label, label, draw(st.sampled_from(TITLES)), 1, None, (), ()))
        for inner in range(1, 1 + draw(st.integers(0, 2))):
            title = draw(st.sampled_from(TITLES))
            made.append(Section(f"{label}.{inner}", str(inner), title, 2, label, (), ()))
    return made


@st.composite
def submissions(draw: st.DrawFn, id_: str) -> Submission:
    """One submission of the given id."""
    language = draw(st.sampled_from(LANGUAGES))
    texts = draw(st.lists(TEXTS[language], min_size=1, max_size=5))
    numbers = draw(_numbers(len(texts)))
    sections = draw(_sections())
    inside = [None, *(section.id for section in sections)]
    kinds = draw(st.sampled_from(("narrative", "introduction narrative recommendation"))).split()
    paragraphs: list[Paragraph] = []
    for place, ((text, mentions), number) in enumerate(zip(texts, numbers, strict=True)):
        section = inside[min(len(inside) - 1, place)]
        paragraphs.append(
            Paragraph(
                number,
                f"para_{number}",
                text,
                section,
                kinds[place % len(kinds)],  # type: ignore[arg-type]  # one of the three
                mentions=tuple(mentions),
            )
        )
    footnotes = draw(st.lists(_footnotes(numbers), max_size=3))
    notes = tuple(replace(note, number=str(12 + n)) for n, note in enumerate(footnotes))
    marked = tuple(
        replace(
            p, footnotes=tuple(FootnoteMark(n.number, 0) for n in notes if p.number in n.paragraphs)
        )
        for p in paragraphs
    )
    state = draw(st.sampled_from((*STATES, None)))
    return Submission(
        id=id_,
        title=f"Submission {id_}",
        kind="joint submission",
        state=state,
        session=draw(st.sampled_from(("34", "35", None))),
        date=None,
        language=language,
        source=Source(
            f"{id_}.txt", hashlib.sha256(id_.encode()).hexdigest(), "text/plain", "utf-8", True, 0
        ),
        submitters=draw(
            st.sampled_from(
                (
                    (),
                    (Submitter("ODF", "Open Dialogue Foundation"),),
                    (Submitter("РХ", "Речной дом"), Submitter("ODF", "ODF")),
                )
            )
        ),
        sections=tuple(
            replace(s, paragraphs=tuple(p.number for p in marked if p.section == s.id))
            for s in sections
        ),
        paragraphs=marked,
        footnotes=notes,
        entities=_entities(marked),
        codes=draw(st.sampled_from(((), ("JS5",), ("JS2", "ODF")))),
    )


def _footnotes(numbers: list[str]) -> st.SearchStrategy[Footnote]:
    return st.builds(
        Footnote,
        number=st.just("0"),
        text=st.sampled_from(NOTES),
        urls=st.lists(st.sampled_from(URLS), max_size=2, unique=True).map(tuple),
        paragraphs=st.lists(st.sampled_from(numbers), max_size=2, unique=True).map(tuple),
    )


def _entities(paragraphs: Sequence[Paragraph]) -> tuple[Entity, ...]:
    """What the paragraphs name; a provision's law comes along."""
    where: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        for mention in paragraph.mentions:
            if mention.entity and paragraph.number not in where.setdefault(mention.entity, []):
                where[mention.entity].append(paragraph.number)
    laws = {named.law for named in ENTITIES if named.id in where and named.law}
    return tuple(
        Entity(
            named.id,
            named.type,
            named.label,
            tuple(Alias(text, "printed so") for text in named.printed if text != named.label),
            tuple(where.get(named.id, ())),
            named.law,
        )
        for named in ENTITIES
        if named.id in where or named.id in laws
    )


IDS = ("alpha", "kaz-2019-odf", "beta-2", "rd1")


@st.composite
def corpora(draw: st.DrawFn) -> list[Submission]:
    """A few submissions."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    return [draw(submissions(id_)) for id_ in ids]
