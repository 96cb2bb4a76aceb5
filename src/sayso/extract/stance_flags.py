"""Whether a cue is negated or hypothetical (docs/stances.md), with what stands further off.

The words next to the cue are read by `assertedness`. Here, before that: a no that denies something
else ("wasted no time attacking") is left out. And after it: a no in the subject or the object, a
denial of a denial, and what is only thought of ("thought of saying").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.assertedness import Anchor, is_hypothetical, is_negated

MAX_STEPS = 12
_CAN = ("can", "ca", "could")
_WOULD = ("would", "'d", "’d")
_MAY = ("may", "might")
_NO_OBJECTS = ("neither", "nothing", "none", "nobody")
_IF_AND_WHEN = (("if", "and", "when"), ("if", "or", "when"), ("when", "and", "if"))
_WHOEVER = ("anyone", "anybody", "whoever", "any")
_BRIDGES = ("of", "to", "from", "in")
_MARKS = (":", ",", "-", "–", "—")
# What a verb of knowing or taking to be so is denied of is told as it is: "cannot understand".
_STATES = ("finds", "believes")
_ABLE = ("recall", "remember")
_HEARING = ("hear", "see", "witness")


def find_flags(anchor: Anchor, stance: str, content: Sequence[int]) -> tuple[bool, bool]:
    """Return whether the anchor of a cue is negated, and whether it is hypothetical.

    content: the tokens of the content alone; anchor.content may hold words of the cue as well.
    """
    at = _widen(_leave_out(anchor, _find_idle(anchor)))
    negated = is_negated(at) or _has_no_further_off(at, content)
    if negated and _is_denied_denial(at):
        negated = False
    able = _find_inability(at, stance) if negated else frozenset()
    return negated, is_hypothetical(_leave_out(at, able)) or _is_only_thought_of(at)


def is_prohibition(anchor: Anchor) -> bool:
    """Say whether what is denied is leave: "did not permit", though not "may not permit"."""
    tree = anchor.tree
    if tree.tokens[anchor.token].lemma not in anchor.words.permits:
        return False
    helpers = tree.with_dep(anchor.token, "aux")
    return not any(tree.tokens[i].text.lower() in _MAY for i in helpers)


def _leave_out(anchor: Anchor, part: frozenset[int]) -> Anchor:
    if not part:
        return anchor
    return replace(
        anchor,
        cue=tuple(i for i in anchor.cue if i not in part),
        source=() if part & set(anchor.source[:1]) else anchor.source,
        content=anchor.content | part,
    )


def _find_idle(anchor: Anchor) -> frozenset[int]:
    """Return the words of denial that deny something else than the anchor, with their "can"."""
    nos = (*anchor.cue, *anchor.source[:1])
    found = {i for i in nos if _is_other_no(anchor, i) or _is_idle_object(anchor, i)}
    for at in _climb(anchor):
        found.update(_find_urge(anchor, at))
    return frozenset(found)


def _is_other_no(anchor: Anchor, at: int) -> bool:
    """Say whether a no has its sense by what follows: "nothing but", "no fewer than", a name."""
    text = _text(anchor, at)
    if text not in anchor.words.no_words | anchor.words.no_sources:
        return False
    if text == "little" and anchor.tree.tokens[at].tag.startswith("NNP"):
        return True
    after, then = _text(anchor, at + 1), _text(anchor, at + 2)
    if after in ("less", "fewer", "more", "other") and then == "than":
        return True
    return text == "nothing" and after in ("but", "short", "if")


def _is_idle_object(anchor: Anchor, at: int) -> bool:
    """Say whether a no stands before the object of a set phrase: "wasted no time attacking"."""
    tokens = anchor.tree.tokens
    if _text(anchor, at) not in ("no", "little", "few"):
        return False
    noun = tokens[at].head
    if noun == anchor.token:
        return False
    return (tokens[tokens[noun].head].lemma, tokens[noun].lemma) in anchor.words.idle


def _find_urge(anchor: Anchor, at: int) -> Iterator[int]:
    # "could not wait to say", "could not resist saying": they said it.
    tree = anchor.tree
    lemma = tree.tokens[at].lemma
    if lemma not in anchor.words.idle_verbs or (at == anchor.token and lemma != "wait"):
        return
    can = [i for i in tree.with_dep(at, "aux") if _text(anchor, i) in _CAN]
    no = list(tree.with_dep(at, "neg"))
    if can and no:
        yield from (*can, *no)
        if lemma in anchor.words.refusing:
            yield at


def _widen(anchor: Anchor) -> Anchor:
    """Return the anchor with the words that a gerund hangs on as words of the cue, where these say
    whether it came about: "is incapable of", "never got around to".
    """
    tokens, words = anchor.tree.tokens, anchor.words
    lead = tokens[anchor.token].head
    above = tokens[lead].head
    if tokens[anchor.token].dep != "pcomp" or tokens[lead].lemma not in _BRIDGES:
        return anchor
    if {lead, above} & anchor.content:
        return anchor
    if tokens[above].lemma in words.no_nouns | words.refusing | words.steps:
        return replace(anchor, cue=tuple(dict.fromkeys((*anchor.cue, lead, above))))
    return anchor


def _climb(anchor: Anchor) -> tuple[int, ...]:
    """Return the anchor and the verbs that take it as their complement, lowest first."""
    tokens = anchor.tree.tokens
    found = [anchor.token]
    while len(found) < MAX_STEPS:
        here = tokens[found[-1]]
        joined = here.dep == "conj" and anchor.tree.child(found[-1], "nsubj", "nsubjpass") is None
        if here.dep != "xcomp" and not joined:
            break
        if here.head in anchor.content or here.head == found[-1]:
            break
        found.append(here.head)
    return tuple(found)


def _has_no_further_off(anchor: Anchor, content: Sequence[int]) -> bool:
    if _has_no_object(anchor, content) or _has_no_subject(anchor) or _is_no_doubt(anchor):
        return True
    return _is_unheard(anchor) or _is_of_none(anchor)


def _is_unheard(anchor: Anchor) -> bool:
    """Say whether nobody heard it: "I never heard the minister mention it"."""
    tree = anchor.tree
    above = tree.tokens[anchor.token].head
    bare = tree.tokens[anchor.token].tag == "VB" and tree.child(anchor.token, "aux") is None
    if not bare or tree.tokens[anchor.token].dep != "ccomp" or above in anchor.content:
        return False
    if tree.tokens[above].lemma not in _HEARING:
        return False
    subject = tree.child(above, "nsubj")
    nobody = subject is not None and _begins_with_no(anchor, tree.left[subject])
    return nobody or tree.child(above, "neg") is not None


def _has_no_object(anchor: Anchor, content: Sequence[int]) -> bool:
    """Say whether the content is a noun that a no begins with: "believes neither of them"."""
    tree = anchor.tree
    first = min(content, default=0)
    if first < anchor.token:
        return False
    text = _text(anchor, first)
    head = _find_top(anchor, first)
    if tree.tokens[head].dep not in ("dobj", "pobj", "attr", "dative"):
        return False
    if _is_other_no(anchor, first):
        return False
    if text != "no":
        return text in _NO_OBJECTS
    lemma, then = tree.tokens[head].lemma, _text(anchor, first + 1)
    return lemma in anchor.words.told or then == "one" or (then, lemma) == ("such", "thing")


def _find_top(anchor: Anchor, at: int) -> int:
    """Return the highest word of the content above one of its words."""
    for _ in range(MAX_STEPS):
        head = anchor.tree.tokens[at].head
        if head == at or head not in anchor.content:
            break
        at = head
    return at


def _is_of_none(anchor: Anchor) -> bool:
    """Say whether there is nobody of whom it is told: "there is not anyone who has said so"."""
    tree, top = anchor.tree, _climb(anchor)[-1]
    who = tree.child(top, "nsubj", "nsubjpass")
    if tree.tokens[top].dep != "relcl" or who is None or tree.tokens[who].tag[:1] != "W":
        return False
    at = tree.tokens[top].head
    while tree.tokens[at].dep in ("pobj", "prep") and tree.tokens[at].head < at:
        at = tree.tokens[at].head
    verb = tree.tokens[at].head
    if tree.tokens[at].dep != "attr" or tree.child(verb, "expl") is None or at in anchor.content:
        return False
    first = tree.left[at]
    denied = tree.child(verb, "neg") is not None and _text(anchor, first) in _WHOEVER
    return denied or _begins_with_no(anchor, first)


def _has_no_subject(anchor: Anchor) -> bool:
    """Say whether nobody is what does or undergoes it: "nobody was told to"."""
    tree = anchor.tree
    for at in _climb(anchor):
        for i in tree.with_dep(at, "nsubj", "nsubjpass"):
            inside = i in anchor.content
            if inside and (tree.tokens[i].dep == "nsubj" or _is_raising(anchor, at)):
                continue
            if _begins_with_no(anchor, tree.left[i]):
                return True
    return False


def _is_raising(anchor: Anchor, at: int) -> bool:
    """Say whether a passive holds a clause and not what stands before it: "no one is expected to
    come" expects something all the same.
    """
    told = anchor.words.frames.get(anchor.tree.tokens[at].lemma, {}).get("infinitive")
    return told != "demands" and anchor.tree.child(at, "xcomp") is not None


def _begins_with_no(anchor: Anchor, first: int) -> bool:
    text = _text(anchor, first)
    if text not in anchor.words.no_sources or _is_other_no(anchor, first):
        return False
    return _text(anchor, first + 1) not in ("only", "just", "merely", "simply", "doubt", "-")


def _is_no_doubt(anchor: Anchor) -> bool:
    token = anchor.tree.tokens[anchor.token]
    return token.lemma == "doubt" and token.tag == "NN" and _text(anchor, anchor.token - 1) == "no"


def _is_denied_denial(anchor: Anchor) -> bool:
    """Say whether a clause with a no is what is not meant: "does not mean he might not say so"."""
    tree = anchor.tree
    top = _climb(anchor)[-1]
    above = tree.tokens[top].head
    if tree.tokens[top].dep != "ccomp" or tree.tokens[above].lemma not in ("mean", "imply"):
        return False
    return tree.child(above, "neg") is not None


def _find_inability(anchor: Anchor, stance: str) -> frozenset[int]:
    """Return "can" and "would" of what somebody did not do because unable or unwilling: "cannot
    understand", "would not confirm".
    """
    tree = anchor.tree
    verb = replace(anchor, token=_find_verb_of_told(anchor))
    if _is_withheld(verb):
        helpers = {i for at in _climb(verb) for i in tree.with_dep(at, "aux")}
        return frozenset(i for i in helpers if _text(anchor, i) in (*_CAN, *_WOULD))
    if stance not in _STATES and tree.tokens[anchor.token].lemma not in _ABLE:
        return frozenset()
    helpers = set(tree.with_dep(anchor.token, "aux"))
    return frozenset(i for i in helpers if _text(anchor, i) in _CAN)


def _find_verb_of_told(anchor: Anchor) -> int:
    """Return the verb that carries the anchor where it is what is told: "give" of "no details"."""
    token = anchor.tree.tokens[anchor.token]
    above = anchor.tree.tokens[token.head]
    carried = token.dep == "dobj" and token.lemma in anchor.words.told
    return token.head if carried and above.lemma in anchor.words.carriers else anchor.token


def _is_withheld(anchor: Anchor) -> bool:
    """Say whether the anchor is what somebody will not or cannot say, under no condition: not
    "would not have said", "would never say", "would not say so if asked".
    """
    tree = anchor.tree
    token = tree.tokens[anchor.token]
    given = tree.child(anchor.token, "dobj") if token.lemma in anchor.words.carriers else None
    withheld = token.lemma in anchor.words.withheld
    if given is not None:
        withheld = withheld or tree.tokens[given].lemma in anchor.words.told
    if not withheld or token.tag != "VB":
        return False
    verbs = _climb(anchor)
    if any(_text(anchor, i) == "never" for at in verbs for i in tree.with_dep(at, "neg", "advmod")):
        return False
    # A condition behind the content can be parsed as one of the content.
    said = [i for at in verbs for i in tree.with_dep(at, "ccomp", "dobj")]
    clauses = [i for at in (*verbs, *said) for i in tree.with_dep(at, "advcl")]
    marks = {i for at in clauses for i in tree.with_dep(at, "mark", "advmod")} - anchor.content
    return not any(_text(anchor, i) in anchor.words.conditions for i in marks)


def _is_only_thought_of(anchor: Anchor) -> bool:
    thought_of = _is_weighed(anchor) or _is_if_and_when(anchor) or _is_extreme(anchor)
    return thought_of or _is_of_anyone(anchor)


def _is_weighed(anchor: Anchor) -> bool:
    """Say whether the anchor is a gerund that is thought of: "thought of saying"."""
    tokens = anchor.tree.tokens
    here = tokens[anchor.token]
    if here.tag != "VBG" or here.dep not in ("xcomp", "pcomp"):
        return False
    if anchor.tree.child(anchor.token, "nsubj", "aux") is not None:
        return False
    above = here.head
    if here.dep == "pcomp":
        if tokens[above].lemma not in ("of", "about", "on", "with"):
            return False
        above = tokens[above].head
    return above not in anchor.content and tokens[above].lemma in anchor.words.weighed


def _is_of_anyone(anchor: Anchor) -> bool:
    """Say whether the anchor is told of whoever does it: "anyone who says so is wrong", and in the
    past too where what would come of it is told.
    """
    tree = anchor.tree
    top = _climb(anchor)[-1]
    whoever = tree.tokens[top].head
    if tree.tokens[top].dep not in ("relcl", "acl") or whoever >= top:
        return False
    if _text(anchor, tree.left[whoever]) not in _WHOEVER:
        return False
    above = tree.tokens[whoever].head
    would = any(tree.tokens[i].tag == "MD" for i in tree.with_dep(above, "aux"))
    return would or tree.tokens[top].tag not in ("VBD", "VBN")


def _is_if_and_when(anchor: Anchor) -> bool:
    for at in _climb(anchor):
        for i in anchor.tree.children[at]:
            if i > at or _text(anchor, i) not in ("when", "if"):
                continue
            near = ((i - 2, i - 1, i), (i, i + 1, i + 2))
            if any(tuple(_text(anchor, n) for n in three) in _IF_AND_WHEN for three in near):
                return True
    return False


def _is_extreme(anchor: Anchor) -> bool:
    """Say whether the sentence tells of the worst or best case: "Worst case: he was lying"."""
    tree = anchor.tree
    top = _climb(anchor)[-1]
    before = [top] if tree.tokens[top].head == top else [top, tree.tokens[top].head]
    for at in before:
        for i in (at, *tree.children[at]):
            if tree.tokens[i].lemma not in ("case", "scenario") or i > anchor.token:
                continue
            worst = any(_text(anchor, n) in ("worst", "best") for n in tree.children[i])
            if worst and _text(anchor, tree.right[i] + 1 if i != at else i + 1) in _MARKS:
                return True
    return False


def _text(anchor: Anchor, at: int) -> str:
    tokens = anchor.tree.tokens
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""
