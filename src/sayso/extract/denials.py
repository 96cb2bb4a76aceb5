"""Which words of a sentence deny what it says, which deny a part of it only, and which verbs are
denied.

Public knowledge of English negation: implicative verbs (Karttunen, Language 47, 1971), the scope of
negation and the words for quantities under it (Huddleston and Pullum, The Cambridge Grammar of the
English Language, 2002, chapter 9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sayso.extract.tree import Tree
from sayso.records.proposition import FAILING

NEGATIONS = frozenset(
    (
        "not",
        "n't",
        "never",
        "no",
        "neither",
        "nor",
        "none",
        "nobody",
        "nothing",
        "without",
        "hardly",
    )
)
# Verbs that deny what they take.
_DENYING = FAILING | {"stop", "cease"}
_VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_TAKEN = ("xcomp", "ccomp", "dobj", "pcomp")
# "No doubt he left", "no matter who left" deny nothing.
_NO_DENIAL = frozenset(("doubt", "matter", "wonder"))
# "Not all left", "has not fully left", "not because of it": it is so in part, or otherwise.
_WHOLE = frozenset(
    ("all", "every", "everyone", "everybody", "everything", "always", "each", "both")
)
_PARTS = frozenset(
    ("necessarily", "entirely", "fully", "completely", "wholly", "totally", "solely", "exclusively",
     "alone", "because", "immediately")
)  # fmt: skip
# … right behind the denial: "not just a ship", "not the first".
_FOCUSING = frozenset(
    ("only", "just", "merely", "simply", "exactly", "quite", "first", "last", "sole", "same")
)
_BREAKS = frozenset((",", ";", ":", "—", "–"))
# "It belongs to the guard, not to the army": in front of what is set against something.
_CONTRASTING = frozenset((",", "—", "–", "-", "--", "(", "and", "but"))
# "Nobody but him left", "nothing other than that", "not more than 40", "not until Friday".
_EXCEPTING = frozenset(
    ("but", "except", "besides", "before", "until", "till", "unless", "beyond", "than")
)
# So near behind a denial "but" takes something out: "nobody but", "no ship but".
_BESIDE = 2
# Words behind a denial among which one that takes something out of it is looked for.
_REACH = 12


def denies(tree: Tree, i: int) -> bool:
    """Say whether a token denies the clause it stands in."""
    token = tree.tokens[i]
    word = _fold(token.text)
    if word == "no":
        # "No, he left" denies nothing.
        return token.dep in ("det", "neg") and tree.tokens[token.head].lemma not in _NO_DENIAL
    if word == "nor":  # of "neither … nor" only one denies
        return not any(_fold(tree.tokens[j].text) == "neither" for j in _list_before(tree, i))
    opens = i == 0 or tree.sentence[i - 1] != tree.sentence[i]
    # "Not only did he leave" has him leave.
    return word in NEGATIONS and not (opens and word == "not" and _read_next(tree, i) == "only")


def find_limits(tree: Tree, i: int) -> Iterator[str]:
    """Yield what leaves a part of what a token denies: "not all", "nobody but"; "" for what is set
    against something: "…, not to the army"."""
    is_not = _fold(tree.tokens[i].text) in ("not", "n't", "never")
    if is_not and i > 0 and tree.tokens[i - 1].text in _CONTRASTING:
        yield ""
    first = i + 2 if _read_next(tree, i) == "the" else i + 1
    if is_not and first < len(tree.tokens) and _fold(tree.tokens[first].text) in _FOCUSING:
        yield _fold(tree.tokens[first].text)
    for j in range(i + 1, min(i + 1 + _REACH, len(tree.tokens))):
        if tree.sentence[j] != tree.sentence[i] or tree.tokens[j].text in _BREAKS:
            return
        limit = read_limit(tree, j)
        excepting = limit in _EXCEPTING
        # "He did not leave, but she did" takes nothing out.
        if (limit == "but" and j > i + _BESIDE) or limit in _FOCUSING:
            continue
        if limit and (is_not or excepting):
            yield limit


def read_limit(tree: Tree, i: int) -> str:
    """Return the word by which a denial would deny a part only, "all" for every such word; "" of
    any other, and in "at all", "after all"."""
    word = _fold(tree.tokens[i].text)
    if word in _WHOLE:
        before = _fold(tree.tokens[i - 1].text) if i > 0 else ""
        return "" if before in ("at", "after") else "all"
    return word if word in _EXCEPTING | _PARTS | _FOCUSING else ""


def find_failing(tree: Tree, tokens: Sequence[int]) -> list[int]:
    """Return the verbs by which something that they take is not done: "failed to stop"."""
    inside = frozenset(tokens)
    return [i for i in tokens if tree.tokens[i].lemma in FAILING and _list_taken(tree, i, inside)]


def find_denied(
    tree: Tree,
    clauses: Sequence[str],
    name: Callable[[int], str],
    inside: frozenset[int],
) -> frozenset[str]:
    """Return the verbs that are denied, by a word in their clause or by the verb above them; those
    denied twice are not. clauses: names of the verbs that words deny. name: of a verb's token.
    """
    denials = list(clauses)
    denials += [
        name(below)
        for i in inside
        if tree.tokens[i].lemma in _DENYING
        for below in _list_taken(tree, i, inside)
    ]
    return frozenset(verb for verb, times in Counter(denials).items() if times % 2 == 1)


def _list_taken(tree: Tree, verb: int, inside: frozenset[int]) -> list[int]:
    if tree.tokens[verb].tag not in _VERBS:
        return []
    return [i for i in tree.children[verb] if i in inside and tree.tokens[i].dep in _TAKEN]


def _list_before(tree: Tree, i: int) -> range:
    """Return the tokens of the sentence in front of one, some of them."""
    start = max(0, i - _REACH)
    return range(next(j for j in range(start, i + 1) if tree.sentence[j] == tree.sentence[i]), i)


def _read_next(tree: Tree, i: int) -> str:
    return _fold(tree.tokens[i + 1].text) if i + 1 < len(tree.tokens) else ""


def _fold(text: str) -> str:
    return text.lower().replace("’", "'")
