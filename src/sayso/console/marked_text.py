"""A report's text with what was found in it marked: by colour on a terminal, and always by signs.

Contents of statements stand in numbered brackets, `[1 “We will wait,”]`; the numbers are those of
the list below the text. Sources, cues and figures are bold, italic and underlined, each in its own
colour, so that nothing hangs on colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from sayso.records.findings import Findings
from sayso.records.span import Span
from sayso.safe_text import neutralise

STYLES = {
    "source": "bold cyan",
    "cue": "italic yellow",
    "content": "green",
    "figure": "underline magenta",
    "bracket": "dim",
}
# Later ones are laid over earlier ones: a figure inside a content keeps the underline and its
# colour.
_ORDER = ("content", "cue", "source", "figure")


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    layer: str
    number: int = 0  # of the statement, for contents


def mark_text(findings: Findings, span: Span) -> Iterator[Text]:
    """Yield the lines of `span` of the report's text, marked; control characters are made visible.

    One pass over marks and text: linear in both, whatever the number of statements.
    """
    text = findings.report.text
    marks = [m for m in _list_marks(findings) if span[0] <= m.span[0] and m.span[1] <= span[1]]
    starts = sorted(marks, key=lambda m: (m.span[0], -m.span[1], m.number))
    ends = sorted(marks, key=lambda m: (m.span[1], -m.span[0], -m.number))
    active: Counter[str] = Counter()
    line, at, s, e = Text(), span[0], 0, 0
    while at < span[1] or e < len(ends):
        while e < len(ends) and ends[e].span[1] <= at:
            active[ends[e].layer] -= 1
            if ends[e].layer == "content":
                line.append("]", STYLES["bracket"])
            e += 1
        while s < len(starts) and starts[s].span[0] <= at:
            active[starts[s].layer] += 1
            if starts[s].layer == "content":
                line.append(f"[{starts[s].number} ", STYLES["bracket"])
            s += 1
        stop = min(
            starts[s].span[0] if s < len(starts) else span[1],
            ends[e].span[1] if e < len(ends) else span[1],
            span[1],
        )
        style = " ".join(STYLES[layer] for layer in _ORDER if active[layer] > 0)
        first, *others = text[at:stop].split("\n")
        line.append(neutralise(first.replace("\t", " ")), style or None)
        for other in others:
            yield line
            line = Text()
            line.append(neutralise(other.replace("\t", " ")), style or None)
        at = stop
    yield line


def _list_marks(findings: Findings) -> Iterator[_Mark]:
    for number, statement in enumerate(findings.statements, 1):
        for layer, fragments in (
            ("content", statement.content),
            ("cue", statement.cue),
            ("source", statement.source),
        ):
            for span in fragments.spans if fragments is not None else ():
                yield _Mark(span, layer, number)
    for figure in findings.figures:
        yield _Mark(figure.span, "figure")
