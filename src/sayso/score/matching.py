"""Which predicted attributions are which gold ones.

Tokens are runs of word characters, or one other character that is no white space; a span covers a
token when it shares a character with it. A pair is *found* when the token F1 of the contents is at
least 0.5, *linked* when their sources agree as well: the gold has a source and the predicted one
shares a token with it that is no stop word (any word, if the gold source is stop words only), or
neither has one. Pairs are taken one to one, greedily, by decreasing F1 of the contents, then in
order of the lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.records.span import Fragments, Span

MIN_CONTENT_F1 = 0.5

_TOKEN = re.compile(r"\w+|[^\w\s]")

# Words that two different sources may share. Personal pronouns are none of them: they are sources.
_STOP_WORD_LIST = """
    a an the this that these those some any each every all both other another such no own same
    very more most many much several few just also only so then here there
    of in on at by for from to with about into over after before between under during against as
    than and or but nor if because while who whom whose which what where when how
    is are was were be been being am has have had having do does did will would can could may might
    shall should must not s t mr mrs ms
"""
_STOP_WORDS = frozenset(_STOP_WORD_LIST.split())


@dataclass(frozen=True, slots=True)
class Roles:
    """One attribution: the fragments of its roles, None where it has none."""

    source: Fragments | None
    cue: Fragments | None
    content: Fragments | None


@dataclass(frozen=True, slots=True)
class _Covered:
    """One attribution as tokens: of its content all, of source and cue the words."""

    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    has_source: bool


class TokenIndex:
    """The tokens of one text, by number."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._words = [text[start:end].lower() for start, end in spans]

    def find(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the tokens that share a character with one of the spans."""
        found: set[int] = set()
        for start, end in spans:
            at = max(bisect_right(self._starts, start) - 1, 0)
            while at < len(self._starts) and self._starts[at] < end:
                if self._ends[at] > start and end > start:
                    found.add(at)
                at += 1
        return frozenset(found)

    def is_word(self, token: int) -> bool:
        """Say whether a token is a word and no punctuation mark."""
        word = self._words[token]
        return word[0].isalnum() or word[0] == "_"

    def is_stop_word(self, token: int) -> bool:
        """Say whether a token may be shared by sources that do not agree."""
        return self._words[token] in _STOP_WORDS

    def cover(self, roles: Roles) -> _Covered:
        """Return the tokens of an attribution's roles."""
        content, source, cue = (
            frozenset[int]() if role is None else self.find(role.spans)
            for role in (roles.content, roles.source, roles.cue)
        )
        return _Covered(
            content,
            frozenset(token for token in source if self.is_word(token)),
            cue,
            roles.source is not None,
        )


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of (gold, predicted) indices: found, linked, and linked with their cues."""

    found: tuple[tuple[int, int], ...]
    linked: tuple[tuple[int, int], ...]
    linked_with_cue: tuple[tuple[int, int], ...]


def match_attributions(text: str, gold: Sequence[Roles], predicted: Sequence[Roles]) -> Matches:
    """Return which predicted attribution is which gold one, by the definitions at the top."""
    index = TokenIndex(text)
    golds = [index.cover(roles) for roles in gold]
    guesses = [index.cover(roles) for roles in predicted]
    by_token: dict[int, list[int]] = {}
    for number, guess in enumerate(guesses):
        for token in guess.content:
            by_token.setdefault(token, []).append(number)
    pairs: list[tuple[float, int, int]] = []
    for number, item in enumerate(golds):
        shared = Counter(other for token in item.content for other in by_token.get(token, ()))
        for other, count in shared.items():
            f1 = 2 * count / (len(item.content) + len(guesses[other].content))
            if f1 >= MIN_CONTENT_F1:
                pairs.append((f1, number, other))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    linked = [p for p in pairs if _sources_agree(index, golds[p[1]], guesses[p[2]])]
    with_cue = [p for p in linked if _cues_agree(index, golds[p[1]], guesses[p[2]])]
    return Matches(_take_once(pairs), _take_once(linked), _take_once(with_cue))


def _take_once(pairs: Iterable[tuple[float, int, int]]) -> tuple[tuple[int, int], ...]:
    golds: set[int] = set()
    guesses: set[int] = set()
    taken: list[tuple[int, int]] = []
    for _, gold, guess in pairs:
        if gold not in golds and guess not in guesses:
            golds.add(gold)
            guesses.add(guess)
            taken.append((gold, guess))
    return tuple(taken)


def _sources_agree(index: TokenIndex, gold: _Covered, guess: _Covered) -> bool:
    if not gold.has_source:
        return not guess.has_source
    shared = gold.source & guess.source
    if all(index.is_stop_word(token) for token in gold.source):
        return bool(shared)
    return any(not index.is_stop_word(token) for token in shared)


def _cues_agree(index: TokenIndex, gold: _Covered, guess: _Covered) -> bool:
    """Say whether the cues share a word; any token will do if the gold cue is punctuation only."""
    if not gold.cue:
        return not guess.cue
    words = {token for token in gold.cue if index.is_word(token)}
    return bool((words or gold.cue) & guess.cue)
