"""Whom "who", "they" and "it" stand for: the noun before, or the nearest that is many or a thing.

Who is as near as they spoke, were listed, or were the subject of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.extract.ballots import Turn
from sayso.extract.clauses import SUBJECTS, list_subjects_above
from sayso.extract.mentions import Cast
from sayso.extract.naming import Named
from sayso.extract.not_meant import is_of_outside, is_set_apart
from sayso.extract.nouns_meant import (
    find_many_above,
    find_spoken_for,
    find_thing,
    leave_thing,
)
from sayso.extract.outlet_names import is_outlet_here
from sayso.extract.roles import load_role_words
from sayso.extract.sources import Part
from sayso.extract.tree import Tree

if TYPE_CHECKING:
    from sayso.extract.recall import Memory

_AFFILIATION = re.compile(r"[RDI][-–][A-Z]")
# Words of one sentence that are looked at.
MAX_TOKENS = 200
# Who is many without a plural's form, and who is in the sentence that says so.
_COLLECTIVE = frozenset(("crew", "family", "police", "staff", "team"))
_MANY = frozenset(("few", "many", "men", "most", "people", "several", "some", "women"))
_TWO = frozenset(("both", "couple", "pair", "two"))
_SHARES = frozenset(("third", "thirds", "quarter", "quarters", "fifth", "majority", "percent"))
# Who are many by one noun that seldom speaks; and what stands before whom a thing is told.
_GROUPS = frozenset(("band", "cell", "crew", "crowd", "gang", "group", "mob", "squad", "team"))
_TOWARDS, _TELL = frozenset(("for", "to", "with")), frozenset(("ask", "show", "tell"))
# Behind "and" these begin another: "the mayor and his wife", not "the health and welfare chief".
_JOINED = frozenset(("a", "an", "her", "his", "its", "other", "others", "the", "their"))
# How far "they" and "it" look back, in sentences.
MANY_BACK, ONE_BACK = 2, 1

Found = tuple[Turn | None, float]
_NOBODY: Found = (None, 0.0)


def find_relative(cast: Cast, part: Part) -> Found:
    """Return whom a relative clause tells of: "NAME, who said …", "a farmer who said …"."""
    tree, tokens = cast.tree, cast.tree.tokens
    verb = tokens[part.head].head
    for _ in range(4):
        if tokens[verb].dep == "relcl" or tokens[verb].head == verb:
            break
        verb = tokens[verb].head
    noun = tokens[verb].head
    if tokens[verb].dep != "relcl" or noun >= part.head:
        return _NOBODY
    if tokens[part.head].text.lower() == "who":
        who = leave_thing(cast, _leave_place(cast, noun))
        if who is None:
            return _NOBODY
        noun = who
    else:
        inside = _find_outlet(cast, noun, part.head)
        if inside is not None:
            return inside, 0.8
    first, last = tree.left[noun], max(noun, tree.left[verb] - 1)
    text = tree.annotation.text
    span = tree.span(first, last)
    words = text[span[0] : span[1]].rstrip(" ,")
    name = cast.at.get(noun)
    if noun > 1 and _AFFILIATION.match(tokens[noun].text):
        name = cast.at.get(noun - 2)  # "NAME, R-Wis., who said …"
    elif name is None and tokens[noun].dep == "appos":
        name = cast.at.get(tokens[noun].head)  # "NAME, an aide, who said …"
    elif name is None:
        name = _find_beside(cast, noun, part.head)
    owner = None if name is None else cast.whose.get(name.span[0])
    if name is not None and owner is not None:
        return Turn((owner,), (name.span,), owner.name, owner.entity_id), 0.9
    return Turn((), ((span[0], span[0] + len(words)),), words, None), 0.7


def _find_beside(cast: Cast, noun: int, who: int) -> Named | None:
    """Return the person's name between a noun and "who": "an aide, NAME, who said …"."""
    for i in cast.tree.with_dep(noun, "appos"):
        name = cast.at.get(i)
        if i < who and name is not None and name.type == "person":
            return name
    return None


