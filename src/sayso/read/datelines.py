"""Datelines: the place, perhaps with day and agency, that a first paragraph begins with.

    CAIRO (AP) —            WASHINGTON, Oct 3 (Reuters) -       BUENOS AIRES, Argentina —
    GAZA STRIP (Dispatches) –   MOSCOW, February 11. /TASS/.    (Reuters) -    Washington (CNN)
    PORT AMARIS: The minister …     (KPA) LODRINO -             LODRINO, Mar. 3, Kavinform –

Conservative: a place in capitals before a dash or colon; a place in mixed case only with a
country, an agency or a date before the dash. What follows must begin like a sentence. `NATO — the
alliance — said` is none. Before a bare colon a speaker's name may stand as well as a place: so none
is read where the sentence is quoted, is addressed to somebody or in the first person, or where
another line begins with capitals and a colon.

The agency is a credit: whose copy the report is, not who published it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.read.credits import is_desk
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
    rf"[.,]? ?(?:(?:{_MONTH})\b\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTH})\b\.?)(?!\w)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\.? ?(?:\((?P<round>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,30})/\.?)")
_COMMA_AGENCY = re.compile(rf", ?(?P<comma>{_AGENCIES})(?=\s*[-–—―])")
_COMMA_NAME = re.compile(rf"[.,] ?(?P<comma>{_UP}[\w]{{2,24}})(?=\s+[-–—―])")  # after a day
_COLON_AGENCY = re.compile(r": ?\((?P<round>[^()\n]{2,30})\)")  # LODRINO: (KPA) The …
_AGENCY_NEXT = re.compile(
    rf"(?P<dash>{_UP}{{2,8}})[ ][-–—][ ](?={_UP}|[“\"])"
)  # LODRINO – KPA – The …
_IN_BRACKETS = re.compile(r" \[[^\]\n]{2,30}\]")  # New Lodrino [Sentonia], March 3 (KPA):
_AGENCY_FIRST = re.compile(r"\((?P<round>[^()\n]{2,30})\) (?=[^\W\d_])")
_DASH = re.compile(r"[ \t]?(?:--+|[—―–])\s*|[ \t]-\s+|[ \t]\|[ \t]+")
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
        WHAT WHO WHY HOW WHEN READ ALSO MORE LINK SUMMARY HIGHLIGHTS KEY POINTS QUOTE NOTES SOURCE
        MINISTER PRESIDENT MODERATOR HOST REPORTER PRESENTER INTERVIEWER SPEAKER NARRATOR ANCHOR
        UNIDENTIFIED MALE FEMALE COMMENT IMPORTANT REMINDER RELATED TITLE HEADLINE BODY TEXT
        """
    )
)
_GENERIC = frozenset(
    str.split(
        """
        dispatches dispatch agencies agency agency's staff reporter reporters correspondent
        correspondents combined sources wires wire services desk monitoring special media reports
        file photo video updated exclusive sponsored live local time sic news
        """
    )
)
_COLON = re.compile(r": +(?=\S)")
_COLON_SENTENCE = re.compile(
    rf"{_UP}[^\n]*[^\W\d_A-Z][^\n]*[.!?…](?:[”\"'’»)]|\s*$)?[^\n]*", re.MULTILINE
)
_NOT_REPORTED = re.compile(
    r"(?:I|We|You|My|Our|Yes|No|Thanks?|Good|Well|Okay|OK|Welcome|Hello|Hi|So|And|But|What|Who|Why"
    r"|How|When|Where|Do|Did|Is|Are|Let|Please|Sir|Madam|Mr|Mrs|Ms)\b"
)
_TURN = re.compile(rf"\n[ \t]*{_UP}{_UP}[^\n:a-z]{{1,40}}:[ \t]")
MAX_LINE_CHARS = 600
TURNS_CHARS = 6_000  # how far another speaker's turn is looked for
_NOT_FIRST = frozenset(
    str.split("The A An In On At For But And He She It We They I This That As By From")
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed. place is None for `(Reuters) -`; body: where the sentence begins.

    agency: of the name in `(AP)`. moment: the day it prints, if with a year; moment_span: of that.
    """

    place: str | None
    agency: Span | None
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
        shorter = max(text.rfind(mark, start, match.end()) for mark in (", ", ". "))
        if shorter <= start or match.end() <= shorter:
            break
        match = _PLACE.match(text, start, shorter)
    return _find_agency_first(text, start, end)


def is_agency(name: str) -> bool:
    """Say whether what stands in an agency's place names one: not `(Dispatches)`, `(AP/Afp)`."""
    words = name.split()
    if "/" in name or is_desk(name):
        return False
    if not 0 < len(words) <= 5 or any(word.lower() in _GENERIC for word in words[:1] + words[1:-1]):
        return False
    if len(words) == 1 and (words[0].lower() in _GENERIC or words[0] in _NOT_PLACES):
        return False
    return name[0].isupper() and all(w[0].isupper() or w in ("of", "the", "and") for w in words)


def _find_agency_first(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline `(Reuters) -`, or one that an agency stands before: `(KPA) LODRINO -`."""
    agency = _AGENCY.match(text, start, min(end, start + MAX_CHARS))
    if agency is None or agency["round"] is None:
        return None
    known = _KNOWN_AGENCY.fullmatch(agency["round"]) is not None
    first = _AGENCY_FIRST.match(text, start, min(end, start + MAX_CHARS))
    if first is not None and is_agency(first["round"]):
        match = _PLACE.match(text, first.end(), min(end, first.end() + MAX_CHARS))
        found = _finish(text, match, end) if match is not None else None
        if found is not None and found.agency is None:
            return replace(found, agency=first.span("round"))
    body = _skip_dash(text, agency.end(), end, tight=known, bare=known)
    if body is None or not (known or is_agency(agency["round"])):
        return None
    return Dateline(None, agency.span("round"), body)


def _finish(text: str, match: re.Match[str], end: int) -> Dateline | None:
    """Read day, agency and dash after a place; None if they do not make it a dateline."""
    place, position = match.group(), match.end()
    moment, span = None, None
    country = _IN_BRACKETS.match(text, position, end)
    position = country.end() if country else position
    comma = re.compile(r"[.,]? ").match(text, position, end)
    printed = match_moment(text, comma.end(), end) if comma else None
    if comma and printed:
        moment, position = printed
        span = (comma.end(), position)
    else:
        day = _DAY.match(text, position, end)
        position = day.end() if day else position
    dated = position > (country.end() if country else match.end())
    agency = _AGENCY.match(text, position, end) or _COMMA_AGENCY.match(text, position, end)
    if agency is None and match["caps"]:
        agency = _COLON_AGENCY.match(text, position, end)
    if agency is None and dated:
        agency = _COMMA_NAME.match(text, position, end)
    named = None if agency is None else agency.span(agency.lastgroup or 0)
    name = "" if named is None else text[slice(*named)]
    if agency is not None:
        if _PARTY.match(name):
            return None
        position = agency.end()
    if not _is_place(match, dated=dated, agency=agency is not None):
        return None
    sure = agency is not None and (agency.group()[0] == ":" or _is_sure(agency, name))
    body = _skip_dash(text, position, end, tight=dated or agency is not None, bare=sure)
    if body is None and match["caps"] and position == match.end():
        body = _skip_colon(text, match, end)
    if body is None:
        return None
    if named is None and (after := _AGENCY_NEXT.match(text, body, end)) is not None:
        named, body = after.span("dash"), after.end()
    return Dateline(_trim_place(place), named, body, moment, span)


def _trim_place(place: str) -> str:
    """Return a place without what stands behind it; the full stop of "KALVA, N.K." is its own."""
    place = place.strip(" ,")
    abbreviated = "," in place or place.count(".") > 1 or len(place) < 5
    return place if abbreviated else place.removesuffix(".")


def _skip_colon(text: str, match: re.Match[str], end: int) -> int | None:
    """Return where the sentence begins after a place and a bare colon, None after a speaker's."""
    colon = _COLON.match(text, match.end(), end)
    if colon is None or _COLON_SENTENCE.match(text, colon.end()) is None:
        return None
    if _NOT_REPORTED.match(text, colon.end()) or any(
        word.strip(".,") in _NOT_PLACES for word in match.group().split()
    ):
        return None
    line = text[colon.end() : colon.end() + MAX_LINE_CHARS].split("\n", maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]{4,}", line)[1:]
    if sum(word[0].isupper() for word in words) * 2 > len(words):
        return None  # a headline in capitals
    turn = _TURN.search(text, colon.end(), min(len(text), colon.end() + TURNS_CHARS))
    return None if turn is not None else colon.end()


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
