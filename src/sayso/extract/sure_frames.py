"""Frames that are plain in any print and that a tagger may miss.

"NAME cannot independently verify the claims", "It put the losses at nine", "Welcoming the news,
NAME said …", "…, court hears".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.extract.fitting import get_kind
from sayso.extract.reading import Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.ruled import build_ruled
from sayso.extract.subjects import FINITE, Range
from sayso.extract.tree import Tree
from sayso.records.span import cut_fragments
from sayso.records.statement import Attribution

# Who or what is plain, how far the content goes is the parser's guess.
PLAIN = 0.75
_CAN = frozenset(("can", "ca", "could"))
_ABLE = frozenset(("able", "unable"))
_HELPERS = ("aux", "auxpass", "neg", "advmod")
# A participle of these before a comma and a subject that speaks is what that says too.
_OPENING = frozenset(
    (
        "applaud",
        "commend",
        "condemn",
        "criticise",
        "criticize",
        "defend",
        "denounce",
        "deny",
        "deplore",
        "dismiss",
        "hail",
        "lament",
        "praise",
        "reject",
        "welcome",
    )
)
# What is put at a number, and not in a place.
_AMOUNTS = frozenset(
    (
        "amount",
        "attendance",
        "bill",
        "casualty",
        "chance",
        "cost",
        "count",
        "crowd",
        "damage",
        "death",
        "debt",
        "estimate",
        "figure",
        "growth",
        "inflation",
        "loss",
        "majority",
        "number",
        "odds",
        "population",
        "price",
        "probability",
        "rate",
        "share",
        "size",
        "toll",
        "total",
        "turnout",
        "unemployment",
        "value",
        "worth",
    )
)
# Who hears a case: what a headline ends with says that it was put there.
_HEARERS = frozenset(("court", "inquest", "inquiry", "jury", "tribunal", "trial", "hearing"))
MAX_HEARERS, MAX_OBJECT = 5, 40


def find_sure(reading: Reading) -> list[Placed]:
    """Return attributions of verbs that verify nothing or put a number at something, and of what a
    court hears. Linear in tokens.
    """
    found = list(_find_heard(reading))
    for verb, token in enumerate(reading.tree.tokens):
        read = _READERS.get(token.lemma) if token.tag[:2] == "VB" else None
        one = None if read is None else read(reading, verb)
        if one is not None:
            found.append((one, token.start))
    return found


def add_openings(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with those of participles that open a sentence, which are then no piece
    of what is said in it: "Welcoming the news, NAME said: …". Linear in tokens and attributions.
    """
    tree = reading.tree
    spoken = {tree.token_at(place): number for number, (_, place) in enumerate(built)}
    cues = (s for a, _ in built if a.cue is not None for s in a.cue.spans)
    taken = {i for span in cues for i in tree.tokens_in(span)}
    result, found = list(built), []
    for first, _ in tree.annotation.sentences:
        token = tree.tokens[first]
        number = spoken.get(token.head)
        if token.lemma not in _OPENING or token.tag != "VBG" or first in taken or number is None:
            continue
        outer, place = result[number]
        thing = _find_object(tree, first)
        if thing is None or not _leads_to(tree, thing[1] + 1, outer):
            continue
        result[number] = _leave_piece(reading, outer, tree.tokens[thing[1]].end), place
        source = None if outer.source is None else outer.source.spans[0]
        one = build_ruled(reading, source, tree.span(first, first), [tree.span(*thing)], PLAIN)
        if one is not None:
            found.append((one, token.start))
    return [*result, *found]


def _leads_to(tree: Tree, comma: int, outer: Attribution) -> bool:
    """Say whether a comma stands right before the source of an attribution."""
    if outer.source is None or comma >= len(tree.tokens) or tree.tokens[comma].text != ",":
        return False
    return not tree.annotation.text[tree.tokens[comma].end : outer.source.start].strip()


def _leave_piece(reading: Reading, outer: Attribution, end: int) -> Attribution:
    """Return an attribution without a first piece of content that ends where a participle does."""
    first, *rest = outer.content.spans
    content = cut_fragments(reading.tree.annotation.text, rest) if first[1] <= end else None
    if content is None:
        return outer
    return replace(outer, content=content, kind=get_kind(reading.tree, reading.quoted, content))


def _read_unverified(reading: Reading, verb: int) -> Attribution | None:
    """Read "NAME could not verify …" and "was unable to verify …"."""
    tree, tokens = reading.tree, reading.tree.tokens
    above = tokens[verb].head
    top, no = verb, tree.child(verb, "neg") is not None
    if tokens[verb].dep == "xcomp" and tokens[above].lemma in _ABLE:
        top = tokens[above].head
        no = tokens[above].lemma == "unable" or tree.child(top, "neg") is not None
    elif not any(tokens[i].text.lower() in _CAN for i in tree.with_dep(verb, "aux")):
        return None
    subject, content = tree.child(top, "nsubj"), _find_object(tree, verb)
    if not no or content is None or subject is None or tree.right[subject] >= top:
        return None
    first = min((i for i in tree.with_dep(top, *_HELPERS) if i > subject), default=top)
    source = tree.span(tree.left[subject], tree.right[subject])
    cue = tree.span(min(first, top), verb)
    return build_ruled(reading, source, cue, [tree.span(*content)], PLAIN)


