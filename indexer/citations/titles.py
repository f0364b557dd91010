"""How is a printed title written in a citation? On one line, and not in capitals.

A quotation is verbatim; a title in a citation follows the citing work's own style.
Titles of submissions are often set in capitals, which no style keeps. They are written
in headline style. Sentence style (APA) would need to know which words are proper names;
that would be guessed, so headline style serves there too. A title that has any lower-case
letter is left as printed, and so is one in another language than English, whose capitals
follow other rules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Abbreviations of the field that stay in capitals. A submission's own acronyms are
#: added by the caller. Words that are also English words in capitals (US, IT, WHO) are
#: not here: in a title set in capitals they cannot be told apart.
ACRONYMS = frozenset(
    """
    ACHPR AIDS ASEAN AU CAT CCPR CEDAW CERD CESCR CIS COVID CPT CRC CRPD CSO DRC ECHR ECOSOC EU
    FGM GBV HIV HRC IACHR ICC ICCPR ICERD ICESCR ICPPED ICRMW IDP ILO IOM LGBT LGBTI LGBTIQ
    LGBTQ LGBTQI MENA NATO NGO NHRI NPM OAS OHCHR OPCAT OSCE SOGI SOGIESC SRHR UAE UK UN UNESCO
    UNHCR UNICEF UPR USA USSR WGAD
    """.split()
)

# Articles, conjunctions of two or three letters, and prepositions of up to four: lower
# case in all of the styles here, unless first or last.
_SMALL = frozenset(
    (
        *("a", "an", "the", "and", "as", "but", "nor", "or", "so", "yet"),
        *("at", "by", "for", "from", "in", "into", "of", "off", "on", "onto", "over", "per"),
        *("to", "up", "via", "vs", "with"),
    )
)

_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")  # U.N.
_NTH = re.compile(r"\d+(?:ST|ND|RD|TH)")
_WORD = re.compile(rf"{_DOTTED.pattern}|[^\W_]+(?:[’'][^\W_]+)*")
# Embeddings, overrides and isolates: an unclosed one would turn round what follows it.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


# A page of results cites one title many times; so these two are remembered.
@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Return *text* fit to stand inside a citation or a record's line.

    White space of any kind, line breaks included, becomes single spaces; control
    characters and bidirectional controls go; a lone surrogate, which no file can hold,
    becomes U+FFFD.
    """
    spaced = " ".join(text.split())
    kept = "".join(
        "\ufffd" if category == "Cs" else character
        for character in _BIDI_CONTROLS.sub("", spaced)
        if (category := unicodedata.category(character)) != "Cc"
    )
    return " ".join(kept.split())


@lru_cache(maxsize=1024)
def cited_title(title: str, language: str, acronyms: frozenset[str] = frozenset()) -> str:
    """Return *title* as a citation writes it, without a full stop of its own.

    *acronyms* stay in capitals, as ACRONYMS do.

    >>> cited_title("TORTURE IN KAZAKHSTAN: THE UN'S VIEW", "en")
    "Torture in Kazakhstan: The UN's View"
    """
    line = one_line(title)
    if "." not in line.split(" ")[-1][:-1]:  # U.N. keeps its own
        line = line.removesuffix(".")
    letters = [c for c in line if c.isupper() or c.islower()]
    if language != "en" or not letters or any(c.islower() for c in letters):
        return line
    line = unicodedata.normalize("NFC", line)  # a loose accent would part a word in two
    known = ACRONYMS.union(acronyms)
    words = list(_WORD.finditer(line))
    pieces: list[str] = []
    end = 0
    for rank, word in enumerate(words):
        between = line[end : word.start()]
        edge = rank in (0, len(words) - 1) or any(mark in between for mark in ":?!.—")
        pieces += between, _recased(word.group(), known, edge)
        end = word.end()
    return "".join(pieces) + line[end:]


def _recased(word: str, acronyms: frozenset[str], edge: bool) -> str:
    if _DOTTED.fullmatch(word):
        return word
    head, apostrophe, tail = _parted(word)
    if _NTH.fullmatch(head):
        return word.lower()
    if head in acronyms or any(c.isdigit() for c in head) or _ROMAN.fullmatch(head):
        return head + apostrophe + tail.lower()
    if head.removesuffix("S") in acronyms:  # NGOS
        return f"{head[:-1]}s{apostrophe}{tail.lower()}"
    if not edge and word.lower() in _SMALL:
        return word.lower()
    # O'Brien and D'Ivoire, but Kazakhstan's.
    tail = tail.capitalize() if len(head) == 1 and len(tail) > 1 else tail.lower()
    return head.capitalize() + apostrophe + tail


def _parted(word: str) -> tuple[str, str, str]:
    for apostrophe in "’'":
        if apostrophe in word:
            return word.partition(apostrophe)
    return word, "", ""
