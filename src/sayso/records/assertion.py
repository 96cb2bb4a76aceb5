"""An assertion: a sentence or a clause in which the outlet itself states something."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class Assertion:
    """One sentence or clause of a report in the outlet's own voice. text: the characters of the
    span.
    """

    assertion_id: str
    report_id: str
    span: Span
    text: str
