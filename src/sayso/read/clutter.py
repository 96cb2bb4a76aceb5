"""Lines that pages, databases and archives print around a report and that say nothing of it.

Share buttons, "Read more", reading times, breadcrumbs, notes of an archive, editions, copyright.
Patterns cover whole lines, so that a sentence which begins with the same words is none.
"""

from __future__ import annotations

import re

from sayso.read.marks import Mark
from sayso.read.moments import match_moment
from sayso.records.span import Span

MAX_CHARS = 120
MAX_RIGHTS_CHARS = 300

_AGO = (
    r"(?:about |over )?(?:\d{1,3}|an?|one) ?(?:s|m|h|d|w|secs?|seconds?|mins?|minutes?|hrs?|hours?"
    r"|days?|weeks?|months?|years?) ago|just now|moments ago|(?:yesterday|today)(?:,? (?:at )?"
    r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?)?"
)
RELATIVE = re.compile(
    rf"(?:(?:last )?(?:published|posted|updated|modified|added|created)\b:? ?)?(?:{_AGO})",
    re.IGNORECASE,
)
_MEDIA = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|e-?mail|reddit|print|messenger|pinterest"
    r"|instagram|youtube|threads|bluesky|viber|copy link|link|share|tweet|save|comments?|more)"
)
_MORE_MEDIA = rf"{_MEDIA}(?:[ ,|/•·]+(?:and |on |via |by )?{_MEDIA}){{0,9}}"
_THING = (
    r"(?:(?:this|the|our|your) )?(?:article|story|post|page|news|report|link|video|with friends)"
)
_EDITIONS = (
    r"(?:first|second|third|late|final|early|morning|evening|city|national|international|weekend"
    r"|\w+day|[1-4](?:st|nd|rd|th)|main|home|all)"
)
_CLUTTER = (
    _MORE_MEDIA,
    r"(?:share|save|print|e-?mail|tweet|bookmark|listen to|rate|copy|like|gift|text size|font size)"
    rf"(?: {_THING})?(?: (?:on|via|by|with) {_MORE_MEDIA})?!?",
    r"listen(?: \(\d+ min\w*\))?|(?:play|watch) (?:video|audio|live)|share (?:on|via) \w+",
    r"\d[\d.,k]* (?:shares?|comments?|views?|likes?|reads?)|no comments?(?: yet)?",
    r"(?:leave|post|write|add) a comment",
    r"(?:view|show|read|join) (?:all |the )?(?:comments|conversation)",
    r"(?:sign up|subscribe|register)(?: (?:now|here|today|for free))?"
    r"(?: (?:for|to) (?:our|the|your) [\w -]{0,40})?!?",
    r"(?:get|receive) (?:our|the) (?:\w+ ){0,3}(?:newsletter|news|headlines|alerts)\b[\w ]{0,40}!?",
    r"(?:our |daily |free )?newsletters?|log ?in|sign in|my account|menu|search|home|close",
    r"follow (?:us|\w+)(?: (?:on|at|via) [\w@., ]{1,60})?!?",
    r"join (?:us|our (?:channel|group|newsletter)\w*)(?: (?:on|at|via) [\w@., ]{1,60})?!?",
    r"download (?:our|the) (?:mobile )?app\b[\w ,]{0,40}!?",
    r"advertisements?|advertising|sponsored(?: content)?|promoted(?: content)?|ads? by \w+",
    r"(?:story|article) continues (?:below|after)(?: this)?(?: ad(?:vertisement)?)?",
    r"skip (?:to|past) (?:\w+ ){0,2}(?:content|navigation|promotion|newsletter)[\w ]{0,20}",
    r"(?:back to|go to) (?:top|home(?:page)?)|accept(?: all)?(?: cookies)?",
    r"(?:we|this site) uses? cookies[\w ,]{0,60}|(?:cookie|privacy) (?:policy|notice)",
    r"terms (?:of (?:use|service)|and conditions)|contact us|about us",
    r"(?:\d{1,3}|\d{1,2} ?[-–] ?\d{1,2})[ -]{0,2}(?:min|mins|minute|minutes)"
    r"(?: (?:read|of reading|listen|watch))?",
    r"(?:reading|read) time:? [\w –-]{1,20}|\d[\d,]{0,6} words",
    r"(?:file )?photo(?:graph)?s?|image|gallery|video",
    r"\d{1,4} of \d{1,4}(?: documents?)?|document \d{1,4} of \d{1,4}",
    r"page \d{1,3}(?: of \d{1,3})?",
    rf"(?:{_EDITIONS} ){{1,3}}editions?(?: - final| \d)?",
    r"(?:for )?immediate release|(?:press|news|media) (?:release|statement)(?: no\.? ?[\d/-]+)?",
    r"@\w{2,30}|[\w.+-]{1,40}@[\w.-]{3,60}",
    r"\(?(?:except for the headline, )?this (?:story|report|article|copy|item) (?:has|was|is)"
    r" (?:not |been )*(?:edited|published|auto|generated|created|produced)[^.]{0,90}\.?\)?",
    r"(?:this is a )?rush transcript\b.{0,120}|transcripts?",
    r"tags?|topics?|trending(?: now)?|most (?:read|popular|viewed)|top stories|latest(?: news)?",
    r"breaking news",
)
_CLUTTER_LINE = re.compile("|".join(_CLUTTER), re.IGNORECASE)
_RELATED_HEADS = (
    r"(?:read|see|watch)(?: also| more| next| on)?|also (?:read|see|watch)",
    r"more (?:on this(?: story)?|from \w+(?: \w+)?|stories|news|coverage)",
    r"related(?: (?:stories|articles|news|topics|content|coverage|posts|links|reading|items))?",
    r"you (?:may|might) (?:also )?like|recommended(?: for you)?|don't miss|editor's picks?",
    r"what to read next|most read|most popular|top stories|trending(?: now)?|latest news",
    r"in other news|other (?:news|headlines|stories)|suggested reading|further reading",
)
_RELATED = re.compile(
    rf"(?:{'|'.join(_RELATED_HEADS)})(?P<rest> ?[:：»>|–—-]+ ?.{{0,200}})?", re.IGNORECASE
)
_END = re.compile(
    r"#{1,5}|-+ ?30 ?-+|[-*–—=_~ ]{3,80}"
    r"|[-–—(\[* ]*(?:end|ends|end of (?:document|article|text|story)|the end)[-–—)\]*. ]*"
    r"|document [A-Z]{2,8}\w{10,40}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\))[ .:]*(?:copyright|©|\(c\))?[ .,:]*(?P<rest>.*)"
    r"|all rights reserved\b.{0,120}",
    re.IGNORECASE,
)
_RIGHTS_NAME = re.compile(
    r"(?:\d{4}(?: ?[-–] ?\d{4})?[ .,:]*)?(?:by )?(?P<name>[^\W\d_][^.,;|()©]{1,60}?)"
    r"(?=,? (?:Ltd|Limited|Inc|LLC|Plc|Co|GmbH|Corp)\b|[.,;|(]| All [Rr]ights| ALL RIGHTS|$)"
)
_CAPTURE = re.compile(
    r"(?:the )?wayback machine\b.*|[\d,]+ captures?|about this capture|success|fail"
    r"|(?:webpage |page |web page )?(?:archived|retrieved|accessed|captured|downloaded|printed"
    r"|saved|crawled|snapshot)(?: (?:from|by|on|at|the|original|taken|via|with))*[ :]*(?P<when>.*)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?P<url>https?://[^\s<>]{4,500})>?")
