"""Whom "he" or "she" stands for: everyone in mind, weighed by how present they are.

A person is as present as the part they last played: who spoke, who was the subject of a sentence,
who was only named; the farther back, the less. Two who are nearly as present leave it open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from sayso.extract.asked import Put, find_put, get_key, list_others, list_told_to
from sayso.extract.ballots import Ballot, Present, Turn
from sayso.extract.binding import find_barred, find_told
from sayso.extract.clauses import (
    climb_name,
    find_subject_above,
    get_relative_head,
    has_who,
    in_clause,
    is_asker,
    is_owned,
    is_passed_by,
    opens_sentence,
    owns_head,
    owns_words,
)
from sayso.extract.following import find_following
from sayso.extract.going_on import find_first
from sayso.extract.mentions import Cast
from sayso.extract.naming import Named
from sayso.extract.not_meant import find_last_speaker, list_not_meant, settle
from sayso.extract.presence import (
    ASIDE,
    GOVERNING,
    IN_CONTENT,
    MENTIONED,
    OPENING,
    PASSED,
    REPORTED,
    SPEAKER,
    SUBJECT,
    get_presence,
    number_told,
)
from sayso.extract.quoted_people import find_spoken_of_inside, is_own_world
from sayso.extract.relatives import list_described, list_governing, list_named_by_noun
from sayso.extract.roles import load_role_words
from sayso.extract.sources import PRONOUNS, Part
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree
from sayso.records.span import Span, find_covering, is_covered

# How far a pronoun looks back, in sentences.
MAX_SENTENCES_BACK = 5
# And one in a quotation in paragraphs.
MAX_PARAGRAPHS_BACK = 2
MAX_NAMES_BACK = 12
# Words that what somebody said before is looked for among.
MAX_WORDS_BACK = 80
# How much more present the last speaker is where a cue says that somebody goes on: "he added".
ON = 1.5
# How much more the one person of the sentence before it.
ALONE = 1.3
# How much more likely somebody is whose pronoun is known. On the half of the speakers gold that was
# looked at 1.0, 1.2, 1.3 and 1.4 have 196, 197, 196 and 198 right, 11, 10, 8 and 7 wrong.
KNOWN_GENDER = 1.4
# And if only the given name tells that "he" fits: most whose pronoun is unknown are men, so a
# surname alone is then hardly worse off beside a full name. In 220 US reports 1.4 has two
# more right and three more wrong.
GIVEN_HE = 1.2


class Weigher:
    """Weighs the people of one report.

    names: in order, none quoted; quoted: quotations; contents: joined. told: see `number_told`.
    """

    def __init__(
        self, cast: Cast, names: Sequence[Named], quoted: Sequence[Span], contents: Sequence[Span]
    ) -> None:
        self._cast = cast
        self._tree: Tree = cast.tree
        self._names = names
        self._name_starts = [n.first for n in names]
        self._quoted = quoted
        self._contents = contents
        self._said = {n.first for n in names if is_covered(contents, n.span)}
        self.told = number_told(cast.tree, quoted)
        self._nouns = load_role_words().nouns
        self._by_id = {c.entity_id: c for c in cast.characters}
        self._meant: dict[tuple[int, str], str | None] = {}

    def find(self, part: Part, present: Present) -> tuple[Turn | None, float]:
        """Return whom "he" or "she" is and how sure that is; None where two may be."""
        put = find_put(self._cast, part, present.own, self._quoted)
        to = None if put is None else put.to
        if to is not None and PRONOUNS.get(self._tree.tokens[to].text.lower()) == part.pronoun:
            part = replace(part, span=self._tree.span(to, to), head=to)
        elif to is not None and self._tree.tokens[to].tag == "NNP" and to not in self._cast.at:
            return None, 0.0
        quotation = find_covering(self._quoted, part.span)
        names = self._list_names(part.head, quotation, present.topics)
        ballot = self._open_ballot(part, quotation, names, put)
        ballot.barred.update((*present.quoting, *list_not_meant(self._cast, part.head, present)))
        ballot.barred.update(list_others(self._cast, part.head, self._by_id, present, put))
        ballot.told = find_told(self._tree, part, present.own)
        ballot.barred.update(find_barred(self._cast, part.head, ballot.told, self._quoted))
        self._weigh_speakers(ballot, present)
        for at, turn in reversed(present.subjects):
            if at < part.head and all(o.type == "person" for o in turn.owners):
                about = self._is_about(at, present.topics)
                weight = SPEAKER if about else self._weigh_subject(ballot, at)
                self._weigh(ballot, turn, at, weight)
        self._weigh_names(ballot, names, present.topics, self._list_tellers(ballot, present))
        for at, turn in reversed(present.called):
            if at < part.head:
                self._weigh(ballot, turn, at, self._weigh_called(ballot, at, present.topics))
        self._weigh_unnamed(ballot, present, quotation, to)
        self._favour_alone(ballot)
        following = find_following(self._cast, part.head, said=self._is_said(part.head))
        if following is not None:
            self._weigh(ballot, following[0], part.head, following[1])
        return settle(self._cast, ballot, present)

    def _weigh_speakers(self, ballot: Ballot, present: Present) -> None:
        head = ballot.part.head
        last = find_last_speaker(self._tree, head, present)
        for at, turn in reversed(present.speakers):
            if not ballot.quoted and is_own_world(self._tree, turn, self._quoted):
                continue
            if at < head and turn.is_one(person=True):
                weight = self._weigh_speaker(ballot, at, turn, present.said_by)
                more = ON if present.goes_on and at == last else 1.0
                self._weigh(ballot, turn.leave_others(), at, weight * more)

    def _weigh_unnamed(
        self, ballot: Ballot, present: Present, quotation: Span | None, to: int | None
    ) -> None:
        """Weigh who has no name and is told of around a pronoun. to: whom something is put to."""
        head = ballot.part.head
        met = (*present.speakers, *present.subjects, *present.called)
        known = {at for at, turn in met if turn.owners or turn.kind is not None}
        asked = [] if to is None else list_named_by_noun(self._cast, to)
        for noun, turn in (*list_described(self._cast, head), *asked):
            if noun not in known and noun in ballot.governing:
                self._weigh(ballot, turn, noun, self._get_governing(ballot, noun))
        for noun, turn in list_told_to(self._cast, head):
            self._weigh(ballot, turn, noun, GOVERNING)
        spoken_of = find_spoken_of_inside(self._cast, head, quotation)
        if spoken_of is not None:
            self._weigh(ballot, spoken_of[1], spoken_of[0], GOVERNING)

    def note(self, part: Part, turn: Turn) -> None:
        """Remember whom a pronoun stood for: in its sentence no other pronoun stands for them."""
        self._meant[self._tree.sentence[part.head], get_key(turn)] = part.pronoun
        self._meant[-1, get_key(turn)] = part.pronoun  # their last

    def _is_about(self, token: int, topics: Sequence[Span]) -> bool:
        """Say whether who says a quotation has said something of a subject before it."""
        start = self._tree.tokens[token].start
        return any(first <= start < last for first, last in topics)

    def _open_ballot(
        self, part: Part, quotation: Span | None, names: Sequence[Named], put: Put | None
    ) -> Ballot:
        governing = list_governing(self._cast, part.head)
        if put is not None and put.to is not None:
            others = {i: own for i, own in governing.items() if i not in put.by}
            governing = others if put.to == part.head else {put.to: True, **others}
        ballot = Ballot(
            part,
            own=self._has_own_people(part.head, names),
            governing=governing,
            said=quotation is None and is_covered(self._contents, part.span),
            since=find_first(self._cast, part, quotation, self._quoted),
            quoted=quotation is not None,
        )
        relative = get_relative_head(self._tree, part.head)
        modified = None if relative is None else self._cast.at.get(relative)
        owner = None if modified is None else self._cast.whose.get(modified.span[0])
        if owner is not None:
            ballot.barred.add(owner.entity_id)
        return ballot

    def _weigh_names(
        self,
        ballot: Ballot,
        names: Sequence[Named],
        topics: Sequence[Span],
        tellers: Sequence[Span],
    ) -> None:
        """Weigh who is named. tellers: who only told of somebody else before."""
        for name in reversed(names):
            owner = self._cast.whose.get(name.span[0])
            if name.type != "person" or (owner is not None and owner.type != "person"):
                continue
            turn = Turn((), (name.span,), name.text, None)  # a bare name of two people
            if owner is not None:
                turn = Turn((owner,), (name.span,), owner.name, owner.entity_id)
            about = any(start <= name.span[0] < end for start, end in topics)
            topic = self._get_salience(name, said=True) if about else 0.0
            weight = self._weigh_name(ballot, name)
            if is_covered(tellers, name.span):
                weight = min(weight, REPORTED)
            self._weigh(ballot, turn, name.first, max(topic, weight))

    def _list_tellers(self, ballot: Ballot, present: Present) -> list[Span]:
        """Return the sources, in order, that told of somebody else, for a pronoun in what one says:
        "The nurse had left, NAME said. Reports said that she …".
        """
        if not ballot.said:
            return []
        sentence = self._tree.sentence
        told = {sentence[at] for at, _ in present.subjects if self._is_said(at)}
        told.discard(sentence[ballot.part.head])
        tellers = [(at, t) for at, t in present.speakers if t.entity_id not in present.said_by]
        return [t.spans[0] for at, t in tellers if t.spans and sentence[at] in told]

    def _favour_alone(self, ballot: Ballot) -> None:
        """Raise the one person of the sentence before a pronoun, if nobody else is there."""
        near = [key for key, distance in ballot.met.items() if distance <= 1]
        if len(near) == 1 and near[0] in ballot.scores:
            ballot.scores[near[0]] *= ALONE

    def _list_names(
        self, token: int, quotation: Span | None, topics: Sequence[Span]
    ) -> list[Named]:
        """Return the names before a token, none of them quoted but those of its own quotation."""
        place = bisect_left(self._name_starts, token)
        names = self._names[max(0, place - MAX_NAMES_BACK) : place]
        if quotation is None:
            return list(names)
        own: dict[int, Named] = {n.first: n for n in names}
        for span in (*topics, (quotation[0], self._tree.tokens[token].start)):
            for i in self._tree.tokens_in(span)[-MAX_WORDS_BACK:]:
                name = self._cast.at.get(i)
                if name is not None and name.first < token:
                    own[name.first] = name
        return [own[first] for first in sorted(own)]

    def _has_own_people(self, token: int, names: Sequence[Named]) -> bool:
        paragraph = self._tree.paragraph
        return any(
            n.type == "person"
            and paragraph[n.first] == paragraph[token]
            and self._get_salience(n) >= ASIDE
            for n in names
        )

    def _weigh(self, ballot: Ballot, turn: Turn, at: int, weight: float) -> None:
        gender = turn.owners[0].gender if turn.owners else turn.gender
        key = get_key(turn)
        token = ballot.part.head
        sentence = self._tree.sentence
        distance = abs(self.told[sentence[max(at, ballot.since)]] - self.told[sentence[at]])
        meant = self._meant.get((sentence[token], key), ballot.part.pronoun)
        other = gender is None and self._meant.get((-1, key), meant) != meant
        if meant != ballot.part.pronoun or gender not in (None, meant) or other:
            return
        passed = self._tree.paragraph[token] - self._tree.paragraph[at]
        if distance > MAX_SENTENCES_BACK or (ballot.quoted and passed > MAX_PARAGRAPHS_BACK):
            return
        if not ballot.barred.isdisjoint((key, turn.entity_id or key)):
            return
        if any(at in words for words in ballot.told):
            weight = min(weight, IN_CONTENT)
        ballot.met[key] = min(distance, ballot.met.get(key, distance))
        # Who was met in an earlier paragraph is left behind where this one has its own people; a
        # quotation is of whom its speaker knows, seldom of who spoke long before.
        left = (ballot.own and passed != 0) + (ballot.quoted and passed > 1)
        score = weight / (1.0 + distance + left)
        if gender == ballot.part.pronoun or weight >= GOVERNING:
            he = weight < GOVERNING and gender == "he" and bool(turn.owners)
            score *= GIVEN_HE if he and turn.owners[0].gender_by_name else KNOWN_GENDER
        if score > ballot.scores.get(key, 0.0):
            ballot.scores[key] = score
            ballot.turns[key] = turn
            ballot.near[key] = distance

    def _weigh_speaker(
        self, ballot: Ballot, speaker: int, turn: Turn, said_by: Collection[str]
    ) -> float:
        """Return how present a speaker is: less inside a clause or another's statement.

        In what one says of others, whoever spoke before is not the first to be meant. Whose
        "praise" or "view" it was has not spoken as much as who said something.
        """
        subject = find_subject_above(self._tree, speaker)
        if subject is not None and subject in ballot.governing:
            return self._get_governing(ballot, subject)
        if subject is None:
            if is_asker(self._tree, speaker):
                return ASIDE
            dep = self._tree.tokens[climb_name(self._tree, speaker)].dep
            # "when a call came from NAME asking"
            aside = dep == "poss" or (dep == "pobj" and in_clause(self._tree, speaker))
            return REPORTED if aside or self._is_said(speaker) else SPEAKER
        if ballot.said and turn.entity_id not in said_by:
            return REPORTED
        aside = self._is_said(speaker) or in_clause(self._tree, self._tree.tokens[subject].head)
        if aside:
            return REPORTED
        # "Her sister had left, … She": who is called by whose they are is hardly nearer.
        owner = None if turn.owners else self._tree.child(subject, "poss")
        owned = owner is not None and self._tree.tokens[owner].tag == "PRP$"
        return SUBJECT if owned else SPEAKER

    def _get_governing(self, ballot: Ballot, subject: int) -> float:
        """Return the weight of a subject above a pronoun: most for the nearest of its own."""
        if not ballot.governing[subject]:
            return SUBJECT
        return GOVERNING if next(iter(ballot.governing)) == subject else SPEAKER

    def _is_said(self, token: int) -> bool:
        one = self._tree.tokens[token]
        return is_covered(self._contents, (one.start, one.end))

    def _weigh_subject(self, ballot: Ballot, subject: int) -> float:
        """Return how present a subject is: less in a clause, or called by somebody else's side."""
        tokens = self._tree.tokens
        if subject in ballot.governing:
            return self._get_governing(ballot, subject)
        if self._is_said(subject) and not ballot.said:
            return IN_CONTENT
        if tokens[subject].tag == "PRP":
            return SUBJECT
        if is_owned(self._tree, subject, self._nouns):
            return ASIDE
        verb = tokens[subject].head
        for _ in range(MAX_SENTENCES_BACK):
            if tokens[verb].dep == "conj" or (ballot.said and tokens[verb].dep == "ccomp"):
                verb = tokens[verb].head
        return SUBJECT if tokens[verb].dep == "ROOT" else MENTIONED

    def _weigh_name(self, ballot: Ballot, name: Named) -> float:
        """Return how present somebody is by a name, seen from a pronoun."""
        for subject in ballot.governing:
            if name.first <= subject < name.last:
                return self._get_governing(ballot, subject)
        if is_passed_by(self._tree, name.last - 1, ballot.part.head):
            return PASSED
        owned = self._weigh_owner(ballot, name.last - 1)
        if owned is not None:
            return owned
        if opens_sentence(self._tree, name.last - 1, ballot.part.head):
            return max(OPENING, self._get_salience(name, said=ballot.said))
        return self._get_salience(name, said=ballot.said)

    def _weigh_owner(self, ballot: Ballot, token: int) -> float | None:
        """Return how present a name makes somebody by what they own, most by words: "NAME's denial
        contradicts what he said"; None if that has no part in a pronoun's clause.
        """
        tokens = self._tree.tokens
        if owns_words(self._tree, token, ballot.part.head):
            return GOVERNING
        noun = tokens[token].head
        near = next((i for i, own in ballot.governing.items() if own), None)
        if noun == near and tokens[token].dep == "poss" and tokens[noun].lemma not in self._nouns:
            return GOVERNING if tokens[noun].lemma in load_stance_words().nouns else SPEAKER
        return SPEAKER if self._owns_clause(ballot, token) else None

    def _owns_clause(self, ballot: Ballot, token: int) -> bool:
        """Say whether a clause is about a thing of somebody's, and no person's verb governs it."""
        if self._tree.tokens[self._tree.tokens[token].head].lemma in self._nouns:
            return False  # "NAME's brother, when he"
        names = (self._cast.at.get(i) for i in ballot.governing)
        acted = any(n is not None and n.type == "person" for n in names)
        return not acted and owns_head(self._tree, token, ballot.part.head)

    def _weigh_called(self, ballot: Ballot, noun: int, topics: Sequence[Span]) -> float:
        """Return how present somebody is by a noun: "into the mayor after he", "said of the mayor".

        A quotation tells of whom it calls so only to pronouns inside it, and of what its speaker
        goes on to say.
        """
        start = self._tree.tokens[noun].start
        quotation = find_covering(self._quoted, ballot.part.span)
        about = self._is_about(noun, topics)
        inside = find_covering(self._quoted, (start, start + 1))
        near = about or inside == quotation
        if inside is not None and not near:
            return 0.0
        if self._is_said(noun) and not ballot.said and not about and (inside is None or not near):
            return IN_CONTENT
        if owns_words(self._tree, noun, ballot.part.head):
            return GOVERNING
        if noun in ballot.governing:
            return self._get_governing(ballot, noun)
        presence = get_presence(self._tree, range(noun, noun + 1))
        return max(presence, SUBJECT) if has_who(self._tree, noun, self._nouns) else presence

    def _get_salience(self, name: Named, *, said: bool = False) -> float:
        """Return how present a name makes somebody. said: for a pronoun in what is said as well."""
        if name.first in self._said and not said:
            return IN_CONTENT
        return get_presence(self._tree, range(name.first, name.last))
