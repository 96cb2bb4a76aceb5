"""One name, perhaps two people: by titles of one time that do not go together."""

from __future__ import annotations

from contextlib import closing

import pytest
from identify_samples import list_groups, load_findings, make_titled
from ledger_samples import day

from sayso.identify.deciding import decide_separations
from sayso.identify.judging import get_moment, judge
from sayso.identify.namesakes import Namesakes, find_namesakes
from sayso.ledger.database import open_reader
from sayso.ledger.paths import LedgerPaths
from sayso.link.titles import classify_title, may_be_one
from sayso.records.judgement import make_judgement


def fill(paths: LedgerPaths, *reports: tuple[str, str, int]) -> None:
    load_findings(
        paths,
        *(
            make_titled(name, title, day(2031, 1, n) if n else None, salt)
            for salt, (name, title, n) in enumerate(reports)
        ),
    )


def find(paths: LedgerPaths) -> list[Namesakes]:
    with closing(open_reader(paths)) as connection:
        return find_namesakes(connection)


MARA = "Mara Sovan"


def test_titles_of_one_time_that_do_not_go_together_are_two(paths: LedgerPaths) -> None:
    fill(paths, (MARA, "Rep.", 1), (MARA, "Adm.", 2), (MARA, "Representative", 3),
         (MARA, "Vice Adm.", 4), (MARA, "Rep.", 5), (MARA, "", 6))  # fmt: skip
    [one] = find(paths)
    assert (one.name, one.more.title, one.fewer.title) == (MARA, "Rep.", "Adm.")
    assert len(one.more.report_ids) == 3 and len(one.fewer.report_ids) == 2
    with closing(open_reader(paths)) as connection:
        decisions = decide_separations(
            connection, one.identity_id, "the admiral", one.fewer.report_ids
        )
    judge(
        paths,
        [
            make_judgement(kind, body, judged_at=get_moment(n), author="x")
            for n, (kind, body) in enumerate(decisions)
        ],
    )
    assert {f"{MARA} (the admiral)"} in list_groups(paths)
    assert find(paths) == []


@pytest.mark.parametrize(
    "reports",
    [
        # A career.
        [(MARA, "Gen.", 1), (MARA, "Gen.", 2), (MARA, "Sen.", 3), (MARA, "Sen.", 4)],
        # One report knows both.
        [(MARA, "Rep.", 1), (MARA, "Adm.|Rep.", 2), (MARA, "Adm.", 3), (MARA, "Rep.", 4)],
        # A slip, perhaps.
        [(MARA, "Rep.", 1), (MARA, "Adm.", 2), (MARA, "Rep.", 3)],
        # They go together.
        [(MARA, "Sheriff", 1), (MARA, "Col.", 2), (MARA, "Sheriff", 3), (MARA, "Col.", 4)],
        # No days.
        [(MARA, "Rep.", 0), (MARA, "Adm.", 0), (MARA, "Rep.", 0), (MARA, "Adm.", 0)],
        # Two names.
        [
            (MARA, "Rep.", 1),
            ("Ilo Marrin", "Adm.", 2),
            (MARA, "Rep.", 3),
            ("Ilo Marrin", "Adm.", 4),
        ],
    ],
)
def test_others_are_one(paths: LedgerPaths, reports: list[tuple[str, str, int]]) -> None:
    fill(paths, *reports)
    assert find(paths) == []


def test_several_names_of_one_are_parted_together(paths: LedgerPaths) -> None:
    fill(
        paths, (MARA, "Rep.", 1), (MARA, "Adm.", 2), ("Mara J. Sovan", "Adm.", 3), (MARA, "Rep.", 4)
    )
    [one] = find(paths)
    assert one.more.title == "Adm."
    with closing(open_reader(paths)) as connection:
        decisions = decide_separations(connection, MARA, "the admiral", one.more.report_ids)
    assert [kind for kind, _ in decisions] == ["separate", "separate", "merge"]
    judge(
        paths,
        [
            make_judgement(kind, body, judged_at=get_moment(n), author="x")
            for n, (kind, body) in enumerate(decisions)
        ],
    )
    both = {f"{MARA} (the admiral)", "Mara J. Sovan (the admiral)"}
    assert both in list_groups(paths) and {MARA} in list_groups(paths)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Rep.", "legislature"), ("Army Lt. Col.", "military"), ("Vice Adm.", "military"),
     ("Attorney General", None), ("former Sen.", None), ("Judge", "court"), ("", None), ("…", None),
     ("special representative", None), ("harbour minister", None), ("Rev.", "clergy")],
)  # fmt: skip
def test_titles_have_a_class_by_their_last_word(words: str, kind: str | None) -> None:
    assert classify_title(words) == kind


def test_some_titles_go_together() -> None:
    assert may_be_one("police", "military") and may_be_one("court", "court")
    assert not may_be_one("court", "military")
