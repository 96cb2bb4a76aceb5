"""Precision, recall and F1 of findings against gold.

Every row is summed over all reports (micro). What each metric counts stands in METRICS; a part
that a gold report does not annotate is not scored for it, on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.errors import UsageError
from sayso.records.findings import Findings
from sayso.records.span import Fragments, Span
from sayso.records.statement import Statement
from sayso.score.figures import count_dates, count_figures, count_missing_figures
from sayso.score.gold_report import GoldReport, GoldStatement, get_fragments
from sayso.score.headers import count_header, count_missing_header
from sayso.score.matching import Matches, Roles, match_attributions
from sayso.score.names import SpeakerNames, count_missing_names, count_names
from sayso.score.tally import Tally, add_case, add_row

METRICS = {
    "statement linked": "contents share half their tokens and sources agree (matching.py)",
    "statement found": "contents share half their tokens",
    "statement linked+cue": "linked, and the cues share a word",
    "source exact": "the same fragments, but for a comma at the end; counted for each statement",
    "cue exact": "the same fragments",
    "content exact": "the same fragments",
    "kind": "direct, indirect or mixed, of linked statements",
    "via": "how the source names the speaker, of linked statements",
    "parent": "nested statements linked, with the right parent",
    "speaker": "linked statements whose speakers the report names, resolved to them and no other",
    "speaker unnamed": "linked statements whose speakers the report does not name, left unnamed",
    "figure value": "overlapping, with the same value or ends",
    "figure value+bound": "and the same bound",
    "figure value+bound+measure": "and the same measure",
    "figure value+bound+measure+counted": "and the same head word of what is counted",
    "name span": "mentions by name of people, organisations and places, the same span",
    "name span+type": "and the same type",
    "same entity": "pairs of mentions by name that belong to the same entity of a report",
    "entity name+type": "entities of a report by fullest name and type",
    "date span": "dates in running text, the same span",
    "date value": "overlapping, with the same value, the time of day cut off",
    "header published": "when a report was published: interval and precision",
    "header outlet": "the outlet",
    "header byline": "the byline",
    "header dateline": "the dateline",
    "header title": "the title",
    "header url": "the address",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One metric. right of `predicted` are in the gold, which has `expected`; see METRICS."""

    metric: str
    right: int
    predicted: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.expected
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The rows of one evaluation, in the order of METRICS, only those that the gold speaks of.

    reports: how many gold reports; missing: those without findings. speakers: how many of the
    linked statements with a named speaker were resolved right, wrong, or left unresolved.
    """

    rows: tuple[Row, ...]
    reports: int
    missing: tuple[str, ...]
    speakers: tuple[tuple[str, int], ...] = field(default=())

    def get(self, metric: str) -> Row | None:
        """Return the row of a metric, None if the gold does not speak of it."""
        return next((row for row in self.rows if row.metric == metric), None)

    def to_rows(self) -> list[tuple[str, float, float, float, int]]:
        """Return (metric, precision, recall, F1, how many the gold has) for printing."""
        return [(r.metric, r.precision, r.recall, r.f1, r.expected) for r in self.rows]


def score_reports(gold: Sequence[GoldReport], findings: Mapping[str, Findings]) -> Scores:
    """Return how well findings agree with gold.

    findings: by `GoldReport.path`; a gold report without any counts as one with nothing found;
    others are passed over. Raises UsageError if a gold anchor is not in its report's text.
    """
    tally: Tally = Counter()
    missing = tuple(report.path for report in gold if report.path not in findings)
    for report in gold:
        found = findings.get(report.path)
        if found is None:
            _count_missing(tally, report)
        else:
            _count_report(tally, report, found)
    rows = tuple(
        Row(metric, *(tally[metric, part] for part in ("right", "predicted", "expected")))
        for metric in METRICS
        if tally[metric, "expected"] or tally[metric, "predicted"]
    )
    speakers = tuple((out, tally["speaker", out]) for out in ("right", "wrong", "unresolved"))
    return Scores(rows, len(gold), missing, speakers)


def _count_report(tally: Tally, report: GoldReport, found: Findings) -> None:
    text = found.report.text
    if report.text is not None and report.text != text:
        raise UsageError(
            f"{report.path!r}: findings of another text than the gold; annotate its text"
        )
    _count_statements(tally, report, text, found)
    if report.figures is not None:
        count_figures(tally, report, text, found.figures)
    if report.entities is not None:
        count_names(tally, report, text, found)
    if report.dates is not None:
        count_dates(tally, report, text, found.dates)
    if report.header is not None:
        count_header(tally, report, found.report)


def _count_missing(tally: Tally, report: GoldReport) -> None:
    """Count a report that was never annotated: all that the gold has of it is missing."""
    for metric in ("statement linked", "statement found", "statement linked+cue"):
        add_row(tally, metric, 0, 0, len(report.statements))
    for role in ("source", "cue", "content"):
        filled = sum(bool(getattr(statement, role)) for statement in report.statements)
        add_row(tally, f"{role} exact", 0, 0, filled)
    add_row(tally, "parent", 0, 0, sum(s.parent is not None for s in report.statements))
    count_missing_figures(tally, report)
    count_missing_names(tally, report)
    count_missing_header(tally, report)


def _count_statements(tally: Tally, report: GoldReport, text: str, found: Findings) -> None:
    predicted = [s for s in found.statements if report.nested or s.parent_id is None]
    golds = [_get_roles(report, statement, text) for statement in report.statements]
    guesses = [Roles(s.source, s.cue, s.content) for s in predicted]
    matches = match_attributions(text, golds, guesses)
    for metric, pairs in (
        ("statement linked", matches.linked),
        ("statement found", matches.found),
        ("statement linked+cue", matches.linked_with_cue),
    ):
        add_row(tally, metric, len(pairs), len(guesses), len(golds))
    for role in ("source", "cue", "content"):
        _count_exact(tally, f"{role} exact", _fill(golds, role), _fill(guesses, role))
    _count_linked(tally, report, predicted, matches, SpeakerNames(found))


def _get_roles(report: GoldReport, statement: GoldStatement, text: str) -> Roles:
    where = f"{report.path!r}: statement {statement.id}"
    return Roles(
        *(
            get_fragments(part, text, where)
            for part in (statement.source, statement.cue, statement.content)
        )
    )


def _fill(attributions: Iterable[Roles], role: str) -> list[Fragments]:
    parts: list[Fragments | None] = [getattr(roles, role) for roles in attributions]
    return [part for part in parts if part is not None]


def _count_exact(
    tally: Tally, metric: str, gold: Iterable[Fragments], guesses: Iterable[Fragments]
) -> None:
    """Count equal fragments. A comma that closes an apposition ("X, the mayor, said") belongs to
    the source in PolNeAR and does not in our gold: at the end of a part it makes no difference.
    """
    expected = Counter(_leave_comma(part) for part in gold)
    predicted = Counter(_leave_comma(part) for part in guesses)
    add_row(tally, metric, (expected & predicted).total(), predicted.total(), expected.total())


def _leave_comma(part: Fragments) -> tuple[Span, ...]:
    start, end = part.spans[-1]
    is_comma = part.text[-1] == "," and end - start > 1
    return (*part.spans[:-1], (start, end - is_comma))


def _count_linked(
    tally: Tally,
    report: GoldReport,
    predicted: Sequence[Statement],
    matches: Matches,
    names: SpeakerNames,
) -> None:
    """Count what is asked of linked statements only: kind, via, parent and speaker."""
    by_id = {s.statement_id: number for number, s in enumerate(predicted)}
    gold_of = {guess: gold for gold, guess in matches.linked}
    for gold_number, guess_number in matches.linked:
        gold, guess = report.statements[gold_number], predicted[guess_number]
        if gold.kind is not None:
            add_case(tally, "kind", gold.kind == guess.kind)
        if gold.via is not None:
            add_case(tally, "via", guess.speaker is not None and guess.speaker.via == gold.via)
        if gold.parent is not None and guess.parent_id is not None:
            parent = gold_of.get(by_id.get(guess.parent_id, -1))
            right = parent is not None and report.statements[parent].id == gold.parent
            tally["parent", "right"] += right
        if gold.speakers is not None:
            _count_speaker(tally, gold.speakers, guess, names)
    if report.nested:
        nested = sum(s.parent_id is not None for s in predicted)
        add_row(tally, "parent", 0, nested, sum(s.parent is not None for s in report.statements))


def _count_speaker(
    tally: Tally, speakers: tuple[str, ...], guess: Statement, names: SpeakerNames
) -> None:
    if not speakers:
        add_case(tally, "speaker unnamed", not names.is_named(guess.speaker))
        return
    outcome = names.judge(guess.speaker, speakers)
    tally["speaker", "expected"] += 1
    tally["speaker", "predicted"] += outcome != "unresolved"
    tally["speaker", outcome] += 1
