"""Who a source is, inside one report: names, joint speakers, descriptions and pronouns resolved.

A report is read once from its beginning; whoever speaks or is the subject of a sentence is
remembered, nearest last. A wrong speaker is worse than none: two equally good candidates leave a
source unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sayso.extract.ballots import Turn
from sayso.extract.bodies import Bodies
from sayso.extract.clauses import SUBJECTS, has_who
from sayso.extract.company import split_company
from sayso.extract.continuing import goes_on
from sayso.extract.described import (
    DESCRIPTION_CONFIDENCE,
    calls_another,
    find_description,
    find_elsewhere,
    find_spoken_of,
)
from sayso.extract.descriptions import (
    add_roles,
    fits_group,
)
from sayso.extract.genders import vote_genders
from sayso.extract.issuers import find_issuer
from sayso.extract.mentions import Cast, Character, find_cast
from sayso.extract.not_meant import is_of_outside
from sayso.extract.recall import Memory, find_quoted
from sayso.extract.roles import load_role_words
from sayso.extract.source_classes import classify_speakers
from sayso.extract.sources import (
    Part,
    describes_people,
    is_bare_quantity,
    is_member,
    is_organisation,
    read_source,
)
from sayso.extract.speaker_records import (
    cut_lead,
    describe_turn,
    get_place,
    is_headline,
    is_told_of,
    join_names,
    make_chain,
    make_joint,
    make_of_turn,
    make_together,
    make_unresolved,
    repeat_speaker,
    resolve_selves,
    surrounds_cue,
    tidy_name,
    unname_groups,
)
from sayso.extract.speaker_register import Register
from sayso.extract.told_me import tells_sayer
from sayso.extract.tree import build_tree
from sayso.extract.turns import names_nobody
from sayso.records.annotation import Annotation
from sayso.records.entity import LocalEntity, Mention
from sayso.records.span import Fragments, Span
from sayso.records.statement import Attribution, Speaker

# 83 of 87 sources that name a person are led to the right one in GUM's news, biographies and
# interviews. Descriptions and lists are too few there to measure.
NAME_CONFIDENCE = 0.96
ORGANISATION_CONFIDENCE = 0.93
# Of 21 nouns for an organisation that were resolved in 220 US reports 18 were right.
BODY_CONFIDENCE = 0.85
# So many who report what others say, one inside the other, are asked who says a quotation.
MAX_AROUND = 8
# A pronoun as sure as this tells which pronoun fits that person from there on.
SURE_GENDER = 0.65


@dataclass(frozen=True, slots=True)
class Resolved:
    """Mentions and entities of a report, and the speaker of each attribution, in their order."""

    mentions: tuple[Mention, ...]
    entities: tuple[LocalEntity, ...]
    speakers: tuple[Speaker | None, ...]


@dataclass(slots=True)
class _State:
    cast: Cast
    memory: Memory
    bodies: Bodies
    register: Register
    unnamed: dict[str, Turn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Around:
    """Who speaks around a source: who says it (above), and who says the quotation it stands in."""

    above: Speaker | None = None
    quoting: tuple[str, ...] = ()


def resolve_speakers(
    annotation: Annotation, report_id: str, attributions: Sequence[Attribution]
) -> Resolved:
    """Return who speaks in each attribution, with every mention and entity of the report.

    A speaker is None where the attribution has no source. An unresolved pronoun has name None; a
    source that nobody in the report has a name for is its own name. Linear but for sorting.
    """
    tree = build_tree(annotation)
    spans = [span for a in attributions if a.source is not None for span in a.source.spans]
    cast = find_cast(tree, report_id, spans)
    add_roles(cast, load_role_words())
    quoted = find_quoted(annotation)
    vote_genders(cast, quoted)
    contents = [span for a in attributions if not surrounds_cue(a) for span in a.content.spans]
    memory = Memory(cast, quoted, contents)
    bodies = Bodies(cast, report_id, memory, load_role_words())
    state = _State(cast, memory, bodies, Register(cast, report_id))
    speakers: list[Speaker | None] = [None] * len(attributions)
    order = sorted(range(len(attributions)), key=lambda i: get_place(attributions[i]))
    subjects = memory.find_subjects()
    for i in order:
        source = attributions[i].source
        if source is None:
            continue
        while subjects and subjects[-1].span[0] < source.start:
            _follow(state, subjects.pop())
        around = _find_around(state, attributions, speakers, i)
        speaker = _resolve(state, attributions[i], source, around)
        speakers[i] = speaker
        if not is_headline(tree, attributions[i]):
            _remember(state, source, speaker)
            state.memory.add_content(speaker.members, attributions[i].content.spans)
    resolve_selves(attributions, speakers)
    speakers = [unname_groups(state.memory.by_id, speaker) for speaker in speakers]
    classed = classify_speakers(cast, memory.by_id, speakers)
    characters = (*cast.characters, *bodies.characters.values())
    return Resolved(
        state.register.list_mentions(), state.register.list_entities(characters), classed
    )


def _find_around(
    state: _State, attributions: Sequence[Attribution], speakers: Sequence[Speaker | None], i: int
) -> _Around:
    """Return who speaks around a source: a quotation is said by whoever stands outside it."""
    source, at = attributions[i].source, attributions[i].parent
    above = None if at is None else _find_sayer(state, attributions, speakers, at)
    quotation = None if source is None else state.memory.find_quotation(source.spans[0])
    for _ in range(MAX_AROUND):
        if at is None or quotation is None:
            break
        outer = attributions[at].source
        if outer is not None and not quotation[0] <= outer.start < quotation[1]:
            sayer = _find_sayer(state, attributions, speakers, at)
            return _Around(above, () if sayer is None else sayer.members)
        at = attributions[at].parent
    told = above is not None and tells_sayer(state.cast.tree, attributions[i])
    return _Around(above, above.members if above is not None and told else ())


def _find_sayer(
    state: _State, attributions: Sequence[Attribution], speakers: Sequence[Speaker | None], i: int
) -> Speaker | None:
    """Return who says an attribution, also if its source comes later."""
    if speakers[i] is not None:
        return speakers[i]
    source = attributions[i].source
    parts = () if source is None else read_source(state.cast, source)
    if source is None or len(parts) != 1:
        return None
    if parts[0].name is not None:
        return _named(state, source, parts[0])
    if parts[0].pronoun not in ("he", "she"):
        return None
    turn, confidence = _find_antecedent(state, attributions[i], parts[0])
    if turn is None or not turn.owners:
        return None
    return make_of_turn(source, turn, "pronoun", confidence)


def _resolve(
    state: _State, attribution: Attribution, source: Fragments, around: _Around
) -> Speaker:
    words = cut_lead(state.cast.tree, source)
    parts = () if names_nobody(attribution) else read_source(state.cast, words)
    company = split_company(state.cast, words, parts)
    if company:
        together = _accompanied(state, attribution, source, company, around)
        if together is not None:
            return together
    if len(parts) > 1:
        return _joint(state, source, parts)
    if not parts:
        return make_unresolved(source, "none")
    part = parts[0]
    if part.pronoun is not None:
        return _pronoun(state, attribution, source, part, around)
    if part.name is not None and not is_member(state.cast.tree, part):
        return _named(state, source, part)
    return _described(state, attribution, source, part, around.above)


def _accompanied(
    state: _State,
    attribution: Attribution,
    source: Fragments,
    company: Iterable[Fragments],
    around: _Around,
) -> Speaker | None:
    """Return who speaks in "NAME and others", both with a name or not; None: nobody is named."""
    together: list[Speaker] = []
    for words in company:
        one = _resolve(state, attribution, words, around)
        if one.name is None or any(set(o.members) & set(one.members) for o in together):
            return make_unresolved(source, one.via)
        known = one.via == "organisation" or not state.memory.by_id.keys().isdisjoint(one.members)
        if not together and not known:
            return None
        if not one.members:  # "others"
            one = replace(one, members=(state.register.add_unnamed(words).entity_id,))
        together.append(one)
    return make_together(state.memory.by_id, source, together)


def _named(state: _State, source: Fragments, part: Part) -> Speaker:
    name = part.name
    owner = None if name is None else state.cast.whose.get(name.span[0])
    if name is None or owner is None:
        # A bare surname that two people share.
        return Speaker(source.text, None, "name", None, (source.spans[0],), (), 0.3)
    longer = state.bodies.find_longer(part, owner)
    if longer is not None:
        return _of_body(state, source, *longer)
    if owner.type == "person":
        via, confidence = "name", NAME_CONFIDENCE
    else:
        via, confidence = "organisation", ORGANISATION_CONFIDENCE
    chain = make_chain(source, name.span, owner)
    return Speaker(owner.name, owner.entity_id, via, None, chain, (owner.entity_id,), confidence)


def _joint(state: _State, source: Fragments, parts: Iterable[Part]) -> Speaker:
    owners: list[Character] = []
    spans: list[Span] = [source.spans[0]]
    names: list[str] = []
    for part in parts:
        owner = None if part.name is None else state.cast.whose.get(part.name.span[0])
        if owner is not None and owner not in owners:
            owners.append(owner)
            spans.append(part.span)
            names.append(owner.name)
        elif owner is None and part.name is not None:
            names.append(part.name.text)
    via = "name" if any(o.type == "person" for o in owners) or not owners else "organisation"
    speaker = make_joint(owners, spans, via, NAME_CONFIDENCE - 0.05)
    if len(names) > len(owners):  # one of them has the name of two people: the whole stays open
        return replace(speaker, name=join_names(names), entity_id=None)
    return speaker


def _described(
    state: _State, attribution: Attribution, source: Fragments, part: Part, above: Speaker | None
) -> Speaker:
    tree = state.cast.tree
    words = load_role_words()
    if part.plural and part.definite and describes_people(tree, part, words):
        group = state.memory.find_group(part.head)
        if group is not None and is_of_outside(state.memory, part, group):
            group = None
        if group is not None and fits_group(state.cast, state.memory, part, group.owners, words):
            return make_of_turn(source, group, "description", DESCRIPTION_CONFIDENCE - 0.05)
    body = state.bodies.find(part)
    if body is not None and not calls_another(state.cast, part, body[0]):
        return _of_body(state, source, *body)
    issuer = find_issuer(state.cast, part)
    if issuer is not None:
        return _of_body(state, source, *issuer)
    called = find_description(state.cast, state.memory, source, part, goes_on(tree, attribution))
    if called is None or is_told_of(state.memory.by_id, attribution, called, above):
        called = find_elsewhere(state.cast, state.memory, source, part)
    if called is not None:
        return called
    if is_bare_quantity(tree, part):
        return Speaker(source.text, None, "unnamed", None, (source.spans[0],), (), 0.6)
    entity = state.register.add_unnamed(source)
    via = "organisation" if is_organisation(tree, part, words) else "unnamed"
    return Speaker(
        tidy_name(tree, source),
        entity.entity_id,
        via,
        None,
        (source.spans[0],),
        (entity.entity_id,),
        0.8,
    )


def _of_body(state: _State, source: Fragments, owner: Character, said: tuple[Span, ...]) -> Speaker:
    """Return an organisation that a source calls by what it is; the mentions stay on record."""
    for span in (source.spans[0], *said):
        state.register.add_mention(span, owner.type, owner.entity_id, "description")
    return make_joint([owner], [source.spans[0], *said], "organisation", BODY_CONFIDENCE)


def _find_antecedent(
    state: _State, attribution: Attribution, part: Part, around: _Around | None = None
) -> tuple[Turn | None, float]:
    more, own = goes_on(state.cast.tree, attribution), attribution.content.spans
    around = _Around() if around is None else around
    said_by = () if around.above is None else around.above.members
    return state.memory.find_antecedent(part, said_by, around.quoting, goes_on=more, own=own)


def _pronoun(
    state: _State, attribution: Attribution, source: Fragments, part: Part, around: _Around
) -> Speaker:
    kind, above = part.pronoun, around.above
    if kind == "self":
        if above is not None and above.entity_id is not None:
            return repeat_speaker(source, above)
        return make_unresolved(source, "pronoun")
    if kind == "you":  # whoever is addressed; a report seldom says who
        return make_unresolved(source, "pronoun")
    open_end = not around.quoting and tells_sayer(state.cast.tree, attribution)
    turn, confidence = _find_antecedent(state, attribution, part, around)
    if turn is None or open_end:
        return make_unresolved(source, "pronoun")
    state.memory.note(part, turn)
    if kind in ("he", "she") and len(turn.owners) == 1 and confidence >= SURE_GENDER:
        turn.owners[0].gender = turn.owners[0].gender or kind
    one = turn.kind in ("person", "organisation")
    if turn.entity_id is None and (one or (turn.plural and not turn.owners)):
        # "The nurse refused, … she said"
        entity = state.register.add_unnamed(Fragments(turn.spans, turn.text))
        turn = replace(turn, entity_id=entity.entity_id)
        state.unnamed[entity.entity_id] = turn
    return make_of_turn(source, turn, "pronoun", confidence)


def _remember(state: _State, source: Fragments, speaker: Speaker) -> None:
    if speaker.name is None:
        return
    owners = [c for m in speaker.members if (c := state.memory.by_id.get(m)) is not None]
    turn = Turn(tuple(owners), speaker.chain, speaker.name, speaker.entity_id)
    if owners and len(owners) < len(speaker.members):
        others = tuple(m for m in speaker.members if m not in state.memory.by_id)
        turn = replace(turn, plural=True, others=others)
    elif not owners and speaker.via in ("unnamed", "organisation"):
        turn = describe_turn(state.cast, source, turn)
    elif speaker.entity_id in state.unnamed:
        turn = replace(state.unnamed[speaker.entity_id], spans=speaker.chain)
    state.memory.add_speaker(source.start, turn)
    span = source.spans[0]
    again = speaker.via == "unnamed" and not state.register.is_known(span) and not owners
    if len(speaker.members) == 1 and (speaker.via in ("pronoun", "description") or again):
        form = "description" if again else speaker.via
        kind = owners[0].type if owners else "unnamed"
        state.register.add_mention(span, kind, speaker.entity_id, form)


def _follow(state: _State, part: Part) -> None:
    """Remember whom a subject stands for: "he", "the nurse" stay in mind; so does "the mayor"."""
    if part.pronoun is not None:
        turn, _ = state.memory.find_antecedent(part)
        if turn is not None:
            state.memory.note(part, turn)
    else:
        turn = find_spoken_of(state.cast, state.memory, part)
    subject = state.cast.tree.tokens[part.head].dep in SUBJECTS
    if turn is not None and subject and not state.memory.is_quoted(part.span):
        state.memory.add_subject(part.head, turn)
    elif turn is not None and (
        turn.owners or has_who(state.cast.tree, part.head, load_role_words().nouns)
    ):
        state.memory.add_called(part.head, turn)
