"""Datelines: the place, perhaps with day and agency, that a first paragraph begins with.

    CAIRO (AP) —            WASHINGTON, Oct 3 (Reuters) -       BUENOS AIRES, Argentina —
    GAZA STRIP (Dispatches) –   MOSCOW, February 11. /TASS/.    (Reuters) -    Washington (CNN)

Conservative: a place in capitals before a dash; a place in mixed case only with a country, an
agency or a date before the dash. What follows must begin like a sentence. `NATO — the alliance —
said` is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.read.moments import Moment, match_moment
from sayso.records.calendar import MONTHS
from sayso.records.span import Span

MAX_CHARS = 120

_AGENCIES = (
    r"AP|AFP|UPI|CNN|NBC|CBS|ABC|BBC|NPR|PTI|ANI|IRNA|ISNA|MNA|TASS|DPA|EFE|ANSA|KUNA|WAFA|SANA|SPA"
    r"|Kyodo|Yonhap|KYODO|YONHAP|XINHUA|Xinhua|REUTERS|Reuters|Bloomberg|Dispatches|Agencies"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# One capitalised word of a place; small words may stand between two of them.
_UP = r"[^\W\d_a-zß-öø-ÿ]"
_CAPS_WORD = rf"(?:[Aa]l[- ])?{_UP}(?:{_UP}|[.'’\-]){{1,24}}"
_CAPS = rf"{_CAPS_WORD}(?: {_CAPS_WORD}){{0,4}}"
_WORD = rf"{_UP}[\w.'’\-]{{1,24}}"
_MIXED = rf"{_WORD}(?: (?:(?:de|da|do|la|of|and|al) )?{_WORD}){{0,3}}"
_PLACE = re.compile(
    rf"(?P<caps>{_CAPS}(?:(?:/| and | & ){_CAPS}){{0,3}}(?:, ?{_MIXED}(?:/{_CAPS})?)?)"
    rf"|(?P<mixed>{_MIXED}(?:/{_MIXED})?(?P<country>, ?{_MIXED})?)"
)
_DAY = re.compile(
    rf",? ?(?:(?:{_MONTH})\b\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTH})\b\.?)(?!\w)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\.? ?(?:\((?P<round>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,30})/\.?)")
_COMMA_AGENCY = re.compile(rf", ?(?:{_AGENCIES})(?=\s*[-–—―])")
_DASH = re.compile(r"[ \t]?(?:--+|[—―–])\s*|[ \t]-\s+")
_TIGHT_DASH = re.compile(r"[ \t]?[-_:]\s+|-")  # after a day or an agency
_SENTENCE = re.compile(rf"[\"'“‘«„(\[$€£#@]{{0,3}}\.{{0,3}}(?:{_UP}|\d|al[- ]|de |ex-|e-)")
_KNOWN_AGENCY = re.compile(rf"(?:{_AGENCIES})(?:/(?:{_AGENCIES}))?(?: (?:News|Business|Politics))?")
_PARTY = re.compile(r"[A-Z]{1,3}-[A-Z]")  # "(R-Utah)": a member of parliament, not an agency
_NOT_PLACES = frozenset(
    str.split(
        """
        EXCLUSIVE UPDATE UPDATED UPDATES BREAKING OPINION ANALYSIS COMMENTARY EDITORIAL
        CORRECTION CORRECTED WATCH LIVE FILE PHOTOS PHOTO VIDEO FACTBOX EXPLAINER NOTE WARNING
        SPOILER URGENT NEWS REVIEW INTERVIEW FEATURE COLUMN PREVIEW RECAP TIMELINE QUIZ POLL
        PODCAST ADVISORY ALERT DEVELOPING SPECIAL SPONSORED BACKGROUND FACT FACTS CLAIM VERDICT
        TRUE FALSE QUESTION ANSWER NATO OPEC AIDS NASA FIFA UEFA ISIS ISIL ASEAN UNESCO UNICEF
        HAMAS COVID PART STORY REPORT THE A AN IN ON AT FOR BUT AND HE SHE IT WE THEY I YES NO
        WHAT WHO WHY HOW WHEN
        """
    )
)
_NOT_FIRST = frozenset(
    str.split("The A An In On At For But And He She It We They I This That As By From")
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed. place is None for `(Reuters) -`; body: where the sentence begins.

    moment: the day it prints, if with a year; span: of that day.
    """

    place: str | None
    agency: str | None
    body: int
    moment: Moment | None = None
    moment_span: Span | None = None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline that text[start:end] begins with, None if it begins with none.

    A dateline may stand on a line of its own before the paragraph.
    """
    end = min(end, start + 2 * MAX_CHARS)
    match = _PLACE.match(text, start, min(end, start + MAX_CHARS))
    while match is not None:
        found = _finish(text, match, end)
        if found is not None:
            return found
        shorter = text.rfind(", ", start, match.end())
        if shorter <= start or match.end() <= shorter:
            break
        match = _PLACE.match(text, start, shorter)
    agency = _AGENCY.match(text, start, min(end, start + MAX_CHARS))
    if agency is None or agency["round"] is None or not _KNOWN_AGENCY.fullmatch(agency["round"]):
        return None
    body = _skip_dash(text, agency.end(), end, tight=True, bare=True)
    return None if body is None else Dateline(None, agency["round"], body)


def _finish(text: str, match: re.Match[str], end: int) -> Dateline | None:
    """Read day, agency and dash after a place; None if they do not make it a dateline."""
    place, position = match.group(), match.end()
    moment, span = None, None
    comma = re.compile(r",? ").match(text, position, end)
    printed = match_moment(text, comma.end(), end) if comma else None
    if comma and printed:
        moment, position = printed
        span = (comma.end(), position)
    else:
        day = _DAY.match(text, position, end)
        position = day.end() if day else position
    dated = position > match.end()
    agency = _AGENCY.match(text, position, end) or _COMMA_AGENCY.match(text, position, end)
    name = _get_agency(agency)
    if agency is not None:
        if _PARTY.match(name):
            return None
        position = agency.end()
    if not _is_place(match, dated=dated, agency=agency is not None):
        return None
    sure = agency is not None and _is_sure(agency, name)
    body = _skip_dash(text, position, end, tight=dated or agency is not None, bare=sure)
    if body is None:
        return None
    return Dateline(place.strip(" ,"), name or None, body, moment, span)


def _get_agency(agency: re.Match[str] | None) -> str:
    if agency is None:
        return ""
    groups = agency.groupdict()
    return groups.get("round") or groups.get("slash") or agency.group().strip(" ,")


def _is_sure(agency: re.Match[str], name: str) -> bool:
    """Say whether an agency marks a dateline without any dash: `Washington (CNN)`, `/TASS/.`"""
    groups = agency.groupdict()
    return groups.get("slash") is not None or (
        groups.get("round") is not None and _KNOWN_AGENCY.fullmatch(name) is not None
    )


def _is_place(match: re.Match[str], *, dated: bool, agency: bool) -> bool:
    words = match.group().replace("/", " ").replace(",", " ").split()
    if match["caps"]:
        if words[0].strip(".") in _NOT_PLACES:
            return False
        letters = sum(char.isalpha() for char in match["caps"])
        return dated or agency or "," in match["caps"] or letters >= 4
    if words[0] in _NOT_FIRST or len(words) > 6:
        return False
    return dated or agency or match["country"] is not None


def _skip_dash(text: str, position: int, end: int, *, tight: bool, bare: bool) -> int | None:
    """Return where the sentence after the dash begins, None if there is no dash or no sentence.

    tight: a hyphen without spaces will do; bare: no dash at all will do.
    """
    dash = _DASH.match(text, position, end) or (
        _TIGHT_DASH.match(text, position, end) if tight else None
    )
    if dash is None and not bare:
        return None
    body = dash.end() if dash is not None else position
    while body < end and text[body].isspace():
        body += 1
    return body if _SENTENCE.match(text, body) else None
