"""What stands between a noun and its verb and is not of the noun: "The minister last year | said",
"the prosecutors in April | charged", "NAME heard the word and | thought".
"""

from __future__ import annotations

from bisect import bisect_right

from sayso.extract.cue_verbs import find_first_verb
from sayso.extract.fitting import find_kinds, trim_loose
from sayso.extract.roles import load_role_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.records.annotation import Name
from sayso.records.span import Fragments, Span, cut_fragments

_WHEN = frozenset(("DATE", "TIME"))
_ON = frozenset(("in", "on"))
_SOMEBODY = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_OF_NAME = frozenset(("DT", "NNP", "POS"))
_INSIDE = frozenset(("relcl", "acl", "advcl", "amod", "compound", "nmod"))
_HELPING = frozenset(("advmod", "aux", "auxpass", "neg"))
MAX_SOURCE_TOKENS = 60


def leave_examples(
    tree: Tree, cue: Span, source: Span, content: Fragments
) -> tuple[Span, Fragments]:
    """Return source and content; what is included behind somebody with their verb before them is of
    the content before that: "many raids fail, reports the paper, including one on the coast".
    """
    words = tree.tokens_in(source)
    at = next((i for i in words[1:] if tree.tokens[i].text.lower() == "including"), None)
    if at is None or cue[1] > source[0] or tree.tokens[at - 1].text != ",":
        return source, content
    named = all(tree.tokens[i].tag in _OF_NAME for i in range(words.start, at - 1))
    if content.end > cue[0] or not named:
        return source, content
    text = tree.annotation.text
    behind = trim_loose(text, (tree.tokens[at].start, source[1]))
    whole = cut_fragments(text, [*content.spans, behind])
    begun = trim_loose(text, (source[0], tree.tokens[at - 1].start))
    return (source, content) if whole is None else (begun, whole)


def leave_tail(tree: Tree, cue: Span, source: Span) -> Span:
    """Return a source before its cue without a time or a verb of its own at its end."""
    words = tree.tokens_in(source)
    verb = find_first_verb(tree, cue)
    if verb is None or source[1] > cue[0] or not 1 < len(words) <= MAX_SOURCE_TOKENS:
        return source
    cut = _find_predicate(tree, verb, words)
    kept = words if cut is None else cut
    while (time := _find_time(tree, kept)) is not None:
        kept = range(kept.start, time)  # "Friday" and "morning"
    if kept == words or len(kept) == 0:
        return source
    return trim_loose(tree.annotation.text, tree.span(kept.start, kept.stop - 1))


def leave_clause(tree: Tree, source: Span) -> Span:
    """Return a source without the predicate of which its beginning is the subject: "the minister |
    dismissed the general on Tuesday", before "saying …".
    """
    words = tree.tokens_in(source)
    if not 2 < len(words) <= MAX_SOURCE_TOKENS or any(tree.tokens[i].text == "," for i in words):
        return source
    heads = [i for i in words if tree.tokens[i].head not in words or tree.tokens[i].head == i]
    verb = heads[0]
    if tree.tokens[verb].tag not in FINITE:
        return source
    subject = tree.child(verb, "nsubj", "nsubjpass")
    if subject is None or not words.start <= subject < verb:
        return source
    helping = [i for i in words if tree.tokens[i].head == verb and tree.tokens[i].dep in _HELPING]
    end = min([verb, *(i for i in helping if i > subject)])
    return trim_loose(tree.annotation.text, tree.span(words.start, end - 1))


def _find_predicate(tree: Tree, verb: int, words: range) -> range | None:
    """Return the subject of a verb in a source that goes on with that of the cue, or whom it hears
    say so; None if the source holds no such verb.
    """
    tokens = tree.tokens
    finite = next(
        (i for i in words if tokens[i].tag in FINITE and tokens[i].dep not in _INSIDE), None
    )
    if finite is None or any(tokens[i].tag[:1] == "W" for i in words):
        return None
    own = tree.child(verb, "nsubj")
    heard = tokens[verb].tag == "VB" and tokens[verb].head == finite
    if heard and own == words[-1] and tree.left[own] > finite:
        return range(tree.left[own], own + 1)
    if tokens[finite].dep == "aux":
        helps = tokens[finite].head == verb and finite == words[-1]
        return range(words.start, finite) if helps else None
    subject = tree.child(finite, "nsubj")
    joined = tokens[verb].dep == "conj" and tokens[verb].head == finite
    joined = joined and tokens[verb].tag == tokens[finite].tag
    joined = joined and any(tokens[i].tag == "CC" for i in range(finite + 1, verb))
    if not joined or subject is None or not words.start <= tree.left[subject] < finite:
        return None
    return range(tree.left[subject], min(tree.right[subject] + 1, finite))


def _find_time(tree: Tree, words: range) -> int | None:
    """Return the first word of the time at the end of a source, if the verb's; else None."""
    tokens = tree.tokens
    last = words.stop - 1
    name = _find_name(tree, last)
    if name is None or name.last != last + 1 or name.first <= words.start:
        return None
    top = next((i for i in range(name.first, name.last) if not _in(name, tokens[i].head)), None)
    if top is None:
        return None
    if tokens[top].dep == "npadvmod":
        return name.first if tokens[top].head >= words.stop else None
    before = name.first - 1
    plain = tokens[top].dep == "pobj" and tokens[top].head == before > words.start
    if not plain or tokens[before].text.lower() not in _ON or tokens[name.first].tag == "DT":
        return None
    behind = [i for i in words if tokens[i].tag[:1] in "VW" and len(words) > 1]
    noun = tokens[before].head
    far = noun in words and not (_is_somebody(tree, noun) and not behind)
    return None if far else before


def _in(name: Name, token: int) -> bool:
    return name.first <= token < name.last


def _find_name(tree: Tree, token: int) -> Name | None:
    """Return the time or date that a token is of."""
    names = tree.annotation.names
    at = bisect_right(names, token, key=lambda n: n.first) - 1
    found = at >= 0 and names[at].type in _WHEN and _in(names[at], token)
    return names[at] if found else None


def _is_somebody(tree: Tree, noun: int) -> bool:
    word, roles = tree.tokens[noun].lemma.lower(), load_role_words()
    if find_kinds(tree, range(noun, noun + 1)) & _SOMEBODY:
        return word not in roles.documents
    return roles.is_somebody(word)
