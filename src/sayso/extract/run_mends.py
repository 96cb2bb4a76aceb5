"""Names that the pipeline ran together with their neighbours, or cut in two, mended.

"Mara heard the", "According to Tovel the Harbour": a verb or an article inside tells where the name
ends. "Ivo Lund | Sarre" of a judge is one name, and so is "Marsh | State" of a body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sayso.extract.inserted import find_links
from sayso.extract.roles import RoleWords
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.lands import load_lands
from sayso.records.span import Span

Run = tuple[range, str]
# Behind these "the" goes on with a name: "Friends of the Marsh", "Doctors for the Coast".
_BEFORE_THE = frozenset(("IN", "TO", "CC", ":", ",", "HYPH"))
# Bodies that are called by whose they are or what they believe, whatever the pipeline leaves off.
_BODIES = frozenset(("brotherhood", "front", "jihad", "resistance", "state"))
# No part of a person's name, as "of", "van" and "al" are.
_IN_HEADLINES = frozenset(
    ("about", "after", "against", "amid", "before", "behind", "for", "from", "into", "over",
     "under", "with")
)  # fmt: skip
# … nor these, unless they are parsed as one: "Moon Jae In".
_SHORT = frozenset(("as", "at", "by", "in", "on", "to"))
# Tokens before the given name in "head of the Council Given NAME".
MIN_OFFICE = 4
# What somebody said or wrote, in a headline: "NAME Floor Speech".
_TEXTS = frozenset(("interview", "remarks", "speech", "statement", "testimony"))


def mend_runs(tree: Tree, words: RoleWords, runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs of names with their labels, those run together cut, halves joined."""
    links = list(find_links(tree.annotation))
    runs = list(runs)
    names = {_read(tree, run) for run, label in runs if label == "PERSON"}
    cut = ((_cut_headline(tree, run, label, names), label) for run, label in runs)
    found = [(r, label) for run, label in cut if run and (r := _leave_link(tree, run, links))]
    last_words = {tree.tokens[r.stop - 1].text for r, label in found if label == "PERSON"}
    taken = {i for r, _ in found for i in r}
    alone = {tree.tokens[r.start].text for r, _ in found if len(r) == 1}
    at = 0
    while at < len(found):
        run, label = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        at += 1
        if following is not None and _is_surname_behind(
            tree, words, found[at - 1], following, alone
        ):
            yield range(run.start, following[0].stop), "PERSON"
            at += 1
        elif label == "NORP" and _is_body(tree, run, taken):
            yield range(run.start, run.stop + 1), "ORG"
        elif label == "PERSON":
            if not _is_text(tree, run):
                yield _widen(tree, words, _cut_verb(tree, run), taken), label
        elif label == "ORG" and not _is_of_office(tree, words, run):
            yield from _cut_article(tree, run, last_words)
        elif label != "ORG":
            yield run, label


