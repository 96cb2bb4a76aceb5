"""Whom "he" or "she" cannot stand for: who is named in what the pronoun itself governs or says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.clauses import SUBJECTS, stands_for_subject
from sayso.extract.mentions import Cast
from sayso.extract.sources import Part
from sayso.extract.tree import Tree
from sayso.records.span import Span, is_covered

# Words of one clause, or of what somebody says, that are looked at.
MAX_WORDS, MAX_CLIMB = 200, 8
# What is held with somebody who only asks.
_TALKS = frozenset(("conversation", "interview"))
_JOINED = frozenset(("appos", "relcl", "acl", "advcl", "parataxis", "conj", "ccomp"))
# Verbs that may have no subject of their own, by their tags.
_WITHOUT = frozenset(("VBG", "VBN"))
_MARKS = frozenset("\"“”‘'«„")


def find_told(tree: Tree, part: Part, content: Sequence[Span]) -> list[range]:
    """Return the tokens of what a pronoun is the source of; none where it stands in that itself."""
    return [
        tree.tokens_in(span)[:MAX_WORDS]
        for span in content
        if not span[0] <= part.span[0] < span[1]
    ]


def find_barred(
    cast: Cast, pronoun: int, told: Sequence[range], quoted: Sequence[Span]
) -> Iterator[str]:
    """Yield the entities that a pronoun cannot stand for.

    Those named behind it in what it is the source of, or wherever that is quoted ("'NAME is right,'
    he said"), those joined to it ("he and NAME"), of a subject those named behind it under its verb
    ("He should tell NAME to go"), and those named in what tells of it in front of it ("After
    meeting NAME, he went").
    """
    tree = cast.tree
    named = [*_list_governed(tree, pronoun), *_list_before(tree, pronoun)]
    joined = tree.child(pronoun, "conj")
    if joined is not None:
        named += range(joined, min(tree.right[joined], joined + MAX_WORDS) + 1)
    for words in told:
        opens = bool(words) and tree.tokens[words.start].text[:1] in _MARKS
        for i in words:
            token = tree.tokens[i]
            if opens or i > pronoun or is_covered(quoted, (token.start, token.end)):
                named.append(i)
    for i in named:
        owner = cast.find_owner(i)
        if owner is not None:
            yield owner.entity_id


def _list_governed(tree: Tree, pronoun: int) -> Iterator[int]:
    """Yield the tokens behind a subject that hang on its verb.

    What is only joined on tells nothing: "he said it would not, a new step in NAME's efforts".
    """
    if tree.tokens[pronoun].dep not in SUBJECTS:
        return
    verb = tree.tokens[pronoun].head
    for i in range(pronoun + 1, min(tree.right[verb] + 1, pronoun + MAX_WORDS)):
        at = i
        for _ in range(MAX_CLIMB):
            if at == verb or tree.tokens[at].head == at or tree.tokens[at].dep in _JOINED:
                break
            at = tree.tokens[at].head
        if at == verb:
            yield i


def _list_before(tree: Tree, pronoun: int) -> Iterator[int]:
    """Yield the tokens in front of a subject of what only tells of it: clauses without a subject of
    their own, and what it is.

    "After losing to NAME, who …, she", "A friend of NAME, she", "In an interview with NAME, she";
    not "After NAME lost, she".
    """
    if tree.tokens[pronoun].dep not in SUBJECTS:
        return
    verb = tree.tokens[pronoun].head
    for i in range(max(tree.left[verb], pronoun - MAX_WORDS), pronoun):
        token = tree.tokens[i]
        above = verb in (token.head, tree.tokens[token.head].head)
        bare = token.dep == "pcomp" or (token.dep == "advcl" and token.head == verb)
        bare = bare and token.tag in _WITHOUT and tree.child(i, *SUBJECTS) is None
        if above and (bare or stands_for_subject(tree, i) or _is_talk(tree, i)):
            yield from range(
                max(tree.left[i], pronoun - MAX_WORDS), min(tree.right[i] + 1, pronoun)
            )


def _is_talk(tree: Tree, token: int) -> bool:
    """Say whether a word is a talk with whoever asks: "in an interview with NAME". "The interview
    with NAME" is rather with whoever was asked.
    """
    talk = tree.tokens[token]
    if talk.lemma not in _TALKS or talk.dep != "pobj":
        return False
    article = tree.child(token, "det")
    return article is not None and tree.tokens[article].text.lower() in ("a", "an")
