"""Which type a name has: the pipeline's label, corrected where the words of the name tell better.

"President NAME" and "NAME MEP" are people, "Reed College" is none, "Press Officer" is no name at
all where the officer's own stands behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.extract.naming import has_letters
from sayso.extract.outlet_names import is_outlet
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.records.annotation import Name

TYPES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}

# Bodies that are called "general": no general has such a name.
_OF_ALL = frozenset(
    ("assembly", "command", "council", "directorate", "headquarters", "secretariat", "staff")
)


def find_type(tree: Tree, words: RoleWords, run: range, label: str) -> str | None:
    """Return the type of a name, the pipeline's label corrected where its words contradict it."""
    kind = TYPES.get(label)
    if kind == "organisation" and (_is_titled(tree, words, run) or _is_lettered(tree, words, run)):
        return "person"
    if kind == "organisation" and _is_office(tree, words, run):
        return None
    if kind == "person" and _is_place_of_office(tree, words, run):
        return "place"
    if kind == "person" and (_is_institution(tree, words, run) or _is_known_outlet(tree, run)):
        return "organisation"
    return kind


def _is_lettered(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether an "organisation" is a person with letters behind the name: NAME NAME MEP."""
    low = (tree.tokens[i].text.lower() for i in run)
    return len(run) > 2 and has_letters(tree, run) and words.organisations.isdisjoint(low)


def _is_office(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether an "organisation" is what the person behind it is: "Press Officer, DSP NAME"."""
    tokens = tree.tokens
    at = run.stop + 1
    if at >= len(tokens) or tokens[run.stop].text != ",":
        return False
    titled = tokens[at].text.lower().rstrip(".") in words.titles
    bearer = _get_person(tree, at + titled)
    if bearer is None:
        return False
    last = tokens[bearer.last - 1]
    beside = titled and last.dep == "appos" and last.head == run.stop - 1
    return beside or words.is_role(tokens[run.stop - 1].text.lower())


def _get_person(tree: Tree, token: int) -> Name | None:
    """Return the pipeline's name of a person that begins at a token, if any."""
    names = tree.annotation.names
    at = bisect_right(names, token, key=lambda n: n.first) - 1
    found = names[at] if at >= 0 else None
    return found if found and found.first == token and found.type == "PERSON" else None


def _is_place_of_office(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether a "person" of one word is the place of an office: "Governor of PLACE NAME"."""
    tokens = tree.tokens
    of = run.start - 1
    if len(run) > 1 or of < 1 or tokens[of].text.lower() != "of" or run.stop >= len(tokens):
        return False
    bearer = _get_person(tree, run.stop)
    full = bearer is not None and bearer.last - bearer.first > 1
    return full and words.is_role(tokens[of - 1].text.lower())


def _is_known_outlet(tree: Tree, run: range) -> bool:
    """Say whether a "person" of two words and more is called like an outlet: "Der Spiegel"."""
    span = tree.span(run.start, run.stop - 1)
    return len(run) > 1 and is_outlet(tree.annotation.text[span[0] : span[1]])


def _is_institution(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether a "person" is an organisation: "Marsh People's Republic", "Reed College"."""
    tokens = [tree.tokens[i] for i in run]
    if is_command([t.text.lower() for t in tokens]):
        return True
    if tokens[0].text.lower().rstrip(".") in words.titles:
        return False
    owner = any(t.tag == "POS" for t in tokens[:-1])
    last, first = tokens[-1].text.lower(), tokens[0].text.lower()
    return len(run) > 1 and (owner or last in words.organisations or first == "team")


def is_command(low: Sequence[str]) -> bool:
    """Say whether words in lower case are a body whose name begins like a rank: "General Staff"."""
    return len(low) > 1 and low[0] == "general" and low[-1] in _OF_ALL


def _is_titled(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether an "organisation" is a title and a name: "President NAME"."""
    low = [tree.tokens[i].text.lower() for i in run]
    title = low[0].rstrip(".")
    if not 2 <= len(run) <= 3 or words.titles.get(title) is None or title in words.beginnings:
        return False
    return all(tree.tokens[i].tag == "NNP" for i in run) and not any(
        w in words.organisations or words.is_role(w) for w in low[1:]
    )
