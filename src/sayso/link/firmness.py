"""Whether two names that are alike may be joined without a person's word.

Stricter than whether they may be one: a wrong join puts words into somebody's mouth, a missing one
is asked about. The rules come from 300 joins in US press reports that were looked through
(docs/evaluation.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lands import load_lands, name_land
from sayso.link.name_sounds import ARTICLES, SAME_NAME_ELSEWHERE, SAME_SOUND
from sayso.link.name_words import load_name_words
from sayso.link.person_name import HYPHEN, get_common, read_person_name
from sayso.link.same_name import FIRST_OMITTED, ONE_GENERATION
from sayso.link.same_organisation import (
    load_acronyms,
    load_organisation_words,
    read_acronym,
    read_domain,
    read_words,
)
from sayso.link.steps import Step

# What is said or done about a land, not of it ("Sovan on Kestria").
_BESIDE_A_LAND = frozenset(("on", "to", "by", "with", "and", "at"))
_DOUBLED = re.compile(r"([A-Z][a-z]{2,20})\1")
_OWNED = re.compile(r"[’']s? \S+$")
_STANCE = re.compile(r"(?:pro|anti|post|pre|non|ex)[-‐‑–]")

# At most one step is weak. Parts this alike are one for sure; less alike it is a weak step, down to
# the second, for short parts the third.
SURE, ALIKE, ALIKE_SHORT = 0.95, 0.88, 0.93
SHORT = 4
# Of so many parts, one that is less sure needs another that is not a common name.
FEW_PARTS = 2
# Shorter ones stand for many things, and may be words: they need a report that explains them.
TELLING_ACRONYM = 5
# Initials that stand for too much to be one with dots and without, unless they are shipped.
FEW_LETTERS = 2
# From here on two words are one, or one belongs to the other: "Iran", "Iranian".
SAME_WORD = 0.97
# The parts of a name of a family and the two halves of a given name, and letters of each.
HALVES, SYLLABLE = 3, 5
# So many telling words are a name of its own: then "party" and the like may be left out.
ENOUGH_WORDS = 2
# So many words are one name with an "s" more or less.
PLURAL_WORDS = 3


def is_firm_person(a: str, b: str, steps: Sequence[Step]) -> bool:
    """Say whether two names of people need no person's word."""
    if any(kind == "generation" for kind, *_ in steps) and not is_same_but_generation(steps):
        return False
    if _is_run_together(steps):
        return True
    words, common = load_name_words(), get_common()
    western = words.western
    doubled = any(_DOUBLED.search(name) for name in (a, b))
    if doubled or any(k == "left out" and (x or y) in words.generations for k, x, y, _ in steps):
        return False  # "Odo BrandtBrandt", "Odo Brandt Jr. Odo": names run into one
    alike = [(x, y) for kind, x, y, _ in steps if kind == "alike"]
    spelled = any(x in western or y in western for x, y in alike)
    if sum(_weigh(step, spelled) for step in steps) > 1 or _goes_on(a, b, steps):
        return False
    if _is_half(a, b):
        return False
    turned = any(kind == "turned" for kind, *_ in steps)
    sure = [(x, y) for kind, x, y, score in steps if kind == "alike" and score >= SURE]
    told = any(x not in common or y not in common for x, y in (alike if turned else sure))
    return told or not (turned or (len(sure) < len(alike) <= FEW_PARTS))


def _is_half(a: str, b: str) -> bool:
    """Say whether one name lacks half of the given name of another: "Kim Min" of "Kim Hae Min"."""
    short, long = sorted((read_person_name(name).parts for name in (a, b)), key=len)
    if len(short) != HALVES - 1 or len(long) != HALVES or short[0] != long[0]:
        return False
    whole = all(1 < len(part) <= SYLLABLE for part in long)
    return whole and long[0] in load_name_words().halved


def is_same_but_generation(steps: Sequence[Step]) -> bool:
    """Say whether two names differ in nothing but "Jr."."""
    return all(score in (1, ONE_GENERATION) for *_, score in steps)


