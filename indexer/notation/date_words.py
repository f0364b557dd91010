"""With which words does a language write a date? Months, joints, what is counted.

How the words come together is the same in every language and stands in
:mod:`indexer.notation.dates`. A language without words here has the dates that are written
in figures, and years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

DASH = r"[-‐‑–—]"
# Submissions speak of the nineteenth century on, and of targets some decades ahead.
_YEAR = (
    r"(?:1[89]\d\d|20\d\d|2100)"
    r"(?![^\W_]|[.,]\d|/\d|%|[-‑]{letter}|-(?!(?:1[89]|20)\d\d(?!\d))\d{{3}})"
)
#: Days, days of months, years: in figures alike in every language.
_FIGURES = r"""
      (?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\w))
    | (?P<numeric>(?:0?[1-9]|[12]\d|3[01])(?P<mark>[./])(?:0?[1-9]|[12]\d|3[01])(?P=mark)
        (?:19|20)\d\d(?![\w/]))"""
_YEARS = r"""
    | (?P<y4>{year})
    | (?P<season>(?:19|20)\d\d/(?:(?:19|20)\d\d|\d\d)(?![\w/]))"""
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language, compiled."""

    months: dict[str, int]
    """As printed, in lower case save in English."""
    folds: bool
    """Whether months are looked up in lower case."""
    atom: re.Pattern[str]
    """One date with at most one month and year. Its groups are those of English's."""
    range_gap: re.Pattern[str]
    """What makes a range of the dates before and after it."""
    list_gap: re.Pattern[str]
    """What makes a list of them."""
    through: re.Pattern[str]
    """The sign of a range between two days of one month."""
    both: re.Pattern[str]
    """What stands between the ends where :attr:`between` stands before them."""
    between: re.Pattern[str]
    numbered: re.Pattern[str]
    """What stands before a number that is no year."""
    counted: re.Pattern[str]
    """What stands after a number that is no year, unless :attr:`definite` is before it."""
    definite: re.Pattern[str]
    day_first: bool
    """Whether the first of two figures with a slash is always the day."""
    when: re.Pattern[str]
    """What makes a time of a month without a year; to be looked for before it."""


_NAMES = ("January February March April May June July August September October November"
         " December").split()  # fmt: skip
_MONTHS = {name: n for n, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3]: n for n, name in enumerate(_NAMES, 1)} | {"Sept": 9}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![^\W_])\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d/%]|[.,]\d)"
_YEAR_EN = _YEAR.format(letter="[A-Za-z]")
_DAYS = (
    rf"{_DAY}(?:(?:\s?{DASH}\s?|\s*,\s*|\s+(?:and|to|or|until|through)\s+|,\s+and\s+)"
    rf"{_DAY}){{0,7}}"
)
_ENGLISH = DateWords(
    months=_MONTHS,
    folds=False,
    day_first=False,
    atom=re.compile(
        # The first look leaves out most places at once: a figure, a month or "the" opens a
        # date.
        rf"""(?=[\dJFMASONDt])(?<![\w/№#])(?<!\d[.,])(?:{_FIGURES}
| (?:the\s+)?(?P<days>{_DAYS})\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y1>{_YEAR_EN}))?
| (?P<m2>{_MONTH})\s+(?P<days2>{_DAYS})(?:,?\s+(?P<y2>{_YEAR_EN}))?
| (?P<m3>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y3>{_YEAR_EN}))?{_YEARS.format(year=_YEAR_EN)}
)""",
        re.VERBOSE,
    ),
    range_gap=re.compile(rf"\s?{DASH}\s?|\s+(?:to|until|till|through)\s+"),
    list_gap=re.compile(r",\s*|\s+(?:and|or|&)\s+|,\s+(?:and|or)\s+"),
    through=re.compile(rf"{DASH}|\b(?:to|until|through)\b"),
    both=re.compile(r"\s*and\s*"),
    between=re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE),
    numbered=re.compile(
        r"(?:\b[Nn]os?\.?|№|#|\b[Nn]umber|[€$£]|\bpara(?:s|graph)?\.?|\bRes\.?)\s*$"
    ),
    # What is counted in such texts; "2026 cases" is a number unless an article makes it a
    # year.
    counted=re.compile(
        r"\s+(?:(?:new|other|such|criminal|individual|civil|recorded|reported|registered"
        r"|alleged)\s+)?(?:fewer|more(?! than)|less(?! than)|cases?|people|persons?|individuals"
        r"|complaints?|incidents?|votes?"
        r"|prisoners|inmates|detainees|children|women|men|victims|families|households|members"
        r"|deaths|arrests|allegations|violations|applications|petitions|signatures|judgments"
        r"|euros?|dollars?|pounds|tenge|kilomet\w+|km|miles|met(?:er|re)s|hectares|tons|tonnes"
        r"|times|hours|days|weeks|months|years|pages|schools|websites|accounts|villages)\b"
    ),
    definite=re.compile(
        r"\b(?:the|its|their|his|her|of|this|since|until|after|before|during)\s+$",
        re.IGNORECASE,
    ),
    # A month without a year is a date only where a word before it says when.
    when=re.compile(
        r"\b(?:in|since|until|till|by|during|of|from|after|before|early|late|mid|throughout"
        r"|last)[\s-]$",
        re.IGNORECASE,
    ),
)


