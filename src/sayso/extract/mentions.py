"""Mentions of people, organisations, places and groups in one report, and who is who among them.

The names that the language pipeline found are repaired first (titles, "the" and possessives off,
the type that the same name has elsewhere in the report, surnames it missed), then what is none is
left out (`scraps`), and the others are grouped by `clusters`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.extract.clusters import (
    Key,
    cluster_names,
    get_title_gender,
    place_surnames,
    split_namesakes,
)
from sayso.extract.name_runs import collect_names, is_initials
from sayso.extract.naming import Named, fold_words, is_called_the
from sayso.extract.organisations import (
    find_begun_bodies,
    find_place_initials,
    find_short_organisations,
)
from sayso.extract.owned_bodies import name_owners
from sayso.extract.people import (
    find_bare_subjects,
    find_family_first,
    find_listed,
    find_people,
)
from sayso.extract.roles import RoleWords, load_role_words
from sayso.extract.scraps import drop_scraps
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.ids import make_id
from sayso.records.span import Span

# Words before the noun for what a body is, "the state" of "NAME, the state company".
MAX_KIND = 6
_PERIODICALS = frozenset(("weekly", "monthly", "quarterly"))


@dataclass(slots=True)
class Character:
    """One entity of the report while it is being built.

    affiliation: the words for the party and state behind a name: "NAME, R-Wis.". gender: the
    pronoun that fits; gender_by_name: nothing but the given name tells it.
    """

    entity_id: str
    name: str
    type: str
    words: tuple[str, ...]
    mentions: list[Named] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None
    gender_by_name: bool = False
    affiliation: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in one report. at: token → its name; whose: start of a name → its entity."""

    tree: Tree
    characters: tuple[Character, ...]
    names: tuple[Named, ...]
    at: dict[int, Named]
    whose: dict[int, Character]

    def find_owner(self, token: int) -> Character | None:
        """Return whose name a token is in; None of other words, and of a name of two people."""
        name = self.at.get(token)
        return None if name is None else self.whose.get(name.span[0])


def find_mentions(
    annotation: Annotation, report_id: str
) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    """Return the names in a report and the entities they belong to, in order of mention."""
    cast = find_cast(build_tree(annotation), report_id)
    return list_mentions(cast), tuple(to_entity(c, report_id) for c in cast.characters)


def find_cast(tree: Tree, report_id: str, sources: Iterable[Span] = ()) -> Cast:
    """Return everyone whom a report names. sources: spans that name somebody who speaks."""
    words = load_role_words()
    spans = tuple(sources)
    names = _repair_types(collect_names(tree, words, spans), tree, words)
    names = drop_scraps(tree, name_owners(tree, names), words)
    family = find_family_first(tree, names, set(spans), words)
    names = [_retype(n, "person") if n.words in family else n for n in names]
    begun = find_begun_bodies(tree, names, words)
    names = [_retype(n, "organisation") if (n.type, n.words) in begun else n for n in names]
    names = split_namesakes(tree, names)
    short = find_short_organisations(tree, names, words) | find_place_initials(names)
    key_of = cluster_names(tree, names, words) | short
    placed = place_surnames(tree, names, words, key_of)
    own: list[Key] = [(n.type, n.words) for n in names]
    keys = [placed.get(n.first, key_of.get(k, k)) for n, k in zip(names, own, strict=True)]
    characters, whose = _group(tree, names, keys, report_id)
    at = {i: name for name in names for i in range(name.first, name.last)}
    for name in names:
        owner = whose.get(name.span[0])
        if owner is not None and owner.gender is None:
            owner.gender = get_title_gender(name, words)
    return Cast(tree, tuple(characters), tuple(names), at, whose)


def list_mentions(cast: Cast) -> tuple[Mention, ...]:
    """Return the names of a cast as mentions."""
    mentions = []
    for name in cast.names:
        owner = cast.whose.get(name.span[0])
        entity_id = None if owner is None else owner.entity_id
        # Who has no name of their own is called by a word that looks like one: "Democrats".
        kind = name.type if owner is None or owner.type != "unnamed" else owner.type
        mentions.append(Mention(name.span, name.text, kind, entity_id))
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


def _repair_types(names: list[Named], tree: Tree, words: RoleWords) -> list[Named]:
    """Give each name the type that the report shows or, failing that, that it mostly has."""
    shown = find_people(tree, names, words)
    names = [_retype(n, "person") if n.words in shown else n for n in names]
    listed = find_listed(tree, names, words)
    together = sorted((*names, *listed), key=lambda n: n.first)
    voted = _vote_types(together, find_bare_subjects(tree, together))
    things = _find_things(tree, voted) | _find_bodies(tree, voted, words)
    return [_retype(n, "organisation") if n.words in things else n for n in voted]


def _find_things(tree: Tree, names: Sequence[Named]) -> set[tuple[str, ...]]:
    """Return the names like a person's that are a ship's or a prize's: with an article wherever
    they stand, and never called by the last word alone.
    """
    people = [n for n in names if n.type == "person" and n.title is None]
    short = {n.words for n in names if len(n.words) == 1}
    called = {n.words for n in people if is_called_the(tree, n) and n.words[-1:] not in short}
    plain = {n.words for n in names if n.words in called and not is_called_the(tree, n)}
    return called - plain