def _is_of_office(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether a body's name of one word is what an office is for: "Secretary of | State NAME",
    "| Defense Secretary NAME"; only of what many states have alike.
    """
    tokens, at = tree.tokens, run.start
    word = tokens[at].text
    if len(run) > 1 or not word.istitle() or word.lower() not in load_lands().branches:
        return False
    of = at > 1 and tokens[at - 1].text == "of" and words.is_role(tokens[at - 2].text.lower())
    behind = tokens[run.stop].text if run.stop < len(tokens) else ""
    return of or (behind.istitle() and words.is_role(behind.lower()))


def _cut_headline(tree: Tree, run: range, label: str, names: Collection[str]) -> range:
    """Return of a person's name that a headline goes on from what is somebody's name elsewhere:
    "NAME | Confident About Harbour"; nothing if none is.
    """
    at = next((i for i in run[1:-1] if _is_in_headline(tree, i)), None)
    if label != "PERSON" or at is None:
        return run
    stops = (
        stop for stop in range(at, run.start, -1) if _read(tree, run[: stop - run.start]) in names
    )
    return range(run.start, next(stops, run.start))


def _is_in_headline(tree: Tree, i: int) -> bool:
    word, tag = tree.tokens[i].text.lower(), tree.tokens[i].tag
    return word in _IN_HEADLINES or (word in _SHORT and tag in ("IN", "TO"))


def _read(tree: Tree, run: range) -> str:
    return " ".join(tree.tokens[i].text for i in run)


def _cut_verb(tree: Tree, run: range) -> range:
    """Return a person's name without a verb in small letters and what is behind it."""
    named = False
    for i in run:
        token = tree.tokens[i]
        if named and token.tag in FINITE and token.text.islower():
            return range(run.start, i)
        named = named or token.tag == "NNP"
    return run


def _leave_link(tree: Tree, run: range, links: Sequence[Span]) -> range:
    """Return a name without what a page's link adds behind it; nothing of one inside a link."""
    for start, end in links:
        kept = [i for i in run if tree.tokens[i].end <= start or tree.tokens[i].start >= end]
        if len(kept) < len(run):
            return range(run.start, kept[-1] + 1) if kept and kept[0] == run.start else range(0)
    return run


def _is_text(tree: Tree, run: range) -> bool:
    """Say whether a "person" of two words and more is what somebody said: "Floor Speech"."""
    return len(run) > 1 and tree.tokens[run.stop - 1].text.lower() in _TEXTS


def _widen(tree: Tree, words: RoleWords, run: range, taken: Collection[int]) -> range:
    """Return a surname with the given name before it that was parsed as the end of an office:
    "head of the Harbour Council Given | NAME".
    """
    tokens, given = tree.tokens, run.start - 1
    if len(run) > 1 or given < MIN_OFFICE or given in taken or given - 1 not in taken:
        return run
    low = tokens[given].text.lower()
    plain = tokens[given].tag == "NNP" and tokens[given].text.istitle() and not words.is_role(low)
    ends = tokens[given - 1].text.lower() in words.organisations
    cut = tokens[given].dep == "pobj" or tokens[given].head == run.start
    of = given - 1
    while of > 0 and (of in taken or tokens[of].text == "the"):
        of -= 1
    office = tokens[of].text in ("of", "at", "for") and words.is_role(tokens[of - 1].text.lower())
    return range(given, run.stop) if plain and ends and cut and office else run


def _cut_article(tree: Tree, run: range, last_words: Collection[str]) -> Iterator[Run]:
    """Yield an organisation's name; where "the" stands in it behind what is somebody's surname
    elsewhere, both names: "According to Tovel | the Harbour".
    """
    tokens = tree.tokens
    for i in run[1:-1]:
        before = tokens[i - 1]
        if tokens[i].text == "the" and before.tag not in _BEFORE_THE and before.text in last_words:
            yield range(run.start, i), "PERSON"
            yield range(i + 1, run.stop), "ORG"
            return
    yield run, "ORG"


def _is_surname_behind(
    tree: Tree, words: RoleWords, run: Run, following: Run, alone: Collection[str]
) -> bool:
    """Say whether two people's names side by side are one: a given and a middle name, and the
    surname that the report calls them by, behind a title: "Judge Ivo Lund | Sarre".
    """
    (first, label), (second, other) = run, following
    tokens = tree.tokens
    if not label == other == "PERSON" or first.stop != second.start or len(second) > 1:
        return False
    last = second.start
    if len(first) != 2 or any(tokens[i].tag != "NNP" or tokens[i].head != last for i in first):
        return False
    before = tokens[max(first.start - 1, 0)].text.lower().rstrip(".")
    middle = tokens[first.stop - 1].text
    return before in words.titles and middle not in alone and tokens[last].text in alone


def _is_body(tree: Tree, run: range, taken: Collection[int]) -> bool:
    """Say whether a people's or a faith's adjective is the first word of a body's name."""
    tokens, at = tree.tokens, run.stop
    if len(run) > 1 or at >= len(tokens) or at in taken or not tokens[run.start].text.istitle():
        return False
    noun = tokens[at]
    ends = at + 1 >= len(tokens) or tokens[at + 1].tag not in ("NNP", "NNPS")
    mine = tokens[run.start].head == at and noun.tag == "NNP"
    return mine and ends and noun.text.istitle() and noun.text.lower() in _BODIES
