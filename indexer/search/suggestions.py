"""What else might a searcher have meant? Near spellings, other forms, and entities.

Every suggestion has results: it is counted before it is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from indexer.analysis import SNOWBALL, fold_text
from indexer.library import Library
from indexer.model import EntityType
from indexer.notation.names import name_key
from indexer.query.grammar import Leaf, Limits
from indexer.query.interpret import Interpretation, Typed, relaxed
from indexer.query.request import Fuzzy, SearchRequest, SearchResult
from indexer.query.results import ENTITY_FACETS, Offer, SearchParameters, Suggestion

#: Most suggestions and entity offers on a page: more would be noise.
MAX_SUGGESTIONS, MAX_OFFERS = 3, 5
#: Near spellings tried for one word.
_CANDIDATES = 3
#: The longest name looked for in a query, in words: the special procedures' titles.
_LONGEST_NAME = 14
#: Shorter words are one edit away from most others.
_SHORTEST_WORD = 3
#: Most letters that two transliterations of a name differ in length by: Dzhakishev, Jakishev.
_LETTERS_APART = 3
#: Up to this many letters a misspelling is one edit, above it two.
_SHORT_WORD = 5

Ask = Callable[[Sequence[SearchRequest]], Sequence[SearchResult]]


@dataclass(frozen=True, slots=True)
class Offered:
    """An entity that the query's words spell, before its paragraphs are counted."""

    type: EntityType
    id: str
    label: str
    aliases: tuple[str, ...]
    parameters: SearchParameters

    def counted(self, count: int) -> Offer:
        """The offer with its *count* of paragraphs."""
        return Offer(self.type, self.id, self.label, count, self.parameters, self.aliases)


def offers(
    parameters: SearchParameters, runs: Iterable[str], library: Library
) -> tuple[Offered, ...]:
    """The entities whose names stand in *runs* of typed words, longest names first."""
    found: dict[tuple[EntityType, str], None] = {}
    for run in runs:
        words = fold_text(run).split()
        taken = [False] * len(words)
        for length in range(min(len(words), _LONGEST_NAME), 0, -1):
            for start in range(len(words) - length + 1):
                if any(taken[start : start + length]):
                    continue
                named = library.named(" ".join(words[start : start + length]))
                if named:
                    taken[start : start + length] = [True] * length
                    found.update(dict.fromkeys(named))
    made = []
    for type_, id_ in found:
        if type_ not in ENTITY_FACETS or (type_, id_) in parameters.filters:
            continue
        card = library.entity(type_, id_)
        # In place of others of its type: beside them it would bring theirs too.
        kept = tuple(pair for pair in parameters.filters if pair[0] != type_)
        offered = replace(parameters, q="", filters=(*kept, (type_, id_)), sort=None, page=1)
        aliases = tuple(alias.text for alias in card.aliases)
        made.append(Offered(type_, id_, card.label, aliases, offered))
    return tuple(made[:MAX_OFFERS])


