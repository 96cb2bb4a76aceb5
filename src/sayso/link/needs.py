"""What two names alone do not tell: what the reports that have them must show before they are one.

The reports are looked at elsewhere (`sayso.ledger.pair_evidence`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.lands import load_lands
from sayso.link.firmness import (
    SAME_WORD,
    is_acronym,
    is_firm_person,
    is_in_capitals,
    is_one_word,
    is_same_but_generation,
)
from sayso.link.name_sounds import ARTICLES, SAME_SOUND
from sayso.link.name_words import load_name_words
from sayso.link.person_name import read_person_name
from sayso.link.same_name import FIRST_OMITTED, OMITTED, ONE_GENERATION
from sayso.link.same_organisation import (
    is_whole,
    load_organisation_words,
    read_domain,
    read_words,
)
from sayso.link.slips import is_slip
from sayso.link.steps import Step
from sayso.records.evidence import Evidence

# Two spellings of one family name may be a misprint from here on, and from so many letters.
MISPRINT, MISPRINTED_LETTERS = 0.78, 5
# Two names this alike may be one person's who has one office; parts of them at least as in `AGREE`.
ALIKE_IN_OFFICE = 0.85
_SPELLED = frozenset(("alike", "slip"))
_OFFICE_STEPS = frozenset(("alike", "left out", "joined", "initial", "generation"))
# So many words of a chamber's, or of a name that says what it is, are hardly anything else's name.
HEADLESS_WORDS = 3
# Shorter names are too often something else's.
NAMED_LETTERS = 3
# The European Council on something is not the Council on it.
CONTINENTS = frozenset(("europe",))


def find_person_need(a: str, b: str, steps: Sequence[Step]) -> Evidence:
    """Return what reports must show of two names of people."""
    one_has = any(kind == "generation" and score == ONE_GENERATION for kind, *_, score in steps)
    if one_has and is_same_but_generation(steps):
        return Evidence.GENERATION
    if any(kind == "turned" for kind, *_ in steps):
        return Evidence.APART  # "Odo Brandt" may be the father of "Brandt Odo"
    if _is_slip(steps):
        return Evidence.SLIP
    if _is_misprint(a, b, steps):
        return Evidence.MISPRINT
    return _find_need_of_parts(a, b, steps)


def are_printed_alike(steps: Sequence[Step]) -> bool:
    """Say whether two names are the same words, but for letters that stand for them, initials,
    articles, what is a state's and how it is spelled: so that nothing speaks against them.
    """
    return all(
        (kind == "alike" and score in (1, SAME_WORD))
        or kind in ("initial", "run together", "known acronym")
        or (kind == "left out" and len(x or y) == 1)
        for kind, x, y, score in steps
    )


def _find_need_of_parts(a: str, b: str, steps: Sequence[Step]) -> Evidence:
    """Return what two names of people need of which one has more parts, or another form."""
    if _lacks(steps, FIRST_OMITTED):
        return Evidence.FIRST
    western = _is_western(a) or _is_western(b)
    if _lacks(steps, OMITTED) and western and is_firm_person(a, b, steps):
        return Evidence.COMPANY  # "Timothy Sovan" and "Timothy Hale Sovan" may be two
    known = all(kind in _OFFICE_STEPS and score != FIRST_OMITTED for kind, *_, score in steps)
    left_out = sum(kind == "left out" for kind, *_ in steps)
    return Evidence.OFFICE if known and left_out <= 1 else Evidence.NOTHING


def _is_slip(steps: Sequence[Step]) -> bool:
    """Say whether two names differ by one letter of one part, but for initials and "Jr."."""
    changed = [(x, y) for kind, x, y, s in steps if kind in _SPELLED and s < SAME_SOUND]
    alike = sum(kind in _SPELLED for kind, *_ in steps)
    if len(changed) != 1 or alike < 2 or not is_slip(*changed[0]):
        return False
    given = load_name_words().western.issuperset(changed[0])  # "Marie", "Maria"
    rest = [(kind, len(x or y)) for kind, x, y, _ in steps if kind not in _SPELLED]
    return not given and all(
        kind in ("initial", "generation") or (kind == "left out" and letters == 1)
        for kind, letters in rest
    )


def _lacks(steps: Sequence[Step], cost: float) -> bool:
    """Say whether all that one name lacks is one part, and the others are spelled the same.

    cost: of a first part, or of another one; initials in the middle do not count.
    """
    left = [
        score
        for kind, x, y, score in steps
        if kind == "left out" and (len(x or y) > 1 or score == FIRST_OMITTED)
    ]
    rest = [step for step in steps if step[0] not in ("left out", "generation")]
    same = all(kind == "alike" and score >= SAME_SOUND for kind, *_, score in rest)
    return same and len(rest) > 1 and left == [cost]


def _is_western(name: str) -> bool:
    return bool(load_name_words().western.intersection(read_person_name(name).parts[:1]))


def _is_misprint(a: str, b: str, steps: Sequence[Step]) -> bool:
    """Say whether two names of two parts differ in some letters of the family name."""
    first, second = read_person_name(a).parts, read_person_name(b).parts
    if len(first) != 2 or len(second) != 2 or first[0] != second[0] or len(first[0]) == 1:
        return False
    family = [(x, y, score) for kind, x, y, score in steps if kind == "alike" and x != y]
    if [(x, y) for x, y, _ in family] != [(first[1], second[1])]:
        return False
    x, y, score = family[0]
    # Nothing behind a whole name: "Kestria", "Kestrian".
    ends = x.startswith(y) or y.startswith(x)
    return score >= MISPRINT and min(len(x), len(y)) >= MISPRINTED_LETTERS and not ends


def find_organisation_need(a: str, b: str, steps: Sequence[Step]) -> Evidence:
    """Return what reports must show of two names of organisations."""
    if is_acronym(steps):
        return Evidence.ACRONYM
    short, long = sorted((read_words(a), read_words(b)), key=len)
    single = is_one_word(short) and is_one_word(long)
    articled = single and len(short) == len(long) and short[0] in ARTICLES
    if articled or is_in_capitals(a, b):
        return Evidence.TOGETHER  # "al-Qaida"; "al-Assad" and "Al Asad" are two
    whole = short == long
    short, long = sorted((_strip_article(short), _strip_article(long)), key=len)
    sites = whole and read_domain(a) != read_domain(b)
    if sites or (short == long and not whole) or _is_named(a, b, short, long):
        return Evidence.OWN
    behind = _is_behind(short, long)
    if behind or _is_states(short, long):
        return Evidence.HEADLESS if behind else Evidence.BODY
    place = _find_left_out(short, long)
    if place is None or _is_somebodys(a, b):
        return Evidence.NOTHING
    words = load_organisation_words()
    # "National Harbour Safety" may be of the Council, the Agency, the Adviser.
    told = short[0] in words.chambers or not words.kinds.isdisjoint(short)
    told |= long[-1] in words.named_heads
    plain = words.countries.isdisjoint(short)
    headless = place == len(short) >= HEADLESS_WORDS and told and plain
    return Evidence.HEADLESS if headless else Evidence.SHORT


def _is_somebodys(a: str, b: str) -> bool:
    """Say whether one name is of somebody of the other: "Sovan of Harbour Food Bank"; not
    "Department of Harbour Safety".
    """
    words = load_organisation_words()
    short, long = sorted((a.split(), b.split()), key=len)
    more = len(long) - len(short)
    front = {word.lower() for word in long[: more - 1]}
    linked = more > 1 and long[more:] == short and long[more - 1] in words.small
    return linked and (words.kinds | words.heads).isdisjoint(front)


def _strip_article(read: tuple[str, ...]) -> tuple[str, ...]:
    return read[1:] if len(read) > 1 and read[0] in ARTICLES else read


def _is_named(a: str, b: str, short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether one name is the other and what it is, of what mostly goes by its name alone:
    "Sovan University", "Sovan News".
    """
    words = load_organisation_words()
    if tuple(long[:-1]) != tuple(short) or long[-1] not in words.named_heads:
        return False
    common = words.kinds | words.generic | words.countries | words.common
    name = min(a, b, key=len)
    printed = "&" not in name and len(name.replace("-", " ").split()) <= len(short) + 1
    own = [w for w in short if w not in common and len(w) >= NAMED_LETTERS]
    return printed and len(own) == len(short) > 0  # "Sovan & Co." says more


