"""Contents that break off where what is said goes on, or go on with what the sentence around says.

"Misled by the firm, | who had reported …": past what was said, the clause is of it too. "Lied on
two subjects – | his talks and his debts": the list is what they are. "The vote, which X said was
fair, | and the count": the count is not X's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.cue_verbs import find_cue_verb
from sayso.extract.reading import Placed, Reading
from sayso.extract.ruled import with_content
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree
from sayso.parse.quotes import is_unquoted
from sayso.records.span import Span
from sayso.records.statement import Attribution

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_RELATIVE = frozenset(("who", "which", "whom", "whose"))
_SAYING = frozenset(("says", "claims", "announces", "warns", "admits"))
_DASHES = frozenset(("–", "—", "-", "--"))
# "Two subjects", "several points": a dash behind them tells which.
_COUNTING = frozenset(("several", "various", "three", "two", "four", "five"))
MAX_CLAUSE, MAX_LIST, MAX_BRACKET, MAX_BLOCK = 40, 40, 12, 200
# As sure as a clause of "as" makes it: what it is said of stands beside it.
PLAIN = 0.75
# What stands behind the noun that goes on behind a bracket.
_BEHIND_NOUN = frozenset((",", ".", "IN", "CC", "TO", ":"))


def fit_fuller(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions whose contents hold what goes on in them, and nothing of what is said
    around them.
    """
    parents = fitting.find_parents([(a.content.spans, place) for a, place in built])
    result = []
    for (attribution, place), parent in zip(built, parents, strict=True):
        outer = None if parent is None else built[parent][0]
        verb = find_cue_verb(reading.tree, attribution, place)
        one = _leave_outer_object(reading, attribution, verb)
        one = _hold_bracketed(reading, _hold_list(reading, one, outer))
        result.append((_hold_commented(reading, one, verb), place))
    shared = _find_shared(reading, built)
    for number, (attribution, place) in enumerate(result):
        one = _hold_block(reading, _hold_told_before(reading, attribution))
        result[number] = _leave_shared(reading, one, shared), place
    return result


def _find_shared(reading: Reading, built: Sequence[Placed]) -> frozenset[Span]:
    """Return the first pieces of contents that somebody's cue and source stand right behind."""
    text, found = reading.tree.annotation.text, set()
    for a, _ in built:
        if a.cue is not None and a.source is not None:
            gap = text[a.content.spans[0][1] : min(a.cue.start, a.source.start)]
            if a.content.spans[0][1] <= min(a.cue.start, a.source.start) and not gap.strip(" ,"):
                found.add(a.content.spans[0])
    return frozenset(found)


def _leave_shared(reading: Reading, one: Attribution, shared: Collection[Span]) -> Attribution:
    """Return an attribution without a quotation behind its sentence that has a speaker behind it:
    "“…,” X said. | “…,” Y said".
    """
    text, cue, (first, *rest) = reading.tree.annotation.text, one.cue, one.content.spans
    if cue is None or one.source is None or first[1] > cue.start or not rest:
        return one
    behind = max(cue.end, one.source.end)
    kept = [
        span
        for span in rest
        if span not in shared or span[0] < behind or "." not in text[behind : span[0]]
    ]
    return one if kept == rest else with_content(reading, one, [first, *kept])


def _hold_block(reading: Reading, one: Attribution) -> Attribution:
    """Return an attribution of the paragraph that its own leads on to by a colon, which breaks off
    in a sentence, with all of that paragraph.
    """
    tree = reading.tree
    start, end = one.content.spans[-1]
    first, last = tree.token_at(start), tree.token_at(end - 1)
    here = tree.paragraph[first]
    if one.cue is None or len(one.content.spans) > 1 or here == 0 or start < one.cue.end:
        return one
    begin, stop = tree.annotation.paragraphs[here]
    leads = tree.tokens[begin - 1].text == ":" and tree.paragraph[last] == here
    led = tree.paragraph[tree.token_at(one.cue.start)] == here - 1
    near = range(last + 1, min(stop, last + MAX_BRACKET))
    behind = next((i for i in near if tree.tokens[i].text[0].isalnum()), stop)
    open_end = behind < stop and tree.sentence[last] == tree.sentence[behind]
    if first != begin or not leads or not led or not open_end or stop - last > MAX_BLOCK:
        return one
    whole = (start, tree.tokens[stop - 1].end)
    return with_content(reading, one, [whole]) if is_unquoted(reading.quotes, whole) else one


