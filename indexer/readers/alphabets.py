"""Which letters does a language write, and how often? What tells one code page from another.

Data only. Of languages in Latin letters, small words in plain ASCII (they read the same in
every code page, and so tell the language first) and the letters beyond ASCII; of others,
the letters from the most to the least frequent in running text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

#: Language: (small words, letters beyond ASCII).
LATIN: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    language: (frozenset(words.split()), frozenset(letters))
    for language, words, letters in (
        (
            "en",
            "the of and to in that was for with by on is not be are from which at has have it as",
            "éèêçïôâàñöü",  # of borrowed words: café, rôle, naïve, façade
        ),
        (
            "fr",
            "le la les des et du que dans pour sur est une par qui au en ont aux sont pas ne se",
            "àâæçèéêëîïôœùûüÿ",
        ),
        (
            "es",
            "de la que el en los del se las por con una su para al y es no lo sus como fue han",
            "áéíñóúü",
        ),
        (
            "pt",
            "de que do da em os uma para com por dos as na se ao foi no ou seu sua pelo das",
            "áâãàçéêíóôõúü",
        ),
        (
            "de",
            "der die und den von zu das mit dem des auf ist im nicht ein eine sich wird wurde aus",
            "äöüß",
        ),
        (
            "it",
            "di che il la per un del della con non le una dei si al sono nel alla gli da in e",
            "àèéìíîòóùú",
        ),
        ("pl", "w i na z do nie jest od przez po oraz dla o za to jak ich co tym", "ąćęłńóśźż"),
        (
            "cs",
            "a v na se je s z do o k ve pro za od po ze jako by byl nebo",
            "áčďéěíľĺňóôřŕšťúůýžä",
        ),
        ("hu", "a az hogy nem is egy van volt meg el de csak mint ki ha vagy", "áéíóöőúüű"),
        ("ro", "de la si in cu pe din a pentru care nu o ca au fost prin sau", "ăâîșțşţ"),
        ("hr", "i u na je se da za su od o s ne koji iz po kao ili bi nije", "čćđšžáéíóúý"),
        ("tr", "ve bir bu da de ile olarak gibi daha en ne var olan sonra", "çğıİöşüâîû"),
        ("sv", "och att det som en av till den med har inte om ett de var", "äöåéà"),
        ("nl", "de het een van en dat is op te voor met niet zijn aan door", "éèëïöüáóê"),
    )
}

#: A code page holds a language's letters only if the language is written so.
_BY_FREQUENCY = {
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "uk": "оаинтіверсклудмпязьгбчйхжшюцїщєфґ'",
    "be": "анідеыртпсояклвумцьзгчкбйўжхшюэфё",
    "bg": "аоиетнрсвлкдпмзъгубчщжцйяшхюфь",
    "sr": "аиоенрсјтувкдмлпзгбчљшћцжњхђфџ",
    "mk": "аоиетнрсвкдмлпјугзбчшжцњфхљџѓќѕ",
    "kk": "аеынтідрлсқмоуғкжбпшзйүгәөұяңвхифцюһэчщьъё",
    "el": "αοιετσνηυρπκμλςωίόάέδγήχθύφώβξζψϊϋΐΰ",
}
#: Each next letter is rarer by this much (natural logarithm): fits Russian, Ukrainian and
#: Kazakh counts within a fifth down to the twentieth letter.
_STEP = 0.12
#: What a letter outside of the alphabet weighs, and one of a language without a table.
FOREIGN_LETTER = math.log(0.0002)
UNKNOWN_LETTER = math.log(1 / 40)


def _weights(letters: str) -> dict[str, float]:
    total = math.log(sum(math.exp(-_STEP * rank) for rank in range(len(letters))))
    return {letter: -_STEP * rank - total for rank, letter in enumerate(letters)}


#: Language: the logarithm of each letter's share.
SHARES: Mapping[str, Mapping[str, float]] = {
    language: _weights(letters) for language, letters in _BY_FREQUENCY.items()
}
