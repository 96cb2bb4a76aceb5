"""What people decide: in force at once, undone at any time, and kept through everything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from identify_samples import (
    get_identity,
    joined,
    list_groups,
    load,
    make_groups,
    make_report,
    relink,
)

from sayso.errors import NotFoundError, UsageError
from sayso.identify import deciding
from sayso.identify.judging import judge, try_out
from sayso.identify.linking import link_names
from sayso.ledger.conflicts import find_conflicts
from sayso.ledger.database import open_reader
from sayso.ledger.doubts import doubts
from sayso.ledger.filters import Filters
from sayso.ledger.judgements import list_judgements
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.people import find_shown
from sayso.ledger.queries import statements
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.ledger.speaker import get_speaker
from sayso.ledger.status import read_state
from sayso.records.judgement import Judgement, make_judgement, read_judgement

NAMES = (("Ziyad al-Nakhoureh",), ("Ziad Al-Nakhoura",), ("Ida Marsh",), ("Abu Selim",))
PAIR = make_groups(("Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"))


def decide(
    paths: LedgerPaths, kind: str, *given: object, second: int = 0, author: str = "ana"
) -> Judgement:
    """A judgement made as the command makes it."""
    if kind == "undo":
        body = {"judgement_id": given[0]}
    else:
        with closing(open_reader(paths)) as connection:
            if kind == "separate":
                [(_, made)] = deciding.decide_separations(connection, *given)  # type: ignore[arg-type]
            else:
                made = getattr(deciding, f"decide_{kind}")(connection, *given)
        body = dict(made)
    at = f"2031-01-01T00:00:{second:02d}Z"
    return make_judgement(kind, body, judged_at=at, author=author)


@pytest.fixture
def filled(paths: LedgerPaths) -> LedgerPaths:
    load(paths, *NAMES)
    assert joined(list_groups(paths)) == PAIR
    return paths


def names_of(moved: Sequence[object]) -> set[str]:
    return {one.spelling for one in moved}  # type: ignore[attr-defined]


def test_a_merge_holds_at_once_and_is_undone(filled: LedgerPaths) -> None:
    merge = decide(filled, "merge", ["Abu Selim", "Ziad Al-Nakhoura"])
    assert names_of(judge(filled, [merge])) == {"Abu Selim"}
    assert joined(list_groups(filled)) == make_groups(
        ("Ziyad al-Nakhoureh", "Ziad Al-Nakhoura", "Abu Selim")
    )
    judge(filled, [decide(filled, "undo", merge.judgement_id, second=1)])
    assert joined(list_groups(filled)) == PAIR
    with closing(open_reader(filled)) as connection:
        assert [active for _, active in list_judgements(connection)] == [False, True]
    undo = decide(filled, "undo", merge.judgement_id, second=1)
    judge(filled, [decide(filled, "undo", undo.judgement_id, second=2)])
    assert len(next(iter(joined(list_groups(filled))))) == 3


def test_a_name_joined_by_hand_bars_no_other_spelling(filled: LedgerPaths) -> None:
    judge(filled, [decide(filled, "merge", ["Abu Selim", "Ziad Al-Nakhoura"])])
    load(filled, ("Ziad Al-Nakhoureh",))
    assert {len(group) for group in joined(list_groups(filled))} == {4}


def test_what_was_split_no_later_reading_joins(filled: LedgerPaths) -> None:
    split = decide(filled, "split", "Ziyad al-Nakhoureh", ["Ziad Al-Nakhoura"])
    judge(filled, [split])
    assert joined(list_groups(filled)) == set()
    load(filled, ("Ziad al-Nakhoureh",))
    groups = {name: group for group in list_groups(filled) for name in group}
    assert "Ziad Al-Nakhoura" not in groups["Ziyad al-Nakhoureh"]
    with closing(open_reader(filled)) as connection:
        asked = {frozenset((row["name"], row["other"])) for row in doubts(connection)}
    assert frozenset(("Ziyad al-Nakhoureh", "Ziad Al-Nakhoura")) not in asked


def test_the_later_of_two_decisions_holds(filled: LedgerPaths) -> None:
    judge(filled, [decide(filled, "split", "Ziyad al-Nakhoureh", ["Ziad Al-Nakhoura"])])
    people = ["Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"]
    judge(filled, [decide(filled, "merge", people, second=1)])
    assert joined(list_groups(filled)) == PAIR


def test_trying_out_says_the_same_and_changes_nothing(filled: LedgerPaths) -> None:
    merge = decide(filled, "merge", ["Abu Selim", "Ziad Al-Nakhoura"])
    before = list_groups(filled), filled.identities.read_bytes()
    tried = try_out(filled, [merge])
    assert (list_groups(filled), filled.identities.read_bytes()) == before
    assert not filled.judgements.exists()
    assert judge(filled, [merge]) == tried


def test_judgements_survive_a_rebuild_and_arrive_before_the_names(filled: LedgerPaths) -> None:
    judge(filled, [decide(filled, "alias", "Ida Marsh", "Captain Blue")])
    judge(filled, [decide(filled, "rename", "Ida Marsh", "Ida Marsh, ferry captain", second=1)])
    load(filled, ("Captain Blue",))
    after = list_groups(filled)
    assert frozenset(("Ida Marsh", "Captain Blue")) in after
    identity = get_identity(filled, "Captain Blue")
    rebuild_ledger(filled, finish=lambda connection: link_names(filled, connection))
    assert list_groups(filled) == after
    with closing(open_reader(filled)) as connection:
        assert find_shown(connection, [identity])[identity].name == "Ida Marsh, ferry captain"


def test_two_of_one_name_are_told_apart_by_report(filled: LedgerPaths) -> None:
    load(filled, ("Ida Marsh", "Abu Selim"))
    other = make_report(("Ida Marsh", "Abu Selim")).report.report_id
    separate = decide(filled, "separate", "Ida Marsh", "the singer", [other[:12]])
    tried = try_out(filled, [separate])
    assert judge(filled, [separate]) == tried
    assert [(m.spelling, m.label, m.reports) for m in tried] == [("Ida Marsh", "the singer", 1)]
    with closing(open_reader(filled)) as connection:
        one = get_speaker(connection, "Ida Marsh")
        [(key, name)] = one.others
        singer = get_speaker(connection, key)
        assert (one.statements, singer.statements, name) == (1, 1, "Ida Marsh (the singer)")
        rows = statements(connection, Filters(name=key)).to_pylist()
    assert [row["report_id"] for row in rows] == [other]
    relink(filled)
    back = judge(filled, [decide(filled, "undo", separate.judgement_id, second=1)])
    assert [(m.before, m.after) for m in back] == [(m.after, m.before) for m in tried]
    relink(filled)
    with closing(open_reader(filled)) as connection:
        assert get_speaker(connection, "Ida Marsh").statements == 2
        assert get_speaker(connection, "Ida Marsh").others == ()


def test_judgements_of_two_people_give_the_same_in_any_order(filled: LedgerPaths) -> None:
    merge = decide(filled, "merge", ["Abu Selim", "Ida Marsh"], author="ana", second=1)
    split = make_judgement(
        "split",
        {"names": [["Abu Selim", ""]], "others": [["Ida Marsh", ""]]},
        judged_at="2031-01-01T00:00:02Z",
        author="bo",
    )
    judge(filled, [split])
    with closing(open_reader(filled)) as connection:
        assert find_conflicts(connection, [merge]) == [
            "'Abu Selim' and 'Ida Marsh': apart by bo, together by ana"
        ]
    judge(filled, [merge, merge])
    assert joined(list_groups(filled)) == PAIR
    with closing(open_reader(filled)) as connection:
        assert len(list_judgements(connection)) == 2


def test_the_alias_table_joins_and_a_judgement_goes_before_it(filled: LedgerPaths) -> None:
    filled.aliases.write_text(
        '[[same]]\nnames = ["Abu Selim", "Ida Marsh"]\n\n'
        '[[stands_for]]\nname = "Ida Marsh"\nfor = "the ferry office"\n'
    )
    relink(filled)
    assert frozenset(("Abu Selim", "Ida Marsh")) in list_groups(filled)
    with closing(open_reader(filled)) as connection:
        assert get_speaker(connection, "Abu Selim").stands_for == ("the ferry office",)
    judge(filled, [decide(filled, "split", "Ida Marsh", ["Abu Selim"])])
    assert joined(list_groups(filled)) == PAIR
    filled.aliases.write_text("[[same]]\nnames = [1]\n")
    with pytest.raises(UsageError, match=r"aliases.toml: \[\[same\]\] number 1 needs names"):
        relink(filled)
    filled.aliases.unlink()
    filled.aliases.with_suffix(".csv").write_text("name,alias\nAbu Selim,Ziad Al-Nakhoura\n")
    relink(filled)
    assert {len(group) for group in joined(list_groups(filled))} == {3}


def test_a_removal_takes_its_names_out_of_judgements(filled: LedgerPaths) -> None:
    load(filled, ("Xylo Grapher",))
    judge(filled, [decide(filled, "rename", "Xylo Grapher", "Somebody")])
    people = ["Xylo Grapher", "Abu Selim", "Ida Marsh"]
    judge(filled, [decide(filled, "merge", people, second=1)])
    judge(filled, [decide(filled, "alias", "Ida Marsh", "Captain Blue", second=2)])
    remove_reports(filled, [make_report(("Xylo Grapher",)).report.report_id])
    data = b"".join(f.read_bytes() for f in filled.folder.rglob("*") if f.is_file())
    assert b"xylo" not in data.lower()
    relink(filled)
    with closing(open_reader(filled)) as connection:
        assert [j.kind for j, _ in list_judgements(connection)] == ["merge", "alias"]
    assert frozenset(("Abu Selim", "Ida Marsh")) in list_groups(filled)
    before = list_groups(filled)
    rebuild_ledger(filled, finish=lambda connection: link_names(filled, connection))
    assert list_groups(filled) == before


def test_what_is_kept_of_a_page_is_made_anew_after_a_judgement(filled: LedgerPaths) -> None:
    def look() -> object:
        with closing(open_reader(filled)) as connection:
            return read_state(connection)

    before = look()
    judge(filled, [decide(filled, "rename", "Ida Marsh", "Captain")])
    after = look()
    assert before[1] != after[1]  # type: ignore[index]
    load(filled, ("Ziad al-Nakhoureh",))
    assert look() != after


def test_a_torn_line_and_lines_of_anybody_break_nothing(filled: LedgerPaths) -> None:
    judge(filled, [decide(filled, "merge", ["Abu Selim", "Ida Marsh"])])
    with filled.judgements.open("ab") as file:
        file.write(b'{"judgement_id": 3}\n{"kind": "merge", "body": {"names": "x"}}\n{"judg')
    judge(filled, [decide(filled, "rename", "Ida Marsh", "Captain", second=1)])
    assert frozenset(("Abu Selim", "Ida Marsh")) in list_groups(filled)
    with closing(open_reader(filled)) as connection:
        assert len(list_judgements(connection)) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"names": [], "others": [["b", ""]]},
        {"names": [["a", ""]], "others": [["b"]]},
        {"names": [["a\n", ""]], "others": [["b", ""]]},
        {"names": [["a" * 501, ""]], "others": [["b", ""]]},
        {"names": [["a", ""]]},
        {"names": [["a", 3]], "others": [["b", ""]]},
    ],
)
def test_what_is_no_judgement_is_passed_over(body: dict[str, object]) -> None:
    good = make_judgement(
        "merge",
        {"names": [["a", ""]], "others": [["b", ""]]},
        judged_at="2031-01-01T00:00:00Z",
        author="ana",
    )
    line = json.loads(json.dumps(good.to_dict()))
    assert read_judgement(line) == good.__class__(**{**good.to_dict(), "body": line["body"]})
    assert read_judgement({**line, "body": body}) is None


def test_wrong_names_are_refused(filled: LedgerPaths) -> None:
    with closing(open_reader(filled)) as connection:
        with pytest.raises(NotFoundError, match="nobody in this ledger is called so"):
            deciding.decide_merge(connection, ["Nobody", "Ida Marsh"])
        with pytest.raises(UsageError, match="not one already"):
            deciding.decide_merge(connection, ["Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"])
        with pytest.raises(UsageError, match="some of the names that are one now, not all"):
            deciding.decide_split(connection, "Ida Marsh", ["Ida Marsh"])
        with pytest.raises(UsageError, match="cannot be written down"):
            merge = decide(filled, "merge", ["Abu Selim", "Ida Marsh"])
            judge(filled, [replace(merge, reason="x" * 501)])
        with pytest.raises(UsageError, match="needs letters"):
            deciding.decide_rename(connection, "Ida Marsh", "…")


def test_a_name_with_characters_that_hide_is_judged_by_its_folded_name(paths: LedgerPaths) -> None:
    load(paths, ("Mira\u00a0Sovan",), ("Ilo\u200b Marrin",), ("Ida Marsh",))
    for name in ("Mira Sovan", "Ilo Marrin"):
        merge = decide(paths, "merge", [name, "Ida Marsh"], second=1)
        assert read_judgement(merge.to_dict()) == merge
        judge(paths, [merge])
    [group] = joined(list_groups(paths))
    assert len(group) == 3
