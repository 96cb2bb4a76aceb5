"""What becomes of contents and sources where somebody goes on with another cue: "X admitted … but
denied …".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.extract.fitting import find_kinds
from sayso.extract.reading import Reading
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Fragments
from sayso.records.statement import Attribution

# So many attributions of one source before another are looked at.
MAX_SIBLINGS = 8
# Somebody's name has no more words.
MAX_NAME_TOKENS = 6
_ENDS = frozenset((".", "?", "!", "”", "''", '"'))
JOINING = frozenset(("and", "but"))


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
        at = find_conjunction(reading, cue)
        for outer in before[-MAX_SIBLINGS:] if at is not None else ():
            one = built[outer][0]
            begin = reading.tree.tokens[at or 0].start
            held = any(start < begin < end for start, end in one.content.spans)
            if not held or one.cue is None or not _goes_with(reading.tree, one.cue, attribution):
                continue
            verb = reading.tree.token_at(place)
            beyond = one.content.end < attribution.content.end
            if source is not None or beyond or _is_of_other_tense(reading.tree, one.cue, verb):
                yield outer, begin
        if source is not None:
            before.append(number)
            last.append(number)


def find_conjunction(reading: Reading, cue: Fragments) -> int | None:
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
    return finite.tag in ("VBZ", "VBP", "MD") and find_forms(tree, one)[:1] == ["VBD"]


def find_clauses_beside(
    reading: Reading, built: Sequence[tuple[Attribution, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of attributions whose content holds a clause that stands beside their own,
    and the offset of what begins it.

    In a headline that is "as" before another's verb in the present ("X says it won as Y claims
    fraud"), elsewhere a colon behind somebody, whom the clause tells more of ("Y contradicts him:
    she says …").
    """
    for number, (attribution, place) in enumerate(built):
        if attribution.source is None or attribution.source.start > place:
            continue
        link = reading.tree.token_at(attribution.source.start) - 1
        if link < 1 or find_quote(reading.quotes, reading.tree.tokens[link].start) is not None:
            continue
        for outer in range(max(0, number - MAX_SIBLINGS), number):
            if _stands_beside(reading.tree, built[outer][0], link, place):
                yield outer, reading.tree.tokens[link].start


def _stands_beside(tree: Tree, outer: Attribution, link: int, place: int) -> bool:
    begin, verb = tree.tokens[link].start, tree.token_at(place)
    start, end = outer.content.spans[-1]
    if outer.cue is None or start < outer.cue.end or not start < begin < end:
        return False
    if tree.tokens[link].text == ":":
        words = tree.tokens_in((start, begin))
        if not 0 < len(words) <= MAX_NAME_TOKENS:
            return False
        return tree.tokens[words[0]].tag == "PRP" or "PERSON" in find_kinds(tree, words)
    said = tree.token_at(outer.cue.start)
    present = ("VBZ", "VBP")
    last = tree.tokens[tree.annotation.sentences[tree.sentence[link]][1] - 1]
    headline = last.text not in _ENDS and tree.sentence[said] == tree.sentence[verb]
    as_both = tree.tokens[link].text.lower() == "as" and tree.tokens[verb].tag in present
    return headline and as_both and tree.tokens[said].tag in present


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
    at = find_conjunction(reading, cue)
    if verb is None or own or at is None or tree.tokens[at].text.lower() not in JOINING:
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


def _goes_with(tree: Tree, one: Fragments, attribution: Attribution) -> bool:
    """Say whether an attribution's verb has the form of a cue, or may have it where the source is
    known: "they say it is a fraud and call it theft".
    """
    if attribution.cue is None or _is_of_form(tree, one, attribution.cue):
        return attribution.cue is not None
    bare = find_forms(tree, attribution.cue)[:1] == ["VB"] and attribution.source is not None
    return bare and find_forms(tree, one)[:1] == ["VBP"]


def _is_of_form(tree: Tree, one: Fragments, other: Fragments) -> bool:
    """Say whether a cue has a verb of the form that another one begins with: "has said" and
    "denied", but not "announced that they would meet and agree".
    """
    first = find_forms(tree, other)[:1]
    return first not in ([], ["VB"]) and first[0] in find_forms(tree, one)


def find_forms(tree: Tree, cue: Fragments) -> list[str]:
    """Return the forms of the verbs of a cue; a past participle has that of the past."""
    tags = [tree.tokens[i].tag for i in tree.tokens_in((cue.start, cue.end))]
    return ["VBD" if tag == "VBN" else tag for tag in tags if tag[:1] in ("V", "M")]
