"""Verbs with which a speaker goes on behind what they said: "X told us that the bridge was shut and
promised to reopen it".

The verb may as well go on with the clause that was said, so that it needs a sign that it does not:
a comma, a subject that it does not agree with, or one that cannot speak.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.extract.fitting import find_kinds
from sayso.extract.reading import Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.siblings import JOINING, MAX_SIBLINGS, find_conjunction, find_forms
from sayso.extract.source_classes import load_class_words
from sayso.extract.stance_words import load_stance_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.records.span import Fragments
from sayso.records.statement import Attribution

# No clause between a cue and the speaker's next verb is so long.
MAX_BETWEEN = 80
SUBJECTS = ("nsubj", "nsubjpass", "expl")
# What only somebody does: no bridge asks or promises. Things say, show, suggest and warn.
_OF_SOMEBODY = frozenset(
    ("asks", "demands", "promises", "admits", "praises", "believes", "fears", "wants")
)
# What a speaker goes on with behind a comma.
_SPOKEN = _OF_SOMEBODY | frozenset(
    ("says", "announces", "confirms", "claims", "denies", "proposes", "warns", "condemns")
)
# Who has said or told one thing says another: not "Holt was ill and told us".
_SAYING_AGAIN = frozenset(("say", "add", "note"))
_SAYING = _SAYING_AGAIN | {"tell"}
# Who died, or was killed, says no more.
_DYING = frozenset(("die", "drown", "perish"))
_KILLING = frozenset(("kill", "execute", "behead", "bury", "shoot", "slay", "massacre"))
# Verbs of what somebody is or has, not of what they did before they spoke.
_STATES = frozenset(("be", "have"))
# Nouns with such an end may be people: "hitman", "buyer", "guard", "tenant".
_OF_PEOPLE = (
    *("er", "or", "man", "men", "woman", "women", "boy", "girl", "ist", "ian", "ant", "ent", "ee"),
    *("ard", "ess", "ate", "eer", "kid", "nurse", "child", "crowd", "crew"),
)
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VB", "VBN"))
_PRESENT = frozenset(("VBZ", "VBP"))
# Of a cue, what is not its verb.
_BESIDE = frozenset(("RB", ",", "CC"))
# "Wonders", "demand" before one of these are verbs, whatever the parser takes them for.
_OPENING = frozenset(("whether", "if", "that", "why", "how", "what", "who"))
_PLURAL = frozenset(("they", "we", "you", "i"))


@dataclass(frozen=True, slots=True)
class Second:
    """The number of an attribution whose verb goes on with that of another, the outer one.

    begin: offset of the conjunction before it. held: numbers of those, the outer one among them,
    whose contents end there.
    """

    number: int
    outer: int
    begin: int
    held: tuple[int, ...]


def find_second_verbs(reading: Reading, built: Sequence[Placed]) -> Iterator[Second]:
    """Yield the verbs without a subject of their own that an outer speaker goes on with.

    In PolNeAR train all 23 verbs of saying behind a content, a comma and "and" or "but" are its
    speaker's if they have the form of the cue; of 81 without a comma 21 are somebody else's.
    """
    tree = reading.tree
    for number, (attribution, _) in enumerate(built):
        cue = attribution.cue
        verb = None if cue is None else _find_verb(tree, cue)
        at = None if cue is None or verb is None else find_conjunction(reading, cue)
        if verb is None or at is None or tree.tokens[at].text.lower() not in JOINING:
            continue
        begin = tree.tokens[at].start
        near = range(max(0, number - MAX_SIBLINGS), number)
        held = [i for i in near if _goes_up_to(tree, built[i][0], at)]
        form = _get_form(tree, verb)
        outer = [i for i in held if _get_forms(tree, built[i][0])[:1] == [form]]
        apart = tree.tokens[at - 1].text == ","
        if not outer or not _is_loose(attribution, built[outer[0]][0], begin):
            continue
        speaks = built[outer[0]][0]
        inner = _find_inner(tree, speaks, at)
        if inner is None or _goes_on(tree, inner[0] if inner else at, at):
            continue
        if _is_misread(tree, verb) and not inner:
            continue  # "shares the fears and hopes that …"
        if tree.tokens[verb].tag == "VBN" and not all(_is_dead(tree, i) for i in inner):
            continue  # "had been warned and asked to leave"
        if tree.tokens[verb].tag == "VB" and _has_infinitive(tree, speaks, at):
            continue
        main = _find_main(tree, speaks)
        spoken = load_stance_words().verbs.get(tree.tokens[verb].lemma) in _SPOKEN
        if (apart and spoken) or (len(outer) == 1 and _cannot_be(tree, inner, verb, main)):
            ends = tuple(i for i in held if i >= outer[0])
            yield Second(number, outer[0], begin, ends)


def find_inner_verbs(reading: Reading, built: Sequence[Placed]) -> Iterator[tuple[int, int, int]]:
    """Yield the numbers of attributions with another's source that their verb does not agree with,
    of that other one, and the token of the only subject in its content, which it does agree with:
    "Analysts say that Holt is ill and believes that …".
    """
    tree = reading.tree
    for number, (attribution, _) in enumerate(built):
        cue = attribution.cue
        verb = None if cue is None else _find_verb(tree, cue)
        at = None if cue is None or verb is None else find_conjunction(reading, cue)
        if verb is None or at is None or _get_form(tree, verb) != tree.tokens[verb].tag:
            continue
        for outer in range(max(0, number - MAX_SIBLINGS), number):
            one = built[outer][0]
            same = one.source is not None and one.source == attribution.source
            if not same or not _goes_up_to(tree, one, at):
                continue
            speaks = next(_list_verbs(tree, one), None)
            own = None if speaks is None else tree.child(speaks, "nsubj")
            inner = _find_inner(tree, one, at) or []
            if own is None or len(inner) != 1 or not _disagrees(tree, own, verb):
                continue
            if not _disagrees(tree, inner[0], verb) and tree.tokens[inner[0]].tag[:1] == "N":
                yield number, outer, inner[0]


def _list_verbs(tree: Tree, one: Attribution) -> Iterator[int]:
    words = () if one.cue is None else tree.tokens_in((one.cue.start, one.cue.end))
    return (i for i in words if tree.tokens[i].tag in _PRESENT)


def _find_verb(tree: Tree, cue: Fragments) -> int | None:
    """Return the verb of a cue, without an auxiliary or a subject, if it is one that somebody
    speaks, thinks or feels with; else None.
    """
    words = tree.tokens_in((cue.start, cue.end))
    verb = next((i for i in words if tree.tokens[i].tag not in _BESIDE), None)
    if verb is None or _is_misread(tree, verb):
        return verb
    known = tree.tokens[verb].lemma in load_stance_words().verbs
    own = tree.child(verb, *SUBJECTS, "auxpass") is not None or tree.tokens[verb].dep == "aux"
    return verb if known and not own and tree.tokens[verb].tag in _VERBS else None


def _get_form(tree: Tree, verb: int) -> str:
    """Return the form of a verb; one without an ending may be in the present of many."""
    tag = tree.tokens[verb].tag
    if _is_misread(tree, verb):
        return "VBZ" if tag == "NNS" else "VBP"
    return {"VB": "VBP", "VBN": "VBD"}.get(tag, tag)


def _is_misread(tree: Tree, verb: int) -> bool:
    """Say whether a verb was taken for a noun: "and wonders whether …", "and demand that …"."""
    token, behind = tree.tokens[verb], tree.tokens[min(verb + 1, len(tree.tokens) - 1)]
    return token.tag in ("NN", "NNS") and behind.text.lower() in _OPENING


def _get_forms(tree: Tree, attribution: Attribution) -> list[str]:
    cue = attribution.cue
    if cue is None:
        return []
    misread = [i for i in tree.tokens_in((cue.start, cue.end)) if _is_misread(tree, i)]
    return find_forms(tree, cue) or [_get_form(tree, i) for i in misread]


def _goes_up_to(tree: Tree, one: Attribution, at: int) -> bool:
    """Say whether an attribution with its source first has a content that holds a conjunction, or
    ends at it, in the sentence of both.
    """
    if one.source is None or one.cue is None or one.source.start > one.cue.start:
        return False
    first, begin = tree.token_at(one.cue.start), tree.tokens[at].start
    far = at - first > MAX_BETWEEN or tree.sentence[first] != tree.sentence[at]
    if far or one.content.start < one.cue.end:
        return False
    last = at - 1
    while last > first and not tree.tokens[last].text[0].isalnum():
        last -= 1
    return any(start < begin and end >= tree.tokens[last].end for start, end in one.content.spans)


def _is_loose(attribution: Attribution, outer: Attribution, begin: int) -> bool:
    """Say whether an attribution has no source, or another's, or one that is in its content."""
    source = attribution.source
    if source is None or outer.cue is None:
        return True
    return source == outer.source or (outer.cue.end <= source.start and source.end <= begin)


