"""Whether two names may be one organisation's: an acronym and what it stands for, one name in
another order or without its legal form, "X's foreign ministry" and "the Foreign Ministry of X".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sayso.lands import ROOT, begins_alike, load_lands
from sayso.link.name_sounds import ARTICLES, compare_words
from sayso.link.romanise import romanise
from sayso.link.slips import run_together
from sayso.link.steps import Step, leave_out, turn

MAX_LENGTH = 200
# An article goes from a name of more words than it and another one.
MORE_THAN_ARTICLE = 2
MAX_WORDS = 12
ACRONYM = 0.9
# An acronym of the shipped list, and what it stands for.
KNOWN_ACRONYM = 0.98
# Two spellings of one word of a name.
ALIKE = 0.88
# The same letters with other spaces or signs between them.
RUN_TOGETHER = 0.98
OMITTED_GENERIC = 0.97
OMITTED = 0.7
CONTRADICTED = 0.3
_PLAIN_LISTS = (
    *("kinds", "bodies", "legal_forms", "generic", "small", "heads", "named_heads"),
    *("before", "collective", "levels", "common", "chambers"),
)
# So many words of its own has a name that is whole without whose it is, and so many with a word for
# what it is.
OWN_WORDS, OWN_WORDS_OF_BODY = 3, 2

_WORD = re.compile(r"[a-z0-9]+")
_ACRONYM = re.compile(r"(?:the )?((?:[A-Z]\.?){2,8})s?", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?=\s)")
_POSSESSOR = re.compile(r"(.{2,80}?)[’']s\s+(?=[A-Z])")
_BEFORE = re.compile(r"([A-Za-z]{3,20})\s+(?=[A-Z])")
# "Sovan.com" is Sovan's.
_DOMAIN = re.compile(r"^(?:the )?(\w{4,})(\.(?:com|org|net|gov|co\.[a-z]{2}))\b", re.IGNORECASE)
_LOS_ANGELES = re.compile(r"\bL\.?A\b\.?(?=\s)")


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """Lower-case words; see `data/organisations.toml` and `sayso.lands`."""

    kinds: frozenset[str]
    bodies: frozenset[str]
    legal_forms: frozenset[str]
    generic: frozenset[str]
    small: frozenset[str]
    heads: frozenset[str]
    named_heads: frozenset[str]
    before: frozenset[str]
    states: frozenset[str]
    collective: frozenset[str]
    levels: frozenset[str]
    common: frozenset[str]
    chambers: frozenset[str]
    words: dict[str, str]
    belonging: dict[str, str]
    short: dict[str, str]
    written_out: dict[tuple[str, str], str]

    @property
    def countries(self) -> frozenset[str]:
        """Words for countries and what belongs to them."""
        return frozenset((*self.belonging, *self.belonging.values()))


@cache
def load_organisation_words() -> OrganisationWords:
    """Return the shipped lists."""
    source = files("sayso.link") / "data" / "organisations.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))
    plain = {name: frozenset(lists[name].split()) for name in _PLAIN_LISTS}
    written_out = {
        (first, second): first + second
        for first, second in (meant.split() for meant in lists["short"].values())
    }
    lands = load_lands()
    return OrganisationWords(
        **plain,
        states=lands.states,
        words=lists["words"],
        belonging=lands.belonging,
        short={letters: meant.replace(" ", "") for letters, meant in lists["short"].items()},
        written_out=written_out,
    )


@cache
def load_acronyms() -> dict[str, frozenset[tuple[str, ...]]]:
    """Return the shipped acronyms, in lower case, each with the words of what it stands for, in
    alphabetical order: "the Energy Department" is the Department of Energy.
    """
    source = files("sayso.link") / "data" / "acronyms.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        letters.lower(): frozenset(tuple(sorted(read_words(name))) for name in meant)
        for one in lists.values()
        for letters, meant in one.items()
    }


@cache
def load_spelled_out() -> dict[tuple[str, ...], str]:
    """Return the words of what the shipped acronyms stand for, in alphabetical order, each with its
    letters.
    """
    return {words: letters for letters, meant in load_acronyms().items() for words in meant}


@lru_cache(1 << 17)
def is_organisation(name: str) -> bool:
    """Say whether a name holds a word for a kind of organisation, or is all capitals."""
    words = load_organisation_words()
    found = _WORD.findall(romanise(name[:MAX_LENGTH])[0])
    if any(w in words.kinds for w in found) or read_acronym(name) is not None:
        return True
    last = name[:MAX_LENGTH].rstrip(" .").rsplit(" ", 1)[-1]
    # "AG" is a legal form, "Ag" may be part of a person's name.
    is_form = len(found) > 1 and found[-1] in words.legal_forms
    return is_form and (last.isupper() or len(found[-1]) > 2)


def compare_organisations(a: str, b: str) -> tuple[float, tuple[Step, ...]]:
    """Return the score of two names, 0 to 1, and the steps that led to it; symmetric."""
    first, second = read_words(a), read_words(b)
    site, other = read_domain(a), read_domain(b)
    if site and other and site != other:
        return CONTRADICTED, (("contradicts", site, other, CONTRADICTED),)
    for short, long, words in ((a, b, second), (b, a, first)):
        letters = read_acronym(short)
        if letters and first != second:
            known = load_acronyms().get(letters, frozenset())
            if tuple(sorted(words)) in known:
                return KNOWN_ACRONYM, (("known acronym", a, b, KNOWN_ACRONYM),)
            # What everybody means by it is no other body of these initials.
            meant = not known or any({*one} <= {*words} for one in known)
            if meant and letters in make_acronyms(long):
                return ACRONYM, (("acronym", a, b, ACRONYM),)
    letters = run_together(a)
    if letters and letters == run_together(b) and first != second:
        return RUN_TOGETHER, (("run together", a, b, RUN_TOGETHER),)
    if (len(first), first) <= (len(second), second):
        return _compare(first, second)
    score, steps = _compare(second, first)
    return score, turn(steps)


@lru_cache(1 << 14)
def read_domain(name: str) -> str:
    """Return what a name that is an address on the net ends with: ".com"; empty of others."""
    match = _DOMAIN.match(name[:MAX_LENGTH])
    return "" if match is None else match.group(2).lower()


def read_acronym(name: str) -> str | None:
    """Return the letters of a name that is an acronym in capitals, in lower case; else None."""
    match = _ACRONYM.fullmatch(name.strip()[:MAX_LENGTH])
    if match is None or len(_CAPITALS.findall(match.group(1))) < 2:
        return None
    letters = match.group(1).replace(".", "")
    return letters.lower() if letters.isupper() else None


@lru_cache(1 << 14)
def make_acronyms(name: str) -> frozenset[str]:
    """Return the acronyms of a name of several words: with its small words and without, its legal
    form left out or not.
    """
    name = name[:MAX_LENGTH]
    return _make_letters(name) | _make_letters(_drop_before(name))


def _make_letters(name: str) -> frozenset[str]:
    words = load_organisation_words()
    read = _WORD.findall(romanise(_POSSESSIVE.sub("", name))[0])
    found = [part for w in read for part in (w if w in words.short else (w,))]  # "UN": two letters
    if found and found[0] == "the":
        found = found[1:]
    without = [w for w in found if w not in words.small]
    plain = [w for w in without if w not in words.legal_forms]
    return frozenset("".join(w[0] for w in ws) for ws in (found, without, plain) if len(ws) > 1)


@lru_cache(1 << 14)
def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that count: no small words, no legal form if others are left, and
    nobody whose it is, of a name that is whole without ("Sovan's World Harbour Organisation").
    """
    return _read_words(_drop_before(name[:MAX_LENGTH]))


