"""What a figure measures and what it counts, from the parse around the number.

Order: a unit or currency at the number; then the counted noun; then what is said of it, nearest
first: a verb right before ("killing 30"), a word right after ("30 people dead"), the noun itself
("30 deaths"), its governors ("30 were reported killed", "the killing of 30", "the toll rose to
30"), a figure it is joined to ("30 people, including five children, died"). What remains is
`people` or `other:<lemma>`.
"""

from __future__ import annotations

from sayso.extract.bounds import Bounded
from sayso.extract.counted import INSIDE_NUMBER, MAX_STEPS_UP, Place, cut_counted, find_noun
from sayso.extract.tree import Tree
from sayso.extract.units import Measured, find_unit
from sayso.extract.wordlists import Measures, load_measures

# Words looked at after the counted noun for a predicate ("were later reported to have been
# killed").
MAX_WORDS_AFTER = 8
# Dependents looked at: real verbs and nouns have fewer.
MAX_CHILDREN = 64
# Words between a toll and its number ("the number of those hurt in the clashes this week rose to
# 28").
MAX_WORDS_OF_TOLL = 14

# Said of people whom their own noun says more about ("refugees stranded in camps").
WEAK_PREDICATES = frozenset(("trapped", "ill", "charged", "released", "evacuated"))

_COLLECTIONS = frozenset(("total", "number", "group", "crowd", "average"))
_BURNING = frozenset(("burn", "burns", "burned", "burnt", "burning"))
_COMPLEMENTS = frozenset(("xcomp", "oprd", "acomp", "ccomp", "attr"))


def measure_number(tree: Tree, b: Bounded, place: Place, groups: frozenset[int]) -> Measured:
    """Return what a number measures and counts, by itself: joined figures are not looked at.

    groups: the tokens that name nationalities and other groups of people.
    """
    unit = find_unit(tree, b)
    if unit is not None:
        return unit
    noun = find_noun(tree, place)
    after = place.last if noun is None or noun < place.first else noun
    words = load_measures()
    measure = _before(tree, b, words)
    if measure is None:
        measure = _after(tree, after, place, words)
        if measure is None or measure in WEAK_PREDICATES:
            measure = _of_noun(tree, noun, words) or measure
    if measure is None:
        at = noun if noun is not None else place.token
        measure = _of_governors(tree, at, words) or _of_toll_before(tree, b, words)
    counted = None
    if noun is not None and noun > place.last:
        counted = cut_counted(tree, place.last + 1, noun)
    other = _fallback(tree, noun, groups, words)
    if measure is None or (measure == "injured" and other != "people" and _burns(tree, b, noun)):
        measure = other  # "30 homes burned"
    return Measured(measure, counted, noun, b.end)


def _burns(tree: Tree, b: Bounded, noun: int | None) -> bool:
    """Say whether a verb of burning, right before the number or above the noun, is what counts."""
    if noun is None:
        return False
    tokens = tree.tokens
    near = (tree.token_at(b.start) - 1, tokens[noun].head, *range(noun + 1, noun + 4))
    return any(tokens[i].text.lower() in _BURNING for i in near if 0 <= i < len(tokens))


def _children(tree: Tree, token: int) -> tuple[int, ...]:
    """Return the dependents of a token, the first few where a hostile text gives it thousands."""
    return tree.children[token][:MAX_CHILDREN]


def _before(tree: Tree, b: Bounded, words: Measures) -> str | None:
    """Return the measure of a verb right before the number, in a form that takes an object."""
    tokens = tree.tokens
    i = tree.token_at(b.start) - 1
    while i >= 0 and tokens[i].text.lower() in (
        "the",
        "another",
        "only",
        "a",
        "further",
        "also",
        "off",
    ):
        i -= 1
    if i < 0:
        return None
    token = tokens[i]
    if token.tag[:2] != "VB" or token.text[:1] in ",;":
        return None
    measure = words.objects.get(token.lemma)
    if measure is None:
        return None
    if token.tag == "VBN" and any(tokens[c].dep == "auxpass" for c in _children(tree, i)):
        return None
    return measure