def _has_infinitive(tree: Tree, outer: Attribution, at: int) -> bool:
    """Say whether a verb without an ending may go on with one before a conjunction."""
    words = range(tree.token_at(outer.content.start), at)
    return any(tree.tokens[i].tag in ("TO", "MD", "VB") for i in words)


def _find_main(tree: Tree, one: Attribution) -> str:
    """Return the lemma of the last verb of a cue."""
    words = () if one.cue is None else tree.tokens_in((one.cue.start, one.cue.end))
    return next(
        (tree.tokens[i].lemma for i in reversed(words) if tree.tokens[i].tag[:2] == "VB"), ""
    )


def _find_inner(tree: Tree, outer: Attribution, at: int) -> list[int] | None:
    """Return the subjects of the finite clauses between a cue and a conjunction, but for those of
    relative clauses. None if there are verbs, but the parser found no subject.
    """
    words = range(tree.token_at(outer.content.start), at)
    found = []
    for i in words:
        verb = tree.tokens[i].head
        if (
            tree.tokens[i].dep in SUBJECTS
            and i < verb < at
            and _find_finite(tree, verb) is not None
        ):
            found.append(i)
    plain = [i for i in found if not _is_relative(tree, tree.tokens[i].head)]
    told = any(tree.tokens[i].tag in ("VBD", "VBZ", "VBP", "VBN", "MD") for i in words)
    return plain if plain or not told else None


