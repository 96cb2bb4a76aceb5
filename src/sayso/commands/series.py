"""`sayso series`: which series a ledger has, or one of them drawn."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from sayso.commands.hints import name_ledger, say_unknown
from sayso.compare.drawn import MOST_DRAWN, choose_drawn, describe, make_line, make_mark
from sayso.compare.picture import make_png
from sayso.compare.reference import compare_rows, sum_up
from sayso.console.messages import say
from sayso.console.series_views import SERIES
from sayso.console.views import print_rows, write_rows
from sayso.drawing import draw_series
from sayso.errors import StorageError, UsageError
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.link.reference import NEAR_DAYS
from sayso.read.reference import load_reference
from sayso.wording import format_count

FORMATS = (".svg", ".png")
SHOWN_ON_A_TERMINAL = 50


def run(arguments: Namespace) -> int:
    """Print the series, those of the most reports first; or draw one into a file."""
    if arguments.draw is not None:
        return _draw(arguments)
    if arguments.reference is not None or arguments.near is not None:
        raise UsageError("--reference: laid under a drawing; give --draw FILE with it")
    data = arguments.json or arguments.csv
    limit = arguments.limit
    if limit is None:
        limit = SHOWN_ON_A_TERMINAL if sys.stdout.isatty() and not data else 0
    with open_ledger(arguments.ledger) as ledger:
        filters = get_figure_filters(arguments)
        rows = ledger.series(
            **filters, limit=limit + 1 if limit else None, offset=arguments.offset or 0
        )
        unknown = [] if len(rows) else ledger.find_unknown(**filters)
    shown = list(rows)[:limit] if limit else list(rows)
    if data:
        write_rows(shown, rows.columns, csv=arguments.csv)
    else:
        print_rows(SERIES, shown)
    if not len(rows):
        say(
            "no series: two reports with the same measure, counted, place, event and mode make one;"
            f" all figures: sayso figures{name_ledger(arguments.ledger)}"
        )
        say_unknown(unknown)
    elif len(rows) > len(shown):
        count = format_count(len(shown), "series", "series")
        say(f"{count} shown; for all --limit 0")
    return 0


def get_figure_filters(arguments: Namespace) -> dict[str, Any]:
    """Return the filters of a command about figures, by name, but for limit and offset."""
    names = ("outlet", "since", "until", "speaker", "kind", "stance", "voice", "all_revisions")
    figure = ("measure", "counted", "place", "event", "bound", "mode", "series")
    filters = {name: getattr(arguments, name) for name in (*names, *figure)}
    return filters | {"report_id": arguments.report}


def _draw(arguments: Namespace) -> int:
    target = Path(arguments.draw)
    if target.suffix.lower() not in FORMATS:
        raise UsageError(f"--draw {arguments.draw!r}: a file that ends in {' or '.join(FORMATS)}")
    filters = get_figure_filters(arguments)
    if filters["measure"] is None and filters["series"] is None:
        raise UsageError("--draw: a series counts one thing; give --series, or --measure at least")
    reference = None if arguments.reference is None else load_reference(arguments.reference)
    near = NEAR_DAYS if arguments.near is None else arguments.near
    with open_ledger(arguments.ledger) as ledger:
        rows = list(_ask(ledger, filters))
    drawn, left_out = choose_drawn(rows)
    verdicts = compare_rows((row for row, _ in drawn), reference, near)
    marks = [
        make_mark(row, days, verdict=verdict)
        for (row, days), verdict in zip(drawn, verdicts, strict=True)
    ]
    if not marks:
        say("nothing to draw: no figure with a day fits")
        return 1
    name = describe({"measure": drawn[0][0]["measure"]} | filters)
    drawing = draw_series(marks, name, log=arguments.log, line=make_line(reference))
    _write(target, drawing)
    say(f"{format_count(len(marks), 'figure')} drawn to {os.fspath(target)}")
    known = [verdict for verdict in verdicts if verdict is not None]
    if known:
        say(sum_up(known))
    if left_out:
        say(f"not drawn: {'; '.join(left_out)}")
    return 0


def _ask(ledger: Ledger, filters: dict[str, Any]) -> list[dict[str, Any]]:
    return list(ledger.figures(**filters, limit=MOST_DRAWN + 1))


def _write(target: Path, drawing: str) -> None:
    """Write a drawing; a picture of it in points if the name ends so."""
    is_picture = target.suffix.lower() == ".png"
    data = make_png(drawing) if is_picture else drawing.encode("utf-8")
    try:
        target.write_bytes(data)
    except OSError as error:
        raise StorageError(f"{os.fspath(target)!r}: {error.strerror or error}") from error
