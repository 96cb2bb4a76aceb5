"""What a reader has in mind at any point of a report: who spoke, who acted, who was named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from sayso.extract.antecedents import MAX_SENTENCES_BACK, Weigher
from sayso.extract.ballots import Present, Turn
from sayso.extract.clauses import SUBJECTS, list_subjects_above, stands_for_subject
from sayso.extract.inserted import find_lines
from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named
from sayso.extract.presence import SUBJECT, get_presence
from sayso.extract.pronouns import find_it, find_relative, find_they
from sayso.extract.roles import load_role_words
from sayso.extract.sources import Part, read_source
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quotes
from sayso.records.annotation import Annotation
from sayso.records.span import Fragments, Span, find_covering, is_covered, join_spans

MAX_TURNS_BACK, MAX_BODIES_BACK = 40, 12
MAX_MENTIONS_BACK = 8


class Memory:
    """The names of a report in order, and the speakers met so far.

    quoted: spans of quotations; a name inside one is not who speaks next. contents: what is said
    of; a name inside is less likely to speak next than who said it.
    """

    def __init__(self, cast: Cast, quoted: Sequence[Span], contents: Sequence[Span]) -> None:
        self.cast = cast
        self._nouns = load_role_words().nouns
        self._tree: Tree = cast.tree
        starts = sorted(quoted)
        self._said = join_spans(contents)
        outside = sorted((*starts, *find_lines(cast.tree.annotation)))
        self._names = [n for n in cast.names if not is_covered(outside, n.span)]
        self._weigher = Weigher(cast, self._names, starts, self._said)
        self._name_starts = [n.first for n in self._names]
        self._speakers: list[tuple[int, Turn]] = []
        self._subjects: list[tuple[int, Turn]] = []
        self._called: list[tuple[int, Turn]] = []
        self._told: list[tuple[frozenset[str], tuple[Span, ...]]] = []
        self._quoted = starts
        self._groups = _find_groups(cast)
        self._group_starts = [first for first, _ in self._groups]
        self._bearers: dict[str, list[Character]] = {}
        for character in cast.characters:
            if character.type == "person" and character.words:
                self._bearers.setdefault(character.words[-1], []).append(character)
        self.by_id = {c.entity_id: c for c in cast.characters}

    def add_speaker(self, offset: int, turn: Turn) -> None:
        """Remember who spoke at an offset; offsets come in order."""
        self._speakers.append((self._tree.token_at(offset), turn))

    def add_content(self, members: Collection[str], spans: tuple[Span, ...]) -> None:
        """Remember what somebody said; contents come in the order of their sources."""
        self._told.append((frozenset(members), spans))

    def add_called(self, token: int, turn: Turn) -> None:
        """Remember whom a noun stands for that is no subject; tokens come in order."""
        self._called.append((token, turn))

    def add_subject(self, token: int, turn: Turn) -> None:
        """Remember whom a pronoun that is a subject stands for; tokens come in order."""
        self._subjects.append((token, turn))

    def find_subjects(self) -> list[Part]:
        """Return the subjects "he", "she" and "the nurse" outside quotations, the last first.

        And "the mayor" wherever it stands: it may be somebody named.
        """
        found = []
        for i, token in enumerate(self._tree.tokens):
            noun = token.tag in ("NN", "NNP") and token.lemma in self._nouns
            kind = token.text.lower()
            if not noun and kind not in ("he", "she"):
                continue
            span = (token.start, token.end)
            subject = token.dep in SUBJECTS and not is_covered(self._quoted, span)
            if not noun and subject:
                found.append(Part(span, i, None, kind, False, False))
            elif noun and i not in self.cast.at and self._is_called(i, subject):
                span = self._tree.span(self._tree.left[i], self._tree.right[i])
                text = self._tree.annotation.text[span[0] : span[1]]
                parts = read_source(self.cast, Fragments((span,), text))
                found.extend(p for p in parts if len(parts) == 1 and p.head == i)
        return found[::-1]

    def _is_called(self, noun: int, subject: bool) -> bool:
        """Say whether a noun can be of somebody: "the mayor", as a subject "a nurse" as well.

        Not in "Chief among those issues was …", nor in "A nurse, she said …".
        """
        if stands_for_subject(self._tree, noun):
            return False
        if subject:
            return self._tree.child(noun, "det", "nummod", "poss") is not None
        article = self._tree.child(noun, "det")
        if article is None or self._tree.tokens[article].text.lower() != "the":
            return False
        return self._tree.tokens[noun].dep not in ("compound", "amod", "appos", "attr")

    def speaker_at(self, token: int) -> Turn | None:
        """Return the last speaker met if a token stands in the source's own words."""
        for _, turn in self._speakers[-3:]:
            start = self._tree.tokens[token].start
            if turn.spans and turn.spans[0][0] <= start < turn.spans[0][1]:
                return turn
        return None

    def list_last(self, before: int) -> Iterator[tuple[int, Turn]]:
        """Yield the last speakers met before a token, the last first, each with its token."""
        yield from ((at, turn) for at, turn in reversed(self._speakers[-3:]) if at < before)

    def last_speaker(self, before: int) -> Turn | None:
        """Return the last speaker met whose source lies before a token."""
        for at, turn in reversed(self._speakers[-4:]):
            if at < before:
                return turn
        return None

    def list_bodies(self, before: int, limit: int) -> Iterator[tuple[int, Turn]]:
        """Yield the organisations that spoke before a token, the last first, each with its token.

        At most `limit` sentences back.
        """
        for at, turn in reversed(self._speakers[-MAX_BODIES_BACK:]):
            if at < before and self.measure(at, before) > limit:
                return
            one = len(turn.owners) == 1 and turn.owners[0].type == "organisation"
            if at < before and one and turn.spans:
                yield at, turn

    def find_unnamed(
        self, noun: str, modifiers: frozenset[str], before: int, kind: str = "person"
    ) -> tuple[int, Turn] | None:
        """Return the last speaker without a name who was called so, and the token where.

        Passes over those of whom a word that narrows the noun was not said: "the Ostvik official".
        """
        for at, turn in reversed(self._speakers[-MAX_TURNS_BACK:]):
            same = at < before and turn.noun == noun and turn.kind == kind
            if same and modifiers <= set(turn.text.lower().split()):
                return at, turn
        return None

    def last_spoken(self, owner: Character, before: int) -> int:
        """Return the token where a character last spoke before another token; -1 if never."""
        for at, turn in reversed(self._speakers[-MAX_TURNS_BACK:]):
            if at < before and owner in turn.owners:
                return at
        return -1

    def people_before(self, token: int, limit: int) -> list[Character]:
        """Return the people named before a token, last named first, at most `limit` names back."""
        found: dict[str, Character] = {}
        place = bisect_left(self._name_starts, token)
        for name in reversed(self._names[max(0, place - limit) : place]):
            owner = self.cast.whose.get(name.span[0])
            if owner is not None and owner.type == "person":
                found.setdefault(owner.entity_id, owner)
        return list(found.values())

    def find_bearer(self, word: str) -> Character | None:
        """Return the one person whose name is a word or ends with it; None if two are."""
        found = self._bearers.get(word.lower(), ())
        return found[0] if len(found) == 1 else None

    def last_name(self, character: Character, token: int) -> Span | None:
        """Return the last name of a character before a token, else its first."""
        place = bisect_left(character.mentions, token, key=lambda m: m.first)
        return character.mentions[max(place - 1, 0)].span if character.mentions else None

    def get_distance(self, character: Character, token: int) -> int:
        """Return how many sentences before a token a character was last named or spoke."""
        place = bisect_left(character.mentions, token, key=lambda m: m.first)
        named = character.mentions[place - 1].first if place else -1
        last = max(named, self.last_spoken(character, token))
        return self.measure(last, token) if last >= 0 else len(self._tree.sentence)

    def get_rest(self, character: Character, token: int) -> int:
        """Return how many sentences before a token a character last spoke or was a subject.

        Whose verb governs the token has not: "X repeated what the president had said".
        """
        place = bisect_left(character.mentions, token, key=lambda m: m.first)
        begin, _ = self._tree.annotation.sentences[self._tree.sentence[token]]
        last = self.last_spoken(character, begin)
        above = {subject for subject, _ in list_subjects_above(self._tree, token)}
        for name in reversed(character.mentions[max(place - MAX_MENTIONS_BACK, 0) : place]):
            tokens = range(name.first, name.last)
            if above.isdisjoint(tokens) and get_presence(self._tree, tokens) >= SUBJECT:
                last = max(last, name.first)
                break
        for at, turn in reversed(self._subjects[-MAX_MENTIONS_BACK:]):
            if at < token and character in turn.owners:
                last = max(last, at)
                break
        return self.measure(last, token) if last >= 0 else len(self._tree.sentence)

    def find_group(self, token: int, limit: int = MAX_SENTENCES_BACK) -> Turn | None:
        """Return the last list of people before a token, at most so many sentences back."""
        place = bisect_left(self._group_starts, token)
        if place == 0:
            return None
        first, turn = self._groups[place - 1]
        return turn if self.measure(first, token) <= limit else None

    def find_group_after(self, token: int) -> Turn | None:
        """Return the next list of people behind a token."""
        place = bisect_left(self._group_starts, token)
        return self._groups[place][1] if place < len(self._groups) else None

    def count_people(self, part: Part) -> int | None:
        """Return how many "two ministers" are; None where no number is given."""
        numbers = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
        words = (self._tree.tokens[i].text.lower() for i in self._tree.tokens_in(part.span))
        return next((numbers[w] for w in words if w in numbers), None)

    def is_quoted(self, span: Span) -> bool:
        """Say whether words stand in a quotation."""
        return is_covered(self._quoted, span)

    def find_quotation(self, span: Span) -> Span | None:
        """Return the quotation that words stand in."""
        return find_covering(self._quoted, span)

    def is_said(self, token: int) -> bool:
        """Say whether a token stands in what somebody says."""
        one = self._tree.tokens[token]
        return is_covered(self._said, (one.start, one.end))

    def find_antecedent(
        self,
        part: Part,
        said_by: Collection[str] = (),
        quoting: Collection[str] = (),
        *,
        goes_on: bool = False,
        own: Sequence[Span] = (),
    ) -> tuple[Turn | None, float]:
        """Return whom a pronoun stands for, and how sure that is; None where two are as likely.

        said_by: the entities who say the words that the pronoun stands in. quoting: those who say
        the quotation that it stands in. goes_on: the cue says that somebody goes on speaking. own:
        spans of what the pronoun is the source of.
        """
        if part.pronoun == "who":
            return find_relative(self.cast, part)
        if part.pronoun == "they":
            return find_they(self, part, quoting)
        if part.pronoun == "it":
            return find_it(self, part)
        present = Present(
            self._speakers[-6:],
            self._subjects[-3:],
            self._called[-6:],
            said_by,
            quoting,
            self._list_topics(part, said_by),
            goes_on,
            own,
        )
        return self._weigher.find(part, present)

    def _list_topics(self, part: Part, said_by: Collection[str]) -> list[Span]:
        """Return what those who say a quotation said last, for a pronoun inside it."""
        if not said_by or not is_covered(self._quoted, part.span):
            return []
        mine = [spans for members, spans in self._told[-12:] if not members.isdisjoint(said_by)]
        return sorted(span for spans in mine[-3:] for span in spans if span[1] <= part.span[0])

    def note(self, part: Part, turn: Turn) -> None:
        """Remember whom a pronoun that tells of one person stood for."""
        if part.pronoun in ("he", "she") and len(turn.owners) == 1:
            self._weigher.note(part, turn)

    def measure(self, a: int, b: int) -> int:
        """Return how many sentences lie between two tokens, those of quotations not counted."""
        told, sentence = self._weigher.told, self._tree.sentence
        return abs(told[sentence[b]] - told[sentence[a]])


