"""The pieces of printed numbers: one digit string or one number word each, with its value.

One pattern, tried at every place of the text; linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Longer digit strings are account numbers, keys or noise, never figures of a report.
MAX_DIGITS = 18

_ONE_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: n for n, word in enumerate(_ONE_WORDS.split())}
_TENS = {word: 10 * n for n, word in enumerate(_TEN_WORDS.split(), 2)}
_MAGNITUDES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_FRACTIONS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "tenth": 10,
}
_SUFFIXES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
_GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3"}

_CURRENCY = (
    r"(?-i:(?:(?:US|AU|NZ|HK|CA|[ACS])[ ]?)?\$(?:US|A|C)?)|[£€¥₹₪₽₺₩₦₱₫]|"
    r"(?:USD|EUR|GBP|CHF|JPY|CNY|INR|RM|Rs\.?|Y=)(?=[ \u00a0]?[0-9])"
)
_FEW = ("several", "few", "couple", "handful")
# word -> (kind, value)
_KINDS: dict[str, tuple[str, int]] = {
    **{word: ("plural", n) for word, n in (("tens", 10), ("scores", 20))},
    **{f"{word}s": ("plural", n) for word, n in _MAGNITUDES.items()},
    **{word: ("one", n) for word, n in _ONES.items()},
    **{word: ("ten", n) for word, n in _TENS.items()},
    **{word: ("magnitude", n) for word, n in _MAGNITUDES.items()},
    **{f"{word}s": ("fraction", n) for word, n in _FRACTIONS.items() if word != "half"},
    **{word: ("fraction", n) for word, n in _FRACTIONS.items()},
    **dict.fromkeys(_FEW, ("few", 0)),
    "hundred": ("hundred", 100),
}
_WORDS = "|".join(sorted(_KINDS, key=len, reverse=True))
_ATOM = re.compile(
    rf"(?:(?<![A-Za-z0-9])(?P<currency>{_CURRENCY})[ \u00a0]?|(?<!\w))"
    r"(?P<sign>(?<![\w)\]])[-−](?=[0-9.])|\bminus[ -](?=[0-9.]))?"
    r"(?:(?<![.,:/])(?P<point>\.[0-9]+)"
    r"|(?P<digits>[0-9]{1,3}(?:[\u00a0\u2009\u202f'’][0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)*)(?P<glyph>[½¼¾⅓⅔])?"
    r"|(?P<lone>[½¼¾⅓⅔]))"
    rf"|\b(?P<word>{_WORDS})(?:(?P<fold>-?fold)\b|\b)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-zµ°]+(?:/[A-Za-z]+)?[²³]?")
_LENGTH_AFTER = re.compile(
    r"(?:[ \u00a0-](?:tall|long|wide|high|deep|thick|above|below|away|race|sprint|hurdles|relay|"
    r"freestyle|butterfly|backstroke|breaststroke|medley|final|finals|gold|champion|record|waves?|"
    r"fence|wall|radius|exclusion|distance|track|stretch|section|pool|tower|cliff|drop|bridge|yacht|"
    r"ship|vessel|from|x|by|in (?:length|height|width|depth|diameter)|sea level|underwater|"
    r"depths?)\b|[ ]?\([0-9,.]+ ?(?:ft|feet|miles?|yards?|in\b)|[²³])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Atom:
    start: int
    end: int
    kind: str  # digits, one, ten, hundred, magnitude, plural, fraction, few
    value: Decimal
    word: str
    currency: str = ""
    suffix: str = ""
    plain: str = ""
    scale: int = 1


def find_atoms(text: str, start: int, end: int) -> Iterator[Atom]:
    """Yield the atoms of text[start:end] in order."""
    for match in _ATOM.finditer(text, start, end):
        word = match["word"]
        if word is not None:
            kind, value = _KINDS[word.lower()]
            stop = match.end("word")
            suffix = "fold" if match["fold"] else ""
            yield Atom(match.start(), stop, kind, Decimal(value), word.lower(), suffix=suffix)
            continue
        atom = _read_digits(text, match, end)
        if atom is not None:
            yield atom


def _read_digits(text: str, match: re.Match[str], end: int) -> Atom | None:
    printed = match["point"] or match["digits"] or ""
    value = parse_digits(printed) if printed else Decimal(0)
    if value is None:
        return None
    for glyph in (match["glyph"], match["lone"]):
        if glyph:
            top, _, bottom = _GLYPHS[glyph].partition("/")
            value += Decimal(top) / Decimal(bottom or 1)
    if match["sign"]:
        value = -value
    currency = (match["currency"] or "").replace(" ", "")
    stop = match.end()
    letters = _LETTERS.match(text, stop, min(end, stop + 12))
    if letters is None:
        return Atom(match.start(), stop, "digits", value, "", currency, "", printed)
    suffix = letters.group()
    scale = _read_suffix(text, suffix, letters.end(), currency)
    if scale is not None:
        value, stop, suffix = value * scale, letters.end(), ""
    return Atom(match.start(), stop, "digits", value, "", currency, suffix, printed, scale or 1)


def _read_suffix(text: str, suffix: str, end: int, currency: str) -> int | None:
    """Return what a suffix multiplies by, None if it is a unit or belongs to a code.

    "m" is a million but where a word of length or sport follows ("a 100m race", "30m tall").
    """
    scale = _SUFFIXES.get(suffix.lower())
    if suffix == "m" and not currency and _LENGTH_AFTER.match(text, end, end + 24):
        return None
    # A lone "b" and "B" are bytes or a grade unless money comes before.
    return scale if currency or suffix not in ("b", "B") else None


def parse_digits(printed: str) -> Decimal | None:
    """Return the value of a digit string with its separators, None if it is no one number.

    "33,500", "12,34,567" (Indian), "1.234.567" and "33.500,25" (European) are read; "1.234" is a
    decimal, as English prints it; "3,5" is none, for it may be a list.
    """
    for mark in ("\u00a0", "\u2009", "\u202f", "'", "’"):
        printed = printed.replace(mark, "")
    if len(printed) > 2 * MAX_DIGITS or sum(map(str.isdigit, printed)) > MAX_DIGITS:
        return None
    # The mark that comes last is the decimal one, unless it groups digits.
    thousands, decimal = (".", ",") if printed.rfind(",") > printed.rfind(".") else (",", ".")
    whole, mark, rest = printed.rpartition(decimal)
    if not mark:
        whole, rest = rest, ""
    elif thousands not in whole and (decimal == "," or decimal in whole):
        whole, rest, thousands = printed, "", decimal
    if decimal in whole.replace(thousands, ""):
        return None
    if thousands in whole and not _is_grouped(whole.split(thousands)):
        return None
    return Decimal((whole.replace(thousands, "") or "0") + "." + (rest or "0"))


def _is_grouped(groups: list[str]) -> bool:
    first, last = groups[0], groups[-1]
    if len(groups) < 2 or len(last) != 3 or not 1 <= len(first) <= 3:
        return False
    inner = {len(g) for g in groups[1:-1]}
    # Indian grouping: pairs before the last three digits.
    return inner <= {3} or (inner == {2} and len(first) <= 2)
