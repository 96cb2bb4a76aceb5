"""Contents that end before somebody else's clause, or the speaker's own next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract import fitting
from sayso.extract.contents import trim
from sayso.extract.reading import Placed, Reading
from sayso.extract.second_clauses import find_second_clauses
from sayso.extract.second_verbs import find_inner_verbs, find_second_verbs
from sayso.extract.siblings import MAX_SIBLINGS, find_clauses_beside, find_siblings, share_sources
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote, is_unquoted
from sayso.records.annotation import Token
from sayso.records.span import Span, cut_fragments
from sayso.records.statement import Attribution

# What links a clause to the one it stands beside.
_LINKING = frozenset(("while", "whereas", "although", "though"))
_LINKS = frozenset(("CC", ",", ":"))
# What is said behind such a link has so many words at least, and a content that breaks off goes on
# with so many at most.
MIN_CLAUSE, MAX_REACH = 4, 60


def uncouple(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; a content ends before a clause that stands beside its own cue and holds
    another cue: "X said …, while Y said …", "…, X said, and Y said …", "X said … but denied …".
    """
    tree = reading.tree
    by_anchor = {tree.token_at(place): number for number, (_, place) in enumerate(built)}
    behind = _find_pieces_behind(tree, built)
    result = list(built)
    for anchor, number in by_anchor.items():
        beside = built[number][0]
        clause = _find_clause(tree, anchor, beside)
        if clause is None or find_quote(reading.quotes, clause.begin) is not None:
            continue
        head = by_anchor.get(tree.tokens[anchor].head)
        outer = behind.get(clause.first)
        if outer is None and head is not None and clause.apart and head != number:
            outer = head
        if outer is not None and outer != number:
            result[outer] = _cut(reading, result[outer], clause.begin)
    for outer, begin in find_siblings(reading, built):
        for held in _list_held(built, outer, begin):
            result[held] = _cut(reading, result[held], begin)
    for second in find_second_verbs(reading, result):
        for held in second.held:
            result[held] = _cut(reading, result[held], second.begin)
        spoken, place = result[second.number]
        result[second.number] = replace(spoken, source=result[second.outer][0].source), place
    for number, outer, subject in list(find_inner_verbs(reading, result)):
        _give_to_subject(reading, result, number, outer, subject)
    for inner, begin in find_second_clauses(reading, result):
        result[inner] = _cut(reading, result[inner], begin)
    for outer, begin in find_clauses_beside(reading, result):
        result[outer] = _cut(reading, result[outer], begin)
    result = [_begin_behind(reading, result, number) for number in range(len(result))]
    for inserted, outer, begin in list(_find_inserted(reading, result)):
        result[outer] = _cut(reading, result[outer], begin)
        spans = result[inserted][0].content.spans
        first = max(spans[0][0], tree.tokens[tree.token_at(begin) + 1].start)
        result[inserted] = _put(reading, result[inserted], [(first, spans[0][1]), *spans[1:]])
    return reach_ends(reading, share_sources(reading, result))


def _give_to_subject(
    reading: Reading, result: list[Placed], number: int, outer: int, subject: int
) -> None:
    """Give an attribution another source, the subject in the content of an outer one, which then
    holds it.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    spoken, place = result[number]
    words = tree.span(tree.left[subject], tree.right[subject])
    source = cut_fragments(text, [fitting.trim_loose(text, words)])
    spans = result[outer][0].content.spans
    end = max(spans[-1][1], spoken.content.end)
    result[number] = replace(spoken, source=source), place
    if is_unquoted(reading.quotes, (spans[-1][0], end)):
        result[outer] = _put(reading, result[outer], [*spans[:-1], (spans[-1][0], end)])


def _list_held(built: Sequence[Placed], outer: int, begin: int) -> list[int]:
    """Return the numbers of an attribution and those in its content whose own go over an offset."""
    near = range(outer + 1, min(len(built), outer + MAX_SIBLINGS))
    cues = [(i, built[i][0].cue) for i in near]
    inside = [i for i, cue in cues if cue is not None and cue.end <= begin]
    spans = [(i, built[i][0].content.spans[-1]) for i in inside]
    return [outer, *(i for i, (start, end) in spans if start < begin < end)]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that a link and somebody's name begin: offset of the link, token of the name.

    apart: "while" or a comma sets it off; else it may as well go on with what is said before it.
    """

    begin: int
    first: int
    apart: bool


def _find_clause(tree: Tree, anchor: int, beside: Attribution) -> _Clause | None:
    """Return the clause of an attribution with a source before its cue, if a link begins it."""
    if beside.source is None or beside.cue is None or beside.source.start > beside.cue.start:
        return None
    tokens = tree.tokens
    first = at = tree.token_at(beside.source.start)
    while at > 0 and _is_link(tokens[at - 1]):
        at -= 1
    links = tokens[at:first]
    marked = any(t.text.lower() in _LINKING for t in links)
    if not marked and not (any(t.tag == "CC" for t in links) and tokens[anchor].dep == "conj"):
        return None
    return _Clause(tokens[at].start, first, marked or any(t.tag == "," for t in links))


def _is_link(token: Token) -> bool:
    return token.text.lower() in _LINKING or token.tag in _LINKS


def _find_pieces_behind(tree: Tree, built: Sequence[Placed]) -> dict[int, int]:
    """Return for the first token, after any links, of each content's piece behind an inserted cue
    the number of the attribution: "…, X said, while Y said …".
    """
    tokens = tree.tokens
    found: dict[int, int] = {}
    for number, (attribution, place) in enumerate(built):
        spans = attribution.content.spans
        for start, _ in spans[1:]:
            if spans[0][1] <= place < start:
                at = tree.token_at(start)
                while at + 1 < len(tokens) and _is_link(tokens[at]):
                    at += 1
                found.setdefault(at, number)
                break
    return found


