"""Annotated articles as the encoder learns from them.

An attribution is learned from its *anchor*: the word of its cue that bears the meaning ("said" in
"has also said"). Of every anchor the model learns which words are its source, its cue and its
content; an attribution has one cue, so attributions that share a source, lie inside each other or
have a content in several pieces need no other treatment.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.parse.encoding import EncodedText, encode_text
from sayso.parse.pipeline import find_paragraphs
from sayso.parse.role_labels import CONTENT
from sayso.parse.word_pieces import WordPieces
from sayso.read.files import FindOptions, find_records
from sayso.read.reports import read_report
from sayso.records.report import Failure
from sayso.records.span import Span
from sayso.score.brat import load_brat
from sayso.settings import Settings

_SHA256 = re.compile(r'"([0-9a-f]{64})"')
MIN_CUE_COUNT = 40
MIN_ANCHOR_COUNT = 5
MIN_ANCHOR_SHARE = 0.4

_AUXILIARIES_LIST = """
    is are was were be been being am has have had having do does did will would can could may
    might shall should must to not never n t s ’ ' ve re ll also still even just already once
    often again later then now as
"""
_AUXILIARIES = frozenset(_AUXILIARIES_LIST.split())


@dataclass(frozen=True, slots=True)
class Example:
    """One attribution: its spans in the text, a list a role in the order of `role_labels.ROLES`.
    One without a content says only that its cue may be one.
    """

    spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated text. whole: what stands inside contents is annotated as well."""

    name: str
    text: str
    examples: tuple[Example, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article in pieces. anchors: word numbers; ranges: one list of (role, first, last) word
    ranges an anchor, `last` exclusive.
    """

    encoded: EncodedText
    anchors: tuple[int, ...]
    ranges: tuple[tuple[tuple[int, int, int], ...], ...]
    unsure: frozenset[int] = frozenset()


def load_articles(folder: Path) -> list[Article]:
    """Return the annotated texts of a brat folder, by name, of several annotators the first."""
    articles = []
    for report in load_brat(folder):
        text = report.text or ""
        examples = []
        for s in report.statements:
            spans = tuple(
                tuple(a for a in anchors if isinstance(a, tuple))
                for anchors in (s.source, s.cue, s.content)
            )
            if spans[1] and spans[2]:
                examples.append(Example((spans[0], spans[1], spans[2])))
        articles.append(Article(Path(report.path).stem, text, tuple(examples)))
    return articles


def load_unread(paths: Sequence[str], gold: Path) -> list[Article]:
    """Return reports as texts that nobody annotated, without those that gold is of.

    Raises NotFoundError for a path that is not there, UsageError for options that cannot be obeyed.
    """
    known = set(_SHA256.findall("".join(p.read_text("utf-8") for p in gold.glob("*.json"))))
    settings = Settings()
    return [
        Article(record.path, read_report(record, settings).text, ())
        for record in find_records(paths, FindOptions(settings))
        if not isinstance(record, Failure) and hashlib.sha256(record.data).hexdigest() not in known
    ]


def turn_swapped(articles: Sequence[Article]) -> list[Article]:
    """Return the articles with source and cue exchanged where an annotator took one for the other:
    words that are a cue many times, and a cue that never is one elsewhere.
    """
    cues = Counter(_join(a.text, e.spans[1]).lower() for a in articles for e in a.examples)

    def turn(article: Article, example: Example) -> Example:
        source, cue, content = example.spans
        says = cues[_join(article.text, source).lower()] if source else 0
        if says >= MIN_CUE_COUNT and cues[_join(article.text, cue).lower()] == 1:
            return Example((cue, source, content))
        return example

    return [replace(a, examples=tuple(turn(a, e) for e in a.examples)) for a in articles]


def _join(text: str, spans: Iterable[Span]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def count_anchor_words(lessons: Iterable[tuple[Article, Lesson]]) -> frozenset[str]:
    """Return the lower-case words that are anchors more often than not, outside all contents."""
    seen: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    for article, lesson in lessons:
        inside = _find_content_words(lesson)
        for word, (start, end) in enumerate(lesson.encoded.spans):
            if word not in inside:
                form = article.text[start:end].lower()
                seen[form] += 1
                anchors[form] += word in lesson.anchors
    return frozenset(
        form
        for form, count in anchors.items()
        if count >= MIN_ANCHOR_COUNT and count >= MIN_ANCHOR_SHARE * seen[form]
    )


def _find_content_words(lesson: Lesson) -> set[int]:
    return {
        word
        for ranges in lesson.ranges
        for role, first, last in ranges
        if role == CONTENT
        for word in range(first, last)
    }


def make_lesson(
    article: Article, spelling: WordPieces, anchor_words: frozenset[str] = frozenset()
) -> Lesson:
    """Return an article in pieces with what is to be learned of it.

    anchor_words: inside a content such a word is neither right nor wrong as an anchor, unless the
    article is annotated as a whole.
    """
    text = article.text
    encoded = encode_text(text, list(find_paragraphs(text, (0, len(text)))), spelling)
    starts = [start for start, _ in encoded.spans]
    ends = [end for _, end in encoded.spans]
    learned: dict[int, set[tuple[int, int, int]]] = {}
    possible: set[int] = set()
    for example in article.examples:
        if not example.spans[2]:
            possible.update(first for first, _ in _to_words(example.spans[1], starts, ends))
            continue
        ranges = set()
        for role, spans in enumerate(example.spans):
            for first, last in _to_words(spans, starts, ends):
                ranges.add((role, first, last))
        cue = [(first, last) for role, first, last in ranges if role == 1]
        if cue:
            anchor = find_anchor(text, encoded.spans, min(cue))
            learned.setdefault(anchor, set()).update(ranges)
    anchors = tuple(sorted(learned))
    possible.difference_update(anchors)
    ranges = tuple(tuple(sorted(learned[a])) for a in anchors)
    lesson = Lesson(encoded, anchors, ranges, frozenset(possible))
    if article.whole or not anchor_words:
        return lesson
    unsure = frozenset(
        word
        for word in _find_content_words(lesson).difference(anchors)
        if text[slice(*encoded.spans[word])].lower() in anchor_words
    ).union(possible)
    return replace(lesson, unsure=unsure)


def _to_words(
    spans: Iterable[Span], starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[int, int]]:
    found = []
    for start, end in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last:
            found.append((first, last))
    return found


def find_anchor(text: str, words: Sequence[Span], cue: tuple[int, int]) -> int:
    """Return the first word of a cue that is no auxiliary, negation or adverb; else its first."""
    for word in range(*cue):
        form = text[slice(*words[word])].lower()
        if form[0].isalnum() and form not in _AUXILIARIES and not form.endswith("ly"):
            return word
    return cue[0]
