"""Frames of saying that are plain wherever they stand, so that a mark there may be less sure.

"The mayor's reply was that …", "came to the conclusion that …", "began by asking why …", "Ostvik's
order to close the port". What a tagger marks inside a content is kept where its frame is plain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.held_verbs import SPOKEN
from sayso.extract.reading import SURE_INSIDE, Placed, Reading
from sayso.extract.ruled import build_ruled
from sayso.extract.stance_words import load_stance_words
from sayso.extract.stances import find_stance
from sayso.extract.subjects import FINITE, find_source
from sayso.extract.sure_frames import PLAIN
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.annotation import Token
from sayso.records.span import Fragments
from sayso.records.statement import Attribution

_THOUGHT = frozenset(("believes", "expects", "fears", "demands", "promises"))
_OPENERS = frozenset(("that", "whether", "why", "how", "when", "where"))
_ASKING = frozenset(("WP", "WRB", "WDT", "WP$"))
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_FIRST = frozenset(("i", "we", "my", "our"))
_OBJECTS = frozenset(("me", "us", "him", "them", "which"))
_KNOWING = frozenset(("know", "learn", "realise", "realize", "conclude"))
_RECEIVING = frozenset(("receive", "get", "obtain", "have", "see", "let"))
# What one does by saying so, and is no thought of one's own.
_TOLD = frozenset(("says", "warns", "asks"))
MIN_SAID = 3
_ANYONE = frozenset(("you", "one", "your", "it"))
# Nouns of saying that are as often no words of anybody: "the reason was that".
_NO_WORDS = frozenset(
    ("reason", "case", "narrative", "caption", "address", "column", "speculation")
)
# What carries a noun of saying or thinking, and the preposition between them.
_CARRIERS = {
    "come": "to",
    "arrive": "at",
    "reach": "",
    "draw": "",
    "make": "",
    "hold": "",
    "take": "",
    "form": "",
    "advance": "",
    "voice": "",
    "repeat": "",
    "reiterate": "",
    "issue": "",
}
_CARRIED = frozenset(("conclusion",))
# "Began by asking why …".
_STEPS = frozenset(("begin", "start", "open", "end", "close", "conclude", "finish", "reply"))
# "Their order to close the port": these are words, whoever carries them out.
_ORDERS = frozenset(
    (
        "appeal",
        "call",
        "demand",
        "directive",
        "instruction",
        "invitation",
        "order",
        "plea",
        "request",
        "threat",
    )
)
_ORDERS_THAT = frozenset(("directive", "instruction", "order", "request", "demand", "plea"))
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}
MAX_GAP, MAX_QUOTED = 6, 60


def keep_plain(reading: Reading, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return attributions; one inside another is as sure as what is kept there if its frame is
    plain. Linear in tokens and attributions.
    """
    return tuple(
        replace(a, confidence=SURE_INSIDE)
        if a.parent is not None and a.confidence < SURE_INSIDE and _is_plain(reading, a)
        else a
        for a in found
    )


def _is_plain(reading: Reading, a: Attribution) -> bool:
    tree, source, cue = reading.tree, a.source, a.cue
    if source is None or cue is None or cue.end > a.content.start:
        return False
    words = [i for span in cue.spans for i in tree.tokens_in(span)]
    said = tree.tokens_in(a.content.spans[0])
    if not words or len(said) < MIN_SAID or not _may_speak(tree, source):
        return False
    stance = find_stance(tree, source, cue, a.content).stance
    if stance not in SPOKEN | _THOUGHT and not any(tree.tokens[i].lemma in _KNOWING for i in words):
        return False
    own = stance not in _TOLD and source.text.lower() in _FIRST
    if own or not _is_known(tree, words, stance):
        return False
    if stance == "demands" and _takes_order(tree, words, said):
        return True
    return _takes_clause(tree, words, said, stance) or _leads_on(reading, words, said, stance)


