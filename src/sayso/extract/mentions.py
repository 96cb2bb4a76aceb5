"""Mentions of people, organisations, places and groups in one report, and who is who among them.

The names that the language pipeline found are repaired first (titles, "the" and possessives off,
the type that the same name has elsewhere in the report, surnames it missed), then grouped: one name
belongs to another if its words are all there, in order, and the last word is the same — an omitted
word is cheap, a contradicted word is fatal. A bare surname that fits two people stays with neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.extract.naming import Named, fold_words, name_run
from sayso.extract.people import find_listed, find_people
from sayso.extract.roles import RoleWords, load_role_words
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.ids import make_id
from sayso.records.span import Span

TYPES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
# Distinct names that end in the same word; above it only equal names are joined (hostile lists of
# names).
MAX_BLOCK = 60
MAX_NAME_TOKENS = 12


@dataclass(slots=True)
class Character:
    """One entity of the report while it is being built."""

    entity_id: str
    name: str
    type: str
    words: tuple[str, ...]
    mentions: list[Named] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in one report. at: token → its name; whose: start of a name → its entity."""

    tree: Tree
    characters: tuple[Character, ...]
    names: tuple[Named, ...]
    at: dict[int, Named]
    whose: dict[int, Character]


def find_mentions(
    annotation: Annotation, report_id: str
) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    """Return the names in a report and the entities they belong to, in order of mention."""
    cast = find_cast(build_tree(annotation), report_id)
    return list_mentions(cast), tuple(to_entity(c, report_id) for c in cast.characters)


def find_cast(tree: Tree, report_id: str, sources: Iterable[Span] = ()) -> Cast:
    """Return everyone whom a report names. sources: spans that name somebody who speaks."""
    words = load_role_words()
    names = _repair_types(_collect_names(tree, words, sources), tree, words)
    characters, whose = _group(names, report_id)
    at = {i: name for name in names for i in range(name.first, name.last)}
    for name in names:
        owner = whose.get(name.span[0])
        if owner is not None and owner.gender is None and name.title is not None:
            kind = words.titles.get(name.title, "any")
            owner.gender = None if kind == "any" else kind
    return Cast(tree, tuple(characters), tuple(names), at, whose)


def list_mentions(cast: Cast) -> tuple[Mention, ...]:
    """Return the names of a cast as mentions."""
    mentions = []
    for name in cast.names:
        owner = cast.whose.get(name.span[0])
        entity_id = None if owner is None else owner.entity_id
        mentions.append(Mention(name.span, name.text, name.type, entity_id))
    return tuple(mentions)


def to_entity(character: Character, report_id: str) -> LocalEntity:
    """Return the record of an entity."""
    counts = Counter(m.text for m in character.mentions)
    spellings = tuple(sorted(counts.items(), key=lambda s: (-s[1], s[0])))
    return LocalEntity(
        entity_id=character.entity_id,
        report_id=report_id,
        name=character.name,
        type=character.type,
        spellings=spellings,
        roles=tuple(character.roles),
    )


def _collect_names(tree: Tree, words: RoleWords, sources: Iterable[Span]) -> list[Named]:
    found: dict[int, Named] = {}
    taken: set[int] = set()
    for name in tree.annotation.names:
        kind = TYPES.get(name.type)
        if kind is None or name.last - name.first > MAX_NAME_TOKENS:
            continue
        run = range(name.first, name.last)
        cut = _person_behind(tree, words, run) if kind == "organisation" else run.stop
        for part, type_ in ((range(run.start, cut), kind), (range(cut, run.stop), "person")):
            named = name_run(tree, words, part, type_) if part else None
            if named is not None and not taken.intersection(range(named.first, named.last)):
                found[named.first] = named
                taken.update(range(named.first, named.last))
    surnames = {n.words[-1] for n in found.values() if n.type == "person" and len(n.words) > 1}
    for run in _missed_runs(tree, taken, surnames):
        named = name_run(tree, words, run, "person")
        if named is not None:
            found[named.first] = named
            taken.update(range(named.first, named.last))
    for span in sources:
        spoken = _source_name(tree, words, span, taken)
        if spoken is not None:
            found[spoken.first] = spoken
            taken.update(range(spoken.first, spoken.last))
    return [found[i] for i in sorted(found)]


def _person_behind(tree: Tree, words: RoleWords, run: range) -> int:
    """Return where a person's name begins that was joined to the organisation before it.

    "head of the Reed Movement NAME": behind a role, an organisation's last word, then two or three
    proper nouns.
    """
    tokens = tree.tokens
    before = range(max(run.start - 3, 0), run.start)
    if not any(tokens[i].text.lower() in words.nouns or tokens[i].text == "of" for i in before):
        return run.stop
    for cut in (run.stop - 2, run.stop - 3):
        rest = [tokens[i] for i in range(cut, run.stop)] if cut > run.start else []
        if (
            rest
            and tokens[cut - 1].text.lower() in words.organisations
            and all(t.tag == "NNP" and t.text.lower() not in words.organisations for t in rest)
        ):
            return cut
    return run.stop


def _missed_runs(tree: Tree, taken: set[int], surnames: set[str]) -> Iterable[range]:
    """Yield proper nouns outside all names: a known surname, or a run after a title."""
    tokens = tree.tokens
    i = 0
    while i < len(tokens):
        if i in taken or tokens[i].tag != "NNP":
            i += 1
            continue
        stop = i
        while stop < len(tokens) and stop not in taken and _continues(tree, stop):
            stop += 1
        stop = max(stop, i + 1)
        last = fold_words(tokens[stop - 1].text)
        if last and last[-1] in surnames and stop - i <= 4:
            yield range(i, stop)
        i = stop


