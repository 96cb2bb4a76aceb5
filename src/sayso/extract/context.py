"""What stands around a candidate attribution and makes it more or less likely to be one."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.frames import Candidate
from sayso.extract.tree import Tree

_PEOPLE = frozenset(("he", "she", "they", "who"))
_SELF = frozenset(("i", "we"))
_OTHERS = frozenset(("you", "one", "anyone", "everyone", "somebody", "someone", "nobody"))
_THINGS = frozenset(("it", "this", "that", "these", "those", "which", "there", "what"))
_MARKS = "“\"«''„``"
_CLAUSES = frozenset(
    ("that", "clause", "front", "inserted", "wh", "as", "under", "according", "label")
)
_CONDITIONS = frozenset(("if", "unless", "because", "when", "while", "after", "before", "since"))


def find_features(tree: Tree, candidate: Candidate) -> Iterator[str]:
    """Yield the names of the features that hold for a candidate."""
    kind = _source_kind(tree, candidate)
    yield kind
    yield f"{kind}-{_group(candidate.frame)}"
    cue = candidate.cue
    tokens = tree.tokens
    if tokens[cue].tag[:1] == "V":
        yield from _verb_features(tree, cue)
    if candidate.content:
        yield from _content_features(tree, candidate)
    yield "plain" if tokens[cue].text[:1].islower() else "big"


def _source_kind(tree: Tree, candidate: Candidate) -> str:
    if candidate.source is None:
        return "source-none"
    first, last = candidate.source
    if first == last:
        word = tree.tokens[first].text.lower()
        for kind, words in (
            ("source-person", _PEOPLE),
            ("source-self", _SELF),
            ("source-anyone", _OTHERS),
            ("source-thing", _THINGS),
        ):
            if word in words:
                return kind
    names = any(
        tree.tokens[i].tag in ("NNP", "NNPS") for i in range(first, min(last, first + 30) + 1)
    )
    return "source-name" if names else "source-noun"


def _verb_features(tree: Tree, verb: int) -> Iterator[str]:
    tokens = tree.tokens
    tag = tokens[verb].tag
    yield f"tag-{tag.lower()}"
    for i in tree.children[verb]:
        token = tokens[i]
        if token.dep == "aux" and token.tag == "MD":
            yield "modal"
        elif token.dep == "aux" and token.tag == "TO":
            yield "infinitive"
        elif token.dep == "neg":
            yield "negated"
        elif token.dep == "mark" and token.text.lower() in _CONDITIONS:
            yield "condition"
    dep = tokens[verb].dep
    yield (
        f"dep-{dep}"
        if dep in ("ROOT", "advcl", "relcl", "acl", "conj", "xcomp", "pcomp")
        else "dep"
    )


def is_clause(frame: str) -> bool:
    """Say whether the content of a frame is a clause or a quotation."""
    return frame in _CLAUSES or frame.startswith(("quote", "label"))


def _group(frame: str) -> str:
    """Return what kind of content a frame has: a clause, an infinitive, an object or a phrase."""
    if frame in _CLAUSES:
        return "clause"
    # pass-to and pass-as are "pass", n-of and n-that are "n".
    return frame.split("-", maxsplit=1)[0]


def _content_features(tree: Tree, candidate: Candidate) -> Iterator[str]:
    text = tree.annotation.text
    start = tree.tokens[candidate.content[0][0]].start
    end = tree.tokens[candidate.content[-1][1]].end
    words = sum(last - first + 1 for first, last in candidate.content)
    size = "short" if words <= 2 else "middle" if words <= 8 else "long"
    group = _group(candidate.frame)
    if any(mark in text[start:end] for mark in _MARKS):
        yield "quoted"
        yield f"quoted-{group}"
    yield size
    yield f"{size}-{group}"
