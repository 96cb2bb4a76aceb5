"""The record of who speaks: from whoever is in mind, from several together, or from nobody.

Also the order in which sources are read, and which of them are a headline's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sayso.extract.ballots import Turn
from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import skip_lead
from sayso.extract.roles import load_role_words
from sayso.extract.sources import MAX_SOURCE_TOKENS, PRONOUNS, is_organisation, read_source
from sayso.extract.tree import Tree
from sayso.records.span import Fragments, Span, overlaps
from sayso.records.statement import Attribution, Speaker

UNRESOLVED_CONFIDENCE = 0.2
_OWNING = ("’s", "'s", "s’", "s'")
# Behind these stands a name.
_NAMING = frozenset(("named", "called", "known", "dubbed", "including"))
_COMMAS = frozenset((",", "–", "—", "--"))
# Who is "it" in the next sentence, beside what the lists have as documents.
_INQUIRIES = frozenset(("inquiry", "investigation", "probe", "review"))


def make_joint(
    owners: Sequence[Character], spans: Sequence[Span], via: str, confidence: float
) -> Speaker:
    """Return the speaker of a source that several, or one, stand behind."""
    joined = join_names([o.name for o in owners])
    members = tuple(o.entity_id for o in owners)
    entity_id = members[0] if len(members) == 1 else None
    return Speaker(joined, entity_id, via, None, keep_first(spans), members, confidence)


def join_names(names: Sequence[str]) -> str:
    """Return names as one: "X, Y and Z"."""
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def make_turn(owner: Character, *spans: Span) -> Turn:
    """Return the turn of somebody named, with the mentions that lead to them."""
    return Turn((owner,), spans, owner.name, owner.entity_id)


def make_of_turn(source: Fragments, turn: Turn, via: str, confidence: float) -> Speaker:
    """Return the speaker of a source that goes back to somebody met before."""
    spans = [source.spans[0], *turn.spans]
    if turn.others:
        members = (*(o.entity_id for o in turn.owners), *turn.others)
        return Speaker(turn.text, None, via, None, keep_first(spans), members, confidence)
    if turn.owners:
        return make_joint(turn.owners, spans, via, confidence)
    entity = () if turn.entity_id is None else (turn.entity_id,)
    return Speaker(turn.text, turn.entity_id, via, None, keep_first(spans), entity, confidence)


def make_together(
    by_id: Mapping[str, Character], source: Fragments, speakers: Sequence[Speaker]
) -> Speaker:
    """Return the speaker of a source that joins several, of whom some have no name."""
    names: list[str] = []
    for speaker in speakers:
        known = [by_id[m].name for m in speaker.members if m in by_id]
        names += known if len(known) == len(speaker.members) else [speaker.name or ""]
    members = tuple(dict.fromkeys(m for s in speakers for m in s.members))
    chain = keep_first((source.spans[0], *(span for s in speakers for span in s.chain)))
    confidence = min(s.confidence for s in speakers)
    return Speaker(join_names(names), None, speakers[0].via, None, chain, members, confidence)


def repeat_speaker(source: Fragments, above: Speaker) -> Speaker:
    """Return the speaker of a pronoun that is whoever speaks around it."""
    chain = keep_first((source.spans[0], *above.chain))
    return replace(above, via="pronoun", chain=chain)


def make_unresolved(source: Fragments, via: str) -> Speaker:
    """Return the speaker of a source of whom it is not known who it is."""
    return Speaker(None, None, via, None, (source.spans[0],), (), UNRESOLVED_CONFIDENCE)


def make_chain(source: Fragments, name: Span, owner: Character) -> tuple[Span, ...]:
    """Return the mentions that lead from a source to the fullest name of its owner."""
    fullest = next((m.span for m in owner.mentions if m.text == owner.name), name)
    return keep_first((source.spans[0], name, fullest))


def cut_lead(tree: Tree, source: Fragments) -> Fragments:
    """Return a source without a title or a loud word before the name in a sentence of its own."""
    inside = tree.tokens_in((source.start, source.end))[:MAX_SOURCE_TOKENS]
    rest = skip_lead(tree, load_role_words(), inside)
    if rest == inside or len(source.spans) > 1:
        return source
    start = tree.tokens[rest.start].start
    return Fragments(((start, source.end),), tree.annotation.text[start : source.end])


def tidy_name(tree: Tree, source: Fragments) -> str:
    """Return what somebody without a name is called: without a clause about them, a comma, "’s"."""
    text = source.text
    inside = tree.tokens_in((source.start, source.end))
    inside = inside[:MAX_SOURCE_TOKENS]
    for i in inside[1:-1] if len(source.spans) == 1 else ():
        if tree.tokens[i].text in _COMMAS and _begins_clause(tree, i + 1, inside):
            text = tree.annotation.text[source.start : tree.tokens[i].start]
            break
    text = text.rstrip(" ,;:–—-")
    mark = next((m for m in _OWNING if text.endswith(m)), "")
    return text.removesuffix(mark.removeprefix("s")) or source.text


def _begins_clause(tree: Tree, token: int, inside: range) -> bool:
    """Say whether a clause about what stands before begins, and no more of whom it is about.

    ", who …", ", published in May"; not ", who left, and the others".
    """
    word = tree.tokens[token]
    about = word.tag in ("VBN", "VBG") and word.dep == "acl" and word.head >= inside.start
    if word.tag not in ("WDT", "WP", "WP$") and (not about or word.text.lower() in _NAMING):
        return False
    behind = (tree.tokens[i] for i in range(token, inside.stop))
    return not any(t.dep == "conj" and t.head < token for t in behind)


def keep_first(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without those that came before."""
    return tuple(dict.fromkeys(spans))


