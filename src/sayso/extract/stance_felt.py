"""What is felt, expressed, offered or pleaded for: the word behind the verb has the stance."""

from __future__ import annotations

from sayso.extract.stance_cue import Cue
from sayso.extract.stance_forms import find_head

# What is felt, or offered, is what the word behind it says: "feels proud", "offered support".
_FEELING, _OFFERING = ("feel",), ("offer", "lend", "give")
_OFFERED = ("supports", "praises", "condemns", "admits")
# What a noun behind "expressed" can stand for that is more than words.
_FELT = ("praises", "condemns", "fears", "supports", "opposes", "wants", "denies", "admits")


def find_felt(cue: Cue, lemma: str) -> str | None:
    """Return the stance of what is expressed, felt or offered, or of the opinion in which somebody
    holds it.
    """
    root = cue.root
    if root is not None and lemma in _FEELING and cue.form == "phrase":
        text = cue.tree.tokens[root].text.lower()
        return cue.words.adjectives.get(cue.lemma(root), cue.words.adjectives.get(text))
    if root is not None and lemma in _OFFERING and cue.tag(root).startswith("NN"):
        offered = cue.words.nouns.get(cue.lemma(root))
        return offered if offered in _OFFERED else None
    voiced = cue.root if lemma in cue.words.voicing else None
    held = find_head(cue.tree, cue.source) if lemma == "in" else None
    stances = ("believes",) if voiced is None else _FELT
    at = held if voiced is None else voiced
    if at is None or not cue.tag(at).startswith("NN"):
        return None
    stance = cue.words.nouns.get(cue.lemma(at))
    return stance if stance in stances else None


def is_plea(cue: Cue) -> bool:
    """Say whether the content asks for something and is no question: "people, please, stay"."""
    words = [cue.tree.tokens[i].text.lower() for i in cue.content]
    return "please" in words and "?" not in words
