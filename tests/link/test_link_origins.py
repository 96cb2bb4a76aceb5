"""Origins: what is one by a speaker, an outlet, a copy or a headline, and what stays apart."""

from __future__ import annotations

import random

from sayso.link.origins import find_root, fold_origins
from sayso.records.origin import Bearer, Evidence, Origins, Teller, Through, Tie


def teller(
    number: int, *keys: str, name: str | None = None, denies: bool = False, sure: float = 0.9
) -> Teller:
    shown = name if name is not None else " and ".join(keys) or None
    return Teller(f"s-{number}", keys, shown, (number, number + 5), sure, denies)


def bearer(
    number: int,
    outlet: str | None,
    *chain: Teller,
    through: tuple[Through, ...] = (),
    headline: bool = False,
    report: int | None = None,
) -> Bearer:
    at = number if report is None else report
    return Bearer(
        record_id=f"s-{number}",
        report_id=f"r-{at}",
        span=(100, 120),
        outlet=outlet,
        outlet_key=None if outlet is None else f"outlet:{outlet}",
        day=f"2031-03-{at + 1:02}",
        chain=chain,
        through=through,
        headline=headline,
    )


def via(kind: str, outlet: str, statement: int | None = None) -> Through:
    number = None if statement is None else f"s-{statement}"
    return Through(kind, f"outlet:{outlet}", outlet, (3, 9), number)


def group(found: Origins) -> list[list[int]]:
    return [sorted(origin.bearers) for origin in found.origins]


def test_two_witnesses_are_two_origins_though_one_report_has_both() -> None:
    found = fold_origins(
        [bearer(0, "Post", teller(0, "i-ana")), bearer(1, "Post", teller(1, "i-bo"), report=0)], []
    )
    assert group(found) == [[0], [1]] and found.count_named() == 2


def test_one_speaker_in_five_outlets_is_one_origin() -> None:
    found = fold_origins([bearer(n, f"Outlet {n}", teller(n, "i-ana")) for n in range(5)], [])
    assert group(found) == [[0, 1, 2, 3, 4]]
    (tie,) = found.origins[0].ties
    assert tie.kind == "speaker"
    assert tie.evidence == tuple(Evidence(f"r-{n}", (n, n + 5)) for n in range(5))


def test_the_innermost_named_speaker_counts() -> None:
    nested = bearer(0, "Post", teller(0, "i-minister"), teller(1, "i-army"))
    assert find_root(nested).key == "i-army"
    unnamed = bearer(0, "Post", teller(0, "i-minister"), teller(1))
    assert find_root(unnamed).key == "i-minister"


def test_somebody_without_a_name_leads_to_the_outlet_that_he_told() -> None:
    told = [
        bearer(0, "Post", teller(0), through=(via("told", "Orbis", 0),)),
        bearer(1, "Herald", teller(1), through=(via("reported", "Orbis", 1),)),
        bearer(2, "Orbis", teller(2)),
    ]
    found = fold_origins(told, [])
    assert group(found) == [[0, 1, 2]]
    assert [root.kind for root in found.roots] == ["told", "reported", "unnamed"]
    # Orbis has it from somebody whom it does not name: it is its own word.
    assert found.count_named() == 0
    assert fold_origins(told[:2], []).count_named() == 1


def test_a_pronoun_that_is_not_resolved_is_no_source_without_a_name() -> None:
    open_one = Teller("s-1", (), None, (1, 6), 0.2, is_open=True)
    assert find_root(bearer(0, "Post", open_one)).kind == "open"
    assert find_root(bearer(0, "Post", teller(1))).kind == "unnamed"
    assert find_root(bearer(0, "Post", teller(1, "i-mayor"), open_one)).key == "i-mayor"
    assert not fold_origins([bearer(0, "Post", open_one)], []).count_named()


def test_a_named_speaker_goes_before_the_outlet_that_he_told() -> None:
    one = bearer(0, "Post", teller(0, "i-ana"), through=(via("told", "Orbis", 0),))
    assert find_root(one).key == "i-ana"


def test_a_credited_report_rests_on_the_agency() -> None:
    wire = [bearer(n, f"Outlet {n}", through=(via("credit", "Orbis"),)) for n in range(5)]
    found = fold_origins([*wire, bearer(5, "Orbis"), bearer(6, "Herald")], [])
    assert group(found) == [[0, 1, 2, 3, 4, 5], [6]]
    assert found.roots[6].kind == "own"


def test_a_copied_passage_folds_what_nobody_credits() -> None:
    passage = Tie("copied", (0, 2), (Evidence("r-0", (90, 300)), Evidence("r-2", (0, 210))), "c-1")
    found = fold_origins([bearer(0, "Post"), bearer(1, "Herald"), bearer(2, "Echo")], [passage])
    assert group(found) == [[0, 2], [1]]
    assert found.origins[0].ties == (passage,)
    assert {root.name for root in found.origins[0].roots} == {"Post", "Echo"}


