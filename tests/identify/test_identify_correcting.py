"""Corrections of statements and figures: they hold whatever is found later, and leave nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import (
    check_search,
    dated_reports,
    day,
    dump,
    make_findings,
    make_ledger,
    make_report,
    write_batch,
)

from sayso.errors import NotFoundError, UsageError
from sayso.identify.correcting import decide_correction, describe_record, read_given
from sayso.identify.judging import get_moment, judge, try_out
from sayso.identify.linking import link_names
from sayso.ledger.conflicts import find_conflicts
from sayso.ledger.correcting import Found
from sayso.ledger.correcting import correct as apply_corrections
from sayso.ledger.corrections import get_uncorrected, list_corrections
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.filters import Filters
from sayso.ledger.loader import load_pending
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.queries import figures as list_figures
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.ledger.series import series as list_series
from sayso.ledger.shards import write_findings_shard
from sayso.ledger.speaker import get_speaker
from sayso.ledger.stored_report import get_report
from sayso.records.correction import CORRECTED, find_record, is_correction, make_anchor
from sayso.records.figure import Figure
from sayso.records.findings import Findings
from sayso.records.ids import make_id
from sayso.records.judgement import Judgement, make_judgement, read_judgement
from sayso.records.span import Fragments, Span
from sayso.records.statement import Statement


@pytest.fixture
def paths(tmp_path: Path) -> LedgerPaths:
    made = make_ledger(tmp_path / "news.sayso", dated_reports(3))
    with run_lock(made), closing(open_writer(made)) as connection:
        link_names(made, connection)
    return made


def read_found(paths: LedgerPaths, number: int = 0) -> Findings:
    with closing(open_reader(paths)) as connection:
        return get_report(connection, dated_reports(number + 1)[number].report_id)


def make_correction(paths: LedgerPaths, record_id: str, *fields: tuple[str, str]) -> Judgement:
    with closing(open_reader(paths)) as connection:
        body = decide_correction(connection, record_id, read_given(fields))
    return make_judgement("correct", body, judged_at=get_moment(), author="Ines Falk")


def correct(paths: LedgerPaths, record_id: str, *fields: tuple[str, str]) -> Judgement:
    judgement = make_correction(paths, record_id, *fields)
    judge(paths, [judgement])
    return judgement


def undo(paths: LedgerPaths, judgement: Judgement) -> None:
    body = {"judgement_id": judgement.judgement_id}
    judge(paths, [make_judgement("undo", body, judged_at=get_moment(), author="Ines Falk")])


def dump_all(paths: LedgerPaths) -> dict[str, list[Any]]:
    with run_lock(paths), closing(open_writer(paths)) as connection:
        check_search(connection)
        link_names(paths, connection)  # names that nothing has any more go then
        found = dump(connection)
        for table in ("correction", "uncorrected"):
            found[table] = sorted(connection.execute(f"SELECT * FROM {table}"))
        names = "SELECT name_key, label, spelling, reports, identity_id FROM name"
        found["name"] = sorted(connection.execute(names))
        return found


def move(text: str, span: Span) -> Span:
    """The span a word further on."""
    return tuple(  # type: ignore[return-value]
        found.end() if (found := re.compile(r"\S*\s*").match(text, at)) else at for at in span
    )


def shift(findings: Findings, version: str) -> Findings:
    """The findings of other finders: every span is a word further on."""
    text = findings.report.text

    def shifted(fragments: Fragments | None) -> Fragments | None:
        if fragments is None:
            return None
        spans = tuple(move(text, span) for span in fragments.spans)
        return Fragments(spans, " ".join(text[start:end] for start, end in spans))

    statements = []
    for s in findings.statements:
        content = shifted(s.content)
        assert content is not None
        id_ = make_id("s", s.report_id, content.spans, version)
        statements.append(
            replace(
                s,
                statement_id=id_,
                content=content,
                source=shifted(s.source),
                cue=shifted(s.cue),
                found_by=f"rules {version}",
            )
        )
    figures = []
    for f in findings.figures:
        span = move(text, f.span)
        id_ = make_id("f", f.report_id, span, version)
        figures.append(replace(f, figure_id=id_, span=span, text=text[slice(*span)]))
    return replace(findings, version=version, statements=tuple(statements), figures=tuple(figures))


def load_again(paths: LedgerPaths, version: str = "f2") -> None:
    """Load what other finders found, a word further on, for every report."""
    found = [shift(make_findings(report, version), version) for report in dated_reports(3)]
    write_findings_shard(paths, version, "again", found)
    with run_lock(paths), closing(open_writer(paths)) as connection:
        load_pending(paths, connection)
        link_names(paths, connection)


words = st.lists(st.sampled_from(["the", "ferry", "is", "late", "again", "aldermen", "said"]), min_size=12,
                 max_size=40)  # fmt: skip


@given(words, st.data())
def test_every_anchor_finds_its_record_a_word_further_on(
    text: list[str], data: st.DataObject
) -> None:
    joined = " ".join(text)
    starts = [0]
    for word in text:
        starts.append(starts[-1] + len(word) + 1)

    def draw_statement(number: int) -> Statement:
        first = data.draw(st.integers(0, len(text) - 4))
        last = data.draw(st.integers(first, min(first + 8, len(text) - 3)))
        cue = data.draw(st.integers(0, len(text) - 3))
        content: Span = (starts[first], starts[last + 1] - 1)
        said: Span = (starts[cue], starts[cue + 1] - 1)
        return Statement(
            f"s-{number}", "r-1", "indirect", None, Fragments((said,), joined[slice(*said)]),
            Fragments((content,), joined[slice(*content)]), 0.9, "rules",
        )  # fmt: skip

    statements = [draw_statement(n) for n in range(data.draw(st.integers(1, 6)))]
    places = {(s.content.spans, s.cue.spans if s.cue else ()) for s in statements}
    if len(places) < len(statements):
        return

    def moved(fragments: Fragments) -> Fragments:
        spans = tuple(
            (starts[starts.index(lo) + 1], starts[starts.index(hi + 1) + 1] - 1)
            for lo, hi in fragments.spans
        )
        return Fragments(spans, joined[slice(*spans[0])])

    later = [
        replace(s, content=moved(s.content), cue=moved(s.cue) if s.cue else None)
        for s in statements
    ]
    for s in statements:
        assert find_record(make_anchor(s), later) is not None
        assert find_record(make_anchor(s), statements) == s.statement_id
    # Alone, each finds its own.
    assert find_record(make_anchor(statements[0]), later[:1]) == statements[0].statement_id


def test_what_stands_elsewhere_is_not_meant() -> None:
    def make(start: int, end: int) -> Figure:
        return Figure("f-1", "r-1", (start, end), "x" * (end - start), None, None, None, "vague",
                      None, None, "rules")  # fmt: skip

    anchor = make_anchor(make(100, 104))
    assert find_record(anchor, [make(104 + 40, 150)]) == "f-1"
    assert find_record(anchor, [make(104 + 41, 150)]) is None
    assert find_record(anchor, []) is None


def test_a_statement_is_corrected_everywhere_at_once(paths: LedgerPaths) -> None:
    findings = read_found(paths)
    first = findings.statements[0]
    text = findings.report.text
    role = text.index("harbour minister")
    judgement = correct(
        paths, first.statement_id, ("speaker", "Ida Marsh"), ("kind", "mixed"),
        ("source", f"{role}-{role + 16}"),
    )  # fmt: skip
    now = read_found(paths).statements[0]
    assert now.statement_id == first.statement_id
    assert now.kind == "mixed"
    assert now.source == Fragments(((role, role + 16),), "harbour minister")
    assert now.speaker is not None and now.speaker.name == "Ida Marsh"
    assert now.speaker.entity_id is None and now.speaker.confidence == 1.0
    assert now.found_by == first.found_by + CORRECTED
    assert now.content == first.content and now.cue == first.cue
    with closing(open_reader(paths)) as connection:
        assert get_speaker(connection, "Ida Marsh").statements == 3  # report 2 has two of hers
        [(found, target)] = list_corrections(connection, first.report_id)
        assert found == judgement and target == first.statement_id
        assert get_uncorrected(connection, first.report_id) == findings
    assert judgement.body["was"]["kind"] == "indirect"


def test_a_speaker_whom_the_report_names_has_the_mention_as_evidence(paths: LedgerPaths) -> None:
    first, second = read_found(paths).statements
    correct(paths, second.statement_id, ("speaker", ""))
    now = read_found(paths).statements[1]
    assert now.speaker is not None and now.speaker.name is None and now.speaker.members == ()
    correct(paths, second.statement_id, ("speaker", "Kovel"))
    now = read_found(paths).statements[1]
    assert now.speaker is not None and first.speaker is not None
    assert now.speaker.name == "Ana Kovel" and now.speaker.entity_id == first.speaker.entity_id
    text = read_found(paths).report.text
    assert [text[start:end] for start, end in now.speaker.chain] == ["Kovel", "Ana Kovel"]


def test_a_figure_is_corrected_with_the_interval_of_its_bound(paths: LedgerPaths) -> None:
    [figure] = read_found(paths).figures
    correct(paths, figure.figure_id, ("value", "120"), ("bound", "at_most"), ("counted", ""))
    [now] = read_found(paths).figures
    assert (now.value, now.value_lo, now.value_hi, now.bound) == (120, None, 120, "at_most")
    assert now.counted is None and now.found_by.endswith(CORRECTED)
    correct(paths, figure.figure_id, ("bound", "about"), ("value_lo", "110"), ("value_hi", "130"))
    [now] = read_found(paths).figures
    assert (now.value, now.value_lo, now.value_hi, now.bound) == (120, 110, 130, "about")


def test_a_figure_is_put_into_another_series(paths: LedgerPaths) -> None:
    before = dump_all(paths)
    report, [figure] = read_found(paths).report, read_found(paths).figures
    printed = report.text.split()[0]
    given = (("place", printed), ("event", "Orla flood"), ("mode", "cumulative"))
    fields = (("measure", "killed"), ("counted", "people"), *given)
    [other] = read_found(paths, 1).figures
    made = [correct(paths, one.figure_id, *fields) for one in (figure, other)]
    [now] = read_found(paths).figures
    assert (now.place, now.event, now.mode) == (printed, "Orla flood", "cumulative")
    assert now.place_span is not None and report.text[slice(*now.place_span)] == printed
    assert now.event_span is None  # the report does not print it
    with closing(open_reader(paths)) as connection:
        [row] = list(list_series(connection))
    assert row["series"] == f"killed//{printed.lower()}/orla flood/cumulative"
    second = correct(paths, figure.figure_id, ("mode", ""), ("place", ""))
    [now] = read_found(paths).figures
    assert (now.place, now.place_span, now.event, now.mode) == (None, None, "Orla flood", None)
    for judgement in (second, *made):
        undo(paths, judgement)
    assert dump_all(paths) == before


def test_the_alias_table_says_which_places_and_events_are_one(paths: LedgerPaths) -> None:
    for number, (place, event) in enumerate([("Osk Valley", "Orla flood"), ("Osk", "great flood")]):
        [figure] = read_found(paths, number).figures
        given = (("place", place), ("event", event), ("mode", "cumulative"), ("counted", ""))
        correct(paths, figure.figure_id, ("measure", "killed"), *given)

    def list_keys() -> list[str]:
        with closing(open_reader(paths)) as connection:
            return [row["series"] for row in list_series(connection)]

    def sync() -> None:
        with run_lock(paths), closing(open_writer(paths)) as connection:
            link_names(paths, connection)

    assert list_keys() == []
    paths.aliases.write_text(
        '[[same_place]]\nnames = ["Osk", "the Osk Valley"]\n'
        '[[same_event]]\nnames = ["Orla flood", "the great floods"]\n'
    )
    sync()
    assert list_keys() == ["killed//osk/orla flood/cumulative"]
    with closing(open_reader(paths)) as connection:
        filters = Filters(series="killed//osk/orla flood/cumulative")
        assert len(list_figures(connection, filters)) == 2
    rebuild_ledger(paths)
    sync()
    assert list_keys() == ["killed//osk/orla flood/cumulative"]
    paths.aliases.write_text("[[same_place]]\nnames = [7]\n")
    with pytest.raises(UsageError, match=r"\[\[same_place\]\] number 1 needs names"):
        sync()
    paths.aliases.unlink()
    paths.aliases.with_suffix(".csv").write_text(
        "name,alias,kind\nOsk,Osk Valley,same_place\nthe flood,Orla flood,same_event\n"
        "Orla flood,great flood,same_event\n"
    )
    sync()
    assert list_keys() == ["killed//osk/flood/cumulative"]


def test_another_mode_leaves_out_the_days_of_the_first(paths: LedgerPaths) -> None:
    [figure] = read_found(paths).figures
    since = replace(figure, mode="cumulative", since="May", since_lo="2031-05-01")
    found = Found("", (), (since,), (), ())
    body = {"target": "figure", "anchor": make_anchor(since), "report_id": "r-1"}
    for mode, kept in (("period", None), ("cumulative", "May")):
        to = {**body, "to": {"mode": mode}}
        judgement = make_judgement("correct", to, judged_at=get_moment(), author="Ines Falk")
        [now] = apply_corrections(found, [judgement]).figures
        assert (now.mode, now.since) == (mode, kept)


def test_a_place_is_no_part_of_another_word(paths: LedgerPaths) -> None:
    [figure] = read_found(paths).figures
    text = "In Talm, Talmish crews saw 40 boats, said the Vartalm guard."
    figure = replace(figure, span=(text.index("40"), text.index("40") + 2), text="40")
    found = Found(text, (), (figure,), (), ())
    body = {"target": "figure", "anchor": make_anchor(figure), "report_id": "r-1"}
    for place, span in (("Talm", (3, 7)), ("Vart", None), ("40", None)):
        to = {**body, "to": {"place": place}}
        judgement = make_judgement("correct", to, judged_at=get_moment(), author="Ines Falk")
        [now] = apply_corrections(found, [judgement]).figures
        assert (now.place, now.place_span) == (place, span)


def test_what_is_no_statement_is_taken_out_and_its_figures_stay(paths: LedgerPaths) -> None:
    before = dump_all(paths)
    first, second = read_found(paths).statements
    judgement = correct(paths, second.statement_id, ("found", "no"))
    now = read_found(paths)
    assert [s.statement_id for s in now.statements] == [first.statement_id]
    assert [f.statement_id for f in now.figures] == [None]
    undo(paths, judgement)
    assert dump_all(paths) == before
    [figure] = read_found(paths).figures
    correct(paths, figure.figure_id, ("found", "no"))
    assert read_found(paths).figures == ()


def test_undoing_leaves_nothing_in_any_order(paths: LedgerPaths) -> None:
    before = dump_all(paths)
    first, second = read_found(paths).statements
    [figure] = read_found(paths).figures
    made = [
        correct(paths, first.statement_id, ("speaker", "Ida Marsh")),
        correct(paths, second.statement_id, ("found", "no")),
        correct(paths, figure.figure_id, ("measure", "crates")),
        correct(paths, first.statement_id, ("kind", "direct"), ("speaker", "Bram Oster")),
    ]
    assert dump_all(paths) != before
    for number in (3, 0, 2, 1):
        undo(paths, made[number])
        if number == 3:
            speaker = read_found(paths).statements[0].speaker
            assert speaker is not None and speaker.name == "Ida Marsh"
    assert dump_all(paths) == before


def test_trying_out_changes_nothing(paths: LedgerPaths) -> None:
    before = dump_all(paths)
    [first, _] = read_found(paths).statements
    try_out(paths, [make_correction(paths, first.statement_id, ("speaker", "Ida Marsh"))])
    assert dump_all(paths) == before
    assert not paths.judgements.exists()


def test_corrections_hold_when_other_finders_find_it_a_word_further_on(paths: LedgerPaths) -> None:
    made = []
    for number in range(3):
        findings = read_found(paths, number)
        first, second = findings.statements
        made.append(correct(paths, first.statement_id, ("kind", "mixed")))
        made.append(correct(paths, second.statement_id, ("speaker", "Bram Oster")))
        made.append(correct(paths, findings.figures[0].figure_id, ("measure", "crates")))
    load_again(paths)
    with closing(open_reader(paths)) as connection:
        for number in range(3):
            findings = read_found(paths, number)
            targets = {
                target for _, target in list_corrections(connection, findings.report.report_id)
            }
            assert None not in targets and len(targets) == 3
            first, second = findings.statements
            assert first.kind == "mixed" and first.found_by == "rules f2" + CORRECTED
            assert second.speaker is not None and second.speaker.name == "Bram Oster"
            assert findings.figures[0].measure == "crates"
            assert second.found_by == "rules f2" + CORRECTED
    for one in made:
        undo(paths, one)
    with closing(open_reader(paths)) as connection:
        assert connection.execute("SELECT count(*) FROM uncorrected").fetchone() == (0,)
    assert all(s.found_by == "rules f2" for s in read_found(paths).statements)


def test_a_correction_without_a_place_waits_for_it(paths: LedgerPaths) -> None:
    findings = read_found(paths)
    first = findings.statements[0]
    correct(paths, first.statement_id, ("kind", "mixed"))
    bare = [replace(make_findings(report, "f2"), statements=()) for report in dated_reports(3)]
    write_findings_shard(paths, "f2", "bare", bare)
    with run_lock(paths), closing(open_writer(paths)) as connection:
        load_pending(paths, connection)
    with closing(open_reader(paths)) as connection:
        [(_, target)] = list_corrections(connection, first.report_id)
    assert target is None
    load_again(paths, "f3")
    assert read_found(paths).statements[0].kind == "mixed"


def test_a_rebuild_has_the_same_corrections(paths: LedgerPaths) -> None:
    first, second = read_found(paths).statements
    correct(paths, first.statement_id, ("speaker", "Ida Marsh"))
    correct(paths, second.statement_id, ("found", "no"))
    before = dump_all(paths)
    with closing(open_writer(paths)) as connection:
        link_names(paths, connection)
    rebuild_ledger(paths, finish=lambda connection: link_names(paths, connection))
    assert dump_all(paths) == before


def test_a_removal_takes_what_was_corrected_along(paths: LedgerPaths) -> None:
    first, second = read_found(paths).statements
    other = read_found(paths, 1).statements[0]
    correct(paths, second.statement_id, ("kind", "mixed"))
    correct(paths, other.statement_id, ("kind", "mixed"))
    quote = "wait on the quay"
    assert quote in paths.judgements.read_text()
    with closing(open_writer(paths)) as connection:
        bodies = connection.execute("SELECT body FROM judgement").fetchall()
    assert len(bodies) == 2
    remove_reports(paths, [first.report_id])
    kept = [json.loads(line) for line in paths.judgements.read_text().splitlines()]
    assert [one["body"]["report_id"] for one in kept] == [other.report_id]
    assert quote not in paths.judgements.read_text()
    assert second.content.text.encode() not in paths.database.read_bytes()
    assert read_found(paths, 1).statements[0].kind == "mixed"


def test_another_ledger_takes_corrections_over(paths: LedgerPaths, tmp_path: Path) -> None:
    first = read_found(paths).statements[0]
    other = make_ledger(tmp_path / "other.sayso", dated_reports(3))
    here = correct(paths, first.statement_id, ("kind", "mixed"))
    there = correct(other, first.statement_id, ("kind", "direct"), ("speaker", "Ida Marsh"))
    with closing(open_reader(other)) as connection:
        [line] = find_conflicts(connection, [here])
    assert "kind of" in line and '"direct" by Ines Falk, "mixed" by Ines Falk' in line
    again = read_judgement(here.to_dict())
    assert again == here
    judge(other, [replace(here, judged_at=get_moment())])
    now = read_found(other).statements[0]
    assert now.kind == "mixed" and now.speaker is not None and now.speaker.name == "Ida Marsh"
    assert there.body["was"]["speakers"] == ["Ana Kovel"]


def test_a_correction_of_a_report_that_comes_later_holds_then(tmp_path: Path) -> None:
    late = make_report(0, published=day(2024, 3, 1))
    whole = make_ledger(tmp_path / "whole.sayso", [late])
    statement = read_one(whole, late.report_id).statements[0]
    judgement = make_correction(whole, statement.statement_id, ("kind", "mixed"))
    early = make_ledger(tmp_path / "early.sayso", dated_reports(2)[1:])
    judge(early, [judgement])
    make_ledger_more(early, [late])
    assert read_one(early, late.report_id).statements[0].kind == "mixed"


def read_one(paths: LedgerPaths, report_id: str) -> Findings:
    with closing(open_reader(paths)) as connection:
        return get_report(connection, report_id)


def make_ledger_more(paths: LedgerPaths, reports: list[Any]) -> None:
    write_batch(paths, "more", reports)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection)


@pytest.mark.parametrize(
    "fields",
    [
        [("kind", "loud")],
        [("kind", "")],
        [("foo", "x")],
        [("found", "yes")],
        [("source", "5")],
        [("source", "9-5")],
        [("source", "0-99999")],
        [("source", "5-9x")],
        [("speaker", "x" * 501)],
        [("speaker", "\x07")],
        [("value", "5")],
        [],
        [("kind", "indirect")],
    ],
)
def test_what_a_statement_cannot_be_is_refused(
    paths: LedgerPaths, fields: list[tuple[str, str]]
) -> None:
    first = read_found(paths).statements[0]
    with pytest.raises(UsageError):
        make_correction(paths, first.statement_id, *fields)


@pytest.mark.parametrize(
    "fields",
    [
        [("value", "many")],
        [("value", "1,040")],
        [("value", "NaN")],
        [("value", "1e99")],
        [("value", "9" * 41)],
        [("bound", "nearly")],
        [("bound", "")],
        [("value_lo", "9"), ("value_hi", "5")],
        [("kind", "direct")],
        [("measure", "x" * 501)],
        [("mode", "total")],
        [("place", "x" * 501)],
        [("event", "\x07")],
    ],
)
def test_what_a_figure_cannot_be_is_refused(
    paths: LedgerPaths, fields: list[tuple[str, str]]
) -> None:
    [figure] = read_found(paths).figures
    with pytest.raises(UsageError):
        make_correction(paths, figure.figure_id, *fields)


def test_what_is_not_there_is_not_corrected(paths: LedgerPaths) -> None:
    for record_id in ("", "s-", "s-0000", "f-0000", "r-0000", "x", "s' OR 1=1"):
        with pytest.raises(NotFoundError):
            make_correction(paths, record_id, ("kind", "direct"))
    with closing(open_reader(paths)) as connection:
        first = read_found(paths).statements[0]
        assert describe_record(connection, first.statement_id)["speakers"] == ["Ana Kovel"]


def make_bodies() -> Iterator[dict[str, Any]]:
    anchor = {"spans": [[1, 5]], "cue": [], "quote": "x"}
    good: dict[str, Any] = {
        "report_id": "r-1", "target": "statement", "anchor": anchor, "to": {"kind": "direct"},
    }  # fmt: skip
    assert is_correction(good)
    for name in good:
        yield {k: v for k, v in good.items() if k != name}
        for wrong in (None, 5, [], {}, "", "x" * 501, True, [[1]]):
            yield {**good, name: wrong}
    for to in ({"kind": "x"}, {"speakers": "x"}, {"speakers": [5]}, {"speakers": ["x"] * 21},
               {"source": [[5, 1]]}, {"source": [[1, 5.0]]}, {"source": [[True, 5]]},
               {"source": [[9, 12], [1, 5]]}, {"found": True}, {"value": "5"}, {}):  # fmt: skip
        yield {**good, "to": to}
    for part in ({"spans": []}, {"spans": [[0, 0]]}, {"spans": [[-1, 5]]}, {"cue": None},
                 {"quote": None}, {"quote": "x" * 501}, {"spans": [[1, 5]] * 51}):  # fmt: skip
        yield {**good, "anchor": {**anchor, **part}}


@pytest.mark.parametrize("body", list(make_bodies()))
def test_a_line_that_is_no_correction_is_passed_over(
    paths: LedgerPaths, body: dict[str, Any]
) -> None:
    line = make_judgement("correct", body, judged_at="2031-01-01T00:00:00Z", author="x").to_dict()
    assert read_judgement(line) is None
    paths.judgements.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with run_lock(paths), closing(open_writer(paths)) as connection:
        link_names(paths, connection)
        assert connection.execute("SELECT count(*) FROM judgement").fetchone() == (0,)
