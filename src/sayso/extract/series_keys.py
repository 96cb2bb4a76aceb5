"""What makes figures comparable with others: where, by what event, of which mode, from which day.

For each figure: what it hangs on (`governors`), its place (`figure_places`), its event
(`figure_events`), its stretch of time or the day of its "since" (`figure_periods`), then its mode
(`figure_modes`). All but the days of "since" come from the sentence of the figure alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sayso.extract.dates import get_days
from sayso.extract.figure_events import find_figure_event
from sayso.extract.figure_modes import (
    CUMULATIVE,
    PERIOD,
    Signs,
    find_mode,
    is_deed,
    is_measured,
    is_state,
)
from sayso.extract.figure_periods import Days, Stretch, find_point, find_stretch, read_since
from sayso.extract.figure_places import find_figure_place
from sayso.extract.governors import Governors, find_governors
from sayso.extract.totals import Total, find_totals
from sayso.extract.tree import Tree, build_tree
from sayso.extract.wordlists import load_measures
from sayso.records.annotation import Annotation, Name
from sayso.records.figure import DateMention, Figure
from sayso.records.report import Published
from sayso.records.span import Span

# Names of places and dates looked at in one sentence: real sentences have under ten.
MAX_IN_SENTENCE = 40

# From a figure up to its verb, and from that down to "in 2031".
MAX_STEPS_OF_STRETCH = 2

T = TypeVar("T")

_BY_VOTE = ("votes", "seats")
_SAID = (("place", "place_span"), ("event", "event_span"))
_SINCE = ("since", "since_lo", "since_hi")
_COUNTED = ("mode", *_SINCE)
_ALL = (*_SAID, _COUNTED)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure with what is around it: names and dates of its sentence, in order; today: the day
    of publication, if known; total: the words that make it one, if any.
    """

    figure: Figure
    governors: Governors
    names: Sequence[Name]
    dates: Sequence[DateMention]
    today: date | None
    total: Total | None


def key_figures(
    annotation: Annotation,
    figures: Sequence[Figure],
    dates: Sequence[DateMention],
    published: Published | None,
) -> tuple[Figure, ...]:
    """Return the figures with place, event, mode and days. dates: those of the report, in order."""
    if not figures or not annotation.tokens:
        return tuple(figures)
    tree = build_tree(annotation)
    found = [
        None if is_measured(figure.measure or "") else find_governors(tree, figure.span)
        for figure in figures
    ]
    known_ones = {n: g for n, g in enumerate(found) if g is not None}
    totals = find_totals(
        tree, {n: g for n, g in known_ones.items() if not is_state(figures[n].measure or "")}
    )
    wanted = {tree.sentence[g.first] for g in known_ones.values()}
    names = _group(tree, wanted, annotation.names, [n.span for n in annotation.names])
    days = _group(tree, wanted, dates, [d.span for d in dates])
    known = get_days(published)
    today = known[0] if len(known) == 1 else None
    keyed = list(figures)
    for n, governors in known_ones.items():
        here = tree.sentence[governors.first]
        around = names.get(here, ()), days.get(here, ())
        reading = _Reading(figures[n], governors, *around, today, totals.get(n))
        keyed[n] = _key(tree, reading)
    _share(tree, keyed, found)
    return tuple(keyed)


def _share(tree: Tree, keyed: list[Figure], found: Sequence[Governors | None]) -> None:
    """Give figures what is said of them together with another: to a part what its whole has; in "9
    were killed and 31 injured in a clash" to each where, by what and since when, to the second the
    mode.
    """
    number = {figure.figure_id: n for n, figure in enumerate(keyed)}
    for n, (figure, governors) in enumerate(zip(keyed, found, strict=True)):
        whole = number.get(figure.subset_of or "")
        if whole is not None:
            keyed[n] = _fill(figure, keyed[whole], fields=_ALL)
        before = found[n - 1] if n else None
        if governors is not None and before is not None and _is_joined(tree, before, governors):
            first, second = keyed[n - 1], keyed[n]
            if second.event is None:
                keyed[n] = second = _fill(second, first, fields=(*_SAID, _COUNTED))
            is_same = first.mode == second.mode
            keyed[n - 1] = _fill(first, second, fields=(*_SAID, _SINCE) if is_same else _SAID)


def _is_joined(tree: Tree, first: Governors, second: Governors) -> bool:
    """Say whether the verb of a figure is joined to that of the one before, which shares what
    follows both.
    """
    verb = second.verb
    if verb is None or first.verb is None or verb == first.verb:
        return False
    tokens = tree.tokens
    at = tokens[verb].head if tokens[verb].dep == "acl" else verb
    return tokens[at].dep == "conj" and tokens[at].head == first.verb


def _fill(figure: Figure, other: Figure, fields: tuple[tuple[str, ...], ...]) -> Figure:
    """Return a figure with what it lacks of another, group by group."""
    for group in fields:
        if all(getattr(figure, name) is None for name in group):
            figure = replace(figure, **{name: getattr(other, name) for name in group})
    return figure


def _group(
    tree: Tree, wanted: set[int], records: Sequence[T], spans: Sequence[Span]
) -> dict[int, list[T]]:
    """Return what stands in each of some sentences, the first few where there are thousands."""
    groups: dict[int, list[T]] = {}
    for record, span in zip(records, spans, strict=True):
        sentence = tree.sentence[tree.token_at(span[0])]
        if sentence in wanted and len(groups.setdefault(sentence, [])) < MAX_IN_SENTENCE:
            groups[sentence].append(record)
    return groups


def _key(tree: Tree, reading: _Reading) -> Figure:
    figure, governors, total = reading.figure, reading.governors, reading.total
    place = find_figure_place(tree, governors, reading.names)
    harmed = figure.measure in load_measures().person_measures
    event = None
    if harmed or figure.measure in _BY_VOTE or is_deed(tree, governors):
        event = find_figure_event(tree, governors, reading.names)
    stretch = None
    if total is None:
        stretch = find_stretch(tree, governors, figure.span, reading.dates, reading.today)
    mode = find_mode(
        tree,
        governors,
        Signs(
            measure=figure.measure or "",
            total=total is not None,
            rate=stretch is not None and stretch.tie is None,
            stretch=stretch is not None and _is_within(stretch, harmed),
            point=find_point(tree, governors, reading.dates),
            event=event,
        ),
    )
    since = None if total is None else total.since
    days: Days | None = None
    if mode == CUMULATIVE and since is not None:
        days = read_since(since, reading.dates)
    elif mode == PERIOD and stretch is not None:
        days = stretch.days
    return replace(
        figure,
        place=_cut(tree, place),
        place_span=place,
        event=None if event is None else _cut(tree, event.span),
        event_span=None if event is None else event.span,
        mode=mode,
        since=_cut(tree, since),
        since_lo=None if days is None else days[0].isoformat(),
        since_hi=None if days is None else days[1].isoformat(),
    )


def _is_within(stretch: Stretch, harmed: bool) -> bool:
    """Say whether a figure counts what came about within a stretch of time.

    Of those harmed a month alone does not tell: "three men were arrested in March" is one arrest.
    Other things are said of a stretch only where it hangs on them or on their verb.
    """
    if harmed or stretch.tie is None:
        return not (stretch.is_month and harmed)
    return stretch.tie.up <= MAX_STEPS_OF_STRETCH and stretch.tie.down <= MAX_STEPS_OF_STRETCH


def _cut(tree: Tree, span: Span | None) -> str | None:
    return None if span is None else tree.annotation.text[span[0] : span[1]]
