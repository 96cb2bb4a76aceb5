"""Units, currencies and ages printed at a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.extract.bounds import Bounded
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_measures

_UNIT_WORDS = re.compile(
    r"[ \u00a0-]?([A-Za-z%°][A-Za-z.°/-]*)(?:[ \u00a0-]([A-Za-z]+))?(?: ([A-Za-z]+))?"
)
_OLD = re.compile(r"[ -]?(?:years?|months?|weeks?|days?)[ -](?:olds?|of age)\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages|age of|turned|turns)[ ](?:between )?$", re.IGNORECASE)
_AGE_COMMA = re.compile(r"[A-Za-z], $")
# A mass in brackets beside pounds, or a height before them: "300 kilograms (660 pounds)",
# "6-foot-2 and 210 pounds".
_MASS_BEHIND = re.compile(r" \([^()]{0,20}[0-9][ \u00a0-]?(?:kg|kilos?|kilograms?|t|tonn?es?)\b")
_MASS_BEFORE = re.compile(r"[0-9][ \u00a0-]?(?:kg|kilos?|kilograms?|tonn?es?) \([^()]{0,20}$")
_HEIGHT_BEFORE = re.compile(
    r"\b(?:feet|foot|ft|inch(?:es)?|tall|[0-9]-foot-[0-9]{1,2})(?: tall)?(?:,| and|, and) "
    r"(?:about |around |some |roughly )?$"
)
MAX_WEIGHT_TOKENS = 4
_WEIGHING = frozenset(("weigh", "weight"))
_MONEY = frozenset(
    (
        "debt",
        "debts",
        "money",
        "cash",
        "aid",
        "funding",
        "investment",
        "tax",
        "taxes",
        "savings",
        "spending",
        "cuts",
        "loan",
        "loans",
        "note",
        "notes",
        "coin",
        "coins",
        "fine",
        "fee",
        "fees",
        "grant",
        "grants",
        "profit",
        "profits",
        "bill",
        "bills",
        "income",
    )
)
_PHRASE_TAGS = frozenset(("DT", "PRP$", "JJ", "CD", "POS", "VBN", "JJS"))


@dataclass(frozen=True, slots=True)
class Measured:
    """measure and counted as in Figure. noun: token of the counted noun, None if none is printed.

    end: where the figure's characters end, with a percent sign or word that belongs to it.
    """

    measure: str
    counted: str | None
    noun: int | None
    end: int


def find_unit(tree: Tree, b: Bounded) -> Measured | None:
    """Return the unit, currency or age that the number is printed with, None if there is none."""
    text, number = tree.annotation.text, b.number
    if number.form == "share":
        counted = _phrase_after_of(tree, b.core_end) or _phrase(tree, b.core_end)
        return Measured("share", counted, None, b.end)
    if number.currency:
        code = load_measures().currencies.get(number.currency.lower(), number.currency.upper())
        return Measured(f"money:{code}", None, None, b.end)
    if number.suffix:
        return _read_suffix(b)
    old = _OLD.match(text, b.core_end, b.core_end + 24)
    if old or _AGE_BEFORE.search(text, max(0, b.start - 14), b.start):
        return Measured("age", None, None, b.end)
    return _read_unit(tree, b) or _find_age(tree, b)


def _read_suffix(b: Bounded) -> Measured:
    words, suffix = load_measures(), b.number.suffix
    if suffix == "fold":
        return Measured("times", None, None, max(b.end, b.number.end + len(suffix)))
    lower = suffix.lower()
    unit = words.symbols.get(suffix)
    if unit is None and len(suffix) > 1:  # "5G" is no mass
        unit = words.units.get(lower) or words.symbols.get(lower)
    end = max(b.end, b.core_end + len(suffix)) if unit == "percent" else b.end
    return Measured(unit or "other:" + lower, suffix, None, end)


def _read_unit(tree: Tree, b: Bounded) -> Measured | None:
    """Return the unit whose words, three at most, follow the number; the longest that fits."""
    text, words, begin = tree.annotation.text, load_measures(), b.core_end
    if b.number.form == "vague" and text[begin : begin + 4].lower() == " of ":
        begin += len(" of")
    match = _UNIT_WORDS.match(text, begin, begin + 40)
    if match is None:
        return None
    parts = [part.lower().rstrip(".-") for part in match.groups() if part]
    # "20-percent-enriched": the hyphened word begins with the unit.
    candidates = [(" ".join(parts[:n]), match.end(n)) for n in range(len(parts), 0, -1)]
    head = match[1].partition("-")[0]
    candidates.append((head.lower(), match.start(1) + len(head)))
    for phrase, stop in candidates:
        unit = words.units.get(phrase)
        if phrase in ("pound", "pounds") and _weighs(tree, b, stop):
            unit = "mass:lb"
        if unit is None and phrase in words.currencies:
            unit = f"money:{words.currencies[phrase]}"
        if unit is None:
            continue
        printed = text[match.start(1) : stop].rstrip(".-")
        if unit == "percent":
            end = match.start(1) + len(printed)
            return Measured(unit, _phrase_after_of(tree, end), None, max(b.end, end))
        return Measured(unit, printed, None, b.end)
    return None


def _weighs(tree: Tree, b: Bounded, end: int) -> bool:
    """Say whether pounds are a weight: "40 pounds of rice", "a 40-pound bag", "weighed 40 pounds".

    So they are beside another mass or a height. Not "40 pounds of debt": what is owed, saved or
    spent is counted in money.
    """
    text = tree.annotation.text
    before_it = text[max(0, b.start - 40) : b.start]
    if _MASS_BEFORE.search(before_it) or _HEIGHT_BEFORE.search(before_it):
        return True
    if _MASS_BEHIND.match(text, end, end + 40):
        return True
    if text[b.core_end : b.core_end + 1] == "-" or text[end : end + 4] == " of ":
        following = _phrase(tree, end + len(" of") * (text[end : end + 4] == " of "))
        return following is None or _MONEY.isdisjoint(following.lower().split())
    at = tree.token_at(b.start)
    first = max(at - MAX_WEIGHT_TOKENS, 0)
    before = [t.lemma for t in tree.tokens[first:at] if t.tag[:2] in ("VB", "NN")]
    return not _WEIGHING.isdisjoint(before[-2:])


def _find_age(tree: Tree, b: Bounded) -> Measured | None:
    """Return age for "Anna Lund, 44," and nothing else."""
    text = tree.annotation.text
    after = text[b.core_end : b.core_end + 1]
    if (
        b.number.form != "digits"
        or b.bound != "exact"
        or not _AGE_COMMA.search(text, max(0, b.start - 3), b.start)
    ):
        return None
    value = b.number.value
    previous = tree.token_at(b.start - 3)
    if (
        value is not None
        and value <= 120
        and after in (",", ".", ")")
        and (tree.tokens[previous].text[:1].isupper())
    ):
        return Measured("age", None, None, b.end)
    return None


def _phrase_after_of(tree: Tree, end: int) -> str | None:
    """Return the noun phrase of "30 percent of the voters", "half the voters"."""
    after = tree.annotation.text[end : end + 5].lower()
    if after[:4] in (" of ", " of\n"):
        return _phrase(tree, end + len(" of"))
    return _phrase(tree, end) if after == " the " else None


def _phrase(tree: Tree, end: int) -> str | None:
    """Return the noun phrase that begins right at an offset, without its article."""
    text, tokens = tree.annotation.text, tree.tokens
    i = tree.token_at(end + 1)
    last = None
    for j in range(i, min(i + 6, len(tokens))):
        if tokens[j].tag[:2] == "NN":
            last = j
        elif last is not None or tokens[j].tag not in _PHRASE_TAGS:
            break
    if last is None or tokens[i].start < end:
        return None
    first = i + (tokens[i].tag == "DT" and i < last)
    return text[tokens[first].start : tokens[last].end]