def _takes_order(tree: Tree, words: Sequence[int], said: range) -> bool:
    """Say whether somebody is told to do something: "has told the crew to leave"."""
    verb = words[-1]
    whom = tree.child(verb, "dobj")
    told = tree.child(verb, "xcomp", "ccomp")
    # "During the talks urging him to go": whose participle it is, the parse tells badly.
    if told is None or said[0] != verb + 1 or tree.tokens[verb].tag == "VBG":
        return False
    if tree.tokens[told].tag != "VB" or told not in said:
        return False
    whom = tree.child(told, "nsubj") if whom is None else whom
    to = next((i for i in tree.with_dep(told, "aux") if tree.tokens[i].tag == "TO"), None)
    return whom is not None and to is not None and verb < whom < to


def _leads_on(reading: Reading, words: Sequence[int], said: range, stance: str) -> bool:
    """Say whether a cue leads by a comma or colon to a quotation, or, behind "as", to a clause."""
    tree, cue = reading.tree, words[-1]
    if stance not in SPOKEN or said[0] != cue + 2 or tree.tokens[cue + 1].text not in (",", ":"):
        return False
    if tree.tokens[said[0]].tag == "``":
        return tree.holds_clause(said)
    marks = (m for i in words for m in tree.with_dep(i, "mark"))
    return tree.holds_clause(said) and any(tree.tokens[m].text.lower() == "as" for m in marks)


def _may_speak(tree: Tree, source: Fragments) -> bool:
    """Say whether a source is no adjective, no object and nobody in particular."""
    last = tree.tokens_in(source.spans[-1])
    if not last or source.text.lower() in _ANYONE | _OBJECTS:
        return False
    return tree.tokens[last[-1]].tag[:2] != "JJ"


def _is_known(tree: Tree, words: Sequence[int], stance: str) -> bool:
    """Say whether a word of a cue is known for its stance, and is neither passive nor received."""
    known, tokens = load_stance_words(), tree.tokens
    verbs = [i for i in words if tokens[i].dep != "aux"]
    if any(tokens[i].dep == "auxpass" or tokens[i].lemma in _RECEIVING for i in verbs):
        return False
    tables = (known.verbs, known.nouns, known.adjectives)
    if any(table.get(tokens[i].lemma) == stance for i in words for table in tables):
        return True
    lemmas = {tokens[i].lemma for i in words}
    if any(stance in known.frames.get(lemma, {}).values() for lemma in lemmas):
        return True
    phrases = (entry for lemma in lemmas for entry in known.phrases.get(lemma, ()))
    return any(beside <= lemmas and said == stance for beside, said in phrases)


def _takes_clause(tree: Tree, words: Sequence[int], said: range, stance: str) -> bool:
    """Say whether a content is a clause with its own opening word that hangs on the cue."""
    first = tree.tokens[said[0]]
    asked = stance == "asks" and (first.tag in _ASKING or first.text.lower() == "if")
    if first.text.lower() not in _OPENERS and not asked:
        return False
    clause = first.head
    for _ in range(3):
        if clause not in said or tree.tokens[clause].head in words:
            break
        clause = tree.tokens[clause].head
    hangs = clause in said and tree.tokens[clause].head in words
    # "Knew what he did" tells nothing of it.
    known = stance in SPOKEN or first.text.lower() == "that"
    return hangs and known and any(tree.tokens[i].dep in _SUBJECTS and i > said[0] for i in said)


def find_plain(reading: Reading) -> list[Placed]:
    """Return attributions of nouns that are what was said, of verbs that carry such a noun, of
    somebody's orders and of what somebody begins by saying. Linear in tokens.
    """
    found = []
    for i, token in enumerate(reading.tree.tokens):
        for one in _read(reading, i, token):
            if one is not None:
                found.append((one, token.start))
    return found


