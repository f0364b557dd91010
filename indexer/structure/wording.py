"""Which words frame a submission? Headings, months, kinds of document, by language.

Data only, for the languages of the United Nations: English, French, Spanish, Russian, with
the decisive words in Arabic, Chinese and Portuguese. Compared in lower case, as printed otherwise.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier enero января январь",
            "february feb février fevrier febrero февраля февраль",
            "march mar mars marzo марта март",
            "april apr avril abril апреля апрель",
            "may mai mayo мая май",
            "june jun juin junio июня июнь",
            "july jul juillet julio июля июль",
            "august aug août aout agosto августа август",
            "september sep sept septembre septiembre setiembre сентября сентябрь",
            "october oct octobre octubre октября октябрь",
            "november nov novembre noviembre ноября ноябрь",
            "december dec décembre decembre diciembre декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}

#: Titles of sections that lead up to what a submission reports.
INTRODUCTION = re.compile(
    r"(?:general\s+)?(?:introduction|introductory|background|executive\s+summary|summary|preface"
    r"|foreword|context|presentation|methodology|about\s+(?:the\s+|this\s+)?\w+"
    r"|résumé|contexte|présentation|méthodologie|avant-propos|introducción|antecedentes|resumen"
    r"|contexto|presentación|metodología|prólogo|введение|предисловие|резюме|общие\s+сведения"
    r"|справочная\s+информация|методология|introdução|resumo|sumário|apresentação|prefácio"
    r"|metodologia|(?:ال)?(?:مقدمة|تمهيد|خلفية|ملخص|موجز|منهجية)"
    r"|引言|导言|前言|概述|摘要|背景|方法)(?!\w)",
    re.IGNORECASE,
)
#: Titles of sections that ask something of the State.
RECOMMENDATION = re.compile(
    r"\b(?:recommend\w*|recommand\w*|recomenda\w*|рекоменд\w*)|توصي|建议", re.IGNORECASE
)
#: Titles that speak of recommendations made earlier: they report, they do not ask.
EARLIER_RECOMMENDATIONS = re.compile(
    r"\b(?:implement\w*|follow[\s-]?up|status|progress|compliance|fulfil\w*|mise\s+en\s+(?:œ|oe)uvre"
    r"|suivi|acompanhamento|aplicación|implementación|seguimiento|cumplimiento|выполнени\w*|осуществлени\w*)\b"
    r".{0,60}\b(?:recommend|recommand|recomenda|рекоменд)"
    r"|\b(?:previous|past|earlier|prior|accepted|noted|supported|rejected|received|précédent\w*"
    r"|acceptée?s?|anteriores|предыдущ\w*|принят\w*)\b.{0,30}\b(?:recommend|recommand|recomenda|рекоменд)"
    r"|\b(?:recommend|recommand|recomenda|рекоменд)\w*\b.{0,40}\b(?:previous|first|second|third|last"
    r"|accepted|précédent\w*|anterior(?:es)?|предыдущ\w*)\b"
    r"|(?:تنفيذ|متابعة|السابق).{0,40}توصي|توصي.{0,40}السابق"
    r"|(?:落实|执行|后续|接受|上一).{0,20}建议|建议.{0,20}(?:落实|执行|后续)",
    re.IGNORECASE,
)
#: Other titles that stand on the first level even where they bear no number.
MAIN_TITLE = re.compile(
    r"(?:conclusions?|conclusiones|conclus(?:ão|ões)|заключение|выводы|annex(?:e|es)?|anexos?"
    r"|appendi(?:x|ces)|приложени[ея]|recommendations?|recommandations|recomenda(?:ciones|ções)"
    r"|рекомендации|(?:ال)?(?:توصيات|خاتمة|مرفق(?:ات)?)|建议|结论|附件)(?!\w)"
    r"(?:\s+(?:[IVX]{1,4}|[A-Z]|[0-9]{1,2})(?!\w))?",
    re.IGNORECASE,
)
#: Words of a sentence that a list completes: "We recommend that the Government:" is no title.
LEAD_IN = re.compile(
    r"\b(?:we|should|must|shall|recommends?|calls?\s+(?:up)?on|urges?|requests?|is|are|was|were|has"
    r"|have|following|nous|devrait|doit|demandons|recommandons|recommande|suivante?s?|debe|debería"
    r"|recomienda|recomendamos|instamos|siguientes?|мы|должн\w+|следует|рекомендуем|рекомендует"
    r"|просим|следующ\w+)\b|\b(?:to|that|of|que|de|à|a|что)$",
    re.IGNORECASE,
)
#: Lines after which notes are printed; the whole line.
NOTES = re.compile(
    r"(?:end\s?-?notes?|foot\s?-?notes?|notes?|references?|sources?|notes\s+de\s+bas\s+de\s+page"
    r"|références?|notas?(?:\s+al\s+pie)?|referencias|fuentes|примечани[ея]|сноски|источники"
    r"|الحواشي|脚注|注释)",
    re.IGNORECASE,
)
#: First words of a front matter's lines that are no title and no heading.
FRONT_WORDS = re.compile(
    r"(?:joint\s+)?(?:submi(?:ssion|tted|tting)|presented|prepared|stakeholders?\b|authors?\b|contact"
    r"|e-?mail|tel(?:ephone)?\b|phone|fax|web(?:\s?site)?\b|address|date\b|dated|for\s+(?:the\s+)?consideration"
    r"|table\s+of\s+contents|contents\b|words?\b|word\s+count|word\s+limit|session\b"
    r"|soumis|soumission|présentée?\s+par|contribution|courriel|site\b|adresse|fecha|presentado|presentada"
    r"|correo|sitio|dirección|teléfono|представлено|подготовлено|дата|эл\.|тел\.|сайт|адрес|содержание)",
    re.IGNORECASE,
)

#: Lines of front matter that only say by whom, when or how to reach; none is a title.
FRONT_LABELS = re.compile(
    r"(?:.{0,40}\b(?:submission|report|contribution|submitted|presented|prepared)\s+(?:jointly\s+)?by\s*:"
    r"|(?:jointly\s+)?(?:submitted|presented|prepared|authors?|contact|e-?mail|tel(?:ephone)?|phone|fax"
    r"|web(?:\s?site)?|address|(?:submission\s+)?date|dated|for\s+(?:the\s+)?consideration"
    r"|table\s+of\s+contents|contents|words?|word\s+(?:count|limit)|soumise?|présentée?"
    r"|courriel|adresse|fecha|presentad[oa]|correo|dirección|teléfono|представлено|подготовлено"
    r"|дата|эл|тел|сайт|адрес|содержание)(?!\w))",
    re.IGNORECASE,
)

#: What a document calls itself, and the name the library uses. The first that fits holds.
KINDS = (
    (
        re.compile(
            r"\bjoint\s+(?:\w+\s+){0,2}(?:submission|report|contribution)|\bsubmitted\s+jointly"
            r"|\b(?:contribution|soumission|rapport|communication)\s+conjointe?"
            r"|\b(?:informe|contribución|comunicación|presentación)\s+conjunt[oa]"
            r"|\bсовместн\w+\s+(?:представлени|доклад|сообщени)",
            re.IGNORECASE,
        ),
        "joint submission",
    ),
    (
        re.compile(
            r"\bindividual\s+(?:\w+\s+)?(?:submission|report)|\bcontribution\s+individuelle"
            r"|\b(?:informe|contribución)\s+individual",
            re.IGNORECASE,
        ),
        "individual submission",
    ),
    (
        re.compile(
            r"\bnational\s+report|\brapport\s+national|\binforme\s+nacional"
            r"|\bнациональный\s+доклад",
            re.IGNORECASE,
        ),
        "national report",
    ),
    (
        re.compile(
            r"\b(?:alternative|shadow)\s+report|\brapport\s+alternatif|\binforme\s+(?:alternativo|sombra)"
            r"|\bальтернативный\s+доклад",
            re.IGNORECASE,
        ),
        "alternative report",
    ),
)
#: Where a document does not say what it is.
DEFAULT_KIND = "submission"

_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60}
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
    " nineteenth"
).split()
#: English ordinals up to the sixty-ninth session.
ORDINALS = (
    {word: n for n, word in enumerate(_ONES, 1)}
    | {word: n for n, word in enumerate(_TEENS, 10)}
    | {f"{stem}ieth": n for stem, n in _TENS.items()}
    | {f"{stem}y-{one}": n + i for stem, n in _TENS.items() for i, one in enumerate(_ONES, 1)}
)

_ORDINAL_WORD = "|".join(sorted(ORDINALS, key=len, reverse=True))
#: The number of a session, in digits or words.
SESSION = re.compile(
    rf"(?<![\w/.])(?:(?P<digits>[1-9][0-9]?)\s?(?:st|nd|rd|th|e|è?me|ère|er|[ªº°]|[.]º|\.|-?[а-я]{{1,2}})?"
    rf"|(?P<words>{_ORDINAL_WORD}))\s+"
    r"(?:\w+\s+){0,2}(?:session|sesi[oó]n|per[ií]odo\s+de\s+sesiones|сесси\w+)\b"
    r"|\b(?:session|sesi[oó]n|сесси\w+)\s+(?:no\.?\s?|nº\s?|№\s?)?(?P<after>[1-9][0-9]?)\b(?![/.])",
    re.IGNORECASE,
)

#: Words by which a line speaks of the review itself.
WORKING_GROUP = re.compile(
    r"\bUPR\b|universal\s+periodic|working\s+group|\bEPU\b|examen\s+p[eé]ri[oó]di|\bУПО\b|"
    r"универсальн\w+\s+период", re.IGNORECASE
)  # fmt: skip

# Frequent little words that tell one language from the others in a few pages of prose.
_LITTLE_WORDS = {
    "en": "the of and to in that is was by for with were has been on are which",
    "fr": "le la les des et du que dans est par pour une sur aux ont été qui",
    "es": "el la los las del que en por una para con se su han fue como al",
    "pt": "o os as da do dos das que em por uma para com não foi são no na ao",
}
LITTLE_WORDS = {code: frozenset(words.split()) for code, words in _LITTLE_WORDS.items()}
