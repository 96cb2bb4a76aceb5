"""Who tells or believes where the subject of the verb does not: "heard from the owners that …" (the
owners), "the ruling convinced the mayor that …" (the mayor), "NAME had himself conceded" (NAME).
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.cue_verbs import find_last_verb
from sayso.extract.fitting import find_kinds, trim_loose
from sayso.extract.reading import Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.ruled import build_ruled
from sayso.extract.sure_frames import PLAIN
from sayso.extract.tree import Tree
from sayso.records.span import Fragments, Span, cut_fragments, overlaps

_HEARING = frozenset(("hear", "learn"))
_CONVINCING = frozenset(("convince", "persuade"))
_SOMEBODY = frozenset(("PERSON", "ORG", "NORP"))
_PERSONAL = frozenset(("he", "she", "they", "we", "i", "you", "him", "her", "them", "us", "me"))
_THINGS = frozenset(("that", "this", "it", "which", "these"))
_CLAUSES = frozenset(("that", "whether", "how"))
_HELPERS = ("aux", "auxpass", "neg")
# What may stand between whom it is heard from and the clause: "on Monday".
MAX_BETWEEN, MAX_TELLER_TOKENS = 6, 20


def take_teller(tree: Tree, cue: Span, source: Span, content: Fragments) -> tuple[Span, Fragments]:
    """Return source and content with who tells or believes it for the source."""
    verb = find_last_verb(tree, cue)
    subject = None if verb is None else tree.child(verb, "nsubj")
    if verb is not None and subject is not None and _is_reflexive(tree, source):
        span = trim_loose(tree.annotation.text, tree.span(tree.left[subject], tree.right[subject]))
        apart = tree.right[subject] < verb and not overlaps(span, source)
        return (span if apart else source), content
    if verb is None or source[0] > cue[0]:
        return source, content
    teller = _find_heard(tree, verb) or _find_convinced(tree, verb, source)
    that = None if teller is None or overlaps(teller, cue) else _find_clause(tree, teller)
    if teller is None or that is None:
        return source, content
    begin = tree.tokens[that].start
    spans = [(max(start, begin), end) for start, end in content.spans if end > begin]
    said = cut_fragments(tree.annotation.text, spans) if content.start <= begin else None
    return (source, content) if said is None else (teller, said)


def find_heard(reading: Reading) -> Iterator[Placed]:
    """Yield the attributions of what is heard or learned from somebody. Linear in tokens."""
    tree = reading.tree
    for verb, token in enumerate(tree.tokens):
        teller = _find_heard(tree, verb) if token.tag[:2] == "VB" else None
        that = None if teller is None else _find_clause(tree, teller)
        if teller is None or that is None:
            continue
        clause = tree.tokens[that].head
        helpers = [i for i in tree.with_dep(verb, *_HELPERS) if i < verb]
        cue = tree.span(min(helpers, default=verb), verb)
        one = build_ruled(reading, teller, cue, [tree.span(that, tree.right[clause])], PLAIN)
        if one is not None and clause > that:
            yield one, token.start


def _is_reflexive(tree: Tree, source: Span) -> bool:
    low = tree.annotation.text[slice(*source)].lower()
    return low.endswith(("self", "selves")) and low.isalpha()


def _find_heard(tree: Tree, verb: int) -> Span | None:
    """Return somebody behind the "from" of "heard" or "learned"."""
    if tree.tokens[verb].lemma not in _HEARING or tree.child(verb, "dobj", "auxpass") is not None:
        return None
    leads = (i for i in tree.with_dep(verb, "prep") if tree.tokens[i].text.lower() == "from")
    lead = next((i for i in leads if i > verb), None)
    noun = None if lead is None else tree.child(lead, "pobj")
    if lead is None or noun is None or not _is_somebody(tree, noun):
        return None
    return _cut(tree, noun, lead + 1)


def _find_convinced(tree: Tree, verb: int, source: Span) -> Span | None:
    """Return whom a thing convinces of something."""
    noun, subject = tree.child(verb, "dobj"), tree.child(verb, "nsubj")
    if tree.tokens[verb].lemma not in _CONVINCING or noun is None or subject is None:
        return None
    if not verb < noun or not source[0] <= tree.tokens[subject].start < source[1]:
        return None
    token = tree.tokens[subject]
    document = token.lemma in load_role_words().documents
    plain = token.tag in ("NN", "NNS") and (document or not _is_somebody(tree, subject))
    if not plain and token.text.lower() not in _THINGS:
        return None
    return _cut(tree, noun, tree.left[noun])


def _cut(tree: Tree, noun: int, first: int) -> Span:
    """Return a noun phrase up to a clause behind it."""
    last = noun
    while last < min(tree.right[noun], first + MAX_TELLER_TOKENS):
        behind = tree.tokens[last + 1]
        if behind.text.lower() in _CLAUSES or behind.text == ",":
            break
        last += 1
    return tree.span(first, last)


def _find_clause(tree: Tree, teller: Span) -> int | None:
    """Return the "that" behind somebody, near enough and in the sentence."""
    first = tree.token_at(teller[1] - 1)
    _, last = tree.annotation.sentences[tree.sentence[first]]
    for i in range(first + 1, min(last, first + 1 + MAX_BETWEEN)):
        token = tree.tokens[i]
        if token.text.lower() in _CLAUSES:
            return i if token.head > i and _opens(tree, i) else None
        if token.tag[:2] in ("VB", "MD") or token.text == ",":
            return None
    return None


def _opens(tree: Tree, that: int) -> bool:
    """Say whether a word opens a clause that is told, even if the parser takes it for the object of
    one about who tells: with a noun for its subject, no pronoun ("from the men that she knew").
    """
    token = tree.tokens[that]
    subject = tree.child(token.head, "nsubj", "nsubjpass")
    noun = subject is not None and tree.tokens[subject].tag[:2] == "NN"
    return token.dep in ("mark", "advmod") or (token.dep == "dobj" and noun)


def _is_somebody(tree: Tree, noun: int) -> bool:
    token, roles = tree.tokens[noun], load_role_words()
    if token.tag[:3] == "NNP":
        return bool(find_kinds(tree, range(noun, noun + 1)) & _SOMEBODY)
    word = token.lemma.lower()
    known = (roles.people, roles.organisations, roles.documents, roles.kin, _PERSONAL)
    return roles.is_role(word) or any(word in words for words in known)
