"""Contents of clauses in which the words do not stand in the plain order.

"What X has stated is untrue": X stated it, and not that it is untrue. "Those said to be ill had
left": nobody names who says so, and that they had left is not said of them. "The camps were full,
reports the Post, and are not heated": the Post reports both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.cue_verbs import find_cue_verb
from sayso.extract.reading import Placed, Reading
from sayso.extract.ruled import with_content
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import is_unquoted
from sayso.records.span import Span
from sayso.records.statement import Attribution

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_FREE = frozenset(("what", "whatever"))
_BEING = frozenset(("be", "have"))
_PLURAL_PRONOUNS = frozenset(("they", "we", "these", "those", "both", "many", "some"))
_OF_MANY = frozenset(("are", "were", "have"))
_OF_ONE = frozenset(("is", "was", "has"))
MAX_BEHIND = 60


def fit_turned(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions whose contents are what is said where a verb stands behind that, or goes
    on behind who says it.
    """
    starts = sorted(a.cue.start for a, _ in built if a.cue is not None)
    result = []
    for attribution, place in built:
        verb = find_cue_verb(reading.tree, attribution, place)
        one = _leave_judgement(reading, attribution, verb)
        one = _leave_coordinate(reading, one, verb)
        one = _begin_at_first_that(reading, _leave_main(reading, one))
        one = _hold_thing(reading, _hold_subject(reading, one, verb), verb)
        one = _hold_asserted(reading, one, verb)
        result.append((_hold_predicate(reading, one, starts), place))
    return result