@lru_cache(1 << 14)
def _drop_before(name: str) -> str:
    """Return a name without "this" and the like, and without somebody whose it is, if that is no
    state, and if the rest is a whole name.
    """
    words = load_organisation_words()
    before = _BEFORE.match(name)
    if before is not None and _is_no_part(before.group(1), name[before.end() :]):
        name = name[before.end() :]
    match = _POSSESSOR.match(name)
    if match is None:
        return name
    whose = _read_words(match.group(1))
    states = words.states | words.countries | words.collective
    behind = name[match.end() :]
    belongs = "".join(whose) in states or not states.isdisjoint(whose)
    return name if belongs or not is_whole(_read_words(behind)) else behind


def _is_no_part(word: str, behind: str) -> bool:
    """Say whether a name begins behind a word: "this", or one in small letters before a name that
    is whole ("civilian Harbour Safety Department", not "state Supreme Court").
    """
    words = load_organisation_words()
    if word.lower() in words.before:
        return True
    part = words.levels | words.kinds | words.generic | words.small
    return word.islower() and word not in part and is_whole(_read_words(behind))


def is_whole(read: Sequence[str]) -> bool:
    """Say whether these words are a name of their own, whoever has it: "Harbour Affairs Committee",
    not "Foreign Ministry".
    """
    words = load_organisation_words()
    more = words.generic | words.countries
    own = sum(w not in words.kinds | more for w in read)
    kinds = sum(w in words.kinds for w in read)
    body = kinds > 0 and own + kinds > OWN_WORDS_OF_BODY  # "Senate Harbour Committee"
    return own >= OWN_WORDS or (own > 0 and body)