def _is_behind(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether one name is a state's body, and the other the same behind the state: "Harbour
    Affairs Committee", "US Harbour Affairs Committee".
    """
    words = load_organisation_words()
    if tuple(long[1:]) != tuple(short) or not is_whole(short):
        return False
    return (
        _is_state(long[0])
        and words.countries.isdisjoint(short)
        and not words.bodies.isdisjoint(short)
    )


def _is_states(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether one name is a body that not every state has, and the other the same with the
    state: "Harbour Department", "US Department of Harbours".
    """
    words, lands = load_organisation_words(), load_lands()
    if len(long) != len(short) + 1 or sorted(long[1:]) != sorted(short):
        return False
    levels = words.levels - {"state"}  # the State Department is no state's
    more = words.kinds | words.generic | words.countries | levels
    own = any(word not in more for word in short)
    plain = (lands.alike | lands.branches).issuperset(short)
    body = not words.bodies.isdisjoint(short)
    return _is_state(long[0]) and own and body and not plain


def _is_state(word: str) -> bool:
    words = load_organisation_words()
    return word in words.countries and words.belonging.get(word, word) not in CONTINENTS


def _find_left_out(short: Sequence[str], long: Sequence[str]) -> int | None:
    """Return the place of the one word that a short form leaves out; None if it is no short form.

    The last word may be what the body is ("Sovan Institution"), where the short form does not say
    that itself; the police, the radio or a newspaper of somebody is somebody else, and what a state
    body is for ("Interior") is no name. Other words may go from a name that has two of its own
    left, a country only from the front.
    """
    words = load_organisation_words()
    if len(long) != len(short) + 1 or not short:
        return None
    place = next((i for i, word in enumerate(short) if word != long[i]), len(short))
    if tuple(short[place:]) != tuple(long[place + 1 :]):
        return None
    if long[place] in words.countries and place > 0:
        return None  # "Sovan Institution Kestria" is another
    own = [w for w in short if w not in words.kinds | words.generic | words.countries]
    if place == len(short):
        # "Harbour Police Department": of the state what its last word says once more.
        whole = short[-1] in words.kinds and (len(short) == 1 or long[-1] not in words.bodies)
        headed = long[-1] in words.heads and not whole
        # "Sovan Harbour Trade Center for Sailors": a whole name, and whom or where it is for.
        kind = not words.kinds.isdisjoint(short) and long[-1] not in words.kinds
        if kind and len(own) >= HEADLESS_WORDS:
            return place
        more = sum(w not in words.countries | words.generic for w in short) > 1
        return place if headed and own and (more or long[-1] not in words.bodies) else None
    return place if len(own) > 1 else None
