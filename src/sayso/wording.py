"""Short words for what records hold: dates with their precision, intervals, ids, spans, counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sayso.records.correction import CORRECTED
from sayso.records.report import Report
from sayso.safe_text import show_line

SHORT_ID_CHARS = (
    10  # "r-" and 8 hexadecimal digits: enough to name a report in any ledger of one machine
)


# Less sure than this, an attribution is shown with a note: of those from the tagger's threshold to
# here about half were right on PolNeAR dev (docs/evaluation.md).
UNSURE_BELOW = 0.6

# A speaker who is less sure than a name that is printed is shown with the words it was resolved
# from: in press reports these are pronouns and descriptions (.55 to .79); organisations and names
# begin at .80 (docs/evaluation.md, Speakers).
SPEAKER_UNSURE_BELOW = 0.8


# Counted so, a figure says its measure without the word for it: "deaths", not "deaths killed".
_SAY_IT_ALREADY = {
    "killed": frozenset(("death", "deaths", "dead", "fatalities", "fatality", "lives", "victims")),
    "wounded": frozenset(("injuries", "injury", "wounds", "wounding")),
    "injured": frozenset(("injuries", "injury", "wounds", "wounded")),
    "casualties": frozenset(("victims", "victim", "losses")),
    "displaced": frozenset(("refugees", "evacuees")),
    "arrested": frozenset(("arrests", "detainees")),
}


# How a record stands to the one it rests on (records.origin).
HOW = {
    "said": "said by",
    "reported": "reported by",
    "told": "told to",
    "credit": "printed as of",
    "unnamed": "a source without a name in",
    "open": "somebody not resolved in",
    "own": "in the own voice of",
}


def short_id(record_id: str) -> str:
    """Return the beginning of an id, which commands accept wherever they take an id."""
    return record_id[:SHORT_ID_CHARS]


def format_count(count: int, noun: str, plural: str | None = None) -> str:
    """Return `1 report` or `2,260 reports`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def list_notes(
    confidence: float, *, negated: bool | None, hypothetical: bool | None
) -> tuple[str, ...]:
    """Return what a statement's kind does not say: `negated`, `hypothetical`, `low confidence`."""
    notes = []
    if negated:
        notes.append("negated")
    if hypothetical:
        notes.append("hypothetical")
    if confidence < UNSURE_BELOW:
        notes.append("low confidence")
    return tuple(notes)


def list_row_notes(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return `list_notes` of a statement's row, what an unsure speaker was resolved from, and
    whether a person corrected it."""
    notes = list_notes(row["confidence"], negated=row["negated"], hypothetical=row["hypothetical"])
    unsure = describe_unsure_speaker(row)
    notes = notes if unsure is None else (*notes, unsure)
    return (*notes, "corrected") if is_corrected(row) else notes


def describe_unsure_speaker(row: Mapping[str, Any]) -> str | None:
    """Return what an unsure speaker of a statement's row was resolved from: `speaker from “he”,
    0.67`; None for one who is sure enough, open, or named so in the report."""
    speaker, source, sure = row["speaker"], row["source"], row.get("speaker_confidence")
    if sure is None or sure >= SPEAKER_UNSURE_BELOW:
        return None
    if speaker is None or not source or source == speaker:
        return None
    return f"speaker from “{show_line(source)}”, {sure:.2f}"


def is_corrected(row: Mapping[str, Any]) -> bool:
    """Say whether a person corrected a statement or figure."""
    return str(row["found_by"]).endswith(CORRECTED)


def format_span(start: int, end: int) -> str:
    """Return a span as it is cited: `120–188`."""
    return f"{start}–{end}"


def format_place(spans: Iterable[Sequence[int]]) -> str:
    """Return several spans as they are cited: `120–188, 201–240`."""
    return ", ".join(format_span(start, end) for start, end in spans)


def format_report_date(report: Report) -> str:
    """Return when a report was published, in its own offset where it prints one."""
    published = report.published
    if published is None:
        return "no date"
    return format_published(published.lo, published.hi, published.precision, published.utc_offset)


def format_published(
    lo: datetime | str | None, hi: datetime | str | None, precision: str | None, offset: str | None
) -> str:
    """Return when a report was published, as precisely as is known; `no date` if it is not.

    A clock time is given in the report's own offset where it prints one.
    """
    first, last = _moment(lo), _moment(hi)
    if first is None or last is None:
        return "no date"
    first, last = first + _shift(offset), last + _shift(offset)
    if precision in ("second", "minute", "hour"):
        return f"{first:%Y-%m-%d %H:%M}"
    if precision == "month":
        return f"{first:%Y-%m}"
    if precision == "year":
        return f"{first:%Y}"
    if precision == "interval" and first.date() != last.date():
        return f"{first:%Y-%m-%d} or {last:%Y-%m-%d}"
    return f"{first:%Y-%m-%d}"


def format_days(lo: str, hi: str) -> str:
    """Return the first and the last day: `2031-03-01 to 2031-03-31`, `2031-04-14`."""
    return lo if lo == hi else f"{lo} to {hi}"


def format_number(value: float | None) -> str:
    """Return a number with thousands separated: `33,500`, `2.5`."""
    if value is None:
        return ""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def format_share(count: int, of: int) -> str:
    """Return how many of all: `41 of 120 (34 %)`."""
    return f"{count:,} of {of:,} ({100 * count / of if of else 0:.0f} %)"


def format_p(p: float) -> str:
    """Return a p value as exactly as deals can tell it: `0.001`, `0.04`, `1`."""
    return f"{p:.4f}".rstrip("0").rstrip(".") or "0"


def format_interval(lo: float | None, hi: float | None, bound: str) -> str:
    """Return what words and rounding allow: `≥ 40`, `> 40`, `≤ 12`, `24 to 99`, `= 7`."""
    if lo is None and hi is None:
        return ""
    if hi is None:
        return f"{'>' if bound == 'more_than' else '≥'} {format_number(lo)}"
    if lo is None:
        return f"{'<' if bound == 'less_than' else '≤'} {format_number(hi)}"
    if lo == hi:
        return f"= {format_number(lo)}"
    return f"{format_number(lo)} to {format_number(hi)}"


def name_measure(measure: str) -> str:
    """Return a measure in words: `photo` for `other:photo`, `duration (day)`, `money (GBP)`,
    `percentage points`."""
    kind, _, unit = measure.replace("_", " ").rpartition(":")
    return f"{kind} ({unit})" if kind not in ("", "other") else unit


def format_counted(counted: str | None, measure: str | None) -> str:
    """Return what a figure counts, said once: `boats`, `civilians killed`, `USD`."""
    kind, _, unit = (measure or "").rpartition(":")
    if not counted or not counted.split():
        return unit.replace("_", " ")
    if kind == "other" or unit == "people" or unit.casefold() in counted.casefold():
        return counted
    if counted.casefold().split()[-1] in _SAY_IT_ALREADY.get(unit, ()):
        return counted
    return f"{counted} {unit.replace('_', ' ')}"


def format_seconds(seconds: float) -> str:
    """Return a stretch of time: `8 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def format_bytes(count: int) -> str:
    """Return a size in decimal units: `812 B`, `3.4 MB`, `26 GB`."""
    size, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            break
        size /= 1000
    return f"{size:.1f} {unit}" if size < 10 and unit != "B" else f"{size:.0f} {unit}"


def _moment(value: datetime | str | None) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def _shift(offset: str | None) -> timedelta:
    """Return `+03:00` as a time difference; nothing where no offset is printed."""
    if not offset or len(offset) != 6:
        return timedelta()
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    return timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