def _find_outlet(cast: Cast, noun: int, which: int) -> Turn | None:
    """Return the outlet before "which" that something stands in: "a piece in the X, which"."""
    tokens = cast.tree.tokens
    name = cast.at.get(which - 2)
    owner = None if name is None else cast.whose.get(name.span[0])
    if name is None or owner is None or tokens[which - 1].text != "," or name.type == "person":
        return None
    place = tokens[tokens[name.last - 1].head]
    inside = tokens[name.last - 1].dep == "pobj" and place.lemma == "in" and place.head == noun
    if not inside or not is_outlet_here(cast.tree, name):
        return None
    return Turn((owner,), (name.span,), owner.name, owner.entity_id)


def _leave_place(cast: Cast, noun: int) -> int:
    """Return the noun that a place stands with, which is nobody: "a nurse in OSTVIK, who said"."""
    tokens = cast.tree.tokens
    name = cast.at.get(noun)
    above = tokens[tokens[noun].head].head
    place = name is not None and (name.type == "place" or tokens[tokens[noun].head].lemma == "in")
    placed = place and tokens[noun].dep == "pobj"
    return above if placed and tokens[above].tag[:2] == "NN" else noun


def find_they(memory: Memory, part: Part, quoting: Collection[str]) -> Found:
    """Return the last who are many and may be meant; in a quotation not who says it (`quoting`)."""
    sentence = memory.cast.tree.sentence
    found: Found = (None, 0.0)
    for at, turn in memory.list_last(part.head):
        same = sentence[at] == sentence[part.head]
        if memory.measure(at, part.head) <= MANY_BACK and _is_plural(turn, same):
            governed = not same and _is_governed(memory, part.head)
            found = _NOBODY if governed else _weigh_many(memory, part, at, turn)
            found = find_many_above(memory, part.head) if governed else found
            break
    else:
        found = _weigh_group(memory, part)
        found = find_many_above(memory, part.head) if found[0] is None else found
    if found[0] is None or _has_any(found[0], quoting):
        return _NOBODY
    if is_set_apart(memory.cast.tree, part, found[0]):
        return _NOBODY
    if memory.cast.tree.tokens[part.head].text.lower() == "both" and not _are_two(found[0]):
        return _NOBODY
    if _speaks_for(memory, part, found[0]) or _has_nearer_many(memory, part, found[0]):
        return _NOBODY
    return found


def _speaks_for(memory: Memory, part: Part, turn: Turn) -> bool:
    """Say whether somebody of a body has spoken since it did, and "they" stand in a quotation of
    theirs: "Its chairman … “They remember us at elections”".
    """
    tree = memory.cast.tree
    if not turn.is_one(person=False) or not memory.is_quoted(part.span) or not turn.spans:
        return False
    for _, other in memory.list_last(part.head):
        if other.spans and other.spans[0] > turn.spans[0]:
            words = tree.tokens_in(other.spans[0])[:1]
            if any(tree.tokens[i].text.lower() in ("its", "their") for i in words):
                return True
    return False


def _are_two(turn: Turn) -> bool:
    """Say whether who spoke may be "both"."""
    words = turn.text.lower().split()
    return len(turn.owners) == 2 or "and" in words or not _TWO.isdisjoint(words)


def _has_nearer_many(memory: Memory, part: Part, turn: Turn) -> bool:
    """Say whether others than those who spoke are told of before "they" of a quotation: a witness
    speaks of them rather.
    """
    tree, words = memory.cast.tree, load_role_words()
    if not memory.is_quoted(part.span) or not turn.spans:
        return False
    inside = tree.tokens_in((turn.spans[0][0], turn.spans[-1][1]))
    first, _ = tree.annotation.sentences[max(tree.sentence[part.head] - MANY_BACK, 0)]
    for i in range(max(first, inside.stop, part.head - MAX_TOKENS), part.head):
        noun = tree.tokens[i]
        if not turn.owners and _is_body(memory, i):
            return True
        many = noun.tag == "NNS" and noun.lemma in words.nouns | words.people
        many = many or (noun.tag == "NN" and noun.lemma in _GROUPS)
        if many and not _is_beside(tree, i) and noun.text.lower() not in turn.text.lower():
            return True
    return False