def _leave_judgement(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution without what is said of its "what": "what X stated | is untrue"."""
    tree = reading.tree
    what = tree.child(verb, "dobj")
    main = tree.tokens[verb].head
    if what is None or tree.tokens[what].text.lower() not in _FREE or not what < verb < main:
        return one
    judged = tree.tokens[main].lemma == "be" and tree.child(main, "acomp") is not None
    if tree.tokens[verb].dep != "csubj" or not judged:
        return one
    behind = [span for span in one.content.spans if span[0] == tree.tokens[main].start]
    return with_content(reading, one, [tree.span(what, what)]) if behind else one


def _leave_coordinate(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution of "which" without what goes on behind it with another verb: "which X
    rejects, | and strain the budget".
    """
    tree, spans = reading.tree, one.content.spans
    word = tree.child(verb, "dobj")
    if word is None or one.cue is None or tree.tokens[word].tag not in ("WDT", "WP"):
        return one
    which = tree.span(word, word)
    behind = [span for span in spans if span != which]
    linked = all(
        start >= one.cue.end and tree.tokens[tree.token_at(start)].tag == "CC"
        for start, _ in behind
    )
    return with_content(reading, one, [which]) if behind and linked and word < verb else one


def _leave_main(reading: Reading, one: Attribution) -> Attribution:
    """Return an attribution of "those said to be ill | had left" without the verb of the sentence
    around, and with those of whom it is said in its content.
    """
    tree, cue, source = reading.tree, one.cue, one.source
    if cue is None or source is None or cue.text.lower() != "said" or len(one.content.spans) != 1:
        return one
    said = tree.token_at(cue.start)
    words = tree.tokens_in(one.content.spans[0])
    if len(words) < 3 or words[0] != said + 1 or tree.token_at(source.end - 1) != said - 1:
        return one
    if tree.tokens[words[0]].tag != "TO" or tree.tokens[words[1]].lemma not in _BEING:
        return one
    main = next((i for i in words[2:] if tree.tokens[i].tag in FINITE), None)
    if main is None or any(tree.tokens[i].dep in (*_SUBJECTS, "mark") for i in range(said, main)):
        return one
    before = [tree.tokens[i] for i in range(said + 1, main)]
    if any(token.text in (",", ";") or token.tag in ("CC", "WDT", "WP") for token in before):
        return one
    content = [source.spans[0], tree.span(words[0], main - 1)]
    return with_content(reading, replace(one, source=None), content)


def _begin_at_first_that(reading: Reading, one: Attribution) -> Attribution:
    """Return an attribution that begins at the "that" right behind its cue, whose clause its
    content goes on with: "stressed that | claims that it leaked were wrong".
    """
    tree, cue = reading.tree, one.cue
    if cue is None or len(one.content.spans) != 1 or one.content.start < cue.end:
        return one
    start, end = one.content.spans[0]
    that = tree.token_at(cue.end - 1) + 1
    if that + 1 >= len(tree.tokens) or tree.tokens[that].start >= start:
        return one
    token = tree.tokens[that]
    marks = token.text.lower() == "that" and token.dep == "mark" and token.head > that
    held = start <= tree.tokens[token.head].start < end
    again = tree.tokens[tree.token_at(start)].text.lower() == "that"
    if not marks or not held or not again or not is_unquoted(reading.quotes, (token.start, start)):
        return one
    return with_content(reading, one, [(token.start, end)])


def _hold_subject(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution with the whole subject of a passive that it has the end of: "a plan
    backed by X | for the camps was rejected by Y".
    """
    tree, cue = reading.tree, one.cue
    subject = tree.child(verb, "nsubjpass")
    start, end = one.content.spans[-1]
    if cue is None or one.source is None or subject is None or one.source.start < cue.end:
        return one
    begin = tree.left[subject]
    stop = tree.token_at(start)
    passive = tree.child(verb, "auxpass") is not None and tree.child(verb, "agent") is not None
    if not passive or not begin < subject < stop or not end <= cue.start:
        return one
    if tree.tokens[stop].tag != "IN" or tree.annotation.text[end : cue.start].strip():
        return one
    between = range(subject, stop)
    finite = any(tree.tokens[i].tag in FINITE for i in between)
    near = tree.sentence[begin] == tree.sentence[verb] and not finite
    whole = (tree.tokens[begin].start, end)
    return (
        with_content(reading, one, [whole]) if near and is_unquoted(reading.quotes, whole) else one
    )


def _hold_thing(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution without a source that begins with the subject of its passive, with all
    of that: "Holt's | refusal to go is seen as a threat".
    """
    tree, cue = reading.tree, one.cue
    subject = tree.child(verb, "nsubjpass")
    (start, end), *rest = one.content.spans
    if cue is None or one.source is not None or subject is None or not end <= cue.start:
        return one
    if tree.child(verb, "auxpass") is None or tree.tokens[tree.left[subject]].start != start:
        return one
    last = next(
        (i - 1 for i in range(subject, tree.right[subject]) if _parts_relative(tree, i)),
        tree.right[subject],
    )
    if tree.tokens[tree.token_at(end - 1) + 1].text.lower() == "by":
        return one  # whose claims or plans they are
    _, stop = fitting.trim_loose(tree.annotation.text, (start, tree.tokens[last].end))
    behind = tree.tokens[tree.right[subject]].end
    near = behind <= cue.start and not tree.annotation.text[behind : cue.start].strip(" ,–—-")
    if not end < stop or not near or not is_unquoted(reading.quotes, (start, stop)):
        return one
    return with_content(reading, one, [(start, stop), *rest])


def _parts_relative(tree: Tree, comma: int) -> bool:
    """Say whether a comma stands before a relative clause, which tells more of the subject."""
    return tree.tokens[comma].text == "," and tree.tokens[comma + 1].tag[:1] == "W"


def _hold_asserted(reading: Reading, one: Attribution, verb: int) -> Attribution:
    """Return an attribution of "it is said" between commas with what stands before it of the clause
    that goes on behind: "because | they were, it is said, ill".
    """
    tree, cue = reading.tree, one.cue
    it = tree.child(verb, "nsubjpass")
    if cue is None or one.source is not None or it is None or tree.tokens[it].text.lower() != "it":
        return one
    comma = it - 1
    behind = [span for span in one.content.spans if span[0] >= cue.end]
    if comma < 1 or tree.tokens[comma].text != "," or len(behind) != 1:
        return one
    if tree.annotation.text[cue.end : behind[0][0]].strip() != ",":
        return one
    main = comma - 1
    subject = tree.child(main, *_SUBJECTS)
    if tree.tokens[main].tag not in FINITE or subject is None or subject > main:
        return one
    before = tree.tokens[tree.left[subject]].start, tree.tokens[main].end
    if tree.left[subject] < tree.annotation.sentences[tree.sentence[verb]][0]:
        return one
    plain = is_unquoted(reading.quotes, (before[0], cue.end))
    return with_content(reading, one, [before, *behind]) if plain else one


def _hold_predicate(reading: Reading, one: Attribution, starts: Sequence[int]) -> Attribution:
    """Return an attribution put in between commas with what is said behind it of the same subject,
    where the number of the verb tells that it is no subject's but that. starts: of all cues.
    """
    tree, cue, source = reading.tree, one.cue, one.source
    if cue is None or source is None or len(one.content.spans) != 1:
        return one
    start, end = one.content.spans[0]
    first, last = min(cue.start, source.start), max(cue.end, source.end)
    if end > first or tree.annotation.text[end:first].strip() != ",":
        return one
    comma = tree.token_at(last - 1) + 1
    behind = _find_second(tree, comma)
    if behind is None or not is_unquoted(reading.quotes, behind):
        return one
    verb = tree.token_at(behind[0])
    many = tree.tokens[verb].text.lower() in _OF_MANY
    subject = _find_subject_of(tree, range(tree.token_at(start), tree.token_at(end - 1) + 1))
    speaker = _find_head(tree, source.spans[0])
    agrees = subject is not None and _is_plural(tree, subject) is many
    others = bisect_left(starts, behind[0]) < bisect_left(starts, behind[1])
    if not agrees or _is_plural(tree, speaker) is many or others:
        return one
    return with_content(reading, one, [(start, end), (tree.tokens[verb - 1].start, behind[1])])


def _find_second(tree: Tree, comma: int) -> Span | None:
    """Return the words from a form of "be" or "have" behind a comma and "and" to the end of the
    sentence; None if there is none.
    """
    if comma + 3 >= len(tree.tokens) or tree.tokens[comma].text != ",":
        return None
    link, verb = tree.tokens[comma + 1].text.lower(), tree.tokens[comma + 2].text.lower()
    _, stop = tree.annotation.sentences[tree.sentence[comma]]
    if link not in ("and", "but") or verb not in _OF_MANY | _OF_ONE or stop - comma > MAX_BEHIND:
        return None
    last = stop - 1
    while last > comma + 2 and not any(map(str.isalnum, tree.tokens[last].text)):
        last -= 1
    return tree.span(comma + 2, last) if last > comma + 2 else None


def _find_subject_of(tree: Tree, words: range) -> int | None:
    """Return the subject that the clause of some words begins with, None if it begins otherwise."""
    for i in words:
        if tree.tokens[i].dep in ("nsubj", "nsubjpass") and tree.left[i] == words[0]:
            return i if tree.tokens[i].head in words else None
    return None


def _find_head(tree: Tree, span: Span) -> int:
    """Return the word of a noun phrase that hangs on none of its others, the first if several."""
    words = tree.tokens_in(span)
    return next((i for i in words if tree.tokens[i].head not in words), words[0])


def _is_plural(tree: Tree, noun: int) -> bool:
    token = tree.tokens[noun]
    if token.tag in ("NNS", "NNPS") or token.text.lower() in _PLURAL_PRONOUNS:
        return True
    return tree.child(noun, "conj") is not None
