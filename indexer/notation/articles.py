"""How is an article cited in French, Spanish or Russian? Number, and the law printed beside it.

``l'article 174 du Code pénal``, ``artículos 19 y 21 del PIDCP``, ``ст. 174 Уголовного
кодекса``. A provision is the same whatever language cites it, so its kind is ``article``.
Where the end of a law's name cannot be told from its form, the law is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from indexer.notation.provisions import NUMBER, Provision, plain


class _Words(NamedTuple):
    """How one language cites; all are patterns."""

    start: regex.Pattern[str]
    more: regex.Pattern[str]
    through: regex.Pattern[str]
    """The sign of a range in what stands between two numbers."""
    law: regex.Pattern[str]
    """What stands between number and law, and the law."""
    name: Callable[[str], str]
    """The law's name from how it is printed here."""


#: Acronyms of laws: ``PIDCP``, ``CP``, ``КоАП``.
_ACRONYM = r"(?=\p{L}*\p{Lu}\p{L}*\p{Lu})\p{Lu}\p{L}{1,9}(?![\p{L}\p{Nd}]|[-.]\w)"
_NO = r"(?:[Nn][°º]|[Nn]o\.?|[Nn]úm\.?|№)\s?"
_LAW_NUMBER = r"\p{Nd}[\p{L}\p{Nd}]*(?:[-/.][\p{L}\p{Nd}]+)*"


def _words(
    noun: str, joints: str, to: str, part: str, laws: str, name: Callable[[str], str] = str
) -> _Words:
    edge = r"(?<![\p{L}\p{Nd}])"
    return _Words(
        regex.compile(rf"{edge}(?:{noun})\s?(?P<n>{NUMBER}|(?:premier|1er)(?!\p{{L}}))"),
        regex.compile(rf"(?:\s*,\s*|,?\s+(?:{joints}|{to})\s+|\s?[–—]\s?)(?P<n>{NUMBER})"),
        regex.compile(rf"[–—]|(?<!\p{{L}})(?:{to})(?!\p{{L}})"),
        regex.compile(rf"(?:{part})?(?:{laws})"),
        name,
    )


# French
_ADJECTIVE = r"\p{Ll}+(?:al|ale|el|elle|il|ile|aire|ier|ière|ique)(?!\p{L})"
_CODE_OF = r"(?:du\s|de\sla\s|de\sl[’']|des\s|de\s)\p{Ll}+(?!\p{L})"
_FRENCH = _words(
    noun=r"[Aa]rticles?\s|ARTICLES?\s|[Aa]rts?\.",
    joints="et|ou",
    to="à",
    part=r",?\s+(?:paragraphes?|par\.|alinéas?|al\.|§)\s?\d{1,2}(?:\s+et\s+\d{1,2})?,?",
    laws=rf"\s+(?:du|de\sla|de\sl[’'](?=\p{{L}})|des|de)\s?(?P<law>[Cc]ode\s(?:{_CODE_OF}|{_ADJECTIVE})"
    rf"(?:\s{_ADJECTIVE})?"
    r"|(?:Constitution|Charte\safricaine\sdes\sdroits\sde\sl[’']homme\set\sdes\speuples|Charte"
    r"|Pacte\sinternational\srelatif\saux\sdroits\s(?:civils\set\spolitiques"
    r"|économiques,\ssociaux\set\sculturels)|Pacte"
    r"|Convention\s(?:contre\sla\storture|relative\saux\sdroits\s(?:de\sl[’']enfant"
    r"|des\spersonnes\shandicapées)|(?:européenne|américaine)\s(?:relative\saux|des)\sdroits"
    r"\sde\sl[’']homme)|Convention|Déclaration\suniverselle\sdes\sdroits\sde\sl[’']homme"
    rf"|Statut\sde\sRome)(?!\p{{L}})|[Ll]oi\s{_NO}{_LAW_NUMBER}|{_ACRONYM})",
)

