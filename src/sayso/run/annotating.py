"""Findings without a ledger: of one text, or of the reports that paths lead to, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from sayso.errors import UsageError
from sayso.read.files import FindOptions, find_records
from sayso.read.moments import parse_published
from sayso.read.zones import format_offset
from sayso.records.findings import Findings
from sayso.records.report import Failure, Published, RawRecord
from sayso.run.guarded import GuardedAnnotator
from sayso.run.per_report import (
    get_parser,
    make_findings,
    make_text_report,
)
from sayso.settings import load_settings

PUBLISHED_FIELD = "published"


def annotate(
    text: str, *, published: str | datetime | date | None = None, outlet: str | None = None
) -> Findings:
    """Return everything found in `text`: statements, speakers, figures, names and dates.

    The text is taken as given, all of it body: spans are code-point offsets into `text` itself. It
    is taken to be English, and may have as many characters as a report that is read: the setting
    `max_report_chars`, 4,000,000 unless SAYSO_MAX_REPORT_CHARS gives another number. The language
    pipeline is loaded once a process, at the first call (seconds); there is no time limit.

    published: when the text was published: a date, a datetime (without an offset: UTC), or a string
    as headers print it ("2024-04-14", "14 April 2024 - 22:03"); dates such as "Friday" are resolved
    from it. outlet: who published it. Raises TypeError for an argument of another type than these;
    UsageError, a ValueError, for a date that cannot be read, a text that is too long or one with
    lone surrogates; SaysoError if the language pipeline is not installed.
    """
    _check_types(text, published, outlet)
    settings = load_settings(None)
    limit = settings.max_report_chars
    if len(text) > limit:
        raise UsageError(
            f"the text has {len(text):,} characters, more than max_report_chars ({limit:,}); "
            "annotate it in parts, or raise SAYSO_MAX_REPORT_CHARS"
        )
    report = make_text_report(text, _to_published(published), outlet or None)
    return make_findings(report, get_parser(), settings)


def annotate_paths(paths: Sequence[str], options: FindOptions) -> Iterator[Findings | Failure]:
    """Yield the findings of each report, in the order of the paths, or why it could not be read.

    One report is held at a time and nothing is written. As in `read_paths`, a report that outlasts
    `report_timeout_s` is a failure: the work is done in one process of its own. Raises at once
    NotFoundError for a path that is not there and UsageError for options that cannot be obeyed.
    """
    return _annotate_records(find_records(paths, options), options)


def _annotate_records(
    found: Iterator[RawRecord | Failure], options: FindOptions
) -> Iterator[Findings | Failure]:
    with GuardedAnnotator(options.settings) as annotator:
        for one in found:
            yield one if isinstance(one, Failure) else annotator.annotate(one)


def _check_types(text: object, published: object, outlet: object) -> None:
    """Raise TypeError, saying what to give instead, for an argument of a wrong type."""
    if isinstance(text, bytes | bytearray | memoryview):
        raise TypeError("text is bytes; decode it first: text.decode('utf-8'), say")
    if not isinstance(text, str):
        raise TypeError(f"text is {_name_type(text)}; give the report's text as a str")
    if published is not None and not isinstance(published, str | date):  # a datetime is a date
        raise TypeError(
            f"published is {_name_type(published)}; give a str such as '2024-04-14', a date, "
            "a datetime or None"
        )
    if outlet is not None and not isinstance(outlet, str):
        raise TypeError(f"outlet is {_name_type(outlet)}; give its name as a str, or None")


def _name_type(value: object) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"


def _to_published(given: str | datetime | date | None) -> Published | None:
    if given is None:
        return None
    if isinstance(given, datetime):
        return _from_moment(given)
    if isinstance(given, date):
        lo = datetime(given.year, given.month, given.day, tzinfo=UTC)
        hi = lo + timedelta(hours=23, minutes=59, seconds=59)
        return Published(lo, hi, None, "day", PUBLISHED_FIELD)
    found = parse_published(given, PUBLISHED_FIELD)
    if found is None:
        raise UsageError(f"published: {given!r} is not a date; write 2024-04-14, say")
    return found


def _from_moment(given: datetime) -> Published:
    """Return a moment to the second; its offset is kept, as one that is printed would be."""
    offset = given.utcoffset()
    moment = given.replace(microsecond=0)
    if offset is None:
        moment = moment.replace(tzinfo=UTC)
        return Published(moment, moment, None, "second", PUBLISHED_FIELD)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise UsageError(f"published: {given} is not in the years 1 to 9999 in UTC") from error
    return Published(moment, moment, format_offset(offset), "second", PUBLISHED_FIELD)
