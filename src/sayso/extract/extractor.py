"""From the annotation of one report to its findings: every finder once, in order, each failure a
row.

Order: attributions, their stances, then mentions, entities and speakers, then figures with the
voice they stand in, then dates, the days on which statements were made and those that figures hold
for, then what makes series of them, then what the outlet itself states, then the outlets through
which it all came. A finder that fails loses its own records only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.extract.as_of import date_figures
from sayso.extract.assertions import find_assertions
from sayso.extract.attributions import find_attributions
from sayso.extract.channels import find_channels
from sayso.extract.credit_lines import find_credits
from sayso.extract.dates import find_dates
from sayso.extract.figures import find_figures
from sayso.extract.said_at import date_statements
from sayso.extract.series_keys import key_figures
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.extract.stances import Stance, find_stance
from sayso.extract.tree import build_tree
from sayso.extract.wordlists import make_vague
from sayso.records.annotation import Annotation
from sayso.records.assertion import Assertion
from sayso.records.figure import DateMention, Figure
from sayso.records.findings import Findings
from sayso.records.ids import make_id
from sayso.records.relay import Relay
from sayso.records.report import Failure, Report
from sayso.records.statement import Attribution, Speaker, Statement
from sayso.records.voice import Voices

# Raised with every change that can alter what a finder yields; `sayso refresh` redoes older
# findings.
EXTRACT_VERSION = 21

T = TypeVar("T")


def extract(
    report: Report,
    annotation: Annotation,
    version: str,
    min_confidence: float | None = None,
    meanings: tuple[tuple[str, int, int], ...] = (),
) -> Findings:
    """Return the findings of one report. Pure: the same arguments give the same findings.

    min_confidence: of statements; None: what the finder or its model was set to. meanings: of vague
    amounts that mean something else than as shipped, (word, least, largest) each.
    """
    failures: list[Failure] = []

    def run(stage: str, finder: Callable[[], T], nothing: T) -> T:
        try:
            return finder()
        except Exception as error:
            message = f"{type(error).__name__} in finder {stage}; please report it"
            failures.append(Failure(stage, type(error).__name__, message, report.report_id))
            return nothing

    no_attributions: tuple[Attribution, ...] = ()
    attributions = run(
        "attributions", lambda: find_attributions(annotation, min_confidence), no_attributions
    )
    resolved = run(
        "speakers",
        lambda: resolve_speakers(annotation, report.report_id, attributions),
        Resolved((), (), (None,) * len(attributions)),
    )
    no_stances: tuple[Stance | None, ...] = (None,) * len(attributions)
    stances = run("stances", lambda: _find_stances(annotation, attributions), no_stances)
    statements = _make_statements(report, attributions, resolved.speakers, stances)
    no_figures: tuple[Figure, ...] = ()
    figures = run(
        "figures",
        lambda: find_figures(
            annotation, report.report_id, report.text_sha256, make_vague(meanings)
        ),
        no_figures,
    )
    no_dates: tuple[DateMention, ...] = ()
    dates = run("dates", lambda: find_dates(annotation, report.published), no_dates)
    no_assertions: tuple[Assertion, ...] = ()
    assertions = run(
        "assertions",
        lambda: find_assertions(annotation, report.report_id, report.text_sha256, statements),
        no_assertions,
    )
    dated = run(
        "said at",
        lambda: date_statements(annotation, statements, dates, report.published),
        statements,
    )
    voiced = _set_voices(figures, dated)
    known = run(
        "as of",
        lambda: date_figures(annotation, voiced, dated, dates, report.published),
        voiced,
    )
    keyed = run(
        "series keys", lambda: key_figures(annotation, known, dates, report.published), known
    )
    no_relays: tuple[Relay, ...] = ()
    relays = run("relays", lambda: find_channels(annotation, report, dated, resolved), no_relays)
    credits = run("credits", lambda: find_credits(report), no_relays)
    return Findings(
        report=report,
        version=version,
        statements=dated,
        assertions=assertions,
        figures=keyed,
        mentions=resolved.mentions,
        entities=resolved.entities,
        dates=dates,
        relays=(*credits, *relays),
        failures=tuple(failures),
    )


def _find_stances(
    annotation: Annotation, attributions: Sequence[Attribution]
) -> tuple[Stance | None, ...]:
    tree = build_tree(annotation)
    return tuple(find_stance(tree, a.source, a.cue, a.content) for a in attributions)


def _make_statements(
    report: Report,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker | None],
    stances: Sequence[Stance | None],
) -> tuple[Statement, ...]:
    ids = [_statement_id(report, a) for a in attributions]
    statements: dict[str, Statement] = {}
    for statement_id, a, speaker, stance in zip(ids, attributions, speakers, stances, strict=True):
        if statement_id in statements:
            continue
        statements[statement_id] = Statement(
            statement_id=statement_id,
            report_id=report.report_id,
            kind=a.kind,
            source=a.source,
            cue=a.cue,
            content=a.content,
            confidence=a.confidence,
            found_by=a.found_by,
            stance=stance.stance if stance else None,
            negated=stance.negated if stance else a.negated,
            hypothetical=stance.hypothetical if stance else None,
            parent_id=None if a.parent is None else ids[a.parent],
            speaker=speaker,
        )
    return tuple(
        sorted(statements.values(), key=lambda s: (s.content.start, s.content.end, s.statement_id))
    )


def _statement_id(report: Report, a: Attribution) -> str:
    roles = (a.source.spans if a.source else (), a.cue.spans if a.cue else (), a.content.spans)
    return make_id("s", report.report_id, report.text_sha256, *roles)


def _set_voices(figures: Sequence[Figure], statements: Sequence[Statement]) -> tuple[Figure, ...]:
    voices = Voices(statements)
    placed = []
    for figure in figures:
        statement = voices.find(figure.span)
        placed.append(replace(figure, statement_id=statement.statement_id) if statement else figure)
    return tuple(placed)