def _find_inserted(reading: Reading, built: Sequence[Placed]) -> Iterator[tuple[int, int, int]]:
    """Yield the number of an attribution whose pronoun is put in between commas, that of one before
    whose content holds its beginning, and the offset of the comma and "and" or "but" between them:
    "X says that the war is lost, | but peace, it adds, is near".
    """
    tree = reading.tree
    for number, (inserted, _) in enumerate(built):
        source, cue, spans = inserted.source, inserted.cue, inserted.content.spans
        if source is None or cue is None or len(spans) < 2:
            continue
        within = spans[0][1] <= source.start < cue.start < spans[1][0]
        if not within or tree.tokens[tree.token_at(source.start)].tag != "PRP":
            continue
        for outer in range(max(0, number - MAX_SIBLINGS), number):
            begin = _find_turn(reading, built[outer][0], source.start)
            if begin is not None and begin < spans[0][1]:
                yield number, outer, begin


def _find_turn(reading: Reading, outer: Attribution, stop: int) -> int | None:
    """Return the offset of the last unquoted "and" or "but" behind a comma and a clause in a
    content before an offset.
    """
    tree = reading.tree
    start, end = outer.content.spans[-1]
    if outer.cue is None or start < outer.cue.end or not start < stop:
        return None
    words = tree.tokens_in((start, stop))[-MAX_REACH:]
    if not len(words) or tree.sentence[words[0]] != tree.sentence[words[-1]]:
        return None
    for at in reversed(words[2:]):
        token = tree.tokens[at]
        if token.tag != "CC" or tree.tokens[at - 1].text != "," or token.start >= end:
            continue
        plain = is_unquoted(reading.quotes, (start, stop))
        return token.start if plain and tree.holds_clause(range(words[0], at)) else None
    return None


def _begin_behind(reading: Reading, built: Sequence[Placed], number: int) -> Placed:
    """Return an attribution whose pronoun is put in between commas; what is said begins behind the
    same speaker's last words: "X says he won, though | it is unclear, it adds, how".
    """
    tree = reading.tree
    inserted, place = built[number]
    source, cue, spans = inserted.source, inserted.cue, inserted.content.spans
    if source is None or cue is None or tree.tokens[tree.token_at(source.start)].tag != "PRP":
        return inserted, place
    start, end = spans[0]
    if not end <= source.start < cue.start or not is_unquoted(reading.quotes, (start, cue.end)):
        return inserted, place
    for one, _ in built[max(0, number - MAX_SIBLINGS) : number]:
        first = one.source.start if one.source is not None and one.cue is not None else -1
        last = one.content.end
        if not start == first < one.content.start < last < end:
            continue
        begin = _pass_links(tree, last, end)
        if begin is not None:
            return _put(reading, built[number], [(begin, end), *spans[1:]])
    return inserted, place


def _pass_links(tree: Tree, start: int, end: int) -> int | None:
    """Return the offset of the first word between two offsets behind a comma and a link."""
    words = tree.tokens_in((start, end))
    if len(words) < MIN_CLAUSE or tree.tokens[words[0]].text != ",":
        return None
    at = words[1]
    linked = tree.tokens[at].tag == "CC" or tree.tokens[at].text.lower() in _LINKING
    return tree.tokens[at + 1].start if linked else None


def reach_ends(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; a content that breaks off inside that of one whose cue it holds goes on
    to its end: "complained that he threatened to tax | from May all wells".
    """
    result = list(built)
    for number, (inner, _) in enumerate(built):
        if inner.cue is None or inner.content.start < inner.cue.end:
            continue
        end = inner.content.end
        for outer in range(max(0, number - MAX_SIBLINGS), number):
            one = result[outer][0]
            start, stop = one.content.spans[-1]
            if not start <= inner.cue.start < stop < end or not _breaks_off(reading, stop, end):
                continue
            result[outer] = _put(reading, result[outer], [*one.content.spans[:-1], (start, end)])
    return result


def _breaks_off(reading: Reading, stop: int, end: int) -> bool:
    """Say whether no clause, quotation or sentence ends at an offset, and none before another."""
    tree = reading.tree
    words = tree.tokens_in((stop, end))
    if not len(words) or len(words) > MAX_REACH:
        return False
    whole = tree.sentence[tree.token_at(stop - 1)] == tree.sentence[words[-1]]
    goes_on = tree.tokens[words[0]].text[0].isalnum() and tree.tokens[words[0]].tag != "CC"
    return whole and goes_on and is_unquoted(reading.quotes, (stop - 1, end))


def _cut(reading: Reading, placed: Placed, begin: int) -> Placed:
    """Return an attribution whose content ends before an offset, as it is if nothing is left."""
    outer, _ = placed
    text = reading.tree.annotation.text
    spans = [
        trim(text, reading.quotes, (start, min(end, begin)))
        for start, end in outer.content.spans
        if start < begin
    ]
    words = [(span, text[slice(*span)]) for span in spans]
    kept = [s for s, w in words if any(map(str.isalnum, w)) and w.lower() not in _LINKING]
    return _put(reading, placed, kept)


def _put(reading: Reading, placed: Placed, spans: Sequence[Span]) -> Placed:
    """Return an attribution with another content, as it is if that is empty."""
    one, place = placed
    content = cut_fragments(reading.tree.annotation.text, spans)
    if content is None:
        return placed
    kind = fitting.get_kind(reading.tree, reading.quoted, content)
    return replace(one, content=content, kind=kind), place
