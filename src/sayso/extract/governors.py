"""What a figure hangs on: the words above it in its clause, and how other words hang on those.

A place, an event or a stretch of time belongs to a figure if it hangs on its counted noun, or on
one of the words above that: the verb that says what happened, the noun of the event that did it.
The way up ends where somebody's words or another clause begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.extract.counted import Place, find_noun
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_events
from sayso.records.span import Span

# Real figures have under ten words above them, real places and events under six up to those.
MAX_STEPS_UP = 14
MAX_STEPS_TIED = 8
MAX_STEPS_TO_EVENT = 8

_NOUNS = ("NN", "CD", "PR", "JJ")
_MARKS = frozenset(("mark", "advmod"))
# Ways down from a figure's governors that lead to what is said of the same thing.
_TYING_LABELS = (
    "prep pobj pcomp dobj obj nsubj nsubjpass agent compound amod nmod poss appos npadvmod attr "
    "dep advcl nummod"
)
_TYING = frozenset(_TYING_LABELS.split())
_UP_TO_EVENT = frozenset(("pobj", "prep", "dobj", "acl", "relcl", "appos"))
_OF_NOUN = frozenset(("acl", "relcl"))
# "In response to a raid": what was done before by others.
_ANSWERS = frozenset(
    ("answer", "reaction", "reply", "reprisal", "response", "retaliation", "revenge")
)
_LATER = frozenset(("after", "before"))
_A_WHILE = frozenset(("shortly", "soon", "long"))


@dataclass(frozen=True, slots=True)
class Governors:
    """A figure in its clause. first, last: its tokens; noun: the counted noun, if any.

    steps: each word above the figure, itself included, with how many steps it is away; order:
    those words, nearest first. verb: the first verb among them or said of the noun.
    """

    first: int
    last: int
    noun: int | None
    steps: Mapping[int, int]
    order: tuple[int, ...]
    verb: int | None


@dataclass(frozen=True, slots=True)
class Tie:
    """How a word hangs on a figure: on the governor that is `up` steps above it, `down` below that.

    through: the words between, from the word up.
    """

    up: int
    down: int
    through: tuple[int, ...]


def find_governors(tree: Tree, span: Span) -> Governors | None:
    """Return what the figure at a span hangs on; None where no word begins in it."""
    words = tree.tokens_in(span)
    if not words:
        return None
    first, last = words.start, words.stop - 1
    main = last
    for i in range(last, first - 1, -1):
        if not first <= tree.tokens[i].head <= last and tree.tokens[i].tag != "HYPH":
            main = i
            break
    noun = find_noun(tree, Place(main, first, last))
    order = _climb(tree, main)
    steps = {token: n for n, token in enumerate(order)}
    is_here = noun is not None and tree.sentence[noun] == tree.sentence[main]
    if noun is not None and is_here and (noun <= last + 1 or tree.tokens[noun].head in steps):
        steps.setdefault(noun, 1)
    verb = _find_verb(tree, order, noun)
    return Governors(first, last, noun, steps, order, verb)


def _climb(tree: Tree, start: int) -> tuple[int, ...]:
    tokens = tree.tokens
    order = [start]
    at = start
    for _ in range(MAX_STEPS_UP):
        token = tokens[at]
        head = token.head
        if head == at or token.dep in ("ccomp", "parataxis"):
            break
        if token.dep == "advcl" and _is_marked(tree, at):
            break
        if token.dep == "conj" and _has_subject(tree, at):
            break
        order.append(head)
        if token.dep == "relcl":
            order += _climb_to_event(tree, head)
            break
        at = head
    return tuple(order)


def _climb_to_event(tree: Tree, noun: int) -> list[int]:
    """Return the way from what a relative clause stands behind to the event that it is said of:
    "the attack on the market, which killed 12", "a blast that hit a mill in Talm, killing 12".
    """
    tokens, events = tree.tokens, load_events()
    above: list[int] = []
    at = noun
    while not events.is_event(tokens[at].lemma):
        if tokens[at].dep not in _UP_TO_EVENT or tokens[at].head == at:
            return []
        at = tokens[at].head
        above.append(at)
        if len(above) > MAX_STEPS_TO_EVENT:
            return []
    return above


def _is_marked(tree: Tree, verb: int) -> bool:
    """Say whether a clause is one of "after", "when", "because": it happens by itself."""
    tokens = tree.tokens
    return any(
        tokens[c].dep in _MARKS and c < verb and tokens[c].tag in ("IN", "WRB")
        for c in tree.children[verb]
    )


def _has_subject(tree: Tree, verb: int) -> bool:
    return tree.child(verb, "nsubj", "nsubjpass", "expl") is not None


def _find_verb(tree: Tree, order: tuple[int, ...], noun: int | None) -> int | None:
    """Return the verb that says what happened: said of the noun, or else the first above it."""
    tokens = tree.tokens
    own = noun if noun is not None else order[0]
    for child in tree.children[own]:
        if tokens[child].dep in _OF_NOUN and tokens[child].tag[:2] == "VB" and child > own:
            return child
    for token in order:
        if tokens[token].tag[:2] == "VB":
            return token
    return None


def find_tie(tree: Tree, governors: Governors, token: int) -> Tie | None:
    """Return how a word hangs on a figure; None where it is said of something else."""
    tokens = tree.tokens
    at = token
    through: list[int] = []
    for _ in range(MAX_STEPS_TIED):
        if at in governors.steps:
            return Tie(governors.steps[at], len(through), tuple(through))
        if tokens[at].tag == "CD" and at != token:
            return None  # said of another number
        through.append(at)
        dep, head = tokens[at].dep, tokens[at].head
        if head == at or not _is_open(tree, governors, at, dep):
            return None
        at = head
    return None


def _is_open(tree: Tree, governors: Governors, at: int, dep: str) -> bool:
    """Say whether what hangs on a word by this label is said of the same as what it hangs on."""
    head = tree.tokens[at].head
    if dep in _OF_NOUN:
        # "the 12 people killed in the attack", "the strike carried out in Talm"
        return governors.steps.get(head, MAX_STEPS_UP) <= 2 or tree.tokens[at].tag in ("VBN", "VBG")
    if dep == "conj":
        return tree.tokens[at].tag[:2] in _NOUNS and tree.tokens[head].tag[:2] in _NOUNS
    if dep in ("nsubj", "nsubjpass"):
        above = tree.tokens[head]  # "30 hurt as a quake strikes", "since the war began"
        return head in governors.steps or (above.dep == "advcl" and above.head in governors.steps)
    if dep == "xcomp":  # "14 were reported to have died in Talm", "those reported killed in Talm"
        is_told = head in governors.steps and tree.tokens[head].tag == "VBN"
        return is_told or tree.tokens[at].tag in ("VBG", "VBN")
    return dep in _TYING


def is_apart(tree: Tree, tie: Tie) -> bool:
    """Say whether a word hangs on what came a while before or after, or on what was answered:
    "12 died hours after the vote", "shortly after planes took off in Talm", "in response to it".
    """
    return any(_is_step_apart(tree, i) for i in tie.through)


def _is_step_apart(tree: Tree, at: int) -> bool:
    tokens = tree.tokens
    one = tokens[at]
    if one.dep == "prep" and tokens[one.head].lemma in _ANSWERS:
        return tokens[one.head].dep == "pobj"
    mark: int | None = at if one.dep == "prep" else None
    if one.dep == "advcl":
        mark = next((c for c in tree.children[at] if tokens[c].dep in _MARKS and c < at), None)
        if mark is not None and tokens[mark].text.lower() not in _LATER:
            mark = next((c for c in tree.with_dep(at, "mark") if c < at), None)
    if mark is None or tokens[mark].text.lower() not in _LATER or not mark:
        return False
    if tokens[mark].text.lower() == "before":
        return True
    before = tokens[mark - 1]
    is_measured = before.dep == "npadvmod" and before.head in (mark, at)
    return is_measured or before.text.lower() in _A_WHILE
