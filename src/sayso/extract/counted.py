"""Where a number stands in the parse, and the noun it counts."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.bounds import Bounded
from sayso.extract.tree import Tree

# Steps from a number up to the verb that tells what happened; longer chains are other clauses.
MAX_STEPS_UP = 6
INSIDE_NUMBER = frozenset(("nummod", "quantmod", "compound", "advmod", "amod", "nmod", "punct"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its main token, and the tokens its characters cover."""

    token: int
    first: int
    last: int


def find_place(tree: Tree, b: Bounded) -> Place:
    """Return the tokens of a number; the main one is the last with a head outside it."""
    inside = tree.tokens_in((b.core_start, b.core_end))
    first = inside.start if inside else tree.token_at(b.core_start)
    last = inside.stop - 1 if inside else first
    main = last
    for i in range(last, first - 1, -1):
        head = tree.tokens[i].head
        if not first <= head <= last and tree.tokens[i].tag != "HYPH":
            main = i
            break
    return Place(main, first, last)


def find_noun(tree: Tree, place: Place) -> int | None:
    """Return the counted noun: the head the number modifies, or the noun of "thousands of X"."""
    tokens = tree.tokens
    at = place.token
    for _ in range(MAX_STEPS_UP):
        head = tokens[at].head
        if head == at or tokens[at].dep not in INSIDE_NUMBER:
            break
        if head > place.last and tokens[head].tag[:2] not in ("NN", "CD", "JJ", "PR", "VB"):
            break
        if tokens[head].tag[:2] == "VB" and head < place.first:
            break
        at = head
        if tokens[at].tag[:2] == "NN" and at > place.last:
            break
    if at > place.last and tokens[at].tag[:2] in ("NN", "PR") and _is_joined(tree, place, at):
        return at
    of = _of_phrase(tree, place)
    if of is not None:
        return of
    return _next_noun(tree, place)


def _is_joined(tree: Tree, place: Place, noun: int) -> bool:
    """Say whether no dash, bracket or clause stands between a number and its noun, and no comma
    right behind the number.
    """
    between = tree.tokens[place.last + 1 : min(noun, place.last + 12)]
    if between and between[0].text == ",":
        return False
    return not any(t.tag in (":", "-LRB-", "-RRB-", "WDT", "VBD", "VBZ") for t in between)


def _of_phrase(tree: Tree, place: Place) -> int | None:
    """Return the noun of "thousands of soldiers", "272 of their escorts"."""
    tokens = tree.tokens
    of = place.last + 1
    if of < len(tokens) and tokens[of].text.lower() == "more":
        of += 1
    if of >= len(tokens) or tokens[of].text.lower() != "of":
        return None
    last = None
    for j in range(of + 1, min(of + 9, len(tokens))):
        owns = j + 1 < len(tokens) and tokens[j + 1].tag == "POS"
        if (tokens[j].tag[:2] == "NN" and not owns) or tokens[j].tag in ("PRP", "WP", "WDT"):
            last = j
        elif last is not None or tokens[j].tag not in (
            "DT",
            "PRP$",
            "JJ",
            "POS",
            "VBN",
            "VBG",
            "CD",
        ):
            break
    return last


def _next_noun(tree: Tree, place: Place) -> int | None:
    """Return the noun that directly follows, whatever the parse says ("30 civilians dead")."""
    tokens = tree.tokens
    last = None
    for j in range(place.last + 1, min(place.last + 6, len(tokens))):
        if tree.sentence[j] != tree.sentence[place.last]:
            break
        tag = tokens[j].tag
        if tag[:2] == "NN":
            last = j
            if tag in ("NNS", "NNPS"):
                break
        elif last is not None or tag not in ("JJ", "HYPH", "VBN", "VBG", "JJR", "POS"):
            break
    return last


def cut_counted(tree: Tree, first: int, noun: int) -> str | None:
    """Return the words from after the number to the counted noun, without "of" and articles."""
    text, tokens = tree.annotation.text, tree.tokens
    while first < noun and (
        tokens[first].text.lower()
        in (
            "of",
            "the",
            "more",
            "additional",
            "such",
            "-",
            "‑",
            "plus",
            "odd",
            "or",
            "so",
            "those",
            "these",
            "at",
            "least",
            "+",
        )
        or tokens[first].tag == "HYPH"
    ):
        first += 1
    if noun - first > 6 or tree.sentence[first] != tree.sentence[noun]:
        first = noun
    last = noun
    if (
        noun + 2 < len(tokens)
        and tokens[noun + 1].text.lower() == "and"
        and tokens[noun + 2].dep == "conj"
        and tokens[noun + 2].head == noun
        and tokens[noun + 2].tag == "NNS"
        and tokens[noun].tag == "NNS"
    ):
        last = noun + 2  # "thousands of children and women"
    printed = text[tokens[first].start : tokens[last].end]
    return printed or None
