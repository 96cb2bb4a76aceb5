"""Sentences composed for training: somebody says, quotes or rejects what a sentence says.

The corpus does not annotate attributions inside attributions. Here a sentence of it, in which
somebody may say something, becomes what somebody else says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.records.span import Span
from training.corpus import Article, Example
from training.edits import Edit, apply_edits

_LOWERED_LIST = """
    the a an he she it they we his her its their this that these those some many most several
    few one two three all both no in on at for after before when while as if there about more
    officials police people critics experts analysts
"""
LOWERED = frozenset(_LOWERED_LIST.split())
# Words that begin a sentence in capitals only because they begin it.
PRONOUNS = frozenset(["He", "She", "They", "It", "I", "We", "You"])
_OWN_NOTHING = PRONOUNS | {"Who", "Which", "That"}
# Of the sentences with a noun for what is claimed, those in which nobody speaks of the claim.
UNSAID = 0.35
SHIFTED = 0.6

_CUES_BEFORE = (
    ("said", 6), ("said that", 4), ("says", 2), ("reported", 2), ("reported that", 2),
    ("claimed", 2), ("claimed that", 1), ("wrote that", 1), ("told reporters that", 2),
    ("confirmed that", 1), ("acknowledged that", 1), ("insisted", 1), ("noted that", 1),
    ("has said", 1), ("denied that", 1), ("announced that", 1), ("believes", 1), ("thinks", 1),
    ("testified that", 1), ("warned that", 1), ("recalled that", 1), ("added that", 1),
    ("told ADDRESSEE that", 3), ("told ADDRESSEE", 2), ("informed ADDRESSEE that", 1),
)  # fmt: skip
# Cues that "as saying" can stand for.
_SAYING_LIST = """
    said says told claimed claims argued argues insisted insists added adds noted notes explained
    stressed warned acknowledged acknowledges admitted has-said also-said
"""
_SAYING = frozenset(cue.replace("-", " ") for cue in _SAYING_LIST.split())
_ADDRESSEES = (
    "the court", "lawmakers", "the inquiry", "him", "them", "staff", "a crowd of supporters",
    "the agency", "the committee", "a local paper", "her", "colleagues", "the newspaper",
)  # fmt: skip
_REJECTIONS = (
    "rejected", "dismissed", "repeated", "questioned", "denied", "challenged", "defended",
    "brushed aside", "seized on", "was asked about", "disputed", "echoed",
)  # fmt: skip
_ASSERTIONS = (
    "claim", "claim", "allegation", "assertion", "suggestion", "accusation", "contention",
    "warning", "prediction", "report", "reports", "promise", "fears", "belief", "view", "argument",
    "rumours",
)  # fmt: skip
# What is no attribution itself, and may be done with a claim.
_DEEDS = (
    "ignored", "followed", "came after", "overshadowed", "heard of", "read about", "set off",
    "was behind", "prompted", "grew out of", "had nothing to do with", "forgot", "acted on",
    "ended with", "began with", "published", "leaked", "was met by",
)  # fmt: skip
# What somebody said they would do, as a noun.
_UNDERTAKINGS_LIST = """
    promised:promise promises:promise pledged:pledge pledges:pledge vowed:vow vows:vow
    threatened:threat threatens:threat offered:offer offers:offer refused:refusal refuses:refusal
    agreed:agreement decided:decision plans:plan planned:plan demanded:demand demands:demand
    wants:wish wanted:wish hopes:hope hoped:hope proposed:proposal intends:intention
    called-on:call asked:request urged:plea
"""
_UNDERTAKINGS = dict(pair.replace("-", " ").split(":") for pair in _UNDERTAKINGS_LIST.split())
_PAST_LIST = """
    said told thought felt knew:known found heard read wrote:written meant saw:seen spoke:spoken
    swore:sworn held made put took:taken gave:given