def _is_relative(tree: Tree, verb: int) -> bool:
    """Say whether a relative word begins the clause of a verb; "that" after "informed" is none."""
    return tree.tokens[verb].dep == "relcl" and tree.tokens[tree.left[verb]].tag[:1] == "W"


def _find_finite(tree: Tree, verb: int) -> int | None:
    """Return the finite word of a clause: its verb, or an auxiliary of it."""
    parts = [verb, *tree.with_dep(verb, "aux", "auxpass")]
    return next((i for i in sorted(parts) if tree.tokens[i].tag in FINITE), None)


def _goes_on(tree: Tree, first: int, at: int) -> bool:
    """Say whether a clause has a second verb before a conjunction, so that the one behind may be
    its third: "had come, seen it, and".
    """
    return any(
        tree.tokens[i].dep == "conj"
        and tree.tokens[i].tag in ("VBD", "VBN", "VBZ", "VBP")
        and tree.child(i, *SUBJECTS) is None
        for i in range(first, at)
    )


def _cannot_be(tree: Tree, inner: Sequence[int], verb: int, main: str) -> bool:
    """Say whether a verb cannot well be of one of some subjects: none of them agrees with it, or
    speaks as it does, or it only says more ("said it was late and added …").
    """
    lemma = tree.tokens[verb].lemma
    again = lemma in _SAYING_AGAIN and main in _SAYING and all(_is_state(tree, i) for i in inner)
    minded = load_stance_words().verbs.get(lemma) in _OF_SOMEBODY
    return again or all(
        _disagrees(tree, i, verb) or _is_dead(tree, i) or (minded and _is_thing(tree, i))
        for i in inner
    )


def _is_dead(tree: Tree, subject: int) -> bool:
    """Say whether a clause tells that its subject died: "19 men had been killed and denied …"."""
    verb = tree.tokens[tree.tokens[subject].head]
    return verb.lemma in _DYING or (
        verb.lemma in _KILLING and tree.tokens[subject].dep == "nsubjpass"
    )


def _is_state(tree: Tree, subject: int) -> bool:
    """Say whether a clause tells what is or will be, or of a thing."""
    finite = _find_finite(tree, tree.tokens[subject].head)
    verb = tree.tokens[subject].head
    state = finite is not None and (
        (finite == verb and tree.tokens[finite].lemma in _STATES) or tree.tokens[finite].tag == "MD"
    )
    return state or _is_thing(tree, subject)


def _disagrees(tree: Tree, subject: int, verb: int) -> bool:
    """Say whether a verb in the present is not of the number of a subject."""
    form, finite = _get_form(tree, verb), _find_finite(tree, tree.tokens[subject].head)
    token = tree.tokens[subject]
    if form not in _PRESENT or finite is None or token.tag in ("WDT", "WP", "DT"):
        return False
    shown = tree.tokens[finite].tag
    if shown in _PRESENT:
        return shown != form
    plural = token.tag in ("NNS", "NNPS") or token.text.lower() in _PLURAL
    return plural if form == "VBZ" else not plural and tree.child(subject, "conj") is None


def _is_thing(tree: Tree, subject: int) -> bool:
    """Say whether a subject is no name and nothing that is said to speak."""
    token = tree.tokens[subject]
    if token.dep == "expl":
        return True
    if token.tag not in ("NN", "NNS") or find_kinds(tree, range(subject, subject + 1)):
        return False
    if token.lemma.endswith(_OF_PEOPLE):
        return False
    return token.lemma not in _list_speaking() and not load_role_words().is_role(token.lemma)


@cache
def _list_speaking() -> frozenset[str]:
    """Return the nouns for people and bodies; a "site" or a "station" is seldom an outlet."""
    words, classes = load_role_words(), load_class_words()
    bodies = words.bodies
    of_classes = {word for word, kind in classes.nouns.items() if kind != "document"}
    return frozenset().union(
        words.kin,
        words.people,
        words.organisations,
        bodies.sole,
        bodies.kinds,
        bodies.companies,
        bodies.newspapers,
        bodies.loose,
        bodies.short,
        classes.open,
        of_classes,
    )
