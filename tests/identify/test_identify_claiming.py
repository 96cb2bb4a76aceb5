"""Claims of a ledger: the same whatever the order of reading, and gone with a report."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from claim_samples import (
    GRANT,
    PIER,
    PIER_TOLD,
    VOTE,
    WE,
    Told,
    WordReader,
    dump,
    get_reports,
    link,
    list_claims,
    load,
)

from sayso.errors import NotFoundError
from sayso.identify import claiming
from sayso.identify.claiming import link_claims
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.ledger import open_ledger
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.records.findings import Findings
from sayso.records.proposition import Proposition, Quantity
from sayso.settings import Settings

FIRST = Told("ash", (("Ida Marsh", "says", PIER),), outlet="Kestrin Wire", day="2031-02-10")
SECOND = Told("birch", (("Ida Marsh", "says", PIER_TOLD),), (GRANT,))
THIRD = Told("cedar", (), (PIER, VOTE), outlet="Oller Times", day="2031-02-12")
FOURTH = Told("elm", (("Ben Orr", "denies", PIER),), (GRANT,), outlet="Oller Times")
UNDATED = Told("fir", (("a clerk", "says", PIER),), outlet=None, day=None)
SAMPLES = (FIRST, SECOND, THIRD, FOURTH, UNDATED)


def test_what_says_the_same_is_one_claim_the_earliest_first(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    assert link(paths) == 2
    grants, piers = list_claims(paths)
    assert [text.lower() for text in grants] == [GRANT.lower()] * 2
    assert [text.lower() for text in piers] == [s.lower() for s in (PIER, PIER_TOLD, PIER, PIER)]
    with closing(open_reader(paths)) as connection:
        counts = connection.execute(
            "SELECT sayings, reports, outlets, owners FROM claim ORDER BY reports"
        ).fetchall()
    assert counts == [(2, 2, 2, 2), (4, 4, 3, 3)]
    piers_reports = max(get_reports(paths), key=len)
    assert piers_reports == [s.report_id for s in (FIRST, SECOND, THIRD, UNDATED)]


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (PIER, f"{PIER} while boats wait outside", "more"),
        (f"{PIER} while boats wait outside", PIER, "less"),
        (PIER, PIER_TOLD, "same"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_says_more_or_a_part_is_in_the_claim_and_says_so(
    paths: LedgerPaths, first: str, second: str, relation: str, *, turned: bool
) -> None:
    samples = [
        Told("ash", (("Ida Marsh", "says", first),), outlet="Kestrin Wire", day="2031-02-10"),
        Told("birch", (("Ida Marsh", "says", second),), day="2031-02-12"),
    ]
    load(paths, samples[::-1] if turned else samples)
    link(paths)
    with closing(open_ledger(paths.folder)) as ledger:
        [claim] = ledger.claims()
        rows = list(ledger.claim(claim["claim_id"]))
        assert [(row["relation"], row["basis"]) for row in rows] == [
            ("same", "first"),
            (relation, "decided"),
        ]
        assert rows[0]["text"].lower() == first.lower()


def test_an_id_from_before_an_earlier_report_was_read_leads_to_the_claim(
    paths: LedgerPaths,
) -> None:
    def list_ids() -> list[str]:
        with closing(open_ledger(paths.folder)) as ledger:
            return [row["claim_id"] for row in ledger.claims()]

    load(paths, [replace(FIRST, day="2031-02-12"), replace(SECOND, day="2031-02-13")])
    link(paths)
    [former] = list_ids()
    load(paths, [Told("alder", (("Ida Marsh", "says", PIER),), outlet="Reed", day="2031-02-10")])
    link(paths)
    [now] = list_ids()
    assert now != former
    with closing(open_ledger(paths.folder)) as ledger:
        assert [row["claim_id"] for row in ledger.claim(former)] == [now] * 3
        with pytest.raises(NotFoundError):
            ledger.claim(f"{former[:-1]}_")


def test_an_outlet_that_owns_another_counts_with_it(paths: LedgerPaths) -> None:
    load(paths, [replace(FIRST, outlet="Kestrin Wire"), replace(SECOND, outlet="Wire Online")])
    link(paths, Settings(outlet_owners=(("Wire Online", "Kestrin Wire"),)))
    with closing(open_reader(paths)) as connection:
        counts = connection.execute("SELECT outlets, owners FROM claim").fetchall()
    assert counts == [(2, 1)]


def test_a_denial_is_not_in_the_claim(paths: LedgerPaths) -> None:
    load(paths, [FIRST, FOURTH])
    link(paths)
    assert list_claims(paths) == []


@pytest.mark.parametrize("order", list(itertools.permutations(SAMPLES))[::40])
def test_neither_order_nor_batches_change_the_result(
    paths: LedgerPaths, order: tuple[Told, ...]
) -> None:
    at_once = create_ledger(paths.folder.parent / "other.sayso")
    load(at_once, SAMPLES)
    link(at_once)
    load(paths, order[:2])
    link(paths)
    for sample in order[2:]:
        load(paths, [sample])
        link(paths)
    assert dump(paths) == dump(at_once)
    assert link(paths) == 0


def test_nothing_is_read_twice(paths: LedgerPaths) -> None:
    reader = WordReader()
    load(paths, SAMPLES[:3])
    link(paths, reader=reader)
    assert reader.embedded and reader.read_texts
    load(paths, SAMPLES[3:])
    link(paths, reader=reader)
    link(paths, Settings(claims_days=10), reader)
    assert len(reader.embedded) == len(set(reader.embedded))
    assert len(reader.read_texts) == len(set(reader.read_texts))


def test_a_run_that_was_cut_off_goes_on(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(paths, SAMPLES)
    link(paths)
    whole = dump(paths)
    for name in ("PRINTED_AT_ONCE", "EMBEDDED_AT_ONCE", "DECIDED_AT_ONCE"):
        monkeypatch.setattr(claiming, name, 1)
    names = ("put_prints", "put_vectors", "put_decisions", "put_claims")
    for number, (name, after) in enumerate(itertools.product(names, (0, 1, 2))):
        cut_off = create_ledger(paths.folder.parent / f"cut-{number}.sayso")
        load(cut_off, SAMPLES)
        with monkeypatch.context() as patch:
            fail_after(patch, name, after)
            try:
                link(cut_off)
            except KeyboardInterrupt:
                assert dump(cut_off) == []
        link(cut_off)
        assert dump(cut_off) == whole


class InterruptedReader(WordReader):
    """While it embeds or reads for the first time, somebody corrects a report."""

    def __init__(self, paths: LedgerPaths, name: str) -> None:
        super().__init__()
        self.paths, self.name = paths, name

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        self.interrupt("embed")
        return super().embed(texts)

    def read(self, texts: Sequence[str]) -> list[Proposition]:
        self.interrupt("read")
        return super().read(texts)

    def interrupt(self, name: str) -> None:
        if name == self.name:
            self.name = ""
            with closing(open_writer(self.paths)) as connection:
                take_statement_out(connection)


def take_statement_out(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM statement WHERE report_id = ?", (FIRST.make().report.report_id,)
    )


@pytest.mark.parametrize("name", ["embed", "read"])
def test_a_correction_while_claims_are_linked_is_taken_in(paths: LedgerPaths, name: str) -> None:
    load(paths, SAMPLES)
    link(paths, reader=InterruptedReader(paths, name))
    found = dump(paths)
    other = create_ledger(paths.folder.parent / "other.sayso")
    load(other, SAMPLES)
    with closing(open_writer(other)) as connection:
        take_statement_out(connection)
    link(other)
    assert found == dump(other) != []


def fail_after(patch: pytest.MonkeyPatch, name: str, calls: int) -> None:
    done = getattr(claiming.table, name)
    left = itertools.count()

    def stop(*arguments: object) -> object:
        if next(left) >= calls:
            raise KeyboardInterrupt
        return done(*arguments)

    patch.setattr(claiming.table, name, stop)


def test_a_rebuild_gives_the_same(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    before = dump(paths)
    rebuild_ledger(
        paths, finish=lambda filled: link_claims(paths, filled, Settings(), WordReader())
    )
    assert dump(paths) == before


def test_a_removed_report_leaves_nothing(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    with closing(open_writer(paths)) as connection:
        # As after a refresh that was cut off before linking: the print is gone, its texts are not.
        connection.execute("DELETE FROM claim_print WHERE report_id = ?", (SECOND.report_id,))
    remove_reports(paths, [SECOND.report_id])
    with closing(open_reader(paths)) as connection:
        for table in ("claim_print", "claim_member", "claim_pair"):
            rows = connection.execute(f"SELECT report_id FROM {table}").fetchall()
            assert SECOND.report_id not in str(rows)
        texts = connection.execute("SELECT proposition FROM claim_text").fetchall()
        assert "yesterday" not in str(texts)
        held = connection.execute("SELECT count(*) FROM claim_text").fetchone()[0]
    link(paths)
    without = create_ledger(paths.folder.parent / "without.sayso")
    load(without, [s for s in SAMPLES if s is not SECOND])
    link(without)
    assert dump(paths) == dump(without)
    assert held <= 2


def test_only_the_newest_text_at_an_address_counts(paths: LedgerPaths) -> None:
    old = Told("oak", (), (PIER,), url="https://kestrin.example/pier", day="2031-02-09")
    new = Told("pine", (), (VOTE,), url="https://kestrin.example/pier", day="2031-02-13")
    load(paths, [FIRST, old])
    assert link(paths) == 1
    load(paths, [new])
    assert link(paths) == 1
    assert list_claims(paths) == []


def test_reports_too_far_apart_say_the_same_only_in_a_copied_passage(paths: LedgerPaths) -> None:
    turned = "after divers found cracks in four piles the northern pier of Kestrin harbour closed"
    late = Told("yew", (("Ida Marsh", "says", turned),), outlet="Mossa Letter", day="2031-04-30")
    copy = Told("box", (("Ida Marsh", "says", PIER),), outlet="Mossa Letter", day="2031-05-01")
    load(paths, [FIRST, late])
    link(paths)
    assert list_claims(paths) == []
    link(paths, Settings(claims_days=0))
    assert list_claims(paths) == [[PIER, turned]]
    load(paths, [copy])
    link(paths)
    assert list_claims(paths) == [[PIER, PIER]]


def test_what_we_say_depends_on_who_we_are(paths: LedgerPaths) -> None:
    short = "we mended every pump quickly yesterday"
    one = Told("ash", (("Ida Marsh", "says", short), ("Ida Marsh", "says", WE)))
    other = Told("birch", (("Ben Orr", "says", short), ("Ben Orr", "says", WE)), outlet="Letter")
    load(paths, [one, other])
    link(paths)
    assert list_claims(paths) == [[WE, WE]]  # so long and alike that one speaker is wrong
    load(paths, [Told("cedar", (("Ida Marsh", "says", short),), outlet="Oller Times")])
    link(paths)
    assert list_claims(paths) == [[WE, WE], [short, short]]


@pytest.mark.parametrize(("settings", "version"), [(Settings(claims=False), "words"), (None, None)])
def test_without_a_model_or_switched_off_there_are_none(
    paths: LedgerPaths, settings: Settings | None, version: str | None
) -> None:
    reader = WordReader()
    load(paths, SAMPLES)
    link(paths)
    reader.version = version
    assert link(paths, settings, reader) == 0
    assert dump(paths) == []
    assert reader.embedded == []
    assert link(paths) == 2


def test_another_model_reads_all_anew(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    before = dump(paths)
    reader = WordReader()
    reader.version = "other words"
    link(paths, reader=reader)
    assert reader.embedded
    assert dump(paths) == before


def test_an_empty_ledger_has_no_claims(paths: LedgerPaths) -> None:
    assert link(paths) == 0
    assert dump(paths) == []


class CountReader(WordReader):
    """Takes numbers for counts of people."""

    def read(self, texts: Sequence[str]) -> list[Proposition]:
        counts = (replace(one, numbers=(), quantities=_count(one)) for one in super().read(texts))
        return list(counts)


def _count(proposition: Proposition) -> tuple[Quantity, ...]:
    counts = map(Decimal, proposition.numbers)
    return tuple(Quantity("people", "people", count, count) for count in counts)


@dataclass(frozen=True)
class Monthly(Told):
    """A report of which only the month is printed."""

    def make(self) -> Findings:
        found = super().make()
        published = found.report.published
        assert published is not None
        whole = replace(
            published, lo=published.lo.replace(day=1), hi=published.hi.replace(day=28),
            precision="month",
        )  # fmt: skip
        return replace(found, report=replace(found.report, published=whole))


@pytest.mark.parametrize(
    ("day", "relation"), [("2031-02-03", "number_differs"), ("2031-03-03", "update")]
)
def test_a_higher_count_is_an_update_only_if_it_is_surely_later(
    paths: LedgerPaths, day: str, relation: str
) -> None:
    flood = "the flood in the lower valley killed 25 people near the pumps of Oller"
    outlets = ("Kestrin Wire", "Mossa Letter")
    load(
        paths,
        [
            *(
                Monthly(outlet, (("Ida Marsh", "says", flood),), outlet=outlet)
                for outlet in outlets
            ),
            Told("gorse", (("Ben Orr", "says", flood.replace("25", "40")),), day=day),
        ],
    )
    link(paths, reader=CountReader())
    with closing(open_reader(paths)) as connection:
        told = connection.execute("SELECT DISTINCT relation FROM claim_pair").fetchall()
    assert told == [(relation,)]