@cache
def words_of(language: str) -> DateWords:
    """The words of *language*, an ISO 639-1 code."""
    if language == "en":
        return _ENGLISH
    table = _TABLES.get(language)
    return _of_table(table) if table is not None else _figures_only()


@dataclass(frozen=True, slots=True)
class _Table:
    """A language that writes day, month and year in this order. All are patterns."""

    months: str
    """Twelve groups with ``;`` between; a shortened month with its full stop."""
    first: str
    """What may follow the figure of a day."""
    of: str
    """What stands between day and month."""
    of_year: str
    """What stands between month and year."""
    to: str
    both: str
    """"and": also between the ends of a range."""
    either: str
    """"or"."""
    article: str
    """What may stand again before the second date of two."""
    between: str
    definite: str
    """Words that make a year of a number whatever comes after."""
    when: str
    counted: str
    after_year: str = ""
    """A word for year, part of the date."""


def _of_table(table: _Table) -> DateWords:
    months = {
        name: n for n, names in enumerate(table.months.split(";"), 1) for name in names.split()
    }
    printed = sorted(months, key=len, reverse=True)
    month = "(?i:" + "|".join(map(re.escape, printed)) + r")(?![^\W_])"
    year = _YEAR.format(letter=r"[^\W\d_]") + (
        f"(?:{table.after_year})?" if table.after_year else ""
    )
    day = rf"(?:0?[1-9]|[12]\d|3[01])(?:{table.first})?(?![\d/%]|[.,]\d)"
    article = rf"(?:{table.article})?"
    joint = rf"(?:{table.to}|{table.both}|{table.either})"
    days = rf"{day}(?:(?:\s?{DASH}\s?|\s*,\s*|,?\s+{joint}\s+){article}{day}){{0,7}}"
    initials = "".join(sorted({name[0] for name in months} | {name[0].upper() for name in months}))
    return DateWords(
        months=months,
        folds=True,
        day_first=True,
        atom=re.compile(
            rf"""(?=[\d{initials}])(?<![\w/№#])(?<!\d[.,])(?:{_FIGURES}
    | (?P<days>{days}){table.of}(?P<m1>{month})(?:{table.of_year}(?P<y1>{year}))?
    | (?P<m3>{month})(?:{table.of_year}(?P<y3>{year}))?{_YEARS.format(year=year)}
    | (?!)(?P<m2>)(?P<days2>)(?P<y2>)
    )""",
            re.VERBOSE,
        ),
        range_gap=re.compile(rf"\s?{DASH}\s?|\s+(?:{table.to})\s+{article}", re.IGNORECASE),
        list_gap=re.compile(
            rf",\s*{article}|,?\s+(?:{table.both}|{table.either})\s+{article}", re.IGNORECASE
        ),
        through=re.compile(rf"{DASH}|\b(?:{table.to})\b"),
        both=re.compile(rf"\s+(?:{table.both})\s+{article}"),
        between=re.compile(rf"\b(?:{table.between})\s+{article}$", re.IGNORECASE),
        numbered=_NUMBERED,
        counted=re.compile(rf"\s+(?:{table.counted})\b"),
        definite=re.compile(rf"\b(?:{table.definite})\s+$", re.IGNORECASE),
        when=re.compile(rf"\b(?:{table.when})[\s-]$", re.IGNORECASE),
    )