@lru_cache(1 << 14)
def _read_words(name: str) -> tuple[str, ...]:
    words = load_organisation_words()
    plain_name = _LOS_ANGELES.sub("Los Angeles", name[:MAX_LENGTH])  # no French article
    latin, _ = romanise(_POSSESSIVE.sub("", _DOMAIN.sub(r"\1", plain_name)))
    found = [
        words.words.get(w, w) for w in _join_short(_WORD.findall(latin.replace(".", "")), words)
    ]
    kept = [w for w in found if w not in words.small]
    plain = [w for w in kept if w not in words.legal_forms]
    if len(plain) > MORE_THAN_ARTICLE and plain[0] in ARTICLES:  # "al-Qaeda" keeps it
        plain = plain[1:]
    return tuple((plain or kept or found)[:MAX_WORDS])


def _join_short(found: Sequence[str], words: OrganisationWords) -> list[str]:
    """Return words in which "US", "U S" and "United States" are one and the same."""
    joined: list[str] = []
    for word in found:
        last = joined[-1] if joined else ""
        if len(last) == len(word) == 1 and last + word in words.short:
            joined[-1] = words.short[last + word]
        elif (last, word) in words.written_out or (last, f"{word}s") in words.written_out:
            joined[-1] = words.written_out.get((last, word)) or words.written_out[last, f"{word}s"]
        else:
            joined.append(words.short.get(word, word))
    return joined


@lru_cache(1 << 16)
def _compare(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[float, tuple[Step, ...]]:
    """Compare the words of two names, whatever their order."""
    if not short:
        return 0.0, ()
    if short == long:
        return 1.0, (("alike", " ".join(short), " ".join(long), 1.0),)
    over, left, score = list(long), list[str](), 1.0
    steps: list[Step] = []
    for word in short:
        if word in over:
            best = word
        else:
            best = max(over, key=lambda o: (_compare_word(word, o), o), default="")
        alike = _compare_word(word, best) if best else 0.0
        if alike < ALIKE:
            left.append(word)
            continue
        over.remove(best)
        score = min(score, alike)
        steps.append(("alike", word, best, alike))
    if not steps:
        return 0.0, (("contradicts", short[0], long[0], CONTRADICTED),)
    score *= _leave_out_generic(left, over, steps)
    for x, y in zip(left, over, strict=False):
        score *= CONTRADICTED
        steps.append(("contradicts", x, y, CONTRADICTED))
    both = min(len(left), len(over))
    for kept, of_second in ((left[both:], False), (over[both:], True)):
        for word in kept:
            score *= OMITTED
            steps.append(leave_out(word, OMITTED, of_second=of_second))
    return score, tuple(steps)


def _leave_out_generic(left: list[str], over: list[str], steps: list[Step]) -> float:
    """Take out of the words that only one name has what says little, and return what it costs."""
    generic, cost = load_organisation_words().generic, 1.0
    for kept, of_second in ((left, False), (over, True)):
        for word in [w for w in kept if w in ARTICLES]:
            kept.remove(word)
        for word in [w for w in kept if w in generic]:
            kept.remove(word)
            cost *= OMITTED_GENERIC
            steps.append(leave_out(word, OMITTED_GENERIC, of_second=of_second))
    return cost


@lru_cache(1 << 18)
def _compare_word(a: str, b: str) -> float:
    if a == b:
        return 1.0
    belonging = load_organisation_words().belonging
    first, second = belonging.get(a, a), belonging.get(b, b)
    if first == second:
        return 0.97
    short, long = sorted((first, second), key=len)
    kinds = load_organisation_words().kinds
    if long == f"{short}s" and (
        short in kinds or long in kinds or len(short) > ROOT
    ):  # "Guard", "Guards"
        return 0.97
    if begins_alike(first, second):
        return 0.97
    if min(len(a), len(b)) < ROOT or a[0] != b[0]:
        return 0.0
    return compare_words(min(a, b), max(a, b), least=ALIKE)


def are_alike(a: str, b: str) -> bool:
    """Say whether two words may be one."""
    return _compare_word(a, b) >= ALIKE