class Speller:
    """Near spellings of the words of names."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus."""
        return self._library.languages()

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of every name: folded → as printed."""
        words: dict[str, str] = {}
        for name in self._library.names():
            if name.type in ("date", "provision", "case"):
                continue
            for written in name.printed.replace("-", " ").split():
                printed = written.strip(".,;:()\"'“”‘’")
                folded = fold_text(printed)
                if folded and " " not in folded:
                    words.setdefault(folded, printed)
        return words

    def may_offer(self, word: str) -> bool:
        """Whether *word* may be offered: a sensitive name is found by who knows it, and told
        to nobody else."""
        folded = fold_text(word)
        return folded in self._words or not self._hidden.intersection(folded.split())

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return self._library.hidden()

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for folded in self._words:
            keys[name_key(folded)].append(folded)
        return keys

    def near(self, word: str) -> list[str]:
        """Printed words of names that *word* (folded) may misspell, likeliest first: those that
        sound the same in another transliteration, then those a few letters away."""
        most = 1 if len(word) <= _SHORT_WORD else 2
        scored: dict[str, tuple[int, str]] = {}
        key = name_key(word)
        if len(key) >= _SHORTEST_WORD:
            for other, spelled in self._keys.items():
                apart = DamerauLevenshtein.distance(key, other, score_cutoff=most)
                if apart <= most:
                    for folded in spelled:
                        # Transliterations differ by a few letters, not by half a word.
                        if abs(len(folded) - len(word)) <= _LETTERS_APART:
                            scored[folded] = (apart, folded)
        for folded in self._words:
            apart = DamerauLevenshtein.distance(word, folded, score_cutoff=most)
            if apart <= most:
                scored[folded] = min(scored.get(folded, (apart, folded)), (apart, folded))
        scored.pop(word, None)
        ranked = sorted(scored, key=lambda folded: scored[folded])
        # Once something is near, what is two letters further away is another name.
        nearest = scored[ranked[0]][0] if ranked else 0
        return [self._words[folded] for folded in ranked if scored[folded][0] <= nearest + 1]

    def names(self, type_: str, value: str) -> list[str]:
        """Labels of the entities of *type_* with a name near *value*, nearest first."""
        wanted = fold_text(value)
        key = " ".join(name_key(word) for word in wanted.split())
        scored: dict[str, int] = {}
        for name in self._library.names():
            if name.type != type_:
                continue
            folded = fold_text(name.printed)
            most = 2 * max(1, len(wanted.split()))
            apart = min(
                DamerauLevenshtein.distance(wanted, folded, score_cutoff=most),
                DamerauLevenshtein.distance(
                    key, " ".join(name_key(w) for w in folded.split()), score_cutoff=most
                ),
            )
            if apart <= most:
                label = self._library.label(name.type, name.id) or name.printed
                scored[label] = min(scored.get(label, apart), apart)
        return sorted(scored, key=lambda label: (scored[label], label))


def suggestions(
    parameters: SearchParameters,
    interpretation: Interpretation,
    template: SearchRequest,
    ask: Ask,
    speller: Speller,
    settle: Callable[[SearchParameters], SearchRequest],
    limits: Limits,
) -> tuple[Suggestion, ...]:
    """Other queries in place of one that found nothing.

    *template* is the request that found nothing, *settle* makes one of other parameters.
    """
    texts: dict[str, str] = {}
    for changes in _respelled(interpretation.words, template, ask, speller, limits.near_spellings):
        texts.setdefault(_replaced(parameters.q, changes), "spelling")
    beginnings = _beginnings(interpretation.words, speller.languages, limits.wildcard_letters)
    beginnings = beginnings[: limits.wildcards]
    if beginnings:
        texts.setdefault(_replaced(parameters.q, beginnings), "word-forms")
    for leaf in interpretation.unknown:
        for label in speller.names(leaf.field or "", leaf.text)[:_CANDIDATES]:
            value = f'{leaf.field}:"{label}"'
            texts.setdefault(_replaced(parameters.q, [(leaf.start, leaf.end, value)]), "spelling")
    for leaf in interpretation.phrases:
        changed = [(leaf.start, leaf.end, _any_form(leaf))]
        texts.setdefault(_replaced(parameters.q, changed), "word-forms")
    if len(interpretation.words) > 1 and not interpretation.relaxable:
        words = (parameters.q[w.start : w.end] for w in interpretation.words)
        texts.setdefault(" OR ".join(words), "any-word")
    texts.pop(parameters.q, None)
    tried = [(text, reason, parameters.with_query(text)) for text, reason in texts.items()]
    requests = [replace(settle(other), offset=0, size=0, facets=()) for _, _, other in tried]
    totals = [count.total for count in ask(requests)]
    if interpretation.relaxable and not any(totals):
        # Also a name among words that no paragraph has together is worth spelling right.
        # So it is answered; beginnings, like all that is typed with a sign, never are.
        any_word = [
            replace(request, tree=relaxed(request.tree))
            for request, (_, reason, _) in zip(requests, tried, strict=True)
            if reason == "spelling"
        ]
        found = iter(ask(any_word))
        totals = [next(found).total if reason == "spelling" else 0 for _, reason, _ in tried]
    made = (
        Suggestion(text, other, reason, total)
        for (text, reason, other), total in zip(tried, totals, strict=True)
        if total
    )
    return tuple(made)[:MAX_SUGGESTIONS]


#: A stretch of the query text and what replaces it.
_Change = tuple[int, int, str]


def _respelled(
    words: Sequence[Typed], template: SearchRequest, ask: Ask, speller: Speller, most: int
) -> list[list[_Change]]:
    """Ways to respell the words that no paragraph has, best first; none where there are more
    than *most* such words, which cost as much as near spellings that were typed."""
    empty = replace(template, filters=(), dated=None, sort="document", offset=0, size=0, facets=())
    found = ask([replace(empty, tree=typed.word) for typed in words])
    unknown = [
        typed
        for typed, result in zip(words, found, strict=True)
        if not result.total and len(typed.word.printed) >= _SHORTEST_WORD
    ]
    if not unknown or len(unknown) > most:
        return []
    near = ask([replace(empty, tree=_near(typed)) for typed in unknown])
    options: list[list[_Change]] = []
    for typed, result in zip(unknown, near, strict=True):
        printed = typed.word.printed
        candidates: dict[str, str] = {}
        for word in (*speller.near(printed)[:_CANDIDATES], *result.terms):
            if speller.may_offer(word):
                # Names come first, as they are printed.
                candidates.setdefault(fold_text(word), word)
        chosen = list(candidates.values())[: _CANDIDATES + 1]
        options.append([(typed.start, typed.end, word) for word in chosen])
    if not all(options):
        return []
    best = [choices[0] for choices in options]
    ways = [best]
    for place, choices in enumerate(options):
        ways += [[*best[:place], other, *best[place + 1 :]] for other in choices[1:]]
    return ways


def _beginnings(words: Sequence[Typed], languages: Sequence[str], least: int) -> list[_Change]:
    """The words as beginnings of others, where the corpus has a language without stems: what
    follows a Kazakh or Ukrainian word's beginning is mostly its endings."""
    if all(language in SNOWBALL for language in languages):
        return []
    return [
        (typed.start, typed.end, f"{typed.word.printed}*")
        for typed in words
        if len(typed.word.printed) >= least and typed.word.printed.isalpha()
    ]


def _near(typed: Typed) -> Fuzzy:
    word = typed.word.printed
    return Fuzzy("word", word, 1 if len(word) <= _SHORT_WORD else 2)


def _any_form(leaf: Leaf) -> str:
    distance = f"~{leaf.distance}" if leaf.distance is not None else ""
    return f'forms:"{leaf.text}"{distance}'


def _replaced(text: str, changes: Sequence[_Change]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text
