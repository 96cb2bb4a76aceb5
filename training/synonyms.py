"""Other cues for the same attributions: rarer words that stand in the same frame.

Newspapers of one country and two years say "said"; others maintain, remark and implore.
"""

from __future__ import annotations

import random
import re

from training.corpus import Article
from training.edits import Edit, apply_edits

# Of the words that can be exchanged, how many are in an article that is chosen.
SHARE = 0.35

# Third person, plain, past, with -ing; a participle that differs from the past is not used.
_SAY = (
    "states state stated stating", "remarks remark remarked remarking",
    "declares declare declared declaring", "maintains maintain maintained maintaining",
    "asserts assert asserted asserting", "contends contend contended contending",
    "observes observe observed observing", "alleges allege alleged alleging",
    "concedes concede conceded conceding", "recounts recount recounted recounting",
    "reiterates reiterate reiterated reiterating", "stresses stress stressed stressing",
    "relates relate related relating", "confirms confirm confirmed confirming",
    "claims claim claimed claiming", "insists insist insisted insisting",
    "admits admit admitted admitting", "reports report reported reporting",
)  # fmt: skip
_TELL = (
    "informs inform informed informing", "assures assure assured assuring",
    "reminds remind reminded reminding", "notifies notify notified notifying",
    "warns warn warned warning", "advises advise advised advising",
)  # fmt: skip
_URGE = (
    "begs beg begged begging", "implores implore implored imploring",
    "orders order ordered ordering", "instructs instruct instructed instructing",
    "presses press pressed pressing", "advises advise advised advising",
    "directs direct directed directing", "exhorts exhort exhorted exhorting",
    "entreats entreat entreated entreating", "warns warn warned warning",
    "pleads-with plead-with pleaded-with pleading-with",
    "appeals-to appeal-to appealed-to appealing-to",
)  # fmt: skip
_PROMISE = (
    "vows vow vowed vowing", "pledges pledge pledged pledging",
    "threatens threaten threatened threatening", "offers offer offered offering",
    "undertakes undertake undertook undertaking", "volunteers volunteer volunteered volunteering",
)  # fmt: skip
_SAYING = "says say said saying"
_ASKING = (
    "urges urge urged urging", "asks ask asked asking", "tells tell told telling",
    "calls-on call-on called-on calling-on", "encourages encourage encouraged encouraging",
)  # fmt: skip
_PROMISING = ("promises promise promised promising", "pledges pledge pledged pledging")
_WORD = re.compile(r"\w+")


def _pair(first: tuple[str, ...], others: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return for each form of the first words the same form of the others."""
    table = [[form.replace("-", " ") for form in row.split()] for row in others]
    return {
        form.replace("-", " "): tuple(row[place] for row in table)
        for words in first
        for place, form in enumerate(words.split())
    }


_CLAUSES = _pair((_SAYING,), _SAY)
_TOLD = _pair(("tells tell told telling",), _TELL)
_REQUESTS = _pair(_ASKING, _URGE)
_PROMISES = _pair(_PROMISING, _PROMISE)


def exchange_cues(article: Article, chance: random.Random) -> Article:
    """Return the article with rarer words for some cues of one verb: for "said" before a clause
    or beside a quotation, "told" before "that", "urged … to", "promised to".
    """
    text = article.text
    edits = []
    for example in article.examples:
        _, cue, content = example.spans
        if len(cue) != 1 or not content or chance.random() > SHARE:
            continue
        start, end = cue[0]
        words = text[start:end].lower()
        behind = [w.group() for w in _WORD.finditer(text, end, end + 60)][:5]
        follows = content[0][0] >= end
        table = None
        if follows and "to" in behind and "that" not in behind:
            table = _PROMISES if behind[0] == "to" else _REQUESTS
        elif follows and words in _TOLD and "that" in behind:
            table = _TOLD
        elif words in _CLAUSES and (not follows or content[0][0] - end < 3):
            table = _CLAUSES
        if table is not None and words in table:
            edits.append(Edit(start, end, chance.choice(table[words])))
    return apply_edits(article, edits)[0]
