"""Whether two names may be one person's: their parts aligned.

A part left out is cheap, a part contradicted is fatal: "Ziad Nakhala" may be "Ziyad Rushdi
al-Nakhaleh", "Iyad Makhluf" is not "Ihab Makhluf". A name of one part may be anybody's of that name
and is never enough. Whether one name is one person's is not said here: that takes context.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sayso.link.name_sounds import SAME_NAME_ELSEWHERE, compare_spelled, compare_words
from sayso.link.name_words import load_name_words
from sayso.link.person_name import MARK, PersonName, get_common, read_person_name
from sayso.link.same_organisation import RUN_TOGETHER, compare_organisations, is_organisation
from sayso.link.slips import is_slip, run_together
from sayso.link.steps import Step, leave_out, turn

# Names of this score on are the same.
SAME = 0.8
# Below it, parts written in one are tried too.
SURE = 0.9
# Parts this alike are one part in two spellings; less alike, they contradict each other.
AGREE = 0.78
INITIAL = 0.9
# What each factor takes from the score.
OMITTED = 0.985
FIRST_OMITTED = 0.88
MOVED = 0.9
FEW_KNOWN = 0.8
ONE_PART, SINGLE = 0.9, 0.7
CONTRADICTED = 0.3
JOINED = 0.99
ONE_GENERATION = 0.97
ALIKE_JOINED = 0.86
# Another letter in a word that sounds unlike: to be asked about, not the same by itself.
SLIP = 0.9
# So many common parts are a name of one's own.
ENOUGH = 3


class Reason(NamedTuple):
    """One step of a comparison. kind: "alike", "slip" (another letter), "initial", "joined",
    "left out", "contradicts", "turned" (the family name first in one), "moved", "one part",
    "common", "generation"; "acronym", "known acronym"; "run together" (other spaces and signs).
    a, b: parts, empty where there is none.
    """

    kind: str
    a: str
    b: str
    score: float

    def __str__(self) -> str:
        pair = " = ".join(p for p in (self.a, self.b) if p).replace(MARK, " ")
        return f"{self.kind}: {pair} ({self.score:.2f})"


class NameMatch(NamedTuple):
    """score: 0 to 1, not a probability; same: whether it reaches SAME; reasons: the steps."""

    score: float
    same: bool
    reasons: tuple[Reason, ...]


def same_name(a: str, b: str) -> NameMatch:
    """Return whether two names may be one person's, or one organisation's if either is an
    organisation's. Never raises on text; symmetric but for which part of a reason is `a`.
    """
    organisations = is_organisation(a) or is_organisation(b)
    score, steps = compare_organisations(a, b) if organisations else compare_people(a, b)
    return NameMatch(round(score, 4), score >= SAME, tuple(Reason(*step) for step in steps))


def compare_people(a: str, b: str) -> tuple[float, tuple[Step, ...]]:
    """Return the score of two names of people, 0 to 1, and the steps that led to it; symmetric."""
    first, second = read_person_name(a), read_person_name(b)
    letters = run_together(a)
    several = max(len(first.parts), len(second.parts)) > 1 and first.parts != second.parts
    if letters and several and letters == run_together(b):
        return RUN_TOGETHER, (("run together", a, b, RUN_TOGETHER),)
    if (len(first.parts), first.parts) <= (len(second.parts), second.parts):
        return _compare(first, second)
    score, steps = _compare(second, first)
    return score, turn(steps)


@lru_cache(1 << 16)
def _compare(short: PersonName, long: PersonName) -> tuple[float, tuple[Step, ...]]:
    bare = short.bare or long.bare
    score, steps = _align(short.parts, long.parts, bare)
    if score < SURE:
        for x, y, joint in _join(short.parts, long.parts):
            other, taken = _align(x, y, bare)
            name = joint[1] or joint[2]
            sure = all(
                s >= ALIKE_JOINED and is_near_in_length(p, q)
                for _, p, q, s in taken
                if name in (p, q)
            )
            if sure and other * JOINED > score:
                score, steps = other * JOINED, [joint, *taken]
    if _differ_in_initials(short.parts, long.parts):
        score *= CONTRADICTED
        steps = [*steps, ("initial", " ".join(short.parts), " ".join(long.parts), CONTRADICTED)]
    if short.generation and long.generation and short.generation != long.generation:
        score *= CONTRADICTED
        steps = [*steps, ("generation", short.generation, long.generation, CONTRADICTED)]
    elif short.generation != long.generation:  # one has it, so one report with both has two people
        score *= ONE_GENERATION
        steps = [*steps, ("generation", short.generation, long.generation, ONE_GENERATION)]
    return score, tuple(steps)


def _differ_in_initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether both names have initials in the middle, and other ones: "W." and "H. W."."""
    if len(a) < 3 or len(b) < 3:
        return False
    first, second = ("".join([p for p in parts[1:-1] if len(p) == 1]) for parts in (a, b))
    return bool(first and second) and not (first.startswith(second) or second.startswith(first))