def _find_groups(cast: Cast) -> list[tuple[int, Turn]]:
    """Return the lists of two and more people, in order, each with the token it begins at."""
    groups: list[tuple[int, Turn]] = []
    names = [n for n in cast.names if n.type == "person"]
    at = 0
    while at < len(names):
        stop = at + 1
        while stop < len(names) and _chained(cast, names[stop - 1], names[stop]):
            stop += 1
        if stop - at > 1:
            span = (names[at].span[0], names[stop - 1].span[1])
            text = cast.tree.annotation.text[span[0] : span[1]]
            parts = read_source(cast, Fragments((span,), text))
            owners = [
                o for p in parts if p.name and (o := cast.whose.get(p.name.span[0])) is not None
            ]
            unique = tuple(dict.fromkeys(map(id, owners)))
            if len(unique) > 1:
                kept = tuple({id(o): o for o in owners}.values())
                spans = tuple(p.span for p in parts)
                groups.append((names[at].first, Turn(kept, spans, text, None, True)))
        at = stop
    return groups


def _chained(cast: Cast, a: Named, b: Named) -> bool:
    """Say whether two names stand in one list: a comma or "and" between, and no verb."""
    tokens = cast.tree.tokens
    if b.first - a.last > 30:
        return False
    between = [tokens[i] for i in range(a.last, b.first)]
    if any(t.tag in ("VBD", "VBZ", "VBP", "MD", ".", ":") for t in between):
        return False
    return any(t.text in (",", "and", "&") for t in between)


def find_quoted(annotation: Annotation) -> list[Span]:
    """Return the spans of the closed quotations of a report, in order."""
    tokens = annotation.tokens
    paragraphs = [(tokens[a].start, tokens[b - 1].end) for a, b in annotation.paragraphs if a < b]
    return [q.span for q in find_quotes(annotation.text, paragraphs) if q.closed]
