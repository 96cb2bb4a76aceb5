"""`sayso show`: the findings of reports in the terminal or as JSON lines; nothing is kept."""

from __future__ import annotations

from argparse import Namespace

from sayso.commands.finding import get_given_settings, make_find_options
from sayso.commands.hints import describe_failure
from sayso.console.messages import complain, say
from sayso.console.output import write_json_line
from sayso.console.report_view import print_report
from sayso.records.report import Failure
from sayso.run.annotating import annotate_paths
from sayso.settings import load_settings
from sayso.wording import format_count


def run(arguments: Namespace) -> int:
    """Print every report as it is annotated; 3 if some failed."""
    settings = load_settings(None, get_given_settings(arguments))
    options = make_find_options(arguments, settings)
    shown = failed = 0
    for found in annotate_paths(arguments.paths, options):
        if isinstance(found, Failure):
            failed += 1
            complain(describe_failure(found.path, found.message))
            continue
        failed += bool(found.failures)
        if arguments.json:
            write_json_line(found.to_dict())
        else:
            print_report(found, first=shown == 0)
        shown += 1
    if not shown and not failed:
        say("no report found there; see `sayso show --help`")
    if failed:
        say(f"{format_count(failed, 'report')} failed, {shown} shown")
    return 3 if failed else 0