def _is_body(memory: Memory, token: int) -> bool:
    """Say whether a word is an organisation that "they" may stand for: "the company"."""
    name, words = memory.cast.at.get(token), load_role_words()
    if name is not None:
        return name.type == "organisation" and name.last - 1 == token
    noun = memory.cast.tree.tokens[token]
    known = noun.lemma in words.bodies.kinds | words.bodies.sole | words.bodies.loose
    return known and noun.tag == "NN" and noun.dep not in ("compound", "poss")


def _is_beside(tree: Tree, noun: int) -> bool:
    """Say whether a noun is whom something is told, shown or done with: "with leaders"."""
    token = tree.tokens[noun]
    above = tree.tokens[token.head].lemma
    if token.dep == "pobj":
        return above in _TOWARDS
    return token.dep in ("dative", "compound", "poss") or (token.dep == "dobj" and above in _TELL)


def _is_governed(memory: Memory, token: int) -> bool:
    """Say whether the clause of "they" hangs on one about many: "Farmers left when they heard"."""
    tokens = memory.cast.tree.tokens
    above = list_subjects_above(memory.cast.tree, token)
    return any(tokens[i].tag in ("NNS", "NNPS") for i, _ in above[:1])


def _weigh_group(memory: Memory, part: Part) -> Found:
    """Return the last list of people, or the many whom the sentence before is about."""
    tree, token = memory.cast.tree, part.head
    group = memory.find_group(token, MANY_BACK)
    if group is not None and is_of_outside(memory, part, group):
        group = None
    at = token if group is None else tree.token_at(group.spans[0][0])
    nearer = _find_many(memory, token) if _begins_sentence(tree, token) else None
    if nearer is not None and (group is None or tree.sentence[at] < tree.sentence[token]):
        return nearer, 0.55
    return group, 0.65


def _begins_sentence(tree: Tree, token: int) -> bool:
    """Say whether a sentence begins with a word or with "but" before it."""
    first, _ = tree.annotation.sentences[tree.sentence[token]]
    return all(tree.tokens[i].tag in ("CC", "``") for i in range(first, token))


def _weigh_many(memory: Memory, part: Part, at: int, turn: Turn) -> Found:
    """Return the many who spoke last, or who is nearer: around a body, or behind several names."""
    tree = memory.cast.tree
    if turn.is_one(person=False):
        around = _find_around(memory, at)
        if around is not None:
            return around, 0.75
        source = tree.tokens_in(turn.spans[0]) if turn.spans else range(at)
        if _has_plural_subject(memory.cast, max(at + 1, source.stop), part.head):
            return _NOBODY
    elif turn.owners and tree.sentence[at] < tree.sentence[part.head] - 1:
        nearer = _find_many(memory, part.head)
        if nearer is not None:
            return nearer, 0.55
    return turn, 0.75


def _has_any(turn: Turn, entities: Collection[str]) -> bool:
    """Say whether one of some entities is among those who spoke."""
    return turn.entity_id in entities or any(o.entity_id in entities for o in turn.owners)


def _find_around(memory: Memory, speaker: int) -> Turn | None:
    """Return the many in whose words a body comes up: "critics say the ministry, which they"."""
    sentence = memory.cast.tree.sentence
    if not memory.is_said(speaker):
        return None
    for at, turn in memory.list_last(speaker):
        if sentence[at] == sentence[speaker] and _is_plural(turn) and not turn.is_one(person=False):
            return turn
    return None


def _find_many(memory: Memory, token: int) -> Turn | None:
    """Return the people without a name whom the sentence before is about: "Our allies noticed"."""
    tree, words = memory.cast.tree, load_role_words()
    first, _ = tree.annotation.sentences[tree.sentence[token]]
    above = tree.tokens[token].dep not in SUBJECTS or list_subjects_above(tree, token)
    if first == 0 or tree.paragraph[first - 1] != tree.paragraph[token] or above:
        return None
    quotation = memory.find_quotation(tree.span(token, token))
    begin, end = tree.annotation.sentences[tree.sentence[first - 1]]
    for i in range(begin, min(end, begin + MAX_TOKENS)):
        noun = tree.tokens[i]
        subject = noun.dep in SUBJECTS and tree.tokens[noun.head].dep == "ROOT"
        people = noun.tag == "NNS" and noun.lemma in words.nouns | words.people
        same = memory.find_quotation(tree.span(i, i)) == quotation
        if subject and people and same and i not in memory.cast.at:
            span = tree.span(tree.left[i], tree.right[i])
            text = tree.annotation.text[slice(*span)]
            return Turn((), (span,), text, None, plural=True, noun=noun.lemma)
    return None


