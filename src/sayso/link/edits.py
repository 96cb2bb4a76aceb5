"""What was changed between two passages that are copies of one another: word by word.

Passages are aligned a window at a time, so that two long ones cost time in their length, not in its
square.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from sayso.link.words import split_words
from sayso.records.span import Span

_WINDOW = 1_000


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that differ, as characters of either text; none where words were put in or left out."""

    one: Span | None
    other: Span | None


def find_edits(one: str, one_span: Span, other: str, other_span: Span) -> tuple[list[Edit], int]:
    """Return what differs between two spans of two texts, in order, and how many words do not.

    Capitals and punctuation make no difference.
    """
    first, second = split_words(one, one_span), split_words(other, other_span)
    ours, theirs = ([word.casefold() for word in text.words] for text in (first, second))
    edits: list[Edit] = []
    alike = 0
    at = (0, 0)
    ends = len(first.words), len(second.words)
    for block in [*align_words(ours, theirs), (ends[0], ends[1], 0)]:
        if block[0] > at[0] or block[1] > at[1]:
            edits.append(
                Edit(
                    first.get_span(at[0], block[0]) if block[0] > at[0] else None,
                    second.get_span(at[1], block[1]) if block[1] > at[1] else None,
                )
            )
        alike += block[2]
        at = (block[0] + block[2], block[1] + block[2])
    return edits, alike


def align_words(
    one: Sequence[Hashable], other: Sequence[Hashable]
) -> Iterator[tuple[int, int, int]]:
    """Yield (place in one, place in other, number) of words that agree, in order."""
    start, begin = 0, 0
    while start < len(one) and begin < len(other):
        window = one[start : start + _WINDOW], other[begin : begin + _WINDOW]
        is_last = start + _WINDOW >= len(one) and begin + _WINDOW >= len(other)
        blocks = [
            (step.src_start, step.dest_start, step.src_end - step.src_start)
            for step in Levenshtein.opcodes(*window)
            if step.tag == "equal"
        ]
        if not is_last and len(blocks) > 1:
            # The end of one window may not belong to that of the other: looked at once more.
            blocks = blocks[: max(1, len(blocks) // 2)]
        yield from ((start + first, begin + second, count) for first, second, count in blocks)
        if is_last or not blocks:
            step = (len(window[0]), len(window[1]))
        else:
            first, second, count = blocks[-1]
            step = (first + count, second + count)
        start, begin = start + step[0], begin + step[1]
