"""What a tagger may mark as said and is not, told by a verb and what stands with it.

"Ansgar called her into his office", "That said, …", "What we know about the blast".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sayso.extract.colon_topics import is_topic
from sayso.extract.roles import load_role_words
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree
from sayso.records.annotation import TaggedAttribution

# Words before a colon that say what kind of text follows, and of nobody that it is theirs.
KINDS_OF_TEXT = frozenset(
    (
        "background",
        "caption",
        "claim",
        "conclusion",
        "context",
        "correction",
        "fact",
        "headline",
        "myth",
        "note",
        "photo",
        "picture",
        "quote",
        "rating",
        "reality",
        "ruling",
        "summary",
        "topic",
        "truth",
        "update",
        "verdict",
        "video",
    )
)
_ARTICLES = frozenset(("the", "our", "a", "this"))
MAX_HEADING = 14
_ENDS = frozenset(".?!…”\"'")
_COMPLEMENTS = ("ccomp", "xcomp", "oprd", "acomp", "attr")
_PERSONS = frozenset(("me", "you", "him", "her", "us", "them"))
_ANYONE = frozenset(("you", "one"))
_THIS = frozenset(("this", "that", "it"))
_AGAINST = frozenset(("to", "with", "as"))
# What leads on from whom somebody rings or sends for: "into", "at", "to say".
_ON = frozenset(("IN", "RB", "TO", ".", ",", "CC", "RP"))
_QUOTES = frozenset(("``", "''"))


def is_kind_of_text(tree: Tree, label: range) -> bool:
    """Say whether words before a colon are a kind of text and no speaker: "Claim", "Our verdict".

    But not "The court's verdict", nor two words that may be a name.
    """
    words = [tree.tokens[i].text.lower() for i in label]
    bare = words[1:] if words and words[0] in _ARTICLES else words
    return len(bare) == 1 and bare[0] in KINDS_OF_TEXT


def is_nothing_said(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether a mark tells of nothing said or thought, whatever the tagger makes of it."""
    words = tree.tokens_in(mark.anchor)
    if not words:
        return False
    helpers = ("aux", "auxpass", "neg", "advmod")
    verb = next((i for i in words if tree.tokens[i].dep not in helpers), words[0])
    if tree.tokens[verb].text == ":":
        first, _ = tree.annotation.paragraphs[tree.paragraph[verb]]
        return is_kind_of_text(tree, range(max(first, verb - 3), verb)) or is_topic(tree, verb)
    test = _TESTS.get(tree.tokens[verb].lemma)
    return (test is not None and test(tree, verb, mark)) or _heads_what(tree, verb)


def _heads_what(tree: Tree, verb: int) -> bool:
    """Say whether a verb stands in the "what" of a heading: "What the papers say: …"."""
    first, last = tree.annotation.paragraphs[tree.paragraph[verb]]
    if tree.tokens[first].text.lower() != "what" or verb - first > MAX_HEADING:
        return False
    near = tree.tokens[verb : min(last, first + MAX_HEADING)]
    if any(token.text == ":" for token in near):
        return True
    return last - first <= MAX_HEADING and tree.tokens[last - 1].text[-1] not in _ENDS


