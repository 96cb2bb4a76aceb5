"""How reported figures stand to a published daily series.

    python benchmarks/evaluate_reference.py DATA

DATA is the folder figures/ with casualty-sentences/ and gaza-casualties-daily.csv. First: dated
sentences of two newspapers of October 2023, of those killed and wounded, against the series of a UN
office for that side; a sentence is read as a report of its day. Counted is the share that holds or
held within three days before, also by mode. Figures of one event are not in the series, and print
does not tell all of them apart, so a low share is no error of anybody; the verdicts of the rules
are what is looked at.
Second: claims built from a daily series since February 2024, exact and rounded ("about"), as they
were and with 5 % added or taken off; a claim is flagged if it neither holds nor held within three
days before. Third: how often a claim that is right is flagged when it is as of one, two and three
days before its report.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sayso import annotate
from sayso.link.reference import compare_with_reference
from sayso.read.reference import load_reference
from sayso.records.figure import read_days
from sayso.records.reference import ReferenceSeries, Verdict

WITHIN_DAYS = 3
SINCE = date(2024, 2, 1)
SENTENCES = {
    "nyt": ("tagged_data_nyt_oct7_to_oct18.csv", "%m/%d/%Y"),
    "wsj": ("tagged_data_wsj_oct7_to_oct22.csv", "%Y-%m-%d"),
}
COLUMNS = {
    ("palestine", "killed"): "Gaza Casualties Since October 7",
    ("palestine", "wounded"): "Gaza Injuries Since October 7",
    ("israel", "killed"): "Israel Casualties Since October 7",
    ("israel", "wounded"): "Israel Injuries Since October 7",
}


def main() -> int:
    """Measure and print."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    data = Path(sys.argv[1])
    for paper in SENTENCES:
        show_paper(data / "casualty-sentences", paper)
    show_injected(load_reference(f"{data / 'gaza-casualties-daily.csv'}:date:killed_cum"))
    return 0


def show_paper(folder: Path, paper: str) -> None:
    """Print how the figures of one newspaper stand to the series of each side."""
    name, form = SENTENCES[paper]
    series = {
        key: load_reference(f"{folder / 'ocha.csv'}:Date:{column}")
        for key, column in COLUMNS.items()
    }
    counts: Counter[tuple[str, str, str]] = Counter()
    modes: Counter[tuple[str, bool]] = Counter()
    sentences = set()
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            day = datetime.strptime(row["article_date"], form).date()
            sentences.add((" ".join(row["sentence"].split()), day, row["category"]))
    for sentence, day, side in sorted(sentences):
        for figure in annotate(sentence, published=day.isoformat()).figures:
            reference = series.get((side, figure.measure or ""))
            if reference is None or figure.subset_of is not None or figure.as_of is None:
                continue
            as_of = read_days(figure.as_of.lo, figure.as_of.hi)
            verdict = compare_with_reference(figure.value_lo, figure.value_hi, as_of, reference)
            counts[side, figure.measure or "", name_verdict(verdict)] += 1
            modes[figure.mode or "none", is_near(verdict)] += 1
    for side, measure in COLUMNS:
        kinds = {v: n for (s, m, v), n in counts.items() if (s, m) == (side, measure)}
        count = sum(kinds.values())
        held = kinds.get("within", 0)
        share = held / count if count else 0.0
        print(f"{paper} {side} {measure}: {held} of {count} within ({share:.2f}); {kinds}")
    for mode in sorted({mode for mode, _ in modes}):
        held, others = modes[mode, True], modes[mode, False]
        print(f"{paper} mode {mode}: {held} of {held + others} within")


def name_verdict(verdict: Verdict) -> str:
    """Return "within" for what holds or held within three days, else the verdict."""
    return "within" if is_near(verdict) else verdict.verdict


def is_near(verdict: Verdict) -> bool:
    """Say whether a figure holds, or held within three days before."""
    return verdict.verdict == "holds" or (
        verdict.verdict == "stale" and verdict.days is not None and verdict.days <= WITHIN_DAYS
    )


def show_injected(reference: ReferenceSeries) -> None:
    """Print false alarms and detections of claims built from a series."""
    for kind in ("exact", "about"):
        for lag in range(WITHIN_DAYS + 1):
            claims = list(make_claims(reference, kind, Decimal(1), lag))
            alarms = sum(not is_near(v) for v in claims)
            print(f"{kind}, right, {lag} days old: {alarms} of {len(claims)} flagged")
        for factor in (Decimal("0.95"), Decimal("1.05")):
            claims = list(make_claims(reference, kind, factor, 0))
            found = sum(not is_near(v) for v in claims)
            share = found / len(claims)
            print(f"{kind}, times {factor}: {found} of {len(claims)} flagged ({share:.3f})")


def make_claims(
    reference: ReferenceSeries, kind: str, factor: Decimal, lag: int
) -> Iterator[Verdict]:
    """Yield the verdict on a sentence for each day since SINCE, read as it would be printed."""
    for day, value in zip(reference.days, reference.values, strict=True):
        if day < SINCE:
            continue
        count = int((value * factor).to_integral_value())
        printed = f"{count:,}" if kind == "exact" else f"about {round(count, -3):,}"
        sentence = f"The offensive has killed {printed} people so far, the ministry said."
        [figure] = annotate(sentence, published=(day + timedelta(lag)).isoformat()).figures
        if figure.as_of is None:
            raise AssertionError("a dated report gives a day")
        as_of = read_days(figure.as_of.lo, figure.as_of.hi)
        yield compare_with_reference(figure.value_lo, figure.value_hi, as_of, reference)


if __name__ == "__main__":
    sys.exit(main())
