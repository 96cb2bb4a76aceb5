"""Numbers that are no figures: years and dates, clock times, scores, names, labels, pronouns.

Each rule looks at a bounded stretch of text or at one token and its head, so all stay linear.
"""

from __future__ import annotations

import re

from sayso.extract.bounds import Bounded
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_measures

_CLOCK_AFTER = re.compile(
    r"(?::[0-9]{2}|\.[0-9]{2})?[ \u00a0]?(?:[ap]\.?m\b|o['’]clock|GMT|UTC|EST|EDT|BST|CET|hrs\b|"
    r"noon|midnight|in the (?:morning|afternoon|evening))",
    re.IGNORECASE,
)
_GLUED_BEFORE = re.compile(
    r"(?:[0-9][.,:/–-]|[A-Za-z][A-Za-z0-9]*[-‑/_.]|[A-Za-z0-9]\+|[#@_=&?/:]|[.:]{2})$"
)
_GLUED_AFTER = re.compile(r"(?:[:/][0-9]|[-–][0-9]|[.,][0-9]|[_@&=]|/[A-Za-z]|['’]s\b)")
_ADDRESS = re.compile(r"(?:://|www\.|@|\.(?:com|org|net|html?|php)\b)")
_LIST_ITEM = re.compile(r"[.)][ \u00a0]")
_SHORT_NAME = re.compile(
    r"(?:^|[\s(“\"‘'])(?:(?:No|Nos|no|nos|pp|p|Art|Sec|Ch|Vol|vol|Fig|fig|para)\.? ?|"
    r"(?:ID|Tel|Phone|Fax|Ref|Code|Zip|ISBN|ISSN)\.?:? ?)$"
)
_LABEL = re.compile(r"([A-Za-z][\w'’.#-]*)[ \u00a0]$")
_DAY_AFTER = re.compile(r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
# "Show Caption 4 of 31 Photos": where one stands in a gallery.
_GALLERY_BEFORE = re.compile(r"\b[0-9]{1,3} of $")
_GALLERY_AFTER = re.compile(r"(?: of [0-9]{1,3})? (?:Photos|Images|Pictures|Slides)\b")
_SCORE_BEFORE = re.compile(
    r"\b(?:won|win|wins|lost|lose|loses|beat|beats|lead|leads|led|draw|drew|score|scored|trailed|tied|"
    r"went|at|a|by|of|the|to)[ ]$",
    re.IGNORECASE,
)


def is_figure(tree: Tree, bounded: Bounded, token: int) -> bool:
    """Say whether a number counts or measures something.

    token: the number's main token. Numbers of dates have been left out before.
    """
    number = bounded.number
    if number.form in ("vague", "share") or number.suffix == "fold":
        return True
    if number.form == "words":
        return _is_counting_word(tree, bounded, token)
    return bool(number.currency) or _are_counting_digits(tree, bounded, token)


def _are_counting_digits(tree: Tree, b: Bounded, token: int) -> bool:
    text, suffix = tree.annotation.text, b.number.suffix
    if _is_glued(text, b) or _is_clock(text, b) or (suffix and not _has_known_suffix(suffix)):
        return False
    if b.bound == "range":
        return not _is_score(text, b)
    if _is_of_gallery(tree, b, token):
        return False
    return not (_is_list_item(text, b) or _is_yearlike(tree, b, token) or _is_label(tree, b, token))


def _has_known_suffix(suffix: str) -> bool:
    words, lower = load_measures(), suffix.lower()
    known = suffix in words.symbols
    return known or (len(suffix) > 1 and (lower in words.units or lower in words.symbols))


def _is_glued(text: str, b: Bounded) -> bool:
    """Say whether the digits are part of a code, an address, a score or a ratio."""
    before = text[max(0, b.core_start - 12) : b.core_start]
    after = text[b.core_end : b.core_end + 3]
    if _GLUED_AFTER.match(after):
        return True
    if before and not before[-1].isspace():
        if _GLUED_BEFORE.search(before) and not re.search(
            r"\b(?:sub|plus|mid|to|pre|post|now|then|year|under|over|nearly|about)-$", before, re.I
        ):
            return True
        if before[-1] in "'’" and before[-2:-1].isalnum():
            return True
    chunk = text[max(0, b.core_start - 60) : b.core_start].rpartition(" ")[2]
    chunk += text[b.core_end : b.core_end + 60].partition(" ")[0]
    return len(chunk) > 4 and _ADDRESS.search(chunk) is not None


def _is_of_gallery(tree: Tree, b: Bounded, token: int) -> bool:
    """Say whether a number below a headline is one of "4 of 31 Photos"."""
    text = tree.annotation.text
    behind = _GALLERY_AFTER.match(text, b.core_end, b.core_end + 20)
    first, last = tree.annotation.title
    if behind is None or first <= token < last:
        return False
    before = _GALLERY_BEFORE.search(text, max(0, b.core_start - 8), b.core_start)
    return before is not None or behind[0].startswith(" of ")


def _is_clock(text: str, b: Bounded) -> bool:
    if b.bound != "range" and b.number.value is not None and b.number.value > 2400:
        return False
    return _CLOCK_AFTER.match(text, b.core_end, b.core_end + 24) is not None


def _is_list_item(text: str, b: Bounded) -> bool:
    if _LIST_ITEM.match(text, b.core_end) is None:
        return False
    line = text[max(0, b.core_start - 3) : b.core_start]
    if not line.strip(" (") or line.endswith(("\n", "\n ")):
        return True
    # "… in mind. 1. The shooting": an item inside running text opens its own sentence.
    follows = text[b.core_end + 2 : b.core_end + 3].isupper()
    return follows and line.endswith((". ", ": ", "; ")) and b.bound == "exact"


def _is_score(text: str, b: Bounded) -> bool:
    """Say whether "3-5" is the score of a game or a vote, nothing counted after."""
    gap = text[b.number.start : b.core_end]
    if " " in gap or b.hi is None or b.lo is None or b.number.currency or b.number.suffix:
        return False
    after = re.compile(r"[ -]?(?:%|([A-Za-z]+))").match(text, b.core_end, b.core_end + 20)
    word = after[1] if after is not None else None
    if after is not None and (word is None or word.lower() in load_measures().units):
        return False
    if word in ("win", "victory", "defeat", "loss", "lead", "draw", "vote", "majority", "record"):
        return True
    if b.hi > 150:
        return False
    before = text[max(0, b.core_start - 10) : b.core_start]
    return _SCORE_BEFORE.search(before) is not None and not (word and word.endswith("s"))


def _is_yearlike(tree: Tree, b: Bounded, token: int) -> bool:
    """Say whether four bare digits are the year of something though no date was read from them."""
    value, plain = b.number.value, b.number.plain
    if len(plain) != 4 or value is None or not 1900 <= value <= 2099 or str(value) != plain:
        return False
    if b.bound != "exact" or b.number.suffix:
        return False
    following = token + 1
    if following >= len(tree.tokens) or tree.sentence[following] != tree.sentence[token]:
        return True
    word = tree.tokens[following]
    words = load_measures()
    counted = word.lemma in words.people and (word.tag == "NNS" or word.text == "people")
    if counted or word.text.lower() in words.units or word.text == "%":
        return False
    return not (value % 100 == 0 and word.tag == "NNS")


def _is_label(tree: Tree, b: Bounded, token: int) -> bool:
    """Say whether the number is the end of a name or a label ("Boeing 737", "page 12")."""
    if b.bound_start is not None or b.number.suffix:
        return False
    text, tokens = tree.annotation.text, tree.tokens
    before = text[max(0, b.start - 24) : b.start]
    if _SHORT_NAME.search(before):
        return True
    match = _LABEL.search(before)
    previous = token - 1
    if match is None or previous < 0 or tokens[previous].end > b.core_start:
        return False
    word = match[1].rstrip(".")
    numbered = load_measures().numbered
    counted = _counted_after(tree, token)
    if word.lower() in numbered or match[1].lower() in numbered:
        return word[0].isupper() or not counted
    if text[b.core_end : b.core_end + 1] in ("%", "-") or counted:
        return False
    return word[0].isupper() and tokens[previous].tag in ("NNP", "NNPS")


def _counted_after(tree: Tree, token: int) -> bool:
    """Say whether a plural or a unit follows that the number may count."""
    tokens, units = tree.tokens, load_measures().units
    for following in range(token + 1, min(token + 4, len(tokens))):
        if tree.sentence[following] != tree.sentence[token]:
            return False
        word = tokens[following]
        if word.tag == "NNS" or (following == token + 1 and word.text.lower() in units):
            return True
        if word.lemma in load_measures().people and word.tag == "NN":
            return True
        if word.tag not in ("JJ", "NN", "VBN"):
            return False
    return False


def _is_counting_word(tree: Tree, b: Bounded, token: int) -> bool:
    """Say whether a number in words counts: not "no one", "Group of Seven", "ground zero"."""
    text, word = tree.annotation.text, tree.tokens[token].text
    joined = text[b.core_start - 1 : b.core_start] in ("-", "‑") and b.core_start > 1
    if joined and text[b.core_start - 2].isalpha():
        return False
    if text[b.core_end : b.core_end + 2] in ("'s", "’s"):
        return False
    if _DAY_AFTER.match(text, b.core_end):
        return False  # "aboard River Force One Sunday", "one Sunday in May"
    if b.number.shape in ("one", "zero"):
        return b.bound != "exact" or _is_counting_one(tree, b, token)
    return not word[:1].isupper() or word.isupper() or not _is_capitalised_name(tree, token)


def _is_capitalised_name(tree: Tree, token: int) -> bool:
    first, last = tree.annotation.title
    if first <= token < last or tree.opens_sentence(token):
        return False
    previous = tree.tokens[token - 1]
    return previous.text[:1].isalnum() and previous.tag not in (":", "HYPH")


def _is_counting_one(tree: Tree, b: Bounded, token: int) -> bool:
    """Say whether a bare "one" or "zero" counts what follows ("one guard", "one missing")."""
    tokens, words = tree.tokens, load_measures()
    following = token + 1
    if following >= len(tokens) or tree.sentence[following] != tree.sentence[token]:
        return False
    after = tokens[following].text.lower()
    if after in words.skipped:
        return False
    if after in words.units:
        return True
    previous = tokens[token - 1].text.lower() if token else ""
    hyphened = tree.annotation.text[b.core_end : b.core_end + 1] in ("-", "‑")
    if hyphened or previous in words.before_pronoun:
        return False
    if after in words.predicates:
        return True
    head = tokens[token].head
    modifies = tokens[token].dep in ("nummod", "compound") and head > token
    return modifies and tokens[head].tag in ("NN", "NNS", "NNP")
