"""What a report sets out as somebody's words to the letter, told by its form: posts and turns.

It is found by rule, whatever a tagger makes of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.extract.posts import find_posts
from sayso.extract.reading import Placed, Reading
from sayso.extract.tagged import meets_any
from sayso.extract.turns import find_turns
from sayso.records.span import Span
from sayso.records.statement import Attribution

# Characters that the end of a whole post's words may lack: ".”".
LOOSE = 2


class SetOut:
    """The posts and turns of a report, in `placed`. Linear in the report but for sorting."""

    def __init__(self, reading: Reading) -> None:
        turns = list(find_turns(reading))
        labels = [s for a, _ in turns if a.source is not None for s in a.source.spans]
        posts = [
            (post, at)
            for post, at in find_posts(reading)
            if not any(meets_any(labels, span) for span in post.content.spans)
        ]
        self.placed: list[Placed] = [*posts, *turns]
        self._named = sorted(
            span
            for attribution, _ in self.placed
            for part in (attribution.source, attribution.cue)
            if part is not None
            for span in part.spans
        )
        self._said = sorted(span for a, _ in self.placed for span in a.content.spans)

    def breaks(self, attribution: Attribution) -> bool:
        """Say whether something else was made of what is set out: an attribution has words of a
        signature or label for its source or cue, a piece of content that lies partly in a post or
        turn, or the whole of one ("She wrote: …", which the signature tells better).
        """
        parts = [s for part in (attribution.source, attribution.cue) if part for s in part.spans]
        if any(meets_any(self._named, part) for part in parts):
            return True
        content = attribution.content
        start, end = _find_around(self._said, content.start)
        if content.start == start and end - LOOSE <= content.end <= end:
            return True
        return any(
            first < edge < last and not (first <= span[0] and span[1] <= last)
            for span in content.spans
            for edge in span
            for first, last in [_find_around(self._said, edge)]
        )


def _find_around(spans: Sequence[Span], place: int) -> Span:
    """Return the last of some spans that begins at or before a place; an empty one if none does."""
    at = bisect_right(spans, place, key=lambda span: span[0])
    return spans[at - 1] if at else (0, 0)
