"""`sayso score`: precision, recall and F1 of the finders against gold, held to their floors."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.commands.hints import describe_failure
from sayso.console.messages import complain, say
from sayso.console.views import SCORES, print_rows, write_rows
from sayso.errors import UsageError
from sayso.read.files import FindOptions
from sayso.records.findings import Findings
from sayso.records.report import Failure
from sayso.run.annotating import annotate, annotate_paths
from sayso.score.gate import PIN_MARGIN, Floors, check_floors, hash_gold, load_floors, pin_floors
from sayso.score.gold import FLOORS_NAME, load_gold
from sayso.score.gold_report import GoldReport
from sayso.score.metrics import Scores, score_reports
from sayso.settings import load_settings
from sayso.wording import format_count

COLUMNS = ("metric", "precision", "recall", "f1", "n", "floor")


def run(arguments: Namespace) -> int:
    """Print a row a metric; 1 if one is below its floor."""
    gold_path = Path(arguments.gold)
    if arguments.lower and not arguments.pin:
        raise UsageError("--lower: goes with --pin")
    gold = load_gold(gold_path)
    findings = dict(_annotate_gold(gold, gold_path, arguments.samples))
    scores = score_reports(gold, findings)
    floors_path = _find_floors(arguments, gold_path)
    floors = None
    if arguments.pin and floors_path is not None:
        floors = pin_floors(
            scores, gold_path, floors_path, force=arguments.lower, margin=PIN_MARGIN
        )
    elif floors_path is not None:
        floors = load_floors(floors_path)
    rows = list(_list_rows(scores, floors))
    if arguments.json or arguments.csv:
        write_rows(rows, COLUMNS, csv=arguments.csv)
    else:
        print_rows(SCORES, rows)
    say(
        f"scored {format_count(scores.reports - len(scores.missing), 'report')} of {scores.reports}"
    )
    for path in scores.missing:
        complain(f"{path!r}: not found, so all of its gold counts as missed")
    below = [] if floors is None else check_floors(scores, floors, hash_gold(gold_path))
    for sentence in below:
        complain(sentence)
    return int(bool(below or scores.missing))


def _find_floors(arguments: Namespace, gold_path: Path) -> Path | None:
    """Return the file of floors: the one given, else the one beside the gold where it is wanted."""
    if arguments.floors is not None:
        return Path(arguments.floors)
    beside = (gold_path if gold_path.is_dir() else gold_path.parent) / FLOORS_NAME
    return beside if arguments.pin or (gold_path.is_dir() and beside.is_file()) else None


def _list_rows(scores: Scores, floors: Floors | None) -> Iterator[dict[str, Any]]:
    for metric, precision, recall, f1, n in scores.to_rows():
        floor = None if floors is None else floors.values.get(metric)
        numbers = (round(value, 4) for value in (precision, recall, f1))
        yield dict(zip(COLUMNS, (metric, *numbers, n, floor), strict=True))


def _annotate_gold(
    gold: Sequence[GoldReport], gold_path: Path, samples: str | None
) -> Iterator[tuple[str, Findings]]:
    """Yield (path of a gold report, findings): of its own text, or of the report it names."""
    named = [report.path for report in gold if report.text is None]
    for report in gold:
        if report.text is not None:
            yield report.path, annotate(report.text)
    if named:
        sources = [samples] if samples is not None else _find_sources(named, gold_path)
        options = FindOptions(load_settings(None))
        yield from _match_paths(named, annotate_paths(sources, options))


def _find_sources(named: Iterable[str], gold_path: Path) -> list[str]:
    """Return the files that gold names, from the present folder or the one that holds the gold."""
    files = dict.fromkeys(path.partition("#")[0] for path in named)
    base = Path() if Path(next(iter(files))).exists() else gold_path.absolute().parent
    return [str(base / file) for file in files]


def _match_paths(
    named: Iterable[str], found: Iterable[Findings | Failure]
) -> Iterator[tuple[str, Findings]]:
    """Yield the findings of the reports that gold names; where they lie does not matter.

    A gold path names the report whose path has the longest run of last parts in common with it.
    """
    by_name: dict[str, list[str]] = {}
    for path in named:
        by_name.setdefault(_split(path)[0], []).append(path)
    best: dict[str, tuple[int, Findings]] = {}
    for one in found:
        if isinstance(one, Failure):
            complain(describe_failure(one.path, one.message))
            continue
        parts = _split(one.report.path or "")
        for path in by_name.get(parts[0], ()):
            common = _count_common(parts, _split(path))
            if path not in best or common > best[path][0]:
                best[path] = (common, one)
    for path, (_, findings) in best.items():
        yield path, findings


def _split(path: str) -> list[str]:
    return list(reversed(Path(path).parts)) or [""]


def _count_common(a: list[str], b: list[str]) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count
