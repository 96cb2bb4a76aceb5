"""Where what a figure counts is, as the sentence prints it: "12 people died in the port of Talm".

A place counts if a preposition of place ties it to the counted noun, to the verb that says what
happened, or to the event that did it; or if it stands before the event ("the Talm earthquake") or
owns the total ("Velmora's death toll"). Of several the one tied most closely counts, then the one
nearest: "killed 12 in Talm, Velmora" is Talm. Not where somebody speaks, comes from or goes to.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.governors import Governors, Tie, find_tie, is_apart
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_events, load_place_words
from sayso.records.annotation import Name
from sayso.records.span import Span

# "In the port city of the province of Talm": real places stand in fewer others.
MAX_NESTED = 5

_OF_PARTS = frozenset(("of", "in", "at", "on", "near", "outside"))
_NEAR = frozenset(("at", "near", "outside", "inside"))
_AREA = frozenset(("in", "near", "outside", "across"))
PLACE_TYPES = frozenset(("GPE", "LOC", "FAC"))


def find_figure_place(tree: Tree, governors: Governors, names: Sequence[Name]) -> Span | None:
    """Return the span of the place of a figure. names: those of its sentence, in order."""
    best: tuple[int, int, int] | None = None
    found: int | None = None
    for n, name in enumerate(names):
        if name.type not in PLACE_TYPES and not _must_be_place(tree, name):
            continue
        tie = _tie_place(tree, governors, name)
        if tie is None:
            continue
        away = name.first - governors.last
        rank = (tie.up + tie.down, tie.up, abs(away))
        if best is None or rank < best:
            best, found = rank, n
    return None if found is None else _join(tree, names, found)


def _join(tree: Tree, names: Sequence[Name], found: int) -> Span:
    """Return the characters of a place, with the one that "and" joins to it on either side."""
    start, end = _trim(tree, names[found])
    text = tree.annotation.text
    for n in (found - 1, found + 1):
        if 0 <= n < len(names) and names[n].type in PLACE_TYPES:
            other = _trim(tree, names[n])
            between = text[min(end, other[1]) : max(start, other[0])]
            if between == " and ":
                start, end = min(start, other[0]), max(end, other[1])
    return start, end


def _must_be_place(tree: Tree, name: Name) -> bool:
    """Say whether a name that the pipeline takes for a person's stands where only a place does:
    "in Talm", "Talm's death toll".
    """
    if name.type != "PERSON" or name.last - name.first > 2:
        return False
    head = find_head(tree, name.first, name.last)
    above = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep == "poss":
        return above.lemma in load_place_words().totals
    return tree.tokens[head].dep == "pobj" and above.text.lower() in _AREA


def _trim(tree: Tree, name: Name) -> Span:
    """Return the characters of a name without an article before and a possessive behind it."""
    first, last = name.first, name.last - 1
    while first < last and tree.tokens[first].tag in ("DT", "IN"):
        first += 1
    while first < last and tree.tokens[last].tag in ("POS", ",", "."):
        last -= 1
    return tree.span(first, last)


def _tie_place(tree: Tree, governors: Governors, name: Name) -> Tie | None:
    head = find_head(tree, name.first, name.last)
    if _is_where(tree, governors):
        kind = tree.tokens[tree.tokens[head].head].head  # "the town of Talm, where 12 died"
        for token in (head, kind):
            if token in governors.steps and token != governors.verb:
                return Tie(governors.steps[token], token != head, ())
    holder = _find_holder(tree, head, name, 0)
    if holder is None or holder in range(governors.first, governors.last + 1):
        return None
    tie = find_tie(tree, governors, holder)
    if tie is None or is_apart(tree, tie) or _is_of_speech(tree, (holder, *tie.through)):
        return None
    return tie


def _is_where(tree: Tree, governors: Governors) -> bool:
    """Say whether what happened is told of a place: "in Talm, where 12 died"."""
    verb = governors.verb
    if verb is None or tree.tokens[verb].dep != "relcl":
        return False
    return any(tree.tokens[c].text.lower() == "where" for c in tree.children[verb])


def find_head(tree: Tree, first: int, last: int) -> int:
    """Return the word of tokens [first, last) that hangs on one outside them."""
    for i in range(last - 1, first - 1, -1):
        if not first <= tree.tokens[i].head < last and tree.tokens[i].tag != "POS":
            return i
    return last - 1


def _is_of_speech(tree: Tree, through: Sequence[int]) -> bool:
    words = load_place_words()
    return any(tree.tokens[i].lemma in words.speech for i in through)


def _find_holder(tree: Tree, head: int, name: Name, nested: int) -> int | None:
    """Return the word that a place is the place of; None where it is none of anything."""
    if nested > MAX_NESTED:
        return None
    tokens, words = tree.tokens, load_place_words()
    dep, above = tokens[head].dep, tokens[head].head
    if above == head:
        return None
    if dep == "pobj":
        return _of_preposition(tree, above, name, nested)
    if dep in ("compound", "nmod", "amod", "poss", "nsubj", "dobj"):
        return _of_noun(tree, head, name, nested)
    if dep in ("appos", "npadvmod", "conj") and (
        tokens[above].tag[:3] == "NNP" or tokens[above].lemma in words.parts
    ):
        return _find_holder(tree, above, name, nested + 1)
    return None


def _of_preposition(tree: Tree, preposition: int, name: Name, nested: int) -> int | None:
    """Return what "in Talm", "on the port of Talm", "in the port of Talm" say the place of."""
    tokens, words = tree.tokens, load_place_words()
    above = tokens[preposition].head
    if above == preposition:
        return None
    if tokens[preposition].dep == "prep" and tokens[above].tag == "IN":
        if nested > MAX_NESTED:
            return None
        return _of_preposition(tree, above, name, nested + 1)  # "in and around", "outside of"
    if tokens[above].lemma in words.parts:
        return _of_part(tree, preposition, name, nested)
    return above if _is_locative(tree, preposition, name) else None


def _of_part(tree: Tree, preposition: int, name: Name, nested: int) -> int | None:
    """Return what a place is the place of behind "the port of", "a factory in"."""
    tokens, words = tree.tokens, load_place_words()
    word, part = tokens[preposition].text.lower(), tokens[preposition].head
    if tokens[part].dep == "dobj" and word == "of":
        above = tokens[part].head
        return above if tokens[above].lemma in words.struck else None
    if word not in _OF_PARTS:
        return part if _is_locative(tree, preposition, name) else None
    held = _find_holder(tree, part, name, nested + 1)
    return part if held is None and word != "of" else held


def _is_locative(tree: Tree, preposition: int, name: Name) -> bool:
    """Say whether a preposition says where something is, not whose, whence or whither."""
    tokens, words = tree.tokens, load_place_words()
    word = tokens[preposition].text.lower()
    if word in words.locative:
        return True
    is_event = load_events().is_event(tokens[tokens[preposition].head].lemma)
    if word == "of" or (word in words.on and is_event):
        return is_event
    spot = tokens[find_head(tree, name.first, name.last)].lemma in words.spots
    return word == "on" and (spot or name.type in ("LOC", "FAC"))


def _of_noun(tree: Tree, head: int, name: Name, nested: int) -> int | None:
    """Return what "the Talm blast", "Velmora's toll", "in Talm's port" are the place of, and whom
    "Velmora has reported" and "the quake struck Velmora" say it of.
    """
    tokens, words = tree.tokens, load_place_words()
    dep, above = tokens[head].dep, tokens[head].head
    lemma = tokens[above].lemma
    if dep in ("nsubj", "dobj"):
        return above if lemma in (words.counting if dep == "nsubj" else words.struck) else None
    is_short = tokens[head].text.replace(".", "").isupper()
    if lemma in words.parts:
        is_elsewhere = lemma in words.missions and (is_short or dep == "poss")
        return None if is_elsewhere else _find_holder(tree, above, name, nested + 1)
    if dep == "poss":
        return above if lemma in words.totals else None
    return _of_compound(tree, above, is_short)


def _of_compound(tree: Tree, noun: int, is_short: bool) -> int | None:
    """Return what a place right before a noun is the place of: the event, or where something is
    "near the Talm mill".
    """
    tokens, words, events = tree.tokens, load_place_words(), load_events()
    lemma = tokens[noun].lemma
    if lemma in words.totals or events.is_event(lemma):
        is_doer = lemma in events.of_doers or lemma in words.totals
        return None if is_doer and is_short else noun
    above = tokens[noun].head
    is_at = tokens[noun].dep == "pobj" and tokens[above].text.lower() in _NEAR
    return tokens[above].head if is_at and not is_short else None