def _find_bodies(tree: Tree, names: Sequence[Named], words: RoleWords) -> set[tuple[str, ...]]:
    """Return the names like a person's that are an outlet's or a company's: called so by a noun
    ("The weekly Spektrum", "Vestgas, the state company,"), or one word with an article wherever it
    stands.
    """
    people = [n for n in names if n.type == "person"]
    short = {n.words[-1] for n in people if len(n.words) > 1}
    titled = {n.words for n in people if n.title is not None}
    bodies = {n.last: n for n in names if n.type == "organisation"}
    called = {
        n.words
        for n in people
        if _is_called_body(tree, n, words) and not _is_officer(tree, n, bodies, words)
    }
    plain = {n.words for n in people if len(n.words) > 1 or not _has_article(tree, n)}
    articled = {n.words for n in people} - plain
    found = (called | articled) - titled
    return {name for name in found if len(name) > 1 or name[0] not in short}


def _is_called_body(tree: Tree, name: Named, words: RoleWords) -> bool:
    """Say whether a noun for an outlet or a company says what a name is, before or behind it."""
    bodies = words.bodies
    kinds = bodies.kinds | bodies.printed | _PERIODICALS
    last = tree.tokens[name.last - 1]
    before = tree.tokens[max(name.first - 1, 0)]
    mine = before.head == name.last - 1 or last.head == name.first - 1
    if before.tag in ("JJ", "NN") and before.lemma in kinds and mine:
        return True
    for i in tree.with_dep(name.last - 1, "appos"):
        if tree.tokens[i].lemma in kinds and tree.tokens[i].tag == "NN":
            run = tree.tokens[max(tree.left[i], name.last) : i]
            return len(run) <= MAX_KIND and not any(words.is_role(t.lemma) for t in run)
    return False


def _is_officer(tree: Tree, name: Named, bodies: Mapping[int, Named], words: RoleWords) -> bool:
    """Say whether the noun before a name belongs to another name and an office: "secretary of the
    Marsh Dawn movement NAME". bodies: organisations by where they end.
    """
    body = bodies.get(name.first - 1)
    if body is None or len(name.words) < 2:
        return False
    of = body.first - 1 - (tree.tokens[max(body.first - 1, 0)].text.lower() == "the")
    return (
        of > 0 and tree.tokens[of].text == "of" and words.is_role(tree.tokens[of - 1].text.lower())
    )


def _has_article(tree: Tree, name: Named) -> bool:
    """Say whether a name has an article of its own: "The Standard said", not "the NAME plan"."""
    last = tree.tokens[name.last - 1]
    article = name.first > 0 and tree.tokens[name.first - 1].text.lower() == "the"
    return article and last.dep in ("dobj", "nsubj", "nsubjpass", "pobj")


def _retype(name: Named, kind: str) -> Named:
    return replace(name, type=kind)


def _vote_types(names: Sequence[Named], subjects: Collection[str]) -> list[Named]:
    """Give each name the type that it mostly has; a person's surname alone is a person's.

    subjects: proper nouns that stand alone as a subject. Those of a people have an article or are
    plural; what has neither is a surname, whatever people it also names.
    """
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
        bare = len(name.words) == 1 and name.words[0] in people
        people_too = kind == "group" and name.words[0] not in subjects
        if bare and not people_too and not is_initials(name.text):
            kind = "person"
        repaired.append(_retype(name, kind))
    return repaired


def _group(
    tree: Tree, names: Sequence[Named], keys: Sequence[Key | None], report_id: str
) -> tuple[list[Character], dict[int, Character]]:
    first_seen: dict[tuple[str, tuple[str, ...]], Character] = {}
    whose: dict[int, Character] = {}
    for name, key in zip(names, keys, strict=True):
        if key is None:
            continue
        character = first_seen.get(key)
        if character is None:
            entity_id = make_id("e", report_id, *name.span, name.text)
            character = Character(entity_id, name.text, name.type, key[1])
            first_seen[key] = character
        character.mentions.append(name)
        whose[name.span[0]] = character
    for character in first_seen.values():
        character.name = _find_best_name(tree, character)
    return list(first_seen.values()), whose


def _find_best_name(tree: Tree, character: Character) -> str:
    """Return the spelling to call a character by: the longest, not in capitals if it can be.

    One that stands once, at the beginning of a sentence, is rather a name with a word before it
    ("Add NAME as a contact") if the rest of it is a full name that stands more than once.
    """
    counts = Counter(m.text for m in character.mentions)
    best = ""
    for mention in character.mentions:
        text, rest = mention.text, mention.text.partition(" ")[2]
        if (
            counts[text] == 1
            and not mention.owner
            and " " in rest
            and counts[rest] > 1
            and tree.opens_sentence(mention.first)
        ):
            continue
        more = len(fold_words(text)) - len(fold_words(best))
        if not best or more > 0 or (more == 0 and best.isupper() and not text.isupper()):
            best = text
    return best
