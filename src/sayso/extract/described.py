"""Whom a source or a subject names by a description: a role, who spoke before, a surname."""

from __future__ import annotations

from sayso.extract.ballots import Turn
from sayso.extract.clauses import cut_clause
from sayso.extract.continuing import find_spoken_last
from sayso.extract.descriptions import find_described, get_modifiers, is_called
from sayso.extract.forward import FORWARD_CONFIDENCE, find_named_later
from sayso.extract.mentions import Cast, Character
from sayso.extract.recall import Memory
from sayso.extract.roles import load_role_words
from sayso.extract.sources import Part
from sayso.extract.speaker_records import make_joint, make_of_turn, make_turn, tidy_name
from sayso.records.span import Fragments
from sayso.records.statement import Speaker

DESCRIPTION_CONFIDENCE = 0.75
# "The news agency" is one without a name that spoke at most so many sentences back, "the group" one
# that spoke nearer, with no name of a body since.
BODY_BACK, LOOSE_BACK = 5, 2
MAX_WORDS_BACK = 80
_NO = frozenset(("no", "any", "every", "neither"))
# "The farmer added", of whom nothing said before that they are one.
CONTINUED_CONFIDENCE = 0.6
# "Tovel: …", where the pipeline saw no name.
BEARER_CONFIDENCE = 0.8


def find_elsewhere(cast: Cast, memory: Memory, source: Fragments, part: Part) -> Speaker | None:
    """Return whose surname a source is that looks like a common word, or whom a lead describes."""
    word = cast.tree.tokens[part.head].text
    alone = source.text == word and word[:1].isupper() and word[1:].islower()
    bearer = memory.find_bearer(word) if alone and part.name is None else None
    if bearer is not None:
        spans = [source.spans[0], bearer.mentions[0].span]
        return make_joint([bearer], spans, "name", BEARER_CONFIDENCE)
    later = find_named_later(cast, memory, part, load_role_words())
    spans = [source.spans[0], *(o.mentions[0].span for o in later)]
    return make_joint(later, spans, "description", FORWARD_CONFIDENCE) if later else None


def find_description(
    cast: Cast, memory: Memory, source: Fragments, part: Part, more: bool
) -> Speaker | None:
    """Return whom "the minister" names: somebody in that role, or without a name; None: nobody.

    more: the cue says that somebody goes on speaking.
    """
    if not part.definite or part.plural:
        return None
    tree, words = cast.tree, load_role_words()
    found = find_described(cast, memory, part, words)
    if found is not None and _calls_other(cast, part, found[0]):
        found = None
    noun, modifiers = tree.tokens[part.head].lemma, get_modifiers(cast, part)
    known = memory.find_unnamed(noun, modifiers, part.head)
    if known is not None:
        at, turn = known
        # "An official said …, the official said": no official named before, no minister between.
        literal = found is not None and is_called(found[0], noun)
        if not literal or (found and memory.last_spoken(found[0], part.head) < at):
            return make_of_turn(source, turn, "unnamed", DESCRIPTION_CONFIDENCE)
    body = _find_body(cast, memory, part, tidy_name(tree, source))
    if body is not None:
        return make_of_turn(source, body, "organisation", DESCRIPTION_CONFIDENCE)
    if found is not None:
        owner, role = found
        last = memory.last_name(owner, part.head)
        spans = [source.spans[0], *([role] if role else []), *([last] if last else [])]
        return make_joint([owner], spans, "description", DESCRIPTION_CONFIDENCE)
    same = find_spoken_last(cast, memory, part, words, more=more)
    last = None if same is None else memory.last_name(same, part.head)
    if same is None or last is None:
        return None
    return make_joint([same], [source.spans[0], last], "description", CONTINUED_CONFIDENCE)


