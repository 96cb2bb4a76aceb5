"""What a cue does with its content: its stance, and whether it is negated or hypothetical.

The stances and what the two flags mean are defined in docs/stances.md. Only the spans of source,
cue and content and the parse are read, so an attribution may come from rules or from a model. The
order: find the word that takes the content (the anchor), ask the tables for its stance in this
frame, then look at what stands around it (`stance_flags`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.assertedness import Anchor
from sayso.extract.stance_clauses import find_clause_frames, is_of_speaker
from sayso.extract.stance_cue import Cue
from sayso.extract.stance_felt import find_felt, is_plea
from sayso.extract.stance_flags import find_flags, is_prohibition
from sayso.extract.stance_forms import find_form, find_head, is_sentence
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree
from sayso.records.span import Fragments

# A cue is a few words; of a hostile one the rest is not looked at.
MAX_CUE_TOKENS = 40
MAX_STEPS = 12
# Forms of content that put something into words.
_WORDED = ("quote", "clause", "question", "ought")
_ENDINGS = ("s", "d", "ed", "es", "ing")
_LOOSE = ("acl", "relcl", "pcomp", "advcl")


@dataclass(frozen=True, slots=True)
class Stance:
    """What a cue does with its content; stance is one of `sayso.records.statement.STANCES`."""

    stance: str
    negated: bool
    hypothetical: bool


def find_stance(
    tree: Tree, source: Fragments | None, cue: Fragments | None, content: Fragments
) -> Stance:
    """Return the stance of one attribution. Without a cue it is `says`; with a mere mark too, but
    for what ends as a question.
    """
    inside = _tokens(tree, content, MAX_CUE_TOKENS * 5)
    outside = set(inside)
    speaker = _tokens(tree, source, MAX_CUE_TOKENS)
    tokens = tuple(i for i in _tokens(tree, cue, MAX_CUE_TOKENS) if i not in outside)
    if not any(c.isalpha() for i in tokens for c in tree.tokens[i].text):
        asks = cue is not None and content.text.rstrip("”\"’'»").endswith("?")
        return Stance("asks" if asks else "says", negated=False, hypothetical=False)
    root = find_head(tree, inside)
    form = find_form(tree, inside, content.text)
    read = Cue(tree, load_stance_words(), tokens, speaker, inside, form, root)
    anchor = _find_anchor(read)
    stance = _find_stance(read, anchor)
    part = _find_own_no(read, anchor)
    tokens = tuple(i for i in tokens if i not in part)
    at = Anchor(tree, read.words, tokens, speaker, frozenset(inside) | part, anchor)
    negated, hypothetical = find_flags(at, stance, inside)
    if negated and stance == "supports" and is_prohibition(at):
        return Stance("opposes", negated=False, hypothetical=hypothetical)
    refused = read.lemma(anchor) in read.words.refusing and stance == "says"
    return Stance(stance, negated or refused, hypothetical)


def _tokens(tree: Tree, part: Fragments | None, limit: int) -> tuple[int, ...]:
    if part is None:
        return ()
    found: list[int] = []
    for start, end in part.spans:
        first = tree.token_at(start)
        for i in range(first, min(len(tree.tokens), first + limit)):
            if tree.tokens[i].start >= end:
                break
            if tree.tokens[i].end > start:
                found.append(i)
    return tuple(dict.fromkeys(found[:limit]))


def _find_anchor(cue: Cue) -> int:
    verbs = [i for i in cue.tokens if _is_verb(cue, i)]
    nouns = [i for i in cue.tokens if _is_noun(cue, i) and cue.lemma(i) in cue.words.nouns]
    light = cue.words.carriers | cue.words.joining
    heavy = [i for i in verbs if cue.lemma(i) not in light or _find_phrase(cue, i)]
    heavy = [i for i in heavy if not _is_refusal(cue, i, verbs) and _is_known(cue, i)]
    for candidates in (heavy, nouns):
        if candidates:
            return _choose(cue, candidates)
    described = [i for i in cue.tokens if cue.lemma(i) in cue.words.adjectives]
    # "Warns Against" of a headline, both of them names to the parser.
    described = [i for i in described if cue.tag(i) != "NNP" or not _is_opener(cue, i)]
    if described and not any(_takes_content(cue, i) for i in verbs):
        return described[-1]
    rest = [i for i in verbs if not _is_refusal(cue, i, verbs)] or verbs or described
    if rest:
        return _choose(cue, rest)
    known = [i for i in cue.tokens if _look_up(cue, i) is not None]
    full = [i for i in known if not _is_opener(cue, i)]
    return (full or known or cue.tokens)[-1]


def _is_opener(cue: Cue, at: int) -> bool:
    return cue.tree.tokens[at].text.lower() in cue.words.openers


def _is_known(cue: Cue, at: int) -> bool:
    if cue.lemma(at) in cue.words.frames or _find_phrase(cue, at) is not None:
        return True
    return _look_up(cue, at) not in (None, "other")


def _choose(cue: Cue, candidates: Sequence[int]) -> int:
    """Return the candidate that the content hangs on, else the last that no other one holds."""
    at, allowed = cue.root, set(candidates)
    for _ in range(MAX_STEPS):
        if at is None:
            break
        at = cue.tree.tokens[at].head
        if at in allowed:
            return _wish(cue, at)
    loose = [i for i in candidates if not _is_loose(cue, i, allowed)]
    return _wish(cue, (loose or candidates)[-1])


def _wish(cue: Cue, at: int) -> int:
    # "would like to see": what is wanted, not what is seen.
    head = cue.tree.tokens[at].head
    seen = cue.words.verbs.get(cue.lemma(at)) in ("finds", "other", None)
    if seen and head in cue.tokens and cue.tree.tokens[at].dep in ("xcomp", "ccomp"):
        wanted = _look_up(cue, head) == "wants" or cue.lemma(head) == "like"
        return head if wanted else at
    return at


def _is_loose(cue: Cue, at: int, others: set[int]) -> bool:
    # A word inside a modifier of another candidate: "said in a statement released on Friday".
    modifier = False
    for _ in range(MAX_STEPS):
        token = cue.tree.tokens[at]
        modifier = modifier or token.dep in _LOOSE
        if token.head == at:
            return False
        at = token.head
        if at in others:
            return modifier
    return False


def _is_verb(cue: Cue, at: int) -> bool:
    token = cue.tree.tokens[at]
    return (
        token.tag.startswith("VB")
        and token.dep not in ("aux", "auxpass", "neg", "amod", "compound")
        and token.lemma not in ("be", "have", "do")
        and token.text[0] not in "'’"
        and token.text.lower() not in ("regarding", "concerning")
    )


def _is_noun(cue: Cue, at: int) -> bool:
    return cue.tag(at).startswith("NN")


def _takes_content(cue: Cue, at: int) -> bool:
    return cue.root is not None and cue.tree.tokens[cue.root].head == at


def _is_refusal(cue: Cue, at: int, verbs: Sequence[int]) -> bool:
    """Say whether a verb refuses the next one: "declined to comment"."""
    if cue.lemma(at) not in cue.words.refusing:
        return False
    return any(
        i > at and i in cue.tree.children[at] and cue.tree.tokens[i].dep in ("xcomp", "ccomp")
        for i in verbs
    )


def _find_stance(cue: Cue, anchor: int) -> str:
    lemma = cue.lemma(anchor)
    phrase = _find_phrase(cue, anchor)
    frames = cue.words.frames.get(lemma)
    if frames is not None:
        for frame in _frames(cue, anchor):
            if frame in frames and (phrase is None or frame != "phrase"):
                return frames[frame]
    if phrase is not None:
        return phrase
    felt = find_felt(cue, lemma)
    if felt is not None:
        return felt
    if _is_polite(cue, anchor):
        return "wants"
    stance = _look_up(cue, anchor)
    if stance not in (None, "other"):
        return stance
    # "She laughs. “…”": what goes with a sentence in quotation marks is how it is said.
    spoken = cue.form == "quote" and cue.root is not None and is_sentence(cue.tree, cue.root)
    return "says" if spoken or (stance is None and cue.form in _WORDED) else "other"


def _is_polite(cue: Cue, anchor: int) -> bool:
    would = any(cue.tree.tokens[i].text.lower() in ("would", "'d", "’d") for i in cue.tokens)
    return would and cue.lemma(anchor) in cue.words.polite


def _look_up(cue: Cue, at: int) -> str | None:
    tag, words = cue.tag(at), cue.words
    lemma, text = cue.lemma(at), cue.tree.tokens[at].text.lower()
    order: tuple[Mapping[str, str], ...]
    if tag.startswith("NN"):
        order = (words.nouns, words.verbs, words.adjectives)
    elif tag.startswith("VB"):
        order = (words.verbs, words.adjectives, words.nouns)
    elif tag.startswith(("JJ", "RB")):
        order = (words.adjectives, words.verbs, words.nouns)
    else:
        order = () if tag == "IN" else (words.verbs, words.nouns)
    # Words of a headline keep their endings where the tagger takes them for names.
    bare = [text.removesuffix(end) for end in _ENDINGS] if tag.startswith("NNP") else []
    for table in order:
        for word in (lemma, text, *bare):
            if word in table:
                return table[word]
    return _look_up_opener(cue, at)


def _look_up_opener(cue: Cue, at: int) -> str | None:
    # "about", "on" behind words that no table holds; "according to" and "to" on their own.
    stance = cue.words.openers.get(cue.tree.tokens[at].text.lower())
    alone = not any(cue.tag(i)[:2] in ("NN", "JJ") or _is_verb(cue, i) for i in cue.tokens)
    return stance if alone or stance == "mentions" else None


def _find_phrase(cue: Cue, at: int) -> str | None:
    entries = cue.words.phrases.get(cue.lemma(at))
    if entries is None:
        return None
    beside = set(_beside(cue, at))
    return next((stance for words, stance in entries if words <= beside), None)


def _beside(cue: Cue, at: int) -> Iterator[str]:
    # The other words of the cue behind the verb, and its prepositions that lead into the content.
    for i in cue.tokens:
        if i > at:
            yield cue.lemma(i)
    content = set(cue.content)
    for i in cue.tree.children[at]:
        dep = cue.tree.tokens[i].dep
        leads = dep in ("prep", "dative", "agent") and content & {i, *cue.tree.children[i]}
        if leads or (dep in ("prt", "dobj") and i > at):
            yield cue.lemma(i)
        if dep in ("acomp", "oprd") and i > at:
            yield cue.lemma(i)
            yield from (cue.lemma(n) for n in _find_no_before(cue, at, i))
    yield from (cue.lemma(i) for i in _find_led(cue, cue.tree.child(at, "agent")))


def _find_led(cue: Cue, agent: int | None) -> list[int]:
    # "was questioned by police over the fire": the preposition is parsed as one of the police.
    doer = None if agent is None else cue.tree.child(agent, "pobj")
    if doer is None:
        return []
    content = set(cue.content)
    led = cue.tree.with_dep(doer, "prep")
    return [i for i in led if content & {i, *cue.tree.children[i]}]


def _find_no_before(cue: Cue, at: int, described: int) -> list[int]:
    """Return what denies an adjective behind a verb: "not" of "pleaded not guilty"."""
    return [i for i in range(at + 1, described) if cue.tree.tokens[i].dep == "neg"]


def _find_own_no(cue: Cue, at: int) -> frozenset[int]:
    """Return the "not" that is part of a phrase of the tables, and so no denial of the cue."""
    if not any("not" in words for words, _ in cue.words.phrases.get(cue.lemma(at), ())):
        return frozenset()
    described = list(cue.tree.with_dep(at, "acomp", "oprd"))
    return frozenset(n for i in described for n in _find_no_before(cue, at, i))


def _frames(cue: Cue, anchor: int) -> Iterator[str]:
    """Yield the names of the frames that hold, the one that says most first."""
    words, tokens = cue.words, cue.tree.tokens
    head = find_head(cue.tree, cue.source)
    unheard = head is None and not is_of_speaker(cue.tree, anchor)
    thing = unheard or (head is not None and tokens[head].lemma in words.things)
    yield from find_clause_frames(cue.tree, anchor, head, cue.root, cue.form)
    if cue.root is not None:
        if tokens[_find_object(cue, cue.root)].lemma in words.claims:
            yield "claim"
        if cue.form == "phrase" and tokens[cue.root].lemma in words.told:
            yield "told"
        if cue.form == "infinitive" and _is_speaking(cue, cue.root):
            yield "speaking"
        if cue.form == "quote" and is_sentence(cue.tree, cue.root):
            yield "sentence"
    if thing:
        yield "thing"
    if is_plea(cue):
        yield "ought"
    if _is_of_person(cue, anchor):
        yield "whom"
    if cue.form == "question" and cue.tree.tokens[cue.content[0]].text.lower() == "whether":
        yield "whether"
    yield cue.form
    if _takes_infinitive(cue, anchor):
        yield "infinitive"
    if any(word == "as" for word in _beside(cue, anchor)) or _opens_as(cue):
        yield "as"
    if not thing:
        yield "person"


def _takes_infinitive(cue: Cue, anchor: int) -> bool:
    """Say whether an infinitive of the content hangs on the verb, whoever stands before it."""
    tree, content = cue.tree, set(cue.content)
    opened = bool(cue.content) and cue.content[0] > anchor
    that = opened and tree.tokens[cue.content[0]].text.lower() == "that"
    if cue.form == "quote" or that or (opened and cue.form == "question"):
        return False
    below = [i for i in tree.with_dep(anchor, "xcomp", "ccomp") if i in content]
    return any(tree.tokens[n].tag == "TO" for i in below for n in tree.with_dep(i, "aux"))


def _is_of_person(cue: Cue, anchor: int) -> bool:
    """Say whether a verb is done to a person, by a pronoun or by two words of a name."""
    tree = cue.tree
    whom = tree.child(anchor, "dobj", "nsubjpass")
    if whom is None:
        return False
    token = tree.tokens[whom]
    if token.tag == "PRP":
        return token.lemma != "it"
    return token.tag == "NNP" and tree.child(whom, "compound") is not None


def _find_object(cue: Cue, root: int) -> int:
    """Return the noun that takes the cue's verb: behind "as false" in "as false a report", however
    it is parsed; else the root of the content.
    """
    if cue.tree.tokens[root].lemma != "as":
        return root
    objects = set(cue.tree.with_dep(cue.tree.tokens[root].head, "dobj")) & set(cue.content)
    named = list(cue.tree.with_dep(root, "pobj"))[1:]
    return next(iter([*named, *sorted(i for i in objects if i > root)]), root)


def _is_speaking(cue: Cue, verb: int) -> bool:
    """Say whether an infinitive is one of words: "to comment", "to give a reason"."""
    if cue.lemma(verb) in cue.words.speaking:
        return True
    given = cue.tree.child(verb, "dobj")
    if cue.lemma(verb) not in cue.words.carriers or given is None:
        return False
    told = cue.lemma(given) in cue.words.told
    return told or cue.words.nouns.get(cue.lemma(given)) in ("says", "mentions")


def _opens_as(cue: Cue) -> bool:
    return bool(cue.content) and cue.tree.tokens[cue.content[0]].lemma == "as"
