"""Findings: everything one report yielded, and its JSON object (docs/data-model.md)."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import DateMention, Figure
from sayso.records.relay import Relay
from sayso.records.report import Failure, Published, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement
from sayso.records.voice import Voices

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Findings:
    """One report and its records. Lists are in the order of the text; spans index `report.text`.

    version names the finders and models that made them; two findings of the same version and report
    are equal.
    """

    report: Report
    version: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[LocalEntity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    failures: tuple[Failure, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    relays: tuple[Relay, ...] = ()

    def voice_of(self, span: Span) -> tuple[Statement, ...]:
        """Return in whose words a span of the text stands: the statements that hold it, the
        outermost first, each with its speaker; none where the outlet itself speaks.

        The outlet says that the first one's speaker said what the next one's said …; the last is
        the innermost. For many spans of one report build `sayso.records.voice.Voices` once.
        """
        return Voices(self.statements).chain(span)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of this report: every key of docs/data-model.md, None where
        unfilled.
        """
        return {
            "version": JSON_VERSION,
            "report": _report(self.report),
            "statements": [_statement(s) for s in self.statements],
            "assertions": [
                {"assertion_id": a.assertion_id, "span": list(a.span), "text": a.text}
                for a in self.assertions
            ],
            "figures": [_figure(f) for f in self.figures],
            "mentions": [
                {"span": list(m.span), "text": m.text, "type": m.type, "entity_id": m.entity_id}
                for m in self.mentions
            ],
            "entities": [
                {
                    "entity_id": e.entity_id,
                    "name": e.name,
                    "type": e.type,
                    "spellings": [{"text": text, "count": count} for text, count in e.spellings],
                    "roles": [{"text": r.text, "span": list(r.span)} for r in e.roles],
                }
                for e in self.entities
            ],
            "dates": [
                {
                    "span": list(d.span),
                    "text": d.text,
                    "value": d.value,
                    "lo": d.lo,
                    "hi": d.hi,
                    "precision": d.precision,
                }
                for d in self.dates
            ],
            "relays": [
                {
                    "relay_id": r.relay_id,
                    "kind": r.kind,
                    "outlet": r.outlet,
                    "span": list(r.span),
                    "statement_id": r.statement_id,
                }
                for r in self.relays
            ],
            "failures": [
                {"stage": f.stage, "error": f.error, "message": f.message} for f in self.failures
            ],
        }

    def _repr_html_(self) -> str:
        """Return a table of the statements for notebooks; every value is escaped."""
        rows = []
        for s in self.statements:
            speaker = s.speaker.name if s.speaker else None
            cells = (
                speaker or (s.source.text if s.source else "unresolved"),
                s.kind,
                s.cue.text if s.cue else "",
                s.content.text,
                f"{s.content.start}–{s.content.end}",
            )
            rows.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in cells) + "</tr>")
        head = "<tr><th>speaker</th><th>kind</th><th>cue</th><th>content</th><th>span</th></tr>"
        title = html.escape(self.report.title or self.report.report_id)
        return f"<table><caption>{title}</caption>{head}{''.join(rows)}</table>"


def format_moment(moment: datetime) -> str:
    """Return an aware moment in UTC as 2024-04-14T22:03:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else moment.isoformat()


def to_number(value: Decimal | None) -> int | float | None:
    """Return a decimal as a JSON number: an int where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _evidence(evidence: Span | str | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    if isinstance(evidence, str):
        return {"span": None, "field": evidence}
    return {"span": list(evidence), "field": None}


def published_to_dict(published: Published | None) -> dict[str, Any] | None:
    """Return the `published` object of a report."""
    if published is None:
        return None
    return {
        "lo": format_moment(published.lo),
        "hi": format_moment(published.hi),
        "utc_offset": published.utc_offset,
        "precision": published.precision,
        "evidence": _evidence(published.evidence),
    }


def _report(r: Report) -> dict[str, Any]:
    return {
        "report_id": r.report_id,
        "revision_of": r.revision_of,
        "path": r.path,
        "url": r.url,
        "outlet": r.outlet,
        "title": r.title,
        "byline": r.byline,
        "published": published_to_dict(r.published),
        "dateline": r.dateline,
        "language": r.language,
        "text_sha256": r.text_sha256,
        "text": r.text,
        "body": list(r.body),
    }


def _fragments(f: Fragments | None) -> dict[str, Any] | None:
    return None if f is None else {"text": f.text, "spans": [list(s) for s in f.spans]}


def _speaker(s: Speaker | None) -> dict[str, Any] | None:
    if s is None:
        return None
    return {
        "name": s.name,
        "entity_id": s.entity_id,
        "via": s.via,
        "source_class": s.source_class,
        "chain": [list(span) for span in s.chain],
        "members": list(s.members),
        "confidence": s.confidence,
    }


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "statement_id": s.statement_id,
        "kind": s.kind,
        "source": _fragments(s.source),
        "cue": _fragments(s.cue),
        "content": _fragments(s.content),
        "stance": s.stance,
        "negated": s.negated,
        "hypothetical": s.hypothetical,
        "said_at": s.said_at,
        "parent_id": s.parent_id,
        "confidence": s.confidence,
        "found_by": s.found_by,
        "speaker": _speaker(s.speaker),
    }


def _figure(f: Figure) -> dict[str, Any]:
    return {
        "figure_id": f.figure_id,
        "span": list(f.span),
        "text": f.text,
        "value": to_number(f.value),
        "value_lo": to_number(f.value_lo),
        "value_hi": to_number(f.value_hi),
        "bound": f.bound,
        "measure": f.measure,
        "counted": f.counted,
        "subset_of": f.subset_of,
        "place": f.place,
        "place_span": None if f.place_span is None else list(f.place_span),
        "event": f.event,
        "event_span": None if f.event_span is None else list(f.event_span),
        "mode": f.mode,
        "since": f.since,
        "since_lo": f.since_lo,
        "since_hi": f.since_hi,
        "as_of": None
        if f.as_of is None
        else {"lo": f.as_of.lo, "hi": f.as_of.hi, "basis": f.as_of.basis},
        "statement_id": f.statement_id,
        "found_by": f.found_by,
    }