def _continues(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    if token.tag in ("NNP", "NNPS"):
        return True
    return token.text in ("-", "‐") and i > 0 and tree.tokens[i - 1].end == token.start


def _source_name(tree: Tree, words: RoleWords, span: Span, taken: set[int]) -> Named | None:
    """Return the name that heads a source although the pipeline saw no name there."""
    inside = tree.tokens_in(span)
    if not inside or len(inside) > 40:
        return None
    heads = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    head = next((i for i in heads if tree.tokens[i].dep != "punct"), None)
    if head is None or head in taken or tree.tokens[head].tag not in ("NNP", "NNPS"):
        return None
    first = last = head
    while first - 1 in inside and first - 1 not in taken and _continues(tree, first - 1):
        first -= 1
    while last + 1 in inside and last + 1 not in taken and _continues(tree, last + 1):
        last += 1
    run = [tree.tokens[i].text.lower() for i in range(first, last + 1)]
    company = any(w in words.organisations for w in run) or run[-1].isupper()
    if run[-1] in words.nouns or run[-1] in words.titles:
        return None
    short = 2 <= len([w for w in run if w.isalpha()]) <= 4
    kind = "person" if short and not company else "organisation"
    return name_run(tree, words, range(first, last + 1), kind)


def _repair_types(names: list[Named], tree: Tree, words: RoleWords) -> list[Named]:
    """Give each name the type that the report shows or, failing that, that it mostly has."""
    shown = find_people(tree, names, words)
    names = [_retype(n, "person") if n.words in shown else n for n in names]
    listed = find_listed(tree, names, words)
    return _vote_types(sorted((*names, *listed), key=lambda n: n.first))


def _retype(name: Named, kind: str) -> Named:
    return Named(name.first, name.last, name.span, name.text, kind, name.words, name.title)


def _vote_types(names: Sequence[Named]) -> list[Named]:
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for name in names:
        shouted = name.text.isupper() and len(name.text) > 5
        votes.setdefault(name.words, Counter())[name.type] += 1 if shouted else 3
    people: dict[str, set[tuple[str, ...]]] = {}
    for words, types in votes.items():
        if len(words) > 1 and types.most_common(1)[0][0] == "person":
            people.setdefault(words[-1], set()).add(words)
    repaired = []
    for name in names:
        kind = min(votes[name.words].items(), key=lambda v: (-v[1], v[0]))[0]
        if len(name.words) == 1 and name.words[0] in people and kind != "group":
            kind = "person"
        repaired.append(_retype(name, kind))
    return repaired


def _group(names: Sequence[Named], report_id: str) -> tuple[list[Character], dict[int, Character]]:
    key_of = _cluster(names)
    first_seen: dict[tuple[str, tuple[str, ...]], Character] = {}
    whose: dict[int, Character] = {}
    for name in names:
        key = key_of.get((name.type, name.words), (name.type, name.words))
        if key is None:
            continue
        character = first_seen.get(key)
        if character is None:
            entity_id = make_id("e", report_id, *name.span, name.text)
            character = Character(entity_id, name.text, name.type, key[1])
            first_seen[key] = character
        if _is_better(name.text, character.name):
            character.name = name.text
        character.mentions.append(name)
        whose[name.span[0]] = character
    return list(first_seen.values()), whose


def _is_better(text: str, name: str) -> bool:
    """Say whether a spelling is the better name: more words, or as many and not in capitals."""
    more = len(fold_words(text)) - len(fold_words(name))
    return more > 0 or (more == 0 and name.isupper() and not text.isupper())


Key = tuple[str, tuple[str, ...]]


def _cluster(names: Sequence[Named]) -> dict[Key, Key | None]:
    """Return for each name that is short for another the fuller one; None where two would fit."""
    people = sorted({n.words for n in names if n.type == "person"}, key=lambda w: (-len(w), w))
    blocks: dict[str, list[tuple[str, ...]]] = {}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    result: dict[Key, Key | None] = {}
    for words in people:
        block = blocks.setdefault(words[-1], [])
        fits = [b for b in block if is_short_for(words, b)] if len(block) <= MAX_BLOCK else []
        if len(fits) == 1:
            result["person", words] = ("person", fits[0])
        elif len(fits) > 1 and len(words) == 1:
            result["person", words] = None
        elif len(words) == 1 and not block and by_first.get(words[0]):
            same = by_first[words[0]]
            result["person", words] = ("person", same[0]) if len(same) == 1 else None
        else:
            block.append(words)
            if len(words) > 1:
                by_first.setdefault(words[0], []).append(words)
    result.update(_acronyms(names))
    return result


def _acronyms(names: Sequence[Named]) -> dict[Key, Key | None]:
    full: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        initials = "".join(w[0] for w in name.text.split() if w[:1].isupper()).lower()
        if name.type == "organisation" and len(initials) > 2 and len(name.words) > 2:
            full.setdefault(initials, set()).add(name.words)
    result: dict[Key, Key | None] = {}
    for name in names:
        short = name.words[0]
        if len(name.words) == 1 and name.text.isupper() and len(full.get(short, ())) == 1:
            result[name.type, name.words] = ("organisation", next(iter(full[short])))
    return result


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether a name is a fuller one with words left out or initials, and the same end."""
    if not short or not full or len(short) > len(full) or short[-1] != full[-1]:
        return False
    at = 0
    for word in short:
        while at < len(full) and not _same_word(word, full[at]):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    a, b = a.rstrip("."), b.rstrip(".")
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]
