"""Passives that name who tells: "Reports that a wreck had been found were denied by officials",
"was warned by the envoy that the bridge was unsafe".

"NAME is believed to be ill" names nobody. A tagger may miss them, or be little sure of them inside
contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.fitting import trim_loose
from sayso.extract.passives import TELLING, TELLING_TO, find_speaker
from sayso.extract.reading import SURE_INSIDE, Placed, Reading
from sayso.extract.ruled import build_ruled
from sayso.extract.sure_frames import PLAIN
from sayso.extract.tagged import find_apart, find_inner, meets_any
from sayso.extract.tellers import find_heard
from sayso.extract.tree import Tree
from sayso.records.span import Span

_ANSWERING = frozenset(("deny", "refute", "rebut", "dispute", "contradict", "reject", "dismiss"))
_WORDS = frozenset(
    (
        "accusation",
        "allegation",
        "argument",
        "assertion",
        "charge",
        "claim",
        "complaint",
        "report",
        "rumor",
        "rumour",
        "statement",
        "suggestion",
    )
)
_BELIEVING = frozenset(
    (
        "allege",
        "believe",
        "find",
        "presume",
        "report",
        "rumor",
        "rumour",
        "say",
        "suspect",
        "think",
        "understand",
    )
)
_HELPERS = ("aux", "auxpass", "neg", "advmod")
_CLAUSES = frozenset(("that", "whether", "how"))
# What may stand between who tells and what: "by the board in writing that", "on Monday that".
_BETWEEN = frozenset(("IN", "DT", "NN", "NNP", "CD", "VBG", "RB"))
_ASIDES = frozenset(("(", "–", "—", ";"))
MAX_BETWEEN = 5


def add_passives(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with those of passives and of what is heard from somebody, which inside
    contents take the place of less sure ones of the same verbs. Linear in tokens and attributions
    but for sorting.
    """
    frames = [*find_passives(reading), *find_heard(reading)]
    own = _list_cues(frames)
    inner = find_inner([item for item in built if not _is_weak(item, own)], frames)
    cues = _list_cues(inner)
    kept = [item for item in built if not _is_weak(item, cues)]
    return [*kept, *inner, *find_apart([*kept, *inner], frames)]


def _list_cues(built: Sequence[Placed]) -> list[Span]:
    return sorted(span for a, _ in built if a.cue is not None for span in a.cue.spans)


def _is_weak(item: Placed, cues: Sequence[Span]) -> bool:
    """Say whether an attribution is little sure and shares a cue with some others."""
    one = item[0]
    if one.cue is None or one.confidence >= SURE_INSIDE:
        return False
    return any(meets_any(cues, span) for span in one.cue.spans)


def find_passives(reading: Reading) -> Iterator[Placed]:
    """Yield the attributions of passives: of what somebody denies, what somebody is told by
    somebody, and what somebody is believed to do. Linear in tokens.
    """
    tree = reading.tree
    for verb, token in enumerate(tree.tokens):
        if token.tag != "VBN":
            continue
        source = find_speaker(tree, verb)
        said: list[Span] = []
        if token.lemma in _BELIEVING:
            said = _find_believed(tree, verb)
        elif source is not None and token.lemma in _ANSWERING:
            said = _find_denied(tree, verb)
        elif source is not None and token.lemma in TELLING | TELLING_TO:
            said = _find_told(tree, verb, source)
        if not said:
            continue
        ends = [end for _, end in said if end <= token.start]
        helpers = (i for i in tree.with_dep(verb, *_HELPERS) if i < verb)
        behind = (i for i in helpers if tree.tokens[i].start >= max(ends, default=0))
        cue = tree.span(min(behind, default=verb), verb)
        one = build_ruled(reading, source, cue, said, PLAIN)
        if one is not None:
            yield one, token.start


def _find_denied(tree: Tree, verb: int) -> list[Span]:
    """Return the subject of a passive if it is words of somebody or what they say: "The claim"."""
    subject = _find_subject(tree, verb)
    if subject is None or tree.tokens[subject].lemma not in _WORDS:
        return []
    return [trim_loose(tree.annotation.text, tree.span(tree.left[subject], tree.right[subject]))]


def _find_subject(tree: Tree, verb: int) -> int | None:
    """Return the subject of a passive if it ends before its first word, else None."""
    subject, helper = tree.child(verb, "nsubjpass"), tree.child(verb, "auxpass")
    if subject is None or helper is None or tree.right[subject] >= min(helper, verb):
        return None
    return subject


def _find_believed(tree: Tree, verb: int) -> list[Span]:
    """Return subject and infinitive of "NAME is believed to be ill", the infinitive alone if a
    relative word is the subject.
    """
    subject, done = _find_subject(tree, verb), tree.child(verb, "xcomp")
    if subject is None or done is None or done < verb:
        return []
    to = next((i for i in tree.with_dep(done, "aux") if tree.tokens[i].tag == "TO"), None)
    if to is None or any(tree.tokens[i].text == "," for i in range(verb, to)):
        return []
    if tree.tokens[verb].lemma == "find" and tree.tokens[to + 1].text.lower() != "have":
        return []
    behind = range(to, tree.right[done] + 1)
    aside = next((i for i in behind if tree.tokens[i].text in _ASIDES), behind.stop)
    said = tree.span(to, aside - 1)
    if tree.tokens[subject].tag[:1] == "W":
        return [said]
    first = trim_loose(tree.annotation.text, tree.span(tree.left[subject], tree.right[subject]))
    return [first, said]


def _find_told(tree: Tree, verb: int, source: Span) -> list[Span]:
    """Return the clause behind whoever tells it: "that the dam was unsafe", "to leave"."""
    first = tree.token_at(source[1] - 1) + 1
    _, last = tree.annotation.sentences[tree.sentence[verb]]
    if first >= last or tree.child(verb, "auxpass") is None:
        return []
    tokens = tree.tokens
    if tokens[first].text.lower() == "to":
        helps = tokens[verb].lemma in TELLING_TO and tokens[first].dep == "aux"
    else:
        stop = min(last, first + MAX_BETWEEN)
        while first < stop and tokens[first].text.lower() not in _CLAUSES:
            if tokens[first].tag not in _BETWEEN:
                return []
            first += 1
        helps = first < stop and (tokens[first].dep == "mark" or tokens[first].tag != "IN")
    clause = tokens[first].head if first < last else first
    if not helps or clause <= first or tokens[clause].tag[:2] not in ("VB", "MD"):
        return []
    return [tree.span(first, tree.right[clause])]
