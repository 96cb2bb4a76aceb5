"""The pipeline's names as runs of tokens: halves of one joined, none over two paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from sayso.extract.name_cuts import split_run
from sayso.extract.roles import RoleWords
from sayso.extract.run_mends import mend_runs
from sayso.extract.tree import Tree
from sayso.records.annotation import Name


def list_runs(tree: Tree, words: RoleWords) -> Iterator[tuple[range, str]]:
    """Yield the pipeline's names, none of them over two paragraphs, and their labels."""
    halves = _join_halves(tree, words)
    runs = ((part, label) for run, label in halves for part in split_run(tree, run))
    yield from mend_runs(tree, words, runs)


def _join_halves(tree: Tree, words: RoleWords) -> Iterator[tuple[range, str]]:
    """Yield the pipeline's names and their labels, two halves of a person's name as one.

    Two words that it took for two places are one name where the first belongs to the second and a
    noun for a person stands behind: "Lydia Paris, a nurse,". So is one with a word that it missed,
    where "who" does: "Lydia Esk, who".
    """
    names = tree.annotation.names
    taken = -1
    for name, following in zip_longest(names, names[1:]):
        if name.first < taken:
            continue
        if following is not None and _are_halves(tree, words, name, following):
            taken = following.last
            yield range(name.first, taken), "PERSON"
        elif _is_half(tree, name, following):
            taken = name.last + 1
            yield range(name.first, taken), "PERSON"
        else:
            yield range(name.first, name.last), name.type


def _are_halves(tree: Tree, words: RoleWords, name: Name, following: Name) -> bool:
    tokens, last = tree.tokens, following.last - 1
    if not (name.type == "GPE" and name.first + 1 == name.last == last):
        return False
    one = tokens[name.first].head == last and tokens[last].tag == "NNP"
    return one and any(tokens[i].lemma in words.nouns for i in tree.with_dep(last, "appos"))


def _is_half(tree: Tree, name: Name, following: Name | None) -> bool:
    """Say whether a "place" is the first half of a person's name of which the rest was missed."""
    tokens, last = tree.tokens, name.last
    if name.type != "GPE" or name.first + 1 != last or last + 2 >= len(tokens):
        return False
    missed = following is None or following.first > last
    one = tokens[name.first].dep == "compound" and tokens[name.first].head == last
    behind = [t.text.lower() for t in tokens[last + 1 : last + 3]]
    return missed and one and tokens[last].tag == "NNP" and behind == [",", "who"]
