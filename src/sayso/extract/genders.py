"""Which pronoun fits a person, by what the report itself shows.

No list of first names is asked: the only evidence is titles and roles, and a pronoun that follows
in a sentence where just one person has been named. Nobody calls themselves "he" in a quotation, so
pronouns inside one are not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.extract.clauses import get_relative_head
from sayso.extract.mentions import Cast, Character
from sayso.records.span import Span, is_covered

_PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
# Of the pronouns that follow a person, the share that must agree.
AGREEMENT = 0.75
# How many pronouns one counts for that hangs on the verb whose subject the person is: "X aired her
# interview" says more than "X asked what she knew".
CLOSE = 4
_MAX_CLIMB = 4


def vote_genders(cast: Cast, quoted: Sequence[Span]) -> None:
    """Set the gender of those characters of whom the report's pronouns speak clearly.

    quoted: the spans of quotations, disjoint and in order.
    """
    votes: dict[str, Counter[str]] = {}
    for first, last in cast.tree.annotation.sentences:
        _count_sentence(cast, range(first, last), votes, quoted)
    for character in cast.characters:
        counts = votes.get(character.entity_id)
        if character.gender is not None or counts is None:
            continue
        kind, most = min(counts.items(), key=lambda c: (-c[1], c[0]))
        if most >= AGREEMENT * sum(counts.values()):
            character.gender = kind


def _count_sentence(
    cast: Cast, sentence: range, votes: dict[str, Counter[str]], quoted: Sequence[Span]
) -> None:
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
        if kind is None or only is None or is_covered(quoted, (tokens[i].start, tokens[i].end)):
            continue
        relative = get_relative_head(cast.tree, i)
        if relative is None or cast.at.get(relative) is None:
            weight = CLOSE if _is_close(cast, i, only) else 1
            votes.setdefault(only.entity_id, Counter())[kind] += weight


def _is_close(cast: Cast, pronoun: int, person: Character) -> bool:
    """Say whether "his" or "himself" hangs on the verb whose subject a person is."""
    tokens = cast.tree.tokens
    at = pronoun
    if tokens[at].tag != "PRP$" and not tokens[at].text.endswith("self"):
        return False
    for _ in range(_MAX_CLIMB):
        at = tokens[at].head
        if tokens[at].tag[:1] in ("V", "M"):
            subject = cast.tree.child(at, "nsubj")
            name = None if subject is None else cast.at.get(subject)
            return name is not None and cast.whose.get(name.span[0]) is person
    return False
