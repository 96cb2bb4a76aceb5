"""Claims out of pairs that say the same: each saying of a claim says what the first of it says,
with more, or a part of it.

Nothing follows from two pairs for a third: a saying that says the same as a member, but was not
decided to say the same as the first, is not in the claim. The earliest saying that is in no claim
takes all later ones that say it; so the result is a function of the sayings, their order by age and
what was decided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.link.telling_words import FIRST_PERSON
from sayso.records.claim import SAYS, Claim, ClaimMember, Saying, count_days, name_apart
from sayso.records.span import Span, overlaps

# Two of the first person by speakers that are two are the same from so many telling words on, and
# so close: one utterance, given to one of them wrongly.
ONE_UTTERANCE_WORDS, ONE_UTTERANCE_CLOSE = 8, 0.97
# … and where a speaker is not known, or "he" or "it" opens the text, from so many on.
KNOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of sayings. relations: of a side, what others are to it, as (relation,
    closeness), both ways. passages: pairs of numbers, both ways, that stand in one copied passage.
    together, apart: pairs of numbers, both ways, that a person joined or kept apart. pinned:
    numbers that come first, of those of one claim the one that stands last. days: sayings further
    apart are not joined; 0: any number.
    """

    relations: Mapping[int, Mapping[int, tuple[str, float]]]
    passages: Mapping[int, frozenset[int]] = field(default_factory=dict)
    together: Mapping[int, frozenset[int]] = field(default_factory=dict)
    apart: Mapping[int, frozenset[int]] = field(default_factory=dict)
    pinned: Sequence[int] = ()
    days: float = 0


def group_sayings(sayings: Sequence[Saying], known: Known) -> list[Claim]:
    """Return the claims of sayings, which come by age; only claims of two reports or more."""
    by_side: dict[int, list[Saying]] = defaultdict(list)
    by_speaker: dict[tuple[int, str | None], list[Saying]] = defaultdict(list)
    by_number = {saying.number: saying for saying in sayings}
    for saying in sayings:
        by_side[saying.side].append(saying)
        for speaker in saying.speakers or (None,):
            by_speaker[saying.side, speaker].append(saying)
    both = _Sayings(by_number, by_side, by_speaker)
    taken: set[int] = set()
    alone: set[_Kind] = set()
    claims = []
    ranks = {number: -place for place, number in enumerate(known.pinned, 1)}
    for first in sorted(sayings, key=lambda s: (ranks.get(s.number, 0), s.number)):
        kind = _name_kind(first, known)
        if first.number in taken or kind in alone:
            continue
        found = list(_find_members(first, both, known))
        members = [ClaimMember(first.number, "first", 1.0)]
        members += _take(first, found, taken, known)
        members += _add_judged(members, both, taken, known)
        if len({by_number[m.number].report for m in members}) < 2:
            alone |= set() if kind is None else {kind}
            continue
        numbers = {m.number for m in members}
        taken |= numbers
        ordered = members[:1] + sorted(members[1:], key=lambda m: m.number)
        others = tuple(o for o in _find_others(first, by_side, known) if o[0] not in numbers)
        claims.append(Claim(tuple(ordered), others))
    return claims


@dataclass(frozen=True, slots=True)
class _Sayings:
    """Sayings by number, by side, and by side with each of their speakers, None: not known. All of
    one side have the same flags and words."""

    by_number: Mapping[int, Saying]
    by_side: Mapping[int, Sequence[Saying]]
    by_speaker: Mapping[tuple[int, str | None], Sequence[Saying]]

    def list_fitting(
        self, first: Saying, side: int, closeness: float, known: Known
    ) -> Sequence[Saying]:
        """Return those of a side that may join, as `_fit_speakers` has it; where only some speakers
        fit, the others are not gone through: very many may say "we use cookies"."""
        sayings = self.by_side.get(side, ())
        if not sayings:
            return ()
        flags = first.flags | sayings[0].flags
        words = min(first.words, sayings[0].words)
        surely_one = words >= ONE_UTTERANCE_WORDS and closeness >= ONE_UTTERANCE_CLOSE
        told_apart = flags & FIRST_PERSON and first.speakers and not surely_one
        if not flags or (words >= KNOWN_WORDS and not told_apart):
            return sayings
        keys: list[str | None] = [*first.speakers, None] if told_apart else [*first.speakers]
        fitting = {o.number: o for key in keys for o in self.by_speaker.get((side, key), ())}
        passages = known.passages.get(first.number, frozenset())
        others = (self.by_number[n] for n in passages if n in self.by_number)
        return list((fitting | {o.number: o for o in others if o.side == side}).values())


_Found = tuple[Saying, float, str, str]
_Kind = tuple[int, int, frozenset[str], frozenset[int]]


