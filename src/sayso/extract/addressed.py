"""Whom a cue is addressed to, or whom it blames: in the passive its subject is no source.

"Reporters were told that …", "The mayor was blasted for …", "NAME, asked whether …, said no":
whoever speaks stands behind "by", or nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract import fitting
from sayso.extract.cue_verbs import find_last_verb
from sayso.extract.passives import is_told
from sayso.extract.stance_words import load_stance_words
from sayso.extract.subjects import FINITE, MAX_CLIMB
from sayso.extract.tree import Tree
from sayso.records.span import Span, overlaps

# "Is quoted", "is cited": the words are the subject's own, whoever relays them.
_RELAYED = frozenset(("quote", "cite"))
# "Is reminded of": thinks of it, whoever brought it up.
_RECALLED = ("remind", "of")
# Who does so with blame or praise has it from others.
_DRAWS = frozenset(("attract", "draw", "earn", "face", "invite", "meet", "provoke", "spark", "win"))
_OF_OTHERS = frozenset(("condemns", "praises", "opposes", "supports"))
# Who does so with somebody's word has it from others too.
_RECEIVES = frozenset(("receive", "get", "obtain", "secure"))
# Stances of verbs that hardly have for their object whom they speak to or of: "focused".
_NOT_OF_OTHERS = frozenset(("wants", "fears", "supports", "opposes", "mentions", "other"))
# These have whom they speak of for an object: with none before its preposition a participle is
# passive, as headlines have it ("Mayor criticised for slow response").
_OF_SOMEBODY = frozenset(
    (
        "accuse",
        "admonish",
        "applaud",
        "berate",
        "blame",
        "castigate",
        "censure",
        "chastise",
        "chide",
        "commend",
        "condemn",
        "congratulate",
        "criticise",
        "criticize",
        "denounce",
        "fault",
        "hail",
        "lambast",
        "lambaste",
        "laud",
        "mock",
        "praise",
        "rebuke",
        "reprimand",
        "ridicule",
        "scold",
        "slam",
        "thank",
    )
)
# Words behind "as" among which an object may begin.
MAX_AS = 8
_FOR_WHAT = frozenset(("of", "for", "over", "as"))
# What seems so of somebody is nobody's opinion that is named.
_SEEMING = frozenset(("seem", "appear"))
# What may stand between the comma behind a name and a participle: "when told", "later asked".
_BEFORE_PARTICIPLE = frozenset(("WRB", "IN", "RB"))
MAX_BEFORE = 3
# So many words behind a participle the sentence's own verb is looked for.
MAX_ASIDE_TOKENS = 40


def find_addressed(tree: Tree, cue: Span, source: Span, content: Sequence[Span]) -> int | None:
    """Return the verb of a cue whose source is whom it is addressed to or whom it blames; None if
    the source speaks.
    """
    verb = find_last_verb(tree, cue)
    if verb is not None and (_stands_in_subject(tree, verb, source) or is_told(tree, verb, source)):
        return verb
    if verb is None or not _speaks_of_others(tree, verb) or _feels(tree, verb, content):
        return None
    if _is_passive_subject(tree, verb, source) or _is_reduced(tree, verb, source, content):
        return verb
    return verb if _is_bare_passive(tree, verb, source) else None


def seems_of(tree: Tree, cue: Span, source: Span, content: Sequence[Span]) -> bool:
    """Say whether a cue tells what its source only seems to do: "The ministers seemed to have
    forgotten it", but not "seemed to think so".
    """
    verb = find_last_verb(tree, cue)
    if verb is None or tree.tokens[verb].lemma not in _SEEMING:
        return False
    done, subject = tree.child(verb, "xcomp"), tree.child(verb, "nsubj")
    if done is None or subject is None:
        return False
    told = any(start <= tree.tokens[done].start < end for start, end in content)
    told = told and any(tree.tokens[i].tag == "TO" for i in tree.with_dep(done, "aux"))
    own = source[0] <= tree.tokens[subject].start < source[1]
    return told and own and tree.tokens[done].lemma not in load_stance_words().verbs


def find_drawn(tree: Tree, cue: Span, source: Span) -> int | None:
    """Return the noun for what others say in a cue that its source only brings about or is given:
    "criticism" of "The mayor has drawn criticism for …", "pledge" of "received a pledge"; None if
    the source speaks.
    """
    for verb in tree.tokens_in(cue):
        noun = tree.child(verb, "dobj")
        subject = tree.child(verb, "nsubj")
        if noun is None or subject is None:
            continue
        drawn = tree.tokens[verb].lemma in _DRAWS and is_of_others(tree, noun)
        of = load_stance_words().nouns.get(tree.tokens[noun].lemma)
        given = of == "promises" and tree.tokens[verb].lemma in _RECEIVES
        if (drawn or given) and source[0] <= tree.tokens[subject].start < source[1]:
            return noun
    return None


def is_of_others(tree: Tree, noun: int) -> bool:
    """Say whether a noun is blame or praise, and so tells of whoever draws it."""
    return load_stance_words().nouns.get(tree.tokens[noun].lemma) in _OF_OTHERS


def find_agent(tree: Tree, verb: int, taken: Sequence[Span]) -> Span | None:
    """Return who stands behind "by" beside a passive verb, or "from" behind a noun ("criticism from
    NAME"); None if nobody does.

    taken: spans of cue and content. Of words that reach into them those before them are returned.
    """
    of = (i for i in tree.with_dep(verb, "prep") if tree.tokens[i].lemma in ("from", "by"))
    agent = tree.child(verb, "agent") if tree.tokens[verb].tag[:2] == "VB" else next(of, None)
    noun = None if agent is None else tree.child(agent, "pobj")
    if noun is None:
        return None
    start, end = tree.span(tree.left[noun], tree.right[noun])
    for other in taken:
        if overlaps((start, end), other) and other[0] >= tree.tokens[noun].end:
            end = min(end, other[0])
    span = start, start + len(tree.annotation.text[start:end].rstrip(" ,"))
    return None if any(overlaps(span, other) for other in taken) else span


def blames(tree: Tree, verb: int) -> bool:
    """Say whether a verb thinks ill of its object, which then is part of what is said."""
    lemma = tree.tokens[verb].lemma
    clause = tree.child(verb, "ccomp", "xcomp")
    return clause is None and load_stance_words().verbs.get(lemma) == "condemns"


def _speaks_of_others(tree: Tree, verb: int) -> bool:
    """Say whether a participle can tell what somebody else said to or of its subject: not of
    "quoted", nor of "convinced", which is the subject's state, nor with "saying" behind it.
    """
    token = tree.tokens[verb]
    if token.tag not in ("VBN", "VBD") or token.lemma in _RELAYED:
        return False
    words = load_stance_words()
    stance = words.verbs.get(token.lemma)
    given = tree.child(verb, "dobj") if token.lemma == "give" else None
    if given is not None and tree.tokens[given].lemma in words.nouns:
        return True
    state = token.text.lower() in words.adjectives or token.lemma in words.adjectives
    if stance is None or stance in _NOT_OF_OTHERS or (state and stance != "says"):
        return False
    places = [verb, *tree.with_dep(verb, "prep")]
    if (token.lemma, *(tree.tokens[i].lemma for i in places[1:2])) == _RECALLED:
        return False
    return not any(
        tree.tokens[i].tag == "VBG" and tree.tokens[above].lemma in (token.lemma, "as")
        for above in places
        for i in tree.with_dep(above, "xcomp", "pcomp", "advcl")
    )


def _is_passive_subject(tree: Tree, verb: int, source: Span) -> bool:
    subject = tree.child(verb, "nsubjpass")
    if subject is None or tree.child(verb, "auxpass") is None:
        return False
    return source[0] <= tree.tokens[subject].start < source[1]


def _stands_in_subject(tree: Tree, verb: int, source: Span) -> bool:
    """Say whether a source is somebody of whom the subject of a passive is: "The claims by the firm
    that … were rejected", whoever did so.
    """
    subject = tree.child(verb, "nsubjpass")
    if subject is None or tree.child(verb, "auxpass") is None or tree.right[subject] > verb:
        return False
    first, last = tree.span(tree.left[subject], tree.right[subject])
    held = first <= source[0] and source[1] <= last
    return held and not source[0] <= tree.tokens[subject].start < source[1]


def _is_bare_passive(tree: Tree, verb: int, source: Span) -> bool:
    """Say whether a participle without "was" stands right behind its source and before its
    preposition: "A manager accused of stealing appeared in court".
    """
    tokens = tree.tokens
    behind = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if tokens[verb].lemma not in _OF_SOMEBODY or behind is None:
        return False
    beside = tree.token_at(source[1] - 1) == verb - 1 and source[1] <= tokens[verb].start
    bare = tree.child(verb, "dobj", "ccomp", "aux", "auxpass") is None
    if not (beside and bare and behind.tag == "IN" and behind.text.lower() in _FOR_WHAT):
        return False
    return behind.text.lower() != "as" or not _has_late_object(tree, verb)


def _has_late_object(tree: Tree, verb: int) -> bool:
    """Say whether an object may stand behind "as": "denounced as cruel | the plan to close it"."""
    last = tree.annotation.sentences[tree.sentence[verb]][1]
    near = tree.tokens[verb + 2 : min(last, verb + 2 + MAX_AS)]
    return any(t.tag in ("DT", "PRP$") for t in near)


def _feels(tree: Tree, verb: int, content: Sequence[Span]) -> bool:
    """Say whether what stands behind "by" is the content: "angered by the plan"."""
    agent = tree.child(verb, "agent")
    noun = None if agent is None else tree.child(agent, "pobj", "pcomp")
    return noun is not None and any(s <= tree.tokens[noun].start < e for s, e in content)


def _is_reduced(tree: Tree, verb: int, source: Span, content: Sequence[Span]) -> bool:
    """Say whether a participle stands in an aside right behind the source, before the verb of the
    sentence: NAME, asked …, said. No finite verb follows a comma behind its own subject.
    """
    tokens = tree.tokens
    at = verb - 1
    while at > max(0, verb - MAX_BEFORE) and tokens[at].tag in _BEFORE_PARTICIPLE:
        at -= 1
    name = fitting.trim_loose(tree.annotation.text, source)
    if at < 1 or tokens[at].text != "," or tokens[at - 1].end != name[1]:
        return False
    above = _find_above(tree, verb)
    if not _follows_apposition(tree, name):
        above = (*above, verb)
    return any(
        tokens[i - 1].text == ","
        and tokens[i].tag in FINITE
        and (i in above or tokens[i].head in above)
        and not any(start <= tokens[i].start < end for start, end in content)
        for i in range(verb + 2, min(len(tokens), verb + MAX_ASIDE_TOKENS))
    )


def _follows_apposition(tree: Tree, name: Span) -> bool:
    """Say whether the comma behind a name may as well close what stands beside it: "Another critic,
    NAME, said …". Then the parse alone tells whose verb comes behind it.
    """
    words = tree.tokens_in(name)
    first = max(0, words.start - 1)
    return any(tree.tokens[i].text == "," for i in range(first, words.stop))


def _find_above(tree: Tree, token: int) -> tuple[int, ...]:
    """Return the tokens that a token hangs on, the nearest first, a few at most."""
    above = [tree.tokens[token].head]
    for _ in range(MAX_CLIMB):
        above.append(tree.tokens[above[-1]].head)
    return tuple(i for i in above if i != token)
