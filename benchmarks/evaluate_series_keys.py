"""Score place, event, mode and days of figures against gold by offsets.

    python benchmarks/evaluate_series_keys.py gold/series-us.json DATA

DATA is the folder with reports/. A gold figure is found when a figure shares a character with it.
Of each field, for the half that was tuned on and the half that was not: precision, of those
given, and recall, of those that the gold asks for. What the gold calls maybe may be given or not.

place: right if it overlaps a gold place of the sentence, or has the words of a place elsewhere in
the report where the gold knows it to be; asked for are those printed in the sentence. event: right
if it overlaps the gold and has the same noun at its head. mode: right if it is among those of the
gold, asked for where the gold does not allow none. days: right if first and last day are those of
the gold, give or take one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from external_gold import find_table, load_texts
from sayso import annotate
from sayso.records.figure import MODES, Figure
from sayso.records.span import Span, overlaps

HALVES = ("tuning", "held out")
FIELDS = ("place", "event", "event as printed", "mode", *MODES, "days")
_ENDS_HEAD = re.compile(
    r"[ \n](?:of|on|in|at|by|against|near|outside|between|to|with|from|that|linked)\b"
)

Counts = Counter[tuple[str, str, str]]


def main() -> int:
    """Score and print."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    counts: Counts = Counter()
    for row, text in load_rows(Path(sys.argv[1]), Path(sys.argv[2])):
        found = annotate(text, published=row["published"]).figures
        for gold in row["figures"]:
            score_figure(gold, text, found, counts)
    show(counts)
    return 0


def load_rows(path: Path, data: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the annotated texts with what is annotated in them."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    hashes = [row["sha256"] for row in gold["texts"]]
    texts = load_texts(find_table(data, gold["set"]), gold["column"], hashes)
    for row in gold["texts"]:
        yield row, texts[row["sha256"]]


def score_figure(
    gold: dict[str, Any], text: str, found: tuple[Figure, ...], counts: Counts
) -> None:
    """Add what one gold figure says of the figures found to the counts."""
    half = gold["half"]
    figure = next((f for f in found if overlaps(f.span, tuple(gold["span"]))), None)
    counts[half, "figures", "asked"] += 1
    counts[half, "figures", "right"] += figure is not None
    if figure is None:
        return
    for field, given, is_right, asked in (
        ("place", figure.place_span is not None, _is_place(gold, text, figure), gold["places"]),
        *_judge_event(gold, text, figure),
        *_judge_mode(gold, figure),
        ("days", figure.since_lo is not None, _are_days(gold, figure), gold["days"]),
    ):
        counts[half, field, "given"] += given
        counts[half, field, "right of given"] += given and is_right
        counts[half, field, "asked"] += bool(asked)
        counts[half, field, "right"] += bool(asked) and given and is_right


def _is_place(gold: dict[str, Any], text: str, figure: Figure) -> bool:
    if figure.place_span is None:
        return False
    spans = [tuple(span) for span in (*gold["places"], *gold["places_maybe"])]
    names = {text[s:e] for s, e in (*spans, *map(tuple, gold["elsewhere"]))}
    return any(overlaps(figure.place_span, span) for span in spans) or figure.place in names


def _judge_event(
    gold: dict[str, Any], text: str, figure: Figure
) -> Iterator[tuple[str, bool, bool, Any]]:
    span = figure.event_span
    maybe = gold["event_maybe"]
    if span is not None and maybe is not None and overlaps(span, tuple(maybe)):
        return  # neither here nor there
    wanted: Span | None = None if gold["event"] is None else tuple(gold["event"])
    both = span is not None and wanted is not None and overlaps(span, wanted)
    same = (
        both
        and span is not None
        and wanted is not None
        and not find_heads(text[slice(*span)]).isdisjoint(find_heads(text[slice(*wanted)]))
    )
    yield "event", span is not None, same, wanted
    yield "event as printed", span is not None, both and is_beginning(span, wanted, text), wanted


def is_beginning(span: Span | None, wanted: Span | None, text: str) -> bool:
    """Say whether words are those wanted, or those up to a place or a companion behind them."""
    if span is None or wanted is None or span[0] != wanted[0] or span[1] > wanted[1]:
        return False
    rest = text[span[1] : wanted[1]]
    return (
        not rest or re.match(r" (?:in|at|with|near|outside|linked|and|between)\b", rest) is not None
    )


def find_heads(phrase: str) -> set[str]:
    """Return the nouns that a phrase may hang on: the last words before its prepositions."""
    pieces = [piece.split() for piece in _ENDS_HEAD.split(phrase)]
    return {piece[-1].lower() for piece in pieces[:2] if piece}


def _judge_mode(gold: dict[str, Any], figure: Figure) -> Iterator[tuple[str, bool, bool, bool]]:
    allowed = gold["modes"]
    given, is_right = figure.mode is not None, figure.mode in allowed
    yield "mode", given, is_right, None not in allowed
    for mode in MODES:
        yield mode, figure.mode == mode, is_right, allowed == [mode]


def _are_days(gold: dict[str, Any], figure: Figure) -> bool:
    wanted = gold["days"] or gold["days_maybe"]
    if wanted is None or figure.since_lo is None or figure.since_hi is None:
        return False
    pairs = zip(wanted, (figure.since_lo, figure.since_hi), strict=True)
    return all(abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= 1 for a, b in pairs)


def show(counts: Counts) -> None:
    """Print the counts as a table."""
    for half in HALVES:
        print(
            f"{half}: {counts[half, 'figures', 'right']} of "
            f"{counts[half, 'figures', 'asked']} figures found"
        )
        for field in FIELDS:
            given, asked = counts[half, field, "given"], counts[half, field, "asked"]
            right, found = counts[half, field, "right of given"], counts[half, field, "right"]
            precision = f"{right / given:.3f}" if given else "  -  "
            recall = f"{found / asked:.3f}" if asked else "  -  "
            print(f"  {field:17} P {precision} ({right}/{given})   R {recall} ({found}/{asked})")


if __name__ == "__main__":
    sys.exit(main())