def is_headline(tree: Tree, attribution: Attribution) -> bool:
    """Say whether a label of the first line speaks: "he" of the text is not whom it names."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.text != ":":
        return False
    return tree.paragraph[tree.token_at(source.start)] == 0


def surrounds_cue(attribution: Attribution) -> bool:
    """Say whether a passive says of its subject what nobody is named for: "X is said to have …".

    X is no more in the background than any subject.
    """
    cue, content = attribution.cue, attribution.content
    if attribution.source is not None or cue is None:
        return False
    return content.start < cue.start < content.end


def get_place(attribution: Attribution) -> tuple[int, int]:
    """Return what attributions are read in the order of."""
    source = attribution.source
    return (
        attribution.content.start if source is None else source.start,
        attribution.content.start,
    )


def resolve_selves(attributions: Sequence[Attribution], speakers: list[Speaker | None]) -> None:
    """Give "I" its speaker where who is quoted is named only behind: “I think …,” X said."""
    for i, attribution in enumerate(attributions):
        source, speaker = attribution.source, speakers[i]
        above = None if attribution.parent is None else speakers[attribution.parent]
        if source is None or speaker is None or speaker.name is not None or above is None:
            continue
        if PRONOUNS.get(source.text.lower()) == "self" and above.entity_id is not None:
            speakers[i] = repeat_speaker(source, above)


def describe_turn(cast: Cast, source: Fragments, turn: Turn) -> Turn:
    """Return the turn of somebody without a name with what its noun tells: who it can be later."""
    words = load_role_words()
    tree = cast.tree
    part = read_source(cast, source)[0]
    noun = tree.tokens[part.head]
    if is_organisation(tree, part, words):
        return replace(turn, kind="organisation", noun=noun.lemma)
    if noun.tag == "NN" and noun.lemma in words.documents | _INQUIRIES:
        return replace(turn, kind="document")
    if part.plural or noun.tag == "NNS" or noun.lemma not in words.nouns:
        return turn
    gender = words.genders.get(noun.lemma)
    return replace(turn, kind="person", noun=noun.lemma, gender=gender)


def is_told_of(
    by_id: Mapping[str, Character],
    attribution: Attribution,
    speaker: Speaker,
    above: Speaker | None,
) -> bool:
    """Say whether a speaker is named in what they say: "NAME left, according to the official"; or
    says it in what they say themselves (`above`): who says that the minister said is no minister.
    """
    if above is not None and not set(speaker.members).isdisjoint(above.members):
        return True
    owners = (by_id.get(m) for m in speaker.members)
    named = [m.span for o in owners if o is not None for m in o.mentions]
    return any(overlaps(one, span) for one in named for span in attribution.content.spans)


def unname_groups(by_id: Mapping[str, Character], speaker: Speaker | None) -> Speaker | None:
    """Return a speaker; who speaks as "the Ostvikers" or "Democrats" do has no name from here on:
    many, and no two reports need mean the same of them.
    """
    if speaker is None:
        return None
    known = [c for m in speaker.members if (c := by_id.get(m))]
    groups = [c for c in known if c.type in ("group", "unnamed")]
    for character in groups:
        character.type = "unnamed"
    if not groups or len(groups) < len(known) or speaker.via != "organisation":
        return speaker
    return replace(speaker, via="unnamed")
