"""How alike two written words of names sound, whatever romanisation either was spelled in.

A word becomes a string of sounds, one letter each; two strings are aligned, and what
transliterations exchange (g and h, o and a, i and y) costs little, what they do not (p and m) costs
all. The costs are set by hand and looked at on half of the pairs that docs/evaluation.md names.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from sayso.link.name_words import load_name_words

# A vowel that differs by more than transliteration, put in, at the beginning.
VOWEL, FIRST_VOWEL = 0.35, 0.6
OTHER = 1.0
# Words with less in common letter by letter are not aligned: they are different.
LEAST_IN_COMMON = 0.34
# Below it nobody asks how alike two words are.
LEAST_ALIKE = 0.75
SAME_SOUND = 0.98
SAME_NAME_ELSEWHERE = 0.93
ALIKE_WITHOUT_ENDING = 0.9
TRANSPOSED = 0.6
ANOTHER_NAME = 0.7
HALF = 0.88
# Of one word written without short vowels: what one costs, and how much more everything else does.
SHORT_VOWEL, BARE = 0.05, 1.5
FAMILY_ENDINGS = ("ov", "ev", "in", "sk", "oi")
FAMILY_STEMS = ("enk", "sk")
CACHE_WORDS, CACHE_PAIRS = 1 << 17, 1 << 19

ARTICLES, ENDING_ARTICLES = ("al", "el"), ("ul", "ur")
_VOWELS = frozenset("aeiou")
# "S" for sh, "C" for ch and ts, "Z" for zh, "x" for kh.
_SPELLINGS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("(?<=[bcdfghjklmnpqrstvwxz])(?:skiy|skyy|skyi|skii|skij|skyj|sky|cki|ckyi)$", "ski"),
        ("(?:skiy|skyy|skyi|skii|skij|skyj|sky|cki|tsky|tskyi|tskyy|tskiy)$", "ski"),
        ("o(?:ff|w)$", "ov"), ("e(?:ff|w)$", "ev"),
        ("tsch|tch|tsh|cz", "C"), ("shch|shtch|sch|sh|sz", "S"), ("dzh|dj|dg(?=[ei])", "j"),
        ("zh", "Z"), ("ch|tz|ts", "C"), ("^x", "S"), ("x", "ks"), ("kh", "x"), ("gh", "g"),
        ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("q", "k"), ("w", "v"),
        ("c(?=[eiy])", "s"), ("c", "k"), ("ou|oo", "u"), ("ee", "i"),
        ("y|j(?=[bdfgklmnprstvz]|$)", "i"),        (r"(?<=[aeiou])h$", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
_NEAR = """
    ae.25 ao.35 ei.25 ou.2 eo.45 au.85 ai.85 eu.7 io.8 iu.6
    vf.3 vb.4 pb.4 pf.4 dt.3 kg.3 kh.5 gh.25 hx.1 xk.25 gx.3 sS.3 sz.3 SC.35 Zz.3 ZS.4 Ck.5 Cx.35
    Cs.4 jZ.15 jg.3 jC.4 ji.25 mn.5 jh.35 zd.4 st.5 vu.25 vo.4 Zj.15 Cz.4 rl.8
