"""What a sentence says, taken apart along its tree: words with their roles, what is denied, what is
only to come or possible, names, figures and days.

A passive's subject is what the verb is done to, its "by" who does it; "failed to", "refused to" and
"no one" deny what follows. Everything is read off the tree of one sentence, each token looked at a
bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from sayso.extract.dates import find_dates
from sayso.extract.denials import (
    NEGATIONS,
    denies,
    find_denied,
    find_failing,
    find_limits,
    read_limit,
)
from sayso.extract.figures import find_figures
from sayso.extract.shares import FOUND_BY as SHARES
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.figure import DateMention, Figure
from sayso.records.proposition import Day, Numeral, Proposition, Quantity, Word
from sayso.records.report import Published
from sayso.records.span import Span

# Heads that are climbed from a word to the verb of its clause.
MAX_STEPS = 16
# Clauses in clauses that are told apart; deeper ones count as this deep.
MAX_DEPTH = 3

_VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_NOUNS = ("NN", "NNS")
_NAMES = ("NNP", "NNPS")
_OTHERS = ("JJ", "JJR", "JJS", "RB", "RBR", "RBS", "RP")
_SUBJECTS = ("nsubj", "csubj")
_OBJECTS = ("dobj", "nsubjpass", "csubjpass", "attr", "acomp", "oprd", "dative")
# What is said of a subject or an object by a word of its own: "is open", "found him guilty".
_TOLD = ("acomp", "oprd", "ccomp")
# Clauses: what a verb is to the one above it.
_CLAUSES = (
    "ROOT",
    "ccomp",
    "xcomp",
    "advcl",
    "relcl",
    "acl",
    "pcomp",
    "conj",
    "parataxis",
    "csubj",
)
_LIGHT = frozenset(("be", "have", "do", "get", "make", "take", "give", "go"))
_MODALS = {
    "will": "future", "shall": "future", "wo": "future", "'ll": "future", "going": "future",
    "may": "possible", "might": "possible", "could": "possible", "can": "possible",
    # Told afterwards, "will" is "would", and print tells most things afterwards.
    "would": "future", "'d": "future",
    "must": "demanded", "should": "demanded", "ought": "demanded",
}  # fmt: skip
# Verbs by which something is only to come, and by which somebody wants it; the pipeline takes
# "hoped" for a form of "hop".
_PLANNING = frozenset(
    ("plan", "intend", "expect", "prepare", "vow", "pledge", "promise", "threaten", "aim",
     "propose", "seek", "try", "attempt", "offer", "agree", "decide", "want", "hope", "hop", "wish")
)  # fmt: skip
_WANTING = frozenset(("want", "hope", "hop", "wish", "desire", "demand", "urge"))
# A count by magnitude alone.
_MAGNITUDE = re.compile(r"\b(?:dozens?|scores|hundreds?|thousands?|millions?)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$", re.IGNORECASE)
_ASIDE = {
    "relcl": "passing",
    "acl": "passing",
    "advcl": "passing",
    "appos": "passing",
    "npadvmod": "adverbial",
    "advmod": "adverbial",
}
# What they begin is a place, a time or a manner more often than something that the verb asks for.
_ADVERBIAL = frozenset(
    ("in", "on", "at", "during", "near", "after", "before", "since", "until", "by", "from", "over",
     "through", "amid", "around", "outside", "inside", "within", "across", "along", "under")
)  # fmt: skip
# Words that say nothing of what is said; verbs and nouns among them only help.
_EMPTY = frozenset(
    ("be", "have", "do", "that", "there", "also", "very", "just", "so", "then", "now", "here")
)


def read_propositions(
    annotation: Annotation, contents: Sequence[Sequence[Span]], published: Published | None
) -> list[Proposition]:
    """Return what each content says; a content is a list of spans of the annotation's text."""
    tree = build_tree(annotation)
    figures = [f for f in find_figures(annotation, "", "") if f.found_by != SHARES]
    dates = find_dates(annotation, published)
    return [_read(tree, spans, figures, dates) for spans in contents]