def _figures_only() -> DateWords:
    year = _YEAR.format(letter=r"[^\W\d_]")
    return DateWords(
        months={},
        folds=True,
        day_first=False,
        atom=re.compile(
            rf"(?=\d)(?<![\w/№#])(?<!\d[.,])(?:{_FIGURES}{_YEARS.format(year=year)}"
            r"|(?!)(?P<days>)(?P<m1>)(?P<y1>)(?P<m2>)(?P<days2>)(?P<y2>)(?P<m3>)(?P<y3>))",
            re.VERBOSE,
        ),
        range_gap=re.compile(rf"\s?{DASH}\s?"),
        list_gap=_NEVER,
        through=re.compile(DASH),
        both=_NEVER,
        between=_NEVER,
        numbered=_NUMBERED,
        counted=_NEVER,
        definite=_NEVER,
        when=_NEVER,
    )


#: Signs of a number, of all languages together: they look alike and never stand before a year.
_NUMBERED = re.compile(
    r"(?:\b[Nn]os?\.?|№|#|\b[Nn]\s?[°º]\.?|\b[Nn]úms?\.?|\b[Nn]um[eé]ros?|\b[Nn]úmeros?"
    r"|\b[Nn]rn?\.|\b[Nn]ummer|\b[Нн]омер\w*|[€$£§]|\b[Pp]ar(?:a|ágrafo|agraphes?|ágr)?\.?"
    r"|\b[Pp]árrs?\.?|\b[Рр]ez\.?|\bпп?\.|\bпункт\w*|\b[Aa]rts?\.?|\bст\.)\s*$"
)

