"""Whether a cue is negated or hypothetical, from the words around it (docs/stances.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sayso.extract.stance_words import StanceWords
from sayso.extract.tree import Tree

MAX_STEPS = 12
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_FIRST_PERSON = ("i", "we")
# What a word may be to the one above for the two to be one predicate.
_LINKS = ("xcomp", "acomp", "attr", "oprd", "pcomp", "pobj", "dobj", "acl", "prep", "advmod")
# Of these, what always makes one predicate with the verb above.
_ONE = ("xcomp", "acomp", "attr")
_BARE = ("VB", "VBN", "VBG")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The word of a cue that takes the content, and the tokens around it."""

    tree: Tree
    words: StanceWords
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: frozenset[int]
    token: int


def is_negated(anchor: Anchor) -> bool:
    """Say whether the words around the anchor deny it; a refusal of a refusal is none."""
    chain = _find_chain(anchor)
    return _has_no(anchor, chain) != (_count_refusals(anchor, chain) % 2 == 1)


def is_hypothetical(anchor: Anchor) -> bool:
    """Say whether the report does not give the anchor as something that took place."""
    chain = _find_chain(anchor)
    return (
        _has_modal(anchor, chain)
        or _is_ahead(anchor, chain)
        or any(_is_conditional(anchor, i) for i in chain)
        or _is_asked(anchor, chain)
        or _is_imperative(anchor)
    )


def _find_chain(anchor: Anchor) -> tuple[int, ...]:
    """Return the anchor and the words above it that make one predicate with it, lowest first."""
    tokens = anchor.tree.tokens
    chain = [anchor.token]
    for _ in range(MAX_STEPS):
        here = tokens[chain[-1]]
        above = here.head
        if above == chain[-1] or above in anchor.content:
            break
        if not _is_linked(anchor, chain[-1], above):
            break
        chain.append(above)
    return tuple(chain)


def _is_linked(anchor: Anchor, here: int, above: int) -> bool:
    token, head = anchor.tree.tokens[here], anchor.tree.tokens[above]
    if above in anchor.cue:
        return token.dep in _LINKS or (token.dep == "conj" and _shares_helpers(anchor, here))
    if token.dep == "conj":
        return _shares_helpers(anchor, here)
    if token.dep in ("ccomp", "advcl", "acl") and _is_infinitive(anchor, here):
        no = anchor.words.no_nouns if token.dep == "acl" else anchor.words.refusing
        return _puts_ahead(anchor, above) or head.lemma in no
    if token.dep == "xcomp" and _is_judged(anchor, above):
        return _puts_ahead(anchor, above)
    held = {
        "dobj": anchor.words.carriers,
        # "Several refusals of his requests": he made them.
        "pobj": {"without"} if _is_somebodys(anchor, here) else {"of", "without"},
        "nsubjpass": anchor.words.carriers,
        "pcomp": {"without"},
        "prep": anchor.words.no_nouns,
    }
    return token.dep in _ONE or head.lemma in held.get(token.dep, ())


def _is_somebodys(anchor: Anchor, noun: int) -> bool:
    """Say whether a noun's possessor is the source."""
    return anchor.tree.child(noun, "poss") in anchor.source


def _is_judged(anchor: Anchor, above: int) -> bool:
    """Say whether an infinitive is called something: "it is not rash to say" denies no saying."""
    head = anchor.tree.tokens[above]
    if head.tag.startswith("JJ"):
        return True
    return head.lemma == "be" and anchor.tree.child(above, "acomp", "attr") is not None


def _shares_helpers(anchor: Anchor, here: int) -> bool:
    """Say whether a verb stands under the helpers of another: "did not confirm or deny"."""
    tree = anchor.tree
    above = tree.tokens[here].head
    return (
        tree.tokens[here].tag in _BARE
        and tree.tokens[here].tag == tree.tokens[above].tag
        and tree.child(here, *_SUBJECTS, "aux", "auxpass") is None
    )


def _is_infinitive(anchor: Anchor, verb: int) -> bool:
    tree = anchor.tree
    has_to = any(tree.tokens[i].tag == "TO" for i in tree.with_dep(verb, "aux"))
    return has_to and tree.tokens[verb].tag == "VB"


