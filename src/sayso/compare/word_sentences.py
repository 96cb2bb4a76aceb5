"""The sentences behind a count of wording: every place where the reports of a side have a word, by
the same rules by which it was counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from sayso.compare.word_groups import WordQuestion, check_question, choose_sides
from sayso.compare.word_reading import WordReader, find_run
from sayso.compare.word_use import WordRow
from sayso.errors import UsageError
from sayso.ledger.cited_spans import CITED_COLUMNS, Place, cite_places
from sayso.ledger.word_sides import Member, WordText, find_topic
from sayso.link.word_odds import Flags
from sayso.link.word_places import NO_WORD, PlacedWords, list_sentences, place_words
from sayso.records.span import Span

# Of one report, and of a sentence; a longer one is shown from before to behind the word.
MOST_PLACES = 50
SENTENCE_CHARS = 600
SIDES = ("first", "second")
WORD_COLUMNS = (
    *("word", "voice", "more_in", "first_reports", "first_of", "second_reports", "second_of"),
    *("first_outlets", "second_outlets", "log_odds", "distance", "p", "finding", "part_of"),
    *(column.name for column in CITED_COLUMNS if column.name != "voice"),
)
_NO_CITATION: dict[str, object] = {column.name: None for column in CITED_COLUMNS}


def list_places(
    connection: sqlite3.Connection, question: WordQuestion, word: str, side: str | None = None
) -> list[Place]:
    """Return where the reports of a side (None: of both) have a word or pair of words, in the voice
    that is asked for; by date, MOST_PLACES of one report.

    UsageError as `compare_wording`, and for a word that is none.
    """
    check_question(question)
    if side not in (*SIDES, None):
        raise UsageError(f"side {side!r}: it is one of {', '.join(SIDES)}")
    groups = choose_sides(connection, question)
    topic = None if question.around is None else find_topic(connection, question.around)
    reader = WordReader(connection, question, topic)
    chosen = [g for name, g in zip(SIDES, groups, strict=True) if side in (None, name)]
    wanted = {m.report_id for group in chosen for m in group.members}
    members = sorted((m for group in groups for m in group.members), key=lambda m: m.age)
    found = []
    for text, places in _find_places(reader, members, word):
        if text.report_id in wanted:
            found += list(_show(text, places[:MOST_PLACES]))
    return found


def cite_rows(
    connection: sqlite3.Connection,
    question: WordQuestion,
    rows: Sequence[WordRow],
    sizes: tuple[int, int],
) -> list[dict[str, object]]:
    """Return words as rows of WORD_COLUMNS, each with the first sentence that shows it. sizes: how
    many reports the groups have."""
    places = _find_examples(connection, question, rows)
    order = [n for n, one in enumerate(places) if one is not None]
    cited = dict(
        zip(order, cite_places(connection, [p for p in places if p is not None]), strict=True)
    )
    return [_make_row(row, sizes, cited.get(n, _NO_CITATION)) for n, row in enumerate(rows)]


def describe_rows(rows: Sequence[WordRow], sizes: tuple[int, int]) -> list[dict[str, object]]:
    """Return words as rows of WORD_COLUMNS without a sentence, as `cite_rows`."""
    return [_make_row(row, sizes, _NO_CITATION) for row in rows]


def _make_row(row: WordRow, sizes: tuple[int, int], cited: dict[str, object]) -> dict[str, object]:
    shown: dict[str, object] = {
        "word": row.word,
        "voice": row.voice,
        "more_in": row.side,
        "first_reports": row.first_reports,
        "first_of": sizes[0],
        "second_reports": row.second_reports,
        "second_of": sizes[1],
        "first_outlets": row.first_outlets,
        "second_outlets": row.second_outlets,
        "log_odds": row.log_odds,
        "distance": row.distance,
        "p": row.p,
        "finding": row.is_finding,
        "part_of": row.part_of,
    }
    return {name: shown[name] if name in shown else cited[name] for name in WORD_COLUMNS}


def _find_examples(
    connection: sqlite3.Connection, question: WordQuestion, rows: Sequence[WordRow]
) -> list[Place | None]:
    """Return a place of each word in the report that its row names.

    A report is read alone here: a line that an earlier report has too counts as its own.
    """
    topic = None if question.around is None else find_topic(connection, question.around)
    by_report: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        by_report.setdefault(row.example, []).append(n)
    found: list[Place | None] = [None] * len(rows)
    reader = WordReader(connection, question, topic)
    for report_id, numbers in by_report.items():
        for text, words, counts, quoted in reader.read([Member(report_id, None, None)]):
            for n in numbers:
                spoken = counts & (quoted == (rows[n].voice == "quoted"))
                at = _match(reader, words, spoken, quoted, rows[n].word)[:1]
                found[n] = next(_show(text, at), None)
    return found


def _find_places(
    reader: WordReader, members: Sequence[Member], word: str
) -> Iterator[tuple[WordText, list[Span]]]:
    sought = place_words(word, [(0, len(word))], reader.vocabulary).numbers
    if not 1 <= len(sought) <= 2 or NO_WORD in sought:
        raise UsageError(f"word {word!r}: give one word, or two that stand together")
    parts = [reader.vocabulary.words[number] for number in sought]
    for text, words, counts, quoted in reader.read(members, having=parts):
        places = _match(reader, words, counts, quoted, word)
        if places:
            yield text, places


def _match(
    reader: WordReader, words: PlacedWords, counts: Flags, quoted: Flags, word: str
) -> list[Span]:
    """Return where a word or pair stands, of the words that count."""
    sought = place_words(word, [(0, len(word))], reader.vocabulary).numbers
    at = find_run(words.numbers, sought)
    last = at + len(sought) - 1
    held = counts[at] & counts[last] & (quoted[at] == quoted[last])
    if len(sought) == 2:
        held &= words.joined[at]
    pairs = np.stack([words.starts[at[held]], words.ends[last[held]]], axis=1)
    return [(int(start), int(end)) for start, end in pairs]


def _show(text: WordText, places: Iterable[Span]) -> Iterator[Place]:
    """Yield places with the sentences around them."""
    chosen = list(places)
    if not chosen:
        return
    sentences = list_sentences(text.text, text.windows)
    starts = np.array([start for start, _ in sentences], np.int64)
    for span in chosen:
        at = int(np.searchsorted(starts, span[0], side="right")) - 1
        start, end = sentences[at]
        # A pair may go over the end of a sentence that is none.
        end = max(end, span[1])
        if end - start > SENTENCE_CHARS:
            start = max(start, span[0] - SENTENCE_CHARS // 2)
            end = min(end, max(span[1], start + SENTENCE_CHARS))
        yield text.report_id, span, (start, end), text.text[start:end]