def tie(*numbers: int, cluster: str = "c-1") -> Tie:
    return Tie("copied", numbers, tuple(Evidence(f"r-{n}", (0, 300)) for n in numbers), cluster)


def test_a_copied_passage_never_joins_speakers_of_different_names() -> None:
    one, other = bearer(0, "Post", teller(0, "i-ana")), bearer(1, "Herald", teller(1, "i-bo"))
    assert group(fold_origins([one, other], [tie(0, 1)])) == [[0], [1]]
    nobody = bearer(2, "Echo")
    # Whose word the Echo prints is known where one is named, and is not where two are.
    assert group(fold_origins([one, other, nobody], [tie(0, 2)])) == [[0, 2], [1]]
    for copies in ([tie(0, 1, 2)], [tie(0, 2), tie(1, 2, cluster="c-2")]):
        found = fold_origins([one, other, nobody, bearer(3, "Basin")], [*copies, tie(2, 3)])
        assert group(found) == [[2, 3], [0], [1]]
        assert found.origins[1].ties == ()


def test_a_ministry_of_any_state_is_one_at_one_place_of_a_copied_passage() -> None:
    told = [
        bearer(n, f"Outlet {n}", teller(n, f"i-army in r-{n}", name="the army")) for n in range(3)
    ]
    assert group(fold_origins(told, [tie(0, 1)])) == [[0, 1], [2]]


def test_a_headline_rests_on_whom_the_text_below_names() -> None:
    found = fold_origins(
        [
            bearer(0, "Post", headline=True),
            bearer(1, "Post", teller(1, "i-ana"), report=0),
            bearer(2, "Post", headline=True),
        ],
        [],
    )
    assert group(found) == [[0, 1], [2]]
    assert found.roots[0].key == "i-ana" and found.roots[2].kind == "own"


def test_a_headline_does_not_rest_on_who_denies_it() -> None:
    denies = bearer(1, "Post", teller(1, "i-ana", denies=True), report=0)
    found = fold_origins([bearer(0, "Post", headline=True), denies], [])
    assert found.roots[0].kind == "own" and found.denying == (1,)
    also = bearer(2, "Post", teller(2, "i-bo"), report=0)
    found = fold_origins([bearer(0, "Post", headline=True), denies, also], [])
    assert found.roots[0].key == "i-bo" and group(found) == [[0, 2]]


def test_what_denies_is_in_no_origin_and_ties_nothing() -> None:
    passage = Tie("quoted", (0, 1), (Evidence("r-0", (0, 9)), Evidence("r-1", (0, 9))), "c-1")
    found = fold_origins(
        [bearer(0, "Post", teller(0, "i-ana")), bearer(1, "Post", teller(1, "i-bo", denies=True))],
        [passage],
    )
    assert group(found) == [[0]] and found.denying == (1,)
    assert found.origins[0].ties == ()


def test_outlets_that_nobody_knows_stay_apart() -> None:
    found = fold_origins([bearer(0, None), bearer(1, None)], [])
    assert group(found) == [[0], [1]] and found.count_named() == 0


def test_a_joint_source_is_not_one_of_its_members() -> None:
    found = fold_origins(
        [bearer(0, "Post", teller(0, "i-ana", "i-bo")), bearer(1, "Post", teller(1, "i-ana"))], []
    )
    assert group(found) == [[0], [1]]


def test_order_does_not_change_what_is_together() -> None:
    rng = random.Random(7)
    bearers = [
        bearer(
            n,
            f"Outlet {rng.randrange(4)}",
            *([teller(n, f"i-{rng.randrange(4)}")] if rng.random() < 0.5 else []),
            through=(via("credit", "Orbis"),) if rng.random() < 0.2 else (),
        )
        for n in range(24)
    ]
    ties = []
    for number in range(5):
        one, other = rng.sample(range(24), 2)
        spans = (Evidence(f"r-{one}", (90, 130)), Evidence(f"r-{other}", (90, 130)))
        ties.append(Tie("copied", (one, other), spans, f"c-{number}"))
    expected = {
        frozenset(bearers[i].record_id for i in o.bearers)
        for o in fold_origins(bearers, ties).origins
    }
    for _ in range(10):
        order = rng.sample(range(24), 24)
        place = {i: n for n, i in enumerate(order)}
        turned = [
            Tie(t.kind, tuple(place[i] for i in t.bearers), t.evidence, t.cluster_id)
            for t in rng.sample(ties, 5)
        ]
        found = fold_origins([bearers[i] for i in order], turned)
        assert {
            frozenset(bearers[order[i]].record_id for i in o.bearers) for o in found.origins
        } == expected
