"""Which names are names of outlets, and the name that a word of a report belongs to."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.extract.tree import Tree
from sayso.given_names import load_given_names
from sayso.records.span import Span

if TYPE_CHECKING:
    from sayso.extract.naming import Named

# Words of an outlet's name.
MAX_WORDS = 6
_ARTICLES = frozenset(("the", "a", "an"))
_JOINING = frozenset(("of", "the", "and", "&", "de", "la", "le"))
_INSIDE = frozenset(("of", "the", "and", "&", "-", "for", "al", "el", "de", "la", "le", "/"))
# Words that outlets' names end in and that are family names too.
_FAMILY_NAMES = frozenset(("post", "press", "courier", "mail", "daily", "weekly", "herald", "wire"))
# Words of a person's name: "Ann", "Ann Bo", "Ann B." before the family name.
_MAX_PERSON_WORDS = 3
_QUOTED = " \t\n,;:.'’‘\"“”()[]"


@dataclass(frozen=True, slots=True)
class OutletWords:
    """The lists of data/outlets.toml, in lower case."""

    names: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]
    occasions: frozenset[str]
    speaking: frozenset[str]
    prepositions: frozenset[str]


@cache
def load_outlet_words() -> OutletWords:
    """Return the lists shipped with the package; read once a process."""
    path = files("sayso.extract") / "data" / "outlets.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return OutletWords(**{key: frozenset(data[key]) for key in OutletWords.__slots__})


def is_outlet(name: str) -> bool:
    """Say whether a name, as printed, is that of an outlet, by its words alone.

    A given name before a word that is a family name too ("Ann Post") is a person's.
    """
    inner, folded, article = _cut_words(name)
    if not 0 < len(folded) <= MAX_WORDS + 2 or not _is_printed_as_name(inner, folded):
        return False
    if _is_known(folded, article=article):
        return True
    if not article and _is_person(folded):
        return False
    return _is_told(inner, folded, article=article)


def is_outlet_here(tree: Tree, name: Named) -> bool:
    """Say whether a name where it stands, with the article before it, is that of an outlet."""
    before = tree.tokens[name.first - 1].text.lower() if name.first else ""
    return is_outlet(f"the {name.text}" if before in _ARTICLES else name.text)


def is_known_outlet(name: str) -> bool:
    """Say whether a name is an outlet's as a whole: a listed one, perhaps with tails, or one whose
    initials are listed ("Associated Press").
    """
    _, folded, article = _cut_words(name)
    initials = "".join(word[:1] for word in folded)
    listed = len(folded) > 1 and initials in load_outlet_words().names
    return is_outlet(name) and (listed or _is_known(folded, article=article))


def is_author_outlet(name: str) -> bool:
    """Say whether a name is an outlet's where an author's is expected: a known one, one with an
    article, or one word before a word that is no family name ("Orbis News").
    """
    _, folded, article = _cut_words(name)
    if is_known_outlet(name) or (article and is_outlet(name)):
        return True
    return len(folded) == 2 and folded[-1] not in _FAMILY_NAMES and is_outlet(name)


def _cut_words(name: str) -> tuple[list[str], list[str], bool]:
    """Return the words of a name without its article, the same folded, and if it had one."""
    parts = name.replace("’", "'").split()
    article = bool(parts) and parts[0].lower() in _ARTICLES
    inner = parts[1:] if article else parts
    return inner, [part.lower().removesuffix("'s").strip(_QUOTED) for part in inner], article


def _is_person(folded: Sequence[str]) -> bool:
    """Say whether words are given names or initials before a family name."""
    given = load_given_names().western
    return (
        1 < len(folded) <= _MAX_PERSON_WORDS
        and folded[-1] in _FAMILY_NAMES
        and all(w in given or len(w.replace(".", "")) == w.count(".") + 1 for w in folded[:-1])
    )


def _is_printed_as_name(words: Sequence[str], folded: Sequence[str]) -> bool:
    if any(word[-1] in ",;:" for word in words[:-1]):
        return False
    if not (words[0][0].isupper() or words[0].startswith(("al-", "el-"))):
        return False
    tails = load_outlet_words().tails
    return all(
        word[0].isupper() or plain in _JOINING or plain in tails
        for word, plain in zip(words[1:], folded[1:], strict=True)
    )


def _is_known(folded: Sequence[str], *, article: bool) -> bool:
    """Say whether the words are a known name, perhaps with tails: "Tasnim news agency"."""
    words = load_outlet_words()
    if article and f"the {' '.join(folded)}" in words.names:
        return True
    for cut in range(len(folded), 0, -1):
        if " ".join(folded[:cut]) in words.names:
            return True
        if folded[cut - 1] not in words.tails:
            return False
    return False


def _is_told(printed: Sequence[str], folded: Sequence[str], *, article: bool) -> bool:
    """Say whether the last word, or the one before a tail, tells that a name is an outlet's."""
    words, last = load_outlet_words(), len(folded) - 1
    if last > 0 and folded[last] in words.tails and folded[last - 1] in words.heads:
        last -= 1
    named = folded[last] in words.heads and printed[last][0].isupper()
    return named and (len(folded) > 1 or article)


def trim_outlet(text: str, span: Span) -> Span:
    """Return the span of a name without its article, marks around it and a genitive."""
    start, end = span
    while start < end and text[start] in _QUOTED:
        start += 1
    while end > start and text[end - 1] in _QUOTED:
        end -= 1
    for ending in ("'s", "’s"):
        if text[start:end].endswith(ending):
            end -= len(ending)
    first, _, rest = text[start:end].partition(" ")
    if rest and first.lower() in _ARTICLES:
        start = end - len(rest)
    while start < end and text[start] in _QUOTED:
        start += 1
    return start, end


def find_name(tree: Tree, head: int, within: range) -> Span | None:
    """Return the words of the name that ends in the token `head`, None if it is in no name.

    within: the tokens to look at.
    """
    tokens = tree.tokens
    if not _is_named(tree, head):
        return None
    first = head
    while first - 1 in within and head - first < MAX_WORDS:
        before = tokens[first - 1]
        if _is_named(tree, first - 1):
            first -= 1
        elif before.text.lower() in _INSIDE and first - 2 in within:
            if not _is_named(tree, first - 2) and before.text != "-":
                break
            first -= 1
        else:
            break
    while first < head and tokens[first].text.lower() in _INSIDE - {"al", "el"}:
        first += 1
    if first - 1 in within and tokens[first - 1].text.lower() == "the":
        first -= 1
    return tree.span(first, head)


def _is_named(tree: Tree, token: int) -> bool:
    one = tree.tokens[token]
    if one.tag in ("NNP", "NNPS"):
        return True
    return one.text[:1].isupper() and one.tag[:2] in ("NN", "JJ") and len(one.text) > 1
