"""Who speaks with a verb that "and" joins to another verb, inside another statement too: "we should
turn our backs and say …", "which has an army and has threatened …".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.cue_verbs import find_first_verb
from sayso.extract.fitting import get_kind, trim_loose
from sayso.extract.reading import Placed, Reading
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

MAX_STEPS, MAX_SUBJECT_TOKENS, MAX_BETWEEN = 4, 20, 40
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_HELPERS = ("aux", "auxpass", "neg", "advmod")
_APART = frozenset(("–", "—", "--", ":", ";", "(", ")"))
_PRESENT = frozenset(("VBZ", "VBP"))
_MANY = frozenset(("i", "we", "you", "they", "who", "which", "that"))
_PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we"))
_FORM_OF_HELP = frozenset(("MD", "TO"))


def find_joined_subject(reading: Reading, cue: Span, taken: tuple[Span, ...]) -> Span | None:
    """Return the subject of the verb that "and" joins a cue's verb to, if both are of one form;
    None if there is none, or the cue's verb may go on with a clause further out.

    taken: spans of cue and content, which it must not meet.
    """
    tree = reading.tree
    verb = _find_verb(tree, cue)
    if verb is None or tree.child(verb, *_SUBJECTS, "auxpass") is not None:
        return None
    head, subject = _find_head(tree, verb)
    if head is None or subject is None or not subject < head < verb:
        return None
    first, last = tree.left[subject], tree.right[subject]
    if verb - head > MAX_BETWEEN or last - first >= MAX_SUBJECT_TOKENS or last >= head:
        return None
    if not _goes_on(reading, verb, head) or not _is_subject(tree, subject, head, verb):
        return None
    quotes = {find_quote(reading.quotes, tree.tokens[i].start) for i in (verb, head, subject)}
    span = trim_loose(tree.annotation.text, tree.span(first, last))
    return None if len(quotes) > 1 or any(overlaps(span, other) for other in taken) else span


def _goes_on(reading: Reading, verb: int, head: int) -> bool:
    """Say whether a conjunction joins a verb to another, and to none that has that in a clause."""
    tree, tokens = reading.tree, reading.tree.tokens
    at = _find_conjunction(tree, verb)
    if at is None or any(tokens[i].text in _APART for i in range(head, at)):
        return False
    apart = tokens[at - 1].text == "," or tokens[at].text != "and"
    return not _is_inside(tree, head) or not (apart or _may_go_on_outside(tree, head, verb))


def _is_subject(tree: Tree, subject: int, head: int, verb: int) -> bool:
    """Say whether a verb can have the subject of the verb that it is joined to."""
    token = tree.tokens[subject]
    plain = token.tag[:1] in "NPW" and token.dep != "expl"
    return plain and _is_of_form(tree, head, verb) and _agrees(tree, subject, verb)


def rejoin(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; a verb in the past with the source of one in the present is of the
    clause in the past that it is joined to, and told with that: "She will tell you that he rang her
    and begged her to come".
    """
    result = list(built)
    before: dict[Span, int] = {}
    for number, (one, place) in enumerate(built):
        if one.source is None or one.cue is None:
            continue
        own = one.source.spans[0]
        outer = before.get(own)
        if outer is None:
            before[own] = number
            continue
        taken = (*one.cue.spans, *one.content.spans)
        subject = find_joined_subject(reading, one.cue.spans[0], taken)
        if subject is None or overlaps(subject, own):
            continue
        verb = _find_verb(reading.tree, one.cue.spans[0])
        said = result[outer][0]
        if verb is None or not _is_past(reading.tree, verb) or not _is_present(reading.tree, said):
            continue
        source = cut_fragments(reading.tree.annotation.text, [subject])
        result[number] = replace(one, source=source), place
        result[outer] = _take_up(reading, said, subject, one), built[outer][1]
    return result