def _after(tree: Tree, noun: int, place: Place, words: Measures) -> str | None:
    """Return the measure of a predicate after the counted noun, only light words between."""
    tokens = tree.tokens
    last = min(noun + 1 + MAX_WORDS_AFTER, len(tokens))
    for j in range(noun + 1, last):
        if tree.sentence[j] != tree.sentence[noun]:
            return None
        token = tokens[j]
        word = token.text.lower()
        phrase = f"{word} {tokens[j + 1].text.lower()}" if j + 1 < len(tokens) else word
        found = words.predicates.get(phrase) or words.predicates.get(word)
        if token.tag[:2] == "VB" and token.lemma in words.subjects:
            return words.subjects[token.lemma]
        if found is None and token.tag == "VBN":
            found = words.objects.get(token.lemma)
        if found is not None:
            return None if _takes_object(tree, j) else found
        if word not in words.links and token.tag not in ("RB", "MD"):
            return None
    return None


def _takes_object(tree: Tree, verb: int) -> bool:
    """Say whether a form like "killed" is active here ("the men killed four")."""
    if tree.tokens[verb].tag not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    children = _children(tree, verb)
    if any(tree.tokens[c].dep == "auxpass" for c in children):
        return False
    return any(tree.tokens[c].dep == "dobj" and c > verb for c in children)


def _of_noun(tree: Tree, noun: int | None, words: Measures) -> str | None:
    if noun is None:
        return None
    token = tree.tokens[noun]
    found = words.nouns.get(token.lemma) or words.nouns.get(token.text.lower())
    if found is not None:
        return found
    for child in _children(tree, noun):
        modifier = tree.tokens[child]
        if child < noun and modifier.dep in ("amod", "compound", "nmod") and child > 0:
            found = words.predicates.get(modifier.text.lower())
            if found is not None:
                return found
    return None


def _of_governors(tree: Tree, start: int, words: Measures) -> str | None:
    """Return the measure of the nearest governor that tells what happened to what is counted."""
    tokens = tree.tokens
    at = start
    for _ in range(MAX_STEPS_UP):
        token = tokens[at]
        head = token.head
        if head == at:
            break
        dep, governor = token.dep, tokens[head]
        if dep in ("nsubjpass", "nsubj"):
            return _of_verb(tree, head, dep, words)
        if dep == "dobj":
            if (
                governor.lemma in ("claim", "cost", "lose", "take")
                and tokens[start].lemma == "life"
            ):
                return "killed"
            return words.objects.get(governor.lemma) or _of_complements(tree, head, words)
        if dep == "pobj":
            return _of_preposition(tree, head, at, words)
        if dep in ("acl", "relcl"):
            break
        if dep == "conj" or dep in INSIDE_NUMBER or dep in ("appos", "nmod", "poss"):
            found = (
                words.nouns.get(governor.lemma)
                if governor.tag[:2] == "NN" and dep != "conj"
                else None
            )
            if found is not None:
                return found
            if governor.tag[:2] == "VB" and dep == "conj":
                break
        elif dep not in ("ccomp", "advcl"):
            break
        at = head
    return None


def _of_verb(tree: Tree, verb: int, dep: str, words: Measures) -> str | None:
    lemma = tree.tokens[verb].lemma
    if dep == "nsubjpass" or tree.tokens[verb].tag == "VBN":
        found = words.objects.get(lemma)
        if found is not None:
            return found
    found = words.subjects.get(lemma) or words.predicates.get(tree.tokens[verb].text.lower())
    if found is not None and not _takes_object(tree, verb):
        return found
    return _of_complements(tree, verb, words)


def _of_complements(tree: Tree, verb: int, words: Measures) -> str | None:
    tokens = tree.tokens
    level = [verb]
    for _ in range(3):
        below: list[int] = []
        for i in level:
            for child in _children(tree, i):
                token = tokens[child]
                if token.dep in _COMPLEMENTS or (token.dep in ("prep", "pcomp") and child > i):
                    if token.dep == "prep" and token.text.lower() not in ("as", "without"):
                        continue
                    if _is_of_others(tree, child):
                        continue
                    found = words.predicates.get(token.text.lower())
                    if found is None and token.tag[:2] == "VB":
                        found = words.subjects.get(token.lemma)
                    if found is not None:
                        return found
                    below.append(child)
        level = below[:8]
    return None