_ROMANCE_COUNTED = (
    r"kil[oó]m\w+|km|h[ae]ct[aá]r\w+|d[oó]l+ar\w*|euros?|francs|pesos|reais|quetzales|lempiras"
)
_TABLES = {
    "fr": _Table(
        months="janvier janv.;février fevrier févr. fév.;mars;avril avr.;mai;juin;juillet juil.;"
        "août aout;septembre sept.;octobre oct.;novembre nov.;décembre decembre déc.",
        first=r"er|ᵉʳ",
        of=r"\s+",
        of_year=r"\s+(?:de\s+l[’']année\s+)?",
        to=r"à|au|jusqu[’'](?:à|au|en)",
        both="et",
        either="ou",
        article=r"l[ea]s?\s+|l[’']année\s+|en\s+|du\s+|au\s+",
        between="entre",
        definite=r"en|depuis|année|années|fin|début|dès|courant|à\s+partir\s+de|jusqu[’']en",
        when=r"en|depuis|dès|fin|début|mi|courant|avant|après|jusqu[’']en|mois\s+de",
        counted=r"(?:nouveaux|nouvelles|autres|prétendue?s|présumée?s)?\s*(?:cas|personnes?"
        r"|plaintes?|affaires|incidents|voix|détenue?s|prisonni\w+|enfants|femmes|hommes|victimes"
        r"|familles|ménages|membres|décès|morts|arrestations|allégations|violations|requêtes"
        r"|pétitions|signatures|jugements|fois|heures|jours|semaines|mois|ans|années|pages|écoles"
        r"|sites|comptes|villages|réfugiée?s|déplacée?s|manifestante?s|journalistes|tonnes|mètres"
        rf"|{_ROMANCE_COUNTED})",
    ),
    "es": _Table(
        months="enero ene.;febrero feb.;marzo;abril abr.;mayo;junio jun.;julio jul.;agosto ago.;"
        "septiembre setiembre sep. sept. set.;octubre oct.;noviembre nov.;diciembre dic.",
        first=r"\.?[º°]|ro",
        of=r"\s+(?:de\s+)?",
        of_year=r",?\s+(?:del?\s+)?(?:año\s+)?",
        to=r"al?|hasta",
        both=r"y|e",
        either=r"o|u",
        article=r"el\s+(?:d[ií]a\s+)?|en\s+|del?\s+|los\s+",
        between="entre",
        definite=r"desde|año|años|hasta|desde\s+el|a\s+partir\s+de|mediados\s+de|finales\s+de"
        r"|principios\s+de|durante",
        when=r"en|desde|hasta|durante|antes\s+de|después\s+de|mes\s+de|finales\s+de|mediados\s+de"
        r"|principios\s+de|inicios\s+de",
        counted=r"(?:nuev[oa]s|otr[oa]s|presunt[oa]s|supuest[oa]s)?\s*(?:casos?|personas?|denuncias?"
        r"|quejas|incidentes|votos|detenid[oa]s|pres[oa]s|reclus[oa]s|niñ[oa]s|mujeres|hombres"
        r"|víctimas|familias|hogares|miembros|muertes|muert[oa]s|arrestos|detenciones|alegaciones"
        r"|violaciones|solicitudes|peticiones|firmas|sentencias|veces|horas|días|semanas|meses"
        r"|años|páginas|escuelas|sitios|cuentas|aldeas|desplazad[oa]s|manifestantes|periodistas"
        rf"|toneladas|metros|{_ROMANCE_COUNTED})",
    ),
    "pt": _Table(
        months="janeiro jan.;fevereiro fev.;março;abril abr.;maio;junho jun.;julho jul.;"
        "agosto ago.;setembro set.;outubro out.;novembro nov.;dezembro dez.",
        first=r"\.?[º°]",
        of=r"\s+(?:de\s+)?",
        of_year=r",?\s+(?:de\s+)?",
        to=r"aos?|até|à|a",
        both="e",
        either="ou",
        article=r"o\s+(?:dia\s+)?|em\s+|de\s+",
        between="entre",
        definite=r"desde|ano|anos|até|desde\s+o|a\s+partir\s+de|durante",
        when=r"em|desde|até|durante|antes\s+de|depois\s+de|mês\s+de|final\s+de|início\s+de",
        counted=r"(?:nov[oa]s|outr[oa]s|supost[oa]s)?\s*(?:casos?|pessoas?|denúncias?|queixas"
        r"|incidentes|votos|detid[oa]s|pres[oa]s|crianças|mulheres|homens|vítimas|famílias|membros"
        r"|mortes|mort[oa]s|prisões|detenções|alegações|violações|pedidos|petições|assinaturas"
        r"|sentenças|vezes|horas|dias|semanas|meses|anos|páginas|escolas|sites|contas|aldeias"
        rf"|toneladas|metros|{_ROMANCE_COUNTED})",
    ),
    "it": _Table(
        months="gennaio gen.;febbraio feb.;marzo;aprile apr.;maggio;giugno;luglio;agosto ago.;"
        "settembre sett. set.;ottobre ott.;novembre nov.;dicembre dic.",
        first=r"[º°]",
        of=r"\s+",
        of_year=r"\s+(?:del\s+)?",
        to=r"a|al|all[’']|fino\s+al?",
        both="ed?",
        either="o",
        article=r"il\s+|l[’']|nel\s+",
        between=r"tra|fra",
        definite=r"nel|dal|anno|anni|fino\s+al",
        when=r"in|nel|da|fino\s+a|durante|prima\s+di|dopo|mese\s+di|fine",
        counted=r"(?:nuov[ie]|altr[ie]|presunt[ie])?\s*(?:casi|caso|persone|denunce|incidenti|voti"
        r"|detenut[ie]|bambin[ie]|donne|uomini|vittime|famiglie|membri|morti|arresti|violazioni"
        r"|ricorsi|petizioni|firme|sentenze|volte|ore|giorni|settimane|mesi|anni|pagine|scuole"
        rf"|siti|villaggi|tonnellate|metri|{_ROMANCE_COUNTED})",
    ),
    "de": _Table(
        months="januar jänner jan.;februar feb.;märz;april apr.;mai;juni;juli;august aug.;"
        "september sept. sep.;oktober okt.;november nov.;dezember dez.",
        first=r"\.",
        of=r"\s+",
        of_year=r"\s+(?:des\s+Jahres\s+)?",
        to=r"bis(?:\s+zum)?",
        both="und",
        either="oder",
        article=r"(?:dem|den|der|im|am)\s+",
        between=r"zwischen",
        definite=r"seit|Jahr|Jahre|Jahres|Jahren|bis|Anfang|Ende|Mitte|im\s+Jahr",
        when=r"im|seit|bis|Anfang|Ende|Mitte|vor|nach|Monat",
        counted=r"(?:neue|andere|weitere|mutmaßliche)?\s*(?:Fälle|Fällen|Personen|Menschen"
        r"|Beschwerden|Vorfälle|Stimmen|Häftlinge|Gefangene|Kinder|Frauen|Männer|Opfer|Familien"
        r"|Mitglieder|Tote|Todesfälle|Festnahmen|Verstöße|Anträge|Petitionen|Unterschriften"
        r"|Urteile|Mal|Stunden|Tage|Wochen|Monate|Jahre|Seiten|Schulen|Dörfer|Euro|Dollar"
        r"|Kilometer|km|Hektar|Tonnen|Meter)",
    ),
    "ru": _Table(
        months="январь января январе январю январём январем янв.;"
        "февраль февраля феврале февралю февралём февралем февр. фев.;"
        "март марта марте марту мартом;апрель апреля апреле апрелю апрелем апр.;"
        "май мая мае маю маем;июнь июня июне июню июнем;июль июля июле июлю июлем;"
        "август августа августе августу августом авг.;"
        "сентябрь сентября сентябре сентябрю сентябрём сентябрем сент.;"
        "октябрь октября октябре октябрю октябрём октябрем окт.;"
        "ноябрь ноября ноябре ноябрю ноябрём ноябрем нояб.;"
        "декабрь декабря декабре декабрю декабрём декабрем дек.",
        first=r"-?(?:го|е)",
        of=r"\s+",
        of_year=r",?\s+",
        to=r"по|до",
        both="и",
        either="или",
        article=r"в\s+|с\s+",
        between="между",
        definite="(?!)",
        when=r"в|с|до|к|по|после|начале|конце|середине|начала|конца|течение",
        counted=r"(?:новы[ех]|други[ех]|уголовны[ех]|предполагаемы[ех])?\s*(?:случа\w+|дел|дела"
        r"|человек\w*|люд\w+|лиц\w*|жалоб\w*|инцидент\w*|голос\w*|заключ[её]нн\w+|задержанн\w+"
        r"|дет\w+|женщин\w*|мужчин\w*|жертв\w*|сем\w+|член\w*|смерт\w+|арест\w*|нарушени\w+"
        r"|заявлени\w+|петици\w+|подпис\w+|приговор\w*|раз|раза|час\w*|дн\w+|недел\w+|месяц\w*"
        r"|страниц\w*|школ\w*|сайт\w*|аккаунт\w*|сёл|сел|пос[её]лк\w+|рубл\w+|тенге|долларов|евро"
        r"|километр\w*|км|гектар\w*|тонн\w*|метр\w*|беженц\w+|журналист\w*)",
        after_year=r"\s+(?:год(?:а|у|ом|е|ы|ов|ам|ах|ами)?(?!\w)|гг?\.)",
    ),
}

#: ISO 639-1 codes of the languages whose words are here, English first.
LANGUAGES = ("en", *_TABLES)
