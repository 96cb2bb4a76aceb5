"""The words of a saying that tell what it is about, as numbers: what two that say the same share.

Numbers are left out, so that two counts of one thing meet; so are words that stand in every text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

# Of a text; what has more says several things.
MAX_WORDS = 24
# A text with fewer says too little to be told from another ("we will win").
LEAST_WORDS = 4

_WORD = re.compile(r"[^\W\d_]{2,40}")
# Endings that tell no word from another.
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|s)\Z")
_FREQUENT = re.compile(
    "about|after|again|all|also|am|an|and|any|are|as|at|be|because|been|before|being|but|by"
    "|can|could|did|do|does|doing|don|down|during|each|even|for|from|get|go|going|got|had|has"
    "|have|having|he|her|here|hers|him|his|how|if|in|into|is|isn|it|its|just|know|let|like|ll"
    "|made|make|many|may|me|might|more|most|much|must|my|no|nor|not|now|of|off|on|one|only|or"
    "|other|our|out|over|own|re|really|said|same|say|saying|says|she|should|so|some|such|than"
    "|that|the|their|them|then|there|these|they|thing|things|think|this|those|through|to|told"
    "|too|under|until|up|us|ve|very|want|was|wasn|way|we|well|were|what|when|where|which"
    "|while|who|whom|why|will|with|won|would|you|your"
)
# What a text of the first person says depends on who says it; what "he" or "it" says, on what
# stands before it.
FIRST_PERSON, OPENS_WITH_PRONOUN = 1, 2
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm](?:e|y|ine|yself)|[Ww]e|us|[Oo]urs?|[Oo]urselves)\b")
_PRONOUN = re.compile(
    r"(?:and |but |because |when |if )?"
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their)\b",
    re.IGNORECASE,
)
_OUTER = " \t\n\r\"'“”‘’«»„.,;:–—-"
_LEADING = re.compile(r"that\s+", re.IGNORECASE)


def clean_saying(text: str) -> str:
    """Return a text without a leading "that" and without quotation marks and punctuation around it:
    what is quoted and what is told are one text."""
    text = text.strip(_OUTER)
    return _LEADING.sub("", text, count=1).strip(_OUTER) if _LEADING.match(text) else text


def list_telling(text: str) -> list[int]:
    """Return the telling words of a text as numbers of 32 bits, each once, in order, MAX_WORDS at
    most."""
    found: dict[int, None] = {}
    for match in _WORD.finditer(text):
        number = _number(match.group())
        if number is not None:
            found[number] = None
            if len(found) == MAX_WORDS:
                break
    return list(found)


def flag_person(text: str) -> int:
    """Return whose words a text may be: FIRST_PERSON, OPENS_WITH_PRONOUN, both or 0."""
    first = FIRST_PERSON if _FIRST_PERSON.search(text) else 0
    return first | (OPENS_WITH_PRONOUN if _PRONOUN.match(text) else 0)


@lru_cache(100_000)
def _number(word: str) -> int | None:
    word = word.lower()
    if _FREQUENT.fullmatch(word):
        return None
    return crc32(_ENDING.sub("", word).encode("utf-8", "surrogatepass"))
