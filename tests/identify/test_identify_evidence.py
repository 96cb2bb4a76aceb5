"""Names that are joined, or not, by what reports have of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from identify_samples import (
    joined,
    list_groups,
    load,
    load_findings,
    make_groups,
    make_report,
    make_titled,
)

from sayso.identify.deciding import decide_merge
from sayso.identify.judging import judge
from sayso.ledger.database import open_reader
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.removal import remove_reports
from sayso.records.judgement import make_judgement

SHORT, LONG = "CARE Ostvik", "CARE Ostvik Institute"
HEADLESS, WHOLE = "Senate Ostvik CARE", "Senate Ostvik CARE Committee"
FRIENDS = ("Mira Kestrel", "Odo Pellman", "Ulla Marsk", "Wasim Orvel", "Jana Dovan")
MANY = (
    *("Bram Aldov", "Cira Bekst", "Dov Corlan", "Ena Drusk", "Filo Ermand", "Gita Fross"),
    *("Pia Grint", "Ivo Hestel", "Juna Irvane", "Karel Jostin", "Lida Krauv", "Mona Lestra"),
    *("Nils Morvek", "Olga Quentin", "Pavel Orlund", "Rolf Prist"),
)
ELSE = tuple(f"Jana {name.split()[1]}" for name in MANY)
OTHERS = tuple(f"Ida {name.split()[1]}" for name in MANY[:12])
Reports = Sequence[Sequence[str]]


def make_others(count: int, *names: str) -> list[tuple[str, ...]]:
    """Reports that have these, and one name each that the others do not have."""
    return [(*names, f"Marsk{n}") for n in range(count)]


@pytest.mark.parametrize(
    ("reports", "groups"),
    [
        # a short name that goes with the longer one, as another or as its own spelling
        ([(SHORT, LONG)], [(SHORT, LONG)]),
        ([(f"{LONG} = {SHORT}",), (SHORT,)], [(SHORT, LONG)]),
        ([(SHORT, LONG), (SHORT, "Ida Marsk")], [(SHORT, LONG)]),
        # and one that mostly stands without it
        ([(SHORT,), (LONG,)], []),
        ([(SHORT, LONG), *make_others(2, SHORT)], []),
        # or that goes with two
        ([(SHORT, LONG, "CARE Ostvik Foundation")], []),
        # a name by itself, unless it is known much better
        ([(SHORT,), (f"{SHORT} Hotel",)], [(SHORT, f"{SHORT} Hotel")]),
        ([*make_others(11, SHORT), (f"{SHORT} Hotel",)], []),
        # or is a word, a place
        ([(SHORT, "We CARE Ostvik care Ostvik"), (f"{SHORT} Hotel",)], []),
        ([(SHORT, "Ida Marsk of Halvik in CARE Ostvik"), (f"{SHORT} Hotel",)], []),
        # or is of two
        ([(SHORT,), (f"{SHORT} Hotel",), (f"{SHORT} University",)], []),
        # without its article, in the same company
        (
            [("al-CARE", *FRIENDS), ("CARE", *FRIENDS)],
            [("al-CARE", "CARE")],
        ),
        ([("al-CARE",), ("CARE",)], []),
        # what is firm by itself, unless all beside it are strangers
        ([("Mike Ostvik",), ("Michael Ostvik",)], [("Mike Ostvik", "Michael Ostvik")]),
        ([("Mike Ostvik", *MANY[:12]), ("Michael Ostvik", *OTHERS)], []),
        (
            [("Mike Ostvik", *MANY[:12]), ("Michael Ostvik", *OTHERS[1:])],
            [("Mike Ostvik", "Michael Ostvik")],
        ),
        (
            [("Mike Ostvik", *MANY[:12]), ("Michael Ostvik", *OTHERS, MANY[3])],
            [("Mike Ostvik", "Michael Ostvik")],
        ),
        (
            [("Mike Ostvik", *MANY[:12], "Michael Ostvik"), ("Michael Ostvik", *OTHERS)],
            [("Mike Ostvik", "Michael Ostvik")],
        ),
        ([("Mike Ostvik", *MANY[:12]), ("Michael Ostvik",)], [("Mike Ostvik", "Michael Ostvik")]),
        ([("Mike Ostvik",), ("Michael Ostvik", *OTHERS)], [("Mike Ostvik", "Michael Ostvik")]),
        # a state's body with the state and without, in the same company
        (
            [("CARE Department", *FRIENDS), ("US CARE Department", *FRIENDS)],
            [("CARE Department", "US CARE Department")],
        ),
        (
            [("CARE Department", *FRIENDS), ("US Department of CARE", *FRIENDS)],
            [("CARE Department", "US Department of CARE")],
        ),
        ([("CARE Department", *FRIENDS), ("US CARE Department", *FRIENDS[1:])], []),
        (
            [
                ("CARE Department", *FRIENDS),
                ("US CARE Department", *FRIENDS),
                ("UK CARE Department", *FRIENDS),
            ],
            [],
        ),
        # what is short for a name is short for the one that this is short for
        (
            [(HEADLESS,), (WHOLE,), (f"U.S. {WHOLE}",)],
            [(HEADLESS, WHOLE, f"U.S. {WHOLE}")],
        ),
        # two forms that leave out what the other has, beside the whole name
        (
            [
                ("Timothy Hale Sovan", *FRIENDS),
                ("Timothy Sovan", *FRIENDS),
                ("Hale Sovan", *FRIENDS),
                ("Timothy Hale Sovan", "Cira Bekst"),
            ],
            [("Timothy Hale Sovan", "Timothy Sovan", "Hale Sovan")],
        ),
        # the ship and the person
        ([("Mira Ostvik",), ("Mira P. Ostvik CARE",)], []),
        # a person in one report and an organisation in another
        ([("Ulla Marskes",), ("Ulla Council = UllaMarskes", "UllaMarskes CARE")], []),
        ([("@MiraSovanUNICE",), ("Mira Sovan UNICE",)], [("@MiraSovanUNICE", "Mira Sovan UNICE")]),
        ([("al-Ostvika",), ("al-Ostvika", "Al-Ostvika TV")], [("al-Ostvika", "Al-Ostvika TV")]),
        # letters part nobody from another spelling of what they stand for
        (
            [
                ("Harbour Safety Council = HSC",),
                ("HSC",),
                ("Harbour Safty Council",),
            ],
            [("Harbour Safety Council", "HSC", "Harbour Safty Council")],
        ),
        # a body in a land is another one
        ([("Ostvik Trade Safety Council",), ("Ostvik Trade Safety Council America",)], []),
        # what is hardly anything else's name
        ([(HEADLESS,), (WHOLE,)], [(HEADLESS, WHOLE)]),
        ([(HEADLESS, WHOLE)], [(HEADLESS, WHOLE)]),
        # two short forms of one name do not contradict each other
        (
            [(HEADLESS,), ("Ostvik CARE Committee of Senate", WHOLE)],
            [(HEADLESS, WHOLE, "Ostvik CARE Committee of Senate")],
        ),
        # a junior, and somebody who is much better known
        ([("Odo Brandt Jr.",), ("Odo Brandt",)], [("Odo Brandt Jr.", "Odo Brandt")]),
        ([("Odo Brandt Jr.", "Odo Brandt")], []),
        ([("Odo Brandt Jr.",), *make_others(9, "Odo Brandt")], []),
        # nor one who has nobody beside him that stands beside the other
        ([("Odo Brandt Jr.", *ELSE), ("Odo Brandt", *MANY)], []),
        ([("Odo Brandt Jr.", *FRIENDS), ("Odo Brandt", *MANY)], [("Odo Brandt Jr.", "Odo Brandt")]),
        (
            [("Odo Brandt Jr.", MANY[0], *ELSE), ("Odo Brandt", *MANY)],
            [("Odo Brandt Jr.", "Odo Brandt")],
        ),
        # not over a third name
        (
            [("Odo Brandt Jr.",), ("Odo P. Brandt",), *make_others(9, "Odo Brandt")],
            [("Odo Brandt", "Odo P. Brandt")],
        ),
        # perhaps father and son
        ([("Ahmed Nakhoureh",), ("Nakhoureh Ahmed",)], [("Ahmed Nakhoureh", "Nakhoureh Ahmed")]),
        ([("Ahmed Nakhoureh", "Nakhoureh Ahmed")], []),
        # a misprint in one report
        ([("Odo Berglund", "Odo Beglund"), ("Odo Berglund",)], [("Odo Berglund", "Odo Beglund")]),
        ([("Odo Berglund",), ("Odo Beglund",)], []),
        (
            [("Odo Berglund", *FRIENDS), ("Odo Beglund", *FRIENDS[1:])],
            [("Odo Berglund", "Odo Beglund")],
        ),
        ([("Odo Berglund", *FRIENDS), ("Odo Beglund", *FRIENDS[2:])], []),
        # a misprint of a given name; and another given name
        (
            [("Nadalia Hale", *FRIENDS), ("Nidalia Hale", *FRIENDS)],
            [("Nadalia Hale", "Nidalia Hale")],
        ),
        ([("Harry Hale", *FRIENDS), ("Larry Hale", *FRIENDS)], []),
        # two misprints of one name
        (
            [(name, *FRIENDS) for name in ("Odo Berglund", "Odo Bergulnd", "Odo Bergunld")],
            [("Odo Berglund", "Odo Bergulnd", "Odo Bergunld")],
        ),
        # a first name left out, another one too
        (
            [("Odo Hale Sovan", *FRIENDS), ("Odo Hale Sovan",), ("Hale Sovan", *FRIENDS)],
            [("Odo Hale Sovan", "Hale Sovan")],
        ),
        (
            [
                ("Wasim Hale Sovan", *FRIENDS),
                ("Wasim Hale Sovan",),
                ("Hale Sovan", *FRIENDS),
                ("Wasim Sovan",),
            ],
            [("Wasim Hale Sovan", "Hale Sovan", "Wasim Sovan")],
        ),
        # of somebody who is rarer than who has none: another name, or a word before it
        ([("Odo Hale Sovan", *FRIENDS), ("Hale Sovan", *FRIENDS)], []),
        # a middle name
        (
            [("Timothy Hale Sovan", *FRIENDS), ("Timothy Sovan", *FRIENDS)],
            [("Timothy Hale Sovan", "Timothy Sovan")],
        ),
        ([("Timothy Hale Sovan", *FRIENDS), ("Timothy Sovan", "Odo Brandt")], []),
        ([("Odo Berglund", "Odo Beglund"), *make_others(2, "Odo Berglund", "Odo Beglund")], []),
        # a son with his father's whole name, whom a report tells apart
        ([("Tariq Sarro",), ("Yusuf Tariq Sarro",)], [("Tariq Sarro", "Yusuf Tariq Sarro")]),
        ([("Tariq Sarro", "Yusuf Tariq Sarro"), ("Tariq Sarro", *FRIENDS)], []),
        # another form of a given name, in one report
        ([("Mike Pellman", "Michael Pellman")], [("Mike Pellman", "Michael Pellman")]),
    ],
)
def test_names_are_joined_by_what_reports_have(
    paths: LedgerPaths, reports: Reports, groups: Reports
) -> None:
    load(paths, *reports)
    assert joined(list_groups(paths)) == make_groups(*groups)


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_reading_plays_no_part(paths: LedgerPaths, turned: bool) -> None:
    reports = [(SHORT,), (SHORT, LONG), ("Odo Brandt Jr.",), *make_others(9, "Odo Brandt")]
    for report in reversed(reports) if turned else reports:
        load(paths, report)
    assert joined(list_groups(paths)) == make_groups((SHORT, LONG))


def test_a_short_name_that_goes_alone_later_is_parted_again(paths: LedgerPaths) -> None:
    load(paths, (SHORT, LONG))
    assert joined(list_groups(paths)) == make_groups((SHORT, LONG))
    alone = make_others(2, SHORT)
    load(paths, *alone)
    assert joined(list_groups(paths)) == set()
    remove_reports(paths, [make_report(report).report.report_id for report in alone])
    load(paths, ("Ida Marsk",))
    assert joined(list_groups(paths)) == make_groups((SHORT, LONG))


def test_the_name_of_a_place_is_short_for_nothing(paths: LedgerPaths) -> None:
    found = make_report((HEADLESS, "Ida Marsk"))
    place, other = found.entities
    load(paths, (HEADLESS,), (HEADLESS, "Odo Brandt"), (WHOLE,))
    load_findings(paths, replace(found, entities=(replace(place, type="place"), other)))
    assert joined(list_groups(paths)) == set()


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (("Odo Berglund", "Kestrian port minister"), ("Odo Beglund", "port chief"), False),
        (
            ("Odo Berglund", "Kestrian port minister"),
            ("Odo Beglund", "Kestrian Port Minister"),
            True,
        ),
        (
            ("Laurent Sovan", "Kestrian port minister"),
            ("Lauren Sovan", "Kestrian port minister"),
            True,
        ),
        (("Laurent Sovan", "president"), ("Lauren Sovan", "president"), False),
        (("Laurent Sovan", "Maj. Gen."), ("Lauren Sovan", "Maj. Gen."), False),
        (("Odo Sovan", "Kestrian port minister"), ("Ida Sovan", "Kestrian port minister"), False),
    ],
)
def test_one_office_shows_that_two_spellings_are_one(
    paths: LedgerPaths, first: tuple[str, str], second: tuple[str, str], is_one: bool
) -> None:
    found = [make_titled(name, title, None, 1) for name, title in (first, second)]
    load_findings(paths, *found)
    assert joined(list_groups(paths)) == make_groups(*[(first[0], second[0])] * is_one)


def test_what_an_office_shows_joins_two_names_of_one_that_are_unlike(paths: LedgerPaths) -> None:
    names = ("Sarah Huckett", "Sarah Huckett Sander", "Sarah Sander")
    load_findings(paths, *(make_titled(name, "port press secretary", None, 1) for name in names))
    assert joined(list_groups(paths)) == make_groups(names)


@pytest.mark.parametrize(
    ("title", "is_one"), [("Adm.", False), ("Rep.", True), ("harbour chief", True), ("", True)]
)
def test_titles_that_do_not_go_together_part_two_forms_of_a_name(
    paths: LedgerPaths, title: str, is_one: bool
) -> None:
    names = ("Mike Pellman", "Michael Pellman")
    titles = ("Rep.", title)
    found = [make_titled(name, one, None, 1) for name, one in zip(names, titles, strict=True)]
    load_findings(paths, *found)
    assert joined(list_groups(paths)) == make_groups(*[names] * is_one)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        # somebody's past, in one report of many
        ({"Rep.": 3}, {"Adm.": 1, "port clerk": 11}, True),
        ({"Rep.": 3}, {"Adm.": 2, "port clerk": 11}, False),
        ({"Rep.": 3}, {"Adm.": 1, "port clerk": 4}, False),
        # one name of two people joins no other
        ({"Rep.": 2, "Adm.": 2}, {"port clerk": 1}, False),
        ({"Rep.": 2, "Adm.": 1, "port clerk": 9}, {"port clerk": 1}, True),
    ],
)
def test_how_many_reports_call_somebody_by_a_title_counts(
    paths: LedgerPaths, first: dict[str, int], second: dict[str, int], is_one: bool
) -> None:
    names = ("Mike Pellman", "Michael Pellman")
    found = [
        make_titled(name, title, None, 20 * at + n)
        for name, titles in zip(names, (first, second), strict=True)
        for at, (title, count) in enumerate(titles.items())
        for n in range(count)
    ]
    load_findings(paths, *found)
    assert joined(list_groups(paths)) == make_groups(*[names] * is_one)


def test_people_decide_on_a_junior(paths: LedgerPaths) -> None:
    load(paths, ("Odo Brandt Jr.", "Odo Brandt"))
    with closing(open_reader(paths)) as connection:
        body = decide_merge(connection, ["Odo Brandt Jr.", "Odo Brandt"])
    judge(paths, [make_judgement("merge", body, judged_at="2031-02-03T04:05:06Z", author="ida")])
    assert joined(list_groups(paths)) == make_groups(("Odo Brandt Jr.", "Odo Brandt"))