def _find_object(tree: Tree, verb: int) -> Range | None:
    """Return the first and last token of what stands behind a verb as its object or clause."""
    thing = tree.child(verb, "dobj", "ccomp")
    if thing is None or tree.left[thing] != verb + 1 or tree.right[thing] - verb > MAX_OBJECT:
        return None
    return tree.left[thing], tree.right[thing]


def _read_amount(reading: Reading, verb: int) -> Attribution | None:
    """Read "NAME put the number at 17"."""
    tree, tokens = reading.tree, reading.tree.tokens
    subject, thing = tree.child(verb, "nsubj"), tree.child(verb, "dobj")
    at = next((i for i in tree.with_dep(verb, "prep") if tokens[i].text.lower() == "at"), None)
    amount = None if at is None else tree.child(at, "pobj")
    if subject is None or thing is None or at is None or amount is None or subject > verb:
        return None
    counted = tokens[amount].tag == "CD" or tree.child(amount, "nummod") is not None
    close = tree.left[thing] == verb + 1 and tree.right[thing] == at - 1
    if not counted or not close or tokens[thing].lemma not in _AMOUNTS:
        return None
    if not _may_count(tree, subject):
        return None
    helpers = [i for i in tree.with_dep(verb, *_HELPERS) if tree.right[subject] < i < verb]
    source = tree.span(tree.left[subject], tree.right[subject])
    cue = tree.span(min(helpers, default=verb), verb)
    content = tree.span(verb + 1, tree.right[amount])
    return build_ruled(reading, source, cue, [content], PLAIN)


def _read_count(reading: Reading, verb: int) -> Attribution | None:
    """Read "The ministry gave seven", "gave the number of dead as 34" and "counts more than 900
    displaced": a number of something, that is given to nobody.
    """
    tree, tokens = reading.tree, reading.tree.tokens
    subject, thing = tree.child(verb, "nsubj"), tree.child(verb, "dobj")
    if subject is None or thing is None or tree.right[subject] >= verb:
        return None
    last = tree.right[thing]
    put = next((i for i in tree.with_dep(verb, "prep") if tokens[i].text.lower() == "as"), None)
    amount = tokens[thing].lemma in _AMOUNTS or tokens[thing].text.lower() == "it"
    if put is not None and put == last + 1 and amount:
        number = tree.child(put, "pobj")
        last = put if number is None else tree.right[number]
    elif tree.child(verb, "dative", "prep") is None and tokens[verb].lemma == "give":
        number = thing
    else:
        number = tree.child(thing, "nummod") if tokens[verb].lemma == "count" else None
    if number is None or tokens[number].tag != "CD" or tree.left[thing] != verb + 1:
        return None
    if not _may_count(tree, subject):
        return None
    helpers = [i for i in tree.with_dep(verb, *_HELPERS) if tree.right[subject] < i < verb]
    source = tree.span(tree.left[subject], tree.right[subject])
    cue = tree.span(min(helpers, default=verb), verb)
    return build_ruled(reading, source, cue, [tree.span(verb + 1, last)], PLAIN)


def _may_count(tree: Tree, subject: int) -> bool:
    """Say whether a subject is somebody or a document: no death and no sale counts."""
    token, words = tree.tokens[subject], load_role_words()
    known = words.documents | words.organisations | words.people | words.nouns
    named = any(n.first <= subject < n.last for n in tree.annotation.names)
    whose = tree.tokens[tree.left[subject] : tree.right[subject] + 1]
    if any(part.lemma in words.documents for part in whose):
        return True
    return named or token.tag[:3] in ("PRP", "NNP", "CD") or token.lemma in known


def _find_heard(reading: Reading) -> Iterator[Placed]:
    """Yield the attribution of each paragraph that ends so: "Man stole ambulance, court hears"."""
    tree, tokens = reading.tree, reading.tree.tokens
    for first, last in tree.annotation.paragraphs:
        verb = last - 1
        if verb - first < 4 or tokens[verb].text.lower() != "hears":
            continue
        near = range(verb - 1, max(first, verb - 1 - MAX_HEARERS), -1)
        comma = next((i for i in near if tokens[i].text == ","), None)
        if comma is None or comma == verb - 1 or tokens[verb - 1].lemma.lower() not in _HEARERS:
            continue
        if not any(t.tag in FINITE for t in tokens[first:comma]):
            continue
        source, cue = tree.span(comma + 1, verb - 1), tree.span(verb, verb)
        one = build_ruled(reading, source, cue, [tree.span(first, comma - 1)], PLAIN)
        if one is not None:
            yield one, tokens[verb].start


_READERS: Mapping[str, Callable[[Reading, int], Attribution | None]] = {
    "put": _read_amount,
    "give": _read_count,
    "count": _read_count,
    **dict.fromkeys(
        ("verify", "authenticate", "corroborate", "confirm", "substantiate"), _read_unverified
    ),
}
