"""What becomes of contents and sources where somebody goes on with another cue: "X admitted … but
denied …".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.extract.reading import Reading
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Fragments
from sayso.records.statement import Attribution

# So many attributions of one source before another are looked at.
MAX_SIBLINGS = 8
_JOINING = frozenset(("and", "but"))


def find_siblings(
    reading: Reading, built: Sequence[tuple[Attribution, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of attributions whose content holds another one of the same source behind a
    conjunction, and the offset of that.

    One without a source is of the same if its content goes on behind the end of the other's, or if
    the tenses say so: "X wrote that the bridge is shut and asked …". Conjunctions in quotations do
    not count: there, whoever is quoted goes on.
    """
    by_source: dict[int, list[int]] = {}
    last: list[int] = []
    for number, (attribution, place) in enumerate(built):
        source, cue = attribution.source, attribution.cue
        if cue is None or (source is not None and cue.start < source.start):
            continue
        before = last if source is None else by_source.setdefault(source.start, [])
        at = _find_conjunction(reading, cue)
        for outer in before[-MAX_SIBLINGS:] if at is not None else ():
            one = built[outer][0]
            begin = reading.tree.tokens[at or 0].start
            held = any(start < begin < end for start, end in one.content.spans)
            if not held or one.cue is None or not _is_of_form(reading.tree, one.cue, cue):
                continue
            verb = reading.tree.token_at(place)
            beyond = one.content.end < attribution.content.end
            if source is not None or beyond or _is_of_other_tense(reading.tree, one.cue, verb):
                yield outer, begin
        if source is not None:
            before.append(number)
            last.append(number)


def _find_conjunction(reading: Reading, cue: Fragments) -> int | None:
    """Return the unquoted conjunction before a cue and its adverbs, None if none stands there."""
    tokens = reading.tree.tokens
    at = reading.tree.token_at(cue.start) - 1
    while at > 0 and tokens[at].tag == "RB":
        at -= 1
    joins = at > 0 and tokens[at].tag == "CC"
    return at if joins and find_quote(reading.quotes, tokens[at].start) is None else None


def _is_of_other_tense(tree: Tree, one: Fragments, verb: int) -> bool:
    """Say whether a verb in the past goes with a cue in the past before it rather than with the
    verb between them that it was joined to, which is not: "wrote that it is shut and asked …".
    """
    tokens, joined = tree.tokens, tree.tokens[verb].head
    if tokens[verb].dep != "conj" or tokens[verb].tag != "VBD" or tokens[joined].start < one.end:
        return False
    auxiliary = tree.child(joined, "aux", "auxpass")
    finite = tokens[joined if auxiliary is None else auxiliary]
    return finite.tag in ("VBZ", "VBP", "MD") and _find_forms(tree, one)[:1] == ["VBD"]


def share_sources(
    reading: Reading, built: Sequence[tuple[Attribution, int]]
) -> list[tuple[Attribution, int]]:
    """Return attributions; a cue without a source right behind "and" or "but" has that of the one
    before it, whose content ends there: "X alleged … and demanded …".

    Only with a verb of the same form, and no subject of its own.
    """
    ends: dict[int, Attribution] = {}
    for attribution, _ in built:
        cue, source = attribution.cue, attribution.source
        if cue is not None and source is not None and source.start < cue.start:
            ends[reading.tree.token_at(attribution.content.end - 1)] = attribution
    result = []
    for attribution, place in built:
        before = _find_before(reading, attribution, ends)
        shared = attribution if before is None else replace(attribution, source=before.source)
        result.append((shared, place))
    return result


def _find_before(
    reading: Reading, attribution: Attribution, ends: Mapping[int, Attribution]
) -> Attribution | None:
    """Return the attribution that ends where the conjunction before another's cue stands, if the
    other one has no source and a verb of the same form. ends: by the last token of their contents.
    """
    tree, cue = reading.tree, attribution.cue
    if cue is None or attribution.source is not None:
        return None
    words = tree.tokens_in((cue.start, cue.end))
    verb = next((i for i in words if tree.tokens[i].tag in FINITE), None)
    own = any(tree.child(i, "nsubj", "nsubjpass", "expl", "auxpass") is not None for i in words)
    at = _find_conjunction(reading, cue)
    if verb is None or own or at is None or tree.tokens[at].text.lower() not in _JOINING:
        return None
    last = at - 1
    while last > 0 and not tree.tokens[last].text[0].isalnum() and last not in ends:
        last -= 1
    before = ends.get(last)
    if before is None or before.cue is None or tree.sentence[last] != tree.sentence[verb]:
        return None
    quoted = find_quote(reading.quotes, cue.start), find_quote(reading.quotes, before.cue.start)
    same = quoted[0] == quoted[1] and _is_of_form(tree, before.cue, cue)
    return before if same else None


def _is_of_form(tree: Tree, one: Fragments, other: Fragments) -> bool:
    """Say whether a cue has a verb of the form that another one begins with: "has said" and
    "denied", but not "announced that they would meet and agree".
    """
    first = _find_forms(tree, other)[:1]
    return first not in ([], ["VB"]) and first[0] in _find_forms(tree, one)


def _find_forms(tree: Tree, cue: Fragments) -> list[str]:
    tags = [tree.tokens[i].tag for i in tree.tokens_in((cue.start, cue.end))]
    return ["VBD" if tag == "VBN" else tag for tag in tags if tag[:1] in ("V", "M")]