# Spanish
_ADJETIVO = r"\p{L}+(?:al|il|ar|ico)(?!\p{L})"
_SPANISH = _words(
    noun=r"[Aa]rt[íi]culos?\s|ART[ÍI]CULOS?\s|[Aa]rts?\.",
    joints="y|e|o",
    to="al?",
    part=r",?\s+(?:párrafos?|apartados?|incisos?|numeral(?:es)?)\s?\d{1,2}(?:\s+y\s+\d{1,2})?,?",
    laws=rf"\s+(?:del|de\sla|de\slos|de)\s(?P<law>[Cc]ódigo\s(?:de\s(?:la\s)?\p{{L}}+|{_ADJETIVO})"
    rf"(?:\s{_ADJETIVO}){{0,2}}"
    r"|(?:Constitución\sPolítica|Constitución|Pacto\sInternacional\sde\sDerechos\s(?:Civiles\sy"
    r"\sPolíticos|Económicos,\sSociales\sy\sCulturales)|Pacto"
    r"|Convención\s(?:Americana\ssobre\sDerechos\sHumanos|contra\sla\sTortura"
    r"|sobre\slos\sDerechos\sdel\sNiño)|Convención|Declaración\sUniversal\sde\s(?:los\s)?Derechos"
    rf"\sHumanos|Estatuto\sde\sRoma)(?!\p{{L}})|[Ll]ey(?:\s\p{{Lu}}\p{{Ll}}+)?\s(?:{_NO})?{_LAW_NUMBER}|{_ACRONYM})",
)


# Russian: the law follows in the genitive, and is named in the nominative.
_NOMINATIVE = (
    (regex.compile(r"(?<=[кгх])ого(?=\s)"), "ий"),
    (regex.compile(r"(?<=[Тт]рудов)ого(?=\s)"), "ой"),
    (regex.compile(r"ого(?=\s)"), "ый"),
    (regex.compile(r"([Кк]одекс|[Пп]акт|[Зз]акон)а(?!\p{L})"), r"\1"),
    (regex.compile(r"(Конституци|Конвенци|Деклараци)и(?!\p{L})"), r"\1я"),
    (regex.compile(r"Всеобщей(?=\s)"), "Всеобщая"),
)


def _nominative(law: str) -> str:
    for pattern, replacement in _NOMINATIVE:
        law = pattern.sub(replacement, law)
    return law


_RUSSIAN = _words(
    noun=r"(?:[Сс]тать(?:я|и|е|ю|[её]й|ям|ями|ях)|[Сс]татей)\s|[Сс]т\.",
    joints="и|или",
    to="по|до",
    part=r"(?!)",
    laws=r"\s+(?P<law>\p{Lu}[\p{Ll}\-]+ого\sкодекса(?!\p{L})"
    r"|[Кк]одекса\sоб\sадминистративных\sправонарушениях"
    r"|Международного\sпакта\sо\sгражданских\sи\sполитических\sправах"
    r"|Международного\sпакта\sоб\sэкономических,\sсоциальных\sи\sкультурных\sправах"
    r"|(?:Всеобщей\sдекларации\sправ\sчеловека|Конвенции\s(?:против\sпыток|о\sправах\s(?:реб[её]нка"
    r"|инвалидов))|Конституции|Конвенции|Пакта)(?!\p{L})"
    rf"|[Зз]акона\s«[^»\n]{{3,120}}»|{_ACRONYM}(?:\sР\p{{Lu}}\p{{L}}?(?!\p{{L}}))?)",
    name=_nominative,
)

_LANGUAGES = {"fr": _FRENCH, "es": _SPANISH, "ru": _RUSSIAN}
#: The languages that are read here.
LANGUAGES = frozenset(_LANGUAGES)


def find_articles(text: str, language: str) -> Iterator[tuple[int, int, Provision]]:
    """Yield (start, end, provision) of every article cited in *text*, in order.

    Of a list each member is a provision; the law belongs to all, and is printed in the last
    one's span.

    >>> [p.number for _, _, p in find_articles("les articles 19 et 21 du Pacte", "fr")]
    ['19', '21']
    """
    words = _LANGUAGES[language]
    last = 0
    for match in words.start.finditer(text):
        if match.start() < last:
            continue
        spans = [(match.start(), match.end(), _number(match["n"]))]
        while more := words.more.match(text, spans[-1][1]):
            if words.through.search(text[spans[-1][1] : more.start("n")]):
                start, _, number = spans[-1]
                spans[-1] = (start, more.end(), f"{number}-{_number(more['n'])}")
            else:
                spans.append((more.start("n"), more.end(), _number(more["n"])))
        printed = words.law.match(text, spans[-1][1])
        law = words.name(printed["law"]) if printed else None
        for start, stop, number in spans[:-1]:
            yield start, stop, Provision("article", number, law)
        start, stop, number = spans[-1]
        last = printed.end() if printed else stop
        yield start, last, Provision("article", number, law)


def _number(printed: str) -> str:
    return "1" if printed in ("premier", "1er") else plain(printed)
