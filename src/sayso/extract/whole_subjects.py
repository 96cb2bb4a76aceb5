"""Sources that are a part of their verb's subject and not what heads it, made whole.

"A video shared 80,000 times claims …", "a post before the speech said …", "the envoy, NAME,
said …", "the A and the B all say …": the subject speaks, not the noun before the verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.cue_verbs import find_first_verb
from sayso.extract.fitting import trim_loose
from sayso.extract.roles import load_role_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.records.span import Span, overlaps

MAX_SUBJECT_TOKENS, MAX_STEPS = 40, 12
# How what stands behind a noun hangs on it.
_BEHIND = frozenset(("prep", "acl", "relcl", "agent"))
# What sets apart a heading or a dateline.
_APART = frozenset((":", "–", "—", "-", "--", "(", ")", "[", "]", "|", "/"))
# With these a phrase begins that says when or what for.
_LEADING = frozenset(("TO", "IN", "VB", "VBG", "VBD", "VBZ", "VBP"))
_TIMES = frozenset(("day", "morning", "afternoon", "night", "week", "weekend", "month", "year"))
# What opens an aside between who speaks and the verb, about somebody else.
_ASIDES = frozenset(("according", "like", "unlike", "quoting", "citing"))
_TEMPORAL = frozenset(("before", "after", "since", "until"))
_SINGULAR = frozenset(("NN", "NNP"))
_ALL = frozenset(("both", "all"))


def take_whole_subject(tree: Tree, cue: Span, source: Span, taken: Sequence[Span]) -> Span:
    """Return a source, for a part of the subject of its verb without its head that subject.

    taken: spans of cue and content, which it must not meet.
    """
    whole = _find_counted(tree, source)
    if whole is None:
        verb = find_first_verb(tree, cue)
        subject = None if verb is None else tree.child(verb, "nsubj")
        if verb is None or subject is None or not _is_finite(tree, verb):
            return source
        whole = _find_elsewhere(tree, verb, subject, source)
        if whole is None:
            whole = _find_whole(tree, verb, subject, source)
    free = whole is not None and not any(overlaps(whole, span) for span in taken)
    return whole if whole is not None and free else source


def _find_elsewhere(tree: Tree, verb: int, subject: int, source: Span) -> Span | None:
    """Return who speaks where a source is in an aside or another clause, or all the sentence before
    a verb where the source is the last noun of it.
    """
    misread = _find_misread(tree, verb, subject)
    if misread is not None and source == tree.span(tree.left[subject], tree.right[subject]):
        return misread
    before = _find_before_aside(tree, verb, subject)
    longer = before is not None and before[0] == source[0] and before[1] < source[1]
    return before if before is not None and (longer or not overlaps(before, source)) else None


def _find_whole(tree: Tree, verb: int, subject: int, source: Span) -> Span | None:
    """Return the subject of a verb if a source is a part of it that does not speak alone."""
    words, tokens = tree.tokens_in(source), tree.tokens
    first, last = tree.left[subject], tree.right[subject]
    if not len(words) or not subject < words[0] <= words[-1] <= last < verb:
        return None
    path = _climb(tree, words, subject) if last - first <= MAX_SUBJECT_TOKENS else []
    plain = tokens[subject].tag[:1] in "NPDC" and tokens[subject].lemma not in _TIMES
    if not path or not plain or tokens[first].tag in _LEADING:
        return None
    if any(tokens[i].text in _APART for i in range(first, words[0])):
        return None
    top, cut = tokens[path[-1]], last + 1
    if top.dep in _BEHIND:
        # "A message, according to NAME, said"
        cut = path[-1] if top.text.lower() in ("according", "including") else cut
        told = tokens[words[0]].tag[:1] == "W" and len(words) > 1
        held = tokens[words[0] - 1].text != "," or told
    elif top.dep == "appos":
        held = _is_same(tree, subject, words)
    else:
        held = top.dep == "conj" and _is_joint(tree, verb, subject, words, path)
    return trim_loose(tree.annotation.text, tree.span(first, cut - 1)) if held else None


def _find_misread(tree: Tree, verb: int, subject: int) -> Span | None:
    """Return the words before a verb of which a preposition was taken for one that opens a clause,
    so that the sentence has no verb: "A post before the speech said …".
    """
    noun, mark = tree.tokens[verb].head, tree.child(verb, "mark")
    if tree.tokens[verb].dep != "advcl" or mark is None or not noun < mark < subject < verb:
        return None
    root = tree.tokens[noun].tag[:2] == "NN" and tree.tokens[noun].head == noun
    if not root or tree.tokens[mark].text.lower() not in _TEMPORAL:
        return None
    plain = all(tree.tokens[i].text != "," for i in range(tree.left[noun], verb))
    return tree.span(tree.left[noun], verb - 1) if plain else None


def _find_counted(tree: Tree, source: Span) -> Span | None:
    """Return what was shared so often: "a video shared | more than 80,000 times"."""
    tokens, words = tree.tokens, tree.tokens_in(source)
    if not len(words) or words[0] < 2 or tokens[words[-1]].text.lower() != "times":
        return None
    number = any(tokens[i].tag == "CD" for i in words)
    done, noun = words[0] - 1, words[0] - 2
    if not number or tokens[done].tag not in ("VBN", "VBD") or tokens[noun].tag[:2] != "NN":
        return None
    return tree.span(tree.left[noun], words[-1])


def _find_before_aside(tree: Tree, verb: int, subject: int) -> Span | None:
    """Return the subject of a verb before an aside about somebody else: "NAME, according to X,
    said", "the radio, quoting X, said".
    """
    tokens = tree.tokens
    comma = next((i for i in range(subject + 1, verb) if tokens[i].text == ","), None)
    if comma is None or verb - comma > MAX_SUBJECT_TOKENS:
        return None
    if tokens[comma + 1].text.lower() not in _ASIDES or tree.left[subject] > subject:
        return None
    helpers = {verb, *tree.with_dep(verb, "aux", "auxpass", "neg", "advmod")}
    end = verb
    while end - 1 in helpers:
        end -= 1
    inside = range(comma + 1, end - 1)
    if tokens[end - 1].text != "," or any(tokens[i].text == "," for i in inside):
        return None
    plain = all(tree.tokens[i].tag[:2] not in ("VB", "MD") for i in range(subject, comma))
    return tree.span(tree.left[subject], comma - 1) if plain else None


def _is_finite(tree: Tree, verb: int) -> bool:
    return tree.tokens[verb].tag in FINITE or tree.child(verb, "aux") is not None


def _climb(tree: Tree, words: range, subject: int) -> list[int]:
    """Return the words from the one that heads some to right below a subject; none if it is not
    above them.
    """
    at = next((i for i in words if tree.tokens[i].head not in words), words[-1])
    path = [at]
    for _ in range(MAX_STEPS):
        above = tree.tokens[path[-1]].head
        if above == subject:
            return path
        if above == path[-1]:
            return []
        path.append(above)
    return []


def _is_same(tree: Tree, subject: int, words: range) -> bool:
    """Say whether a source tells what the noun before its comma is called, or is."""
    if tree.tokens[words[0] - 1].text != "," or tree.tokens[subject].head in words:
        return False
    head = next((i for i in words if tree.tokens[i].head == subject), None)
    if head is None:
        return False
    one, other = _is_name(tree, subject), _is_name(tree, head)
    return one != other and _is_role(tree, head if one else subject)


def _is_name(tree: Tree, token: int) -> bool:
    word = tree.tokens[token].lemma.lower()
    return tree.tokens[token].tag == "NNP" and not load_role_words().is_role(word)


def _is_role(tree: Tree, token: int) -> bool:
    word, roles = tree.tokens[token].lemma.lower(), load_role_words()
    return tree.tokens[token].tag[:2] == "NN" and (roles.is_role(word) or word in roles.people)


def _is_joint(tree: Tree, verb: int, subject: int, words: range, path: Sequence[int]) -> bool:
    """Say whether a source is the last of several who speak: the verb shows it, or nothing but they
    opens the sentence. path: from the source up to below the subject.
    """
    tokens = tree.tokens
    if any(tokens[i].dep != "conj" for i in path) or tokens[words[0] - 1].tag != "CC":
        return False
    if len(words) == 1 and tokens[words[0]].text == "I":
        return True
    parts = (verb, *tree.with_dep(verb, "aux"))
    plural = any(tokens[i].tag == "VBP" for i in parts)
    near = tokens[words[-1] + 1].text.lower() in _ALL
    one = tokens[path[0]].tag in _SINGULAR
    plain = all(tokens[i].text != "," for i in range(tree.left[subject], words[0]))
    return near or (plural and one) or (plain and tree.opens_sentence(tree.left[subject]))
