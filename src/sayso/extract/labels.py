"""Candidate attributions that a label makes: “X: …” in a headline, an interview, a transcript.

In a headline the label must be somebody who can speak: a person whom the report names, a role, an
organisation. A place or a topic before the colon ("Ostvik: Three Boats Sink") says nothing of who
speaks; nor does a place in capitals before a report's text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.colon_topics import is_topic
from sayso.extract.datelines import SPEAKERS, is_place_label
from sayso.extract.frames import Candidate
from sayso.extract.not_said import is_kind_of_text
from sayso.extract.roles import RoleWords, load_role_words
from sayso.extract.tree import Tree

MAX_LABEL_TOKENS = 12
MAX_TITLE_LABEL_TOKENS = 6
MAX_NAME_TOKENS = 3
MAX_ACRONYM = 5
_OPENING = ("“", "‘", '"', "«", "''", "``", "'")
_NAME_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "POS", "JJ", "HYPH", ",", "."))
# Words that a topic's headline goes on with, where it has no verb: "Ostvik: A Harbour Apart".
_TOPICAL = frozenset(("DT", "IN", "WRB", "PRP$"))
# Nouns for whoever speaks in a headline, beside those for people and organisations.
_SPEAKERS = SPEAKERS | {"pentagon", "kremlin"}


# What else says something there, where a verb follows: "Report: Mill closed without notice".
_WRITINGS = frozenset(
    ("report", "reports", "study", "studies", "survey", "poll", "audit", "memo", "documents",
     "records", "paper", "newspaper")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Names of one report's text: last words of people's, whole organisations'; who is a subject.

    proper: every proper noun.

    capitals: how many of its paragraphs begin with a label in capitals.
    """

    people: frozenset[str]
    organisations: frozenset[str]
    subjects: frozenset[str]
    proper: frozenset[str]
    capitals: int


def find_known(tree: Tree) -> Known:
    """Return the names that the text below the headline shows, for reading the headline's label."""
    title = _title_range(tree)
    kinds: dict[str, Counter[str]] = {}
    surnames: set[str] = set()
    for name in tree.annotation.names:
        if title.start <= name.first < title.stop:
            continue
        words = [t.text for t in tree.tokens[name.first : name.last] if t.tag != "POS"]
        words = [w for w in words if w.lower() != "the"] or words
        for word in {" ".join(words), words[-1]} if words else ():
            kinds.setdefault(word, Counter())[name.type] += 1
        before = tree.tokens[max(name.first - 1, 0)].text.lower().rstrip(".")
        if len(words) > 1 or (words and load_role_words().is_role(before)):
            surnames.add(words[-1])
    mostly = {word: min(c.items(), key=lambda k: (-k[1], k[0]))[0] for word, c in kinds.items()}
    proper = [t for i, t in enumerate(tree.tokens) if t.tag == "NNP" and i not in title]
    subjects = {t.text for t in proper if t.dep == "nsubj"}
    return Known(
        people=frozenset(w for w in surnames if mostly[w] == "PERSON"),
        organisations=frozenset(w for w, kind in mostly.items() if kind == "ORG"),
        subjects=frozenset(w for w in subjects if mostly.get(w, "ORG") in ("ORG", "PERSON")),
        proper=frozenset(t.text for t in proper),
        capitals=sum(_is_capitals(tree, first, last) for first, last in tree.annotation.paragraphs),
    )


def find_label_candidates(tree: Tree, first: int, last: int, known: Known) -> Iterator[Candidate]:
    """Yield the candidate of a sentence [first, last) that begins with a label: “X: …”.

    A label that was cut off as a sentence of its own goes with the rest of its paragraph's line.
    """
    tokens = tree.tokens
    for colon in range(first + 1, min(last, first + MAX_LABEL_TOKENS)):
        if tokens[colon].text != ":":
            continue
        if colon == last - 1:
            last = _end_of_next(tree, last)
        if colon + 1 >= last:
            return
        frame = _name_frame(tree, range(first, colon), last, known)
        if frame is not None:
            content = ((colon + 1, last - 1),)
            yield Candidate(colon, ":", frame, ((colon, colon),), (first, colon - 1), content)
        return


def _name_frame(tree: Tree, label: range, last: int, known: Known) -> str | None:
    """Name the frame of a label: in a headline, before a quotation, elsewhere; None: no speaker."""
    tokens, colon = tree.tokens, label.stop
    if is_kind_of_text(tree, label) or is_topic(tree, colon):
        return None
    quoted = tokens[colon + 1].tag == "``" or tokens[colon + 1].text in _OPENING
    if not quoted and is_place_label(tree, colon):
        return None
    if colon in _title_range(tree) or _heads_text(tree, colon, last):
        speaks = _speaks_in_title(tree, label, range(colon + 1, last), known)
        return None if not speaks else "label-quote" if quoted else "label-title"
    if not _is_label(tree, label):
        return None
    begins = label.start == tree.annotation.paragraphs[tree.paragraph[colon]][0]
    if begins and known.capitals == 1 and _is_capitals(tree, label.start, last):
        return None  # "OSTVIK: …", a dateline
    return "label-quote" if quoted else "label"


