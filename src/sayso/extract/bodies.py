"""Organisations that are called by what they are: "the Kavrian army", "the ministry", "the firm".

Of some bodies a state or a person has one; whose it is and the noun are its name. A noun alone is
the one organisation named before that is such a thing: by its own name ("Harbour Ministry"), or by
a noun beside it ("the shipping firm NAME", "NAME, a newspaper"). Where two are, it stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.extract.clauses import cut_clause
from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named, fold_words, get_bracket
from sayso.extract.outlet_names import is_outlet, is_outlet_here
from sayso.extract.recall import Memory
from sayso.extract.roles import RoleWords
from sayso.extract.sources import Part, is_organisation
from sayso.extract.tree import Tree
from sayso.lands import get_head
from sayso.records.ids import make_id
from sayso.records.span import Span

_MODIFIERS = ("compound", "amod", "nmod", "poss")
_INDEFINITE = frozenset(("a", "an", "another", "one", "any", "some", "no", "every", "each"))
# "The news agency" is what "NAME News", "NAME Press" or "NAME News Agency" is.
_NEWS_AGENCIES = frozenset(("news", "press", "agency"))
# Mentions of one organisation beside which a noun for it is looked for.
MAX_BESIDE = 12
# An organisation is in mind for so many names of organisations.
MAX_BACK = 60
# "The group" is who spoke at most this many sentences back, with no other named since (where one
# was, 2 of 5 were right in 420 US reports), "the paper" which outlet did (6 of 6).
NEAR, OUTLET_BACK = 2, 5

Found = tuple[Character, tuple[Span, ...]]


class Bodies:
    """The organisations of one report by what they are. characters: those without a plain name."""

    def __init__(self, cast: Cast, report_id: str, memory: Memory, words: RoleWords) -> None:
        self._cast = cast
        self._report_id = report_id
        self._memory = memory
        self._words = words
        self._named = {c.words: c for c in cast.characters if c.type == "organisation"}
        self._names = [n for n in cast.names if n.type == "organisation"]
        self._listed: set[Span] = set()
        self._kinds: dict[str, frozenset[str]] = {}
        self._phrases: dict[str, list[Named]] | None = None
        self.characters: dict[tuple[str, ...], Character] = {}

    def find(self, part: Part) -> Found | None:
        """Return the organisation that a noun phrase stands for, with the mentions that say so."""
        tree = self._cast.tree
        text = tree.annotation.text[slice(*part.span)]
        noun, bodies = tree.tokens[part.head].text.lower(), self._words.bodies
        if tree.tokens[part.head].text.islower() and noun in bodies.newspapers - bodies.printed:
            return None  # "the star" is no paper
        known = self._named.get(fold_words(text)) if part.definite else None
        if known is not None:
            return self._find_fuller(part, known)
        if noun not in bodies.newspapers | bodies.outlets | bodies.loose and not is_organisation(
            tree, part, self._words
        ):
            return None
        phrase = self._read_phrase(part.head)
        if phrase is not None:
            return self._get(phrase), (phrase.span,)
        found = self._find_beside(part) or (self._find_before(part) if part.definite else None)
        return found or self._find_spoken_last(part)

    def _find_fuller(self, part: Part, known: Character) -> Found | None:
        """Return an organisation by its name, or a fuller one where that is a noun alone."""
        bodies = self._words.bodies
        if len(known.words) > 1 or known.words[0] not in bodies.short | bodies.sole:
            return known, (known.mentions[0].span,)
        noun = known.words[0]
        if not any(True for _ in self._list_before(noun, part.head)):
            return known, (known.mentions[0].span,)
        return self._find_before(part)

    def find_longer(self, part: Part, owner: Character) -> Found | None:
        """Return the organisation that a bare noun with a capital stands for: "the Committee"."""
        bodies = self._words.bodies
        bare = len(owner.words) == 1 and owner.words[0] in bodies.short | bodies.sole
        return self._find_before(part) if bare and owner.type == "organisation" else None

    def _find_beside(self, part: Part) -> Found | None:
        """Return the organisation of "the NAME party": the noun says only what it is."""
        tree = self._cast.tree
        noun = tree.tokens[part.head].lemma
        first = tree.tokens_in(part.span).start
        if tree.tokens[first].text.lower() in _INDEFINITE:
            return None  # "a NAME channel" is one of many
        name = self._cast.at.get(part.head - 1)
        owner = None if name is None else self._cast.whose.get(name.span[0])
        if name is None and noun in self._words.bodies.kinds:
            return self._find_bracketed(tree.tokens[part.head - 1].text)
        if name is None or owner is None or owner.type != "organisation":
            return None
        return (owner, (name.span,)) if noun in self._words.bodies.kinds else None

    def _find_spoken_last(self, part: Part) -> Found | None:
        """Return the organisation that spoke last, for a noun that can only go on from it.

        "The agency" and "the rights group" right behind it, "the paper" if it is an outlet, also
        some sentences on. Of "the NAME group", and of what a state has one, nothing is said.
        """
        tree, memory, bodies = self._cast.tree, self._memory, self._words.bodies
        inside = cut_clause(tree, tree.tokens_in(part.span))
        noun = tree.tokens[part.head].text.lower()
        plain = all(tree.tokens[i].tag in ("DT", "JJ", "NN", "NNS", "HYPH") for i in inside)
        named = noun in bodies.newspapers - bodies.printed  # "The Tribune" is no other paper
        if not part.definite or part.plural or noun in bodies.sole or named or not plain:
            return None
        outlets = noun in bodies.newspapers | bodies.outlets or "news" in _list_words(tree, inside)
        for at, turn in memory.list_bodies(part.head, OUTLET_BACK if outlets else NEAR):
            owner = turn.owners[0]
            if owner.words == (noun,) or outlets is not self._is_outlet(owner):
                continue
            if not outlets and self._is_other_named(owner, at, part.head):
                return None
            return owner, (memory.last_name(owner, at + 1) or turn.spans[0],)
        return None

    def _is_outlet(self, owner: Character) -> bool:
        mentions = owner.mentions[:MAX_BESIDE]
        return is_outlet(owner.name) or any(is_outlet_here(self._cast.tree, m) for m in mentions)

    def _is_other_named(self, owner: Character, first: int, last: int) -> bool:
        """Say whether another organisation or group is named between two tokens."""
        owners = (self._cast.find_owner(i) for i in range(first, last))
        kinds = ("organisation", "group")
        return any(o is not None and o is not owner and o.type in kinds for o in owners)

    def _find_bracketed(self, initials: str) -> Found | None:
        """Return the organisation behind whose name initials stand in brackets."""
        for name in self._names:
            owner = self._cast.whose.get(name.span[0])
            if owner is not None and get_bracket(self._cast.tree, name) == initials:
                return owner, (name.span,)
        return None

    def _find_before(self, part: Part) -> Found | None:
        """Return the one organisation before a noun that the noun can stand for."""
        tokens = self._cast.tree.tokens
        inside = cut_clause(self._cast.tree, self._cast.tree.tokens_in(part.span))
        wanted = {tokens[i].text.lower() for i in inside if tokens[i].tag[:2] in ("NN", "JJ")}
        wanted.discard(tokens[part.head].text.lower())
        fits: dict[str, Found] = {}
        noun = tokens[part.head].text.lower()
        if noun == "agency" and "news" in wanted:
            wanted, noun = wanted - {"news"}, "news"
        for character, span in self._list_before(noun, part.head):
            if wanted <= set(character.words):
                fits.setdefault(character.entity_id, (character, (span,)))
        if len(fits) > 1:
            recent = self._memory.last_speaker(part.head)
            owners = {o.entity_id for o in recent.owners} if recent is not None else set()
            fits = {key: found for key, found in fits.items() if key in owners}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _list_before(self, noun: str, head: int) -> Iterator[tuple[Character, Span]]:
        """Yield what a noun can stand for, the last mentions before a token first."""
        alike = self._get_alike(noun)
        for at, name in enumerate(_list_last(self._names, head)):
            character = self._cast.whose.get(name.span[0])
            # "the Committee" is as much without a name as "the committee"
            if character is None or character.words == (noun,):
                continue
            # "The group" has many meanings: of those whose name does not say so only the nearest.
            named = get_head(character.words) in alike
            if named or (at == 0 and alike & self._get_kinds(character)):
                yield character, name.span
        for phrase in _list_last(self._list_phrases(noun), head):
            yield self._get(phrase), phrase.span

    def _get_alike(self, noun: str) -> frozenset[str]:
        """Return the nouns that name the same kind of organisation."""
        bodies = self._words.bodies
        if noun == "news":
            return _NEWS_AGENCIES
        if noun in bodies.newspapers - bodies.printed:
            return frozenset((noun,))
        kinds = (bodies.companies, bodies.newspapers)
        return next((kind for kind in kinds if noun in kind), frozenset((noun,)))

    def _get_kinds(self, character: Character) -> frozenset[str]:
        """Return the nouns for what an organisation is: in its name, before it, behind it."""
        kinds = self._kinds.get(character.entity_id)
        if kinds is None:
            tokens = self._cast.tree.tokens
            found = {get_head(character.words)}
            for name in character.mentions[:MAX_BESIDE]:
                before = tokens[max(name.first - 1, 0)]
                found.update((before.lemma,) if before.tag == "NN" else ())
                beside = self._cast.tree.with_dep(name.last - 1, "appos")
                found.update(tokens[i].lemma for i in beside if tokens[i].tag == "NN")
            kinds = frozenset(found)
            self._kinds[character.entity_id] = kinds
        return kinds

    def _list_phrases(self, noun: str) -> list[Named]:
        """Return the phrases of a report that name a body by a noun, in order."""
        if self._phrases is None:
            self._phrases = {}
            for i, token in enumerate(self._cast.tree.tokens):
                phrase = self._read_phrase(i) if token.lemma in self._words.bodies.sole else None
                if phrase is not None:
                    self._phrases.setdefault(token.lemma, []).append(phrase)
        return self._phrases.get(noun, [])

    def _read_phrase(self, head: int) -> Named | None:
        """Return the name that a noun is with whose it is: "Kavrian army", "army of Kavria"."""
        tree = self._cast.tree
        tokens = tree.tokens
        start = tree.left[head]
        known = head in self._cast.at or tokens[head].text.lower() not in self._words.bodies.sole
        if known or tokens[head].tag[:2] != "NN" or tokens[start].text.lower() in _INDEFINITE:
            return None
        owners = [c for c in tree.with_dep(head, *_MODIFIERS) if self._is_proper(c)]
        other = any(tokens[i].text in self._words.bodies.other for i in range(start, head))
        if other or (owners and owners[0] > head):
            return None
        first, last = (tree.left[owners[0]], head) if owners else (head, self._get_end(head))
        while first < head and tokens[first].tag in ("DT", "PRP$"):
            first += 1
        if first == last:
            return None
        span = tree.span(first, last)
        text = tree.annotation.text[slice(*span)]
        return Named(first, last + 1, span, text, "organisation", fold_words(text), None)

    def _is_proper(self, token: int) -> bool:
        name = self._cast.at.get(token)
        if name is not None:
            return name.type in ("place", "group", "person", "organisation")
        return self._cast.tree.tokens[token].tag in ("NNP", "NNPS")

    def _get_end(self, head: int) -> int:
        """Return the last token of "the army of PLACE", the noun itself without a place."""
        tree = self._cast.tree
        for preposition in tree.with_dep(head, "prep"):
            place = tree.child(preposition, "pobj")
            name = None if place is None else self._cast.at.get(place)
            if tree.tokens[preposition].lemma == "of" and name is not None:
                return name.last - 1 if name.type == "place" else head
        return head

    def _get(self, phrase: Named) -> Character:
        """Return the organisation of a phrase, the same for the same words."""
        known = self._named.get(phrase.words) or self.characters.get(phrase.words)
        if known is None:
            entity_id = make_id("e", self._report_id, *phrase.span, phrase.text)
            known = Character(entity_id, phrase.text, "organisation", phrase.words)
            self.characters[phrase.words] = known
            self._memory.by_id[entity_id] = known
        if phrase.words in self.characters and phrase.span not in self._listed:
            self._listed.add(phrase.span)
            known.mentions.append(phrase)
        return known


def _list_words(tree: Tree, inside: range) -> set[str]:
    return {tree.tokens[i].text.lower() for i in inside}


def _list_last(names: Sequence[Named], before: int) -> Sequence[Named]:
    """Return the last names before a token, at most MAX_BACK, the nearest first."""
    place = bisect_left(names, before, key=lambda n: n.first)
    return names[max(0, place - MAX_BACK) : place][::-1]
