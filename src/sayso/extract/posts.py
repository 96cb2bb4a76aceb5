"""Posts that a report sets out whole, signed behind a dash: “… — NAME (@name) June 20, 2031”.

Their words are the writer's to the letter, without quotation marks. What such a line holds is told
by its form, so it is found by rule, whatever a tagger makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.extract.contents import Placed
from sayso.extract.reading import Reading
from sayso.extract.relays import FOUND_BY
from sayso.extract.tagged import meets_any
from sayso.records.span import Span, cut_fragments, trim_span
from sayso.records.statement import Attribution

CONFIDENCE = 0.9
# Characters that the end of a whole post's words may lack: ".”".
LOOSE = 2
# Addresses behind a post's words.
MAX_LINKS = 8
_SIGNED = re.compile(
    r"(—|–|--?)[ \t]?([^\s—–()][^\n—–()]{0,59}[ \t]\(@\w{1,30}\))"
    r"(:?[ \t]+[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})?"
)
# What pages put before a post for those who hear them read.
_SKIP = re.compile(r"Skip \w{1,20} post(?: \d{1,2})? by @\w{1,30}\s")
_LINK = re.compile(r"https?://|pic\.twitter\.com/")


def add_posts(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with the posts of a report, and without what else was made of a post's
    signature, of words on either side of its edges, or of its words as a whole ("She wrote: …",
    which the signature tells better). Linear in the report but for sorting.
    """
    posts = list(_find_posts(reading))
    signed = [(at, post.source.end) for post, at in posts if post.source is not None]
    said = [(post.content.start, post.content.end) for post, _ in posts]
    return [item for item in built if not _breaks(item[0], signed, said)] + posts


def _find_posts(reading: Reading) -> Iterator[Placed]:
    tree, text = reading.tree, reading.tree.annotation.text
    for first, last in tree.annotation.paragraphs:
        if first >= last:
            continue
        start, end = tree.span(first, last - 1)
        for found in _SIGNED.finditer(text, start, end):
            if found[3] is None and text[found.end() : end].strip():
                continue
            skip = _SKIP.match(text, start)
            words = _leave_links(text, (skip.end() if skip else start, found.start()))
            content = cut_fragments(text, [words] if words[0] < words[1] else [])
            start = found.end()
            if content is None or not any(map(str.isalpha, content.text)):
                continue
            source, cue = (cut_fragments(text, [found.span(i)]) for i in (2, 1))
            yield Attribution("direct", source, cue, content, CONFIDENCE, FOUND_BY), found.start()


def _leave_links(text: str, span: Span) -> Span:
    """Return a span without space at its ends and without the addresses that it ends in."""
    start, end = trim_span(text, span)
    for _ in range(MAX_LINKS):
        last = max(text.rfind(" ", start, end), text.rfind("\xa0", start, end), start - 1) + 1
        link = _LINK.search(text, last, end)
        if link is None:
            break
        start, end = trim_span(text, (start, link.start()))
    return start, end


def _breaks(attribution: Attribution, signed: Sequence[Span], said: Sequence[Span]) -> bool:
    """Say whether an attribution has words of a signature for its source or cue, a piece of content
    that lies partly in a post, or a whole post's words. signed, said: of all posts, in order.
    """
    parts = [s for part in (attribution.source, attribution.cue) if part for s in part.spans]
    if any(meets_any(signed, part) for part in parts):
        return True
    content = attribution.content
    start, end = _find_around(said, content.start)
    if content.start == start and end - LOOSE <= content.end <= end:
        return True
    return any(
        first < edge < last and not (first <= span[0] and span[1] <= last)
        for span in content.spans
        for edge in span
        for first, last in [_find_around(said, edge)]
    )


def _find_around(spans: Sequence[Span], place: int) -> Span:
    """Return the last of some spans that begins at or before a place; an empty one if none does."""
    at = bisect_right(spans, place, key=lambda span: span[0])
    return spans[at - 1] if at else (0, 0)