def _align(short: tuple[str, ...], long: tuple[str, ...], bare: bool) -> tuple[float, list[Step]]:
    """Return the score of two lists of parts and the steps that led to it."""
    if not short:
        return 0.0, []
    if short == long:
        alike = [("alike", p, p, 1.0) for p in short]
        if len(short) > 1:
            return 1.0, alike
        return ONE_PART, [*alike, ("one part", short[0], long[0], ONE_PART)]
    pairs = _pair(short, long, bare)
    steps: list[Step] = [
        (_name_step(short[i], long[j], s), short[i], long[j], s) for i, j, s in pairs
    ]
    if not pairs:
        steps.append(("contradicts", short[0], long[0], CONTRADICTED))
        return 0.0, steps
    scores = [s for *_, s in pairs]
    score = 0.6 * min(scores) + 0.4 * sum(scores) / len(scores)
    if any(kind == "slip" for kind, *_ in steps):
        score *= SLIP
    left = _leave(len(short), [i for i, _, _ in pairs])
    over = _leave(len(long), [j for _, j, _ in pairs])
    for i, j in _contradict(pairs, left, over) if left and over else ():
        score *= CONTRADICTED
        steps.append(("contradicts", short[i], long[j], CONTRADICTED))
        left.remove(i)
        over.remove(j)
    common, given = get_common(), load_name_words().western
    for parts, places, of_second in ((short, left, False), (long, over, True)):
        for place in places:
            doubtful = place == 0 and parts[0] not in common
            doubtful |= place == len(parts) - 1 and parts[place - 1] in given
            cost = FIRST_OMITTED if doubtful else OMITTED
            score *= cost
            steps.append(leave_out(parts[place], cost, of_second=of_second))
    order = _find_order(pairs)
    if order:
        cost = MOVED if order == "moved" else 1.0
        score *= cost
        steps.append((order, " ".join(short), " ".join(long), cost))
    if len(short) == 1:
        cost = SINGLE if len(long) > 1 else ONE_PART
        score *= cost
        steps.append(("one part", short[0], " ".join(long), cost))
    elif (
        (over or left)
        and len(pairs) < ENOUGH
        and all(long[j] in common or len(long[j]) == 1 for _, j, _ in pairs)
    ):
        score *= FEW_KNOWN
        steps.append(("common", " ".join(short), "", FEW_KNOWN))
    return score, steps


def _leave(count: int, taken: list[int]) -> list[int]:
    """Return which of so many places are not taken."""
    return [place for place in range(count) if place not in taken]


def _name_step(x: str, y: str, alike: float) -> str:
    if alike == INITIAL and 1 in (len(x), len(y)):
        return "initial"
    return "slip" if alike == AGREE and is_slip(x, y) else "alike"


