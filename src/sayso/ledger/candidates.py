"""Statements and assertions of a ledger that share telling words with a sentence, the most telling
first: what may say the same.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from sayso.errors import UsageError
from sayso.ledger.filters import (
    Filters,
    make_parameters,
    narrow_assertions,
    narrow_statements,
)
from sayso.ledger.queries import CITATION, CITED, PRINTED, run_query
from sayso.ledger.result import Column, Rows

# Of statements, and as many of assertions. Of 800 posts, the claim that each repeats was among the
# first 200 of 10,375 for .969, among 100 for .956 (CLEF CheckThat! 2020).
MOST = 200
MAX_WORDS = 60
_WORD = re.compile(r"[^\W_]+")
# Endings that tell no word from another; the rest of a word is looked for as a beginning.
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|s)\Z")
# Too frequent to nominate by.
_FREQUENT = re.compile(
    "an?|and|are|as|at|be|been|but|by|for|from|had|has|have|he|her|his|i|in|is|its?|more|not|of|on|or"
    "|our|she|that|the|their|them|they|this|to|was|we|were|which|who|will|with|would|you"
)

# What a statement or an assertion is shown with, beside its citation.
RECORD_COLUMNS = (
    Column("id", "text"),
    Column("voice", "text"),
    Column("speaker", "text"),
    Column("stance", "text"),
    Column("negated", "flag"),
    Column("spans", "spans"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)
CANDIDATE_COLUMNS = (*CITATION, *RECORD_COLUMNS, Column("rank", "real"))
_OF_STATEMENT = f"""{CITED}, s.start, s.end, s.content_text, s.statement_id, 'quoted',
      s.speaker_name, s.stance, s.negated, s.content_spans, {PRINTED}"""
_OF_ASSERTION = f"""{CITED}, a.start, a.end, a.text, a.assertion_id, 'own',
      NULL, NULL, NULL, json_array(json_array(a.start, a.end)), {PRINTED}"""
_STATEMENTS = f"""
    SELECT {_OF_STATEMENT}, bm25(statement_search) AS rank
    FROM statement_search
      JOIN statement s ON s.statement_no = statement_search.rowid
      JOIN report r ON r.report_id = s.report_id
    WHERE statement_search MATCH :words AND {{where}}
    ORDER BY rank LIMIT :most
"""
_ASSERTIONS = f"""
    SELECT {_OF_ASSERTION}, bm25(assertion_search) AS rank
    FROM assertion_search
      JOIN assertion a ON a.assertion_no = assertion_search.rowid
      JOIN report r ON r.report_id = a.report_id
    WHERE assertion_search MATCH :words AND {{where}}
    ORDER BY rank LIMIT :most
"""
_STATEMENT = f"""
    SELECT {_OF_STATEMENT}, 0.0
    FROM statement s JOIN report r ON r.report_id = s.report_id WHERE s.statement_id = ?
"""
_ASSERTION = f"""
    SELECT {_OF_ASSERTION}, 0.0
    FROM assertion a JOIN report r ON r.report_id = a.report_id WHERE a.assertion_id = ?
"""


def nominate(connection: sqlite3.Connection, text: str, filters: Filters, most: int = MOST) -> Rows:
    """Return the statements and assertions that share telling words with `text`: `most` of each at
    most, each kind by its rank (BM25, lower is better).

    voice narrows to one of the two: own to assertions, quoted to statements. Raises UsageError for
    a text without words.
    """
    words = list_words(text)
    if not words:
        raise UsageError("claims: no word to look for")
    parameters = make_parameters(connection, filters) | {
        "words": " OR ".join(words),
        "most": most,
    }
    found: list[Sequence[object]] = []
    voice, parameters["voice"] = parameters["voice"], None
    if voice != "own":
        statement = _STATEMENTS.format(where=narrow_statements(parameters))
        found += run_query(connection, statement, parameters)
    if voice != "quoted" and not _asks_for_speakers(parameters):
        statement = _ASSERTIONS.format(where=narrow_assertions(parameters))
        found += run_query(connection, statement, parameters)
    return Rows(CANDIDATE_COLUMNS, found)


def get_candidate(connection: sqlite3.Connection, record_id: str) -> dict[str, object] | None:
    """Return the row of a statement or an assertion, as `nominate` has it, None without one."""
    for question in (_STATEMENT, _ASSERTION):
        rows = Rows(CANDIDATE_COLUMNS, run_query(connection, question, (record_id,)))
        for row in rows:
            return row
    return None


def list_words(text: str) -> list[str]:
    """Return the telling words of a text as terms of a full-text search, each as a beginning where
    an ending was taken off."""
    terms: dict[str, None] = {}
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if _FREQUENT.fullmatch(word) or len(word) > 40:
            continue
        stem = _ENDING.sub("", word)
        terms[f'"{stem}" *' if stem != word else f'"{word}"'] = None
        if len(terms) == MAX_WORDS:
            break
    return list(terms)


def _asks_for_speakers(parameters: dict[str, object]) -> bool:
    return any(parameters.get(name) is not None for name in ("speaker", "names", "kind", "stance"))
