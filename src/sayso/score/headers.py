"""Count fields of a report's header that agree with gold: right, or wrongly there, or missing."""

from __future__ import annotations

from sayso.records.findings import format_moment
from sayso.records.report import Report
from sayso.score.gold_report import GoldReport
from sayso.score.tally import Tally, add_row

HEADER_FIELDS = ("published", "outlet", "byline", "dateline", "title", "url")


def count_header(tally: Tally, report: GoldReport, found: Report) -> None:
    """Add the fields of one report's header. A field that neither has counts on neither side."""
    for field, wanted in report.header or ():
        have = _get_field(found, field)
        right = wanted is not None and have is not None and _fold(wanted) == _fold(have)
        add_row(
            tally, f"header {field}", int(right), int(have is not None), int(wanted is not None)
        )


def count_missing_header(tally: Tally, report: GoldReport) -> None:
    """Add the header of a report that was not read."""
    for field, wanted in report.header or ():
        add_row(tally, f"header {field}", 0, 0, int(wanted is not None))


def _get_field(found: Report, field: str) -> str | None:
    """Return a field as text; of the publication its ends and its precision."""
    if field == "published":
        moment = found.published
        if moment is None:
            return None
        return f"{format_moment(moment.lo)} {format_moment(moment.hi)} {moment.precision}"
    value: str | None = getattr(found, field)
    return value


def _fold(value: str) -> str:
    """Return a value without case, outer white space and an agency in brackets."""
    return " ".join(value.casefold().split("(")[0].split())