_LAST_URL = re.compile(r"https?://(?:(?!https?://)\S){4,500}$")
_DOMAIN = re.compile(r"(?:www\.)?(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,10}", re.IGNORECASE)
_CRUMBS = re.compile(r"\s*[>»›]\s*|\s+[/|]\s+")
_SECTIONS = frozenset(
    str.split(
        """
        home news world politics business economy sport sports opinion national international
        local region regional society culture technology tech science health education
        environment middle-east africa asia europe americas latest top front-page features
        analysis editorial
        """
    )
)
_RANGE = re.compile(r"\s*[-–—]\s*")


def is_clutter(line: str) -> bool:
    """Say whether a line is a button, a reading time, a breadcrumb, an edition and so on."""
    if len(line) > MAX_CHARS:
        return False
    return (
        _CLUTTER_LINE.fullmatch(line.rstrip(" .:")) is not None
        or RELATIVE.fullmatch(line) is not None
        or _is_breadcrumb(line)
    )


def is_section(line: str) -> bool:
    """Say whether a line is the name of a part of a paper: "World", "Middle East"."""
    return "-".join(line.lower().split()) in _SECTIONS


def is_related(line: str) -> bool:
    """Say whether a line leads to other reports: "ALSO READ", "Read more: Harbour to close"."""
    match = _RELATED.fullmatch(line.strip())
    return match is not None and not (match["rest"] or "").rstrip().endswith((".", "”", '"'))


def is_end(line: str) -> bool:
    """Say whether a line marks the end of a report: "###", "-30-", "ENDS"."""
    return _END.fullmatch(line) is not None


def find_rights(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return whom a copyright line names, as a mark of kind rights; None of other lines."""
    line = text[span[0] : span[1]]
    match = _RIGHTS.fullmatch(line) if len(line) <= MAX_RIGHTS_CHARS else None
    if match is None:
        return None
    rest = match["rest"]
    if rest is None:
        return (Mark("skip", span),)
    if not re.search(r"\d{4}|rights reserved", rest, re.IGNORECASE) and line[0] not in "©(":
        return None
    name = _RIGHTS_NAME.match(text, span[0] + match.start("rest"), span[1])
    return (Mark("skip", span),) if name is None else (Mark("rights", name.span("name")),)


def find_capture(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return the marks of a line that says how or when a copy was kept; its day is no evidence."""
    line = text[span[0] : span[1]]
    match = _CAPTURE.fullmatch(line) if len(line) <= MAX_RIGHTS_CHARS + 200 else None
    if match is None:
        return None
    when = match["when"]
    if when is not None:
        start = span[0] + match.start("when")
        found = match_moment(text, start, span[1], field=True)
        if not when.startswith("http") and (found is None or text[found[1] : span[1]].strip(" .")):
            return None
    address = _LAST_URL.search(line)
    mark = Mark("capture", span)
    if address is None:
        return (mark,)
    return (mark, Mark("url", (span[0] + address.start(), span[1])))


def find_address(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return the mark of a line that is only a web address, or the name of a site."""
    line = text[span[0] : span[1]]
    match = _URL.fullmatch(line)
    if match is not None:
        return (Mark("url", (span[0] + match.start("url"), span[0] + match.end("url"))),)
    return (Mark("site", span),) if _DOMAIN.fullmatch(line) else None


def is_range_of_days(text: str, span: Span) -> bool:
    """Say whether a line is two days with a dash between."""
    first = match_moment(text, span[0], span[1])
    dash = _RANGE.match(text, first[1], span[1]) if first else None
    return dash is not None and match_moment(text, dash.end(), span[1]) is not None


def _is_breadcrumb(line: str) -> bool:
    parts = [part for part in _CRUMBS.split(line.strip(" >»›")) if part]
    if len(parts) < 2 or len(parts) > 7 or any(len(part.split()) > 4 for part in parts[:-1]):
        return False
    return is_section(parts[0])