"""
_PAST = {first: last or first for first, _, last in (w.partition(":") for w in _PAST_LIST.split())}
_PRESENT = frozenset(["says", "believes", "thinks", "has"])
_CUES_AFTER = ("said", "said", "said", "says", "reported", "told reporters", "wrote", "added")


def let_quote_as_saying(
    article: Article, sentence: Span, example: Example, source: str, chance: random.Random
) -> Article | None:
    """Return the article with "SOURCE quoted X as saying …" or "X was quoted by SOURCE as saying …"
    for a sentence "X said …", None if the sentence is of another form.
    """
    (who, cue, content), (start, end) = example.spans, sentence
    simple = len(who) == len(cue) == len(content) == 1
    if not (simple and who[0][0] == start and who[0][1] < cue[0][0] < cue[0][1] < content[0][0]):
        return None
    if content[0][1] != end - 1 or article.text[slice(*cue[0])].lower() not in _SAYING:
        return None
    verb = chance.choice(("quoted", "quoted", "quotes", "cited", "has quoted"))
    first = article.text[start : who[0][1]]
    lowered = lower_first(first)
    active = chance.random() < 0.6
    if active:
        parts = [(_begin(source), 0), (verb, 1), (lowered, 3), ("as saying", 4)]
    else:
        parts = [(first, 3), ("was quoted", 1), ("by", 9), (source, 0), ("as saying", 4)]
    new = " ".join(words for words, _ in parts) + " "
    others = tuple(e for e in article.examples if e != example)
    edit = Edit(start, content[0][0], new)
    edited, places = apply_edits(replace(article, examples=others), [edit])
    last = places.move(content[0])[1]
    at: dict[int, Span] = {}
    for words, role in parts:
        begin = max((end for _, end in at.values()), default=start - 1) + 1
        at[role] = (begin, begin + len(words))
    inner = Example(((at[3],), (at[4],), ((at[4][1] + 1, last),)))
    content_of_outer = ((at[3][0], last),) if active else (at[3], (at[4][0], last))
    outer = Example(((at[0],), (at[1],), content_of_outer))
    return replace(edited, examples=(*edited.examples, inner, outer))


def let_say(article: Article, sentence: Span, source: str, chance: random.Random) -> Article:
    """Return the article with a source put before or after a sentence, which becomes its content.

    The cue never holds "that" or whom the words were told, as PolNeAR has it.
    """
    start, end = sentence
    shape = chance.random()
    told = chance.choices([c for c, _ in _CUES_BEFORE], [w for _, w in _CUES_BEFORE])[0]
    if shape < 0.55 and told.split()[0] not in _PRESENT and chance.random() < SHIFTED:
        shifted = shift_back(article, sentence)
        end += len(shifted.text) - len(article.text)
        article = shifted
    text = article.text
    word = re.match(r"\w+", text[start:end])
    lowers = word is not None and word.group().lower() in LOWERED
    first = Edit(start, start + 1, text[start].lower() if lowers and shape < 0.85 else text[start])
    if shape < 0.55:
        cue = told.removesuffix(" that").removesuffix(" reporters").removesuffix(" ADDRESSEE")
        words = told.replace("ADDRESSEE", chance.choice(_ADDRESSEES))
        head = f"{_begin(source)} {words} "
        edits = [Edit(start, start, head), first]
        content_from = len(head) - (5 if words.endswith(" that") else 0)
        source_at = (0, len(source))
        cue_at = (len(source) + 1, len(source) + 1 + len(cue))
    elif shape < 0.7:
        head = f"According to {source}, "
        edits = [Edit(start, start, head), first]
        content_from, source_at, cue_at = len(head), (13, 13 + len(source)), (0, 12)
    elif shape < 0.85:
        return _let_quote(article, sentence, source, chance)
    else:
        cue = chance.choice(_CUES_AFTER)
        tail = f", {source} {cue}"
        edited, places = apply_edits(article, [Edit(end - 1, end - 1, tail)])
        begin = places.move((start, end - 1))[0]
        last = end - 1 + begin - start
        spans = (
            ((last + 2, last + 2 + len(source)),),
            (
                (
                    last + 3 + len(source),
                    last + len(tail) if cue != "told reporters" else last + len(tail) - 10,
                ),
            ),
            ((begin, last),),
        )
        return replace(edited, examples=(*edited.examples, Example(spans)))
    edited, places = apply_edits(article, edits)
    begin = start  # nothing before the sentence was edited
    last = places.move((start + 1, end - 1))[1]
    spans = (
        ((begin + source_at[0], begin + source_at[1]),),
        ((begin + cue_at[0], begin + cue_at[1]),),
        ((begin + content_from, last),),
    )
    return replace(edited, examples=(*edited.examples, Example(spans)))


def let_reject(
    article: Article, sentence: Span, sources: Sequence[str], chance: random.Random
) -> Article:
    """Return the article with "SOURCE rejected X's claim that …" for a sentence, or with a deed
    for the rejection, which is then no attribution.
    """
    text, (start, end) = article.text, sentence
    source, whose = _begin(chance.choice(sources)), chance.choice(sources)
    verb = chance.choice(_DEEDS if chance.random() < UNSAID else _REJECTIONS)
    noun = chance.choice(_ASSERTIONS)
    owned = chance.random() < 0.7
    holder = _make_owner(whose) if owned else "the" if chance.random() < 0.8 else "a"
    claim = "that " + lower_first(text[start : end - 1])
    edit = Edit(start, end - 1, f"{source} {verb} {holder} {noun} {claim}")
    edited, _ = apply_edits(article, [edit])
    added = _mark_claim(start, (source, verb, holder, noun, claim), owned=owned)
    return replace(edited, examples=(*edited.examples, *added))


def let_promise(
    article: Article, sentence: Span, example: Example, source: str, chance: random.Random
) -> Article | None:
    """Return the article with "SOURCE rejected X's promise to …" for a sentence that holds
    "X promised to …", the only example in it; None if there is none of that form.
    """
    (who, cue, content), (start, end) = example.spans, sentence
    simple = len(who) == len(cue) == len(content) == 1
    if not (simple and who[0][1] < cue[0][0] < cue[0][1] < content[0][0]):
        return None
    text = article.text
    noun = _UNDERTAKINGS.get(text[slice(*cue[0])].lower())
    holder = text[slice(*who[0])].rstrip(",")
    at = text.find("to ", content[0][0], content[0][0] + 40)
    if noun is None or at < 0 or holder.capitalize() in _OWN_NOTHING:
        return None
    verb = chance.choice(_DEEDS if chance.random() < UNSAID else _REJECTIONS)
    owner = _make_owner(lower_first(holder) if who[0][0] == start else holder)
    words = (_begin(source), verb, owner, noun, text[at : content[0][1]])
    others = tuple(e for e in article.examples if e != example)
    edited, _ = apply_edits(
        replace(article, examples=others), [Edit(start, end - 1, " ".join(words))]
    )
    added = _mark_claim(start, words, owned=True)
    return replace(edited, examples=(*edited.examples, *added))


def _mark_claim(
    start: int, words: tuple[str, str, str, str, str], *, owned: bool
) -> tuple[Example, ...]:
    """Return the examples in "SOURCE VERB HOLDER NOUN CLAIM", which begins at a character: the
    claim's, and before it that of who speaks of it, if the verb is no deed. owned: the holder says
    whose claim it is.
    """
    spans: list[Span] = []
    for part in words:
        begin = spans[-1][1] + 1 if spans else start
        spans.append((begin, begin + len(part)))
    source, verb, holder, noun, claim = spans
    inner = Example(((holder,) if owned else (), (noun,), (claim,)))
    outer = Example(((source,), (verb,), ((holder[0], claim[1]),)))
    return (inner,) if words[1] in _DEEDS else (outer, inner)


def _make_owner(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


def lower_first(words: str) -> str:
    """Return some words as they stand within a sentence, if the first has a capital only because
    it begins one.
    """
    first = words.split(maxsplit=1)[0]
    return words[0].lower() + words[1:] if first.lower() in LOWERED else words


def shift_back(article: Article, sentence: Span) -> Article:
    """Return the article with the cues of a sentence as they stand behind "said that": "had said"
    for "said".
    """
    edits = []
    for example in article.examples:
        start, end = example.spans[1][0]
        word = article.text[start:end]
        past = _PAST.get(word) or (word if re.fullmatch("[a-z]+ed", word) else None)
        if past is not None and sentence[0] <= start and end <= sentence[1]:
            edits.append(Edit(start, end, f"had {past}"))
    return apply_edits(article, edits)[0]


def _let_quote(article: Article, sentence: Span, source: str, chance: random.Random) -> Article:
    start, end = sentence
    cue = chance.choice(("said", "said", "says", "wrote", "told reporters"))
    opened, tail = "“", f",” {source} {cue}"
    edited, _ = apply_edits(article, [Edit(start, start, opened), Edit(end - 1, end - 1, tail)])
    last = end + len(opened) - 1 + 2
    cue_length = len(cue.removesuffix(" reporters"))
    spans = (
        ((last + 1, last + 1 + len(source)),),
        ((last + 2 + len(source), last + 2 + len(source) + cue_length),),
        ((start, last),),
    )
    return replace(edited, examples=(*edited.examples, Example(spans)))


def _begin(words: str) -> str:
    return words[0].upper() + words[1:]
