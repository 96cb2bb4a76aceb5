"""Whom a pronoun cannot be, or need not be, by the clause it stands in.

"NAME heard him shout" and "NAME demanded that he leave" are of somebody else than NAME; "NAME,
whose brother was a guard, said he had written" may be of the brother; "a friend said she had been
told" may be of whose friend it is. "An official disputed it. He told …" is of the official.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.extract.asked import get_key
from sayso.extract.ballots import Ballot, Present, Turn, choose
from sayso.extract.clauses import SUBJECTS
from sayso.extract.clusters import get_title_gender
from sayso.extract.descriptions import get_gender
from sayso.extract.mentions import Cast, Character
from sayso.extract.presence import SPEAKER
from sayso.extract.roles import RoleWords, load_role_words
from sayso.extract.sources import Part
from sayso.extract.tree import Tree

if TYPE_CHECKING:
    from sayso.extract.recall import Memory

_OBJECTS = frozenset(("him", "her", "them"))
# What somebody wants others to do: "demanded that they confess".
_DEMANDING = frozenset(
    ("ask", "beg", "demand", "insist", "order", "propose", "recommend", "request", "urge")
)
_PAST = frozenset(("VBD", "VBN"))
# Who mostly speaks of somebody else: "a friend said she was well".
_OF_OTHERS = frozenset(
    (
        "acquaintance",
        "adviser",
        "advisor",
        "aide",
        "ally",
        "associate",
        "attorney",
        "colleague",
        "friend",
        "lawyer",
        "neighbor",
        "neighbour",
        "relative",
        "solicitor",
    )
)
_ONE = frozenset(("a", "an", "another", "one"))
_THESE = frozenset(("these", "those"))
MAX_CLAUSE, MAX_MENTIONS = 30, 20
# A statement or a deed later somebody named before is left behind.
NEXT = 1


def list_not_meant(cast: Cast, pronoun: int, present: Present) -> Iterator[str]:
    """Yield those whom the verb above a pronoun's clause sets apart from it: "heard him shout",
    "demanded that he leave".
    """
    tree = cast.tree
    subject = find_set_apart(tree, pronoun)
    if subject is None:
        return
    owner = cast.find_owner(subject)
    if owner is not None:
        yield owner.entity_id
    for at, turn in (*present.subjects, *present.speakers):
        if at == subject:
            yield get_key(turn)


def find_set_apart(tree: Tree, pronoun: int) -> int | None:
    """Return the subject of the verb above a pronoun's clause, if that verb sets both apart."""
    tokens = tree.tokens
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or verb < pronoun:
        return None
    helped = any(tokens[i].tag in ("MD", "TO") for i in tree.with_dep(verb, "aux"))
    above = tokens[verb].head
    if tokens[verb].dep not in ("ccomp", "xcomp") or above == verb or above > pronoun:
        return None
    small = tokens[pronoun].text in _OBJECTS and tokens[verb].tag == "VB"
    # "They confess" has no other form for it; "insisted that they know" is what is so.
    plain = tokens[verb].tag == "VBP" and tokens[above].tag in _PAST
    wanted = tokens[verb].tag == "VB" or (plain and tokens[above].lemma != "insist")
    if not small and (helped or not wanted or tokens[above].lemma not in _DEMANDING):
        return None
    for _ in range(NEXT + 1):
        subject = tree.child(above, *SUBJECTS)
        if subject is not None or tokens[above].dep != "conj":
            return subject if subject is not None and subject < pronoun else None
        above = tokens[above].head
    return None


def is_of_outside(memory: Memory, part: Part, group: Turn) -> bool:
    """Say whether a list of people is named outside the words that call some "these women", or say
    "they" in a post: whoever says so means others.
    """
    tree = memory.cast.tree
    first = tree.tokens_in(part.span)[0]
    begin, _ = tree.annotation.sentences[tree.sentence[part.head]]
    shown = tree.tokens[first].text.lower() in _THESE
    post = memory.is_said(begin) and not memory.is_quoted(part.span)
    said = memory.is_said(part.head) and not memory.is_said(tree.token_at(group.spans[0][0]))
    return said and (shown or post)


def is_set_apart(tree: Tree, part: Part, turn: Turn) -> bool:
    """Say whether the verb above "they" is of who spoke: "The guards demanded that they leave"."""
    subject = find_set_apart(tree, part.head)
    return subject is not None and bool(turn.spans) and subject in tree.tokens_in(turn.spans[0])