def _is_connective(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether "That said," leads over from what was said before, or "you say anything" tells of
    no words.
    """
    behind = tree.tokens[min(verb + 1, len(tree.tokens) - 1)].text
    source = None if mark.source is None else tree.tokens_in(mark.source)
    if not source:
        return False
    who = tree.tokens[source[0]].text.lower()
    first, _ = tree.annotation.sentences[tree.sentence[verb]]
    if who == "that" and behind == "," and verb - source[0] <= len(("that", "being")):
        return source[0] - first <= 1
    said = [tree.tokens[i].text.lower() for span in mark.content for i in tree.tokens_in(span)]
    return who in _ANYONE and said in (["anything"], ["something"])


def _is_call(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether somebody is rung or sent for: "called her at eight", and nothing is named."""
    whom = tree.child(verb, "dobj")
    if whom is None or tree.child(verb, "ccomp", "oprd", "acomp", "attr", "prt") is not None:
        return False
    named = _is_person(tree, whom) or tree.tokens[whom].text.lower() in _PERSONS
    after, end = whom + 1, len(tree.tokens) - 1
    asked = tree.child(verb, "xcomp")
    # "Called NAME of Ostvik an ‘enemy’": what they are called stands further off.
    said = [tree.tokens[i] for span in mark.content for i in tree.tokens_in(span)]
    if any(t.tag in _QUOTES for t in said) or tree.tokens[min(after, end)].text.lower() == "of":
        return False
    to = asked is None or any(tree.tokens[i].tag == "TO" for i in tree.with_dep(asked, "aux"))
    beside = tree.left[whom] == verb + 1 and after <= end
    return named and to and beside and tree.tokens[after].tag in _ON


def _is_person(tree: Tree, token: int) -> bool:
    if tree.tokens[token].tag == "NN":
        words = load_role_words()
        return tree.tokens[token].lemma in words.people | words.nouns
    return any(n.type == "PERSON" and n.first <= token < n.last for n in tree.annotation.names)


def _knows_better(tree: Tree, verb: int, _mark: TaggedAttribution) -> bool:
    after = [t.text.lower() for t in tree.tokens[verb + 1 : verb + 3]]
    return after == ["better", "than"]


def _considers_this(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether something is thought over: "considers this for a while"; not "considers it a
    mistake".
    """
    thing = tree.child(verb, "dobj")
    if thing is None or thing != verb + 1 or tree.tokens[thing].text.lower() not in _THIS:
        return False
    behind = tree.tokens[min(thing + 1, len(tree.tokens) - 1)]
    begins = bool(mark.content) and mark.content[0][0] == tree.tokens[thing].start
    over = behind.text.lower() == "for" or behind.tag in (".", ",")
    return begins and over and tree.child(verb, *_COMPLEMENTS) is None


def _hears_doing(tree: Tree, verb: int, _mark: TaggedAttribution) -> bool:
    """Say whether somebody is heard or watched at what is no speaking: "heard him moving"."""
    done = tree.child(verb, "ccomp")
    who = None if done is None else tree.child(done, "nsubj")
    if done is None or who is None or tree.tokens[done].tag != "VBG":
        return False
    one = who == verb + 1 and tree.tokens[who].text.lower() in _PERSONS
    return one and tree.tokens[done].lemma not in load_stance_words().verbs


def _compares_things(tree: Tree, verb: int, _mark: TaggedAttribution) -> bool:
    """Say whether things are held against each other, and none likened to another."""
    things = tree.child(verb, "dobj")
    if things is None or things < verb:
        return False
    last = max(tree.right[things], tree.right[verb])
    return not any(t.text.lower() in _AGAINST for t in tree.tokens[verb + 1 : last + 1])


def _fires(tree: Tree, verb: int, _mark: TaggedAttribution) -> bool:
    """Say whether shots or people are fired, and no words: not "fired back", "fired a question"."""
    thing = tree.child(verb, "dobj")
    worded = thing is not None and tree.tokens[thing].lemma in load_stance_words().nouns
    return thing is not None and not worded and tree.child(verb, "prt") is None


def _remembers_whom(tree: Tree, verb: int, _mark: TaggedAttribution) -> bool:
    """Say whether somebody is thought of: "they remember us only at election time"."""
    whom = tree.child(verb, "dobj")
    if whom is None or whom != verb + 1 or tree.tokens[whom].text.lower() not in _PERSONS:
        return False
    told = tree.child(verb, *_COMPLEMENTS, "advcl") is not None
    return not told and not any(tree.tokens[i].text == "as" for i in tree.with_dep(verb, "prep"))


_TESTS: Mapping[str, Callable[[Tree, int, TaggedAttribution], bool]] = {
    "say": _is_connective,
    "call": _is_call,
    "know": _knows_better,
    "consider": _considers_this,
    "hear": _hears_doing,
    "watch": _hears_doing,
    "fire": _fires,
    "remember": _remembers_whom,
    "compare": _compares_things,
}
