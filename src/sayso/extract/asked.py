"""Whom a question or a warning is put to, whom "he" of it then is: "NAME asked X whether he".

Also who answers it: "NAME asked X … “No,” he answered."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.ballots import Present, Turn
from sayso.extract.clauses import MAX_CLIMB, SUBJECTS, list_subjects_above
from sayso.extract.descriptions import split_role
from sayso.extract.mentions import Cast, Character
from sayso.extract.relatives import list_named_by_noun
from sayso.extract.roles import load_role_words
from sayso.extract.sources import PRONOUNS, Part
from sayso.extract.tree import Tree
from sayso.records.span import Span, is_covered

_ASKING = frozenset(("ask", "question", "press", "quiz", "grill"))
_PUTTING = _ASKING | {"warn", "caution", "advise"}
_ANSWERING = frozenset(("answer", "reply", "respond", "retort"))
_OBJECTS = ("dobj", "dative")
_COMPLEMENTS = frozenset(("ccomp", "xcomp"))
_WHETHER = frozenset(("if", "whether"))
_ABOUT = frozenset(("about", "on", "over"))
# Who asks whether they may asks of themselves: "NAME asked X whether he could leave".
_MAY = frozenset(("can", "could", "may", "might", "shall", "should"))
# Words of a sentence that are looked at for a question.
MAX_WORDS = 80
MAX_MENTIONS = 8
_ONE = frozenset(("a", "an", "one", "another"))
MAX_MARKS = 3  # characters that end a quotation


@dataclass(frozen=True, slots=True)
class Put:
    """Something that is put to somebody. by: the tokens of who does so; to: the token of whom it is
    put to, None where nobody is named.
    """

    by: range
    to: int | None


def find_put(cast: Cast, part: Part, own: Sequence[Span], quoted: Sequence[Span]) -> Put | None:
    """Return what is put to whom a pronoun may stand for, around it or in the sentence before.

    own: what the pronoun is the source of; quoted: the spans of quotations, in order.
    """
    tree = cast.tree
    around = _find_around(cast, part.head)
    if around is not None:
        return around
    cue = tree.tokens[tree.tokens[part.head].head].lemma
    answers = tree.tokens[part.head].dep in SUBJECTS and cue in _ANSWERING
    if not answers and (cue in _ASKING or not _is_answer(tree, part, own, quoted)):
        return None
    start = min((part.head, *(tree.token_at(start) for start, _ in own)))
    put = _find_before(cast, start, quoted)
    return put if put is None or put.to is not None or answers else None


def list_others(
    cast: Cast, pronoun: int, by_id: Mapping[str, Character], present: Present, put: Put | None
) -> Iterator[str]:
    """Yield who asked, and those without a name: who is called as who says the quotation is ("an
    aide" of what "the aide, NAME," says), and who tells of a claim: "an aide said claims he …".
    """
    characters = [c for i in present.quoting if (c := by_id.get(i)) is not None]
    words = {w for c in characters for role in c.roles for w in split_role(role.text)}
    words.update(_list_beside(cast, characters))
    asker = () if put is None else put.by
    for i in asker:
        owner = cast.find_owner(i)
        if owner is not None:
            yield owner.entity_id
    teller = _find_teller(cast.tree, pronoun)
    for at, turn in (*present.speakers, *present.subjects, *present.called):
        told = not turn.owners and at in teller
        if at in asker or told or (not turn.owners and turn.noun in words):
            yield get_key(turn)


def list_told_to(cast: Cast, pronoun: int) -> Iterator[tuple[int, Turn]]:
    """Yield whom the clause above a pronoun tells to do something, who may be meant as well as who
    tells them: "NAME told a guard to leave when she …".
    """
    tree, tokens = cast.tree, cast.tree.tokens
    clause = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or tokens[clause].dep != "advcl":
        return
    verb = tokens[clause].head
    verb = tokens[verb].head if tokens[verb].dep == "xcomp" else verb
    to = tree.child(verb, *_OBJECTS)
    told = tree.child(verb, "xcomp")
    if to is None or told is None or to > pronoun or tokens[tree.left[told]].text.lower() != "to":
        return
    owner = cast.find_owner(to)
    if owner is not None and owner.type == "person":
        yield to, Turn((owner,), (cast.at[to].span,), owner.name, owner.entity_id)
    elif _is_one(cast, to):
        yield from list_named_by_noun(cast, to)


def _list_beside(cast: Cast, characters: Sequence[Character]) -> Iterator[str]:
    """Yield the nouns that the names of some people stand beside: "the aide, NAME"."""
    tokens = cast.tree.tokens
    for character in characters:
        for name in character.mentions[:MAX_MENTIONS]:
            last = tokens[name.last - 1]
            if last.dep == "appos":
                yield tokens[last.head].lemma


def _find_teller(tree: Tree, pronoun: int) -> range:
    """Return the tokens of somebody without a name who tells of a claim in which a pronoun is."""
    tokens = tree.tokens
    noun = tokens[tokens[pronoun].head].head
    above = list_subjects_above(tree, noun) if tokens[noun].tag[:2] == "NN" else ()
    for subject, own in above[:1]:
        article = tree.child(subject, "det")
        known = tokens[subject].lemma in load_role_words().descriptions.anonymous
        if own and known and article is not None and tokens[article].text.lower() in _ONE:
            return range(tree.left[subject], subject + 1)
    return range(0)


def get_key(turn: Turn) -> str:
    """Return what tells somebody from others: an entity, of who has no name the words for them."""
    return turn.owners[0].entity_id if turn.owners else turn.text


def _is_answer(tree: Tree, part: Part, own: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Say whether what a pronoun says stands before it in quotation marks and asks nothing."""
    if not own or own[0][0] > part.span[0]:
        return False
    start, end = own[0]
    asks = "?" in tree.annotation.text[max(start, end - MAX_MARKS) : end]
    return not asks and is_covered(quoted, (start, start + 1))


def _find_around(cast: Cast, pronoun: int) -> Put | None:
    """Return what is put to somebody in whose words a pronoun stands: "warned her that she"."""
    tree, tokens = cast.tree, cast.tree.tokens
    at = tokens[pronoun].head
    for _ in range(2 * MAX_CLIMB):
        above, dep = tokens[at].head, tokens[at].dep
        if above == at or dep in ("relcl", "acl"):
            return None
        mark = tree.child(at, "mark")
        asked = dep == "advcl" and mark is not None and tokens[mark].text.lower() in _WHETHER
        if tokens[above].lemma in _PUTTING and (dep in _COMPLEMENTS or asked):
            may = at == tokens[pronoun].head and _has_may(tree, at)
            put = None if may else _read(cast, above, pronoun)
            known = put is not None and (put.to is not None or _is_some(tree, put.by))
            return put if known else None
        at = above
    return None


def _find_before(cast: Cast, token: int, quoted: Sequence[Span]) -> Put | None:
    """Return the question in the sentence before a token, or before it in its own."""
    tree = cast.tree
    first, _ = tree.annotation.sentences[tree.sentence[token]]
    if first > 0 and tree.paragraph[token] - tree.paragraph[first - 1] <= 1:
        first, _ = tree.annotation.sentences[tree.sentence[first - 1]]
    for i in range(token - 1, max(first, token - MAX_WORDS) - 1, -1):
        one = tree.tokens[i]
        asked = one.lemma in _ASKING and one.tag == "VBD" and _is_question(tree, i)
        if asked and not is_covered(quoted, (one.start, one.end)):
            return _read(cast, i, token)
    return None


def _is_question(tree: Tree, verb: int) -> bool:
    """Say whether what is put to somebody is a question: not "asked X for a loan", "asked X to
    leave", "pressed the button".
    """
    clauses = tree.with_dep(verb, "ccomp", "advcl", "pcomp")
    opens = (tree.tokens[tree.left[clause]] for clause in clauses)
    if any(t.text.lower() in _WHETHER or t.tag[:1] == "W" for t in opens):
        return True
    behind = (tree.tokens[i] for i in tree.with_dep(verb, "prep"))
    return any(t.lemma in _ABOUT for t in behind)


def _is_some(tree: Tree, by: range) -> bool:
    """Say whether who asks is anybody of their kind, who asks of others: "a reporter"."""
    known = load_role_words().descriptions.anonymous
    last = tree.tokens[by.stop - 1]
    return tree.tokens[by.start].text.lower() in _ONE and last.lemma in known


def _has_may(tree: Tree, verb: int) -> bool:
    return any(tree.tokens[i].text.lower() in _MAY for i in tree.with_dep(verb, "aux"))


def _read(cast: Cast, verb: int, before: int) -> Put | None:
    """Return what a verb puts to somebody, its object in front of a token."""
    tree = cast.tree
    subject = tree.child(verb, *SUBJECTS)
    if subject is None or subject > before or tree.tokens[subject].dep != "nsubj":
        return None
    to = tree.child(verb, *_OBJECTS)
    first, last = tree.left[subject], tree.right[subject]
    by = range(max(first, subject - MAX_WORDS), min(last, subject + MAX_WORDS) + 1)
    return Put(by, to if to is not None and to < before and _is_one(cast, to) else None)


def _is_one(cast: Cast, token: int) -> bool:
    """Say whether a word may be one person: a name, "her", "the clerk"; not "voters"."""
    one, words = cast.tree.tokens[token], load_role_words()
    if one.tag == "NNP":
        owner = cast.find_owner(token)
        return owner is None or owner.type == "person"
    noun = one.tag == "NN" and one.lemma in words.nouns | words.people
    return noun or PRONOUNS.get(one.text.lower()) in ("he", "she")
