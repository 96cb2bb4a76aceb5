"""Names as the text has them: the tokens, the edges trimmed, the words folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.records.span import Span

_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ad|at)[-‐‑]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_TAIL_TAGS = frozenset(("POS", ".", ",", ":", "-LRB-", "''", "``", "CC", "IN"))


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the text: tokens [first, last), its type and its folded words."""

    first: int
    last: int
    span: Span
    text: str
    type: str
    words: tuple[str, ...]
    title: str | None


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a name for comparing: no case, accents, articles (al-) or suffixes."""
    plain = unicodedata.normalize("NFD", text.replace("’", "'").replace("‑", "-"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words: list[str] = []
    for raw in plain.split():
        word = _ARTICLE.sub("", _POSSESSIVE.sub("", raw.strip(".,;:()[]\"“”'")))
        words.extend(w.lower() for w in word.split("-") if w)
    while len(words) > 1 and words[-1].rstrip(".") in _SUFFIXES:
        words.pop()
    return tuple(w for w in words if w != "the") or tuple(words)


def name_run(tree: Tree, words: RoleWords, run: range, kind: str) -> Named | None:
    """Return the name in a run of tokens, its edges trimmed, None if nothing is left of it."""
    tokens = tree.tokens
    first, last = run.start, run.stop
    title = None
    while first < last and _is_edge(
        tokens[first].text, words, kind == "person" and first + 1 < last
    ):
        title = tokens[first].text.lower().rstrip(".")
        first += 1
    while last > first and tokens[last - 1].tag in _TAIL_TAGS:
        last -= 1
    for i in range(first, last):
        if tokens[i].text == "(":
            last = i
            break
    if first >= last or not any(c.isalpha() for c in tokens[last - 1].text):
        return None
    if title is None and first > 0:
        before = tokens[first - 1].text.lower().rstrip(".")
        title = before if before in words.titles else None
    span = tree.span(first, last - 1)
    text = tree.annotation.text[span[0] : span[1]]
    folded = fold_words(text)
    if not folded:
        return None
    return Named(first, last, span, text, kind, folded, title)


def _is_edge(text: str, words: RoleWords, person: bool) -> bool:
    low = text.lower().rstrip(".")
    if low in ("the", "a", "an", "“", '"', "‘", "'", "-", "–"):
        return True
    if low in words.titles and text[:1].isupper() and (text.endswith(".") or len(low) < 4):
        return True
    # "Spokeswoman NAME" is a person's name with a role; "King NAME" is how kings are called.
    return person and low in words.nouns and words.titles.get(low, "any") == "any"