def find_last_speaker(tree: Tree, before: int, present: Present) -> int:
    """Return the token of who spoke last before a token, -1 if nobody did; whoever only reports it
    behind them has not: "NAME said, OUTLET reported. He added".
    """
    last = -1
    for at, turn in sorted(((at, t) for at, t in present.speakers if at < before), key=_get_at):
        body = len(turn.owners) == 1 and turn.owners[0].type == "organisation"
        if last < 0 or not body or tree.sentence[at] != tree.sentence[last]:
            last = at
    return last


def _get_at(speaker: tuple[int, Turn]) -> int:
    return speaker[0]


def settle(cast: Cast, ballot: Ballot, present: Present) -> tuple[Turn | None, float]:
    """Return whom most speaks for and how sure that is; None where two may be meant."""
    _favour_newcomer(cast, ballot, present)
    turn, confidence = choose(ballot)
    if turn is None or _is_of_relative(cast, ballot, turn) or _is_of_others(ballot, turn):
        return None, 0.0
    # Whom "NAME heard him shout" is of stands in that sentence.
    far = ballot.met[get_key(turn)] > 0
    return (
        (None, 0.0) if far and find_set_apart(cast.tree, ballot.part.head) else (turn, confidence)
    )


def _favour_newcomer(cast: Cast, ballot: Ballot, present: Present) -> None:
    """Raise who has no name and is the subject of the sentence before, which names nobody else:
    "A second official disputed it. He told …".
    """
    tree = cast.tree
    tokens, pronoun = tree.tokens, ballot.part.head
    opens = tree.opens_sentence(pronoun) and tokens[pronoun].dep in SUBJECTS
    if ballot.quoted or not opens or pronoun == 0:
        return
    if tree.paragraph[pronoun - 1] != tree.paragraph[pronoun]:
        return
    first, last = tree.annotation.sentences[tree.sentence[pronoun - 1]]
    names = (cast.find_owner(i) for i in range(first, last))
    if any(o is not None and o.type == "person" for o in names):
        return
    for at, turn in (*present.subjects, *present.speakers):
        one = not turn.owners and turn.kind == "person" and first <= at < last
        new = turn.text.lower().split()[:1]
        key = get_key(turn)
        subject = tokens[at].dep in SUBJECTS or any(
            tokens[i].dep in SUBJECTS and tokens[tokens[i].head].dep == "ROOT"
            for i in range(at, min(at + NEXT + 2, last))
        )
        if one and subject and new and new[0] in _ONE and key in ballot.scores:
            ballot.scores[key] = max(ballot.scores[key], SPEAKER)


def _is_of_relative(cast: Cast, ballot: Ballot, turn: Turn) -> bool:
    """Say whether a relative of whom most speaks for fits as well: "NAME, whose brother was a
    guard, said he had written", if nothing tells that NAME is "he".
    """
    tree, words = cast.tree, load_role_words()
    if len(turn.owners) != 1 or _is_sure(turn.owners[0], words):
        return False
    for subject in ballot.governing:
        if cast.find_owner(subject) is not turn.owners[0]:
            continue
        for i in range(subject + 1, min(subject + MAX_CLAUSE, ballot.part.head)):
            token = tree.tokens[i]
            whose = token.tag == "WP$" and tree.tokens[token.head].lemma in words.kin
            if whose and words.genders.get(tree.tokens[token.head].lemma) == ballot.part.pronoun:
                return True
    return False


def _is_sure(person: Character, words: RoleWords) -> bool:
    """Say whether a title, a role or the given name tells which pronoun is somebody's."""
    titled = any(get_title_gender(name, words) for name in person.mentions[:MAX_MENTIONS])
    return titled or person.gender_by_name or get_gender(person, words) is not None


def _is_of_others(ballot: Ballot, turn: Turn) -> bool:
    """Say whether whoever has no name and governs a pronoun may speak of whom the report has just
    named: "NAME would not speak. A friend said she had been told".
    """
    if turn.owners or turn.noun not in _OF_OTHERS:
        return False
    if turn.text.lower().split()[0] not in _ONE:
        return False
    key = get_key(turn)
    rivals = (k for k, t in ballot.turns.items() if k != key and len(t.owners) == 1)
    return any(
        ballot.met[k] <= NEXT and ballot.turns[k].owners[0].gender == ballot.part.pronoun
        for k in rivals
    )
