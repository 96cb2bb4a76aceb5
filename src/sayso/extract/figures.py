"""The figures of one report: every number that counts or measures, with its bound, as printed.

Order, paragraph by paragraph: numbers (`numbers`), ranges and bounds (`bounds`), what is no figure
(`not_figures`), what is measured and counted (`measures`); then, sentence by sentence, what
figures owe each other: "others" and bare numbers count what an earlier figure counts, "including"
makes a subset. At last parts told without a number (`shares`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sayso.extract.bounds import Bounded, bound_numbers
from sayso.extract.counted import Place, find_place
from sayso.extract.date_patterns import COUNTING_KINDS, scan_dates
from sayso.extract.dates import iterate_paragraphs
from sayso.extract.measures import measure_number
from sayso.extract.not_figures import is_figure
from sayso.extract.numbers import Number, find_numbers
from sayso.extract.shares import add_shares
from sayso.extract.tree import Tree, build_tree
from sayso.extract.units import Measured
from sayso.extract.wordlists import Vague, load_measures, load_vague
from sayso.records.annotation import Annotation
from sayso.records.figure import Figure
from sayso.records.ids import make_id
from sayso.records.span import Span

# Figures looked back at for what "others" count, and for the other members of a list.
MAX_FIGURES_BACK = 12
MAX_FIGURES_JOINED = 4

FOUND_BY = "figures/1"

_UNTOLD = frozenset(("people", "other:number"))
_WHOLES = frozenset(("them", "whom", "those", "these"))
_OTHERS = frozenset(("others", "other", "more", "another", "them", "whom", "who", "which", "those"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure on its way: subset_of is the place of the whole in the list, or None."""

    bounded: Bounded
    place: Place
    measured: Measured
    subset_of: int | None = None


def find_figures(
    annotation: Annotation, report_id: str, text_sha256: str, vague: Vague | None = None
) -> tuple[Figure, ...]:
    """Return the figures of the title and body, in order, disjoint.

    vague: what vague amounts mean; None: as shipped.
    Statement, days and what makes a series are left None.
    """
    tree = build_tree(annotation)
    groups = frozenset(
        i for name in annotation.names if name.type == "NORP" for i in range(name.first, name.last)
    )
    found: list[_Found] = []
    for start, end in iterate_paragraphs(annotation):
        numbers = _find_undated(annotation.text, start, end, vague)
        for bounded in bound_numbers(annotation.text, numbers, start):
            place = find_place(tree, bounded)
            if is_figure(tree, bounded, place.token):
                measured = measure_number(tree, bounded, place, groups)
                found.append(_Found(bounded, place, measured))
    figures = _make_figures(tree, _relate(tree, found), report_id, text_sha256)
    return add_shares(tree, figures, text_sha256, vague or load_vague())


def _find_undated(text: str, start: int, end: int, vague: Vague | None) -> list[Number]:
    """Return the numbers of one paragraph that are no part of a date.

    Those of "in the past 24 hours" and "two days later" are figures too.
    """
    numbers = list(find_numbers(text, start, end, vague))
    if not numbers:
        return []
    dates = [
        d
        for d in scan_dates(text, start, end)
        if d.kind not in COUNTING_KINDS or d.text.lower().endswith("ago")
    ]
    kept, i = [], 0
    for number in numbers:
        while i < len(dates) and dates[i].end <= number.start:
            i += 1
        if i == len(dates) or number.end <= dates[i].start:
            kept.append(number)
    return kept


def _relate(tree: Tree, found: Sequence[_Found]) -> list[_Found]:
    """Return the figures with what they take from an earlier one of the same sentence."""
    related: list[_Found] = []
    people = load_measures().person_measures
    for figure in found:
        one = _relate_one(tree, figure, related)
        related.append(one)
        # "Two soldiers and a guard wounded": what is said after the last is said of all.
        joined = _find_joined(tree, one, related[:-1]) if one.measured.measure in people else None
        if joined is not None and joined.measured.measure == "people":
            measured = replace(joined.measured, measure=one.measured.measure)
            for i in range(len(related) - 1, -1, -1):
                if related[i] is joined:
                    related[i] = replace(joined, measured=measured)
                    break
    return related


def _relate_one(tree: Tree, figure: _Found, earlier: Sequence[_Found]) -> _Found:
    people = load_measures().person_measures | {"people"}
    whole = _find_whole(tree, figure, earlier)
    measured = figure.measured
    if whole is not None and _is_open(measured):
        above = earlier[whole].measured.measure
        if above in people:
            measured = replace(measured, measure=above)
    elif measured.measure in _UNTOLD:
        joined = _find_joined(tree, figure, earlier)
        if joined is not None and joined.measured.measure in people:
            measured = replace(measured, measure=joined.measured.measure)
    if measured.measure in people and _stands_for_others(tree, figure):
        antecedent = _find_antecedent(tree, figure, earlier, people)
        if antecedent is not None:
            measured = replace(measured, counted=antecedent)
    return replace(figure, measured=measured, subset_of=whole)


def _is_open(measured: Measured) -> bool:
    """Say whether nothing tells what happened to what is counted."""
    return measured.measure in _UNTOLD or measured.measure.startswith("other:")


