"""`sayso read` and `sayso refresh`: reports into a ledger, with progress and a summary."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from sayso.commands.finding import get_given_settings, make_find_options
from sayso.commands.hints import describe_failure, name_ledger
from sayso.console.messages import say
from sayso.console.output import write_facts, write_json_line
from sayso.console.progress import ShownProgress
from sayso.ledger.health import list_failures
from sayso.ledger.ledger import open_ledger
from sayso.run.reading import ReadSummary, read_paths, refresh_ledger
from sayso.settings import load_settings
from sayso.wording import format_count, format_seconds

FAILURES_NAMED = 3


def run(arguments: Namespace) -> int:
    """Do the run and say what came of it; 3 if some reports failed."""
    folder = Path(arguments.ledger)
    with ShownProgress(quiet=arguments.quiet) as shown:
        if arguments.command == "read":
            settings = load_settings(folder, get_given_settings(arguments))
            options = make_find_options(arguments, settings)
            summary = read_paths(
                folder,
                arguments.paths,
                options,
                on_progress=shown.update,
                retry_failed=arguments.retry_failed,
            )
        else:
            settings = load_settings(folder, {"workers": arguments.workers})
            summary = refresh_ledger(folder, settings, on_progress=shown.update)
    if arguments.json:
        write_json_line(asdict(summary))
    elif arguments.csv:
        write_facts(asdict(summary).items())
    if not arguments.quiet:
        _say_summary(arguments, summary)
    return 3 if summary.failures else 0


def _found_nothing(summary: ReadSummary) -> bool:
    counts = (summary.new_reports, summary.seen_before, summary.removed, summary.failures)
    return not any((*counts, summary.recovered_shards))


def _say_summary(arguments: Namespace, summary: ReadSummary) -> None:
    ledger = name_ledger(arguments.ledger)
    parts = [format_count(summary.new_reports, "new report")]
    if arguments.command == "refresh":
        parts = [f"{format_count(summary.new_reports, 'report')} annotated anew"]
    if summary.seen_before:
        parts.append(f"{summary.seen_before:,} seen before")
    if summary.removed:
        verb = "was removed and is" if summary.removed == 1 else "were removed and are"
        parts.append(f"{summary.removed:,} {verb} not read again")
    if summary.recovered_shards:
        parts.append(f"{format_count(summary.recovered_shards, 'shard')} of an earlier run loaded")
    if summary.failures:
        parts.append(f"{summary.failures:,} failed")
    say(f"{arguments.ledger}: {', '.join(parts)}")
    if arguments.command == "read" and _found_nothing(summary):
        say("no report found there; see `sayso read --help`")
    if summary.words:
        rate = summary.words / max(summary.cpu_seconds, 0.001)
        say(
            f"{format_count(summary.words, 'word')} in {format_seconds(summary.seconds)}, "
            f"{rate:,.0f} words per CPU-second"
        )
    if summary.failures:
        with open_ledger(arguments.ledger) as opened:
            for row in list_failures(opened, min(summary.failures, FAILURES_NAMED)):
                say(f"  failed: {describe_failure(row['path'], row['message'])}")
        if summary.failures > FAILURES_NAMED:
            say(
                f"  and {summary.failures - FAILURES_NAMED:,} more: sayso status --failures{ledger}"
            )
    if arguments.command == "read" and (summary.new_reports or summary.seen_before):
        say("what to ask next:")
        for line in ("who", "statements --limit 10", "figures --voice own", "search 'a phrase'"):
            say(f"  sayso {line}{ledger}")
