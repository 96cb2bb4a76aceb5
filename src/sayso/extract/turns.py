"""Turns of interviews and transcripts: paragraphs that begin with who speaks, “NAME: …”, “Q: …”.

One line of that form may be anything; several in a row of whom somebody speaks twice are a
conversation (“MARA TOVEL: …”, then “TOVEL: …”). What stands behind a label is said to the letter,
without quotation marks, up to the next one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.extract.contents import Placed
from sayso.extract.reading import Reading
from sayso.extract.relays import FOUND_BY
from sayso.records.span import Span, cut_fragments, trim_span
from sayso.records.statement import Attribution

CONFIDENCE = 0.9
# Turns that make a conversation; paragraphs between two of them, which go on with the first.
LEAST_TURNS, MAX_BETWEEN = 3, 4
MAX_LABEL, MAX_LABEL_WORDS = 80, 10
_NAMED = re.compile(rf"(?:[^\n:]|:(?=\S)){{1,{MAX_LABEL}}}(?=:(?:\s|$))")
_NUMBERED = re.compile(r"([A-Z]{1,11})(?: ?\d{1,3})?(?=[:.](?:\s|$))")
# What stands beside a name: "NAME (through interpreter)", "NAME, BYLINE", "[14:32] NAME".
_BESIDE = re.compile(r"\s*(?:\([^()\n]*\)|\[[^][\n]*\]|, (?:BYLINE|HOST|GUEST|ANCHOR))\s*")
# What happens meanwhile: "(Laughter.)", "[applause]".
_DIRECTION = re.compile(r"\((?:[A-Z][^()\n]{0,60})\)|\[[^][\n]{1,60}\]")
_PARTICLES = frozenset(
    ("of", "the", "for", "and", "in", "at", "de", "la", "al", "van", "von", "bin")
)


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that name nobody, of who asks and of who answers."""

    asks: frozenset[str]
    answers: frozenset[str]


@cache
def load_labels() -> Labels:
    """Return the labels that name nobody."""
    path = files("sayso.extract") / "data" / "turns.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Labels(frozenset(data["asks"]), frozenset(data["answers"]))


def names_nobody(attribution: Attribution) -> bool:
    """Say whether the source is a label of a turn that tells no more than that somebody asks or
    answers.
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.text not in (":", "."):
        return False
    labels = load_labels()
    return source.text in labels.asks | labels.answers


@dataclass(frozen=True, slots=True)
class _Turn:
    """Who is said to speak, the mark behind it, and the paragraphs of what is said."""

    label: Span
    name: str
    mark: int
    spans: tuple[Span, ...]


def find_turns(reading: Reading) -> Iterator[Placed]:
    """Yield the turns of a report's conversations, in order. Linear in the report."""
    text = reading.tree.annotation.text
    for run in _find_runs(reading):
        names = [turn.name.split()[-1].casefold() for turn in run]
        if len(run) < LEAST_TURNS or len(set(names)) == len(names) or len(set(names)) < 2:
            continue
        for turn in run:
            content = cut_fragments(text, list(_leave_directions(text, turn.spans)))
            if content is None or not any(map(str.isalpha, content.text)):
                continue
            source = cut_fragments(text, [turn.label])
            cue = cut_fragments(text, [(turn.mark, turn.mark + 1)])
            yield Attribution("direct", source, cue, content, CONFIDENCE, FOUND_BY), turn.mark


def _find_runs(reading: Reading) -> Iterator[list[_Turn]]:
    """Yield the turns that follow one another, with few paragraphs between."""
    tree, text = reading.tree, reading.tree.annotation.text
    run: list[_Turn] = []
    between: list[Span] = []
    for first, last in tree.annotation.paragraphs:
        if first >= last:
            continue
        span = tree.span(first, last - 1)
        label = _read_label(text, span)
        if label is None:
            between.append(span)
            continue
        if run and len(between) <= MAX_BETWEEN:
            run[-1] = _Turn(run[-1].label, run[-1].name, run[-1].mark, (*run[-1].spans, *between))
        elif run:
            yield run
            run = []
        between = []
        start, end, mark = label
        run.append(
            _Turn((start, end), text[start:end], mark, (trim_span(text, (mark + 1, span[1])),))
        )
    if run:
        yield run


def _read_label(text: str, paragraph: Span) -> tuple[int, int, int] | None:
    """Return where the name in a paragraph's label begins and ends, and the mark behind it."""
    start, end = paragraph
    labels = load_labels()
    plain = _NUMBERED.match(text, start, end)
    if plain is not None and plain[1] in labels.asks | labels.answers:
        return plain.start(1), plain.end(1), plain.end()
    named = _NAMED.match(text, start, end)
    if named is None:
        return None
    kept = [s for s in _split_beside(text, named.span()) if s[0] < s[1]]
    if len(kept) != 1 or not _is_name(text[slice(*kept[0])]):
        return None
    return *kept[0], named.end()


def _split_beside(text: str, label: Span) -> Iterator[Span]:
    """Yield the parts of a label that stand outside what is beside the name."""
    at = label[0]
    for beside in _BESIDE.finditer(text, *label):
        yield trim_span(text, (at, beside.start()))
        at = beside.end()
    yield trim_span(text, (at, label[1]))


def _is_name(label: str) -> bool:
    """Say whether a label can be somebody's name: a few words with capitals, no sentence."""
    words = label.split()
    if not 0 < len(words) <= MAX_LABEL_WORDS or not label[0].isupper():
        return False
    return all(w[0].isupper() or w.lower() in _PARTICLES or not w[0].isalnum() for w in words)


def _leave_directions(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans without what happens meanwhile."""
    for start, end in spans:
        at = start
        for direction in _DIRECTION.finditer(text, start, end):
            if text[max(at, direction.start() - 1) : direction.start()].strip():
                continue  # "f(X)"
            yield trim_span(text, (at, direction.start()))
            at = direction.end()
        yield trim_span(text, (at, end))