"""
_PAIRS = [
    (pair, float(cost))
    for entry in _NEAR.split()
    for cost in (entry[2:],)
    for pair in (entry[:2], entry[1::-1])
]
_COSTS = {
    sound: {pair[1]: cost for pair, cost in _PAIRS if pair[0] == sound}
    for sound in {pair[0] for pair, _ in _PAIRS}
}
# Kinds of consonants: each costs `OTHER` beside a sound that is not near its kind, or beside none.
# A test holds it to the table above.
_HARD = _LIQUIDS, _NASALS, _LABIALS, _OTHERS = "rl", "mn", "pbf", "dtszSCZkg"
_NEAR_LABIALS, _NEAR_OTHERS = "pbfv", "dtszSCZkghxji"
_LEFT_OUT = {"h": 0.3, "x": 0.6, "j": 0.6, **dict.fromkeys(_VOWELS, VOWEL)}
# How many sounds of each hard kind, near labials and near others, and in all.
Shape = tuple[int, int, int, int, int, int, int]


@lru_cache(CACHE_WORDS)
def spell_sounds(word: str) -> str:
    """Return the sounds of a lower-case ASCII word; may be empty."""
    for pattern, sound in _SPELLINGS:
        word = pattern.sub(sound, word)
    return word


@lru_cache(CACHE_PAIRS)
def compare_words(a: str, b: str, bare: bool = False, least: float = LEAST_ALIKE) -> float:
    """Return how alike two lower-case ASCII words are as parts of names, 0 to 1; symmetric.

    bare: one of them comes from a script without most vowels. least: below it, something below it
    may be returned.
    """
    if a == b:
        return 1.0
    if a > b:
        return compare_words(b, a, bare, least)
    if "." in a or "." in b:
        return _compare_compounds(a, b, bare)
    if "-" in a or "-" in b:
        return _compare_hyphened(a, b, bare)
    first, second = spell_sounds(a), spell_sounds(b)
    return _compare_known(a, b, first, second) or (
        _compare_bare(first, second)
        if bare
        else _compare_without_ending(a, b) or _compare_sounds(first, second, least)
    )


def compare_spelled(a: str, b: str, bare: bool = False) -> float:
    """Return how alike two words are whatever names they are forms of: "Clay" and "Clayton" as
    family names.
    """
    first, second = spell_sounds(a), spell_sounds(b)
    return _compare_bare(first, second) if bare else _compare_sounds(first, second, LEAST_ALIKE)


def _compare_known(a: str, b: str, first: str, second: str) -> float:
    """Return how alike two words are of which that is known without an alignment, else 0: forms of
    one name, two names, one sound.
    """
    groups = load_name_words().groups
    known, others = groups.get(a), groups.get(b)
    if known and others and not known.isdisjoint(others):
        return SAME_NAME_ELSEWHERE
    if first == second:
        return SAME_SOUND if first else 0.0
    return ANOTHER_NAME if (known and others) or _differ_by_ending(first, second) else 0.0


def _compare_sounds(first: str, second: str, least: float) -> float:
    if Indel.normalized_similarity(first, second) < LEAST_IN_COMMON:
        return 0.0
    length = (len(first) + len(second)) / 2
    if are_far(_count_kinds(first), _count_kinds(second), least):
        return 0.0
    cost = _align(first, second, most=(1 - least) * length)
    return max(0.0, min(SAME_SOUND, 1 - cost / length))


@lru_cache(CACHE_WORDS)
def read_shape(word: str) -> Shape | None:
    """Return what `are_far` needs of a word; None if more than its sounds may count, or it is an
    initial.
    """
    marked = len(word) == 1 or "." in word or "-" in word or word in load_name_words().groups
    return None if marked or _has_article(word) else _count_kinds(spell_sounds(word))


def are_far(a: Shape, b: Shape, least: float = LEAST_ALIKE) -> bool:
    """Say whether two words are certainly less alike than `least`: one has more consonants of one
    kind than the other has near them, and no alignment can put them beside one.
    """
    liquids, nasals, labials, others, near_labials, near_others, length = a
    liquids_b, nasals_b, labials_b, others_b, near_labials_b, near_others_b, length_b = b
    lost = more = 0
    for surplus in (liquids - liquids_b, nasals - nasals_b):
        if surplus > 0:
            lost += surplus
        else:
            more -= surplus
    if labials > near_labials_b:
        lost += labials - near_labials_b
    if labials_b > near_labials:
        more += labials_b - near_labials
    if others > near_others_b:
        lost += others - near_others_b
    if others_b > near_others:
        more += others_b - near_others
    return (lost if lost > more else more) * OTHER > (1 - least) * (length + length_b) / 2


@lru_cache(CACHE_WORDS)
def _count_kinds(sounds: str) -> Shape:
    counts = (sum(map(sounds.count, kind)) for kind in (*_HARD, _NEAR_LABIALS, _NEAR_OTHERS))
    return (*counts, len(sounds))  # type: ignore[return-value]


def _compare_compounds(a: str, b: str, bare: bool) -> float:
    """Compare "abu.hafs" with another part: what is behind the mark counts, if both have one."""
    first, mark, name = a.partition(".")
    other, too, whose = b.partition(".")
    if mark and too:
        return compare_words(name, whose, bare) if first == other else 0.0
    return compare_words(a.replace(".", ""), b.replace(".", ""), bare)


def _compare_without_ending(a: str, b: str) -> float:
    """Return how alike two words are of which one has an article, or "of the religion", written
    with it: "alotaibi" and "otaibi", "matiur" and "mati", "sirajdin" and "siraj"; else 0.
    """
    for x, y in ((a, b), (b, a)):
        if _has_article(x):
            for cut, has, keeps, cost in (
                (slice(2, None), x[:2] in ARTICLES, y[:2] == x[:2], 0.02),
                (slice(-2), x[-2:] in ENDING_ARTICLES, y[-2:] == x[-2:], 0.04),
                (slice(-3), x[-3:] == "din", y[-3:] == "din", 0.12),
            ):
                if has and not keeps and len(x[cut]) > 2:
                    alike = compare_words(x[cut], y)
                    if alike >= ALIKE_WITHOUT_ENDING:
                        return alike - cost
    return 0.0


def _has_article(word: str) -> bool:
    """Say whether a word may have an article, or "of the religion", written with it."""
    return len(word) > 5 and (
        word[:2] in ARTICLES or word[-2:] in ENDING_ARTICLES or word[-3:] == "din"
    )


def _compare_hyphened(a: str, b: str, bare: bool) -> float:
    """Compare "jong-un" with another part: as one word, or one half of it if that is all there
    is.
    """
    whole = compare_words(a.replace("-", ""), b.replace("-", ""), bare)
    if "-" in a and "-" in b:
        return whole
    halves, other = (a.split("-"), b) if "-" in a else (b.split("-"), a)
    alike = max(compare_words(half, other, bare) if len(half) > 2 else 0.0 for half in halves)
    return max(whole, HALF if alike >= SAME_NAME_ELSEWHERE else 0.0)


def _differ_by_ending(a: str, b: str) -> bool:
    """Say whether two words differ by what makes another name of one: Paul and Paula, Maria and
    Mario, Ivanova and Ivanovna.
    """
    if len(a) > len(b):
        a, b = b, a
    if len(a) > 3 and b == a + "a" and not a.endswith(FAMILY_ENDINGS):
        return True
    if len(a) == len(b) and a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"}:
        return not a[:-1].endswith(FAMILY_STEMS)
    return a[-3:] in ("ova", "eva") and b == a[:-1] + "na"


def _compare_bare(a: str, b: str) -> float:
    """Compare the sounds of two words of which one is written without short vowels."""
    short, full = (a, b) if _count_vowels(a) <= _count_vowels(b) else (b, a)
    return max(0.0, 1 - BARE * _align(short, full, bare=True) / max(2, len(short)))


def _count_vowels(sounds: str) -> int:
    return sum(c in _VOWELS for c in sounds)


def _align(a: str, b: str, bare: bool = False, most: float = math.inf) -> float:
    """Return the cost of the cheapest alignment of two strings of sounds; infinity may stand for
    one above `most`.

    bare: `a` is written without short vowels, so that one of `b` by itself costs next to nothing.
    """
    dropped = [
        SHORT_VOWEL
        if bare and c in _VOWELS and (not j or b[j - 1] not in _VOWELS)
        else _leave_out(c, j)
        for j, c in enumerate(b)
    ]
    row, before = [0.0], [0.0]
    for cost in dropped:
        row.append(row[-1] + cost)
    least = 0.0
    for i, x in enumerate(a):
        swaps, left_out = _COSTS.get(x, {}), _leave_out(x, i)
        earlier, before, row = before, row, [row[0] + left_out]
        cost = row[0]
        for j, y in enumerate(b):
            # By hand: this is the innermost loop of all comparing, and `min` doubles its time.
            cost += dropped[j]
            other = before[j] + (0.0 if x == y else swaps.get(y, OTHER))
            cost = other if other < cost else cost
            other = before[j + 1] + left_out
            cost = other if other < cost else cost
            if i and j and x == b[j - 1] and y == a[i - 1] and x != y:
                cost = min(cost, earlier[j - 1] + TRANSPOSED)
            row.append(cost)
        least, least_before = min(row), least
        if least > most and least_before > most:  # an alignment may pass over one row, not two
            return math.inf
    return row[-1]


def _leave_out(sound: str, place: int) -> float:
    if place == 0 and sound in _VOWELS:
        return FIRST_VOWEL
    return _LEFT_OUT.get(sound, OTHER)
