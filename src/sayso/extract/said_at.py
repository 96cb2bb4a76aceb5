"""The day on which a statement was made, where the report hangs one on its cue.

"The ministry said on Sunday that …", "… she told reporters Monday", "said in a statement released
on Sunday": the day belongs to the word of saying, by itself or through the occasion. A day inside
the content is the content's; one of the speaker ("the man arrested on Sunday said") is not when he
spoke. Nothing is concluded from the day of publication, which the report has itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from sayso.extract.dates import get_days
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.figure import DateMention
from sayso.records.report import Published
from sayso.records.span import covers
from sayso.records.statement import Statement

# Heads from a day to its cue: "released on Sunday", "statement", "in", "said" is 5.
_STEPS_TO_CUE = 6
_BEFORE_NOUN = frozenset(("poss", "compound", "amod", "nmod", "nummod"))
# "Said in Ostvik on Sunday", "to reporters on Sunday"; but not "of the raid on Sunday".
_PLACED = frozenset(("in", "at", "to", "with"))
_ADDRESSED = frozenset(("dobj", "dative", "iobj"))


@dataclass(frozen=True, slots=True)
class Occasions:
    """Lemmas of occasions of speaking, how they come out, and what leads from them to a cue."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    prepositions: frozenset[str]


@cache
def load_occasions() -> Occasions:
    """Return the words of occasions."""
    path = files("sayso.extract") / "data" / "occasions.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Occasions(*(frozenset(data[name]) for name in ("nouns", "verbs", "prepositions")))


def date_statements(
    annotation: Annotation,
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    published: Published | None,
) -> tuple[Statement, ...]:
    """Return the statements, those with a day on their cue with it in `said_at`.

    dates: those of the report, in order. A day after the publication, and the day of something
    that the report does not give as said, are none.
    """
    days = get_days(published)
    latest = days[-1].isoformat() if days else "9999-12-31"
    known = [d for d in dates if d.precision == "day" and d.lo == d.hi and (d.lo or "~") <= latest]
    if not known or not statements:
        return tuple(statements)
    tree = build_tree(annotation)
    by_sentence: dict[int, list[DateMention]] = {}
    for mention in known if tree.tokens else ():
        by_sentence.setdefault(tree.sentence[tree.token_at(mention.span[0])], []).append(mention)
    cues = [_list_words(tree, statement) for statement in statements]
    signed = {_find_before(annotation.text, m.span[0]): m.lo for m in known}
    saying = frozenset(i for words in cues for i in words)
    dated = []
    for statement, words in zip(statements, cues, strict=True):
        along = {tree.tokens[i].head for i in words if _says_along(tree, i, saying)}
        day = _find_day(tree, statement, words, by_sentence)
        day = day or _find_day(tree, statement, along, by_sentence) or signed.get(_sign(statement))
        dated.append(statement if day is None else replace(statement, said_at=day))
    return tuple(dated)


def _sign(statement: Statement) -> int:
    """Return where the signature of a post ends ("… — NAME (@name)"), -1 of other statements."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None or not source.text.endswith(")"):
        return -1
    dash = not any(map(str.isalnum, cue.text))
    return source.end if dash and statement.content.end <= source.start else -1


def _find_before(text: str, start: int) -> int:
    """Return the end of the words before a day, at most a colon and a space away."""
    words = text[max(0, start - 3) : start]
    return start - len(words) + len(words.rstrip(": \xa0"))


def _list_words(tree: Tree, statement: Statement) -> set[int]:
    """Return the tokens of a cue; none of what the report does not give as said."""
    if statement.cue is None or statement.hypothetical:
        return set()
    return {i for span in statement.cue.spans for i in tree.tokens_in(span)}


def _find_day(
    tree: Tree, statement: Statement, words: set[int], by_sentence: dict[int, list[DateMention]]
) -> str | None:
    for mention in by_sentence.get(tree.sentence[min(words)], ()) if words else ():
        if covers(statement.content.spans, mention.span):
            continue
        if _leads_to(tree, mention, words):
            return mention.lo
    return None


def _says_along(tree: Tree, token: int, saying: frozenset[int]) -> bool:
    """Say whether a word is said along with its head: "resigned on Sunday, saying …", "urged on
    Sunday …, and complained …".

    saying: the words of all cues.
    """
    of = tree.tokens[token]
    if of.head >= token:
        return False
    if of.dep == "conj" and of.tag == tree.tokens[of.head].tag:
        subject = tree.child(token, "nsubj")
        own = subject is not None and tree.tokens[subject].tag != "PRP"
        return of.head in saying and not own  # "…, but officials said": perhaps on another day
    return of.tag == "VBG" and of.dep == "advcl"


def _leads_to(tree: Tree, mention: DateMention, words: set[int]) -> bool:
    """Say whether a day belongs to one of the words of a cue."""
    inside = tree.tokens_in(mention.span)
    tops = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    if not tops:
        return False
    below, at = tops[0], tops[0]
    if at in words:
        return True
    for _ in range(_STEPS_TO_CUE):
        below, at = at, tree.tokens[at].head
        if at in words:
            return at != below and _may_hang(tree, below, inside)
        if at == below or not 0 <= at < len(tree.tokens) or not _passes(tree, below, at, inside):
            return False
    return False


def _may_hang(tree: Tree, token: int, day: range) -> bool:
    """Say whether the word below a cue's is of its occasion. day: the words of the date."""
    of, occasions = tree.tokens[token], load_occasions()
    if token in day:
        return of.dep not in ("nsubj", "nsubjpass")
    if of.dep == "prep":
        return of.text.lower() in occasions.prepositions
    return of.lemma in occasions.nouns | occasions.verbs or of.dep in _ADDRESSED


def _passes(tree: Tree, below: int, at: int, day: range) -> bool:
    """Say whether a day may lead from the word `below` over its head `at` to a cue."""
    token, child, occasions = tree.tokens[at], tree.tokens[below], load_occasions()
    if token.dep == "prep":
        if below in day:
            return token.text.lower() == "on"
        return token.text.lower() in occasions.prepositions
    if below in day and child.dep in _BEFORE_NOUN:  # "at Sunday's briefing", "the Sunday Herald"
        return token.tag in ("NN", "NNS") and token.lemma in occasions.nouns
    if token.tag[:2] == "NN":
        if token.lemma in occasions.nouns or token.dep in _ADDRESSED:
            return True
        before = tree.tokens[token.head].text.lower()
        return token.dep == "pobj" and (
            before in _PLACED or (before == "on" and token.tag[2:3] == "P")
        )
    return token.lemma in occasions.verbs and token.dep in ("acl", "advcl", "relcl")
