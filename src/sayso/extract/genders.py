"""Which pronoun fits a person, by what the report itself shows.

No list of first names is asked: the only evidence is titles and roles, and a pronoun that follows
in a sentence where just one person has been named.
"""

from __future__ import annotations

from collections import Counter

from sayso.extract.mentions import Cast, Character

_PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
# Of the pronouns that follow a person, the share that must agree.
AGREEMENT = 0.75


def vote_genders(cast: Cast) -> None:
    """Set the gender of those characters of whom the report's pronouns speak clearly."""
    votes: dict[str, Counter[str]] = {}
    for first, last in cast.tree.annotation.sentences:
        _count_sentence(cast, range(first, last), votes)
    for character in cast.characters:
        counts = votes.get(character.entity_id)
        if character.gender is not None or counts is None:
            continue
        kind, most = min(counts.items(), key=lambda c: (-c[1], c[0]))
        if most >= AGREEMENT * sum(counts.values()):
            character.gender = kind


def _count_sentence(cast: Cast, sentence: range, votes: dict[str, Counter[str]]) -> None:
    tokens = cast.tree.tokens
    only: Character | None = None
    for i in sentence:
        name = cast.at.get(i)
        if name is not None:
            owner = cast.whose.get(name.span[0])
            if owner is None or (owner.type == "person" and only not in (None, owner)):
                return
            only = owner if owner.type == "person" else only
            continue
        kind = _PRONOUNS.get(tokens[i].text.lower())
        if kind is not None and only is not None:
            votes.setdefault(only.entity_id, Counter())[kind] += 1
