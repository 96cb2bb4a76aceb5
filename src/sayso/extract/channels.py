"""Through which other outlets statements reached a report: "Reuters reported", "told the Lantern".

An outlet is the source itself ("the Varsk Lantern said", "according to state news agency Orbis", "a
Lantern report said"), or whoever speaks speaks to one ("told the Lantern", "said in an interview
with Radio Ossar"). Whether a name is an outlet's is told by its words (`outlet_names`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.outlet_names import find_name, is_outlet, load_outlet_words, trim_outlet
from sayso.extract.roles import load_role_words
from sayso.extract.speakers import Resolved
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.ids import make_id
from sayso.records.relay import Relay, RelayKind, is_same_outlet, is_short_for
from sayso.records.report import Report
from sayso.records.span import Span, covers
from sayso.records.statement import Statement

# Heads from an occasion to the cue it belongs to: "said … in an interview with" is 2.
_STEPS_TO_CUE = 4
# Names of outlets that one list of them may have: "told Orbis News, the Lantern and Radio Ossar".
_MAX_LISTED = 20
# Characters before a name in which the word that it is called by stands.
_MAX_TAIL = 20
# What a name before another is to it: "Radio Ossar's Ina Veld", "Radio Ossar host Ina Veld".
_OF_NAMES = frozenset(("poss", "compound", "nmod"))
# Words of a source that are looked at.
_MAX_SOURCE_TOKENS = 40
_REPORTING = frozenset(
    ("report", "reporting", "account", "article", "story", "broadcast", "dispatch")
)


@dataclass(frozen=True, slots=True)
class _People:
    """The people of a report: which spans are mentions of one, their starts by their ends; the
    first and last words of their full names.
    """

    starts: Mapping[int, int]
    words: frozenset[str]

    def has(self, text: str, span: Span) -> bool:
        """Say whether a name is a person's: the end of a mention of one, or a word of one's name.

        Initials ("CNN") are nobody's name, though a name may be read as beginning in them.
        """
        start, end = trim_outlet(text, span)
        if self.starts.get(end, end) <= start < end:
            return True
        return not text[start:end].isupper() and text[start:end] in self.words


def find_channels(
    annotation: Annotation,
    report: Report,
    statements: Sequence[Statement],
    resolved: Resolved,
) -> tuple[Relay, ...]:
    """Return the outlets through which statements reached the report, in the order of the text.

    resolved: who is who in the report, for the full names of outlets.
    """
    if not annotation.tokens:
        return ()
    tree = build_tree(annotation)
    people = _list_people(report.text, resolved)
    names = {e.entity_id: e.name for e in resolved.entities if is_outlet(e.name)}
    full = {m.span: names[m.entity_id] for m in resolved.mentions if m.entity_id in names}
    found: dict[str, Relay] = {}
    for statement in statements:
        spans: list[tuple[RelayKind, Span]] = [
            *(("reported", span) for span in _find_reporters(tree, statement)),
            *(("told", span) for span in _find_told(tree, statement)),
        ]
        for kind, span in spans:
            if people.has(report.text, span):
                continue
            outlet = full.get(span) or full.get(trim_outlet(report.text, span))
            relay = make_relay(report, kind, span, outlet, statement.statement_id)
            if relay is not None:
                found.setdefault(relay.relay_id, relay)
    return tuple(sorted(found.values(), key=lambda r: (r.span, r.kind, r.relay_id)))


def make_relay(
    report: Report,
    kind: RelayKind,
    span: Span,
    outlet: str | None = None,
    statement_id: str | None = None,
) -> Relay | None:
    """Return the relay by the name at `span`; None if that is the report's own outlet.

    outlet: its name where the words there are short for it.
    """
    start, end = trim_outlet(report.text, span)
    outlet = (
        " ".join((outlet or report.text[start:end]).split())
        .removeprefix("the ")
        .removeprefix("The ")
    )
    own = report.outlet or ""
    if not outlet or is_same_outlet(outlet, own) or is_short_for(outlet, own):
        return None
    relay_id = make_id("l", report.report_id, report.text_sha256, kind, (start, end), statement_id)
    return Relay(relay_id, report.report_id, kind, outlet, (start, end), statement_id)


def _list_people(text: str, resolved: Resolved) -> _People:
    """Return the people of a report, without the names that it calls an outlet's by the word before
    them: the parser takes Orbis in "the news agency Orbis" for a person.
    """
    tails = load_outlet_words().tails
    people = {e.entity_id: e.name.split() for e in resolved.entities if e.type == "person"}
    starts: dict[int, int] = {}
    outlets = set()
    mentions = [m for m in resolved.mentions if m.type == "person" or m.entity_id in people]
    for mention in mentions:
        before = text[max(0, mention.span[0] - _MAX_TAIL) : mention.span[0]].split()
        if before and before[-1] in tails and len(people.get(mention.entity_id or "", ())) == 1:
            outlets.add(mention.entity_id)
    kept = {None, *people} - outlets
    for mention in mentions:
        if mention.entity_id in kept:
            start, end = trim_outlet(text, mention.span)
            starts[end] = min(start, starts.get(end, start))
    full = [name for name in people.values() if len(name) > 1]
    return _People(starts, frozenset(w for name in full for w in (name[0], name[-1])))


def _find_reporters(tree: Tree, statement: Statement) -> Iterator[Span]:
    """Yield the outlets that are the source, by its own words or by who it goes back to."""
    if statement.source is None:
        return
    inside = [i for span in statement.source.spans for i in tree.tokens_in(span)]
    inside = inside[:_MAX_SOURCE_TOKENS]
    spans = [
        span
        for i in inside
        if _heads_source(tree, i, inside) and (span := _name_outlet(tree, i, inside)) is not None
    ]
    yield from (s for s in spans if not any(s != o and covers((o,), s) for o in spans))
    speaker = statement.speaker
    if spans or speaker is None or speaker.name is None or not speaker.chain:
        return
    if speaker.via in ("pronoun", "description", "organisation") and is_outlet(speaker.name):
        yield speaker.chain[-1]


def _heads_source(tree: Tree, token: int, inside: Sequence[int]) -> bool:
    """Say whether a word heads the source, or stands beside a word that does and says no more than
    what kind of outlet or report it is: "state news agency Orbis", "a Lantern report", "a report in
    the Lantern". Whoever works for an outlet is somebody else.
    """
    words, role_words = load_outlet_words(), load_role_words()
    at = token
    for _ in range(_STEPS_TO_CUE):
        head = tree.tokens[at].head
        if head == at or head not in inside:
            return True
        one = tree.tokens[head]
        plain = one.lemma in words.tails or one.lemma in role_words.documents | _REPORTING
        if one.dep == "prep" and one.lemma in ("in", "by", "from", "on", "of"):
            plain = True
        if one.tag[:3] == "NNP":
            plain = tree.tokens[at].dep in ("compound", "nmod", "conj", "punct")
        if not plain and tree.tokens[at].dep not in ("appos", "conj"):
            return False
        if not plain and one.lemma not in words.heads:
            return False
        at = head
    return False


def _name_outlet(tree: Tree, token: int, inside: Sequence[int]) -> Span | None:
    """Return the outlet's name that ends in a token, or goes on behind it; None if none does."""
    if token + 1 in inside and tree.tokens[token + 1].tag in ("NNP", "NNPS", "CD"):
        return None
    span = find_name(tree, token, range(inside[0], inside[-1] + 1))
    if span is None:
        return None
    longer = _add_second(tree, token, span)
    if longer is not None:
        return longer
    return span if is_outlet(tree.annotation.text[slice(*span)]) else None