def _find_whole(tree: Tree, figure: _Found, earlier: Sequence[_Found]) -> int | None:
    """Return which figure this one is part of: "30 people, including five children"."""
    if not earlier:
        return None
    if _is_of_them(tree, figure):
        return _find_them(tree, figure, earlier)
    before = tree.token_at(figure.bounded.start) - 1
    while before > 0 and tree.tokens[before].text.lower() in ("the", "a", "of"):
        before -= 1
    is_part = before >= 0 and tree.tokens[before].text.lower() in ("including", "among")
    # "Two brothers are among the 360,000 reservists": here what comes last is the whole.
    if not is_part or (before > 0 and tree.tokens[before - 1].lemma == "be"):
        # "four soldiers, including three marines and two cadets"
        partner = _find_joined(tree, figure, earlier)
        return partner.subset_of if partner is not None else None
    whole = len(earlier) - 1
    last = max(0, whole - MAX_FIGURES_BACK)
    while whole > last and earlier[whole].subset_of is not None:
        whole -= 1
    return whole if _same_sentence(tree, figure, earlier[whole]) else None


def _is_of_them(tree: Tree, figure: _Found) -> bool:
    """Say whether "of them", "of whom" stands behind a figure: "70 percent of them"."""
    end = max(figure.bounded.end, figure.measured.end)
    after = tree.token_at(end) + (tree.tokens[tree.token_at(end)].start < end)
    words = [token.text.lower() for token in tree.tokens[after : after + 2]]
    return len(words) == 2 and words[0] == "of" and words[1] in _WHOLES


def _find_them(tree: Tree, figure: _Found, earlier: Sequence[_Found]) -> int | None:
    """Return the nearest figure of people that is no part itself and not below this one, in this
    sentence or the one before.
    """
    people = load_measures().person_measures | {"people"}
    here = figure.place.token
    for at in range(len(earlier) - 1, max(-1, len(earlier) - 1 - MAX_FIGURES_BACK), -1):
        other = earlier[at]
        if tree.paragraph[here] != tree.paragraph[other.place.token]:
            return None
        if tree.sentence[here] - tree.sentence[other.place.token] > 1:
            return None
        if other.subset_of is not None or other.measured.measure not in people:
            continue
        lo, hi = figure.bounded.lo, other.bounded.hi
        share = figure.measured.measure == "percent"
        if share or lo is None or hi is None or lo <= hi:
            return at
    return None


def _find_joined(tree: Tree, figure: _Found, earlier: Sequence[_Found]) -> _Found | None:
    """Return the figure whose noun this one's noun is joined to ("two soldiers and a guard")."""
    noun = figure.measured.noun if figure.measured.noun is not None else figure.place.token
    at = noun
    for _ in range(4):
        token = tree.tokens[at]
        if token.dep not in ("conj", "appos", "nummod") or token.head == at:
            return None
        at = token.head
        for other in reversed(earlier[-MAX_FIGURES_JOINED:]):
            if at in (other.measured.noun, other.place.token):
                return other
    return None


def _same_sentence(tree: Tree, a: _Found, b: _Found) -> bool:
    return tree.sentence[a.place.token] == tree.sentence[b.place.token]


def _stands_for_others(tree: Tree, figure: _Found) -> bool:
    counted = figure.measured.counted
    return counted is None or counted.lower() in _OTHERS


def _find_antecedent(
    tree: Tree, figure: _Found, earlier: Sequence[_Found], people: frozenset[str]
) -> str | None:
    """Return what the nearest earlier figure of people in this sentence counts.

    For "more" and "others" the sentence before is looked at too.
    """
    following = figure.place.last + 1
    more = following < len(tree.tokens) and tree.tokens[following].text.lower() in _OTHERS
    here = figure.place.token
    for other in reversed(earlier[-MAX_FIGURES_BACK:]):
        distance = tree.sentence[here] - tree.sentence[other.place.token]
        if (
            distance > (1 if more else 0)
            or tree.paragraph[here] != tree.paragraph[other.place.token]
        ):
            return None
        # The whole is what the others belong to, not its part ("including thousands of children").
        if other.subset_of is None and other.measured.counted and other.measured.measure in people:
            return other.measured.counted
    return None


def _make_figures(
    tree: Tree, found: Sequence[_Found], report_id: str, text_sha256: str
) -> tuple[Figure, ...]:
    text = tree.annotation.text
    spans = [(f.bounded.start, max(f.measured.end, f.bounded.end)) for f in found]
    ids = [make_id("f", report_id, text_sha256, *span) for span in spans]
    figures = []
    for i, figure in enumerate(found):
        value, lo, hi = _whole_people(figure)
        figures.append(
            Figure(
                figure_id=ids[i],
                report_id=report_id,
                span=spans[i],
                text=_cut(text, spans[i]),
                value=value,
                value_lo=lo,
                value_hi=hi,
                bound=figure.bounded.bound,
                measure=figure.measured.measure,
                counted=figure.measured.counted,
                found_by=FOUND_BY,
                subset_of=None if figure.subset_of is None else ids[figure.subset_of],
            )
        )
    return tuple(figures)


def _whole_people(figure: _Found) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return value and interval; "33.500 people" is 33,500: people come whole."""
    b = figure.bounded
    printed = b.number.plain
    measures = load_measures().person_measures | {"people", "votes"}
    if (
        figure.measured.measure in measures
        and len(printed.rpartition(".")[2]) == 3
        and b.value is not None
        and printed.count(".") == 1
        and b.number.scale == 1
        and "," not in printed
    ):
        ends = [None if v is None else v * 1000 for v in (b.value, b.lo, b.hi)]
        return ends[0], ends[1], ends[2]
    return b.value, b.lo, b.hi


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
