"""`sayso status`: what a ledger holds, or with --failures every report that failed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from sayso.commands.hints import name_ledger
from sayso.console.messages import say
from sayso.console.output import write_facts, write_json_line
from sayso.console.views import FAILURES, print_pairs, print_rows, write_rows
from sayso.ledger.doubts import format_doubts
from sayso.ledger.health import list_failures
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.status import Status
from sayso.wording import format_bytes, format_count

NAMES_SHOWN = 8
_CLAIMS = {
    None: "not looked for yet; the next sayso read does it",
    "off": "none: the setting claims is false",
    "no model": "none: a model that claims need is missing; sayso doctor",
}


def run(arguments: Namespace) -> int:
    """Print the state of the ledger."""
    with open_ledger(arguments.ledger) as ledger:
        if arguments.failures:
            _print_failures(ledger, arguments)
            return 0
        status = ledger.status()
    facts = list(_list_facts(status, name_ledger(arguments.ledger)))
    if arguments.json:
        write_json_line(status.to_dict())
    elif arguments.csv:
        write_facts(facts)
    else:
        print_pairs([("ledger", arguments.ledger), *facts])
    return 0


def _print_failures(ledger: Ledger, arguments: Namespace) -> None:
    rows = list_failures(ledger)
    if arguments.json or arguments.csv:
        write_rows(rows, rows.columns, csv=arguments.csv)
    else:
        print_rows(FAILURES, rows)
    if not len(rows):
        say("no report failed")


def _list_facts(status: Status, ledger: str) -> Iterator[tuple[str, str]]:
    counts = status.counts
    reports = f"{counts['report']:,}"
    if status.revisions:
        reports += f", of which {status.revisions:,} replaced by a newer text"
    yield "reports", reports
    yield "sightings", f"{counts['sighting']:,}"
    if status.first is not None and status.last is not None:
        dates = f"{status.first[:10]} to {status.last[:10]}"
    else:
        dates = "none"
    yield "published", f"{dates}; {format_count(status.undated, 'report')} without a date"
    yield "outlets", _list_names(status.outlets, "no outlet")
    yield "languages", _list_names(status.languages, "unknown")
    yield "statements", f"{counts['statement']:,}"
    yield "own voice", format_count(counts["assertion"], "assertion")
    yield "figures", f"{counts['figure']:,}"
    yield "names and mentions", f"{counts['local_entity']:,} and {counts['mention']:,}"
    if status.doubts:
        pairs = format_doubts(status.doubts)
        yield "names in doubt", f"{pairs} that may be one; sayso judge doubtful{ledger}"
    yield "claims", _CLAIMS.get(status.claims_state, f"{counts['claim']:,}")
    yield "dates in the text", f"{counts['date']:,}"
    if status.unannotated:
        advice = f"{status.unannotated:,}; sayso refresh{ledger} does the rest"
        yield "not annotated yet", advice
    for stage, error, count in status.failures:
        yield "failures", f"{count:,} {error} while {stage}; sayso status --failures{ledger}"
    yield "findings by", _list_names(status.findings_versions, "unknown")
    parts = status.bytes_on_disk
    shown = ", ".join(f"{name} {format_bytes(size)}" for name, size in parts.items())
    yield "on disk", f"{format_bytes(sum(parts.values()))} ({shown})"


def _list_names(counted: tuple[tuple[str | None, int], ...], unknown: str) -> str:
    shown = [f"{name or unknown} {count:,}" for name, count in counted[:NAMES_SHOWN]]
    if len(counted) > NAMES_SHOWN:
        shown.append(f"and {len(counted) - NAMES_SHOWN:,} more")
    return ", ".join(shown) or "none"
