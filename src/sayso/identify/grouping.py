"""Grouping names: which of those that hang together are one, by pairs and by what people decided.

What comes out depends on the names, their pairs and the decisions alone, not on the order in which
they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from sayso.identify.two_titles import find_two_titles
from sayso.ledger.identities import put_identities
from sayso.ledger.judgements import list_decisions
from sayso.ledger.name_pairs import find_component, list_pairs_among
from sayso.ledger.names import Name, get_names, settle
from sayso.ledger.pair_evidence import update_evidence
from sayso.ledger.paths import LedgerPaths
from sayso.link.person_name import read_person_name
from sayso.link.resolve import COMPARE, ORGANISATION, PERSON, UNLIKE, Known, join_pairs
from sayso.link.same_organisation import read_acronym
from sayso.link.slips import run_together
from sayso.link.steps import Step
from sayso.records.evidence import Evidence

# Two names this alike that stand in one report as two are one that its resolver missed: of people,
# of which one has another form of the given name too ("Rick", "Richard"), and of organisations
# ("Guard", "Guards"; "Fars News", "Fars News Agency").
ONE_IN_ONE_REPORT, ONE_BODY = 0.94, 0.97
_SHORT = (Evidence.SHORT, Evidence.HEADLESS, Evidence.OWN, Evidence.BODY)
# Of which one leaves out a first name or a middle one.
_IN_FULL = (Evidence.FIRST, Evidence.COMPANY)
# A report that has both shows that they are one, or tells nothing against it.
_AMISS = (Evidence.SLIP, Evidence.MISPRINT)
_WEAK = (
    *(Evidence.MISPRINT, Evidence.OFFICE, Evidence.TOGETHER),
    *(Evidence.SLIP, Evidence.FIRST, Evidence.OWN, Evidence.BODY),
)


def group_names(
    paths: LedgerPaths | None, connection: sqlite3.Connection, numbers: Collection[int]
) -> int:
    """Group these names anew with all that hang together with them, and return how many names have
    another id now. Inside the caller's transaction, under the write lock. paths: None if it is only
    tried, and no id is written down.
    """
    component, known = set(numbers), set[int]()
    while component != known:  # what a name that is drawn in needs may draw in others
        update_evidence(connection, component - known)
        known = component
        component = find_component(connection, component)
    names = sorted(get_names(connection, component), key=lambda n: (n.name_key, n.label))
    changed = put_identities(paths, connection, _join(connection, names))
    settle(connection, component)
    return changed


def _join(connection: sqlite3.Connection, names: Sequence[Name]) -> list[list[Name]]:
    pairs, known = _look_up(connection, names)
    kinds = {n.spelling: n.type for n in names}

    def compare(a: str, b: str) -> tuple[float, tuple[Step, ...]]:
        organisation = ORGANISATION in (kinds[a], kinds[b])
        score, steps = COMPARE[ORGANISATION if organisation else PERSON](a, b)
        # Letters do not contradict names that they do not stand for, nor do names run together, or
        # with another sign, that are a person's in one report and an organisation's in the other.
        letters = (read_acronym(a) is None) is not (read_acronym(b) is None)
        if (organisation and letters) or {kinds[a], kinds[b]} == {PERSON, ORGANISATION}:
            score = max(score, UNLIKE)
        return score, steps

    found = join_pairs([n.spelling for n in names], pairs, compare, known)
    alone = set(range(len(names))) - {n for group in found.groups for n in group}
    groups = [*found.groups, *((n,) for n in sorted(alone))]
    return [[names[n] for n in group] for group in groups]


def _look_up(
    connection: sqlite3.Connection, names: Sequence[Name]
) -> tuple[dict[tuple[int, int], tuple[float, bool]], Known]:
    """Return the pairs among names, by their places, and what reports and people say of them."""
    place = {name.name_no: n for n, name in enumerate(names)}
    pairs, beside_pairs, short, weak = {}, set(), set(), set()
    generations: list[tuple[int, int, bool]] = []
    named_in_full = set[int]()
    for pair, beside in list_pairs_among(connection, place):
        first, second = sorted((place[pair.first], place[pair.second]))
        pairs[first, second] = (pair.score, pair.firm)
        body = ORGANISATION in (names[first].type, names[second].type)
        unlike = round(pair.score, 6) < (ONE_BODY if body else ONE_IN_ONE_REPORT)
        if pair.needs is Evidence.GENERATION:
            generations.append((first, second, pair.firm and not beside))
        if pair.firm and pair.needs in _IN_FULL:
            named_in_full.add(_put_shorter_first(names, first, second)[1])
        if pair.firm and pair.needs in _SHORT:
            short.add(_put_shorter_first(names, first, second))
        if pair.firm and pair.needs in _WEAK:
            weak.add((first, second))
        if pair.firm and pair.needs in _AMISS:  # two misprints do not contradict each other either
            rare, known = sorted((first, second), key=lambda n: (names[n].reports, n))
            short.add((rare, known))
        known = pair.firm and pair.needs in (*_SHORT, *_WEAK)
        if beside and (_leaves_out_first(names, first, second) or (unlike and not known)):
            beside_pairs.add((first, second))
    short |= _find_short(names, pairs, named_in_full)
    decisions = list_decisions(connection, place)
    together = [(place[a], place[b]) for a, b, verdict in decisions if verdict == "together"]
    together += _list_run_together(names, pairs)
    apart = [(place[a], place[b]) for a, b, verdict in decisions if verdict == "apart"]
    beside_pairs |= _part_juniors(names, generations)
    firm = [pair for pair, (_, is_firm) in pairs.items() if is_firm]
    beside_pairs |= find_two_titles(connection, names, firm) - set(together)
    return pairs, Known(apart, together, beside_pairs, short, weak)


def _part_juniors(
    names: Sequence[Name], generations: Sequence[tuple[int, int, bool]]
) -> set[tuple[int, int]]:
    """Return the pairs of each junior of whom one is not to be joined: he joins no other name that
    has no "Jr." either, or both would come together over that one.

    generations: pairs of which one has a "Jr.", and whether they may be joined.
    """
    marked = [
        (b, a)[bool(read_person_name(names[a].spelling).generation)] for a, b, _ in generations
    ]
    alone = {n for n, (*_, fine) in zip(marked, generations, strict=True) if not fine}
    return {(a, b) for n, (a, b, _) in zip(marked, generations, strict=True) if n in alone}


def _list_run_together(
    names: Sequence[Name], pairs: Mapping[tuple[int, int], tuple[float, bool]]
) -> list[tuple[int, int]]:
    """Return the pairs of the same letters: one name, whatever its spaces and signs, so that what
    fits the one is not parted from it by the other.
    """
    letters = [run_together(name.spelling) for name in names]
    return sorted(
        (a, b) for (a, b), (_, firm) in pairs.items() if firm and letters[a] == letters[b] != ""
    )


def _find_short(
    names: Sequence[Name],
    pairs: Mapping[tuple[int, int], tuple[float, bool]],
    in_full: Collection[int],
) -> set[tuple[int, int]]:
    """Return the names of fewer words that go with these, each before the one it goes with: what
    one of them leaves out the other may have ("Odo Brandt", "Hale Brandt": Odo Hale Brandt).
    """
    ordered = [_put_shorter_first(names, *pair) for pair, (_, firm) in pairs.items() if firm]
    words = [len(name.name_key.split()) for name in names]
    return {(a, b) for a, b in ordered if b in in_full and words[a] < words[b]}


def _leaves_out_first(names: Sequence[Name], first: int, second: int) -> bool:
    """Say whether two names are people's of which one has a word more in front: where a report has
    both as two, they are two, as a son is who has his father's whole name behind his own.
    """
    short, long = _put_shorter_first(names, first, second)
    people = names[short].type == names[long].type == PERSON
    return people and names[long].name_key.endswith(f" {names[short].name_key}")


def _put_shorter_first(names: Sequence[Name], first: int, second: int) -> tuple[int, int]:
    """Return two names, that of fewer words first; of as many, that of fewer letters."""
    keys = [names[n].name_key for n in (first, second)]
    sizes = [(len(key.split()), len(key), key) for key in keys]
    return (first, second) if sizes[0] < sizes[1] else (second, first)
