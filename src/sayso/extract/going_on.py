"""Pronouns that go on to another one with nobody else met between them."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.mentions import Cast
from sayso.extract.roles import load_role_words
from sayso.extract.sources import PRONOUNS, Part
from sayso.records.span import Span, is_covered

# Words before a pronoun that another is looked for among.
MAX_WORDS_BACK = 80


def find_first(cast: Cast, part: Part, quotation: Span | None, quoted: Sequence[Span]) -> int:
    """Return the first of the pronouns that go on to one, its own token if there is none before it.

    "They call him a fool. And yet he …": whom both mean is as near as from "him".
    """
    tokens, nouns = cast.tree.tokens, load_role_words().nouns
    first = part.head
    start = 0 if quotation is None else cast.tree.token_at(quotation[0])
    for i in range(part.head - 1, max(start, part.head - MAX_WORDS_BACK) - 1, -1):
        name = cast.at.get(i)
        if (name is not None and name.type == "person") or tokens[i].lemma in nouns:
            break
        kind = PRONOUNS.get(tokens[i].text.lower())
        if kind not in ("he", "she"):
            continue
        if kind != part.pronoun:
            break
        inside = is_covered(quoted, (tokens[i].start, tokens[i].end))
        if inside is (quotation is not None):
            first = i
    return first
