"""Who tells, and who is told, in the passive: what the subject of such a verb is not.

"I was hauled in and told that …": whoever told it is not named. "NAME was accused by the bank of
lying": the bank did so.
"""

from __future__ import annotations

from sayso.extract.cue_verbs import find_last_verb
from sayso.extract.fitting import find_kinds, trim_loose
from sayso.extract.roles import load_role_words
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree
from sayso.records.span import Fragments, Span, cut_fragments, overlaps

# Whoever tells says whom.
TELLING = frozenset(("tell", "inform", "assure", "reassure", "notify", "remind", "accuse"))
TELLING_TO = frozenset(("tell", "order", "instruct", "urge", "warn", "advise", "command"))
# What its subject is made to do or kept from, whoever does so.
_PUT_UPON = frozenset(
    ("task", "bar", "ban", "prohibit", "forbid", "convict", "acquit", "scrutinise", "scrutinize")
)
# What is no speech of whoever stands behind "by": feeling, thinking, relaying, being seen.
_NOT_SPOKEN = frozenset(("fears", "wants", "finds", "believes", "expects", "mentions", "other"))
_SOMEBODY = frozenset(("PERSON", "ORG", "NORP", "GPE"))
_PERSONAL = frozenset(("him", "her", "them", "me", "us", "you"))
_OPENING = frozenset(("that", "whether", "if", "how", "what", "why", "to", "about", "over", "as"))
_FOR_WHAT = frozenset(("of", "for", "with"))
# "Was told by phone that …"
_MEANS = frozenset(
    (
        "email",
        "e-mail",
        "experience",
        "law",
        "letter",
        "mail",
        "phone",
        "post",
        "radio",
        "telegram",
        "telephone",
        "text",
    )
)
_WHOSE = frozenset(("of", "in", "from", "at", "for", "with"))
MAX_AGENT_TOKENS = 30


def is_told(tree: Tree, verb: int, source: Span) -> bool:
    """Say whether a source is the subject of a passive that a participle goes on with, and what
    only somebody addressed can be the subject of: "was hauled in and told that …", "was tasked
    with"; not "was elected and told us that".
    """
    token = tree.tokens[verb]
    if token.tag not in ("VBN", "VBD"):
        return False
    if token.lemma == "remind" and any(tree.tokens[i].text == "of" for i in tree.children[verb]):
        return False  # whoever is reminded of it thinks of it
    if token.lemma in TELLING and tree.child(verb, "auxpass") is not None:
        return source[1] <= token.start  # "had asked and was told"
    above = verb
    if token.lemma not in _PUT_UPON:
        own = tree.child(verb, "nsubj", "nsubjpass", "aux", "auxpass", "dobj", "dative", "oprd")
        if token.dep != "conj" or own is not None or not _lacks_object(tree, verb):
            return False
        above = token.head
    subject = tree.child(above, "nsubjpass")
    if subject is None or tree.child(above, "auxpass") is None:
        return False
    return source[0] <= tree.tokens[subject].start < source[1]


def _lacks_object(tree: Tree, verb: int) -> bool:
    """Say whether a verb that is of no use without whom it is said to has nobody behind it."""
    lemma = tree.tokens[verb].lemma
    behind = tree.tokens[min(verb + 1, len(tree.tokens) - 1)]
    if behind.text.lower() == "to":
        return lemma in TELLING_TO
    return lemma in TELLING and behind.text.lower() in _OPENING | _FOR_WHAT


def take_agent(
    tree: Tree, cue: Span, source: Span | None, content: Fragments
) -> tuple[Span | None, Fragments]:
    """Return source and content; who stands behind "by" in the content of a passive, or before it,
    is the source: "was accused | by the bank of lying", "was told by | the court that …".
    """
    verb = find_last_verb(tree, cue)
    agent = None if verb is None or not _is_passive(tree, verb) else find_speaker(tree, verb)
    if verb is None or agent is None:
        return source, content
    if source is not None and source[0] == agent[0]:
        return source, _leave_by(tree, content, agent)
    spoken = tree.child(verb, "auxpass") is not None
    if source is None and spoken and cue[1] <= agent[0] and agent[1] <= content.start:
        return agent, content  # "was told by officials | that …"
    if agent[0] < cue[0] or not content.start <= agent[0] < content.end:
        return source, content
    at = tree.token_at(agent[0]) - 1
    reduced = not spoken and at != verb + 1
    if reduced or (source is not None and overlaps(source, agent)):
        return source, content  # "challenged an account by the minister"
    by = tree.tokens[at].start
    left = [part for span in content.spans for part in _cut_out(tree, span, (by, agent[1]))]
    blamed = load_stance_words().verbs.get(tree.tokens[verb].lemma) == "condemns"
    if source is not None and blamed:
        left = sorted((source, *left))
    whole = cut_fragments(tree.annotation.text, left) if left else None
    return (source, content) if whole is None else (agent, whole)


def _leave_by(tree: Tree, content: Fragments, agent: Span) -> Fragments:
    """Return a content without the "by" before its source at the end of a piece."""
    by = tree.tokens[tree.token_at(agent[0]) - 1]
    left = [
        part
        for span in content.spans
        for part in ([span] if span[1] != by.end else _cut_out(tree, span, (by.start, by.end)))
    ]
    return cut_fragments(tree.annotation.text, left) or content


def _cut_out(tree: Tree, span: Span, part: Span) -> list[Span]:
    """Return what is left of a span without a part of it."""
    around = ((span[0], min(span[1], part[0])), (max(span[0], part[1]), span[1]))
    pieces = (trim_loose(tree.annotation.text, piece) for piece in around)
    return [(start, end) for start, end in pieces if start < end]


def _is_passive(tree: Tree, verb: int) -> bool:
    """Say whether a verb tells in the passive what somebody says."""
    words, token = load_stance_words(), tree.tokens[verb]
    stance = words.verbs.get(token.lemma)
    if token.tag not in ("VBN", "VBD") or stance is None or stance in _NOT_SPOKEN:
        return False
    return token.text.lower() not in words.adjectives and token.lemma not in words.adjectives


def find_speaker(tree: Tree, verb: int) -> Span | None:
    """Return the words behind the "by" of a verb if they are somebody, without what is said."""
    tokens = tree.tokens
    agent = tree.child(verb, "agent")
    noun = None if agent is None else tree.child(agent, "pobj")
    if agent is None or noun is None or tree.left[noun] != agent + 1:
        return None
    told = tokens[verb].lemma in TELLING | TELLING_TO
    means = tokens[noun].lemma in _MEANS and tree.child(noun, "det") is None
    if tokens[agent].text.lower() != "by" or means or not (told or _is_somebody(tree, noun)):
        return None
    last = noun
    while last < min(tree.right[noun], agent + MAX_AGENT_TOKENS):
        behind = tokens[last + 1]
        low = behind.text.lower()
        gerund = tokens[min(last + 2, len(tokens) - 1)].tag == "VBG"
        of = low in _FOR_WHAT and tokens[verb].lemma == "accuse"
        apart = behind.tag == "IN" and (gerund or low not in _WHOSE)
        if low in _OPENING or of or apart or behind.text == ",":
            break
        last += 1
    return tree.span(agent + 1, last)


def _is_somebody(tree: Tree, noun: int) -> bool:
    token, roles = tree.tokens[noun], load_role_words()
    if token.tag[:3] == "NNP":
        return bool(find_kinds(tree, range(noun, noun + 1)) & _SOMEBODY)
    word = token.lemma.lower()
    known = roles.is_somebody(word)
    return known or token.text.lower() in _PERSONAL