def _leave_outer_object(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution in a relative clause without what the verb around that goes on to take:
    "probes the theft, which X said was grave, | and the sale".
    """
    tree, spans = reading.tree, one.content.spans
    if one.cue is None or tree.tokens[verb].dep != "relcl" or spans[-1][1] < one.cue.end:
        return one
    first = tree.left[verb]
    if tree.tokens[first].tag[:1] != "W":
        return one
    start, end = spans[-1]
    for i in tree.tokens_in((max(start, one.cue.end), end)):
        token = tree.tokens[i]
        if token.tag != "CC" or token.head >= first or tree.tokens[i - 1].text != ",":
            continue
        joined = [c for c in tree.with_dep(token.head, "conj") if c > i]
        plain = is_unquoted(reading.quotes, (token.start, end))
        if joined and plain and tree.tokens[joined[0]].tag[:2] == "NN":
            if start >= token.start:
                return with_content(reading, one, spans[:-1])
            return with_content(reading, one, [*spans[:-1], (start, tree.tokens[i - 1].start)])
    return one


def _hold_list(reading: Reading, one: Attribution, outer: Attribution | None) -> Attribution:
    """Return an attribution told in another one's content with the list behind a dash that tells
    what it counts, if that content goes on to its end.
    """
    tree = reading.tree
    start, end = one.content.spans[-1]
    inside = tree.tokens_in((start, end))
    if outer is None or one.cue is None or start < one.cue.end or len(inside) < 2:
        return one
    noun, stop = inside[-1], outer.content.end
    dash = noun + 1
    counted = tree.tokens[noun].tag == "NNS" and any(
        tree.tokens[i].tag == "CD" or tree.tokens[i].text.lower() in _COUNTING
        for i in tree.with_dep(noun, "nummod", "amod")
    )
    if not counted or dash >= len(tree.tokens) or tree.tokens[dash].text not in _DASHES:
        return one
    behind = tree.tokens_in((tree.tokens[dash].end, stop))
    if not 0 < len(behind) <= MAX_LIST or tree.sentence[dash] != tree.sentence[behind[-1]]:
        return one
    again = any(tree.tokens[i].text in _DASHES for i in behind)
    plain = is_unquoted(reading.quotes, (start, stop))
    return (
        one
        if again or not plain
        else with_content(reading, one, [*one.content.spans[:-1], (start, stop)])
    )


def _hold_bracketed(reading: Reading, one: Attribution) -> Attribution:
    """Return an attribution that breaks off before a bracket with the noun behind that which its
    last name goes with: "fights Red Dawn | (the Dawn) rebels".
    """
    tree = reading.tree
    start, end = one.content.spans[-1]
    inside = tree.tokens_in((start, end))
    if one.cue is None or start < one.cue.end or not len(inside):
        return one
    bracket = inside[-1] + 1
    if bracket >= len(tree.tokens) or tree.tokens[bracket].text != "(":
        return one
    if tree.tokens[inside[-1]].tag not in ("NNP", "NNPS"):
        return one
    near = range(bracket + 1, min(bracket + MAX_BRACKET, len(tree.tokens) - 2))
    closing = next((i for i in near if tree.tokens[i].text == ")"), None)
    if closing is None or tree.sentence[closing + 2] != tree.sentence[bracket]:
        return one
    noun, behind = tree.tokens[closing + 1], tree.tokens[closing + 2]
    goes_on = noun.tag in ("NN", "NNS") and noun.text.islower() and behind.tag in _BEHIND_NOUN
    plain = is_unquoted(reading.quotes, (tree.tokens[inside[-1]].start, noun.end))
    if not goes_on or not plain:
        return one
    return with_content(reading, one, [*one.content.spans[:-1], (start, noun.end)])


def _hold_commented(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution in a clause of "as" between commas, which is as sure as that is, with
    the whole clause before it that it is said of: "the rebels | are not beaten, as X has said".
    """
    tree, spans = reading.tree, one.content.spans
    mark = tree.child(verb, "mark")
    main = tree.tokens[verb].head
    if one.cue is None or len(spans) != 1 or mark is None or not 0 < mark < verb:
        return one
    if tree.tokens[verb].dep != "advcl" or tree.tokens[mark].text.lower() != "as":
        return one
    comma = mark - 1 - (tree.tokens[mark - 1].text.lower() == "just")
    says = load_stance_words().verbs.get(tree.tokens[verb].lemma) in _SAYING
    if tree.tokens[comma].text != "," or one.source is None or not says:
        return one
    one = replace(one, confidence=max(one.confidence, PLAIN))
    subject = tree.child(main, *_SUBJECTS)
    start, stop = spans[0][0], tree.tokens[comma - 1].end
    if subject is None or not tree.left[subject] == tree.token_at(start) <= subject < main < comma:
        return one
    if not spans[0][1] < stop or not is_unquoted(reading.quotes, (start, stop)):
        return one
    return with_content(reading, one, [(start, stop)])


def _hold_told_before(reading: Reading, one: Attribution) -> Attribution:
    """Return an attribution with the clause behind it that tells what was before the past that it
    tells of: "said X was misled by the firm, | who had reported …".

    Of 9 such clauses behind contents with a verb in PolNeAR, 8 are part of them; in other tenses
    they are the outlet's as often.
    """
    tree = reading.tree
    start, end = one.content.spans[-1]
    inside = tree.tokens_in((start, end))
    if one.cue is None or start < one.cue.end or len(inside) < 2:
        return one
    told = any(tree.tokens[i].tag == "VBD" for i in inside)
    if not told or not tree.holds_clause(inside):
        return one
    comma = inside[-1] + 1
    last = _find_end_of_relative(tree, comma, inside)
    if last is None or tree.sentence[last] != tree.sentence[comma]:
        return one
    stop = tree.tokens[last].end
    if not is_unquoted(reading.quotes, (tree.tokens[inside[-1]].start, stop)):
        return one
    return with_content(reading, one, [*one.content.spans[:-1], (start, stop)])


def _find_end_of_relative(tree: Tree, comma: int, inside: range) -> int | None:
    """Return the last word of a clause in the pluperfect behind a comma that is about one of some
    words. None if none is.
    """
    if comma + 2 >= len(tree.tokens) or tree.tokens[comma].text != ",":
        return None
    opening = [tree.tokens[i].text.lower() for i in (comma + 1, comma + 2)]
    if opening[0] not in _RELATIVE and not (opening[1] in _RELATIVE and opening[0] in ("in", "of")):
        return None
    near = range(comma + 1, min(comma + MAX_CLAUSE, len(tree.tokens)))
    verb = next((i for i in near if _is_before(tree, i)), None)
    if verb is None or tree.tokens[verb].dep != "relcl" or tree.tokens[verb].head not in inside:
        return None
    return _find_last(tree, verb)


def _is_before(tree: Tree, verb: int) -> bool:
    """Say whether a verb is in the pluperfect: "had reported"."""
    had = any(tree.tokens[i].text.lower() == "had" for i in tree.with_dep(verb, "aux"))
    return had and tree.tokens[verb].tag in ("VBD", "VBN")


def _find_last(tree: Tree, verb: int) -> int:
    last = tree.right[verb]
    while last > verb and not any(map(str.isalnum, tree.tokens[last].text)):
        last -= 1
    return last
