"""What a person types into a search, as an FTS5 expression.

    hostage talks           both words, in any order
    "hostage talks"         this phrase
    hostage OR captive      either        truce NOT talks     the first without the second
    NEAR(aid border, 5)     within five words        negotiat*     words that begin so
    (truce OR "cease-fire") AND talks

Operators are written in capitals. Any other character is text: words with hyphens and apostrophes
need no quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import UsageError

MAX_QUERY_CHARS = 2_000
_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"""\s*(?:
      NEAR\( (?P<near>[^()]*) \)
    | [{_QUOTES}] (?P<phrase>[^{_QUOTES}]*) [{_QUOTES}] (?P<star>\*?)
    | (?P<mark>[()])
    | (?P<word>[^\s(){_QUOTES}]+)
    | (?P<wrong>\S)
    )""",
    re.VERBOSE,
)
_NEAR = re.compile(r"(?P<words>.*?)(?:,\s*(?P<distance>\d{1,3})\s*)?\Z", re.DOTALL)
_OPERATORS = ("AND", "OR", "NOT")


def make_match(query: str) -> str:
    """Return the FTS5 expression of `query`; UsageError, which says what is wrong, if it has
    none."""
    if len(query) > MAX_QUERY_CHARS:
        raise UsageError(f"search: longer than {MAX_QUERY_CHARS} characters; use fewer words")
    text = query.replace("\0", " ")
    tokens = list(_read_tokens(text))
    _check_order(tokens, query)
    return " ".join(_join(tokens))


def _read_tokens(query: str) -> Iterator[str]:
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if match["near"] is not None:
            yield _make_near(match["near"], query)
        elif match["phrase"] is not None:
            if _has_word(match["phrase"]):
                yield f'"{match["phrase"]}"' + (" *" if match["star"] else "")
        elif match["mark"]:
            yield match["mark"]
        elif match["word"]:
            word = match["word"]
            if word in _OPERATORS:
                yield word
            elif _has_word(word):
                yield _make_word(word)
        elif kind == "wrong":
            raise UsageError(f"search {query!r}: a quotation mark is not closed")


def _make_word(word: str) -> str:
    stem = word.rstrip("*")
    return f'"{stem}"' + (" *" if stem != word else "")


def _make_near(inside: str, query: str) -> str:
    match = _NEAR.match(inside)
    parts = [
        token
        for token in _read_tokens(match["words"] if match else inside)
        if token.startswith('"')
    ]
    if len(parts) < 2:
        raise UsageError(f"search {query!r}: NEAR takes two words or more: NEAR(aid border, 5)")
    distance = match["distance"] if match and match["distance"] else "10"
    return f"NEAR({' '.join(parts)}, {int(distance)})"


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _is_operand(token: str) -> bool:
    return token.startswith(('"', "NEAR("))


def _check_order(tokens: list[str], query: str) -> None:
    """Refuse operators that lack a side and brackets that do not match."""
    if not any(_is_operand(token) for token in tokens):
        raise UsageError(f"search {query!r}: has no word to look for")
    depth = 0
    before = "("
    for token in tokens:
        if token in (*_OPERATORS, ")") and before in (*_OPERATORS, "("):
            raise UsageError(_say_missing(query, token if token in _OPERATORS else before))
        depth += (token == "(") - (token == ")")
        if depth < 0:
            raise UsageError(f"search {query!r}: a bracket is closed but was not opened")
        before = token
    if before in _OPERATORS:
        raise UsageError(_say_missing(query, before))
    if depth:
        raise UsageError(f"search {query!r}: a bracket is opened but not closed")


def _say_missing(query: str, token: str) -> str:
    if token == "(":
        return f"search {query!r}: there is nothing between the brackets"
    return f"search {query!r}: {token} needs words on both sides; as a word, write it in quotes"


def _join(tokens: list[str]) -> Iterator[str]:
    """Yield the tokens with AND between neighbours: FTS5 wants it beside brackets."""
    before = ""
    for token in tokens:
        if (
            before
            and (_is_operand(before) or before == ")")
            and (_is_operand(token) or token == "(")
        ):
            yield "AND"
        yield token
        before = token