def _read(reading: Reading, i: int, token: Token) -> Iterator[Attribution | None]:
    if token.lemma == "be" and token.tag in ("VBD", "VBZ", "VBP"):
        yield _read_words_are(reading, i)
        yield _read_like(reading, i)
    elif token.lemma in _CARRIERS and token.tag[:2] == "VB":
        yield _read_carried(reading, i)
    elif token.lemma in _STEPS and token.tag[:2] == "VB":
        yield _read_step(reading, i)
    elif token.lemma in _ORDERS and token.tag in ("NN", "NNS"):
        yield _read_order(reading, i)


def _read_words_are(reading: Reading, verb: int) -> Attribution | None:
    """Read "The mayor's reply was that …" and "Her words were: “…”"."""
    tree = reading.tree
    noun = tree.child(verb, "nsubj")
    holder = None if noun is None else tree.child(noun, "poss")
    if noun is None or holder is None or not _puts(tree, noun) or noun > verb:
        return None
    if tree.right[noun] != verb - 1 or tree.left[noun] != tree.left[holder]:
        return None
    mine = tree.tokens[holder].text.lower()
    thought = load_stance_words().nouns.get(tree.tokens[noun].lemma) in _THOUGHT
    if mine in _ANYONE or (thought and mine in _FIRST and reading.quoted[verb]):
        return None
    said = _find_that(tree, verb) or _find_quoted(reading, verb)
    if said is None:
        return None
    source = tree.span(tree.left[holder], tree.right[holder])
    cue = tree.span(tree.right[holder] + 1, verb)
    return build_ruled(reading, source, cue, [said], PLAIN)


def _puts(tree: Tree, noun: int) -> bool:
    token = tree.tokens[noun]
    stance = load_stance_words().nouns.get(token.lemma)
    if token.tag not in ("NN", "NNS") or token.lemma in _NO_WORDS:
        return False
    return stance in SPOKEN | _THOUGHT or token.lemma in _CARRIED | _ORDERS


