"""Posts that a report sets out whole, signed behind a dash: “… — NAME (@name) June 20, 2031”.

Their words are the writer's to the letter, without quotation marks. What such a line holds is told
by its form, so it is found by rule, whatever a tagger makes of it. Paragraphs that stand before it,
parted from it by more empty lines than the report parts its own with, are the post's as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sayso.extract.reading import RULES, Placed, Reading
from sayso.records.span import Span, cut_fragments, trim_span
from sayso.records.statement import Attribution

CONFIDENCE = 0.9
# Addresses behind a post's words.
MAX_LINKS = 8
# Paragraphs of a post before the signed one; line ends between two of any report.
MAX_BEFORE, MIN_GAP = 6, 2
_SIGNED = re.compile(
    r"(—|–|--?)[ \t]?([^\s—–()][^\n—–()]{0,59}[ \t]\(@\w{1,30}\))"
    r"(:?[ \t]+[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})?"
)
# What pages put before a post for those who hear them read.
_SKIP = re.compile(r"Skip \w{1,20} post(?: \d{1,2})? by @\w{1,30}\s")
_LINK = re.compile(r"https?://|pic\.twitter\.com/")


def find_posts(reading: Reading) -> Iterator[Placed]:
    """Yield the posts of a report, in order. Linear in the report."""
    tree, text = reading.tree, reading.tree.annotation.text
    spans = [tree.span(a, b - 1) for a, b in tree.annotation.paragraphs if a < b]
    gaps = [text.count("\n", a[1], b[0]) for a, b in pairwise(spans)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else 0
    for at, (begin, end) in enumerate(spans):
        start, first = begin, at
        for found in _SIGNED.finditer(text, start, end):
            if found[3] is None and text[found.end() : end].strip():
                continue
            skip = _SKIP.match(text, start)
            words = _leave_links(text, (skip.end() if skip else start, found.start()))
            before: list[Span] = []
            while start == begin and first > 0 and at - first < MAX_BEFORE:
                signed = _SIGNED.search(text, *spans[first - 1])
                if signed is not None or gaps[first - 1] <= max(usual, MIN_GAP):
                    break
                first -= 1
                before.insert(0, _leave_links(text, spans[first]))
            content = cut_fragments(text, [s for s in (*before, words) if s[0] < s[1]])
            start = found.end()
            if content is None or not any(map(str.isalpha, content.text)):
                continue
            source, cue = (cut_fragments(text, [found.span(i)]) for i in (2, 1))
            yield Attribution("direct", source, cue, content, CONFIDENCE, RULES), found.start()


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