def follow_on(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; a participle without a source behind a clause about "he" or "she" is of
    whoever said that: "NAME said he had met them, suggesting that …".
    """
    tree, result = reading.tree, list(built)
    spoke = {tree.token_at(place): a.source for a, place in built if a.source is not None}
    for number, (one, place) in enumerate(built):
        verb = None if one.cue is None else tree.token_at(one.cue.start)
        if verb is None or one.source is not None or tree.tokens[verb].tag != "VBG" or verb == 0:
            continue
        if tree.tokens[verb - 1].text != "," or tree.tokens[verb].dep != "advcl":
            continue
        head = tree.tokens[verb].head
        subject, above = tree.child(head, "nsubj"), tree.tokens[head].head
        told = tree.tokens[head].dep == "ccomp" and subject is not None and head < verb
        if not told or subject is None or tree.tokens[subject].text.lower() not in _PRONOUNS:
            continue
        where = find_quote(reading.quotes, tree.tokens[verb].start)
        same = find_quote(reading.quotes, tree.tokens[above].start) == where
        if same and above in spoke and above < head:
            result[number] = replace(one, source=spoke[above]), place
    return result


def _is_past(tree: Tree, verb: int) -> bool:
    return tree.tokens[verb].tag == "VBD" and tree.child(verb, "aux") is None


def _is_present(tree: Tree, one: Attribution) -> bool:
    """Say whether a cue is in the present or has a modal."""
    words = () if one.cue is None else tree.tokens_in(one.cue.spans[0])
    forms = {tree.tokens[i].tag for i in words}
    return bool(forms & {"VBZ", "VBP", "MD"}) and "VBD" not in forms


def _take_up(reading: Reading, outer: Attribution, subject: Span, one: Attribution) -> Attribution:
    """Return an attribution whose content goes on with what is joined to the clause in it."""
    *before, last = outer.content.spans
    if one.cue is None or not last[0] <= subject[0] < last[1] <= one.cue.start:
        return outer
    own = [s for part in (outer.source, outer.cue) if part is not None for s in part.spans]
    joined = [(last[0], max(last[1], one.content.end))]
    if any(overlaps((last[1], one.cue.start), span) for span in own):
        joined = [last, (one.cue.start, one.content.end)]  # "…, NAME reports, and announced"
    content = cut_fragments(reading.tree.annotation.text, [*before, *joined])
    if content is None:
        return outer
    return replace(outer, content=content, kind=get_kind(reading.tree, reading.quoted, content))


def _find_verb(tree: Tree, cue: Span) -> int | None:
    """Return the first verb of a cue that is joined to another verb."""
    verb = find_first_verb(tree, cue)
    joined = verb is not None and tree.tokens[verb].dep == "conj"
    return verb if joined and verb is not None and tree.tokens[verb].tag[:2] == "VB" else None


def _find_head(tree: Tree, verb: int) -> tuple[int | None, int | None]:
    """Return the first verb of those that a verb is joined to, and its subject."""
    head = verb
    for _ in range(MAX_STEPS):
        if tree.tokens[head].dep != "conj":
            break
        head = tree.tokens[head].head
        subject = tree.child(head, *_SUBJECTS)
        if subject is not None:
            return (head, subject) if tree.tokens[head].tag[:2] == "VB" else (None, None)
    return None, None


def _find_conjunction(tree: Tree, verb: int) -> int | None:
    """Return the "and" or "but" right before a verb and its helpers."""
    own = set(tree.with_dep(verb, *_HELPERS))
    at = verb - 1
    while at > 0 and (at in own or tree.tokens[at].tag == "RB"):
        at -= 1
    return at if tree.tokens[at].text.lower() in ("and", "but") else None


def _is_inside(tree: Tree, head: int) -> bool:
    """Say whether a verb is of a clause that another verb has, which might go on."""
    above = tree.tokens[head].head
    clause = tree.tokens[head].dep == "relcl" or tree.tokens[above].tag[:1] == "V"
    return above != head and clause


def _may_go_on_outside(tree: Tree, head: int, verb: int) -> bool:
    """Say whether a verb has the form of the one that has its clause: "said it was late and warned"
    may be either's.
    """
    above = tree.tokens[head].head
    for _ in range(MAX_STEPS):
        if tree.tokens[above].tag[:1] == "V" or tree.tokens[above].head == above:
            break
        above = tree.tokens[above].head
    return _find_finite(tree, above) == _find_finite(tree, verb)


def _is_of_form(tree: Tree, head: int, verb: int) -> bool:
    """Say whether a verb goes on in the form of another: "fled and said", "could look and
    think".
    """
    tokens = tree.tokens
    first, second = tokens[head].tag, tokens[verb].tag
    helps = [tokens[i] for i in tree.with_dep(head, "aux")]
    if tree.child(verb, "aux") is not None:
        one, other = _find_finite(tree, head), _find_finite(tree, verb)
        free = "MD" in (one, other) and not _is_inside(tree, head)
        return other is not None and (one == other or free)
    bare = any(t.tag in _FORM_OF_HELP or t.lemma == "do" for t in helps)
    if first == "VB" or bare:
        return bare and second in ("VB", "VBP")
    if second == "VBN":
        return first == "VBN" and any(t.lemma == "have" for t in helps)
    return first == second and second in ("VBD", "VBZ", "VBP", "VBG")


def _find_finite(tree: Tree, verb: int) -> str | None:
    """Return the tag of the finite word of a verb."""
    parts = sorted((verb, *tree.with_dep(verb, "aux")))
    return next((tree.tokens[i].tag for i in parts if tree.tokens[i].tag in FINITE), None)


def _agrees(tree: Tree, subject: int, verb: int) -> bool:
    """Say whether a verb in the present is of the number of a subject."""
    form, token = tree.tokens[verb].tag, tree.tokens[subject]
    if token.text == "MORE" or form not in _PRESENT or tree.child(verb, "aux") is not None:
        return token.text != "MORE"
    if token.text.lower() in _MANY or tree.child(subject, "conj") is not None:
        return form == "VBP" or token.tag[:1] == "W"
    return (token.tag in ("NNS", "NNPS")) == (form == "VBP") or _is_helped(tree, verb)


def _is_helped(tree: Tree, verb: int) -> bool:
    """Say whether the verb that another is joined to has a modal, so that neither has an ending."""
    head = tree.tokens[verb].head
    return any(tree.tokens[i].tag in _FORM_OF_HELP for i in tree.with_dep(head, "aux"))