def _find_that(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Return the "that" clause behind a verb; a vocative may stand before it."""
    clause = tree.child(verb, "ccomp")
    if clause is None or clause < verb or tree.child(clause, *_SUBJECTS) is None:
        return None
    that = tree.left[clause]
    first = tree.tokens[that]
    if first.text.lower() != "that" or first.dep != "mark" or that - verb > MAX_GAP:
        return None
    if that > verb + 1 and not (tree.tokens[verb + 1].text == tree.tokens[that - 1].text == ","):
        return None
    return tree.span(that, tree.right[clause])


def _find_quoted(reading: Reading, verb: int) -> tuple[int, int] | None:
    """Return the quotation that begins behind a verb and a colon or comma."""
    tree = reading.tree
    if verb + 2 >= len(tree.tokens) or tree.tokens[verb + 1].text not in (":", ","):
        return None
    opening = tree.tokens[verb + 2]
    quote = find_quote(reading.quotes, opening.start)
    if quote is None or not quote.closed or quote.start != opening.start:
        return None
    return quote.span if tree.holds_clause(tree.tokens_in(quote.span)) else None


def _read_like(reading: Reading, verb: int) -> Attribution | None:
    """Read "They were like, ‘Step back.’", as people talk."""
    tree, tokens = reading.tree, reading.tree.tokens
    subject = tree.child(verb, "nsubj")
    behind = [t.text for t in tokens[verb + 1 : verb + 4]]
    if subject != verb - 1 or tokens[subject].tag != "PRP" or behind[:2] != ["like", ","]:
        return None
    if tokens[subject].text.lower() in _ANYONE or behind[2:] == [] or behind[2] not in _CLOSING:
        return None
    first, mark = verb + 3, _CLOSING[behind[2]]
    _, stop = tree.annotation.paragraphs[tree.paragraph[verb]]
    near = range(first + 1, min(stop, first + MAX_QUOTED))
    last = next((i for i in near if tokens[i].text[0] == mark), None)
    if last is None:
        return None
    cue = tree.span(verb, verb + 1)
    return build_ruled(reading, tree.span(subject, subject), cue, [tree.span(first, last)], PLAIN)


def _read_carried(reading: Reading, verb: int) -> Attribution | None:
    """Read "came to the conclusion that …", "made the argument that …"."""
    tree, tokens = reading.tree, reading.tree.tokens
    who, leading = find_source(tree, verb), _CARRIERS[tokens[verb].lemma]
    noun = tree.child(verb, "dobj")
    if leading:
        below = [i for i in tree.with_dep(verb, "prep") if tokens[i].text.lower() == leading]
        noun = tree.child(below[0], "pobj") if below else None
    if noun is None or who is None or who[1] >= verb or noun < verb:
        return None
    if not _puts(tree, noun) or tree.child(noun, "poss") is not None:
        return None
    that = noun + 1
    if that >= len(tokens) or tokens[that].text.lower() != "that" or tokens[that].dep != "mark":
        return None
    clause = tokens[that].head
    if tokens[clause].head not in (noun, verb) or tree.child(clause, *_SUBJECTS) is None:
        return None
    behind = tree.right[clause] + 1
    if behind < len(tokens) and tokens[behind].tag in FINITE:
        return None  # "That the charts drawn in May | were wrong": the parse took half of it.
    first = min((i for i in tree.with_dep(verb, "aux", "neg") if i > who[1]), default=verb)
    source = tree.span(*who)
    said = tree.span(that, tree.right[clause])
    return build_ruled(reading, source, tree.span(min(first, verb), noun), [said], PLAIN)


def _read_step(reading: Reading, verb: int) -> Attribution | None:
    """Read "began by asking the clerk why …", "ended by saying that …"."""
    tree, tokens = reading.tree, reading.tree.tokens
    subject = tree.child(verb, "nsubj")
    by = verb + 1
    if subject is None or tree.right[subject] >= verb or by + 1 >= len(tokens):
        return None
    saying = by + 1
    if tokens[by].text.lower() != "by" or tokens[saying].tag != "VBG":
        return None
    clause = tree.child(saying, "ccomp")
    if load_stance_words().verbs.get(tokens[saying].lemma) not in SPOKEN or clause is None:
        return None
    first = tree.left[clause]
    opens = tokens[first].text.lower() in _OPENERS or tokens[first].tag in _ASKING
    if clause < saying or first - saying > MAX_GAP or not opens:
        # The parser takes "what" for an object of the gerund.
        what = next((i for i in tree.with_dep(saying, "dobj") if tokens[i].tag in _ASKING), None)
        if what is None or not saying < what < clause or what - saying > MAX_GAP:
            return None
        first = what
    source = tree.span(tree.left[subject], tree.right[subject])
    cue, said = tree.span(verb, saying), tree.span(first, tree.right[clause])
    return build_ruled(reading, source, cue, [said], PLAIN)


def _read_order(reading: Reading, noun: int) -> Attribution | None:
    """Read "the mayor's order to close the port", "the firm's directive that …"."""
    tree, tokens = reading.tree, reading.tree.tokens
    holder, verb = tree.child(noun, "poss"), tree.child(noun, "acl")
    if holder is None or verb is None or tree.left[verb] != noun + 1:
        return None
    if tokens[holder].text.lower() in _FIRST | _ANYONE or tokens[holder].text[0].isdigit():
        return None
    first = tokens[noun + 1]
    to = first.tag == "TO" and tokens[verb].tag == "VB"
    that = first.text.lower() == "that" and first.dep == "mark"
    if not to and not (that and tokens[noun].lemma in _ORDERS_THAT):
        return None
    source = tree.span(tree.left[holder], tree.right[holder])
    said = tree.span(noun + 1, tree.right[verb])
    return build_ruled(reading, source, tree.span(noun, noun), [said], PLAIN)
