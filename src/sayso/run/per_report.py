"""One report through all stages: what a worker does for each report and `annotate` does for one
text.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from sayso.errors import ReadError, UsageError
from sayso.extract.extractor import EXTRACT_VERSION, extract
from sayso.parse.pipeline import Parser, get_pipeline_version, load_parser
from sayso.read.reports import get_record_id
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Span
from sayso.settings import Settings, read_meanings

ANNOTATED_LANGUAGES = frozenset({"en", None})  # None: unknown, too short to tell


def get_findings_version(settings: Settings) -> str:
    """Return the version of the findings that this program makes: finders, pipeline, and the
    settings that decide which statements are kept and what vague amounts mean.
    """
    version = f"{EXTRACT_VERSION}-{get_pipeline_version()}"
    if settings.min_confidence:
        version += f"-min{settings.min_confidence:g}"
    if settings.vague:
        version += f"-vague{hash_text(settings.vague)[:8]}"
    return version


@cache
def get_parser() -> Parser:
    """Return the parser of this process, loaded at the first call (seconds)."""
    return load_parser()


def make_findings(report: Report, parser: Parser, settings: Settings) -> Findings:
    """Return the findings of one report: none for a report in another language than English.

    A parse that fails is a Failure row; raises only OSError, as `make_read_failure`.
    """
    version = get_findings_version(settings)
    if report.language not in ANNOTATED_LANGUAGES:
        return Findings(report, version)
    segments: list[Span] = [s for s in (report.title_span, report.body) if s and s[0] < s[1]]
    try:
        annotation = parser.annotate(report.text, segments, report.title_span)
    except Exception as error:
        _raise_if_of_system(error)
        failure = Failure(
            "parse",
            type(error).__name__,
            f"{type(error).__name__} while parsing; please report it",
            report.report_id,
        )
        return Findings(report, version, failures=(failure,))
    least, meanings = settings.min_confidence or None, read_meanings(settings.vague)
    return extract(report, annotation, version, least, meanings)


def make_read_failure(raw: RawRecord, error: Exception) -> Failure:
    """Return the failure of a record that `read_report` raised `error` for.

    Raises an error of the operating system (a full disk, say): it would fail every report.
    """
    _raise_if_of_system(error)
    if isinstance(error, ReadError):
        message = str(error)
    else:
        message = f"{raw.path!r}: {type(error).__name__} while reading; please report it"
    return Failure("read", type(error).__name__, message, get_record_id(raw), raw.path)


def _raise_if_of_system(error: Exception) -> None:
    """Raise an OSError with a number; those without one are about data: not gzip, say."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


def make_text_report(text: str, published: Published | None, outlet: str | None) -> Report:
    """Return a report of `text` as given, all of it body: spans are offsets into `text` itself.

    Raises UsageError for text that cannot be stored: lone surrogates have no UTF-8 form.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the text has a lone surrogate at character {error.start}; replace it first"
        ) from error
    return Report(
        report_id=make_id("r", data, outlet or ""),
        text=text,
        text_sha256=hash_text(text),
        body=(0, len(text)),
        outlet=outlet,
        outlet_evidence=None if outlet is None else "outlet",
        published=published,
    )


def now_utc() -> str:
    """Return the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
