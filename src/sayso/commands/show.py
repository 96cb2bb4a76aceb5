"""`sayso show`: the findings of reports in the terminal, as JSON lines or CSV; nothing is kept."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.commands.finding import get_given_settings, make_find_options
from sayso.commands.hints import describe_failure
from sayso.console.messages import complain, say
from sayso.console.output import write_csv, write_json_line
from sayso.console.report_view import print_report
from sayso.ledger.record_rows import RECORD_COLUMNS, list_records
from sayso.records.findings import Findings
from sayso.records.report import Failure
from sayso.run.annotating import annotate_paths
from sayso.settings import load_settings
from sayso.wording import format_count


@dataclass(slots=True)
class _Tally:
    """How many reports were shown, and how many failed, whole or in part."""

    shown: int = 0
    failed: int = 0


def run(arguments: Namespace) -> int:
    """Print every report as it is annotated; 3 if some failed."""
    settings = load_settings(None, get_given_settings(arguments))
    options = make_find_options(arguments, settings)
    tally = _Tally()
    findings = _keep_annotated(annotate_paths(arguments.paths, options), tally)
    if arguments.csv:
        write_csv(RECORD_COLUMNS, (row for one in findings for row in list_records(one)))
    for one in findings:
        if arguments.json:
            write_json_line(one.to_dict())
        else:
            print_report(one, first=tally.shown == 0)
    if not tally.shown and not tally.failed:
        say("no report found there; see `sayso show --help`")
    if tally.failed:
        say(f"{format_count(tally.failed, 'report')} failed, {tally.shown} shown")
    return 3 if tally.failed else 0


def _keep_annotated(found: Iterable[Findings | Failure], tally: _Tally) -> Iterator[Findings]:
    """Yield what could be read, and say of the rest why not."""
    for one in found:
        if isinstance(one, Failure):
            tally.failed += 1
            complain(describe_failure(one.path, one.message))
            continue
        tally.failed += bool(one.failures)
        yield one
        tally.shown += 1
