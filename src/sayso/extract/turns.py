"""Turns of interviews and transcripts: paragraphs that begin with who speaks, “NAME: …”, “Q: …”.

One line of that form may be anything; several in a row of whom somebody speaks twice are a
conversation (“MARA TOVEL: …”, then “TOVEL: …”). What stands behind a label is said to the letter,
without quotation marks, to the end of its paragraph or, in a transcript, up to the next one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from sayso.extract.reading import RULES, Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree
from sayso.given_names import load_given_names
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
_ENDS = ".!?…:—–-”\"'’»)]"
# What tells that somebody speaks of themselves.
_OF_ONESELF = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Mm]yself)\b")
MAX_GAP = 4
_PROPER = frozenset(("NNP", "NNPS", "IN", "CC", "DT", "HYPH", ",", "."))
_PARTICLES = frozenset(
    ("of", "the", "for", "and", "in", "at", "de", "la", "al", "van", "von", "bin")
)


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that name nobody, of who asks and of who answers; words of labels that are no names,
    in lower case.
    """

    asks: frozenset[str]
    answers: frozenset[str]
    things: frozenset[str]

    def name_nobody(self, label: str) -> bool:
        """Say whether a label tells no more than that somebody asks or answers."""
        return label in self.asks or label in self.answers


@cache
def load_labels() -> Labels:
    """Return the labels that name nobody."""
    path = files("sayso.extract") / "data" / "turns.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Labels(*(frozenset(data[name]) for name in ("asks", "answers", "things")))


def names_nobody(attribution: Attribution) -> bool:
    """Say whether the source is a label of a turn that tells no more than that somebody asks or
    answers.
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.text not in (":", "."):
        return False
    return load_labels().name_nobody(source.text.upper())


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
        if not _is_conversation(text, run):
            continue
        for turn in run:
            content = cut_fragments(text, list(_leave_directions(text, turn.spans)))
            if content is None or not any(map(str.isalpha, content.text)):
                continue
            source = cut_fragments(text, [turn.label])
            cue = cut_fragments(text, [(turn.mark, turn.mark + 1)])
            yield Attribution("direct", source, cue, content, CONFIDENCE, RULES), turn.mark


def _is_conversation(text: str, run: Sequence[_Turn]) -> bool:
    """Say whether turns are of two or more, one of whom speaks twice; and of some with a name, or
    somebody answers of themselves, which a page's own questions and answers do not.
    """
    full = {turn.name.casefold() for turn in run}
    last = {name.split()[-1] for name in full if " " in name}
    speakers = [name for name in full if name not in last]
    if len(run) < LEAST_TURNS or len(run) == len(speakers) or len(full) < 2:
        return False
    labels = load_labels()
    if any(not labels.name_nobody(turn.name.upper()) for turn in run):
        return True
    answers = (turn for turn in run if turn.name.upper() in labels.answers)
    return any(_OF_ONESELF.search(text, *span) for turn in answers for span in turn.spans)


def _find_runs(reading: Reading) -> Iterator[list[_Turn]]:
    """Yield the turns that follow one another, with few paragraphs between. Those go on with a turn
    where a transcript has its labels in capitals; elsewhere they can be the writer's.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    people = _list_people(tree)
    run: list[_Turn] = []
    between: list[Span] = []
    for first, last in tree.annotation.paragraphs:
        if first >= last:
            continue
        span = tree.span(first, last - 1)
        label = _read_label(tree, span, people)
        if label is None:
            between.append(span)
            continue
        if run and len(between) <= MAX_BETWEEN:
            if run[-1].name.isupper() and text[slice(*label[:2])].isupper():
                more = [s for s in between if text[s[1] - 1] in _ENDS]
                run[-1] = replace(run[-1], spans=(*run[-1].spans, *more))
        elif run:
            yield run
            run = []
        between = []
        start, end, mark = label
        said = trim_span(text, (mark + 1, span[1]))
        run.append(_Turn((start, end), text[start:end], mark, (said,)))
    if run:
        yield run


def _list_people(tree: Tree) -> frozenset[str]:
    """Return the last words of the names of people in a report."""
    names = (name for name in tree.annotation.names if name.type == "PERSON")
    return frozenset(tree.tokens[name.last - 1].text.casefold() for name in names)


def _read_label(
    tree: Tree, paragraph: Span, people: Collection[str]
) -> tuple[int, int, int] | None:
    """Return where the name in a paragraph's label begins and ends, and the mark behind it."""
    text, (start, end) = tree.annotation.text, paragraph
    plain = _NUMBERED.match(text, start, end)
    if plain is not None and load_labels().name_nobody(plain[1]):
        return plain.start(1), plain.end(1), plain.end()
    named = _NAMED.match(text, start, end)
    if named is None:
        return None
    kept = [s for s in _split_beside(text, named.span()) if s[0] < s[1]]
    if len(kept) != 1 or not _is_somebody(tree, kept[0], people):
        return None
    return *kept[0], named.end()


def _is_somebody(tree: Tree, span: Span, people: Collection[str]) -> bool:
    """Say whether a label names or calls somebody: "MR. NAME", a name, "UNIDENTIFIED WOMAN"."""
    label = tree.annotation.text[slice(*span)]
    words = [w for w in label.split() if w[0] != "#"]
    if not 0 < len(words) <= MAX_LABEL_WORDS or not label[0].isupper():
        return False
    if not all(w[0].isupper() or w.lower() in _PARTICLES or not w[0].isalnum() for w in words):
        return False
    roles, labels, low = (
        load_role_words(),
        load_labels(),
        [w.casefold().rstrip(".,") for w in words],
    )
    if label.upper() in labels.asks:
        return True
    if not labels.things.isdisjoint(low) or not roles.organisations.isdisjoint(low):
        return False
    called = low[-1] in roles.nouns | roles.people and low[-1] not in people
    titled = len(words) > 1 and (low[0] in roles.titles or low[0] in load_given_names().groups)
    if called and not titled:
        return label.isupper()
    proper = all(tree.tokens[i].tag in _PROPER for i in tree.tokens_in(span))
    return titled or proper or low[-1] in people


def _split_beside(text: str, label: Span) -> Iterator[Span]:
    """Yield the parts of a label that stand outside what is beside the name."""
    at = label[0]
    for beside in _BESIDE.finditer(text, *label):
        yield trim_span(text, (at, beside.start()))
        at = beside.end()
    yield trim_span(text, (at, label[1]))


def _leave_directions(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans without what happens meanwhile, which stands between sentences."""
    for start, end in spans:
        at = start
        for direction in _DIRECTION.finditer(text, start, end):
            before = text[at : direction.start()].rstrip()[-1:]
            behind = text[direction.end() : direction.end() + MAX_GAP].lstrip()[:1]
            if (before and before not in _ENDS) or behind.islower():
                continue  # "told [him] to leave"
            yield trim_span(text, (at, direction.start()))
            at = direction.end()
        yield trim_span(text, (at, end))
