"""Voice: in whose words a span stands — the innermost statement whose content covers it, else
the outlet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.records.span import Span, covers
from sayso.records.statement import Statement


class Voices:
    """The voice of any span of one report; built once, asked for many spans.

    The contents are painted over the points where one begins or ends, the longest first, so that
    the shortest lies on top: each question costs a bisection.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        fragments = sorted(
            ((end - start, start, end, s) for s in statements for start, end in s.content.spans),
            key=lambda f: (-f[0], f[1], f[3].statement_id),
        )
        self._points = sorted({p for _, start, end, _ in fragments for p in (start, end)})
        self._painted: list[Statement | None] = [None] * len(self._points)
        place = {point: i for i, point in enumerate(self._points)}
        for _, start, end, statement in fragments:
            for i in range(place[start], place[end]):
                self._painted[i] = statement
        self._parents = {s.statement_id: s for s in statements}

    def find(self, span: Span) -> Statement | None:
        """Return the innermost statement whose content covers every character of `span`, else
        None.
        """
        at = bisect_right(self._points, span[0]) - 1
        statement = self._painted[at] if at >= 0 else None
        while statement is not None and not covers(statement.content.spans, span):
            statement = self._parents.get(statement.parent_id or "")
        return statement