def _pair(
    short: tuple[str, ...], long: tuple[str, ...], bare: bool
) -> list[tuple[int, int, float]]:
    """Return which parts are one, best first: (place in short, place in long, how alike)."""
    found, words = [], load_name_words()
    last, last_long = len(short) - 1, len(long) - 1
    shift = last_long - last
    for i, x in enumerate(short):
        for j, y in enumerate(long):
            if len(x) == 1 or len(y) == 1:
                ends = i == last or j == last_long
                alike = 0.0 if ends or x[0] != y[0] or not _in_place(i, j, shift) else INITIAL
                alike = 1.0 if x == y else alike
            else:
                alike = compare_parts(x, y, bare)
                if alike == SAME_NAME_ELSEWHERE and i == last and j == last_long:
                    alike = compare_spelled(x, y, bare) if words.are_short_forms(x, y) else alike
            if alike >= AGREE:
                away = min(abs(j - i), abs(j - i - shift))
                found.append((alike - 0.01 * away, i, j, alike))
    if len(found) > 1:
        found.sort(key=lambda f: (-f[0], f[1], f[2]))
    pairs: list[tuple[int, int, float]] = []
    firsts, seconds = set(), set()
    for _, i, j, alike in found:
        if i not in firsts and j not in seconds:
            firsts.add(i)
            seconds.add(j)
            pairs.append((i, j, alike))
    return pairs


def compare_parts(x: str, y: str, bare: bool) -> float:
    """Return how alike two parts are; a slip of the pen is just enough."""
    alike = compare_words(x, y, bare)
    return AGREE if alike < AGREE and x[0] == y[0] and is_slip(x, y) else alike


def _in_place(i: int, j: int, shift: int) -> bool:
    """Say whether an initial and a part stand in the same place, from the front or the back."""
    return i == j or (i > 0 and j > 0 and j - i == shift)


def _contradict(
    pairs: list[tuple[int, int, float]], left: list[int], over: list[int]
) -> list[tuple[int, int]]:
    """Return which of the parts left over stand for each other: those between the same neighbours,
    and any if the first parts are not one.
    """
    ordered = sorted(pairs)
    begin_alike = ordered[0][0] == 0 and min(j for _, j, _ in pairs) == 0
    found: list[tuple[int, int]] = []
    for i in left:
        gap = sum(p < i for p, _, _ in ordered)
        for j in over:
            if all(j != taken for _, taken in found) and (
                not begin_alike or sum(q < j for _, q, _ in ordered) == gap
            ):
                found.append((i, j))
                break
    return found


def _find_order(pairs: list[tuple[int, int, float]]) -> str:
    """Return "" if the parts stand in one order, "turned" if the family name is first in one of
    the names, else "moved".
    """
    order = [j for _, j, _ in sorted(pairs)]
    if order == sorted(order):
        return ""
    turned = (order[1:] + order[:1], order[-1:] + order[:-1])
    return "turned" if sorted(order) in turned else "moved"


def _join(
    short: tuple[str, ...], long: tuple[str, ...]
) -> list[tuple[tuple[str, ...], tuple[str, ...], Step]]:
    """Return the ways to write some neighbouring parts of one name in one."""
    ways = []
    for parts, others, is_long in ((long, short, True), (short, long, False)):
        for at, count, joint in join_neighbours(parts):
            if any(is_near_in_length(o, joint) for o in others):
                new = (*parts[:at], joint, *parts[at + count :])
                step = ("joined", "" if is_long else joint, joint if is_long else "", JOINED)
                ways.append((others, new, step) if is_long else (new, others, step))
    return ways


@lru_cache(1 << 16)
def join_neighbours(parts: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Return two and three neighbouring parts, no initials, written in one: (place, how many, the
    joint part).
    """
    found = []
    for count in (2, 3):
        for at in range(len(parts) - count + 1):
            joint = "".join(parts[at : at + count]).replace(MARK, "")
            if len(joint) > 3 and all(len(p) > 1 for p in parts[at : at + count]):
                found.append((at, count, joint))
    return tuple(found)


def is_near_in_length(a: str, b: str) -> bool:
    """Say whether two parts are of about one length, as a part and two in one must be."""
    return abs(len(a) - len(b)) < 3
