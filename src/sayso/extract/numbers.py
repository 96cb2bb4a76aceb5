"""Numbers as printed, in digits and in words, with their magnitudes; no parse needed.

Order: atoms (one digit string or one number word each) are found by one pattern; neighbours are
joined into numbers ("half a million", "three and a half billion", "hundreds of thousands").
Bounds, ranges and what is counted are no business of this file. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sayso.extract.number_atoms import Atom, find_atoms
from sayso.extract.wordlists import Vague, load_vague

_AFTER_ORDINAL = re.compile(
    r"[-‑ ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE
)
_DECADE_AFTER = re.compile(r"[- ](?:twen|thir|for|fif|six|seven|eigh|nine)ties\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"[ -]and[ -](?:a|one)[ -](half|quarter)\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:\b(?:half[ -]an?|an?[ -]half|a[ -]quarter[ -]of[ -]an?|three[ -]quarters[ -]of[ -]an?)|"
    r"\ban?)[ -]$",
    re.IGNORECASE,
)
_BOUND_ARTICLE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|than|least|most)\s(?:an?|one)[ -]$",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\s(?:were|are|was|is|had|have|has)\b")
_NOT_A_SHARE = re.compile(
    r"\b(?:first|second|latter|last|other|better|each|final|top|bottom|northern|southern|eastern|"
    r"western|lower|upper|this|that|year|next)[ -]$",
    re.IGNORECASE,
)
_PLAIN_GAPS = frozenset((" ", "-", "‑", "\u00a0", "\n", "  "))
_AND_GAPS = frozenset((" and ", "-and-", "\nand ", " and\n"))
_OF_GAPS = frozenset((" of ", " of\n", "\nof "))


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number.

    start, end: its characters, a currency sign before it and magnitude words included. value: with
    magnitudes applied, None for a vague one. lo, hi: a vague one's interval, else None.
    step: what the printed precision counts in where that is not a decimal place ("two dozen": 12).
    form: digits, words, share (half of, two-thirds) or vague. currency: sign or code before it.
    suffix: letters printed right after the digits that are no magnitude ("640bhp"). scale: the
    magnitude a range may lend to its other end ("20 to 30 million"). plain: the digits alone.
    """

    start: int
    end: int
    value: Decimal | None
    form: str
    lo: Decimal | None = None
    hi: Decimal | None = None
    step: Decimal | None = None
    currency: str = ""
    suffix: str = ""
    scale: Decimal = Decimal(1)
    plain: str = ""
    shape: str = ""


def find_numbers(
    text: str, start: int = 0, end: int | None = None, vague: Vague | None = None
) -> Iterator[Number]:
    """Yield the numbers of text[start:end] in order, disjoint, without ordinals.

    vague: what vague amounts mean; None: as shipped.
    """
    atoms = list(find_atoms(text, start, len(text) if end is None else end))
    reader = _Reader(text, atoms, start, vague or load_vague())
    i = 0
    while i < len(atoms):
        number, i = reader.read(i)
        if number is not None:
            reader.free = number.end
            yield number


def _read_lead(words: str) -> Decimal:
    """Return how much of a magnitude the words before it mean: "half a", "a quarter of a", "a"."""
    if "half" in words:
        return Decimal("0.5")
    if "three" in words:
        return Decimal("0.75")
    return Decimal("0.25") if "quarter" in words else Decimal(1)


