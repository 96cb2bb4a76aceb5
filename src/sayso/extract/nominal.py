"""Candidate attributions whose cue is no verb: according to X; the claim that …."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.frames import Candidate, cue_words, minus
from sayso.extract.subjects import (
    MAX_CLIMB,
    Range,
    find_source,
    find_subject,
    is_infinitive,
    subtree,
)
from sayso.extract.tree import Tree

MAX_BOUND_TOKENS = 4
_BOUND_TAGS = frozenset(("IN", "RB", "RBR", "JJR", "JJS", "DT", "RBS"))
_NOUN_PREPOSITIONS = ("of", "for", "about", "on", "against", "to", "over", "from")
_LIGHT_DEPS = ("dobj", "attr")


def find_according(tree: Tree, token: int) -> Iterator[Candidate]:
    """Yield the candidate of “according to X” at the token “according”."""
    tokens = tree.tokens
    to = tree.child(token, "prep")
    source = None if to is None else tree.child(to, "pobj")
    if to is None or source is None or tokens[to].lemma != "to":
        return
    host = _clause_above(tree, token)
    phrase = subtree(tree, token)
    if host is None:
        return
    if tokens[token - 1].text == "," and token > host:
        host = _coordination(tree, host)
    words = subtree(tree, source)
    opens = all(
        tokens[i].dep in ("cc", "punct", "advmod") for i in tree.children[host] if i < token
    )
    cut = _swallowed(tree, host, words) if opens else None
    if cut is not None:
        phrase = (phrase[0], cut - 1)
        words = (words[0], cut - 1 - (tree.tokens[cut - 1].text == ","))
    content = minus((tree.left[host], tree.right[host]), phrase)
    if content:
        yield Candidate(token, "according", "according", ((token, to),), words, content)


def _coordination(tree: Tree, verb: int) -> int:
    """Return the first of the verbs that "and" joins: "A sank and B left, according to …"."""
    tokens = tree.tokens
    for _ in range(MAX_CLIMB):
        above = tokens[verb].head
        if tokens[verb].dep != "conj" or tokens[above].tag[:1] not in ("V", "M") or above >= verb:
            return verb
        between = {tokens[i].text.lower() for i in range(above, tree.left[verb])}
        if between & {";", ":"} or ("but" in between and find_subject(tree, verb) is not None):
            return verb
        verb = above
    return verb


def _swallowed(tree: Tree, host: int, source: Range) -> int | None:
    """Return where the subject of the clause begins that was parsed as the end of the source.

    "According to a report seen by X, between 20 and 30 boats have left": the clause has no subject
    of its own, and behind the source's one comma, or from a number on, stands a noun phrase.
    """
    tokens = tree.tokens
    first, last = source
    behind = last < host and tokens[host].tag in ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB")
    if not behind or tree.child(host, "nsubj", "nsubjpass", "expl", "csubj") is not None:
        return None
    commas = [i for i in range(first + 1, last) if tokens[i].text == ","]
    starts = [i + 1 for i in commas if tokens[i + 1].tag == "CD" or _bounds_number(tree, i + 1)]
    if not starts and len(commas) == 1:
        starts = [commas[0] + 1]
    if not starts and not commas:
        starts = [i for i in range(first + 1, last) if _is_between(tree, i)]
    if len(starts) != 1 or not any(tokens[i].tag[:2] == "NN" for i in range(starts[0], last + 1)):
        return None
    return starts[0]


def _bounds_number(tree: Tree, first: int) -> bool:
    """Say whether the words of a bound and a number begin at a token: "at least 30"."""
    tokens = tree.tokens
    words = tokens[first : first + MAX_BOUND_TOKENS]
    number = next((k for k, t in enumerate(words) if t.tag == "CD"), None)
    return number is not None and all(t.tag in _BOUND_TAGS for t in words[:number])


def _is_between(tree: Tree, first: int) -> bool:
    return tree.tokens[first].text.lower() == "between" and _bounds_number(tree, first)


def find_noun_candidates(tree: Tree, noun: int) -> Iterator[Candidate]:
    """Yield the candidates of a noun with a clause or a prepositional phrase: the claim that …"""
    tokens = tree.tokens
    for c in tree.children[noun]:
        if c < noun:
            continue
        token = tokens[c]
        if token.dep in ("acl", "ccomp", "relcl", "xcomp"):
            frame = _noun_clause(tree, c)
        elif token.dep == "prep" and token.lemma in _NOUN_PREPOSITIONS and tree.right[c] > c:
            frame = f"n-{token.lemma}"
        else:
            continue
        if frame is None:
            continue
        source, cue = _noun_parts(tree, noun)
        content: Range = (tree.left[c], tree.right[c])
        if token.dep == "prep":
            content = (c + 1, tree.right[c])
            cue = (cue[0], c) if c == cue[1] + 1 else cue
        yield Candidate(noun, tokens[noun].lemma, frame, (cue,), source, (content,))
        return


def find_adjective_candidates(tree: Tree, adjective: int) -> Iterator[Candidate]:
    """Yield the candidates of a predicate adjective with a complement: sure that …, eager to …"""
    tokens = tree.tokens
    verb = tokens[adjective].head
    if tokens[adjective].dep not in ("acomp", "attr") or tokens[verb].lemma != "be":
        return
    source = find_source(tree, verb)
    cue = cue_words(tree, verb)[0]
    for c in tree.children[adjective]:
        token = tokens[c]
        if c < adjective:
            continue
        if token.dep in ("ccomp", "xcomp"):
            frame = "a-to" if is_infinitive(tree, c) else "a-that"
            content: Range = subtree(tree, c)
            last = adjective
        elif token.dep == "prep" and tree.right[c] > c:
            frame, content, last = f"a-{token.lemma}", (c + 1, tree.right[c]), c
        else:
            continue
        words = ((cue[0], last),) if cue[1] < last else (cue, (adjective, last))
        yield Candidate(adjective, tokens[adjective].lemma, frame, words, source, (content,))
        return


def find_adverb_candidate(tree: Tree, adverb: int) -> Iterator[Candidate]:
    """Yield the candidate of an adverb that makes its clause hearsay: reportedly, allegedly."""
    verb = tree.tokens[adverb].head
    if verb == adverb or tree.tokens[verb].tag[:1] not in ("V", "M"):
        return
    content = minus(subtree(tree, verb), (adverb, adverb))
    yield Candidate(adverb, tree.tokens[adverb].lemma, "adverb", ((adverb, adverb),), None, content)


def _clause_above(tree: Tree, token: int) -> int | None:
    tokens = tree.tokens
    at = token
    while tokens[at].head != at and tree.sentence[tokens[at].head] == tree.sentence[at]:
        at = tokens[at].head
        if tokens[at].tag[:1] in ("V", "M") and at != token:
            return at
    return at if at != token else None


def _noun_clause(tree: Tree, clause: int) -> str | None:
    tokens = tree.tokens
    if is_infinitive(tree, clause):
        return "n-to"
    first = tokens[tree.left[clause]].text.lower()
    if first == "that" and tokens[tree.left[clause]].dep == "mark":
        return "n-that"
    return None


def _noun_parts(tree: Tree, noun: int) -> tuple[Range | None, Range]:
    """Return the source and the cue words of a noun cue."""
    tokens = tree.tokens
    owner = tree.child(noun, "poss")
    if owner is not None:
        last = tree.right[owner]
        own: Range = (tree.left[owner], last - (tokens[last].tag == "POS"))
        return own, (last + 1, noun) if last < noun else (noun, noun)
    first = noun
    while first - 1 >= tree.left[noun] and tokens[first - 1].head == noun:
        first -= 1
    for p in tree.with_dep(noun, "prep"):
        by = tree.child(p, "pobj")
        if tokens[p].lemma in ("by", "from", "among") and by is not None:
            return subtree(tree, by), (first, noun)
    verb = tokens[noun].head
    if tokens[noun].dep in _LIGHT_DEPS and tokens[verb].tag[:1] == "V" and verb < first:
        cue = cue_words(tree, verb)[0]
        return find_source(tree, verb), (cue[0], noun)
    return None, (first, noun)