def _is_of_others(tree: Tree, verb: int) -> bool:
    """Say whether a clause has a subject of its own: "Two clerks said that a blast killed four"."""
    if tree.tokens[verb].dep != "ccomp":
        return False
    return tree.child(verb, "nsubj", "nsubjpass") is not None


def _of_preposition(tree: Tree, preposition: int, noun: int, words: Measures) -> str | None:
    """Return the measure of "the deaths of 30", "the toll rose to 30", "the lives of 30"."""
    tokens = tree.tokens
    word, head = tokens[preposition].text.lower(), tokens[preposition].head
    governor = tokens[head]
    if governor.tag[:2] == "NN":
        found = _of_act(tree, head, word, words)
        if found is None and word == "of" and governor.lemma in _COLLECTIONS:
            found = _of_governors(tree, head, words)
        return found
    if governor.tag[:2] == "VB" and word in ("to", "at", "of", "by", "past", "above"):
        for child in _children(tree, head):
            if tokens[child].dep in ("nsubj", "nsubjpass", "dobj"):
                found = _toll(tree, child, words)
                if found is not None:
                    return found
    return None


def _of_act(tree: Tree, noun: int, preposition: str, words: Measures) -> str | None:
    """Return the measure of the noun of an act or a total ("the killing of", "a toll of")."""
    if preposition not in ("of", "at", "to", "among", "for", "by"):
        return None
    lemma = tree.tokens[noun].lemma
    if lemma == "life" and preposition == "of":
        return "killed"
    return words.nouns.get(lemma) or _toll(tree, noun, words) or words.objects.get(lemma)


def _toll(tree: Tree, noun: int, words: Measures) -> str | None:
    """Return what "the death toll", "the number of miners killed", "deaths" count."""
    tokens = tree.tokens
    lemma = tokens[noun].lemma
    before = tokens[noun - 1].text.lower() if noun else ""
    found = words.tolls.get(f"{before} {lemma}") or words.tolls.get(lemma) or words.nouns.get(lemma)
    if found is not None:
        return found
    if lemma not in ("number", "total", "count", "tally", "figure"):
        return None
    last = min(tree.right[noun], noun + 12)
    for i in range(max(tree.left[noun], noun - 3), last + 1):
        word = tokens[i].text.lower()
        found = words.predicates.get(word) or words.nouns.get(tokens[i].lemma)
        if found is not None:
            return found
    return None


def _of_toll_before(tree: Tree, b: Bounded, words: Measures) -> str | None:
    """Return the measure of "the number of miners killed in the province to 28"."""
    tokens = tree.tokens
    i = tree.token_at(b.start) - 1
    if i < 1 or tokens[i].text.lower() not in ("to", "at", "of", "past", "reached", "hit"):
        return None
    for j in range(i - 1, max(i - MAX_WORDS_OF_TOLL, -1), -1):
        if tree.sentence[j] != tree.sentence[i] or tokens[j].tag == "CD":
            return None
        if tokens[j].tag[:2] == "NN":
            found = words.tolls.get(tokens[j].lemma)
            if found is None and tokens[j].lemma in ("number", "total", "tally", "count"):
                found = _toll(tree, j, words)
            if found is not None:
                return found
    return None


def _fallback(tree: Tree, noun: int | None, groups: frozenset[int], words: Measures) -> str:
    if noun is None:
        return "other:number"
    token = tree.tokens[noun]
    if token.lemma in words.people or token.text.lower() in words.people:
        return "people"
    if noun in groups and token.tag in ("NNPS", "NNS", "NNP"):
        return "people"
    if token.tag == "NNPS" and token.text.endswith(("ians", "eans", "ese", "ish")):
        return "people"
    return "other:" + (token.lemma if token.tag[:2] == "NN" else "number")