def _around(anchor: Anchor, chain: tuple[int, ...]) -> Iterator[int]:
    """Yield the words of the cue and the small words that hang on the chain."""
    found = dict.fromkeys(anchor.cue)
    for at in chain:
        for i in anchor.tree.children[at]:
            if i not in anchor.content and anchor.tree.tokens[i].dep in (
                "neg",
                "aux",
                "auxpass",
                "advmod",
                "preconj",
                "det",
                "cc",
            ):
                found[i] = None
    yield from found


def _has_no(anchor: Anchor, chain: tuple[int, ...]) -> bool:
    tokens, words = anchor.tree.tokens, anchor.words
    for i in _around(anchor, chain):
        text = tokens[i].text.lower()
        if tokens[i].tag != "UH" and text in words.no_words and not _is_not_only(anchor, i):
            return text != "nor" or i in anchor.cue or _is_before(anchor, i, chain)
        if text == "little" and tokens[i].dep in ("amod", "advmod") and i in anchor.cue:
            return _previous(anchor, i) != "a"
    if any(tokens[i].lemma == "without" for i in chain):
        return True
    if _has_no_before(anchor, chain):
        return True
    return _is_no_source(anchor)


def _has_no_before(anchor: Anchor, chain: tuple[int, ...]) -> bool:
    # "neither confirmed nor denied": the nor hangs on the first verb.
    for at in chain:
        token = anchor.tree.tokens[at]
        if token.dep == "conj":
            helpers = anchor.tree.with_dep(token.head, "cc")
            if any(anchor.tree.tokens[i].text.lower() == "nor" and i < at for i in helpers):
                return True
    return False


def _is_before(anchor: Anchor, at: int, chain: tuple[int, ...]) -> bool:
    return at < min(chain)


def _is_not_only(anchor: Anchor, at: int) -> bool:
    """Say whether a no denies something else: "not only", "no doubt", "never-ending"."""
    after = anchor.tree.tokens[at + 1].text.lower() if at + 1 < len(anchor.tree.tokens) else ""
    return after in ("only", "just", "merely", "simply", "surprisingly", "doubt", "matter", "-")


def _previous(anchor: Anchor, at: int) -> str:
    return anchor.tree.tokens[at - 1].text.lower() if at else ""


def _is_no_source(anchor: Anchor) -> bool:
    if not anchor.source:
        return False
    tokens = anchor.tree.tokens
    first = tokens[anchor.source[0]].text.lower()
    if first not in anchor.words.no_sources or _is_not_only(anchor, anchor.source[0]):
        return False
    return _previous(anchor, anchor.source[0]) not in ("a", "quite")


def _count_refusals(anchor: Anchor, chain: tuple[int, ...]) -> int:
    tokens, words = anchor.tree.tokens, anchor.words
    count = sum(tokens[i].lemma in words.refusing for i in chain if i != anchor.token)
    count += sum(tokens[i].lemma in words.no_nouns for i in chain if i != anchor.token)
    yet = [i for i in anchor.cue if tokens[i].text.lower() == "yet"]
    return count + any(tokens[i + 1].tag == "TO" for i in yet if i + 1 < len(tokens))


def _has_modal(anchor: Anchor, chain: tuple[int, ...]) -> bool:
    tokens, words = anchor.tree.tokens, anchor.words
    modals = [tokens[i] for i in _around(anchor, chain) if tokens[i].tag == "MD"]
    near = {tokens[i].text.lower() for i in _around(anchor, chain)}
    if near & words.maybes:
        return True
    if not modals:
        return False
    would = any(m.text.lower() in ("would", "'d", "’d") for m in modals)
    if would and (tokens[anchor.token].lemma in words.polite or near & words.customs):
        return False
    return not _is_performed(anchor)


def _is_performed(anchor: Anchor) -> bool:
    """Say whether somebody says what they say they would: "I must admit", "I would argue"."""
    if _join(anchor, anchor.source) not in _FIRST_PERSON:
        return False
    return anchor.tree.tokens[anchor.token].lemma in anchor.words.performed


def _join(anchor: Anchor, part: tuple[int, ...]) -> str:
    return " ".join(anchor.tree.tokens[i].text.lower() for i in part)