def _holds(spans: Sequence[Span], span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _read(
    tree: Tree, spans: Sequence[Span], figures: Sequence[Figure], dates: Sequence[DateMention]
) -> Proposition:
    tokens = [i for span in spans for i in tree.tokens_in(span)]
    known = [f for f in figures if f.measure is not None and _holds(spans, f.span)]
    inside = frozenset(tokens)
    verbs = {i: _find_verb(tree, i, inside) for i in tokens}
    words = [_read_word(tree, i, verbs, inside) for i in tokens if _carries_meaning(tree, i)]
    denying = [i for i in tokens if denies(tree, i)]
    numerals = _read_numerals(tree, tokens, known)
    return Proposition(
        words=tuple(words),
        denied=find_denied(
            tree,
            [_name_verb(tree, verbs[i]) for i in denying],
            partial(_name_verb, tree),
            inside,
        ),
        modals=frozenset(_iterate_modals(tree, tokens, verbs)),
        names=_read_names(tree.annotation, inside),
        quantities=tuple(_read_quantity(tree, figure, inside) for figure in known),
        days=tuple(
            Day(d.lo, d.hi)
            for d in dates
            if d.lo is not None and d.hi is not None and _holds(spans, d.span)
        ),
        numbers=tuple(n.text for n in numerals if n.quantity is None),
        asked=any(tree.tokens[i].text == "?" for i in tokens),
        numerals=numerals,
        negations=len(denying) + len(find_failing(tree, tokens)),
        wanted=_is_wanted(tree, tokens, inside),
        conditional=any(_opens_condition(tree, i) for i in tokens),
        denied_but=frozenset(limit for i in denying for limit in find_limits(tree, i)),
        limits=frozenset(filter(None, (read_limit(tree, i) for i in tokens))),
        states=any(_is_verb(tree, i) and not _find_place(tree, i, inside) for i in tokens),
    )


def _opens_condition(tree: Tree, token: int) -> bool:
    """Say whether a word opens what something depends on; "asked if" and "as if" do not."""
    one = tree.tokens[token]
    if one.dep != "mark" or one.text.lower() not in ("if", "unless"):
        return False
    return tree.tokens[one.head].dep == "advcl" and tree.tokens[token - 1].text.lower() != "as"


def _iterate_modals(
    tree: Tree, tokens: Sequence[int], verbs: dict[int, int | None]
) -> Iterator[tuple[str, str]]:
    for i in tokens:
        token = tree.tokens[i]
        word = token.text.lower().replace("’", "'")
        if token.dep == "aux" and token.tag == "MD" and word in _MODALS:
            yield _name_verb(tree, verbs[i]), _MODALS[word]
        elif token.tag in _VERBS and (token.lemma in _PLANNING or word == "going"):
            for below in tree.children[i]:
                if tree.tokens[below].dep == "xcomp":
                    yield _name_verb(tree, below), "future"


def _is_verb(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    return token.tag in (*_VERBS, "MD") and token.dep not in ("amod", "compound")


def _is_wanted(tree: Tree, tokens: Sequence[int], inside: frozenset[int]) -> bool:
    """Say whether the main verb is somebody's wanting of something that is told in a clause."""
    return any(
        tree.tokens[i].lemma in _WANTING
        and tree.tokens[i].tag in _VERBS
        and (tree.tokens[i].head == i or tree.tokens[i].head not in inside)
        and any(tree.tokens[c].dep in ("ccomp", "xcomp") for c in tree.children[i])
        for i in tokens
    )


def _read_quantity(tree: Tree, figure: Figure, inside: frozenset[int]) -> Quantity:
    """Return a figure; of "three other people" that there are three at least."""
    counted, lo, hi = figure.counted, figure.value_lo, figure.value_hi
    own = tree.tokens_in(figure.span)
    aside = _find_place(tree, own[-1], inside) if own else ""
    if counted is not None and counted.lower().split()[:1] in (["other"], ["others"], ["more"]):
        return Quantity(figure.measure or "", counted, lo, None, "vague", aside)
    surface = tree.annotation.text[figure.span[0] : figure.span[1]]
    by_magnitude = _MAGNITUDE.search(surface) and not any(map(str.isdigit, surface))
    bound = "vague" if by_magnitude and (lo is None or hi is None) else figure.bound
    return Quantity(figure.measure or "", counted, lo, hi, bound, aside)


def _read_numerals(
    tree: Tree, tokens: Sequence[int], figures: Sequence[Figure]
) -> tuple[Numeral, ...]:
    found = []
    for place, i in enumerate(tokens):
        token = tree.tokens[i]
        if not any(map(str.isdigit, token.text)):
            continue
        of = [k for k, f in enumerate(figures) if f.span[0] <= token.start < f.span[1]]
        before, after = (
            tree.tokens[tokens[j]].text.lower() if 0 <= j < len(tokens) else ""
            for j in (place - 1, place + 1)
        )
        found.append(
            Numeral(
                _ORDINAL.sub("", token.text.replace(",", "")),
                before if before.isalpha() else "",
                after if after.isalpha() else "",
                of[0] if of else None,
            )
        )
    return tuple(found)


def _carries_meaning(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    if token.lemma in _EMPTY or token.lemma in NEGATIONS or not any(map(str.isalnum, token.text)):
        return False
    if token.dep in ("aux", "auxpass", "mark", "det", "poss", "case", "cc", "neg"):
        return token.dep == "poss" and token.tag in (*_NOUNS, *_NAMES)
    return token.tag in (*_VERBS, *_NOUNS, *_NAMES, *_OTHERS)


def _find_verb(tree: Tree, i: int, inside: frozenset[int]) -> int | None:
    """Return the verb of the clause that a token stands in; its own of a verb that has one."""
    at = i
    for _ in range(MAX_STEPS):
        token = tree.tokens[at]
        if token.tag in _VERBS and token.dep not in ("aux", "auxpass", "amod"):
            return at
        if token.head == at or token.head not in inside:
            return None
        at = token.head
    return None


def _name_verb(tree: Tree, verb: int | None) -> str:
    """Return what a clause is about: its verb, or of a verb that only helps, what it takes."""
    if verb is None:
        return ""
    lemma = tree.tokens[verb].lemma
    wanted = ("acomp", "attr", "dobj", "oprd", "xcomp") if lemma in _LIGHT else ()
    for i in tree.children[verb]:
        if tree.tokens[i].dep in wanted:
            return tree.tokens[i].lemma
    return lemma


def _read_word(tree: Tree, i: int, verbs: dict[int, int | None], inside: frozenset[int]) -> Word:
    token, verb = tree.tokens[i], verbs[i]
    kind = (
        "verb" if token.tag in _VERBS
        else "name" if token.tag in _NAMES
        else "noun" if token.tag in _NOUNS
        else "other"
    )  # fmt: skip
    role = "predicate" if verb == i else _find_role(tree, i, verb)
    depth = 0 if verb is None else _count_clauses(tree, verb, inside)
    told = kind == "other" and token.dep in _TOLD
    return Word(token.lemma.lower(), role, _name_verb(tree, verb), kind, depth, told)


def _find_place(tree: Tree, i: int, inside: frozenset[int]) -> str:
    """Return what a token stands in beside what is said (ASIDES)."""
    at, aside = i, ""
    for _ in range(MAX_STEPS):
        token = tree.tokens[at]
        if token.head == at or token.head not in inside:
            break
        adverbial = token.dep == "prep" and token.lemma in _ADVERBIAL
        adverbial = adverbial and tree.tokens[token.head].tag in _VERBS
        beside = _ASIDE.get(token.dep, "adverbial" if adverbial else "")
        aside = beside if beside and aside != "passing" else aside
        at = token.head
    return aside


def _find_role(tree: Tree, i: int, verb: int | None) -> str:
    """Return where a word stands to a verb above it: by the dependent of the verb it hangs on."""
    at, aside = i, False
    for _ in range(MAX_STEPS):
        token = tree.tokens[at]
        # "The mayor of Halvik" is one; "people in Halvik" are not Halvik.
        aside = aside or (token.dep == "prep" and token.lemma != "of")
        if token.head in (verb, at):
            break
        at = token.head
    dep = tree.tokens[at].dep
    if aside:
        return "other"
    if dep in _SUBJECTS or dep == "agent":
        return "subject"
    if dep in _OBJECTS:
        return "object"
    return "other"


def _count_clauses(tree: Tree, verb: int, inside: frozenset[int]) -> int:
    depth, at = 0, verb
    for _ in range(MAX_STEPS):
        token = tree.tokens[at]
        if token.head == at or token.head not in inside:
            break
        if token.dep in _CLAUSES and token.tag in _VERBS:
            depth += 1
        at = token.head
    return min(depth, MAX_DEPTH)


def _read_names(annotation: Annotation, inside: frozenset[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            annotation.tokens[i].text.lower()
            for i in range(name.first, name.last)
            if annotation.tokens[i].tag not in ("DT", "POS")
        )
        for name in annotation.names
        if name.first in inside and name.type in _NAMED
    )


_NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "WORK_OF_ART"))