def _add_second(tree: Tree, token: int, span: Span) -> Span | None:
    """Return a name with a second half behind "and" ("the Globe and Mail"), None without one."""
    second = token + 2
    if second >= len(tree.tokens) or tree.tokens[token + 1].text not in ("and", "&"):
        return None
    text, last = tree.annotation.text, tree.tokens[second]
    whole = (span[0], last.end)
    if last.dep == "compound" and tree.tokens[last.head].tag == "NNP":
        return None  # "Orbis News and Radio Ossar"
    if last.tag != "NNP" or is_outlet(text[last.start : last.end]):
        return None
    return whole if is_outlet(text[slice(*whole)]) else None


def _find_told(tree: Tree, statement: Statement) -> Iterator[Span]:
    """Yield the names of the outlets to which a statement was made."""
    if statement.cue is None:
        return
    cue = {i for span in statement.cue.spans for i in tree.tokens_in(span)}
    for verb in sorted(cue):
        token = tree.tokens[verb]
        if token.tag[:2] != "VB":
            continue
        for target in _list_targets(tree, verb, statement):
            span = _read_target(tree, target)
            if span is not None and not covers(statement.content.spans, span):
                yield span


def _list_targets(tree: Tree, verb: int, statement: Statement) -> Iterator[int]:
    """Yield the words that may name to whom the verb of a cue was said."""
    words = load_outlet_words()
    if tree.tokens[verb].lemma in ("tell", "inform"):
        yield from _with_conjuncts(tree, tree.with_dep(verb, "dobj", "dative", "iobj"))
    waiting = [(verb, 0)]
    while waiting:
        at, depth = waiting.pop()
        for i in tree.children[at] if depth <= _STEPS_TO_CUE else ():
            token = tree.tokens[i]
            if covers(statement.content.spans, (token.start, token.end)):
                continue
            if token.dep == "prep" and token.lemma in words.prepositions:
                for target in _with_conjuncts(tree, tree.with_dep(i, "pobj")):
                    if tree.tokens[target].lemma in words.occasions:
                        waiting.append((target, depth + 1))
                    elif at != verb or tree.tokens[verb].lemma in words.speaking:
                        yield target
            elif _leads_on(tree, i):
                waiting.append((i, depth + 1))


def _leads_on(tree: Tree, token: int) -> bool:
    """Say whether a word below a cue says how or where it was said: "speaking", "an interview"."""
    one, words = tree.tokens[token], load_outlet_words()
    if one.dep in ("advcl", "xcomp"):
        return one.lemma in words.speaking
    return one.dep in ("dobj", "nmod") and one.lemma in words.occasions


def _with_conjuncts(tree: Tree, tokens: Iterator[int]) -> Iterator[int]:
    """Yield words and all that is joined to them, each to the one before it.

    The second of three is also parsed as an apposition that the third is joined to.
    """
    for token in tokens:
        waiting = [token]
        for _ in range(_MAX_LISTED):
            if not waiting:
                break
            at = waiting.pop(0)
            yield at
            waiting.extend(tree.with_dep(at, "conj"))
            waiting.extend(i for i in tree.with_dep(at, "appos") if tree.child(i, "conj"))


def _read_target(tree: Tree, target: int) -> Span | None:
    """Return the outlet a word names, or whose somebody it names ("Radio Ossar's Ina Veld")."""
    inside = range(tree.left[target], tree.right[target] + 1)
    before = (i for i in range(inside[0], target) if tree.tokens[i].dep in _OF_NAMES)
    for named in (target, *before):
        span = _name_outlet(tree, named, inside)
        if span is not None:
            return span
    return None
