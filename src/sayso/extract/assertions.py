"""Assertions: the sentences and clauses in which the outlet itself states something.

A sentence of title or body states something if it ends like a sentence (a title need not), is no
question, and has a main clause with a subject and a finite verb. Then:

1. no word of it belongs to a statement: the sentence is the assertion, without its dateline;
2. some words do: each clause with a subject and a finite verb of its own that no statement's cue or
   content holds is one, as far as its words stand in one piece once the clauses that do belong to
   statements are taken away (`sayso.extract.own_clauses`);
3. a sentence with quoted words that no statement explains, a verb among them, is none: they are
   somebody's, nobody knows whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.cues import load_cues
from sayso.extract.ground import Ground, lay_ground
from sayso.extract.own_clauses import Piece, find_own_clauses, list_heads, reports, states
from sayso.records.annotation import Annotation
from sayso.records.assertion import Assertion
from sayso.records.ids import make_id
from sayso.records.statement import Statement

MAX_DATELINE_TOKENS = 14
# "Hide caption 6 of 55 photos": what stands beside it is the caption of one picture of a row.
_GALLERY = re.compile(r"\d+ of \d+ (photos?|images?|pictures?|slides?)\b", re.IGNORECASE)
_ENDS = frozenset((".", "!", "…", "..."))
_CLOSING = frozenset("\"'”’»)]")
_OPENING = frozenset(("'", "‘", "’", "“", "”", '"', "``", "''", "«", "»", "„"))
_DASHES = frozenset(("–", "—", "-", "--"))
_PLACE_TAGS = frozenset(("NNP", "NNPS", "CD", ",", ".", "-LRB-", "-RRB-", "IN", "HYPH"))


def find_assertions(
    annotation: Annotation, report_id: str, text_sha256: str, statements: Sequence[Statement]
) -> tuple[Assertion, ...]:
    """Return what the outlet states in its own voice, in the order of the text; spans are disjoint.

    statements: those of the report, with all their spans. Linear in the length of the report.
    """
    ground = lay_ground(annotation, statements, load_cues())
    found = []
    for first, stop in annotation.sentences:
        for start, end in _find_in_sentence(ground, first, stop):
            span = ground.tree.span(start, end - 1)
            words = annotation.text[span[0] : span[1]]
            key = make_id("a", report_id, text_sha256, span)
            found.append(Assertion(key, report_id, span, words))
    return tuple(found)


def _find_in_sentence(ground: Ground, first: int, stop: int) -> Iterator[Piece]:
    if not _ends_well(ground, first, stop) or _opens_quotation(ground, first, stop):
        return
    span = ground.tree.span(first, stop - 1)
    if _GALLERY.search(ground.tree.annotation.text, *span):
        return
    heads = [i for i in list_heads(ground.tree, first, stop) if states(ground, i)]
    if not heads:
        return
    if ground.count_claimed(first, stop):
        for start, end in find_own_clauses(ground, first, stop):
            yield (_skip_dateline(ground, start, end) if start == first else start), end
    elif not ground.count_quoted_verbs(first, stop) and not any(reports(ground, i) for i in heads):
        yield _skip_dateline(ground, first, stop), stop


def _ends_well(ground: Ground, first: int, stop: int) -> bool:
    tokens = ground.tree.tokens
    last = stop - 1
    while last > first and tokens[last].text in _CLOSING:
        last -= 1
    text = tokens[last].text
    if text in _ENDS or text[-1:] == "." or (text[-1:] in _CLOSING and text[-2:-1] in _ENDS):
        return True
    title = ground.tree.annotation.title
    return title[0] <= first < title[1] and text[-1:] != "?"


def _opens_quotation(ground: Ground, first: int, stop: int) -> bool:
    """Say whether a sentence begins with a quotation mark that nothing closes, or a bracket."""
    words = [t.text for t in ground.tree.tokens[first:stop]]
    return words[0] == "[" or (words[0] in _OPENING and _OPENING.isdisjoint(words[1:]))


def _skip_dateline(ground: Ground, first: int, stop: int) -> int:
    """Return the first token after "PORT HELDER (Wire) —" or "(Wire)" at the head of a
    paragraph."""
    tree = ground.tree
    tokens = tree.tokens
    if first and tree.paragraph[first - 1] == tree.paragraph[first]:
        return first
    near = range(first, min(stop - 1, first + MAX_DATELINE_TOKENS))
    dash = next((i for i in near if tokens[i].text in _DASHES and _stands_free(ground, i)), None)
    end = dash
    if end is None and tokens[first].text == "(":
        end = next((i for i in near if tokens[i].text == ")"), None)
    if end is None or end == first:
        return first
    head = tokens[first:end]
    marked = head[0].text.isupper() or any(t.text == "(" for t in head)
    again = any(t.text in _DASHES for t in tokens[end + 1 : stop]) and head[-1].text != ")"
    plain = all(t.tag in _PLACE_TAGS or t.text.isupper() for t in head)
    return end + 1 if marked and plain and not again else first


def _stands_free(ground: Ground, dash: int) -> bool:
    tokens = ground.tree.tokens
    return dash > 0 and tokens[dash - 1].end < tokens[dash].start
