"""Which pronoun fits a person, by what the report shows and by the given name.

Titles and roles decide. Else the pronouns do that follow in a sentence where just one person has
been named, together with a given name that nearly always goes with one of them
(data/given_names.toml). Nobody calls themselves "he" in a quotation, so pronouns inside one are not
asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.extract.clauses import get_relative_head
from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import fold_words
from sayso.extract.roles import load_given_names
from sayso.records.span import Span, is_covered

_PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
# Of the pronouns that follow a person, the share that must agree.
AGREEMENT = 0.75
# How many pronouns one counts for that hangs on the verb whose subject the person is: "X aired her
# interview" says more than "X asked what she knew".
CLOSE = 4
# How many a given name counts for: more than one that is close, less than a report that says
# otherwise throughout.
GIVEN = 6
_MAX_CLIMB = 4


def vote_genders(cast: Cast, quoted: Sequence[Span]) -> None:
    """Set the gender of those characters of whom the report's pronouns speak clearly.

    quoted: the spans of quotations, disjoint and in order.
    """
    votes: dict[str, Counter[str]] = {}
    for first, last in cast.tree.annotation.sentences:
        _count_sentence(cast, range(first, last), votes, quoted)
    names = load_given_names()
    for character in cast.characters:
        counts = votes.get(character.entity_id, Counter())
        by_name = not counts
        given = names.get(_get_given_name(character))
        if given is not None:
            counts[given] += GIVEN
        if character.gender is not None or not counts:
            continue
        kind, most = min(counts.items(), key=lambda c: (-c[1], c[0]))
        if most >= AGREEMENT * sum(counts.values()):
            character.gender, character.gender_by_name = kind, by_name


def _get_given_name(character: Character) -> str:
    """Return the first word of somebody's full name, folded; "" for other names."""
    words = fold_words(character.name) if character.type == "person" else ()
    return words[0] if len(words) > 1 else ""


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
            return subject is not None and cast.find_owner(subject) is person
    return False
