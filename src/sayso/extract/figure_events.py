"""By what a figure came about: "killed in the earthquake", "the blast killed 12".

An event is a noun of `data/events.toml`, a name of an event, or a word that makes one with the name
behind it ("Hurricane Orla"). It counts if it is what the verb above the figure is said of, or if
"in", "by", "during", "after" ties it to the figure, its verb or its total. Its words are kept as
printed, with what it was aimed at, without article, day and place: "strike on the market".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.extract.date_patterns import scan_dates
from sayso.extract.governors import Governors, Tie, find_tie, is_apart
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_events, load_measures, load_place_words
from sayso.records.annotation import Name, Token
from sayso.records.span import Span

# Nouns of events looked at around a figure: real sentences have a few.
MAX_EVENTS = 12
MAX_WORDS_AROUND = 60
# Words of what an event was aimed at.
MAX_WORDS_BEHIND = 8

# Steps that the occasion of a figure counts for more than what brought it about.
_MORE_WHEN = 3

_BEFORE = frozenset(("amod", "compound", "nmod", "nummod", "punct", "advmod", "poss", "npadvmod"))
_OF_NOUNS = frozenset(("pobj", "pcomp", "nsubj", "nsubjpass", "dobj"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_LOOSE_WORDS = "many several some other such same more any own latest various"
_LOOSE = frozenset(_LOOSE_WORDS.split())
_ENDS = frozenset((",", ".", ":", ";", "-LRB-", "-RRB-", "WDT", "WP", "``", "''"))


@dataclass(frozen=True, slots=True)
class FigureEvent:
    """The event of a figure. span: its words; is_over: it is one that hours or days end; is_many:
    it is named in the plural.
    """

    span: Span
    is_over: bool
    is_many: bool


def find_figure_event(
    tree: Tree, governors: Governors, names: Sequence[Name]
) -> FigureEvent | None:
    """Return the event of a figure. names: those of the sentence, in order."""
    best: tuple[int, int, int] | None = None
    found: int | None = None
    for token in _list_events(tree, governors, names):
        tie = _tie_event(tree, governors, token)
        if tie is None:
            continue
        away = tie.up + tie.down + _MORE_WHEN * _is_occasion(tree, governors, tie)
        rank = (away, tie.up, abs(token - governors.first))
        if best is None or rank < best:
            best, found = rank, token
    if found is None:
        return None
    is_over = _get_word(tree.tokens[found]) not in load_events().lasting
    is_many = tree.tokens[found].tag in ("NNS", "NNPS")
    return FigureEvent(_cut_event(tree, found), is_over, is_many)


def _is_occasion(tree: Tree, governors: Governors, tie: Tie) -> bool:
    """Say whether an event is but the occasion: "the attack, when 150 were killed in a blast"."""
    verb = governors.verb
    if tie.down or verb is None or tree.tokens[verb].dep != "relcl":
        return False
    return any(tree.tokens[c].tag == "WRB" for c in tree.children[verb])


def _list_events(tree: Tree, governors: Governors, names: Sequence[Name]) -> Iterator[int]:
    """Yield the nouns of events around a figure, but what it counts."""
    tokens, events = tree.tokens, load_events()
    sentence = tree.sentence[governors.first]
    named = {name.last - 1 for name in names if name.type == "EVENT"}
    dated = {i for n in names if n.type in ("DATE", "TIME") for i in range(n.first, n.last)}
    count = 0
    first = max(0, governors.first - MAX_WORDS_AROUND)
    for i in range(first, min(len(tokens), governors.last + MAX_WORDS_AROUND)):
        if tree.sentence[i] != sentence or i == governors.noun or _is_inside(governors, i):
            continue
        token = tokens[i]
        is_noun = token.tag[:2] == "NN" or (token.tag == "VBG" and token.dep in _OF_NOUNS)
        if not is_noun or i in dated or _is_quoted(tree, i):
            continue
        if (token.dep == "compound" and i not in named) or _is_of_guns(tree, i):
            continue
        if i in named or events.is_event(_get_word(token)) or _is_named(tree, i):
            yield i
            count += 1
            if count == MAX_EVENTS:
                return


def _is_of_guns(tree: Tree, token: int) -> bool:
    """Say whether it is "fire" that somebody opened."""
    one = tree.tokens[token]
    above = tree.tokens[one.head]
    return one.lemma == "fire" and one.tag == "NN" and above.lemma in load_events().opening


def _get_word(token: Token) -> str:
    """Return the word by which the list knows an event: "fighting" is no form of a verb there."""
    return token.lemma if token.tag[0] == "N" else token.text.lower()


def _is_quoted(tree: Tree, token: int) -> bool:
    """Say whether a word stands alone in quotation marks: it is somebody's, or doubted; or behind
    a hyphen ("cease-fire").
    """
    return token > 0 and tree.tokens[token - 1].tag in ("``", "HYPH")


def _is_inside(governors: Governors, token: int) -> bool:
    return governors.first <= token <= governors.last


def _is_named(tree: Tree, token: int) -> bool:
    """Say whether a name stands behind a word like "Hurricane"."""
    if tree.tokens[token].tag[:3] != "NNP":
        return False
    events = load_events()
    return any(
        tree.tokens[c].dep == "compound" and tree.tokens[c].text.lower() in events.named
        for c in tree.children[token]
    )


def _tie_event(tree: Tree, governors: Governors, token: int) -> Tie | None:
    tie = find_tie(tree, governors, token)
    if tie is None or is_apart(tree, tie):
        return None
    if tie.down == 0:
        return tie if _is_said_of(tree, governors, token) else None
    speech = load_place_words().speech
    if any(tree.tokens[i].lemma in speech for i in tie.through[1:]):
        return None
    return tie if all(_ties(tree, i) for i in tie.through) else None


def _is_said_of(tree: Tree, governors: Governors, token: int) -> bool:
    """Say whether an event stands above a figure as what its verb is said of ("the blast that
    killed 12") or as what it is of ("the 12 victims of the blast"), and not as a part of it.
    """
    tokens = tree.tokens
    below = governors.order[: governors.order.index(token)] if token in governors.order else ()
    at = next((i for i in below if tokens[i].dep in ("relcl", "acl")), None)
    if at is None:
        return False
    verb = governors.verb
    for _ in range(3):  # "which hurt nobody but killed 12", "that hit the port, killing 12"
        if verb == at or verb is None or tokens[verb].dep not in ("conj", "advcl", "xcomp"):
            break
        verb = tokens[verb].head
    return verb == at


def _ties(tree: Tree, token: int) -> bool:
    """Say whether a step on the way from an event up keeps it what the figure came about by."""
    tokens, events = tree.tokens, load_events()
    one = tokens[token]
    if one.dep == "prep":
        return one.text.lower() in events.ties or one.text.lower() in ("because", "due")
    if one.dep == "agent":
        return True
    if one.dep in ("pobj", "pcomp", "acl", "relcl", "advcl", "dep", "conj", "appos", "amod"):
        return True
    if one.dep in _SUBJECTS:
        return one.lemma in load_place_words().totals or _is_cause(tree, one)
    if one.dep in ("dobj", "attr", "poss"):
        return one.tag[:2] == "NN"
    return one.dep in ("compound", "nmod") and tokens[one.head].lemma in load_place_words().totals


def _is_cause(tree: Tree, subject: Token) -> bool:
    """Say whether a verb says of its subject that it did harm, moved or drew people."""
    verb = tree.tokens[subject.head]
    if verb.lemma in load_events().causing or verb.lemma in load_measures().objects:
        return True
    return subject.dep == "nsubj" and verb.lemma in load_events().beginning


def _cut_event(tree: Tree, found: int) -> Span:
    """Return the words of an event: its own, those before it, and what it was aimed at."""
    first = token = _get_first_noun(tree, found)
    last = max(token, found)
    while first - 1 >= max(0, token - MAX_WORDS_BEHIND) and _belongs(tree, first - 1, token):
        first -= 1
    first = _skip_days(tree, first, token)
    for child in tree.children[found]:
        if child < found or tree.tokens[child].dep != "prep" or child != last + 1:
            continue
        if tree.tokens[child].text.lower() in ("on", "against", "of"):
            last = _cut_behind(tree, child)
    return tree.span(first, last)


def _get_first_noun(tree: Tree, event: int) -> int:
    """Return the noun of "a series of attacks", or that of the event itself."""
    tokens = tree.tokens
    of = tokens[event].head
    if tokens[event].dep == "pobj" and tokens[of].text.lower() == "of":
        above = tokens[of].head
        if above == of - 1 and tokens[above].lemma in load_events().several:
            return above
    return event


def _belongs(tree: Tree, token: int, noun: int) -> bool:
    one: Token = tree.tokens[token]
    if one.tag in ("DT", "PRP$", "PDT", "IN", "CC", ",") or one.text.lower() in _LOOSE:
        return False
    at = token
    for _ in range(4):
        if tree.tokens[at].dep not in _BEFORE and tree.tokens[at].dep != "case":
            return False
        at = tree.tokens[at].head
        if at == noun:
            return True
    return False


def _skip_days(tree: Tree, first: int, noun: int) -> int:
    """Return the first word behind "Tuesday's", "last week's"."""
    tokens = tree.tokens
    for i in range(first, noun):
        if tokens[i].tag == "POS":
            begin = first - 1 if first and tokens[first - 1].tag == "DT" else first
            owner = " ".join(t.text for t in tokens[begin:i])
            return i + 1 if _is_day(owner) else first
    return first


def _is_day(words: str) -> bool:
    return any(True for _ in scan_dates(words))


def _cut_behind(tree: Tree, preposition: int) -> int:
    """Return the last word of what stands behind a preposition, up to a comma or clause."""
    last = preposition
    for i in range(preposition + 1, min(tree.right[preposition], preposition + 12) + 1):
        if tree.tokens[i].tag in _ENDS or (
            i > preposition + 1 and tree.tokens[i].tag == "IN" and tree.tokens[i].dep == "prep"
        ):
            break
        last = i
    return last if last > preposition else preposition - 1