def _goes_on(a: str, b: str, steps: Sequence[Step]) -> bool:
    """Say whether one name goes on behind the whole other: "Jon Hale" and "Jon Hale Library"."""
    left_out = [(x, y) for kind, x, y, _ in steps if kind == "left out"]
    ends = [(read_person_name(name).parts or ("",))[-1] for name in (a, b)]
    return any(x == ends[0] or y == ends[1] for x, y in left_out if len(x or y) > 1)


def _weigh(step: Step, spelled: bool) -> int:
    """Return how weak a step is: 0 of what two spellings of one name always have.

    spelled: a part is a Western given name, so that the others are hardly transliterated.
    """
    kind, a, b, score = step
    if kind == "alike":
        short, long = sorted((a, b), key=len)
        if long[:-1] == short and long[-1] in "iy":
            return 2  # "Harir", "Hariri": of a place or people of that name
        if spelled and score != SAME_NAME_ELSEWHERE:
            return 0 if score >= SAME_SOUND else 1 if score >= ALIKE_SHORT and len(short) > 7 else 2
        least = SAME_SOUND if HYPHEN in a + b else ALIKE_SHORT if len(short) <= SHORT else ALIKE
        return 0 if score >= max(SURE, least) else 1 if score >= least else 2
    if kind == "left out":
        return 2 if score == FIRST_OMITTED else 1 if len(a or b) > 1 else 0
    if kind == "generation":
        return 0 if score == ONE_GENERATION else 2
    return {"joined": 1, "moved": 1, "turned": 1}.get(kind, 2)


def is_firm_organisation(a: str, b: str, steps: Sequence[Step]) -> bool:
    """Say whether two names of organisations need no person's word."""
    if _is_run_together(steps):
        return True
    if is_acronym(steps):
        return min(len(a), len(b)) >= TELLING_ACRONYM
    if any(kind == "known acronym" for kind, *_ in steps):
        return True
    first, second = read_words(a), read_words(b)
    letters = [read_acronym(name) for name in (a, b)]
    other = first == second and None in letters and first[0] in letters  # "ON HSB" is no "HSB"
    tests = (_is_no_body, _is_cut_off, _is_anybodys)
    placed = _is_placed(a) or _is_placed(b)
    other = other or (placed and _list_lands(first) != _list_lands(second))
    if other or (a != b and any(test(name) for test in tests for name in (a, b))):
        return False
    # Neither "Logar" and "Luger" nor "Labour" and "Labor".
    if is_one_word(first) and is_one_word(second):
        asked = is_in_capitals(a, b) or read_domain(a) != read_domain(b)
        return first == second and _is_telling(first[-1]) and not asked
    return first == second or _is_firm_in_words(first, second, steps)


def _is_anybodys(name: str) -> bool:
    """Say whether a name may be another body's in another report, however it is spelled."""
    return load_lands().is_anybodys([w.strip(",.") for w in name.lower().split()])


def _is_placed(name: str) -> bool:
    """Say whether a name tells whose body is where: "Kestrian Embassy in Luzara"."""
    return not load_lands().placed.isdisjoint(name.lower().split())


def _list_lands(read: Sequence[str]) -> list[str]:
    """Return the lands that words name, in order: the embassy of one in the other is no embassy of
    the other.
    """
    return [land for word in read if (land := name_land((word,))) is not None]


def _is_firm_in_words(first: Sequence[str], second: Sequence[str], steps: Sequence[Step]) -> bool:
    """Say whether two names are one body's, though their words are not the same."""
    words = load_organisation_words()
    if words.kinds.isdisjoint((*first, *second)) and _differ_little(first, second, steps):
        return False
    plain = words.kinds.union(words.generic, ARTICLES)
    telling = min(([w for w in read if w not in plain] for read in (first, second)), key=len)
    changed = sum(kind == "alike" and score < SAME_WORD for kind, _, _, score in steps)
    left_out = sum(kind == "left out" for kind, *_ in steps)
    # "Fars News" and "Fars News Agency".
    news = not changed and {w for read in (first, second) for w in read} >= {"news", "agency"}
    short_of_words = len(telling) < ENOUGH_WORDS and not (news and telling)
    nobody = words.countries.issuperset((*first, *second))  # "American and Afghan"
    # "Harbour Safety" may be of the Agency, the Adviser.
    agency = any(kind == "left out" and "agency" in (x, y) for kind, x, y, _ in steps) and not news
    several = changed + left_out > 1 or agency or any(kind == "contradicts" for kind, *_ in steps)
    if several or nobody or ((changed or left_out) and short_of_words):
        return False
    return _have_one_order(first, second, steps) or any(w in words.bodies for w in first)


