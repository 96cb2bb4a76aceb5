"""Whom a "who" above a pronoun stands for: "NAME, who says he", "a man who, although he left"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.ballots import Turn
from sayso.extract.clauses import MAX_CLIMB, SUBJECTS, list_subjects_above
from sayso.extract.mentions import Cast
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree


def list_governing(cast: Cast, pronoun: int) -> dict[int, bool]:
    """Return the subjects above a pronoun, the nearest first, for "who" whom it stands for.

    With each whether it is the clause's own: see `list_subjects_above`.
    """
    found: dict[int, bool] = {}
    for subject, own in list_subjects_above(cast.tree, pronoun):
        noun = _find_relative(cast, subject, pronoun)
        found.setdefault(subject if noun is None else noun, own)
    return found


def list_described(cast: Cast, pronoun: int) -> Iterator[tuple[int, Turn]]:
    """Yield who has no name in a clause above that tells of them, with the noun: "a man who".

    So is "one of them", "one of whom". "Anyone who says he" is somebody too, though nobody that
    could be said.
    """
    tree = cast.tree
    words = load_role_words()
    for subject, _ in list_subjects_above(tree, pronoun):
        of = tree.child(subject, "prep")
        whole = None if of is None else tree.child(of, "pobj")
        if whole is None or tree.tokens[subject].text.lower() != "one":
            continue
        many = tree.tokens[whole]
        if many.tag[:3] == "PRP" or many.tag == "WP" or many.lemma in words.nouns | words.people:
            span = tree.span(subject, whole)
            text = tree.annotation.text[slice(*span)]
            yield subject, Turn((), (span,), text, None, kind="person")
    for subject, _ in list_subjects_above(tree, pronoun):
        yield from _list_other(tree, subject)
        noun = _find_relative(cast, subject, pronoun)
        if noun is not None:
            yield from list_named_by_noun(cast, noun)


def _list_other(tree: Tree, subject: int) -> Iterator[tuple[int, Turn]]:
    """Yield the other of two: "One left; the other said he"."""
    article = tree.child(subject, "det")
    other = tree.tokens[subject].text.lower() == "other" and tree.tokens[subject].tag != "NNS"
    if other and article is not None and tree.tokens[article].text.lower() == "the":
        span = tree.span(article, subject)
        text = tree.annotation.text[slice(*span)]
        yield subject, Turn((), (span,), text, None, kind="person")


def list_named_by_noun(cast: Cast, noun: int) -> Iterator[tuple[int, Turn]]:
    """Yield who has no name and is called by a noun, with that: "a man"."""
    tree, lemma = cast.tree, cast.tree.tokens[noun].lemma
    if noun in cast.at or tree.tokens[noun].tag != "NN":
        return
    span = tree.span(tree.left[noun], noun)
    text = tree.annotation.text[slice(*span)]
    kind = "person" if tree.child(noun, "det", "nummod", "poss") is not None else None
    gender = load_role_words().genders.get(lemma)
    yield noun, Turn((), (span,), text, None, kind=kind, gender=gender, noun=lemma)


def _find_relative(cast: Cast, subject: int, pronoun: int) -> int | None:
    """Return whom a "who" stands for, in "NAME is a man who, if he" NAME; None of another word."""
    tree = cast.tree
    noun = _find_noun(tree, subject, pronoun)
    if noun is None or tree.tokens[noun].dep != "attr":
        return noun
    above = tree.child(tree.tokens[noun].head, *SUBJECTS)
    known = above is not None and (above in cast.at or tree.tokens[above].tag == "PRP")
    return above if known else noun


def _find_noun(tree: Tree, who: int, pronoun: int) -> int | None:
    """Return whom a "who" before a pronoun is: "a man" in "a man who, although he left, …".

    Not of "a man who he said had left" and "who built what he called a trap", which are said from
    outside, nor of anything else than "who": that may be a thing.
    """
    tokens = tree.tokens
    between = tokens[who + 1 : pronoun]
    if tokens[who].text.lower() != "who" or tokens[who].dep not in SUBJECTS:
        return None
    outside = not any(t.text == "," or t.tag[:1] in ("V", "M") for t in between)
    if outside or between[-1].text.lower() == "what":
        return None
    verb = tokens[who].head
    for _ in range(MAX_CLIMB):
        if tokens[verb].dep in ("relcl", "acl") or tokens[verb].head == verb:
            break
        verb = tokens[verb].head
    noun = tokens[verb].head
    if tokens[verb].dep not in ("relcl", "acl") or noun >= who:
        return None
    return tokens[noun].head if tokens[noun].dep == "appos" else noun
