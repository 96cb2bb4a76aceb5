"""Dates in the running text of one report, resolved against its day of publication.

Order: expressions are found paragraph by paragraph (`date_patterns`), the verb that governs each
tells whether it lies ahead, then each is resolved (`date_relative`). Where the publication is
known less well than to the day, only what comes out the same for every day it may be is resolved.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.extract.date_patterns import DateExpression, scan_dates
from sayso.extract.date_relative import resolve
from sayso.extract.date_values import UNRESOLVED, Resolved
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.figure import DateMention
from sayso.records.report import Published

# A date stands at most this many heads below the verb that tells its tense.
MAX_STEPS_TO_VERB = 6
# Dependents of a verb looked at for its auxiliaries: real verbs have fewer.
MAX_CHILDREN = 64

_TENSED_KINDS = frozenset(("weekday", "month", "quarter", "weekend", "month_day", "day_month"))
_MODALS = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "may", "might"))
_ARRANGING = frozenset(("schedule", "plan"))
_AHEAD = re.compile(
    r"\b(?:until|till|as (?:soon|early|late) as|no later than|scheduled for|slated for|due|set for|"
    r"planned for|starting|beginning|from next|expires?|effective)"
    r"(?: on| in| by| at)?(?: [0-9:]{1,5} ?[ap]\.?m\.?(?: [A-Z]{2,4})?| noon| midnight)? $",
    re.IGNORECASE,
)
_PLAN_WORDS = (
    "expect schedule plan due set intend want hope agree seek aim ask propose prepare vow pledge "
    "promise"
)
_PLANS = frozenset(_PLAN_WORDS.split())


def find_dates(annotation: Annotation, published: Published | None) -> tuple[DateMention, ...]:
    """Return the dates of the title and body, in order, disjoint.

    published: the report's publication; with None, relative dates have value None and precision
    "unresolved". Vague references ("now", "recently") are left out.
    """
    days = get_days(published)
    tree: Tree | None = None
    found = []
    for start, end in iterate_paragraphs(annotation):
        for expression in scan_dates(annotation.text, start, end):
            future = None
            if expression.kind in _TENSED_KINDS:
                if tree is None:
                    tree = build_tree(annotation)
                future = is_future(tree, expression)
            resolved = _resolve_all(expression, days, future)
            found.append(
                DateMention(
                    span=(expression.start, expression.end),
                    text=expression.text,
                    value=resolved.value,
                    lo=None if resolved.lo is None else resolved.lo.isoformat(),
                    hi=None if resolved.hi is None else resolved.hi.isoformat(),
                    precision=resolved.precision,
                )
            )
    return tuple(found)


def iterate_paragraphs(annotation: Annotation) -> list[tuple[int, int]]:
    """Return the characters of each paragraph that holds a token, in order."""
    tokens = annotation.tokens
    return [
        (tokens[first].start, tokens[last - 1].end)
        for first, last in annotation.paragraphs
        if first < last
    ]


def get_days(published: Published | None) -> tuple[date, ...]:
    """Return the first and last day of publication, as the outlet counts days; () if unknown."""
    if published is None:
        return ()
    shift = _read_offset(published.utc_offset)
    try:
        lo, hi = (published.lo + shift).date(), (published.hi + shift).date()
    except OverflowError:  # at the ends of the calendar
        lo, hi = published.lo.date(), published.hi.date()
    return (lo,) if lo == hi else (lo, hi)


def _read_offset(offset: str | None) -> timedelta:
    digits = "".join(c for c in offset or "" if c.isdigit())
    if len(digits) not in (2, 4):
        return timedelta(0)
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return -size if (offset or "").lstrip()[:1] in "-−" else size


def _resolve_all(
    expression: DateExpression, days: tuple[date, ...], future: bool | None
) -> Resolved:
    if not days:
        return resolve(expression, None, future)
    first = resolve(expression, days[0], future)
    if len(days) == 1:
        return first
    last = resolve(expression, days[1], future)
    if first == last:
        return first
    if first.lo is None or last.hi is None:
        return UNRESOLVED
    return Resolved(
        None, min(first.lo, last.lo or first.lo), max(last.hi, first.hi or last.hi), "unresolved"
    )


def is_future(tree: Tree, expression: DateExpression) -> bool | None:
    """Say whether the verb that governs a date stands in the future (True) or the past (False).

    None if neither, or if there is no verb.
    """
    text = tree.annotation.text
    if _AHEAD.search(text, max(0, expression.start - 40), expression.start):
        return True
    if not tree.tokens or text[expression.end : expression.end + 2] in ("'s", "’s"):
        return None  # "would get around Wednesday's ruling"
    at = tree.token_at(expression.end - 1)
    for _ in range(MAX_STEPS_TO_VERB):
        token = tree.tokens[at]
        if _points_ahead(tree, at):
            return True
        if token.tag[:2] == "VB" and token.dep != "xcomp":
            return False if token.tag in ("VBD", "VBN") else None
        if token.head == at or not 0 <= token.head < len(tree.tokens):
            break
        at = token.head
    return None


def _points_ahead(tree: Tree, at: int) -> bool:
    token = tree.tokens[at]
    if token.tag == "MD":
        return token.text.lower() in _MODALS
    return token.tag[:2] == "VB" and (token.lemma in _ARRANGING or _has_future(tree, at))


def _has_future(tree: Tree, verb: int) -> bool:
    tokens = tree.tokens
    children = tree.children[verb][:MAX_CHILDREN]
    words = {tokens[c].text.lower() for c in children if tokens[c].dep in ("aux", "auxpass")}
    if words & _MODALS:
        return "have" not in words  # "may have died on Friday"
    if tokens[verb].lemma in _PLANS and tokens[verb].tag == "VBN":
        return bool(words & {"is", "are", "'s", "’s", "’re", "'re"})
    if "to" in words:
        head = tokens[verb].head
        governor = tokens[head]
        return head != verb and (
            governor.lemma in _PLANS
            or governor.text.lower() in ("going", "due", "set", "is", "are")
            or tokens[verb].dep in ("acl", "relcl")
        )
    return False
