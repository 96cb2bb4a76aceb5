"""Voice: in whose words a span stands — the innermost statement whose content covers it, else
the outlet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.records.span import Span, covers
from sayso.records.statement import Statement

# Of the contents that lie over a point, the shortest are kept; the others hold them, and are found
# as their parents.
MAX_LAYERS = 4


class Voices:
    """The voice of any span of one report; built once, asked for many spans.

    The contents are painted over the points where one begins or ends, the longest first, so that
    the shortest lies on top: each question costs a bisection, and one step a statement that holds
    the next.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_id = {s.statement_id: s for s in statements}
        # Whoever is cited has the content of the one who cites: of two as long the child is on top.
        depths = {s.statement_id: self._count_above(s) for s in statements}
        fragments = sorted(
            ((end - start, start, end, s) for s in statements for start, end in s.content.spans),
            key=lambda f: (-f[0], f[1], depths[f[3].statement_id], f[3].statement_id),
        )
        self._points = sorted({p for _, start, end, _ in fragments for p in (start, end)})
        self._painted: list[tuple[Statement, ...]] = [()] * len(self._points)
        place = {point: i for i, point in enumerate(self._points)}
        for _, start, end, statement in fragments:
            for i in range(place[start], place[end]):
                self._painted[i] = (statement, *self._painted[i][: MAX_LAYERS - 1])

    def _count_above(self, statement: Statement) -> int:
        """Return how many statements hold this one, no more than can tell two apart."""
        above = 0
        parent = self._by_id.get(statement.parent_id or "")
        while parent is not None and above < MAX_LAYERS:
            above += 1
            parent = self._by_id.get(parent.parent_id or "")
        return above

    def find(self, span: Span) -> Statement | None:
        """Return the innermost statement whose content covers every character of `span`, else
        None.
        """
        return next(self._climb(span), None)

    def chain(self, span: Span) -> tuple[Statement, ...]:
        """Return the statements that `span` stands in, the outermost first; none where the outlet
        itself speaks.

        The last is what `find` gives, and before each stands its parent, where that covers the
        span too.
        """
        return tuple(self._climb(span))[::-1]

    def _climb(self, span: Span) -> Iterator[Statement]:
        """Yield the statements whose contents cover `span`, the innermost first."""
        at = bisect_right(self._points, span[0]) - 1
        layers = self._painted[at] if at >= 0 else ()
        top = layers[0] if layers else None
        statement = next((s for s in layers if covers(s.content.spans, span)), top)
        seen: set[str] = set()
        while statement is not None and statement.statement_id not in seen:
            seen.add(statement.statement_id)
            if covers(statement.content.spans, span):
                yield statement
            statement = self._by_id.get(statement.parent_id or "")