def _tidy(value: Decimal) -> Decimal:
    """Return the same value without the zeros that multiplying left."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


class _Reader:
    """Joins atoms into numbers, left to right. free: what is before belongs to other numbers."""

    def __init__(self, text: str, atoms: list[Atom], start: int, vague: Vague) -> None:
        self.free = start
        self._text = text
        self._atoms = atoms
        self._floor = start
        self._vague = vague

    def read(self, i: int) -> tuple[Number | None, int]:
        """Return the number that begins at atom i, or None, and the next atom to look at."""
        kind = self._atoms[i].kind
        if kind == "plural":
            return self._read_plural(i)
        if kind == "few":
            return self._read_few(i)
        if kind == "fraction":
            return self._read_share(i)
        return self._read_exact(i)

    def _gap(self, i: int) -> str:
        """Return the characters between atom i and the next, a long gap cut short."""
        if i + 1 >= len(self._atoms):
            return "\0"
        return self._text[self._atoms[i].end : self._atoms[i + 1].start][:8]

    def _article(self, start: int) -> re.Match[str] | None:
        floor = max(self.free, start - 28)
        return _ARTICLE.search(self._text, floor, start)

    def _read_exact(self, i: int) -> tuple[Number | None, int]:
        first = self._atoms[i]
        after_year = self._skip_year_in_words(i)
        if after_year > i:
            return None, after_year
        start, share = first.start, None
        if first.kind in ("hundred", "magnitude"):
            article = self._article(first.start)
            if article is None:
                return None, i + 1
            start, share = article.start(), _read_lead(article.group().lower())
        value, scale, j = self._join(i, share)
        last, form = self._atoms[j], "digits" if first.kind == "digits" else "words"
        end, shape = last.end, first.word if i == j else ""
        has_dozen = any(a.word == "dozen" for a in self._atoms[i : j + 1])
        half = _AND_A_HALF.match(self._text, end)
        if half is not None:
            value, scale, j, end = self._add_half(value, scale, j, half)
        elif form == "words" and self._is_ordinal(j, end):
            return self._read_fraction(i, j, value)
        number = Number(
            start,
            end,
            _tidy(value),
            form,
            step=Decimal(12) if has_dozen else None,
            currency=first.currency,
            suffix=first.suffix,
            scale=scale,
            plain=first.plain,
            shape=shape,
        )
        return number, j + 1

    def _add_half(
        self, value: Decimal, scale: Decimal, j: int, half: re.Match[str]
    ) -> tuple[Decimal, Decimal, int, int]:
        """Return value, magnitude, last atom and end with "and a half" added."""
        last = self._atoms[j]
        unit = last.value if last.kind in ("magnitude", "hundred") else Decimal(1)
        value += unit * (Decimal("0.5") if half[1].lower() == "half" else Decimal("0.25"))
        while j + 1 < len(self._atoms) and self._atoms[j + 1].start < half.end():
            j += 1
        return self._scale_after(value, scale, j, half.end())

    def _skip_year_in_words(self, i: int) -> int:
        """Return the atom after "nineteen ninety-six" or "the nineteen-eighties", else i."""
        first = self._atoms[i]
        if first.kind == "digits" or first.value not in (18, 19, 20):
            return i
        if _DECADE_AFTER.match(self._text, first.end) is not None:
            return i + 1
        following = self._atoms[i + 1] if i + 1 < len(self._atoms) else None
        if (
            following is None
            or following.kind not in ("ten", "one")
            or following.value < 10
            or self._gap(i) not in _PLAIN_GAPS
        ):
            return i
        return self._join(i + 1, None)[2] + 1

    def _scale_after(
        self, value: Decimal, scale: Decimal, j: int, end: int
    ) -> tuple[Decimal, Decimal, int, int]:
        # "three and a half million": the magnitude follows the half.
        if j + 1 < len(self._atoms):
            following = self._atoms[j + 1]
            gap = self._text[end : following.start][:3]
            if following.kind == "magnitude" and gap in _PLAIN_GAPS:
                return value * following.value, following.value, j + 1, following.end
        return value, scale, j, end

    def _is_ordinal(self, j: int, end: int) -> bool:
        if _AFTER_ORDINAL.match(self._text, end) is not None:
            return True
        following = self._atoms[j + 1] if j + 1 < len(self._atoms) else None
        return (
            following is not None and following.kind == "fraction" and self._gap(j) in _PLAIN_GAPS
        )

    def _read_fraction(self, i: int, j: int, value: Decimal) -> tuple[Number | None, int]:
        """Return "two-thirds" as a share; "twenty-third" is an ordinal and no number at all."""
        following = self._atoms[j + 1] if j + 1 < len(self._atoms) else None
        if following is None or following.kind != "fraction":
            return None, j + 1
        plural = following.word.endswith("s")
        after = self._text[following.end : following.end + 2]
        is_part = not (after[:1] == "-" and after[1:].isalpha())
        if not is_part or value >= following.value or (value != 1 and not plural):
            return None, j + 2
        if following.word.startswith("quarter") and not self._has_of(following.end):
            return None, j + 2  # three quarters of a year's business, not of a whole
        if self._multiplies(j + 1):
            return None, j + 2
        return _make_share(self._atoms[i].start, following.end, value / following.value), j + 2

    def _multiplies(self, i: int) -> bool:
        """Say whether the fraction at atom i is of a magnitude, whose own reading takes it in."""
        following = self._atoms[i + 1] if i + 1 < len(self._atoms) else None
        return (
            following is not None
            and following.kind == "magnitude"
            and self._gap(i).lower() in (" a ", " of a ", " an ")
        )

    def _has_of(self, end: int) -> bool:
        return self._text[end : end + 4].lower() in (" of ", " of\n")

    def _join(self, i: int, share: Decimal | None) -> tuple[Decimal, Decimal, int]:
        """Return value, magnitude and last atom of the longest well-formed number from atom i."""
        first = self._atoms[i]
        total, group, scale = Decimal(0), first.value, Decimal(first.scale)
        ceiling = Decimal(10) ** 15
        if share is not None:
            group, scale = share * first.value, first.value
            if first.kind == "magnitude":
                total, group, ceiling = group, Decimal(0), first.value
        kind, j = first.kind, i
        while j + 1 < len(self._atoms):
            gap, following = self._gap(j), self._atoms[j + 1]
            joined = gap in _AND_GAPS if kind in ("hundred", "magnitude") else False
            if not (gap in _PLAIN_GAPS or joined) or following.currency:
                break
            step = following.kind
            if step == "hundred" and not joined and kind in ("one", "digits", "ten"):
                group *= 100
                scale = Decimal(100)
            elif step == "magnitude" and not joined and following.value < ceiling and group:
                total += group * following.value
                group, scale, ceiling = Decimal(0), following.value, following.value
            elif step == "ten" and kind in ("hundred", "magnitude"):
                group += following.value
            elif step == "one" and (
                kind in ("hundred", "magnitude") or (kind == "ten" and following.value < 10)
            ):
                if kind == "ten" and (following.value == 0 or gap == "  "):
                    break
                group += following.value
            else:
                break
            kind, j = step, j + 1
        return total + group, scale, j

    def _read_plural(self, i: int) -> tuple[Number | None, int]:
        """Return "thousands", "tens of thousands", but not "test scores"."""
        first = self._atoms[i]
        key, unit, j, word = first.word, first.value, i, first.word
        while (
            j + 1 < len(self._atoms)
            and self._atoms[j + 1].kind == "plural"
            and self._gap(j) in _OF_GAPS
            and self._atoms[j + 1].value >= 1000
        ):
            j += 1
            unit *= self._atoms[j].value
            key += " of " + self._atoms[j].word
        end = self._atoms[j].end
        if j == i and word == "tens":
            return None, i + 1
        if j == i and word == "scores" and not self._counts(end):
            return None, i + 1
        lo, hi = self._vague.interval(key, unit)
        return Number(first.start, end, None, "vague", lo, hi), j + 1

    def _counts(self, end: int) -> bool:
        words = self._text[end : end + 24].lower().split(None, 2)
        return bool(words) and words[0] in self._vague.after_scores

    def _read_few(self, i: int) -> tuple[Number | None, int]:
        """Return "several", "a few hundred", "a couple of thousand"; a bare "few" is none."""
        first = self._atoms[i]
        start, word = first.start, first.word
        article = self._article(start) if word != "several" else None
        if article is not None and article.group().lower().startswith("a"):
            start = article.start()
        elif word != "several":
            return None, i + 1
        j, unit = i, Decimal(1)
        while (
            j + 1 < len(self._atoms)
            and self._atoms[j + 1].kind in ("hundred", "magnitude")
            and (self._gap(j) in _PLAIN_GAPS or (j == i and self._gap(j) in _OF_GAPS))
        ):
            j += 1
            unit *= self._atoms[j].value
        ends = self._vague.small.get(word if j > i else first.word + " alone")
        if ends is None or (j == i and word == "couple" and not self._has_of(first.end)):
            return None, i + 1
        if j == i and word == "handful" and not self._has_of(first.end):
            return None, i + 1
        lo, hi = ends[0] * unit, (ends[1] + 1) * unit - 1
        return Number(start, self._atoms[j].end, None, "vague", lo, hi), j + 1

    def _read_share(self, i: int) -> tuple[Number | None, int]:
        """Return "half of", "a third of", "a quarter of"; ordinals and "half-hour" are none."""
        atom = self._atoms[i]
        half = atom.word == "half"
        after = self._text[atom.end : atom.end + 5].lower()
        start = atom.start
        whole = after.startswith((" of ", " of\n")) or (half and after == " the ")
        if not whole and not self._stands_alone(start, atom.end):
            return None, i + 1
        article = re.compile(r"\b(?:an?|one)[ -]$", re.IGNORECASE).search(
            self._text, max(self.free, start - 5), start
        )
        if article is not None:
            start = article.start()
        elif not half or _NOT_A_SHARE.search(self._text, max(self._floor, start - 12), start):
            return None, i + 1
        if self._multiplies(i):
            return None, i + 1
        return _make_share(start, atom.end, 1 / atom.value), i + 1

    def _stands_alone(self, start: int, end: int) -> bool:
        """Say whether a share is the subject by itself: "about a quarter were children"."""
        before = self._text[max(self._floor, start - 20) : start]
        after = self._text[end : end + 6]
        return bool(_BOUND_ARTICLE.search(before) and _AUXILIARY.match(after))


def _make_share(start: int, end: int, value: Decimal) -> Number:
    """Return a share; thirds and the like to six places, their neighbours a hundredth away."""
    short = round(value, 6)
    if short == value:
        return Number(start, end, value, "share")
    return Number(start, end, short, "share", step=Decimal("0.01"))
