"""Whether a figure is a total so far, counts within a stretch of time, or is of one event.

In this order: words of a total ("so far", "since May", "the death toll rose to 30"); a rate ("a
day"); an event that is over ("killed 12 in a strike"); a stretch of time ("last year"); a day
("killed 12 on Friday"); the present perfect of harm and flight ("have fled"). What may be, or will
be, has none; nor has what the words do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.figure_events import FigureEvent
from sayso.extract.governors import Governors
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_events, load_measures

CUMULATIVE, PERIOD, INCIDENT = "cumulative", "period", "incident"

# What is no count of anything that adds up.
_MEASURED = ("duration", "age", "temperature", "length", "distance", "speed", "times", "weight")
_STATES = (*_MEASURED, "percent", "share")
_HAVE = frozenset(("has", "have", "'ve", "’ve"))
_RISING = (
    "rise climb reach hit pass top surpass exceed stand jump grow increase bring push swell mount "
    "soar approach near edge go put"
)
_RISEN = frozenset(_RISING.split())
_MODALS = "would could may might will can should shall must 'll ’ll wo ca"
_UNREAL = frozenset(_MODALS.split())
_WITHIN = 12


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found around a figure. total: "so far" or "since"; rate, stretch: of time; point: a
    day; event: the noun of its event.
    """

    measure: str
    total: bool
    rate: bool
    stretch: bool
    point: bool
    event: FigureEvent | None


def is_state(measure: str) -> bool:
    """Say whether a measure is none that adds up over time."""
    return measure.startswith(_STATES)


def is_measured(measure: str) -> bool:
    """Say whether a figure measures a thing, which happens nowhere and by nothing."""
    return measure.startswith(_MEASURED)


def find_mode(tree: Tree, governors: Governors, signs: Signs) -> str | None:
    """Return the mode of a figure, None where nothing tells."""
    if is_state(signs.measure):
        return None
    if signs.total:
        return CUMULATIVE
    if signs.rate:
        return PERIOD
    if _is_unreal(tree, governors) or _is_state_of_now(tree, governors):
        return None
    if _has_risen(tree, governors):
        return CUMULATIVE
    harmed = signs.measure in load_measures().person_measures
    return _find_by_event(tree, governors, signs, harmed)


def _find_by_event(tree: Tree, governors: Governors, signs: Signs, harmed: bool) -> str | None:
    perfect = _is_perfect(tree, governors)
    event = signs.event
    if event is not None and event.is_over and not (event.is_many and (perfect or signs.stretch)):
        return INCIDENT
    if signs.stretch and (harmed or not is_definite(tree, governors)):
        return PERIOD
    if perfect:
        is_total = event is not None or harmed or _is_total(tree, governors)
        return CUMULATIVE if is_total else None
    if signs.point and _is_past(tree, governors) and is_deed(tree, governors):
        return INCIDENT
    return INCIDENT if harmed and event is None and _is_told(tree, governors) else None


def _list_verbs(tree: Tree, governors: Governors) -> list[int]:
    """Return the verb that says what happened and those above it that carry its tense."""
    tokens = tree.tokens
    if governors.verb is None:
        return []
    verbs = [governors.verb]
    at = governors.verb
    for _ in range(3):
        if tokens[at].dep not in ("xcomp", "conj", "oprd", "advcl", "acl", "auxpass", "aux"):
            break
        if tokens[at].dep == "acl" and tokens[tokens[at].head].dep != "conj":
            break  # but "10 were killed and 55 wounded"
        at = tokens[at].head
        if tokens[at].dep == "conj" and tokens[at].tag[:2] != "VB":
            at = tokens[at].head
        if tokens[at].tag[:2] == "VB":
            verbs.append(at)
    return verbs


def _has_auxiliary(tree: Tree, verb: int, words: frozenset[str]) -> bool:
    return any(
        tree.tokens[c].dep in ("aux", "auxpass") and tree.tokens[c].text.lower() in words
        for c in tree.children[verb][:_WITHIN]
    )


def _is_perfect(tree: Tree, governors: Governors) -> bool:
    """Say whether it is in the present perfect: "has killed", "have been displaced"."""
    return any(_has_auxiliary(tree, v, _HAVE) for v in _list_verbs(tree, governors)[:2])


def _is_unreal(tree: Tree, governors: Governors) -> bool:
    """Say whether it may be or will be."""
    for verb in _list_verbs(tree, governors):
        if _has_auxiliary(tree, verb, _UNREAL):
            return True
        if tree.tokens[verb].tag == "VB" and _has_auxiliary(tree, verb, frozenset(("to",))):
            return True
    return False


def _is_state_of_now(tree: Tree, governors: Governors) -> bool:
    """Say whether something only is so: "nine people are in custody over the attack"."""
    if governors.verb is None:
        return False
    verb = tree.tokens[governors.verb]
    return verb.lemma == "be" and verb.tag in ("VBZ", "VBP")


def _is_total(tree: Tree, governors: Governors) -> bool:
    """Say whether "a total of" stands before the figure."""
    before = tree.tokens[max(0, governors.first - 2) : governors.first + 2]
    return any(token.lemma == "total" for token in before)


def _is_told(tree: Tree, governors: Governors) -> bool:
    """Say whether it is told as what happened once: "120 people were arrested"."""
    if governors.verb is None:
        return False
    verb = tree.tokens[governors.verb]
    if not is_deed(tree, governors):
        return False
    if verb.tag == "VBD":
        return True
    return verb.tag == "VBN" and _has_auxiliary(tree, governors.verb, frozenset(("was", "were")))


def is_definite(tree: Tree, governors: Governors) -> bool:
    """Say whether it is known which ones they are: "the two leaders"."""
    if not governors.first:
        return False
    before = tree.tokens[governors.first - 1]
    return before.tag in ("DT", "PRP$", "POS") and before.text.lower() not in ("a", "an", "another")


def is_deed(tree: Tree, governors: Governors) -> bool:
    """Say whether the verb is of what befell those counted, not of who counted them."""
    if governors.verb is None:
        return False
    measures, lemma = load_measures(), tree.tokens[governors.verb].lemma
    known = measures.objects.keys() | measures.subjects.keys() | load_events().causing
    return lemma in known


def _is_past(tree: Tree, governors: Governors) -> bool:
    verbs = _list_verbs(tree, governors)
    return bool(verbs) and any(tree.tokens[v].tag in ("VBD", "VBN") for v in verbs)


def _has_risen(tree: Tree, governors: Governors) -> bool:
    """Say whether a total is named: "the death toll", "the number of dead rose to"."""
    tokens = tree.tokens
    tolls = load_measures().tolls
    for above in governors.order:
        if tokens[above].lemma in ("toll", "tally"):
            return True
        if tokens[above].tag[:2] != "VB":
            continue
        for child in tree.children[above][:_WITHIN]:
            lemma = tokens[child].lemma
            if tokens[child].dep not in ("nsubj", "nsubjpass", "dobj") or child in governors.steps:
                continue
            if lemma in ("toll", "tally") or lemma in tolls:
                return True
            if lemma in ("number", "total", "count") and tokens[above].lemma in _RISEN:
                return True
    return False