def _heads_text(tree: Tree, colon: int, last: int) -> bool:
    """Say whether a label stands in the first line of a text without a title: its headline."""
    if tree.paragraph[colon] != 0:
        return False
    return tree.tokens[last - 1].text != "." or last == tree.annotation.paragraphs[0][1]


def _title_range(tree: Tree) -> range:
    return range(*tree.annotation.title)


def _is_capitals(tree: Tree, first: int, last: int) -> bool:
    """Say whether a paragraph begins with a label in capitals: "OSTVIK: …", "TOVEL: …"."""
    at = first
    while at < last and at - first < MAX_TITLE_LABEL_TOKENS and tree.tokens[at].text != ":":
        if not tree.tokens[at].text.isupper() and tree.tokens[at].text not in (",", "."):
            return False
        at += 1
    return first < at < last and tree.tokens[at].text == ":"


def _speaks_in_title(tree: Tree, label: range, content: range, known: Known) -> bool:
    """Say whether a headline's label names somebody who speaks the rest of it."""
    words = load_role_words()
    tokens = tree.tokens
    if len(label) > MAX_TITLE_LABEL_TOKENS or len(content) < 2:
        return False
    if not {tokens[i].tag for i in label} <= _NAME_TAGS:
        return False
    verb = any(tokens[i].tag[:2] in ("VB", "MD") for i in content)
    quoted = any(tokens[i].text in _OPENING for i in content)
    shouted = tokens[label.stop - 1].text.isupper()
    begins = tokens[content.start].tag not in _TOPICAL
    if _is_person(tree, label, known, words):
        titled = any(words.is_role(tokens[i].text.lower().rstrip(".")) for i in label)
        return quoted or ((verb or (titled and begins)) and not shouted)
    if quoted and len(label) == 1 and tokens[label.start].text in known.subjects:
        return True
    group = _is_group(tree, label, known, words, verb=verb and begins)
    return group and (verb or quoted or begins)


def _is_person(tree: Tree, label: range, known: Known, words: RoleWords) -> bool:
    """Say whether a label ends in the name of a person: alone, or with a role before it."""
    tokens = tree.tokens
    last = tokens[label.stop - 1]
    text = last.text.title() if last.text.isupper() else last.text
    own = any(
        n.type == "PERSON" and n.last == label.stop and n.last - n.first > 1
        for n in tree.annotation.names
    )
    named = text in known.people or (own and text in known.proper)
    if not named and (len(label) < 2 or text not in known.subjects):
        return False
    low = [tokens[i].text.lower() for i in label]
    if last.tag[:2] != "NN" or low[-1] in words.organisations or words.is_role(low[-1]):
        return False
    introduced = any(w.rstrip(".") in words.organisations or words.is_role(w) for w in low[:-1])
    return len(label) <= MAX_NAME_TOKENS or introduced


def _is_group(tree: Tree, label: range, known: Known, words: RoleWords, *, verb: bool) -> bool:
    """Say whether a label ends in a noun for who speaks: a role, an organisation, its initials; a
    document where what follows has a verb.
    """
    last = tree.tokens[label.stop - 1]
    low = last.text.lower()
    if low in _SPEAKERS or low in words.organisations or words.is_role(last.lemma):
        return True
    if low in _WRITINGS and verb:
        return True
    text = " ".join(tree.tokens[i].text for i in label if tree.tokens[i].text.lower() != "the")
    if text not in known.organisations:
        return False
    return not text.isupper() or len(text.replace(".", "")) <= MAX_ACRONYM


def _end_of_next(tree: Tree, first: int) -> int:
    if first >= len(tree.tokens) or tree.paragraph[first] != tree.paragraph[first - 1]:
        return first
    return tree.annotation.sentences[tree.sentence[first]][1]


def _is_label(tree: Tree, label: range) -> bool:
    """Say whether words before a colon name a speaker: a name, "Q" and "A" of an interview."""
    tokens = tree.tokens
    if len(label) == 1 and tokens[label.start].text in ("Q", "A"):
        return True
    tags = {tokens[i].tag for i in label}
    if not tags & {"NNP", "NNPS"} or tokens[label.start].tag in ("CD", "PRP$", "IN", "RB", "WRB"):
        return False
    return tags <= {
        "NNP",
        "NNPS",
        "NN",
        "DT",
        "JJ",
        ",",
        "CC",
        "-LRB-",
        "-RRB-",
        "HYPH",
        "POS",
        "IN",
    }