def _find_body(cast: Cast, memory: Memory, part: Part, text: str) -> Turn | None:
    """Return the organisation without a name that was called so by more words before."""
    tree = cast.tree
    noun, modifiers = tree.tokens[part.head].lemma, get_modifiers(cast, part)
    found = memory.find_unnamed(noun, modifiers, part.head, "organisation")
    if found is None:
        return None
    at, turn = found
    loose = noun in load_role_words().bodies.loose and not modifiers
    first = turn.text.lower().split()[:1]
    if turn.text.lower() == text.lower() or not _NO.isdisjoint(first):
        return None
    if memory.measure(at, part.head) > (LOOSE_BACK if loose else BODY_BACK):
        return None
    behind = tree.tokens_in(turn.spans[0]).stop if turn.spans else at
    owners = (cast.find_owner(i) for i in range(behind, part.head) if loose)
    named = any(o is not None and o.type in ("organisation", "group") for o in owners)
    return None if named else turn


def calls_another(cast: Cast, part: Part, owner: Character) -> bool:
    """Say whether a nearer noun phrase calls another so by more words: "the intelligence service"
    of "the service", where an outlet was named before.
    """
    tree = cast.tree
    if get_modifiers(cast, part):
        return False
    lemma = tree.tokens[part.head].lemma
    first = max(0, tree.tokens_in(part.span).start - MAX_WORDS_BACK)
    for i in range(tree.tokens_in(part.span).start - 1, first - 1, -1):
        if cast.find_owner(i) is owner or tree.sentence[i] < tree.sentence[part.head] - LOOSE_BACK:
            return False
        same = tree.tokens[i].lemma == lemma and tree.tokens[i].tag == "NN" and i not in cast.at
        if same and tree.child(i, "compound", "amod") is not None:
            beside = {tree.tokens[i].head, *tree.with_dep(i, "appos", "compound", "nmod", "poss")}
            return lemma not in owner.words and not any(cast.find_owner(j) is owner for j in beside)
    return False


def _calls_other(cast: Cast, part: Part, owner: Character) -> bool:
    """Say whether somebody without a name was just called so by their office: "the Minister of
    Works" of "the Minister", where the prime minister is named as well.
    """
    tree = cast.tree
    lemma = tree.tokens[part.head].lemma.lower()
    if get_modifiers(cast, part):
        return False
    roles = [role.span for role in owner.roles]
    for i in range(part.head - 1, max(0, part.head - MAX_WORDS_BACK) - 1, -1):
        token = tree.tokens[i]
        if tree.sentence[i] < tree.sentence[part.head] - 1 or cast.find_owner(i) is owner:
            return False
        if token.lemma.lower() != lemma or token.tag not in ("NN", "NNP"):
            continue
        if any(start <= token.start < end for start, end in roles):
            return False
        of, article = tree.child(i, "prep"), tree.child(i, "det")
        office = of is not None and tree.tokens[of].text.lower() in ("of", "for")
        office = office and article is not None and tree.tokens[article].text.lower() == "the"
        beside = (cast.find_owner(j) for j in (token.head, *tree.with_dep(i, "appos", "compound")))
        if any(o is not None and o.type == "person" for o in beside):
            return False
        if office:
            return True
    return False


def find_spoken_of(cast: Cast, memory: Memory, part: Part) -> Turn | None:
    """Return whom a noun for a person names: who is called so, or else somebody without a name."""
    tree, words = cast.tree, load_role_words()
    speaker = memory.speaker_at(part.head)
    if speaker is not None:
        return speaker
    if part.name is not None:
        owner = cast.whose.get(part.name.span[0])
        return None if owner is None else make_turn(owner, part.name.span)
    noun = tree.tokens[part.head].lemma
    if part.definite:
        found = find_described(cast, memory, part, words)
        known = memory.find_unnamed(noun, get_modifiers(cast, part), part.head)
        if known is not None and (
            found is None or memory.last_spoken(found[0], part.head) < known[0]
        ):
            return known[1]
        if found is not None:
            last = memory.last_name(found[0], part.head)
            return make_turn(found[0], *([] if last is None else [last]))
    inside = cut_clause(tree, tree.tokens_in(part.span))
    span = tree.span(inside.start, inside.stop - 1)
    text = tree.annotation.text[slice(*span)]
    gender = words.genders.get(noun)
    return Turn((), (span,), text, None, kind="person", gender=gender, noun=noun)