def _name_kind(saying: Saying, known: Known) -> _Kind | None:
    """Return what sayings of one report have in common that can take the same ones: where the first
    of them found none that is free, so does the next. A report may repeat a sentence a thousand
    times. None where a person said something about it.
    """
    if saying.number in known.together or saying.number in known.apart:
        return None
    passages = known.passages.get(saying.number, frozenset())
    return saying.side, saying.report, saying.speakers, passages


def _find_members(first: Saying, sayings: _Sayings, known: Known) -> Iterator[_Found]:
    """Yield the sayings of other reports that say what `first` says, more or a part of it; how
    close, by what, and which of these.
    """
    for other in sayings.list_fitting(first, first.side, 1.0, known):
        if _may_join(first, other, 1.0, known):
            yield other, 1.0, "verbatim", "same"
    for side, (relation, closeness) in known.relations.get(first.side, {}).items():
        if relation not in SAYS:
            continue
        for other in sayings.list_fitting(first, side, closeness, known):
            if _may_join(first, other, closeness, known):
                near = not _is_far(first, other, known.days)
                yield other, closeness, "decided" if near else "passage", relation


def _may_join(first: Saying, other: Saying, closeness: float, known: Known) -> bool:
    if other.report == first.report:
        return False
    in_passage = other.number in known.passages.get(first.number, ())
    if not in_passage and _is_far(first, other, known.days):
        return False
    return _fit_speakers(first, other, closeness, in_passage=in_passage)


def _is_far(first: Saying, other: Saying, days: float) -> bool:
    # What is not known compares as False: it is near to all.
    return days > 0 and abs(first.day - other.day) > days


def _fit_speakers(first: Saying, other: Saying, closeness: float, *, in_passage: bool) -> bool:
    """Say whether two sayings can be of one thing, by who says them."""
    flags = first.flags | other.flags
    if not flags or first.speakers & other.speakers:
        return True
    words = min(first.words, other.words)
    if flags & FIRST_PERSON and first.speakers and other.speakers:
        return words >= ONE_UTTERANCE_WORDS and closeness >= ONE_UTTERANCE_CLOSE
    return in_passage or words >= KNOWN_WORDS


def _take(
    first: Saying, found: Sequence[_Found], taken: set[int], known: Known
) -> Iterator[ClaimMember]:
    """Yield the members among what was found, those that say the same first, then the closest:
    nothing that a person kept apart from one before, and of two sayings in one another ("the agency
    reported that the minister said …") only one.
    """
    inside = {first.number}
    spans: dict[int, list[Span]] = defaultdict(list)
    for saying, closeness, basis, relation in sorted(
        found, key=lambda one: (one[3] != "same", -one[1], one[0].number)
    ):
        apart = known.apart.get(saying.number, frozenset())
        there = spans[saying.report]
        place = bisect_left(there, saying.span)
        beside = there[max(place - 1, 0) : place + 1]
        nested = any(overlaps(saying.span, span) for span in beside)
        if saying.number not in taken and not nested and apart.isdisjoint(inside):
            inside.add(saying.number)
            there.insert(place, saying.span)
            yield ClaimMember(saying.number, basis, closeness, relation)


def _add_judged(
    members: Sequence[ClaimMember],
    sayings: _Sayings,
    taken: set[int],
    known: Known,
) -> list[ClaimMember]:
    """Return what a person joined with the members, and with what is so joined; each with the
    sayings of its very words."""
    inside = {m.number for m in members}
    added: list[ClaimMember] = []
    waiting = sorted(inside)

    def add(number: int) -> bool:
        apart = known.apart.get(number, frozenset())
        if number in inside or number in taken or not apart.isdisjoint(inside):
            return False
        inside.add(number)
        added.append(ClaimMember(number, "judged", 0.0))
        return True

    while waiting:
        for number in sorted(known.together.get(waiting.pop(), ())):
            saying = sayings.by_number.get(number)
            if saying is not None and add(number):
                waiting.append(number)
                for other in sayings.by_side[saying.side]:
                    if _may_join(saying, other, 1.0, known):
                        add(other.number)
    return added


def _find_others(
    first: Saying, by_side: Mapping[int, Sequence[Saying]], known: Known
) -> Iterator[tuple[int, float, str]]:
    """Yield the sayings of other reports that stand to the first otherwise."""
    for side, (relation, closeness) in sorted(known.relations.get(first.side, {}).items()):
        if relation in SAYS:
            continue
        for other in by_side.get(side, ()):
            if other.report != first.report and not _is_far(first, other, known.days):
                days = count_days((first.day, first.last), (other.day, other.last))
                yield other.number, closeness, name_apart(relation, days)