def _differ_little(first: Sequence[str], second: Sequence[str], steps: Sequence[Step]) -> bool:
    """Say whether one of two names that say of no body what it is has an "s" more, of few words
    ("Sea Stone", "Sea Stones"), or "affairs" ("Harbour Safety", "Harbour Safety Affairs").
    """
    plural = any(kind == "alike" and f"{min(x, y)}s" == max(x, y) for kind, x, y, _ in steps)
    affairs = any(kind == "left out" and "affairs" in (x, y) for kind, x, y, _ in steps)
    return (plural and len(first) == len(second) < PLURAL_WORDS) or affairs


def is_one_word(read: Sequence[str]) -> bool:
    """Say whether a name is one word, with or without an article."""
    return len(read[1:] if len(read) > 1 and read[0] in ARTICLES else read) == 1


def _is_telling(word: str) -> bool:
    """Say whether one word in two spellings is a name: no "Defence", no "S.D." and "SD"."""
    short = len(word) <= FEW_LETTERS and word not in load_acronyms()
    return not short and word not in load_organisation_words().words.values()


def is_in_capitals(a: str, b: str) -> bool:
    """Say whether one of two names of one word is letters, the other a word, and either has a legal
    form: "SOVA Corp.", "Sova". Without one, letters are often printed as a word ("Nato").
    """
    forms = load_organisation_words().legal_forms
    words = [[w for w in n.split() if w.lower().strip(".,") != "the"] for n in (a, b)]
    own = [[w for w in ws if w.lower().strip(".,") not in forms] for ws in words]
    if any(len(ws) != 1 for ws in own) or own[0][0].lower() != own[1][0].lower():
        return False
    return words != own and own[0][0].isupper() is not own[1][0].isupper()


def _is_no_body(name: str) -> bool:
    """Say whether a name is rather what somebody thinks or does of a country or a known body:
    "pro-Kestria", "Sovan's Kestria", "Sovan's NATO", but not "Bank of Kestria".
    """
    words, read = load_organisation_words(), read_words(name)
    known = len(read) > 1 and read[-1] in load_acronyms() and _OWNED.search(name)
    if known and not _list_lands(read):
        return True
    if _STANCE.match(name):
        return True
    before = name.replace("-", " ").split()[:-1]
    lands = words.countries.union(words.states, words.short.values())
    ends_in_land = len(read) > 1 and read[-1] in lands and words.kinds.isdisjoint(read)
    of_it = words.small - _BESIDE_A_LAND
    return ends_in_land and of_it.isdisjoint(w.lower() for w in before)


def _is_cut_off(name: str) -> bool:
    """Say whether a name lacks what it goes on with: "Harbour Council of the", "US Agency"."""
    words, read = load_organisation_words(), read_words(name)
    begins = len(read) > 1 and (words.countries | words.generic | words.common).issuperset(read)
    return begins or name.rsplit(" ", 1)[-1] in words.small


def _is_run_together(steps: Sequence[Step]) -> bool:
    """Say whether two names are the same but for spaces and signs."""
    return any(kind == "run together" for kind, *_ in steps)


def is_acronym(steps: Sequence[Step]) -> bool:
    """Say whether one name is an acronym of the other."""
    return any(kind == "acronym" for kind, *_ in steps)


def _have_one_order(first: Sequence[str], second: Sequence[str], steps: Sequence[Step]) -> bool:
    """Say whether the words that are one stand in the same order."""
    pairs = [
        (first.index(x), second.index(y))
        for kind, x, y, _ in steps
        if kind == "alike" and x in first and y in second
    ]
    places = [place for _, place in sorted(pairs)]
    return places == sorted(places)