def _has_plural_subject(cast: Cast, first: int, last: int) -> bool:
    """Say whether a plural stands as a subject between two tokens, and "they" may be it."""
    return any(
        t.tag in ("NNS", "NNPS") and t.dep in SUBJECTS
        for t in cast.tree.tokens[max(first, last - MAX_TOKENS) : last]
    )


def _is_share(words: Collection[str]) -> bool:
    """Say whether words tell of a part of many: "a third", "23% of respondents"."""
    return any(w in _SHARES or (w.rstrip("%").isdigit() and w.endswith("%")) for w in words)


def _is_plural(turn: Turn, same: bool = False) -> bool:
    """Say whether who spoke may be "they": several, a body, or who is called by a plural.

    same: in the same sentence, where "many said they" is clear.
    """
    if len(turn.owners) > 1 or turn.plural:
        return True
    if len(turn.owners) == 1:
        return turn.owners[0].type in ("organisation", "group")
    words = [w.strip(",;") for w in turn.text.lower().split()]
    near = (*words[:4], *words[-1:])
    joined = any(a == "and" and b in _JOINED for a, b in pairwise(words[:6]))
    if joined or turn.kind in ("person", "document"):
        return joined
    if _is_share(near):
        return True
    if not _COLLECTIVE.isdisjoint(near) or (same and not _MANY.isdisjoint(near)):
        return True
    return any(w.endswith("s") and not w.endswith(("ss", "’s", "'s")) for w in near)


def find_it(memory: Memory, part: Part) -> Found:
    """Return the organisation or document that governs "it", spoke last or was a subject last."""
    cast = memory.cast
    above = list_subjects_above(cast.tree, part.head)
    clear = len(above) == 1 or any(own for _, own in above[:1])
    for subject, _ in above[:1] if clear else ():
        name = cast.at.get(subject)
        owner = None if name is None else cast.whose.get(name.span[0])
        one = cast.tree.child(subject, "conj") is None
        if name and owner and one and owner.type in ("organisation", "place"):
            return Turn((owner,), (name.span,), owner.name, owner.entity_id), 0.7
    spoken_for = find_spoken_for(cast, above)
    if spoken_for is not None:
        return spoken_for, 0.7
    for at, turn in memory.list_last(part.head):
        near = memory.measure(at, part.head) <= ONE_BACK
        if near and (turn.is_one(person=False) or turn.kind == "document"):
            return turn, 0.7
    return _find_last_subject(cast, part.head)


def _find_last_subject(cast: Cast, token: int) -> Found:
    """Return the organisation that the sentence before is about: "The FIRM … . It agreed …"."""
    tokens, tree = cast.tree.tokens, cast.tree
    first, _ = tree.annotation.sentences[tree.sentence[token]]
    verb = tokens[token].head
    if first == 0 or tokens[token].dep not in SUBJECTS or tokens[verb].dep != "ROOT":
        return _NOBODY
    if tree.paragraph[first - 1] != tree.paragraph[token]:
        return _NOBODY
    begin, end = tree.annotation.sentences[tree.sentence[first - 1]]
    for i in range(begin, min(end, begin + MAX_TOKENS)):
        if tokens[i].dep in SUBJECTS and tokens[tokens[i].head].dep == "ROOT":
            name = cast.at.get(i)
            owner = None if name is None else cast.whose.get(name.span[0])
            if name is not None and owner is not None and owner.type == "organisation":
                return Turn((owner,), (name.span,), owner.name, owner.entity_id), 0.55
            return find_thing(cast, i) if name is None else _NOBODY
    return _NOBODY