def _is_ahead(anchor: Anchor, chain: tuple[int, ...]) -> bool:
    """Say whether the anchor is an infinitive under a word that puts it ahead: "plans to say"."""
    tokens = anchor.tree.tokens
    for lower, upper in pairwise(chain):
        if not _is_infinitive(anchor, lower):
            continue
        if _puts_ahead(anchor, upper):
            return True
        now = tokens[upper].tag in ("VBZ", "VBP") or tokens[upper].lemma == "have"
        if tokens[upper].lemma in ("be", "have") and now and tokens[lower].dep == "xcomp":
            return not _is_performed(anchor) and "yet" not in _cue_words(anchor)
    head = tokens[chain[-1]].head
    under = tokens[chain[-1]].dep in ("xcomp", "ccomp", "acl", "advcl", "dobj")
    return under and _is_infinitive(anchor, chain[-1]) and _puts_ahead(anchor, head)


def _puts_ahead(anchor: Anchor, at: int) -> bool:
    token = anchor.tree.tokens[at]
    if token.lemma == "go":
        return token.tag == "VBG"  # "is going to say", not "went on to say"
    noun = token.tag.startswith("NN")
    return token.lemma in (anchor.words.ahead_nouns if noun else anchor.words.ahead)


def _cue_words(anchor: Anchor) -> set[str]:
    return {anchor.tree.tokens[i].text.lower() for i in anchor.cue}


def _is_conditional(anchor: Anchor, at: int) -> bool:
    tree = anchor.tree
    for _ in range(MAX_STEPS):
        for i in tree.children[at]:
            token = tree.tokens[i]
            if token.dep in ("mark", "advmod") and token.text.lower() in anchor.words.conditions:
                return i < at and i not in anchor.content
        if _is_inverted(tree, at):
            return True
        # "Asked whether it leaked, and that he had said so": a clause with a "that" of its own.
        marked = any(tree.tokens[i].text.lower() == "that" for i in tree.with_dep(at, "mark"))
        if tree.tokens[at].dep != "conj" or marked:
            return False
        at = tree.tokens[at].head
    return False


def _is_inverted(tree: Tree, verb: int) -> bool:
    """Say whether a clause is a condition without "if": "Had he said so, …"."""
    subject, first = tree.child(verb, *_SUBJECTS), tree.tokens[tree.left[verb]]
    token = tree.tokens[verb]
    apart = token.dep == "advcl" or (token.dep == "ccomp" and token.head > tree.right[verb])
    if not apart or subject is None or tree.left[verb] >= subject:
        return False
    return first.dep in ("aux", "auxpass") and first.text.lower() in ("had", "should", "were")


def _is_asked(anchor: Anchor, chain: tuple[int, ...]) -> bool:
    """Say whether the cue is what a question asks: "Did he say so?", "Who said so?"."""
    tree = anchor.tree
    last = _last_of_sentence(anchor)
    if last is None or tree.tokens[last].text != "?":
        return False
    own = last not in anchor.content
    for at in chain:
        subject = tree.child(at, *_SUBJECTS)
        if subject is None:
            continue
        if own and tree.tokens[tree.left[subject]].tag in ("WP", "WDT", "WRB"):
            return True
        # "Do you still think it will rain?": the mark is the content's, the question the cue's.
        helpers = (*tree.with_dep(at, "aux", "auxpass"), tree.left[subject])
        if any(tree.tokens[i].dep in ("aux", "auxpass") and i < subject for i in helpers):
            return True
        if own and tree.tokens[at].lemma == "be" and at < subject:
            return True
    return False


def _last_of_sentence(anchor: Anchor) -> int | None:
    sentences = anchor.tree.annotation.sentences
    number = anchor.tree.sentence[anchor.token]
    if number >= len(sentences):
        return None
    last = sentences[number][1] - 1
    while last > anchor.token and anchor.tree.tokens[last].text in "\"'”’)":
        last -= 1
    return last


def _is_imperative(anchor: Anchor) -> bool:
    token = anchor.tree.tokens[anchor.token]
    if anchor.source or token.tag != "VB" or token.dep != "ROOT":
        return False
    return anchor.tree.child(anchor.token, *_SUBJECTS, "aux") is None
