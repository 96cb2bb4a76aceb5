"""A family name alone: asked about where most who have it are one person, never joined."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from identify_samples import get_identity, list_groups, load, make_groups, make_report, relink

from sayso.cli import main
from sayso.identify import deciding
from sayso.identify.judging import judge
from sayso.ledger.database import open_reader
from sayso.ledger.doubts import count_doubts, doubts, format_doubts, list_doubtful
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.removal import remove_reports
from sayso.records.judgement import make_judgement

ORVEL = (("Mara Orvel", "Clerk One"), ("Mara Orvel", "Clerk Two"), ("Mara Orvel", "Clerk Three"))
OTHERS = (("Jon Orvel",), ("Orvel",))


def list_asked(paths: LedgerPaths) -> list[dict[str, Any]]:
    with closing(open_reader(paths)) as connection:
        return [row for row in doubts(connection) if row["in_full"] is not None]


def decide(paths: LedgerPaths, kind: str, *names: str) -> None:
    with closing(open_reader(paths)) as connection:
        body = dict(deciding.decide_on_two(connection, *names))
    judge(paths, [make_judgement(kind, body, judged_at="2031-01-01T00:00:00Z", author="ana")])


def test_who_mostly_has_a_family_name_is_asked_about(paths: LedgerPaths) -> None:
    load(paths, *ORVEL, *OTHERS)
    [row] = list_asked(paths)
    assert {row["name"], row["other"]} == {"Mara Orvel", "Orvel"}
    assert (row["in_full"], row["of_all"], row["score"]) == (3, 4, 0.75)
    assert not row["side_by_side"]
    assert make_groups(("Mara Orvel", "Orvel")).isdisjoint(list_groups(paths))
    with closing(open_reader(paths)) as connection:
        mara, alone, jon = (get_identity(paths, n) for n in ("Mara Orvel", "Orvel", "Jon Orvel"))
        assert list_doubtful(connection, mara, 5) == [("Orvel", 1)]
        assert list_doubtful(connection, alone, 5) == [("Mara Orvel", 3)]
        assert list_doubtful(connection, jon, 5) == []
        assert count_doubts(connection, "orvel") == 1


def test_where_two_share_a_family_name_nobody_is_asked(paths: LedgerPaths) -> None:
    load(paths, *ORVEL[:2], ("Jon Orvel", "Clerk Four"), ("Jon Orvel",), ("Orvel",))
    assert list_asked(paths) == []
    load(paths, ("Mara Orvel", "Clerk Five"))
    assert [row["in_full"] for row in list_asked(paths)] == [3]


def test_one_report_in_full_is_too_little(paths: LedgerPaths) -> None:
    load(paths, ("Mara Orvel",), ("Orvel",))
    assert list_asked(paths) == []


def test_what_is_decided_is_not_asked_again(paths: LedgerPaths) -> None:
    load(paths, *ORVEL, *OTHERS)
    decide(paths, "split", "Orvel", "Mara Orvel")
    assert list_asked(paths) == []
    load(paths, *(("Mara H. Orvel", f"Clerk {n}") for n in range(5)), ("Orvel", "Clerk Seven"))
    assert list_asked(paths) == []


def test_a_yes_makes_them_one(paths: LedgerPaths) -> None:
    load(paths, *ORVEL, *OTHERS)
    decide(paths, "merge", "Orvel", "Mara Orvel")
    relink(paths)
    assert get_identity(paths, "Orvel") == get_identity(paths, "Mara Orvel")
    assert list_asked(paths) == []


def test_nothing_is_asked_of_names_that_are_gone(paths: LedgerPaths) -> None:
    load(paths, *ORVEL, *OTHERS)
    gone = [make_report(("Orvel",)).report.report_id]
    remove_reports(paths, gone)
    assert list_asked(paths) == []
    with closing(open_reader(paths)) as connection:
        assert connection.execute("SELECT count(*) FROM family_pair").fetchone() == (0,)


def test_the_order_of_reading_changes_nothing(paths: LedgerPaths) -> None:
    reports: list[Sequence[str]] = [*OTHERS, *ORVEL]
    for report in reports:
        load(paths, report)
    assert [(row["in_full"], row["of_all"]) for row in list_asked(paths)] == [(3, 4)]


def test_the_command_says_why_it_asks(paths: LedgerPaths, capsys: Any) -> None:
    load(paths, *ORVEL, *OTHERS)
    assert main(["judge", "doubtful", "--ledger", str(paths.folder)]) == 0
    assert "a family name alone, in full 3 of 4 times" in capsys.readouterr().out
    assert main(["judge", "doubtful", "--json", "--ledger", str(paths.folder)]) == 0
    assert json.loads(capsys.readouterr().out)["of_all"] == 4
    assert main(["who", "--ledger", str(paths.folder)]) == 0
    assert "1 pair of names may be one: sayso judge doubtful" in capsys.readouterr().err
    assert main(["status", "--ledger", str(paths.folder)]) == 0
    assert "1 pair that may be one" in capsys.readouterr().out
    decide(paths, "split", "Orvel", "Mara Orvel")
    assert main(["who", "--ledger", str(paths.folder)]) == 0
    assert "may be one" not in capsys.readouterr().err


def test_many_pairs_are_only_said_to_be_many() -> None:
    assert format_doubts(1) == "1 pair"
    assert format_doubts(10_000) == "10,000 pairs"
    assert format_doubts(10_001) == "more than 10,000 pairs"
