"""What kind of source a speaker is: official, military, police, medical, a document and so on.

Told by the words of the source, or, of somebody with a name, by what the report calls them. The
noun that heads the words decides; one that says little ("a source", "a spokesman") leaves it to
what is before and behind it: "a police spokesman".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from sayso.extract.mentions import Cast, Character
from sayso.extract.sources import read_source
from sayso.extract.tree import Tree
from sayso.lands import get_head
from sayso.records.span import Fragments
from sayso.records.statement import Speaker

# "President of the …" may be of a state or of a club; "secretary of state" is the former.
_OF_ANYTHING = ("president", "secretary")
_GENERALS = frozenset(
    ("attorney", "auditor", "consul", "director", "inspector", "secretary", "solicitor", "surgeon")
)
# Who has a soldier's rank behind one of these is none: "detective sergeant", "police colonel".
_CONSTABLES = frozenset(("detective", "police", "constable", "sheriff"))


@dataclass(frozen=True, slots=True)
class ClassWords:
    """The lists of data/source_classes.toml. nouns, modifiers: word → class; open: nouns."""

    nouns: Mapping[str, str]
    modifiers: Mapping[str, str]
    open: frozenset[str]


@cache
def load_class_words() -> ClassWords:
    """Return the lists shipped with the package; read once a process."""
    folder = resources.files("sayso.extract").joinpath("data")
    data = tomllib.loads(folder.joinpath("source_classes.toml").read_text(encoding="utf-8"))
    nouns, modifiers = (
        {word: kind for kind, words in data[part].items() for word in words}
        for part in ("nouns", "modifiers")
    )
    return ClassWords(nouns, modifiers, frozenset(data["open"]["words"]))


def classify_speakers(
    cast: Cast, by_id: Mapping[str, Character], speakers: Iterable[Speaker | None]
) -> tuple[Speaker | None, ...]:
    """Return speakers with their class: of several the one that they share.

    by_id: everyone who has a name. Whoever has none is classed by the words at the end of the
    chain, those that a pronoun goes back to. Unresolved ones have no class.
    """
    return tuple(s and replace(s, source_class=_find_class(cast, by_id, s)) for s in speakers)


def _find_class(cast: Cast, by_id: Mapping[str, Character], speaker: Speaker) -> str | None:
    if speaker.name is None:
        return None
    owners = [by_id[m] for m in speaker.members if m in by_id]
    if owners:
        found = {classify_character(o) for o in owners}
        return found.pop() if len(found) == 1 else None
    start, end = speaker.chain[-1]
    text = cast.tree.annotation.text[start:end]
    parts = read_source(cast, Fragments(((start, end),), text)) if text else ()
    if len(parts) != 1:
        return None
    return classify_phrase(cast.tree, cast.tree.tokens_in((start, end)), parts[0].head)


def classify_phrase(tree: Tree, inside: range, head: int) -> str | None:
    """Return the class that a noun phrase tells, None if it tells none. inside: its tokens."""
    noun = tree.tokens[head]
    around = [tree.tokens[i].text.lower() for i in inside if i != head]
    at = head - 2 if tree.tokens[head - 1].text == "-" else head - 1
    before = tree.tokens[at].text.lower() if at in inside else ""
    if noun.lemma == "general" and before in _GENERALS:
        return _classify((before,), around)
    return _classify((noun.text.lower(), noun.lemma), around)


def classify_character(character: Character) -> str | None:
    """Return the class that the roles of a person, or the name of an organisation, tell."""
    if character.type == "organisation":
        return _classify((get_head(character.words),), character.words[:-1])
    for role in character.roles:
        words = _read_role(role.text)
        at = words.index("of") if "of" in words else 0
        if at > 0 and words[at - 1] in _OF_ANYTHING and len(words) > at + 2:
            continue
        found = _classify((get_head(words),), words)
        if found is not None:
            return found
    return None


def _read_role(text: str) -> tuple[str, ...]:
    """Return the words of a role in lower case, "attorney general" as "attorney": no soldier."""
    words = [w.strip(".,’'").lower() for w in text.split()]
    return tuple(
        w for i, w in enumerate(words) if w != "general" or i == 0 or words[i - 1] not in _GENERALS
    )


def _classify(head: Sequence[str], around: Sequence[str]) -> str | None:
    words = load_class_words()
    if not words.open.isdisjoint(head):
        for word in around:
            if word in words.modifiers:
                return words.modifiers[word]
    found = next((words.nouns[w] for w in head if w in words.nouns), None)
    return "police" if found == "military" and not _CONSTABLES.isdisjoint(around) else found
