"""Copies made of real reports by five kinds of edits, with the characters that were copied.

Nothing of a report is kept: the same texts, seed and kinds give the same copies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.records.span import Span

KINDS = ("half kept", "10 % edited", "30 % edited", "three sentences", "reordered")
# Shorter paragraphs are moved with the one before: twelve words are the least that is looked for.
_LEAST_WORDS = 20
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the text `number`: passages as (characters there, characters of the copy)."""

    number: int
    kind: str
    text: str
    passages: tuple[tuple[Span, Span], ...]


def make_copies(texts: Sequence[str], count: int, seed: int) -> list[Copy]:
    """Return `count` copies of each kind; which texts, and which hosts, are drawn by seed."""
    draw = random.Random(seed)
    makers: dict[str, Callable[[str, str], tuple[str, list[tuple[Span, Span]]]]] = {
        "half kept": lambda text, host: _paste(draw, text, host, half=True),
        "10 % edited": lambda text, host: _edit(draw, text, host, 0.1),
        "30 % edited": lambda text, host: _edit(draw, text, host, 0.3),
        "three sentences": lambda text, host: _paste(draw, text, host, half=False),
        "reordered": lambda text, _: _reorder(draw, text),
    }
    copies = []
    for kind in KINDS:
        for number in draw.sample(range(len(texts)), len(texts)):
            host = texts[draw.choice([n for n in range(len(texts)) if n != number])]
            made, passages = makers[kind](texts[number], host)
            if passages:
                copies.append(Copy(number, kind, made, tuple(passages)))
            if sum(copy.kind == kind for copy in copies) == count:
                break
    return copies


def _list_sentences(text: str) -> list[Span]:
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return list(zip(starts, [*ends, len(text.rstrip())], strict=True))


def _paste(
    draw: random.Random, text: str, host: str, *, half: bool
) -> tuple[str, list[tuple[Span, Span]]]:
    """Put half of the sentences, in one piece, or three of them into the middle of another text."""
    sentences = _list_sentences(text)
    count = len(sentences) // 2 if half else 3
    if len(sentences) < max(count, 3):
        return "", []
    first = draw.randrange(len(sentences) - count + 1)
    start, end = sentences[first][0], sentences[first + count - 1][1]
    if len(text[start:end].split()) < _LEAST_WORDS:
        return "", []
    places = [begin for begin, _ in _list_sentences(host)]
    place = draw.choice(places)
    made = f"{host[:place]}{text[start:end]} {host[place:]}"
    return made, [((start, end), (place, place + end - start))]


def _edit(
    draw: random.Random, text: str, host: str, share: float
) -> tuple[str, list[tuple[Span, Span]]]:
    """Replace (three in five), leave out or add words."""
    others = host.split()
    pieces = []
    for piece in re.split(r"(\s+)", text.strip()):
        if not piece or piece.isspace() or draw.random() >= share:
            pieces.append(piece)
            continue
        way = draw.random()
        word = draw.choice(others)
        pieces.append(word if way < 0.6 else "" if way < 0.8 else f"{piece} {word}")
    made = "".join(pieces)
    start = len(text) - len(text.lstrip())
    return made, [((start, len(text.rstrip())), (0, len(made)))]


def _reorder(draw: random.Random, text: str) -> tuple[str, list[tuple[Span, Span]]]:
    """Put the paragraphs into another order."""
    blocks: list[Span] = []
    for match in re.finditer(r"[^\n]+", text):
        if not match.group().strip():
            continue
        if blocks and len(text[blocks[-1][0] : blocks[-1][1]].split()) < _LEAST_WORDS:
            blocks[-1] = (blocks[-1][0], match.end())
        else:
            blocks.append(match.span())
    if len(blocks) < 3 or len(text[blocks[-1][0] : blocks[-1][1]].split()) < _LEAST_WORDS:
        return "", []
    order = list(range(len(blocks)))
    draw.shuffle(order)
    made = ""
    passages: list[tuple[Span, Span]] = []
    for number in order:
        start, end = blocks[number]
        before = passages[-1] if passages else None
        passages.append(((start, end), (len(made), len(made) + end - start)))
        if before is not None and number and blocks[number - 1][1] == before[0][1]:
            # Still behind the one it stood behind: one passage.
            passages[-2:] = [((before[0][0], end), (before[1][0], passages[-1][1][1]))]
        made += text[start:end] + "\n"
    return made, passages
